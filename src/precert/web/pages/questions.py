"""What else must be told, as small forms: an answer's open facts in, fields and choices out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from precert.determine import OTHER_PLAN, Acquisition, Fact
from precert.determine.words.answer import ask_in_words
from precert.determine.words.phrases import lines_in_words
from precert.web.pages.asking import OF_ONE_CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from precert.determine import Ask, OrderAnswer
    from precert.web.pages.asking import Asking


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says, and the name and value that it tells."""

    says: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A text field: its name, its label, an example."""

    name: str
    label: str
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question about some lines. Without choices and entry nothing told here settles it."""

    asks: str
    about: str
    choices: tuple[Choice, ...]
    entry: Entry | None
    advice: str
    kept: tuple[tuple[str, str], ...]


_ADVICE = {
    Fact.COMPANION_LINE: "Answer what is asked about that line first.",
    Fact.ABSENT_PROGRAM: "Ask the vendor: this rulebook does not hold that program.",
    Fact.NEWER_EDITION: "Ask whoever runs this server to import the newer edition.",
    Fact.DEFERRED_PROGRAM: "This list does not say it: ask the vendor.",
    Fact.PRINTED_LINE: "Read the printed line beneath Evidence.",
}
_ADD = Entry("add", "Other codes on the order", "27447, 20985")
_ENTRIES = {
    Fact.UNITS: Entry("units", "Units", "2"),
    Fact.PLACE_OF_SERVICE: Entry("place_of_service", "Place of service", "11"),
    Fact.MODIFIERS: Entry("modifiers", "Modifiers, or none", "RT, 50"),
    Fact.AGE: Entry("age", "Age in whole years", "47"),
    Fact.STATE: Entry("state", "State", "FL"),
    Fact.DIAGNOSES: Entry("diagnoses", "Diagnoses, or none", "M17.11, M17.12"),
}
_PLACES = {"11": "11, office", "12": "12, home", "22": "22, outpatient hospital"}
_NEVER_OF_ALL = ("units", "modifiers")
"""Facts that the form has no field for: they are told of their code, however many there are."""
_FIELD = {
    Fact.PROGRAM: "program",
    Fact.PLAN: "plan",
    Fact.CLIENT_MANAGED: "client_managed",
    Fact.ACQUISITION: "acquisition",
    **{fact: entry.name for fact, entry in _ENTRIES.items()},
}


def questions_of(answer: OrderAnswer, asking: Asking) -> tuple[Question, ...]:
    """Return the questions that an answer leaves open, each once, in the order of the lines."""
    about: dict[Ask, list[int]] = {}
    for line in answer.determinations:
        for ask in line.ask:
            about.setdefault(ask, []).append(line.line)
    return tuple(
        question
        for ask, numbers in about.items()
        for question in _asked(ask, numbers, answer, asking)
    )


def _asked(ask: Ask, numbers: list[int], answer: OrderAnswer, asking: Asking) -> Iterable[Question]:
    """Return one question; of a fact of a line, one for each code if the order holds several."""
    codes = list(dict.fromkeys(answer.determinations[number - 1].code for number in numbers))
    field = _FIELD.get(ask.fact, "")
    own = field in _NEVER_OF_ALL or (field in OF_ONE_CODE and len(answer.determinations) > 1)
    if not own:
        about = lines_in_words(numbers) if len(answer.determinations) > 1 else ""
        return [_question(ask, about, "", asking)]
    return [_question(ask, code, code, asking) for code in codes]


def _question(ask: Ask, about: str, code: str, asking: Asking) -> Question:
    entry = _ADD if ask.fact in {Fact.OTHER_CODES, Fact.PRIMARY_CODE} else _ENTRIES.get(ask.fact)
    if entry and code:
        entry = replace(entry, name=f"{entry.name}.{code}")
    field = _FIELD.get(ask.fact, "")
    name = f"{field}.{code}" if code else field
    return Question(
        asks=ask_in_words(ask),
        about=about,
        choices=tuple(_choices(ask, name)),
        entry=entry,
        advice=_ADVICE.get(ask.fact, ""),
        kept=tuple(pair for pair in asking.pairs() if pair[0] != "rulebook"),
    )


def _choices(ask: Ask, name: str) -> Iterator[Choice]:
    """Yield the buttons of a question; `name` is what they tell."""
    match ask.fact:
        case Fact.OTHER_CODES:
            yield Choice("These are all codes", "complete", "yes")
        case Fact.PROGRAM | Fact.STATE | Fact.PLAN:
            yield from (Choice(one, name, one) for one in ask.choices)
            if ask.fact is Fact.PLAN:
                yield Choice("Another plan", name, OTHER_PLAN)
        case Fact.CLIENT_MANAGED:
            yield from (Choice(says, name, told) for says, told in (("Yes", "yes"), ("No", "no")))
        case Fact.ACQUISITION:
            yield from (Choice(each.capitalize(), name, each.value) for each in Acquisition)
        case Fact.PLACE_OF_SERVICE:
            yield from (Choice(_PLACES.get(one, one), name, one) for one in ask.choices or ("12",))
        case Fact.MODIFIERS | Fact.DIAGNOSES:
            yield Choice("None", name, "none")
        case _:
            pass
