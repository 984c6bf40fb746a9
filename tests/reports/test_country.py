"""The country report adds up, says what it leaves out, and names nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.reports import CountryFacts, country_report


def tables(report):
    """Tables by name."""
    return {table.name: table for table in report.tables}


def test_areas_stand_by_district_kind_and_status(facts):
    """Measured and stated m² stand in columns of their own; the total rests on all records."""
    table = tables(country_report(facts))["areas"]
    total = table.rows[-1]
    assert total.is_total
    assert total.values["count"] == 3
    assert total.values["remaining_m2"] == 24_000
    assert total.values["stated_m2"] == 700
    assert set(total.records) == {"a1", "a2", "a3"}
    assert table.column("district")[0] == "district not recorded"


def test_released_land_is_counted_in_the_year_of_its_date(facts):
    """A month, a year and no date each find their row; stated m² are never added to measured."""
    table = tables(country_report(facts))["released"]
    by_year = {row.values["year"]: row.values for row in table.rows}
    assert by_year["2024"]["cleared_m2"] == 3000
    assert by_year["2023"]["reduced_m2"] == 2000
    assert by_year["date not recorded"]["released_m2"] == 0
    assert by_year["date not recorded"]["stated_m2"] == 50
    assert by_year["Total"]["released_m2"] == 5000


def test_every_row_of_facts_is_traced(facts):
    """The ids behind the rows are those handed in: none invented, none lost."""
    by_name = tables(country_report(facts))

    def traced(name):
        return {record for row in by_name[name].rows for record in row.records}

    assert traced("released") == {"p1", "p2", "p3"}
    assert traced("accidents_by_year") == traced("accidents_by_district") == {"x1", "x2"}
    assert traced("devices") == {"d1", "d2"}
    assert traced("casualties_by_group") == {"x1", "x2"}
    assert traced("not_shown") == {"a3"}


def test_the_balance_shows_every_term(facts):
    """All eight terms stand in the table, the difference and the overlap among them."""
    table = tables(country_report(facts))["balance"]
    assert len(table.rows) == 8
    assert "1 area without polygon, 700 m² left of what was stated" in table.note
    behind = {row.values["term"]: row.records for row in table.rows}
    assert behind["Reported"] == ("a1", "a2")
    assert behind["− Cleared"] == ("p1",)


def test_casualties_are_counts_by_group(facts):
    """One man killed, one girl and one unknown injured."""
    table = tables(country_report(facts))["casualties_by_group"]
    by_outcome = {row.values["outcome"]: row.values for row in table.rows}
    assert by_outcome["Killed"]["man"] == 1
    assert by_outcome["Injured"]["girl"] == 1
    assert by_outcome["Injured"]["unknown"] == 1
    assert by_outcome["Total"]["all"] == 3


def test_an_empty_register_gives_a_report_that_says_so():
    """Without records every table says that nothing is recorded, and what that does not mean."""
    facts = CountryFacts("Empty", "", 2024, "2024-12-31", "now", "now", "0")
    report = country_report(facts)
    assert all(not table.rows for table in report.tables)
    assert all(table.empty for table in report.tables)
    assert any("holds no hazardous area" in w for s in report.sections for w in s.words)
    assert any("No record is not evidence of no contamination" in s for s in report.statements)


def test_heads_times_and_version_identify_the_report(facts):
    """The identity holds the head's hash, both times and the software's version."""
    identity = " ".join(country_report(facts).identity.values())
    for expected in ("ab" * 32, "2024-12-31", "2025-01-15T00:00:00Z", "0.0-test", "reg-1"):
        assert expected in identity


@pytest.mark.parametrize("year", [2019, 2023, 2024])
def test_headlines_follow_the_reporting_year(facts, year):
    """Released land and casualties in the headlines are those of the year asked for."""
    released, casualties = {2019: ("0 m²", "1"), 2023: ("2,000 m²", "0"), 2024: ("3,000 m²", "2")}[
        year
    ]
    headlines = country_report(replace(facts, year=year)).headlines
    assert (headlines[2].value, headlines[3].value) == (released, casualties)


m2 = st.none() | st.integers(0, 10**7).map(float)
days = st.none() | st.sampled_from(("2019", "2020-02", "2023-11-30"))


@st.composite
def some_facts(draw):
    """A country of up to twenty areas and products and ten accidents, with gaps."""

    def several(prefix, most, **fields):
        return [
            {"record_id": f"{prefix}{n}", **{name: draw(value) for name, value in fields.items()}}
            for n in range(draw(st.integers(0, most)))
        ]

    places = st.none() | st.sampled_from(("North", "South", "=cmd()"))
    return CountryFacts(
        "Any",
        "XVT",
        2023,
        "2023-12-31",
        "t",
        "t",
        "0",
        areas=several(
            "a",
            20,
            hazard_kind=st.sampled_from(("SHA", "CHA")),
            district=places,
            area_m2=m2,
            status=st.sampled_from(("open", "suspended", "closed")),
            remaining_m2=m2,
            stated_area_m2=m2,
        ),
        products=several(
            "p",
            20,
            method=st.sampled_from(("cancelled", "reduced", "cleared")),
            m2=m2,
            occurred_on=days,
            stated_area_m2=m2,
        ),
        accidents=several(
            "x",
            10,
            occurred_on=days,
            district=places,
            killed=st.none() | st.integers(0, 5),
            injured=st.none() | st.integers(0, 5),
        ),
    )


@settings(max_examples=50, deadline=None)
@given(any_facts=some_facts())
def test_whatever_comes_in_is_counted_once_and_traced(any_facts):
    """Rows add up to the facts, totals to the rows, and every record stands behind one row."""
    by_name = tables(country_report(any_facts))
    for name, given_rows, column, key in (
        ("areas", any_facts.areas, "area_m2", "area_m2"),
        ("released", any_facts.products, "released_m2", "m2"),
        ("accidents_by_year", any_facts.accidents, "killed", "killed"),
        ("accidents_by_district", any_facts.accidents, "injured", "injured"),
    ):
        rows = [row for row in by_name[name].rows if not row.is_total]
        summed = sum(row.values[column] or 0 for row in rows)
        assert summed == pytest.approx(sum(fact[key] or 0 for fact in given_rows))
        traced = [record for row in rows for record in row.records]
        assert sorted(traced) == sorted(fact["record_id"] for fact in given_rows)
        if rows:
            assert (by_name[name].rows[-1].values[column] or 0) == pytest.approx(summed)


def test_what_no_source_tells_is_not_a_zero(facts):
    """Accidents without figures of people give empty cells and no chart, never a count of 0."""
    untold = [{"record_id": "x1", "occurred_on": "2024", "district": "North"}]
    report = country_report(replace(facts, accidents=untold))
    (row, total) = tables(report)["accidents_by_year"].rows
    assert (row.values["accidents"], row.values["killed"]) == (1, None)
    assert total.is_total
    assert total.values["killed"] is None
    assert report.headlines[3].value == "not told"
    assert not any(f.name == "casualties" for s in report.sections for f in s.figures)


def test_the_headline_says_what_it_leaves_out_and_counts_twice(facts):
    """Hidden hazards and land inside several areas stand beside the measured figure."""
    note = country_report(facts).headlines[1].note
    assert note == "1 reported hazard not counted in it"
    doubled = replace(facts, balance={**facts.balance, "remaining_overlap_m2": 250_000.0})
    assert country_report(doubled).headlines[1].note.endswith("; 0.25 km² counted twice")


def test_a_district_adds_up_with_its_re_survey(facts):
    """Every row has the terms of the sum: reported and re-survey are released and remaining."""
    row = {"scope": "North", "reported_m2": 10.0, "resurvey_m2": -2.0, "cancelled_m2": 1.0}
    row |= {"reduced_m2": 2.0, "cleared_m2": 3.0, "remaining_m2": 2.0, "difference_m2": 0.0}
    table = tables(country_report(replace(facts, balances=[row])))["balance_by_district"]
    assert "Re-survey" in [column.title for column in table.columns]
    [got, total] = (one.values for one in table.rows)
    assert got["reported_m2"] + got["resurvey_m2"] == sum(
        got[f"{term}_m2"] for term in ("cancelled", "reduced", "cleared", "remaining")
    )
    assert total["resurvey_m2"] == -2.0


def test_what_ended_areas_keep_stands_in_a_table_of_its_own(facts):
    """Measured and stated m² are summed apart; the headline tells what its open areas leave out."""
    assert "not_released" not in tables(country_report(facts))
    left = [
        {"record_id": "e1", "local_id": "E-1", "status": "closed", "m2": 900.0, "why": "left"},
        {"record_id": "e2", "status": "handed_over", "stated_m2": 50.0, "why": "left"},
        {"record_id": "e3", "status": "closed", "why": "size unknown"},
    ]
    report = country_report(replace(facts, not_released=left))
    *rows, total = tables(report)["not_released"].rows
    assert [row.records for row in rows] == [("e1",), ("e2",), ("e3",)]
    assert (total.values["m2"], total.values["stated_m2"]) == (900.0, 50.0)
    assert "900 m² more in areas that ended" in report.headlines[1].note
