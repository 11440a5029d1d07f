"""A night's worklist as a file: invented orders, and lines that are bad in every way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEADER = "accession,line_no,CPT,dos,mod,units,plan,department"
CODES = ("E0621", "E0625", "E0630", "E0635", "E0637", "E0640", "E0781", "E0782", "A9999")


class Bad(NamedTuple):
    """A line that cannot be answered, and the reason."""

    text: str
    reason: str
    is_line: bool = True
    """Whether it is a record with the fields of the header."""


BAD: dict[int, Bad] = {
    7: Bad(
        "B01,1,EO621,2026-03-02,,,,North",
        "code: 'EO621' is not a code: expected five digits (27447), four digits and A, F, M, T "
        "or U (0331T), or a letter and four digits (E0601); did you mean E0621?",
    ),
    100: Bad(
        ",1,E0621,2026-03-02,,,,North",
        "order_id: read nothing, expected the order that the line belongs to",
    ),
    101: Bad(
        "B03,1,E0621,03/02/2026,,,,North",
        "date_of_service: read '03/02/2026', expected a date that can be read in one way; say "
        "--date-format us, or a pattern",
    ),
    2000: Bad(
        "B04,1,E0621,2026-02-30,,,,North",
        "date_of_service: read '2026-02-30', expected a day that there is",
    ),
    2001: Bad(
        "B05,1,E0621,2026-03-02,,two,,North",
        "units: read 'two', expected units as a whole number from 1 to 999999",
    ),
    3333: Bad(
        "B06,1,E0621,2026-03-02,,,Silver,North",
        "plan: the rulebook knows no plan 'Silver'; it knows: Gold; say 'other' for a plan that is "
        "none of these",
    ),
    4000: Bad(
        "B07,1,E0621,2026-03-02,,,,North,East",
        "read 9 fields, expected 8 as in the header",
        is_line=False,
    ),
    4002: Bad(
        "B08,1,E0621,2026-03-02", "read 4 fields, expected 8 as in the header", is_line=False
    ),
    5000: Bad(
        "B09,1,E0621,2026-03-02,R!,,,North",
        "modifiers: read 'R!', expected a modifier of two letters or digits (RT, 26, NU)",
    ),
    7500: Bad(
        "B10,1,E0621,2026-03-02,NU;RR,,,North",
        "read both purchase and rental (acquisition, modifiers), expected one of them",
    ),
    9998: Bad(
        "B11,1,,2026-03-02,,,,North",
        "code: read nothing, expected a procedure code",
    ),
    10001: Bad(
        'B12,1,E0621,2026-03-02,,,,"North',
        "its quote does not close before the end of the file",
        is_line=False,
    ),
}
"""By the line of the file, from 1, in a worklist of 10,000 lines below the header."""


def good_line(number: int) -> str:
    """Return an order line that can be answered; three lines are an order."""
    order, line = divmod(number, 3)
    code = CODES[(number * 7 + order) % len(CODES)]
    modifiers = ("", "NU", "RT;50")[order % 3]
    plan = ("", "Gold", "other")[order % 5 % 3]
    day = f"2026-{order % 12 + 1:02}-{order % 28 + 1:02}"
    return f"A{order:07},{line + 1},{code},{day},{modifiers},1,{plan},South"


def write_worklist(path: Path, lines: int, bad: Mapping[int, Bad] | None = None) -> Path:
    """Write a worklist of so many lines below the header, `bad` ones at their lines of the file."""
    bad = bad or {}
    numbers = range(2, lines + 2)
    texts = [HEADER, *(bad[at].text if at in bad else good_line(at) for at in numbers)]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path
