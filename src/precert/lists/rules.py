"""One row with a code in, one rule out: each cell says its part, or stays unread and says so."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from precert.lists.date_columns import DateReader
from precert.lists.entries import Entry
from precert.lists.findings import Findings
from precert.lists.layout import IGNORED
from precert.lists.markup import (
    breaks_off,
    leaves_bracket_open,
    plain,
    shown,
    slug,
    spoken,
    words,
)
from precert.lists.phrases import noted
from precert.lists.texts import TextReader
from precert.model import Requirement, Rule, Unread
from precert.notation import parse_conditions

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.lists.code_cells import CodeCell
    from precert.lists.columns import Cells
    from precert.lists.layout import Layout
    from precert.lists.notes import NoteReader
    from precert.lists.standing import Standing
    from precert.model import Code, Condition, Row

    Decision = tuple[Requirement, tuple[Condition, ...]]


class RuleReading(NamedTuple):
    """The rules of a row and what is wrong with it; `broken`: evidently the row goes on below."""

    entries: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]
    broken: bool


class RuleReader:
    """Reads rules by a layout; what is printed in many rows it reads once."""

    def __init__(self, layout: Layout, notes: NoteReader) -> None:
        self._layout = layout
        self._texts = TextReader(notes)
        self.dates = DateReader(layout.date_form)
        self._rows: dict[tuple[str, str], int] = {}
        self._decide = cache(lambda printed: decide(printed, layout))
        self._plain, self._spoken = cache(plain), cache(spoken)
        self._slug, self._words = cache(slug), cache(words)

    def read_rules(
        self, codes: CodeCell, cells: Cells, standing: Standing, row: Row, *, cut: bool
    ) -> RuleReading:
        """Return the rule that the row prints for each code; `cut`: the row's end is missing."""
        printed = cells.fields
        program = standing.program or ""
        in_column = printed.get("program", "")
        description = plain(printed.get("description", ""))
        found = Findings(row.ref)
        found.add(self._layout.programs.get(self._words(program), ()))
        broken = _report_broken(cells, row, found, cut=cut)
        for reason in codes.wrong:
            found.leave_unread("code", printed["code"])
            found.report("PC303", reason=reason)
        requirement = self._decision(printed.get("decision", ""), found)
        _add_what_stands_above(standing, requirement, found)
        self._texts.search("program", self._plain(in_column), in_column, requirement, found)
        self.dates.read_dates(cells, found)
        self._texts.read_texts(cells, description, requirement, found)
        # In this order: each cell adds to what was found, and only then is that asked for.
        rule = Rule(
            rule_id="",
            program=program,
            product=self._name("product", printed.get("product", ""), found, requirement),
            category=self._name("category", printed.get("category", ""), found, requirement),
            heading=standing.heading.text if standing.heading else "",
            code=codes.codes[0],
            requirement=requirement,
            platform=self._platform(printed.get("platform", ""), found),
            um_cs=self._included(printed.get("um_cs", ""), found),
            descriptor_add_on=self._is_add_on(description),
            conditions=found.conditions(),
            effective_from=found.effective_from,
            effective_to=found.effective_to,
            ref=row.ref,
        )
        entries = tuple(
            Entry(replace(rule, rule_id=self._rule_id(program, code), code=code), printed)
            for code in codes.codes
        )
        return RuleReading(entries, tuple(found.diagnostics), broken)

    def _rule_id(self, program: str, code: Code) -> str:
        """Return the program's slug and the code, numbered from the code's second row on."""
        key = (self._slug(program), code)
        row = self._rows[key] = self._rows.get(key, 0) + 1
        rule_id = "/".join(key)
        return rule_id if row == 1 else f"{rule_id}/{row}"

    def _name(self, field: str, printed: str, found: Findings, requirement: Requirement) -> str:
        """Return a product or category; what the layout calls a blank is one, and reported."""
        if printed and self._spoken(printed) in self._layout.blanks:
            found.report("PC308", field=field, text=shown(printed))
            return ""
        if printed:
            self._texts.search(field, self._plain(printed), printed, requirement, found)
        return self._plain(printed)

    def _decision(self, printed: str, found: Findings) -> Requirement:
        decision = self._decide(printed)
        if decision is None:
            found.leave_unread("decision", printed)
            found.report("PC301", text=shown(printed))
            return Requirement.UNREAD
        requirement, conditions = decision
        found.add(conditions)
        return requirement

    def _platform(self, printed: str, found: Findings) -> str | None:
        said = self._spoken(printed)
        if leaves_bracket_open(printed) or (said and said not in self._layout.platforms):
            found.leave_unread("platform", printed)
            found.report("PC306", text=shown(printed))
        return self._layout.platforms.get(said)

    def _included(self, printed: str, found: Findings) -> bool | None:
        said = self._spoken(printed)
        if said and said not in self._layout.included:
            found.leave_unread("um_cs", printed)
            found.report("PC302", column="um_cs", text=shown(printed))
        return self._layout.included.get(said)

    def _is_add_on(self, description: str) -> bool:
        lowered = description.casefold()
        return any(
            phrase.key in lowered and phrase.pattern.search(description) is not None
            for phrase in self._layout.add_on
        )


def _add_what_stands_above(standing: Standing, requirement: Requirement, found: Findings) -> None:
    """Add what the heading says, and that a remark stands above; both were reported there."""
    if standing.remark:
        found.add((Unread("remark", standing.remark),))
    says = standing.heading_says.under(requirement)
    if says.rest:
        found.add(says.conditions)
        found.leave_unread("heading", standing.heading_printed)
    elif says.found:
        found.take("heading", standing.heading_printed, says, unread=False)


def _report_broken(cells: Cells, row: Row, found: Findings, *, cut: bool) -> bool:
    """Leave unread what of the row is broken off; return whether it goes on in the next line."""
    if cut:
        found.leave_unread("row", "\t".join(row.cells))
    if cells.surplus:
        found.leave_unread("row", "\t".join(cells.surplus))
    printed = (*cells.fields.items(), *((IGNORED, cell) for cell in cells.ignored))
    opened = tuple((field, cell) for field, cell in printed if breaks_off(cell))
    for field, cell in opened:
        found.leave_unread(field, cell)
        found.report("PC302", column=field, text=shown(cell))
    return cut or bool(opened)


def decide(printed: str, layout: Layout) -> Decision | None:
    """Return what the decision cell requires, and on which conditions; None for an unknown word."""
    text = plain(printed)
    if breaks_off(printed) or leaves_bracket_open(printed):
        return None
    for word in layout.decisions:
        for form in word.forms:
            match = form.pattern.match(text)
            values = match and noted(match, layout.placeholders)
            if values is not None:
                return word.requirement, parse_conditions(word.condition.format_map(values))
    return None
