"""A file of an earlier month that comes after a later one: the later is read again in its light.

What a file says of an area may be held back by the rules, since ground was there that it leaves
out. Where that ground becomes known only afterwards, the later file's version is laid upon it once
more, so that the state does not depend on the order in which the two came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from landrelease.domain.claims import held_back
from landrelease.domain.corrections import date_carried
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import check_body
from landrelease.domain.known import shape_of
from landrelease.domain.said import open_claims
from landrelease.register import Record
from landrelease.services.recording import action_for
from landrelease.services.updating import Updating

Body = Mapping[str, Any]


def read_again(updating: Updating, told: Draft, later: Sequence[Record]) -> Iterator[Draft]:
    """Yield later versions of files that change because of what is told of an area before them.

    Parameters
    ----------
    told : Draft
        The late row's version.
    later : sequence of Record
        The versions after it. One of a person ends the reading.
    """
    if told.kind != "hazardous_area" or not later:
        return
    by = updating.brought_by(later[0].record_id)
    before = _as_record(told)
    for version in later:
        if by.get(version.entry_id) is None:
            return
        again = _laid(version, before, told.import_id, updating)
        if _is_same(again.body, version.body):
            return
        yield again
        before = _as_record(again)


def _laid(version: Record, before: Record, import_id: str | None, updating: Updating) -> Draft:
    said = {claim["field"]: claim["value"] for claim in version.body.get("claims", ())}
    body = {name: value for name, value in {**version.body, **said}.items() if name != "claims"}
    draft = Draft(
        version.kind,
        version.action,
        check_body(version.kind, body),
        version.record_id,
        version.occurred_on,
        import_id=import_id,
        supersedes=version.entry_id,
    )
    held = held_back(draft, before, _Then(updating, before))
    on = date_carried(version.kind, version.body, held.body, version.occurred_on)
    return held._replace(action=action_for(version.kind, before.body, held.body), occurred_on=on)


class _Then(Updating):
    """What was known when an area was as it is told now: its ground is that of its outline."""

    def __init__(self, updating: Updating, area: Record) -> None:
        super().__init__(updating.register, updating.mapping, updating.layer)
        self._area = area

    def outlines(
        self, as_of: str | None = None, *, record_id: str | None = None
    ) -> Mapping[str, Any]:
        """Return what is left of the areas' ground, of this area the ground of then."""
        shape = shape_of(self._area.body)
        found = super().outlines(as_of, record_id=record_id)
        return found if shape is None else {**found, self._area.record_id: shape}


def _is_same(again: Body, version: Body) -> bool:
    """Whether two versions say the same; the words of a rule may tell other square metres."""
    return _without_claims(again) == _without_claims(version) and _claimed(again) == _claimed(
        version
    )


def _without_claims(body: Body) -> Body:
    return {name: value for name, value in body.items() if name != "claims"}


def _claimed(body: Body) -> set[str]:
    return {claim["field"] for claim in open_claims(body)}


def _as_record(draft: Draft) -> Record:
    body = check_body(draft.kind, draft.body)
    return Record(
        str(draft.record_id), draft.kind, body.get("local_id"), "", draft.action,
        draft.occurred_on, "", "", body,
    )  # fmt: skip
