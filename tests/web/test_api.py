"""The JSON API: what the engine answers, under the right status, and nothing lost."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from precert.determine import determine, order_from_json, receipt
from precert.web.api import determinations
from precert.web.api.asked import AskedLine, AskedOrder
from precert.web.api.routes import OPERATIONS
from precert.web.app import App
from precert.web.served import Served
from precert.web.settings import ServeSettings
from tests.cli import invented
from tests.support.cases import SuiteCase, answered_cases, refused_cases

DAY = "2026-03-02"
ASK = "/api/v1/determinations"
VERIFY = "/api/v1/receipts/verify"


def line(code: str, **told: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"code": code, "date_of_service": DAY, **told}


def problem(answer: Any, status: int) -> dict[str, Any]:  # noqa: ANN401 - of the test client
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["request_id"] == answer.headers["x-request-id"]
    return told


# --- determinations -------------------------------------------------------------------------------


def test_one_order_is_answered_with_its_receipt(client: TestClient) -> None:
    order = {"lines": [line("E0637"), line("E0640")], "plan": "other"}
    answer = client.post(ASK, json=order)
    assert answer.status_code == 200
    expected = receipt(determine(invented.rulebook(), order_from_json(order)))
    assert answer.json() == json.loads(json.dumps(expected))


def test_the_facts_of_a_receipt_can_be_asked_again(client: TestClient) -> None:
    first = client.post(ASK, json={"lines": [line("T1030"), line("E0621")]}).json()
    assert client.post(ASK, json=first["facts"]).json() == first


def test_a_day_that_is_not_told_is_that_of_the_query_or_today(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(determinations, "today", lambda: date(2026, 5, 4))
    order = {"lines": [{"code": "E0621"}]}
    for query, day in (("", "2026-05-04"), ("?on=2026-07-08", "2026-07-08")):
        answer = client.post(ASK + query, json=order).json()
        assert answer["determinations"][0]["date_of_service"] == day


def test_of_several_orders_each_is_answered_and_none_is_lost(client: TestClient) -> None:
    orders = [
        {"lines": [line("E0621")]},
        {"lines": [line("E062")]},
        {"lines": [line("E0625", units=0)]},
        7,
        {"lines": [line("E0625")], "plan": "Unheard Of"},
        {"lines": [line("E0625")]},
    ]
    answer = client.post(ASK, json={"orders": orders}).json()
    assert (answer["answered"], answer["refused"]) == (2, 4)
    assert [one["order"] for one in answer["answers"]] == list(range(6))
    given = [(one["receipt"] is None, one["problem"] is None) for one in answer["answers"]]
    assert given == [(False, True), *[(True, False)] * 4, (False, True)]
    places = [one["problem"]["where"] for one in answer["answers"] if one["problem"]]
    assert places == [
        "orders[1].lines[0].code",
        "orders[2].lines[0].units",
        "orders[3]",
        "orders[4]",
    ]
    for at in (0, 5):
        alone = client.post(ASK, json=orders[at]).json()
        assert answer["answers"][at]["receipt"] == alone


@pytest.mark.parametrize(
    ("order", "where"),
    [
        ({"lines": []}, "lines"),
        ({}, "lines"),
        ([], "the order"),
        ("27447", "the order"),
        ({"lines": [line("E0621")], "orders": []}, "the body"),
        ({"orders": []}, "orders"),
        ({"orders": {}}, "orders"),
        ({"lines": [line("E0621", colour="red")]}, "lines[0]"),
        ({"lines": [line("27447; drop")]}, "lines[0].code"),
        ({"lines": [line("<script>alert(1)</script>")]}, "lines[0].code"),
        ({"lines": [line("E0621", date_of_service="tomorrow")]}, "lines[0].date_of_service"),
        ({"lines": [line("E0621", modifiers=["R"])]}, "lines[0].modifiers"),
    ],
)
def test_an_order_that_cannot_be_read_says_where(
    client: TestClient, order: object, where: str
) -> None:
    told = problem(client.post(ASK, json=order), 422)
    assert told["where"] == where
    assert told["expected"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b"", "line 1, column 1"),
        (b"{", "line 1, column 2"),
        (b'{"lines": [}', "line 1, column 12"),
        (b"\xff\xfe", "body"),
        (b'{"lines": [], "lines": []}', "body"),
        (b'{"lines": [{"code": "E0621", "code": "E0625"}]}', "body"),
        (b'{"age": NaN}', "body"),
        (b"[" * 15_000, "body"),
        (b"1" * 15_000, "body"),
    ],
)
def test_a_body_that_is_no_json_says_where(client: TestClient, body: bytes, where: str) -> None:
    answer = client.post(ASK, content=body, headers={"content-type": "application/json"})
    assert problem(answer, 400)["where"] == where


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("Application/JSON; charset=utf-8", 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("", 415),
    ],
)
def test_a_body_is_read_only_if_it_is_called_json(
    client: TestClient, kind: str, status: int
) -> None:
    body = json.dumps({"lines": [line("E0621")]})
    answer = client.post(ASK, content=body, headers={"content-type": kind})
    assert answer.status_code == status
    if status == 415:
        assert problem(answer, 415)["expected"] == "application/json"


def test_too_many_lines_are_refused_of_one_order_and_of_several(client: TestClient) -> None:
    few = {"lines": [line("E0621")] * 60}
    assert client.post(ASK, json=few).status_code == 200
    bodies: list[tuple[object, str, int]] = [
        ({"lines": [line("E0621")] * 61}, "lines", 60),
        ({"orders": [few, {"lines": [line("E0621")] * 61}]}, "orders[1].lines", 60),
        ({"orders": [{"lines": [line("E0621")] * 51}] * 2}, "orders", 100),
        ({"orders": [{}] * 101}, "orders", 100),
    ]
    for body, where, most in bodies:
        told = problem(client.post(ASK, json=body), 413)
        assert (told["where"], told["expected"]) == (where, f"at most {most}")


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    problem(client.post(ASK, json={"plan": "x" * 20_000}), 413)


def test_unknown_names_are_told_those_that_there_are(client: TestClient) -> None:
    order = {"lines": [line("E0621", program="Wings")]}
    told = problem(client.post(ASK, json=order), 422)
    assert told["read"] == '"Wings"'
    assert invented.LIFTS in told["expected"]
    told = problem(client.post(ASK, json={"lines": [line("E0621")], "plan": "Tin"}), 422)
    assert told["type"] == "urn:precert:problem:unknown-plan"


def test_what_a_message_repeats_of_a_request_is_short_and_escaped(client: TestClient) -> None:
    long = "<\r\n\u202e" + "x" * 5_000
    for fact in ("plan", "program"):
        order: dict[str, Any] = {"lines": [line("E0621", program=long)]}
        if fact == "plan":
            order = {"lines": [line("E0621")], "plan": long}
        told = problem(client.post(ASK, json=order), 422)
        assert "x" * 61 not in f"{told['detail']} {told['read']}"
        assert told["detail"].isprintable()
    told = problem(client.get("/api/v1/lines", params={"rule": long}), 404)
    assert "x" * 61 not in told["detail"] + told["read"]


def test_what_is_described_as_asked_is_what_is_read() -> None:
    """The description of an order names the keys that the reader knows, no more and no fewer."""
    names = [set(one.__dataclass_fields__) for one in (AskedOrder, AskedLine)]
    order = {"lines": [dict.fromkeys(names[1]) | {"code": "E0621"}]}
    assert order_from_json(dict.fromkeys(names[0]) | order, on=date(2026, 3, 2))
    facts = receipt(determine(invented.rulebook(), order_from_json({"lines": [line("E0621")]})))
    assert [set(facts["facts"]), set(facts["facts"]["lines"][0])] == names


# --- one semantics --------------------------------------------------------------------------------


def _client_of(case: SuiteCase) -> TestClient:
    return TestClient(App(Served(ServeSettings(), case.rulebook)))


BY_BOOK: dict[object, list[SuiteCase]] = {}
for _case in answered_cases():
    BY_BOOK.setdefault(_case.book, []).append(_case)


@pytest.mark.parametrize("cases", BY_BOOK.values(), ids=lambda cases: cases[0].file)
def test_every_case_is_answered_as_the_engine_answers_it(cases: list[SuiteCase]) -> None:
    client = _client_of(cases[0])
    for case in cases:
        expected = receipt(determine(case.rulebook, order_from_json(case.order)))
        answer = client.post(ASK, json=case.order)
        assert answer.json() == json.loads(json.dumps(expected)), str(case)
    together = client.post(ASK, json={"orders": [case.order for case in cases]}).json()
    assert together["answered"] == len(cases)


@pytest.mark.parametrize("case", refused_cases(), ids=str)
def test_every_case_that_is_refused_is_refused_here_too(case: SuiteCase) -> None:
    problem(_client_of(case).post(ASK, json=case.order), 422)


# --- the rulebook ---------------------------------------------------------------------------------


def test_a_code_is_shown_in_every_edition_or_in_one(editions_client: TestClient) -> None:
    def shown(query: str) -> list[str]:
        answer = editions_client.get(f"/api/v1/codes/k0001{query}").json()
        assert answer["code"] == "K0001"
        return [one["rulebook"]["edition"] for one in answer["editions"]]

    assert shown("") == ["2026-10", "2026-04", "2026-01"]
    assert shown("?on=2026-05-01") == ["2026-04"]
    assert shown("?edition=2026-01") == ["2026-01"]


def test_a_code_that_is_not_listed_has_no_rules(client: TestClient) -> None:
    (edition,) = client.get("/api/v1/codes/A0001").json()["editions"]
    assert edition["rules"] == []


@pytest.mark.parametrize(
    ("address", "status", "where"),
    [
        ("codes/2744", 422, None),
        ("codes/%3Cscript%3E", 422, None),
        ("codes/..%2F..%2Fetc", 404, None),
        ("codes/K0001?on=2026-13-01", 422, "on"),
        ("codes/K0001?on=yesterday", 422, "on"),
        ("codes/K0001?on=2026-01-01&on=2026-01-02", 422, "on"),
        ("codes/K0001?on=2026-01-01&edition=2026-01", 422, "query"),
        ("codes/K0001?edition=1999", 404, None),
        ("codes/K0001?day=2026-01-01", 422, "query"),
        ("rules?page=0", 422, "page"),
        ("rules?page=1e3", 422, "page"),
        ("rules?page=99999999999999999999", 422, "page"),
        ("rules?per_page=501", 422, "per_page"),
        ("rules?requirement=maybe", 422, "requirement"),
        ("rules?code=K%00", 422, "code"),
        ("lines", 422, "query"),
        ("lines?rule=none", 404, None),
        ("lines?rule=none&around=51", 422, "around"),
        ("diff?before=1999", 404, None),
        ("diff?after=2026-01", 422, None),
        ("rulebook?full=1", 422, "query"),
        ("nowhere", 404, None),
    ],
)
def test_a_question_that_cannot_be_read_says_where(
    editions_client: TestClient, address: str, status: int, where: str | None
) -> None:
    assert problem(editions_client.get(f"/api/v1/{address}"), status)["where"] == where


def test_an_unknown_parameter_is_told_the_known_ones(client: TestClient) -> None:
    told = problem(client.get("/api/v1/codes/E0621?Edition=spring"), 422)
    assert told["read"] == 'the parameter "Edition"'
    assert told["expected"] == "one of: on, edition"


def test_rules_are_searched_page_by_page(client: TestClient) -> None:
    query = {"program": invented.LIFTS, "per_page": "5"}
    first = client.get("/api/v1/rules", params=query).json()
    second = client.get("/api/v1/rules", params=query | {"page": "2"}).json()
    assert first["total"] == sum(row[1] == invented.LIFTS for row in invented.ROWS)
    assert first["pages"] == -(-first["total"] // 5)
    assert first["rules"][-1]["code"] < second["rules"][0]["code"]
    several = {"program": [invented.LIFTS, invented.HOME]}
    assert client.get("/api/v1/rules", params=several).json()["total"] == first["total"] + 3


def test_the_lines_around_a_rule_are_shown(client: TestClient) -> None:
    (rule,) = client.get("/api/v1/codes/E0786").json()["editions"][0]["rules"]
    view = client.get("/api/v1/lines", params={"rule": rule["rule_id"], "around": "1"}).json()
    assert [one["line"] for one in view["lines"]] == [34, 35, 36]
    assert [one["highlighted"] for one in view["lines"]] == [False, True, False]


def test_the_rulebook_and_the_differences_are_told(editions_client: TestClient) -> None:
    book = editions_client.get("/api/v1/rulebook").json()
    assert [one["edition"] for one in book["editions"]] == ["2026-01", "2026-04", "2026-10"]
    told = editions_client.get("/api/v1/diff", params={"before": "2026-01"}).json()
    assert (told["before"]["edition"], told["after"]["edition"]) == ("2026-01", "2026-10")
    assert told["differences"]


# --- receipts -------------------------------------------------------------------------------------


def test_a_receipt_is_verified(client: TestClient) -> None:
    told = client.post(ASK, json={"lines": [line("E0621"), line("T1030")]}).json()
    found = client.post(VERIFY, json=told).json()
    assert found == {
        "schema": 1,
        "identical": True,
        "differences": [],
        "same_words": True,
        "rulebooks": [invented.rulebook().digest],
    }


def test_a_forged_receipt_is_found_out(client: TestClient) -> None:
    told = client.post(ASK, json={"lines": [line("E0621")]}).json()
    told["determinations"][0]["outcome"] = "no-auth"
    told["words"] = {}
    found = client.post(VERIFY, json=told).json()
    assert not found["identical"]
    assert not found["same_words"]
    assert "determinations[0].outcome" in found["differences"][0]


@pytest.mark.parametrize(
    "read",
    [
        {},
        [],
        1,
        {"schema": 2},
        {"schema": 1, "rulebook": {}, "facts": {}, "determinations": [], "case_plan": {}},
    ],
)
def test_what_is_no_receipt_is_refused(client: TestClient, read: object) -> None:
    assert problem(client.post(VERIFY, json=read), 422)["type"].endswith("bad-receipt")


def test_a_receipt_of_too_many_lines_is_refused(client: TestClient) -> None:
    problem(client.post(VERIFY, json={"facts": {"lines": [{}] * 101}}), 413)


# --- every operation ------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_head_and_options_and_other_methods(client: TestClient, operation: Any) -> None:  # noqa: ANN401
    address = operation.path.replace("{code}", "E0621")
    allowed = client.options(address)
    assert allowed.status_code == 204
    methods = allowed.headers["allow"].split(", ")
    assert operation.method in methods
    assert "OPTIONS" in methods
    assert ("HEAD" in methods) == (operation.method == "GET")
    told = problem(client.delete(address), 405)
    assert told["detail"] == f"expected one of {allowed.headers['allow']}"
    if operation.method == "GET":
        assert client.head(address).status_code == client.get(address).status_code


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    digest = invented.rulebook().digest
    ready = {"status": "ready", "rulebook": digest, "editions": 1}
    assert client.get("/readyz").json() == ready
