"""A list in lines, written as other formats: what a payer would publish of the same rows."""

from __future__ import annotations

import csv
import io
import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from precert.model import Document

_SET_OFF = re.compile(r"^#+ |\*\*")
_BOLD = re.compile(r"&lt;(/?b)&gt;")


def as_csv(document: Document, delimiter: str = ",", *, quoted_line_ends: bool = False) -> bytes:
    """Return the list as UTF-8 CSV: a title is a record of one cell, a blank line is one of none.

    With `quoted_line_ends`, long cells go over several lines.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for line in document.lines:
        cells = line.split("\t") if line.strip() else []
        if len(cells) == 1:
            cells = [_SET_OFF.sub("", line)]
        if quoted_line_ends:
            cells = [_on_two_lines(cell) for cell in cells]
        writer.writerow(cells)
    return out.getvalue().encode()


def as_html(document: Document) -> bytes:
    """Return the list as a page: titles are headings, other lines paragraphs, rows tables."""
    out = ["<!DOCTYPE html>", "<html><head><title>A list</title></head><body>"]
    in_table = False
    for line in document.lines:
        is_row = "\t" in line and bool(line.strip())
        if is_row is not in_table:
            out.append("<table>" if is_row else "</table>")
            in_table = is_row
        if is_row:
            cells = (_BOLD.sub(r"<\1>", escape(cell)) for cell in line.split("\t"))
            out.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
        elif line.strip():
            tag = "h2" if line.startswith(("#", "**")) else "p"
            out.append(f"<{tag}>{escape(_SET_OFF.sub('', line))}</{tag}>")
    return "\n".join([*out, "</table></body></html>"]).encode()


def _on_two_lines(cell: str) -> str:
    words = cell.split(" ")
    middle = len(words) // 2
    return f"{' '.join(words[:middle])}\n{' '.join(words[middle:])}" if middle > 1 else cell
