"""How much the tests draw: enough by default, all of it under `pytest --thorough`."""

from __future__ import annotations

import os

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
