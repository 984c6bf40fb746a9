"""Reading records and entries: what stands, what stood, and how it came about."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from landrelease.domain.canonical import body_sha256, text_sha256
from landrelease.domain.entries import Entry
from landrelease.domain.folding import folded
from landrelease.domain.kinds import kind_spec, kinds, link_fields
from landrelease.domain.known import names_of
from landrelease.domain.words import join
from landrelease.errors import NotFoundError
from landrelease.register import layers
from landrelease.register.blanking import in_json
from landrelease.register.connection import explained
from landrelease.register.contract import Record
from landrelease.register.dating import dates_of
from landrelease.register.former import FORMERLY
from landrelease.register.questions import Questions
from landrelease.register.state import FOREVER, NOW, VOID, ahead, bounds, standing
from landrelease.register.words import ENTRIES, ENTRY, TEXT, entry_of
from landrelease.register.workflow import Approval

RECORD = (
    "r.record_id, r.kind, e.entry_id, e.action, e.occurred_on, e.recorded_at, e.author, e.body,"
    f" e.source_id, e.quote, {TEXT}"
)
#: The parts of an entry's body: in the ledger, and among its words.
_KEPT, _SAID = "json_remove(e.body, '$.geometry')", f"({TEXT} -> '$.body')"

_HISTORY = (
    f"SELECT {ENTRY} FROM record AS r JOIN version AS v USING (record_no)"
    " JOIN entry AS e USING (entry_no) LEFT JOIN words AS w USING (entry_no)"
    " WHERE {} ORDER BY e.recorded_at, e.entry_id"
)

#: Fields in which an import lists records that its file lacked: that links it to none of them.
_LISTS = ("vanished", "held_up")

#: Records of a shared local id that an error lists.
_TOLD = 6


class Records(Questions):
    """The questions about records that an open register answers."""

    def record(self, record_id: str, kind: str | None = None) -> Record:
        """Return a record, of a kind if one is named, by its id or its local id.

        Raises
        ------
        NotFoundError
            There is none (``record_unknown``), or several that stand share the local id
            (``local_id_shared``).
        """
        record_id = record_id.strip()  # as local ids are kept
        found = self._all(
            "SELECT record_no, record_id = ?1, current_entry_no IS NOT NULL, kind, record_id"
            " FROM record WHERE (record_id = ?1 OR local_id = ?1) AND (?2 IS NULL OR kind = ?2)"
            " ORDER BY record_id = ?1 DESC, current_entry_no IS NULL",
            (record_id, kind),
        )
        if kind is not None or not found:
            # a link means the record, whatever it is called now; who asks for a name, its bearer
            found += self._formerly(record_id, kind) if not found or not found[0][1] else []
        alike = [row for row in found if row[2]]
        if len(alike) > 1 and not found[0][1]:
            which = ", ".join(f"{row[3]} {row[4]}" for row in alike[:_TOLD])
            raise NotFoundError(
                "local_id_shared",
                f"{len(alike)} records are called {record_id!r}, or were",
                f"give the record id of one: {which}",
            )
        if not found:
            raise NotFoundError(
                "record_unknown", f"there is no record {record_id!r}", "give its id or local id"
            )
        row = self._one(
            f"SELECT {RECORD}, r.current_entry_no IS NULL FROM record AS r"
            " JOIN entry AS e ON e.entry_no = coalesce(r.current_entry_no, (SELECT entry_no"
            " FROM version WHERE record_no = r.record_no AND role < 3"
            " ORDER BY effective_day DESC, recorded_us DESC, entry_id DESC LIMIT 1))"
            " WHERE r.record_no = ?",
            found[0][:1],
        )
        if row is None:
            raise NotFoundError("record_unknown", f"there is no record {record_id!r}")
        with explained(self.path):
            former = self._former.of(found[0][-1])
        return replace(record_of(row[:-1], voided=bool(row[-1])), former_ids=former)

    def _formerly(self, local_id: str, kind: str | None) -> list[tuple[Any, ...]]:
        """Records that stand and went by a local id before, as rows of `record`."""
        return self._all(
            f"SELECT record_no, 0, 1, kind, record_id FROM {FORMERLY} AND f.local_id = ?1"
            " AND (?2 IS NULL OR r.kind = ?2) ORDER BY record_no",
            (local_id, kind),
        )

    def as_it_stood(
        self, record_id: str, as_of: str | None = None, known_at: str | None = None
    ) -> Record:
        """Return a record as it stood at the dates asked for.

        Raises
        ------
        NotFoundError
            There is none (``record_unknown``), or it did not stand then (``record_not_then``).
        """
        record = self.record(record_id)
        if as_of is None and known_at is None:
            return record
        row = self._one(
            f"SELECT {RECORD} FROM ({standing('r.record_id = :record_id')}) AS s"
            " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)",
            {**bounds(as_of, known_at), "record_id": record.record_id},
        )
        if row is None:
            when = ", ".join(
                f"{word} {value}"
                for word, value in (("on", as_of), ("as known at", known_at))
                if value
            )
            raise NotFoundError(
                "record_not_then",
                f"{record_id!r} did not stand {when}",
                "its history says since when it stands",
            )
        return record_of(row)

    def records(
        self,
        kind: str,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        bbox: tuple[float, float, float, float] | None = None,
        statuses: Collection[str] | None = None,
    ) -> Iterator[Record]:
        """Iterate over the records of a kind as they stand at the dates asked for.

        Parameters
        ----------
        kind : str
            Name of a kind.
        as_of, known_at : str, optional
            Date in the world (`NOW`: without land that leaves in the future); moment of knowledge.
        bbox : tuple, optional
            West, south, east, north: only what stands in the layer now and touches this box.
        statuses : collection of str, optional
            Only what has one of these in the layer now; for kinds with a ``status``.
        """
        spec = kind_spec(kind)
        which, values = "r.kind = :kind", dict[str, Any]()
        if statuses is not None:
            which += (
                f' AND r.record_id IN (SELECT record_id FROM "{kind}"'
                " WHERE status IN (SELECT value FROM json_each(:statuses)))"
            )
            values["statuses"] = json.dumps(sorted(statuses))
        if bbox is not None and spec.has_geometry:
            which += f" AND r.record_id IN (SELECT l.record_id FROM {layers.touching(kind)})"
            values |= layers.sides(bbox)
        query = (
            f"SELECT {RECORD} FROM ({standing(which)}) AS s"
            " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)"
            " ORDER BY r.record_no"
        )
        with explained(self.path):
            former = self._former.all()
        for row in self._each(query, {**bounds(as_of, known_at), "kind": kind, **values}):
            record = record_of(row)
            called = former.get(record.record_id)
            yield replace(record, former_ids=tuple(called)) if called else record

    def workflow_state(self, record_id: str) -> str | None:
        """Return where a record stands on its way to approval; None where none is asked for."""
        return next(iter(self.workflow_states([self.record(record_id)]).values()), None)

    def workflow_states(self, records: Iterable[Record] | None = None) -> dict[str, str]:
        """Return the state of those records that are on their way to approval, or approved.

        Parameters
        ----------
        records : iterable of Record, optional
            Versions of records, such as those of a date; without it, all that stands.
        """
        with explained(self.path):
            approval = Approval.known_at(self._connection, FOREVER)
            return approval.current() if records is None else approval.of_versions(records)

    def asks_approval(self) -> bool:
        """Whether what is recorded from here on needs approval."""
        with explained(self.path):
            return Approval.known_at(self._connection, FOREVER).is_on

    def history(self, record_id: str) -> list[Entry]:
        """Return all entries of a record, oldest first.

        Raises
        ------
        NotFoundError
            There is no such record.
        """
        query = _HISTORY.format("r.record_id = ?1 OR r.local_id = ?1")
        found = self._all(query, (record_id,))
        if not found:
            raise NotFoundError("record_unknown", f"there is no record {record_id!r}")
        return [entry_of(row) for row in found]

    def histories(self, record_ids: Iterable[str]) -> dict[str, list[Entry]]:
        """Return all entries of each of the records, oldest first, by record id."""
        found: dict[str, list[Entry]] = defaultdict(list)
        query = _HISTORY.format("r.record_id IN (SELECT value FROM json_each(?))")
        for row in self._all(query, (json.dumps(list(record_ids)),)):
            entry = entry_of(row)
            found[entry.record_id].append(entry)
        return found

    def entries(
        self,
        *,
        kind: str | None = None,
        action: str | None = None,
        import_id: str | None = None,
        entry_id: str | None = None,
        since: str | None = None,
        after: int | None = None,
    ) -> Iterator[Entry]:
        """Iterate over the ledger in the order of arrival.

        Parameters
        ----------
        kind, action, import_id, entry_id : str, optional
            Only entries of these.
        since : str, optional
            Only entries that arrived at or after this moment: recorded here, or merged.
        after : int, optional
            Only entries that arrived when the ledger held so many; see `size`.
        """
        filters: dict[str, str | int | None]
        filters = {"kind = ?": kind, "action = ?": action, "import_id = ?": import_id}
        filters |= {"entry_id = ?": entry_id, "received_at >= ?": since}
        filters |= {"entry_no > ?": after}
        used = {clause: value for clause, value in filters.items() if value is not None}
        where = f" WHERE {' AND '.join(used)}" if used else ""
        query = f"SELECT {ENTRY} FROM {ENTRIES}{where} ORDER BY entry_no"
        for row in self._each(query, tuple(used.values())):
            yield entry_of(row)

    def size(self) -> int:
        """Return how many entries the ledger holds."""
        found = self._one("SELECT coalesce(max(entry_no), 0) FROM entry")
        return int(found[0]) if found else 0

    def ahead(self, as_of: str | None = None, known_at: str | None = None) -> int:
        """Return how many records take land away on a day to come: not yet, unless asked for it."""
        if as_of is not None:
            return 0
        return len(self._all(ahead(), bounds(NOW, known_at)))

    def not_yet(self) -> dict[str, Record | None]:
        """Return the records that take land away on a day to come, each as it counts until then.

        None stands for those that do not count at all yet. The layers hold what is recorded last.
        """
        today = bounds(NOW, None)
        later = {record_id: None for _, record_id in self._all(ahead(), today)}
        if not later:
            return {}
        which = "r.record_id IN (SELECT value FROM json_each(:ids))"
        query = (
            f"SELECT {RECORD} FROM ({standing(which)}) AS s"
            " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)"
        )
        rows = self._all(query, {**today, "ids": json.dumps(list(later))})
        return {**later, **{record.record_id: record for record in map(record_of, rows)}}

    def dates_of(self, entry_ids: Iterable[str]) -> dict[str, str]:
        """Return the date of each entry, of the nearest dated one that it corrects if it has none.

        Entries that nothing dates are left out.
        """
        return dict(self._all(dates_of("entry_id"), (json.dumps(list(entry_ids)),)))

    def entry_ids(self, ids: Iterable[str]) -> set[str]:
        """Return those of the entry ids that the ledger holds."""
        query = "SELECT entry_id FROM entry WHERE entry_id IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._all(query, (json.dumps(list(ids)),))}

    def contents(self, record_ids: Iterable[str]) -> Mapping[str, str | None]:
        """Return the SHA-256 of each record's current body text, None where none stands.

        `landrelease.domain.canonical.body_text` gives the text of a body that passed
        `check_body`, so an import tells added, changed and unchanged rows apart.
        """
        wanted = list(record_ids)
        found: dict[str, str | None] = dict.fromkeys(wanted)
        query = (
            f"SELECT r.record_id, r.kind, e.body, {TEXT} FROM record AS r"
            " JOIN entry AS e ON e.entry_no = r.current_entry_no"
            " WHERE r.record_id IN (SELECT value FROM json_each(?))"
        )
        personal = {}
        for record_id, kind, body, text in self._each(query, (json.dumps(wanted),)):
            if kind in kinds() and kind_spec(kind).personal:
                personal[record_id] = join(body, None, None, text).body
            elif text is None:
                found[record_id] = text_sha256(body)
            else:
                found[record_id] = body_sha256(join(body, None, None, text).body)
        return found | {key: body_sha256(b) for key, b in self._people.whole(personal).items()}

    def kinds_of(self, record_ids: Iterable[str]) -> Mapping[str, str]:
        """Return the kind of each record that is there, be it voided."""
        query = (
            "SELECT record_id, kind FROM record WHERE record_id IN (SELECT value FROM json_each(?))"
        )
        return {row[0]: row[1] for row in self._all(query, (json.dumps(list(record_ids)),))}

    def fallen(self, record_ids: Iterable[str]) -> Mapping[str, str]:
        """Return the kind of each record that is there and stands no more."""
        query = (
            "SELECT record_id, kind FROM record WHERE current_entry_no IS NULL"
            " AND record_id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._all(query, (json.dumps(list(record_ids)),)))

    def some(self, record_ids: Iterable[str]) -> list[Record]:
        """Return those of the records that stand now."""
        query = (
            f"SELECT {RECORD} FROM record AS r JOIN entry AS e ON e.entry_no = r.current_entry_no"
            " WHERE r.record_id IN (SELECT value FROM json_each(?)) ORDER BY r.record_no"
        )
        return [record_of(row) for row in self._all(query, (json.dumps(list(record_ids)),))]

    def brought_by(self, import_ids: Iterable[str]) -> set[str]:
        """Return the records that these imports brought or changed."""
        wanted = list(import_ids)
        if not wanted:
            return set()
        query = (
            "SELECT DISTINCT r.record_id FROM version AS v JOIN record AS r USING (record_no)"
            " WHERE v.import_no IN (SELECT record_no FROM record"
            " WHERE record_id IN (SELECT value FROM json_each(?)))"
        )
        return {row[0] for row in self._all(query, (json.dumps(wanted),))}

    def changed_since(self, import_id: str) -> list[str]:
        """Return the records of an import of which others wrote versions since, that count."""
        query = (
            "SELECT DISTINCT r.record_id FROM record AS i JOIN version AS b"
            " ON b.import_no = i.record_no JOIN record AS r ON r.record_no = b.record_no"
            " JOIN version AS v ON v.record_no = b.record_no AND v.recorded_us > b.recorded_us"
            f" AND v.import_no IS NOT b.import_no AND v.role < {VOID} AND v.voided_us IS NULL"
            " WHERE i.record_id = ? AND r.kind != 'import' ORDER BY r.record_no"
        )
        return [row[0] for row in self._all(query, (import_id,))]

    def bringers(self, record_ids: Iterable[str]) -> list[tuple[str, str]]:
        """Return the records that imports brought or changed, each with the id of the import."""
        query = (
            "SELECT DISTINCT r.record_id, i.record_id FROM record AS r"
            " JOIN version AS v USING (record_no) JOIN record AS i ON i.record_no = v.import_no"
            " WHERE r.record_id IN (SELECT value FROM json_each(?))"
        )
        return [(row[0], row[1]) for row in self._all(query, (json.dumps(list(record_ids)),))]

    def dates(self, record_ids: Iterable[str]) -> Mapping[str, str | None]:
        """Return when each record's current version happened, as its partial date."""
        query = (
            "SELECT r.record_id, e.occurred_on FROM record AS r"
            " JOIN entry AS e ON e.entry_no = r.current_entry_no"
            " WHERE r.record_id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._all(query, (json.dumps(list(record_ids)),)))

    def bringers_now(self, record_ids: Iterable[str]) -> Mapping[str, str | None]:
        """Return the import that brought the current version of each record; None by hand."""
        query = (
            "SELECT r.record_id, e.import_id FROM record AS r"
            " JOIN entry AS e ON e.entry_no = r.current_entry_no"
            " WHERE r.record_id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._all(query, (json.dumps(list(record_ids)),)))

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind stand now."""
        query = "SELECT kind, count(*) FROM record WHERE current_entry_no IS NOT NULL GROUP BY kind"
        return dict(self._all(query))

    def local_ids(self, kind: str) -> list[str]:
        """Return the local ids by which standing records of a kind go."""
        query = (
            "SELECT local_id FROM record WHERE kind = ? AND current_entry_no NOT NULL"
            " AND local_id NOT NULL ORDER BY record_no"
        )
        return [local_id for (local_id,) in self._all(query, (kind,))]

    def called(self, kind: str, local_ids: Iterable[str]) -> dict[str, list[str]]:
        """Return the standing records of a kind by their local id."""
        rows = self._all(
            "SELECT local_id, record_id FROM record WHERE kind = ? AND current_entry_no NOT NULL"
            " AND local_id IN (SELECT value FROM json_each(?)) ORDER BY record_no",
            (kind, json.dumps(list(local_ids))),
        )
        found: dict[str, list[str]] = {}
        for local_id, record_id in rows:
            found.setdefault(local_id, []).append(record_id)
        return found

    def linked_to(self, record_id: str) -> list[Record]:
        """Return records that name a record: by its id anywhere, by its local id in a link to it.

        Local ids are the source's: an accident and an area may both be called 12.
        """
        target = self.record(record_id)
        names = sorted(names_of(target))
        rows = self._all(
            f"SELECT {RECORD} FROM record AS r JOIN entry AS e ON e.entry_no = r.current_entry_no"
            " WHERE r.record_id != ?1 AND EXISTS (SELECT 1 FROM json_each(?3) AS n"
            f" WHERE instr(e.body, n.value) OR instr({TEXT}, n.value)) AND EXISTS (SELECT 1"
            f" FROM (VALUES ({_KEPT}), ({_SAID})) AS b, json_tree(b.column1) AS t"
            " WHERE t.atom IN (SELECT value FROM json_each(?2)) AND t.key != 'local_id')"
            " ORDER BY r.record_no",
            (target.record_id, json.dumps(names), json.dumps([in_json(name) for name in names])),
        )
        return [found for row in rows if _names(found := record_of(row), target)]

    def search(self, text: str, kind: str | None = None, *, most: int = 200) -> list[Record]:
        """Return records whose local id or body holds a text, whatever its capitals and accents."""
        rows = self._all(
            f"SELECT {RECORD} FROM record AS r JOIN entry AS e ON e.entry_no = r.current_entry_no"
            " WHERE (?2 IS NULL OR r.kind = ?2) AND (instr(folded(r.local_id), ?1)"
            f" OR instr(folded({_KEPT}), ?1)"
            f" OR (instr(folded({TEXT}), ?1) AND instr(folded({_SAID}), ?1)))"
            " ORDER BY r.local_id IS NULL, r.local_id LIMIT ?3",
            (folded(text), kind, most),
        )
        return [record_of(row) for row in rows]


def _names(record: Record, target: Record) -> bool:
    """Whether a body that holds a name of a record means that record."""
    for field in link_fields(record.kind, target.kind):
        value = record.body.get(field.name)
        if not names_of(target).isdisjoint(value if isinstance(value, list) else [value]):
            return True
    said = {name: value for name, value in record.body.items() if name not in _LISTS}
    return target.record_id in orjson.dumps(said).decode()


def record_of(row: Sequence[Any], *, voided: bool = False) -> Record:
    """Return the record of a row of the columns `RECORD`."""
    record_id, kind, entry_id, action, occurred_on, recorded_at, author, text = row[:8]
    source_id, quote, words = row[8:]
    body, quote, _ = join(text, quote, None, words)
    return Record(
        record_id,
        kind,
        body.get("local_id"),
        entry_id,
        action,
        occurred_on,
        recorded_at,
        author,
        body,
        source_id,
        quote,
        voided,
    )
