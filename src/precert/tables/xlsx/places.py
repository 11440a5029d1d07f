"""Names of cells, columns and rows, as a spreadsheet shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHOWN = 12
"""Places that a sentence names; the rest are counted."""


def column_number(letters: str) -> int:
    """Return the number of a column from 0: "A" is 0, "AA" is 26; -1 for what is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return -1
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """Return the letters of a column: 0 is "A", 26 is "AA"."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def cell_place(name: str) -> tuple[int, int]:
    """Return the row and column of a cell from 0: "B12" is (11, 1)."""
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :] or 0) - 1, column_number(letters)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as the first and last of each run: 3, 4, 5, 9 as (3, 5), (9, 9)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def named(names: Sequence[str]) -> str:
    """Return the names for a sentence: all of a few, else the first and how many more there are."""
    if len(names) <= _SHOWN:
        return ", ".join(names)
    return f"{', '.join(names[:_SHOWN])} and {len(names) - _SHOWN} more"


def span(first: str, last: str) -> str:
    """Return `first-last`, or the one name where both are the same."""
    return first if first == last else f"{first}-{last}"


def area(row: int, first: int, last: int) -> str:
    """Return the cells of a row, all counted from 0, as `A12:G12`; `A12` for one cell."""
    return f"{column_letters(first)}{row + 1}" + (
        f":{column_letters(last)}{row + 1}" if first < last else ""
    )
