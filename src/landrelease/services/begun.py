"""An area that a file brings already ended: that it was a hazard before is told as well.

Its ending counts from the last day of its period, or from when it was recorded. Until then the
area is open: it gets a version without a date, which counts always, before the one that ends it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from landrelease.domain.actions import ENDED
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import kind_spec
from landrelease.register import Stage
from landrelease.services.recording import action_for


def begun(first: Draft) -> list[Draft]:
    """Return the first version of a record, after its opening where it tells of an ended area."""
    if first.kind != "hazardous_area" or first.body.get("status") not in ENDED:
        return [first]
    opening = first._replace(
        action=kind_spec(first.kind).first_action,
        body={**first.body, "status": "open"},
        occurred_on=None,
        source_row=None,  # the row says that it ended
    )
    ending = first._replace(action=action_for(first.kind, opening.body, first.body))
    return [opening, ending]


def without_opening(stages: Sequence[Stage], brought: Mapping[str, str | None]) -> Sequence[Stage]:
    """Return the versions of a record that some word told; an opening that `begun` made is none.

    Parameters
    ----------
    brought : Mapping
        By which import each version came.
    """
    if len(stages) == 1 or not _opens(stages[0], stages[1], brought):
        return stages
    return stages[1:]


def _opens(one: Stage, ending: Stage, brought: Mapping[str, str | None]) -> bool:
    first, then = one.record, ending.record
    ended = first.kind == "hazardous_area" and then.body.get("status") in ENDED
    if not ended or first.occurred_on is not None or first.body.get("status") in ENDED:
        return False
    by = brought.get(first.entry_id)
    return by is not None and by == brought.get(then.entry_id)
