"""What a Spark task makes of lines of JSON: the keys they have, and the value of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.sources.json_lines import BLANK, NO_JSON, NO_OBJECT, SOUND, STATE, SUSPECT
from precert.batch.sources.json_source import NOT_JSON, NOT_OBJECT, judged
from precert.batch.sources.json_values import found_in, value_columns
from precert.batch.sources.text_records import NOT_UTF8, SHOWN
from precert.batch.spark.extra import duckdb, pa
from precert.batch.spark.records import BROKEN, BROKEN_TEXT
from precert.batch.spark.text import TEXT, VALID
from precert.batch.sql import FILE, ROW, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duckdb import DuckDBPyConnection

KEY, FIRST = "key", "first"
"""The columns of `key_batches`: a key, and file, line and place where a task first saw it."""
_TEXT = f"if({ROW} = 1, ltrim({TEXT}, chr(65279)), {TEXT})"  # without a mark of the encoding
_TWICE = "len(json_keys(text)) <> len(list_distinct(json_keys(text)))"


def key_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the keys of the objects of each batch, with the first place of each."""
    for con in _judged_batches(batches):
        yield from (
            con.sql(f"""
            SELECT {KEY}, min({FIRST}) AS {FIRST} FROM (
                SELECT unnest(keys) AS {KEY}, printf('%010d/%020d/%010d', {FILE}, {ROW},
                    generate_subscripts(keys, 1)) AS {FIRST}
                FROM (SELECT {FILE}, {ROW}, json_keys(text) AS keys FROM judged
                    WHERE reason IS NULL)
            ) GROUP BY ALL
        """)
            .to_arrow_table()
            .to_batches()
        )


def value_batches(
    names: tuple[str, ...], batches: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """Yield the lines with the JSON of each key, and why a line is no object; no empty lines."""
    found = found_in("if(reason IS NULL, text, '{}')", names)
    listed = ", ".join(f"({value})::VARCHAR AS {name}" for value, name in _values(names))
    for con in _judged_batches(batches):
        yield from (
            con.sql(f"""
            SELECT {FILE}, {ROW}, {listed}, reason AS {BROKEN},
                CASE WHEN reason IS NOT NULL THEN text[:{SHOWN}] END AS {BROKEN_TEXT}
            FROM (SELECT *, {found} AS found FROM judged)
        """)
            .to_arrow_table()
            .to_batches()
        )


def _values(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the expression and the quoted name of each column."""
    return [tuple(value.strip().rsplit("::JSON AS ", 1)) for value in value_columns(names, "found")]  # type: ignore[misc]  # two parts


def _judged_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[DuckDBPyConnection]:
    """Yield a connection with the table `judged`: file, line, text, and why it is no object."""
    with duckdb.connect() as con:
        con.execute("SET threads = 1")
        con.create_function("judged_in_python", judged, ["VARCHAR"], "VARCHAR")
        for batch in batches:
            con.register("given", pa.Table.from_batches([batch]))
            con.execute(f"""
                CREATE OR REPLACE TABLE judged AS
                SELECT {FILE}, {ROW}, text,
                    CASE WHEN NOT {VALID} THEN {literal(NOT_UTF8)}
                        WHEN state = {NO_JSON} THEN {literal(NOT_JSON)}
                        WHEN state = {NO_OBJECT} THEN {literal(NOT_OBJECT)}
                        WHEN state = {SUSPECT} OR (state = {SOUND} AND {_TWICE})
                            THEN nullif(judged_in_python(text), '')
                    END AS reason
                FROM (SELECT *, {STATE} AS state FROM (SELECT *, {_TEXT} AS text FROM given))
                WHERE state <> {BLANK}
            """)
            yield con
            con.unregister("given")
