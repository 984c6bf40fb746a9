"""Rules of where work was done: land is cleared or reduced only where its activity worked.

Work without a polygon (a point, a place name) does not say which ground was searched. By hand a
product rests on it only with the reason why no polygon is on record, and `conflicts` lists it until
there is one. Work at a distance, or that names another area and draws nothing, is no ground at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from landrelease.domain.entries import Draft
from landrelease.domain.known import (
    Known,
    KnownRecord,
    linked,
    lookup,
    names_of,
    shape_of,
    unchanged,
)
from landrelease.domain.work_rules import TOLERANCE_M2, is_elsewhere
from landrelease.errors import RefusedError
from landrelease.geometry import area_m2, cut, polygonal

Body = Mapping[str, Any]


class Against(NamedTuple):
    """What stands against a release by some work: code, words, and m² where they are known."""

    code: str
    words: str
    m2: float | None = None


ELSEWHERE = Against("activity_elsewhere", "the activity worked on other ground")
_NOT_DRAWN = Against("ground_not_drawn", "no polygon says which ground the activity processed")
_CURES = {
    "activity_elsewhere": "link the activity that worked here, or record its whole ground",
    "ground_not_processed": "release only what the activity worked on, or record its whole ground",
    "ground_not_drawn": "record the ground of the activity; where no polygon of it is on record,"
    " the reason",
}


def undrawn(method: str, other_area: str | None, *, far: bool) -> Iterator[Against]:
    """Yield what stands against releasing a polygon by work that drew none.

    Parameters
    ----------
    method : str
        Of the product.
    other_area : str or None
        The area that the work names, where that is another than the product's.
    far : bool
        Whether the work is placed far away.

    Examples
    --------
    >>> [said.code for said in undrawn("cleared", None, far=False)]
    ['ground_not_drawn']
    >>> [said.words for said in undrawn("cancelled", "HA-9", far=False)]
    ["the activity worked on area 'HA-9'"]
    """
    if other_area is not None:
        yield Against("activity_elsewhere", f"the activity worked on area {other_area!r}")
    elif far:
        yield ELSEWHERE
    elif method != "cancelled":
        yield _NOT_DRAWN


def beyond(m2: float) -> Iterator[Against]:
    """Yield what stands against a product of which some m² lie outside its work."""
    if m2 > TOLERANCE_M2:
        words = f"{m2:.0f} m² of the product lie outside the ground that the activity processed"
        yield Against("ground_not_processed", words, m2)


def names_other(activity: Body, area: KnownRecord, known: Known) -> str | None:
    """Return the area that an activity names, where it is no area of this one's family."""
    other = lookup(known, "hazardous_area", activity.get("area"))
    family = {area.record_id, area.local_id, *area.body.get("split_from", ())}
    return None if other is None or family & names_of(other) else str(activity["area"])


def against_work(product: Body, activity: Body, area: KnownRecord, known: Known) -> list[Against]:
    """Return what stands against a product of an area by an activity."""
    ground, work = polygonal(shape_of(product)), shape_of(activity)
    place = shape_of(area.body) if ground.is_empty else ground
    drawn = not polygonal(work).is_empty
    if drawn and not ground.is_empty and product["method"] != "cancelled":
        return list(beyond(float(area_m2(cut(ground, polygonal(work))))))
    far = is_elsewhere(work, place)
    if drawn:
        return [ELSEWHERE] if far else []
    found = undrawn(product["method"], names_other(activity, area, known), far=far)
    return [one for one in found if one is not _NOT_DRAWN or not ground.is_empty]


def ground_was_processed(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """Land is cleared or reduced where its activity worked; none is cancelled from elsewhere."""
    fields = ("area", "method", "activity", "geometry", "stated_area_m2")
    reference = draft.body.get("activity")
    area = lookup(known, "hazardous_area", draft.body.get("area"))
    if reference is None or area is None or unchanged(draft, before, fields):
        return
    activity = linked(known, "activity", "activity", reference)
    for said in against_work(draft.body, activity.body, area, known):
        if said.code != "ground_not_drawn" or not draft.reason:
            words = f"activity = {reference!r}: {said.words}"
            raise RefusedError(said.code, words, _CURES[said.code])
