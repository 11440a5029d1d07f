"""What a page is made of: headings, items and tables, whose words are the same on every medium."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Heading(NamedTuple):
    """A line that opens a part of the page."""

    text: str


class Item(NamedTuple):
    """A sentence, set in under its heading, behind its label if it has one."""

    text: str
    label: str = ""


class Table(NamedTuple):
    """Rows under a header; a cell may hold line breaks.

    `right` names the columns of numbers. `tones` says of each row what it asks for (`act`, `clear`,
    `open`, `stop`): a terminal colours the column `toned`, whose words say the same.
    """

    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    right: tuple[int, ...] = ()
    tones: Sequence[str] = ()
    toned: int = 0


Block = Heading | Item | Table
