"""A file opened: its hash, its lines as an editor counts them, and what is refused."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from precert.documents import document_of, open_document
from precert.errors import UnreadableDocument

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"a", ("a",)),
        (b"a\n", ("a",)),
        (b"a\nb", ("a", "b")),
        (b"a\r\nb\rc\n", ("a", "b", "c")),
        (b"a\n\n", ("a", "")),
        (b"\n", ("",)),
        (b"\n\r", ("", "")),
        (b"\xef\xbb\xbfa\n", ("a",)),
        ("a\u2028b\x0cc\x85d\x1ce\n".encode(), ("a\u2028b\x0cc\x85d\x1ce",)),
        ("®\tⓂ".encode(), ("®\tⓂ",)),
    ],
)
def test_lines_are_counted_as_an_editor_shows_them(content: bytes, lines: tuple[str, ...]) -> None:
    document = document_of("list.md", content)
    assert document.lines == lines
    assert document.undecodable == ()


def test_the_hash_is_that_of_all_bytes(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfone\r\ntwo\r\n"
    (tmp_path / "list.md").write_bytes(content)
    document = open_document(tmp_path / "list.md")
    assert document.name == "list.md"
    assert document.sha256 == sha256(content).hexdigest()


def test_bytes_that_are_not_utf8_are_replaced_and_their_lines_named() -> None:
    document = document_of("list.md", b"one\ntw\xae\nthree\n\xff\xfe")
    assert document.lines == ("one", "tw\ufffd", "three", "\ufffd\ufffd")
    assert document.undecodable == (2, 4)


def test_a_replacement_sign_that_is_printed_is_no_damage() -> None:
    assert document_of("list.md", "a\ufffd".encode()).undecodable == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"list\0", "save the list as UTF-8 text"),
        ("list".encode("utf-16-le")[:-1], "save the list as UTF-8 text"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        open_document(path)
    assert str(path) in str(refused.value)
    with pytest.raises(UnreadableDocument, match=r"^list\.md: "):
        document_of("list.md", content)


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="no such file"):
        open_document(tmp_path / "absent.md")
    with pytest.raises(UnreadableDocument, match="a folder"):
        open_document(tmp_path)
    (tmp_path / "list.md").write_bytes(b"a")
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        open_document(tmp_path / "list.md" / "beneath-a-file.md")


@pytest.mark.real_list
def test_the_published_list_has_as_many_lines_as_an_editor_shows(real_list: Path) -> None:
    document = open_document(real_list)
    assert len(document.lines) == 1996
    assert document.lines[-1]
    assert document.undecodable == ()
