"""Headings inside a table: a row that prints one text and no code, and what it says of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.codes import looks_like_code
from precert.diagnostics import diagnostic
from precert.lists.entries import PrintedHeading
from precert.lists.markup import is_blank, is_marked, plain, shown, tokens
from precert.lists.said import NOTHING, Reading

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.lists.columns import Cells
    from precert.lists.notes import NoteReader
    from precert.lists.standing import Standing
    from precert.model import Row

_BESIDE_A_HEADING = ("decision", "platform")
_GROUPED_BY = ("product", "category")


class HeadingReading(NamedTuple):
    """A heading, as printed and as read; `says` holds what stood before it, where that goes on.

    `doubtful`: neither markup nor a decision tells that it is a heading, so that directly beneath a
    rule it may be the rest of that row. `unread`: it sounds like a rule, and nothing reads it.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    heading: PrintedHeading | None = None
    printed: str = ""
    says: Reading = NOTHING
    doubtful: bool = False
    unread: bool = False


NO_HEADING = HeadingReading()


def heading_column(cells: Cells) -> str | None:
    """Return the field that holds the row's heading; None where the row is no heading.

    A heading is the only text of its row, decision and platform aside (and, where markup tells that
    it is one, product and category), it stands in the column of the codes or of the descriptions,
    and was not meant as a code: in the column of the codes, every text with a digit in it was.
    """
    printed = [
        field
        for field, cell in cells.fields.items()
        if field not in _BESIDE_A_HEADING and not is_blank(cell)
    ]
    if "description" in printed and is_marked(cells.fields["description"]):
        printed = [field for field in printed if field not in _GROUPED_BY]
    if (
        cells.unknown
        or cells.surplus
        or cells.ignored
        or printed not in (["code"], ["description"])
    ):
        return None
    text = plain(cells.fields[printed[0]])
    meant = looks_like_code(text) or (printed == ["code"] and any(map(str.isdigit, text)))
    return None if meant else printed[0]


def read_heading(  # noqa: PLR0913 - the row, where it stands, and what is known of it
    notes: NoteReader, row: Row, cells: Cells, column: str, standing: Standing, *, cut: bool
) -> HeadingReading:
    """Return the heading of the row; `cut`: the end of the row is missing.

    A doubtful heading does not end what the heading before it says.
    """
    printed = cells.fields[column]
    decision, platform = (plain(cells.fields.get(field, "")) for field in _BESIDE_A_HEADING)
    heading = PrintedHeading(row.ref, standing.program or "", plain(printed), decision, platform)
    says = notes.search("heading", heading.text)
    if cut:
        says = Reading(rest=(tokens(heading.text),)).after(says)
    wrong: tuple[Diagnostic, ...] = ()
    if decision or platform:
        carried = shown(" / ".join(filter(None, (decision, platform))))
        wrong += (diagnostic("PC205", row.ref, heading=shown(heading.text), carried=carried),)
    if says.rest:
        wrong += (diagnostic("PC302", row.ref, column="heading", text=shown(printed)),)
    doubtful = not (decision or platform or is_marked(printed))
    unread = bool(says.rest)
    if doubtful and standing.heading_says is not NOTHING:
        says = says.after(standing.heading_says)
        printed = f"{standing.heading_printed}\n{printed}"
    return HeadingReading(wrong, heading, printed, says, doubtful, unread)
