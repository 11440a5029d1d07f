"""The OpenAPI document: valid, complete, and what the server answers is what it describes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Route

from precert.web.api.openapi import openapi
from precert.web.api.routes import OPERATIONS, api_routes
from precert.web.http.problems import KINDS
from tests.cli import invented
from tests.support.editions import ACME
from tests.web.support import served

if TYPE_CHECKING:
    from starlette.testclient import TestClient

DOCUMENT = openapi(OPERATIONS)
DAY = "2026-03-02"
ASK, VERIFY = "/api/v1/determinations", "/api/v1/receipts/verify"


def described(method: str, path: str, status: int) -> dict[str, Any]:
    answers = DOCUMENT["paths"][path][method.lower()]["responses"]
    assert str(status) in answers, f"{method} {path} is not said to answer {status}"
    (content,) = answers[str(status)]["content"].values()
    return {**content["schema"], "components": DOCUMENT["components"]}


def check(answer: Any, method: str, path: str) -> None:  # noqa: ANN401 - of the test client
    schema = described(method, path, answer.status_code)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in validator.iter_errors(answer.json())] == []


def test_it_is_an_openapi_document() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_it_is_served(client: TestClient) -> None:
    assert client.get("/api/v1/openapi.json").json() == DOCUMENT


def test_every_route_is_described_and_nothing_else() -> None:
    routes = api_routes(served(invented.rulebook()))
    assert all(isinstance(route, Route) for route in routes)
    found = {
        (route.path, method)
        for route in routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    told = {(path, one.upper()) for path, ones in DOCUMENT["paths"].items() for one in ones}
    assert found == told


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_every_operation_says_what_it_does_and_what_each_parameter_is(operation: Any) -> None:  # noqa: ANN401
    told = DOCUMENT["paths"][operation.path][operation.method.lower()]
    assert told["summary"]
    for parameter in told["parameters"]:
        words = parameter.get("description", told["description"])
        assert f"`{parameter['name']}`" in words or parameter["in"] == "path", parameter["name"]
    assert set(re.findall(r"\{(\w+)\}", operation.path)) == set(operation.path_words)


def test_every_kind_of_problem_has_a_status_that_is_described() -> None:
    statuses = {
        int(status)
        for operations in DOCUMENT["paths"].values()
        for told in operations.values()
        for status in told["responses"]
    }
    assert {kind.status for kind in KINDS.values()} <= statuses


@pytest.mark.parametrize(
    "address",
    [
        "codes/E0784",
        "codes/A0001",
        "codes/E0",
        "rules?code=E&per_page=3",
        "rules?program=Nothing",
        "rulebook",
        "openapi.json",
        "diff",
    ],
)
def test_what_is_answered_is_what_is_described(client: TestClient, address: str) -> None:
    path = "/api/v1/" + re.sub(r"^codes/\w+", "codes/{code}", address.partition("?")[0])
    check(client.get(f"/api/v1/{address}"), "GET", path)


@pytest.mark.parametrize("address", ["diff", "diff?before=2026-01", "diff?after=2026-01"])
def test_differences_are_as_described(editions_client: TestClient, address: str) -> None:
    check(editions_client.get(f"/api/v1/{address}"), "GET", "/api/v1/diff")


def test_editions_are_as_described(editions_client: TestClient) -> None:
    check(editions_client.get("/api/v1/rulebook"), "GET", "/api/v1/rulebook")
    rule = ACME.rules[0].rule_id
    lines = editions_client.get("/api/v1/lines", params={"rule": rule})
    check(lines, "GET", "/api/v1/lines")
    for address in ("/healthz", "/readyz"):
        check(editions_client.get(address), "GET", address)


def test_orders_and_receipts_are_as_described(editions_client: TestClient) -> None:
    days = ("2026-03-02", "2026-05-02", "2026-11-02")
    lines = [{"code": code, "date_of_service": day} for code in ("K0003", "E0470") for day in days]
    bodies: list[object] = [
        {"lines": lines},
        {"lines": lines[:1], "complete": True},
        {"orders": [{"lines": lines}, {"lines": []}, {"lines": [{"code": "?"}]}]},
        {"lines": []},
    ]
    for body in bodies:
        check(editions_client.post(ASK, json=body), "POST", ASK)
    told = editions_client.post(ASK, json={"lines": lines}).json()
    check(editions_client.post(VERIFY, json=told), "POST", VERIFY)
    check(editions_client.post(VERIFY, json={}), "POST", VERIFY)
    check(editions_client.post(VERIFY, content=b"{"), "POST", VERIFY)


def test_an_answer_that_is_not_as_described_would_be_seen(client: TestClient) -> None:
    answer = client.post(ASK, json={"lines": [{"code": "E0784", "date_of_service": DAY}]}).json()
    schema = described("POST", ASK, 200)
    assert Draft202012Validator(schema).is_valid(answer)
    damages: list[dict[str, Any]] = [
        {"schema": 2},
        {"case_plan": None},
        {"rulebook": {}},
        {"determinations": [{**answer["determinations"][0], "outcome": "maybe"}]},
    ]
    for damage in damages:
        assert not Draft202012Validator(schema).is_valid({**answer, **damage}), damage
