"""A test of all cases of a file fails where one of them does, and names each that does."""

from __future__ import annotations

import pytest

from tests.support.cases import SuiteCase, all_cases
from tests.support.each_file import of_each_file, try_all


def test_every_case_that_fails_is_named() -> None:
    cases = all_cases()[:5]

    def wrong(case: SuiteCase, other: object) -> None:
        assert other
        if case is cases[1]:
            pytest.fail("so")
        assert case is not cases[3]

    with pytest.raises(BaseExceptionGroup) as raised:
        try_all(wrong, cases, other=1)
    notes = [error.__notes__ for error in raised.value.exceptions]
    assert notes == [[f"the case: {cases[1]}"], [f"the case: {cases[3]}"]]


def test_no_case_is_no_test() -> None:
    with pytest.raises(ValueError, match="there is no case"):
        of_each_file([])


@of_each_file(all_cases())
def tried(case: SuiteCase, found: list[SuiteCase]) -> None:
    found.append(case)


def test_every_case_is_tried_once_with_what_else_the_test_asks_for() -> None:
    (mark,) = tried.pytestmark
    name, files = mark.args
    found: list[SuiteCase] = []
    for cases in files:
        tried(**{name: cases}, found=found)
    assert found == list(all_cases())
    assert mark.kwargs["ids"] == list(dict.fromkeys(case.file for case in all_cases()))
