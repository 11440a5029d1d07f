"""Codes as people paste them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.determine import Order, OrderLine, read_lines, read_modifier, read_units
from precert.determine.order_text import read_date, read_place_of_service
from precert.errors import BadCode, BadOrder
from tests.support.rulebooks import DAY, line

if TYPE_CHECKING:
    from datetime import date


def read(*texts: str) -> tuple[OrderLine, ...]:
    return read_lines(texts, on=DAY)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("27447", [line("27447")]),
        ("  e0601\t", [line("E0601")]),
        ("0331t", [line("0331T")]),
        ("27447-RT", [line("27447", modifiers=("RT",))]),
        ("27447-rt-50", [line("27447", modifiers=("RT", "50"))]),
        ("27447 RT", [line("27447", modifiers=("RT",))]),
        ("27447 - RT", [line("27447", modifiers=("RT",))]),
        ("27447--RT", [line("27447", modifiers=("RT",))]),
        ("27447-RT/50", [line("27447", modifiers=("RT", "50"))]),
        ("e0601 nu", [line("E0601", modifiers=("NU",))]),
        ("63650 x2", [line("63650", units=2)]),
        ("63650 x 2", [line("63650", units=2)]),
        ("63650 X2", [line("63650", units=2)]),
        ("63650 2x", [line("63650", units=2)]),
        ("63650 *3", [line("63650", units=3)]),
        ("63650 \u00d7 3", [line("63650", units=3)]),
        ("63650-RT x2", [line("63650", modifiers=("RT",), units=2)]),
        ("63650 x2 RT", [line("63650", modifiers=("RT",), units=2)]),
        ("j1745 x1000", [line("J1745", units=1000)]),
        ("27447, 63650", [line("27447"), line("63650")]),
        ("27447/63650", [line("27447"), line("63650")]),
        ("27447+63650", [line("27447"), line("63650")]),
        ("27447;63650", [line("27447"), line("63650")]),
        ("27447\n63650", [line("27447"), line("63650")]),
        ("(27447) [63650].", [line("27447"), line("63650")]),
        (
            "63650 x2, C1767 C1778 x2",
            [line("63650", units=2), line("C1767"), line("C1778", units=2)],
        ),
        ("27447 RT 63650 LT", [line("27447", modifiers=("RT",)), line("63650", modifiers=("LT",))]),
        ("E0601 NU KX RT 59", [line("E0601", modifiers=("NU", "KX", "RT", "59"))]),
        (
            "REV 0240 x2, rev. 249 REV0250",
            [line("REV0240", units=2), line("REV0249"), line("REV0250")],
        ),
        ("72148 26 72148 TC", [line("72148", modifiers=("26",)), line("72148", modifiers=("TC",))]),
    ],
)
def test_what_people_paste(text: str, lines: list[OrderLine]) -> None:
    assert read(text) == tuple(lines)


def test_several_texts_are_several_lines() -> None:
    assert read("27447-RT", "63650 x2") == (
        line("27447", modifiers=("RT",)),
        line("63650", units=2),
    )


def test_a_modifier_does_not_reach_over_to_the_next_text() -> None:
    with pytest.raises(BadCode, match="'RT'"):
        read("27447", "RT")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("7214B", "'7214B'.*72148"),
        ("7Z148", "'7Z148'.*72148"),
        ("O331T", "'O331T'.*0331T"),
        ("2744", "'2744'"),
        ("274477", "'274477'"),
        ("RT", "'RT'"),
        ("knee 27447", "'knee'"),
        ("27447 knee", "'knee'"),
        ("27447RT", "'27447RT'"),
        ("27447-RTX", "'RTX'"),
        ("27447 R", "'R'"),
        ("27447 2", "'2'"),
        ("x2", "'x2'"),
        ("27447 x 29880", "'x29880'"),
        ("27447 x", "'x'"),
        ("I0601", "'I0601'"),
        ("W0001", "'W0001'"),
    ],
)
def test_a_word_that_is_no_code_is_refused_with_what_was_read(text: str, said: str) -> None:
    with pytest.raises(BadCode, match=said):
        read(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("63650 x0", "'0'.*from 1"),
        ("63650 0x", "'0'.*from 1"),
        ("63650 x2 x3", "'x3'.*63650.*once"),
        ("27447 RT LT 50 59 GA", "fifth modifier 'GA' on 27447.*four"),
        ("", "nothing.*at least one code"),
        (" ,; - ", "nothing.*at least one code"),
    ],
)
def test_what_an_order_cannot_say(text: str, said: str) -> None:
    with pytest.raises(BadOrder, match=said):
        read(text)


def test_an_order_without_a_text() -> None:
    with pytest.raises(BadOrder, match="at least one code"):
        read()


@pytest.mark.parametrize("text", ["2026-03-02", " 2026-03-02 ", DAY])
def test_a_date(text: str | date) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize("text", ["03/02/2026", "2026-02-30", "today", "", "2026-3-2"])
def test_a_date_that_is_none(text: str) -> None:
    with pytest.raises(BadOrder, match="YYYY-MM-DD"):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "place"), [("11", "11"), ("2", "02"), (" 12 ", "12"), ("02", "02")]
)
def test_a_place_of_service(text: str, place: str) -> None:
    assert read_place_of_service(text) == place


@pytest.mark.parametrize("text", ["", "home", "123", "1a", "-1", "\u0661\u0662"])
def test_a_place_that_is_none(text: str) -> None:
    with pytest.raises(BadOrder, match="place of service"):
        read_place_of_service(text)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "", "two", "\u0662", "1e3"])
def test_units_that_are_none(text: str) -> None:
    with pytest.raises(BadOrder, match="from 1"):
        read_units(text)


@pytest.mark.parametrize("text", ["", "R", "RTX", "R T", "\u00c4B"])
def test_a_modifier_that_is_none(text: str) -> None:
    with pytest.raises(BadOrder, match="two letters or digits"):
        read_modifier(text)


def test_an_order_of_texts() -> None:
    order = Order.of("27447-RT", "63650 x2", on="2026-03-02")
    assert order == Order((line("27447", modifiers=("RT",)), line("63650", units=2)))
    assert order.is_complete
    assert not Order.of("27447", on=DAY).is_complete
    assert Order.of("27447", on=DAY, complete=True).is_complete
    assert not Order.of("27447", "63650", on=DAY, complete=False).is_complete
