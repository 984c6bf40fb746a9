"""What a change of land may rest on: work that was done, or at least a reason or a source.

Land changes by recorded work with its evidence. Where a programme cannot name the work (old
archives, work of others), whoever records says why or names the source, and both stand in the
ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import shapely

from landrelease.domain.entries import Draft
from landrelease.domain.known import Known, KnownRecord, in_words, linked, shape_of
from landrelease.errors import RefusedError
from landrelease.geometry import apart_m, area_m2, clip, polygonal

#: Below this, two measurements of the same ground are the same, in m².
TOLERANCE_M2 = 0.5

#: A point of work stands for ground within sight of it; what is farther away is elsewhere, in m.
NEAR_M = 1_000.0

#: What surveys or searches ground, and so may say how far a hazard reaches.
SURVEYS_GROUND = frozenset(
    {"non_technical_survey", "technical_survey", "clearance", "battle_area_clearance"}
)

#: What was not done cannot have changed land.
NOT_DONE: Mapping[str, str] = {
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
    if (status := not_done(activity.body)) is not None:
        raise RefusedError(
            f"activity_{status}",
            f"{field} = {reference!r} {NOT_DONE[status]} released no land",
            "link the activity that did the work, or record its status or its first day",
        )
    return activity


def not_done(activity: Mapping[str, Any]) -> str | None:
    """Return the status of work that cannot have changed land; None for work that was begun.

    Examples
    --------
    >>> not_done({"status": "planned"}), not_done({"status": "planned", "started_on": "2020"})
    ('planned', None)
    """
    status = activity.get("status")
    begun = activity.get("started_on") or activity.get("ended_on")
    return status if status in NOT_DONE and not (status == "planned" and begun) else None


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
    """Refuse an activity that was done elsewhere than on the ground that it is to concern.

    Raises
    ------
    RefusedError
        ``activity_elsewhere``.
    """
    if is_elsewhere(shape_of(activity.body), ground):
        raise RefusedError(
            "activity_elsewhere",
            f"{field} = {reference!r} worked on other ground",
            "link the activity that worked here, or record its whole ground",
        )


def is_elsewhere(work: shapely.Geometry | None, ground: shapely.Geometry | None) -> bool:
    """Whether work was done on other ground, or at a point far from it.

    Polygons must share ground. A point stands for work near it: a start or a benchmark.

    Examples
    --------
    >>> field = shapely.box(17.0, 44.0, 17.01, 44.01)
    >>> is_elsewhere(shapely.Point(17.015, 44.0), field), is_elsewhere(shapely.Point(18, 44), field)
    (False, True)
    """
    if work is None or ground is None or shapely.is_empty(work) or shapely.is_empty(ground):
        return False
    if polygonal(work).is_empty or polygonal(ground).is_empty:
        return apart_m(work, [ground])[0] > NEAR_M
    return float(area_m2(clip(polygonal(work), ground))) <= TOLERANCE_M2


def on_ground(work: shapely.Geometry, ground: shapely.Geometry | None) -> bool:
    """Whether work was drawn on some ground: polygons share some, a point lies in it.

    Examples
    --------
    >>> field = shapely.box(17.0, 44.0, 17.01, 44.01)
    >>> on_ground(shapely.Point(17.005, 44.005), field), on_ground(shapely.Point(18, 44), field)
    (True, False)
    """
    if ground is None or polygonal(ground).is_empty or not shapely.intersects(work, ground):
        return False
    if polygonal(work).is_empty:
        return True
    return float(area_m2(clip(polygonal(work), polygonal(ground)))) > TOLERANCE_M2


def explained(draft: Draft) -> bool:
    """Whether whoever records says why, or names the source that says so."""
    return bool(draft.reason or draft.source_id)
