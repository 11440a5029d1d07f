"""What a person would overlook about a line: notes that change no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.determine.answer import Outcome
from precert.determine.words.phrases import lines_in_words
from precert.model import AddOnTo, PurchaseAbove, Requirement, WithProgram, covered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.determine.answer import Determination, Judged

_OPEN = frozenset({Outcome.CONDITIONAL, Outcome.NOT_MANAGED})


def notes_in_words(line: Determination, lines: Sequence[Determination]) -> Iterator[str]:
    """Yield the notes about one line among the lines of its order."""
    other_day = _primaries_of_another_day(line, lines)
    if other_day:
        has = "has" if len(other_day) == 1 else "have"
        yield (
            f"{lines_in_words(other_day).capitalize()} {has} another date of service and cannot be "
            "the primary of this line."
        )
    if _lacks_its_primary(line, lines):
        yield "Its description calls it an add-on: request it with its primary."
    for limit in line.limits:
        parts = uncounted_parts(limit, line, lines)
        if parts:
            be = "is" if len(parts) == 1 else "are"
            component = "a component" if len(parts) == 1 else "components"
            yield (
                f"{lines_in_words(parts).capitalize()} {be} not on this list and may be "
                f"{component}: how many there are is not known."
            )


def uncounted_parts(
    limit: Judged, line: Determination, lines: Sequence[Determination]
) -> tuple[int, ...]:
    """Return the lines for which nobody knows whether they count as components for the limit."""
    if limit.truth is not None or not isinstance(limit.condition, PurchaseAbove):
        return ()
    return tuple(other.line for other in lines if other.line != line.line and not other.rules)


def _primaries_of_another_day(
    line: Determination, lines: Sequence[Determination]
) -> tuple[int, ...]:
    """Return the lines that the line could follow if they were of its day; none if it follows."""
    if line.outcome not in _OPEN:
        return ()
    programs = {
        program
        for rule in line.rules
        for program in _programs_of_primaries(rule.guards, rule.program, rule.requirement)
    }
    named = [
        each
        for rule in line.rules
        for guard in rule.guards
        if isinstance(guard, AddOnTo)
        for each in guard.codes
    ]
    if not (programs or named):
        return ()
    return tuple(
        other.line
        for other in lines
        if other.outcome is Outcome.AUTH_NEEDED
        and other.code != line.code
        and other.date_of_service != line.date_of_service
        and any(
            not rule.descriptor_add_on and (rule.program in programs or covered(other.code, named))
            for rule in other.rules
        )
    )


def _programs_of_primaries(
    guards: Sequence[object], own: str, requirement: Requirement
) -> tuple[str, ...]:
    """Return the programs whose codes a rule follows; none where it names their codes instead."""
    named = [
        program for guard in guards if isinstance(guard, WithProgram) for program in guard.programs
    ]
    by_code = any(isinstance(guard, AddOnTo) for guard in guards)
    return tuple(named) or ((own,) if requirement is Requirement.ADD_ON and not by_code else ())


def _lacks_its_primary(line: Determination, lines: Sequence[Determination]) -> bool:
    """Return whether the line is called an add-on and no line of its day and program is none."""
    if line.outcome is not Outcome.AUTH_NEEDED:
        return False
    programs = {rule.program for rule in line.rules if rule.descriptor_add_on}
    if not programs:
        return False
    return not any(
        other.outcome is Outcome.AUTH_NEEDED
        and other.date_of_service == line.date_of_service
        and any(rule.program in programs and not rule.descriptor_add_on for rule in other.rules)
        for other in lines
    )
