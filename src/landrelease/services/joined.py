"""Models joined to the register: they speak beside a record and change nothing in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from landrelease.errors import FieldError, LandReleaseError
from landrelease.models.finds import finds_against_outlook, missed_after_clearance
from landrelease.models.from_register import scenario_from_claim
from landrelease.models.outlook import outlook
from landrelease.models.summary import in_words
from landrelease.register import Record, Register, open_register
from landrelease.services.released import released_m2
from landrelease.services.times import today

Result = dict[str, Any]
_DAYS = (0, 14, 30, 60, 90, 120, 180, 365)
_CLEARANCE = ("clearance", "battle_area_clearance")


def scenario_of(path: Path, record_id: str) -> Result:
    """A scenario started from an accepted munition claim or transfer, or an area's cohort.

    Raises
    ------
    FieldError
        The record reports no munitions, or none that the catalogue knows.
    """
    with open_register(path) as register:
        record = register.record(record_id)
    if record.kind == "hazardous_area" and record.body.get("cohort"):
        return {"cohorts": [dict(record.body["cohort"])], "times_days": list(_DAYS)}
    if record.kind not in ("munition_claim", "transfer"):
        raise FieldError(
            "ID", record_id, "reports no munitions", "name a munition claim, a transfer or an area"
        )
    scenario = scenario_from_claim(record.body["fields"])
    return {"times_days": list(_DAYS), **scenario}


def area_outlook(register: Register, area: Record) -> Result | None:
    """Outlook of the munitions reported in an area, with what finds so far say of it."""
    cohort = area.body.get("cohort")
    if not cohort:
        return None
    scenario = {"cohorts": [dict(cohort)], "times_days": list(_DAYS)}
    try:
        result = outlook(scenario)
    except LandReleaseError as problem:
        return {"status": "cannot_estimate", "why": problem.message}
    return {
        "status": "ok",
        "scenario": scenario,
        **result,
        "in_words": in_words(result),
        "finds": _finds(register, area, scenario),
    }


def clearance_assurance(register: Register, activity: Record) -> Result | None:
    """Items likely missed by a completed clearance, and the sample its inspection needs.

    None for other activities; «cannot estimate» where no detection probability is recorded.
    """
    body = activity.body
    if body.get("activity_type") not in _CLEARANCE or body.get("status") != "completed":
        return None
    linked = register.linked_to(activity.record_id)
    found = sum(d.body.get("count", 1) for d in linked if d.kind == "device")
    products = [p for p in linked if p.kind == "land_release_product"]
    ground_m2 = sum(released_m2(products).values())
    if "detection_probability" not in body:
        return {
            "status": "cannot_estimate",
            "why": "the activity records no probability of detection, which every «nothing "
            "found» needs",
        }
    if not ground_m2:
        return {"status": "cannot_estimate", "why": "no cleared polygon is linked to the activity"}
    answer = missed_after_clearance(
        {"found": found, "pod": body["detection_probability"], "area_m2": ground_m2}
    )
    return {"status": "ok", "found": found, "area_m2": ground_m2, **answer}


def _finds(register: Register, area: Record, scenario: Result) -> Result | None:
    """Devices found in the area against the outlook, where a detection probability is known."""
    linked = register.linked_to(area.record_id)
    devices = [d for d in linked if d.kind == "device"]
    pods = [
        a.body["detection_probability"]
        for a in linked
        if a.kind == "activity" and "detection_probability" in a.body
    ]
    if not devices or not pods:
        return None
    found = sum(d.body.get("count", 1) for d in devices)
    return finds_against_outlook(
        scenario, found=found, days=_days_since(scenario), pod=float(min(pods))
    )


def _days_since(scenario: Result) -> float:
    emplaced = str(scenario["cohorts"][0].get("emplaced_on") or today())
    first = date.fromisoformat((emplaced + "-01-01")[:10])
    return float(max(0, (today() - first).days))
