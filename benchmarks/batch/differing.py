"""Two outputs compared line by line, or one output as a checksum; prints one JSON object.

python -m benchmarks.batch.differing precert.parquet other.parquet
python -m benchmarks.batch.differing precert.parquet
"""

import json
import sys
from pathlib import Path

import duckdb

WHAT = {
    "outcome": "VARCHAR",
    "route": "VARCHAR",
    "platform": "VARCHAR",
    "primary_line": "DOUBLE",  # pandas holds whole numbers that may be missing as floats
    "rule_ids": "VARCHAR",
}
"""The columns that every contestant fills with the same words, and how they are compared."""


def main(precert: str, other: str | None = None) -> None:
    """Print how many lines differ, by column; without another output, a checksum of this one."""
    print(json.dumps(_checksum(precert) if other is None else _differing(precert, other)))


def _differing(precert: str, other: str) -> dict[str, int]:
    differs = {
        name: f"a.{name}::{kind} IS DISTINCT FROM b.{name}::{kind}" for name, kind in WHAT.items()
    }
    differs["any of these"] = " OR ".join(differs.values())
    counts = ", ".join(f"count(*) FILTER ({each})" for each in differs.values())
    row = duckdb.execute(
        f"SELECT count(*), {counts} FROM {_parquet(precert)} a"
        f" FULL JOIN {_parquet(other)} b USING (line_id)"
    ).fetchone()
    return dict(zip(("lines", *differs), row or (), strict=True))


def _checksum(out: str) -> dict[str, object]:
    """Return the number of lines, and a digest of every column of all lines sorted by line.

    `file` and `ordinal` are left out: Spark says with them where a line stood, and DuckDB need not.
    """
    con = duckdb.connect()
    described = con.execute(f"DESCRIBE FROM {_parquet(out)}").fetchall()
    # A JSON list tells a missing value from an empty text, and where a text ends.
    names = [name for name, *_ in described if name not in {"file", "ordinal"}]
    texts = ", ".join(f"{name}::VARCHAR" for name in names)
    row = con.execute(
        f"SELECT count(*), md5(string_agg(md5(json_array({texts})::VARCHAR), '' ORDER BY line_id))"
        f" FROM {_parquet(out)}"
    ).fetchone()
    return dict(zip(("lines", "md5"), row or (), strict=True))


def _parquet(out: str) -> str:
    return f"'{out}/*.parquet'" if Path(out).is_dir() else f"'{out}'"


if __name__ == "__main__":
    main(*sys.argv[1:])
