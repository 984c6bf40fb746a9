"""Progress reports: weekly and cumulative figures, and the polygons that follow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landrelease.domain.progress import progress


def week(number, area_m2, cumulative=False, activity="AC-1"):
    """The report of a week of January 2025."""
    start, end = 7 * number + 1, 7 * number + 7
    return {
        "activity": activity,
        "method": "cleared",
        "area_m2": area_m2,
        "cumulative": cumulative,
        "period_start": f"2025-01-{start:02d}",
        "period_end": f"2025-01-{end:02d}",
    }


def on(day, area_m2, cumulative=False):
    """A report that gives the day of its record and no period."""
    report = {"activity": "AC-1", "method": "cleared", "area_m2": area_m2}
    return report | {"cumulative": cumulative, "occurred_on": day}


@pytest.mark.parametrize(
    ("reports", "reported_m2"),
    [
        ([week(0, 100), week(1, 50)], 150),
        ([week(0, 100, True), week(1, 150, True)], 150),
        ([week(0, 100), week(1, 150, True)], 150),
        ([week(1, 150, True), week(2, 30)], 180),
        ([week(0, 100), week(1, 150, True), week(2, 30)], 180),
        ([{"activity": "AC-1", "method": "cleared", "area_m2": 10.0}], 10),
        ([on("2025-02-28", 250, True), on("2025-03-07", 50)], 300),
        ([on("2025-02-20", 70), on("2025-02-28", 250, True), on("2025-03", 50)], 300),
    ],
)
def test_a_cumulative_figure_stands_for_the_weeks_before_it(reports, reported_m2):
    """Whatever the order in which reports come."""
    assert [p.reported_m2 for p in progress(reports, {})] == [reported_m2]
    assert [p.reported_m2 for p in progress(reports[::-1], {})] == [reported_m2]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=4))
def test_weekly_and_cumulative_reports_of_the_same_work_agree(weeks):
    """A team that reports both ways has done the work once."""
    weekly = [week(number, m2) for number, m2 in enumerate(weeks)]
    running = [week(number, sum(weeks[: number + 1]), True) for number in range(len(weeks))]
    for reports in (weekly, running, weekly + running):
        assert progress(reports, {})[0].reported_m2 == sum(weeks)


def test_what_polygons_measure_is_not_counted_again():
    """Only what is reported beyond them is still to be mapped."""
    measured = {("AC-1", "cleared"): 120.0, ("AC-2", "cleared"): 500.0}
    found = progress([week(0, 100), week(1, 50), week(0, 80, activity="AC-2")], measured)
    assert [(p.activity, p.unmapped_m2) for p in found] == [("AC-1", 30.0), ("AC-2", 0.0)]


def test_a_report_without_a_method_is_mapped_by_products_of_any():
    """What they measure beyond the reports of their own method, and each square metre once."""
    measured = {("AC-1", "cleared"): 120.0, ("AC-1", "reduced"): 40.0, ("AC-2", "cleared"): 9.0}
    plain = week(1, 90) | {"method": None}
    [alone] = progress([plain], measured)
    assert (alone.method, alone.measured_m2, alone.unmapped_m2) == (None, 160.0, 0.0)
    found = progress([week(0, 100), plain], measured)
    assert [(p.method, p.measured_m2, p.unmapped_m2) for p in found] == [
        (None, 60.0, 30.0),
        ("cleared", 100.0, 0.0),
    ]
