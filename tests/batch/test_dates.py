"""Dates of service are read where there is one way to read them, or as it was told."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precert.batch.dates import date_reader
from precert.errors import BadOrder

DAY = date(2026, 3, 2)
read = date_reader(None)
read_us = date_reader("us")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02", DAY),
        (" 2026-03-02 ", DAY),
        ("2026-03-02T08:30", DAY),
        ("2026-03-02 08:30:00", DAY),
        ("2026-03-02 23:59:59.999999999", DAY),
        ("2026-03-02T00:00:00.0", DAY),
        ("20260302", DAY),
        ("19991231", date(1999, 12, 31)),
        ("03/25/2026", date(2026, 3, 25)),
        ("25.03.2026", date(2026, 3, 25)),
        ("25-3-2026", date(2026, 3, 25)),
        ("3-25-2026", date(2026, 3, 25)),
        ("03/03/2026", date(2026, 3, 3)),
        ("0001-01-01", date.min),
        ("9999-12-31", date.max),
    ],
)
def test_a_date_that_can_be_read_in_one_way(text: str, day: date) -> None:
    assert read(text) == day


@pytest.mark.parametrize("text", ["03/02/2026", "3.2.2026", "12-11-2026", "01/12/2026", "1/2/2026"])
def test_a_date_that_can_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(BadOrder, match="a date that can be read in one way"):
        read(text)


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "20261301", "20260230", "31/02/2026", "13/13/2026", "0/0/2026", "02/30/2026"],
)
def test_a_day_that_there_is_not_is_refused(text: str) -> None:
    with pytest.raises(BadOrder, match="a day that there is"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "soon", "2026", "2026-3-2", "3/2/26", "2 Mar 2026", "2026-03-02T08:30Z"),
        *("2026-03-02T08:30+01:00", "02260302", "46083", "2026/03/02", "03/25.2026", "20260302.0"),
        *("2026-03-02T08", "2026-W10-1", "2026-061", "-2026-03-02", "2026-03-02x", "x" * 500),
    ],
)
def test_what_is_no_date_is_refused_and_named(text: str) -> None:
    with pytest.raises(BadOrder) as error:
        read(text)
    assert "expected a date as YYYY-MM-DD, YYYYMMDD, or" in str(error.value)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize("form", ["us", "US"])
@pytest.mark.parametrize(
    "text", ["03/02/2026", "3/2/2026", "03-02-2026", "3.2.2026", " 03/02/2026 "]
)
def test_us_is_month_first(form: str, text: str) -> None:
    assert date_reader(form)(text) == DAY


@pytest.mark.parametrize("text", ["2026-03-02", "20260302", "3/2/26", "03/02-2026", ""])
def test_us_reads_nothing_else(text: str) -> None:
    with pytest.raises(BadOrder, match="a date as MM/DD/YYYY"):
        read_us(text)


@pytest.mark.parametrize("text", ["25/03/2026", "02/30/2026", "0/1/2026"])
def test_us_knows_the_days_that_there_are(text: str) -> None:
    with pytest.raises(BadOrder, match="a day that there is"):
        read_us(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("%d.%m.%Y", "02.03.2026"),
        ("%d.%m.%Y", " 2.3.2026 "),
        ("%d-%b-%Y", "02-Mar-2026"),
        ("%m/%d/%y", "03/02/26"),
        ("%Y-%m-%dT%H:%M:%S", "2026-03-02T08:30:00"),
        ("%Y%j", "2026061"),
    ],
)
def test_a_pattern_is_read_as_it_is(pattern: str, text: str) -> None:
    assert date_reader(pattern)(text) == DAY


@pytest.mark.parametrize("text", ["2026-03-02", "02.03.26", "31.02.2026", "02.03.2026 08:30", ""])
def test_a_pattern_reads_nothing_else(text: str) -> None:
    with pytest.raises(BadOrder, match=r"a date .*%d\.%m\.%Y"):
        date_reader("%d.%m.%Y")(text)


@pytest.mark.parametrize("form", ["", "uk", "dd.mm.yyyy", "YYYY-MM-DD"])
def test_a_form_that_is_none_is_refused(form: str) -> None:
    with pytest.raises(BadOrder, match="us, or a pattern"):
        date_reader(form)


@pytest.mark.parametrize("pattern", ["%d.%m.", "%m/%Y", "%Y", "%H:%M", "%d %d %Y", "%Q", "%"])
def test_a_pattern_that_tells_no_day_is_refused(pattern: str) -> None:
    """Python would take 1900, or the first of the month, for what the text does not say."""
    with pytest.raises(BadOrder):
        date_reader(pattern)


@given(st.dates())
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert read(day.isoformat()) == day
    assert read_us(f"{day.month}/{day.day}/{day.year:04}") == day
    assert date_reader("%d.%m.%Y")(f"{day.day:02}.{day.month:02}.{day.year:04}") == day


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from("/.-"))
def test_no_date_in_three_parts_is_read_as_another_day(day: date, between: str) -> None:
    """Read or refused, month first and day first: never as a day that the writer did not mean."""
    for text in (
        f"{day.month:02}{between}{day.day:02}{between}{day.year}",
        f"{day.day:02}{between}{day.month:02}{between}{day.year}",
    ):
        try:
            assert read(text) == day
        except BadOrder:
            assert day.day <= 12
            assert day.day != day.month


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    for reader in (read, read_us, date_reader("%d.%m.%Y")):
        with suppress(BadOrder):
            assert reader(text) >= date.min
