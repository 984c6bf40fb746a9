"""The rules of land release for changes made by hand: what is refused, and by which rule.

Sources: IMAS 07.11 Ed.1 Am.4 (2019) and IMAS 04.10 Ed.2 Am.10 as re-quoted by GICHD; the table of
what an activity may change is our reading of them. Imported data is never refused by these
rules: it is taken as it stands and its contradictions are listed as conflicts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import shapely

from landrelease.domain import workflow
from landrelease.domain.actions import ENDED
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import codes
from landrelease.errors import NotFoundError, RefusedError
from landrelease.geometry import area_m2, cut, polygonal, unite

#: Below this, two measurements of the same ground are the same, in m².
TOLERANCE_M2 = 0.5

#: The thoroughness of a method; an activity may mark land by its own method or by a lesser one.
_RANK = {"cancelled": 0, "reduced": 1, "cleared": 2}

_ACTIVITY_RANK = {
    "non_technical_survey": 0,
    "technical_survey": 1,
    "clearance": 2,
    "battle_area_clearance": 2,
}


class KnownRecord(Protocol):
    """What the rules need to know of a record."""

    @property
    def record_id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def local_id(self) -> str | None:
        """Its local id."""

    @property
    def body(self) -> Mapping[str, Any]:
        """Its whole state."""

    @property
    def voided(self) -> bool:
        """Whether it was taken out of the state."""


class Known(Protocol):
    """Where the rules look records up; a register is one."""

    def record(self, record_id: str) -> KnownRecord:
        """Return a record by its id or local id."""

    def records(self, kind: str) -> Iterator[KnownRecord]:
        """Iterate over the records of a kind that stand."""

    def workflow_state(self, record_id: str) -> str | None:
        """Return where a record stands on its way to approval; None where none is asked for."""

    def history(self, record_id: str) -> Sequence[workflow.Version]:
        """Return the versions of a record, oldest first."""


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
    if draft.action in workflow.STEPS:
        raise RefusedError(
            "step_recorded",
            f"{draft.action} is no change of a record but what a second person says of it",
            "use: landrelease verify-record ID, landrelease approve ID",
        )
    _check_polygon(draft.body)
    for rule in _RULES.get(draft.kind, ()):
        rule(draft, before, known)


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
    return tuple(method for method, needed in _RANK.items() if needed <= rank)


def usual_method(activity_type: str) -> str | None:
    """Return the method that is usual for an activity.

    Examples
    --------
    >>> usual_method("battle_area_clearance")
    'cleared'
    """
    methods = allowed_methods(activity_type)
    return methods[-1] if methods else None


def is_direct(evidence: Iterable[str]) -> bool:
    """Whether any of the evidence is direct.

    Examples
    --------
    >>> is_direct(["verbal_report"]), is_direct(["verbal_report", "accident"])
    (False, True)
    """
    return any(codes("evidence_type")[code].get("direct", False) for code in evidence)


def _check_polygon(body: Mapping[str, Any]) -> None:
    shape = _shape(body)
    if shape is not None and not shape.is_valid:
        raise RefusedError(
            "geometry_invalid",
            f"the geometry is not valid: {shapely.is_valid_reason(shape)}",
            "draw it again, or import it: an import repairs and says so",
        )


def _method_fits_activity(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    reference = draft.body.get("activity")
    if reference is None:
        return
    activity = _linked(known, "activity", "activity", reference)
    kind, method = activity.body["activity_type"], draft.body["method"]
    if method not in allowed_methods(kind):
        can = ", ".join(allowed_methods(kind)) or "no land at all"
        raise RefusedError(
            "method_beyond_activity",
            f"{_words(kind)} cannot mark land as {method}; it may mark as {can} (IMAS 07.11)",
            "link the activity that did the work",
        )
    if method != usual_method(kind) and not draft.body.get("method_reason"):
        raise RefusedError(
            "method_reason_missing",
            f"{method} is not what {_words(kind)} usually leads to ({usual_method(kind)})",
            "give method_reason",
        )


def _depth_has_datum(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    body = draft.body
    if body.get("depth_m") is not None and body["method"] != "cleared":
        raise RefusedError(
            "depth_without_clearance",
            f"land {body['method']} was not searched to a depth",
            "leave depth_m out, or record what was cleared",
        )
    if body.get("depth_datum") is not None and body.get("depth_m") is None:
        raise RefusedError("depth_missing", "a depth datum needs its depth", "give depth_m")


def _product_leaves_its_area(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    reference = draft.body.get("area")
    if reference is None:
        raise RefusedError(
            "area_missing",
            "a land release product says which hazardous area it leaves",
            "give area: its record id or local id",
        )
    area = _linked(known, "area", "hazardous_area", reference)
    if area.body.get("status") in ENDED:
        raise RefusedError(
            "area_ended",
            f"area {reference!r} is {_words(area.body['status'])}; no land leaves it any more",
            "reopen the area first",
        )
    product = _shape(draft.body)
    if product is not None:
        _check_ground(product, area, draft.record_id, known)


def _check_ground(
    product: shapely.Geometry, area: KnownRecord, own_id: str | None, known: Known
) -> None:
    names = {area.record_id, area.local_id}
    surveys = [record for record in known.records("resurvey") if record.body.get("area") in names]
    outline = unite([_shape(record.body) for record in (area, *surveys)])
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
        shape = polygonal(_shape(other.body))
        shared = float(area_m2(product)) - float(area_m2(cut(product, shape)))
        if shared > TOLERANCE_M2:
            raise RefusedError(
                "products_overlap",
                f"{shared:.0f} m² of the product already left the area"
                f" ({other.local_id or other.record_id})",
                "leave that ground out",
            )


def _area_exists(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    _linked(known, "area", "hazardous_area", draft.body["area"])


def _confirmed_on_direct_evidence(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    if before is None or draft.body["hazard_kind"] == before.body.get("hazard_kind"):
        return
    if draft.body["hazard_kind"] == "CHA" and not is_direct(draft.body.get("evidence", ())):
        direct = ", ".join(c for c, terms in codes("evidence_type").items() if terms.get("direct"))
        raise RefusedError(
            "evidence_indirect",
            "an area is confirmed only on direct evidence (IMAS 04.10)",
            f"give evidence: one of {direct}",
        )


def _no_open_critical_finding(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    if draft.body.get("status") != "handed_over" or before is None:
        return
    if before.body.get("status") == "handed_over":
        return
    names = {before.record_id, before.local_id, draft.body.get("local_id")} - {None}
    for finding in known.records("non_conformity"):
        body = finding.body
        if body.get("area") not in names or body["severity"] != "critical":
            continue
        if body.get("open", True) or workflow.waits(known.workflow_state(finding.record_id)):
            raise RefusedError(
                "critical_finding_open",
                f"a critical finding on the area is open: {body['what']}",
                "close the finding with the measures taken, and have that approved where asked",
            )


def _ends_on_approved_release(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    if before is None or draft.body.get("status") not in ENDED:
        return
    if before.body.get("status") not in ENDED:
        names = (before.record_id, before.local_id, draft.body.get("local_id"))
        workflow.check_release_approved(before, names, known)


def _land_leaves_by_products(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    if before is None or draft.reason:
        return
    old, new = _shape(before.body), _shape(draft.body)
    if old is None or polygonal(old).is_empty:
        return
    lost = float(area_m2(cut(old, new)))
    if lost > TOLERANCE_M2:
        raise RefusedError(
            "land_lost",
            f"{lost:.0f} m² would leave the area without a recorded activity",
            "record a land release product or a re-survey, or give the reason of the correction",
        )


def _parents_exist(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    for reference in draft.body.get("split_from", ()):
        _linked(known, "split_from", "hazardous_area", reference)


def _switched_by_its_own_act(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    workflow.check_switch(draft, before)


def _linked(known: Known, field: str, kind: str, reference: str) -> KnownRecord:
    try:
        found = known.record(reference)
    except NotFoundError:
        found = None
    if found is None or found.kind != kind or found.voided:
        raise RefusedError(
            f"{field}_unknown",
            f"{field} = {reference!r}: there is no such {_words(kind)}",
            "give the record id or local id of one that stands",
        )
    return found


def _shape(body: Mapping[str, Any]) -> shapely.Geometry | None:
    geometry = body.get("geometry")
    return None if geometry is None else shapely.geometry.shape(geometry)


def _words(code: str) -> str:
    return code.replace("_", " ")


_Rule = Callable[[Draft, KnownRecord | None, Known], None]
_RULES: Mapping[str, tuple[_Rule, ...]] = {
    "land_release_product": (_method_fits_activity, _depth_has_datum, _product_leaves_its_area),
    "resurvey": (_area_exists,),
    "register": (_switched_by_its_own_act,),
    "hazardous_area": (
        _confirmed_on_direct_evidence,
        _no_open_critical_finding,
        _ends_on_approved_release,
        _land_leaves_by_products,
        _parents_exist,
    ),
}
