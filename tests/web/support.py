"""Serves invented rulebooks to the tests of the web app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.web.served import Served
from precert.web.settings import ServeSettings

if TYPE_CHECKING:
    from pathlib import Path

    from precert.rulebook import AnyRulebook


def served(rulebook: AnyRulebook, *documents: Path, folder: Path | None = None) -> Served:
    """Return what an app would answer from, without one."""
    told = None if folder is None else str(folder)
    return Served(ServeSettings(rulebook=told, documents=documents), rulebook)
