"""What a change of land may rest on: work that was done, or at least a reason or a source.

Land changes by recorded work with its evidence. Where a programme cannot name the work (old
archives, work of others), whoever records says why or names the source, and both stand in the
ledger.
"""

from __future__ import annotations

from typing import Any

import shapely

from landrelease.domain.entries import Draft
from landrelease.domain.known import Known, KnownRecord, in_words, linked, shape_of
from landrelease.errors import RefusedError
from landrelease.geometry import area_m2, clip, polygonal

#: Below this, two measurements of the same ground are the same, in m².
TOLERANCE_M2 = 0.5

#: What surveys or searches ground, and so may say how far a hazard reaches.
SURVEYS_GROUND = frozenset(
    {"non_technical_survey", "technical_survey", "clearance", "battle_area_clearance"}
)

#: What was not done cannot have changed land.
_NOT_DONE = {
    "planned": "is planned; work that has not begun",
    "withdrawn": "was withdrawn; what was called off",
}


def work_done(known: Known, field: str, reference: str) -> KnownRecord:
    """Return the activity that a field names, if it was begun at least.

    Raises
    ------
    RefusedError
        There is none (``{field}_unknown``), or it is planned or withdrawn.
    """
    activity = linked(known, field, "activity", reference)
    status = activity.body.get("status")
    begun = activity.body.get("started_on") or activity.body.get("ended_on")
    if status in _NOT_DONE and not (status == "planned" and begun):
        raise RefusedError(
            f"activity_{status}",
            f"{field} = {reference!r} {_NOT_DONE[status]} released no land",
            "link the activity that did the work, or record its status or its first day",
        )
    return activity


def surveyed(known: Known, field: str, reference: str) -> KnownRecord:
    """Return the activity that a field names, if it may say how far a hazard reaches.

    Raises
    ------
    RefusedError
        Its kind changes no square metre (IMAS 07.11), or it was not done.
    """
    activity = work_done(known, field, reference)
    kind = activity.body["activity_type"]
    if kind not in SURVEYS_GROUND:
        raise RefusedError(
            "resurvey_beyond_activity",
            f"{in_words(kind)} cannot change the outline of an area (IMAS 07.11)",
            "link the survey or clearance that found the new outline",
        )
    return activity


def worked_on(activity: KnownRecord, ground: Any, field: str, reference: str) -> None:
    """Refuse an activity whose polygon shares no ground with a polygon that it is to concern.

    Raises
    ------
    RefusedError
        ``activity_elsewhere``.
    """
    processed = polygonal(shape_of(activity.body))
    if processed.is_empty or ground is None or shapely.is_empty(ground):
        return
    if float(area_m2(clip(processed, ground))) <= TOLERANCE_M2:
        raise RefusedError(
            "activity_elsewhere",
            f"{field} = {reference!r} worked on other ground",
            "link the activity that worked here, or record its whole ground",
        )


def explained(draft: Draft) -> bool:
    """Whether whoever records says why, or names the source that says so."""
    return bool(draft.reason or draft.source_id)
