"""A query in, a file out: Parquet, CSV, TSV or JSON Lines, the text ones also compressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.engine_errors import engine_error
from precert.batch.sql import json_text, literal, quoted
from precert.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from precert.batch.sources import Source
    from precert.batch.sources.kinds import Kind

_NESTED = ("STRUCT", "MAP", "UNION", "VARIANT")
_TEXT = "FORMAT csv, HEADER true, QUOTE '\"', ESCAPE '\"', NULLSTR ''"
# A COPY of a join loses the order of the rows unless it is told to keep it.
_AS_GIVEN = "USE_TMP_FILE false, PRESERVE_ORDER true"
_OPTIONS = {
    "parquet": "FORMAT parquet, COMPRESSION zstd",
    "csv": f"{_TEXT}, DELIMITER ','",
    "tsv": f"{_TEXT}, DELIMITER '\t'",
    # The objects are written by the query: the engine's own writer prints 0.10 as 0.1.
    "jsonl": "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'",
}


def write(con: DuckDBPyConnection, select: str, path: Path, kind: Kind) -> int:
    """Write what the query gives into the file, in its order, and return how many rows it were.

    An existing file is written over.

    NULL is an empty field in CSV and TSV, `null` in JSON Lines. Raises Unwritable.
    """
    query = _objects(con, select) if kind.format == "jsonl" else select
    compression = "" if kind.format == "parquet" else f", COMPRESSION {_compression(kind)}"
    options = f"{_OPTIONS[kind.format]}{compression}, {_AS_GIVEN}"
    try:
        copied = con.execute(f"COPY ({query}) TO {literal(str(path))} ({options})").fetchall()
    except engine_error("IOException") as error:
        if str(path) not in str(error):  # it speaks of a file that is read
            raise
        what = str(error).partition("\n")[0]
        reason = f"cannot be written ({what}); name a place that can be"
        raise Unwritable(str(path), reason) from error
    return int(copied[0][0])


def pass_through(source: Source, kind: Kind) -> list[str]:
    """Return the SELECT expressions that take the user's columns of `l` into such a file.

    A JSON value stays JSON in JSON Lines; elsewhere it is its text, without the quotes of a string.
    A nested Parquet column becomes JSON in CSV and TSV. Every other column is as it was.
    """
    return [
        _passed(f"l.{quoted(name)}", quoted(name), type_, kind)
        for name, type_ in zip(source.names, source.types, strict=True)
    ]


def _passed(column: str, name: str, type_: str, kind: Kind) -> str:
    if type_ == "JSON" and kind.format != "jsonl":
        return f"{json_text(column)} AS {name}"
    if _is_nested(type_) and kind.is_delimited:
        return f"CAST(to_json({column}) AS VARCHAR) AS {name}"
    return f"{column} AS {name}"


def _is_nested(type_: str) -> bool:
    return type_.startswith(_NESTED) or type_.endswith("]")


def _compression(kind: Kind) -> str:
    return "gzip" if kind.gzipped else "uncompressed"


def _objects(con: DuckDBPyConnection, select: str) -> str:
    """Return the query for one JSON object a row, each as a text."""
    described: Sequence[tuple[str, ...]] = con.execute(f"DESCRIBE {select}").fetchall()
    members = []
    for name, type_, *_ in described:
        key = f"CAST(to_json({literal(name)}) AS VARCHAR)"
        members.append(f"{key} || ':' || coalesce({_member(f'o.{quoted(name)}', type_)}, 'null')")
    joined = " || ',' || ".join(members)
    return f"SELECT '{{' || {joined} || '}}' FROM ({select}) o"


def _member(column: str, type_: str) -> str:
    as_text = f"CAST({column} AS VARCHAR)"
    if type_ == "JSON":
        return f"translate({as_text}, chr(10) || chr(13), '  ')"  # a line end is a blank in JSON
    if type_.startswith("DECIMAL") and not type_.endswith("]"):
        return as_text
    if type_ in {"FLOAT", "DOUBLE"}:  # JSON knows no NaN and no infinity
        return f"CAST(if(isfinite({column}), to_json({column}), to_json({as_text})) AS VARCHAR)"
    return f"CAST(to_json({column}) AS VARCHAR)"
