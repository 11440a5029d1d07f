"""Loads the language-neutral cases and compares a receipt with what a case expects.

Every face runs these cases: it answers `case.order` with `case.rulebook` and hands its JSON to
`differences`. `docs/cases.md` explains the format.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from precert.rulebook import Rulebook, load_rulebook, read_rulebook
from tests.support.rulebooks import Row, book, row

if TYPE_CHECKING:
    from precert.rulebook import AnyRulebook

FOLDER = Path(__file__).parent.parent / "cases"
SCHEMA = FOLDER / "cases.schema.json"
RULEBOOKS = FOLDER / "rulebooks"
BUNDLED = "cigna-commercial"

Json = dict[str, Any]


class CaseBook(NamedTuple):
    """Which rulebook answers: the bundled one, that of the invented rows, or one of `RULEBOOKS`.

    `edition` holds the dates that take the place of the edition's own.
    """

    name: str
    edition: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class SuiteCase:
    """One case, and the file that it stands in."""

    file: str
    name: str
    order: Json
    expect: Json
    book: CaseBook

    @property
    def rulebook(self) -> AnyRulebook:
        return _rulebook_of(self.book)

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def case_files() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*.json") if path != SCHEMA)


@cache
def all_cases() -> tuple[SuiteCase, ...]:
    """Return every case of every file, in the order of the files."""
    cases = []
    for path in case_files():
        content = json.loads(path.read_text(encoding="utf-8"))
        rows = tuple(row(**told) for told in content.get("rows", ()))
        edition = tuple(content.get("edition", {}).items())
        of_file = CaseBook(content["rulebook"], edition, rows)
        cases += [
            SuiteCase(path.stem, case["name"], case["order"], case["expect"], of_file)
            for case in content["cases"]
        ]
    return tuple(cases)


def answered_cases() -> tuple[SuiteCase, ...]:
    """Return the cases that expect determinations."""
    return tuple(case for case in all_cases() if "error" not in case.expect)


def refused_cases() -> tuple[SuiteCase, ...]:
    """Return the cases that expect an error."""
    return tuple(case for case in all_cases() if "error" in case.expect)


@cache
def rulebook_of(edition: tuple[tuple[str, str], ...] = ()) -> Rulebook:
    """Return the bundled rulebook, with other dates for its edition where a file tells them."""
    bundled = load_rulebook()
    assert isinstance(bundled, Rulebook)
    if not edition:
        return bundled
    told: Any = {name: date.fromisoformat(text) for name, text in edition}
    dated = replace(bundled.edition, **told)
    return Rulebook.build(dated, bundled.programs, bundled.plans, bundled.documents, bundled.rules)


@cache
def _rulebook_of(of_case: CaseBook) -> AnyRulebook:
    if of_case.rows:
        return book(*of_case.rows)
    if of_case.name == BUNDLED:
        return rulebook_of(of_case.edition)
    return read_rulebook(RULEBOOKS / of_case.name)


def differences(receipt: Json, expect: Json) -> list[str]:
    """Return what differs between a receipt and what was expected; nothing where they agree."""
    answers = receipt["determinations"]
    wanted = expect["determinations"]
    if len(answers) != len(wanted):
        return [f"{len(answers)} determinations, expected {len(wanted)}"]
    found = [
        f"line {want['line']}: {key} is {got[key]!r}, expected {value!r}"
        for want, answer in zip(wanted, answers, strict=True)
        for got in (_shortened(answer),)
        for key, value in _whole(want).items()
        if got[key] != value
    ]
    plan = expect.get("case_plan")
    if plan is not None and plan != receipt["case_plan"]:
        found.append(f"case_plan is {receipt['case_plan']!r}, expected {plan!r}")
    return found


def _whole(want: Json) -> Json:
    """Return the expectation with what it leaves out: nothing is expected there."""
    nothing: Json = {"contact_party": None, "limits": [], "alternatives": [], "reasons": []}
    return {**nothing, **want}


def _shortened(answer: Json) -> Json:
    """Return a determination of a receipt in the words of the cases."""
    contact = answer["contact"]
    return {
        **{key: answer[key] for key in ("line", "outcome", "route", "platform", "primary")},
        "contact_party": contact["party"] if contact else None,
        "source_lines": [rule["line"] for rule in answer["rules"]],
        "ask": sorted(ask["fact"] for ask in answer["ask"]),
        "conditions": _only(answer["conditions"], "condition", "truth"),
        "limits": _only(answer["limits"], "condition", "met"),
        "alternatives": [
            {
                "source_line": alternative["line"],
                **{key: alternative[key] for key in ("outcome", "route", "platform", "primary")},
            }
            for alternative in answer["alternatives"]
        ],
        "reasons": sorted({reason["reason"] for reason in answer["reasons"]}),
    }


def _only(values: list[Json], *keys: str) -> list[Json]:
    return [{key: value[key] for key in keys} for value in values]
