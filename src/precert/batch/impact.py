"""Two editions of a list and files of order lines in, the lines that get another answer out.

The lines are read once and answered by each edition, as `determine_files` answers them; DuckDB then
finds those whose answers differ.
"""

from __future__ import annotations

from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from precert.batch.asked import Asked
from precert.batch.changed_lines import COMPARED, ChangedLine, Impact, by_urgency
from precert.batch.columns import Role, find_columns
from precert.batch.compared import compared
from precert.batch.duckdb import answer_lines, forget_answers
from precert.batch.engine_errors import enough_memory
from precert.batch.extras import import_extra
from precert.batch.files import MEMORY, engine_settings
from precert.batch.line_numbers import number_lines
from precert.batch.rejects import Reject, as_told
from precert.batch.sources import open_source
from precert.batch.sql import ANSWER, FILE, ROW, create, quoted, text_of
from precert.codes import parse_code
from precert.rulebook.renamed import renamed_programs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from duckdb import DuckDBPyConnection

    from precert.batch.answers import AnswerRow
    from precert.batch.sources import Source
    from precert.rulebook import Rulebook
    from precert.rulebook.as_compared import Renames

_BEFORE, _AFTER = "before", "after"
_ALIKE = {"number": "INTEGER", "alike": "INTEGER"}


def impact_of(  # noqa: PLR0913 - what can be told about files of order lines
    before: Rulebook,
    after: Rulebook,
    inputs: Sequence[str],
    *,
    since: date | None,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    whole: bool = True,
) -> Impact:
    """Return which lines of the inputs `after` answers otherwise than `before`.

    `since` is the day from which `after` is in force: a line of an earlier date of service does not
    change. Without it every line is compared. `before` is asked as if it held as long as `after`
    does: that it ends is no change of what it says. `inputs`, `columns`, `date_format` and `whole`
    are those of `determine_files`. Raises `CallerError` (`MissingExtra` where the extra `batch` is
    not installed) and `UnreadableError`.
    """
    duckdb = import_extra("duckdb", "the impact on orders", "batch")
    with (
        enough_memory(MEMORY),
        TemporaryDirectory(prefix="precert-") as spill,
        duckdb.connect(config=engine_settings(None, None, spill)) as con,
    ):
        source = open_source(con, inputs)
        told, whole = as_told(source.names, columns, whole=whole)
        found = find_columns(source.names, told, [before, after])
        types = dict(zip(source.names, source.types, strict=True))
        sides = _Sides({}, since, renamed_programs(before, after))
        facts = found, types, source.names, date_format, whole
        sides.answer(Asked(con, _as_long_as(before, after), *facts), _BEFORE)
        asked = Asked(con, after, *facts)
        sides.answer(asked, _AFTER)
        changed = _changed(asked, source, sides)
        rejected = _rejected(con, source)
        lines, orders = _counted(asked)
    return Impact(lines, orders, by_urgency(changed), rejected, since, found)


def _as_long_as(before: Rulebook, after: Rulebook) -> Rulebook:
    """Return the rulebook before, in force as long as the one after."""
    ends, review_by = after.edition.effective_to, after.edition.review_by
    edition = replace(before.edition, effective_to=ends, review_by=review_by)
    return replace(before, edition=edition)


class _Sides(NamedTuple):
    """The answers of both sides so far, by number, and from when on they are compared."""

    rows: dict[str, list[AnswerRow]]
    since: date | None
    renames: Renames

    def answer(self, asked: Asked, side: str) -> None:
        """Create `answered_SIDE`, `alike_SIDE` and `unanswered_SIDE` of the relation `lines`."""
        con = asked.con
        answered = answer_lines(asked)
        where = f"l.{FILE} AS file, l.{ROW} AS row, {asked.day} AS day"
        con.execute(f"""
            CREATE TABLE answered_{side} AS
            SELECT {where}, {ANSWER}.number AS number FROM {answered.joined}
        """)
        rejects = answered.rejects([f"{asked.day} AS day"])
        con.execute(f"CREATE TABLE unanswered_{side} AS {rejects}")
        self.rows[side] = asked.answers.rows
        create(con, f"alike_{side}", _ALIKE, enumerate(self._alike(side)))
        forget_answers(con)

    def _alike(self, side: str) -> list[int]:
        """Return for each answer of a side a number that is the same for all that say the same."""
        numbers: dict[tuple[str, ...], int] = {}
        alike = {}
        for name in (_BEFORE, _AFTER):
            said = [self.said(name, row) for row in self.rows.get(name, [])]
            alike[name] = [numbers.setdefault(each, len(numbers)) for each in said]
        return alike[side]

    def said(self, side: str, row: AnswerRow) -> tuple[str, ...]:
        """Return what is compared of an answer, its programs as they are called after."""
        return compared(row, self.renames if side == _BEFORE else {})

    def differing(self, was: AnswerRow, is_now: AnswerRow) -> tuple[str, ...]:
        """Return what differs between the two answers; another place is another case anyway."""
        pairs = zip(COMPARED, self.said(_BEFORE, was), self.said(_AFTER, is_now), strict=True)
        found = [name for name, one, other in pairs if one != other]
        implied = {"route", "platform", "case_plan"}.intersection(found)
        return tuple(name for name in found if not (implied and name == "case_key"))


def _changed(asked: Asked, source: Source, sides: _Sides) -> list[ChangedLine]:
    con = asked.con
    _create_changed(con, sides.since)
    number_lines(source, con)
    (code,) = asked.texts(Role.CODE)
    by_number = f"row_number() OVER (PARTITION BY {asked.key} ORDER BY l.{FILE}, l.{ROW})"
    label = next(
        (text_of(name, asked.types[name]) for name in asked.columns.get(Role.LINE_ID, ())),
        by_number,
    )
    (order,) = asked.columns[Role.ORDER_ID]
    rows = con.execute(f"""
        SELECT n.order_id, n.label, n.code, c.day, c.before, c.after, c.file,
            coalesce(r.line, c.row + {source.first_line})
        FROM changed c
        JOIN (
            SELECT l.{FILE} AS file, l.{ROW} AS row, {asked.key} AS order_id,
                CAST({label} AS VARCHAR) AS label, {code} AS code
            FROM lines l WHERE l.{quoted(order)} IN (
                SELECT l.{quoted(order)} FROM lines l
                JOIN changed c ON c.file = l.{FILE} AND c.row = l.{ROW}
            )
        ) n USING (file, row)
        LEFT JOIN record_lines r USING (file, row)
    """).fetchall()
    before, after = sides.rows[_BEFORE], sides.rows[_AFTER]
    return [
        ChangedLine(
            *(order_id, label or "", str(parse_code(text)), day, before[was], after[is_now]),
            *(sides.since, source.files[file], line, sides.differing(before[was], after[is_now])),
        )
        for order_id, label, text, day, was, is_now, file, line in rows
    ]


def _create_changed(con: DuckDBPyConnection, since: date | None) -> None:
    """Create `changed` and `unanswered`: the lines with another answer, and those without one.

    What only the edition after cannot answer counts from its first day on.
    """
    con.execute(f"""
        CREATE TABLE changed AS
        SELECT b.file, b.row, b.day, b.number AS before, a.number AS after
        FROM answered_before b
        JOIN answered_after a USING (file, row)
        JOIN alike_before ab ON ab.number = b.number
        JOIN alike_after aa ON aa.number = a.number
        WHERE ab.alike <> aa.alike AND ({_counts("b.day", since)})
    """)
    con.execute(f"""
        CREATE TABLE rejects AS
        SELECT file, row,
            CASE WHEN b.reason = a.reason THEN a.reason
                ELSE concat_ws('; ', 'before: ' || b.reason, 'after: ' || a.reason) END AS reason
        FROM unanswered_before b FULL JOIN (
            SELECT * FROM unanswered_after WHERE day IS NULL OR {_counts("day", since)}
        ) a USING (file, row)
    """)
    con.execute("""
        CREATE TABLE unanswered AS
        SELECT file, row FROM rejects UNION ALL SELECT file, row FROM changed
    """)


def _counts(day: str, since: date | None) -> str:
    return "true" if since is None else f"{day} >= DATE '{since.isoformat()}'"


def _rejected(con: DuckDBPyConnection, source: Source) -> tuple[Reject, ...]:
    rows = con.execute(f"""
        SELECT file, coalesce(r.line, row + {source.first_line}) AS line, reason
        FROM rejects LEFT JOIN record_lines r USING (file, row)
        UNION ALL SELECT {FILE}, line, reason FROM broken
        ORDER BY 1, 2
    """).fetchall()
    return tuple(Reject(source.files[file], line, reason) for file, line, reason in rows)


def _counted(asked: Asked) -> tuple[int, int]:
    """Return how many lines there are, broken records included, and how many orders."""
    query = f"""
        SELECT count(*) + (SELECT count(*) FROM broken), count(DISTINCT {asked.key}) FROM lines l
    """
    ((lines, orders),) = asked.con.execute(query).fetchall()
    return lines, orders
