"""A code file of the user's in, what it says out: CMS's HCPCS file, or a licensed CPT file.

- HCPCS (CMS, "HCPCS Quarterly Update"): a table with the columns HCPC, RECID, LONG DESCRIPTION,
  SHORT DESCRIPTION and TERM DT among others, or the text of fixed width whose record layout CMS
  publishes with it (HCPCyyyy_recordlayout.txt). RECID 3 begins a code and 7 a modifier, 4 and 8 go
  on with its description. TERM DT is the last day on which a code may be used.
- CPT (AMA): a table with a column of codes and one of long, medium or short descriptions, or lines
  of code, tab, description beneath the AMA's notice (LONGULT.txt).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from precert.codes import InvalidCode, is_code, parse_code, parse_modifier
from precert.compiler.code_files.days import read_day
from precert.compiler.code_files.known import Collecting, KnownCode, KnownCodes
from precert.compiler.code_files.rows import (
    Fields,
    find_table,
    refuse,
)
from precert.documents import open_document
from precert.errors import UnreadableDocument
from precert.model import CodeFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from precert.compiler.code_files.rows import Found
    from precert.model import Document

_HCPCS: Fields = {
    "code": frozenset({"hcpc", "hcpcs"}),
    "record": frozenset({"recid"}),
    "long": frozenset({"long description"}),
    "short": frozenset({"short description"}),
    "ends": frozenset({"term dt"}),
}
_CPT: Fields = {
    "code": frozenset({"cpt code", "cpt", "code", "hcpcs code", "cpt hcpcs code"}),
    "long": frozenset({"long", "long description", "long descriptor", "description", "descriptor"}),
    "medium": frozenset({"medium", "medium description", "medium descriptor"}),
    "short": frozenset({"short", "short description", "short descriptor"}),
}
_DESCRIPTIONS = ("long", "medium", "short")
# Every word of CMS's header: a workbook's reader finds a header by most of its words.
_COUNTED = {"PRICE": 4, "CIM": 3, "MCM": 3, "LABCERT": 8, "XREF": 5, "TOS": 5}
_HEADER_WORDS = frozenset(
    {
        *(f"{word}{number}" for word, count in _COUNTED.items() for number in range(1, count + 1)),
        *("SEQNUM", "MULT_PI", "STATUTE", "COV", "ASC_GRP", "ASC_DT", "OPPS", "OPPS_PI", "OPPS_DT"),
        *("PROCNOTE", "BETOS", "ANEST_BU", "ADD DT", "ACT EFF DT", "ACTION CD"),
        *(word for fields in (_HCPCS, _CPT) for words in fields.values() for word in words),
    }
)

_FIXED = re.compile(r"(?P<code>[A-Z0-9]{5}| {3}[A-Z0-9]{2})[0-9 ]{5}(?P<record>[3478])")
_BEGINS, _GOES_ON = "37", "48"
_MODIFIERS = "78"
_PAIR = 2

_EXPECTED = (
    "expected CMS's HCPCS file (a table with the columns HCPC, RECID, LONG DESCRIPTION, SHORT "
    "DESCRIPTION and TERM DT, or its text of fixed width), or a CPT file (a column CPT CODE and a "
    "column LONG, MEDIUM or SHORT, or lines of code, tab, description)"
)


def read_code_file(path: Path) -> KnownCodes:
    """Return what the code file at `path` says.

    Raises UnreadableDocument for a file that is none, and at the line of a row that cannot be read:
    a code that was overlooked would be called unknown.
    """
    document = open_document(path)
    collecting = Collecting()
    first = next((line for line in document.lines if line.strip()), "")
    if _FIXED.match(first) and "\t" not in first:
        _read_fixed(document, collecting)
    elif (table := find_table(document, _HCPCS, _HCPCS, _HEADER_WORDS)) is not None:
        _read_hcpcs(document, table, collecting)
    elif (table := _cpt_table(document)) is not None:
        _read_cpt(document, table, collecting)
    else:
        _read_pairs(document, collecting)
    if not collecting.codes:
        reason = f"it is no code file: read {first.strip()[:60]!r} in its first line; {_EXPECTED}"
        raise UnreadableDocument(str(path), reason)
    return KnownCodes(
        CodeFile(document.name, document.sha256),
        collecting.codes,
        frozenset(collecting.modifiers),
    )


def _read_fixed(document: Document, collecting: Collecting) -> None:
    """Read CMS's text of fixed width, by the positions of its record layout."""
    for number, line in enumerate(document.lines, 1):
        if not line.strip():
            continue
        match = _FIXED.match(line)
        if match is None:
            expected = "a code or a modifier in columns 1 to 5 and the record's kind in column 11"
            refuse(document, number, f"read {line[:11]!r}, expected {expected}; save it again")
        cells = {
            "code": match["code"].strip(),
            "record": match["record"],
            "long": line[11:91].strip(),
            "short": line[91:119].strip(),
            "ends": line[284:292].strip(),
        }
        _take_hcpcs(document, number, cells, collecting)


def _read_hcpcs(document: Document, table: Found, collecting: Collecting) -> None:
    for row in table.rows:
        _take_hcpcs(document, row.line, table.cells_of(row), collecting)


def _take_hcpcs(
    document: Document, line: int, cells: Mapping[str, str], collecting: Collecting
) -> None:
    record = cells["record"].removesuffix(".0")
    if record not in set(_BEGINS + _GOES_ON):
        refuse(document, line, f"RECID: read {cells['record']!r}, expected 3, 4, 7 or 8")
    if record in _MODIFIERS:
        modifier = parse_modifier(cells["code"])
        if modifier is None:
            refuse(document, line, f"HCPC: read {cells['code']!r}, expected a modifier")
        if record in _BEGINS:
            collecting.modifiers[modifier] = KnownCode(cells["long"] or cells["short"])
        return
    code = parse_code(cells["code"])
    if not is_code(code):
        refuse(document, line, f"HCPC: {code}")
    if record in _GOES_ON:
        if not collecting.go_on(code, cells["long"]):
            refuse(document, line, f"RECID: {code} goes on here and begins nowhere above")
        return
    ends = read_day(document, line, "TERM DT", cells["ends"])
    collecting.add(code, KnownCode(cells["long"] or cells["short"], ends))


def _cpt_table(document: Document) -> Found | None:
    for described in _DESCRIPTIONS:
        table = find_table(document, _CPT, ("code", described), _HEADER_WORDS)
        if table is not None:
            return table
    return None


def _read_cpt(document: Document, table: Found, collecting: Collecting) -> None:
    for row in table.rows:
        cells = table.cells_of(row)
        code = parse_code(cells["code"])
        if isinstance(code, InvalidCode):
            refuse(document, row.line, f"{code}; save the file again")
        described = next((cells[field] for field in _DESCRIPTIONS if cells.get(field)), "")
        collecting.add(code, KnownCode(described))


def _read_pairs(document: Document, collecting: Collecting) -> None:
    """Read lines of code, tab, description; what stands above the first of them is a notice."""
    for number, line in enumerate(document.lines, 1):
        cells = tuple(map(str.strip, line.split("\t")))
        code = parse_code(cells[0])
        if is_code(code) and len(cells) == _PAIR:
            collecting.add(code, KnownCode(cells[1]))
        elif collecting.codes and line.strip():
            read = " | ".join(cells)[:60]
            refuse(document, number, f"read {read!r}, expected a code, a tab and its description")
