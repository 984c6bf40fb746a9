"""What a file says of an area that the rules of land do not let it do: kept, listed, not done.

An import is never refused and never releases land by itself. Where a row would shrink, end or
reclassify an area against the rules, the area keeps what it was (with the new ground of an
outline), and the row's word stands beside it as a claim until a person records it with its
evidence, or the file no longer says it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import shapely

from landrelease.domain import rules
from landrelease.domain.entries import Draft
from landrelease.domain.ground_rules import ground_of
from landrelease.domain.known import Known, KnownRecord, shape_of
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.errors import RefusedError
from landrelease.geometry import area_m2, cut, polygonal, unite

#: Refusal → what of the row is not done; other contradictions are listed as conflicts only.
_HELD: Mapping[str, tuple[str, ...]] = {
    "land_left": ("status",),
    "ending_beyond_activity": ("status",),
    "critical_finding_open": ("status",),
    "products_unapproved": ("status",),
    "land_lost": ("geometry",),
    "resurvey_beyond_activity": ("geometry",),
    "geometry_invalid": ("geometry",),
    "part_outside": ("geometry",),
    "stated_less": ("stated_area_m2",),
    "evidence_indirect": ("hazard_kind", "evidence"),
    "reclassified_unexplained": ("hazard_kind", "evidence"),
}


def held_back(draft: Draft, before: KnownRecord, known: Known) -> Draft:
    """Return a row's new version of an area with its contradictions as claims.

    Parameters
    ----------
    draft : Draft
        The version that the row asks for.
    before : record
        The area as it stands.
    known : Known
        Where the rules look things up.

    Returns
    -------
    Draft
        Whose body holds ``claims``: field, value, and the code and words of the rule; nothing of
        the kind where the row contradicts no rule.
    """
    body = {name: value for name, value in draft.body.items() if name != "claims"}
    claims: list[dict[str, Any]] = []
    while (problem := _refusal(draft._replace(body=body), before, known)) is not None:
        said = {claim["field"] for claim in claims}
        fields = [
            name
            for name in _HELD.get(problem.code, ())
            if name not in said and body.get(name) != before.body.get(name)
        ]
        if not fields:
            break
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


def _kept(name: str, draft: Draft, before: KnownRecord, known: Known) -> Any:
    """What the area keeps; of an outline all that there was, with the new ground: that counts."""
    held = before.body.get(name)
    new = shape_of(draft.body)
    ground = ground_of(known, before, draft.occurred_on)
    if name != "geometry" or new is None or ground is None or not new.is_valid:
        return held
    if float(area_m2(cut(new, ground))) <= TOLERANCE_M2:
        return held
    return json.loads(shapely.to_geojson(unite([ground, polygonal(new)])))


def _refusal(draft: Draft, before: KnownRecord, known: Known) -> RefusedError | None:
    try:
        rules.check_change(draft, before, known)
    except RefusedError as problem:
        return problem
    return None
