"""Packages that only an extra installs: imported when they are used, and named when they lack."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from precert.errors import MissingExtra


def import_extra(module: str, what: str, extra: str) -> Any:  # noqa: ANN401 - some module
    """Return the module. Raises `MissingExtra`, saying what needs it and what installs it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(what, extra) from error
