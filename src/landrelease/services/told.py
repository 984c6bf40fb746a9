"""The versions of a record as files and persons told them, without what was undone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from landrelease.domain.entries import Entry
from landrelease.domain.said import Told
from landrelease.register import Register

_VOIDED = "record.voided"


class Voided(NamedTuple):
    """The entry by which a person voided a record, and what was told of it last before."""

    entry: Entry
    last: Told | None


class Spoken:
    """What imports of a layer and of others said of records, and persons between them.

    Attributes
    ----------
    of_layer : frozenset of str
        Imports of the layer that were not undone.
    """

    def __init__(self, register: Register, layer: str) -> None:
        self._register = register
        imports = list(register.records("import"))
        self._undone = {one.record_id for one in imports if one.action == "import.voided"}
        named = {one.record_id for one in imports if one.body.get("layer") == layer}
        self.of_layer = frozenset(named - self._undone)

    def versions(self, record_id: str) -> list[Told]:
        """Return the versions of a record, oldest first; none of a record that is not there."""
        return self._told(self._register.history(record_id))

    def _told(self, entries: list[Entry]) -> list[Told]:
        return [
            Told(one.entry_id, by, json.loads(one.body), one.occurred_on, one.supersedes)
            for one, by in self._standing(entries)
            if one.action != _VOIDED
        ]

    def voided(self, record_ids: Iterable[str]) -> dict[str, Voided]:
        """Return those of the records that a person voided, and of which nothing was said since.

        One that fell with an import that was undone was voided by nobody.
        """
        found: dict[str, Voided] = {}
        for record_id, entries in self._register.histories(record_ids).items():
            *_, (last, _) = [(None, None), *self._standing(entries)]
            if last is not None and last.action == _VOIDED and last.import_id is None:
                told = self._told(entries)
                found[record_id] = Voided(last, told[-1] if told else None)
        return found

    def _standing(self, entries: list[Entry]) -> Iterator[tuple[Entry, str | None]]:
        """Entries that no undone import brought, each with the import whose row it is.

        What a person corrected of an earlier date is written into later versions under the name of
        their import; these words are the person's.
        """
        rows: set[tuple[str | None, int | None]] = set()
        for one in entries:
            if one.import_id in self._undone and one.action != _VOIDED:
                continue
            row = one.import_id, one.source_row
            yield one, None if row in rows else one.import_id
            rows.add(row)
