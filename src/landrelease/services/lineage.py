"""Where an area came from and what became of it: one tree of its whole family.

Splitting or joining areas never loses their history: each part names its parents in ``split_from``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from landrelease.domain.known import names_of
from landrelease.domain.workflow import status_under, waits
from landrelease.errors import NotFoundError, UsageError
from landrelease.register import Record, Register, open_register
from landrelease.services.records import taken_for

Result = dict[str, Any]
_LEAVES = ("resurvey", "land_release_product", "activity")
_TELLING = ("hazard_kind", "status", "method", "activity_type")


def lineage(path: Path, record_id: str) -> Result:
    """The family of a hazardous area: its oldest parents, and all that came of them.

    Returns
    -------
    dict
        ``{"record_id", "local_id", "taken_for", "trees": [node]}``; a node is ``{"record_id",
        "local_id", "kind", "occurred_on", "asked_for", "children": [node], …}``. An area that came
        of several
        parents stands under each of them. A voided area is there, marked ``voided``, only where it
        stands between the area asked for and its oldest parents.

    Raises
    ------
    UsageError
        The record is not a hazardous area.
    """
    with open_register(path) as register:
        area = register.meant(record_id)
        return {**lineage_of(register, area), "taken_for": taken_for(area, record_id)}


def lineage_of(register: Register, area: Record) -> Result:
    """The family of an area of an open register, as `lineage` gives it."""
    if area.kind != "hazardous_area":
        raise UsageError("lineage_of_what", f"{area.kind} has no lineage", "name a hazardous area")
    family = _Family(register, area)
    trees = [family.node(root, ()) for root in family.roots()]
    return {"record_id": area.record_id, "local_id": area.local_id, "trees": trees}


@dataclass
class _Family:
    """The areas that descend from each other; what links to one is read once."""

    register: Register
    area: Record
    _linked: dict[str, list[Record]] = field(default_factory=dict)
    _voided: dict[str, list[Record]] = field(default_factory=dict)

    def roots(self) -> list[Record]:
        """The oldest ancestors; the area itself where it has no parents."""
        seen = {self.area.record_id: self.area}
        oldest, waiting = [], [self.area]
        while waiting:
            area = waiting.pop(0)
            parents = list(self.parents(area))
            if area.voided:
                for parent in parents:
                    self._voided.setdefault(parent.record_id, []).append(area)
            if not parents:
                oldest.append(area)
            fresh = {p.record_id: p for p in parents if p.record_id not in seen}
            seen |= fresh
            waiting += fresh.values()
        return oldest or [self.area]  # areas that name each other have no oldest

    def parents(self, area: Record) -> Iterator[Record]:
        """The areas that an area names as what it was split from."""
        for reference in area.body.get("split_from", ()):
            try:
                yield self.register.record(reference, "hazardous_area")
            except NotFoundError:
                continue

    def node(self, record: Record, above: tuple[str, ...]) -> Result:
        """A record with what came of it, its own ancestors left out."""
        path = (*above, record.record_id)
        below = [r for r in self._came_of(record) if r.record_id not in path]
        return {
            "record_id": record.record_id,
            "local_id": record.local_id,
            "kind": record.kind,
            "occurred_on": record.occurred_on,
            **self._told(record),
            "asked_for": record.record_id == self.area.record_id,
            "children": [self.node(r, path) for r in below],
        }

    def _told(self, record: Record) -> Result:
        """What a line of the tree says of a record, as its state of approval leaves it."""
        told = {name: record.body[name] for name in _TELLING if record.body.get(name)}
        if record.voided:
            return {**told, "voided": True}
        state = self.register.workflow_states([record]).get(record.record_id)
        if record.kind == "hazardous_area":
            told["status"] = status_under(state, told["status"])
        return {**told, "workflow": state} if waits(state) else told

    def _came_of(self, record: Record) -> list[Record]:
        if record.kind != "hazardous_area":
            return []
        if record.record_id not in self._linked:
            found = self.register.linked_to(record.record_id)
            standing = [r for r in found if _belongs(r, record)]
            between = self._voided.get(record.record_id, [])
            self._linked[record.record_id] = [*between, *standing]
        return self._linked[record.record_id]


def _belongs(record: Record, area: Record) -> bool:
    if record.voided:
        return False
    names = names_of(area)
    if record.kind == "hazardous_area":
        return not names.isdisjoint(record.body.get("split_from", ()))
    return record.kind in _LEAVES and record.body.get("area") in names
