"""The embedded engine: DuckDB joins the lines with what `determine` answered, and decides nothing.

Every distinct text is read once, in Python, by the readers of every face; every code is settled
once, by `determine`, into date pieces; the orders that hold a line whose rules look at more are
answered by `determine`, one for all that are alike. What is left for SQL is joining.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from precert.batch.answers import ANSWER_COLUMNS, AnswerRow
from precert.batch.columns import OF_LINE, OF_ORDER, Role
from precert.batch.contextual import answer_contextual
from precert.batch.lexicon import read_texts
from precert.batch.sql import (
    ANSWER,
    CODE,
    CONTEXT,
    DAY,
    FILE,
    LINE_FACTS,
    ORDER_FACTS,
    ROW,
    create,
    json_text,
    literal,
    look_up,
    place,
    quoted,
)
from precert.errors import BadColumns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from duckdb import DuckDBPyConnection

    from precert.batch.asked import Asked

    StageOf = Callable[[str], AbstractContextManager[None]]


class Answered(NamedTuple):
    """What was answered, as queries over the connection: to be written or fetched."""

    asked: Asked

    def answers(self, own: Sequence[str], prefix: str = "", *, json: bool = False) -> str:
        """Return the query for the answered lines: the user's `own` columns, then the answer's.

        `own` are SQL expressions over the relation `l`; `json` is for lines that are JSON and stay
        it. Raises `BadColumns` where a column of the answer has the name of one of the user's own.
        """
        names = {name: prefix + name for name in ANSWER_COLUMNS}
        own_names = {name.lower() for name in self.asked.names}
        clash = [name for name in names.values() if name.lower() in own_names]
        if clash:
            expected = "other names; --prefix auth_ names the new ones auth_outcome and so on"
            raise BadColumns(read=f"the columns {', '.join(clash)} in the table", expected=expected)
        columns = [
            f"{self._column(name, json=json)} AS {quoted(shown)}" for name, shown in names.items()
        ]
        return f"SELECT {', '.join([*own, *columns])} FROM {self.joined}"

    @property
    def joined(self) -> str:
        """The answered lines `l` in their order, each with its context and its answer."""
        asked = self.asked
        # A line that looks at more has no answer by itself: without its context it must not get
        # one, and is missed where the lines are counted.
        number = f"if({asked.looks}, {CONTEXT}.answer, {asked.answer})"
        answered = f"""
            (SELECT * FROM {self._in_context}
             WHERE {asked.readable} AND {CONTEXT}.reason IS NULL AND {number} IS NOT NULL) l
        """
        return look_up(answered, "answers", {"number": number}, ANSWER)

    def rejects(self, own: Sequence[str] = ()) -> str:
        """Return the query for the lines without an answer, in the order of the table.

        Before their `own` columns stand the file and the row, from 0, and the reason.
        """
        asked = self.asked
        where = [f"l.{FILE} AS file", f"l.{ROW} AS row", f"{_reason(asked)} AS reason"]
        return f"""
            SELECT {", ".join([*where, *own])}
            FROM {self._in_context}
            WHERE ({asked.readable}) IS NOT TRUE OR {CONTEXT}.reason IS NOT NULL
            ORDER BY file, row
        """

    @property
    def _in_context(self) -> str:
        """The lines `l`, each with its row of `contextual`, which only some have."""
        looking = f"if({self.asked.looks}, {place(f'l.{FILE}', f'l.{ROW}')}, NULL)"
        return look_up(self.asked.joined(), "contextual", {"place": looking}, CONTEXT)

    def _column(self, name: str, *, json: bool) -> str:
        if name == "rulebook" and not self.asked.is_of_editions:
            return literal(self.asked.rulebook.digest)  # one for all lines costs nothing
        if name != "primary_line":
            return f"{ANSWER}.{name}"
        line_id = self.asked.columns.get(Role.LINE_ID, ("",))[0]
        primary = f"{CONTEXT}.primary_line"
        return (
            json_text(primary) if self.asked.types.get(line_id) == "JSON" and not json else primary
        )


def answer_lines(asked: Asked, stage: StageOf | None = None) -> Answered:
    """Return the answers to the relation `lines` of a connection.

    The connection also holds `broken`: the texts of records that are no lines. `stage` makes the
    block of each stage, by its name.
    """
    # The lines stay on the left of every join, as written: only so does their order last.
    asked.con.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    stage = stage or _untimed
    with stage("reading each text once, settling the codes"):
        read_texts(asked)
    with stage("answering orders whose lines look at each other"):
        answer_contextual(asked)
    with stage("naming the answers"):
        _create_answers(asked)
    return Answered(asked)


def _untimed(_: str) -> nullcontext[None]:
    return nullcontext()


def _create_answers(asked: Asked) -> None:
    """Create `answers`: a number and the texts of an answer, as ENUMs.

    An ENUM is a number in memory and a dictionary in a Parquet file: ten million lines are written
    twice as fast as with texts.
    """
    con = asked.con
    *names, rulebook = AnswerRow._fields
    names += [rulebook] * asked.is_of_editions
    texts = {"number": "INTEGER", **dict.fromkeys(names, "VARCHAR")}
    rows = [(number, *row[: len(names)]) for number, row in enumerate(asked.answers.rows)]
    create(con, "answer_texts", texts, rows)
    columns = ["number"]
    for name in names:
        distinct = f"SELECT DISTINCT {name} FROM answer_texts WHERE {name} IS NOT NULL"
        if con.execute(f"{distinct} LIMIT 1").fetchall():
            con.execute(f"CREATE TYPE of_{name} AS ENUM ({distinct} ORDER BY ALL)")
            columns.append(f"{name}::of_{name} AS {name}")
        else:  # there is no ENUM of nothing
            columns.append(f"NULL::VARCHAR AS {name}")
    con.execute(f"CREATE TABLE answers AS SELECT {', '.join(columns)} FROM answer_texts")


def forget_answers(con: DuckDBPyConnection) -> None:
    """Drop `answers`, so that another rulebook may answer the same lines."""
    con.execute("DROP TABLE answers")
    for name in AnswerRow._fields:
        con.execute(f"DROP TYPE IF EXISTS of_{name}")


def _reason(asked: Asked) -> str:
    """Return the expression for everything that kept a line from being answered."""
    no_order = _nothing(Role.ORDER_ID, "the order that the line belongs to")
    no_code = _nothing(Role.CODE, "a procedure code")
    blank = f"coalesce(trim({asked.code}), '') = ''"
    parts = [
        f"CASE WHEN {asked.key} IS NULL THEN {no_order} END",
        f"CASE WHEN {blank} THEN {no_code} ELSE 'code: ' || {CODE}.reason END",
        _reason_of_day(asked),
        f"{CONTEXT}.reason",
    ]
    parts += [f"{LINE_FACTS}.reason"] if asked.mapped(OF_LINE) else []
    parts += [f"{ORDER_FACTS}.reason"] if asked.mapped(OF_ORDER) else []
    return f"concat_ws('; ', {', '.join(parts)})"


def _reason_of_day(asked: Asked) -> str:
    """Return the expression for what is wrong with a date; DuckDB's own reach beyond any year."""
    role = Role.DATE_OF_SERVICE
    (name,) = asked.columns[role]
    text = f"{literal(f'{role}: ')} || {DAY}.reason" if asked.day_is_text else "NULL"
    return f"""
        CASE WHEN l.{quoted(name)} IS NULL THEN {_nothing(role, "a date")}
            WHEN {asked.day} IS NULL THEN {text}
            WHEN {asked.day} NOT BETWEEN '0001-01-01' AND '9999-12-31'
                THEN {literal(f"{role}: expected a day from 0001-01-01 to 9999-12-31")}
        END
    """


def _nothing(role: Role, expected: str) -> str:
    return literal(f"{role}: read nothing, expected {expected}")
