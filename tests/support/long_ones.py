"""Which tests begin first, and which share what takes long to start."""

from __future__ import annotations

SHARED = {"tests/batch/test_spark": "spark", "tests/web/browser/": "browser"}
"""By the beginning of their path: the files whose tests share one Spark session, one browser."""

_THEN = ("tests/cli/test_batch_process.py", "tests/batch/", "tests/lists/", "tests/davinci/")


def scope_of(nodeid: str) -> str:
    """Return what the tests of one process have in common: a session, a browser, a file."""
    shared = (name for begin, name in SHARED.items() if nodeid.startswith(begin))
    return next(shared, nodeid.partition("::")[0])


def begins(nodeid: str) -> int:
    """Return the turn of a test: 0 for those that begin first."""
    first = [*SHARED, *_THEN]
    return next((at for at, begin in enumerate(first) if nodeid.startswith(begin)), len(first))
