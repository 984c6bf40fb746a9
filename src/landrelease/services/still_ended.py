"""Areas that a person calls open and that a later ending keeps closed: never in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from landrelease.domain.actions import ENDED
from landrelease.domain.known import in_words
from landrelease.register import Register


def still_ended(
    register: Register, said: Mapping[int, tuple[str, str, Mapping[str, Any]]]
) -> Iterator[dict[str, Any]]:
    """Yield a warning for each entry that says of an area that it is open, where it stays ended.

    Parameters
    ----------
    said : Mapping
        Number of an entry → its record, kind and body as given.

    Yields
    ------
    dict
        ``{"entry", "record_id", "code", "severity", "message"}``
    """
    for number, (record_id, kind, body) in said.items():
        if kind != "hazardous_area" or body.get("status") != "open":
            continue
        last = register.timeline(record_id)[-1]
        status = last.record.body["status"]
        if status in ENDED:
            since = date.fromordinal(last.effective_day).isoformat()
            yield {
                "entry": number,
                "record_id": record_id,
                "code": "area_stays_ended",
                "severity": "warning",
                "message": f"the area stays {in_words(status)}, which counts from {since}, after"
                " what is recorded here; give the reopening that later day if it was later",
            }
