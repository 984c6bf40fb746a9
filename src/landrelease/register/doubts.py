"""Released land in doubt at a date: areas and products, by the inquiries and findings on them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from landrelease.domain.actions import ENDED
from landrelease.domain.doubt import DOUBTS, FINDING, INQUIRY, rests_on
from landrelease.register.finding_conflicts import findings_on_land, open_findings
from landrelease.register.former import by_name
from landrelease.register.inquired import Asked, inquired
from landrelease.register.plots import Plot, Plots, load, shaped
from landrelease.register.state import bounds_or_now, of_kind, standing
from landrelease.register.works import Work, works_standing

_PRODUCTS = f"""
SELECT r.record_id, r.local_id, r.record_id, json_extract(e.body, '$.area'),
  json_extract(e.body, '$.activity')
FROM ({standing(of_kind("land_release_product"))}) AS s
JOIN record AS r USING (record_no) JOIN entry AS e USING (entry_no)
"""

_Pairs = Iterator[tuple[str, str]]


class _Release(NamedTuple):
    record_id: str
    area: str | None
    activity: str | None


def in_doubt(
    connection: sqlite3.Connection, as_of: str | None, known_at: str | None
) -> dict[str, tuple[str, ...]]:
    """Return the codes of what puts areas and products in doubt, by record id.

    An open inquiry concerns its area and its product, all products of its area where it names
    none. An open critical finding concerns areas that have ended, and the products of its work.
    """
    when = bounds_or_now(as_of, known_at)
    inquiries = [asked for some in inquired(connection, when).values() for asked in some]
    findings = open_findings(connection, when)
    if not inquiries and not findings:
        return {}
    plots = load(connection, when)
    named = by_name(connection, "land_release_product", _PRODUCTS, when)
    releases = {name: _Release(*row) for name, row in named.items()}
    found: dict[str, set[str]] = defaultdict(set)
    for record_id, code in _of_inquiries(inquiries, plots, releases):
        found[record_id].add(code)
    if findings:
        works = works_standing(connection, when)
        divided = shaped(connection, plots.areas)
        told = findings_on_land(connection, plots, divided, when, works, findings)
        for concerned, done in told:
            for record_id in _of_finding(concerned, done, plots, releases, works):
                found[record_id].add(FINDING)
    return {key: tuple(code for code in DOUBTS if code in some) for key, some in found.items()}


def _of_inquiries(
    inquiries: Sequence[Asked], plots: Plots, releases: Mapping[str, _Release]
) -> _Pairs:
    for area, product in inquiries:
        release = releases.get(product or "")
        plot = plots.link(area) or (plots.link(release.area) if release else None)
        if release is not None:
            yield release.record_id, INQUIRY
        if plot is None:
            continue
        yield plot.record_id, INQUIRY
        if product is None:
            for other in releases.values():
                if plots.link(other.area) is plot:
                    yield other.record_id, INQUIRY


def _of_finding(
    concerned: list[Plot],
    done: set[str],
    plots: Plots,
    releases: Mapping[str, _Release],
    works: Mapping[str, Work],
) -> Iterator[str]:
    """Areas that ended, and the releases of the work: what a finding puts in doubt."""
    yield from (plot.record_id for plot in concerned if plot.status in ENDED)
    numbers = {plot.record_no for plot in concerned}
    for release in releases.values():
        work: Any = works.get(release.activity or "")
        activity = release.activity if work is None else work.record_id
        plot = plots.link(release.area)
        on_it = plot is not None and plot.record_no in numbers and rests_on(activity, done)
        if on_it or activity in done:
            yield release.record_id
