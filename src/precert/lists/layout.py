"""A layout: everything precert knows of one published list, as values. `layout_file` makes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.lists.layout_values import Answer, CodeForm, DateForm, Footnotes, Marks, Sheets
    from precert.lists.phrases import Phrase
    from precert.lists.placeholder import Placeholder
    from precert.model import Condition, Requirement

FIELDS = (
    "product",
    "category",
    "code",
    "description",
    "decision",
    "platform",
    "note",
    "grouping",
    "um_cs",
    "program",
    "effective_from",
    "effective_to",
    "age",
    "place_of_service",
    "units",
    "modifier",
    "state",
    "diagnosis",
    "ignored",
)
"""What a column may hold. A list without `code` and an answer, mostly `decision`, is none."""

IGNORED = "ignored"
"""The columns that say nothing of a requirement; a table may have several."""

NOTES = ("note", "grouping")
"""Columns of remarks, in which a pattern stands that names no column."""

LIMIT_COLUMNS = ("age", "place_of_service", "units", "modifier", "state", "diagnosis")
"""Columns of one limit each, in which a pattern stands that names them."""

READ_WHOLLY = (*NOTES, *LIMIT_COLUMNS)
"""Columns in which nothing may be left unread."""

SEARCHED = ("description", "heading", "product", "category")
"""Texts that speak of something else, in which a pattern may stand."""

LINE = "line"
"""The column of the patterns that read a line outside the tables; nothing may be left unread."""

EFFECTIVE_FROM = "effective-from"
EFFECTIVE_TO = "effective-to"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Key phrases in their order, and what they mean together.

    `condition` is a template with the phrases' placeholders; it is not said in a row that prints
    one of the requirements `not_where`. `sets` is the bound of the rule, if any ("effective-from"
    or "effective-to"), that the placeholder `date` sets. `fillers` are words that may stand between
    and around these phrases without adding anything.
    """

    phrases: tuple[Phrase, ...]
    fillers: frozenset[str]
    columns: frozenset[str]
    condition: str = ""
    sets: str = ""
    not_where: frozenset[Requirement] = frozenset()


@dataclass(frozen=True, slots=True)
class DecisionWord:
    """The printed forms of a decision, what they require, and the condition that goes with it."""

    requirement: Requirement
    forms: tuple[Phrase, ...]
    condition: str = ""
    blank: bool = False
    """Whether a row that prints nothing where its answer may stand says this."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that says nothing of a code: `kind` is that of its `LineKind`.

    An effective line prints, in its placeholder `date`, the day from which the edition is in force.
    `ends_program`: what follows the line belongs to no program until the next title. `explains` are
    the footnote marks whose meaning a legend prints.
    """

    kind: str
    pattern: Pattern
    ends_program: bool
    explains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Titles:
    """The forms of a title line: `opening` names no program, `link` one that is only a link.

    A title whose program ends with a form in `continued`, or with `repeats` any, may stand again on
    the next page: where its program is in force, it changes nothing.
    """

    opening: tuple[Phrase, ...]
    program: tuple[Phrase, ...]
    link: tuple[Phrase, ...]
    continued: tuple[Phrase, ...] = ()
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How one payer's published list is read. Names are compared by their words alone."""

    name: str
    payer: str
    line_of_business: str
    vendor: str
    plans: tuple[str, ...]
    header_words: frozenset[str]
    columns: Mapping[str, str]
    """Words of a header cell -> field."""
    decisions: tuple[DecisionWord, ...]
    platforms: Mapping[str, str | None]
    """What a platform cell says -> the platform, `PAYER`, or None for no platform."""
    included: Mapping[str, bool]
    """What a um_cs cell says -> whether it is included."""
    blanks: frozenset[str]
    """Texts that stand for an empty product or category."""
    programs: Mapping[str, tuple[Condition, ...]]
    """Words of a program's name -> the conditions of all its rules."""
    patterns: tuple[Pattern, ...]
    alerts: Mapping[str, tuple[Phrase, ...]]
    """Searched column -> phrases that, where no pattern reads them, leave the text unread."""
    add_on: tuple[Phrase, ...]
    unlisted: tuple[Phrase, ...]
    """For the checks: what calls a code unlisted, in a description or a note."""
    titles: Titles
    furniture: tuple[Furniture, ...]
    placeholders: Mapping[str, Placeholder]
    program: str | None
    """The program of every row above the first title."""
    sheets: Sheets
    code_form: CodeForm
    date_form: DateForm
    marks: Marks
    footnotes: Footnotes
    blank: Answer | None
    """What a row says that prints no answer; None where that says nothing."""
    notices: tuple[Pattern, ...]
    answers_in: frozenset[str]
    """The fields in which a row may print what it requires; a header needs one of them."""

    @property
    def is_titled(self) -> bool:
        """Whether lines of the list name its programs: one that nothing explains may be a title."""
        return bool(self.titles.program or self.titles.link)
