"""The dates of code files: `20241231`, `2024-12-31`, `12/31/2024`; `2024366` counts the days."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from precert.compiler.code_files.rows import refuse

if TYPE_CHECKING:
    from datetime import date

    from precert.model import Document

_FORMS = (
    (re.compile(r"[0-9]{8}"), "%Y%m%d"),
    (re.compile(r"[0-9]{7}"), "%Y%j"),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "%Y-%m-%d"),
    (re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"), "%m/%d/%Y"),
)
_MIDNIGHT = re.compile(r"(?:[ T]00:00(?::00)?|\.0)\Z")  # a spreadsheet's way of writing a date


def read_day(document: Document, line: int, field: str, text: str) -> date | None:
    """Return the day, None for a blank. Raises UnreadableDocument at the line for anything else."""
    told = _MIDNIGHT.sub("", text.strip())
    if not told or not told.strip("0"):
        return None
    for form, pattern in _FORMS:
        if form.fullmatch(told):
            try:
                return datetime.strptime(told, pattern).date()  # noqa: DTZ007 - a day, no moment
            except ValueError:
                break
    expected = "expected a date such as 20241231, 2024-12-31, 12/31/2024 or, by its day, 2024366"
    return refuse(document, line, f"{field}: read {text!r}, {expected}; save the file again")
