"""What a row of a file makes of a record that stands: what it carries, and what the rules allow.

A file knows nothing of the fields that it does not carry, and a row dated before a later version
says nothing of today. Land follows `landrelease.domain.claims`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from landrelease.domain.actions import STATUS_AFTER, effect_of, period_of
from landrelease.domain.claims import held_back
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.kinds import check_body, kind_spec
from landrelease.domain.placing import Placing
from landrelease.register import Record, Register
from landrelease.services.times import today

Claim = Mapping[str, Any]


@dataclass
class Updating:
    """Lays rows of one import upon records; the state of land is read once.

    Attributes
    ----------
    mapping : Mapping
        As the import's own record keeps it: which fields the file carries.
    """

    register: Register
    mapping: Mapping[str, Any]
    _records: dict[str, list[Record]] = field(default_factory=dict)

    def standing(
        self, record_id: str, kind: str, body: Mapping[str, Any], on: str | None
    ) -> Record:
        """The version that a row speaks of: that of its own date, else the present one."""
        stages = self.register.timeline(record_id) if on is not None else []
        if not stages:
            return self.register.record(record_id)
        effect = effect_of(kind, "record.amended", body.get("status"))
        day = period_of(effect, on, today().isoformat()).effective_day
        begun = [stage.record for stage in stages if stage.effective_day <= day]
        return begun[-1] if begun else stages[0].record

    def update(self, draft: Draft, before: Record) -> Draft:
        """The version that a row asks for, with what the file does not carry as it was."""
        kept = {name: before.body[name] for name in self.silent_on(draft, before.body)}
        whole = check_body(draft.kind, {**draft.body, **kept})
        told = self._held_back(draft._replace(body=whole), before)
        left = self._claims_left(draft, before, told)
        return _with_claims(told, before, left, self._said_by(before, draft)) if left else told

    def _claims_left(self, draft: Draft, before: Record, told: Draft) -> list[Claim]:
        """Claims of earlier files on fields that this file says nothing of, and that still wait."""
        anew = {claim["field"] for claim in told.body.get("claims", ())}
        return [
            claim
            for claim in before.body.get("claims", ())
            if claim["field"] not in anew
            and self._is_silent_on(claim["field"], draft)
            and told.body.get(claim["field"]) != claim["value"]
        ]

    def _said_by(self, before: Record, draft: Draft) -> str | None:
        """The import that made the claims of a version; a row of this file has no entry yet."""
        if not before.entry_id:
            return draft.import_id
        said: str | None = None
        for entry in self.register.history(before.record_id):
            said = entry.import_id or said
            if entry.entry_id == before.entry_id:
                break
        return said

    def silent_on(self, draft: Draft, body: Mapping[str, Any]) -> set[str]:
        """Fields of a version that the file says nothing of, and leaves as they are."""
        return {name for name in body if name != "claims" and self._is_silent_on(name, draft)}

    def admit(self, draft: Draft) -> Draft:
        """A new record as it is taken: a fact of others, of which a re-survey takes no ground."""
        if draft.kind != "resurvey":
            return draft
        return self._held_back(draft._replace(body=check_body(draft.kind, draft.body)), None)

    def _held_back(self, draft: Draft, before: Record | None) -> Draft:
        # a re-survey is of its date, so the ground of that date is asked for
        known = self.register if draft.kind == "resurvey" else self
        return held_back(draft, before, known)

    def dated(self) -> bool:
        """Whether the file says when what it tells of happened."""
        return self.mapping.get("occurred_on") is not None

    def _is_silent_on(self, name: str, draft: Draft) -> bool:
        """Whether the file says nothing of a field; a default of the vocabulary says nothing."""
        if name in self._carried(draft.kind):
            return False
        if name == "status" and draft.action in STATUS_AFTER:
            return False
        known = kind_spec(draft.kind).fields.get(name)
        return name not in draft.body or (known is not None and known.default is not None)

    def _carried(self, kind: str) -> set[str]:
        own = self.mapping.get("kinds", {}).get(kind, {})
        return {
            *self.mapping.get("fields", {}),
            *own.get("fields", {}),
            *self.mapping.get("set", {}),
        }

    # --- what the rules look up

    def record(self, record_id: str, kind: str | None = None) -> Record:
        """Return a record by its id or local id."""
        return self.register.record(record_id, kind)

    def as_it_stood(self, record_id: str, as_of: str | None = None) -> Record:
        """Return a record as it stood on a date."""
        return self.register.as_it_stood(record_id, as_of)

    def records(self, kind: str) -> Iterator[Record]:
        """Iterate over the records of a kind that stand."""
        if kind not in self._records:
            self._records[kind] = list(self.register.records(kind))
        return iter(self._records[kind])

    def history(self, record_id: str) -> list[Entry]:
        """Return the versions of a record, oldest first."""
        return self.register.history(record_id)

    def placings(self, record_id: str, as_of: str | None = None) -> list[Placing]:
        """Return where the versions of an area put it."""
        return self.register.placings(record_id, as_of)

    def workflow_state(self, record_id: str) -> str | None:
        """Return where a record stands on its way to approval."""
        return self.register.workflow_state(record_id)

    def outlines(
        self, as_of: str | None = None, *, record_id: str | None = None
    ) -> Mapping[str, Any]:
        """Return what is left of the areas' ground now, whatever date is asked for."""
        return self._outlines

    @cached_property
    def _outlines(self) -> Mapping[str, Any]:
        return self.register.outlines()


def _with_claims(
    told: Draft, before: Record, left: Sequence[Claim], import_id: str | None
) -> Draft:
    """A version with claims that an earlier import made, each with that import's id."""
    anew = {claim["field"]: claim for claim in told.body.get("claims", ())}
    found = {claim["field"]: claim for claim in left} | anew
    order = [claim["field"] for claim in before.body["claims"]]
    claims = [found[name] for name in dict.fromkeys([*order, *found]) if name in found]
    if {**told.body, "claims": claims} != before.body:  # else nothing is new, and nothing written
        claims = [
            claim if claim["field"] in anew else {"import_id": import_id, **claim}
            for claim in claims
        ]
    return told._replace(body={**told.body, "claims": claims})


def own_claims(body: Mapping[str, Any]) -> list[Claim]:
    """Return the claims of the file that brought a version, without those of files before it."""
    return [claim for claim in body.get("claims", ()) if "import_id" not in claim]
