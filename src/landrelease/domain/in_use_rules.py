"""Rules of work on which land rests: it is not called off or moved away from under its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from landrelease.domain.concerns import RESTING
from landrelease.domain.entries import Draft
from landrelease.domain.known import Known, KnownRecord, in_words, lookup, names_of, unchanged
from landrelease.domain.processing_rules import against_work
from landrelease.domain.product_rules import allowed_methods
from landrelease.domain.work_rules import SURVEYS_GROUND, not_done
from landrelease.errors import RefusedError

#: What says of work that it released land, and which.
_WORK = ("activity_type", "status", "started_on", "ended_on", "geometry", "area")


def releases_keep_their_work(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """Work is not taken from under the records that rest on it, but for a reason."""
    if before is None or draft.reason or unchanged(draft, before, _WORK):
        return
    for record in resting_on(before, known):
        was = _codes_against(record, before.body, known)
        lost = [one for one in _codes_against(record, draft.body, known) if one not in was]
        if lost:
            raise RefusedError(
                "work_in_use",
                f"{_named(record)} rests on this activity, and would no longer ({lost[0]})",
                "correct that record first, or give the reason of the change; it will be listed",
            )


def check_not_in_use(activity: KnownRecord, known: Known) -> None:
    """Refuse to void work on which records rest.

    Raises
    ------
    RefusedError
        ``work_in_use``.
    """
    found = [_named(record) for record in resting_on(activity, known)]
    if found:
        raise RefusedError(
            "work_in_use",
            f"on this activity rest: {', '.join(found[:_TOLD])}{' …' if found[_TOLD:] else ''}",
            "first link them to the work that was done, or void them",
        )


def resting_on(activity: KnownRecord, known: Known) -> Iterator[KnownRecord]:
    """Yield the products, re-surveys and areas that rest on an activity."""
    names = names_of(activity)
    for kind, field in RESTING.items():
        for record in known.records(kind):
            if record.body.get(field) in names:
                yield record


#: Records that a message names.
_TOLD = 5


def _named(record: KnownRecord) -> str:
    return f"{in_words(record.kind)} {record.local_id or record.record_id}"


def _codes_against(record: KnownRecord, activity: Mapping[str, Any], known: Known) -> list[str]:
    """The rules that some work breaks as that on which a record rests."""
    kind, status = activity["activity_type"], not_done(activity)
    found = [] if status is None else [f"activity_{status}"]
    if record.kind != "land_release_product":
        by_item = {"spot_task"} if record.kind == "hazardous_area" else set()
        changes_land = kind in SURVEYS_GROUND | by_item
        return found if changes_land else [*found, "resurvey_beyond_activity"]
    if record.body["method"] not in allowed_methods(kind):
        found.append("method_beyond_activity")
    area = lookup(known, "hazardous_area", record.body.get("area"))
    if area is not None:
        found += [said.code for said in against_work(record.body, activity, area, known)]
    return found
