"""The published list, set as a ruled and as a plain PDF: the same rules as its text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.compiler import Compilation, ToldEdition, compile_documents
from precert.documents import open_document
from precert.lists import Entry, load_layout
from tests.support.pdfs import as_pdf

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real_list

_TOLD = ToldEdition(date(2026, 1, 1))


def entries(compilation: Compilation) -> list[Entry]:
    """Return what the list says of its rows."""
    return [entry for reading in compilation.readings for entry in reading.list.entries]


def description(entry: Entry) -> str:
    """Return the printed description, single-spaced; the PDF's font lacks one of its signs."""
    return " ".join(entry.printed.get("description", "").replace("Ⓜ", "®").split())


WHOLE, LINES, RULES = 1602, 444, 336
"""The rules of the list; its first lines, up to a title, and their rules. To set it takes long."""


@pytest.mark.parametrize(
    ("ruled", "lines", "rules"),
    [
        pytest.param(True, None, WHOLE, marks=pytest.mark.slow, id="ruled"),
        pytest.param(False, None, WHOLE, marks=pytest.mark.slow, id="plain"),
        pytest.param(False, LINES, RULES, id="plain-begin"),
        pytest.param(True, LINES, RULES, id="ruled-begin"),
    ],
)
def test_every_rule_is_that_of_the_text(
    ruled: bool,  # noqa: FBT001 - a case
    lines: int | None,
    rules: int,
    real_list: Path,
    tmp_path: Path,
) -> None:
    printed = tmp_path / "list.md"
    kept = real_list.read_bytes().splitlines(keepends=True)[:lines]
    printed.write_bytes(b"".join(kept))
    path = tmp_path / "list.pdf"
    words = load_layout("evicore-cigna").header_words
    path.write_bytes(as_pdf(open_document(printed), ruled=ruled, header_words=words))
    text, compiled = (compile_documents([each], _TOLD) for each in (printed, path))
    expected, found = entries(text), entries(compiled)
    assert len(found) == rules
    nowhere = expected[0].rule.ref
    for one, other in zip(expected, found, strict=True):
        assert replace(one.rule, ref=nowhere) == replace(other.rule, ref=nowhere)
        assert description(one) == description(other)
    kinds = dict(text.accounting.by_kind)
    assert {kind: compiled.accounting.by_kind[kind] for kind in ("rule", "heading", "title")} == {
        kind: kinds[kind] for kind in ("rule", "heading", "title")
    }
    assert "diagnostic" not in compiled.accounting.by_kind
    codes = sorted(each.code for each in text.diagnostics)
    assert sorted(each.code for each in compiled.diagnostics) == codes
