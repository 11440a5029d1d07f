"""A revenue-cycle analyst answers a night's worklist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import FilePayload, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

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
