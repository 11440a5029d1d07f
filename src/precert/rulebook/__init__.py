"""Rules and the edition they come from as one immutable value, and its plain-text form on disk.

What answering an order with one edition does not need is imported when it is first asked for:
several editions, the checks with their diagnostics, the differences; they would be a good part
of a cold start.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from precert.rulebook.book import Rulebook
from precert.rulebook.one_edition import read_edition
from precert.rulebook.read import load_rulebook, read_rulebook
from precert.rulebook.write import write_rulebook

if TYPE_CHECKING:
    from precert.rulebook.add import Added, Addition, add_edition
    from precert.rulebook.check import check_rules
    from precert.rulebook.diff import diff_rulebooks
    from precert.rulebook.editions import AnyRulebook, Editions
    from precert.rulebook.editions_check import check_editions

__all__ = [
    "Added",
    "Addition",
    "AnyRulebook",
    "Editions",
    "Rulebook",
    "add_edition",
    "check_editions",
    "check_rules",
    "diff_rulebooks",
    "load_rulebook",
    "read_edition",
    "read_rulebook",
    "write_rulebook",
]

_LATER = {
    "Added": "precert.rulebook.add",
    "Addition": "precert.rulebook.add",
    "AnyRulebook": "precert.rulebook.editions",
    "Editions": "precert.rulebook.editions",
    "add_edition": "precert.rulebook.add",
    "check_editions": "precert.rulebook.editions_check",
    "check_rules": "precert.rulebook.check",
    "diff_rulebooks": "precert.rulebook.diff",
}


def __getattr__(name: str) -> object:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
