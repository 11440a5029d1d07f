"""The parts of a draft that ask a person: what words, platforms, notes and other texts mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.draft.decisions import requirement_of
from precert.lists.draft.layout_values import array, quoted
from precert.lists.draft.notes import phrases_of
from precert.lists.markup import shown, spoken, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from precert.lists.draft.columns import Seen
    from precert.lists.draft.draft import Decided, Draft

_TEXTS_SHOWN = 40


def decisions(draft: Draft) -> Iterator[str]:
    """Yield what each decision word seems to require, and the words that a person has to read."""
    by_requirement: dict[str, dict[str, list[Seen]]] = {}
    unknown: dict[str, list[Seen]] = {}
    for decided in (each for column in draft.decisions.values() for each in column):
        into = by_requirement.setdefault(_name(decided), {}) if decided.requirement else unknown
        into.setdefault(decided.seen.text, []).append(decided.seen)
    for requirement, printed in by_requirement.items():
        yield ""
        yield f"# {', '.join(_counted(seen) for seen in printed.values())}"
        yield "[[decision]]"
        yield f"requirement = {quoted(requirement)}"
        yield f"printed = {array(_once(printed))}"
    for word, seen in unknown.items():
        yield ""
        yield f"# ? {_counted(seen)}, first {seen[0].first.place}. What does it require?"
        yield "# [[decision]]"
        yield '# requirement = "required"'
        yield f"# printed = {array([word])}"
    blank = sum(column.blank for column in draft.held_by("decision"))
    if blank:
        yield ""
        yield f"# ? Rows that print no decision: {blank:,}. If the payer says what a blank means:"
        yield "# [[decision]]"
        yield '# requirement = "not-required"'
        yield "# blank = true"


def _name(decided: Decided) -> str:
    return decided.requirement.value if decided.requirement else ""


def _once(words: Iterable[str]) -> list[str]:
    """Return the words that differ by more than case and harmless signs."""
    return list({spoken(word): word for word in words}.values())


def platforms(draft: Draft) -> Iterator[str]:
    """Yield the platform words, each under the key that it seems to belong to."""
    if not draft.platforms:
        return
    yield ""
    yield "# ? Platforms or vendors on which a case is built (built_on), words that make the payer"
    yield "# itself the route (payer), and words for no platform (none): is each where it belongs?"
    yield "[platforms]"
    proposed: dict[str, list[str]] = {}
    for seen in draft.platforms[:_TEXTS_SHOWN]:
        yield f"# {_counted([seen])}"
        proposed.setdefault(_platform_kind(seen.text), []).append(seen.text)
    for kind, texts in proposed.items():
        yield f"{kind} = {array(_once(texts))}"


def _platform_kind(text: str) -> str:
    """Return what a platform cell seems to say; a sentence about authorization names the payer."""
    said = set(words(text).split())
    if requirement_of(text) or said <= {"n", "a", "na", "none"}:
        return "none"
    return "payer" if said & {"authorization", "required", "requires", "through"} else "built_on"


def notes(draft: Draft) -> Iterator[str]:
    """Yield the notes, then the limits of each column, each as the beginnings of a pattern."""
    if draft.notes:
        yield ""
        yield "# Notes, the most frequent first. A note without a pattern leaves its rule unread."
        yield from _patterns(draft.notes, "note")
    for field, texts in draft.limits.items():
        yield ""
        yield f"# Limits in the column {field}. One without a pattern leaves its rule unread."
        yield from _patterns(texts, field)


def _patterns(texts: Sequence[Seen], field: str) -> Iterator[str]:
    for seen in texts[:_TEXTS_SHOWN]:
        yield f"# ? {_counted([seen])}, first {seen.first.place}. What does it mean?"
        yield "# [[pattern]]"
        yield f"# phrases = {array(phrases_of(seen.text, field))}"
        if field != "note":
            yield f"# columns = {array([field])}"
        yield '# condition = ""'
    if len(texts) > _TEXTS_SHOWN:
        yield f"# and {len(texts) - _TEXTS_SHOWN:,} more distinct texts"


def unplaced(draft: Draft) -> Iterator[str]:
    """Yield the texts outside the rows with codes that the draft does not explain."""
    texts = draft.unplaced[:_TEXTS_SHOWN]
    if texts:
        yield ""
        yield "# ? Texts outside the rows with codes. A line that says nothing of a code"
        yield "# is furniture; a title belongs into [titles]; a heading in a table needs nothing."
    for ref, text, count in texts:
        often = f", {count:,} times" if count > 1 else ""
        yield f"# {ref.place}{often}: {shown(text)}"
    if len(draft.unplaced) > _TEXTS_SHOWN:
        yield f"# and {len(draft.unplaced) - _TEXTS_SHOWN:,} more"


def _counted(seen: Sequence[Seen]) -> str:
    count = sum(each.times for each in seen)
    return f"{count:,} {'row prints' if count == 1 else 'rows print'} {shown(seen[0].text)}"
