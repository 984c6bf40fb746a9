"""Models joined to what the register holds of an area or a claim; they change no status."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from landrelease.errors import RefusedError
from landrelease.models.calculators import calculate
from landrelease.models.finds import finds_against_outlook, missed_after_clearance
from landrelease.models.from_register import scenario_from_claim, scenario_from_minefield_records
from landrelease.register import Record, Register, open_register
from landrelease.services.released import measure
from landrelease.services.science import outlook

Result = dict[str, Any]

MINES = ("anti_personnel_mine", "anti_vehicle_mine")
STARTS = ("munition_claim", "transfer")
CLEARANCES = ("clearance", "battle_area_clearance")
INSPECTED_UNIT_M2 = 100.0
INSPECTION = {"confidence": 0.95, "clean": 0.99}


def area_outlook(linked: Sequence[Record]) -> Result | None:
    """Outlook of the mines that records of an area tell of, and what was found of them so far.

    Parameters
    ----------
    linked : sequence of Record
        Records that name the area.

    Returns
    -------
    dict or None
        ``recorded``, ``found``, ``words`` and the ``outlook``; None without a recorded number.
    """
    records = [r for r in linked if r.kind == "minefield_record" and not r.voided]
    scenario = scenario_from_minefield_records([r.body for r in records])
    if scenario is None:
        return None
    recorded = sum(cohort["quantity"] for cohort in scenario["cohorts"])
    found = mines_found(linked)
    words = [f"{recorded:,} mines are recorded here; {found:,} were found so far."]
    if found < recorded:
        words.append(
            "The others may still lie here, may have been removed unrecorded or never have been "
            "laid; how sure their absence is depends on the detection of the search."
        )
    if found > recorded:
        words.append("More were found than recorded: the records are not complete.")
    answer = outlook(scenario)
    finds = _finds(scenario, linked, found, answer["times"][-1]["days"])
    words += finds["words"] if finds else []
    return {
        "recorded": recorded,
        "found": found,
        "words": words,
        "finds": finds,
        "outlook": answer,
    }


def _finds(scenario: Result, linked: Sequence[Record], found: int, day: float) -> Result | None:
    """What the finds say of the outlook; None where no search records its detection.

    The search is taken to have covered the whole area with its poorest recorded detection.
    """
    pods = [
        r.body["detection_probability"]
        for r in linked
        if r.kind == "activity" and "detection_probability" in r.body and not r.voided
    ]
    if not pods:
        return None
    return finds_against_outlook(scenario, found=found, days=day, pod=min(pods))


def mines_found(linked: Sequence[Record]) -> int:
    """Mines among the devices recorded as found in an area."""
    return sum(
        int(record.body.get("count", 1))
        for record in linked
        if record.kind == "device" and not record.voided and record.body.get("category") in MINES
    )


def inspection_of(cleared_m2: float) -> Result | None:
    """Sample of units of 100 m² to inspect of what was cleared; None where nothing was."""
    if cleared_m2 <= 0:
        return None
    units = math.ceil(cleared_m2 / INSPECTED_UNIT_M2)
    return {"units": units, "answer": calculate("sample-size", {**INSPECTION, "lot": units})}


def clearance_assurance(
    register: Register, activity: Record, linked: Sequence[Record]
) -> Result | None:
    """Items likely missed by a completed clearance, and the sample its inspection needs.

    Parameters
    ----------
    activity : Record
        Its ``detection_probability`` is that of one item on searched ground.
    linked : sequence of Record
        Records that name the activity: devices found, products.

    Returns
    -------
    dict or None
        None for other activities; «cannot estimate» where a figure is missing.
    """
    body = activity.body
    if body.get("activity_type") not in CLEARANCES or body.get("status") != "completed":
        return None
    if "detection_probability" not in body:
        why = "no probability of detection is recorded, which every «nothing found» needs"
        return {"status": "cannot_estimate", "why": why}
    products = [r.record_id for r in linked if r.kind == "land_release_product"]
    ground_m2 = sum(measure(register, wanted=products).every.values()) if products else 0.0
    if not ground_m2:
        return {"status": "cannot_estimate", "why": "no cleared polygon is linked to the activity"}
    answer = missed_after_clearance(
        {"found": mines_found(linked), "pod": body["detection_probability"], "area_m2": ground_m2}
    )
    return {"status": "ok", "found": mines_found(linked), "area_m2": ground_m2, **answer}


def clearances_of(register: Register, linked: Sequence[Record]) -> list[Result]:
    """Assurance of every completed clearance among the records that name an area."""
    found = []
    for activity in linked:
        if activity.kind != "activity":
            continue
        answer = clearance_assurance(register, activity, register.linked_to(activity.record_id))
        if answer is not None:
            name = activity.local_id or activity.record_id
            found.append({"record_id": activity.record_id, "name": name, **answer})
    return found


def claim_outlook(path: Path, record_id: str) -> Result:
    """Outlook that starts from an accepted munition claim or transfer.

    Raises
    ------
    RefusedError
        The record is of another kind.
    FieldError
        It names no munition that the catalogue knows.
    """
    with open_register(path) as register:
        record = register.record(record_id)
    if record.kind not in STARTS:
        raise RefusedError(
            "outlook_kind",
            f"{record_id} is a {record.kind}; an outlook starts from {' or '.join(STARTS)}",
        )
    scenario = scenario_from_claim(record.body.get("fields") or {})
    return {"scenario": scenario, "outlook": outlook(scenario)}
