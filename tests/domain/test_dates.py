"""Partial dates keep their precision and never invent a day."""

from __future__ import annotations

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landrelease.domain.dates import PartialDate
from landrelease.errors import FieldError

days = st.dates()
partial = st.one_of(
    days.map(lambda d: PartialDate(d.year)),
    days.map(lambda d: PartialDate(d.year, d.month)),
    days.map(lambda d: PartialDate(d.year, d.month, d.day)),
)


@given(partial)
def test_text_round_trip(date: PartialDate) -> None:
    """Writing a partial date and reading it again gives the same date."""
    assert PartialDate.parse(str(date)) == date


@given(partial)
def test_period_is_ordered_and_contains_itself(date: PartialDate) -> None:
    """The first day is never after the last, and a period contains itself."""
    assert date.first <= date.last
    assert date.contains(date)


@given(partial, partial)
def test_overlap_is_symmetric(one: PartialDate, other: PartialDate) -> None:
    """Overlap does not depend on which is asked, and containing implies it."""
    assert one.overlaps(other) == other.overlaps(one)
    if one.contains(other):
        assert one.overlaps(other)


@given(days)
def test_month_ends_on_its_last_day(day) -> None:
    """The last day of a month is the calendar's."""
    month = PartialDate(day.year, day.month)
    assert month.last.day == calendar.monthrange(day.year, day.month)[1]


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-30",
        "2023-13",
        "2023-00",
        "2023-05-00",
        "2023-00-10",
        "23",
        "2023-1-1",
        "",
        "yesterday",
        "0000",
    ],
)
def test_impossible_dates_are_refused(text: str) -> None:
    """A date that cannot be is refused with a stable code."""
    with pytest.raises(FieldError) as caught:
        PartialDate.parse(text, "occurred_on")
    assert caught.value.code == "date_invalid"
    assert caught.value.field == "occurred_on"
