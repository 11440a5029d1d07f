"""Sentences that speak of an order's lines by number in, the same by code out.

Whoever reads an answer in an EHR sees orders with codes; nobody there numbers them. A code that
stands on several lines is told with the reference of its resource.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from precert.davinci.answer.coverage_information import Kind
from precert.determine.phrases import and_list

if TYPE_CHECKING:
    from precert.davinci.answer.asked import LineOf
    from precert.davinci.answer.coverage_information import CoverageInformation

_RUN = r"\d+(?: to \d+)?"
_LINES = re.compile(rf"\b[Ll]ines? ({_RUN}(?:(?:, | and ){_RUN})*)")
"""As `lines_in_words` writes them, at the beginning of a sentence too."""
_EACH = re.compile(r"(\d+)(?: to (\d+))?")


def named_by_code(said: CoverageInformation, lines: tuple[LineOf, ...]) -> CoverageInformation:
    """Return the same, with codes for the numbers in the reasons and the alternatives."""
    if len(lines) == 1:
        return said
    reasons = tuple([in_codes(reason, lines) for reason in said.reasons])
    details = said.details
    if any(detail.kind is Kind.ALTERNATIVE for detail in details):
        details = tuple(
            detail._replace(text=in_codes(detail.text, lines))
            if detail.kind is Kind.ALTERNATIVE
            else detail
            for detail in details
        )
    return said._replace(reasons=reasons, details=details)


def in_codes(text: str, lines: tuple[LineOf, ...]) -> str:
    """Return a text with the codes of the lines that it names; each has to be one of them."""
    if "ine" not in text:
        return text
    text = text.replace("this line", "this order")
    return _LINES.sub(lambda named: and_list(_codes(named[1], lines)), text)


def _codes(numbers: str, lines: tuple[LineOf, ...]) -> list[str]:
    counts = Counter(of.billing.code for of in lines)
    found = []
    for first, last in _EACH.findall(numbers):
        for of in lines[int(first) - 1 : int(last or first)]:
            code = of.billing.code
            found.append(code if counts[code] == 1 else f"{code} ({of.focus.reference})")
    return found
