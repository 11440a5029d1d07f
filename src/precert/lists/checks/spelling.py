"""PC311: one value of a column printed in several spellings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from precert.diagnostics import diagnostic
from precert.lists.checks._places import listed, rows
from precert.lists.markup import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import ListReading
    from precert.lists.layout import Layout
    from precert.model import SourceRef

_FIELDS = ("product", "category", "decision", "platform")
_SHORTEST_INITIALS = 3


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per field and value, at the first row of its rarest spelling.

    Two spellings are one value when they hold the same words, whatever their case, order, markup
    and punctuation; initials beside or instead of the words that they stand for count for nothing.
    """
    for field in _FIELDS:
        spellings: dict[str, list[SourceRef]] = defaultdict(list)
        for entry in reading.entries:
            spellings[entry.printed.get(field, "")].append(entry.rule.ref)
        for group in _groups(_without_markup(spellings)):
            rarest = min(reversed(group), key=lambda spelling: len(group[spelling]))
            yield diagnostic(
                "PC311",
                *group[rarest],
                field=field,
                ways=len(group),
                spellings=listed([f"{name!r} ({rows(len(at))})" for name, at in group.items()]),
                rarest=repr(rarest),
            )


def _without_markup(spellings: Mapping[str, list[SourceRef]]) -> dict[str, list[SourceRef]]:
    """Return the places of each spelling, most frequent first; markup is another diagnostic's."""
    found: dict[str, list[SourceRef]] = defaultdict(list)
    for printed, refs in spellings.items():
        spelling = plain(printed)
        if spelling:
            found[spelling] += refs
    frequent = sorted(found, key=lambda spelling: (-len(found[spelling]), min(found[spelling])))
    return {spelling: sorted(found[spelling]) for spelling in frequent}


def _groups(found: Mapping[str, list[SourceRef]]) -> Iterable[dict[str, list[SourceRef]]]:
    """Return the spellings of each value that has several."""
    in_words = {spelling: words(spelling).split() for spelling in found}
    spelled_out = {_initials(said): said for said in in_words.values() if len(said) > 1}
    groups: dict[tuple[str, ...], dict[str, list[SourceRef]]] = defaultdict(dict)
    for spelling, said in in_words.items():
        meant = said
        if len(said) == 1 and len(said[0]) >= _SHORTEST_INITIALS:
            meant = spelled_out.get(said[0], said)
        groups[tuple(sorted(_without_initials(meant)))][spelling] = found[spelling]
    return (group for group in groups.values() if len(group) > 1)


def _without_initials(said: Sequence[str]) -> list[str]:
    """Return the words without one that holds the initials of all the others."""
    for at, word in enumerate(said):
        others = [*said[:at], *said[at + 1 :]]
        if len(word) >= _SHORTEST_INITIALS and word == _initials(others):
            return others
    return list(said)


def _initials(said: Iterable[str]) -> str:
    return "".join(word[0] for word in said)
