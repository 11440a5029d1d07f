"""PC325: a limit on rows that are out of scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.lists.checks import idle_limit
from tests.lists.checks.invented import brief, found, read, related, row

if TYPE_CHECKING:
    from precert.lists import ListReading

PURCHASE = "Purchase only"
ABOVE = "If requested with >5 components, purchase only"


def test_the_rows_with_one_limit_are_one_diagnostic() -> None:
    reading = read(
        row("K0820", decision="Out of Scope", note=PURCHASE),
        row("K0821", decision="Out of Scope", note=ABOVE),
        row("K0822", decision="Out of Scope", note=PURCHASE),
    )
    one, other = found(idle_limit, reading)
    assert brief([one, other]) == [("PC325", 3), ("PC325", 4)]
    assert related(one) == [5]
    assert "purchase only with more than 5 components (line 4)" in other.sentence


@pytest.mark.parametrize(
    "line",
    [
        row("K0820", note=PURCHASE),
        row("K0820", decision="Out of Scope"),
        row("K0820", decision="Out of Scope", note="Part of sleep DME"),
    ],
)
def test_other_rows_are_not(line: str) -> None:
    assert found(idle_limit, read(line)) == []


def test_a_limit_of_the_whole_program_is_not() -> None:
    reading = read(row("T1021", decision="Out of Scope"), program="Home Health")
    assert found(idle_limit, reading) == []


@pytest.mark.real_list
def test_the_published_list(published: ListReading) -> None:
    ones = found(idle_limit, published)
    assert [(one.ref.line, related(one)) for one in ones] == [
        (1450, [1451, 1456, 1458, 1460, 1468]),
        (1470, [1479]),
    ]
