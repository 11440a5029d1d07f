"""Evidence: the marked row in its table; text only from the very document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.compiler import ToldEdition, compile_documents
from precert.web.pages.errors import problem_page
from precert.web.views.problem import plain_problem
from tests.cli.invented import DOCUMENT, LIST
from tests.support.editions import ACME
from tests.support.rulebooks import book as book_of
from tests.support.rulebooks import row
from tests.web.page_support import client, html
from tests.web.support import served

if TYPE_CHECKING:
    from pathlib import Path

    from precert.rulebook import Rulebook
    from tests.web.page_support import Html


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / DOCUMENT
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def book(document: Path) -> Rulebook:
    told = ToldEdition(effective_from=date(2026, 1, 1))
    return compile_documents([document], told=told).rulebook


def marked(page: Html) -> str:
    (here,) = page.all("tr", class_="here")
    return " ".join(here.text.split())


def test_the_row_is_marked_beneath_the_header_of_its_table(document: Path, book: Rulebook) -> None:
    rule = book.rules[0]
    page = html(client(book, document.parent).get(f"/rules/{rule.rule_id}").text)
    printed = LIST.splitlines()[rule.ref.line - 1].split("\t")
    assert str(rule.ref.line) in marked(page)
    assert all(cell.strip() in marked(page) for cell in printed)
    header = [one.text for one in page.all("th", scope="col")]
    assert header[0] == "Line"
    assert len(header) > 1
    assert all(any(name in line for line in LIST.splitlines()) for name in header[1:] if name)
    assert rule.program in page.words


def test_without_the_document_only_what_the_rulebook_keeps_is_shown(
    document: Path, book: Rulebook
) -> None:
    rule = book.rules[0]
    described = LIST.splitlines()[rule.ref.line - 1].split("\t")[2]
    assert len(described.split()) > 1
    page = html(client(book).get(f"/rules/{rule.rule_id}").text)
    assert str(rule.code) in marked(page)
    assert described not in page.words
    assert "precert serve --document" in page.words
    assert book.documents[0].sha256 in page.words
    with_it = html(client(book, document).get(f"/rules/{rule.rule_id}").text)
    assert described in with_it.words


def test_another_document_of_that_name_is_not_quoted(document: Path, book: Rulebook) -> None:
    rule = book.rules[0]
    described = LIST.splitlines()[rule.ref.line - 1].split("\t")[2]
    document.write_text(LIST + "one more line\n", encoding="utf-8")
    page = html(client(book, document).get(f"/rules/{rule.rule_id}").text)
    assert described not in page.words
    assert "it is another document" in page.words


def test_the_line_of_a_rule_leads_to_it(book: Rulebook) -> None:
    rule = book.rules[0]
    answered = client(book).get(f"/lines/{rule.ref.document}/{rule.ref.line}")
    assert str(answered.url).endswith(f"/rules/{rule.rule_id}")


def test_a_line_without_a_rule_is_shown_where_the_document_is_at_hand(
    document: Path, book: Rulebook
) -> None:
    title = LIST.splitlines()[0]
    with_it = html(client(book, document).get(f"/lines/{DOCUMENT}/1").text)
    assert title.strip() in marked(with_it)
    without = html(client(book).get(f"/lines/{DOCUMENT}/1").text)
    assert title.strip() not in without.words.replace("Commercial", "")
    assert "No rule stands on this line" in without.words


def test_answers_link_to_their_evidence() -> None:
    rulebook = book_of(row("Wheels", "E0100"), exhaustive=True)
    asks = client(rulebook)
    for codes, words in (("E0100", "Wheels, line 1"), ("E0999", "line 98")):
        page = html(asks.get(f"/?codes={codes}&on=2026-03-02").text)
        (link,) = (one for one in page.all("a") if words in one.text)
        assert asks.get(link.attributes["href"]).status_code == 200


def test_each_edition_shows_its_own_row() -> None:
    asks = client(ACME)
    for rulebook in ACME.editions:
        rule = rulebook.rules[0]
        address = f"/rules/{rule.rule_id}?edition={rulebook.edition.name}"
        assert rule.ref.document in html(asks.get(address).text).words


@pytest.mark.parametrize(
    "address", ["/rules/wheels/none", "/rules/x?edition=none", "/codes/ABC", "/codes/<b>"]
)
def test_what_is_not_there_is_told_so(address: str) -> None:
    answered = client(ACME).get(address)
    assert answered.status_code == 404
    assert "There is no such page" in html(answered.text).words
    assert "<b>" not in answered.text


def test_a_problem_of_the_app_is_a_page_as_the_others() -> None:
    of_problem = problem_page(served(ACME))
    shown = of_problem(plain_problem(404, "nothing stands at <b>", "r-1"))
    page = html(bytes(shown.body).decode())
    assert shown.status_code == 404
    assert "request r-1" in page.words
    assert page.all("nav")
    assert not page.all("b")
    assert b"precert.css" not in bytes(of_problem(plain_problem(500, "a bug")).body)
