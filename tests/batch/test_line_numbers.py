"""A row's line is where its record begins in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from precert.batch.line_numbers import number_lines
from precert.batch.sources import open_source

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from precert.batch.sources import Source

HEADER = b"order_id,code\n"


def line_numbers(
    source: Source, con: DuckDBPyConnection, wanted: dict[int, list[int]]
) -> dict[tuple[int, int], int]:
    """Return the lines of these rows of these files, as rejects are told theirs."""
    con.execute("CREATE OR REPLACE TABLE unanswered (file INTEGER, row BIGINT)")
    places = [(file, row) for file, rows in wanted.items() for row in rows]
    con.executemany("INSERT INTO unanswered VALUES (?, ?)", places)
    number_lines(source, con)
    found = con.execute(f"""
        SELECT file, row, coalesce(line, row + {source.first_line})
        FROM unanswered LEFT JOIN record_lines USING (file, row)
    """).fetchall()
    return {(file, row): line for file, row, line in found}


def numbered(folder: Path, data: bytes, name: str = "orders.csv") -> dict[str, int]:
    """Return the line of every record, by its first field."""
    path = folder / name
    path.write_bytes(data)
    with duckdb.connect() as con:
        source = open_source(con, [str(path)])
        ids = con.execute("SELECT _precert_row, order_id FROM lines").fetchall()
        found = line_numbers(source, con, {0: [row for row, _ in ids]})
        return {str(name).strip('"'): found[0, row] for row, name in ids}


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (HEADER + b"A1,1\nA2,2\n", [2, 3]),
        (HEADER + b"\nA1,1\n\n\nA2,2\n", [3, 6]),
        (b"\n\n" + HEADER + b"A1,1\nA2,2\n", [4, 5]),
        (HEADER + b"bad\nA1,1\nbad,2,3\nA2,2\n", [3, 5]),
        (HEADER + b'A1,"1\n2\n"\nA2,2\n', [2, 5]),
        (HEADER + b'X,"1\n2\nbad\n\nA1,"1"\nA2,2\n', [7]),
        (b'order_id,"code\nof it"\nA1,1\nA2,2', [3, 4]),
        (HEADER.replace(b"\n", b"\r\n") + b'A1,"1\r\n2"\r\n\r\nA2,2\r\n', [2, 5]),
        (HEADER + b"A1,\xff\nA1,1\nA2,2\n", [3, 4]),
        (b"order_id\nA1\n\nA2\n", [2, 4, 3]),
    ],
)
def test_lines_of_csv(tmp_path: Path, data: bytes, lines: list[int]) -> None:
    expected = dict(zip(["A1", "A2", "None"], lines, strict=False))
    if len(lines) == 1:
        expected = {"A2": 7}
    assert numbered(tmp_path, data) == expected


def test_lines_of_json_count_every_line(tmp_path: Path) -> None:
    data = b'\n{"order_id": "A1"}\nbad\n\n{"order_id": "A2"}\n'
    assert numbered(tmp_path, data, "orders.jsonl") == {"A1": 2, "A2": 5}


def test_parquet_tells_the_number_of_the_row_and_only_what_is_wanted(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        for name in "ab":
            con.sql("SELECT range AS n FROM range(5)").write_parquet(f"{tmp_path}/{name}.parquet")
        source = open_source(con, [str(tmp_path)])
        assert line_numbers(source, con, {0: [4], 1: [0, 2]}) == {
            (0, 4): 5,
            (1, 0): 1,
            (1, 2): 3,
        }


def test_a_file_that_was_changed_meanwhile_gives_the_records_number(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_bytes(HEADER + b"\nA1,1\n\nA2,2\n")
    with duckdb.connect() as con:
        source = open_source(con, [str(path)])
        assert line_numbers(source, con, {0: [1]}) == {(0, 1): 5}
        path.write_bytes(HEADER + b"\n\n\nA1,1\n")
        assert line_numbers(source, con, {0: [1]}) == {(0, 1): 3}
