"""Which of the texts above the headers are titles of programs, and in what form."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from precert.lists.markup import plain_line, words
from precert.lists.phrases import LONGEST_PHRASE, compile_phrase, placeholders

if TYPE_CHECKING:
    from precert.lists.draft.tables import Found
    from precert.model import SourceRef

_KNOWN = placeholders({}, {}, ())
_BETWEEN = (":", " - ", " – ")  # noqa: RUF001 - dashes, as printed


class TitleForm(NamedTuple):
    """What stands before the name of a program, and the programs that the titles name."""

    form: str
    programs: tuple[str, ...]


class TitleDraft(NamedTuple):
    """The forms of the titles, and the texts above headers that are none."""

    forms: tuple[TitleForm, ...]
    others: tuple[tuple[SourceRef, str], ...]


def draft_titles(found: Found) -> TitleDraft:
    """Return the forms of the lines above headers that name something after a sign.

    `Codes for: Seating` is read as the title of the program Seating. A form holds at most five
    words, as every phrase of a layout: of a longer beginning the last ones are kept.
    """
    texts = [(ref, plain_line(text)) for group in found.above for ref, text in group]
    named: dict[str, dict[str, None]] = {}
    others: list[tuple[SourceRef, str]] = []
    for ref, text in texts:
        before, name = _split(text)
        form = f"{_last_words(before)}: {{program}}"
        if name and _is_phrase(form):
            named.setdefault(form, {})[name] = None
        else:
            others.append((ref, text))
    forms = [TitleForm(form, tuple(names)) for form, names in named.items()]
    return TitleDraft(tuple(forms), tuple(others))


def openings(titles: TitleDraft) -> tuple[str, ...]:
    """Return the short texts that stand above several headers: they open a title."""
    repeated = Counter(text for _, text in titles.others)
    return tuple(text for text, count in repeated.items() if count > 1 and _is_phrase(text))


def _split(text: str) -> tuple[str, str]:
    for sign in _BETWEEN:
        before, found, name = text.rpartition(sign)
        if found and words(before) and words(name) and _is_short(before):
            return before.strip(), name.strip()
    return text, ""


def _is_short(text: str) -> bool:
    return len(text.split()) <= LONGEST_PHRASE + 3


def _is_phrase(text: str) -> bool:
    """Return whether a layout takes the text as a phrase."""
    try:
        compile_phrase(text, _KNOWN, whole=True)
    except ValueError:
        return False
    return True


def _last_words(text: str) -> str:
    return " ".join(text.split()[-LONGEST_PHRASE:])
