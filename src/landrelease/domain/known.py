"""What the rules of land need to know of a register: records, their versions, their approval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import shapely

from landrelease.domain.entries import Draft
from landrelease.domain.placing import Placing
from landrelease.errors import NotFoundError, RefusedError


class KnownRecord(Protocol):
    """What the rules need to know of a record."""

    @property
    def record_id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def local_id(self) -> str | None:
        """Its local id."""

    @property
    def former_ids(self) -> Sequence[str]:
        """Local ids by which it alone went before."""

    @property
    def occurred_on(self) -> str | None:
        """When what its version tells happened, as a partial date."""

    @property
    def body(self) -> Mapping[str, Any]:
        """Its whole state."""

    @property
    def voided(self) -> bool:
        """Whether it was taken out of the state."""


class KnownVersion(Protocol):
    """What the rules need to know of a version of a record."""

    @property
    def action(self) -> str:
        """What it did."""

    @property
    def author(self) -> str:
        """Who wrote it."""

    @property
    def occurred_on(self) -> str | None:
        """When it happened, as a partial date."""

    @property
    def body(self) -> str:
        """The whole state of the record, as JSON."""


class Known(Protocol):
    """Where the rules look records up; a register is one."""

    def record(self, record_id: str, kind: str | None = None) -> KnownRecord:
        """Return a record, of a kind if one is named, by its id or local id."""

    def as_it_stood(self, record_id: str, as_of: str | None = None) -> KnownRecord:
        """Return a record as it stood on a date; `NotFoundError` where it did not stand yet."""

    def records(self, kind: str) -> Iterator[KnownRecord]:
        """Iterate over the records of a kind that stand."""

    def history(self, record_id: str) -> Sequence[KnownVersion]:
        """Return the versions of a record, oldest first."""

    def outlines(
        self, as_of: str | None = None, *, record_id: str | None = None
    ) -> Mapping[str, shapely.Geometry]:
        """Return what is left of an area's ground, or its point, by record id."""

    def placings(self, record_id: str, as_of: str | None = None) -> Sequence[Placing]:
        """Return where the versions of an area put it, in the order in which they count."""

    def workflow_state(self, record_id: str) -> str | None:
        """Return where a record stands on its way to approval; None where none is asked for."""


def linked(known: Known, field: str, kind: str, reference: str) -> KnownRecord:
    """Return the record that a field names.

    Raises
    ------
    RefusedError
        No record of the kind goes by the name, or it is voided.
    """
    found = lookup(known, kind, reference)
    if found is None:
        raise RefusedError(
            f"{field}_unknown",
            f"{field} = {reference!r}: there is no such {in_words(kind)}",
            "give the record id or local id of one that stands",
        )
    return found


def lookup(known: Known, kind: str | None, reference: str | None) -> KnownRecord | None:
    """Return the one record of a kind (None: of any) that stands under a name, or None."""
    if reference is None:
        return None
    try:
        found = known.record(reference, kind)
    except NotFoundError:
        return None
    return None if found.voided else found


def stood(known: Known, record: KnownRecord, as_of: str) -> bool:
    """Whether a record stood on the last day of a partial date."""
    try:
        known.as_it_stood(record.record_id, as_of)
    except NotFoundError:
        return False
    return True


def names_of(record: KnownRecord) -> set[str]:
    """Return what other records may call it."""
    return {name for name in (record.record_id, record.local_id, *record.former_ids) if name}


def shape_of(body: Mapping[str, Any]) -> shapely.Geometry | None:
    """Return the geometry of a body."""
    geometry = body.get("geometry")
    return None if geometry is None else shapely.geometry.shape(geometry)


def unchanged(draft: Draft, before: KnownRecord | None, fields: Sequence[str]) -> bool:
    """Whether a change leaves these fields of a record as they are."""
    return before is not None and all(before.body.get(f) == draft.body.get(f) for f in fields)


def in_words(code: str) -> str:
    """Return a code as it is spoken.

    Examples
    --------
    >>> in_words("handed_over")
    'handed over'
    """
    return code.replace("_", " ")
