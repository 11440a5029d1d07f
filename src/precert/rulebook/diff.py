"""Two rulebooks in, what differs between what they say out: added, removed, moved, changed.

How a list is printed is no difference: other line numbers, another order of the rows, other case,
blanks or typographic signs, a row printed twice, another file name.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from precert.model import PAYER
from precert.rulebook.as_compared import as_compared
from precert.rulebook.difference import (
    Change,
    Difference,
    DifferenceKind,
    Differences,
    names_after,
)
from precert.rulebook.edition_diff import diff_editions
from precert.rulebook.facets import facet_text, kind_of, printed
from precert.rulebook.pairing import pair
from precert.rulebook.renamed import renamed_programs, tell_renames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from precert.model import Rule
    from precert.rulebook.book import Rulebook
    from precert.rulebook.facets import Printed

Place = tuple[str, str]
"""A program, as it is compared and called after, and a code."""
Standing = dict[Place, tuple["Printed", ...]]


def diff_rulebooks(before: Rulebook, after: Rulebook, *, dates: bool = True) -> Differences:
    """Return what `after` says otherwise than `before`, the most important first.

    Rules of a code in a program are paired by likeness; a code that left one program and came to
    another has moved; a program with other name and most of its codes was renamed, and its codes
    are compared as if it had not been. `dates` says that the dates of the editions count: those of
    a document that prints none are nobody's.
    """
    renames = renamed_programs(before, after)
    old, new = _standing(before.rules, renames), _standing(after.rules, {})
    found = [
        *_in_place(old, new),
        *_gone_and_come(old, new),
        *tell_renames(before, after, renames),
        *diff_editions(before, after, renames, dates=dates),
    ]
    return Differences(before, after, tuple(sorted(found, key=_importance(before, after, renames))))


def _standing(rules: Iterable[Rule], renames: Mapping[str, str]) -> Standing:
    by_place: dict[Place, list[Rule]] = defaultdict(list)
    for rule in rules:
        name = as_compared(rule.program)
        by_place[renames.get(name, name), str(rule.code)].append(rule)
    return {place: printed(several, renames) for place, several in by_place.items()}


def _in_place(old: Standing, new: Standing) -> Iterator[Difference]:
    """Yield what changed for the codes that stay in their program."""
    for place in old.keys() & new.keys():
        found = pair(old[place], new[place])
        for was, is_now in found.pairs:
            changes = was.changes_to(is_now)
            if changes:
                yield _difference(kind_of(changes), was, is_now, changes)
        for was in found.lost:
            change = Change("rule", rule_text(was.rule), "")
            yield _difference(DifferenceKind.ANSWER, was, None, (change,))
        for is_now in found.new:
            change = Change("rule", "", rule_text(is_now.rule))
            yield _difference(DifferenceKind.ANSWER, None, is_now, (change,))


def _gone_and_come(old: Standing, new: Standing) -> Iterator[Difference]:
    """Yield the codes that left a program, came to one, or moved from one to another."""
    gone: dict[str, list[Printed]] = defaultdict(list)
    come: dict[str, list[Printed]] = defaultdict(list)
    stays: dict[str, list[str]] = defaultdict(list)
    for places, others, left in ((old, new, gone), (new, old, come)):
        for place, several in places.items():
            if place not in others:
                left[place[1]] += several
    for (_, code), several in new.items():
        stays[code].append(several[0].rule.program)
    for code in {*gone, *come}:
        found = pair(gone[code], come[code])
        for was, is_now in found.pairs:
            moved = Change("program", was.rule.program, is_now.rule.program)
            changes = (moved, *was.changes_to(is_now))
            yield _difference(DifferenceKind.MOVED, was, is_now, changes, stays[code])
        for was in found.lost:
            change = Change("rule", rule_text(was.rule), "")
            yield _difference(DifferenceKind.CODE_REMOVED, was, None, (change,), stays[code])
        for is_now in found.new:
            change = Change("rule", "", rule_text(is_now.rule))
            yield _difference(DifferenceKind.CODE_ADDED, None, is_now, (change,), stays[code])


def rule_text(rule: Rule) -> str:
    """Return what a rule answers, as text: its requirement, platform, conditions and dates."""
    by = {None: "", PAYER: " through the payer"}.get(rule.platform, f" on {rule.platform}")
    begins, ends = facet_text(rule, "effective_from"), facet_text(rule, "effective_to")
    parts = (
        f"{rule.requirement}{by}",
        *(facet_text(rule, facet) for facet in ("statements", "unread", "guards", "limits")),
        begins and f"from {begins}",
        ends and f"until {ends}",
    )
    return "; ".join(part for part in parts if part)


def _difference(
    kind: DifferenceKind,
    was: Printed | None,
    is_now: Printed | None,
    changes: tuple[Change, ...],
    stays: Sequence[str] = (),
) -> Difference:
    one = was or is_now
    if one is None:
        message = "a difference is that of a rule"
        raise AssertionError(message)
    after = is_now.rule.program if is_now else ""
    return Difference(
        kind,
        str(one.rule.code),
        was.rule.program if was else "",
        after,
        changes,
        was.rule if was else None,
        is_now.rule if is_now else None,
        was.refs if was else (),
        is_now.refs if is_now else (),
        tuple(sorted(name for name in stays if name != after)),
    )


def _importance(
    before: Rulebook, after: Rulebook, renames: Mapping[str, str]
) -> Callable[[Difference], tuple[object, ...]]:
    """Return what differences are sorted by: kind, program in the list's order, code, place."""
    kinds = {kind: at for at, kind in enumerate(DifferenceKind)}
    called = names_after(before, after, renames)
    places = {name: at for at, name in enumerate(dict.fromkeys(called.values()))}
    position = {compared: places[name] for compared, name in called.items()}

    def key(difference: Difference) -> tuple[object, ...]:
        refs = (difference.after_refs or difference.before_refs)[:1]
        return (
            kinds[difference.kind],
            position.get(as_compared(difference.program), -1),
            difference.code,
            [ref.order for ref in refs],
            [change.what for change in difference.changes],
        )

    return key
