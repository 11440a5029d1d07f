from __future__ import annotations

import csv
import gzip
import json
import random
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from precert.batch import determine_table
from precert.errors import BadColumns, UnreadableLines, Unwritable
from tests.support.rulebooks import book, row
from tests.support.spark import NOT_OURS, spark_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pyspark.sql import SparkSession

    from precert.batch import Run

pytestmark = [pytest.mark.slow, *(pytest.mark.filterwarnings(each) for each in NOT_OURS)]

Line = dict[str, Any]

BOOK = book(
    row("Wheels", "K0001", "required", "with-program(Wheels, Air); with-code(K0009)"),
    row("Wheels", "K0002", "add-on"),
    row("Wheels", "K0003"),
    row("Air", "E0601", "not-required"),
    row("Air", "E0602", "required", "purchase-above(500)"),
    row("Knees", "L1833", "required", "for-plan(Silver)"),
)
CODES = ("K0001", "K0002", "K0003", "K0009", "E0601", "E0602", "L1833", "e0601", "K00O1", None)
DAYS = ("2026-03-02", "2026-03-03", "2026-03-02", "2026-13-01", "03/04/2026")


@pytest.fixture(scope="session")
def spark() -> SparkSession:
    return spark_session()


@pytest.fixture
def tiny_pieces(spark: SparkSession) -> Iterator[None]:
    """Let Spark cut files into pieces of three thousand bytes."""
    size, name = "spark.sql.files.maxPartitionBytes", "spark.sql.files.openCostInBytes"
    told = {key: str(spark.conf.get(key)) for key in (size, name)}
    spark.conf.set(size, "3000")
    spark.conf.set(name, "1")
    yield
    for key, value in told.items():
        spark.conf.set(key, value)


def run(spark: SparkSession, inputs: Sequence[Path], output: Path, **told: Any) -> Run:  # noqa: ANN401 - whatever determine_spark takes
    from precert.batch.spark import determine_spark  # noqa: PLC0415 - PySpark warns when imported

    return determine_spark(spark, [str(path) for path in inputs], str(output), BOOK, **told)


def drawn(count: int, seed: int = 7) -> list[Line]:
    """Return lines whose orders are spread all over, with everything that may be wrong."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    ids = [f"A{number}" for number in range(count // 4)]
    return [
        {
            "order_id": draw.choice([*ids, None]) if number % 50 == 0 else draw.choice(ids),
            "code": draw.choice(CODES[:-2]) if number % 20 else draw.choice(CODES),
            "date_of_service": DAYS[0] if number % 25 else draw.choice(DAYS),
            "plan": draw.choice([None, "Silver"]) if number % 30 == 0 else None,
            "note": f'line {number}, "é"',
        }
        for number in range(count)
    ]


def write_csv(path: Path, lines: Iterable[Line]) -> Path:
    listed = list(lines)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, listed[0])
        writer.writeheader()
        writer.writerows(listed)
    return path


def read_csv(folder: Path) -> list[Line]:
    rows = []
    for part in sorted(folder.glob("part-*.csv")):
        with part.open(encoding="utf-8", newline="") as file:
            rows += [
                {name: value or None for name, value in row.items()} for row in csv.DictReader(file)
            ]
    return rows


def by_duckdb(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return what the embedded engine answers, every value as a text."""
    answers, rejects, _ = determine_table(pa.Table.from_pylist(list(lines)), BOOK)
    return as_texts(answers.to_pylist()), as_texts(rejects.to_pylist())


def as_texts(rows: Iterable[Line]) -> list[Line]:
    return [
        {name: None if value is None else str(value) for name, value in row.items()} for row in rows
    ]


def in_order(rows: Iterable[Line]) -> list[Line]:
    return sorted(rows, key=lambda row: str(row["note"]))


def in_their_order(rows: Iterable[Line]) -> list[Line]:
    """Return the rows as their files held them, by file and ordinal, without these two."""
    placed = sorted(rows, key=lambda row: (row["file"], int(str(row["ordinal"]))))
    return [
        {name: value for name, value in row.items() if name not in {"file", "ordinal"}}
        for row in placed
    ]


@pytest.mark.usefixtures("tiny_pieces")
def test_answers_and_rejects_are_those_of_the_embedded_engine(
    spark: SparkSession, tmp_path: Path
) -> None:
    lines = drawn(800)
    inputs = [
        write_csv(tmp_path / "a.csv", lines[:300]),
        write_csv(tmp_path / "b.csv", lines[300:]),
    ]
    done = run(spark, inputs, tmp_path / "out.csv")
    answers, rejects = by_duckdb(lines)
    assert in_their_order(read_csv(tmp_path / "out.csv")) == answers
    assert len({answer["outcome"] for answer in answers}) > 3
    found = in_order(read_csv(tmp_path / "out.rejects.csv"))
    reasons = [(each["note"], each["reject_reason"]) for each in found]
    assert reasons == [(each["note"], each["reject_reason"]) for each in in_order(rejects)]
    assert len(rejects) > 10
    places = {each["note"]: (each["reject_file"], each["reject_line"]) for each in found}
    for number, line in enumerate(lines):
        if line["note"] in places:
            here = (
                (str(inputs[0]), str(number + 2))
                if number < 300
                else (str(inputs[1]), str(number - 298))
            )
            assert places[line["note"]] == here
    assert (done.lines, done.answered, done.rejected) == (800, len(answers), len(rejects))
    assert done.first_rejects[0].file == str(inputs[0])


def test_parquet_keeps_its_types_and_the_order_of_its_files(
    spark: SparkSession, tmp_path: Path
) -> None:
    lines = [line | {"n": number, "parts": [number]} for number, line in enumerate(drawn(400, 3))]
    folder = tmp_path / "in.parquet"
    folder.mkdir()
    for part in range(2):
        table = pa.Table.from_pylist(lines[200 * part : 200 * (part + 1)])
        parquet.write_table(table, folder / f"{part} [x].parquet", row_group_size=50)
    done = run(spark, [folder], tmp_path / "out.parquet", summary=True)
    answers, _, counted = determine_table(pa.Table.from_pylist(lines), BOOK)
    found = parquet.read_table(tmp_path / "out.parquet")
    assert in_their_order(found.to_pylist()) == answers.to_pylist()
    assert found.schema.field("parts").type.value_type == pa.int64()
    assert done.summary == counted
    assert done.lines == 400


def test_json_lines_go_through_as_they_are_printed(spark: SparkSession, tmp_path: Path) -> None:
    texts = [
        '{"order_id": 7, "code": "K0003", "dos": "2026-03-02", "line_id": 12, "x": 0.10}',
        "",
        "{no",
        "[1]",
        '{"order_id": "7", "code": "K0002", "dos": 20260302, "n": {"a": [1.50, null]}}',
        '{"order_id": "8", "code": "K0002", "dos": "2026-03-02", "x": null, "x": 1}',
    ]
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(texts).encode()))
    done = run(spark, [path], tmp_path / "out.jsonl")
    (part,) = [
        part.read_text() for part in (tmp_path / "out.jsonl").glob("part*") if part.stat().st_size
    ]
    first, second = part.splitlines()
    assert first.startswith(
        '{"order_id":7,"code":"K0003","dos":"2026-03-02","line_id":12,"x":0.10,'
    )
    assert '"n":{"a":[1.50, null]}' in second.replace(",null", ", null")
    assert json.loads(second)["primary_line"] == 12
    assert [each[1] for each in done.first_rejects] == [3, 4, 6]
    assert (done.lines, done.answered) == (5, 2)


def test_broken_records_are_rejects_and_their_orders_are_not_whole(
    spark: SparkSession, tmp_path: Path
) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(
        b"\xef\xbb\xbforder_id,code,dos,note\r\n"
        b"A1,K0001,2026-03-02,whole\r\n"
        b"\r\n"
        b"A2,K0001,2026-03-02,lost a line\r\n"
        b"A2,E0601\r\n"
        b"A3,E0601,2026-03-02,\xff\r\n"
        b'A4,E0601,2026-03-02,"two\r\nlines"\r\n'
        b'A5,E0601,"2026-03-02"x,quote\r\n'
        b'A6,E0601,2026-03-02,"never closed\r\n'
        b"A7,E0601,2026-03-02,swallowed\r\n"
    )
    done = run(spark, [path], tmp_path / "out.csv")
    answers = {row["order_id"]: row for row in read_csv(tmp_path / "out.csv")}
    assert set(answers) == {"A1", "A2", "A4"}
    assert (answers["A1"]["outcome"], answers["A2"]["outcome"]) == ("not-managed", "conditional")
    assert answers["A4"]["note"] == "two\nlines"
    rejects = read_csv(tmp_path / "out.rejects.csv")
    assert sorted(int(row["reject_line"]) for row in rejects) == [5, 6, 9, 10]
    (swallowed,) = [row for row in rejects if row["reject_line"] == "10"]
    assert "2 lines of the file are lost in it" in swallowed["reject_reason"]
    assert "A7,E0601" in swallowed["reject_text"]
    assert (done.lines, done.answered, done.rejected) == (7, 3, 4)


def test_a_line_is_read_alone_only_where_no_quote_can_stay_open(spark: SparkSession) -> None:
    from precert.batch.spark.text import _may_open  # noqa: PLC0415 - PySpark warns when imported

    draw = random.Random(11)  # noqa: S311 - no secret
    texts = ["".join(draw.choices('",a ;', k=draw.randrange(1, 12))) for _ in range(5_000)]
    frame = spark.createDataFrame([(text,) for text in texts], "value string")
    for delimiter in ",;":
        told = frame.select("value", _may_open(frame["value"], delimiter)).collect()
        for text, may_open in told:
            assert may_open or not stays_open(text, delimiter), (text, delimiter)
    assert not all(may_open for _, may_open in told if may_open is not None)


def stays_open(text: str, delimiter: str) -> bool:
    try:
        list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def test_headers_are_united_by_name(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("order_id,code,dos\nA1,K0003,2026-03-02\n")
    (tmp_path / "b.csv").write_text("DOS;Note;code;order_id\n2026-03-02;x;K0002;A1\n")
    run(spark, [tmp_path], tmp_path / "out.tsv")
    text = "".join(part.read_text() for part in (tmp_path / "out.tsv").glob("part*"))
    assert "A1\tK0002\t2026-03-02\tx\tfollows-primary" in text
    assert "A1\tK0003\t2026-03-02\t\tauth-needed" in text


def test_chunks_hold_whole_orders(spark: SparkSession) -> None:
    del spark  # importing PySpark warns; the session did that
    from precert.batch.spark.worker import KEY, _whole_orders  # noqa: PLC0415 - as above

    keys = [f"k{number // 7:03}" for number in range(500)] + ["z"] * 300
    batches = pa.table({KEY: keys}).to_batches(max_chunksize=13)
    chunks = [
        [key for batch in chunk for key in batch.column(KEY).to_pylist()]
        for chunk in _whole_orders(batches, 40)
    ]
    assert [key for chunk in chunks for key in chunk] == keys
    assert len(chunks) > 5
    for one, other in pairwise(chunks):
        assert one[-1] != other[0]


def test_a_frame_keeps_its_columns_and_names_them_apart(spark: SparkSession) -> None:
    from precert.batch.spark import determine_frame  # noqa: PLC0415 - PySpark warns when imported

    lines = [
        ("A1", "K0003", "x"),
        ("A1", "K0002", "y"),
        (" A1 ", "K0009", "z"),
        (None, "K0003", "n"),
    ]
    frame = spark.createDataFrame(lines, "`the.order` string, cpt string, outcome string")
    frame = frame.selectExpr("*", "DATE'2026-03-02' AS dos")
    told = {"order_id": "the.order"}
    with pytest.raises(BadColumns, match="outcome"):
        determine_frame(frame, BOOK, columns=told)
    found = determine_frame(frame, BOOK, columns=told, prefix="auth_")
    assert found.columns[:5] == ["the.order", "cpt", "outcome", "dos", "auth_outcome"]
    rows = {row["outcome"]: row for row in found.collect()}
    assert rows["y"]["auth_primary_line"] == 1
    assert rows["n"]["reject_reason"].startswith("order_id: read nothing")
    assert rows["n"]["auth_outcome"] is None


def test_what_cannot_be_read_or_written_is_refused(spark: SparkSession, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "in.csv", drawn(8))
    with pytest.raises(UnreadableLines, match="leads to no file"):
        run(spark, [tmp_path / "none.csv"], tmp_path / "out.csv")
    with pytest.raises(UnreadableLines, match="cannot be reached"):
        run_at(spark, "nofs://x/a.csv", tmp_path)
    with pytest.raises(Unwritable, match="is read as an input"):
        run(spark, [path], path, force=True)
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(Unwritable, match="is there already"):
        run(spark, [path], tmp_path / "out.csv")
    with pytest.raises(Unwritable, match="no known kind"):
        run(spark, [path], tmp_path / "out")
    run(spark, [path], tmp_path / "out.csv", force=True)
    assert {each.name for each in tmp_path.iterdir()} == {"in.csv", "out.csv", "out.rejects.csv"}


def run_at(spark: SparkSession, address: str, folder: Path) -> None:
    from precert.batch.spark import determine_spark  # noqa: PLC0415 - PySpark warns when imported

    determine_spark(spark, [address], str(folder / "out.csv"), BOOK)
