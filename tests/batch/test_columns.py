"""What the columns of a table mean: found by common names, or told; never guessed between two."""

from __future__ import annotations

import pytest

from precert.batch.columns import REQUIRED, Role, find_columns
from precert.errors import BadColumns
from tests.support.rulebooks import book, row

BOOK = book(row("Wheels", "K0001", conditions="age(from=2); in-state(FL); with-diagnosis(C50)"))
NEEDED = ("order_id", "code", "date_of_service")


def found(*names: str, **told: str) -> dict[str, str]:
    """The column of each role that is found; several as they are told, with commas."""
    columns = find_columns(names, told, [BOOK])
    return {role.value: ",".join(of_role) for role, of_role in columns.items()}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("written", [str, str.upper, str.title])
@pytest.mark.parametrize("between", ["_", "-", " ", ""])
def test_a_role_is_found_by_its_own_name(role: Role, written: object, between: str) -> None:
    assert callable(written)
    name = written(role.value).replace("_", between)
    others = [needed for needed in NEEDED if needed != role.value]
    assert found(*others, name, "something")[role.value] == name


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (
            "order_id",
            ["Order No", "order_number", "ACCESSION", "accession_no", "Accession-Number"],
        ),
        ("code", ["CPT", "cpt_code", "hcpcs", "HCPCS Code", "cpt_hcpcs", "CPT/HCPCS"]),
        ("code", ["procedure_code", "proc_code", "billing_code"]),
        ("date_of_service", ["DOS", "Service Date", "date_of_service_from", "scheduled_date"]),
        ("line_id", ["Line No", "line_number"]),
        ("modifiers", ["modifier", "mod", "MODS"]),
        ("units", ["qty", "Quantity"]),
        ("place_of_service", ["POS"]),
    ],
)
def test_a_role_is_found_by_a_common_name(role: str, names: list[str]) -> None:
    for name in names:
        others = [needed for needed in NEEDED if needed != role]
        assert found(*others, name)[role] == name


@pytest.mark.parametrize(
    "name", ["date", "type", "plan name", "status", "id", "order", "line", "c"]
)
def test_a_name_that_may_mean_something_else_means_nothing(name: str) -> None:
    assert found(*NEEDED, name) == dict(zip(NEEDED, NEEDED, strict=True))


@pytest.mark.parametrize(
    ("names", "role"),
    [
        (("order_id", "CPT", "HCPCS", "dos"), "code"),
        (("order_id", "code", "dos", "service_date"), "date_of_service"),
        (("order_id", "code", "Code", "dos"), "code"),
        (("accession", "order number", "code", "dos"), "order_id"),
        (("order_id", "code", "dos", "qty", "Quantity"), "units"),
    ],
)
def test_two_columns_for_a_role_must_be_told_apart(names: tuple[str, ...], role: str) -> None:
    with pytest.raises(BadColumns, match=f"one column for {role}; say which"):
        find_columns(names, {}, [BOOK])
    last = names[-2] if role == "code" else names[-1]
    chosen = {"order_id": names[0], "date_of_service": names[-1]}.get(role, last)
    assert found(*names, **{role: chosen})[role] == chosen


def test_the_own_name_of_a_role_comes_before_a_common_one() -> None:
    assert found("accession", "CPT", "order_id", "code", "dos", "date_of_service") == dict(
        zip(NEEDED, NEEDED, strict=True)
    )


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_needed_column_that_is_not_there_is_named(missing: Role) -> None:
    names = [name for name in NEEDED if name != missing.value]
    with pytest.raises(BadColumns) as error:
        find_columns([*names, "something"], {}, [BOOK])
    assert f"--map {missing}=NAME" in str(error.value)
    assert "something" in str(error.value)


def test_a_table_without_columns_misses_all() -> None:
    with pytest.raises(BadColumns, match=r"\(none\).*order_id, code, date_of_service"):
        find_columns([], {}, [BOOK])


# --- told ----------------------------------------------------------------------------------------


def test_a_told_column_stands_before_every_name() -> None:
    assert found(*NEEDED, "CPT", code="CPT")["code"] == "CPT"
    assert found(*NEEDED, "when", date_of_service="when")["date_of_service"] == "when"


@pytest.mark.parametrize("role", ["date-of-service", "Date of service", " DATE_OF_SERVICE "])
def test_a_role_is_told_in_any_case(role: str) -> None:
    names = ("order_id", "code", "when")
    assert find_columns(names, {role: "When"}, [BOOK])[Role.DATE_OF_SERVICE] == ("when",)


def test_a_column_is_told_in_any_case_unless_that_fits_two() -> None:
    assert found(*NEEDED, "Pat Plan", plan="pat_plan")["plan"] == "Pat Plan"
    assert found(*NEEDED, "plan A", "Plan_A", plan="Plan_A")["plan"] == "Plan_A"
    with pytest.raises(BadColumns, match="PLAN A"):
        found(*NEEDED, "plan A", "Plan_A", plan="PLAN A")


def test_a_told_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadColumns, match=r"'Unit'.*one of the table's: order_id"):
        found(*NEEDED, units="Unit")


def test_letters_outside_ascii_count_too() -> None:
    """Two names that have no Latin letter in common must not be taken for each other."""
    with pytest.raises(BadColumns):
        found(*NEEDED, "名前", plan="日付")
    assert found(*NEEDED, "名前", plan="名前")["plan"] == "名前"


def test_a_role_that_nobody_knows_is_refused() -> None:
    with pytest.raises(BadColumns, match=r"'codes' as what a column means.*order_id, code"):
        found(*NEEDED, codes="code")


def test_a_role_is_left_out_by_an_empty_text() -> None:
    names = (*NEEDED, "plan", "units")
    assert "plan" in found(*names)
    assert "plan" not in found(*names, plan="")
    assert "units" in found(*names, plan=" ")


def test_a_needed_role_cannot_be_left_out() -> None:
    with pytest.raises(BadColumns, match="a column for code"):
        found(*NEEDED, code="")


def test_only_modifiers_stand_in_several_columns() -> None:
    assert found(*NEEDED, "m1", "m2", modifiers="m1, m2")["modifiers"] == "m1,m2"
    with pytest.raises(BadColumns, match="several columns for units: m1,m2, expected one column"):
        found(*NEEDED, "m1", "m2", units="m1,m2")


def test_a_name_with_a_comma_is_one_name() -> None:
    assert find_columns((*NEEDED, "a, b"), {"plan": "a, b"}, [BOOK])[Role.PLAN] == ("a, b",)


# --- modifiers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        ("mod1", "mod2", "mod3", "mod4"),
        ("Modifier 1", "Modifier 2"),
        ("MOD_1",),
        ("modifier4", "modifier1"),
    ],
)
def test_numbered_modifiers_are_all_read(names: tuple[str, ...]) -> None:
    assert find_columns((*NEEDED, *names), {}, [BOOK])[Role.MODIFIERS] == names


@pytest.mark.parametrize("first", ["modifier", "mod"])
def test_a_modifier_beside_numbered_ones_is_not_lost(first: str) -> None:
    """As exports write them: `modifier, modifier2, modifier3`. All are read, or it is asked."""
    names = (*NEEDED, first, "modifier2", "modifier3")
    try:
        columns = find_columns(names, {}, [BOOK])[Role.MODIFIERS]
    except BadColumns:
        return
    assert first in columns


def test_facts_that_no_rule_asks_for_are_read_only_where_they_are_told() -> None:
    names = (*NEEDED, "age", "state", "dx1", "dx2")
    silent = book(row("Wheels", "K0001"))
    assert find_columns(names, {}, [silent]).keys() == {Role(name) for name in NEEDED}
    assert find_columns(names, {"state": "state"}, [silent])[Role.STATE] == ("state",)
    asked = find_columns(names, {}, [BOOK])
    assert (asked[Role.AGE], asked[Role.DIAGNOSES]) == (("age",), ("dx1", "dx2"))


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (("diagnoses",), "diagnoses"),
        (("Dx Codes",), "Dx Codes"),
        (("diagnosis_code_1", "diagnosis_code_2"), "diagnosis_code_1,diagnosis_code_2"),
        (("ICD10-1",), "ICD10-1"),
        (("dx",), None),
        (("diagnosis",), None),
    ],
)
def test_columns_of_diagnoses(names: tuple[str, ...], columns: str | None) -> None:
    assert found(*NEEDED, *names).get("diagnoses") == columns
