"""PC320, PC321: a description or a note refers to another code, or to what is nearly one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from precert.codes import InvalidCode, code_set, is_code, parse_code
from precert.diagnostics import diagnostic
from precert.lists.checks._places import lines, listed
from precert.model import Code, CodeRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.diagnostics import Diagnostic
    from precert.lists.entries import Entry, ListReading
    from precert.lists.layout import Layout
    from precert.model import SourceRef

_FIELDS = ("description", "note", "grouping")
_WORD = r"[A-Za-z0-9]\d{3}[A-Za-z0-9](?!\w)"
_MENTION = re.compile(rf"(?<![\w.-])({_WORD})(?:\s?[-–]\s?({_WORD}))?")  # noqa: RUF001 - a range
_DIGITS = 4
_ROUND = "000"


class _Mention(NamedTuple):
    """What a text names: a code or a range with the places of its rules, or nearly a code."""

    name: str
    refs: tuple[SourceRef, ...] = ()
    meant: tuple[str, ...] = ()
    """The codes that a text which is none may stand for."""


def check(reading: ListReading, _layout: Layout) -> Iterator[Diagnostic]:
    """Yield one diagnostic per row that refers to codes, and one per text that is nearly a code.

    A text that may be something else, a round number or a unit in lower case, counts as a code only
    where the list holds that code.
    """
    places = _Places(reading)
    for entry in reading.entries:
        found = _mentions_of(entry, places)
        codes = [mention for mention in found if not mention.meant]
        rule = entry.rule
        if codes:
            refs = list(dict.fromkeys(ref for mention in codes for ref in mention.refs))
            yield diagnostic(
                "PC320",
                rule.ref,
                *refs,
                procedure=rule.code,
                references=listed([mention.name for mention in codes]),
                whether=_whether_listed(codes, refs),
            )
        for name, _, meant in found:
            if meant:
                facts = {"text": repr(name), "meant": " or ".join(meant)}
                yield diagnostic("PC321", rule.ref, procedure=rule.code, **facts)


class _Places:
    """Where the list prints rules for a code."""

    def __init__(self, reading: ListReading) -> None:
        self._of_codes: dict[Code, list[SourceRef]] = {}
        self._of_ranges: list[tuple[CodeRange, SourceRef]] = []
        for entry in reading.entries:
            code, ref = entry.rule.code, entry.rule.ref
            if isinstance(code, CodeRange):
                self._of_ranges.append((code, ref))
            else:
                self._of_codes.setdefault(code, []).append(ref)

    def of(self, code: Code) -> tuple[SourceRef, ...]:
        """Return the places of the code and of the ranges that hold it."""
        held = (ref for code_range, ref in self._of_ranges if code_range.holds(code))
        return (*self._of_codes.get(code, ()), *held)

    def within(self, start: Code, end: Code) -> tuple[SourceRef, ...]:
        """Return the places of what lies between the two, or holds a code that does."""
        inside = (code for code in self._of_codes if start <= code <= end)
        held = (pair for pair in self._of_ranges if pair[0].first <= end and start <= pair[0].last)
        kind = code_set(start)
        return (
            *(ref for code in inside if code_set(code) is kind for ref in self._of_codes[code]),
            *(ref for code_range, ref in held if code_set(code_range.first) is kind),
        )


def _mentions_of(entry: Entry, places: _Places) -> list[_Mention]:
    """Return what the row names, each once, other than its own code."""
    found: dict[str, _Mention] = {}
    for field in _FIELDS:
        for match in _MENTION.finditer(entry.printed.get(field, "")):
            found |= {mention.name: mention for mention in _mentions(match[1], match[2], places)}
    found.pop(str(entry.rule.code), None)
    return list(found.values())


def _mentions(first: str, last: str | None, places: _Places) -> Iterator[_Mention]:
    """Yield the range from the first code to the last, or each of the two by itself."""
    start, end = parse_code(first), parse_code(last or "")
    if is_code(start) and is_code(end) and code_set(start) is code_set(end):
        refs = places.within(start, end)
        if refs or (_is_certain(first) and _is_certain(last or "")):
            yield _Mention(f"{start}-{end}", refs)
        return
    for name in filter(None, (first, last)):
        code = parse_code(name)
        if isinstance(code, InvalidCode):
            if code.candidates and name == name.upper() and _digits(name) >= _DIGITS:
                yield _Mention(name, meant=code.candidates)
        elif (refs := places.of(code)) or _is_certain(name):
            yield _Mention(code, refs)


def _is_certain(name: str) -> bool:
    """Return whether a text in the shape of a code can hardly be anything else."""
    return name == name.upper() and not name.endswith(_ROUND)


def _digits(name: str) -> int:
    return sum(map(str.isdigit, name))


def _whether_listed(codes: Sequence[_Mention], refs: Sequence[SourceRef]) -> str:
    missing = [mention.name for mention in codes if not mention.refs]
    if not refs:
        return "not in this list"
    but = f", but {listed(missing)} not" if missing else ""
    return f"in this list ({lines(refs)}){but}"
