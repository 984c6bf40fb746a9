"""Which areas a finding concerns: by itself, its visit, its work or the ground of that.

A finding is often linked to the work alone. Work belongs to the area that it names, to that of its
task, to those of which products and re-surveys rest on it, or that ended on it; where nothing
of these names one, to the areas on whose ground it was drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from landrelease.domain.known import Known, KnownRecord, lookup, names_of, shape_of
from landrelease.domain.work_rules import on_ground
from landrelease.errors import NotFoundError
from landrelease.geometry import unite

Bodies = Mapping[str, Mapping[str, Any]]

#: What rests on work, by the field that names it.
RESTING = {
    "land_release_product": "activity",
    "resurvey": "activity",
    "hazardous_area": "rests_on",
}


class Concerns:
    """Follows findings to areas; what rests on work is looked through once for all of them.

    Parameters
    ----------
    instead : Mapping, optional
        Bodies by record id, to be read in place of those that stand.
    """

    def __init__(self, known: Known, instead: Bodies | None = None) -> None:
        self._known = known
        self._instead = instead or {}

    def areas(self, finding: Mapping[str, Any]) -> frozenset[str]:
        """Return the areas of a finding: record ids, and references that mean no one record."""
        return frozenset(self._of(finding))

    def _of(self, finding: Mapping[str, Any]) -> Iterator[str]:
        visit = lookup(self._known, "quality_visit", finding.get("visit"))
        on = [finding] if visit is None else [finding, self._body(visit)]
        works = [lookup(self._known, "activity", body.get("activity")) for body in on]
        yield from (self._area(body["area"]) for body in on if body.get("area"))
        for work in works:
            if work is not None:
                yield from self._of_work(work)

    def _of_work(self, work: KnownRecord) -> set[str]:
        body = self._body(work)
        task = lookup(self._known, "task", body.get("task"))
        named = [body.get("area"), None if task is None else self._body(task).get("area")]
        named += [area for name in names_of(work) for area in self._resting.get(name, ())]
        found = {self._area(name) for name in named if name}
        return found or set(self._at(shape_of(body)))

    @cached_property
    def _resting(self) -> Mapping[str, Sequence[str | None]]:
        """By the names of work, the areas of what rests on it."""
        found: dict[str, list[str | None]] = defaultdict(list)
        for kind, field in RESTING.items():
            for record in self._known.records(kind):
                body = self._body(record)
                if body.get(field):
                    own = kind == "hazardous_area"
                    found[body[field]].append(record.record_id if own else body.get("area"))
        return found

    def _at(self, place: Any) -> Iterator[str]:
        """Areas on whose ground, as they and their surveys drew it, work was drawn."""
        if place is None:
            return
        surveys = list(self._known.records("resurvey"))
        for area in self._known.records("hazardous_area"):
            names = names_of(area)
            drawn = [area, *(one for one in surveys if one.body.get("area") in names)]
            if on_ground(place, unite([shape_of(one.body) for one in drawn])):
                yield area.record_id

    def _body(self, record: KnownRecord) -> Mapping[str, Any]:
        return self._instead.get(record.record_id, record.body)

    def _area(self, reference: str) -> str:
        try:
            return self._known.record(reference, "hazardous_area").record_id
        except NotFoundError:
            return reference
