"""Tables of every make: the same make comes back, and what is the user's own is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from precert.batch import ANSWER_COLUMNS, determine_table
from precert.errors import BadColumns
from tests.support.rulebooks import DAY, book, row

if TYPE_CHECKING:
    from collections.abc import Callable

BOOK = book(row("Wheels", "K0001", conditions="with-program(Air)"), row("Air", "E0601"))
CODES = ["K0001", "E0601", "X", "K0001", None, "E0601"]
OUTCOMES = ["follows-primary", "auth-needed", "conditional", "auth-needed"]
KEPT = [0, 1, 3, 5]
REJECTED = [2, 4]
COLUMNS: dict[str, list[Any]] = {
    "order_id": ["a", "a", "b", "b", "c", "c"],
    "code": CODES,
    "date_of_service": [DAY] * 6,
    "small": [1, 2, 3, 4, 5, 6],
    "kind": ["x", "y", "x", "y", "x", "y"],
}


class Stream:
    """Something that speaks Arrow and is no frame that anybody knows."""

    def __init__(self, table: Any) -> None:  # noqa: ANN401 - pyarrow has no types
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def arrow() -> Any:  # noqa: ANN401 - pyarrow has no types
    table = pa.table(COLUMNS)
    small = table.column_names.index("small")
    table = table.set_column(small, "small", table["small"].cast(pa.int8()))
    return table.set_column(small + 1, "kind", table["kind"].dictionary_encode())


def polars() -> pl.DataFrame:
    kinds = {"small": pl.Int8, "kind": pl.Enum(["x", "y"])}
    return pl.DataFrame(COLUMNS).cast(kinds)  # type: ignore[arg-type]  # its own names for types


def pandas() -> Any:  # noqa: ANN401 - pandas has no types here
    frame = pd.DataFrame(COLUMNS, index=pd.Index(list("uvwxyz"), name="mine"))
    return frame.astype({"small": "int8", "kind": "category"})


MAKES: list[Callable[[], Any]] = [arrow, polars, pandas, lambda: Stream(arrow())]


def values(table: Any, name: str) -> list[Any]:  # noqa: ANN401 - any table
    column = table[name]
    found = column.to_pylist() if isinstance(table, pa.Table) else column.to_list()
    return [None if value is None or value != value else value for value in found]  # noqa: PLR0124 - NaN


def names(table: Any) -> list[str]:  # noqa: ANN401 - any table
    return table.column_names if isinstance(table, pa.Table) else [*table.columns]


@pytest.mark.parametrize("make", MAKES, ids=["arrow", "polars", "pandas", "stream"])
def test_the_make_that_was_given_comes_back(make: Callable[[], Any]) -> None:
    given = make()
    answers, rejects, summary = determine_table(given, BOOK)
    back = pa.Table if isinstance(given, Stream) else type(given)
    assert type(answers) is back
    assert type(rejects) is back
    assert names(answers) == [*COLUMNS, *ANSWER_COLUMNS]
    assert names(rejects) == ["reject_row", "reject_reason", *COLUMNS]
    assert [str(each) for each in values(answers, "outcome")] == [
        *("follows-primary", "auth-needed", "conditional", "auth-needed")
    ]
    for name, column in COLUMNS.items():
        assert values(answers, name) == [column[at] for at in KEPT]
        assert values(rejects, name) == [column[at] for at in REJECTED]
    assert values(rejects, "reject_row") == REJECTED
    assert summary.lines == len(KEPT)


def test_a_pandas_frame_keeps_its_index_and_its_types() -> None:
    given = pandas()
    before = given.copy()
    answers, rejects, _ = determine_table(given, BOOK)
    assert given.equals(before)
    assert answers.index.tolist() == [*"uvxz"]
    assert rejects.index.tolist() == [*"wy"]
    assert answers.index.name == rejects.index.name == "mine"
    for name in COLUMNS:
        assert answers[name].dtype == rejects[name].dtype == given[name].dtype


@pytest.mark.parametrize(
    "index",
    [
        pd.Index([7, 7, 7, 7, 7, 7]),
        pd.Index([5, 4, 3, 2, 1, 0]),
        pd.MultiIndex.from_tuples([(1, "a")] * 3 + [(2, "b")] * 3, names=["one", "code"]),
        pd.DatetimeIndex(["2026-01-01"] * 6),
        pd.Index(["code"] * 6, name="code"),
    ],
    ids=["same", "backwards", "several", "days", "named-as-a-column"],
)
def test_an_index_may_be_anything(index: Any) -> None:  # noqa: ANN401 - pandas has no types here
    given = pandas().set_index(index)
    answers, rejects, _ = determine_table(given, BOOK)
    assert answers.index.equals(index[KEPT])
    assert rejects.index.equals(index[REJECTED])
    assert answers["small"].tolist() == [1, 2, 4, 6]
    assert answers["outcome"].astype(str).tolist() == OUTCOMES


def test_a_pandas_frame_of_which_every_line_is_answered_keeps_its_index() -> None:
    given = pandas().iloc[KEPT[:2]]
    answers, rejects, _ = determine_table(given, BOOK)
    assert answers.index.tolist() == ["u", "v"]
    assert answers[list(COLUMNS)].equals(given)
    assert len(rejects) == 0


def test_own_columns_may_hold_what_no_engine_reads() -> None:
    """Nobody asks about them: values of many sorts, and types that DuckDB does not know."""
    mixed = [1, "a", None, {"b": 2}, (3,), 4.5]
    answers, rejects, _ = determine_table(
        pandas().assign(mixed=pd.Series(mixed, list("uvwxyz"))), BOOK
    )
    assert answers["mixed"].tolist() == [mixed[at] for at in KEPT]
    assert rejects["mixed"].tolist() == [mixed[at] for at in REJECTED]
    odd = arrow().append_column("odd", pa.array(range(6)).cast(pa.decimal256(40)))
    odd = odd.append_column("half", pa.array(range(6), pa.float32()).cast(pa.float16()))
    answers = determine_table(odd, BOOK).answers
    assert answers["odd"].equals(odd["odd"].take(KEPT))
    assert answers.schema.field("half").type == pa.float16()


def test_columns_of_polars_keep_their_types() -> None:
    given = polars().with_columns(pl.Series("list", [[1], [], None, [2], [3], [4, 5]]))
    answers, rejects, _ = determine_table(given, BOOK)
    for name in given.columns:
        assert answers.schema[name] == rejects.schema[name] == given.schema[name]
    assert answers["list"].to_list() == [[1], [], [2], [4, 5]]


def test_a_list_of_modifiers_is_read() -> None:
    rulebook = book(row("Wheels", "K0001", conditions="purchase"))
    lists: list[list[str | None]] = [["RT", "NU"], [], ["RR"], ["RT", None]]
    given = pl.DataFrame(
        {
            "order_id": [1, 2, 3, 4],
            "code": ["K0001"] * 4,
            "dos": [DAY] * 4,
            "modifiers": lists,
        }
    )
    answers = determine_table(given, rulebook).answers
    assert answers["violated_limits"].to_list() == [None, None, "purchase", None]
    assert answers["ask"].to_list() == [None, "acquisition", None, "acquisition"]
    assert answers["modifiers"].to_list() == lists


def test_numbers_with_gaps_are_read_as_a_frame_holds_them() -> None:
    """Pandas makes floats of them: 12 becomes 12.0."""
    rulebook = book(row("Wheels", "K0001", conditions="at-home"))
    given = pd.DataFrame(
        {
            "order_id": [1, 2, 3],
            "code": ["K0001"] * 3,
            "dos": [DAY] * 3,
            "pos": [12, None, 11],
            "units": [1, None, 2],
        }
    )
    answers, rejects, _ = determine_table(given, rulebook)
    assert rejects["reject_reason"].tolist() == []
    assert values(answers, "violated_limits") == [None, None, "at-home"]


# --- nothing is copied ---------------------------------------------------------------------------


def buffers(table: Any) -> list[int]:  # noqa: ANN401 - pyarrow has no types
    chunks = [chunk for name in COLUMNS for chunk in table[name].chunks]
    return [part.address for chunk in chunks for part in chunk.buffers() if part is not None]


def test_own_columns_are_not_copied_where_every_line_is_answered() -> None:
    given = pa.concat_tables([arrow().slice(0, 2)] * 3)
    answers = determine_table(given, BOOK).answers
    assert buffers(answers) == buffers(given)
    assert buffers(given)


def test_own_columns_of_polars_are_not_copied_where_every_line_is_answered() -> None:
    given = polars().slice(0, 2)
    answers = determine_table(given, BOOK).answers
    for name in ("small", "date_of_service"):
        before, after = given[name].to_arrow().buffers()[1], answers[name].to_arrow().buffers()[1]
        assert after.address == before.address


# --- no rows, no table ---------------------------------------------------------------------------


@pytest.mark.parametrize("make", MAKES[:3], ids=["arrow", "polars", "pandas"])
def test_no_rows_make_no_rows(make: Callable[[], Any]) -> None:
    given = make()[0:0] if make is not arrow else make().slice(0, 0)
    answers, rejects, summary = determine_table(given, BOOK)
    assert (len(answers), len(rejects), summary.lines) == (0, 0, 0)
    assert names(answers) == [*COLUMNS, *ANSWER_COLUMNS]
    assert names(rejects) == ["reject_row", "reject_reason", *COLUMNS]
    assert summary.for_a_person == 0


@pytest.mark.parametrize(
    "empty",
    [
        pd.DataFrame(columns=["order_id", "code", "dos"]),
        pl.DataFrame({"order_id": [], "code": [], "dos": []}),
        pa.table({"order_id": [], "code": [], "dos": []}),
    ],
    ids=["pandas", "polars", "arrow"],
)
def test_no_rows_without_types_make_no_rows(empty: Any) -> None:  # noqa: ANN401 - any table
    answers, rejects, _ = determine_table(empty, BOOK)
    assert (len(answers), len(rejects)) == (0, 0)


@pytest.mark.parametrize("codes", [["X", "Y"], ["E0601", "E0601"]])
@pytest.mark.parametrize("make", ["arrow", "polars", "pandas"])
def test_all_rows_may_be_rejects_or_none(make: str, codes: list[str]) -> None:
    columns = {"order_id": ["a", "b"], "code": codes, "dos": [DAY] * 2}
    given: Any = {"arrow": pa.table, "polars": pl.DataFrame, "pandas": pd.DataFrame}[make](columns)
    answers, rejects, _ = determine_table(given, BOOK)
    assert sorted([len(answers), len(rejects)]) == [0, 2]
    assert len(answers) == 2 * (codes[0] == "E0601")
    assert names(answers) == [*columns, *ANSWER_COLUMNS]


@pytest.mark.parametrize("table", [{"code": ["E0601"]}, [1], None, "lines.csv"], ids=repr)
def test_what_is_no_table_is_refused(table: object) -> None:
    with pytest.raises(BadColumns, match="a table that speaks Arrow"):
        determine_table(table, BOOK)


def test_a_name_that_stands_twice_is_refused() -> None:
    given = pa.table([[1], ["E0601"], [DAY], [2]], names=["order_id", "code", "dos", "order_id"])
    with pytest.raises(BadColumns, match="order_id more than once"):
        determine_table(given, BOOK)


@pytest.mark.parametrize("make", MAKES[:3], ids=["arrow", "polars", "pandas"])
def test_a_column_of_the_answer_is_not_written_over(make: Callable[[], Any]) -> None:
    given = make()
    taken = determine_table(given, BOOK).answers
    with pytest.raises(BadColumns, match="outcome"):
        determine_table(taken, BOOK)
    again = determine_table(taken, BOOK, prefix="again_").answers
    assert names(again) == [
        *COLUMNS,
        *ANSWER_COLUMNS,
        *(f"again_{name}" for name in ANSWER_COLUMNS),
    ]
    assert [*map(str, values(again, "outcome"))] == OUTCOMES
