"""The rulebook page and the differences: counts that are those of the rules."""

from __future__ import annotations

from precert.model import Requirement
from precert.rulebook import check_rules, diff_rulebooks, load_rulebook
from precert.web.pages.chart import LABELS, LEFT, WIDTH, chart_of
from precert.web.views.rulebook import rulebook_view
from tests.support.editions import ACME
from tests.support.rulebooks import book, row
from tests.web.page_support import client, html
from tests.web.support import served


def test_it_says_what_it_is_made_of() -> None:
    rulebook = load_rulebook()
    page = html(client(rulebook).get("/rulebook").text)
    for said in (
        rulebook.digest,
        rulebook.documents[0].sha256,
        f"{len(rulebook.rules):,} for {len(rulebook.by_code):,} codes",
        *rulebook.program_names,
    ):
        assert said in page.words
    for found in check_rules(rulebook):
        assert found.code in page.words


def test_the_chart_and_its_table_count_every_rule() -> None:
    assert set(LABELS) == set(Requirement)
    rulebook = load_rulebook()
    (edition,) = rulebook_view(served(rulebook)).editions
    chart = chart_of(edition.programs)
    assert [bar.name for bar in chart.bars] == list(rulebook.program_names)
    for bar, program in zip(chart.bars, edition.programs, strict=True):
        said = [int(part.says.rpartition(", ")[2].replace(",", "")) for part in bar.segments]
        assert sum(said) == program.rules
        assert bar.end <= WIDTH
        assert all(part.x >= LEFT for part in bar.segments)
    table = html(client(rulebook).get("/rulebook").text)
    foot = [one.text for one in table.all("td", class_="number")]
    assert f"{len(rulebook.rules):,}" in foot


def test_a_diagnostic_leads_to_its_place() -> None:
    rulebook = book(row("Wheels", "E0100"), row("Wheels", "E0100", "not-required"))
    assert check_rules(rulebook)
    asks = client(rulebook)
    page = html(asks.get("/rulebook").text)
    links = [one for one in page.all("a") if one.attributes["href"].startswith("/lines/")]
    assert links
    assert all(asks.get(one.attributes["href"]).status_code == 200 for one in links)


def test_editions_and_what_differs_between_them() -> None:
    asks = client(ACME)
    page = html(asks.get("/rulebook").text)
    names = [each.edition.name for each in ACME.editions]
    assert all(f"Edition {name}" in page.words for name in names)
    first, second = ACME.editions[:2]
    found = diff_rulebooks(first, second).found
    differs = html(asks.get(f"/rulebook/diff?before={names[0]}&after={names[1]}").text)
    assert f"{names[0]} to {names[1]}: {len(found)} differences" in differs.words
    for one in found:
        assert one.code in differs.words


def test_what_cannot_be_compared_is_told_so() -> None:
    assert "There is one edition" in client(load_rulebook()).get("/rulebook/diff").text
    answered = client(ACME).get("/rulebook/diff?before=none")
    assert answered.status_code == 422
    assert "holds no edition" in html(answered.text).words
