"""What people come for, done in a browser: before a visit, with a night's worklist, at a payer.

All in one file, which starts one browser.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import FilePayload, expect

from tests.support.thorough import is_thorough

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page

DAY = "on=2026-03-02"
PAGES = (
    "/",
    f"/?codes=27447&{DAY}",
    f"/?codes=27447,C1767,E0470,43206,E0492,78434,12345&{DAY}",
    "/?codes=27",
    f"/receipt?codes=27447,C1767&{DAY}",
    "/codes",
    "/codes?q=274&requirement=required",
    "/codes/E0492",
    "/rules/joint-surgery/27447",
    "/worklist",
    "/rulebook",
    "/rulebook/diff",
    "/api",
)


def test_an_answer_comes_as_the_codes_are_typed_and_its_question_is_answered(
    page: Page, accessible: Callable[[Page], None], screenshot: Callable[[Page, str], None]
) -> None:
    page.goto(f"/?{DAY}")
    page.get_by_label("Codes of the order").press_sequentially("E0492")
    banner = page.locator("#answer")
    expect(banner).to_contain_text("depends on what is not known yet")
    accessible(page)
    screenshot(page, "ask-open")
    page.get_by_role("button", name="Durable Medical Equipment").click()
    expect(banner).to_contain_text("needs prior authorization")
    expect(banner).to_contain_text("CareCore National")
    expect(page).to_have_url(re.compile("program"))
    page.go_back()
    expect(banner).to_contain_text("depends on what is not known yet")


def test_an_order_is_answered_as_a_whole_and_its_address_can_be_shared(
    page: Page, screenshot: Callable[[Page, str], None]
) -> None:
    page.goto(f"/?{DAY}")
    page.get_by_label("Codes of the order").fill("27447 29884 C1767")
    expect(page.locator("#answer table")).to_contain_text("Goes into the primary's case")
    expect(page).to_have_url(re.compile("codes=27447"))
    told = page.locator("#answer").inner_text()
    screenshot(page, "ask-order")
    shared = page.context.new_page()
    shared.goto(page.url)
    assert shared.locator("#answer").inner_text() == told


def test_a_printed_answer_is_the_receipt_that_verify_takes(
    page: Page, tmp_path: Path, screenshot: Callable[[Page, str], None]
) -> None:
    page.goto(f"/?codes=63650,C1767&{DAY}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the receipt").click()
    receipt = tmp_path / "receipt.json"
    download.value.save_as(receipt)
    assert len(json.loads(receipt.read_text())["determinations"]) == 2
    command = [sys.executable, "-m", "precert", "verify", str(receipt)]
    assert subprocess.run(command, check=False).returncode == 0
    page.get_by_role("link", name="Receipt to print").click()
    expect(page.get_by_role("main")).to_contain_text("sha256")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    screenshot(page, "receipt")


@pytest.mark.parametrize("codes", ["27447,C1767,E0470,22899", "22899,63047,E0782,J7330"])
def test_the_receipt_of_four_codes_takes_two_sheets(page: Page, codes: str) -> None:
    page.goto(f"/receipt?codes={codes}&{DAY}")
    printed = page.pdf(format="Letter")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 2


def test_a_code_is_found_and_its_line_is_seen(
    page: Page, screenshot: Callable[[Page, str], None]
) -> None:
    page.goto("/codes")
    page.get_by_label("Code, or words").or_(page.locator("#q")).first.fill("E06")
    expect(page.locator("#count")).not_to_contain_text("1,602")
    screenshot(page, "codes")
    page.get_by_role("link", name="E0601").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("E0601")
    page.get_by_role("link", name=re.compile("1039")).first.click()
    expect(page.locator("tr.here")).to_contain_text("1039")
    screenshot(page, "evidence")


def test_the_rulebook_shows_what_it_is_made_of(
    page: Page, screenshot: Callable[[Page, str], None]
) -> None:
    page.goto("/rulebook")
    expect(page.get_by_role("main")).to_contain_text("1,602")
    expect(page.get_by_role("main")).to_contain_text("PC402")
    expect(page.locator("svg.chart")).to_be_visible()
    screenshot(page, "rulebook")


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.goto(f"/?{DAY}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "codes"
    page.keyboard.type("70450")
    expect(page.locator("#answer")).to_contain_text("not managed by eviCore")


# By default the pages are looked at that hold each colour and box once; `pytest --slow` looks at
# every page in light and wide and at those in the other ways, `pytest --thorough` at every page.
EVERY_WAY = [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]
TELLING = (PAGES[2], "/rules/joint-surgery/27447", "/rulebook")
USUAL = [
    ("light", 1280, TELLING),
    pytest.param("light", 1280, PAGES, marks=pytest.mark.slow),
    pytest.param("dark", 1280, TELLING, marks=pytest.mark.slow),
    pytest.param("light", 360, TELLING, marks=pytest.mark.slow),
]


@pytest.mark.parametrize(
    ("scheme", "width", "looked_at"),
    [(*way, PAGES) for way in EVERY_WAY] if is_thorough() else USUAL,
)
def test_axe_finds_nothing(
    page: Page,
    accessible: Callable[[Page], None],
    scheme: str,
    width: int,
    looked_at: Sequence[str],
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    for address in looked_at:
        page.goto(address)
        open_details(page)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.slow
def test_no_page_is_wider_than_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    for address in PAGES:
        page.goto(address)
        open_details(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address


def open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def test_without_scripts_the_form_answers(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/?{DAY}")
    page.get_by_label("Codes of the order").fill("27447")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#answer")).to_contain_text("needs prior authorization")
    context.close()


# --- a night's worklist ---------------------------------------------------------------------------

ORDERS = """Order No,CPT,DOS,Units,Ward
A1,27447,2026-03-02,1,East
A1,64480,2026-03-02,1,East
A1,64479,2026-03-02,1,East
A2,nonsense,2026-03-02,1,West
A3,70450,2026-03-02,1,West
A4,E0601,03/02/2026,1,North
A5,E0470,2026-03-02,1,North
A6,C1767,2026-03-02,1,
A7,J9312,2026-03-02,1,
A8,E0492,2026-03-02,1,
"""

FILE: FilePayload = {"name": "monday.csv", "mimeType": "text/csv", "buffer": ORDERS.encode()}


def test_a_worklist_from_the_file_to_the_answers(
    page: Page, accessible: Callable[[Page], None], screenshot: Callable[[Page, str], None]
) -> None:
    page.goto("/worklist")
    accessible(page)
    page.get_by_label("File of order lines").set_input_files(FILE)
    page.get_by_role("button", name="Look at its columns").click()
    expect(page.get_by_label("Procedure code")).to_have_value("CPT")
    accessible(page)
    screenshot(page, "worklist-columns")
    page.get_by_role("button", name="Answer the orders").click()
    expect(page.get_by_text("10 lines: 8 answered")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("heading", name="2 lines without an answer")).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    screenshot(page, "worklist-answered")
    page.get_by_role("link", name=re.compile("^needs prior authorization")).click()
    expect(page.get_by_role("heading", name="answered lines")).to_contain_text("3 ")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the answers").click()
    assert download.value.suggested_filename == "monday.answers.csv"
    answered = page.url
    page.get_by_role("button", name="Delete everything now").click()
    expect(page.get_by_role("heading", name="Worklist")).to_be_visible()
    assert page.request.get(answered).status == 404


def test_a_phone_shows_the_answers_without_scrolling_sideways(
    page: Page, screenshot: Callable[[Page, str], None]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/worklist")
    page.get_by_label("File of order lines").set_input_files(FILE)
    page.get_by_role("button", name="Look at its columns").click()
    page.get_by_role("button", name="Answer the orders").click()
    expect(page.get_by_text("10 lines: 8 answered")).to_be_visible(timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    screenshot(page, "worklist-answered-phone")
