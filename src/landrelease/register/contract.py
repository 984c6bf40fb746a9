"""What a register promises, whatever it is stored in: the records it hands out, and `Store`.

One test suite runs on every store; a store is right when the suite cannot tell it from another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from shapely import Geometry

from landrelease.domain.districts import Districts
from landrelease.domain.entries import Draft, Entry
from landrelease.domain.kinds import kind_spec
from landrelease.domain.land import AreaState, AreasTold, Balance, Conflict
from landrelease.domain.releases import Release


@dataclass(frozen=True, slots=True)
class RegisterInfo:
    """What the register says of itself; ``bbox`` is west, south, east, north in degrees."""

    register_id: str
    name: str
    country: str | None
    bbox: tuple[float, float, float, float] | None
    replica: str
    schema_version: int
    created_at: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands at the dates asked for.

    ``former_ids`` are local ids by which it went before and no other record goes or went: links by
    them mean it.
    """

    record_id: str
    kind: str
    local_id: str | None
    entry_id: str
    action: str
    occurred_on: str | None
    recorded_at: str
    author: str
    body: Mapping[str, Any]
    source_id: str | None = None
    quote: str | None = None
    voided: bool = False
    former_ids: tuple[str, ...] = ()


#: Said of a row about a person where the file of identities, which holds its words, is not at hand.
_ELSEWHERE = {
    "code": "columns_withheld",
    "severity": "error",
    "message": "the row and its problems stand in the file of identities, which is not here",
}


class Stage(NamedTuple):
    """A version of a record, and the ordinal day from which it counts."""

    effective_day: int
    record: Record


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A row that was read but not accepted, waiting to be mended.

    Attributes
    ----------
    row : int
        Data row of its file, counted from 1.
    raw : Mapping
        The row as read.
    issues : tuple of Mapping
        ``code``, ``severity`` and ``message`` of each problem.
    """

    import_id: str
    layer: str
    row: int
    kind: str
    identity: str
    raw: Mapping[str, Any]
    issues: tuple[Mapping[str, Any], ...]
    local_id: str | None = None
    quarantine_id: int | None = None

    @property
    def token(self) -> str:
        """The row's own mark in a file of rows to be mended: its import and its number."""
        return f"{self.import_id[:8]}-{self.quarantine_id}"

    @property
    def private(self) -> bool:
        """Whether it may be about a person: its kind is personal, or nobody knows its kind."""
        return not self.kind or kind_spec(self.kind).personal

    @property
    def worst(self) -> Mapping[str, Any]:
        """The problem that keeps the row out: its first error, else its first problem."""
        errors = (issue for issue in self.issues if issue["severity"] == "error")
        return next(errors, self.issues[0] if self.issues else _ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a replica's chain."""

    replica: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that `verify` found, and where."""

    code: str
    id: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found; ``forks`` are named, but no fault.

    Nor is it a fault that ``identities_absent``, which entries name, stand in no second file here:
    a register is handed over without it. Whoever did not do so has lost them.
    """

    entries: int
    heads: tuple[Head, ...]
    problems: tuple[Problem, ...]
    outside_edits: int
    forks: tuple[Head, ...] = field(default=())
    identities_absent: int = 0

    @property
    def ok(self) -> bool:
        """Whether every hash, chain and layer is as it must be."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """Return what ``verify --json`` prints."""
        return {
            "ok": self.ok,
            "entries": self.entries,
            "heads": [asdict(head) for head in self.heads],
            "forks": [asdict(head) for head in self.forks],
            "problems": [asdict(problem) for problem in self.problems],
            "outside_edits": self.outside_edits,
            "identities_absent": self.identities_absent,
        }


@dataclass(frozen=True, slots=True)
class OutsideEdit:
    """A change that another program made to a layer; waits for a person's review."""

    edit_id: int
    layer: str
    operation: str
    record_id: str | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    edited_at: str
    fid: int | None = None


class Writing(Protocol):
    """One transaction: all of it is written, or nothing."""

    def append(self, drafts: Iterable[Draft]) -> list[Entry]:
        """Append entries to the ledger and bring the layers up to date."""

    def take_steps(self, drafts: Iterable[Draft]) -> list[Entry]:
        """Append what a second person says of records, once the workflow has let it through."""

    def adopt(self, entries: Iterable[Entry], texts: Mapping[str, str] = ...) -> int:
        """Take in entries of another register of the same tree; return how many were new."""

    def void(self, record_id: str, reason: str, import_id: str | None = None) -> Entry:
        """Take a record out of the state, with a reason; it stays in the ledger."""

    def void_import(self, import_id: str, reason: str) -> Entry:
        """Undo an import as one act."""

    def store_document(self, source_id: str, raw: bytes, text: str, *, name: str) -> None:
        """Keep a source's bytes and text."""

    def store_attachment(self, raw: bytes, *, name: str) -> str:
        """Keep an attached file once, by its hash; return its SHA-256."""

    def quarantine(self, rows: Iterable[QuarantineRow]) -> str:
        """Keep rows that could not be accepted."""

    def resolve_quarantine(self, ids: Iterable[int], import_id: str) -> None:
        """Mark quarantined rows as mended by an import."""

    def put_identity(self, fields: Mapping[str, Any]) -> str:
        """Keep a person's identity apart; return its opaque id."""

    def erase_identity(self, identity_id: str, reason: str) -> list[Entry]:
        """Erase a person's identity for good."""

    def adopt_edit(self, edit_id: int, reason: str) -> Entry:
        """Take an edit that another program made into the ledger."""

    def reject_edit(self, edit_id: int, reason: str) -> Entry:
        """Undo an edit that another program made."""


class Store(Protocol):
    """A register that is open; a context manager that closes it.

    ``as_of`` is a date in the world and ``known_at`` a moment of knowledge; None is no bound.
    """

    def write(self, author: str) -> AbstractContextManager[Writing]:
        """Open one transaction in the name of a person."""

    def info(self) -> RegisterInfo:
        """What the register says of itself."""

    def revision(self) -> str:
        """Return a text that changes with every entry."""

    def record(self, record_id: str, kind: str | None = None) -> Record:
        """Return a record, of a kind if one is named, by its id or local id."""

    def workflow_state(self, record_id: str) -> str | None:
        """Return where a record stands on its way to approval; None where none is asked for."""

    def records(
        self,
        kind: str,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        bbox: tuple[float, float, float, float] | None = None,
    ) -> Iterator[Record]:
        """Iterate over the records of a kind."""

    def history(self, record_id: str) -> list[Entry]:
        """Return all entries of a record, oldest first."""

    def timeline(self, record_id: str) -> list[Stage]:
        """Return the versions of a record that count, in the order in which they take effect."""

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
        """Iterate over the ledger in the order of arrival."""

    def contents(self, record_ids: Iterable[str]) -> Mapping[str, str | None]:
        """Return the SHA-256 of each record's current body, None where there is none."""

    def search(self, text: str, kind: str | None = None, *, most: int = 200) -> list[Record]:
        """Return records that hold a text, whatever its capitals and accents; ``most`` at most."""

    def named_like(self, kind: str, text: str) -> set[str]:
        """Return the current records of a kind whose name or place holds a text."""

    def as_it_stood(
        self, record_id: str, as_of: str | None = None, known_at: str | None = None
    ) -> Record:
        """Return a record as it stood at the dates asked for."""

    def near(
        self,
        longitude: float,
        latitude: float,
        radius_m: float = 500.0,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
    ) -> list[tuple[Record, float]]:
        """Return what stands near a point, nearest first, with metres."""

    def areas(self, as_of: str | None = None, known_at: str | None = None) -> list[AreaState]:
        """Return the state of every hazardous area."""

    def areas_told(self, as_of: str | None = None, known_at: str | None = None) -> AreasTold:
        """Return `areas`, which of them ended with land not released, and which no map shows."""

    def balance(
        self, as_of: str | None = None, known_at: str | None = None, scope: str | None = None
    ) -> Balance:
        """Return the account of square metres."""

    def balance_by_district(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> list[Balance]:
        """Return one account per district and one for land in none."""

    def drawn(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> Mapping[str, Geometry]:
        """Return each area's outline, or its point, by record id."""

    def redrawn(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> Mapping[str, Geometry]:
        """Return the outlines of areas whose own record holds another polygon."""

    def districts(self, as_of: str | None = None, known_at: str | None = None) -> Districts:
        """Return the administrative units, with their ground divided among them."""

    def released(
        self,
        as_of: str | None = None,
        known_at: str | None = None,
        wanted: Collection[str] | None = None,
    ) -> list[Release]:
        """Return the ground that each product took."""

    def conflicts(self, as_of: str | None = None, known_at: str | None = None) -> list[Conflict]:
        """Return what contradicts itself and waits for a person."""

    def undated(self) -> list[Record]:
        """Return records of land that nothing dates."""

    def document(self, source_id: str) -> tuple[bytes, str]:
        """Return a source's bytes and text."""

    def attachment(self, sha256: str) -> bytes:
        """Return an attached file."""

    def missing_attachments(self) -> list[str]:
        """Return the SHA-256 of attached files that are not kept here."""

    def quarantine(self, import_id: str | None = None) -> list[QuarantineRow]:
        """Return rows that wait to be mended."""

    def mended(self) -> list[QuarantineRow]:
        """Return rows that were mended and taken in since."""

    def identity(self, identity_id: str) -> Mapping[str, Any]:
        """Return what is kept of a person."""

    def outside_edits(self) -> list[OutsideEdit]:
        """Return edits by other programs that nobody has reviewed."""

    def heads(self) -> list[Head]:
        """Return the last entry of each chain."""

    def verify(self, head: str | None = None) -> Verification:
        """Check every hash, chain, layer and derived table."""

    def rebuild(self) -> None:
        """Make layers and derived tables anew from the ledger."""

    def backup(self, destination: Path) -> Path:
        """Copy the register while it is in use."""
