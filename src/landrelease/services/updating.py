"""What a row of a file makes of a record that stands: what it carries, and what the rules allow.

A file knows nothing of the fields that it does not carry, and a row dated before a later version
says nothing of today. What it says again beats no word by hand (`landrelease.domain.said`). Land
follows `landrelease.domain.claims`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from landrelease.domain.actions import STATUS_AFTER, effect_of, period_of
from landrelease.domain.claims import held_back
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.happenings import HAPPENINGS
from landrelease.domain.kinds import check_body, kind_spec
from landrelease.domain.placing import Placing
from landrelease.domain.said import Laid, Said, lay, open_claims, said_before, said_of_event
from landrelease.register import Record, Register, Stage
from landrelease.register.people import PRIVATE_PARTS
from landrelease.services.begun import without_opening
from landrelease.services.times import today
from landrelease.services.told import Spoken, Voided

Claim = Mapping[str, Any]


class Place(NamedTuple):
    """Where a row stands among the versions of its record.

    Attributes
    ----------
    record : Record
        The version that it speaks of, or that follows it if none was before.
    is_first : bool
        Whether it tells of a time before the record was known.
    later : sequence of Record
        The versions after it: where there are some, the row is of a past time.
    """

    record: Record
    is_first: bool = False
    later: Sequence[Record] = ()


@dataclass
class Updating:
    """Lays rows of one import upon records; the state of land is read once.

    Attributes
    ----------
    mapping : Mapping
        As the import's own record keeps it: which fields the file carries.
    layer : str
        The layer of the file.
    """

    register: Register
    mapping: Mapping[str, Any]
    layer: str
    _records: dict[str, list[Record]] = field(default_factory=dict)

    def standing(
        self, record_id: str, kind: str, body: Mapping[str, Any], on: str | None
    ) -> Record:
        """The version that a row speaks of: that of its own date, else the present one."""
        return self.place(record_id, kind, body, on).record

    def place(self, record_id: str, kind: str, body: Mapping[str, Any], on: str | None) -> Place:
        """Where a row stands among the versions of its record; without a date it is the last.

        So it is of an event: another date says when it was, not that it was otherwise before.
        """
        goes_on = on is not None and kind not in HAPPENINGS
        stages: Sequence[Stage] = self.register.timeline(record_id) if goes_on else ()
        if not stages:
            return Place(self.register.record(record_id))
        if len(stages) > 1:
            stages = without_opening(stages, self.brought_by(record_id))
        effect = effect_of(kind, "record.amended", body.get("status"))
        day = period_of(effect, on, today().isoformat()).effective_day
        begun = [stage.record for stage in stages if stage.effective_day <= day]
        later = [stage.record for stage in stages[len(begun) :]]
        return Place(begun[-1], later=later) if begun else Place(later[0], True, later)

    def said(self, record_id: str, kind: str, occurred_on: str | None) -> Said | None:
        """What files said last of a record, one of this layer if one spoke of it."""
        versions = self._spoken.versions(record_id)
        if kind in HAPPENINGS:
            return said_of_event(versions, self._spoken.of_layer)
        return said_before(versions, self._spoken.of_layer, occurred_on)

    def update(self, draft: Draft, place: Place, said: Said | None) -> Laid:
        """The version that a row asks for: as it was where the file is silent, or says it again."""
        before = place.record
        kept = {name: before.body[name] for name in self.silent_on(draft, before.body)}
        whole = check_body(draft.kind, {**draft.body, **kept})
        laid = Laid({name: value for name, value in whole.items() if name != "claims"})
        if said is not None:
            is_again = not self.is_news_of_date(draft.kind, draft.occurred_on, said)
            spoken = self.spoken_of(draft, {**before.body, **whole}, before.body)
            laid = lay(whole, before.body, said, spoken, is_again=is_again)
        asked = draft._replace(body=laid.body)
        told = self._held_back(asked, before, is_past=bool(place.later))
        anew = [*told.body.get("claims", ()), *laid.claims]
        left = self._claims_left(draft, before, {**told.body, "claims": anew})
        return replace(laid, body=self._with_claims(told, before, anew, left))

    def voided(self, record_ids: Iterable[str]) -> dict[str, Voided]:
        """Return those of the records that a person voided, and of which nothing was said since."""
        return self._spoken.voided(record_ids)

    def imports(self) -> frozenset[str]:
        """Return the imports of the layer that were not undone."""
        return self._spoken.of_layer

    def brought_by(self, record_id: str) -> Mapping[str, str | None]:
        """Return by which import each version of a record came; None by hand."""
        return {one.entry_id: one.by for one in self._spoken.versions(record_id)}

    def is_news_of_date(self, kind: str, occurred_on: str | None, said: Said | None) -> bool:
        """Whether a file that bears dates gives another one than it did before."""
        if said is None or not self.dated():
            return self.dated()
        if kind in HAPPENINGS and occurred_on is None:
            return False  # an empty cell takes no date back
        return occurred_on != said.occurred_on

    def date_of(self, draft: Draft, before: Record, said: Said | None) -> str | None:
        """The date of the version that a row makes; a person's word on it beats what it repeats."""
        if draft.kind not in HAPPENINGS or self.is_news_of_date(
            draft.kind, draft.occurred_on, said
        ):
            return draft.occurred_on
        return draft.occurred_on if draft.occurred_on == before.occurred_on else None

    def spoken_of(self, draft: Draft, names: Iterable[str], before: Mapping[str, Any]) -> list[str]:
        """Fields of which the file says something; the words about a person stand apart."""
        apart = PRIVATE_PARTS if kind_spec(draft.kind).personal else ()
        silent = self.silent_on(draft, before)
        left_out = {*apart, *silent, "claims", "local_id", "geometry_entered", "identity"}
        return [name for name in names if name not in left_out]

    def _claims_left(self, draft: Draft, before: Record, told: Mapping[str, Any]) -> list[Claim]:
        """Claims of earlier files on fields that this file says nothing of, and that still wait."""
        anew = {claim["field"] for claim in told["claims"]}
        return [
            claim
            for claim in before.body.get("claims", ())
            if claim["field"] not in anew
            and self._is_silent_on(claim["field"], draft)
            and told.get(claim["field"]) != claim["value"]
        ]

    def _with_claims(
        self, told: Draft, before: Record, anew: Sequence[Claim], left: Sequence[Claim]
    ) -> dict[str, Any]:
        """A version with its claims; those that an earlier import made get that import's id."""
        body = {name: value for name, value in told.body.items() if name != "claims"}
        found = {claim["field"]: claim for claim in [*left, *anew]}
        order = [claim["field"] for claim in before.body.get("claims", ())]
        claims = [found[name] for name in dict.fromkeys([*order, *found]) if name in found]
        if not claims:
            return body
        if left and {**body, "claims": claims} != before.body:  # else nothing is written
            made = {"import_id": self._said_by(before, told)}
            others = {claim["field"] for claim in left}
            claims = [{**made, **one} if one["field"] in others else one for one in claims]
        return {**body, "claims": claims}

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

    def begin(self, draft: Draft, after: Record) -> Draft:
        """A row of before all versions: as it would have come first, where the record lies now."""
        places = ("geometry", *kind_spec(draft.kind).needs_place)
        if not any(draft.body.get(name) not in (None, "") for name in places):
            kept = {name: after.body[name] for name in places if after.body.get(name)}
            draft = draft._replace(body={**draft.body, **kept})
        return self.admit(draft._replace(body=check_body(draft.kind, draft.body)))

    def admit(self, draft: Draft) -> Draft:
        """A new record as it is taken: a fact of others, of which a re-survey takes no ground."""
        if draft.kind != "resurvey":
            return draft
        return self._held_back(draft._replace(body=check_body(draft.kind, draft.body)), None)

    def _held_back(self, draft: Draft, before: Record | None, *, is_past: bool = False) -> Draft:
        # a re-survey, and what is told late, is of its date: the ground of that date is asked for
        known = self.register if is_past or draft.kind == "resurvey" else self
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
    def _spoken(self) -> Spoken:
        return Spoken(self.register, self.layer)

    @cached_property
    def _outlines(self) -> Mapping[str, Any]:
        return self.register.outlines()


def own_claims(body: Mapping[str, Any]) -> list[Claim]:
    """Return the open claims of the file that brought a version, without those of files before."""
    return [claim for claim in open_claims(body) if "import_id" not in claim]
