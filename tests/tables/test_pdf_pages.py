"""Pages that lie on their side, that hide text, that are images; files that are no list."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import Color, black, green, white
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from precert.documents import document_of
from precert.errors import MissingExtra, UnreadableDocument
from precert.model import Table
from precert.tables.pdf import pages, read_pdf, reading, rulings
from tests.support.pdfs import GRID, Drawing, Setting, codes_told, line, pdf, table, told
from tests.support.thorough import examples

if TYPE_CHECKING:
    from precert.tables import Contents

HEADER = ("Code", "What it is", "Needs a call?")
WORDS = frozenset(HEADER)
ROWS = (("E0992", "Seat insert", "Yes"), ("E0994", "Arm rest", "No"))
FOUND = [("#", *HEADER), *ROWS]
LEFTS = (50, 100, 200)


def read(content: bytes, words: frozenset[str] = WORDS) -> Contents:
    """Return what the reader finds, in this process: tests change what it takes for granted."""
    return read_pdf(document_of("list.pdf", content), words)


def draw(drawn: Drawing, *, top: float = 60, ruled: bool = False) -> None:
    """Draw the table."""
    for at, row in enumerate((HEADER, *ROWS)):
        drawn.row(top + 16 * at, *zip(LEFTS, row, strict=True))
    for at in range(4 if ruled else 0):
        drawn.line(48, top - 11 + 16 * at, 280, top - 11 + 16 * at)
        drawn.line((48, 98, 198, 280)[at], top - 11, (48, 98, 198, 280)[at], top + 37)


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("by_page", [False, True])
def test_a_page_on_its_side(turned: int, ruled: bool, by_page: bool) -> None:  # noqa: FBT001 - cases
    drawn = Drawing(turned=turned if by_page else 0)
    lies = by_page and turned % 180  # reportlab turns the page's own box with it
    drawn.canvas.translate(*((396, 306) if lies else (306, 396)))
    drawn.canvas.rotate(turned)
    drawn.canvas.translate(-306, -396)
    draw(drawn, top=300, ruled=ruled)
    contents = read(drawn.pdf())
    assert told(contents) == FOUND
    assert contents.diagnostics == ()


def test_places_are_told_from_the_upper_left_corner_of_what_is_shown() -> None:
    made = BytesIO()
    canvas = Canvas(made, pagesize=letter, cropBox=(40, 100, 612, 792), invariant=1)
    canvas.setFont("Helvetica", 8)
    for at, row in enumerate((HEADER, *ROWS)):
        for left, cell in zip(LEFTS, row, strict=True):
            canvas.drawString(left, 792 - 60 - 16 * at, cell)
    canvas.drawString(50, 60, "Beneath what is shown")
    canvas.showPage()
    canvas.save()
    contents = read(made.getvalue())
    assert told(contents) == FOUND
    assert codes_told(contents) == ["PC116"]
    assert "4 words" in contents.diagnostics[0].sentence
    (only,) = (block for block in contents.blocks if isinstance(block, Table))
    ref = only.rows[1].ref
    assert (ref.page, ref.line) == (1, 3)
    assert ref.area == "10.0,84.4,170.2,93.8"


def test_what_cannot_be_seen_is_told_and_not_read() -> None:
    drawn = Drawing()
    draw(drawn)
    drawn.canvas.setFillColor(white)
    drawn.row(108, (50, "E0995"), (100, "Calf rest"), (200, "No"))
    drawn.canvas.setFillColor(black)
    drawn.canvas.rect(40, 792 - 130, 300, 14, fill=1)
    drawn.canvas.setFillColor(white)
    drawn.row(126, (50, "E0250"), (100, "White on black"), (200, "Yes"))
    drawn.canvas.setFillColor(black)
    hidden = drawn.canvas.beginText(50, 600)
    hidden.setTextRenderMode(3)
    hidden.textOut("No call is needed")
    drawn.canvas.drawText(hidden)
    contents = read(drawn.pdf())
    assert told(contents) == [*FOUND, ("E0250", "White on black", "Yes")]
    assert codes_told(contents) == ["PC116"]
    assert "'E0995 Calf rest No No call is needed'" in contents.diagnostics[0].sentence


def _recognised(drawn: Drawing) -> None:
    text = drawn.canvas.beginText()
    text.setTextRenderMode(3)
    for at, row in enumerate((HEADER, *ROWS)):
        for left, cell in zip(LEFTS, row, strict=True):
            text.setTextOrigin(left, 792 - 60 - 16 * at)
            text.textOut(cell)
    drawn.canvas.drawText(text)


def test_text_that_was_recognised_in_an_image_is_read_and_told() -> None:
    drawn = Drawing()
    drawn.canvas.drawInlineImage(_image(), 0, 0, 612, 792)
    _recognised(drawn)
    contents = read(drawn.pdf())
    assert (told(contents), codes_told(contents)) == (FOUND, ["PC117"])


def _image() -> Any:  # noqa: ANN401 - an image of a package that comes with reportlab
    from PIL import Image  # noqa: PLC0415 - for two tests only

    return Image.new("L", (8, 8), 200)


def test_a_page_that_is_an_image_is_told_among_others_and_refused_alone() -> None:
    drawn = Drawing()
    draw(drawn)
    drawn.next_page()
    drawn.canvas.drawInlineImage(_image(), 0, 0, 612, 792)
    drawn.next_page()
    drawn.canvas.setFont("Helvetica", 8)
    contents = read(drawn.pdf())
    assert told(contents) == FOUND
    assert [(each.code, each.ref.page) for each in contents.diagnostics] == [("PC113", 2)]
    alone = Drawing()
    alone.canvas.drawInlineImage(_image(), 0, 0, 612, 792)
    with pytest.raises(UnreadableDocument, match=r"no text was found on any of its 1 pages"):
        read(alone.pdf())


def test_coloured_rows_are_told_once_a_page() -> None:
    drawn = Drawing()
    draw(drawn)
    drawn.canvas.setFillColor(green)
    drawn.row(108, (50, "E0995"), (100, "Calf rest"), (200, "No"))
    drawn.canvas.setFillColor(Color(0.4, 0.4, 0.4))
    drawn.row(124, (50, "E0250"), (100, "Bed"), (200, "No"))
    contents = read(drawn.pdf())
    assert [(each.code, each.ref.line) for each in contents.diagnostics] == [("PC218", 4)]
    assert contents.diagnostics[0].sentence.startswith("4 words")


def test_text_that_lies_sideways_is_a_line_of_its_own() -> None:
    drawn = Drawing()
    draw(drawn)
    drawn.canvas.saveState()
    drawn.canvas.translate(120, 700)
    drawn.canvas.rotate(45)
    drawn.canvas.drawString(0, 0, "Draft of last year")
    drawn.canvas.restoreState()
    assert told(read(drawn.pdf())) == [*FOUND, "Draft of last year"]


def test_ligatures_and_hyphens_are_letters() -> None:
    drawn = Drawing()
    drawn.row(60, (50, "Code"), (100, "What it is"), (200, "Needs a call?"))
    drawn.row(76, (50, "E0250"), (100, "Bed, add-"), (200, "Yes"))
    drawn.row(85, (100, "on rails"))
    assert told(read(drawn.pdf()))[1] == ("E0250", "Bed, add- on rails", "Yes")


def test_a_file_with_a_password_is_refused() -> None:
    made = BytesIO()
    encrypted = StandardEncryption("secret", canPrint=0)
    canvas = Canvas(made, encrypt=encrypted, invariant=1)
    canvas.drawString(50, 700, "E0992")
    canvas.save()
    with pytest.raises(UnreadableDocument, match=r"list\.pdf: it is protected by a password; save"):
        read(made.getvalue())


def test_a_file_that_is_no_pdf_in_spite_of_its_beginning_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match=r"list\.pdf: it is damaged"):
        read(b"%PDF-1.7\nnothing")


def test_a_file_without_any_table_says_what_was_looked_for() -> None:
    setting = Setting()
    content = pdf([line("Codes for Seating: E0992 and E0994", setting)], setting)
    told_of = (
        r"header words \(Code, Needs a call\?, What it is\).*page 1: 1 lines, no header, 2 cod"
    )
    with pytest.raises(UnreadableDocument, match=told_of):
        read(content)
    assert told(read(content, frozenset())) == ["Codes for Seating: E0992 and E0994"]


def test_bounds_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Drawing()
    for _ in range(2):
        draw(drawn, ruled=True)
        drawn.next_page()
    content = drawn.pdf()
    monkeypatch.setattr(rulings, "MOST_DRAWINGS", 5)
    contents = read(content)
    assert told(contents) == [*FOUND, *FOUND]
    assert codes_told(contents) == ["PC118", "PC118"]
    monkeypatch.setattr(reading, "MOST_PAGES", 1)
    assert codes_told(read(content)) == ["PC118", "PC114"]
    monkeypatch.setattr(pages, "MOST_CHARACTERS", 5)
    with pytest.raises(UnreadableDocument, match=r"none of its pages can be read.*more than 5"):
        read(content)


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtra, match=r"a PDF needs more .*precert\[pdf\]"):
        read(b"%PDF-1.7\nnothing")


_SETTING = Setting(lines=GRID)
_WHOLE = pdf([table((HEADER, *ROWS), (60, 120, 90), _SETTING)], _SETTING)


@settings(max_examples=examples(20, 40))
@given(st.lists(st.tuples(st.integers(0, len(_WHOLE) - 1), st.integers(0, 255)), max_size=12))
def test_a_damaged_file_is_read_or_refused(flips: list[tuple[int, int]]) -> None:
    content = bytearray(_WHOLE)
    for at, byte in flips:
        content[at] = byte
    content[:5] = b"%PDF-"
    try:
        contents = read_pdf(document_of("list.pdf", bytes(content)), WORDS)
    except UnreadableDocument as refused:
        assert str(refused).startswith("list.pdf: ")  # noqa: PT017 - either outcome is right
    else:
        refs = [
            row.ref
            for block in contents.blocks
            for row in (block.rows if isinstance(block, Table) else (block,))
        ]
        assert len(set(refs)) == len(refs)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_read_or_refused(kept: float) -> None:
    content = _WHOLE[: int(kept * len(_WHOLE))]
    try:
        found = told(read(content))
    except UnreadableDocument:
        return
    assert found == FOUND
