"""Browse and search: what is typed, what is chosen, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.rulebook import load_rulebook
from tests.support.editions import ACME
from tests.web.page_support import AS_FOUND, client, html

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def bundled() -> TestClient:
    return client(load_rulebook())


def count(bundled: TestClient, address: str) -> str:
    return " ".join(html(bundled.get(address).text).by_id("count").text.split())


def test_all_rules_are_counted_and_paged(bundled: TestClient) -> None:
    rules = len(load_rulebook().rules)
    assert count(bundled, "/codes").startswith(f"{rules:,} rules, page 1 of ")
    seen: list[str] = []
    address = "/codes?q=E"
    while address:
        page = html(bundled.get(address).text)
        seen += [one.text.strip() for one in page.all("th", scope="row")]
        address = "".join(one.attributes["href"] for one in page.all("a", rel="next"))
    wanted = sorted(str(rule.code) for rule in load_rulebook().rules)
    assert seen == [code for code in wanted if code.startswith("E")] or len(seen) > 100


def test_a_beginning_finds_codes_and_words_find_programs(bundled: TestClient) -> None:
    page = html(bundled.get("/codes?q=2744").text)
    codes = [one.text.strip() for one in page.all("th", scope="row")]
    assert codes
    assert all(code.startswith("2744") for code in codes)
    both = html(bundled.get("/codes?q=joint+2744").text)
    assert {one.text.split("\n")[0] for one in both.all("td", data_label="Program")}
    assert count(bundled, "/codes?q=nothingofthekind") == "0 rules"
    assert "may still need authorization" in html(bundled.get("/codes?q=99999").text).words


def test_a_filter_is_chosen_counted_and_let_go(bundled: TestClient) -> None:
    page = html(bundled.get("/codes?q=E").text)
    (link,) = (one for one in page.all("a") if one.text.startswith("Authorization required"))
    chosen = bundled.get(link.attributes["href"])
    number = "".join(sign for sign in link.text if sign.isdigit() or sign == ",")
    assert count(bundled, link.attributes["href"]).startswith(f"{number} rules")
    again = html(chosen.text)
    (pressed,) = (one for one in again.all("a", aria_current="true"))
    assert pressed.attributes["href"] == "/codes?q=E"
    assert again.all("input", form="search", name="requirement", value="required")


def test_htmx_gets_what_was_found_alone(bundled: TestClient) -> None:
    part = bundled.get("/codes?q=274", headers={**AS_FOUND, "HX-Trigger": "search"})
    assert "<!doctype" not in part.text
    assert part.headers["HX-Replace-Url"] == "/codes?q=274"
    assert "rules" in html(part.text).by_id("count").text
    chosen = bundled.get("/codes?q=274&requirement=required", headers=AS_FOUND)
    assert chosen.headers["HX-Push-Url"] == "/codes?q=274&requirement=required"


@pytest.mark.parametrize("query", ["program=Nowhere", "edition=none", "requirement=maybe"])
def test_a_filter_that_is_none_is_told_beside_the_box(bundled: TestClient, query: str) -> None:
    answered = bundled.get(f"/codes?{query}")
    assert answered.status_code == 422
    assert html(answered.text).by_id("q-message").text


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999", "9" * 5000])
def test_a_page_that_is_none_is_no_bug(bundled: TestClient, number: str) -> None:
    assert bundled.get(f"/codes?page={number}").status_code in {200, 422}


def test_a_code_is_shown_edition_by_edition() -> None:
    page = html(client(ACME).get("/codes/E0601").text)
    editions = [one.text for one in page.all("h2")]
    assert len(editions) == len(ACME.editions)
    assert "Not listed does not mean" in html(client(ACME).get("/codes/99999").text).words
