"""Tables as a whole: which facts they tell, the order of their lines, what stands beside them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from precert.batch import ANSWER_COLUMNS, determine_table
from precert.batch.answers import Place
from precert.determine import Order, OrderLine, determine
from precert.errors import BadColumns, BadOrder
from tests.support.batch import ANSWER, by_duckdb, rows_of, seeded, table_of
from tests.support.cases import rulebook_of
from tests.support.rulebooks import DAY, book, line, row

if TYPE_CHECKING:
    from random import Random

REAL = rulebook_of()
BOOK = book(
    row("Wheels", "K0001", conditions="with-program(Air)"),
    row("Air", "E0601", platform="Southwind"),
    row("Wheels", "K0002", conditions="client-specific"),
    row("Wheels", "K0005", "add-on"),
    row("Knees", "J7330", conditions="contact(payer, phone=1%2C2)", category="A; B"),
)


def plain(*codes: str | None, **more: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    """One order of these codes on the usual day, and more columns."""
    count = len(codes)
    return pa.table(
        {
            "order_id": ["a"] * count,
            "code": pa.array(codes, pa.string()),
            "date_of_service": pa.array([DAY] * count, pa.date32()),
            **more,
        }
    )


def outcomes(table: Any, **told: Any) -> list[str]:  # noqa: ANN401 - pyarrow has no types
    return [
        str(value) for value in determine_table(table, BOOK, **told).answers["outcome"].to_pylist()
    ]


FIVE = ("K0001", "E0601", "K0002", "K0005", "J7330")


@cache
def outcomes_of_five() -> list[str]:
    """Where nothing is told beside them."""
    return outcomes(plain(*FIVE))


# --- whole or not --------------------------------------------------------------------------------


def test_without_a_column_every_order_is_whole_or_none_is() -> None:
    assert outcomes(plain("K0001")) == ["not-managed"]
    assert outcomes(plain("K0001"), whole=False) == ["conditional"]
    assert outcomes(plain("K0001", "K0002"), whole=False)[0] == "conditional"


def test_a_column_tells_what_is_whole_and_an_empty_field_does_not() -> None:
    flags = pa.array([None, None], pa.bool_())
    assert outcomes(plain("K0001", complete=flags.slice(0, 1))) == ["conditional"]
    assert outcomes(plain("K0001", "J7330", complete=flags))[0] == "not-managed"
    assert outcomes(plain("K0001", complete=[True])) == ["not-managed"]
    assert outcomes(plain("K0001", "J7330", complete=[False, None]))[0] == "conditional"
    assert outcomes(plain("K0001", "J7330", complete=[None, False]))[0] == "conditional"


def test_a_role_left_out_is_not_told() -> None:
    table = plain("K0002", client_managed=[True])
    assert outcomes(table) == ["auth-needed"]
    assert outcomes(table, columns={"client_managed": ""}) == ["conditional"]


def test_a_whole_order_of_which_a_line_is_a_reject_is_not_whole() -> None:
    found = determine_table(plain("K0001", "E06O1"), BOOK)
    assert [str(value) for value in found.answers["outcome"].to_pylist()] == ["conditional"]
    assert found.rejects["code"].to_pylist() == ["E06O1"]
    assert "did you mean E0601?" in found.rejects["reject_reason"].to_pylist()[0]


def test_lines_of_an_order_stand_anywhere_and_blanks_around_its_id_do_not_count() -> None:
    table = pa.table(
        {
            "order_id": ["a", "b", " a ", "a b"],
            "code": ["K0001", "K0001", "E0601", "K0001"],
            "date_of_service": [DAY] * 4,
        }
    )
    outcome = ["follows-primary", "not-managed", "auth-needed", "not-managed"]
    assert outcomes(table) == outcome


@pytest.mark.parametrize(
    "ids",
    [
        pa.array([1, 2, 1], pa.int64()),
        pa.array([1, 2, 1], pa.uint8()),
        pa.array(["x", "y", "x"]).dictionary_encode(),
        pa.array(["x", "y", "x"], pa.large_string()),
        pa.array(["x", "y", "x"], pa.string_view()),
        pa.array([1.5, 2.5, 1.5]),
        pa.array(["'", '"', "'"]),
        pa.array(["\u00e9\U0001f600", "\\", "\u00e9\U0001f600"]),
        pa.array(["a\nb", "a", "a\nb"]),
    ],
    ids=str,
)
def test_an_order_is_named_by_any_value(ids: Any) -> None:  # noqa: ANN401 - pyarrow has no types
    table = plain("K0001", "K0001", "E0601").set_column(0, "order_id", ids)
    assert outcomes(table) == ["follows-primary", "not-managed", "auth-needed"]


@pytest.mark.parametrize(
    "ids", [pa.array([7, 8]), pa.array(["x", "y"]), pa.array([date(2026, 1, 1), DAY])], ids=str
)
def test_a_primary_is_named_by_the_value_of_its_line(ids: Any) -> None:  # noqa: ANN401 - pyarrow has no types
    found = determine_table(plain("K0001", "E0601", line_id=ids), BOOK).answers
    assert found["primary_line"].to_pylist() == [ids[1].as_py(), None]
    assert found["line_id"].equals(pa.chunked_array([ids]))


# --- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "dates",
    [
        pa.array([DAY], pa.date32()),
        pa.array([DAY], pa.date64()),
        pa.array([datetime(2026, 3, 2, 23, 59)], pa.timestamp("ns")),  # noqa: DTZ001 - a table's own
        pa.array([datetime(2026, 3, 2, 23, 59)], pa.timestamp("s")),  # noqa: DTZ001 - a table's own
        pa.array(["2026-03-02"]),
        pa.array([" 2026-03-02T10:00 "]),
        pa.array(["2026-03-02"]).dictionary_encode(),
        pa.array(["2026-03-02"], pa.large_string()),
        pa.array(["2026-03-02"], pa.string_view()),
        pa.array([20260302], pa.int64()),
        pa.array([20260302], pa.int32()),
    ],
    ids=lambda dates: str(dates.type),
)
def test_a_date_of_service_is_read_from_many_types(dates: Any) -> None:  # noqa: ANN401 - pyarrow has no types
    table = plain("E0601").set_column(2, "dos", dates)
    assert outcomes(table) == ["auth-needed"]


def test_a_date_before_the_calendar_or_after_it_is_a_reject() -> None:
    days = pa.array([-800_000, 2_932_897, 2_932_896, -719_162], pa.int32()).cast(pa.date32())
    found = determine_table(plain(*["E0601"] * 4).set_column(2, "dos", days), BOOK)
    assert found.rejects["reject_row"].to_pylist() == [0, 1]
    for reason in found.rejects["reject_reason"].to_pylist():
        assert reason == "date_of_service: expected a day from 0001-01-01 to 9999-12-31"


@pytest.mark.parametrize(
    "dates",
    [
        pa.array([1.5]),
        pa.array([True]),
        pa.array([datetime(2026, 3, 2)], pa.timestamp("s", "UTC")),  # noqa: DTZ001 - its type says UTC
        pa.array([["2026-03-02"]]),
    ],
    ids=lambda dates: str(dates.type),
)
def test_a_column_that_holds_no_day_is_refused(dates: Any) -> None:  # noqa: ANN401 - pyarrow has no types
    table = plain("E0601").set_column(2, "dos", dates)
    with pytest.raises(BadColumns, match="the column dos of the type"):
        determine_table(table, BOOK)


def test_a_form_of_dates_is_told() -> None:
    table = plain("E0601", "E0601").set_column(2, "dos", pa.array(["03/02/2026", "2026-03-02"]))
    found = determine_table(table, BOOK, date_format="us")
    assert found.answers["dos"].to_pylist() == ["03/02/2026"]
    assert "MM/DD/YYYY" in found.rejects["reject_reason"].to_pylist()[0]
    assert determine_table(table, BOOK).rejects["reject_row"].to_pylist() == [0]
    with pytest.raises(BadOrder, match="uk"):
        determine_table(table, BOOK, date_format="uk")


@pytest.mark.parametrize("column", ["order_id", "code", "date_of_service"])
def test_a_needed_column_of_nothing_makes_every_line_a_reject(column: str) -> None:
    table = plain("E0601", "K0001")
    place = table.column_names.index(column)
    found = determine_table(table.set_column(place, column, pa.nulls(2)), BOOK)
    assert found.answers.num_rows == 0
    reasons = found.rejects["reject_reason"].to_pylist()
    assert all(f"{column}: read nothing" in reason for reason in reasons)


@pytest.mark.parametrize(
    "column",
    [
        *("line_id", "complete", "client_managed", "plan", "program", "modifiers", "units"),
        *("place_of_service", "acquisition"),
    ],
)
def test_a_column_of_nothing_tells_nothing(column: str) -> None:
    table = plain(*FIVE, **{column: pa.nulls(len(FIVE))})
    assert outcomes(table) == outcomes_of_five()


# --- reasons and names ---------------------------------------------------------------------------


def test_a_reject_says_everything_that_is_wrong_with_it() -> None:
    table = pa.table(
        {
            "order_id": [" ", "a"],
            "code": ["X", None],
            "dos": ["soon", None],
            "units": ["0", None],
            "complete": ["maybe", None],
            "program": [None, "Boats"],
        }
    )
    first, second = determine_table(table, BOOK).rejects["reject_reason"].to_pylist()
    for said in ("order_id: ", "code: ", "date_of_service: ", "units: ", "complete: "):
        assert said in first
    for said in ("code: read nothing", "date_of_service: read nothing", "'Boats'"):
        assert said in second
    assert "order_id" not in second


def test_a_prefix_names_the_columns_of_the_answer() -> None:
    table = plain("E0601", outcome=["mine"])
    with pytest.raises(BadColumns, match=r"outcome.*--prefix"):
        determine_table(table, BOOK)
    found = determine_table(table, BOOK, prefix="auth_").answers
    assert found.column_names == [*table.column_names, *(f"auth_{name}" for name in ANSWER_COLUMNS)]
    assert found["outcome"].to_pylist() == ["mine"]
    assert str(found["auth_outcome"].to_pylist()[0]) == "auth-needed"


def test_the_columns_of_the_answer_stand_behind_the_own_ones() -> None:
    assert ANSWER_COLUMNS == ANSWER
    found = determine_table(plain("E0601", note=["x"]), BOOK).answers
    assert found.column_names == ["order_id", "code", "date_of_service", "note", *ANSWER]


@pytest.mark.parametrize("name", ["reject_row", "reject_reason"])
def test_what_an_earlier_run_said_of_a_reject_is_replaced(name: str) -> None:
    """So rejects can be mended and asked again; an answered line keeps the column."""
    found = determine_table(plain("E0601", "X", **{name: ["mine", "too"]}), BOOK)
    assert len({*found.rejects.column_names}) == len(found.rejects.column_names)
    assert "too" not in found.rejects[name].to_pylist()
    assert found.answers[name].to_pylist() == ["mine"]


@pytest.mark.parametrize(
    "name", ["row", "file", "reason", "text", "key", "l", "p.answer", 'a"b', ""]
)
def test_an_own_column_may_have_any_name(name: str) -> None:
    found = determine_table(plain("K0001", "X", **{name: [1, 2]}), BOOK)
    assert found.answers[name].to_pylist() == [1]
    assert found.rejects[name].to_pylist() == [2]


def test_columns_that_differ_in_case_only_are_two() -> None:
    table = plain("K0001", "E0601", Note=[1, 2], note=[3, 4], CODE=["x", "y"])
    with pytest.raises(BadColumns, match="one column for code"):
        determine_table(table, BOOK)
    found = determine_table(table, BOOK, columns={"code": "code"}).answers
    assert found["Note"].to_pylist() == [1, 2]
    assert found["note"].to_pylist() == [3, 4]
    swapped = determine_table(table, BOOK, columns={"code": "CODE"})
    assert swapped.rejects.num_rows == 2


def test_texts_of_an_answer_are_in_the_notation_of_conditions() -> None:
    (found,) = determine_table(plain("J7330"), BOOK).answers.to_pylist()
    assert found["contact"] == "contact(payer, phone=1%2C2)"
    assert found["case_key"] == "payer / Knees"


def test_the_summary_counts_what_was_answered() -> None:
    codes = ("K0001", "E0601", "K0002", "X", "J7330", "E0601", "99213")
    answers, rejects, summary = determine_table(plain(*codes), BOOK)
    assert (summary.lines, answers.num_rows, rejects.num_rows) == (6, 6, 1)
    assert summary.outcomes == {"auth-needed": 3, "conditional": 2, "not-listed": 1}
    assert sum(summary.outcomes.values()) == sum(summary.case_plan.values()) == 6
    assert summary.case_plan[Place.CASE] == answers["case_plan"].to_pylist().count("case")


# --- the order of lines --------------------------------------------------------------------------


BAD = ("X", "", None, "O331T")


def shape(count: int, *, rejected: float, contextual: float, orders: int, random: Random) -> Any:  # noqa: ANN401 - pyarrow has no types
    """A table of codes that look at other lines, of others, and of lines that cannot be read."""
    looking = [code for code, rules in REAL.by_code.items() if rules[0].conditions]
    plain_codes = [code for code, rules in REAL.by_code.items() if not rules[0].conditions]
    pools = (BAD, looking, plain_codes)
    shares = (rejected, contextual, 1 - rejected - contextual)
    weights = [share / len(pool) for share, pool in zip(shares, pools, strict=True) for _ in pool]
    days = [DAY, date(2025, 12, 31), date(2027, 1, 2), date(2026, 1, 1)]
    return pa.table(
        {
            "order_id": random.choices(range(orders), k=count),
            "code": random.choices([*BAD, *looking, *plain_codes], weights, k=count),
            "date_of_service": random.choices(days, k=count),
            "place": range(count),
        }
    )


@pytest.mark.parametrize(
    ("count", "rejected", "contextual", "orders"),
    [
        (1, 0.0, 0.0, 1),
        (5, 0.0, 0.5, 2),
        (2048, 0.0, 0.1, 500),
        (2049, 0.5, 0.1, 500),
        (5000, 0.0, 1.0, 2000),
        (130_000, 0.02, 0.02, 60_000),
        pytest.param(300_000, 0.0, 0.02, 150_000, marks=pytest.mark.slow),
        pytest.param(300_000, 0.3, 0.02, 150_000, marks=pytest.mark.slow),
    ],
)
def test_lines_come_back_in_their_order(
    count: int, rejected: float, contextual: float, orders: int
) -> None:
    """Each with its own answer: that of a line that stands alone is known without asking again."""
    random = seeded(count)
    table = shape(count, rejected=rejected, contextual=contextual, orders=orders, random=random)
    codes = table["code"].to_pylist()
    bad = [at for at in range(count) if codes[at] in BAD]
    answers, rejects, _ = determine_table(table, REAL)
    assert rejects["place"].to_pylist() == rejects["reject_row"].to_pylist() == bad
    kept = {*bad}
    assert answers["place"].to_pylist() == [at for at in range(count) if at not in kept]
    check_alone(answers)


def check_alone(answers: Any) -> None:  # noqa: ANN401 - pyarrow has no types
    """The rules cited in each row are rules of its code, and a code without conditions is sure."""
    columns = ["code", "date_of_service", "outcome", "rule_ids"]
    texts = answers.select(columns).cast(
        pa.schema(
            [(name, answers.schema.field(name).type) for name in columns[:2]]
            + [(name, pa.string()) for name in columns[2:]]
        )
    )
    for found in texts.group_by(columns).aggregate([]).to_pylist():
        rules = REAL.rules_for(found["code"])
        cited = found["rule_ids"]
        assert cited is None or {*cited.split("; ")} <= {rule.rule_id for rule in rules}
        if len(rules) == 1 and not rules[0].conditions and rules[0].requirement != "add-on":
            told = Order((OrderLine(found["code"], found["date_of_service"]),), complete=True)
            (one,) = determine(REAL, told).determinations
            ids = "; ".join(rule.rule_id for rule in one.rules) or None
            assert (found["outcome"], cited) == (str(one.outcome), ids)


def test_a_table_in_several_chunks_is_one_table() -> None:
    rows = [
        each
        for of_order in rows_of({"a": Order((line("K0001"), line("E0601")))})
        for each in of_order
    ]
    whole = table_of(rows)
    chunked = pa.concat_tables([whole.slice(0, 1), whole.slice(2), whole.slice(1)])
    assert chunked.column(0).num_chunks > 1
    assert by_duckdb(chunked, BOOK) == by_duckdb(whole, BOOK)
