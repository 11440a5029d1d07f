"""Frames of three makes as Arrow, and back: the user's own columns stay as they are."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from precert.errors import BadColumns

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from duckdb import DuckDBPyConnection


_STREAM = "__arrow_c_stream__"


class Frame:
    """A table of any make: the names of its columns, and the numbers of its rows, from 0."""

    names: list[str]
    rows: pa.ChunkedArray

    def __init__(self, con: DuckDBPyConnection, arrow: Any, table: Any) -> None:  # noqa: ANN401 - a module, and any frame
        """Take a connection, pyarrow and the table. Raises `BadColumns` for what is no table."""
        self._arrow, self._table = arrow, table
        self._make = type(table).__module__.partition(".")[0]
        if self._make not in {"pandas", "polars", "pyarrow"} and hasattr(table, _STREAM):
            self._make, self._table = "pyarrow", arrow.table(table)
        if self._make == "pyarrow":
            self.names = list(self._table.column_names)
        elif self._make in {"pandas", "polars"} and hasattr(table, _STREAM):
            self.names = [str(name) for name in table.columns]
        else:
            expected = "a table that speaks Arrow (pyarrow, Polars, pandas)"
            raise BadColumns(read=f"a {type(table).__name__}", expected=expected)
        # A connection counts faster than Python.
        numbers = f"SELECT range FROM range({len(self._table)})"
        self.rows = con.sql(numbers).to_arrow_table().column(0)
        twice = sorted({name for name in self.names if self.names.count(name) > 1})
        if twice:
            read = f"the column {', '.join(twice)} more than once"
            raise BadColumns(read=read, expected="each name once")

    def columns(self, names: Sequence[str]) -> pa.Table:
        """Return these columns as Arrow. Raises `BadColumns` for one with values of all kinds."""
        if self._make == "pyarrow":
            return self._table.select(names)
        chosen = self._table[list(names)]
        if self._make == "polars":
            return self._arrow.table(chosen)
        try:
            return self._arrow.Table.from_pandas(chosen, preserve_index=False)
        except self._arrow.ArrowException as error:
            read = f"the columns {', '.join(names)}: {error.args[0]}"
            raise BadColumns(read=read, expected="values of one kind in each") from error

    def answered(self, added: pa.Table) -> Any:  # noqa: ANN401 - as given
        """Return the rows whose numbers, from 0, stand in the first column of `added`.

        They come in their order, as a table of the make given, the other columns of `added` behind
        their own. Their own columns are not copied where the rows are all of them.
        """
        if not added.column(0).equals(self.rows):  # a query's rows come in any order
            added = added.sort_by(added.column_names[0])
        own = self._own(added.column(0))
        new = self._made(added.select(added.column_names[1:]), own)
        return self._side_by_side([own, new])

    def rejected(self, added: pa.Table) -> Any:  # noqa: ANN401 - as given
        """Return the same, all columns of `added` before their own, and none of own so named."""
        own = self._own(added.column(0), without=added.column_names)
        return self._side_by_side([self._made(added, own), own])

    def _own(self, rows: pa.ChunkedArray, without: Sequence[str] = ()) -> Any:  # noqa: ANN401
        whole = rows.equals(self.rows)
        if self._make == "pandas":
            table = self._table if whole else self._table.iloc[rows.to_pylist()]
            return table.drop(columns=list(without), errors="ignore")
        if self._make == "polars":
            table = self._table if whole else self._table[rows.to_pylist()]
            return table.drop(*without, strict=False)
        kept = [name for name in self.names if name not in without]
        return (self._table if whole else self._table.take(rows)).select(kept)

    def _made(self, added: pa.Table, own: Any) -> Any:  # noqa: ANN401
        """Return the Arrow table as one of the make given, with the index of `own` where it has."""
        if self._make == "pandas":
            return added.to_pandas().set_index(own.index)
        return import_module("polars").from_arrow(added) if self._make == "polars" else added

    def _side_by_side(self, tables: Sequence[Any]) -> Any:  # noqa: ANN401
        left, right = tables
        if self._make == "pandas":
            return import_module("pandas").concat(tables, axis=1)
        if self._make == "polars":
            return left.hstack(right)
        for name, column in zip(right.column_names, right.columns, strict=True):
            left = left.append_column(name, column)
        return left
