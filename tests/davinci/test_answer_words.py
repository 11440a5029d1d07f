"""Words of an answer are kept: what they leave out comes from each order, and nothing else does."""

from __future__ import annotations

from datetime import date

import pytest

from precert.davinci.settings import Covered
from tests.davinci.asking import ask, details, focus, gathered, payer, repetitions, value
from tests.support.rulebooks import book, row

LIST = book(
    row("Wheels", "K0001", effective_to=date(2026, 6, 30)),
    row("Wheels", "K0002"),
)


def test_the_same_answer_in_another_order_speaks_of_that_order() -> None:
    first = ask(gathered(LIST, focus("a", "K0001")))
    second = ask(gathered(LIST, focus("b", "K0001"), focus("c", "K0001")))
    (alone,), (_, beside) = repetitions(first), repetitions(second)
    assert details(alone)["Instructions"] != details(beside)["Instructions"]
    assert "K0001 (DeviceRequest/c)" in details(beside)["Instructions"][0]
    assert details(alone)["Evidence"] == details(beside)["Evidence"]


def test_the_same_answer_on_another_day_ends_as_that_day_allows() -> None:
    in_may = gathered(LIST, focus("a", "K0001", on=date(2026, 5, 1)))
    before, after = (ask(in_may, today=date(2026, month, 2)) for month in (5, 7))
    assert value(repetitions(before)[0], "expiry-date") == "2026-06-30"
    assert value(repetitions(after)[0], "expiry-date") is None


@pytest.mark.parametrize("covered", Covered)
def test_the_same_answer_of_another_payer_has_that_payers_setting(covered: Covered) -> None:
    (said,) = repetitions(ask(gathered(payer(LIST, covered=covered), focus("a", "K0002"))))
    assert value(said, "covered") == covered


def test_another_list_with_the_same_code_is_said_by_itself() -> None:
    other = book(row("Wheels", "K0002", "not-required"))
    said = [repetitions(ask(gathered(of, focus("a", "K0002"))))[0] for of in (LIST, other)]
    assert [value(each, "pa-needed") for each in said] == ["auth-needed", "no-auth"]
    assert details(said[0])["Evidence"] != details(said[1])["Evidence"]
