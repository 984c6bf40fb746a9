"""Rules of hazardous areas: confirmed on evidence, ended on approved release, split within itself.

Sources: IMAS 04.10 Ed.2 Am.10 and IMAS 07.11 Ed.1 Am.4 (2019) as re-quoted by GICHD.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import shapely

from landrelease.domain import workflow
from landrelease.domain.actions import ENDED
from landrelease.domain.concerns import Concerns
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import codes
from landrelease.domain.known import (
    Known,
    KnownRecord,
    linked,
    lookup,
    names_of,
    shape_of,
    unchanged,
)
from landrelease.domain.part_rules import confirmed_parents
from landrelease.domain.work_rules import TOLERANCE_M2, explained
from landrelease.errors import RefusedError
from landrelease.geometry import area_m2, cut, polygonal, unite


def is_direct(evidence: Iterable[str]) -> bool:
    """Whether any of the evidence is direct.

    Examples
    --------
    >>> is_direct(["verbal_report"]), is_direct(["verbal_report", "accident"])
    (False, True)
    """
    return any(codes("evidence_type")[code].get("direct", False) for code in evidence)


def confirmed_on_direct_evidence(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An area is confirmed on direct evidence only, and stays so on no less."""
    was = before.body if before is not None else {}
    if [was.get(f) for f in _CONFIRMING] == [draft.body.get(f) for f in _CONFIRMING]:
        return
    if draft.body["hazard_kind"] != "CHA":
        _check_reclassified(draft, was)
        return
    evidence = draft.body.get("evidence", ())
    if is_direct(evidence):
        return
    if was.get("hazard_kind") == "CHA" and not is_direct(was.get("evidence", ())):
        return  # it was confirmed by others, and loses no evidence
    if not was and not evidence and (explained(draft) or confirmed_parents(draft, known)):
        return  # a new area that its source or its parent calls confirmed; the evidence can follow
    direct = ", ".join(c for c, terms in codes("evidence_type").items() if terms.get("direct"))
    raise RefusedError(
        "evidence_indirect",
        "an area is confirmed only on direct evidence (IMAS 04.10)",
        f"give evidence: one of {direct}; or record it as SHA",
    )


#: What says that an area is confirmed, and on what.
_CONFIRMING = ("hazard_kind", "evidence")


def _check_reclassified(draft: Draft, was: Mapping[str, Any]) -> None:
    if was.get("hazard_kind") == "CHA" and not explained(draft):
        raise RefusedError(
            "reclassified_unexplained",
            "a confirmed area would be only suspected from here on",
            "give the reason or the source",
        )


def no_open_critical_finding(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """Land is handed over only without an open critical finding."""
    if draft.body.get("status") != "handed_over" or before is None:
        return
    if before.body.get("status") == "handed_over":
        return
    names, concerns = names_of(before), Concerns(known)
    for finding in known.records("non_conformity"):
        if _holds_back(finding, known) and names & concerns.areas(finding):
            raise RefusedError(
                "critical_finding_open",
                f"a critical finding on the area is open: {finding.body['what']}",
                "close the finding with the measures taken, and have that approved where asked",
            )


def _holds_back(finding: KnownRecord, known: Known) -> bool:
    """Whether a finding is critical, and open or closed without the approval that is asked for."""
    if finding.body["severity"] != "critical":
        return False
    return finding.body.get("open", True) or workflow.waits(known.workflow_state(finding.record_id))


def ends_on_approved_release(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An area ends only when no product of it waits for approval."""
    if before is None or draft.body.get("status") not in ENDED:
        return
    if before.body.get("status") not in ENDED:
        workflow.check_release_approved(before, known)


def split_from_its_parents(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A part lies within the areas that it was made of, and no area is its own ancestor."""
    references = draft.body.get("split_from", ())
    if not references or unchanged(draft, before, ("split_from", "geometry")):
        return
    parents = [linked(known, "split_from", "hazardous_area", one) for one in references]
    own = names_of(before) if before is not None else set()
    own |= {name for name in (draft.record_id, draft.body.get("local_id")) if name}
    for reference, parent in zip(references, parents, strict=True):
        if own & names_of(parent):
            raise RefusedError(
                "split_from_itself",
                f"split_from = {reference!r} is the area itself",
                "name the areas that it was made of",
            )
        if own & _ancestors(parent, known):
            raise RefusedError(
                "split_cycle",
                f"split_from = {reference!r} was itself made of this area",
                "name the areas that it was made of, not its own parts",
            )
    _check_inside(draft, parents, known)


def _ancestors(area: KnownRecord, known: Known) -> set[str]:
    """All names of the areas that an area descends from."""
    found: set[str] = set()
    waiting = [area]
    while waiting:
        for reference in waiting.pop().body.get("split_from", ()):
            parent = lookup(known, "hazardous_area", reference)
            if parent is not None and not names_of(parent) <= found:
                found |= names_of(parent)
                waiting.append(parent)
    return found


def _check_inside(draft: Draft, parents: Sequence[KnownRecord], known: Known) -> None:
    part = shape_of(draft.body)
    names = set().union(*map(names_of, parents))
    surveys = [r for r in known.records("resurvey") if r.body.get("area") in names]
    drawn = polygonal(unite([shape_of(record.body) for record in (*parents, *surveys)]))
    if part is None or drawn.is_empty:
        return
    outside = float(area_m2(cut(polygonal(part), drawn)))
    if outside > TOLERANCE_M2 or not shapely.intersects(part, drawn):
        raise RefusedError(
            "part_outside",
            f"{outside:,.0f} m² of the part lie outside the areas that it was split from",
            "draw it inside, or record a re-survey of the parent that takes that ground in first",
        )
