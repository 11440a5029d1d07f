"""Cells of a PDF that print no text: what is drawn in them, or a fill, may be a sign."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image as Picture
from reportlab.graphics.shapes import Circle, Drawing, Line, Path, Rect
from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Image, SimpleDocTemplate, Table, TableStyle

from precert.documents import document_of
from precert.model import Row
from precert.tables.pdf import read_pdf
from tests.support.pdfs import GRID
from tests.support.printed import printed

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = frozenset({"Code", "What it is", "Needs a call?"})
Looks = list[tuple[Any, ...]]


def _picture() -> BytesIO:
    content = BytesIO()
    Picture.new("RGB", (8, 8), "green").save(content, "PNG")
    return BytesIO(content.getvalue())


def _image() -> Any:  # noqa: ANN401 - reportlab has no types
    return Image(_picture(), 8, 8)


def _drawn(*shapes: Any) -> Any:  # noqa: ANN401 - as above
    drawing = Drawing(9, 9)
    for shape in shapes:
        drawing.add(shape)
    return drawing


def _path() -> Any:  # noqa: ANN401 - as above
    path = Path(fillColor=None, strokeColor=colors.black)
    path.moveTo(0, 4)
    path.lineTo(3, 0)
    path.lineTo(8, 8)
    return path


def answers(
    style: Looks, *, ruled: bool, cell: Callable[[], Any] | None = None
) -> tuple[list[str], list[int]]:
    """Return the answers that are read in a table of six rows, the last of them No, and PC221.

    The third row holds the cell; it and the others print nothing.
    """
    cells: list[list[Any]] = [["Code", "What it is", "Needs a call?"]]
    cells += ([f"E099{at}", "Seat", ""] for at in range(6))
    cells[3][2] = cell() if cell else ""
    cells[6][2] = "No"
    made = BytesIO()
    table = Table(cells, colWidths=[80, 120, 100], style=TableStyle([*(GRID * ruled), *style]))
    SimpleDocTemplate(made, pagesize=letter, invariant=1).build([table])
    contents = read_pdf(document_of("list.pdf", made.getvalue()), WORDS)
    rows = [each.cells for each in printed(contents) if isinstance(each, Row)]
    assert [row[:2] for row in rows[1:]] == [(f"E099{at}", "Seat") for at in range(6)]
    told = [each.ref.line for each in contents.diagnostics if each.code == "PC221"]
    return [row[2] for row in rows[1:]], told


def _fill(colour: Any, first: tuple[int, int], last: tuple[int, int] = (-1, -1)) -> tuple[Any, ...]:  # noqa: ANN401 - as above
    return ("BACKGROUND", first, first if last == (-1, -1) else last, colour)


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "plain"])
@pytest.mark.parametrize(
    "cell",
    [
        _image,
        lambda: _drawn(Line(0, 4, 3, 0), Line(3, 0, 8, 8)),
        lambda: _drawn(_path()),
        lambda: _drawn(Circle(4, 4, 4, fillColor=colors.green)),
        lambda: _drawn(Rect(0, 0, 8, 8, fillColor=colors.black, strokeColor=None)),
    ],
    ids=["image", "lines", "path", "dot", "square"],
)
def test_an_empty_cell_with_something_drawn_in_it_is_not_blank(
    cell: Callable[[], Any],
    ruled: bool,  # noqa: FBT001 - a case
) -> None:
    found, told = answers([], ruled=ruled, cell=cell)
    assert found == ["", "", "<sign>", "", "", "No"]
    assert told == [4]


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "plain"])
@pytest.mark.parametrize(
    ("style", "signs"),
    [
        ([_fill(colors.green, (2, 3))], [2]),
        ([_fill(colors.green, (2, 3), (2, 4)), _fill(colors.grey, (2, 6))], [2, 3]),
        ([_fill(colors.green, (2, 1), (2, 6)), _fill(colors.red, (2, 2))], [1]),
        ([_fill(colors.green, (1, 3), (2, 3))], [2]),
        # Of a column, of rows, of the header, or white: no sign.
        ([_fill(colors.green, (2, 1), (2, 6))], []),
        ([_fill(colors.lightgrey, (0, row), (2, row)) for row in (1, 3, 5)], []),
        ([("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.lightgrey, colors.white])], []),
        ([_fill(colors.lightgrey, (at, 3)) for at in range(3)], []),
        ([_fill(colors.green, (0, 0), (2, 0))], []),
        ([_fill(colors.white, (2, 3))], []),
        ([_fill(colors.green, (1, 3))], []),
    ],
)
def test_a_fill_is_a_sign_where_its_row_and_its_column_lack_it(
    style: Looks,
    signs: list[int],
    ruled: bool,  # noqa: FBT001 - a case
) -> None:
    found, told = answers(style, ruled=ruled)
    expected = ["", "", "", "", "", "No"]
    for at in signs:
        expected[at] = "<sign>"
    assert found == expected
    assert len(told) == bool(signs)


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "plain"])
def test_a_fill_is_not_that_of_the_empty_cell_beside_it(
    ruled: bool,  # noqa: FBT001 - a case
) -> None:
    made = BytesIO()
    rows = [("E0990", "Seat", "No"), ("E0991", "Seat", "Yes"), ("E0992", "", "Yes")]
    cells = [("Code", "What it is", "Needs a call?"), *rows]
    style = TableStyle([*(GRID * ruled), _fill(colors.green, (2, 2), (2, 3))])
    table = Table(cells, colWidths=[80, 120, 100], style=style)
    SimpleDocTemplate(made, pagesize=letter, invariant=1).build([table])
    contents = read_pdf(document_of("list.pdf", made.getvalue()), WORDS)
    assert [each.cells for each in printed(contents) if isinstance(each, Row)] == cells


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "plain"])
def test_a_picture_behind_the_table_is_no_sign(
    ruled: bool,  # noqa: FBT001 - a case
) -> None:
    made = BytesIO()
    cells = [["Code", "What it is", "Needs a call?"], *([f"E099{at}", "Seat", ""] for at in "012")]

    def behind(canvas: Any, _template: Any) -> None:  # noqa: ANN401 - as above
        canvas.drawImage(ImageReader(_picture()), 200, 600, 250, 150)
        canvas.line(30, 30, 580, 780)

    table = Table(cells, colWidths=[80, 120, 100], style=TableStyle(list(GRID * ruled)))
    SimpleDocTemplate(made, pagesize=letter, invariant=1).build([table], onFirstPage=behind)
    contents = read_pdf(document_of("list.pdf", made.getvalue()), WORDS)
    assert [each.cells[2] for each in printed(contents) if isinstance(each, Row)][1:] == [""] * 3
