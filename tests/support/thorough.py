"""How much the tests draw: enough by default, all of it under `pytest --thorough`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME = "PRECERT_THOROUGH"


def begin_thorough() -> None:
    """Let this process and those that it starts draw all; before test modules are imported."""
    os.environ[_NAME] = "1"


def is_thorough() -> bool:
    """Whether this run is one of `pytest --thorough`."""
    return bool(os.environ.get(_NAME))


def examples(usual: int, thorough: int) -> int:
    """Return how many examples a property is tried on: the larger number under `--thorough`."""
    return thorough if is_thorough() else usual


def cases(usual: Sequence[object], more: Sequence[object]) -> list[object]:
    """Return the cases of a parameter; `more` is skipped, and says so, in a usual run."""
    left_out = pytest.mark.skipif(not is_thorough(), reason="one of `pytest --thorough`")
    return [*usual, *(pytest.param(case, marks=left_out) for case in more)]
