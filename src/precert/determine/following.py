"""Which primary a line follows: companion-managed codes and plain add-ons."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.determine.answer import Ask, Fact, Reason, ReasonKind
from precert.determine.scope import few
from precert.model import AddOnTo, WithCode, covered

if TYPE_CHECKING:
    from precert.determine.companions import Asked, Companion
    from precert.model import Code, CodeRange, Rule

_OTHER_CODES = (Ask(Fact.OTHER_CODES),)
_NOT_NAMED = (Reason(ReasonKind.PRIMARY_NOT_NAMED),)


class Named(NamedTuple):
    """The primaries that a rule names: codes of the list, those of the add-on code file."""

    codes: tuple[Code, ...]
    of_file: tuple[Code | CodeRange, ...]

    def holds(self, code: Code) -> bool:
        """Return whether the code is one of them."""
        return code in self.codes or covered(code, self.of_file)


def named_by(rule: Rule) -> Named:
    """Return the primaries that the rule names."""
    codes = [code for c in rule.guards if isinstance(c, WithCode) for code in c.codes]
    of_file = [each for c in rule.guards if isinstance(c, AddOnTo) for each in c.codes]
    return Named(tuple(codes), tuple(of_file))


class Following(NamedTuple):
    """Whether a line follows a primary: its truth, the primary, and what would settle it."""

    truth: bool | None
    primary: Companion | None = None
    primary_rule: Rule | None = None
    ask: tuple[Ask, ...] = ()
    reasons: tuple[Reason, ...] = ()


def with_program(rule: Rule, programs: tuple[str, ...], asked: Asked) -> Following:
    """Judge a companion-managed code: the printed primary first, then the rule's own program.

    While the order is not known to be complete, a line follows only a primary that no further line
    could displace: a settled answer must not move into another case when more is told.
    """
    named = named_by(rule)
    firm = [companion for companion in asked.firm() if companion.rule_of(*programs)]
    if firm:
        primary = min(
            firm,
            key=lambda c: (not named.holds(c.line.code), c.rule_of(rule.program) is None, c.number),
        )
        primary_rule = primary.rule_of(rule.program) or primary.rule_of(*programs)
        printed = not any(named) or named.holds(primary.line.code)
        preferred = primary.rule_of(rule.program) and printed
        if not preferred and not asked.order.is_complete:
            return Following(truth=None, ask=_OTHER_CODES)
        return Following(truth=True, primary=primary, primary_rule=primary_rule, reasons=_NOT_NAMED)
    possible = asked.possible(programs)
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


def add_on(rule: Rule, asked: Asked) -> Following:
    """Judge a plain add-on: a firm line of its program, category and (where printed) heading.

    With codes named and no program, only a firm line of one of those codes is a primary, whatever
    its program and category.
    """
    named = named_by(rule)
    for companion in asked.firm():
        code = companion.line.code
        for primary_rule in companion.rules:
            if named.holds(code) or (not any(named) and _same_group(primary_rule, rule)):
                reasons = () if covered(code, named.of_file) else _NOT_NAMED
                return Following(
                    truth=True, primary=companion, primary_rule=primary_rule, reasons=reasons
                )
    if not asked.order.is_complete:
        return Following(truth=None, ask=_OTHER_CODES)
    choices = few((*named.codes, *named.of_file)) if named.of_file else ()
    return Following(truth=None, ask=(Ask(Fact.PRIMARY_CODE, choices),))


def _same_group(primary: Rule, follower: Rule) -> bool:
    return (primary.program, primary.category) == (follower.program, follower.category) and (
        not primary.heading or not follower.heading or primary.heading == follower.heading
    )
