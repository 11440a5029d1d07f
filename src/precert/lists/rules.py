"""One row with a code in, one rule out: each cell says its part, or stays unread and says so."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from precert.lists.answers import AnswerReader
from precert.lists.date_columns import DateReader
from precert.lists.entries import Entry
from precert.lists.findings import Findings
from precert.lists.footnotes import plain_with_marks, split_marks
from precert.lists.markup import (
    leaves_bracket_open,
    plain,
    shown,
    slug,
    spoken,
    words,
)
from precert.lists.row_findings import (
    add_what_stands_above,
    report_broken,
    report_codes,
)
from precert.lists.texts import TextReader
from precert.model import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.diagnostics import Diagnostic
    from precert.lists.code_cells import CodeCell
    from precert.lists.columns import Cells
    from precert.lists.layout import Layout
    from precert.lists.notes import NoteReader
    from precert.lists.standing import Standing
    from precert.model import Code, CodeRange, Requirement, Row


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
        self.answers = AnswerReader(layout)
        self._plain, self._spoken = cache(plain), cache(spoken)
        self._slug, self._words = cache(slug), cache(words)

    def read_rules(
        self, codes: CodeCell, cells: Cells, standing: Standing, row: Row, *, cut: bool
    ) -> RuleReading:
        """Return the rule that the row prints for each code; `cut`: the row's end is missing."""
        readings = [
            self._read_group(codes, group, cells, standing, row, cut=cut) for group in codes.groups
        ]
        return RuleReading(
            tuple(entry for reading in readings for entry in reading.entries),
            tuple(dict.fromkeys(each for reading in readings for each in reading.diagnostics)),
            readings[0].broken,
        )

    def _read_group(  # noqa: PLR0913 - the row, where it stands, and what is known of it
        self,
        codes: CodeCell,
        group: tuple[tuple[str, ...], tuple[Code | CodeRange, ...]],
        cells: Cells,
        standing: Standing,
        row: Row,
        *,
        cut: bool,
    ) -> RuleReading:
        """Return the rules of the codes of a row that have the same footnote marks."""
        printed = cells.fields
        program = standing.program or ""
        in_column = printed.get("program", "")
        marks, group_codes = group
        found = Findings(row.ref)
        found.add(self._layout.programs.get(self._words(program), ()))
        broken = report_broken(cells, row, found, cut=cut)
        report_codes(codes, printed["code"], found)
        texts, more = self._without_marks(printed, found)
        description, marks = texts["description"], (*marks, *more)
        requirement = self.answers.read_answer(
            cells, texts["decision"], marks, found, carried=standing.carries
        )
        add_what_stands_above(standing, requirement, found)
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
            code=group_codes[0],
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
            Entry(replace(rule, rule_id=self._rule_id(program, code), code=code), printed, marks)
            for code in group_codes
        )
        return RuleReading(entries, tuple(found.diagnostics), broken)

    def _without_marks(
        self, printed: Mapping[str, str], found: Findings
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        """Return the description and the decision without footnote marks, and these."""
        texts = {
            "description": self._plain(printed.get("description", "")),
            "decision": printed.get("decision", ""),
        }
        notes = self._layout.footnotes
        if notes.column not in texts:
            return texts, ()
        cell = printed.get(notes.column, "")
        marked = split_marks(plain_with_marks(cell), notes)
        texts[notes.column] = marked.text
        if marked.unknown:
            found.leave_unread(notes.column, cell)
            found.report("PC302", column=notes.column, text=shown(cell))
        return texts, marked.marks

    def _rule_id(self, program: str, code: Code | CodeRange) -> str:
        """Return the program's slug and the code, numbered from the code's second row on."""
        key = (self._slug(program), str(code))
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
