"""Rules of parts: what is split from a confirmed area is no less confirmed, save for a reason.

A part takes its ground out of its parent, so a part that is only suspected reclassifies that ground
(IMAS 04.10: an area is confirmed on direct evidence). What is asked for it is asked for a
confirmed area that becomes suspected.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from landrelease.domain.actions import ENDED
from landrelease.domain.entries import Draft
from landrelease.domain.ground_rules import ground_of
from landrelease.domain.known import (
    Known,
    KnownRecord,
    in_words,
    lookup,
    names_of,
    shape_of,
    unchanged,
)
from landrelease.domain.work_rules import TOLERANCE_M2, explained
from landrelease.errors import NotFoundError, RefusedError
from landrelease.geometry import area_m2, clip, polygonal, unite


def confirmed_parents(draft: Draft, known: Known) -> list[KnownRecord]:
    """Return the areas that an area was split from, of those that are confirmed, now or then."""
    return _confirmed(draft.body.get("split_from"), draft.occurred_on, known)


def _confirmed(names: Sequence[str] | None, on: str | None, known: Known) -> list[KnownRecord]:
    parents = [lookup(known, "hazardous_area", name) for name in names or ()]
    return [one for one in parents if one is not None and _was_confirmed(one, on, known)]


def _was_confirmed(area: KnownRecord, on: str | None, known: Known) -> bool:
    if area.body["hazard_kind"] == "CHA":
        return True
    try:
        return bool(known.as_it_stood(area.record_id, on).body["hazard_kind"] == "CHA")
    except NotFoundError:
        return False


def part_stays_confirmed(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A part of a confirmed area is confirmed; only suspected by a reason or a source."""
    if draft.body["hazard_kind"] == "CHA" or explained(draft):
        return
    if unchanged(draft, before, ("hazard_kind", "split_from", "geometry")):
        return
    for parent in confirmed_parents(draft, known):
        _refuse(f"ground of the confirmed area {parent.local_id or parent.record_id}")


def survey_leaves_confirmed_ground(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A re-survey of a suspected part takes no more of a confirmed parent without a word."""
    area = lookup(known, "hazardous_area", draft.body.get("area"))
    if area is None or area.body["hazard_kind"] == "CHA" or explained(draft):
        return
    if unchanged(draft, before, ("area", "geometry")):
        return
    taken = float(area_m2(taken_from_confirmed(draft, area, known)))
    if taken > TOLERANCE_M2:
        _refuse(f"{taken:,.0f} m² of a confirmed area")


def taken_from_confirmed(draft: Draft, part: KnownRecord, known: Known) -> Any:
    """Return the ground of its confirmed parents that a drawing of a suspected part takes."""
    parents = _confirmed(part.body.get("split_from"), draft.occurred_on, known)
    grounds = [ground_of(known, parent, draft.occurred_on) for parent in parents]
    whole = unite([ground for ground in grounds if ground is not None])
    return clip(polygonal(shape_of(draft.body)), polygonal(whole))


def _refuse(ground: str) -> None:
    raise RefusedError(
        "reclassified_unexplained",
        f"{ground} would be only suspected from here on",
        "record the part as CHA; or give the reason or the source",
    )


def split_is_explained_at_the_end(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """A confirmed area whose land went to parts, not to products, ends by a reason or a source."""
    status = draft.body.get("status")
    if before is None or status not in ENDED or before.body.get("status") in ENDED:
        return
    if explained(draft) or not (before.body["hazard_kind"] == "CHA" and _parts(before, known)):
        return
    raise RefusedError(
        "ended_by_split",
        f"a confirmed area would be {in_words(str(status))} whose land went to its parts",
        "give the reason or the source",
    )


def _parts(area: KnownRecord, known: Known) -> bool:
    names = names_of(area)
    return any(
        names & set(one.body.get("split_from", ())) for one in known.records("hazardous_area")
    )
