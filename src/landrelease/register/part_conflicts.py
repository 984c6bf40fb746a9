"""Parts against their parents: ground outside, or confirmed land that became only suspected.

A part takes ground from its parent, so a file or a merge could reclassify a confirmed area by
splitting it. The part stands as it came; what nothing explains is listed. Ground that later work
found beside a part is the part's own and lies outside nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import shapely

from landrelease.domain.land import Conflict
from landrelease.domain.work_rules import TOLERANCE_M2
from landrelease.geometry import area_m2, clip, cut, polygonal, unite
from landrelease.register.drawings import unfounded
from landrelease.register.order import Order
from landrelease.register.plots import Divided, Plot, Plots, geometries
from landrelease.register.reasons import explained
from landrelease.register.state import counting
from landrelease.register.works import Works

_VERSIONS = f"""
SELECT c.record_no, c.effective_day, c.recorded_us, c.entry_id, c.entry_no, l.hazard_kind,
  coalesce(l.split_from, '[]') != '[]', l.undated
FROM ({counting("r.record_no IN (SELECT value FROM json_each(:areas))")}) AS c
JOIN land AS l USING (entry_no)
"""


class _Version(NamedTuple):
    """What a version of an area says of its family, in the order of effect."""

    order: Order
    entry_no: int
    hazard_kind: str
    is_part: bool
    undated: bool


def against_parents(
    connection: sqlite3.Connection,
    plots: Plots,
    divided: Divided,
    when: Mapping[str, int],
    works: Works,
) -> Iterator[Conflict]:
    """Yield parts that lie outside their parents, and suspected parts of confirmed ones."""
    parts = [
        (plot, parents)
        for plot in divided.plots
        if plot.split_from and (parents := _parents(plot, plots))
    ]
    if not parts:
        return
    numbers = {one.record_no for plot, parents in parts for one in (plot, *parents)}
    versions = _versions(connection, numbers, when)
    resting = _resting(connection, [plot for plot, _ in parts], works)
    for plot, parents in parts:
        later = _after(plot, _begun(versions.get(plot.record_no, ()), _is_part))
        grown = geometries(connection, [number for number in later if number in resting])
        yield from _outside(connection, plot, parents, unite(grown))
        yield from _only_suspected(connection, plot, parents, versions)


def _parents(part: Plot, plots: Plots) -> list[Plot]:
    found = map(plots.link, json.loads(part.split_from or "[]"))
    return [one for one in found if one is not None and one is not part]


def _versions(
    connection: sqlite3.Connection, numbers: set[int], when: Mapping[str, int]
) -> dict[int, list[_Version]]:
    found: dict[int, list[_Version]] = defaultdict(list)
    rows = connection.execute(_VERSIONS, {**when, "areas": json.dumps(sorted(numbers))})
    for record_no, day, recorded_us, entry_id, *said in rows:
        found[record_no].append(_Version(Order(day, recorded_us, entry_id), *said))
    for versions in found.values():
        versions.sort()
    return found


def _resting(connection: sqlite3.Connection, parts: Sequence[Plot], works: Works) -> set[int]:
    """Drawings of parts after the first of each that work, a reason or a source explains."""
    numbers = {survey.entry_no for part in parts for survey in part.surveys[1:]}
    return numbers - unfounded(connection, parts, works).keys() | explained(connection, numbers)


def _after(part: Plot, begun: _Version | None) -> list[int]:
    """The drawings that came after the split."""
    return [s.entry_no for s in part.surveys if begun is not None and s.order > begun.order]


def _outside(
    connection: sqlite3.Connection, part: Plot, parents: Sequence[Plot], grown: Any
) -> Iterator[Conflict]:
    """What a part holds outside its parents, but for ground that later work found."""
    drawn = _ground(connection, parents)
    if drawn.is_empty or not part.surveys:
        return
    own = unite(geometries(connection, [survey.entry_no for survey in part.drawn]))
    outside = float(area_m2(cut(cut(own, drawn), grown)))
    if outside > TOLERANCE_M2:
        ids = (part.record_id, *(one.record_id for one in parents))
        words = f"{outside:,.0f} m² of the part lie outside the areas that it was split from"
        yield Conflict("part_outside", ids, words, outside)


def _ground(connection: sqlite3.Connection, plots: Sequence[Plot]) -> Any:
    """All that was ever drawn of some areas."""
    return unite(geometries(connection, [s.entry_no for plot in plots for s in plot.surveys]))


def _only_suspected(
    connection: sqlite3.Connection,
    part: Plot,
    parents: Sequence[Plot],
    versions: Mapping[int, Sequence[_Version]],
) -> Iterator[Conflict]:
    """A suspected part whose split, or a later drawing of which, nothing explains."""
    begun = _begun(versions.get(part.record_no, ()), _is_suspected_part)
    if part.hazard_kind == "CHA" or begun is None:
        return
    confirmed = [one for one in parents if _confirmed(one, begun, versions)]
    if not confirmed:
        return
    told = explained(connection, [begun.entry_no, *(s.entry_no for s in part.surveys)])
    taken_m2 = _taken_m2(connection, part, confirmed, begun, told)
    if taken_m2 > TOLERANCE_M2 or (begun.entry_no not in told and not part.surveys):
        ids = (part.record_id, *(one.record_id for one in confirmed))
        much = f"{taken_m2:,.0f} m²" if part.surveys else "land"
        words = f"{much} of a confirmed area became only suspected by a split, and nothing says why"
        yield Conflict("reclassified_unexplained", ids, words, taken_m2 if part.surveys else None)


def _is_part(version: _Version) -> bool:
    return version.is_part


def _is_suspected_part(version: _Version) -> bool:
    return version.is_part and version.hazard_kind != "CHA"


def _begun(versions: Sequence[_Version], so: Callable[[_Version], bool]) -> _Version | None:
    """The version from which something has been so of an area without a break."""
    found = None
    for version in versions:
        if not so(version):
            found = None
        elif found is None:
            found = version
    return found


def _confirmed(parent: Plot, begun: _Version, versions: Mapping[int, Sequence[_Version]]) -> bool:
    """Whether a parent that is confirmed was so when it was split; undated, it may have been."""
    if parent.hazard_kind != "CHA" or begun.undated:
        return parent.hazard_kind == "CHA"
    own = versions[parent.record_no]
    before = [one for one in own if one.order.effective_day <= begun.order.effective_day]
    return (before or own[:1])[-1].hazard_kind == "CHA"


def _taken_m2(
    connection: sqlite3.Connection,
    part: Plot,
    confirmed: Sequence[Plot],
    begun: _Version,
    told: set[int],
) -> float:
    """Ground of confirmed parents that drawings took and neither they nor the split explain."""
    split_told = begun.entry_no in told
    covered: Any = shapely.Polygon()
    taken = []
    shapes = geometries(connection, [survey.entry_no for survey in part.surveys])
    for survey, shape in zip(part.surveys, shapes, strict=True):
        own = polygonal(shape)
        if survey.entry_no not in told and not (split_told and survey.order <= begun.order):
            taken.append(cut(own, covered))
        covered = unite([covered, own])
    return float(area_m2(clip(unite(taken), _ground(connection, confirmed)))) if taken else 0.0
