"""What a line outside the tables is: a title, furniture, or a line that nothing explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.lists.entries import LineKind
from precert.lists.markup import has_tag, is_set_off, plain_line, tokens
from precert.lists.notes import read_wholly
from precert.lists.notices import Notice, read_notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from precert.lists.layout import Layout
    from precert.lists.phrases import Phrase


_AROUND_A_NAME = " .,:;-"


class LineReading(NamedTuple):
    """The kind of a line; a title's program; `ends_program` where the one before ends with it.

    `effective_from` is the day that an effective line prints, `explains` are a legend's marks,
    `notice` is what a notice says. `continues`: the title may be that of the program in force,
    printed again; `continued`: it says so itself.
    """

    kind: LineKind
    program: str | None = None
    link: bool = False
    ends_program: bool = False
    effective_from: date | None = None
    explains: tuple[str, ...] = ()
    notice: Notice | None = None
    continues: bool = False
    continued: bool = False

    @property
    def is_title(self) -> bool:
        """Whether the line is a title, or the opening of one."""
        return self.kind is LineKind.TITLE

    @property
    def closes(self) -> bool:
        """Whether the line is the notice that closes a program."""
        explained = self.kind not in {LineKind.TITLE, LineKind.DIAGNOSTIC}
        return self.ends_program and explained


def read_line(printed: str, layout: Layout) -> LineReading:
    """Return what the line is.

    A line that nothing explains ends the program where its markup sets it off: it may be the title
    of another one. So does a title whose name sounds like a rule for all that stands beneath it.
    """
    text = plain_line(printed)
    if not text:
        return LineReading(LineKind.BLANK)
    known = None if has_tag(text) else _explained(text, layout)
    may_be_a_title = layout.is_titled and is_set_off(printed)
    return known or LineReading(LineKind.DIAGNOSTIC, ends_program=may_be_a_title)


def _explained(text: str, layout: Layout) -> LineReading | None:
    known = _title(text, layout) or _furniture(text, layout)
    if known is None and (notice := read_notice(text, layout)) is not None:
        return LineReading(LineKind.NOTICE, notice=notice)
    return known


def _title(text: str, layout: Layout) -> LineReading | None:
    titles = layout.titles
    rest = text
    for opening in titles.opening:
        if match := opening.pattern.match(text):
            rest = text[match.end() :]
    if program := _program(rest, titles.program) or _program(text, titles.program):
        program, continued = _without_continued(program, titles.continued)
        if any(alert.pattern.search(program) for alert in layout.alerts["product"]):
            return LineReading(LineKind.DIAGNOSTIC, ends_program=True)
        again = continued or titles.repeats
        return LineReading(
            LineKind.TITLE, program, ends_program=True, continues=again, continued=continued
        )
    if program := _program(text, titles.link):
        return LineReading(LineKind.TITLE, program, link=True, ends_program=True)
    if rest != text and not tokens(rest):
        again = titles.repeats
        return LineReading(LineKind.TITLE, ends_program=layout.is_titled, continues=again)
    return None


def _program(text: str, forms: Iterable[Phrase]) -> str | None:
    for form in forms:
        if match := form.pattern.match(text):
            return match["program"].strip(_AROUND_A_NAME)
    return None


def _without_continued(program: str, forms: Iterable[Phrase]) -> tuple[str, bool]:
    """Return the program without the words that say it goes on, and whether they stood there."""
    for form in forms:
        match = form.pattern.search(program)
        if match and match.start() and not tokens(program[match.end() :]):
            return program[: match.start()].strip(f"{_AROUND_A_NAME}("), True
    return program, False


def _furniture(text: str, layout: Layout) -> LineReading | None:
    for each in layout.furniture:
        reading = read_wholly(text, (each.pattern,), layout.placeholders)
        if reading.found and not reading.rest and len(reading.effective_from) <= 1:
            return LineReading(
                LineKind(each.kind),
                ends_program=each.ends_program,
                effective_from=next(iter(reading.effective_from), None),
                explains=each.explains,
            )
    return None
