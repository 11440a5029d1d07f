"""How pytest-xdist spreads the tests over its processes."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

from tests.support.long_ones import scope_of


class LongOnesFirst(LoadFileScheduling):  # type: ignore[misc]  # xdist ships no types
    """A file, or all that share a Spark session or a browser, to one process."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)
