"""Requests made at random: no bug, and every answer is as the OpenAPI document describes it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from precert.determine import determine, order_from_json, receipt
from precert.web.app import create_app
from precert.web.settings import ServeSettings
from tests.support.cases import RULEBOOKS
from tests.support.editions import ACME
from tests.support.thorough import examples

if TYPE_CHECKING:
    from schemathesis import Case

APP = create_app(ServeSettings(rulebook=str(RULEBOOKS / "acme")))
BOUNDED = settings(
    max_examples=examples(4, 8),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_every_operation_answers_as_described() -> None:
    import schemathesis  # noqa: PLC0415 - takes a second, in each process that collects tests
    from schemathesis.core.result import Ok  # noqa: PLC0415
    from schemathesis.pytest.lazy import get_all_tests  # noqa: PLC0415
    from schemathesis.specs.openapi import checks as of_openapi  # noqa: PLC0415

    checks = [
        schemathesis.checks.not_a_server_error,
        of_openapi.status_code_conformance,
        of_openapi.content_type_conformance,
        of_openapi.response_headers_conformance,
        of_openapi.response_schema_conformance,
    ]

    def answers(case: Case[Any]) -> None:
        case.call_and_validate(checks=checks)

    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP)
    described = schema.raw_schema["paths"].items()
    left = {f"{method.upper()} {path}" for path, within in described for method in within}
    left.remove("GET /api/v1/openapi.json")  # the description is not asked for
    assert left
    wrong: list[Exception] = []
    for one in get_all_tests(schema=schema, test_func=answers, settings=BOUNDED, given_kwargs=None):
        assert isinstance(one, Ok), one
        operation, test = one.ok()
        left.remove(operation.label)
        try:
            test()
        except Exception as error:  # noqa: BLE001 - all of them are raised below
            error.add_note(operation.label)
            wrong.append(error)
    if wrong:
        message = "operations do not answer as described"
        raise ExceptionGroup(message, wrong)
    assert not left


CLIENT = TestClient(APP)
ORDER: dict[str, Any] = {
    "complete": True,
    "plan": "Silver",
    "client_managed": None,
    "age": 40,
    "state": "FL",
    "diagnoses": ["M17.11"],
    "lines": [
        {
            "line": number,
            "code": code,
            "date_of_service": "2026-11-02",
            "modifiers": ["RT"],
            "units": 2,
            "program": None,
            "place_of_service": "12",
            "acquisition": "purchase",
        }
        for number, code in enumerate(("K0001", "K0003", "L1832"), start=1)
    ],
}
RECEIPT = receipt(determine(ACME, order_from_json(ORDER)))
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        ["K0001", "k0001 ", "99999", "2026-02-30", "0001-01-01", "\x00", "\ud7ff", "9" * 70]
    ),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["lines", "code", "orders", "x"]), st.none(), max_size=2),
)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the paths of everything in a JSON value."""
    found = [path] if path else []
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, within in items:
        found += places(within, (*path, key))
    return found


@st.composite
def damaged(draw: st.DrawFn, whole: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """Draw a copy of a JSON value with something odd in one to three places of it."""
    copy: Any = deepcopy(whole)
    for _ in range(draw(st.integers(1, 3))):
        *above, last = draw(st.sampled_from(places(copy)))
        within = copy
        for key in above:
            within = within[key]
        within[last] = draw(ODD)
    return copy


@given(damaged(ORDER))
@settings(max_examples=examples(40, 100))
def test_a_damaged_order_is_answered_or_refused(order: object) -> None:
    answer = CLIENT.post("/api/v1/determinations", json=order)
    assert answer.status_code in {200, 422}, answer.text


@given(damaged(RECEIPT))
@settings(max_examples=examples(40, 100))
def test_a_damaged_receipt_is_compared_or_refused(told: dict[str, Any]) -> None:
    answer = CLIENT.post("/api/v1/receipts/verify", json=told)
    assert answer.status_code in {200, 422}, answer.text
    if answer.status_code == 200 and answer.json()["identical"]:
        now = receipt(determine(ACME, order_from_json(told["facts"])))
        assert {**told, "words": 0} == {**now, "words": 0}


@given(st.lists(st.tuples(st.sampled_from(["code", "words", "page", "edition"]), st.text())))
@settings(max_examples=examples(25, 60))
def test_any_search_is_answered_or_refused(query: list[tuple[str, str]]) -> None:
    answer = CLIENT.get(f"/api/v1/rules?{urlencode(query)}")
    assert answer.status_code in {200, 404, 422}, answer.text
