"""Which areas a finding concerns: by itself, its visit, its work or the ground of that.

A finding is often linked to the work alone. Work belongs to the area that it names, to that of its
task, to those of which products and re-surveys rest on it, or that ended on it; where nothing
of these names one, to the areas on whose ground it was drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def areas_concerned(
    finding: Mapping[str, Any], known: Known, instead: Bodies | None = None
) -> frozenset[str]:
    """Return the areas that a finding is on: record ids, and references that mean no one record.

    Parameters
    ----------
    finding : Mapping
        Body of the finding.
    instead : Mapping, optional
        Bodies by record id, to be read in place of those that stand.
    """
    return frozenset(_Following(known, instead or {}).areas(finding))


class _Following:
    """Follows links, reading some bodies in place of those that stand."""

    def __init__(self, known: Known, instead: Bodies) -> None:
        self.known = known
        self.instead = instead

    def areas(self, finding: Mapping[str, Any]) -> Iterator[str]:
        visit = lookup(self.known, "quality_visit", finding.get("visit"))
        on = [finding] if visit is None else [finding, self._body(visit)]
        works = [lookup(self.known, "activity", body.get("activity")) for body in on]
        yield from (self._area(body["area"]) for body in on if body.get("area"))
        for work in works:
            if work is not None:
                yield from self._of_work(work)

    def _of_work(self, work: KnownRecord) -> set[str]:
        body = self._body(work)
        task = lookup(self.known, "task", body.get("task"))
        named = [body.get("area"), None if task is None else self._body(task).get("area")]
        found = {self._area(name) for name in named if name} | set(self._resting_on(work))
        return found or set(self._at(shape_of(body)))

    def _resting_on(self, work: KnownRecord) -> Iterator[str]:
        names = names_of(work)
        for kind, field in RESTING.items():
            for record in self.known.records(kind):
                body = self._body(record)
                if body.get(field) not in names:
                    continue
                if kind == "hazardous_area":
                    yield record.record_id
                elif body.get("area"):
                    yield self._area(body["area"])

    def _at(self, place: Any) -> Iterator[str]:
        """Areas on whose ground, as they and their surveys drew it, work was drawn."""
        if place is None:
            return
        surveys = list(self.known.records("resurvey"))
        for area in self.known.records("hazardous_area"):
            names = names_of(area)
            drawn = [area, *(one for one in surveys if one.body.get("area") in names)]
            if on_ground(place, unite([shape_of(one.body) for one in drawn])):
                yield area.record_id

    def _body(self, record: KnownRecord) -> Mapping[str, Any]:
        return self.instead.get(record.record_id, record.body)

    def _area(self, reference: str) -> str:
        try:
            return self.known.record(reference, "hazardous_area").record_id
        except NotFoundError:
            return reference
