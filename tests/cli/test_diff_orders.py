"""`precert diff --orders`: which orders get another answer, in every form, none of them lost."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from precert.cli.impact_page import FIRST
from precert.cli.impact_table import COLUMNS
from precert.rulebook import load_rulebook
from tests.cli import invented
from tests.cli.edited_list import ADDED, EditedList, edit_thirty, look_otherwise
from tests.cli.test_diff import AFTER
from tests.cli.test_html import checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Run

GOLDEN = Path(__file__).parent / "golden" / "diff"
HOSTILE = "=1+<b>"
ORDERS = f"""\
Accession,Line No,CPT,DOS
{HOSTILE},1,A7030,2026-05-04
A-2,1,E0255,2026-05-02
A-2,2,E0250,2026-05-02
A-3,1,A7031,2026-05-02
A-4,1,E0255,2026-03-31
A-5,1,E02555,2026-05-02
"""


@pytest.fixture
def orders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two editions and a book of orders; it is the current one."""
    (tmp_path / "before.md").write_text(invented.LIST, encoding="utf-8")
    (tmp_path / "after.md").write_text(AFTER, encoding="utf-8")
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


TOLD = ("diff", "before.md", "after.md", "--orders", "orders.csv", "--from", "2026-04-01")


@pytest.mark.usefixtures("orders")
def test_a_page_in_full(run: Run, golden: Callable[[Path, str], None]) -> None:
    done = run(*TOLD)
    assert done.exit_code == 1
    golden(GOLDEN / "orders.out", done.stdout)


@pytest.mark.usefixtures("orders")
def test_every_form_says_the_same_of_every_line(run: Run) -> None:
    told: dict[str, Any] = json.loads(run(*TOLD, "--format", "json").stdout)["impact"]
    assert [(one["order_id"], one["change"]) for one in told["changed"]] == [
        ("A-2", "not-listed -> auth-needed"),
        ("A-2", "auth-needed -> not-listed"),
        (HOSTILE, "auth-needed -> no-auth"),
    ]
    assert {one["from"] for one in told["changed"]} == {told["since"]} == {"2026-04-01"}
    assert (told["lines"], told["orders"], told["changed_orders"]) == (6, 5, 2)
    assert run(*TOLD, "--format", "csv", "-o", "told.csv").exit_code == 1
    with Path("told.impact.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["urgency"] for row in rows] == [
        *(one["urgency"] for one in told["changed"]),
        "rejected",
    ]
    assert rows[2]["order_id"] == f"'{HOSTILE}"
    assert (rows[3]["file_line"], rows[3]["reject_reason"]) == ("7", told["rejected"][0]["reason"])
    assert len(Path("told.csv").read_text("utf-8").splitlines()) > 1
    read = checked(run(*TOLD, "--format", "html").stdout)
    assert {HOSTILE, "A-2", "2026-05-04", "Orders that change: 2 of 5 (3 of 6 lines)"} <= set(
        read.words
    )
    assert "orders-rejected" in read.values("id")


def test_a_page_shows_the_first_and_counts_all(run: Run, orders: Path) -> None:
    lines = [f"A-{at},1,A7030,2026-05-02" for at in range(FIRST + 5)]
    bad = ["B-1,1,A703O,2026-05-02"] * 7
    text = "\n".join(["Accession,Line No,CPT,DOS", *lines, *bad, ""])
    (orders / "orders.csv").write_text(text, encoding="utf-8")
    said = run(*TOLD[:-2]).stdout
    assert "after.md prints no first day, and none was told (--from)" in said
    assert "Orders that change: 25 of 26 (25 of 32 lines)" in said
    assert "These are the first 20 of 25" in said
    assert "Rejected, not compared, the first 5 of 7" in said
    assert said.count("\nA-") == FIRST


def test_equal_lists_with_a_rejected_line_exit_with_1(run: Run, orders: Path) -> None:
    same = ("diff", "before.md", "before.md", "--orders", "orders.csv")
    assert run(*same).exit_code == 1
    (orders / "orders.csv").write_text(ORDERS.replace("E02555", "E0255"), encoding="utf-8")
    done = run(*same)
    assert done.exit_code == 0
    assert "Orders that change: 0 of 5 (0 of 6 lines)" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--map", "code=CPT"), "--map says nothing without --orders"),
        (("--partial",), "--partial says nothing without --orders"),
        (("--from", "2026-04-01"), "--from says nothing without --orders"),
        (("--impact-output", "x.csv"), "--impact-output says nothing without --orders"),
        (("--orders", "orders.csv", "--format", "csv"), "say where to write"),
        (("--orders", "orders.csv", "--map", "CPT"), "expected ROLE=COLUMN"),
    ],
)
@pytest.mark.usefixtures("orders")
def test_options_that_say_nothing_are_refused(
    run: Run, arguments: tuple[str, ...], said: str
) -> None:
    done = run("diff", "before.md", "after.md", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.usefixtures("orders")
def test_another_first_day_than_the_edition_tells_is_refused(run: Run, book: Path) -> None:
    told = ("--orders", "orders.csv", "--from", "2026-04-01")
    done = run("diff", "before.md", str(book), *told)
    assert done.exit_code == 2
    assert "read 2026-04-01, expected 2026-01-01" in done.stderr


@pytest.mark.usefixtures("orders")
def test_no_report_is_written_over_the_orders(run: Run) -> None:
    told = (*TOLD, "--format", "csv", "-o", "told.csv", "--impact-output", "orders.csv", "--force")
    assert run(*told).exit_code == 2
    assert Path("orders.csv").read_text("utf-8") == ORDERS
    assert not Path("told.csv").exists()


@pytest.mark.usefixtures("orders")
def test_a_missing_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    done = run(*TOLD)
    assert done.exit_code == 2
    assert "pip install 'precert[batch]'" in done.stderr
    assert run(*TOLD[:3]).exit_code == 1


@pytest.mark.real_list
def test_the_impact_of_thirty_edits(run: Run, real_list: Path, tmp_path: Path) -> None:
    edited = EditedList(real_list, load_rulebook())
    edit_thirty(edited)
    (tmp_path / "edited.md").write_text(look_otherwise(edited.text()), encoding="utf-8")
    codes = [*(one.code for one in edited.expected), "72148", "E0601", "27447"]
    lines = [f"A-{code},{code},2026-05-04" for code in codes]
    path = tmp_path / "orders.csv"
    path.write_text("\n".join(["order id,code,date of service", *lines, ""]), encoding="utf-8")
    told = json.loads(
        run(
            *("diff", "bundled", str(tmp_path / "edited.md"), "--format", "json"),
            *("--orders", str(path), "--from", "2026-04-01"),
        ).stdout
    )["impact"]
    assert Counter(one["change"] for one in told["changed"]) == {
        "not-listed -> auth-needed": 5,
        "auth-needed -> not-listed": 5,
        "auth-needed -> no-auth": 4,
        "auth-needed: platform": 3,
        "auth-needed: case_key": 2,  # moved to another program on the same platform
        "auth-needed: ask": 3,  # purchase or rental, where the note allows purchase only
        "auth-needed -> not-managed": 1,
        "auth-needed -> investigational": 1,
        "not-managed -> auth-needed": 1,
    }
    first = [one["code"] for one in told["changed"] if one["urgency"] == "needs-auth"]
    assert set(first) > set(ADDED)
    assert first == [one["code"] for one in told["changed"][:6]]
    assert told["rejected"] == []
