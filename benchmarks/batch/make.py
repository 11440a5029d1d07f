"""A made book of orders as Parquet: real codes, invented orders, the same seed the same rows.

Ten orders of 25 lines are one block, so that the order of a line, and with a digest of its number
everything else about it, follows from the line's number alone: no thread and no run can differ.

    python -m benchmarks.batch.make 1000000 lines.parquet
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from benchmarks.batch.popularity import popularity
from precert import load_rulebook
from precert.rulebook import read_edition

if TYPE_CHECKING:
    from benchmarks.batch.popularity import Popularity

SIZES = (1, 1, 1, 1, 2, 2, 3, 4, 4, 6)
"""Lines of the orders of a block: two lines and a half on average."""

FIRST_DAY, DAYS = "2025-10-01", 547
"""Dates of service until 2027-03-31: before the edition, in it, and past its review date."""

CONTEXTUAL_PERCENT = 5
TWO_DATES_PERCENT = 5  # of the orders with several lines: three of a hundred of all orders
DEPARTMENTS = 40
SEED = 20260102


def main() -> None:
    """Make the book that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--uniform", action="store_true", help="all codes alike, not by Zipf")
    parser.add_argument("--rulebook", type=Path, help="a folder; default: the bundled rulebook")
    parser.add_argument("--threads", type=int)
    told = parser.parse_args()
    rulebook = read_edition(told.rulebook) if told.rulebook else load_rulebook()
    con = duckdb.connect(config={"threads": told.threads} if told.threads else {})
    _tables(con, popularity(rulebook, zipf=not told.uniform, seed=told.seed))
    values = {"seed": str(told.seed), "lines": told.lines}
    con.execute(f"COPY ({_LINES}) TO '{told.out}' (FORMAT parquet, PRESERVE_ORDER true)", values)


def _tables(con: duckdb.DuckDBPyConnection, popular: Popularity) -> None:
    """Create `plain` and `contextual` (a code for each slot) and `shape` (a block's 25 lines)."""
    plain = {"slot": range(len(popular.plain)), "code": popular.plain}
    placed = popular.contextual or ((None, 0, popular.all_slots),)
    contextual = {
        "slot": range(len(placed)),
        "code": pa.array([one[0] for one in placed], pa.string()),
        "first": [one[1] for one in placed],
        "slots": [one[2] for one in placed],
    }
    shape = [(nth, at, size) for nth, size in enumerate(SIZES) for at in range(size)]
    of_block = dict(zip(("nth", "place", "size"), zip(*shape, strict=True), strict=True))
    tables = {
        "plain": plain,
        "contextual": contextual,
        "shape": {"line": range(len(shape)), **of_block},
    }
    for name, columns in tables.items():
        con.register("made", pa.table({key: pa.array(column) for key, column in columns.items()}))
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM made")
    con.execute(f"SET VARIABLE all_slots = {popular.all_slots}")
    con.execute(f"SET VARIABLE contextual_slots = {len(placed)}")


# md5 is the same in every version of DuckDB; its own `hash` is not. Different bits of a digest are
# as good as different draws.
_LINES = f"""
WITH numbered AS (
  SELECT i.range AS i, i.range // {sum(SIZES)} * {len(SIZES)} + nth AS o, place, size
  FROM range($lines) AS i JOIN shape ON shape.line = i.range % {sum(SIZES)}
), drawn AS (
  SELECT *,
    md5_number_lower($seed || ' line ' || i) AS of_line,
    md5_number_lower($seed || ' order ' || o) AS of_order,
    md5_number_upper($seed || ' order ' || o) AS also_of_order
  FROM numbered
), placed AS (
  SELECT drawn.*, contextual.code AS contextual, first, slots,
    contextual.code IS NOT NULL AND (of_order & 65535) % 100 < {CONTEXTUAL_PERCENT} AS looks,
    size > 1 AND (also_of_order & 65535) % 100 < {TWO_DATES_PERCENT} AND place * 2 >= size AS later
  FROM drawn
  JOIN contextual ON contextual.slot = (of_order >> 16) % getvariable('contextual_slots')
)
SELECT
  format('A{{:08d}}', o + 1) AS order_id,
  i + 1 AS line_id,
  CASE WHEN looks AND place = (of_order >> 48) % size THEN contextual ELSE plain.code END AS code,
  DATE '{FIRST_DAY}' + CAST(
    least((also_of_order >> 16) % {DAYS} + if(later, 14, 0), {DAYS - 1}) AS INTEGER
  ) AS date_of_service,
  format('D{{:02d}}', (of_line >> 48) % {DEPARTMENTS} + 1) AS department
FROM placed
JOIN plain ON plain.slot = if(
  looks, first + of_line % slots, of_line % getvariable('all_slots')
)
"""

if __name__ == "__main__":
    main()
