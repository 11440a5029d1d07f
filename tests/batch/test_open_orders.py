"""Orders that are not known to be whole: what is missing may be the companion of a line.

C1767 is managed only beside a code of the musculoskeletal programs; 63650 is one. Alone on a whole
order C1767 is for the payer (`not-managed`), an answer to be given only if nothing is missing.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from precert.batch import contextual, determine_files, determine_table, duckdb
from precert.errors import BadColumns

if TYPE_CHECKING:
    from pathlib import Path

    from precert.batch.asked import Asked

HEADER = "order_id,code,date_of_service\n"
DAY = "2026-03-02"
COMPANION, PRIMARY = "C1767", "63650"


def outcomes(folder: Path, text: str, name: str = "in.csv", **told: Any) -> dict[str, str]:  # noqa: ANN401 - what determine_files takes
    """Return the outcome of each answered line, by its code."""
    (folder / name).write_text(text, encoding="utf-8")
    determine_files([str(folder / name)], str(folder / "out.csv"), force=True, **told)
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["outcome"] for row in csv.DictReader(file)}


def test_blanks_around_an_order_do_not_part_it(tmp_path: Path) -> None:
    blanks = [" {}", "{} ", "\t{}", "{}\t", '"{}\r"', '"{}\n"']
    blanks += ["\u00a0{}", "{}\u00a0", "\u3000{}\u2003"]
    text = HEADER
    for at, around in enumerate(blanks):
        order = around.format(f"A{at}")
        text += f"A{at},{COMPANION},{DAY}\n{order},{PRIMARY},{DAY}\n"
    outcomes(tmp_path, text)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] == COMPANION]
    parted = [
        around
        for around, row in zip(blanks, rows, strict=True)
        if row["outcome"] != "follows-primary"
    ]
    assert parted == []


@pytest.mark.parametrize("blank", ["\t", "\u00a0", " \u3000 "])
def test_blanks_alone_are_no_order(tmp_path: Path, blank: str) -> None:
    text = f"{HEADER}A1,{PRIMARY},{DAY}\n{blank},{COMPANION},{DAY}\n"
    assert outcomes(tmp_path, text) == {PRIMARY: "auth-needed"}


def test_mended_rejects_are_not_whole_orders(tmp_path: Path) -> None:
    text = f"{HEADER}A1,{COMPANION},2026-02-30\nA1,{PRIMARY},{DAY}\n"
    assert outcomes(tmp_path, text) == {PRIMARY: "auth-needed"}
    rejects = (tmp_path / "out.rejects.csv").read_text(encoding="utf-8")
    mended = rejects.replace("A1,C1767,2026-02-30", f"A1,C1767,{DAY}")
    assert mended != rejects
    assert outcomes(tmp_path, mended, "mended.csv") == {COMPANION: "conditional"}
    complete = mended.replace("order_id,", "complete,order_id,").replace(",A1,", ",true,A1,")
    assert outcomes(tmp_path, complete, "told.csv") == {COMPANION: "conditional"}


def test_mended_rejects_of_a_table_are_not_whole_orders() -> None:
    table = pa.table(
        {
            "reject_row": [0],
            "reject_reason": ["was bad"],
            "order_id": ["A1"],
            "code": [COMPANION],
            "date_of_service": [DAY],
        }
    )
    assert determine_table(table).answers["outcome"].to_pylist() == ["conditional"]


@pytest.mark.parametrize(
    ("told", "whole", "outcome"),
    [("", True, "not-managed"), ("", False, "conditional"), ("true", False, "not-managed")],
)
def test_partial_holds_where_complete_is_not_told(
    tmp_path: Path, told: str, *, whole: bool, outcome: str
) -> None:
    lines = [f"A1,{code},{DAY},{told}\n" for code in (COMPANION, "L8680")]
    text = "order_id,code,date_of_service,complete\n" + "".join(lines)
    assert outcomes(tmp_path, text, whole=whole)[COMPANION] == outcome


@pytest.mark.parametrize(
    ("order", "record"),
    [
        ("A1", "A1,63650,2026-03-02,x,y"),
        ('"A""1"', '"A""1",63650,2026-03-02,x'),
    ],
)
def test_a_broken_record_leaves_its_order_open(tmp_path: Path, order: str, record: str) -> None:
    text = f"{HEADER}{order},{COMPANION},{DAY}\nB1,{COMPANION},{DAY}\n{record}\n"
    assert outcomes(tmp_path, f"{HEADER}{order},{COMPANION},{DAY}\n") == {COMPANION: "not-managed"}
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    determine_files([str(tmp_path / "in.csv")], str(tmp_path / "out.csv"), force=True)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert first["outcome"] == "conditional"


@pytest.mark.parametrize("order", ["x\\/1", "\\u00e9A"])
def test_a_broken_object_leaves_its_order_open(tmp_path: Path, order: str) -> None:
    line = '{"order_id": "%s", "code": "%s", "date_of_service": "%s"}'
    sound = line % (order, COMPANION, DAY)
    broken = (line % (order, PRIMARY, DAY))[:-1]
    assert outcomes(tmp_path, f"{sound}\n", "in.jsonl") == {COMPANION: "not-managed"}
    assert outcomes(tmp_path, f"{sound}\n{broken}\n", "in.jsonl") == {COMPANION: "conditional"}


@pytest.mark.parametrize("output", ["out.csv", "out.jsonl", "out.parquet"])
def test_a_column_that_differs_only_in_case_is_a_clash(tmp_path: Path, output: str) -> None:
    (tmp_path / "in.csv").write_text(
        f"order_id,code,date_of_service,Outcome\nA1,{PRIMARY},{DAY},x\n", encoding="utf-8"
    )
    with pytest.raises(BadColumns, match="the columns outcome in the table"):
        determine_files([str(tmp_path / "in.csv")], str(tmp_path / output))


def test_used_columns_that_differ_only_in_case_are_refused() -> None:
    table = pa.table(
        {
            "order_id": ["A1"],
            "CODE": [PRIMARY],
            "code": ["L2"],
            "date_of_service": [DAY],
        }
    )
    with pytest.raises(BadColumns, match="differ only in case"):
        determine_table(table, columns={"code": "CODE", "line_id": "code"})


def test_one_column_may_have_two_roles() -> None:
    table = pa.table({"order_id": ["A1"], "code": [PRIMARY], "date_of_service": [DAY]})
    found = determine_table(table, columns={"line_id": "code"})
    assert found.answers["outcome"].to_pylist() == ["auth-needed"]


def test_two_writings_of_modifiers_have_to_be_told() -> None:
    table = pa.table(
        {
            "order_id": ["A1"],
            "code": ["K0861"],
            "date_of_service": [DAY],
            "mod": ["RR"],
            "mods": ["NU"],
        }
    )
    with pytest.raises(BadColumns, match="one column for modifiers; say which"):
        determine_table(table)


def test_outputs_of_two_nights_have_two_files_of_rejects(tmp_path: Path) -> None:
    for night in ("02", "03"):
        text = f"{HEADER}A1,{PRIMARY},{DAY}\n"
        (tmp_path / "in.csv").write_text(text, encoding="utf-8")
        determine_files([str(tmp_path / "in.csv")], str(tmp_path / f"a.2026-03-{night}.csv"))
    names = {path.name for path in tmp_path.glob("*.rejects.csv")}
    assert names == {"a.2026-03-02.rejects.csv", "a.2026-03-03.rejects.csv"}


def test_a_line_that_lost_its_context_is_never_answered_by_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It would be answered as if it stood alone: the lines are counted, and the run fails."""
    complete = contextual.answer_contextual

    def forgetful(asked: Asked) -> None:
        complete(asked)
        asked.con.execute("DELETE FROM contextual")

    monkeypatch.setattr(duckdb, "answer_contextual", forgetful)
    (tmp_path / "in.csv").write_text(f"{HEADER}A1,{COMPANION},{DAY}\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="1 lines, but 0 answered and 0 rejected"):
        determine_files([str(tmp_path / "in.csv")], str(tmp_path / "out.csv"))
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
    table = pa.table({"order_id": ["A1"], "code": [COMPANION], "date_of_service": [DAY]})
    with pytest.raises(RuntimeError, match="1 lines, 0 answered, 0 rejected"):
        determine_table(table)
