"""What is asked of a table: its lines, what its columns mean, and what was read and answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from precert.batch.answers import Answers
from precert.batch.columns import OF_LINE, OF_ORDER, ONLY_WHERE_SOUGHT, Columns, Role
from precert.batch.sql import CODE, DAY, LINE_FACTS, ORDER_FACTS, look_up, quoted, stripped, text_of
from precert.determine import Look, Sought, sought_by
from precert.errors import BadColumns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from precert.determine import OrderLine
    from precert.model import Code
    from precert.rulebook import AnyRulebook

_DAY_TYPES = ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
_TEXT_TYPES = (
    *("VARCHAR", "JSON", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", '"NULL"'),
)

_LOOKS = {
    Role.PLAN: Look.PLAN,
    Role.CLIENT_MANAGED: Look.CLIENT_MANAGED,
    **ONLY_WHERE_SOUGHT,
}
"""What a rule looks at where the order as a whole tells it, on any of its lines."""


@dataclass(slots=True)
class Asked:
    """The relation `lines` of a connection, and the numbers that stand for what it tells.

    A number is a place in `codes`, `line_facts` or `answers`: the small tables that the lines are
    joined with hold numbers, and Python what they stand for.
    """

    con: DuckDBPyConnection
    rulebook: AnyRulebook
    columns: Columns
    types: dict[str, str]
    """The engine's types of these columns, and of others where they are at hand."""
    names: Sequence[str]
    """All columns of the table."""
    date_format: str | None = None
    whole: bool = True
    """Whether an order's lines are all of it, where no column `complete` says so."""
    orders_are_plain: bool = False
    """Whether every line was seen to tell an order that needs no stripping, which costs much."""
    pieces: int = 1
    """How many date pieces a code has at most."""
    codes: list[Code] = field(default_factory=list)
    line_facts: list[OrderLine] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)
    sought: Sought = field(init=False)
    """What the rulebook asks of the facts."""

    def __post_init__(self) -> None:
        """Refuse a column of dates that holds no day. Raises `BadColumns`."""
        self.sought = sought_by(self.rulebook)
        (name,) = self.columns[Role.DATE_OF_SERVICE]
        if self.types[name] not in {*_DAY_TYPES, *_TEXT_TYPES}:
            read = f"the column {name} of the type {self.types[name]}"
            raise BadColumns(
                read=read, expected="dates, timestamps without a time zone, texts or whole numbers"
            )

    def texts(self, role: Role) -> list[str]:
        """Return the expressions for the texts of a role's columns; none if it has no column."""
        return [text_of(name, self.types[name]) for name in self.columns.get(role, ())]

    def mapped(self, roles: Iterable[Role]) -> list[Role]:
        """Return those of the roles that have a column."""
        return [role for role in roles if role in self.columns]

    @property
    def is_of_editions(self) -> bool:
        """Whether lines may be answered by different editions."""
        return len(self.rulebook.editions) > 1

    @property
    def code(self) -> str:
        """The expression for the text of the code."""
        return self.texts(Role.CODE)[0]

    @property
    def day_is_text(self) -> bool:
        """Whether the dates are texts, which `day_texts` reads."""
        return self.types[self.columns[Role.DATE_OF_SERVICE][0]] in _TEXT_TYPES

    @property
    def day(self) -> str:
        """The expression for the day of a line, in the joined relation."""
        if self.day_is_text:
            return f"{DAY}.day"
        (name,) = self.columns[Role.DATE_OF_SERVICE]
        column = f"l.{quoted(name)}"
        return column if self.types[name] == "DATE" else f"CAST({column} AS DATE)"

    @property
    def key(self) -> str:
        """The expression for the order a line belongs to, null where nothing is told."""
        (name,) = self.columns[Role.ORDER_ID]
        text = text_of(name, self.types[name])
        return text if self.orders_are_plain else f"nullif({stripped(text)}, '')"

    @property
    def answer(self) -> str:
        """The expression for the number of what the code answers on the day, by itself."""
        later = range(self.pieces, 1, -1)
        pieces = " ".join(
            f"WHEN {self.day} >= {CODE}.first{n} THEN {CODE}.answer{n}" for n in later
        )
        return f"CASE {pieces} ELSE {CODE}.answer1 END" if pieces else f"{CODE}.answer1"

    @property
    def looks(self) -> str:
        """The condition under which the rules of a line look at more than code and date."""
        looks = f"({CODE}.looks & {int(self.looks_of_all)}) <> 0"
        tells = f"({CODE}.looks & {LINE_FACTS}.tells) <> 0"
        return f"({looks} OR {tells})" if self.mapped(OF_LINE) else looks

    @property
    def looks_of_all(self) -> Look:
        """What a rule may look at on every line of this table, told or not."""
        looks = Look.OTHER_LINES
        for role, look in _LOOKS.items():
            looks |= look if role in self.columns else Look(0)
        return looks

    def joined(self, lines: str = "lines") -> str:
        """Return the lines `l` with what their texts mean, each once and in their order."""
        joined = look_up(f"{lines} l", "code_texts", _numbered([self.code]), CODE)
        if self.day_is_text:
            texts = self.texts(Role.DATE_OF_SERVICE)
            joined = look_up(joined, "day_texts", _numbered(texts), DAY)
        for table, roles, column in (
            ("line_facts", OF_LINE, LINE_FACTS),
            ("order_facts", OF_ORDER, ORDER_FACTS),
        ):
            if mapped := self.mapped(roles):
                texts = [text for role in mapped for text in self.texts(role)]
                joined = look_up(joined, table, _numbered(texts), column)
        return joined

    @property
    def readable(self) -> str:
        """The condition under which everything of a line, in the joined relation, was read."""
        parts = [f"{CODE}.answer1 IS NOT NULL", f"{self.day} BETWEEN '0001-01-01' AND '9999-12-31'"]
        parts += [] if self.orders_are_plain else [f"{self.key} IS NOT NULL"]
        parts += [f"{LINE_FACTS}.reason IS NULL"] if self.mapped(OF_LINE) else []
        parts += [f"{ORDER_FACTS}.reason IS NULL"] if self.mapped(OF_ORDER) else []
        return " AND ".join(parts)


def _numbered(texts: Iterable[str]) -> dict[str, str]:
    return {f"text{number}": text for number, text in enumerate(texts)}
