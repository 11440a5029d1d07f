"""The Ask page: one address, one answer; what is typed stays and is never markup."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from click.testing import CliRunner
from starlette.datastructures import QueryParams

from precert.cli.group import precert
from precert.determine import Outcome
from precert.rulebook import load_rulebook
from precert.web.pages.asking import asking_of
from tests.support.rulebooks import book, row
from tests.web.page_support import AS_ANSWER, AS_ASKED, client, html

if TYPE_CHECKING:
    from starlette.testclient import TestClient

DAY = "2026-03-02"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def bundled() -> TestClient:
    return client(load_rulebook())


ORDERS = {
    "27447": ["27447"],
    "27447-RT, C1767 x2, E0470": ["27447-RT", "C1767", "x2", "E0470"],
    "c1767": ["c1767"],
    "12345 99999": ["12345", "99999"],
}


@pytest.mark.parametrize("codes", ORDERS)
def test_a_shared_link_gives_the_same_answer_as_check(bundled: TestClient, codes: str) -> None:
    made = bundled.get("/", params={"codes": codes, "on": DAY})
    receipt = bundled.get("/receipt.json?" + urlsplit(str(made.url)).query)
    printed = CliRunner().invoke(precert, ["check", *ORDERS[codes], "--on", DAY, "--json"])
    assert printed.exit_code == 0
    assert json.loads(receipt.content) == json.loads(printed.stdout)
    assert receipt.content == printed.stdout.encode()


def test_every_fact_of_the_address_reaches_the_receipt(bundled: TestClient) -> None:
    told = {
        "codes": "E0601 E1390",
        "on": DAY,
        "complete": "no",
        "plan": "other",
        "client_managed": "no",
        "age": "47",
        "state": "fl",
        "diagnoses": "G47.33",
        "place_of_service": "12",
        "acquisition.E0601": "rental",
        "program.E1390": "sleep",
        "modifiers.E1390": "none",
        "units.E0601": "2",
    }
    facts = json.loads(bundled.get("/receipt.json", params=told).content)["facts"]
    first, second = facts.pop("lines")
    assert facts == {
        "complete": False,
        "plan": "other",
        "client_managed": False,
        "age": 47,
        "state": "FL",
        "diagnoses": ["G47.33"],
    }
    assert (first["acquisition"], second["acquisition"]) == ("rental", None)
    assert (first["program"], second["program"]) == (None, "Sleep")
    assert (first["modifiers"], second["modifiers"]) == (None, [])
    assert (first["units"], second["units"]) == (2, None)
    assert (first["place_of_service"], second["place_of_service"]) == ("12", "12")


def test_the_address_of_an_answer_tells_the_day_and_the_rulebook(bundled: TestClient) -> None:
    made = bundled.get("/?codes=27447&plan=&state=")
    told = dict(parse_qsl(urlsplit(str(made.url)).query))
    assert set(told) == {"codes", "on", "rulebook"}
    assert load_rulebook().digest.startswith(told["rulebook"])
    assert str(bundled.get(str(made.url)).url) == str(made.url)


def test_an_address_made_with_another_rulebook_says_so(bundled: TestClient) -> None:
    address = f"/?codes=27447&on={DAY}&rulebook="
    assert "another rulebook" not in bundled.get(address).text
    old = html(bundled.get(address + "0123456789ab").text)
    assert "This address was made with another rulebook" in old.words


def test_reading_an_address_and_writing_it_again_changes_nothing() -> None:
    query = urlencode(
        [("codes", " 27447 ,,c1767;\n63650 x2, "), ("add", "E0470"), ("units.c1767", "2")]
    )
    once = asking_of(QueryParams(query))
    assert once.codes == "27447, c1767, 63650 x2, E0470"
    assert once.of_codes == (("units", "C1767", "2"),)
    assert asking_of(QueryParams(urlsplit(once.address()).query)) == once


@pytest.mark.parametrize("name", ["codes", "on", "plan", "program", "state", "add", "units.E0601"])
@pytest.mark.parametrize("headers", [{}, AS_ANSWER, AS_ASKED], ids=["page", "answer", "asked"])
def test_markup_in_any_field_is_text(
    bundled: TestClient, name: str, headers: dict[str, str]
) -> None:
    for text in (SCRIPT, '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"):
        told = {"codes": "E0601", "on": DAY, name: text}
        answered = bundled.get("/", params=told, headers=headers)
        page = html(answered.text)
        assert not page.wrong
        scripts = {one.attributes.get("src", "").partition("?")[0] for one in page.all("script")}
        assert scripts <= {"/static/vendor/htmx.min.js", "/static/precert.js"}
        assert not page.all("img")
        assert not any(key.startswith("on") for one in page.elements for key in one.attributes)
        assert "\n" not in answered.headers.get("HX-Push-Url", "")


def test_a_bad_code_is_told_beside_the_box_and_what_was_typed_stays(bundled: TestClient) -> None:
    answered = bundled.get(f"/?codes=27447+2744&on={DAY}")
    assert answered.status_code == 422
    page = html(answered.text)
    assert page.by_id("codes").text == "27447 2744"
    assert page.by_id("codes").attributes["aria-invalid"] == "true"
    assert "'2744' is not a code" in page.by_id("codes-message").text
    assert "No answer yet" in page.words
    assert "needs prior authorization" not in page.words


@pytest.mark.parametrize(
    ("field", "text"),
    [("age", "old"), ("state", "XX"), ("on", "yesterday"), ("plan", "Gold"), ("complete", "so")],
)
def test_a_fact_that_cannot_be_read_gives_no_answer(
    bundled: TestClient, field: str, text: str
) -> None:
    answered = bundled.get("/", params={"codes": "27447", "on": DAY, field: text})
    assert answered.status_code == 422
    assert "No answer yet" in html(answered.text).words


def test_htmx_gets_the_answer_alone_and_others_the_page(bundled: TestClient) -> None:
    address = f"/?codes=27447&on={DAY}"
    whole, part = bundled.get(address).text, bundled.get(address, headers=AS_ANSWER)
    assert whole.lstrip().startswith("<!doctype html>")
    assert "<!doctype" not in part.text
    assert 'id="ask"' not in part.text
    assert "needs prior authorization" in html(part.text).by_id("said").text
    assert part.headers["HX-Replace-Url"].startswith(f"/?codes=27447&on={DAY}&rulebook=")
    assert "HX-Request" in part.headers["Vary"]


def test_half_a_code_is_no_failure_while_it_is_typed(bundled: TestClient) -> None:
    part = bundled.get(f"/?codes=274&on={DAY}", headers=AS_ANSWER)
    assert part.status_code == 200
    page = html(part.text)
    assert "is not a code" in page.by_id("codes-message").text
    assert page.by_id("said").text == ""


def test_what_is_asked_is_told_by_a_button_and_settles_the_answer(bundled: TestClient) -> None:
    page = html(bundled.get(f"/?codes=E0492+27447&on={DAY}").text)
    buttons = page.all("button", name="program.E0492")
    assert [one.text for one in buttons] == ["Sleep", "Durable Medical Equipment"]
    kept = {
        one.attributes["name"]: one.attributes["value"] for one in page.all("input", type="hidden")
    }
    told = {**kept, "program.E0492": "Durable Medical Equipment"}
    again = bundled.get("/", params=told, headers=AS_ASKED)
    settled = html(again.text)
    assert not settled.all("button", name="program.E0492")
    assert "program.E0492=Durable+Medical+Equipment" in again.headers["HX-Push-Url"]
    assert "Needs prior authorization (2)" in " ".join(settled.by_id("answer").text.split())
    (box,) = settled.all("input", name="program.E0492")
    assert box.attributes["type"] == "checkbox"


def test_codes_that_are_added_join_the_order(bundled: TestClient) -> None:
    page = html(bundled.get(f"/?codes=C1767&on={DAY}").text)
    assert page.all("input", name="add")
    added = bundled.get(f"/?codes=C1767&on={DAY}&add=63650", headers=AS_ASKED)
    assert html(added.text).by_id("codes").text == "C1767, 63650"
    assert "Goes into the primary&#39;s case" in added.text


EVERY = book(
    row("Wheels", "E0100"),
    row("Wheels", "E0105", "not-required"),
    row("Wheels", "E0110", "add-on"),
    row("Wheels", "E0111", "out-of-scope"),
    row("Wheels", "E0112", "investigational"),
    row("Wheels", "E0113", conditions="for-plan(Silver)"),
)


def test_every_outcome_has_its_words_and_a_shape_of_its_own() -> None:
    asks = client(EVERY)
    page = html(asks.get(f"/?codes=E0100,E0105,E0110,E0111,E0112,E0113,E0114&on={DAY}").text)
    cells = page.all("td", data_label="Answer")
    shapes = [one.attributes["href"].partition("#")[2] for one in page.all("use")]
    assert set(shapes) == set(Outcome)
    assert len({cell.text.strip() for cell in cells}) == len(cells) == len(Outcome)
    sprite = asks.get("/static/icons.svg").text
    drawings = {
        name: sprite.partition(f'id="{name}"')[2].partition("</symbol>")[0] for name in shapes
    }
    assert all("<path" in drawing for drawing in drawings.values())
    assert len(set(drawings.values())) == len(Outcome)


def test_the_day_is_todays_where_none_is_told(bundled: TestClient) -> None:
    on = html(bundled.get("/").text).by_id("on").attributes["value"]
    assert len(on) == len(DAY)
    assert f"on={on}" in str(bundled.get("/?codes=27447").url)


def test_too_many_codes_are_refused(bundled: TestClient) -> None:
    for count in (501, 5001):
        answered = bundled.get("/", params={"codes": "27447 " * count, "on": DAY})
        assert answered.status_code == 422
        assert "expected at most" in html(answered.text).words


def test_without_htmx_a_button_leads_to_the_same_address(bundled: TestClient) -> None:
    page = html(bundled.get(f"/?codes=E0492+27447&on={DAY}").text)
    told = {
        one.attributes["name"]: one.attributes["value"] for one in page.all("input", type="hidden")
    }
    told["program.E0492"] = "Sleep"
    pressed = bundled.get("/", params=told, follow_redirects=False)
    by_htmx = bundled.get("/", params=told, headers=AS_ASKED)
    assert pressed.status_code == 303
    assert pressed.headers["location"] == by_htmx.headers["HX-Push-Url"]


UNITS = book(row("Wheels", "E0100", conditions="units-above(2)"))


def test_units_are_told_of_their_code_also_where_it_is_alone() -> None:
    asks = client(UNITS)
    page = html(asks.get(f"/?codes=E0100&on={DAY}").text)
    (entry,) = page.all("input", name="units.E0100")
    assert entry.attributes["id"]
    told = html(asks.get(f"/?codes=E0100&on={DAY}&units.E0100=3").text)
    (kept,) = told.all("input", name="units.E0100")
    assert (kept.attributes["type"], kept.attributes["value"]) == ("checkbox", "3")


def test_an_address_that_speaks_of_a_person_says_so(bundled: TestClient) -> None:
    address = f"/?codes=27447&on={DAY}"
    assert "treat it as you treat those" not in html(bundled.get(address).text).words
    assert "treat it as you treat those" in html(bundled.get(address + "&age=47").text).words


def test_a_sentence_that_begins_with_a_file_keeps_its_name(bundled: TestClient) -> None:
    page = html(bundled.get(f"/?codes=E0470&on={DAY}").text)
    reasons = json.loads(bundled.get(f"/receipt.json?codes=E0470&on={DAY}").content)["words"]
    for sentence in reasons["determinations"][0]["reasons"]:
        assert sentence in page.words
