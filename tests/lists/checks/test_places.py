"""How sentences name places."""

from __future__ import annotations

import pytest

from precert.lists.checks._places import lines, listed, rows
from precert.model import SourceRef


@pytest.mark.parametrize(
    ("numbers", "phrase"),
    [
        ([7], "line 7"),
        ([7, 8], "lines 7-8"),
        ([8, 7, 12], "lines 7-8 and 12"),
        ([1, 3, 5, 7], "lines 1, 3, 5 and 7"),
        ([1, 3, 5, 7, 9, 10], "lines 1, 3, 5, 7 and 2 more"),
    ],
)
def test_lines(numbers: list[int], phrase: str) -> None:
    assert lines([SourceRef("invented.md", number) for number in numbers]) == phrase


def test_listed() -> None:
    assert [listed("a"), listed("ab"), listed("abc")] == ["a", "a and b", "a, b and c"]


def test_rows() -> None:
    assert [rows(1), rows(2)] == ["1 row", "2 rows"]
