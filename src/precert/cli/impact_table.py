"""What another edition changes for orders, as JSON and as a table for a spreadsheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from precert.batch.changed_lines import COMPARED
from precert.cli.csv_text import to_csv

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.batch.answers import AnswerRow
    from precert.batch.changed_lines import ChangedLine, Count, Impact

Json = dict[str, Any]

REJECTED = "rejected"
_LINE = ("order_id", "line", "code", "date_of_service", "urgency", "change", "from")
COLUMNS = (
    *_LINE,
    *(f"{side}_{name}" for name in COMPARED for side in ("before", "after")),
    *("file", "file_line", "reject_reason"),
)


def impact_beside(output: str) -> str:
    """Return where the impact goes beside a CSV file of differences: `changes.impact.csv`."""
    return re.sub(r"\.csv$", "", output, flags=re.IGNORECASE) + ".impact.csv"


def impact_as_csv(impact: Impact) -> str:
    """Return the CSV text: a row for each changed line, then one for each rejected line."""
    return to_csv(COLUMNS, _rows(impact))


def _rows(impact: Impact) -> Iterator[tuple[str, ...]]:
    for line in impact.changed:
        told = _line(line)
        answers = (
            getattr(row, name) or "" for name in COMPARED for row in (line.before, line.after)
        )
        yield (*(told[name] or "" for name in _LINE), *answers, line.file, str(line.file_line), "")
    for reject in impact.rejected:
        nothing = [""] * (len(COLUMNS) - 3)
        nothing[_LINE.index("urgency")] = REJECTED
        yield (*nothing, reject.file, str(reject.line), reject.reason)


def impact_as_json(impact: Impact) -> Json:
    """Return the impact as JSON values; `lines` counts the rejected ones too."""
    return {
        "since": impact.since.isoformat() if impact.since else None,
        "lines": impact.lines,
        "orders": impact.orders,
        "changed_lines": len(impact.changed),
        "changed_orders": impact.changed_orders,
        "rejected_lines": len(impact.rejected),
        "by_urgency": {key.value: _count(count) for key, count in impact.by_urgency.items()},
        "by_change": {key: _count(count) for key, count in impact.by_change.items()},
        "changed": [
            {
                **_line(line),
                "before": _answer(line.before),
                "after": _answer(line.after),
                "file": line.file,
                "file_line": line.file_line,
            }
            for line in impact.changed
        ],
        "rejected": [reject._asdict() for reject in impact.rejected],
        "columns": {role.value: list(names) for role, names in impact.columns.items()},
    }


def _line(line: ChangedLine) -> dict[str, str | None]:
    values = (line.order_id, line.line, line.code, line.date_of_service.isoformat())
    since = line.since.isoformat() if line.since else None
    return dict(zip(_LINE, (*values, line.urgency.value, line.change, since), strict=True))


def _answer(row: AnswerRow) -> Json:
    told = (*COMPARED, "rule_ids", "source_lines", "programs")
    return {name: getattr(row, name) for name in told}


def _count(count: Count) -> Json:
    return {"lines": count.lines, "orders": count.orders}
