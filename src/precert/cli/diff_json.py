"""The differences of two editions as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from precert.determine.words.diff import changes_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.cli.diff_report import DiffReport
    from precert.cli.diff_sides import Side
    from precert.rulebook.difference import Difference, DifferenceKind

SCHEMA = 1

Json = dict[str, Any]


def diff_as_json(report: DiffReport) -> Json:
    """Return everything that the page says as JSON values."""
    differences = report.differences
    return {
        "schema": SCHEMA,
        "before": _side(report.before),
        "after": _side(report.after),
        "counts": _counts(differences.counts),
        "by_program": {name: _counts(counts) for name, counts in differences.by_program.items()},
        "differences": [_difference(one, report) for one in differences.found],
        "impact": _impact(report),
    }


def _impact(report: DiffReport) -> Json | None:
    if report.impact is None:
        return None
    from precert.cli.impact_table import impact_as_json

    return impact_as_json(report.impact)


def _side(side: Side) -> Json:
    book, edition = side.rulebook, side.rulebook.edition
    return {
        "told": side.told,
        "digest": book.digest,
        "payer": edition.payer,
        "line_of_business": edition.line_of_business,
        "edition": edition.name if side.dated else None,
        "effective_from": edition.effective_from.isoformat() if side.dated else None,
        "rules": len(book.rules),
        "documents": [
            {"name": document.name, "sha256": document.sha256, "unread": document.unread}
            for document in book.documents
        ],
    }


def _counts(counts: Mapping[DifferenceKind, int]) -> dict[str, int]:
    return {kind.value: count for kind, count in counts.items()}


def _difference(one: Difference, report: DiffReport) -> Json:
    said = changes_in_words(one, *report.editions)
    return {
        "kind": one.kind.value,
        "code": one.code or None,
        "program_before": one.program_before or None,
        "program_after": one.program_after or None,
        "also_in": list(one.also_in),
        "changes": [
            {
                "what": change.what,
                "before": change.before or None,
                "after": change.after or None,
                "in_words": f"{words.what}: {words.before} -> {words.after}",
            }
            for change, words in zip(one.changes, said, strict=True)
        ],
        "rule_before": one.before.rule_id if one.before else None,
        "rule_after": one.after.rule_id if one.after else None,
        "places_before": [ref._asdict() for ref in one.before_refs],
        "places_after": [ref._asdict() for ref in one.after_refs],
    }
