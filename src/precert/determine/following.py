"""Which primary a line follows: companion-managed codes and plain add-ons."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.answer import Ask, Fact, Reason, ReasonKind

if TYPE_CHECKING:
    from precert.determine.companions import Asked, Companion
    from precert.model import Code, Rule

_OTHER_CODES = (Ask(Fact.OTHER_CODES),)
_PRIMARY_CODE = (Ask(Fact.PRIMARY_CODE),)
_NOT_NAMED = (Reason(ReasonKind.PRIMARY_NOT_NAMED),)


class Following(NamedTuple):
    """Whether a line follows a primary: its truth, the primary, and what would settle it."""

    truth: bool | None
    primary: Companion | None = None
    primary_rule: Rule | None = None
    ask: tuple[Ask, ...] = ()
    reasons: tuple[Reason, ...] = ()


def with_program(
    rule: Rule, programs: tuple[str, ...], named: tuple[Code, ...], asked: Asked
) -> Following:
    """Judge a companion-managed code: the printed primary first, then the rule's own program.

    While the order is not known to be complete, a line follows only a primary that no further line
    could displace: a settled answer must not move into another case when more is told.
    """
    firm = [companion for companion in asked.firm() if companion.rule_of(*programs)]
    if firm:
        primary = min(
            firm,
            key=lambda c: (c.line.code not in named, c.rule_of(rule.program) is None, c.number),
        )
        primary_rule = primary.rule_of(rule.program) or primary.rule_of(*programs)
        preferred = primary.rule_of(rule.program) and (not named or primary.line.code in named)
        if not preferred and not asked.order.is_complete:
            return Following(truth=None, ask=_OTHER_CODES)
        return Following(truth=True, primary=primary, primary_rule=primary_rule, reasons=_NOT_NAMED)
    possible = tuple(str(companion.number) for companion in asked.possible(programs))
    ask: tuple[Ask, ...] = () if asked.order.is_complete else _OTHER_CODES
    absent = tuple(program for program in programs if not asked.rulebook.holds(program))
    if absent:  # its codes are not known, so nobody can say that none of them is on the order
        ask += (Ask(Fact.ABSENT_PROGRAM, absent),)
    if not possible and not ask:
        return Following(truth=False)
    if not possible:
        return Following(truth=None, ask=ask)
    reason = Reason(ReasonKind.POSSIBLE_COMPANION, possible)
    return Following(truth=None, ask=(*ask, Ask(Fact.COMPANION_LINE, possible)), reasons=(reason,))


def add_on(rule: Rule, named: tuple[Code, ...], asked: Asked) -> Following:
    """Judge a plain add-on: a firm line of its program, category and (where printed) heading.

    With codes named and no program, only a firm line of one of those codes is a primary.
    """
    for companion in asked.firm():
        for primary_rule in companion.rules:
            if companion.line.code in named or (not named and _same_group(primary_rule, rule)):
                return Following(
                    truth=True, primary=companion, primary_rule=primary_rule, reasons=_NOT_NAMED
                )
    return Following(truth=None, ask=_PRIMARY_CODE if asked.order.is_complete else _OTHER_CODES)


def _same_group(primary: Rule, follower: Rule) -> bool:
    return (primary.program, primary.category) == (follower.program, follower.category) and (
        not primary.heading or not follower.heading or primary.heading == follower.heading
    )
