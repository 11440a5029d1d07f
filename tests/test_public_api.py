"""What `from precert import …` promises."""

from __future__ import annotations

import precert


def test_the_public_names_are_exactly_these() -> None:
    assert set(precert.__all__) == {
        "CasePlan",
        "Determination",
        "Editions",
        "Order",
        "OrderAnswer",
        "OrderLine",
        "Outcome",
        "PrecertError",
        "Rulebook",
        "determine",
        "load_rulebook",
    }
    assert all(getattr(precert, name).__doc__ for name in precert.__all__)


def test_four_lines_do_what_check_does() -> None:
    rulebook = precert.load_rulebook()
    order = precert.Order.of("63650", "C1767", on="2026-03-02")
    answer = precert.determine(rulebook, order)
    assert [line.outcome.value for line in answer.determinations] == [
        "auth-needed",
        "follows-primary",
    ]
    assert answer.case_plan.cases[0].lines == (1, 2)
