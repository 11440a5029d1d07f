"""`Contents` as JSON and back: what a reader in a process of its own hands over.

JSON, since a process that read a hostile file may have become one: it can hand over nothing but
texts and numbers. All places are of one document, whose name is not repeated.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from precert.diagnostics import Diagnostic, Severity
from precert.model import Row, SourceRef, Table, TextLine
from precert.tables.contents import Contents

if TYPE_CHECKING:
    from collections.abc import Iterable

_TEXTS, _NUMBERS, _NOTHING = {str}, {int}, {type(None)}
"""Kinds of JSON values."""


def format_contents(contents: Contents) -> bytes:
    """Return the contents as JSON text: `{"blocks": [...], "diagnostics": [...]}`."""
    blocks = [
        [*_ref(block.ref), block.text]
        if isinstance(block, TextLine)
        else {"header": _row(block.header), "rows": list(map(_row, block.rows))}
        for block in contents.blocks
    ]
    found = [
        {
            "code": each.code,
            "severity": each.severity,
            "ref": _ref(each.ref),
            "sentence": each.sentence,
            "related": list(map(_ref, each.related)),
        }
        for each in contents.diagnostics
    ]
    return json.dumps({"blocks": blocks, "diagnostics": found}, separators=(",", ":")).encode()


def parse_contents(text: bytes, document: str) -> Contents:
    """Return the contents that `format_contents` wrote, of the document of that name.

    Raises ValueError for a text that says no contents.
    """
    try:
        told = json.loads(text)
        return Contents(
            tuple(_block_of(block, document) for block in told["blocks"]),
            tuple(_diagnostic_of(each, document) for each in told["diagnostics"]),
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        reason = "no contents of a document"
        raise ValueError(reason) from error


def _ref(ref: SourceRef) -> tuple[Any, ...]:
    return ref[1:]


def _row(row: Row | None) -> list[Any] | None:
    return None if row is None else [*_ref(row.ref), row.cells]


def _block_of(block: Any, document: str) -> Table | TextLine:  # noqa: ANN401 - JSON
    if isinstance(block, list):
        *place, text = block
        return TextLine(_ref_of(place, document), _text(text))
    header = block["header"]
    rows = tuple(_row_of(row, document) for row in block["rows"])
    return Table(None if header is None else _row_of(header, document), rows)


def _row_of(row: Any, document: str) -> Row:  # noqa: ANN401 - JSON
    line, page, sheet, area, cells = row
    if not (isinstance(cells, list) and set(map(type, cells)) <= _TEXTS):
        raise TypeError
    return Row(_ref_of((line, page, sheet, area), document), tuple(cells))


def _diagnostic_of(each: Any, document: str) -> Diagnostic:  # noqa: ANN401 - JSON
    return Diagnostic(
        _text(each["code"]),
        Severity(each["severity"]),
        _ref_of(each["ref"], document),
        _text(each["sentence"]),
        tuple(_ref_of(place, document) for place in each["related"]),
    )


def _ref_of(place: Iterable[Any], document: str) -> SourceRef:
    line, page, sheet, area = place
    if not (
        {type(line)} == _NUMBERS
        and {type(page)} <= _NUMBERS | _NOTHING
        and {type(sheet), type(area)} <= _TEXTS | _NOTHING
    ):
        raise TypeError
    return SourceRef(document, line, page, sheet, area)


def _text(value: Any) -> str:  # noqa: ANN401 - JSON
    if not isinstance(value, str):
        raise TypeError
    return value
