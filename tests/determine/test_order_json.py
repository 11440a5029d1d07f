"""An order as JSON: what it tells, and that an error names its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from precert.determine import Acquisition, Order, order_as_json, order_from_json
from precert.errors import BadCode, BadOrder, CallerError
from tests.support.rulebooks import DAY, line

LINE = {"code": "K0001", "date_of_service": "2026-03-02"}


def order(**facts: Any) -> dict[str, Any]:  # noqa: ANN401  (any JSON value)
    """An order of two lines, the second with these facts."""
    return {"lines": [LINE, {**LINE, **facts}]}


def test_every_fact_is_read() -> None:
    told = {
        "lines": [
            {
                "line": 1,
                "code": " k0001 ",
                "date_of_service": "2026-03-02",
                "modifiers": ["rr", "RT"],
                "units": 3,
                "program": "Wheels",
                "place_of_service": "2",
                "acquisition": "Rental",
            }
        ],
        "complete": False,
        "plan": "Silver",
        "client_managed": True,
        "age": 34,
        "state": "florida",
        "diagnoses": ["c50911", "Z17.0", "C50.911"],
    }
    only = line(
        "K0001",
        modifiers=("RR", "RT"),
        units=3,
        program="Wheels",
        place_of_service="02",
        acquisition=Acquisition.RENTAL,
    )
    assert order_from_json(told) == Order(
        (only,),
        complete=False,
        plan="Silver",
        client_managed=True,
        age=34,
        state="FL",
        diagnoses=("C50.911", "Z17.0"),
    )


def test_an_empty_list_tells_that_there_are_none() -> None:
    told = order_from_json({**order(modifiers=[]), "diagnoses": []})
    assert (told.lines[0].modifiers, told.lines[1].modifiers, told.diagnoses) == (None, (), ())
    assert order_from_json(order_as_json(told)) == replace(told, complete=True)


def test_null_and_absent_are_not_told() -> None:
    nulls = dict.fromkeys(
        ("modifiers", "units", "program", "place_of_service", "acquisition", "line")
    )
    of_order = ("complete", "plan", "client_managed", "age", "state", "diagnoses")
    told = {"lines": [{**LINE, **nulls}], **dict.fromkeys(of_order)}
    assert order_from_json(told) == order_from_json({"lines": [LINE]}) == Order((line("K0001"),))


def test_the_day_of_a_line_that_tells_none() -> None:
    assert order_from_json({"lines": [{"code": "K0001"}]}, on=DAY) == Order((line("K0001"),))
    told = order_from_json({"lines": [LINE]}, on=DAY.replace(year=2027))
    assert told.lines[0].date_of_service == DAY


def test_units_may_be_a_text() -> None:
    assert order_from_json(order(units="3")).lines[1].units == 3


@pytest.mark.parametrize(
    ("told", "place"),
    [
        (None, "the order"),
        ([], "the order"),
        ("27447", "the order"),
        ({}, "lines"),
        ({"lines": None}, "lines"),
        ({"lines": []}, "lines"),
        ({"lines": {}}, "lines"),
        ({"lines": [LINE], "compleet": True}, "the order"),
        ({"lines": [LINE], "complete": "yes"}, "complete"),
        ({"lines": [LINE], "complete": 1}, "complete"),
        ({"lines": [LINE], "client_managed": "no"}, "client_managed"),
        ({"lines": [LINE], "plan": 7}, "plan"),
        ({"lines": [LINE], "plan": " "}, "plan"),
        ({"lines": [LINE, "K0001"]}, r"lines\[1\]"),
        ({"lines": [LINE, {"code": "K0001"}]}, r"lines\[1\]"),
        (order(colour="red"), r"lines\[1\]"),
        (order(code=None), r"lines\[1\]\.code"),
        (order(code=27447), r"lines\[1\]\.code"),
        (order(code="O331T"), r"lines\[1\]\.code"),
        (order(date_of_service="2026-02-30"), r"lines\[1\]\.date_of_service"),
        (order(date_of_service=20260302), r"lines\[1\]\.date_of_service"),
        ({**order(), "age": -1}, "age"),
        ({**order(), "age": 34.5}, "age"),
        ({**order(), "age": True}, "age"),
        ({**order(), "age": [34]}, "age"),
        ({**order(), "state": "XX"}, "state"),
        ({**order(), "state": 7}, "state"),
        ({**order(), "diagnoses": "C50"}, "diagnoses"),
        ({**order(), "diagnoses": ["C5"]}, "diagnoses"),
        ({**order(), "diagnoses": [None]}, "diagnoses"),
        (order(modifiers="NU"), r"lines\[1\]\.modifiers"),
        (order(modifiers=""), r"lines\[1\]\.modifiers"),
        (order(modifiers=False), r"lines\[1\]\.modifiers"),
        (order(modifiers=["NU", 26]), r"lines\[1\]\.modifiers"),
        (order(modifiers=["NUX"]), r"lines\[1\]\.modifiers"),
        (order(modifiers=["RT", "LT", "50", "26", "59"]), r"lines\[1\]\.modifiers"),
        (order(modifiers=["NU", "RR"]), r"lines\[1\]"),
        (order(line=1), r"lines\[1\]\.line"),
        (order(line="2"), r"lines\[1\]\.line"),
        (order(line=True), r"lines\[1\]\.line"),
        (order(units=0), r"lines\[1\]\.units"),
        (order(units=-1), r"lines\[1\]\.units"),
        (order(units=1.5), r"lines\[1\]\.units"),
        (order(units=True), r"lines\[1\]\.units"),
        (order(units="two"), r"lines\[1\]\.units"),
        (order(program=""), r"lines\[1\]\.program"),
        (order(place_of_service="home"), r"lines\[1\]\.place_of_service"),
        (order(place_of_service=12), r"lines\[1\]\.place_of_service"),
        (order(acquisition="lease"), r"lines\[1\]\.acquisition"),
        (order(acquisition=True), r"lines\[1\]\.acquisition"),
    ],
)
def test_an_error_names_its_place(told: object, place: str) -> None:
    with pytest.raises((BadOrder, BadCode), match=rf"^{place}: ") as raised:
        order_from_json(told)
    assert isinstance(raised.value, CallerError)


def test_an_unknown_key_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadOrder, match=r'"colour".*acquisition, code, date_of_service'):
        order_from_json(order(colour="red"))


def test_what_was_read_and_what_was_expected_can_be_asked() -> None:
    with pytest.raises(BadOrder) as raised:
        order_from_json(order(units=0))
    assert raised.value.read == "0"
    assert raised.value.where == "lines[1].units"


def test_an_order_and_its_json_are_each_other_s_inverse() -> None:
    told = Order((line("K0001", units=2), line("E0601")), complete=False, plan="other")
    assert order_from_json(order_as_json(told)) == told


def test_a_line_may_tell_its_own_number() -> None:
    assert order_from_json(order(line=2)) == order_from_json(order())


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (order(code=None), "lines[1].code: read no code, expected a procedure code"),
        ({"lines": [{}]}, "lines[0].code: read no code, expected a procedure code"),
        (order(code=False), "lines[1].code: read false, expected a procedure code as a text"),
        ({"lines": [LINE], "complete": [None]}, "complete: read [null], expected true, false"),
        (order(units="two"), 'lines[1].units: read "two", expected units'),
        ({}, "lines: read no lines, expected a list"),
    ],
)
def test_what_was_read_is_said_as_json(told: object, said: str) -> None:
    with pytest.raises(BadOrder) as raised:
        order_from_json(told)
    assert str(raised.value).startswith(said)


@pytest.mark.parametrize(
    "told",
    [
        "x" * 5000,
        {"x" * 5000: 1},
        {"lines": {"x": "y" * 5000}},
        order(code="x" * 5000),
        order(modifiers=["x" * 5000]),
        order(units=10**5000),
        order(units="1" * 5000),
        order(date_of_service="x" * 5000),
        order(acquisition="x" * 5000),
        order(line="x" * 5000),
    ],
    ids=lambda told: str(type(told)),
)
def test_a_message_is_short_however_long_the_value(told: object) -> None:
    with pytest.raises(CallerError) as raised:
        order_from_json(told)
    assert len(str(raised.value)) < 250
