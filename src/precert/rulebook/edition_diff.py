"""What differs between two editions as a whole: dates, plans, programs, codes that none lists."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING

from precert.model import Edition, Program
from precert.rulebook.as_compared import as_compared
from precert.rulebook.difference import Change, Difference, DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from precert.rulebook.as_compared import Renames
    from precert.rulebook.book import Rulebook

# A name is only what an edition is called, and who told a date is nothing that the list says.
_NOT_COMPARED = ("name", "effective_from_basis", "review_by_basis")
_OF_EDITION = tuple(field.name for field in fields(Edition) if field.name not in _NOT_COMPARED)
_OF_PROGRAM = tuple(field.name for field in fields(Program) if field.name not in {"name", "ref"})
_DATES = ("effective_from", "effective_to", "review_by")


def diff_editions(
    before: Rulebook, after: Rulebook, renames: Renames, *, dates: bool
) -> Iterator[Difference]:
    """Yield what differs between the editions; their dates only if `dates`.

    Programs that are in one of them alone are told with the number of their rules. That a code
    which is not listed needs no authorization is printed in one place, and answers for all of them.
    """
    for name in _OF_EDITION:
        if dates or name not in _DATES:
            old, new = getattr(before.edition, name), getattr(after.edition, name)
            if _compared(old) != _compared(new):
                yield _difference(Change(name, _text(old), _text(new)))
    if {as_compared(plan) for plan in before.plans} != {as_compared(plan) for plan in after.plans}:
        yield _difference(Change("plans", ", ".join(before.plans), ", ".join(after.plans)))
    if before.exhaustive_sets != after.exhaustive_sets:
        said = [", ".join(sorted(book.exhaustive_sets)) for book in (before, after)]
        refs = [
            () if place is None else (place,) for place in (before.exhaustive, after.exhaustive)
        ]
        difference = _difference(Change("exhaustive", *said))
        yield replace(difference, before_refs=refs[0], after_refs=refs[1])
    yield from _programs(before, after, renames)


def _programs(before: Rulebook, after: Rulebook, renames: Renames) -> Iterator[Difference]:
    old = {_renamed(program.name, renames): program for program in before.programs}
    new = {as_compared(program.name): program for program in after.programs}
    for name in dict.fromkeys((*new, *old)):
        was, is_now = old.get(name), new.get(name)
        if was is None or is_now is None:
            change = Change("program", _printed(was, before), _printed(is_now, after))
            yield _difference(change, was, is_now)
        else:
            for field in _OF_PROGRAM:
                values = getattr(was, field), getattr(is_now, field)
                if values[0] != values[1]:
                    yield _difference(Change(field, *map(_text, values)), was, is_now)


def _difference(
    change: Change, was: Program | None = None, is_now: Program | None = None
) -> Difference:
    return Difference(
        DifferenceKind.EDITION,
        "",
        was.name if was else "",
        is_now.name if is_now else "",
        (change,),
        before_refs=(was.ref,) if was else (),
        after_refs=(is_now.ref,) if is_now else (),
    )


def _printed(program: Program | None, rulebook: Rulebook) -> str:
    if program is None:
        return ""
    if program.link_only:
        return "only a link"
    count = sum(rule.program == program.name for rule in rulebook.rules)
    return f"{count:,} rule{'' if count == 1 else 's'}"


def _renamed(name: str, renames: Mapping[str, str]) -> str:
    compared = as_compared(name)
    return renames.get(compared, compared)


def _compared(value: object) -> object:
    return as_compared(value) if type(value) is str else value


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
