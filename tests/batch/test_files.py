"""Files in, files out: what `determine_files` promises beyond the answers themselves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from precert.batch import determine_files
from precert.errors import CallerError, TooLittleMemory, Unwritable
from tests.support.cases import rulebook_of

if TYPE_CHECKING:
    from pathlib import Path

REAL = rulebook_of()
LINES = 400_000


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of orders with every code of the list, days on both sides of the edition, bad lines.

    Of every three lines one looks at others; so the joins are as large as they get.
    """
    path = tmp_path_factory.mktemp("book") / "lines.parquet"
    codes = [str(code) for code in REAL.by_code]
    looking = ["C1767", "63650", "64480", "64479", "78434", "22899"]
    day = date(2025, 10, 1).isoformat()
    with duckdb.connect() as con:
        con.execute(
            f"""
            COPY (
                SELECT 'A' || range // 3 AS order_id, range AS line_id,
                    CASE WHEN range % 97 = 5 THEN 'bad'
                        WHEN range % 3 = 0 THEN $looking[1 + (range // 3) % {len(looking)}]
                        ELSE $codes[1 + (range * 7919) % {len(codes)}] END AS code,
                    DATE '{day}' + ((range * 31) % 540)::INTEGER AS date_of_service
                FROM range({LINES})
            ) TO '{path}' (ROW_GROUP_SIZE 20000)
            """,
            {"looking": looking, "codes": codes},
        )
    return path


@pytest.mark.parametrize(
    "threads",
    [pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow), 4],
)
def test_the_lines_stay_in_their_order(book: Path, tmp_path: Path, threads: int) -> None:
    """An engine may move lines where it joins: the larger the tables the sooner."""
    output = tmp_path / "answers.parquet"
    run = determine_files([str(book)], str(output), threads=threads)
    assert run.lines == LINES
    assert run.rejected == len(range(5, LINES, 97))
    with duckdb.connect() as con:
        found = con.sql(f"SELECT line_id FROM read_parquet('{output}', file_row_number = true)")
        ids = [line for (line,) in found.fetchall()]
    assert ids == [line for line in range(LINES) if line % 97 != 5]


def test_a_memory_that_is_too_little_is_said(book: Path, tmp_path: Path) -> None:
    output = tmp_path / "answers.parquet"
    with pytest.raises(TooLittleMemory, match="2MB of memory is too little"):
        determine_files([str(book)], str(output), memory="2MB")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", ["answers.xlsx", "answers"])
def test_an_output_of_no_known_kind_is_refused(book: Path, tmp_path: Path, output: str) -> None:
    with pytest.raises(Unwritable, match="is of no known kind; name it"):
        determine_files([str(book)], str(tmp_path / output))


def test_the_input_is_never_written_over(book: Path) -> None:
    before = book.read_bytes()
    with pytest.raises(CallerError):
        determine_files([str(book)], str(book), force=True)
    assert book.read_bytes() == before
