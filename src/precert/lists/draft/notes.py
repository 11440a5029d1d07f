"""A printed note as key phrases with placeholders: the beginnings of a pattern."""

from __future__ import annotations

import re

from precert.lists.phrases import LONGEST_PHRASE, placeholders

_KNOWN = placeholders({}, {}, ())
_ANYWHERE = ("date", "phone", "codes")
_IN_COLUMN = {
    "place_of_service": "places",
    "modifier": "modifiers",
    "state": "states",
    "diagnosis": "diagnoses",
}
_BESIDE_AN_AGE = re.compile(
    r"\b(?:(?P<under>under|below|younger than)|over|above|older than)\s+(?:age\s+)?[0-9]",
    re.IGNORECASE,
)
_PIECE = re.compile(r"\{[a-z]+\}|\w+(?:['’-]\w+)*|[^\w\s]")  # noqa: RUF001 - an apostrophe, as printed


def phrases_of(note: str, column: str = "note") -> tuple[str, ...]:
    """Return the whole note as phrases of at most five words; each value becomes its placeholder.

    A placeholder that the note needs twice stays as printed the second time: a person has to say
    which of the two means what. What a number is, the column may tell: an age, units, a place.
    """
    text = note.replace("{", "(").replace("}", ")")
    own = (_IN_COLUMN[column],) if column in _IN_COLUMN else ()
    for name in (*own, *_ANYWHERE, _number(text, column)):
        value = re.compile(rf"(?<!\w){_KNOWN[name].pattern}(?!\w)", re.IGNORECASE)
        text = value.sub(f"{{{name}}}", text, count=1)
    phrases: list[list[str]] = [[]]
    spoken = 0
    for piece in _PIECE.findall(text):
        is_word = piece[0] == "{" or piece[0].isalnum()
        if is_word and spoken == LONGEST_PHRASE:
            phrases.append([])
            spoken = 0
        if is_word:
            spoken += 1
        if is_word or piece in "<>=%#+":
            phrases[-1].append(piece)
    return tuple(" ".join(phrase) for phrase in phrases if phrase)


def _number(note: str, column: str) -> str:
    """Return the placeholder for a number; below and above an age are ones of their own."""
    if column == "age":
        beside = _BESIDE_AN_AGE.search(note)
        return ("under" if beside["under"] else "over") if beside else "age"
    return "units" if column == "units" else "count"
