"""What the app answers from, loaded once: the rulebook, its folder, the user's descriptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from precert.rulebook import load_rulebook

if TYPE_CHECKING:
    from precert.rulebook import AnyRulebook
    from precert.web.settings import ServeSettings


@dataclass(frozen=True, slots=True)
class Served:
    """The rulebook that is served, and what the server was told. Every route reads it."""

    settings: ServeSettings
    rulebook: AnyRulebook


def load_served(settings: ServeSettings) -> Served:
    """Return what the app answers from. Raises `UnreadableRulebook`."""
    return Served(settings, load_rulebook(settings.rulebook))
