"""The lines around a rule: quoted from the very document, known by their places without it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.compiler import ToldEdition, compile_documents
from precert.errors import UnknownRule
from precert.rulebook import load_rulebook
from precert.web.views.codes import code_view
from precert.web.views.lines import LineKind, lines_view
from precert.web.views.rules import rule_views
from tests.cli.invented import DOCUMENT, LIST
from tests.support.editions import ACME
from tests.web.support import served

if TYPE_CHECKING:
    from pathlib import Path

    from precert.rulebook import Rulebook


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / DOCUMENT
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def book(document: Path) -> Rulebook:
    told = ToldEdition(effective_from=date(2026, 1, 1))
    return compile_documents([document], told=told).rulebook


def test_the_lines_around_a_rule_are_quoted_with_its_own_highlighted(
    document: Path, book: Rulebook
) -> None:
    rule = book.rules[1]
    view = lines_view(served(book, document.parent), rule.rule_id, around=2)
    assert view.at_hand
    assert not view.changed
    printed = LIST.splitlines()
    for line in view.lines:
        assert line.cells is not None
        assert all(cell.strip() in printed[line.line - 1] for cell in line.cells)
    (own,) = (line for line in view.lines if line.highlighted)
    assert own.line == rule.ref.line
    assert own.kind is LineKind.RULE
    assert [one.rule_id for one in own.rules] == [rule.rule_id]
    assert view.header
    assert view.rule.printed is not None
    assert view.rule.printed.header == view.header


def test_headers_and_lines_that_are_no_rule_are_told_apart(document: Path, book: Rulebook) -> None:
    view = lines_view(served(book, document), book.rules[0].rule_id, around=50)
    assert {line.kind for line in view.lines} == set(LineKind)
    rules = [one.rule_id for line in view.lines for one in line.rules]
    assert sorted(rules) == sorted(rule.rule_id for rule in book.rules)


def test_without_the_document_the_rules_around_are_told_by_their_places(book: Rulebook) -> None:
    view = lines_view(served(book), book.rules[1].rule_id, around=1)
    assert not view.at_hand
    assert view.header == ()
    assert [line.cells for line in view.lines] == [None] * len(view.lines)
    assert [line.highlighted for line in view.lines].count(True) == 1
    assert all(line.rules for line in view.lines)


def test_another_file_of_that_name_is_never_quoted(document: Path, book: Rulebook) -> None:
    document.write_text(LIST + "\nanother line\n", encoding="utf-8")
    view = lines_view(served(book, document), book.rules[0].rule_id)
    assert (view.at_hand, view.changed) == (False, True)
    assert all(line.cells is None for line in view.lines)
    code = str(book.rules[0].code)
    (edition,) = code_view(served(book, document), code).editions
    assert edition.changed_documents == (DOCUMENT,)
    assert edition.rules[0].printed is None


def test_the_document_is_read_once(document: Path, book: Rulebook) -> None:
    app = served(book, document)
    first = lines_view(app, book.rules[0].rule_id)
    document.unlink()
    assert lines_view(app, book.rules[0].rule_id) == first
    assert first.at_hand


def test_a_rule_of_an_older_edition_is_found() -> None:
    only_in_spring = next(rule for rule in ACME.editions[1].rules if str(rule.code) == "K0005")
    view = lines_view(served(ACME), only_in_spring.rule_id)
    assert view.rulebook.edition == "2026-04"
    with pytest.raises(UnknownRule, match="no such"):
        lines_view(served(ACME), "no such")
    with pytest.raises(UnknownRule):
        lines_view(served(ACME), only_in_spring.rule_id, edition="2026-10")


@pytest.mark.real_list
def test_every_row_of_the_real_list_is_quoted_from_its_line(real_list: Path) -> None:
    app = served(load_rulebook(), real_list)
    printed = real_list.read_text(encoding="utf-8").splitlines()
    rules = rule_views(app, app.edition(), app.edition().rules)
    assert len(rules) == 1602
    for rule in rules:
        assert rule.printed is not None, rule.rule_id
        assert rule.printed.header, rule.rule_id
        assert rule.code in "".join(rule.printed.cells), rule.rule_id
        assert all(cell in printed[rule.line - 1] for cell in rule.printed.cells), rule.rule_id
    view = lines_view(app, rules[0].rule_id)
    assert view.at_hand
    assert [line.line for line in view.lines if line.highlighted] == [rules[0].line]
