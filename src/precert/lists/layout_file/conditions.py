"""What a layout says that something means: conditions in the notation, every value put to use."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from precert.model import Requirement, Unread
from precert.notation import parse_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from precert.lists.layout_file.section import Section
    from precert.lists.phrases import Phrase
    from precert.lists.placeholder import Placeholder
    from precert.model import Condition

REQUIREMENTS = tuple(item.value for item in Requirement if item is not Requirement.UNREAD)

_TAKE_ANY_TEXT = frozenset(("name", "program", "year"))
"""Placeholders that swallow what is printed, whatever it says: for titles and furniture only."""


def read_requirement(section: Section, key: str, printed: str) -> Requirement:
    """Return the requirement of that name."""
    if printed not in REQUIREMENTS:
        section.refuse(key, f"read {printed!r}, expected one of {', '.join(REQUIREMENTS)}")
    return Requirement(printed)


def read_condition(
    section: Section, names: Iterable[str], known: Mapping[str, Placeholder], used: str = ""
) -> str:
    """Return the template under `condition`, none where it is absent.

    `names` are the placeholders of the phrases; the template holds no other, and all that are not
    in the template `used` besides: what was read and then dropped would be a condition lost.
    """
    condition = section.text("condition", "")
    names = frozenset(names)
    try:
        sample = condition.format_map({name: known[name].sample for name in names})
        taken = {name for text in (condition, used) for _, name, _, _ in Formatter().parse(text)}
    except (KeyError, ValueError, IndexError) as error:
        section.refuse("condition", f"read {condition!r}: {error}")
    conditions_of(section, "condition", sample, shown=condition)
    for name in sorted(names - taken):
        reason = f"read {condition!r}, expected {{{name}}} in it, since a phrase holds it"
        section.refuse("condition", reason)
    return condition


def conditions_of(
    section: Section, key: str, text: str, shown: str | None = None
) -> tuple[Condition, ...]:
    """Return the conditions that `text` notes; `shown` is what stands in the file."""
    try:
        conditions = parse_conditions(text)
    except ValueError as error:
        section.refuse(key, f"read {text if shown is None else shown!r}: {error}")
    if any(isinstance(condition, Unread) for condition in conditions):
        section.refuse(key, f"read {text!r}, expected what the list says: leave it out instead")
    return conditions


def refuse_any_text(section: Section, key: str, phrases: Iterable[Phrase]) -> None:
    """Refuse phrases in which a placeholder stands that takes any text."""
    for phrase in phrases:
        for name in phrase.placeholders:
            if name in _TAKE_ANY_TEXT:
                expected = "a placeholder for a value: this one takes whatever is printed"
                section.refuse(key, f"read {{{name}}}, expected {expected}")
