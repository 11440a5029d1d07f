"""Rules and the edition they come from as one immutable value, and its plain-text form on disk.

`check_rules` and `diff_rulebooks` are imported when they are first asked for: answering an order
needs neither, and their import would be a good part of a cold start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.rulebook.book import Rulebook
from precert.rulebook.read import load_rulebook, read_rulebook
from precert.rulebook.write import write_rulebook

if TYPE_CHECKING:
    from precert.rulebook.check import check_rules
    from precert.rulebook.diff import diff_rulebooks

__all__ = [
    "Rulebook",
    "check_rules",
    "diff_rulebooks",
    "load_rulebook",
    "read_rulebook",
    "write_rulebook",
]


def __getattr__(name: str) -> object:
    if name == "check_rules":
        from precert.rulebook.check import check_rules  # noqa: PLC0415  (see above)

        return check_rules
    if name == "diff_rulebooks":
        from precert.rulebook.diff import diff_rulebooks  # noqa: PLC0415  (see above)

        return diff_rulebooks
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
