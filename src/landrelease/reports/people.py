"""Tables of accidents, casualties by sex and age, devices found, activities: counts, no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from landrelease.domain.kinds import codes
from landrelease.reports.facts import CountryFacts
from landrelease.reports.land import (
    NO_DATE,
    NO_DISTRICT,
    by_year,
    grouped,
    ids,
    known_sum,
    sum_of,
    year_of,
)
from landrelease.reports.model import Column, Row, Table, total_row

_CASUALTY_COLUMNS = (
    Column("accidents", "Accidents", "count"),
    Column("killed", "Killed", "count"),
    Column("injured", "Injured", "count"),
)
_CASUALTY_SUMS = ("accidents", "killed", "injured")


def accidents_by_year(facts: CountryFacts) -> Table:
    """Accidents, killed and injured by year."""
    rows = [
        _casualties("year", year, accidents) for year, accidents in by_year(facts.accidents).items()
    ]
    return Table(
        "accidents_by_year",
        "Accidents and casualties by year",
        (Column("year", "Year"), *_CASUALTY_COLUMNS),
        (*rows, total_row("year", rows, _CASUALTY_SUMS)) if rows else (),
        how="An accident counts in the year of its date, also where only the year is known. An "
        "empty figure means that no source gives it.",
        note="Fewer recorded accidents are not evidence of less contamination; many accidents "
        "are never reported.",
        sheet="Accidents",
        empty="No accidents are recorded. That is not evidence that none happened.",
    )


def accidents_by_district(facts: CountryFacts) -> Table:
    """Accidents, killed and injured by district."""
    rows = [
        _casualties("district", district or NO_DISTRICT, accidents)
        for (district,), accidents in grouped(facts.accidents, "district").items()
    ]
    return Table(
        "accidents_by_district",
        "Accidents and casualties by district",
        (Column("district", "District"), *_CASUALTY_COLUMNS),
        (*rows, total_row("district", rows, _CASUALTY_SUMS)) if rows else (),
        sheet="Accidents",
        empty="No accidents are recorded. That is not evidence that none happened.",
    )


def _casualties(name: str, label: str, accidents: list[Mapping[str, Any]]) -> Row:
    values = {
        name: label,
        "accidents": len(accidents),
        "killed": known_sum(accidents, "killed"),
        "injured": known_sum(accidents, "injured"),
    }
    return Row(values, ids(accidents))


def casualties_by_group(facts: CountryFacts) -> Table:
    """Casualties by outcome and by sex and age group, where known; rests on accidents only."""
    groups = list(codes("age_group"))
    outcomes = [code for code in codes("victim_outcome") if code != "unhurt"]
    rows = [row for outcome in outcomes if (row := _outcome_row(facts, outcome, groups))]
    return Table(
        "casualties_by_group",
        "Casualties by sex and age, where known",
        (
            Column("outcome", "Outcome"),
            *(Column(g, codes("age_group")[g]["label"], "count") for g in groups),
            Column("all", "All", "count"),
        ),
        (*rows, total_row("outcome", rows, (*groups, "all"))) if rows else (),
        how="From records of single victims; the totals by year come from the accidents and may "
        "be higher.",
        note="Counts only: reports hold no names and no ids of people.",
        sheet="Accidents",
        empty="Sex and age of casualties are not recorded.",
    )


def _outcome_row(facts: CountryFacts, outcome: str, groups: list[str]) -> Row | None:
    people = [victim for victim in facts.victims if victim.get("outcome") == outcome]
    if not people:
        return None
    counts = Counter(victim.get("age_group") or "unknown" for victim in people)
    values: dict[str, Any] = {"outcome": codes("victim_outcome")[outcome]["label"]}
    values |= {group: counts[group] for group in groups} | {"all": len(people)}
    accidents = dict.fromkeys(str(v["accident"]) for v in people if v.get("accident"))
    return Row(values, tuple(accidents))


def inquiries_table(facts: CountryFacts) -> Table:
    """Accidents and devices on released land that are being inquired into."""
    names = {str(a["record_id"]): str(a.get("local_id") or a["record_id"]) for a in facts.areas}
    return Table(
        "inquiries",
        "Open inquiries: accidents and devices on released land",
        (Column("date", "Happened", "date"), Column("area", "Area"), Column("why", "Why")),
        tuple(
            Row(
                {
                    "date": inquiry.get("occurred_on") or NO_DATE,
                    "area": names.get(str(inquiry.get("area")), inquiry.get("area")),
                    "why": inquiry.get("why"),
                },
                ids([inquiry]),
            )
            for inquiry in facts.inquiries
        ),
        note="Released land on which people were hurt or a device was found is in doubt until the "
        "inquiry is closed.",
        sheet="Accidents",
        empty="No inquiry is open.",
    )


def devices_table(facts: CountryFacts) -> Table:
    """Devices found by category and year."""
    years = sorted({year_of(device) for device in facts.devices})
    rows = [
        Row(
            {
                "category": codes("ordnance_category").get(category, {}).get("label", category),
                **{year: _found(devices, year) for year in years},
                "all": int(sum_of(devices, "count")),
            },
            ids(devices),
        )
        for (category,), devices in grouped(facts.devices, "category").items()
    ]
    return Table(
        "devices",
        "Devices found, by category and year",
        (
            Column("category", "Category"),
            *(Column(y, y if y != NO_DATE else "No date", "count") for y in years),
            Column("all", "All", "count"),
        ),
        (*rows, total_row("category", rows, (*years, "all"))) if rows else (),
        how="Counts of items as recorded by survey and clearance; positions are not printed.",
        sheet="Devices and activities",
        empty="No devices are recorded.",
    )


def _found(devices: list[Mapping[str, Any]], year: str) -> int:
    return int(sum_of([device for device in devices if year_of(device) == year], "count"))


def activities_table(facts: CountryFacts) -> Table:
    """Activities by type and status, and those at work in the reporting year."""
    rows = [
        Row(
            {
                "type": codes("activity_type").get(kind, {}).get("label", kind),
                "status": codes("activity_status").get(status, {}).get("label", status),
                "count": len(activities),
                "in_year": sum(1 for a in activities if _at_work(a, facts.year)),
            },
            ids(activities),
        )
        for (kind, status), activities in grouped(
            facts.activities, "activity_type", "status"
        ).items()
    ]
    return Table(
        "activities",
        "Survey, clearance and other activities",
        (
            Column("type", "Activity"),
            Column("status", "Status"),
            Column("count", "Activities", "count"),
            Column("in_year", f"At work in {facts.year}", "count"),
        ),
        (*rows, total_row("type", rows, ("count", "in_year"))) if rows else (),
        sheet="Devices and activities",
        empty="No activities are recorded.",
    )


def _at_work(activity: Mapping[str, Any], year: int) -> bool:
    started = str(activity.get("started_on") or activity.get("occurred_on") or "")[:4]
    ended = str(activity.get("ended_on") or "")[:4] or started
    return bool(started) and started <= str(year) <= max(started, ended)
