"""Invariant 5 on Spark: a line of a frame is answered as `determine` answers it in its order."""

from __future__ import annotations

import pytest

from tests.batch.test_equal import REAL, check_ranges, check_spoiled, random_orders, telling
from tests.support.batch import (
    TYPES,
    by_spark,
    differing,
    interleaved,
    rows_of,
    seeded,
    table_of,
    told_once,
    wanted,
)
from tests.support.batch import given as answered_by
from tests.support.spark import NOT_OURS

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings(*NOT_OURS)]


def test_spark_answers_a_book_of_the_real_list() -> None:
    random = seeded(11)
    told = random_orders(REAL, 400, random, telling(REAL))
    rows = rows_of(told)
    for of_order in rows:
        told_once(of_order, random)
    mixed = interleaved(rows, random)
    found = by_spark(table_of(mixed), REAL)
    assert found.rejects == []
    assert sorted(row["place"] for row in found.answers) == list(range(len(mixed)))
    for answer in found.answers:
        asked = mixed[answer["place"]]
        assert {name: answer[name] for name in TYPES} == {name: asked[name] for name in TYPES}
    assert differing(answered_by(found.answers), wanted(REAL, told)) == []


def test_spark_leaves_the_order_of_an_unreadable_line_open() -> None:
    random = seeded(12)
    check_spoiled(REAL, random_orders(REAL, 400, random, telling(REAL)), random, by_spark)


def test_codes_that_lie_in_ranges() -> None:
    check_ranges(by_spark)
