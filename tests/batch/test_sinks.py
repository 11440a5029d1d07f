"""What is written into a file is what the query gave, in each kind."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import duckdb
import pytest

from precert.batch.sinks import pass_through, write
from precert.batch.sources import open_source
from precert.batch.sources.kinds import Kind, kind_of
from precert.errors import Unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMATS = ("csv", "tsv", "jsonl", "parquet")
CSV, TSV, JSONL, PARQUET = (Kind(name, gzipped=False) for name in FORMATS)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.parquet", ("parquet", False)),
        ("a.CSV", ("csv", False)),
        ("a.tsv.gz", ("tsv", True)),
        ("x/a.b.ndjson", ("jsonl", False)),
        ("a.jsonl.GZ", ("jsonl", True)),
        ("a.parquet.gz", None),
        ("a.txt", None),
        ("csv", None),
        ("a.csv.partial", None),
    ],
)
def test_the_name_tells_the_kind(name: str, kind: tuple[str, bool] | None) -> None:
    assert kind_of(name) == (None if kind is None else Kind(*kind))


ROW = """SELECT 'a"b, c' AS x, NULL AS n, ' 0123 ' AS "q""u", E'l\\nm\\t' AS m,
        DATE '2026-01-02' AS d
    UNION ALL SELECT 'NULL', 'null', '', '\u00e9', NULL"""


@pytest.mark.parametrize(("kind", "mark"), [(CSV, ","), (TSV, "\t")])
def test_text_is_read_back_as_it_was(
    tmp_path: Path, con: duckdb.DuckDBPyConnection, kind: Kind, mark: str
) -> None:
    for gzipped in (False, True):
        path = tmp_path / f"a'b.{kind.format}{'.gz' if gzipped else ''}"
        write(con, ROW, path, kind._replace(gzipped=gzipped))
        data = gzip.decompress(path.read_bytes()) if gzipped else path.read_bytes()
        assert data.startswith(f'x{mark}n{mark}"q""u"{mark}m{mark}d\n'.encode())
        open_source(con, [str(path)])
        assert [row[2:] for row in con.execute("FROM lines").fetchall()] == [
            ('a"b, c', None, " 0123 ", "l\nm\t", "2026-01-02"),
            ("NULL", "null", None, "\u00e9", None),
        ]


def test_json_lines_are_objects_with_their_numbers_as_printed(
    tmp_path: Path, con: duckdb.DuckDBPyConnection
) -> None:
    path = tmp_path / "a.jsonl.gz"
    values = "'[0.10, 1E400]'::JSON AS j, 1.50::DECIMAL(4,2) AS c, 'nan'::DOUBLE AS f, [1, 2] AS l"
    query = f"""SELECT 'a"\n,\x01' AS "k ""1", NULL AS n, {values}"""
    write(con, query, path, kind_of(path) or JSONL)
    text = gzip.decompress(path.read_bytes()).decode()
    assert '"j":[0.10, 1E400],"c":1.50,' in text
    assert json.loads(text) == {
        'k "1': 'a"\n,\x01', "n": None, "j": [0.1, float("inf")], "c": 1.5, "f": "nan", "l": [1, 2],
    }  # fmt: skip
    assert text.count("\n") == 1


def test_parquet_keeps_types(tmp_path: Path, con: duckdb.DuckDBPyConnection) -> None:
    write(con, "SELECT 1.50::DECIMAL(4,2) AS c, {'a': 1} AS s", tmp_path / "a.parquet", PARQUET)
    source = open_source(con, [str(tmp_path / "a.parquet")])
    assert source.types == ("DECIMAL(4,2)", "STRUCT(a INTEGER)")


def test_json_columns_pass_as_json_or_as_their_text(
    tmp_path: Path, con: duckdb.DuckDBPyConnection
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"a\\"b": "x, \\"y\\"", "n": 0.10, "o": {"p": [1.0]}, "e": null}\n{"e": 1}\n')
    source = open_source(con, [str(path)])
    expected: dict[Kind, list[object]] = {
        JSONL: ['"x, \\"y\\""', "0.10", '{"p":[1.0]}', None],
        CSV: ['x, "y"', "0.10", '{"p":[1.0]}', None],
        PARQUET: ['x, "y"', "0.10", '{"p":[1.0]}', None],
    }
    for kind, values in expected.items():
        query = (
            f"SELECT {', '.join(pass_through(source, kind))} FROM lines l ORDER BY l._precert_row"
        )
        shown = con.execute(query)
        assert [column[0] for column in shown.description or ()] == ['a"b', "n", "o", "e"]
        assert list(shown.fetchall()[0]) == values


def test_nested_parquet_columns_pass_as_json_into_csv(
    tmp_path: Path, con: duckdb.DuckDBPyConnection
) -> None:
    con.sql("SELECT {'a': [1, 2]} AS s, ['x'] AS l, 7 AS n").write_parquet(f"{tmp_path}/a.parquet")
    source = open_source(con, [str(tmp_path / "a.parquet")])
    query = f"SELECT {', '.join(pass_through(source, TSV))} FROM lines l"
    assert con.execute(query).fetchall() == [('{"a":[1,2]}', '["x"]', 7)]
    assert pass_through(source, PARQUET) == ['l."s" AS "s"', 'l."l" AS "l"', 'l."n" AS "n"']


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, con: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(Unwritable, match=r"no/a\.csv cannot be written"):
        write(con, "SELECT 1 AS a", tmp_path / "no" / "a.csv", CSV)
