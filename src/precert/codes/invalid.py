"""A text that is no code or range: what was read, what was expected, what it may stand for."""

from __future__ import annotations

from typing import NamedTuple

EXPECTED_CODE = (
    "five digits (27447), four digits and A, F, M, T or U (0331T), "
    "or a letter and four digits (E0601)"
)
EXPECTED_RANGE = (
    "two codes of one kind, the lower one first, with a hyphen, a dash, 'to' or 'through' between "
    "them (81200-81299)"
)


class InvalidCode(NamedTuple):
    """A text that is no code: what was read, what was expected, and the codes it may stand for.

    `candidates` are texts of codes and of ranges. `why` is a clause about the text, empty where
    there is nothing to say; `what` is the thing that it is not.
    """

    text: str
    expected: str
    candidates: tuple[str, ...] = ()
    why: str = ""
    what: str = "a code"

    def __str__(self) -> str:
        """Return one sentence: what was read, what was expected, what it may have been."""
        why = f" ({self.why})" if self.why else ""
        sentence = f"{self.text!r} is not {self.what}{why}: expected {self.expected}"
        if self.candidates:
            sentence += f"; did you mean {' or '.join(self.candidates)}?"
        return sentence
