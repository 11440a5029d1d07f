"""The texts of a row as facts: what they tell, what is not told, and what cannot be read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precert.batch.columns import OF_ORDER, Role
from precert.batch.readings import OrderFacts, diagnoses_of, read_line_facts, read_order_facts
from precert.determine import Acquisition, OrderLine, read_modifier, sought_by
from precert.errors import BadOrder, CallerError, UnknownPlan, UnknownProgram
from tests.support.rulebooks import PROGRAMS, book, row

if TYPE_CHECKING:
    from precert.batch.readings import Texts

BOOK = book(row("Wheels", "K0001"))
SOUGHT = sought_by(BOOK)
NOTHING = read_line_facts({}, BOOK, SOUGHT)


def line_facts(**texts: str | None) -> OrderLine:
    return read_line_facts({Role(role): text for role, text in texts.items()}, BOOK, SOUGHT)


def order_facts(**texts: str | None) -> OrderFacts:
    return read_order_facts({Role(role): text for role, text in texts.items()}, BOOK, SOUGHT)


def refused(role: str, text: str) -> str:
    """Return why a text cannot be read in the role's column."""
    texts: Texts = {Role(role): text}
    read: Any = read_order_facts if Role(role) in OF_ORDER else read_line_facts
    with pytest.raises(BadOrder) as error:
        read(texts, BOOK, SOUGHT)
    assert str(error.value).startswith(f"{role}: read ")
    return str(error.value)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("blank", [None, "", " ", "\t"])
def test_a_blank_tells_nothing(role: Role, blank: str | None) -> None:
    assert line_facts(**{role: blank}) == NOTHING
    assert order_facts(**{role: blank}) == OrderFacts()
    assert NOTHING.acquired() is None


@pytest.mark.parametrize("role", ["complete", "client_managed"])
@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["true", "True", " TRUE ", "t", "yes", "Y", "1"], True),
        (["false", "False", "F", "no", "n ", "0"], False),
    ],
)
def test_a_flag_is_read_in_its_usual_forms(role: str, texts: list[str], *, told: bool) -> None:
    for text in texts:
        assert getattr(order_facts(**{role: text}), role) is told


@pytest.mark.parametrize("text", ["maybe", "2", "ja", "x", "-1", "null", "true false", "x" * 300])
def test_what_is_no_flag_is_refused(text: str) -> None:
    for role in ("complete", "client_managed"):
        message = refused(role, text)
        assert "true or false (yes or no, 1 or 0)" in message
        assert len(message) < 150


@pytest.mark.parametrize("text", ["Silver", "silver", " SILVER "])
def test_a_plan_is_named_in_any_case(text: str) -> None:
    assert order_facts(plan=text).plan == "Silver"
    assert order_facts(plan="Other").plan == "other"
    with pytest.raises(UnknownPlan, match="'Gold'"):
        order_facts(plan="Gold")


@pytest.mark.parametrize(("text", "age"), [("0", 0), (" 34 ", 34), ("34.0", 34), ("130", 130)])
def test_an_age_is_a_whole_number(text: str, age: int) -> None:
    assert order_facts(age=text).age == age


@pytest.mark.parametrize("text", ["-1", "131", "34.5", "34y", "1990-03-02", "19900302", "adult"])
def test_what_is_no_age_is_refused(text: str) -> None:
    assert "an age in whole years, from 0 to 130" in refused("age", text)


@pytest.mark.parametrize("text", ["FL", " fl ", "florida", "Florida"])
def test_a_state_is_told_in_any_case(text: str) -> None:
    assert order_facts(state=text).state == "FL"
    assert "FL, PR" in refused("state", "Floridah")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("C50911", "C50.911"),
        ("z17.0, c50.911", "C50.911 Z17.0"),
        ("C50.911;Z17.0", "C50.911 Z17.0"),
        ("C50.911 | Z17.0|C50911", "C50.911 Z17.0"),
        ('["C50.911", null, "Z17.0"]', "C50.911 Z17.0"),
        ("none", "none"),
        ("[]", "none"),
    ],
)
def test_diagnoses_are_told_in_many_forms(text: str, told: str) -> None:
    facts = order_facts(diagnoses=text)
    assert facts.diagnoses == told
    assert diagnoses_of(told) == (() if told == "none" else tuple(told.split()))
    assert facts.seen_diagnoses is None  # the rulebook does not ask for any


@pytest.mark.parametrize("text", ["174.9", "breast cancer", "C50.91111", "C5"])
def test_what_is_no_diagnosis_is_refused(text: str) -> None:
    assert "ICD-10-CM" in refused("diagnoses", text)


def test_facts_are_seen_as_far_as_they_are_asked_for() -> None:
    asking = book(
        row("Wheels", "K0001", conditions="age(from=21); with-diagnosis(C50); in-state(FL)")
    )
    texts: Texts = {Role.AGE: "34", Role.STATE: "GA", Role.DIAGNOSES: "C50.1 Z17.0"}
    facts = read_order_facts(texts, asking, sought_by(asking))
    assert facts[3:] == (34, "GA", "C50.1 Z17.0", 21, "AL", "C50.1")


@pytest.mark.parametrize(("text", "told"), [("none", ()), ("[]", ()), ("RT", ("RT",)), ("26", ())])
def test_modifiers_are_kept_as_far_as_they_are_asked_for(text: str, told: tuple[str, ...]) -> None:
    asking = book(row("Wheels", "K0001", conditions="with-modifier(RT, 50)"))
    line = read_line_facts({Role.MODIFIERS: text}, asking, sought_by(asking))
    assert line.modifiers == told
    assert line_facts(modifiers=text) == NOTHING


@pytest.mark.parametrize("text", ["wheels", " Wheels", "WHEELS "])
def test_a_program_is_named_in_any_case(text: str) -> None:
    assert line_facts(program=text).program == "Wheels"
    with pytest.raises(UnknownProgram, match=f"'Boats'.*{PROGRAMS[0]}"):
        line_facts(program="Boats")


def test_a_program_that_is_named_exactly_is_that_program() -> None:
    """Also where another has the same name in another case."""
    rulebook = book(row("Wheels", "K0001"))
    (first, *_) = rulebook.programs
    twins = type(rulebook).build(
        rulebook.edition,
        [replace(first, name="wheels"), *rulebook.programs],
        rulebook.plans,
        rulebook.documents,
        rulebook.rules,
    )
    assert read_line_facts({Role.PROGRAM: "Wheels"}, twins, SOUGHT).program == "Wheels"
    assert read_line_facts({Role.PROGRAM: "wheels"}, twins, SOUGHT).program == "wheels"


@pytest.mark.parametrize(
    ("text", "units"),
    [("1", 1), (" 7 ", 7), ("2.0", 2), ("12.000", 12), ("999999", 999999), ("007", 7)],
)
def test_units_are_whole_numbers(text: str, units: int) -> None:
    assert line_facts(units=text).units == units


@pytest.mark.parametrize(
    "text", ["0", "0.0", "-1", "2.5", "2.", "1e3", "two", "1,000", "1000000", "nan", "2.0.0", "٣"]
)
def test_what_is_no_unit_is_refused(text: str) -> None:
    assert "units as a whole number from 1 to 999999" in refused("units", text)


@pytest.mark.parametrize(
    ("text", "place"), [("11", "11"), ("2", "02"), (" 12 ", "12"), ("12.0", "12"), ("2.0", "02")]
)
def test_a_place_of_service_has_two_digits(text: str, place: str) -> None:
    """Also as a column of floats writes it, which a frame makes of numbers and gaps."""
    assert line_facts(place_of_service=text).place_of_service == place


@pytest.mark.parametrize("text", ["home", "123", "-1", "1.5", "1 2"])
def test_what_is_no_place_of_service_is_refused(text: str) -> None:
    assert "a place of service code of two digits" in refused("place_of_service", text)


@pytest.mark.parametrize("text", ["purchase", "Purchase", " PURCHASE "])
def test_an_acquisition_is_named_in_any_case(text: str) -> None:
    assert line_facts(acquisition=text).acquisition is Acquisition.PURCHASE
    assert line_facts(acquisition="rental").acquisition is Acquisition.RENTAL
    assert "purchase or rental" in refused("acquisition", "lent")


# --- modifiers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("RT NU", "rt nu", "RT,NU", "RT, NU", "RT;NU", "RT:NU", "RT/NU", "RT|NU", " RT  NU "),
        *('["RT", "NU"]', "['RT', 'NU']", "[RT, NU]", '["RT","NU"]', "RT RT NU NU RT", "RT\tNU"),
        *("[RT, NULL, NU]", '["RT", null, "NU"]'),
    ],
)
def test_modifiers_are_read_however_a_list_is_written(text: str) -> None:
    """What is kept of them is what they tell: how it is obtained."""
    assert line_facts(modifiers=text) == line_facts(acquisition="purchase")


@pytest.mark.parametrize("text", ["[]", "RT", "RT 50", "KH", '[""]', ",", "[NULL]"])
def test_modifiers_that_tell_nothing_are_nothing_told(text: str) -> None:
    assert line_facts(modifiers=text) == NOTHING


@pytest.mark.parametrize("text", ["R", "RTX", "RT50", "R T", "R-", "RT and NU"])
def test_what_is_no_modifier_is_refused(text: str) -> None:
    assert "a modifier of two letters or digits" in refused("modifiers", text)


def test_a_line_has_four_modifiers_at_most() -> None:
    assert line_facts(modifiers="RT 50 26 59") == NOTHING
    assert "at most four modifiers" in refused("modifiers", "RT 50 26 59 NU")


@given(st.lists(st.from_regex(r"[A-Z0-9]{2}", fullmatch=True), max_size=4, unique=True))
def test_every_modifier_is_read(modifiers: list[str]) -> None:
    told = {"NU", "UE", "BP", "RR", "BR", "KI", "KJ", "LL"} & {*map(read_modifier, modifiers)}
    if len(told) > 1:
        return
    text = " ".join(modifiers)
    assert (
        line_facts(modifiers=text).acquired()
        == OrderLine(NOTHING.code, NOTHING.date_of_service, tuple(modifiers)).acquired()
    )


# --- contradictions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "texts",
    [
        {"modifiers": "NU RR"},
        {"modifiers": "RR", "acquisition": "purchase"},
        {"modifiers": "NU", "acquisition": "rental"},
    ],
)
def test_facts_that_contradict_each_other_are_refused(texts: dict[str, str]) -> None:
    with pytest.raises(
        BadOrder, match=r"both purchase and rental \(acquisition, modifiers\)"
    ) as error:
        line_facts(**texts)
    assert "99999" not in str(error.value)  # the code that takes no part


@pytest.mark.parametrize("modifiers", ["NU", "UE", "NU UE KH"])
def test_facts_told_twice_alike_are_one(modifiers: str) -> None:
    told = line_facts(modifiers=modifiers, acquisition="purchase")
    assert told == line_facts(acquisition="purchase")


@given(st.sampled_from(Role), st.text(max_size=8))
def test_any_text_is_a_fact_or_refused(role: Role, text: str) -> None:
    for read in (read_line_facts, read_order_facts):
        with suppress(CallerError):
            assert read({role: text}, BOOK, SOUGHT)
