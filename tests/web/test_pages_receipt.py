"""The receipt: what is printed names the file that is downloaded, and the file verifies."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from precert.cli.group import precert
from precert.rulebook import load_rulebook
from tests.web.page_support import client, html

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

ORDER = "codes=27447,C1767,E0492&on=2026-03-02"


@pytest.fixture(scope="module")
def bundled() -> TestClient:
    return client(load_rulebook())


def test_the_printed_hash_is_that_of_the_downloaded_file(bundled: TestClient) -> None:
    file = bundled.get(f"/receipt.json?{ORDER}")
    digest = sha256(file.content).hexdigest()
    assert digest[:12] in file.headers["Content-Disposition"]
    for address in (f"/receipt?{ORDER}", f"/?{ORDER}"):
        assert digest in html(bundled.get(address).text).words


def test_verify_accepts_the_downloaded_file(bundled: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(bundled.get(f"/receipt.json?{ORDER}").content)
    verified = CliRunner().invoke(precert, ["verify", str(path)])
    assert verified.exit_code == 0, verified.output
    told = json.loads(path.read_bytes())
    told["determinations"][0]["outcome"] = "no-auth"
    path.write_text(json.dumps(told))
    assert CliRunner().invoke(precert, ["verify", str(path)]).exit_code != 0


def test_the_receipt_prints_all_of_the_answer(bundled: TestClient) -> None:
    page = html(bundled.get(f"/receipt?{ORDER}").text)
    words = page.words
    answer = json.loads(bundled.get(f"/receipt.json?{ORDER}").content)
    for sentence in (*answer["words"]["case_plan"], *answer["words"]["caveats"]):
        assert sentence in words
    assert answer["rulebook"]["digest"] in words
    assert answer["rulebook"]["documents"][0]["sha256"] in words
    for line in answer["words"]["determinations"]:
        assert all(question in words for question in line["ask"])
    assert all("open" in one.attributes for one in page.all("details"))


def test_what_to_do_is_printed_once(bundled: TestClient) -> None:
    """Beside the plan of the order no line repeats its own part of it."""
    said = html(bundled.get("/receipt?codes=27447,C1767,E0470&on=2026-03-02").text).words
    assert said.count("Build the case on") == 1
    assert said.count("keep this answer with the order") == 1


@pytest.mark.parametrize("path", ["/receipt", "/receipt.json"])
@pytest.mark.parametrize("query", ["", "codes=27&on=2026-03-02"])
def test_without_an_answer_there_is_no_receipt(bundled: TestClient, path: str, query: str) -> None:
    answered = bundled.get(f"{path}?{query}", follow_redirects=False)
    assert answered.status_code == 303
    assert answered.headers["location"].startswith("/")
