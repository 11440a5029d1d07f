"""The encoding of a file of text: what tells it, and what is damage."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precert.documents import document_of
from precert.errors import UnreadableDocument
from precert.model import Format

PRINTED = "CPT® Code;“Seat”\nE0992;€\n"
LINES = ("CPT® Code;“Seat”", "E0992;€")


def page(head: str) -> str:
    return f"<html><head>{head}</head>\n<p>café®</p>\n"


@pytest.mark.parametrize("name", ["list.md", "list.csv", "list.html"])
@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (PRINTED.encode(), "utf-8"),
        (BOM_UTF8 + PRINTED.encode(), "utf-8"),
        (BOM_UTF16_LE + PRINTED.encode("utf-16-le"), "utf-16-le"),
        (BOM_UTF16_BE + PRINTED.encode("utf-16-be"), "utf-16-be"),
        (PRINTED.encode("utf-16-le"), "utf-16-le"),
        (PRINTED.replace("\n", "\r\n").encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_is_told_by_its_bytes(name: str, content: bytes, encoding: str) -> None:
    document = document_of(name, content)
    assert (document.lines, document.encoding) == (LINES, encoding)
    assert document.undecodable == ()


def test_what_excel_calls_csv_is_windows_1252() -> None:
    document = document_of("list.csv", PRINTED.encode("cp1252"))
    assert (document.lines, document.encoding) == (LINES, "windows-1252")


@pytest.mark.parametrize(
    ("name", "content", "lines"),
    [
        ("list.md", PRINTED.encode("cp1252"), (1, 2)),
        ("list.csv", b"\x81\xae\n", (1,)),  # Windows-1252 has no sign 0x81
        ("list.csv", BOM_UTF8 + b"one\n\xae\n", (2,)),
        ("list.csv", "®®®\n".encode() + b"\xae\n", (2,)),
        ("list.html", "<p>®®\n<meta charset=windows-1252>".encode() + b"\n\xae", (3,)),
        ("list.csv", b"E0992\0,Yes\nE0994,No\n", (1,)),
        ("list.csv", BOM_UTF16_LE + "a\n\ud800\nb".encode("utf-16-le", "surrogatepass"), (2,)),
    ],
)
def test_damage_is_no_other_encoding(name: str, content: bytes, lines: tuple[int, ...]) -> None:
    document = document_of(name, content)
    assert document.undecodable == lines
    assert [n for n, line in enumerate(document.lines, 1) if "\ufffd" in line] == list(lines)
    assert document.encoding in {"utf-8", "utf-16-le"}


@pytest.mark.parametrize(
    ("head", "written", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252", "windows-1252"),
        ('<meta charset="iso-8859-1">', "cp1252", "windows-1252"),
        (
            '<META content="text/html; charset=ISO-8859-2" http-equiv=Content-Type>',
            "iso8859-2",
            "iso8859-2",
        ),
        ("<meta name=x><meta charset=macintosh>", "mac-roman", "mac-roman"),
        ("<meta charset=utf-8>", "cp1252", "windows-1252"),
        ("<meta charset=rot13>", "cp1252", "windows-1252"),
        ("<meta charset=iso-8859-99>", "cp1252", "windows-1252"),
        ("<meta charset=windows-1252>", "utf-8", "utf-8"),
        ("<meta charset=utf-16>", "utf-8", "utf-8"),
    ],
)
def test_a_page_declares_its_encoding(head: str, written: str, encoding: str) -> None:
    content = page(head).encode(written, "replace")
    document = document_of("list.html", content)
    assert document.encoding == encoding
    assert document.lines[1] == f"<p>{'café®'.encode(written, 'replace').decode(written)}</p>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.csv", b"\x1f\x8b\x08\0\0\xff"),
        ("list.html", b"\0\xff\xff"),
        ("list.csv", BOM_UTF16_BE),
        ("list.md", BOM_UTF16_LE + "a\0".encode("utf-16-le")),
    ],
)
def test_what_is_no_text_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"^list\.[a-z]+: the file is (empty|no text)"):
        document_of(name, content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("list.xls", "<table><tr><td>E0992", Format.HTML),
        ("list.xls", "<style>p {}</style><table>", Format.HTML),
        ("list.xls", "Code\tPA\nE0992\tYes", Format.TEXT),
        ("list.txt", "<HTML xmlns:o='x'>", Format.HTML),
        ("list.md", "<div>", Format.TEXT),
        ("list.tsv", "Code\tPA", Format.CSV),
    ],
)
def test_the_format_is_told_in_every_encoding(
    name: str, text: str, kind: Format, encoding: str
) -> None:
    assert document_of(name, text.encode(encoding)).format is kind


@given(st.sampled_from(["list.md", "list.csv", "list.html"]), st.binary(min_size=1, max_size=40))
def test_any_bytes_are_lines_or_refused(name: str, content: bytes) -> None:
    try:
        document = document_of(name, content)
    except UnreadableDocument:
        return
    assert document.lines or document.content
    assert not any(set(line) & {"\0", "\n", "\r"} for line in document.lines)
    assert set(document.undecodable) <= set(range(1, len(document.lines) + 1))
