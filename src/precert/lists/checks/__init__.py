"""Lint checks over a list that was read: one module per concern, found by walking this package.

A check is a module with `check(reading, layout)`, which yields diagnostics, and an entry for each
of their codes in `diagnostics.toml`. To add one, add its module and its test and edit nothing else.
A module whose name begins with `_` is no check: checks share it.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout

    Check = Callable[[ListReading, Layout], Iterable[Diagnostic]]


def check_names() -> tuple[str, ...]:
    """Return the names of the modules of this package that hold a check."""
    return tuple(
        sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    )


def run_checks(reading: ListReading, layout: Layout) -> tuple[Diagnostic, ...]:
    """Return what the checks find in the list, in the order of the places and codes."""
    found = (one for check in _checks() for one in check(reading, layout))
    return tuple(sorted(found, key=lambda one: (one.ref.order, one.code)))


def _checks() -> Iterator[Check]:
    for name in check_names():
        yield import_module(f"{__name__}.{name}").check
