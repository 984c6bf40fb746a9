"""Rules of land release products: by which activity, how deep, on which ground.

Sources: IMAS 07.11 Ed.1 Am.4 (2019) and IMAS 04.10 Ed.2 Am.10 as re-quoted by GICHD; the table of
what an activity may change is our reading of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from landrelease.domain.actions import ENDED
from landrelease.domain.entries import Draft
from landrelease.domain.ground_rules import (
    ground_of,
    leaves_parts_their_ground,
    stated_released_m2,
)
from landrelease.domain.kinds import codes
from landrelease.domain.known import (
    Known,
    KnownRecord,
    in_words,
    linked,
    lookup,
    names_of,
    shape_of,
    stood,
    unchanged,
)
from landrelease.domain.work_rules import TOLERANCE_M2, explained, work_done
from landrelease.errors import RefusedError
from landrelease.geometry import area_m2, cut, polygonal, unite

#: The thoroughness of a method; an activity may mark land by its own method or by a lesser one.
METHOD_RANK = {"cancelled": 0, "reduced": 1, "cleared": 2}

#: What says by which work land leaves, and how deep it was searched.
WORK_FIELDS = ("method", "activity", "geometry", "stated_area_m2")
DEPTH_FIELDS = ("method", "depth_m", "depth_datum")

_ACTIVITY_RANK = {
    "non_technical_survey": 0,
    "technical_survey": 1,
    "clearance": 2,
    "battle_area_clearance": 2,
}


def allowed_methods(activity_type: str) -> tuple[str, ...]:
    """Return the methods by which an activity may mark land as released.

    Examples
    --------
    >>> allowed_methods("technical_survey")
    ('cancelled', 'reduced')
    >>> allowed_methods("spot_task")
    ()
    """
    rank = _ACTIVITY_RANK.get(activity_type, -1)
    return tuple(method for method, needed in METHOD_RANK.items() if needed <= rank)


def usual_method(activity_type: str) -> str | None:
    """Return the method that is usual for an activity.

    Examples
    --------
    >>> usual_method("battle_area_clearance")
    'cleared'
    """
    methods = allowed_methods(activity_type)
    return methods[-1] if methods else None


def says_how_much(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A product has a polygon, or at least a figure."""
    if draft.body.get("geometry") is None and draft.body.get("stated_area_m2") is None:
        raise RefusedError(
            "extent_missing",
            "a land release product says how much land leaves",
            "give its geometry, or stated_area_m2 where only a figure is known",
        )


def rests_on_work(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """Land leaves by recorded work; where it cannot be named, the source or the reason stands."""
    body = draft.body
    if unchanged(draft, before, WORK_FIELDS):
        return
    other_method = before is not None and before.body["method"] != body["method"]
    if other_method and not (draft.reason and body.get("activity")):
        raise RefusedError(
            "method_changed",
            f"land is now said to be {body['method']}, by no activity or for no reason",
            "name the activity by which it was, and give the reason of the correction",
        )
    if body.get("activity") is None and not explained(draft):
        raise RefusedError(
            "activity_missing",
            f"no activity is named by which the land was {body['method']}",
            "link the activity; where it is not on record, name the source or give the reason",
        )


def method_fits_activity(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An activity marks land by its own method; by a lesser one with a reason."""
    reference = draft.body.get("activity")
    if reference is None or unchanged(draft, before, WORK_FIELDS):
        return
    activity = work_done(known, "activity", reference)
    kind, method = activity.body["activity_type"], draft.body["method"]
    if method not in allowed_methods(kind):
        can = ", ".join(allowed_methods(kind)) or "no land at all"
        raise RefusedError(
            "method_beyond_activity",
            f"{in_words(kind)} cannot mark land as {method}; it may mark as {can} (IMAS 07.11)",
            "link the activity that did the work",
        )
    if method != usual_method(kind) and not draft.body.get("method_reason"):
        raise RefusedError(
            "method_reason_missing",
            f"{method} is not what {in_words(kind)} usually leads to ({usual_method(kind)})",
            "give method_reason",
        )


def depth_has_datum(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """Cleared land has a depth with its datum; other land has none."""
    if unchanged(draft, before, DEPTH_FIELDS):
        return
    body = draft.body
    depth, datum = body.get("depth_m"), body.get("depth_datum")
    if depth is not None and body["method"] != "cleared":
        raise RefusedError(
            "depth_without_clearance",
            f"land {body['method']} was not searched to a depth",
            "leave depth_m out, or record what was cleared",
        )
    if datum is not None and depth is None:
        raise RefusedError("depth_missing", "a depth datum needs its depth", "give depth_m")
    if body["method"] != "cleared" or explained(draft):
        return
    if depth is None:
        raise RefusedError(
            "depth_missing",
            "land is cleared to a depth, and this product says none (IMAS 09.10)",
            "give depth_m and depth_datum; where it is not on record, the source or the reason",
        )
    if datum is None:
        raise RefusedError(
            "depth_datum_missing",
            f"depth_m = {depth:g}: nothing says from where it was measured",
            f"give depth_datum: one of {', '.join(codes('depth_datum'))};"
            " where it is not on record, the source or the reason",
        )


def released_after_its_report(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """Land leaves an area once it was reported; the report would be the later word."""
    area = lookup(known, "hazardous_area", draft.body.get("area"))
    if area is None or draft.occurred_on is None or draft.reason:
        return
    if not stood(known, area, draft.occurred_on):
        raise RefusedError(
            "released_before_reported",
            f"occurred_on = {draft.occurred_on}: the area was not reported then, and whoever"
            " reported it since says that it holds a hazard",
            "correct the date of the product or of the report, or give the reason why the release"
            " is older",
        )


#: What decides which ground a product takes out of which area, and how.
_GROUND = ("area", "geometry", "method")


def product_leaves_its_area(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A product leaves one open area, inside it, on ground that has not left it."""
    if unchanged(draft, before, (*_GROUND, "stated_area_m2")):
        return
    area = _open_area(draft, known)
    product = shape_of(draft.body)
    if product is not None:
        leaves_parts_their_ground(draft, area, known)
        _check_ground(product, area, draft.record_id, known)
    else:
        _check_figure(draft, area, known)


def _open_area(draft: Draft, known: Known) -> KnownRecord:
    reference = draft.body.get("area")
    if reference is None:
        raise RefusedError(
            "area_missing",
            "a land release product says which hazardous area it leaves",
            "give area: its record id or local id",
        )
    area = linked(known, "area", "hazardous_area", reference)
    if area.body.get("status") in ENDED:
        raise RefusedError(
            "area_ended",
            f"area {reference!r} is {in_words(area.body['status'])}; no land leaves it any more",
            "reopen the area first",
        )
    return area


def names_an_open_area(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A product leaves one area that stands and has not ended."""
    if not unchanged(draft, before, (*_GROUND, "stated_area_m2")):
        _open_area(draft, known)


def _check_figure(draft: Draft, area: KnownRecord, known: Known) -> None:
    """A stated figure is no larger than what is left of its area."""
    ground = ground_of(known, area, None)
    whole = float(area_m2(ground)) if ground is not None else area.body.get("stated_area_m2")
    said = draft.body.get("stated_area_m2")
    if whole is None or said is None:
        return
    left = whole - stated_released_m2(known, area, but=draft.record_id)
    if said > left + TOLERANCE_M2:
        raise RefusedError(
            "product_larger",
            f"stated_area_m2 = {said:,.0f}, but {max(0.0, left):,.0f} m² are left of the area",
            "correct the figure, or record a re-survey of the area first",
        )


def _check_ground(
    product: shapely.Geometry, area: KnownRecord, own_id: str | None, known: Known
) -> None:
    names = names_of(area)
    surveys = [record for record in known.records("resurvey") if record.body.get("area") in names]
    outline = unite([shape_of(record.body) for record in (area, *surveys)])
    if outline.is_empty:
        return
    outside = float(area_m2(cut(product, outline)))
    if outside > TOLERANCE_M2:
        raise RefusedError(
            "product_outside",
            f"{outside:.0f} m² of the product lie outside its area",
            "draw it inside, or record a re-survey of the area first",
        )
    for other in known.records("land_release_product"):
        if other.body.get("area") not in names or other.record_id == own_id:
            continue
        shape = polygonal(shape_of(other.body))
        shared = float(area_m2(product)) - float(area_m2(cut(product, shape)))
        if shared > TOLERANCE_M2:
            raise RefusedError(
                "products_overlap",
                f"{shared:.0f} m² of the product already left the area"
                f" ({other.local_id or other.record_id})",
                "leave that ground out; if it is hazardous again, record a new area there and"
                " release it from that",
            )


#: Rules that ask for no ground, so that each row of a file can be held against them.
_OF_ROWS = (
    rests_on_work,
    method_fits_activity,
    depth_has_datum,
    names_an_open_area,
    released_after_its_report,
)


def against_row(draft: Draft, before: KnownRecord | None, known: Known) -> Iterator[RefusedError]:
    """Yield what the rules of work, depth and dates say against a product that a file brings.

    It is taken as it stands all the same; its ground is looked at among all others by `conflicts`.
    """
    for rule in _OF_ROWS:
        try:
            rule(draft, before, known)
        except RefusedError as problem:
            yield problem
