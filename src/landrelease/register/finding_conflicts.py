"""Open critical findings on land that was handed over, whichever of the two came first."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from landrelease.domain.concerns import RESTING, is_later
from landrelease.domain.land import Conflict
from landrelease.domain.work_rules import on_ground
from landrelease.register.former import by_name
from landrelease.register.plots import Divided, Links, Plot, Plots, parts_of
from landrelease.register.state import counting, of_kind, standing
from landrelease.register.workflow import Approval
from landrelease.register.works import Work, Works, grounds

_CRITICAL = f"""
SELECT r.record_id, json_extract(e.body, '$.area'), json_extract(e.body, '$.activity'),
  json_extract(e.body, '$.visit'), e.occurred_on, coalesce(json_extract(e.body, '$.open'), 1),
  s.entry_no, s.recorded_us
FROM ({standing(of_kind("non_conformity"))}) AS s
JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)
WHERE json_extract(e.body, '$.severity') = 'critical' ORDER BY r.record_id
"""
_VISITS = f"""
SELECT r.record_id, r.local_id, json_extract(e.body, '$.area'), json_extract(e.body, '$.activity')
FROM ({standing(of_kind("quality_visit"))}) AS s
JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)
"""


_TASKS = f"""
SELECT r.record_id, r.local_id, json_extract(e.body, '$.area')
FROM ({standing(of_kind("task"))}) AS s
JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)
"""
#: The versions by which areas are parts, the first of each first, with their dates.
_SPLITS = """
SELECT record_id, occurred_on FROM entry
WHERE kind = 'hazardous_area' AND record_id IN (SELECT value FROM json_each(?))
  AND json_array_length(body, '$.split_from') > 0
ORDER BY recorded_at DESC, entry_id DESC
"""
#: What rests on work, with the area that it concerns.
_RESTING = " UNION ALL ".join(
    f"SELECT json_extract(e.body, '$.{field}'), {area} FROM ({standing(of_kind(kind))}) AS s"
    " JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)"
    f" WHERE json_extract(e.body, '$.{field}') IS NOT NULL"
    for kind, field in RESTING.items()
    for area in ("r.record_id" if kind == "hazardous_area" else "json_extract(e.body, '$.area')",)
)


_DAYS = """
SELECT r.record_id, effective_day, {said} FROM ({counting}) AS v
JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)
ORDER BY effective_day, v.recorded_us, v.entry_id
"""
_ASKED = "r.record_id IN (SELECT value FROM json_each(:ids))"
#: On what day which version of a finding was open, of an area which status it had.
_OPEN_DAYS = _DAYS.format(
    said="coalesce(json_extract(e.body, '$.open'), 1)", counting=counting(_ASKED)
)
_STATUS_DAYS = _DAYS.format(said="json_extract(e.body, '$.status')", counting=counting(_ASKED))


class _On(NamedTuple):
    """What a finding or a visit says that it is on."""

    area: str | None
    activity: str | None
    visit: str | None = None
    occurred_on: str | None = None


def held_back_too_late(
    connection: sqlite3.Connection,
    plots: Plots,
    divided: Divided,
    when: Mapping[str, int],
    works: Works,
) -> Iterator[Conflict]:
    """Yield areas that are handed over while a critical finding on them is open.

    Its closing counts once it is approved, where approval is asked for.
    """
    handed = {p.record_id: p for p in plots.areas if p.status == "handed_over"}
    if not handed:
        return
    still_open, closed = _critical(connection, when)
    if not still_open and not closed:
        return
    concerned = _Concerned.at(connection, plots, divided, when, works())
    for record_id, finding in still_open.items():
        for plot in concerned.by(finding):
            if plot.record_id in handed:
                words = "the area is handed over, and a critical finding on it is open"
                yield Conflict("critical_finding_open", (record_id, plot.record_id), words)
    days = _runs(connection, when, _STATUS_DAYS, list(handed)) if closed else {}
    for record_id, (opened, ended) in _runs(connection, when, _OPEN_DAYS, list(closed)).items():
        for plot in concerned.by(closed[record_id]):
            if plot.record_id in days and opened <= days[plot.record_id][1] < ended:
                words = "the area was handed over while a critical finding on it was open"
                yield Conflict("critical_finding_open", (record_id, plot.record_id), words)


def findings_on_land(
    connection: sqlite3.Connection,
    plots: Plots,
    divided: Divided,
    when: Mapping[str, int],
    works: Mapping[str, Work],
    findings: Mapping[str, _On],
) -> Iterator[tuple[list[Plot], set[str]]]:
    """Yield, for each finding, the areas that it is on and the record ids of its work."""
    concerned = _Concerned.at(connection, plots, divided, when, works)
    for finding in findings.values():
        yield concerned.by(finding), {work.record_id for work in concerned.works_of(finding)}


def open_findings(connection: sqlite3.Connection, when: Mapping[str, int]) -> dict[str, _On]:
    """Return the critical findings that are open, or whose closing waits, by record id."""
    return _critical(connection, when)[0]


def _critical(
    connection: sqlite3.Connection, when: Mapping[str, int]
) -> tuple[dict[str, _On], dict[str, _On]]:
    """Critical findings that are open, or whose closing waits, and those that are closed."""
    rows = connection.execute(_CRITICAL, when).fetchall()
    waiting = Approval.known_at(connection, when["known_us"]).waiting(row[-2:] for row in rows)
    still_open: dict[str, _On] = {}
    closed: dict[str, _On] = {}
    for row in rows:
        found = still_open if row[5] or row[6] in waiting else closed
        found[row[0]] = _On(*row[1:5])
    return still_open, closed


def _runs(
    connection: sqlite3.Connection, when: Mapping[str, int], query: str, ids: Sequence[str]
) -> dict[str, tuple[int, int]]:
    """Per record, the day of its first version, and that since which its last word stands."""
    found: dict[str, tuple[int, int]] = {}
    word: dict[str, Any] = {}
    for record_id, day, said in connection.execute(query, {**when, "ids": json.dumps(ids)}):
        first, since = found.get(record_id, (day, day))
        found[record_id] = (first, since if word.get(record_id, said) == said else day)
        word[record_id] = said
    return found


@dataclass(frozen=True, slots=True)
class _Concerned:
    """Follows findings to areas as `landrelease.domain.concerns` does by hand."""

    visits: Mapping[str, _On]
    works: Mapping[str, Work]
    tasks: Mapping[str, str | None]
    resting: Mapping[str, Sequence[str | None]]
    parts: Mapping[int, Sequence[Plot]]
    split_on: Mapping[str, str | None]
    link: Links
    divided: Divided

    @classmethod
    def at(
        cls,
        connection: sqlite3.Connection,
        plots: Plots,
        divided: Divided,
        when: Mapping[str, int],
        works: Mapping[str, Work],
    ) -> _Concerned:
        """Read what links findings to areas at a date."""
        visits = by_name(connection, "quality_visit", _VISITS, when)
        tasks = by_name(connection, "task", _TASKS, when)
        resting: dict[str, list[str | None]] = defaultdict(list)
        for name, area in connection.execute(_RESTING, when):
            if name in works:
                resting[works[name].record_id].append(area)
        parts = parts_of(plots)
        split = {part.record_id for some in parts.values() for part in some}
        return cls(
            {name: _On(*on) for name, on in visits.items()},
            works,
            {name: area for name, (area,) in tasks.items()},
            resting,
            parts,
            dict(connection.execute(_SPLITS, (json.dumps(sorted(split)),))),
            plots.link,
            divided,
        )

    def by(self, finding: _On) -> list[Plot]:
        """The areas that a finding is on."""
        reached = [(self._linked(one.area for one in self._on(finding)), None)]
        reached += [(self._of_work(work), _place(work)) for work in self.works_of(finding)]
        found: dict[int, Plot] = {}
        for some, place in reached:
            found |= some | self._parts(some, place, finding.occurred_on)
        return list(found.values())

    def works_of(self, finding: _On) -> list[Work]:
        """The work that a finding is on, by itself or by its visit."""
        done = (self.works.get(one.activity or "") for one in self._on(finding))
        return [work for work in done if work is not None]

    def _on(self, finding: _On) -> list[_On]:
        visit = self.visits.get(finding.visit or "")
        return [finding] if visit is None else [finding, visit]

    def _parts(self, areas: Iterable[int], place: Any, on: str | None) -> dict[int, Plot]:
        """All that was split from areas, and from that, where a finding of a day is on it."""
        found: dict[int, Plot] = {}
        waiting = list(areas)
        while waiting:
            for part in self.parts.get(waiting.pop(), ()):
                if part.record_no in found or is_later(on, self.split_on.get(part.record_id)):
                    continue
                found[part.record_no] = part
                waiting.append(part.record_no)
        if place is None:
            return found
        drawn = {plot.record_no: at for at, plot in enumerate(self.divided.plots)}
        outline = self.divided.ground.outline
        return {
            number: part
            for number, part in found.items()
            if not part.measured or on_ground(place, outline[drawn[number]])
        }

    def _of_work(self, work: Work) -> dict[int, Plot]:
        named = [work.area, self.tasks.get(work.task or ""), *self.resting.get(work.record_id, ())]
        return self._linked(named) or self._at(work)

    def _linked(self, names: Iterable[str | None]) -> dict[int, Plot]:
        return {plot.record_no: plot for plot in map(self.link, names) if plot is not None}

    def _at(self, work: Work) -> dict[int, Plot]:
        """The areas on whose ground work was drawn."""
        if (place := _place(work)) is None:
            return {}
        outlines = zip(self.divided.plots, self.divided.ground.outline, strict=True)
        return {plot.record_no: plot for plot, drawn in outlines if on_ground(place, drawn)}


def _place(work: Work) -> Any:
    return grounds([work])[0] if work.ground else None
