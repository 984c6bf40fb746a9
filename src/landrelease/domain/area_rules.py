"""Rules of hazardous areas: confirmed on evidence, ended on approved release, never just smaller.

Sources: IMAS 04.10 Ed.2 Am.10 and IMAS 07.11 Ed.1 Am.4 (2019) as re-quoted by GICHD.
"""

from __future__ import annotations

from collections.abc import Iterable

from landrelease.domain import workflow
from landrelease.domain.actions import ENDED
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import codes
from landrelease.domain.known import Known, KnownRecord, linked, lookup, names_of, shape_of
from landrelease.domain.product_rules import TOLERANCE_M2
from landrelease.errors import RefusedError
from landrelease.geometry import area_m2, cut, polygonal


def is_direct(evidence: Iterable[str]) -> bool:
    """Whether any of the evidence is direct.

    Examples
    --------
    >>> is_direct(["verbal_report"]), is_direct(["verbal_report", "accident"])
    (False, True)
    """
    return any(codes("evidence_type")[code].get("direct", False) for code in evidence)


def confirmed_on_direct_evidence(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A suspected area is confirmed on direct evidence only."""
    if before is None or draft.body["hazard_kind"] == before.body.get("hazard_kind"):
        return
    if draft.body["hazard_kind"] == "CHA" and not is_direct(draft.body.get("evidence", ())):
        direct = ", ".join(c for c, terms in codes("evidence_type").items() if terms.get("direct"))
        raise RefusedError(
            "evidence_indirect",
            "an area is confirmed only on direct evidence (IMAS 04.10)",
            f"give evidence: one of {direct}",
        )


def no_open_critical_finding(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """Land is handed over only without an open critical finding."""
    if draft.body.get("status") != "handed_over" or before is None:
        return
    if before.body.get("status") == "handed_over":
        return
    for finding in known.records("non_conformity"):
        body = finding.body
        if body["severity"] != "critical" or not _concerns(finding, names_of(before), known):
            continue
        if body.get("open", True) or workflow.waits(known.workflow_state(finding.record_id)):
            raise RefusedError(
                "critical_finding_open",
                f"a critical finding on the area is open: {body['what']}",
                "close the finding with the measures taken, and have that approved where asked",
            )


def _concerns(finding: KnownRecord, area: set[str], known: Known) -> bool:
    """Whether a finding is on an area: by itself, or by the visit or the work that it was on."""
    visit = lookup(known, "quality_visit", finding.body.get("visit"))
    on = [record for record in (finding, visit) if record]
    works = [lookup(known, "activity", record.body.get("activity")) for record in on]
    return any(record.body.get("area") in area for record in (*on, *works) if record)


def ends_on_approved_release(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An area ends only when no product of it waits for approval."""
    if before is None or draft.body.get("status") not in ENDED:
        return
    if before.body.get("status") not in ENDED:
        workflow.check_release_approved(before, known)


def land_leaves_by_products(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An area gets smaller by a product or a survey, or with the reason of a correction."""
    if before is None or draft.reason:
        return
    old, new = shape_of(before.body), shape_of(draft.body)
    if old is None or polygonal(old).is_empty:
        return
    lost = float(area_m2(cut(old, new)))
    if lost > TOLERANCE_M2:
        raise RefusedError(
            "land_lost",
            f"{lost:.0f} m² would leave the area without a recorded activity",
            "record a land release product or a re-survey, or give the reason of the correction",
        )


def parents_exist(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An area is split from areas that there are, and not from itself."""
    for reference in draft.body.get("split_from", ()):
        parent = linked(known, "split_from", "hazardous_area", reference)
        if before is not None and parent.record_id == before.record_id:
            raise RefusedError(
                "split_from_itself",
                f"split_from = {reference!r} is the area itself",
                "name the areas that it was made of",
            )
