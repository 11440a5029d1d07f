"""What a file looks like before it is answered, and the pages of what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.batch import determine_files
from precert.batch.answered_file import AnsweredFile
from precert.batch.columns import Role
from precert.batch.preview import preview
from tests.support.cases import rulebook_of

if TYPE_CHECKING:
    from pathlib import Path

REAL = rulebook_of()
ORDERS = """Order No,CPT,DOS,Ward
A1,27447,2026-03-02,=1+1
A1,64480,2026-03-02,East
A2,nonsense,2026-03-02,East
A3,70450,2026-03-02,
"""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS, encoding="utf-8")
    return path


def test_a_preview_guesses_what_columns_mean(orders: Path) -> None:
    seen = preview(str(orders), REAL)
    assert seen.names == ("Order No", "CPT", "DOS", "Ward")
    assert (seen.lines, seen.broken) == (4, 0)
    assert seen.rows[0] == ("A1", "27447", "2026-03-02", "=1+1")
    assert seen.columns == {
        Role.ORDER_ID: ("Order No",),
        Role.CODE: ("CPT",),
        Role.DATE_OF_SERVICE: ("DOS",),
    }


def test_a_guess_refuses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("CPT,HCPCS,When\n27447,E0601,2026-03-02\nbroken\n", encoding="utf-8")
    seen = preview(str(path), REAL)
    assert seen.columns == {}
    assert (seen.lines, seen.broken) == (1, 1)


def test_pages_filter_and_count_what_was_answered(orders: Path, tmp_path: Path) -> None:
    run = determine_files([str(orders)], str(tmp_path / "answers.parquet"), REAL)
    answered = AnsweredFile(tmp_path / "answers.parquet")
    assert answered.counts("outcome") == {"auth-needed": 1, "conditional": 1, "not-managed": 1}
    page = answered.page({"outcome": "auth-needed"})
    assert page.total == 1
    assert page.rows[0][:4] == ("A1", "27447", "2026-03-02", "=1+1")
    assert answered.page({}, offset=1, limit=1).rows[0][1] == "64480"
    assert answered.page({"Ward": ""}, containing="COMMERCIAL").total == 1
    assert answered.page({}, containing="' OR 1=1").total == 0
    rejects = AnsweredFile(tmp_path / "answers.rejects.csv").page({})
    assert rejects.total == run.rejected == 1
    assert rejects.rows[0][1] == "4"
    with pytest.raises(KeyError):
        answered.page({"absent": "x"})
    with pytest.raises(KeyError):
        answered.counts("absent")


def test_all_lines_are_written_as_csv(orders: Path, tmp_path: Path) -> None:
    determine_files([str(orders)], str(tmp_path / "answers.parquet"), REAL)
    determine_files([str(orders)], str(tmp_path / "direct.csv"), REAL)
    AnsweredFile(tmp_path / "answers.parquet").write_csv(tmp_path / "answers.csv")
    written = (tmp_path / "answers.csv").read_text(encoding="utf-8")
    assert written == (tmp_path / "direct.csv").read_text(encoding="utf-8")
