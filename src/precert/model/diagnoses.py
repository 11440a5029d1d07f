"""Spans of diagnosis codes (ICD-10-CM), and whether a told diagnosis lies in one."""

from __future__ import annotations

from typing import NamedTuple

_PREFIX = 2  # behind a category's letter and digit, letters stand among the digits


class DiagnosisSpan(NamedTuple):
    """Diagnosis codes from `first` to everything beneath `last`, canonical (with the dot).

    A single category or code is its own first and last: C50 covers C50.911.
    """

    first: str
    last: str

    def __str__(self) -> str:
        """Return `C50` or `M80.0-M80.9`."""
        return self.first if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def ascends(self) -> bool:
        """Whether the last does not lie before the first, as far as anybody can tell."""
        return _order(self.last, self.first) != -1

    def covers(self, diagnosis: str) -> bool | None:
        """Return whether a told diagnosis lies in the span; None where nobody can tell.

        That is so for a told category that is wider than what the span names (told C50, named
        C50.9), and where a letter and a digit meet: the tabular list prints M1A between M10 and
        M11, and C84.A before C84.9 (ICD-10-CM tabular list, CDC and CMS).
        """
        begins, ends = _order(diagnosis, self.first), _order(diagnosis, self.last)
        if self.first == self.last:  # beneath it, wider than it, or elsewhere
            plain, named = diagnosis.replace(".", ""), self.first.replace(".", "")
            return True if plain.startswith(named) else None if named.startswith(plain) else False
        if begins == 0 or ends == 0:
            return True
        if begins == -1 or ends == 1:
            return False
        return None if begins is None or ends is None else True


def _order(diagnosis: str, bound: str) -> int | None:
    """Return -1 before the bound, 0 beneath it, 1 after it, None where nobody can tell."""
    told, named = diagnosis.replace(".", ""), bound.replace(".", "")
    for at, (one, other) in enumerate(zip(told, named, strict=False)):
        if one != other:
            if at >= _PREFIX and one.isdigit() != other.isdigit():
                return None
            return -1 if one < other else 1
    return 0 if len(told) >= len(named) else None
