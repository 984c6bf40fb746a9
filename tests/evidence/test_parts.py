"""Dates, quantities, cleaning, checks, grouping, plug-ins: one small truth each."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landrelease.errors import InputError
from landrelease.evidence.checks import checked
from landrelease.evidence.cleaning import drop
from landrelease.evidence.dates import find_dates
from landrelease.evidence.extract import extract
from landrelease.evidence.group import _same, group
from landrelease.evidence.plugins import checked as plugin_checked
from landrelease.evidence.proposals import Proposal
from landrelease.evidence.quantities import find_quantities, parse_number
from landrelease.terms.treaties import treaty_events, treaty_status

DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))


def _dates(text, published):
    return [(d.value, d.first, d.last) for d in find_dates(text, 0, len(text), published)]


@given(DAYS, st.sampled_from(list(calendar.day_name)))
def test_weekday_is_the_last_one_before_publication(published, name):
    """«On Wednesday» is that weekday, at most six days before publication."""
    value = _dates(f"She said on {name} that", published.isoformat())[0][0]
    found = date.fromisoformat(value)
    assert calendar.day_name[found.weekday()] == name
    assert timedelta(0) <= published - found <= timedelta(days=6)


@given(DAYS)
def test_written_days_read_back(day):
    """Both orders of day and month with a year give the day."""
    month = calendar.month_name[day.month]
    for text in (
        f"on {day.day} {month} {day.year}",
        f"on {month} {day.day}, {day.year}",
        f"on {day.isoformat()}",
    ):
        assert _dates(text, "2040")[0][0] == day.isoformat()


@pytest.mark.parametrize(
    ("words", "want"),
    [
        ("last year", ("2023", "2023", "2023")),
        ("between October 13 and 19", (None, "2024-10-13", "2024-10-19")),
        ("in December", ("2023-12", "2023-12", "2023-12")),
        ("from 28 December to 3 January", (None, "2023-12-28", "2024-01-03")),
        ("yesterday", ("2024-11-20", "2024-11-20", "2024-11-20")),
        ("two years ago", ("2022", "2022", "2022")),
        ("in the first half of 2024", (None, "2024-01", "2024-06")),
        ("last month", ("2024-10", "2024-10", "2024-10")),
        ("next month", ("2024-12", "2024-12", "2024-12")),
    ],
)
def test_relative_dates_against_publication(words, want):
    """Words resolve against 21 November 2024 with the precision they have."""
    assert _dates(f"It was {words}.", "2024-11-21")[0] == want


@given(st.integers(0, 10**12))
def test_thousands_marks_change_no_number(number):
    """Commas and spaces as thousands marks read as the plain number."""
    assert parse_number(f"{number:,}") == number
    assert parse_number(f"{number:,}".replace(",", "\u00a0")) == number


@given(
    st.integers(1, 10**6),
    st.sampled_from(
        [("ha", 10**4), ("km²", 10**6), ("square metres", 1), ("square kilometers", 10**6)]
    ),
)
def test_areas_in_square_metres(number, unit):
    """An area is its number times its unit."""
    text = f"They cleared {number:,} {unit[0]} there"
    found = [q for q in find_quantities(text, 0, len(text)) if q.kind == "area"]
    assert [q.value for q in found] == [number * unit[1]]


def test_appeal_is_dropped_and_the_report_kept():
    """From the appeal on all goes; a sentence of the report that says «support» stays."""
    body = "Donors support clearance in Chad with $2 million.\n"
    appeal = (
        "A message from the Editors:\nDear readers,\nWe need your help to go on.\nRemind me later"
    )
    found = drop(body + appeal)
    assert found[0].start == len(body)
    assert found[-1].end == len(body + appeal)


@pytest.mark.parametrize(
    ("fields", "quote", "code"),
    [
        (
            {"kind": "casualties", "killed": 251, "injured": 780, "total": 780},
            "780 hurt, 251 died",
            "parts_differ_from_total",
        ),
        ({"kind": "casualties", "total": 160}, "160 victims a month", "rate_not_total"),
        (
            {"kind": "clearance", "iso3": "AZE", "area_m2": 4.03e11},
            "403,397 square kilometers",
            "area_exceeds_state",
        ),
        ({"kind": "clearance"}, "174 thousand square meters. km", "units_contradict"),
        (
            {"kind": "clearance", "iso3": "SSD", "period_start": "1999-01-01"},
            "in 1999",
            "before_state",
        ),
    ],
)
def test_checks_name_what_contradicts(fields, quote, code):
    """Parts, rates, areas, units and dates that cannot be are flagged and not changed."""
    proposal = Proposal("event", quote, 0, len(quote), fields, "r")
    found = checked(proposal, quote, "2024-01-01")
    assert code in [c["code"] for c in found.checks]
    assert found.fields == fields


def test_signed_is_shown_beside_the_known_ratification():
    """«Has signed» keeps its words and carries what the events of the treaty know."""
    found = extract(
        "Ukraine, which has signed the Mine Ban Treaty, held talks.", published="2024-11-21"
    )
    position = next(p for p in found.proposals if p.category == "treaty_position")
    assert "signed" in position.fields["status_in_text"]
    check = next(c for c in position.checks if c["code"] == "treaty_status_differs")
    assert (check["known_status"], check["known_since"]) == ("party", "2005-12-27")


def test_treaty_events_add_up_to_the_published_totals():
    """166 states joined the Mine Ban Treaty and 113 the cluster convention; five and one left."""
    joined = {
        t: {
            e.iso3
            for e in treaty_events()
            if e.treaty == t and e.kind in ("ratification", "accession")
        }
        for t in ("MBT", "CCM")
    }
    left = {
        t: {e.iso3 for e in treaty_events() if e.treaty == t and e.kind == "withdrawal"}
        for t in ("MBT", "CCM")
    }
    assert (len(joined["MBT"]), len(joined["CCM"])) == (166, 113)
    assert (len(left["MBT"]), len(left["CCM"])) == (5, 1)


@pytest.mark.parametrize(
    ("state", "treaty", "on", "status"),
    [
        ("UKR", "MBT", "2026", "party"), ("POL", "MBT", "2026-02-19", "party"), ("POL", "MBT", "2026-02-20", "withdrawn"),
        ("USA", "MBT", None, "non-party"), ("VUT", "CCM", None, "party"), ("AGO", "CCM", None, "signatory"), ("XXX", "MBT", None, "non-party"),
    ],
)  # fmt: skip
def test_treaty_status_follows_the_law(state, treaty, on, status):
    """A claimed suspension leaves a party; a withdrawal counts from the day it takes effect."""
    assert treaty_status(state, treaty, on).status == status


def _proposal(ident, source, category, **fields):
    return {"id": ident, "source_id": source, "category": category, "quote": "q", "fields": fields}


def test_reports_of_one_event_are_set_side_by_side():
    """Two sources of one accident make one candidate with the difference shown, nothing merged."""
    common = {
        "kind": "accident",
        "iso3": "KHM",
        "place": "Rotanak Mondol",
        "period_start": "2025-02-18",
        "period_end": "2025-02-18",
    }
    one = _proposal("a", "s1", "event", **common, killed=1, injured=2, total=3)
    two = _proposal("b", "s2", "event", **common, killed=1, injured=3, total=4)
    far = _proposal(
        "c",
        "s3",
        "event",
        **{**common, "period_start": "2025-03-01", "period_end": "2025-03-01"},
        killed=1,
    )
    found = group([one, two, far])
    assert [c.members for c in found] == [("a", "b")]
    assert found[0].differences["injured"] == {"a": 2, "b": 3}


def test_a_fact_that_one_text_repeats_is_one_candidate_of_one_source():
    """Headline and body: the same position twice is offered together, and rests on one source."""
    same = [
        _proposal(i, "s1", "treaty_position", state="TON", treaty="MBT", status="party")
        for i in "ab"
    ]
    found = group(same)
    assert [(c.members, c.sources) for c in found] == [(("a", "b"), ("s1",))]


def test_two_facts_of_one_list_are_no_candidate():
    """Two clearances of one week in one bulletin differ in their figures: nothing is offered."""
    week = {
        "kind": "clearance",
        "iso3": "LAO",
        "period_start": "2024-05-01",
        "period_end": "2024-05-07",
    }
    one = _proposal("a", "s1", "event", **week, place="Xieng Khouang", area_m2=30_000)
    two = _proposal("b", "s1", "event", **week, place="Xieng Khouang", area_m2=12_000)
    three = _proposal("c", "s1", "event", **week, place="Xieng Khouang", area_m2=None)
    assert group([one, two, three]) == []


@pytest.mark.parametrize("start", [1, -7, 40])
def test_a_plugin_quote_that_is_not_in_the_text_is_refused(start):
    """The span check holds for extractors of others too."""
    raw = {"category": "event", "quote": "3 mines", "start": start, "end": start + 7, "fields": {}}
    with pytest.raises(InputError, match="stand"):
        plugin_checked(raw, "3 mines were found", "other")


PERIODS = st.one_of(st.none(), st.sampled_from(["2019-12-30", "2020-01-02", "2020-06-01", "2022"]))


@given(st.lists(st.tuples(PERIODS, PERIODS, st.integers(1, 2), st.sampled_from("xyz")), max_size=7))
def test_grouping_by_years_finds_what_comparing_all_finds(told):
    """Comparing only within a year misses no pair that comparing every pair would join."""
    proposals = [
        _proposal(
            str(i), f"{source}{i}", "event", kind="accident", iso3="LAO",
            period_start=first, period_end=last, killed=killed,
        )
        for i, (first, last, killed, source) in enumerate(told)
    ]  # fmt: skip
    joined = {frozenset(c.members) for c in group(proposals)}
    groups: list[set[str]] = []
    for proposal in proposals:
        near = [g for g in groups if any(_same(proposal, p) for p in proposals if p["id"] in g)]
        groups = [g for g in groups if g not in near] + [{proposal["id"]}.union(*near)]
    assert joined == {frozenset(g) for g in groups if len(g) > 1}


@pytest.mark.parametrize(
    ("words", "odd"),
    [
        ("Teams cleared 12,450 m2 (1.2 sq km) of mines in May.", True),
        ("They cleared 1.5 sq km, or 15,000 square metres, of mined land.", True),
        ("Teams cleared 200 square miles (518 square kilometres) of mines.", False),
    ],
)
def test_an_area_in_two_units_is_compared(words, odd):
    """The same area in another unit is flagged where the two differ by more than rounding."""
    codes = [c["code"] for p in extract(words).proposals for c in p.checks]
    assert ("units_contradict" in codes) is odd
