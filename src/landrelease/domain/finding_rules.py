"""Rules of findings and inquiries: what holds land in doubt goes away by what was found or done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landrelease.domain.concerns import Concerns
from landrelease.domain.entries import Draft
from landrelease.domain.known import Known, KnownRecord, unchanged
from landrelease.errors import RefusedError

#: Per open critical finding, by record id, the areas that it holds back.
Holding = Mapping[str, frozenset[str]]

#: What makes a finding hold an area back.
_HOLDING = ("severity", "area", "activity", "visit")

#: What makes a visit, work, its task or a product pass a finding on to an area.
_LINKING = ("area", "activity", "task", "geometry")

#: What makes an area share what concerns another.
_PARENTS = ("split_from",)

#: What an inquiry is about.
_ABOUT = ("area", "product", "accident", "device")


def closed_with_measures(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A finding is closed with the measures that were taken."""
    was_open = before is None or before.body.get("open", True)
    if was_open and not draft.body.get("open", True) and not draft.body.get("measures"):
        raise RefusedError(
            "measures_missing",
            "a finding is closed, and nothing says what was done about it",
            "give measures: what was done, and how it was checked",
        )


def critical_stays_critical(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An open critical finding gets milder, or leaves its area, only with a reason."""
    if before is None or before.body["severity"] != "critical" or draft.reason:
        return
    changed = [f for f in _HOLDING if before.body.get(f) not in (None, draft.body.get(f))]
    if before.body.get("open", True) and changed:
        raise RefusedError(
            "critical_finding_changed",
            f"{', '.join(changed)} of an open critical finding would change",
            "give the reason of the correction, or close the finding with its measures",
        )


def inquiry_ends_by_its_finding(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """An inquiry, which marks land as in doubt, is closed or turned away by what was found."""
    was = {} if before is None else before.body
    if not was.get("open", True) or draft.reason or draft.source_id:
        return
    if not draft.body.get("open", True) and not draft.body.get("finding"):
        raise RefusedError(
            "inquiry_unexplained",
            "an inquiry is closed, and nothing says what was found",
            "give finding: what was found, or a reason or source",
        )
    if changed := [name for name in _ABOUT if was.get(name) not in (None, draft.body.get(name))]:
        raise RefusedError(
            "inquiry_changed",
            f"{', '.join(changed)} of an open inquiry would change",
            "give the reason of the correction, or close the inquiry with its finding",
        )


def holding(known: Known, instead: Mapping[str, Mapping[str, Any]] | None = None) -> Holding:
    """Return which areas open critical findings hold back, as `Concerns` follows them.

    Parameters
    ----------
    instead : Mapping, optional
        Bodies by record id, to be read in place of those that stand.
    """
    concerns = Concerns(known, instead)
    return {
        finding.record_id: concerns.areas(finding)
        for finding in known.records("non_conformity")
        if finding.body["severity"] == "critical" and finding.body.get("open", True)
    }


def check_still_held(before: Holding, after: Holding, but: frozenset[str] = frozenset()) -> None:
    """Refuse what lets an open critical finding hold back less than it did.

    Parameters
    ----------
    but : frozenset of str
        Findings that are voided themselves, each with its reason.

    Raises
    ------
    RefusedError
        ``finding_unlinked``.
    """
    for finding, areas in before.items():
        if finding not in but and areas - after.get(finding, frozenset()):
            raise RefusedError(
                "finding_unlinked",
                f"the open critical finding {finding} would no longer hold its area back",
                "first close the finding with its measures, or name the area in the finding itself",
            )


def findings_stay_linked(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """What links an open critical finding to its area is not moved away from under it."""
    if before is None or unchanged(draft, before, _LINKING):
        return
    check_still_held(holding(known), holding(known, {before.record_id: draft.body}))


def part_stays_linked(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A part is not taken from the parent whose open critical finding holds it back."""
    if before is None or unchanged(draft, before, _PARENTS):
        return
    check_still_held(holding(known), holding(known, {before.record_id: draft.body}))
