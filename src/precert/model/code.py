"""The types of a procedure code that was parsed, and of a printed range of codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Iterable

Code = NewType("Code", str)
"""A procedure code in canonical form. Only `precert.codes.parse_code` makes one."""

_AS_ZEROS = str.maketrans("123456789", "000000000")


def shape_of(code: Code) -> str:
    """Return the code with a zero for every digit: `A0000` for `A9276`, `0000T` for `0331T`."""
    return code.translate(_AS_ZEROS)


def first_code(code: Code | CodeRange) -> Code:
    """Return the code itself, or the first one of a range: what a list is sorted by."""
    return code.first if isinstance(code, CodeRange) else code


@dataclass(frozen=True, slots=True)
class CodeRange:
    """A printed range of codes of one shape: a predicate, never a list of the codes in it.

    Which codes exist between its ends is not told by counting. Only `precert.codes.parse_range`
    makes one: its ends have one shape, and the first comes before the last.
    """

    first: Code
    last: Code

    def __str__(self) -> str:
        """Return the canonical text, which `parse_range` reads back: `81200-81299`."""
        return f"{self.first}-{self.last}"

    def holds(self, code: Code) -> bool:
        """Return whether a code lies in the range: of the same shape, and between the ends."""
        return self.first <= code <= self.last and shape_of(code) == shape_of(self.first)

    def overlaps(self, other: CodeRange) -> bool:
        """Return whether some code may lie in both ranges."""
        return self.holds(other.first) or other.holds(self.first)


def covered(code: Code, named: Iterable[Code | CodeRange]) -> bool:
    """Return whether the code is one of those that are named, or lies in a range of them."""
    return any(each.holds(code) if isinstance(each, CodeRange) else each == code for each in named)
