"""DuckDB reads a CSV or TSV file, and what it read is held against an independent count.

It reads with one thread: several threads guess where a record begins, and a line end within quotes
misleads them, without a word. A quote that does not close loses the rest of the file, without a
word. Both are seen in the count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.engine_errors import engine_error
from precert.batch.sources.engine_file import engine_path
from precert.batch.sources.text_lines import LONGEST
from precert.batch.sources.text_records import NOT_UTF8, SHOWN, wrong_width
from precert.batch.sql import FILE, ROW, literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from precert.batch.sources.headers import Header
    from precert.batch.sources.text_facts import TextFacts

_AS_IN_PYTHON = ("MISSING COLUMNS", "TOO MANY COLUMNS", "INVALID ENCODING")


class _Disagreement(Exception):  # noqa: N818  (it never leaves this module)
    """DuckDB did not read what was counted."""


def loaded_by_engine(
    con: DuckDBPyConnection, number: int, path: str, header: Header, facts: TextFacts
) -> bool:
    """Return whether `lines` and `broken` took the file; if not, they are as before."""
    expected = facts.lines - 1 - (0 if len(header.names) == 1 else facts.blank)
    rejects = f"_precert_rejects_{number}"
    con.begin()
    try:
        rows = insert_lines(
            con,
            number,
            path,
            header,
            f"""
            header = true, max_line_size = {LONGEST}, store_rejects = true,
            rejects_table = '{rejects}', rejects_scan = '{rejects}_scan',
            rejects_line_size_limit = {SHOWN}
        """,
        )
        broken = _insert_rejects(con, number, rejects, len(header.names))
        if rows + broken != expected or (broken and facts.has_quoted_breaks):
            raise _Disagreement  # noqa: TRY301  (a reject's line counts records, not line ends)
        con.execute(f"DROP TABLE {rejects}; DROP TABLE {rejects}_scan")
        con.commit()
    except (engine_error("InvalidInputException"), _Disagreement):
        con.rollback()
        return False
    except BaseException:
        con.rollback()
        raise
    return True


def insert_lines(
    con: DuckDBPyConnection, number: int, path: str, header: Header, options: str
) -> int:
    """Read the file into `lines` with these options of read_csv, and return how many records."""
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header.names)
    return _changed(
        con,
        f"""
        INSERT INTO lines BY NAME
        SELECT {number} AS {FILE}, row_number() OVER () - 1 AS {ROW}, *
        FROM read_csv({engine_path(path)}, columns = {{{columns}}}, auto_detect = false,
            delim = {literal(header.delimiter)}, quote = '"', escape = '"', nullstr = '',
            strict_mode = true, parallel = false, {options})
    """,
    )


def _insert_rejects(con: DuckDBPyConnection, number: int, rejects: str, width: int) -> int:
    """Put the rejects into `broken`, one per record, and return how many.

    DuckDB tells a record once for every field that is wrong with it. Raises _Disagreement where
    one is told for another reason than those that Python tells alike.
    """
    odd = con.execute(f"SELECT 1 FROM {rejects} WHERE error_type NOT IN {_AS_IN_PYTHON} LIMIT 1")
    if odd.fetchone():
        raise _Disagreement
    wrong = f"replace({literal(wrong_width('#', width))}, '#', CAST(found AS VARCHAR))"
    wrong_one = literal(wrong_width(1, width))
    number_found = "TRY_CAST(regexp_extract(error_message, 'Found: (\\d+)', 1) AS INTEGER)"
    return _changed(
        con,
        f"""
        INSERT INTO broken
        SELECT {number}, line, CASE
            WHEN encoding THEN {literal(NOT_UTF8)} WHEN found = 1 THEN {wrong_one} ELSE {wrong}
            END, text
        FROM (
            SELECT line, bool_or(error_type = 'INVALID ENCODING') AS encoding,
                if(bool_or(error_type = 'MISSING COLUMNS'), min({number_found}),
                    max({number_found})) AS found,
                ltrim(any_value(csv_line), chr(10) || chr(13)) AS text
            FROM {rejects} GROUP BY line
        ) ORDER BY line
    """,
    )


def _changed(con: DuckDBPyConnection, statement: str) -> int:
    row = con.execute(statement).fetchone()
    return 0 if row is None else int(row[0])
