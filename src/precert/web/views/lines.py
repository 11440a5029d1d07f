"""The evidence: the printed lines around a rule, its own line highlighted.

Text is shown only from the very document that the edition was compiled from; without it the rules
that stand around are shown by their places, codes and decisions.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from precert.errors import UnknownRule
from precert.model import Requirement
from precert.web.views.codes import EditionNamed, named
from precert.web.views.copies import copies_of
from precert.web.views.rules import RuleView, rule_views

if TYPE_CHECKING:
    from precert.model import Rule, SourceRef
    from precert.rulebook import Rulebook
    from precert.web.served import Served
    from precert.web.views.copies import LaidOut, PrintedLine

SCHEMA: Literal[1] = 1
AROUND = 5
"""How many lines are shown before and after the rule's own, if nothing is told."""
MOST_AROUND = 50


class LineKind(StrEnum):
    """What a printed line is: rules, the header of a table, or something else (a heading)."""

    RULE = "rule"
    HEADER = "header"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LineRule:
    """A rule that stands on a line."""

    rule_id: str
    code: str
    program: str
    requirement: Requirement
    platform: str | None


@dataclass(frozen=True, slots=True)
class LineView:
    """A printed line; `cells` is null where the document is not at hand."""

    line: int
    page: int | None
    sheet: str | None
    area: str | None
    place: str
    kind: LineKind
    highlighted: bool
    cells: tuple[str, ...] | None
    rules: tuple[LineRule, ...]


@dataclass(frozen=True, slots=True)
class LinesView:
    """The lines around a rule. `at_hand` tells whether they are quoted from the document itself.

    `changed` tells that a file of its name was found which is another document. `header` is the
    header of the rule's table, empty where it is not known.
    """

    schema: Literal[1]
    rulebook: EditionNamed
    rule: RuleView
    document: str
    sha256: str
    at_hand: bool
    changed: bool
    header: tuple[str, ...]
    lines: tuple[LineView, ...]


def lines_view(
    served: Served, rule_id: str, *, edition: str | None = None, around: int = AROUND
) -> LinesView:
    """Return the printed lines around a rule of an edition, the newest that holds it if not told.

    Raises `UnknownEdition`, `UnknownRule`, and what reading the user's own copies raises.
    """
    book, places = _holding(served, rule_id, edition)
    rule = places.rules[rule_id]
    copies = copies_of(served, book)
    document = copies.documents.get(rule.ref.document)
    own = copies.line(rule.ref)
    around = min(max(around, 0), MOST_AROUND)
    if document is None or own is None:
        lines = _known(rule.ref, places, around)
    else:
        lines = _quoted(rule.ref, document, places, around)
    sha256 = {one.name: one.sha256 for one in book.documents}
    return LinesView(
        schema=SCHEMA,
        rulebook=named(book),
        rule=rule_views(served, book, [rule])[0],
        document=rule.ref.document,
        sha256=sha256[rule.ref.document],
        at_hand=own is not None,
        changed=rule.ref.document in copies.changed,
        header=own.header if own else (),
        lines=lines,
    )


class _Places(NamedTuple):
    """The rules of an edition by their ids and by their places, and all places in their order."""

    rules: dict[str, Rule]
    at: dict[SourceRef, list[Rule]]
    ordered: list[SourceRef]


def _holding(served: Served, rule_id: str, edition: str | None) -> tuple[Rulebook, _Places]:
    picked = served.picked(edition)
    for book in picked:
        places = _places(served, book)
        if rule_id in places.rules:
            return book, places
    raise UnknownRule(rule_id, " or ".join(book.edition.name for book in picked))


def _places(served: Served, book: Rulebook) -> _Places:
    return served.kept.get(("places", book.digest), lambda: _sorted_out(book))


def _sorted_out(book: Rulebook) -> _Places:
    at: dict[SourceRef, list[Rule]] = {}
    for rule in book.rules:
        at.setdefault(rule.ref, []).append(rule)
    rules = {rule.rule_id: rule for rule in book.rules}
    return _Places(rules, at, sorted(at, key=lambda ref: ref.order))


def _quoted(
    own: SourceRef, document: LaidOut, places: _Places, around: int
) -> tuple[LineView, ...]:
    at = document.at[own]
    shown = document.lines[max(at - around, 0) : at + around + 1]
    return tuple(_line(line.ref, own, places, line) for line in shown)


def _known(own: SourceRef, places: _Places, around: int) -> tuple[LineView, ...]:
    at = bisect_left(places.ordered, own.order, key=lambda ref: ref.order)
    shown = places.ordered[max(at - around, 0) : at + around + 1]
    return tuple(
        _line(ref, own, places, None)
        for ref in shown
        if (ref.document, ref.sheet) == (own.document, own.sheet)
    )


def _line(ref: SourceRef, own: SourceRef, places: _Places, line: PrintedLine | None) -> LineView:
    rules = places.at.get(ref, [])
    kind = LineKind.RULE if rules else LineKind.OTHER
    return LineView(
        line=ref.line,
        page=ref.page,
        sheet=ref.sheet,
        area=ref.area,
        place=ref.place,
        kind=LineKind.HEADER if line and line.is_header else kind,
        highlighted=ref == own,
        cells=line.cells if line else None,
        rules=tuple(
            LineRule(rule.rule_id, str(rule.code), rule.program, rule.requirement, rule.platform)
            for rule in rules
        ),
    )
