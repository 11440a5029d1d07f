"""What the cases hold: every outcome, fact, reason, program, clash, condition with each truth."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from precert.determine import Fact, Outcome, ReasonKind, Route
from precert.notation import format_condition
from precert.notation.conditions import _NAMES
from tests.support.cases import BUNDLED, answered_cases, refused_cases, rulebook_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cases import Json

CONTRADICTORY = (
    *("22899", "64999", "E0782", "E0783", "E0785", "E0786", "L8685", "L8686", "L8687", "L8688"),
    *("E0470", "E0471", "E0492", "E0530", "E0601"),
)
"""The codes whose two programs print different answers."""

TRUTHS = {
    "with-program": {True, False, None},
    "with-code": {True, False, None},
    "for-plan": {True, False, None},
    "client-specific": {True, False, None},
    "defers-to": {None},  # where the other program has a rule, this one is dropped, not judged
    "no-auth-stated": {True, False},
    "denied-if-requested": {True},  # the rows that print it name each other, so it always holds
    "contact": {True, False},
    "purchase": {True, False, None},
    "purchase-above": {True, False, None},
    "describe-procedure": {None},  # no fact tells what a request will describe
    "at-home": {True, False, None},
}
"""Each kind of condition of the bundled list, and the truths that it can have in an answer.

`unread` is missing because the list is read wholly: `tests/determine` answers it on invented rules.
"""

SCOPE = ("age", "at-place", "in-state", "with-diagnosis", "with-modifier", "units-above")
INVENTED_TRUTHS = {
    **{f"{unless}{name}": {True, False, None} for name in SCOPE for unless in ("", "unless-")},
    "otherwise": {True, False, None},
    "add-on-to": {True, None},  # an add-on without a primary is open, never false
}
"""Each further kind of condition, which only invented lists have."""

NOT_ON_THIS_LIST = {Fact.PRINTED_LINE, Fact.ABSENT_PROGRAM}
"""Asked only where something printed was not read, where one program contradicts itself, or where
a condition names a program that the rulebook does not hold."""


def determinations() -> Iterator[Json]:
    for case in answered_cases():
        yield from case.expect["determinations"]


def test_there_are_many() -> None:
    assert len(list(determinations())) >= 600


def test_every_outcome_and_route() -> None:
    assert {want["outcome"] for want in determinations()} == set(Outcome)
    assert {want["route"] for want in determinations()} == {*Route, None}
    assert {want.get("contact_party") for want in determinations()} == {
        "payer",
        "manufacturer",
        None,
    }


def test_every_fact_is_asked() -> None:
    assert {fact for want in determinations() for fact in want["ask"]} == set(Fact) - (
        NOT_ON_THIS_LIST
    )


def test_every_reason_is_given() -> None:
    given = {reason for want in determinations() for reason in want.get("reasons", ())}
    # Every line of the list is read, it prints no range, and none of its lines speaks of codes that
    # are not listed; tests/determine shows these reasons with invented rulebooks.
    of_others = {ReasonKind.EXHAUSTIVE, ReasonKind.EXHAUSTIVE_NOT_RELIED_ON, ReasonKind.BY_RANGE}
    assert given == set(ReasonKind) - {ReasonKind.UNREAD_LINES, *of_others}


def test_every_condition_has_every_truth() -> None:
    judged: dict[str, set[bool | None]] = {}
    for want in determinations():
        found = [(c["condition"], c["truth"]) for c in want.get("conditions", ())]
        found += [(limit["condition"], limit["met"]) for limit in want.get("limits", ())]
        for condition, truth in found:
            judged.setdefault(condition.partition("(")[0], set()).add(truth)
    assert judged == TRUTHS | INVENTED_TRUTHS


def test_the_conditions_are_those_of_the_list() -> None:
    printed = {
        format_condition(condition).partition("(")[0]
        for rule in rulebook_of().rules
        for condition in rule.conditions
    }
    assert set(TRUTHS) == printed
    assert set(_NAMES.values()) <= {*TRUTHS, *INVENTED_TRUTHS, "unread"}


def test_every_requirement_and_program_is_cited() -> None:
    rules = rulebook_of().rules
    cited = {
        line
        for case in answered_cases()
        if not case.book.rows
        for want in case.expect["determinations"]
        for line in want["source_lines"]
    }
    for part in ("program", "requirement"):
        assert {getattr(rule, part) for rule in rules} == {
            getattr(rule, part) for rule in rules if rule.ref.line in cited
        }
    assert len({rule.program for rule in rules}) == 12


def test_every_contradictory_code_is_asked_alone() -> None:
    alone = {
        case.order["lines"][0]["code"]
        for case in answered_cases()
        if len(case.order["lines"]) == 1 and "program" not in case.order["lines"][0]
    }
    assert set(CONTRADICTORY) <= alone


def test_the_contradictory_codes_are_those_of_the_list() -> None:
    rulebook = rulebook_of()
    different = {
        one.code
        for code in rulebook.by_code
        for one, other in product(rulebook.rules_for(code), repeat=2)
        if (one.requirement, one.platform) != (other.requirement, other.platform)
    }
    assert different == set(CONTRADICTORY)


def test_agreeing_duplicates_are_cited_together() -> None:
    both = {
        tuple(want["source_lines"])
        for want in determinations()
        if len(want["source_lines"]) > 1 and want["outcome"] == "auth-needed"
    }
    assert len(both) >= 10


def test_facts_are_told_either_way() -> None:
    orders = [case.order for case in answered_cases()]
    assert {order.get("complete") for order in orders} == {True, False, None}
    assert {order.get("client_managed") for order in orders} == {True, False, None}
    plans = {case.order.get("plan") for case in answered_cases() if case.book.name == BUNDLED}
    assert plans == {"FL DSNP", "other", None}
    assert {line.get("acquisition") for order in orders for line in order["lines"]} == {
        "purchase",
        "rental",
        None,
    }


def test_every_refusal_of_an_order() -> None:
    assert {case.expect["error"] for case in refused_cases()} == {
        "BadCode",
        "BadOrder",
        "UnknownPlan",
        "UnknownProgram",
    }
