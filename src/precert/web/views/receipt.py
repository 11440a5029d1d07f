"""The receipt, schema 1, as typed values: what `determine.receipt` returns, key by key.

An answer is encoded from the receipt itself; OpenAPI describes it by these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from precert.determine import Acquisition, Fact, Outcome, ReasonKind, Route
from precert.model import ContactParty, Requirement

LineNumber = Annotated[int, Meta(ge=1)]
"""A line of the order, from 1."""


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document that an edition was compiled from: file name and sha256 (hex)."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweringEdition:
    """An edition that answered, with the lines it answered where several editions did."""

    lines: tuple[LineNumber, ...] | UnsetType = UNSET
    digest: str
    edition: str
    payer: str
    line_of_business: str
    vendor: str
    effective_from: date
    effective_to: date | None
    review_by: date
    documents: tuple[NamedDocument, ...]


@dataclass(frozen=True, slots=True)
class AnsweredBy:
    """The edition that answered the order; `editions` instead, where several did."""

    digest: str | UnsetType = UNSET
    edition: str | UnsetType = UNSET
    payer: str | UnsetType = UNSET
    line_of_business: str | UnsetType = UNSET
    vendor: str | UnsetType = UNSET
    effective_from: date | UnsetType = UNSET
    effective_to: date | UnsetType | None = UNSET
    review_by: date | UnsetType = UNSET
    documents: tuple[NamedDocument, ...] | UnsetType = UNSET
    editions: tuple[AnsweringEdition, ...] | UnsetType = UNSET


_ONE_OR_SEVERAL = {
    "oneOf": [{"required": ["digest", "edition", "documents"]}, {"required": ["editions"]}]
}


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line of the order: every fact, null where it was not told."""

    line: LineNumber
    code: str
    date_of_service: date
    modifiers: tuple[str, ...] | None
    units: int | None
    program: str | None
    place_of_service: str | None
    acquisition: Acquisition | None


@dataclass(frozen=True, slots=True)
class ToldFacts:
    """What was told; it can be asked again as it is. Null is a fact that was not told."""

    complete: bool | None
    plan: str | None
    client_managed: bool | None
    age: int | None
    state: str | None
    diagnoses: tuple[str, ...] | None
    lines: tuple[ToldLine, ...]


@dataclass(frozen=True, slots=True)
class ContactView:
    """Whom to reach, and how."""

    party: ContactParty
    phone: str | None
    fax: str | None


@dataclass(frozen=True, slots=True)
class CitedRule:
    """A rule that an answer rests on, and the place that prints it."""

    rule_id: str
    program: str
    category: str
    heading: str
    requirement: Requirement
    effective_from: date | None
    effective_to: date | None
    document: str
    line: int
    page: int | None
    sheet: str | None
    area: str | None


@dataclass(frozen=True, slots=True)
class JudgedCondition:
    """A condition in precert's notation and its truth; null is not known."""

    rule_id: str
    condition: str
    truth: bool | None


@dataclass(frozen=True, slots=True)
class JudgedLimit:
    """A limit in precert's notation: met, violated (false), or not known (null)."""

    rule_id: str
    condition: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact that would settle the answer, and the choices that matter, if any."""

    fact: Fact
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """What one rule answers, where rules disagree."""

    rule_id: str
    program: str
    document: str
    line: int
    page: int | None
    sheet: str | None
    area: str | None
    outcome: Outcome
    route: Route | None
    platform: str | None
    contact: ContactView | None
    primary: LineNumber | None


@dataclass(frozen=True, slots=True)
class GivenReason:
    """Why an answer is what it is, and what the reason speaks of."""

    reason: ReasonKind
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeterminationView:
    """The answer to one line of the order."""

    line: LineNumber
    code: str
    date_of_service: date
    outcome: Outcome
    route: Route | None
    platform: str | None
    contact: ContactView | None
    primary: LineNumber | None
    rules: tuple[CitedRule, ...]
    conditions: tuple[JudgedCondition, ...]
    limits: tuple[JudgedLimit, ...]
    ask: tuple[AskedFact, ...]
    alternatives: tuple[Alternative, ...]
    reasons: tuple[GivenReason, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case to build: where, of which program, with which lines."""

    route: Route
    platform: str | None
    program: str
    lines: tuple[LineNumber, ...]


@dataclass(frozen=True, slots=True)
class CasePlanView:
    """The lines of the order, sorted by what is to be done; each stands in one place."""

    cases: tuple[CaseView, ...]
    no_case: tuple[LineNumber, ...]
    ask_payer: tuple[LineNumber, ...]
    for_a_person: tuple[LineNumber, ...]


@dataclass(frozen=True, slots=True)
class LineWords:
    """The answer to one line in sentences."""

    line: LineNumber
    outcome: str
    route: str
    next_step: str
    ask: tuple[str, ...]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """The whole answer in sentences; they take no part in verification."""

    determinations: tuple[LineWords, ...]
    case_plan: tuple[str, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to an order; docs/receipt.md describes it."""

    schema: Literal[1]
    rulebook: Annotated[AnsweredBy, Meta(extra_json_schema=_ONE_OR_SEVERAL)]
    facts: ToldFacts
    determinations: tuple[DeterminationView, ...]
    case_plan: CasePlanView
    words: ReceiptWords
