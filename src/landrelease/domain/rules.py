"""The rules of land release for changes made by hand: what is refused, and by which rule.

Imported data is never refused by these rules: it is taken as it stands and its contradictions are
listed as conflicts. Who may verify and approve is said in `landrelease.domain.workflow`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import shapely

from landrelease.domain import (
    area_rules,
    finding_rules,
    ground_rules,
    in_use_rules,
    part_rules,
    processing_rules,
    product_rules,
    workflow,
)
from landrelease.domain.entries import Draft
from landrelease.domain.known import Known, KnownRecord, shape_of
from landrelease.errors import RefusedError
from landrelease.geometry import unroll

_Rule = Callable[[Draft, KnownRecord | None, Known], None]
_RULES: Mapping[str, tuple[_Rule, ...]] = {
    "land_release_product": (
        ground_rules.is_polygon,
        product_rules.says_how_much,
        product_rules.rests_on_work,
        product_rules.method_fits_activity,
        product_rules.depth_has_datum,
        product_rules.product_leaves_its_area,
        product_rules.released_after_its_report,
        processing_rules.ground_was_processed,
        finding_rules.findings_stay_linked,
    ),
    "resurvey": (
        ground_rules.is_polygon,
        ground_rules.resurvey_rests_on_survey,
        ground_rules.survey_stays_near,
        ground_rules.surveyed_as_stated,
        part_rules.survey_leaves_confirmed_ground,
    ),
    "hazardous_area": (
        area_rules.confirmed_on_direct_evidence,
        area_rules.split_from_its_parents,
        part_rules.part_stays_confirmed,
        ground_rules.redrawn_by_survey,
        ground_rules.point_stays_near,
        ground_rules.stated_less_with_reason,
        ground_rules.drawn_as_stated,
        area_rules.no_open_critical_finding,
        finding_rules.part_stays_linked,
        area_rules.ends_on_approved_release,
        ground_rules.ends_with_nothing_left,
        part_rules.split_is_explained_at_the_end,
    ),
    "non_conformity": (finding_rules.closed_with_measures, finding_rules.critical_stays_critical),
    "inquiry": (finding_rules.inquiry_ends_by_its_finding,),
    "quality_visit": (finding_rules.findings_stay_linked,),
    "task": (finding_rules.findings_stay_linked,),
    "activity": (
        finding_rules.findings_stay_linked,
        in_use_rules.releases_keep_their_work,
    ),
    "register": (workflow.switched_by_its_own_act,),
}


def check_change(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """Refuse a change that a rule of land release forbids.

    Parameters
    ----------
    draft : Draft
        The change.
    before : record or None
        The record as it stands, None for a new one.
    known : Known
        Where other records are looked up.

    Raises
    ------
    RefusedError
        A rule forbids it; the message says which and what would be accepted.
    """
    for problem in refusals(draft, before, known):
        raise problem


def refusals(draft: Draft, before: KnownRecord | None, known: Known) -> Iterator[RefusedError]:
    """Yield what each rule says against a change, rule by rule."""
    try:
        workflow.check_recordable(draft)
        _check_polygon(draft.body)
    except RefusedError as problem:
        yield problem
        return  # the rules take a shape that can be measured for granted
    for rule in _RULES.get(draft.kind, ()):
        try:
            rule(draft, before, known)
        except RefusedError as problem:
            yield problem


def _check_polygon(body: Mapping[str, Any]) -> None:
    shape = shape_of(body)
    if shape is not None and len(unroll(np.array([shape], dtype=object)).rows):
        raise RefusedError(
            "geometry_across_180",
            "an edge of the geometry spans more than 180 degrees of longitude",
            "cut it at the 180th meridian (RFC 7946), or import it: an import cuts and says so",
        )
    if shape is not None and not shape.is_valid:
        raise RefusedError(
            "geometry_invalid",
            f"the geometry is not valid: {shapely.is_valid_reason(shape)}",
            "draw it again, or import it: an import repairs and says so",
        )
