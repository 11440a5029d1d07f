"""Reading in a process of its own: what crosses over, and what a hostile document can do to it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from precert.diagnostics import diagnostic
from precert.documents import document_of
from precert.errors import MissingExtra, UnreadableDocument
from precert.model import Row, SourceRef, Table, TextLine
from precert.tables import Contents, read_tables
from precert.tables.apart import LONGEST_ANSWER, READERS, read_apart
from precert.tables.bounded_process import run_bounded
from precert.tables.contents_json import format_contents, parse_contents
from precert.tables.xlsx import read_workbook
from tests.support.workbooks import sheet_of, with_sheet_xml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = frozenset({"Code", "Required?"})
BOOK = document_of("list.xlsx", sheet_of([["Code", "Required?"], ["E0992", "Yes"], [""], [640]]))
OWN_LIMITS = pytest.mark.skipif(sys.platform != "linux", reason="limits that Linux alone holds")


@pytest.fixture(name="reader")
def fixture_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Callable[..., Contents]]:
    """Read the book by a reader with this body."""

    def reading(body: str) -> Callable[..., Contents]:
        lines = "\n    ".join(body.splitlines())
        path = tmp_path / "invented_reader.py"
        path.write_text(f"import os, sys\ndef read(document, words):\n    {lines}\n")
        monkeypatch.syspath_prepend(tmp_path)
        start = f"from precert.tables import apart; apart.READERS['own'] = '{path.stem}:read'; "
        monkeypatch.setattr(
            "precert.tables.apart._START",
            f"import json, sys; sys.path[:] = json.loads(sys.argv[1]); {start} apart.main()",
        )
        return lambda **limits: read_apart("own", BOOK, WORDS, **limits)

    return reading


def refused(read: Callable[..., Contents], **limits: float) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read(**limits)
    assert str(caught.value).startswith("list.xlsx: ")
    return caught.value.reason


def test_a_workbook_is_read_apart_as_it_is_read_here() -> None:
    assert read_tables(BOOK, WORDS) == read_workbook(BOOK, WORDS)


def test_errors_of_the_reader_cross_over() -> None:
    broken = document_of("list.xlsx", BOOK.content[:2000])
    with pytest.raises(UnreadableDocument) as here:
        read_workbook(broken, WORDS)
    with pytest.raises(UnreadableDocument) as apart:
        read_tables(broken, WORDS)
    assert str(apart.value) == str(here.value)


def test_a_missing_extra_crosses_over(reader: Callable[[str], Callable[..., Contents]]) -> None:
    body = "from precert.errors import MissingExtra\nraise MissingExtra('reading x', 'xlsx')"
    with pytest.raises(MissingExtra, match=r"reading x needs more than is installed.*\[xlsx\]"):
        reader(body)()


def test_a_bug_is_raised_with_its_traceback(
    reader: Callable[[str], Callable[..., Contents]],
) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)failed on list.xlsx:\nTraceback.*ZeroDivision"):
        reader("1 / 0")()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("while True: pass", "took longer than 0.2 s"),
        ("os.abort()", "broke down (SIGABRT); the file may be damaged or hostile"),
        ("os._exit(9)", "broke down (exit code 9)"),
        ("os._exit(0)", "gave no answer that can be read"),
    ],
)
def test_a_reader_that_breaks_down_makes_the_document_unreadable(
    reader: Callable[[str], Callable[..., Contents]], body: str, reason: str
) -> None:
    limits = {"seconds": 0.2} if "while" in body else {}
    assert reason in refused(reader(body), **limits)


def test_what_a_library_prints_is_no_answer(
    reader: Callable[[str], Callable[..., Contents]],
) -> None:
    body = "from precert.tables import Contents\nos.write(1, b'noise')\nreturn Contents(())"
    assert reader(body)() == Contents(())


@OWN_LIMITS
def test_memory_is_limited(reader: Callable[[str], Callable[..., Contents]]) -> None:
    reason = refused(reader("bytes(300 << 20)"), memory=200 << 20)
    assert reason.startswith("reading it took more than 200 MB of memory; ")


@OWN_LIMITS
def test_a_bomb_is_refused_in_bounded_memory() -> None:
    """A few kilobytes of a true workbook unpack to more than its reader may take."""
    row = f'<row><c t="inlineStr"><is><t>{"x" * 2**20}</t></is></c></row>'
    bomb = document_of("list.xlsx", with_sheet_xml(f"<sheetData>{row * 32}</sheetData>"))
    assert len(bomb.content) < 200_000
    with pytest.raises(UnreadableDocument, match="memory"):
        read_apart("xlsx", bomb, WORDS, memory=120 << 20)


def test_an_answer_is_bounded() -> None:
    flood = "import sys\nwhile True: sys.stdout.write('x' * 65536)"
    ended = run_bounded([sys.executable, "-I", "-S", "-c", flood], b"", 60, 1 << 20)
    assert ended.too_long
    assert len(ended.answer) <= 1 << 20 < LONGEST_ANSWER
    assert not ended.too_slow


def test_who_does_not_read_what_is_given_may_end() -> None:
    command = [sys.executable, "-I", "-S", "-c", "print('done')"]
    assert run_bounded(command, bytes(1 << 22), 60, 100).answer == b"done\n"


def test_contents_are_the_same_from_json() -> None:
    ref = SourceRef("list.pdf", 3, page=2, area="1.0,2.0,3.0,4.0")
    row = Row(ref._replace(line=4), ("a", "", "\ud800 ü"))
    contents = Contents(
        (TextLine(ref, "x"), Table(None, (row,)), Table(row, ())),
        (diagnostic("PC215", ref, row.ref, sheet="S"),),
    )
    assert parse_contents(format_contents(contents), "list.pdf") == contents


@pytest.mark.parametrize(
    "blocks",
    [
        [1],
        [[1], [2]],
        [[1, None, None, None]],
        [["1", None, None, None, "x"]],
        [[1, None, None, None, 7]],
        [{"rows": []}],
        [{"header": None, "rows": [[1, None, None, "A1", [None]]]}],
    ],
)
def test_json_that_says_no_contents_is_refused(blocks: list[object]) -> None:
    text = json.dumps({"blocks": blocks, "diagnostics": []}).encode()
    with pytest.raises(ValueError, match="no contents of a document"):
        parse_contents(text, "list.pdf")


@pytest.mark.parametrize("place", READERS.values())
def test_every_reader_is_where_it_is_said_to_be(place: str) -> None:
    module, _, function = place.partition(":")
    __import__(module)
    assert callable(getattr(sys.modules[module], function))
