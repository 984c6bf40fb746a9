"""Plan, forecast and outlook in a report: what the models said, with their intervals."""

from __future__ import annotations

from dataclasses import replace

from landrelease.planning import Candidate, Problem, Team, forecast, plan
from landrelease.reports import country_report, write_html, write_xlsx

OUTLOOK = {
    "times": [
        {
            "days": day,
            "can_function": {"mean": can, "lower": can / 2, "upper": can * 2},
            "needs_clearance": {"mean": 500.0, "lower": 465.0, "upper": 535.0},
        }
        for day, can in ((0, 500.0), (30, 100.0), (120, 5.0))
    ],
    "level": 0.9,
    "assumptions": ["items act independently"],
    "warnings": ["no rate was measured in the field"],
    "releases_land": False,
}


def planned():
    """A plan of three areas for one team."""
    areas = tuple(
        Candidate(f"a{n}", f"HA-{n}", "CHA", remaining_m2=1000.0 * n) for n in range(1, 4)
    )
    return plan(Problem(areas, (Team("Team 1", "clearance", 500.0),), 8)).as_dict()


def by_name(facts):
    """Tables of the report by name."""
    return {table.name: table for table in country_report(facts).tables}


def test_the_plan_is_told_with_its_intervals_and_records(facts):
    """Ranks, intervals and tasks are those of the plan; each row names its area."""
    made = planned()
    found = by_name(replace(facts, plan=made))
    assert found["ranked"].column("local_id") == [row["local_id"] for row in made["ranked"]]
    assert found["ranked"].rows[0].records == (made["ranked"][0]["record_id"],)
    assert len(found["tasks"].rows) == len(made["teams"][0]["tasks"])
    assert made["plan_id"] in found["ranked"].how


def test_a_forecast_is_told_with_its_interval_or_its_reason(facts):
    """Years left stand with lower and upper bound; too little history gives the reason instead."""
    known = forecast({"SHA": 600.0}, {2021: 50, 2022: 100, 2023: 150}, as_of_year=2024)
    rows = {
        r.values["what"]: r.values
        for r in by_name(replace(facts, forecast=known.as_dict()))["forecast"].rows
    }
    assert rows["Years of work left"]["estimate"] == "6.0"
    assert rows["Year of completion"]["estimate"] == "2030"
    unknown = forecast({"SHA": 600.0}, {2023: 150}, as_of_year=2024)
    table = by_name(replace(facts, forecast=unknown.as_dict()))["forecast"]
    assert table.rows == ()
    assert "at least 3 are needed" in table.empty


def test_no_end_in_sight_is_said_in_words(facts):
    """Where the poorest years released nothing the upper bound is words, not a number."""
    slow = forecast({"SHA": 600.0}, {2020: 0, 2021: 0, 2022: 0, 2023: 1}, as_of_year=2024)
    rows = by_name(replace(facts, forecast=slow.as_dict()))["forecast"].rows
    assert rows[1].values["upper"] == "no end in sight"


def test_the_outlook_shows_both_figures(facts, tmp_path):
    """What can still function and what needs clearance stand side by side, warnings before them."""
    report = country_report(replace(facts, outlook=OUTLOOK))
    table = next(t for t in report.tables if t.name == "outlook")
    assert table.column("needs_clearance") == [500.0] * 3
    assert table.column("can_range")[0] == "250–1,000"
    page = write_html(report, tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.index("No rate was measured in the field.") < page.index("Can still function")
    assert "must be treated as live" in page
    assert write_xlsx(report, tmp_path / "r.xlsx").stat().st_size > 0
