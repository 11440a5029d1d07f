"""One row with a code in, one rule out: each cell says its part, or stays unread and says so."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from precert.lists.entries import Entry
from precert.lists.findings import Findings
from precert.lists.layout import READ_WHOLLY
from precert.lists.markup import plain, shown, slug, spoken, tokens, words
from precert.lists.phrases import noted
from precert.model import Requirement, Rule
from precert.notation import parse_conditions

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from precert.lists.columns import Cells
    from precert.lists.layout import Layout
    from precert.lists.notes import NoteReader
    from precert.lists.standing import Standing
    from precert.model import Code, Condition, SourceRef

    Decision = tuple[Requirement, tuple[Condition, ...]]


class RuleReader:
    """Reads rules by a layout; what is printed in many rows it reads once."""

    def __init__(self, layout: Layout, notes: NoteReader) -> None:
        self._layout = layout
        self._notes = notes
        self._rows: dict[tuple[str, str], int] = {}
        self._decide = cache(lambda printed: decide(printed, layout))
        self._plain, self._spoken = cache(plain), cache(spoken)
        self._slug, self._words = cache(slug), cache(words)

    def read_rule(
        self, code: Code, cells: Cells, standing: Standing, ref: SourceRef
    ) -> tuple[Entry, list[Diagnostic]]:
        """Return the rule that the row at `ref` prints for `code`, and what is wrong with it."""
        printed = cells.fields
        program = standing.program or ""
        description = plain(printed.get("description", ""))
        found = Findings(ref)
        found.add(self._layout.programs.get(self._words(program), ()))
        self._heading(standing, found)
        # In this order: each cell adds to what was found, and only then is that asked for.
        rule = Rule(
            rule_id=self._rule_id(program, code),
            program=program,
            product=self._name("product", printed.get("product", ""), found),
            category=self._name("category", printed.get("category", ""), found),
            heading=standing.heading.text if standing.heading else "",
            code=code,
            requirement=self._decision(printed.get("decision", ""), found),
            platform=self._platform(printed.get("platform", ""), found),
            um_cs=self._included(printed.get("um_cs", ""), found),
            descriptor_add_on=self._is_add_on(description),
            conditions=self._conditions(cells, description, found),
            effective_from=found.effective_from,
            effective_to=found.effective_to,
            ref=ref,
        )
        return Entry(rule, printed), found.diagnostics

    def _rule_id(self, program: str, code: Code) -> str:
        """Return the program's slug and the code, numbered from the code's second row on."""
        key = (self._slug(program), code)
        row = self._rows[key] = self._rows.get(key, 0) + 1
        rule_id = "/".join(key)
        return rule_id if row == 1 else f"{rule_id}/{row}"

    def _heading(self, standing: Standing, found: Findings) -> None:
        """Add what the heading says; that it was not read wholly was reported at its own row."""
        says = standing.heading_says
        if says.rest:
            found.add(says.conditions)
            found.leave_unread("heading", standing.heading_printed)
        elif says.found:
            found.take("heading", standing.heading_printed, says, unread=False)

    def _name(self, field: str, printed: str, found: Findings) -> str:
        """Return a product or category; what the layout calls a blank is one, and reported."""
        if printed and self._spoken(printed) in self._layout.blanks:
            found.report("PC308", field=field, text=shown(printed))
            return ""
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
        if said and said not in self._layout.platforms:
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

    def _conditions(self, cells: Cells, description: str, found: Findings) -> tuple[Condition, ...]:
        """Return all conditions, when the texts of the row have said theirs."""
        for column in READ_WHOLLY:
            printed = cells.fields.get(column, "")
            if printed and not printed.isspace():
                self._note(column, printed, description, found)
        reading = self._notes.search("description", description)
        if reading.found:
            found.report("PC307", what="a rule", column="description")
        if reading.found or reading.rest:
            printed = cells.fields["description"]
            found.take("description", printed, reading, unread=bool(reading.rest))
        for header_word, printed in cells.unknown:
            found.leave_unread(header_word, printed)
        if cells.surplus:
            found.leave_unread("row", "\t".join(cells.surplus))
        return found.conditions()

    def _note(self, column: str, printed: str, description: str, found: Findings) -> None:
        """Add what a note or grouping says; a copy of the description in it says nothing more."""
        reading = self._notes.read_note(column, printed)
        unread = bool(reading.rest)
        if unread and reading.is_but_for(tokens(description)):
            found.report("PC307", what="the description", column=column)
            unread = False
        if reading.found and column != "note":
            found.report("PC307", what="a rule", column=column)
        found.take(column, printed, reading, unread=unread)


def decide(printed: str, layout: Layout) -> Decision | None:
    """Return what the decision cell requires, and on which conditions; None for an unknown word."""
    text = plain(printed)
    for word in layout.decisions:
        for form in word.forms:
            match = form.pattern.match(text)
            values = match and noted(match, layout.placeholders)
            if values is not None:
                return word.requirement, parse_conditions(word.condition.format_map(values))
    return None
