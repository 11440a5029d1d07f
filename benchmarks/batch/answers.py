"""What the baselines read: the rulebook's text, and one row for each code, as analysts keep them.

The row holds what `determine` answers for the code alone on the edition's first day: no other
date, no other line. It is made beforehand and not timed.

    python -m benchmarks.batch.answers folder
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from precert import Order, OrderLine, determine, load_rulebook
from precert.batch.answers import ANSWER_COLUMNS, Answers
from precert.rulebook import write_rulebook

_TYPES = {"primary_line": pa.int32()}  # every other column is a text


def main(folder: Path) -> None:
    """Write `answers.parquet`, `rules.csv` and `rulebook.toml` of the bundled rulebook."""
    rulebook = load_rulebook()
    write_rulebook(rulebook, folder)
    answers = Answers()
    rows: list[dict[str, object]] = []
    for code in rulebook.by_code:
        line = OrderLine(code, rulebook.edition.effective_from)
        (number,) = answers.number(determine(rulebook, Order((line,), complete=True)), [0])
        row = answers.rows[number]._asdict()
        rows.append({"code": code, **row, "rulebook": rulebook.digest})
    columns = {
        name: pa.array([row.get(name) for row in rows], _TYPES.get(name, pa.string()))
        for name in ("code", *ANSWER_COLUMNS)
    }
    parquet.write_table(pa.table(columns), folder / "answers.parquet")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
