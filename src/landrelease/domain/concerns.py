"""Which areas a finding concerns: by itself, its visit, its work or the ground of that.

What concerns an area concerns the parts that were split from it: on the ground of the work where
that is drawn, else wholly, unless the finding is known to be later than the split.

A finding is often linked to the work alone. Work belongs to the area that it names, to that of its
task, to those of which products and re-surveys rest on it, or that ended on it; where nothing
of these names one, to the areas on whose ground it was drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import orjson

from landrelease.domain.dates import PartialDate
from landrelease.domain.known import Known, KnownRecord, lookup, names_of, shape_of
from landrelease.domain.work_rules import on_ground
from landrelease.errors import NotFoundError
from landrelease.geometry import polygonal, unite

Bodies = Mapping[str, Mapping[str, Any]]

#: What rests on work, by the field that names it.
RESTING = {
    "land_release_product": "activity",
    "resurvey": "activity",
    "hazardous_area": "rests_on",
}


def is_later(finding_on: str | None, split_on: str | None) -> bool:
    """Whether a finding is known to be later than a split: it is on what was left.

    Examples
    --------
    >>> is_later("2021-03", "2020"), is_later("2020-03", "2020"), is_later("2021", None)
    (True, False, False)
    """
    if not finding_on or not split_on:
        return False
    return PartialDate.parse(finding_on).first > PartialDate.parse(split_on).last


def split_on(known: Known, part: KnownRecord) -> str | None:
    """Return when an area first was a part, as far as that is dated."""
    versions = known.history(part.record_id)
    first = next((one for one in versions if orjson.loads(one.body).get("split_from")), None)
    return None if first is None else first.occurred_on


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

    def areas(self, finding: KnownRecord) -> frozenset[str]:
        """Return the areas of a finding: record ids, and references that mean no one record."""
        found: set[str] = set()
        for areas, place in self._of(self._body(finding)):
            found |= areas | self._parts(areas, place, finding.occurred_on)
        return frozenset(found)

    def _of(self, finding: Mapping[str, Any]) -> Iterator[tuple[set[str], Any]]:
        """Areas, with the ground of the work by which the finding is on them."""
        visit = lookup(self._known, "quality_visit", finding.get("visit"))
        on = [finding] if visit is None else [finding, self._body(visit)]
        yield {self._area(body["area"]) for body in on if body.get("area")}, None
        for work in (lookup(self._known, "activity", body.get("activity")) for body in on):
            if work is not None:
                yield self._of_work(work), shape_of(self._body(work))

    def _parts(self, areas: Collection[str], place: Any, on: str | None) -> set[str]:
        """All that was split from areas, and from that, where a finding of a day is on it."""
        found: set[str] = set()
        waiting = list(areas)
        while waiting:
            for part in self._split_from.get(waiting.pop(), ()):
                if part.record_id not in found and not is_later(on, split_on(self._known, part)):
                    found.add(part.record_id)
                    waiting.append(part.record_id)
        return found if place is None else {one for one in found if self._is_on(place, one)}

    @cached_property
    def _split_from(self) -> Mapping[str, Sequence[KnownRecord]]:
        """The parts of each area that has any, by its record id."""
        found: dict[str, list[KnownRecord]] = defaultdict(list)
        for part in self._known.records("hazardous_area"):
            for reference in self._body(part).get("split_from", ()):
                found[self._area(reference)].append(part)
        return found

    def _is_on(self, place: Any, area: str) -> bool:
        """Whether work was drawn on the ground of an area; a point or words have none to be off."""
        drawn = self._drawn(self._known.record(area, "hazardous_area"))
        return polygonal(drawn).is_empty or on_ground(place, drawn)

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
        for area in self._known.records("hazardous_area"):
            if on_ground(place, self._drawn(area)):
                yield area.record_id

    def _drawn(self, area: KnownRecord) -> Any:
        names = names_of(area)
        drawn = [area, *(one for one in self._surveys if one.body.get("area") in names)]
        return unite([shape_of(one.body) for one in drawn])

    @cached_property
    def _surveys(self) -> Sequence[KnownRecord]:
        return list(self._known.records("resurvey"))

    def _body(self, record: KnownRecord) -> Mapping[str, Any]:
        return self._instead.get(record.record_id, record.body)

    def _area(self, reference: str) -> str:
        try:
            return self._known.record(reference, "hazardous_area").record_id
        except NotFoundError:
            return reference
