"""Open critical findings on land that was handed over, whichever of the two came first."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from landrelease.domain.land import Conflict
from landrelease.register.plots import Links, Plot, Plots
from landrelease.register.state import of_kind, standing
from landrelease.register.workflow import Approval
from landrelease.register.works import Work, Works

_CRITICAL = f"""
SELECT r.record_id, json_extract(e.body, '$.area'), json_extract(e.body, '$.activity'),
  json_extract(e.body, '$.visit'), coalesce(json_extract(e.body, '$.open'), 1),
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


class _On(NamedTuple):
    """What a finding or a visit says that it is on."""

    area: str | None
    activity: str | None
    visit: str | None = None


def held_back_too_late(
    connection: sqlite3.Connection, plots: Plots, when: Mapping[str, int], works: Works
) -> Iterator[Conflict]:
    """Yield areas that are handed over while a critical finding on them is open.

    Its closing counts once it is approved, where approval is asked for.
    """
    if all(plot.status != "handed_over" for plot in plots.areas):
        return
    findings = _open(connection, when)
    if not findings:
        return
    visits = _visits(connection, when)
    for record_id, finding in findings.items():
        for plot in _concerned(finding, visits, works(), plots.link):
            if plot.status == "handed_over":
                words = "the area is handed over, and a critical finding on it is open"
                yield Conflict("critical_finding_open", (record_id, plot.record_id), words)


def _open(connection: sqlite3.Connection, when: Mapping[str, int]) -> dict[str, _On]:
    rows = connection.execute(_CRITICAL, when).fetchall()
    waiting = Approval.known_at(connection, when["known_us"]).waiting(row[-2:] for row in rows)
    return {row[0]: _On(*row[1:4]) for row in rows if row[4] or row[5] in waiting}


def _visits(connection: sqlite3.Connection, when: Mapping[str, int]) -> dict[str, _On]:
    """Visits by their record id, and by a local id of their own."""
    rows = connection.execute(_VISITS, when).fetchall()
    times = Counter(row[1] for row in rows)
    own = {row[1]: _On(*row[2:]) for row in rows if row[1] and times[row[1]] == 1}
    return own | {row[0]: _On(*row[2:]) for row in rows}


def _concerned(
    finding: _On, visits: Mapping[str, _On], works: Mapping[str, Work], link: Links
) -> list[Plot]:
    """The areas that a finding is on: by itself, or by the visit or the work that it was on."""
    visit = visits.get(finding.visit or "")
    on = [finding] if visit is None else [finding, visit]
    done = [works.get(one.activity or "") for one in on]
    named = [one.area for one in (*on, *done) if one is not None]
    plots = {plot.record_no: plot for plot in map(link, named) if plot is not None}
    return list(plots.values())
