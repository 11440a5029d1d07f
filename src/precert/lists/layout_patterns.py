"""The parts of a layout file that hold phrases: decisions, patterns, titles, furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.layout import (
    EFFECTIVE_FROM,
    EFFECTIVE_TO,
    LINE,
    READ_WHOLLY,
    SEARCHED,
    DecisionWord,
    Furniture,
    Pattern,
    Titles,
)
from precert.lists.markup import tokens
from precert.lists.phrases import compile_phrase
from precert.model import Requirement
from precert.notation import parse_conditions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.lists.phrases import Phrase, Placeholder
    from precert.lists.toml_section import Section

NEVER_FILLERS = frozenset(
    tokens(
        "above after before below but cannot except exclude excludes excluding if never no none "
        "nor not only other otherwise over than unless under until when without"
    )
)
"""Words that always add something: a layout that calls one of them a filler is refused."""

_SETTERS = {f"{bound}({{date}})": bound for bound in (EFFECTIVE_FROM, EFFECTIVE_TO)}
_FURNITURE = ("copyright", "pointer", "effective")
_REQUIREMENTS = tuple(item.value for item in Requirement if item is not Requirement.UNREAD)


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
        if word in NEVER_FILLERS or tokens(word) != (word,):
            section.refuse("fillers", f"read {word!r}, expected a single word that adds nothing")
    return fillers


def read_decision(section: Section, known: Mapping[str, Placeholder]) -> DecisionWord:
    """Return one `[[decision]]`."""
    requirement = section.text("requirement")
    if requirement not in _REQUIREMENTS:
        section.refuse(
            "requirement", f"read {requirement!r}, expected one of {', '.join(_REQUIREMENTS)}"
        )
    forms = read_phrases(section, "printed", known, whole=True)
    condition = section.text("condition", "")
    for form in forms:
        _check_condition(section, condition, form.placeholders, known)
    section.done()
    return DecisionWord(Requirement(requirement), forms, condition)


def read_pattern(
    section: Section, known: Mapping[str, Placeholder], fillers: frozenset[str]
) -> Pattern:
    """Return one `[[pattern]]`; `fillers` are those of the whole layout."""
    fillers |= read_fillers(section)
    phrases = _telling_phrases(section, known, fillers)
    names = tuple(name for phrase in phrases for name in phrase.placeholders)
    condition, sets = section.text("condition", ""), section.text("sets", "")
    _check_condition(section, condition, names, known)
    if sets and (sets not in _SETTERS or "date" not in names):
        expected = f"{' or '.join(_SETTERS)}, and {{date}} in a phrase"
        section.refuse("sets", f"read {sets!r}, expected {expected}")
    columns = frozenset(section.texts("columns", READ_WHOLLY))
    if not columns <= {*READ_WHOLLY, *SEARCHED}:
        expected = f"some of {', '.join((*READ_WHOLLY, *SEARCHED))}"
        section.refuse("columns", f"read {', '.join(sorted(columns))}, expected {expected}")
    if not condition and not sets and columns != {"description"}:
        expected = "what the note means; a pattern of descriptions alone may mean nothing"
        section.refuse("condition", f"nothing was read, expected {expected}")
    section.done()
    return Pattern(phrases, fillers, columns, condition, _SETTERS.get(sets, ""))


def read_furniture(
    section: Section, known: Mapping[str, Placeholder], fillers: frozenset[str]
) -> Furniture:
    """Return one `[[furniture]]`."""
    kind = section.text("kind")
    if kind not in _FURNITURE:
        section.refuse("kind", f"read {kind!r}, expected one of {', '.join(_FURNITURE)}")
    fillers |= read_fillers(section)
    phrases = _telling_phrases(section, known, fillers)
    dated = any("date" in phrase.placeholders for phrase in phrases)
    if dated is not (kind == "effective"):
        section.refuse("phrases", "expected {date} in an effective line, and in no other")
    sets = EFFECTIVE_FROM if dated else ""
    pattern = Pattern(phrases, fillers, frozenset({LINE}), sets=sets)
    ends_program = section.flag("ends_program")
    section.done()
    return Furniture(kind, pattern, ends_program)


def read_titles(section: Section, known: Mapping[str, Placeholder]) -> Titles:
    """Return `[titles]`."""
    titles = Titles(
        opening=read_phrases(section, "opening", known, default=()),
        program=read_phrases(section, "program", known, whole=True),
        link=read_phrases(section, "link", known, default=(), whole=True),
    )
    for key, phrases in (("program", titles.program), ("link", titles.link)):
        if any(phrase.placeholders != ("program",) for phrase in phrases):
            section.refuse(key, "expected the placeholder {program}, and no other, in each form")
    section.done()
    return titles


def _telling_phrases(
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


def _check_condition(
    section: Section, condition: str, names: tuple[str, ...], known: Mapping[str, Placeholder]
) -> None:
    """Refuse a condition that is no notation, or that holds a placeholder which no phrase holds."""
    try:
        parse_conditions(condition.format_map({name: known[name].sample for name in names}))
    except (KeyError, ValueError, IndexError) as error:
        section.refuse("condition", f"read {condition!r}: {error}")
