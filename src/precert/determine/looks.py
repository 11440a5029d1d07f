"""What an answer depends on beyond the code: other facts, other lines, and the turning days.

A batch settles a code once for all lines that tell nothing its rules look at, and asks `determine`
again only where they do. That is right only while this module names everything the answering half
looks at; `tests/determine/test_looks.py` holds it to that.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import IntFlag, auto
from typing import TYPE_CHECKING, NamedTuple

from precert.model import (
    AddOnTo,
    Age,
    AtHome,
    AtPlace,
    ClientSpecific,
    Contact,
    DefersTo,
    DeniedIfRequested,
    DescribeProcedure,
    ForPlan,
    InState,
    NoAuthStated,
    Otherwise,
    Purchase,
    PurchaseAbove,
    Requirement,
    UnitsAbove,
    Unless,
    Unread,
    WithCode,
    WithDiagnosis,
    WithModifier,
    WithProgram,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from precert.determine.order_line import OrderLine
    from precert.model import Code, CodeRange, Condition, Rule, ScopeGuard
    from precert.rulebook import AnyRulebook

_DAY = timedelta(days=1)


class Look(IntFlag):
    """Facts that an answer may look at; `OTHER_LINES` with whether they are the whole order."""

    PROGRAM = auto()
    ACQUISITION = auto()
    PLACE_OF_SERVICE = auto()
    OTHER_LINES = auto()
    PLAN = auto()
    CLIENT_MANAGED = auto()
    UNITS = auto()
    MODIFIERS = auto()
    AGE = auto()
    STATE = auto()
    DIAGNOSES = auto()


def looks_at(rules: Iterable[Rule]) -> Look:
    """Return which facts beside code and date the answer of a line may look at.

    `rules` are all rules of its code. A told program is looked at whatever the rules say.
    """
    looks = Look.PROGRAM
    for rule in rules:
        if _is_add_on(rule):
            looks |= Look.OTHER_LINES
        for condition in rule.conditions:
            looks |= _looks_at(condition)
    return looks


class Among(NamedTuple):
    """Which other lines an answer may look at: of programs, of codes, and those not listed."""

    programs: frozenset[str]
    codes: frozenset[Code]
    not_listed: bool
    primaries: frozenset[Code | CodeRange] = frozenset()
    """Further codes and ranges of codes, which an add-on may follow."""


def looks_among(rules: Iterable[Rule]) -> Among:
    """Return which other lines of an order the answer of a line may look at.

    `rules` are all rules of its code. A line counts as of a program if its code has a rule there.
    """
    programs: set[str] = set()
    codes: set[Code] = set()
    primaries: set[Code | CodeRange] = set()
    not_listed = False
    for rule in rules:
        if _is_add_on(rule):
            programs.add(rule.program)
        for condition in rule.conditions:
            match condition:
                case WithProgram(named):
                    programs.update(named)
                case WithCode(named_codes):
                    codes.update(named_codes)
                case AddOnTo(of_file):
                    primaries.update(of_file)
                case PurchaseAbove():  # counts the program's lines; one not listed may be another
                    programs.add(rule.program)
                    not_listed = True
                case _:
                    pass
    return Among(frozenset(programs), frozenset(codes), not_listed, frozenset(primaries))


def _is_add_on(rule: Rule) -> bool:
    return Requirement.ADD_ON in {rule.requirement, rule.otherwise}


def seen_by_others(rules: Sequence[Rule]) -> Hashable:
    """Return all that the answers of other lines may see of a line, None where that is its code.

    `rules` are all rules of its code, which no other rule names. Lines that tell the same and are
    of codes with one key answer alike for every other line of their order.
    """
    required = {rule.requirement is Requirement.REQUIRED for rule in rules}
    if len(required) > 1 or not all(_is_plain(rule) for rule in rules):
        return None  # it may turn out to be a companion, and is asked for by its code
    return tuple(
        (
            *(rule.program, rule.category, rule.heading, rule.requirement, rule.platform),
            *(rule.effective_from, rule.effective_to),
        )
        for rule in rules
    )


def _is_plain(rule: Rule) -> bool:
    return (
        not rule.conditions
        and not rule.descriptor_add_on
        and rule.requirement not in {Requirement.UNLISTED, Requirement.UNREAD, Requirement.ADD_ON}
    )


def tells(line: OrderLine) -> Look:
    """Return which facts the line itself tells."""
    told = Look(0)
    if line.program is not None:
        told |= Look.PROGRAM
    if line.acquired() is not None:
        told |= Look.ACQUISITION
    if line.place_of_service is not None:
        told |= Look.PLACE_OF_SERVICE
    if line.units is not None:
        told |= Look.UNITS
    if line.modifiers is not None:
        told |= Look.MODIFIERS
    return told


def turning_days(rulebook: AnyRulebook, rules: Iterable[Rule]) -> tuple[date, ...]:
    """Return the days on which an answer by these rules may turn, sorted, the first day there is.

    Between two of them no date changes an answer, other than by being the same as another line's.
    """
    begins = {date.min}
    ends: set[date | None] = set()
    for book in rulebook.editions:  # another edition answers from the day on which it begins
        begins.add(book.edition.effective_from)
        ends |= {book.edition.review_by, book.edition.effective_to}
    for rule in rules:
        begins.add(rule.effective_from or date.min)
        ends.add(rule.effective_to)
        for statement in rule.statements:
            match statement:
                case NoAuthStated(effective_from) | Contact(effective_from=effective_from):
                    begins.add(effective_from or date.min)
                case DeniedIfRequested() | Otherwise():
                    pass
    after = {last + _DAY for last in ends if last is not None and last < date.max}
    return tuple(sorted(begins | after))


def _looks_at(condition: Condition) -> Look:  # noqa: C901 - one case for each member of the union
    looks = Look(0)
    match condition:
        case WithProgram() | WithCode():
            looks = Look.OTHER_LINES
        case PurchaseAbove():
            looks = Look.OTHER_LINES | Look.ACQUISITION
        case Purchase():
            looks = Look.ACQUISITION
        case AtHome():
            looks = Look.PLACE_OF_SERVICE
        case ForPlan():
            looks = Look.PLAN
        case ClientSpecific():
            looks = Look.CLIENT_MANAGED
        case Age() | AtPlace() | InState() | WithDiagnosis() | WithModifier() | UnitsAbove():
            looks = _scope_looks_at(condition)
        case Unless(guard):
            looks = _scope_looks_at(guard)
        case DefersTo() | Unread() | DescribeProcedure() | AddOnTo():
            pass  # an add-on looks at other lines whether it names its primaries or not
        case NoAuthStated() | DeniedIfRequested() | Contact() | Otherwise():
            pass
    return looks


def _scope_looks_at(guard: ScopeGuard) -> Look:
    match guard:
        case Age():
            return Look.AGE
        case AtPlace():
            return Look.PLACE_OF_SERVICE
        case InState():
            return Look.STATE
        case WithDiagnosis():
            return Look.DIAGNOSES
        case WithModifier():
            return Look.MODIFIERS
        case UnitsAbove():
            return Look.UNITS
