"""What a batch did, as JSON: everything that its page says, for the job that started it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from precert.batch.files import Run
    from precert.batch.summary import Summary
    from precert.rulebook import AnyRulebook, Rulebook

SCHEMA = 1

Json = dict[str, Any]


def run_as_json(run: Run, book: AnyRulebook, engine: str) -> Json:
    """Return a finished run as JSON values; `lines` is always `answered` + `rejected`."""
    return {
        "schema": SCHEMA,
        "engine": engine,
        "columns": {role.value: list(names) for role, names in run.columns.items()},
        "lines": run.lines,
        "answered": run.answered,
        "rejected": run.rejected,
        "output": run.output,
        "rejects": run.rejects,
        "first_rejects": [
            {"file": file, "line": line, "reason": reason}
            for file, line, reason in run.first_rejects
        ],
        "summary": None if run.summary is None else _summary(run.summary),
        "rulebook": _rulebook(book),
        "stages": [
            {"name": stage.name, "seconds": round(stage.seconds, 3)} for stage in run.stages
        ],
    }


def _rulebook(book: AnyRulebook) -> Json:
    """Return the edition that answered; of several, their digest together and each of them."""
    editions = [_edition(one) for one in book.editions]
    return editions[0] if len(editions) == 1 else {"digest": book.digest, "editions": editions}


def _edition(book: Rulebook) -> Json:
    edition = book.edition
    return {
        "digest": book.digest,
        "edition": edition.name,
        "payer": edition.payer,
        "line_of_business": edition.line_of_business,
        "effective_from": edition.effective_from.isoformat(),
        "review_by": edition.review_by.isoformat(),
    }


def _summary(summary: Summary) -> Json:
    return {
        "outcomes": summary.outcomes,
        "routes": summary.routes,
        "programs": summary.programs,
        "case_plan": summary.case_plan,
        "for_a_person": round(summary.for_a_person, 6),
    }
