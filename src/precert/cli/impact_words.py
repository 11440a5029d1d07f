"""What another edition changes for orders, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.changed_lines import Urgency
from precert.determine import Outcome
from precert.determine.words.answer import contact_in_words, outcome_in_words
from precert.model import Contact
from precert.notation import parse_conditions

if TYPE_CHECKING:
    from precert.batch.answers import AnswerRow
    from precert.batch.changed_lines import ChangedLine, Impact
    from precert.cli.diff_report import DiffReport
    from precert.model import Edition

URGENCIES = {
    Urgency.NEEDS_AUTH: "needs prior authorization now, and did not before",
    Urgency.DENIAL: "experimental now: expect a denial",
    Urgency.ELSEWHERE: "goes into a case as before, but elsewhere or otherwise",
    Urgency.TO_ASK: "somebody has to be asked now",
    Urgency.NO_AUTH: "no prior authorization now",
}


def headline(impact: Impact) -> str:
    """Return how many orders and lines change."""
    lines = f"{len(impact.changed):,} of {impact.lines:,} line{'' if impact.lines == 1 else 's'}"
    orders = f"{impact.changed_orders:,} of {impact.orders:,}"
    return f"Orders that change: {orders} ({lines})"


def notes(impact: Impact, report: DiffReport) -> list[str]:
    """Return from when the edition counts, and what was not compared."""
    after = report.after.told
    if impact.since is None:
        when = (
            f"{after} prints no first day, and none was told (--from): every line is compared, "
            "whatever its date of service."
        )
    else:
        when = (
            f"{after} is in force from {impact.since}: lines of that date of service and later are "
            "compared, earlier ones do not change."
        )
    said = [when]
    if impact.rejected:
        count = len(impact.rejected)
        said.append(
            f"{count:,} line{' was' if count == 1 else 's were'} not compared: see the rejected."
        )
    return said


def sides_in_words(line: ChangedLine, report: DiffReport) -> tuple[str, str]:
    """Return what the line was and is answered; where that is the same, what else differs."""
    before = _answer(line.before, report.before.rulebook.edition)
    after = _answer(line.after, report.after.rulebook.edition)
    if before != after:
        return before, after
    told = [
        "; ".join(
            f"{name.replace('_', ' ')}: {getattr(row, name) or 'nothing'}"
            for name in line.differing
        )
        for row in (line.before, line.after)
    ]
    return f"{before}; {told[0]}", f"{after}; {told[1]}"


def _answer(row: AnswerRow, edition: Edition) -> str:
    """Return outcome and place in words, as `check` says them."""
    parts = [outcome_in_words(Outcome(row.outcome), edition)]
    if row.platform is not None:
        parts.append(row.platform)
    elif row.route is not None and row.outcome != Outcome.NOT_MANAGED:
        parts.append(edition.payer)
    parts += [
        contact_in_words(contact, edition)
        for contact in parse_conditions(row.contact or "")
        if isinstance(contact, Contact)
    ]
    return ", ".join(parts)
