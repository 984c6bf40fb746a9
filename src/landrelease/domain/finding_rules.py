"""Rules of non-conformities: one that holds land back goes away by measures, not by an edit."""

from __future__ import annotations

from landrelease.domain.entries import Draft
from landrelease.domain.known import Known, KnownRecord
from landrelease.errors import RefusedError

#: What makes a finding hold an area back.
_HOLDING = ("severity", "area", "activity", "visit")


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
