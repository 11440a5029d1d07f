"""Rejects with one cause that an option mends: which option, and how many lines it is about."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.batch.files import Run

_REASON = 2  # its place in a file of rejects, behind file and line
_WIDEST = 1 << 30  # a field may hold all that the user's own column held


class Hint(NamedTuple):
    """What many rejects have in common, and what mends them."""

    cause: str
    mend: str


_ANOTHER = "if the column is about something else, leave it out with"
_HINTS = {
    "order_id: read nothing": Hint(
        "Lines without an order",
        "the answers of other lines do not know of them; fill the order's id down, and answer the "
        "table again.",
    ),
    "is not a code": Hint(
        "Texts that are no code",
        "a code stands alone, with its zeros; modifiers have a column of their own (--map "
        "modifiers=COLUMN).",
    ),
    "say --date-format us": Hint(
        "Dates that can be read in two ways",
        "where the month comes first, say --date-format us; otherwise tell a pattern, as "
        "--date-format %d/%m/%Y.",
    ),
    "or in the form that is told": Hint(
        "Dates in another form", "tell it as a pattern, as --date-format %d-%b-%Y."
    ),
    "the rulebook knows no program": Hint(
        "Programs that the rulebook does not know", f"{_ANOTHER} --map program=."
    ),
    "the rulebook knows no plan": Hint(
        "Plans that the rulebook does not know", f"{_ANOTHER} --map plan=."
    ),
    "expected an age in whole years": Hint("Ages that are none", f"{_ANOTHER} --map age=."),
    "expected a state of two letters": Hint("States that are none", f"{_ANOTHER} --map state=."),
    "expected a diagnosis of ICD-10-CM": Hint(
        "Diagnoses that are no code of ICD-10-CM", f"{_ANOTHER} --map diagnoses=."
    ),
}
"""By what their reasons say."""
_MANY = 2


def hints(reasons: Iterable[str]) -> dict[Hint, int]:
    """Return what mends more than one reject, and how many, most first."""
    counts: Counter[Hint] = Counter()
    for reason in reasons:
        counts.update(hint for says, hint in _HINTS.items() if says in reason)
    return {hint: count for hint, count in counts.most_common() if count >= _MANY}


def reasons_of(run: Run) -> Iterable[str]:
    """Return the reasons of a run's rejects; of the first of them if they are no CSV file here."""
    path = Path(run.rejects)
    if path.suffix.lower() != ".csv" or not path.is_file():
        return [reject.reason for reject in run.first_rejects]
    before = csv.field_size_limit(_WIDEST)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return Counter(row[_REASON] for row in csv.reader(file)).elements()
    finally:
        csv.field_size_limit(before)
