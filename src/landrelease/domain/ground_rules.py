"""Rules of the ground of an area: it gets smaller, and ends, by work and never by itself.

Sources: IMAS 07.11 Ed.1 Am.4 (2019) as re-quoted by GICHD: survey may «resize with reason», a spot
task or an inspection changes no square metre, land is handed over when its documents are
accepted. What is asked for an exception is our reading. An ending changes the status alone: what
no product released stays in the balance as remaining.
"""

from __future__ import annotations

from typing import Any

import shapely

from landrelease.domain.actions import ENDED
from landrelease.domain.entries import Draft
from landrelease.domain.known import (
    Known,
    KnownRecord,
    in_words,
    linked,
    names_of,
    shape_of,
)
from landrelease.domain.placing import anchor
from landrelease.domain.processing_rules import names_other
from landrelease.domain.work_rules import (
    NEAR_M,
    SURVEYS_GROUND,
    TOLERANCE_M2,
    explained,
    surveyed,
    work_done,
    worked_on,
)
from landrelease.errors import RefusedError
from landrelease.geometry import apart_m, area_m2, clip, cut, polygonal, unite

#: An outline that holds less than this share of what was stated is no better drawing of the same.
FAR_LESS = 0.9

#: Geometry types of shapely that enclose ground: polygon, multipolygon.
_POLYGONS = (3, 6)


def ground_of(known: Known, area: KnownRecord, as_of: str | None) -> Any:
    """Return the polygon that is left of an area; None where it has none."""
    found = known.outlines(as_of, record_id=area.record_id).get(area.record_id)
    if found is None and as_of is not None:
        return ground_of(known, area, None)
    return polygonal(found) if found is not None and encloses_ground(found) else None


def ground_of_parts(known: Known, area: KnownRecord, as_of: str | None = None) -> Any:
    """Return the ground that the standing parts of an area hold, those that stood at a date."""
    names = names_of(area)
    parts = [
        part
        for part in known.records("hazardous_area")
        if names & set(part.body.get("split_from", ()))
    ]
    if as_of is not None:
        parts = [p for p in parts if p.record_id in known.outlines(as_of, record_id=p.record_id)]
    called = set().union(*map(names_of, parts))
    surveys = (
        [r for r in known.records("resurvey") if r.body.get("area") in called] if parts else []
    )
    return polygonal(unite([shape_of(record.body) for record in (*parts, *surveys)]))


def leaves_parts_their_ground(
    draft: Draft, area: KnownRecord, known: Known, as_of: str | None = None
) -> None:
    """Refuse a drawing that reaches into ground that parts of the area hold.

    Raises
    ------
    RefusedError
        ``ground_of_part``.
    """
    drawn = polygonal(shape_of(draft.body))
    shared = float(area_m2(clip(drawn, ground_of_parts(known, area, as_of))))
    if shared > TOLERANCE_M2:
        raise RefusedError(
            "ground_of_part",
            f"{shared:,.0f} m² of the {in_words(draft.kind)} are held by parts of the area",
            "leave that ground out, and record what concerns it on the part",
        )


def is_polygon(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """What takes ground or draws it encloses ground."""
    shape = shape_of(draft.body)
    if shape is not None and not encloses_ground(shape):
        raise RefusedError(
            "geometry_not_polygon",
            f"a {in_words(draft.kind)} is drawn as a {shape.geom_type.lower()}",
            "draw its polygon, or give stated_area_m2 where only a figure is known",
        )


def resurvey_rests_on_survey(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An area is drawn anew by survey or clearance; smaller only by one, and with a reason."""
    area = linked(known, "area", "hazardous_area", draft.body["area"])
    reference = draft.body.get("activity")
    if reference is not None:
        surveyed(known, "activity", reference)
    _check_lost(draft, area, known, "activity")
    fields = ("area", "geometry")
    if before is None or any(before.body.get(f) != draft.body.get(f) for f in fields):
        leaves_parts_their_ground(draft, area, known, draft.occurred_on)


def redrawn_by_survey(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An area that is drawn smaller in its own record rests on the same as a re-survey."""
    if before is None or before.body.get("geometry") == draft.body.get("geometry"):
        return
    _check_lost(draft, before, known, "rests_on")


def point_stays_near(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A hazard known by a point alone is placed elsewhere only by a reason or a source."""
    if before is None or before.body.get("geometry") == draft.body.get("geometry"):
        return
    if ground_of(known, before, draft.occurred_on) is None:
        _check_near(draft, _first_known(known, before, draft.occurred_on))


def survey_stays_near(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A re-survey of a hazard known by a point alone draws it there, or says why elsewhere."""
    area = linked(known, "area", "hazardous_area", draft.body["area"])
    if ground_of(known, area, draft.occurred_on) is None:
        _check_near(draft, _first_known(known, area, draft.occurred_on))


def _first_known(known: Known, area: KnownRecord, as_of: str | None) -> Any:
    """The place that moves are measured from: many small ones would add up to a long way."""
    found = known.placings(area.record_id, as_of)
    return anchor(found) if found else shape_of(area.body)


def _check_near(draft: Draft, was: Any) -> None:
    now = shape_of(draft.body)
    far_m = moved_m(was, now) or 0.0
    gone = was is not None and now is None
    if explained(draft) or not (gone or far_m > NEAR_M):
        return
    where = "on no map" if gone else f"{far_m:,.0f} m from the place at which it was first known"
    raise RefusedError(
        "moved_far",
        f"the hazard would be {where}",
        "check the coordinate; or give the reason or the source of the new place",
    )


def moved_m(was: Any, now: Any) -> float | None:
    """Return how far a place lies from the one before; None where either is none or ground was.

    Examples
    --------
    >>> round(moved_m(shapely.Point(0, 0), shapely.box(1, 0, 2, 1)))
    111319
    """
    if was is None or now is None or encloses_ground(was):
        return None
    return apart_m(was, [now])[0]


def stated_less_with_reason(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A stated figure gets smaller only by a reason or a source."""
    if before is None or explained(draft):
        return
    was, now = (body.get("stated_area_m2") for body in (before.body, draft.body))
    if was is not None and (now is None or now < was):
        less = f"= {now} is less than the" if now is not None else "was emptied:"
        raise RefusedError(
            "stated_less",
            f"stated_area_m2 {less} {was:,.0f} m² that were reported",
            "record a land release product, or give the reason or the source of the new figure",
        )


def drawn_as_stated(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """The first polygon of an area is far smaller than its stated figure only for a reason."""
    if before is not None and (
        before.body.get("geometry") == draft.body.get("geometry")
        or ground_of(known, before, draft.occurred_on) is not None
    ):
        return
    bodies = [draft.body] if before is None else [draft.body, before.body]
    _check_stated(draft, max(float(body.get("stated_area_m2") or 0.0) for body in bodies))


def surveyed_as_stated(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A re-survey that first draws an area is held against the stated figure as well."""
    area = linked(known, "area", "hazardous_area", draft.body["area"])
    if ground_of(known, area, draft.occurred_on) is None:
        _check_stated(draft, float(area.body.get("stated_area_m2") or 0.0))


def _check_stated(draft: Draft, stated_m2: float) -> None:
    shape = shape_of(draft.body)
    if shape is None or not encloses_ground(shape) or explained(draft):
        return
    drawn_m2 = float(area_m2(polygonal(shape)))
    if drawn_m2 < FAR_LESS * stated_m2:
        raise RefusedError(
            "stated_less",
            f"the outline holds {drawn_m2:,.0f} m² of the {stated_m2:,.0f} m² that were stated",
            "draw all of it, or give the reason or the source of the smaller outline",
        )


def ends_with_nothing_left(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An area ends when products took all of it; else on work done, with reason and source."""
    status = draft.body.get("status")
    if status not in ENDED or (before is not None and before.body.get("status") == status):
        return
    if before is None:
        raise RefusedError(
            "area_new_ended",
            f"a new area cannot be {in_words(status)}: nothing says what became of its land",
            "record it open, then the products that released it, then its ending",
        )
    left = _left_m2(before, known, draft.occurred_on)
    if left is not None and left <= TOLERANCE_M2:
        return
    if not (draft.body.get("rests_on") and draft.reason and draft.source_id):
        how_much = "land of unknown size has" if left is None else f"{left:,.0f} m² have"
        raise RefusedError(
            "land_left",
            f"{how_much} not been released; an area is {in_words(status)} when products took all",
            "record its land release products first; or give rests_on (the survey, clearance or"
            " spot task that found nothing left to do), a reason and a source",
        )
    activity = work_done(known, "rests_on", draft.body["rests_on"])
    if activity.body["activity_type"] not in _may_end(known, before, draft.occurred_on):
        raise RefusedError(
            "ending_beyond_activity",
            f"{in_words(activity.body['activity_type'])} cannot end this area (IMAS 07.11)",
            "name the survey or clearance that found nothing left to do",
        )
    ground = ground_of(known, before, draft.occurred_on)
    worked_on(activity, ground, "rests_on", draft.body["rests_on"])
    _check_named(activity, before, known, draft.body["rests_on"])


def _check_named(activity: KnownRecord, area: KnownRecord, known: Known, reference: str) -> None:
    """Work without a polygon that names another area says nothing of this one."""
    drawn = not polygonal(shape_of(activity.body)).is_empty
    if not drawn and names_other(activity.body, area, known) is not None:
        raise RefusedError(
            "activity_elsewhere",
            f"rests_on = {reference!r} worked on area {activity.body['area']!r}",
            "link the activity that worked here, or record its ground",
        )


def _may_end(known: Known, area: KnownRecord, as_of: str | None) -> frozenset[str]:
    """The activities that may end an area; a spot task ends a single item, never ground."""
    drawn = ground_of(known, area, as_of) is not None
    return SURVEYS_GROUND if drawn else SURVEYS_GROUND | {"spot_task"}


def _left_m2(area: KnownRecord, known: Known, as_of: str | None) -> float | None:
    """What no product has released; stated m² where there is no polygon, None where neither is.

    A figure of 0 is what many systems write for a size that nobody knows.
    """
    ground = ground_of(known, area, as_of)
    if ground is not None:
        return float(area_m2(ground))
    stated = area.body.get("stated_area_m2")
    return max(0.0, float(stated) - stated_released_m2(known, area)) if stated else None


def stated_released_m2(known: Known, area: KnownRecord, but: str | None = None) -> float:
    """Return the stated m² of an area's products without polygon, one of them left out."""
    names = names_of(area)
    return sum(
        float(product.body.get("stated_area_m2", 0.0))
        for product in known.records("land_release_product")
        if product.body.get("area") in names and product.record_id != but
    )


def _check_lost(draft: Draft, area: KnownRecord, known: Known, field: str) -> None:
    """Refuse a drawing that leaves ground out, unless a survey found so and the reason is said."""
    ground = ground_of(known, area, draft.occurred_on)
    if ground is None:
        return
    lost = float(area_m2(cut(ground, shape_of(draft.body))))
    if lost <= TOLERANCE_M2:
        return
    if not (draft.body.get(field) and draft.reason):
        raise RefusedError(
            "land_lost",
            f"{lost:,.0f} m² would leave the area without a recorded activity and its reason",
            f"record a land release product; or give {field} (the survey or clearance that drew it)"
            " and a reason",
        )
    reference = draft.body[field]
    worked_on(surveyed(known, field, reference), ground, field, reference)


def encloses_ground(shape: shapely.Geometry) -> bool:
    """Whether a geometry is a polygon or several, be they empty."""
    return shapely.get_type_id(shape) in _POLYGONS
