"""Checks of rows against each other, against the country, and against the earth."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from landrelease.domain.folding import folded_id
from landrelease.domain.kinds import kind_spec
from landrelease.exchange.identity import first_rows, geometry_keys
from landrelease.exchange.plausible import Box, find_implausible
from landrelease.exchange.work import Work
from landrelease.geometry import duplicate_vertices, finite


def check_geometry(work: Work) -> None:
    """Name shapes that were mended, and coordinates that lie nowhere on earth."""
    mended, shapes = work.mended, work.mended.geometries
    for row in np.flatnonzero(~_on_earth(shapes)).tolist():
        work.located.damage.setdefault(row, ("coordinate_impossible", ""))
    for row, reason in mended.reasons.items():
        if not shapely.is_empty(shapes[row]):
            nested = mended.codes[row] == "ring_nested_wrongly"
            code = "ring_nested_wrongly" if nested else "geometry_invalid_repaired"
            work.note(row, code, _mending(work, row, reason))
    for row in sorted(work.cut):
        work.note(row, "antimeridian_cut")
    for row in np.flatnonzero(duplicate_vertices(shapes)).tolist():
        work.note(row, "duplicate_vertex")


def _on_earth(shapes: Any) -> Any:
    bounds = shapely.bounds(shapes)
    beyond = (np.abs(bounds[:, 1]) > 90) | (np.abs(bounds[:, 3]) > 90)
    beyond |= (np.abs(bounds[:, 0]) > 360) | (np.abs(bounds[:, 2]) > 360)
    return finite(shapes) & ~beyond


def _mending(work: Work, row: int, reason: str) -> str:
    before, after = work.mended.area_before_m2[row], work.mended.area_after_m2[row]
    what = reason.split("[", 1)[0].strip().lower()
    where = reason.partition("[")[2].rstrip("]")
    return f"{what} near {where}, {before:.1f} m² as drawn, {after:.1f} m² mended"


def check_place(work: Work, bbox: Box | None, outline: Any) -> None:
    """Name rows that lie where they hardly can; knowing the country, a slip is an error.

    A place beyond the poles that lies in the country when its axes change places is no riddle: the
    slip is named instead.
    """
    certain, damage = bbox is not None or outline is not None, work.located.damage
    for row, (code, detail) in find_implausible(work.mended.geometries, bbox, outline).items():
        beyond = damage.get(row, ("", ""))[0] == "coordinate_impossible"
        if beyond and code == "axes_swapped":
            damage[row] = (code, detail)
        if not beyond or code == "axes_swapped":
            slipped = beyond or (certain and code in ("axes_swapped", "sign_missing"))
            work.note(row, code, detail, severity="error" if slipped else None)


def check_duplicates(work: Work) -> None:
    """Name rows that repeat an earlier one; none is dropped, for they may be people."""
    keys = geometry_keys(work.mended.geometries)
    shapes = list(zip(work.kinds, keys, strict=True))
    first_content, first_shape = first_rows(work.contents), first_rows(shapes)
    impersonal = {kind for kind in set(work.kinds) if kind and not kind_spec(kind).personal}
    for row, content in enumerate(work.contents):
        if work.ids[row] is not None and first_content[content] != row:
            continue  # the same record once more, which its id says
        alike, same_place = first_content[content], first_shape[shapes[row]]
        if keys[row] is not None and same_place != row and work.kinds[row] in impersonal:
            every = ", alike in every value" if alike != row else ""
            work.note(row, "duplicate_geometry", f"as row {same_place + 1}{every}")
        elif alike != row and (keys[row] is not None or work.table.geometry is None):
            work.note(row, "duplicate_row", f"as row {alike + 1}")


def check_ids(work: Work) -> None:
    """Name ids that stand twice; a row alike in every value is the same record once more.

    Of two that look alike but are not the same, the later is named.
    """
    seen: dict[Any, int] = {}
    alike: dict[Any, int] = {}
    kinds: dict[str, str] = {}
    for row, own in enumerate(work.ids):
        if own is None:
            continue
        first = kinds.setdefault(own, work.kinds[row])
        if work.how == "record" and first != work.kinds[row]:
            work.note(row, "record_kind_differs", f"{own!r} is a {first} in an earlier row")
        like = alike.setdefault((work.kinds[row], folded_id(own)), row)
        if work.ids[like] != own:
            work.note(row, "id_resembles", f"{own!r} and {work.ids[like]!r} of row {like + 1}")
        earlier = seen.setdefault((work.kinds[row], own), row)
        if work.contents[earlier] != work.contents[row]:
            work.note(row, "duplicate_id", f"{own!r}, as row {earlier + 1}, with other values")
        elif earlier != row:
            detail = f"{own!r}, as row {earlier + 1}, alike in every value"
            work.note(row, "duplicate_id", detail, severity="warning")
