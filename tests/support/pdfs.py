"""PDFs that the tests read: invented tables in many forms, and a text list set as a PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from precert.model import TextLine
from precert.tables.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from precert.model import Document
    from precert.tables import Contents

_TAG = re.compile(r"</?b>")


@dataclass(frozen=True)
class Setting:
    """How a table is set: sizes in points, `align` how the cells of a row stand to each other."""

    size: float = 8
    leading: float = 9.6
    padding: float = 3
    beside: float = 3
    align: str = "TOP"
    lines: Sequence[tuple[Any, ...]] = ()
    spans: Sequence[tuple[Any, ...]] = ()
    repeat: int = 1
    split: bool = False
    page: tuple[float, float] = letter
    margin: float = 36
    edges: Callable[[Any, Any], None] | None = field(default=None)


GRID = (("GRID", (0, 0), (-1, -1), 0.5, black),)
RULES = (("LINEBELOW", (0, 0), (-1, -1), 0.5, black),)
DOWN = (
    ("LINEBEFORE", (0, 0), (-1, -1), 0.5, black),
    ("LINEAFTER", (-1, 0), (-1, -1), 0.5, black),
    ("BOX", (0, 0), (-1, -1), 0.5, black),
)


def style(setting: Setting, *, bold: bool = False) -> ParagraphStyle:
    """Return how a text is set."""
    font = "Helvetica-Bold" if bold else "Helvetica"
    return ParagraphStyle(
        "cell", fontName=font, fontSize=setting.size, leading=setting.leading, splitLongWords=0
    )


def line(text: str, setting: Setting, *, bold: bool = False) -> Any:  # noqa: ANN401 - reportlab has no types
    """Return a line outside the tables."""
    return Paragraph(escape(text, quote=False), style(setting, bold=bold))


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], setting: Setting) -> Any:  # noqa: ANN401 - as above
    """Return a table; a cell in `**` is bold, and the first row too."""
    plain, bold = style(setting), style(setting, bold=True)
    rooms = [width - 2 * setting.beside for width in widths]

    def set_cell(cell: str, room: float, *, strong: bool) -> Any:  # noqa: ANN401 - as above
        if not strong and stringWidth(cell, "Helvetica", setting.size) <= room:
            return cell  # set as it is: that is faster
        return Paragraph(escape(cell.strip("*"), quote=False), bold if strong else plain)

    cells = [
        [
            set_cell(cell, room, strong=_bold(at, cell)) if cell else ""
            for cell, room in zip(row, rooms, strict=True)
        ]
        for at, row in enumerate(rows)
    ]
    looks = [
        ("VALIGN", (0, 0), (-1, -1), setting.align),
        ("FONT", (0, 0), (-1, -1), "Helvetica", setting.size, setting.leading),
        *((side, (0, 0), (-1, -1), setting.padding) for side in ("TOPPADDING", "BOTTOMPADDING")),
        *((side, (0, 0), (-1, -1), setting.beside) for side in ("LEFTPADDING", "RIGHTPADDING")),
        *setting.lines,
        *setting.spans,
    ]
    return Table(
        cells,
        colWidths=list(widths),
        repeatRows=setting.repeat,
        splitInRow=int(setting.split),
        style=TableStyle(looks),
    )


def _bold(row: int, cell: str) -> bool:
    return row == 0 or cell.startswith("**")


def pdf(parts: Sequence[Any], setting: Setting) -> bytes:
    """Return the PDF that prints the parts one beneath the other."""
    made = BytesIO()
    margins = dict.fromkeys(
        ("leftMargin", "rightMargin", "topMargin", "bottomMargin"), setting.margin
    )
    template = SimpleDocTemplate(made, pagesize=setting.page, invariant=1, **margins)
    edges = setting.edges or (lambda _canvas, _template: None)
    template.build(list(parts), onFirstPage=edges, onLaterPages=edges)
    return made.getvalue()


_WIDTHS = {
    7: (80, 92, 46, 232, 86, 86, 98),
    6: (110, 46, 280, 94, 94, 96),
    5: (120, 46, 320, 117, 117),
}


def as_pdf(document: Document, *, ruled: bool, header_words: frozenset[str]) -> bytes:
    """Return the text list as a PDF in landscape: titles, headers, headings, rows, as printed.

    Each table of the text begins with its header again where a page ends.
    """
    setting = Setting(
        size=6.5,
        leading=7.8,
        padding=2,
        beside=2,
        align="MIDDLE" if ruled else "TOP",
        lines=GRID if ruled else (),
        page=landscape(letter),
        margin=34,
    )
    parts: list[Any] = []
    for block in read_text(document, header_words).blocks:
        if isinstance(block, TextLine):
            text = re.sub(r"^#+ |\*\*|\[|\]\(.*?\)", "", block.text).strip()
            bold = block.text.startswith(("#", "**"))
            parts += [line(text, setting, bold=bold)] if text else [Spacer(1, 8)]
            continue
        rows = [row.cells for row in (block.header, *block.rows) if row is not None]
        parts.append(
            table([[_set(c) for c in row] for row in rows], _WIDTHS[len(rows[0])], setting)
        )
    return pdf(parts, setting)


def _set(cell: str) -> str:
    """Return the cell, in `**` where it was bold; a sign that the font lacks becomes another."""
    text = _TAG.sub("", cell.replace("Ⓜ", "®"))
    return f"**{text}" if cell.startswith("<b>") else text


def told(contents: Contents) -> list[tuple[str, ...] | str]:
    """Return what a reader found: rows as tuples, a header with `#` before it, lines as texts."""
    found: list[tuple[str, ...] | str] = []
    for block in contents.blocks:
        if isinstance(block, TextLine):
            found.append(block.text)
            continue
        found += [("#", *block.header.cells)] if block.header else []
        found += [row.cells for row in block.rows]
    return found


def codes_told(contents: Contents) -> list[str]:
    """Return the codes of a reader's diagnostics."""
    return [each.code for each in contents.diagnostics]


class Drawing:
    """A page that is drawn text by text; places count from its upper left corner."""

    def __init__(self, page: tuple[float, float] = letter, *, turned: int = 0) -> None:
        self._made = BytesIO()
        self._page = page
        self._turned = turned
        self.canvas: Any = Canvas(self._made, pagesize=page, invariant=1)
        self._begin()

    def _begin(self) -> None:
        self.canvas.setPageRotation(self._turned)
        self.canvas.setFont("Helvetica", 8)

    def text(self, left: float, top: float, text: str, *, bold: bool = False) -> None:
        """Draw a text at its baseline."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 8)
        self.canvas.drawString(left, self._page[1] - top, text)

    def row(self, top: float, *cells: tuple[float, str]) -> None:
        """Draw several texts beside each other."""
        for left, text in cells:
            self.text(left, top, text)

    def line(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a line."""
        self.canvas.line(left, self._page[1] - top, right, self._page[1] - bottom)

    def next_page(self) -> None:
        """Begin another page."""
        self.canvas.showPage()
        self._begin()

    def pdf(self) -> bytes:
        """Return what was drawn."""
        self.canvas.showPage()
        self.canvas.save()
        return self._made.getvalue()
