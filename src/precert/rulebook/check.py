"""What is wrong with a finished rulebook (PC4xx): rules contradict, repeat, point to nothing.

A rule speaks only of what it says itself, so none of these can be seen while a row is read. The
checks of one rule and those of all rules for one code are functions that yield diagnostics.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.model import (
    PAYER,
    STATEMENTS,
    CodeRange,
    DefersTo,
    ForPlan,
    Requirement,
    WithCode,
    WithProgram,
)
from precert.model.code import shape_of
from precert.notation import format_condition
from precert.rulebook.check_scope import check_scope, exclude_each_other

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from precert.diagnostics import Diagnostic
    from precert.model import Rule, SourceRef
    from precert.rulebook.book import Rulebook

Answer = tuple[Requirement, str | None, tuple[str, ...]]


def check_rules(rulebook: Rulebook) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a rulebook (PC401 to PC411), in the order of their places."""
    ranges = _by_range(rulebook)
    """Return the diagnostics of a rulebook (PC4xx), in the order of their places."""
    found = [
        *(found for rules in rulebook.by_code.values() for found in _check_code(rules)),
        *(found for rules in ranges.values() for found in _check_code(rules)),
        *(_codes_in_ranges(rulebook) if ranges else ()),
        *_overlapping(ranges),
        *(found for rule in rulebook.rules for found in _check_rule(rule, rulebook)),
    ]
    return tuple(sorted(found, key=_by_place))


def _by_place(found: Diagnostic) -> tuple[tuple[str, int, str, int], str, str]:
    return found.ref.order, found.code, found.sentence


# --- all rules for one code -----------------------------------------------------------------------


def _check_code(rules: Sequence[Rule]) -> Iterator[Diagnostic]:
    if len(rules) > 1:
        yield from _same_program(rules)
        yield from _several_programs(rules)


def _same_program(rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    """PC401: the same code twice in one program, in rows that can be for the same order."""
    before: dict[str, list[Rule]] = {}
    for rule in rules:
        earlier = before.setdefault(rule.program, [])
        first = next((each for each in earlier if not exclude_each_other(each, rule)), None)
        earlier.append(rule)
        if first is not None:
            facts = {"procedure": rule.code, "answers": _answers((first, rule), rule.ref)}
            yield diagnostic("PC401", rule.ref, first.ref, **facts)


def _several_programs(rules: Sequence[Rule]) -> Iterator[Diagnostic]:
    """PC402, PC403, PC407: what several programs print of one code; one diagnostic a code.

    A decision that nobody could read is no answer: it agrees with none and contradicts none.
    """
    readable = [rule for rule in rules if rule.requirement is not Requirement.UNREAD]
    pairs = [pair for pair in combinations(readable, 2) if pair[0].program != pair[1].program]
    if not pairs:
        return
    differing = (pair for pair in pairs if _answer(pair[0]) != _answer(pair[1]))
    first, second = next(differing, pairs[0])
    standing = {_answer(rule) for rule in readable if not _gives_way(rule, rules)}
    if _answer(first) == _answer(second):
        code = "PC407"
    else:
        code = "PC403" if len(standing) == 1 else "PC402"
    others = (rule.ref for rule in readable if rule not in (first, second))
    facts = {"procedure": second.code, "answers": _answers(readable, second.ref)}
    yield diagnostic(code, second.ref, first.ref, *others, **facts)


def _answer(rule: Rule) -> Answer:
    """Return what a rule answers: its requirement, its platform and its statements."""
    statements = (c for c in rule.conditions if isinstance(c, STATEMENTS))
    return rule.requirement, rule.platform, tuple(map(format_condition, statements))


def _gives_way(rule: Rule, rules: Iterable[Rule]) -> bool:
    """Return whether the rule defers to a program in which another of these rules stands."""
    programs = {other.program for other in rules if other is not rule}
    return any(isinstance(c, DefersTo) and c.program in programs for c in rule.conditions)


def _answers(rules: Iterable[Rule], at: SourceRef) -> str:
    """Return in words what each rule answers and on which line, seen from one of the places."""
    parts = []
    for rule in rules:
        requirement, platform, statements = _answer(rule)
        document = "" if rule.ref.document == at.document else f"{rule.ref.document} "
        by = {None: "", PAYER: " through the payer"}.get(platform, f" on {platform}")
        words = ", ".join((f"{requirement}{by}", *statements))
        parts.append(f"{rule.program}, {document}{rule.ref.place}: {words}")
    return "; ".join(parts)


# --- ranges of codes ------------------------------------------------------------------------------


def _by_range(rulebook: Rulebook) -> dict[CodeRange, list[Rule]]:
    """Return the rules of each range that the list prints, in the order of the programs in it."""
    position = {name: at for at, name in enumerate(rulebook.program_names)}
    found: dict[CodeRange, list[Rule]] = {code_range: [] for code_range in rulebook.ranges}
    for rule in sorted(rulebook.rules, key=lambda rule: position[rule.program]) if found else ():
        if isinstance(rule.code, CodeRange):
            found[rule.code].append(rule)
    return found


def _codes_in_ranges(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """PC410: a code that the list prints by itself and in a range; one diagnostic a code."""
    for code, own in rulebook.by_code.items():
        rules = rulebook.rules_for(code)
        if len(rules) == len(own):
            continue
        others = [rule for rule in rules if isinstance(rule.code, CodeRange)]
        facts = {
            "procedure": code,
            "ranges": " and ".join(dict.fromkeys(str(rule.code) for rule in others)),
            "answers": _answers((*own, *others), own[0].ref),
        }
        yield diagnostic("PC410", own[0].ref, *(rule.ref for rule in others), **facts)


def _overlapping(ranges: dict[CodeRange, list[Rule]]) -> Iterator[Diagnostic]:
    """PC411: two ranges that a code may both lie in; one diagnostic for each two."""
    ordered = sorted(ranges, key=lambda each: (shape_of(each.first), each.first, each.last))
    for at, first in enumerate(ordered):
        for second in ordered[at + 1 :]:
            if not first.overlaps(second):
                break  # nor does any that begins later
            rules = [*ranges[first], *ranges[second]]
            place = ranges[second][0].ref
            refs = (rule.ref for rule in rules if rule.ref != place)
            facts = {"first": first, "second": second, "answers": _answers(rules, place)}
            yield diagnostic("PC411", place, *refs, **facts)


# --- one rule -------------------------------------------------------------------------------------


def _check_rule(rule: Rule, rulebook: Rulebook) -> Iterator[Diagnostic]:
    for condition in rule.conditions:
        match condition:
            case DefersTo(program):
                yield from _known_programs(rule, (program,), rulebook)
                yield from _deferral(rule, program, rulebook)
            case WithProgram(programs):
                yield from _known_programs(rule, programs, rulebook)
            case WithCode(codes):
                for missing in (code for code in codes if not rulebook.rules_for(code)):
                    yield diagnostic("PC406", rule.ref, procedure=rule.code, companion=missing)
            case ForPlan(plan) if plan not in rulebook.plans:
                known = ", ".join(rulebook.plans) or "none"
                yield diagnostic("PC408", rule.ref, procedure=rule.code, plan=plan, known=known)
            case _:
                pass
    if rule.conditions:
        yield from check_scope(rule)
    yield from _dates(rule, rulebook.edition.effective_to)


def _known_programs(
    rule: Rule, programs: Iterable[str], rulebook: Rulebook
) -> Iterator[Diagnostic]:
    """PC405: a condition names a program that the rulebook does not know."""
    for program in programs:
        if program not in rulebook.program_names:
            known = ", ".join(rulebook.program_names)
            yield diagnostic("PC405", rule.ref, procedure=rule.code, program=program, known=known)


def _deferral(rule: Rule, program: str, rulebook: Rulebook) -> Iterator[Diagnostic]:
    """PC404: a rule defers to a program that is known but has no other rule for the code."""
    if program in rulebook.program_names and not _gives_way(rule, _beside(rule, rulebook)):
        yield diagnostic("PC404", rule.ref, procedure=rule.code, program=program)


def _beside(rule: Rule, rulebook: Rulebook) -> Sequence[Rule]:
    """Return the rules for the code of a rule, or for some code of its range."""
    code = rule.code
    if not isinstance(code, CodeRange):
        return rulebook.rules_for(code)
    return [
        other
        for other in rulebook.rules
        if (
            code.overlaps(other.code)
            if isinstance(other.code, CodeRange)
            else code.holds(other.code)
        )
    ]


def _dates(rule: Rule, edition_ends: date | None) -> Iterator[Diagnostic]:
    """PC409: dates between which a rule can never be in force."""
    begins, ends = rule.effective_from, rule.effective_to
    if begins is None:
        return
    if ends is not None and ends < begins:
        reason = f"it ends on {ends} and begins on {begins}"
        yield diagnostic("PC409", rule.ref, procedure=rule.code, reason=reason)
    elif edition_ends is not None and edition_ends < begins:
        reason = f"it begins on {begins} and the edition ends on {edition_ends}"
        yield diagnostic("PC409", rule.ref, procedure=rule.code, reason=reason)
