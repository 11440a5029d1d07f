"""Every page: well formed, nothing inline, everything labelled, its files there."""

from __future__ import annotations

from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from precert.rulebook import load_rulebook
from precert.web.app import create_app
from precert.web.pages.rendering import STATIC
from precert.web.settings import ServeSettings
from tests.support.editions import ACME
from tests.web.page_support import AS_ANSWER, AS_ASKED, AS_FOUND, client, html

ORDER = "codes=27447,C1767,E0470,43206,E0492,78434,12345&on=2026-03-02"
PAGES = (
    "/",
    "/?codes=27447&on=2026-03-02",
    f"/?{ORDER}&acquisition.E0470=rental&state=FL",
    "/?codes=1&on=2026-03-02",
    f"/receipt?{ORDER}",
    "/codes",
    "/codes?q=2&requirement=required&program=Sleep",
    "/codes?q=zzz",
    "/codes?program=none",
    "/codes/27447",
    "/codes/99999",
    "/codes/none",
    "/rules/joint-surgery/27447",
    "/rules/joint-surgery/27447?around=more",
    "/lines/cigna-commercial.md/1",
    "/rulebook",
    "/rulebook/diff",
    "/api",
)
OF_EDITIONS = ("/", "/?codes=E0601,K0005&on=2026-11-02", "/codes", "/rulebook", "/rulebook/diff")


@pytest.fixture(scope="module")
def clients() -> dict[str, TestClient]:
    return {"one": client(load_rulebook()), "several": client(ACME)}


EVERY_PAGE = [("one", page) for page in PAGES] + [("several", page) for page in OF_EDITIONS]


@pytest.mark.parametrize(("of", "page"), EVERY_PAGE)
def test_it_is_well_formed_and_nothing_stands_inline(
    clients: dict[str, TestClient], of: str, page: str
) -> None:
    shown = html(clients[of].get(page).text)
    assert shown.wrong == []
    for element in shown.elements:
        names = element.attributes
        assert "style" not in names
        assert element.tag != "style"
        assert not any(name.startswith(("on", "hx-on")) for name in names)
        assert not names.get("href", "").startswith("javascript:")
        if element.tag == "script":
            assert names["src"].startswith("/static/")
            assert element.text == ""
        for address in (names.get("src", ""), names.get("href", "")):
            assert not address.startswith(("http:", "https:", "//"))


@pytest.mark.parametrize(("of", "page"), EVERY_PAGE)
def test_it_has_its_landmarks_and_its_labels(
    clients: dict[str, TestClient], of: str, page: str
) -> None:
    shown = html(clients[of].get(page).text)
    assert [len(shown.all(tag)) for tag in ("main", "h1")] == [1, 1]
    assert shown.all("html")[0].attributes["lang"] == "en"
    (skip,) = shown.all("a", class_="skip")
    assert shown.by_id(skip.attributes["href"][1:]).tag == "main"
    ids = [one.attributes["id"] for one in shown.elements if "id" in one.attributes]
    assert len(set(ids)) == len(ids)
    labelled = {one.attributes["for"] for one in shown.all("label") if "for" in one.attributes}
    for element in shown.elements:
        kind = element.attributes.get("type")
        if element.tag in {"input", "select", "textarea"} and kind not in {
            "hidden",
            "radio",
            "checkbox",
        }:
            assert element.attributes["id"] in labelled
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(element.attributes.get(name, "").split()) <= set(ids)
        if element.tag == "th":
            assert "scope" in element.attributes
    assert len(shown.all("caption")) == len(shown.all("table"))


@pytest.mark.parametrize(
    ("page", "headers"),
    [
        (f"/?{ORDER}", AS_ANSWER),
        (f"/?{ORDER}", AS_ASKED),
        ("/?codes=1", AS_ANSWER),
        ("/codes?q=27", AS_FOUND),
        ("/codes?program=none", AS_FOUND),
    ],
)
def test_a_part_is_well_formed_too(
    clients: dict[str, TestClient], page: str, headers: dict[str, str]
) -> None:
    answered = clients["one"].get(page, headers=headers)
    assert answered.status_code == 200
    assert html(answered.text).wrong == []


def test_every_link_within_the_pages_leads_somewhere() -> None:
    asks = TestClient(create_app(ServeSettings()))
    for page in (f"/?{ORDER}", "/codes/27447", "/rules/joint-surgery/27447", "/rulebook"):
        for link in html(asks.get(page).text).all("a"):
            address = link.attributes["href"]
            if address.startswith("/") and not address.startswith(("/api/", "/worklist")):
                assert asks.get(address).status_code == 200, address


def test_its_files_are_kept_by_their_digest(clients: dict[str, TestClient]) -> None:
    asks = clients["one"]
    shown = html(asks.get("/").text)
    files = [one.attributes["src"] for one in shown.all("script")]
    files += [one.attributes["href"] for one in shown.all("link")]
    assert len(files) == 4
    for address in files:
        file = asks.get(address)
        assert file.status_code == 200
        assert "immutable" in file.headers["Cache-Control"]
        assert address.endswith(sha256(file.content).hexdigest()[:12])
    assert asks.get("/static/precert.css").headers["Cache-Control"] == "no-cache"
    assert asks.get("/static/../routes.py").status_code == 404
    assert asks.get("/static/%2e%2e/pages/routes.py").status_code == 404


def test_what_is_not_ours_is_what_its_readme_says() -> None:
    digest = sha256((STATIC / "vendor" / "htmx.min.js").read_bytes()).hexdigest()
    assert digest in (STATIC / "vendor" / "README.md").read_text("utf-8")
    assert (STATIC / "vendor" / "htmx.LICENSE").is_file()
