"""A file of answered lines read again, a page at a time: filtered, counted, written as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NamedTuple

from precert.batch.extras import import_extra
from precert.batch.files import engine_settings
from precert.batch.sinks import write
from precert.batch.sources.kinds import Kind
from precert.batch.sql import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

_CSV = Kind("csv", gzipped=False)


class Page(NamedTuple):
    """Some lines of a file, each cell as a text, empty for nothing.

    `total` counts all lines that meet the filters.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """A Parquet or CSV file that a run wrote."""

    path: Path

    def page(
        self, filters: Mapping[str, str], containing: str = "", offset: int = 0, limit: int = 100
    ) -> Page:
        """Return the lines from `offset` whose columns say what `filters` name, in their order.

        A filter is a column's name and its whole text, empty for a column that says nothing.
        `containing` is looked for in every column, in any case. Raises KeyError for a column that
        is not there.
        """
        with self._lines() as con:
            names = _names(con)
            where, values = _where(names, filters, containing)
            ((total,),) = con.execute(f"SELECT count(*) FROM told {where}", values).fetchall()
            texts = ", ".join(_text(name) for name in names)
            query = f"SELECT {texts} FROM told {where} LIMIT {int(limit)} OFFSET {int(offset)}"
            rows = con.execute(query, values).fetchall()
        return Page(names, tuple(rows), total)

    def counts(self, column: str) -> dict[str, int]:
        """Return how many lines say what in a column, most first. Raises KeyError."""
        with self._lines() as con:
            if column not in _names(con):
                raise KeyError(column)
            said = f"SELECT {_text(column)} AS said, count(*) FROM told"
            return dict(con.execute(f"{said} GROUP BY said ORDER BY 2 DESC, 1").fetchall())

    def write_csv(self, target: Path) -> None:
        """Write all lines as CSV, an empty field for nothing. The file appears whole."""
        draft = target.with_name(f"{target.name}.{token_hex(8)}")
        with self._lines() as con:
            write(con, "SELECT * FROM told", draft, _CSV)
        draft.replace(target)

    def _lines(self) -> AbstractContextManager[Any]:
        """Return a connection with the relation `told`."""
        settings = engine_settings(None, None, str(self.path.with_name("spilled")))
        con = import_extra("duckdb", "a worklist", "batch").connect(config=settings)
        path = literal(str(self.path))
        reader = (
            f"read_parquet({path})"
            if self.path.suffix == ".parquet"
            else f"read_csv({path}, header = true, all_varchar = true, delim = ',', quote = '\"', "
            "escape = '\"', parallel = false)"
        )
        con.execute(f"CREATE VIEW told AS SELECT * FROM {reader}")
        connection: AbstractContextManager[Any] = con
        return connection


def _names(con: Any) -> tuple[str, ...]:  # noqa: ANN401 - DuckDB is an extra
    return tuple(name for name, *_ in con.execute("DESCRIBE told").fetchall())


def _text(name: str) -> str:
    return f"coalesce(CAST({quoted(name)} AS VARCHAR), '')"


def _where(
    names: tuple[str, ...], filters: Mapping[str, str], containing: str
) -> tuple[str, list[str]]:
    parts = dict(_parts(names, filters, containing))
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), list(parts.values())


def _parts(
    names: tuple[str, ...], filters: Mapping[str, str], containing: str
) -> Iterator[tuple[str, str]]:
    for name, said in filters.items():
        if name not in names:
            raise KeyError(name)
        yield f"{_text(name)} = ?", said
    if containing:
        all_texts = ", ".join(map(_text, names))
        yield f"contains(lower(concat_ws(chr(31), {all_texts})), lower(?))", containing
