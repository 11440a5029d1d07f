"""A layout file in, a `Layout` out; the layouts that come with precert lie in `layouts/`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from precert.errors import UnreadableLayout
from precert.lists.layout import Layout
from precert.lists.layout_file.answers import blank_answer, read_footnotes, read_marks
from precert.lists.layout_file.columns import (
    read_code_form,
    read_columns,
    read_date_form,
    read_sheets,
)
from precert.lists.layout_file.line_of_business import read_line_of_business
from precert.lists.layout_file.lines import read_furniture, read_notice_form, read_titles
from precert.lists.layout_file.patterns import (
    read_decisions,
    read_fillers,
    read_pattern,
    read_phrases,
)
from precert.lists.layout_file.section import Section
from precert.lists.layout_file.words import (
    read_alerts,
    read_groups,
    read_included,
    read_name,
    read_names,
    read_parties,
    read_platforms,
    read_programs,
)
from precert.lists.markup import spoken, words
from precert.lists.phrases import placeholders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.lists.layout_values import Footnotes, Marks
    from precert.lists.phrases import Phrase
    from precert.lists.placeholder import Placeholder

_LAYOUTS = Path(__file__).parents[1] / "layouts"


def layout_names() -> tuple[str, ...]:
    """Return the names of the layouts that come with precert."""
    return tuple(sorted(path.stem for path in _LAYOUTS.glob("*.toml")))


def load_layout(name_or_path: str | Path, *, line_of_business: str | None = None) -> Layout:
    """Return the layout of that name, or the one in the file at that path.

    `line_of_business` has to be told where the list has a column for each of several. Raises
    UnreadableLayout naming the file, the key in it, what was read and what was expected.
    """
    path = Path(name_or_path)
    if str(name_or_path) in layout_names():
        path = _LAYOUTS / f"{name_or_path}.toml"
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        reason = f"it cannot be opened ({error.strerror}); give the path of a layout or one of: "
        reason += ", ".join(layout_names())
        raise UnreadableLayout(str(path), "the file", reason) from error
    except ValueError as error:
        raise UnreadableLayout(str(path), "the file", f"it is no TOML: {error}") from error
    return _layout(path.stem, Section(str(path), "", content), line_of_business)


def _layout(name: str, section: Section, told_line: str | None) -> Layout:
    payer, vendor = read_name(section, "payer"), read_name(section, "vendor")
    line_of_business, line_columns = read_line_of_business(section, told_line)
    plans = read_names(section, "plans")
    dates = read_date_form(section.section("dates"))
    known = placeholders(
        read_groups(section.section("groups")),
        read_parties(section.section("parties")),
        plans,
        day_first=dates.day_first,
    )
    fillers = read_fillers(section)
    footnotes = read_footnotes(section.section("footnotes"), section.sections("footnote"))
    mark_columns = section.sections("mark_column")
    answered = footnotes.answer or bool(mark_columns)
    printed_columns = read_columns(
        section.section("columns"), line_columns, answered=answered or bool(line_columns)
    )
    marks = read_marks(section.section("marks"), mark_columns, printed_columns)
    decisions = read_decisions(section.sections("decision"), known)
    program = read_name(section, "program") if section.has("program") else None
    sheets = read_sheets(section.section("sheets"))
    named = program is not None or sheets.are_programs or "program" in printed_columns.values()
    layout = Layout(
        name=name,
        payer=payer,
        line_of_business=line_of_business,
        vendor=vendor,
        plans=plans,
        header_words=frozenset(printed_columns),
        columns={words(printed): field for printed, field in printed_columns.items()},
        decisions=decisions,
        platforms=read_platforms(section.section("platforms")),
        included=read_included(section.section("included")),
        blanks=frozenset(map(spoken, section.texts("blanks", ()))),
        programs=read_programs(section.section("programs")),
        patterns=tuple(read_pattern(e, known, fillers) for e in section.sections("pattern")),
        alerts=read_alerts(
            section.section("alerts"), known, (payer, vendor, *plans), line_of_business
        ),
        add_on=read_phrases(section, "add_on", known, default=(), cut_off=True),
        unlisted=_unlisted(section.section("checks"), known),
        titles=read_titles(section.section("titles"), known, optional=named),
        furniture=tuple(read_furniture(e, known, fillers) for e in section.sections("furniture")),
        placeholders=known,
        program=program,
        sheets=sheets,
        code_form=read_code_form(section.section("codes")),
        date_form=dates,
        marks=marks,
        footnotes=footnotes,
        notices=tuple(
            read_notice_form(each, known, fillers) for each in section.sections("notice")
        ),
        blank=blank_answer(decisions, section),
        answers_in=_answers_in(printed_columns, marks, footnotes),
    )
    _refuse_unexplained(layout, section)
    if not layout.decisions and not answered:
        section.refuse("decision", "nothing was read, expected at least one [[decision]]")
    section.done()
    return layout


def _answers_in(columns: Mapping[str, str], marks: Marks, notes: Footnotes) -> frozenset[str]:
    """Return the fields in which an answer may stand."""
    noted = {notes.column} if notes.answer else set()
    return frozenset({*marks.columns, *noted, *({"decision"} & {*columns.values()})})


def _refuse_unexplained(layout: Layout, section: Section) -> None:
    """Refuse a legend of marks that are no footnotes."""
    for each in layout.furniture:
        for mark in each.explains:
            if mark not in layout.footnotes.marks:
                section.refuse("furniture", f"read the mark {mark!r}, expected one of a footnote")


def _unlisted(section: Section, known: Mapping[str, Placeholder]) -> tuple[Phrase, ...]:
    """Return the phrases of `[checks]`; a check whose phrases are absent finds nothing."""
    phrases = read_phrases(section, "unlisted", known, default=())
    section.done()
    return phrases
