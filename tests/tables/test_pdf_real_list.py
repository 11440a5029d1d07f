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


@pytest.fixture(name="text", scope="module")
def fixture_text(real_list: Path) -> Compilation:
    return compile_documents([real_list], _TOLD)


def entries(compilation: Compilation) -> list[Entry]:
    """Return what the list says of its rows."""
    return [entry for reading in compilation.readings for entry in reading.list.entries]


def description(entry: Entry) -> str:
    """Return the printed description, single-spaced; the PDF's font lacks one of its signs."""
    return " ".join(entry.printed.get("description", "").replace("Ⓜ", "®").split())


@pytest.mark.parametrize(
    "ruled",
    [
        pytest.param(True, marks=pytest.mark.slow, id="ruled"),
        pytest.param(False, id="plain"),
    ],
)
def test_every_rule_is_that_of_the_text(
    ruled: bool,  # noqa: FBT001 - a case
    text: Compilation,
    real_list: Path,
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.pdf"
    words = load_layout("evicore-cigna").header_words
    path.write_bytes(as_pdf(open_document(real_list), ruled=ruled, header_words=words))
    compiled = compile_documents([path], _TOLD)
    expected, found = entries(text), entries(compiled)
    assert len(found) == 1602
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
