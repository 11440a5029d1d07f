"""What may stand in the place of `{name}` in a phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Placeholder(NamedTuple):
    """The shape of a value, and how it is noted; None where it is no such value.

    `sample` is a value in the notation, for checking a layout before it has read anything.
    """

    pattern: str
    noted: Callable[[str], str | None]
    sample: str
