"""Undo an import whose records were changed since: what it said goes, what others said stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from landrelease.domain.actions import RESTORED
from landrelease.domain.corrections import date_carried
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import check_body
from landrelease.domain.undoing import (
    FALLS,
    TakenBack,
    Version,
    rests_on,
    state_before,
    taken_back,
)
from landrelease.register import Record, Register, Stage
from landrelease.register.writer import Writer

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of records that were changed since the import.

    Attributes
    ----------
    taken_back, stands, fell : list of dict
        Each with ``record_id``, ``local_id``, ``kind`` and ``why``; those taken back with the
        ``fields`` of the import that are as before it, and those ``kept`` as changed since.
    """

    taken_back: list[Result] = field(default_factory=list)
    stands: list[Result] = field(default_factory=list)
    fell: list[Result] = field(default_factory=list)

    def as_dict(self) -> Result:
        """Return the lists by their names."""
        return {"taken_back": self.taken_back, "stands": self.stands, "fell": self.fell}


def settle(register: Register, writer: Writer, import_id: str, why: str) -> Undone:
    """Settle the records of an import, just voided, that others changed since.

    A version by hand is written again with what was before the import in the fields that nobody
    changed since. What the import brought and takes land away falls with it; what tells of a
    hazard stays, and is told.
    """
    done = Undone()
    for record_id in register.changed_since(import_id):
        stages = register.timeline(record_id)
        if stages:
            _Settling(register, writer, import_id, why, done).record(stages)
    return done


@dataclass(frozen=True, slots=True)
class _Settling:
    register: Register
    writer: Writer
    import_id: str
    why: str
    done: Undone

    def record(self, stages: list[Stage]) -> None:
        last = stages[-1].record
        versions = self._versions(last.record_id)
        said = [rests_on(versions[s.record.entry_id], self.import_id, versions) for s in stages]
        pairs = list(zip(stages, said, strict=True))
        free = [(s.effective_day, versions[s.record.entry_id]) for s, one in pairs if one is None]
        if not free:
            self._brought(last)
            return
        drafts = list(self._without(pairs, free))
        self.writer.append([draft for draft, _ in drafts])
        if pairs[-1][1] is None:
            if versions[last.entry_id].import_id is not None:
                self._tell(self.done.stands, last, "a later import says it")
        elif drafts and drafts[-1][0].supersedes == last.entry_id:
            back = drafts[-1][1]
            told = {"fields": list(back.fields), "kept": list(back.kept)}
            self._tell(self.done.taken_back, last, "it was changed since", **told)
        else:
            self._tell(self.done.stands, last, "nothing says what it was before the import")

    def _brought(self, record: Record) -> None:
        """A record that was not there before the import."""
        if record.kind in FALLS:
            reason = f"the import that brought it was undone: {self.why}"
            self.writer.void(record.record_id, reason, import_id=self.import_id)
            why = f"it was corrected since by {record.author}, and takes no land without the import"
            self._tell(self.done.fell, record, why)
        else:
            why = f"the import brought it, and {record.author} changed it since: void it by itself"
            self._tell(self.done.stands, record, why)

    def _without(
        self, pairs: list[tuple[Stage, Version | None]], free: list[tuple[int, Version]]
    ) -> Iterator[tuple[Draft, TakenBack]]:
        """Versions that rest on the import, once more without it; of one day only the last."""
        for at, (stage, said) in enumerate(pairs):
            later = pairs[at + 1 :]
            if said is None or (later and later[0][0].effective_day == stage.effective_day):
                continue
            before = state_before(said, stage.effective_day, free)
            if before is None:
                continue
            back = taken_back(before.body, said.body, stage.record.body)
            if back.fields or not later:
                yield self._draft(stage.record, back), back

    def _draft(self, version: Record, back: TakenBack) -> Draft:
        body = check_body(version.kind, back.body)
        return Draft(
            version.kind,
            RESTORED,
            body,
            version.record_id,
            date_carried(version.kind, version.body, body, version.occurred_on),
            source_id=version.source_id,
            quote=version.quote,
            reason=f"without what an import said that was undone: {self.why}",
            supersedes=version.entry_id,
        )

    def _versions(self, record_id: str) -> dict[str, Version]:
        return {
            e.entry_id: Version(
                e.entry_id, e.import_id, e.supersedes, e.recorded_at, json.loads(e.body)
            )
            for e in self.register.history(record_id)
        }

    def _tell(self, where: list[Result], record: Record, why: str, **more: Any) -> None:
        names = {"record_id": record.record_id, "local_id": record.local_id, "kind": record.kind}
        where.append({**names, "why": why, **more})
