"""What is answered for one order line: the determination and everything it is made of.

Outcomes follow the list, not the wish: `no-auth` stands only for a printed statement in force. The
values are named tuples because one is made for every order line that is ever asked, and a frozen
dataclass costs three times as much to make.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from precert.model import Code, Condition, Contact, Rule


class Outcome(StrEnum):
    """The answer for one order line."""

    AUTH_NEEDED = "auth-needed"
    NO_AUTH = "no-auth"
    FOLLOWS_PRIMARY = "follows-primary"
    NOT_MANAGED = "not-managed"
    INVESTIGATIONAL = "investigational"
    CONDITIONAL = "conditional"
    NOT_LISTED = "not-listed"


class Route(StrEnum):
    """Where a line goes: the case is built on the vendor's platform, or the payer is asked."""

    PLATFORM = "platform"
    PAYER = "payer"


class Fact(StrEnum):
    """Something that was not told and would settle an answer or a limit."""

    OTHER_CODES = "other-codes"
    PRIMARY_CODE = "primary-code"
    COMPANION_LINE = "companion-line"
    ABSENT_PROGRAM = "absent-program"
    PROGRAM = "program"
    PLAN = "plan"
    CLIENT_MANAGED = "client-managed"
    ACQUISITION = "acquisition"
    UNITS = "units"
    PLACE_OF_SERVICE = "place-of-service"
    MODIFIERS = "modifiers"
    AGE = "age"
    STATE = "state"
    DIAGNOSES = "diagnoses"
    NEWER_EDITION = "newer-edition"
    DEFERRED_PROGRAM = "deferred-program"
    PRINTED_LINE = "printed-line"


class Ask(NamedTuple):
    """A fact to be told, and the choices that matter (programs, states, line numbers), if any."""

    fact: Fact
    choices: tuple[str, ...] = ()


class ReasonKind(StrEnum):
    """Why an answer is what it is, beyond its rules and conditions."""

    NO_EDITION = "no-edition"
    PAST_EDITION = "past-edition"
    PAST_REVIEW = "past-review"
    LINK_ONLY_PROGRAMS = "link-only-programs"
    UNREAD_LINES = "unread-lines"
    RULE_NOT_IN_FORCE = "rule-not-in-force"
    NOT_IN_TOLD_PROGRAM = "not-in-told-program"
    DEFERRED = "deferred"
    SELECTED_BY_PROGRAM = "selected-by-program"
    SELECTED_BY_COMPANION = "selected-by-companion"
    CONDITION_NOT_MET = "condition-not-met"
    NOTHING_PRINTED = "nothing-printed"
    RULES_DISAGREE = "rules-disagree"
    PRIMARY_NOT_NAMED = "primary-not-named"
    POSSIBLE_COMPANION = "possible-companion"
    BY_RANGE = "by-range"
    EXHAUSTIVE = "exhaustive"
    """The list says that a code which it does not list needs none: the only one with `no-auth`."""
    EXHAUSTIVE_NOT_RELIED_ON = "exhaustive-not-relied-on"


class Reason(NamedTuple):
    """A reason and what it speaks of (dates, programs, `document:line`, lines, code sets)."""

    kind: ReasonKind
    subjects: tuple[str, ...] = ()


class Judged(NamedTuple):
    """A condition of a rule and its truth: True, False, or None where it is not known.

    For a limit True is met, False is violated.
    """

    rule: Rule
    condition: Condition
    truth: bool | None


class RuleAnswer(NamedTuple):
    """What one rule answers for one order line."""

    rule: Rule
    outcome: Outcome
    route: Route | None = None
    platform: str | None = None
    contact: Contact | None = None
    primary: int | None = None
    ask: tuple[Ask, ...] = ()
    conditions: tuple[Judged, ...] = ()
    limits: tuple[Judged, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Determination(NamedTuple):
    """The answer for one order line, with its evidence.

    `line` and `primary` are numbers of order lines, from 1. `platform` is None where the payer is
    the route. `alternatives` is filled only where rules disagree: what each of them answers.
    """

    line: int
    code: Code
    date_of_service: date
    outcome: Outcome
    route: Route | None
    platform: str | None
    contact: Contact | None
    primary: int | None
    rules: tuple[Rule, ...]
    conditions: tuple[Judged, ...]
    limits: tuple[Judged, ...]
    ask: tuple[Ask, ...]
    alternatives: tuple[RuleAnswer, ...]
    reasons: tuple[Reason, ...]
    rulebook: str
    """The digest of the rulebook that answered; of several editions, that of the one that did."""
