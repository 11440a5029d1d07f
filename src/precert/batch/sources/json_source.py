"""JSON Lines into the tables `lines` and `broken`: one object per line, one column per key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from precert.batch.sources.headers import refuse
from precert.batch.sources.json_lines import (
    COLUMNS,
    NO_JSON,
    NO_OBJECT,
    SOUND,
    STATE,
    SUSPECT,
    load_json_lines,
)
from precert.batch.sources.json_values import found_in, value_columns
from precert.batch.sources.text_records import SHOWN
from precert.batch.sql import BROKEN, FILE, ROW, insert
from precert.errors import UnreadableLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

_MOST_KEYS = 2_000
_BATCH = 10_000
NOT_JSON = "is no JSON; expected one object on the line"
NOT_OBJECT = "is JSON, but no object; expected one object on the line"


class _Pairs(list[tuple[str, object]]):
    """The keys and values of an object, a key that stands twice twice."""


def load_json(con: DuckDBPyConnection, files: Sequence[str]) -> tuple[str, ...]:
    """Create `lines`, fill it and `broken` from the files, and return the keys, first seen first.

    Every column is JSON, numbers as printed; a key that is absent or null gives NULL. The row of a
    line is its line number less one: blank and broken lines leave gaps. Raises UnreadableLines.
    """
    columns = ", ".join(f"{name} {type_}" for name, type_ in COLUMNS.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE _precert_text ({columns})")
    for number, path in enumerate(files):
        load_json_lines(con, number, path)
    _judge(con)
    _set_aside(con)
    names = _keys(con, files)
    con.execute(f"""
        CREATE TEMP TABLE lines AS
        SELECT {", ".join([FILE, f"line - 1 AS {ROW}", *value_columns(names, "found")])}
        FROM (SELECT *, {found_in("text", names)} AS found FROM _precert_json
            WHERE state = {SOUND})
    """)
    con.execute("DROP TABLE _precert_json")
    return names


def _judge(con: DuckDBPyConnection) -> None:
    """Give every line its state. Reading was the work of one thread, this is the work of all."""
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE _precert_json AS
        SELECT *, CAST({STATE} AS TINYINT) AS state FROM _precert_text
    """)
    con.execute("DROP TABLE _precert_text")
    twice = f"""
        SELECT keys FROM (SELECT DISTINCT json_keys(text) AS keys FROM _precert_json
            WHERE state = {SOUND})
        WHERE len(keys) <> len(list_distinct(keys))
    """
    if con.execute(twice).fetchone():
        con.execute(f"""
            UPDATE _precert_json SET state = {SUSPECT}
            WHERE state = {SOUND} AND json_keys(text) IN ({twice})
        """)


def _set_aside(con: DuckDBPyConnection) -> None:
    """Put into `broken` every line that is no object, or one that JSON forbids."""
    con.execute(f"""
        INSERT INTO broken
        SELECT {FILE}, line, if(state = {NO_JSON}, '{NOT_JSON}', '{NOT_OBJECT}'), text[:{SHOWN}]
        FROM _precert_json WHERE state IN ({NO_JSON}, {NO_OBJECT})
    """)
    forbidden = _forbidden(con)
    insert(con, "broken", BROKEN, forbidden)
    con.execute(f"""
        UPDATE _precert_json SET state = {SOUND} WHERE state = {SUSPECT}
            AND NOT EXISTS (FROM broken b WHERE b.{FILE} = _precert_json.{FILE}
                AND b.line = _precert_json.line)
    """)


def _forbidden(con: DuckDBPyConnection) -> list[tuple[int, int, str, str]]:
    found = []
    suspects = con.execute(f"SELECT {FILE}, line, text FROM _precert_json WHERE state = {SUSPECT}")
    while batch := suspects.fetchmany(_BATCH):
        for number, line, text in batch:
            reason = judged(text)
            if reason:
                found.append((number, line, reason, text[:SHOWN]))
    return found


def judged(text: str) -> str:
    """Return why the line cannot be read, the empty text for an object of JSON."""
    try:
        pairs = json.loads(text, object_pairs_hook=_Pairs, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return f"{NOT_JSON} ({error})"
    keys = [key for key, _ in pairs]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        return f"the key {twice[0]!r} stands twice; expected each key once"
    return ""


def _refuse(constant: str) -> NoReturn:
    reason = f"read {constant}"
    raise ValueError(reason)


def _keys(con: DuckDBPyConnection, files: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of all lines in the order first seen."""
    seen = con.execute(f"""
        SELECT json_keys(text) AS keys FROM _precert_json WHERE state = {SOUND}
        GROUP BY keys ORDER BY min(({FILE}, line))
    """).fetchall()
    names = tuple(dict.fromkeys(key for (keys,) in seen for key in keys))
    where = files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"
    if not names:
        raise UnreadableLines(where, "no line holds an object with a key; expected one on each")
    if len(names) > _MOST_KEYS:
        reason = f"its lines have {len(names)} different keys, expected at most {_MOST_KEYS}"
        raise UnreadableLines(where, reason)
    refuse(where, names)
    return names
