"""`rules.csv`: one rule a line, sorted by program, code and place, for git and for a spreadsheet.

The kinds of its cells stand in `cells`. Each distinct cell of a column is parsed once, and the
columns are walked side by side in C: 1,602 rules are read in about 7 ms.
"""

from __future__ import annotations

import csv
from io import StringIO
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from precert.errors import UnreadableRulebook
from precert.model import Rule, SourceRef
from precert.rulebook import cells
from precert.rulebook.cells import Kind, one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")

RULES_FILE = "rules.csv"

_KINDS: dict[str, Kind[Any]] = {
    "rule_id": cells.UNIQUE_TEXT,
    "program": cells.TEXT,
    "product": cells.TEXT,
    "category": cells.TEXT,
    "heading": cells.TEXT,
    "code": cells.CODE,
    "requirement": cells.REQUIREMENT,
    "platform": cells.OPTIONAL_TEXT,
    "conditions": cells.CONDITIONS,
    "descriptor_add_on": cells.TRUTH,
    "um_cs": cells.OPTIONAL_TRUTH,
    "effective_from": cells.OPTIONAL_DATE,
    "effective_to": cells.OPTIONAL_DATE,
    "document": cells.TEXT,
    "page": cells.OPTIONAL_NUMBER,
    "sheet": cells.OPTIONAL_TEXT,
    "line": cells.NUMBER,
    "area": cells.OPTIONAL_TEXT,
}
COLUMNS = tuple(_KINDS)
_REF = ("document", "page", "sheet", "line", "area")
_values = attrgetter(*(f"ref.{name}" if name in _REF else name for name in COLUMNS))

SortKey = tuple[str, str, tuple[str, int, str, int], str]


def sort_key(rule: Rule) -> SortKey:
    """Return what rules are sorted by: program, code, place (document, page, sheet, line), id."""
    return rule.program, str(rule.code), rule.ref.order, rule.rule_id


def format_rules(rules: Iterable[Rule]) -> str:
    """Return the text of `rules.csv` for rules that are sorted; lines end with LF."""
    forms = [kind.form for kind in _KINDS.values()]
    sink = StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(COLUMNS)
    for rule in rules:
        writer.writerow([form(value) for form, value in zip(forms, _values(rule), strict=True)])
    return sink.getvalue()


def parse_rules(
    text: str, path: str, programs: Iterable[str], documents: Iterable[str]
) -> tuple[Rule, ...]:
    """Return the rules that the text of `rules.csv` holds, each of a known program and document.

    Raises UnreadableRulebook, at the line of `path`, for a header, a row or an order of rows that
    `format_rules` does not write.
    """
    rows = _read_rows(text, path)
    kinds = _KINDS | {
        "program": one_of(programs, "a program of rulebook.toml"),
        "document": one_of(documents, "a document of rulebook.toml"),
    }
    rules: list[Rule] = []
    rule_ids: set[str] = set()
    line, before = 1, None
    try:
        for line, rule in enumerate(_rules(rows, kinds), 2):
            key = sort_key(rule)
            if rule.rule_id in rule_ids:
                _refuse(path, line, f"rule_id: read {rule.rule_id!r} again, expected it once")
            if before is not None and key < before:
                order = "rows sorted by program, code, document, page, sheet and line"
                _refuse(path, line, f"read {key[-1]!r} after {before[-1]!r}, expected {order}")
            rule_ids.add(rule.rule_id)
            rules.append(rule)
            before = key
    except ValueError:
        _refuse(path, line + 1, _fault(rows[line - 1], kinds))
    return tuple(rules)


def _read_rows(text: str, path: str) -> list[list[str]]:
    """Return the rows below the header, each of the right number of cells."""
    reader = csv.reader(StringIO(text), strict=True)
    try:
        header, *rows = reader
    except (ValueError, csv.Error) as error:
        _refuse(path, max(reader.line_num, 1), f"not a table of comma-separated values ({error})")
    if tuple(header) != COLUMNS:
        read, expected = ",".join(header), ",".join(COLUMNS)
        _refuse(path, 1, f"read the header {read!r}, expected {expected!r}")
    for line, row in enumerate(rows, 2):
        if len(row) != len(COLUMNS):
            _refuse(path, line, f"read {len(row)} columns, expected {len(COLUMNS)}")
    return rows


def _rules(rows: Sequence[Sequence[str]], kinds: dict[str, Kind[Any]]) -> Iterator[Rule]:
    """Return an iterator over the rules of the rows; it raises ValueError at one it cannot read."""
    columns = zip(*rows, strict=True) if rows else iter([()] * len(kinds))
    values = {
        name: map(_Remembered(kind.parse).__getitem__ if kind.repeats else kind.parse, column)
        for (name, kind), column in zip(kinds.items(), columns, strict=True)
    }
    document, page, sheet, line, area = (values.pop(name) for name in _REF)
    return map(Rule, *values.values(), map(SourceRef, document, line, page, sheet, area))


class _Remembered(dict[str, T]):
    """The values of the cells of a column met so far; a new cell is parsed."""

    def __init__(self, parse: Callable[[str], T]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, cell: str) -> T:
        self[cell] = value = self._parse(cell)
        return value


def _fault(row: Sequence[str], kinds: dict[str, Kind[Any]]) -> str:
    """Return what was read and what was expected in the first cell that cannot be read."""
    for (column, kind), cell in zip(kinds.items(), row, strict=True):
        try:
            kind.parse(cell)
        except ValueError as error:
            detail = f" ({error})" if error.args else ""
            return f"{column}: read {cell!r}, expected {kind.expected}{detail}"
    message = "this row can be read"
    raise AssertionError(message)


def _refuse(path: str, line: int, reason: str) -> NoReturn:
    raise UnreadableRulebook(path, f"{reason}; import the list again", line)
