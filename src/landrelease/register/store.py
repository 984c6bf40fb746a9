"""The register in one GeoPackage file: `create_register`, `open_register`, `Register`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import time_ns
from types import TracebackType
from typing import TYPE_CHECKING, Any

import shapely

from landrelease.domain.actions import ENDED
from landrelease.domain.districts import Districts
from landrelease.domain.entries import Draft
from landrelease.domain.ids import EntryIds
from landrelease.domain.land import AreaState, AreasTold, Balance, Conflict
from landrelease.domain.placing import Placing
from landrelease.domain.progress import Progress
from landrelease.domain.releases import Release
from landrelease.errors import NotFoundError, RegisterError, UsageError
from landrelease.register import (
    apart,
    districts,
    doubts,
    identity_check,
    land,
    meant,
    near,
    outlines,
    outside,
    quarantine,
    releases,
    vocabulary,
)
from landrelease.register.connection import connect, explained, reading, transaction
from landrelease.register.contract import (
    Head,
    OutsideEdit,
    Record,
    RegisterInfo,
    Stage,
    Store,
    Verification,
)
from landrelease.register.former import FormerIds
from landrelease.register.held import fields_held
from landrelease.register.identities import Identities
from landrelease.register.inquired import Asked, inquired
from landrelease.register.kept import Kept
from landrelease.register.layer_records import LayerRecords
from landrelease.register.parted import Parted
from landrelease.register.people import people_path
from landrelease.register.placings import placings_of
from landrelease.register.rebuilding import rebuild
from landrelease.register.records import RECORD, record_of
from landrelease.register.state import bounds, bounds_or_now
from landrelease.register.timeline import timeline
from landrelease.register.undone_conflicts import brought_by_undone
from landrelease.register.unplaced import still_unplaced, unplaced_areas
from landrelease.register.verification import verify
from landrelease.register.voided import voided_ones
from landrelease.register.writer import Writer


def now_us() -> int:
    """Return microseconds since 1970."""
    return time_ns() // 1000


class Register(LayerRecords, Kept, Identities):
    """An open register; use it as a context manager, or call `close`.

    Only one thread at a time may use an instance; open the file again for another thread.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, clock: Callable[[], int] = now_us
    ) -> None:
        super().__init__(path, connection)
        self._clock = clock
        self._ids = EntryIds()

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        vocabulary.leave(self)
        self._connection.close()

    # --- writing

    @contextmanager
    def write(self, author: str) -> Iterator[Writer]:
        """Open one transaction in the name of a person: all of it is written, or nothing.

        Raises
        ------
        UsageError
            The name is empty.
        RegisterError
            Another program writes, the disk is full, the file is read-only.
        """
        if not author.strip():
            raise UsageError("author_missing", "who writes?", "give --by NAME")
        with transaction(self._connection, self.path):
            self._connection.execute("UPDATE control SET own_write = 1")
            identity_check.settle(self._connection, self._people)
            replica = self.info().replica
            writer = Writer(self._connection, replica, author, self._clock, self._ids, self._people)
            yield writer
            self._connection.execute("UPDATE control SET own_write = 0")
            writer.write_names()
        writer.take_in_names()

    def rebuild(self) -> None:
        """Make layers and derived tables anew from the ledger."""
        with transaction(self._connection, self.path):
            self._connection.execute("INSERT OR REPLACE INTO control VALUES (1, 1)")
            self._connection.execute("DELETE FROM control WHERE id != 1")
            rebuild(self._connection)
            self._connection.execute("UPDATE control SET own_write = 0")
        self._former = FormerIds(self._connection)

    # --- what it says of itself

    def info(self) -> RegisterInfo:
        """Return what the register says of itself."""
        row = self._one(
            "SELECT register_id, name, country, bbox, replica, schema_version, created_at"
            " FROM register_info"
        )
        assert row is not None
        bbox = tuple(json.loads(row[3])) if row[3] else None
        return RegisterInfo(row[0], row[1], row[2], bbox, row[4], row[5], row[6])

    def revision(self) -> str:
        """Return a text that changes with every entry, for caches."""
        return "-".join(sorted(head.hash[:16] for head in self.heads())) or "empty"

    def heads(self) -> list[Head]:
        """Return the last entry of each chain; two of one replica are a fork."""
        rows = self._all("SELECT replica, seq, hash FROM head ORDER BY replica, seq, hash")
        return [Head(*row) for row in rows]

    def verify(self, head: str | None = None) -> Verification:
        """Check every hash, chain, layer and derived table.

        Parameters
        ----------
        head : str, optional
            A hash printed on a report or backup, to be found in the tree.
        """
        with reading(self._connection, self.path):
            return verify(self._connection, self._people, head)

    # --- land

    def areas(self, as_of: str | None = None, known_at: str | None = None) -> list[AreaState]:
        """Return the state of every hazardous area at the dates asked for."""
        with reading(self._connection, self.path):
            return land.areas(self._connection, as_of, known_at)

    def areas_told(self, as_of: str | None = None, known_at: str | None = None) -> AreasTold:
        """Return what `areas`, `not_released` and `unplaced_areas` return, by one reading."""
        with reading(self._connection, self.path):
            return land.areas_told(self._connection, as_of, known_at)

    def balance(
        self, as_of: str | None = None, known_at: str | None = None, scope: str | None = None
    ) -> Balance:
        """Return the account of square metres of an area, a district or the country (None)."""
        with reading(self._connection, self.path):
            return land.balance(self._connection, as_of, known_at, scope)

    def balance_by_district(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> list[Balance]:
        """Return one account per district, cut at its border, and one for land in none."""
        with reading(self._connection, self.path):
            return land.balance_by_district(self._connection, as_of, known_at)

    def districts(self, as_of: str | None = None, known_at: str | None = None) -> Districts:
        """Return the administrative units, with their ground divided among them."""
        with reading(self._connection, self.path):
            return districts.districts_at(self._connection, as_of, known_at)

    def district_codes(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> Mapping[str, str]:
        """Return the P-codes of districts that areas give, by record id."""
        with reading(self._connection, self.path):
            return districts.coded(self._connection, bounds(as_of, known_at))

    def released(
        self,
        as_of: str | None = None,
        known_at: str | None = None,
        wanted: Collection[str] | None = None,
    ) -> list[Release]:
        """Return the ground that each product took, those of no area with it, apart."""
        with reading(self._connection, self.path):
            return releases.released(self._connection, as_of, known_at, wanted)

    def outlines(
        self,
        as_of: str | None = None,
        known_at: str | None = None,
        *,
        record_id: str | None = None,
    ) -> dict[str, shapely.Geometry]:
        """Return what is left of each area's ground, or of one's, or its point, by record id."""
        with reading(self._connection, self.path):
            wanted = None if record_id is None else {record_id}
            return outlines.remaining(self._connection, as_of, known_at, wanted)

    def remaining(self, record_ids: Collection[str]) -> dict[str, shapely.Geometry]:
        """Return the same of several areas as they stand now."""
        with reading(self._connection, self.path):
            return outlines.remaining(self._connection, None, None, record_ids)

    def drawn(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> dict[str, shapely.Geometry]:
        """Return each area's outline (latest survey and products), or its point, by record id."""
        with reading(self._connection, self.path):
            return outlines.drawn(self._connection, as_of, known_at)

    def redrawn(
        self,
        as_of: str | None = None,
        known_at: str | None = None,
        *,
        wanted: Collection[str] | None = None,
    ) -> dict[str, shapely.Geometry]:
        """Return the outlines of areas whose own record holds another polygon, by record id.

        ``wanted`` are record ids of the areas to look at, None for all.
        """
        with reading(self._connection, self.path):
            return outlines.redrawn(self._connection, as_of, known_at, wanted)

    def unplaced_areas(self, as_of: str | None = None, known_at: str | None = None) -> list[str]:
        """Return the areas that no map shows, save those that ended with nothing left, by id."""
        with reading(self._connection, self.path):
            found = unplaced_areas(self._connection, bounds_or_now(as_of, known_at))
        ended = [plot.record_id for plot in found if plot.status in ENDED]
        left = self.not_released(as_of, known_at, ended) if ended else {}
        return still_unplaced(found, left)

    def places_beside(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> dict[str, shapely.Geometry]:
        """Return the places, off their outlines, that hold of areas while a polygon waits."""
        with reading(self._connection, self.path):
            return outlines.places_beside(self._connection, as_of, known_at)

    def placings(self, record_id: str, as_of: str | None = None) -> list[Placing]:
        """Return where the versions of an area put it, in the order in which they count."""
        with reading(self._connection, self.path):
            return placings_of(self._connection, record_id, bounds(as_of, None))

    def conflicts(self, as_of: str | None = None, known_at: str | None = None) -> list[Conflict]:
        """Return what contradicts itself and waits for a person."""
        with reading(self._connection, self.path):
            return land.list_conflicts(self._connection, as_of, known_at)

    def not_released(
        self,
        as_of: str | None = None,
        known_at: str | None = None,
        wanted: Collection[str] | None = None,
    ) -> dict[str, Conflict]:
        """Return areas that are closed or handed over with land not released, by record id.

        No status releases land: whoever shows such an area says so beside it. ``wanted`` are
        record ids of the areas to look at, None for all.
        """
        with reading(self._connection, self.path):
            return land.not_released(self._connection, as_of, known_at, wanted)

    def meant(self, words: str) -> Record:
        """Return the record that a person means by an id, or by what they read or typed of it.

        Raises
        ------
        NotFoundError
            As `record`; also where several records may be meant (``record_ambiguous``).
        """
        try:
            return self.record(words)
        except NotFoundError as unknown:
            if unknown.code != "record_unknown":
                raise
            with explained(self.path):
                record_id = meant.meant_by(self._connection, words)
            if record_id is None:
                raise
        return self.record(record_id)

    def local_ids_of(self, record_ids: Iterable[str]) -> dict[str, str]:
        """Return the local ids of those of the records that have one."""
        with explained(self.path):
            return meant.local_ids_of(self._connection, record_ids)

    def voided(self, kind: str) -> list[str]:
        """Return the records of a kind that stand no more and were not voided with an import."""
        with explained(self.path):
            return voided_ones(self._connection, kind)

    def in_doubt(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> dict[str, tuple[str, ...]]:
        """Return the codes of what puts released land in doubt, by area's or product's record id.

        Whoever shows such land says so beside its status; see `landrelease.domain.doubt`.
        """
        with reading(self._connection, self.path):
            return doubts.in_doubt(self._connection, as_of, known_at)

    def inquired(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> dict[str, tuple[Asked, ...]]:
        """Return what each inquiry asks about that is open, or whose closing waits, by its id."""
        with reading(self._connection, self.path):
            return inquired(self._connection, bounds_or_now(as_of, known_at))

    def near(
        self,
        longitude: float,
        latitude: float,
        radius_m: float = 500.0,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> list[tuple[Record, float]]:
        """Return what stands within a distance of a point, nearest first, with metres.

        Areas count with their whole outline. With a date the bounds of every record of it
        are looked at; without one the spatial index says which come near, and what takes land
        away on a day to come is as it counts until then.
        """
        place = near.Place(longitude, latitude, radius_m)
        with reading(self._connection, self.path):
            if as_of is None and known_at is None:
                later = self.not_yet()
                found = near.within(self._connection, place)
                stand = ((later.get(key, self.record(key)), metres) for key, metres in found)
                return [(record, metres) for record, metres in stand if record is not None]
            then = near.within_at(self._connection, place, as_of, known_at)
            return [(self.as_it_stood(key, as_of, known_at), metres) for key, metres in then]

    def parted(self, kinds: Collection[str]) -> Parted:
        """Return the versions of some kinds that copies wrote apart."""
        with reading(self._connection, self.path):
            return Parted(self._connection, kinds)

    def changed_apart(self) -> list[Conflict]:
        """Return the conflicts of records that two people changed apart."""
        with reading(self._connection, self.path):
            return list(apart.changed_apart(self._connection))

    def brought_by_undone(self) -> list[tuple[str, str]]:
        """Return products and re-surveys that stand upon imports undone in a copy, with those."""
        with reading(self._connection, self.path):
            return brought_by_undone(self._connection)

    def fields_held(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> dict[str, dict[str, Any]]:
        """Return what was approved, and holds, of areas of which a lesser version waits, by id."""
        with reading(self._connection, self.path):
            return fields_held(self._connection, bounds_or_now(as_of, known_at))

    def contested_m2(self, as_of: str | None = None, known_at: str | None = None) -> float:
        """Return the m² both released by a product without area and still in an area.

        Every place counts once, where the conflicts of `conflicts` count it for each pair.
        """
        with reading(self._connection, self.path):
            return land.contested_m2(self._connection, as_of, known_at)

    def progress(self, as_of: str | None = None, known_at: str | None = None) -> list[Progress]:
        """Return what activities report in m², beside what their products measure."""
        with reading(self._connection, self.path):
            return land.work_progress(self._connection, as_of, known_at)

    def timeline(self, record_id: str) -> list[Stage]:
        """Return the versions of a record that count, in the order in which they take effect."""
        with reading(self._connection, self.path):
            return timeline(self._connection, record_id)

    def undated(self) -> list[Record]:
        """Return areas, re-surveys and products that stand now and that nothing dates."""
        rows = self._all(
            f"SELECT {RECORD} FROM record AS r JOIN entry AS e ON e.entry_no = r.current_entry_no"
            " WHERE r.kind IN ('hazardous_area', 'resurvey', 'land_release_product')"
            " AND e.occurred_on IS NULL ORDER BY r.record_no"
        )
        return [record_of(row) for row in rows]

    def not_shown(self) -> dict[str, int]:
        """Return how many hazards no map shows, by the reason.

        ``quarantined`` rows wait to be mended; ``without_geometry`` areas are known by words or a
        stated figure only.
        """
        waiting = self._one(
            "SELECT count(*) FROM quarantine"
            f" WHERE {quarantine.WAITING} AND kind = 'hazardous_area'"
        )
        return {
            "quarantined": waiting[0] if waiting else 0,
            "without_geometry": self.unplaced("hazardous_area"),
        }

    # --- edits by other programs

    def outside_edits(self) -> list[OutsideEdit]:
        """Return edits made by other programs that nobody has reviewed."""
        with reading(self._connection, self.path):
            return outside.pending(self._connection)

    def adoption(self, edit_id: int, reason: str) -> Draft:
        """Return what adopting an edit by another program would write."""
        with reading(self._connection, self.path):
            edit = outside.one(self._connection, edit_id)
            return outside.adoption(self._connection, edit, reason)

    # --- copies

    def snapshot(self) -> bytes:
        """Return the whole file as bytes, for programs that carry their own SQLite."""
        with explained(self.path):
            return self._connection.serialize()

    def backup(self, destination: Path | str) -> Path:
        """Copy the register while it is in use; return where the copy stands.

        Raises
        ------
        RegisterError
            Something stands at the destination, or it cannot be written.
        """
        destination = Path(destination)
        for file in (destination, people_path(destination)):
            if file.exists():
                raise RegisterError("backup_exists", f"{str(file)!r} exists", "choose another path")
        try:
            self._copy_to(destination)
            self._people.backup(destination)
        except BaseException:  # half a backup is none, and would stand in the way of the next
            destination.unlink(missing_ok=True)
            people_path(destination).unlink(missing_ok=True)
            raise
        return destination

    def _copy_to(self, destination: Path) -> None:
        copy = connect(destination, create=True)
        try:
            with explained(destination):
                self._connection.backup(copy)
        finally:
            copy.close()


if TYPE_CHECKING:
    _KEEPS_THE_CONTRACT: type[Store] = Register
