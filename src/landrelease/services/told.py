"""The versions of a record as files and persons told them, without what was undone."""

from __future__ import annotations

import json
from collections.abc import Iterator

from landrelease.domain.entries import Entry
from landrelease.domain.said import Told
from landrelease.register import Register

_VOIDED = "record.voided"


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
        return [
            Told(one.entry_id, by, json.loads(one.body), one.occurred_on, one.supersedes)
            for one, by in self._standing(self._register.history(record_id))
            if one.action != _VOIDED
        ]

    def voiding(self, record_id: str) -> Entry | None:
        """Return the entry by which a person voided a record, if nothing was said of it since.

        One that fell with an import that was undone was voided by nobody.
        """
        last: Entry | None = None
        for one, _ in self._standing(self._register.history(record_id)):
            last = one
        by_hand = last is not None and last.action == _VOIDED and last.import_id is None
        return last if by_hand else None

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
