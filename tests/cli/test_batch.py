"""`precert batch`: every line is answered or a reject with its place; what is wrong is said."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyarrow import parquet

from precert.batch import ANSWER_COLUMNS
from tests.cli.worklist import BAD, HEADER, good_line, write_worklist

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Run

GOLDEN = Path(__file__).parent / "golden" / "batch"


class Batch:
    """Runs `precert batch` on the invented rulebook, in a folder of its own."""

    def __init__(self, run: Run, book: Path, folder: Path) -> None:
        self._run, self._book, self.folder = run, book, folder

    def __call__(self, *arguments: str, code: int = 0) -> str:
        """Run it, compare its exit code, and return what it printed."""
        done = self._run("batch", *arguments, "--rulebook", str(self._book))
        assert done.exit_code == code, done.output
        return done.output

    def write(self, name: str, *lines: str) -> str:
        (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return name


@pytest.fixture
def batch(run: Run, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Batch:
    monkeypatch.chdir(tmp_path)  # paths in messages are as they were told
    return Batch(run, book, tmp_path)


def rows_of(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_bad_lines_among_ten_thousand(batch: Batch) -> None:
    write_worklist(Path("worklist.csv"), 10_000, BAD)
    said = batch("worklist.csv", "answers.csv", code=1)
    assert "10,000 lines = 9,988 answered + 12 rejected" in said
    assert "Rejected, the first 5 of 12" in said
    answers, rejects = rows_of("answers.csv"), rows_of("answers.rejects.csv")
    found = [
        tuple(row[name] for name in ("reject_file", "reject_line", "reject_reason"))
        for row in rejects
    ]
    assert found == [("worklist.csv", str(line), bad.reason) for line, bad in BAD.items()]
    own = HEADER.split(",")
    good = [good_line(line) for line in range(2, 10_002) if line not in BAD]
    assert [",".join(row[name] for name in own) for row in answers] == good
    assert list(answers[0]) == [*own, *ANSWER_COLUMNS]


def test_a_reject_keeps_its_columns_unless_it_is_no_line(batch: Batch) -> None:
    write_worklist(Path("worklist.csv"), 10_000, BAD)
    batch("worklist.csv", "answers.csv", code=1)
    kept = {int(row["reject_line"]): row for row in rows_of("answers.rejects.csv")}
    own = HEADER.split(",")
    for line, bad in BAD.items():
        fields = ",".join(kept[line][name] for name in own)
        expected = (bad.text, "") if bad.is_line else ("," * (len(own) - 1), bad.text)
        assert (fields, kept[line]["reject_text"]) == expected


def test_all_answered_is_0_and_leaves_a_file_without_rejects(batch: Batch) -> None:
    write_worklist(Path("worklist.csv"), 30)
    said = batch("worklist.csv", "answers.parquet")
    assert "30 lines = 30 answered + 0 rejected" in said
    assert "Rejects: answers.rejects.csv (none)" in said
    assert rows_of("answers.rejects.csv") == []
    assert parquet.read_metadata("answers.parquet").num_rows == 30


def test_a_page_in_full(batch: Batch, golden: Callable[[Path, str], None]) -> None:
    write_worklist(Path("worklist.csv"), 10_000, BAD)
    said = batch("worklist.csv", "answers.csv", "--summary", code=1)
    assert all(len(line) <= 100 and line == line.rstrip() for line in said.splitlines())
    golden(GOLDEN / "page.out", said)


def test_json_in_full(batch: Batch, golden: Callable[[Path, str], None]) -> None:
    write_worklist(Path("worklist.csv"), 10_000, BAD)
    said: dict[str, Any] = json.loads(batch("worklist.csv", "answers.csv", "--json", code=1))
    assert said["lines"] == said["answered"] + said["rejected"]
    for counts in ("outcomes", "routes", "programs", "case_plan"):
        assert sum(said["summary"][counts].values()) == said["answered"]
    for stage in said["stages"]:
        assert stage["seconds"] >= 0
        stage["seconds"] = 0
    golden(GOLDEN / "run.json", json.dumps(said, indent=2) + "\n")


def test_columns_are_told_and_left_out(batch: Batch) -> None:
    batch.write("in.csv", "Fall,Ziffer,Tag,Plan", "A1,E0621,2.3.2026,privat")
    told = ("--map", "order-id=Fall", "--map", "Code = Ziffer", "--map", "date_of_service=Tag")
    said = batch("in.csv", "out.csv", *told, "--map", "plan=", "--date-format", "%d.%m.%Y")
    assert "\n  code:            Ziffer\n" in said
    assert "plan:" not in said
    assert rows_of("out.csv")[0]["outcome"] == "auth-needed"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("code", "read 'code', expected ROLE=COLUMN, as in code=CPT"),
        ("=CPT", "read '=CPT', expected ROLE=COLUMN"),
        ("colour=CPT", "read 'colour' as what a column means, expected one of order_id, code"),
        ("code=HCPC", "read the column 'HCPC', expected one of the table's: order_id, CPT, dos"),
        ("code=CPT,dos", "read several columns for code: CPT,dos, expected one column"),
        ("code=", "expected a column for code; say which, as in --map code=NAME"),
    ],
)
def test_a_wrong_map_is_refused(batch: Batch, told: str, said: str) -> None:
    batch.write("in.csv", "order_id,CPT,dos", "A1,E0621,2026-03-02")
    assert said in batch("in.csv", "out.csv", "--map", told, code=2)
    assert not Path("out.csv").exists()


def test_a_role_is_told_once(batch: Batch) -> None:
    maps = ("--map", "modifiers=a", "--map", "Modifiers=b")
    assert "modifiers is told twice" in batch("in.csv", "out.csv", *maps, code=2)


def test_a_missing_column_is_named(batch: Batch) -> None:
    batch.write("in.csv", "order_id,CPT,day", "A1,E0621,2026-03-02")
    said = batch("in.csv", "out.csv", code=2)
    assert "expected a column for date_of_service" in said
    assert "--map date_of_service=NAME" in said
    assert sorted(path.name for path in batch.folder.iterdir()) == ["in.csv"]


def test_a_clash_of_names_is_refused_and_a_prefix_mends_it(batch: Batch) -> None:
    batch.write("in.csv", "order_id,CPT,dos,outcome", "A1,E0621,2026-03-02,won")
    assert "read the columns outcome in the table" in batch("in.csv", "out.csv", code=2)
    batch("in.csv", "out.csv", "--prefix", "auth_")
    (row,) = rows_of("out.csv")
    assert (row["outcome"], row["auth_outcome"]) == ("won", "auth-needed")


def test_an_output_is_replaced_only_by_force(batch: Batch) -> None:
    write_worklist(Path("in.csv"), 3)
    Path("out.csv").write_text("mine", encoding="utf-8")
    said = batch("in.csv", "out.csv", code=2)
    assert "out.csv exists" in said
    assert Path("out.csv").read_text("utf-8") == "mine"
    assert not Path("out.rejects.csv").exists()
    batch("in.csv", "out.csv", "--force")
    assert len(rows_of("out.csv")) == 3


def test_an_input_is_never_written_over(batch: Batch) -> None:
    write_worklist(Path("in.csv"), 3)
    before = Path("in.csv").read_bytes()
    assert "is one of the files that are read" in batch("in.csv", "in.csv", "--force", code=2)
    assert Path("in.csv").read_bytes() == before


@pytest.mark.parametrize("inputs", [("night",), ("night/*.csv",), ("night/b.csv", "night/a.csv")])
def test_a_folder_a_pattern_and_several_files(batch: Batch, inputs: tuple[str, ...]) -> None:
    Path("night").mkdir()
    batch.write("night/a.csv", "order_id,CPT,dos", "A1,E0621,2026-03-02", "A2,E062l,2026-03-02")
    batch.write("night/b.csv", "order_id,CPT,dos", "B1,E0625,2026-03-02")
    said = batch(*inputs, "out.csv", code=1)
    assert "3 lines = 2 answered + 1 rejected" in said
    assert "night/a.csv:3: code: 'E062l' is not a code" in said
    expected = ["B1", "A1"] if len(inputs) > 1 else ["A1", "B1"]
    assert [row["order_id"] for row in rows_of("out.csv")] == expected


def test_rejects_go_where_they_are_told_to(batch: Batch) -> None:
    batch.write("in.csv", "order_id,CPT,dos", "A1,E062l,2026-03-02")
    said = batch("in.csv", "out.csv", "--rejects", "bad.csv", code=1)
    assert "Rejects: bad.csv" in said
    assert [row["reject_line"] for row in rows_of("bad.csv")] == ["2"]
    assert not Path("out.rejects.csv").exists()


def test_an_order_in_a_table_is_whole_unless_told_otherwise(batch: Batch) -> None:
    batch.write("in.csv", "order_id,CPT,dos", "A1,E0782,2026-03-02")
    said = batch("in.csv", "whole.csv")
    assert "The lines of an order are taken as all of it; say --partial if they are not." in said
    said = batch("in.csv", "part.csv", "--partial")
    assert "The lines of an order are not all of it: so told" in said
    outcomes = [rows_of(name)[0]["outcome"] for name in ("whole.csv", "part.csv")]
    assert outcomes == ["not-managed", "conditional"]


def test_a_column_says_whether_an_order_is_whole(batch: Batch) -> None:
    batch.write(
        "in.csv", "order_id,CPT,dos,complete", "A,E0782,2026-03-02,no", "B,E0782,2026-03-02,y"
    )
    said = batch("in.csv", "out.csv")
    assert "Whether its lines are the whole order is told by complete." in said
    assert [row["outcome"] for row in rows_of("out.csv")] == ["conditional", "not-managed"]


@pytest.mark.parametrize(
    ("column", "value", "mended"),
    [
        ("dos", "03/02/2026", "--date-format us"),
        ("dos", "2-Mar-2026", "--date-format %d-%b-%Y"),
        ("program", "Ward 7", "--map program="),
        ("plan", "Silver", "--map plan="),
    ],
)
def test_an_option_that_mends_rejects_is_named(
    batch: Batch, column: str, value: str, mended: str
) -> None:
    told = {"order_id": "A1", "CPT": "E0621", "dos": "2026-03-02", column: value}
    good = {**told, column: "" if column != "dos" else "2026-03-02"}
    lines = [",".join(row.values()) for row in (told, good, told)]
    batch.write("in.csv", ",".join(told), *lines)
    said = " ".join(batch("in.csv", "out.csv", code=1).split())
    assert mended in said.partition("(2 lines):")[2]
    said = batch("in.csv", "mended.csv", *mended.split(), code=1 if column == "dos" else 0)
    assert "What mends more than one" not in said
    assert ("2 answered + 1 rejected" if column == "dos" else "3 answered") in said


def test_dates_in_the_order_of_the_usa(batch: Batch) -> None:
    batch.write("in.csv", "order_id,CPT,dos", "A1,E0640,05/06/2026", "A2,E0640,06/05/2026")
    batch("in.csv", "out.csv", "--date-format", "us")
    assert [row["outcome"] for row in rows_of("out.csv")] == ["not-managed", "no-auth"]


def test_a_date_format_that_is_none_is_refused(batch: Batch) -> None:
    batch.write("in.csv", "order_id,CPT,dos", "A1,E0621,05/06/2026")
    said = batch("in.csv", "out.csv", "--date-format", "european", code=2)
    assert "'european', expected us, or a pattern" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--master", "local"), "--master says nothing to --engine duckdb"),
        (("--engine", "spark", "--memory", "1GB"), "--memory says nothing to --engine spark"),
        (("--engine", "spark", "--threads", "2"), "--threads says nothing to --engine spark"),
        (("--memory", "much"), "read 'much', expected a size, as 512MB or 4GB"),
        (("--memory", "512"), "read '512', expected a size"),
        (("--threads", "0"), "'--threads': 0 is not in the range"),
        (("--engine", "polars"), "'polars' is not one of"),
        (("--rejects", ""), "read an empty name"),
        (("--rejects", "out.csv"), "is named for two outputs"),
    ],
)
def test_options_that_say_nothing_are_refused(
    batch: Batch, options: tuple[str, ...], said: str
) -> None:
    write_worklist(Path("in.csv"), 3)
    assert said in batch("in.csv", "out.csv", *options, code=2)
    assert not Path("out.csv").exists()


@pytest.mark.parametrize("paths", [("", "out.csv"), ("in.csv", "")])
def test_an_empty_name_is_refused(batch: Batch, paths: tuple[str, str]) -> None:
    write_worklist(Path("in.csv"), 3)
    assert "read an empty name, expected that of a file" in batch(*paths, code=2)


def test_one_name_is_not_enough(batch: Batch) -> None:
    assert "Missing argument" in batch("in.csv", code=2)


@pytest.mark.parametrize(
    ("name", "holds", "said"),
    [
        ("absent.csv", None, "absent.csv: is no file, and no file has a name like it"),
        ("empty.csv", b"", "empty.csv: is empty, expected a header line"),
        ("list.xlsx", b"PK", "list.xlsx: is of no known kind, expected .parquet"),
        ("no.parquet", b"PAR1", "no.parquet"),
        ("twice.csv", b"a,a\n1,2\n", "twice.csv: two columns are named 'a'"),
    ],
)
def test_what_cannot_be_read_at_all_is_3(
    batch: Batch, name: str, holds: bytes | None, said: str
) -> None:
    if holds is not None:
        Path(name).write_bytes(holds)
    assert said in batch(name, "out.csv", code=3)
    assert not Path("out.csv").exists()


@pytest.mark.parametrize("output", ["out.xlsx", "out", "absent/out.csv"])
def test_an_output_that_cannot_be_is_refused(batch: Batch, output: str) -> None:
    write_worklist(Path("in.csv"), 3)
    assert output.partition("/")[0] in batch("in.csv", output, code=2)


@pytest.mark.parametrize("suffix", ["parquet", "csv", "csv.gz", "tsv", "jsonl"])
def test_from_every_kind_to_every_kind(batch: Batch, suffix: str) -> None:
    write_worklist(Path("in.csv"), 9)
    batch("in.csv", "direct.csv")
    batch("in.csv", f"there.{suffix}", "--prefix", "first_")
    batch(f"there.{suffix}", "back.csv")
    own = [*HEADER.split(","), *ANSWER_COLUMNS]
    back = [{name: row[name] for name in own} for row in rows_of("back.csv")]
    assert back == rows_of("direct.csv")
