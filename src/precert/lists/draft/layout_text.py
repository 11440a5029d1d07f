"""A draft as the text of a layout file: what seems clear as keys, all else as comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.lists.draft.decisions import MARKS, is_mark
from precert.lists.draft.fields import MARKED
from precert.lists.draft.layout_questions import decisions, notes, platforms, unplaced
from precert.lists.draft.layout_values import array, quoted
from precert.lists.markup import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from precert.lists.draft.columns import Column
    from precert.lists.draft.draft import Draft


def layout_text(draft: Draft) -> str:
    """Return the TOML of the draft, each part with what was seen and why it is proposed so.

    It loads as a layout once the names at its top are filled in; a line that begins with `# ?` is a
    question that a person has to answer, and what is left out of the file stays unread.
    """
    parts = (
        _head(draft),
        _titles(draft),
        _columns(draft),
        _codes(draft),
        _marks(draft),
        decisions(draft),
        platforms(draft),
        notes(draft),
        unplaced(draft),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(draft: Draft) -> Iterator[str]:
    yield f"# Draft of a layout for {draft.document}: {draft.rows:,} rows with a code were found."
    yield "# Lines that begin with '# ?' are questions: answer each by a key, or leave it unread."
    yield "# What the keys mean: docs/layouts.md. `precert layout check` says what is still unread."
    yield ""
    yield "# ? Whose list is it, for which line of business, and who reviews the requests?"
    yield 'payer = "PAYER"'
    if len(draft.decisions) <= 1:
        yield 'line_of_business = "LINE OF BUSINESS"'
    yield 'vendor = "VENDOR"'


def _titles(draft: Draft) -> Iterator[str]:
    by_column = bool(draft.held_by("program"))
    if not draft.titles and not by_column and len(draft.sheets) <= 1:
        yield ""
        yield "# No title of a program was found above a table, so all rows belong to this one."
        yield f"program = {quoted(_stem(draft.document))}"
    if not draft.titles and not by_column and len(draft.sheets) > 1:
        yield ""
        yield f"# Sheets with rows: {', '.join(map(shown, draft.sheets))}."
        yield "# ? Is each sheet a program of its own? Are some of them no list, or an older one?"
        yield "[sheets]"
        yield 'program = "sheet"'
        yield "# ignored = [...]"
    if draft.titles:
        yield ""
        yield "[titles]"
        if draft.openings:
            yield "# Lines that stand above several titles."
            yield f"opening = {array(draft.openings)}"
        if sum(len(form.programs) for form in draft.titles) == 1:
            yield "# ? Is this the title of a program? Otherwise name one above: program = ..."
        for form in draft.titles:
            yield f"# names {_listed(form.programs)}"
        yield f"program = {array([form.form for form in draft.titles])}"


def _columns(draft: Draft) -> Iterator[str]:
    yield ""
    yield "[columns]"
    fields: dict[str, list[Column]] = {}
    for guess in draft.guesses:
        column, field = guess.column, guess.field
        what = field or "not clear"
        yield f"# {shown(column.header)}: {what} ({guess.why}; {column.blank:,} blank)"
        if field is not None and field != MARKED and not _by_line(draft, field):
            fields.setdefault(field, []).append(column)
    for field, columns in fields.items():
        yield f"{field} = {array(column.header for column in columns)}"
    if not draft.decisions and not draft.marked:
        yield "# ? Which column prints the decision? Without one this is no layout yet."
        yield "# decision = [...]"
    unclear = [guess.column for guess in draft.guesses if guess.field is None]
    if unclear:
        yield "# ? What do these hold? Give each a key above, or name it here if it says nothing:"
        yield f"# ignored = {array(column.header for column in unclear)}"
    if len(draft.decisions) > 1:
        yield ""
        yield "# ? Several columns print decisions: one a line of business? Choose on import:"
        yield "# `--line-of-business NAME`."
        yield "[lines_of_business]"
        for column in draft.held_by("decision"):
            yield f"{quoted(column.header)} = {array([column.header])}"


def _by_line(draft: Draft, field: str) -> bool:
    return field == "decision" and len(draft.decisions) > 1


def _codes(draft: Draft) -> Iterator[str]:
    if draft.several_codes or draft.ranges:
        yield ""
        yield "[codes]"
        if draft.several_codes:
            yield f"# Cells with several codes: {draft.several_codes:,}."
            yield "several = true"
        if draft.ranges:
            yield f"# Cells with a range of codes: {draft.ranges:,}."
            yield "ranges = true"
    if draft.code_marks:
        yield ""
        yield f"# ? Marks stand behind codes: {_listed(draft.code_marks)}. What does each mean?"
        yield "# [footnotes]"
        yield '# column = "code"'
        for mark in draft.code_marks:
            yield "# [[footnote]]"
            yield f"# mark = {quoted(mark)}"
            yield '# requirement = "required"'


def _marks(draft: Draft) -> Iterator[str]:
    if not draft.marked:
        return
    marks = {text.strip().casefold() for column in draft.marked for text in column.texts}
    yield ""
    yield "# The answer is a mark in one of several columns."
    yield "[marks]"
    yield f"set = {array(sorted(mark for mark in marks if is_mark(mark)) or sorted(MARKS))}"
    for column in draft.marked:
        count = sum(count for text, count in column.texts.items() if is_mark(text))
        yield ""
        yield f"# ? Marked under {shown(column.header)}: {_rows(count)}. What does it mean?"
        yield "[[mark_column]]"
        yield f"column = {array([column.header])}"
        yield 'requirement = "required"'


def _listed(names: Sequence[str]) -> str:
    few = ", ".join(map(shown, names[:6]))
    return f"{few} and {len(names) - 6} more" if len(names) > 6 else few  # noqa: PLR2004 - as many as fit a line


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _stem(document: str) -> str:
    return document.rpartition(".")[0] or document
