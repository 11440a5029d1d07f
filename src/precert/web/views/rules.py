"""A rule with its place, its conditions in notation and in words, and its printed row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from precert.determine.words.answer import condition_in_words
from precert.determine.words.rulebook import (
    in_force_in_words,
    platform_in_words,
    requirement_in_words,
)
from precert.model import CodeRange, Requirement
from precert.notation import format_condition, format_conditions
from precert.web.views.copies import copies_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.model import Condition, Edition, Rule
    from precert.rulebook import Rulebook
    from precert.web.served import Served


@dataclass(frozen=True, slots=True)
class PrintedRowView:
    """A row as the user's own copy prints it, under the header of its table."""

    header: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition: its kind (`with-program`), its whole notation, and a sentence."""

    kind: str
    notation: str
    words: str


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What a rule says, in words; `in_force` names the edition's own days where it prints none."""

    requirement: str
    platform: str
    place: str
    in_force: str
    conditions: tuple[ConditionView, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule: the columns of rules.csv, the same in words, and its row where it is at hand.

    `code` is the code, or the first and last of a range (`range` repeats it, null for a code).
    `description` is null where none was imported, `printed` where the document is not at hand.
    """

    rule_id: str
    program: str
    product: str
    category: str
    heading: str
    code: str
    range: str | None
    requirement: Requirement
    platform: str | None
    conditions: str
    descriptor_add_on: bool
    um_cs: bool | None
    effective_from: date | None
    effective_to: date | None
    document: str
    line: int
    page: int | None
    sheet: str | None
    area: str | None
    description: str | None
    printed: PrintedRowView | None
    words: RuleWords


def rule_views(
    served: Served, edition: Rulebook, rules: Iterable[Rule], *, printed: bool = True
) -> tuple[RuleView, ...]:
    """Return the rules of an edition; `printed` False leaves the printed rows out.

    Raises what reading the user's own copies raises.
    """
    descriptions = served.descriptions(edition)
    copies = copies_of(served, edition) if printed else None
    views = []
    for rule in rules:
        line = copies.line(rule.ref) if copies else None
        row = PrintedRowView(line.header, line.cells) if line and line.is_row else None
        views.append(_view(rule, edition.edition, descriptions.get(rule.rule_id), row))
    return tuple(views)


def kind_of(condition: Condition) -> str:
    """Return the name of a condition in the notation: `with-program`."""
    return _notation(condition)[0]


@lru_cache(maxsize=4096)
def _notation(condition: Condition) -> tuple[str, str]:
    notation = format_condition(condition)
    return notation.partition("(")[0], notation


def _view(
    rule: Rule, edition: Edition, description: str | None, printed: PrintedRowView | None
) -> RuleView:
    code = str(rule.code)
    return RuleView(
        rule_id=rule.rule_id,
        program=rule.program,
        product=rule.product,
        category=rule.category,
        heading=rule.heading,
        code=code,
        range=code if isinstance(rule.code, CodeRange) else None,
        requirement=rule.requirement,
        platform=rule.platform,
        conditions=format_conditions(rule.conditions),
        descriptor_add_on=rule.descriptor_add_on,
        um_cs=rule.um_cs,
        effective_from=rule.effective_from,
        effective_to=rule.effective_to,
        **rule.ref._asdict(),
        description=description,
        printed=printed,
        words=_words(rule, edition),
    )


def _words(rule: Rule, edition: Edition) -> RuleWords:
    return RuleWords(
        requirement=requirement_in_words(rule.requirement),
        platform=platform_in_words(rule.platform, edition.payer),
        place=rule.ref.place,
        in_force=in_force_in_words(rule, edition),
        conditions=tuple(
            ConditionView(*_notation(condition), condition_in_words(condition, edition))
            for condition in rule.conditions
        ),
    )
