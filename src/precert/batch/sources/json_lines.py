"""The lines of a JSON Lines file into the table `_precert_text`: each with its number.

DuckDB reads the lines as a CSV file of one column whose delimiter no JSON can hold. A file that it
does not read line for line is copied first, with an empty line in place of each unreadable one.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from precert.batch.engine_errors import engine_error
from precert.batch.sources.engine_file import engine_path
from precert.batch.sources.text_copy import BrokenRows
from precert.batch.sources.text_facts import facts_of
from precert.batch.sources.text_lines import lines_of
from precert.batch.sources.text_records import NOT_UTF8, shown
from precert.batch.sql import FILE, literal
from precert.errors import UnreadableLines

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BLANK, SOUND, NO_JSON, NO_OBJECT, SUSPECT = range(5)
"""The states of a line; a suspect one is judged in Python."""
COLUMNS = {FILE: "INTEGER", "line": "BIGINT", "text": "VARCHAR"}
"""The columns of `_precert_text`, the lines as they stand in the files."""

_LONGEST = 2_000_000  # bytes
_DELIMITER = "\x01"  # JSON forbids it everywhere
_TOO_LONG = f"is longer than {_LONGEST} bytes"
_NO_LETTER = "holds the control character U+0001, which JSON forbids"
# What DuckDB takes for JSON and JSON forbids; within a string it means nothing, so Python judges.
_LENIENT = r"(?i)[:\[,]\s*[-+]?(nan|inf)|,\s*[}\]]"
STATE = f"""
    CASE WHEN text IS NULL OR trim(text, chr(9) || chr(13) || ' ') = '' THEN {BLANK}
        WHEN NOT json_valid(text) THEN {NO_JSON}
        WHEN json_type(text) <> 'OBJECT' THEN {NO_OBJECT}
        WHEN regexp_matches(text, {literal(_LENIENT)}) THEN {SUSPECT}
        ELSE {SOUND} END
"""
"""The expression for the state of a line."""


def load_json_lines(con: DuckDBPyConnection, number: int, path: str) -> None:
    """Append every line of the file to `_precert_text`, or to `broken` what is no text.

    Raises UnreadableLines.
    """
    facts = facts_of(path)
    if facts.is_regular and _loaded(con, number, path, facts.lines):
        return
    with TemporaryDirectory(prefix="precert-") as folder:
        copy = Path(folder) / "copy.jsonl"
        written = _write(con, number, path, copy)
        if not _loaded(con, number, str(copy), written):
            raise UnreadableLines(path, "its lines cannot be loaded; save it as plain UTF-8 text")


def _loaded(con: DuckDBPyConnection, number: int, path: str, expected: int) -> bool:
    """Return whether every line of the file was appended; if not, none was."""
    con.begin()
    try:
        counted = con.execute(f"""
            INSERT INTO _precert_text
            SELECT {number}, row_number() OVER (), text
            FROM read_csv({engine_path(path)}, columns = {{'text': 'VARCHAR'}}, quote = '',
                escape = '', delim = {literal(_DELIMITER)}, header = false, auto_detect = false,
                strict_mode = true, parallel = false, max_line_size = {_LONGEST})
        """).fetchone()
    except engine_error("InvalidInputException"):
        con.rollback()
        return False
    except BaseException:
        con.rollback()
        raise
    if counted != (expected,):
        con.rollback()
        return False
    con.commit()
    return True


def _write(con: DuckDBPyConnection, number: int, path: str, copy: Path) -> int:
    """Write the lines anew, each ended by LF; return how many."""
    broken, line = BrokenRows(con, number), 0
    with copy.open("wb") as file:
        for line, text in enumerate(lines_of(path, _LONGEST), 1):
            raw = text.encode("utf-8", "surrogateescape")
            reason = _unreadable(text, raw)
            if reason:
                broken.add(line, reason, shown(text))
            file.write((b"" if reason else raw) + b"\n")
    broken.flush()
    return line


def _unreadable(text: str, raw: bytes) -> str:
    if len(raw) >= _LONGEST - 1:  # DuckDB counts the line end
        return _TOO_LONG
    if _DELIMITER in text:
        return _NO_LETTER
    try:
        raw.decode()
    except UnicodeDecodeError:
        return NOT_UTF8
    return ""
