"""What a file says of land that the rules of land do not let it do: kept, listed, not done.

An import is never refused and never releases land by itself. Where a row would shrink, end or
reclassify an area, draw one smaller, release more than the product that stands, or let go of a
critical finding or an inquiry against the rules, the record keeps what it was (with the new ground
of an outline), and the row's word stands beside it as a claim until a person records it with its
evidence, or the file no longer says it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from landrelease.domain import rules
from landrelease.domain.entries import Draft
from landrelease.domain.ground_rules import ground_of
from landrelease.domain.known import Known, KnownRecord, lookup, shape_of
from landrelease.domain.part_rules import taken_from_confirmed
from landrelease.domain.product_rules import METHOD_RANK
from landrelease.domain.work_rules import TOLERANCE_M2, explained
from landrelease.errors import RefusedError
from landrelease.geometry import area_m2, cut, polygonal, unite

_OUTLINE = ("area", "geometry")
_HOLDING = ("severity", "area", "activity", "visit")

#: Kind → refusal → what of the row is not done; other contradictions are conflicts only.
_HELD: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "hazardous_area": {
        "land_left": ("status",),
        "ending_beyond_activity": ("status",),
        "critical_finding_open": ("status",),
        "finding_unlinked": ("split_from",),
        "products_unapproved": ("status",),
        "land_lost": ("geometry",),
        "moved_far": ("geometry",),
        "resurvey_beyond_activity": ("geometry",),
        "activity_elsewhere": ("geometry", "status"),
        "geometry_invalid": ("geometry",),
        "part_outside": ("geometry",),
        "stated_less": ("stated_area_m2",),
        "evidence_indirect": ("hazard_kind", "evidence"),
        "reclassified_unexplained": ("hazard_kind", "evidence", "split_from", "geometry"),
        "ended_by_split": ("status",),
    },
    "resurvey": {
        "land_lost": _OUTLINE,
        "resurvey_beyond_activity": _OUTLINE,
        "activity_elsewhere": _OUTLINE,
        "activity_unknown": _OUTLINE,
        "activity_planned": _OUTLINE,
        "activity_withdrawn": _OUTLINE,
        "geometry_invalid": _OUTLINE,
        "reclassified_unexplained": _OUTLINE,
    },
    "inquiry": {
        "inquiry_unexplained": ("open",),
        "inquiry_changed": ("area", "product", "accident", "device"),
    },
    "non_conformity": {"measures_missing": ("open",), "critical_finding_changed": _HOLDING},
}

#: What decides which land a product releases, and how; held all together.
_RELEASING = (
    *("area", "activity", "method", "method_reason"),
    *("geometry", "stated_area_m2", "depth_m", "depth_datum"),
)


def held_back(draft: Draft, before: KnownRecord | None, known: Known) -> Draft:
    """Return a row's version of a record with its contradictions as claims.

    Parameters
    ----------
    draft : Draft
        The version that the row asks for.
    before : record or None
        The record as it stands; None for a new one.
    known : Known
        Where the rules look things up.

    Returns
    -------
    Draft
        Whose body holds ``claims``: field, value, and the code and words of the rule; nothing of
        the kind where the row contradicts no rule.
    """
    body = {name: value for name, value in draft.body.items() if name != "claims"}
    if not _may_let_go(draft, before):
        return draft._replace(body=body)
    claims: list[dict[str, Any]] = []
    while (found := _contradiction(draft._replace(body=body), before, known, claims)) is not None:
        problem, fields = found
        for name in fields:
            claims.append(
                {
                    "field": name,
                    "value": body.get(name),
                    "code": problem.code,
                    "message": problem.message,
                }
            )
            body[name] = _kept(name, draft, before, known)
        body = {name: value for name, value in body.items() if value is not None}
    if claims:
        body["claims"] = claims
    return draft._replace(body=body)


def _fields_held(kind: str, code: str) -> tuple[str, ...]:
    if kind == "land_release_product":
        return _RELEASING
    return _HELD[kind].get(code, ())


def _may_let_go(draft: Draft, before: KnownRecord | None) -> bool:
    """Whether a row may take a hazard away, or what holds one back."""
    if draft.kind == "land_release_product":
        return before is not None and _releases_more(draft.body, before.body)
    if draft.kind == "non_conformity":
        was = before.body if before is not None else {}
        return was.get("severity") == "critical" and bool(was.get("open", True))
    return draft.kind in _HELD


def _releases_more(body: Mapping[str, Any], was: Mapping[str, Any]) -> bool:
    """Whether a product is of another area, more thorough, or of more land than it was."""
    if body.get("area") != was.get("area"):
        return True
    if METHOD_RANK[body["method"]] > METHOD_RANK[was["method"]]:
        return True
    if (body.get("stated_area_m2") or 0.0) > (was.get("stated_area_m2") or 0.0):
        return True
    new, old = shape_of(body), polygonal(shape_of(was))
    return new is not None and float(area_m2(cut(polygonal(new), old))) > TOLERANCE_M2


def _kept(name: str, draft: Draft, before: KnownRecord | None, known: Known) -> Any:
    """What the record keeps; of an outline all that there was, with the new ground: that counts."""
    held = before.body.get(name) if before is not None else None
    new = shape_of(draft.body)
    if name != "geometry" or draft.kind == "land_release_product" or new is None:
        return held
    area = _area_of(draft, before, known)
    ground = ground_of(known, area, draft.occurred_on) if area is not None else None
    if area is None or ground is None:
        return held or draft.body[name]
    left = cut(polygonal(shapely.make_valid(new)), _reclassified(draft, area, known))
    whole = unite([ground, left])
    drawn = polygonal(shape_of(before.body)) if before is not None else None
    covered = ground if draft.kind == "hazardous_area" else drawn
    if held is not None and float(area_m2(cut(whole, covered))) <= TOLERANCE_M2:
        return held
    return json.loads(shapely.to_geojson(whole))


def _reclassified(draft: Draft, area: KnownRecord, known: Known) -> Any:
    """The confirmed ground that an outline of a suspected part takes without a word."""
    is_suspected = {"hazard_kind": "SHA", **area.body, **draft.body}["hazard_kind"] != "CHA"
    if not is_suspected or explained(_with_own_reason(draft)):
        return shapely.Polygon()
    return polygonal(taken_from_confirmed(draft, area, known))


def _with_own_reason(draft: Draft) -> Draft:
    """A re-survey with the file's own reason: the row's note."""
    if draft.kind != "resurvey" or draft.reason is not None:
        return draft
    return draft._replace(reason=draft.body.get("note"))


def _area_of(draft: Draft, before: KnownRecord | None, known: Known) -> KnownRecord | None:
    """The area whose outline a row draws; a re-survey stays with the area that it was of."""
    if draft.kind == "hazardous_area":
        return before
    reference = (before or draft).body.get("area")
    return lookup(known, "hazardous_area", reference)


def _contradiction(
    draft: Draft,
    before: KnownRecord | None,
    known: Known,
    claims: Sequence[Mapping[str, Any]],
) -> tuple[RefusedError, list[str]] | None:
    """The first rule against a row for which some of it is not done, and which; None for none."""
    draft = _with_own_reason(draft)
    said = {claim["field"] for claim in claims}
    was = before.body if before is not None else {"area": draft.body.get("area")}
    for problem in rules.refusals(draft, before, known):
        fields = [
            name
            for name in _fields_held(draft.kind, problem.code)
            if name not in said and draft.body.get(name) != was.get(name)
        ]
        if problem.code == "reclassified_unexplained" and draft.kind == "hazardous_area":
            fields = _first_reclassified(fields, draft, before, known)
        if fields:
            return problem, fields
    return None


def _first_reclassified(
    fields: list[str], draft: Draft, before: KnownRecord | None, known: Known
) -> list[str]:
    """What makes ground only suspected: what the row says of the area, else what it draws."""
    if said := [name for name in fields if name != "geometry"]:
        return said
    takes = before is not None and area_m2(_reclassified(draft, before, known)) > TOLERANCE_M2
    return fields if takes else []
