"""The parts of a layout file that read cells by phrases: decisions and patterns."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from precert.lists.alerts import TURNING_WORDS
from precert.lists.layout import (
    EFFECTIVE_FROM,
    EFFECTIVE_TO,
    NOTES,
    READ_WHOLLY,
    SEARCHED,
    DecisionWord,
    Pattern,
)
from precert.lists.layout_file.conditions import read_condition, read_requirement, refuse_any_text
from precert.lists.markup import tokens
from precert.lists.phrases import compile_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from precert.lists.layout_file.section import Section
    from precert.lists.phrases import Phrase
    from precert.lists.placeholder import Placeholder

SETTERS = {f"{bound}({{date}})": bound for bound in (EFFECTIVE_FROM, EFFECTIVE_TO)}
"""What `sets` may say -> the bound of the rule that the placeholder `date` sets."""


def read_phrases(  # noqa: PLR0913 - the three options of a phrase, each by its name
    section: Section,
    key: str,
    known: Mapping[str, Placeholder],
    *,
    default: tuple[str, ...] | None = None,
    whole: bool = False,
    cut_off: bool = False,
) -> tuple[Phrase, ...]:
    """Return the compiled phrases of the array under `key`."""
    phrases = []
    for template in section.texts(key, default):
        try:
            phrases.append(compile_phrase(template, known, whole=whole, cut_off=cut_off))
        except ValueError as error:
            section.refuse(key, str(error))
    return tuple(phrases)


def read_fillers(section: Section) -> frozenset[str]:
    """Return the filler words of a layout or a pattern."""
    fillers = frozenset(word.casefold() for word in section.texts("fillers", ()))
    for word in sorted(fillers):
        if word in TURNING_WORDS or tokens(word) != (word,):
            section.refuse("fillers", f"read {word!r}, expected a single word that adds nothing")
    return fillers


def read_decisions(
    sections: Iterable[Section], known: Mapping[str, Placeholder]
) -> tuple[DecisionWord, ...]:
    """Return all `[[decision]]`; a form that stands in two of them is refused."""
    decisions: list[DecisionWord] = []
    printed: set[str] = set()
    for section in sections:
        decisions.append(_decision(section, known))
        for form in decisions[-1].forms:
            spelled = form.pattern.pattern.casefold()
            if spelled in printed:
                text = " ".join(form.words)
                section.refuse("printed", f"read {text!r}, which another decision has too")
            printed.add(spelled)
    return tuple(decisions)


def _decision(section: Section, known: Mapping[str, Placeholder]) -> DecisionWord:
    requirement = read_requirement(section, "requirement", section.text("requirement"))
    blank = section.flag("blank")
    forms = read_phrases(section, "printed", known, default=() if blank else None, whole=True)
    refuse_any_text(section, "printed", forms)
    names = {form.placeholders for form in forms}
    if len({frozenset(each) for each in names}) > 1:
        section.refuse("printed", "expected the same placeholders in each form of a decision")
    condition = read_condition(section, chain.from_iterable(names), known)
    if blank and any(names):
        section.refuse("blank", "expected no placeholder in a decision that a blank stands for")
    section.done()
    return DecisionWord(requirement, forms, condition, blank)


def read_pattern(
    section: Section, known: Mapping[str, Placeholder], fillers: frozenset[str]
) -> Pattern:
    """Return one `[[pattern]]`; `fillers` are those of the whole layout."""
    fillers |= read_fillers(section)
    phrases = telling_phrases(section, known, fillers)
    refuse_any_text(section, "phrases", phrases)
    names = tuple(name for phrase in phrases for name in phrase.placeholders)
    sets = read_setter(section, names)
    condition = read_condition(section, names, known, used=sets)
    columns = frozenset(section.texts("columns", NOTES))
    if not columns <= {*READ_WHOLLY, *SEARCHED}:
        expected = f"some of {', '.join((*READ_WHOLLY, *SEARCHED))}"
        section.refuse("columns", f"read {', '.join(sorted(columns))}, expected {expected}")
    if not condition and not sets and not columns.isdisjoint(NOTES):
        expected = f"what the {' or '.join(NOTES)} means; only in other columns may it mean nothing"
        section.refuse("condition", f"nothing was read, expected {expected}")
    not_where = frozenset(
        read_requirement(section, "not_where", each) for each in section.texts("not_where", ())
    )
    section.done()
    return Pattern(phrases, fillers, columns, condition, SETTERS.get(sets, ""), not_where)


def read_setter(section: Section, names: Iterable[str]) -> str:
    """Return what stands under `sets`, which needs a date among the placeholders."""
    sets = section.text("sets", "")
    if sets and (sets not in SETTERS or "date" not in names):
        expected = f"{' or '.join(SETTERS)}, and {{date}} in a phrase"
        section.refuse("sets", f"read {sets!r}, expected {expected}")
    return sets


def telling_phrases(
    section: Section, known: Mapping[str, Placeholder], fillers: frozenset[str]
) -> tuple[Phrase, ...]:
    """Return the phrases of a pattern; each holds a placeholder or a word that is no filler.

    A phrase of fillers alone could vanish from a text together with what it says.
    """
    phrases = read_phrases(section, "phrases", known)
    names = [name for phrase in phrases for name in phrase.placeholders]
    if not phrases or len(set(names)) < len(names):
        section.refuse("phrases", "expected at least one phrase, and each placeholder only once")
    for phrase in phrases:
        if not phrase.placeholders and fillers.issuperset(phrase.words):
            text = " ".join(phrase.words)
            section.refuse("phrases", f"read {text!r}, expected a word that is no filler")
    return phrases
