"""Invariant 5 on Spark: the language-neutral cases as orders of a frame."""

from __future__ import annotations

import pytest

from tests.batch.test_cases import NO_TABLE, answer_cases, case_differences, check_refused
from tests.support.batch import by_spark
from tests.support.cases import answered_cases, refused_cases
from tests.support.spark import NOT_OURS

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings(*NOT_OURS)]


def test_spark_answers_every_case_as_it_expects() -> None:
    """All in one test: the session starts once, and is slow to ask."""
    found = answer_cases(by_spark)
    wrong = {
        str(case): differences
        for case in answered_cases()
        if (differences := case_differences(case, found[case.book]))
    }
    assert wrong == {}
    for case in refused_cases():
        if case.name not in NO_TABLE:
            check_refused(case, found[case.book])
