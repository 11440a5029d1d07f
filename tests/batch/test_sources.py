"""Every record of a file is in `lines` or in `broken`, once, and untouched."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precert.batch.sources import Source, open_source, text_engine
from precert.batch.sources.text_records import records
from precert.errors import UnreadableLines
from tests.support.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = list[tuple[object, ...]]

HEADER = b"order_id,code,units\n"
SOUND = b"A1,12345,1\n"


def opened(*paths: Path | str) -> tuple[Source, Rows, Rows]:
    """Open the paths; return the source, its lines, and line, reason and text of what is broken."""
    with duckdb.connect() as con:
        source = open_source(con, [str(path) for path in paths])
        lines = con.execute("FROM lines ORDER BY _precert_file, _precert_row").fetchall()
        broken = con.execute("SELECT line, reason, text FROM broken ORDER BY ALL").fetchall()
        return source, lines, broken


def written(folder: Path, data: bytes, name: str = "orders.csv") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(data)
    return path


def read(folder: Path, data: bytes, name: str = "orders.csv") -> tuple[Rows, Rows]:
    """Return the user's columns of the lines, and line and reason of what is broken."""
    _, lines, broken = opened(written(folder, data, name))
    return [line[2:] for line in lines], [found[:2] for found in broken]


# ------------------------------------------------------------------------------ CSV: what is kept


def test_texts_come_through_untouched_and_an_empty_field_is_null(tmp_path: Path) -> None:
    lines, broken = read(tmp_path, HEADER + b'NULL,0123, 27447 \n,"",\\N\nNA,1e5,true\n')
    assert lines == [("NULL", "0123", " 27447 "), (None, None, "\\N"), ("NA", "1e5", "true")]
    assert broken == []


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1,2\n3,4\n",
        b"a,b\n1,2\n3,4",
        b"a,b\r\n1,2\r\n3,4\r\n",
        b"a,b\r1,2\r3,4\r",
        b"a,b\r\n1,2\n3,4\r",
        b"\xef\xbb\xbfa,b\n1,2\n3,4\n",
        b"\n\na,b\n\n1,2\n\n\n3,4\n\n",
        b"a,b\r\n\r\n1,2\r\n3,4\r\n\r\n",
        b"a;b\n1;2\n3;4\n",
        b"a|b\n1|2\n3|4\n",
        b"a\tb\n1\t2\n3\t4\n",
        b'"a","b"\n"1","2"\n"3","4"\n',
    ],
)
def test_line_ends_marks_empty_lines_and_delimiters(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) == ([("1", "2"), ("3", "4")], [])


def test_the_delimiter_is_the_headers_not_the_lines(tmp_path: Path) -> None:
    assert read(tmp_path, b"a;b\n1,5;2,5\n") == ([("1,5", "2,5")], [])
    assert read(tmp_path, b"a\tb,c\n1\t2,3\n", "orders.tsv") == ([("1", "2,3")], [])


def test_quoted_line_ends_quotes_and_odd_letters(tmp_path: Path) -> None:
    data = 'a,b\n"1\n2","say ""no"""\n"x\r\ny",5" wide\n"p\rq",a\0b\n\u00e9\u2028\x0c,\U0001f600\n'
    lines, broken = read(tmp_path, data.encode())
    assert lines == [
        ("1\n2", 'say "no"'),
        ("x\r\ny", '5" wide'),
        ("p\rq", "a\0b"),
        ("\u00e9\u2028\x0c", "\U0001f600"),
    ]
    assert broken == []


def test_an_empty_line_of_a_single_column_is_a_line_with_an_empty_field(tmp_path: Path) -> None:
    assert read(tmp_path, b"code\n1\n\n3\n") == ([("1",), (None,), ("3",)], [])
    assert read(tmp_path, b'code\r\n1\r\n\r\n"3\r"\r\n') == ([("1",), (None,), ("3\r",)], [])


# ---------------------------------------------------------------------------- CSV: what is broken


def test_a_wrong_number_of_fields_is_told_once_with_its_line(tmp_path: Path) -> None:
    lines, broken = read(tmp_path, HEADER + SOUND + b"A2\n\nA3,1,2,3,4,5\n" + SOUND)
    assert len(lines) == 2
    assert broken == [
        (3, "read 1 field, expected 3 as in the header"),
        (5, "read 6 fields, expected 3 as in the header"),
    ]


@pytest.mark.parametrize(
    "line", [b"A2,1,2,", b'A2,1,2,""', b"A2,,,,,", b'"A2,",1,,', b'"A\n2",1,,', b"A2,1,,\r"]
)
@pytest.mark.parametrize("end", [b"", b"\n", b"\n" + SOUND])
def test_a_field_too_many_is_one_even_where_it_is_empty(
    tmp_path: Path, line: bytes, end: bytes
) -> None:
    """A line with a delimiter in a text has its columns moved, and the last is often empty."""
    lines, broken = read(tmp_path, HEADER + b"A1,12345,\n" + line + end)
    assert len(lines) == (2 if SOUND in end else 1)
    assert [(line, str(reason)[-28:]) for line, reason in broken] == [
        (3, "s, expected 3 as in the header"[-28:])
    ]


def test_the_line_of_a_broken_record_counts_quoted_line_ends(tmp_path: Path) -> None:
    data = HEADER + b'A1,"1\n2\n3",1\nA2,7\n' + SOUND
    _, _, broken = opened(written(tmp_path, data))
    assert broken == [(5, "read 2 fields, expected 3 as in the header", "A2,7")]


def test_bytes_that_are_no_utf8_break_their_record_alone(tmp_path: Path) -> None:
    lines, broken = read(tmp_path, HEADER + b"A1,\xff,1\n" + SOUND)
    assert (len(lines), broken) == (1, [(2, "is not UTF-8; save the file as UTF-8")])
    again = read(tmp_path, HEADER + b'A1,\xff,1\nA2,5"x,1\n')  # read in Python, for the quote
    assert (len(again[0]), again[1]) == (1, broken)


@pytest.mark.parametrize("after", [3, 2000])
def test_a_quote_that_does_not_close_says_how_many_lines_it_takes(
    tmp_path: Path, after: int
) -> None:
    lines, broken = read(tmp_path, HEADER + SOUND + b'A2,"12345,1\n' + SOUND * after)
    assert lines == [("A1", "12345", "1")]
    reason = "its quote does not close before the end of the file"
    assert broken == [(3, f"{reason}; {after + 1} lines of the file are lost in it")]


def test_a_quote_that_does_not_close_is_given_up_in_the_end(tmp_path: Path) -> None:
    size = 40_000
    lines, broken = read(tmp_path, HEADER + b'A2,"12345,1\n' + SOUND * size)
    assert len(broken) == 1
    line, reason = broken[0]
    assert line == 2
    taken = int(str(reason).split("; ")[1].split()[0])
    assert "longer than 131072 letters" in str(reason)
    assert taken > 1000
    assert len(lines) + taken == size + 1


def test_wrong_quotes_break_the_record_and_never_a_blank_beside_one(tmp_path: Path) -> None:
    data = b'a,b\n"1"x,2\n"1" ,2\n3, "4"\n5,6\n'
    lines, broken = read(tmp_path, data)
    assert lines == [("3", ' "4"'), ("5", "6")]
    assert [line for line, _ in broken] == [2, 3]
    assert all("its quotes are wrong" in str(reason) for _, reason in broken)


def test_a_quote_that_swallows_lines_up_to_the_next_one(tmp_path: Path) -> None:
    lines, broken = read(tmp_path, HEADER + b'A1,"1,1\nA2,"2",1\n' + SOUND)
    assert len(lines) == 1
    assert broken[0][0] == 2
    assert "2 lines of the file are lost in it" in str(broken[0][1])


def test_a_record_that_is_too_long(tmp_path: Path) -> None:
    data = HEADER + b"A1," + b"x" * 3_000_000 + b",1\n" + SOUND
    _, lines, broken = opened(written(tmp_path, data))
    assert [line[2] for line in lines] == ["A1"]
    assert [(line, len(str(text))) for line, _, text in broken] == [(2, 10_000)]


def test_a_field_of_a_hundred_thousand_letters_is_read(tmp_path: Path) -> None:
    wide = "\u00e9" * 100_000
    assert read(tmp_path, f"a,b\n{wide},1\n".encode()) == ([(wide, "1")], [])


def test_what_the_engine_loses_is_read_again_in_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = text_engine.insert_lines

    def losing(
        con: duckdb.DuckDBPyConnection, number: int, path: str, header: object, options: str
    ) -> int:
        loaded = whole(con, number, path, header, options)  # type: ignore[arg-type]  # passed on
        if "store_rejects" in options:
            con.execute("DELETE FROM lines WHERE _precert_row = 1")
            return loaded - 1
        return loaded

    monkeypatch.setattr(text_engine, "insert_lines", losing)
    lines, broken = read(tmp_path, HEADER + SOUND * 5 + b"A2\n")
    assert (len(lines), len(broken)) == (5, 1)


# ---------------------------------------------------------------------------- CSV: what is refused


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty, expected a header line"),
        (b"a,,b\n1,2,3\n", "column 2 of 3 has no name"),
        (b"a,b,A\n1,2,3\n", "two columns are named 'a' and 'A'"),
        (b"a,_precert_row\n1,2\n", "'_precert_row' has a name that precert uses itself"),
        (b"a,\xff\n1,2\n", "the header in line 1 cannot be read: is not UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "read UTF-16, expected UTF-8"),
    ],
)
def test_a_header_that_names_no_columns_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = written(tmp_path, data)
    with pytest.raises(UnreadableLines) as told:
        opened(path)
    assert str(path) in str(told.value)
    assert said in str(told.value)


def test_damaged_gzip_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(HEADER + SOUND * 1000)
    with pytest.raises(UnreadableLines, match="cut off or damaged"):
        opened(written(tmp_path, packed[:-12], "orders.csv.gz"))
    with pytest.raises(UnreadableLines, match="Not a gzipped file"):
        opened(written(tmp_path, SOUND, "orders.jsonl.gz"))


# --------------------------------------------------------------------------------- several files


def test_headers_that_differ_are_united_by_name(tmp_path: Path) -> None:
    first = written(tmp_path, b"id,code\nA1,1\nA2\n", "a.csv")
    second = written(tmp_path, gzip.compress(b"Code;note\n2;x\n3;y\n"), "b.csv.gz")
    source, lines, broken = opened(first, second)
    assert (source.names, source.types) == (("id", "code", "note"), ("VARCHAR",) * 3)
    assert lines == [
        (0, 0, "A1", "1", None),
        (1, 0, None, "2", "x"),
        (1, 1, None, "3", "y"),
    ]
    assert [line for line, _, _ in broken] == [3]


def test_a_folder_gives_its_files_sorted_and_passes_by_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.csv", "sub/a.csv", ".c.csv.host-1.partial", ".hidden.csv", "_temp/d.csv"):
        written(tmp_path, HEADER + SOUND, name)
    written(tmp_path, b"no lines", "README.md")
    source, _, _ = opened(tmp_path)
    assert source.files == (str(tmp_path / "b.csv"), str(tmp_path / "sub" / "a.csv"))
    assert opened(tmp_path / "[!_]*" / "*.csv")[0].files == source.files[1:]
    assert opened(*source.files, tmp_path)[0].files == source.files


def test_files_of_two_kinds_and_paths_to_nothing_are_refused(tmp_path: Path) -> None:
    written(tmp_path, HEADER, "a.csv")
    written(tmp_path, b'{"a": 1}\n', "b.jsonl")
    with pytest.raises(UnreadableLines, match=r"several kinds: csv .*a\.csv\), jsonl"):
        opened(tmp_path)
    with pytest.raises(UnreadableLines, match="no file has a name like it; looked for"):
        opened(tmp_path / "*.tsv")
    with pytest.raises(UnreadableLines, match="of no known kind"):
        opened(written(tmp_path, b"", "c.txt"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableLines, match="holds no file of a known kind"):
        opened(tmp_path / "empty")


NAMES = ["a b", "a'b", 'a"b', "a*b", "a?b", "a[1]", "\u00fc\u4e2d", "a%20b", "{a,b}", "~", "a;b"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_the_name_of_one_file(tmp_path: Path, name: str) -> None:
    for other in ("axb", "a1"):
        written(tmp_path, HEADER + SOUND, f"{other}.csv")
        written(tmp_path, b'{"a": 1}\n', f"{other}.jsonl")
    csv_path = written(tmp_path, HEADER + SOUND + SOUND, f"{name}.csv")
    assert [len(opened(csv_path)[1]), opened(csv_path)[0].files] == [2, (str(csv_path),)]
    assert len(opened(written(tmp_path, b'{"a": 1}\n' * 3, f"{name}.jsonl"))[1]) == 3
    numbers = parquet(tmp_path, "x.parquet", "SELECT range FROM range(4)")
    assert len(opened(numbers.rename(tmp_path / f"{name}.parquet"))[1]) == 4


def test_a_connection_opens_one_source_after_the_other(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        for path in (
            parquet(tmp_path, "a.parquet", "SELECT 1 AS a"),
            written(tmp_path, HEADER + SOUND),
            tmp_path / "a.parquet",
            written(tmp_path, b'{"a": 1}\n', "a.jsonl"),
        ):
            open_source(con, [str(path)])
            assert con.execute("SELECT count(*) FROM lines").fetchone() == (1,)


def test_rows_are_numbered_in_the_order_of_a_long_file(tmp_path: Path) -> None:
    """Longer than the engine's buffer, so that its threads would take parts of it."""
    size = 200_000
    data = b"number,x\n" + b"".join(b"%d,%0200d\n" % (i, i) for i in range(size))
    with duckdb.connect(config={"threads": 8}) as con:
        open_source(con, [str(written(tmp_path, data))])
        wrong = con.execute("SELECT count(*) FROM lines WHERE _precert_row <> number").fetchone()
        assert wrong == (0,)
        assert con.execute("SELECT count(*) FROM lines").fetchone() == (size,)


# -------------------------------------------------------------------------------------- JSON Lines


def test_json_values_come_as_printed(tmp_path: Path) -> None:
    printed = ["0.10", "-0", "1E400", "123456789012345678901234567890", '"7.50, 8"', "true",
               '[1.0,{"z":-2.50e+3,"s":"a: 1.50, [2.0]"}]', '"\\"1.0"']  # fmt: skip
    data = "".join(f'{{"a": {value}, "s": "x 5.0"}}\n' for value in printed)
    lines, broken = read(tmp_path, data.encode(), "orders.jsonl")
    assert lines == [(value, '"x 5.0"') for value in printed]
    assert broken == []


def test_json_keys_are_united_and_null_is_absent(tmp_path: Path) -> None:
    data = b'{"b": null, "a/~.\\"*": 1}\n{"c": "null", "b": 2}\n{}\n'
    source, lines, broken = opened(written(tmp_path, data, "orders.ndjson"))
    assert (source.names, source.types) == (("b", 'a/~."*', "c"), ("JSON",) * 3)
    assert [line[2:] for line in lines] == [(None, "1", None), ("2", None, '"null"'), (None,) * 3]
    assert broken == []


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_broken_json_is_told_with_its_line(tmp_path: Path, end: bytes) -> None:
    texts = [b'{"a": 1}', b"", b"bad", b"[1]", b'{"a": "\xff"}', b"  ", b'{"a": 1} {"a": 2}',
             b'{"a": 1,}', b'{"a": NaN}', b'{"a": 1, "a": 2}', b'{"a": ", ] nan"}',
             b'{"a": "\x01"}', b'{"a": 2}']  # fmt: skip
    path = written(tmp_path, end.join(texts), "orders.jsonl")
    _, lines, broken = opened(path)
    assert [line[1:] for line in lines] == [(0, "1"), (10, '", ] nan"'), (12, "2")]
    assert [line for line, _, _ in broken] == [3, 4, 5, 7, 8, 9, 10, 12]
    assert [str(reason)[:13] for _, reason, _ in broken] == [
        "is no JSON; e", "is JSON, but ", "is not UTF-8;", "is no JSON; e", "is no JSON; e",
        "is no JSON; e", "the key 'a' s", "holds the con",
    ]  # fmt: skip


def test_json_lines_without_an_object_or_with_two_spellings_of_a_key_are_refused(
    tmp_path: Path,
) -> None:
    with pytest.raises(UnreadableLines, match="no line holds an object with a key"):
        read(tmp_path, b'[{"a": 1},\n{"a": 2}]\n', "a.jsonl")
    with pytest.raises(UnreadableLines, match="'code' and 'Code'"):
        read(tmp_path, b'{"code": 1}\n{"Code": 2}\n', "a.jsonl")


# ----------------------------------------------------------------------------------------- Parquet


def parquet(folder: Path, name: str, select: str) -> Path:
    with duckdb.connect() as con:
        con.sql(select).write_parquet(str(folder / name))
    return folder / name


def test_parquet_is_a_view_and_a_missing_column_is_null(tmp_path: Path) -> None:
    first = parquet(tmp_path, "a.parquet", "SELECT range AS n, 'x' AS code FROM range(2)")
    second = parquet(tmp_path, "b.parquet", "SELECT DATE '2026-01-02' AS day, 5 AS n")
    with duckdb.connect() as con:
        source = open_source(con, [str(first), str(second)])
        assert con.execute("FROM lines ORDER BY 1, 2").fetchall()[2][:4] == (1, 0, 5, None)
        kinds = "SELECT table_type FROM information_schema.tables WHERE table_name = 'lines'"
        assert con.execute(kinds).fetchall() == [("VIEW",)]
    assert source.names == ("n", "code", "day")
    assert source.types == ("BIGINT", "VARCHAR", "DATE")


def test_parquet_that_is_none_or_does_not_go_together_is_refused(tmp_path: Path) -> None:
    sound = parquet(tmp_path, "a.parquet", "SELECT 1 AS code")
    other = parquet(tmp_path, "b.parquet", "SELECT {'x': 1} AS code")
    with pytest.raises(UnreadableLines, match=r"parquet: .*'?code'? .*INTEGER"):
        opened(sound, other)
    with pytest.raises(UnreadableLines, match=r"c\.parquet: cannot be read as Parquet"):
        opened(sound, written(tmp_path, b"code\n1\n", "c.parquet"))
    taken = parquet(tmp_path, "d.parquet", "SELECT 1 AS file_row_number")
    with pytest.raises(UnreadableLines, match="a name of DuckDB's; rename it"):
        opened(taken)


# ----------------------------------------------------------------------------- whatever was written

TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    " \"',;|\t\r\n\\01a", max_size=8
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 4))
    return draw(st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=8))


@settings(max_examples=examples(10, 40))
@given(
    table=tables(),
    delimiter=st.sampled_from(",;|\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_csv_writes_is_read(
    table: list[list[str]], delimiter: str, end: str, quoting: int
) -> None:
    if end == "\n" and quoting == csv.QUOTE_MINIMAL:  # Python writes a CR alone without quotes
        table = [[field.replace("\r", "") for field in record] for record in table]
    names = [f"c{place}" for place in range(len(table[0]))]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]  # an int
    writer.writerows([names, *table])
    with TemporaryDirectory() as folder:
        lines, broken = read(Path(folder), text.getvalue().encode())
    assert broken == []
    assert lines == [tuple(field or None for field in record) for record in table]


PIECES = st.sampled_from(
    [b",", b'"', b"\n", b"\r\n", b"\r", b" ", b"a", b"1", b"\xff", b"\xc3\xa9", b"\0", b'""', b'",']
)


@settings(max_examples=examples(15, 80))
@given(st.lists(PIECES, max_size=40))
def test_any_bytes_are_conserved(pieces: Sequence[bytes]) -> None:
    """The two ways to read agree on the file, whichever of them was taken."""
    data = b"a,b\n" + b"".join(pieces)
    with TemporaryDirectory() as folder:
        path = written(Path(folder), data)
        _, lines, broken = opened(path)
        expected = list(records(str(path), ","))[1:]
    good = [tuple(field or None for field in r.fields) for r in expected if not r.reason]
    assert [line[2:] for line in lines] == good
    assert [line for line, _, _ in broken] == [r.line for r in expected if r.reason]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@settings(max_examples=examples(10, 40))
@given(
    st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), JSON), min_size=1, max_size=6),
    st.booleans(),
)
def test_what_json_writes_is_read(objects: list[dict[str, object]], ascii_only: bool) -> None:  # noqa: FBT001  (hypothesis passes it)
    if not any(objects):
        objects = [{"a": 1}]
    data = "".join(json.dumps(value, ensure_ascii=ascii_only) + "\n" for value in objects)
    with TemporaryDirectory() as folder:
        source, lines, broken = opened(written(Path(folder), data.encode(), "orders.jsonl"))
    assert broken == []
    for line, value in zip(lines, objects, strict=True):
        found = {
            name: json.loads(str(text))
            for name, text in zip(source.names, line[2:], strict=True)
            if text is not None
        }
        assert found == {key: inner for key, inner in value.items() if inner is not None}
