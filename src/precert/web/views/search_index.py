"""An index of the rules of an edition: sets of rules as bits, so that counting them is quick.

A set of rules is an integer whose bit N stands for the rule at position N, the rules sorted by
code. To combine two filters is one operation on two integers, to count a set is another: a search
of 100,000 rules with the counts of every filter's values takes milliseconds, and needs no database.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import compress, islice
from typing import TYPE_CHECKING, NamedTuple

from precert.model import CodeRange, Requirement
from precert.model.code import first_code, shape_of
from precert.web.views.rules import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from precert.model import Code, Rule
    from precert.rulebook import Rulebook

NONE = "none"
"""The value of a filter for rules that have none: no platform, no condition."""
FILTERS = ("program", "category", "requirement", "platform", "condition")

_WORD = re.compile(r"[^\W_]+")
_ZERO_TO_NOTHING = bytes.maketrans(b"0", b"\0")
_PAST_ANY = "\U0010ffff"

Positions = list[int]


class Index(NamedTuple):
    """The rules sorted by code, and which of them have what; `described` if texts were imported.

    `filters` are by filter and value the set of rules; `codes` the code of each rule, a range
    by its first; `ranges` the positions of ranges; `words` each word's positions, sorted by word.
    """

    rules: tuple[Rule, ...]
    all: int
    codes: tuple[Code, ...]
    ranges: tuple[tuple[int, CodeRange], ...]
    filters: Mapping[str, Mapping[str, int]]
    words: tuple[str, ...]
    having: tuple[Positions, ...]
    described: bool

    def with_code(self, beginning: str) -> int:
        """Return the rules of the codes that begin so, and of the ranges that hold one of them."""
        first = bisect_left(self.codes, beginning)
        past = bisect_left(self.codes, beginning + _PAST_ANY)
        found = (1 << past) - (1 << first)
        for at, held in self.ranges:
            if _may_hold(held, beginning):
                found |= 1 << at
        return found

    def with_word(self, beginning: str) -> int:
        """Return the rules with a word that begins so."""
        first = bisect_left(self.words, beginning)
        past = bisect_left(self.words, beginning + _PAST_ANY)
        return as_bits((at for some in self.having[first:past] for at in some), len(self.rules))

    def some(self, found: int, start: int, count: int) -> list[Rule]:
        """Return the rules of a set, in the order of their codes, from one on."""
        bits = bin(found)[:1:-1].encode().translate(_ZERO_TO_NOTHING)
        return list(islice(compress(self.rules, bits), start, start + count))


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded so that case does not matter."""
    return _WORD.findall(text.casefold())


def build_index(edition: Rulebook, descriptions: Mapping[str, str]) -> Index:
    """Return the index of an edition, with the words of the descriptions that were imported."""
    position = {name: at for at, name in enumerate(edition.program_names)}
    rules = tuple(
        sorted(
            edition.rules,
            key=lambda rule: (first_code(rule.code), position[rule.program], rule.ref.order),
        )
    )
    having = _positions_of_words(rules, descriptions)
    words = tuple(sorted(having))
    ranges = ((at, rule.code) for at, rule in enumerate(rules) if isinstance(rule.code, CodeRange))
    return Index(
        rules=rules,
        all=(1 << len(rules)) - 1,
        codes=tuple(first_code(rule.code) for rule in rules),
        ranges=tuple(ranges),
        filters=_filters(rules, edition.program_names),
        words=words,
        having=tuple(having[word] for word in words),
        described=any(descriptions.values()),
    )


def as_bits(positions: Iterable[int], count: int) -> int:
    """Return the set of the rules at these positions, of `count` rules."""
    held = bytearray(count // 8 + 1)
    for at in positions:
        held[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(held, "little")


def _may_hold(held: CodeRange, beginning: str) -> bool:
    """Return whether a code that begins so may lie in the range."""
    first, last, length = held.first, held.last, len(beginning)
    shape = shape_of(first)[:length]
    in_between = first[:length] <= beginning <= last[:length]
    return in_between and shape_of(beginning) == shape  # type: ignore[arg-type]  # a beginning


def _filters(rules: tuple[Rule, ...], programs: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Return the sets of rules by filter and value.

    Programs are in the order of the list, requirements in that of their kinds, other values in that
    of the alphabet, `none` last.
    """
    found: dict[str, dict[str, Positions]] = {name: {} for name in FILTERS}
    found["program"] = {name: [] for name in programs}
    found["requirement"] = {kind.value: [] for kind in Requirement}
    for at, rule in enumerate(rules):
        for name, value in _values(rule):
            found[name].setdefault(value, []).append(at)
    for name in ("category", "platform", "condition"):
        found[name] = dict(sorted(found[name].items(), key=_none_last))
    return {
        name: {value: as_bits(some, len(rules)) for value, some in values.items()}
        for name, values in found.items()
    }


def _none_last(item: tuple[str, Positions]) -> tuple[bool, str]:
    return item[0] == NONE, item[0].casefold()


def _values(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "program", rule.program
    yield "category", rule.category
    yield "requirement", rule.requirement.value
    yield "platform", rule.platform or NONE
    for kind in {kind_of(condition) for condition in rule.conditions} or {NONE}:
        yield "condition", kind


def _positions_of_words(
    rules: tuple[Rule, ...], descriptions: Mapping[str, str]
) -> dict[str, Positions]:
    """Return by word the positions of the rules whose printed grouping or description has it."""
    found: dict[str, Positions] = {}
    groupings: dict[tuple[str, str, str], frozenset[str]] = {}
    for at, rule in enumerate(rules):
        grouping = (rule.program, rule.category, rule.heading)
        words = groupings.get(grouping)
        if words is None:
            words = groupings[grouping] = frozenset(words_of(" ".join(grouping)))
        described = descriptions.get(rule.rule_id)
        for word in words.union(words_of(described)) if described else words:
            found.setdefault(word, []).append(at)
    return found
