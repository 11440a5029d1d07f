"""What is wrong with a list as an HTML report: something to send to the owner of the list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from precert.cli.findings import counted as counted_in_words
from precert.cli.reports.frame import Section, page
from precert.cli.reports.markup import Markup, element, joined
from precert.cli.reports.tables import Cell, Line, counted, facts, table
from precert.diagnostics import Severity, catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from precert.compiler import Lint
    from precert.diagnostics import Diagnostic, Kind
    from precert.model import SourceRef

_CLASSES = {Severity.ERROR: "word error", Severity.WARNING: "word warning", Severity.INFO: "word"}


def lint_as_html(diagnostics: Sequence[Diagnostic], lint: Lint, paths: Sequence[Path]) -> str:
    """Return the HTML file of a lint; `diagnostics` are those that are to be shown."""
    names = ", ".join(path.name for path in paths)
    several = len(paths) > 1
    found: dict[str, list[Diagnostic]] = {}
    for one in sorted(diagnostics, key=_by_severity):
        found.setdefault(one.code, []).append(one)
    sections = [_overview(found)] if found else []
    sections += [_of_code(code, these, several=several) for code, these in found.items()]
    summary = _summary(diagnostics, lint, names, several=several)
    return page(f"What is wrong with {names}", summary, sections, _FOOTER, contents=False)


_FOOTER = "The places are those of the document as it was given; nothing in it was changed."


def _by_severity(one: Diagnostic) -> tuple[int, str]:
    return list(Severity).index(one.severity), one.code


def _summary(diagnostics: Sequence[Diagnostic], lint: Lint, names: str, *, several: bool) -> Markup:
    rules = sum(lint.accounting.by_program.values())
    pairs = [
        ("Documents" if several else "Document", names),
        ("Read", f"{lint.accounting.lines:,} lines, {rules:,} rules"),
        ("Found", counted_in_words(lint.diagnostics)),
    ]
    hidden = len(lint.diagnostics) - len(diagnostics)
    said = f"{hidden:,} less severe ones are not shown." if hidden else ""
    return joined((facts(pairs), *([element("p", said, class_="note")] if said else [])))


def _overview(found: dict[str, list[Diagnostic]]) -> Section:
    kinds = catalogue()
    most = max(map(len, found.values()))
    groups: list[list[Line]] = [
        [
            [
                element("a", code, href=f"#{code}"),
                Cell(_severity(kinds[code].severity)),
                _name(kinds[code]),
                counted(len(these), most),
            ]
        ]
        for code, these in found.items()
    ]
    header = ("Code", "Severity", "What", "Count")
    caption = "How many there are of each, the most severe first"
    return Section("overview", "Overview", table(caption, header, groups, numbers=(3,)))


def _of_code(code: str, these: Sequence[Diagnostic], *, several: bool) -> Section:
    """Return what a kind of diagnostic means, and every place where it was found."""
    kind = catalogue()[code]
    about = facts(
        (
            ("Severity", _severity(kind.severity)),
            ("What", kind.what),
            ("Why it matters", kind.why),
            ("What to do", kind.remedy),
        )
    )
    see_also = any(one.related for one in these)
    header = ("Where", "What was found", *(["See also"] if see_also else []))
    groups: list[list[Line]] = [
        [
            [
                Cell(_place(one.ref, several=several), "place"),
                one.sentence,
                *([Cell(_related(one, several=several), "place")] if see_also else []),
            ]
        ]
        for one in these
    ]
    caption = f"{len(these):,} place{'' if len(these) == 1 else 's'} of {code}"
    heading = f"{code}: {_name(kind)} ({len(these):,})"
    return Section(code, heading, joined((about, table(caption, header, groups))))


def _severity(severity: Severity) -> Markup:
    return element("span", severity.value, class_=_CLASSES[severity])


def _name(kind: Kind) -> str:
    return kind.name.replace("-", " ")


def _related(one: Diagnostic, *, several: bool) -> str:
    places = Counter(_place(ref, several=several) for ref in one.related)
    return "\n".join(places)


def _place(ref: SourceRef, *, several: bool) -> str:
    return f"{ref.document}, {ref.place}" if several else ref.place
