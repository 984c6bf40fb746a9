"""What any record made by hand must have: a place, a shape that fits its kind, links that hold.

Imported data is never refused by these; it is taken as it stands, and `conflicts` lists what it
names that is not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import LAND_KINDS, KindSpec, kind_spec, link_fields
from landrelease.domain.known import Known, KnownRecord, lookup
from landrelease.domain.periods import PERIODS, is_reversed
from landrelease.domain.shapes import counts_as_stated, lacks_ground
from landrelease.errors import RefusedError

_POINTS = frozenset({"Point", "MultiPoint"})
_POLYGONS = frozenset({"Polygon", "MultiPolygon"})
#: The name of a district is enough for a hazard that somebody reports.
_PLACE_NAMES = ("district", "district_code")
_SHAPES = {"point": _POINTS, "polygon": _POLYGONS, "none": frozenset[str]()}
#: An area is ground: a line has none, and would count as 0 m² unless its size is stated.
_SHAPES_OF_KIND = {"hazardous_area": _POINTS | _POLYGONS}
_REDRAW = {
    False: "draw it so, or leave geometry out and say the place in words",
    True: "draw its ground, or state its area in m² beside the line",
}


def check_form(draft: Draft, before: KnownRecord | None) -> None:
    """Refuse a record without a place, of another shape than its kind's, or that ends too early.

    Raises
    ------
    RefusedError
        ``kind_by_program``, ``place_missing``, ``geometry_type`` or ``period_reversed``.
    """
    spec = kind_spec(draft.kind)
    if spec.by_program:
        raise RefusedError(
            "kind_by_program",
            f"kind = {spec.name!r}: the program keeps these records itself",
            "undo the edit, or use the command for it",
        )
    held: Mapping[str, Any] = before.body if before is not None else {}
    if draft.body.get("geometry") != held.get("geometry"):
        _check_shape(spec, draft.body)
    if before is None or _is_placed(spec, held):
        _check_placed(spec, draft.body)
    _check_periods(draft.body, held)


def _check_periods(body: Mapping[str, Any], held: Mapping[str, Any]) -> None:
    """Refuse a period that is newly turned round; one that a file brought hinders no correction."""
    for names in PERIODS:
        start, end = map(body.get, names)
        if is_reversed(start, end) and (start, end) != tuple(map(held.get, names)):
            raise RefusedError(
                "period_reversed",
                f"{names[1]} = {end!r}: that is before {names[0]} = {start!r}",
                "give the day on which it ended, or leave out what is not known",
            )


def _check_shape(spec: KindSpec, body: Mapping[str, Any]) -> None:
    allowed = _SHAPES_OF_KIND.get(spec.name, _SHAPES.get(spec.geometry))
    geometry = body.get("geometry")
    if geometry is None or allowed is None or geometry["type"] in allowed:
        return
    if lacks_ground(spec.name, geometry["type"]) and counts_as_stated(body):
        return
    shapes = " or ".join(sorted(allowed)) or "no geometry"
    raise RefusedError(
        "geometry_type",
        f"geometry of type {geometry['type']}: a {spec.label.lower()} has {shapes}",
        _REDRAW[lacks_ground(spec.name, geometry["type"])],
    )


def _check_placed(spec: KindSpec, body: Mapping[str, Any]) -> None:
    if _is_placed(spec, body):
        return
    raise RefusedError(
        "place_missing",
        f"nothing says where the {spec.label.lower()} is",
        f"give one of: {', '.join(_places(spec))}",
    )


def _is_placed(spec: KindSpec, body: Mapping[str, Any]) -> bool:
    """Whether a record says where it is: land must; work and accidents may be placed later."""
    return spec.name not in LAND_KINDS or any(body.get(n) not in (None, "") for n in _places(spec))


def _places(spec: KindSpec) -> list[str]:
    names = _PLACE_NAMES if spec.name == "hazardous_area" else ()
    return list(dict.fromkeys(("geometry", *spec.needs_place, *names)))


def check_links(draft: Draft, before: KnownRecord | None, known: Known) -> None:
    """Refuse a record that newly names what does not stand.

    Raises
    ------
    RefusedError
        ``FIELD_unknown``, for each field that links.
    """
    held: Mapping[str, Any] = before.body if before is not None else {}
    for field in link_fields(draft.kind):
        already = set(_names(held.get(field.name)))
        for name in _names(draft.body.get(field.name)):
            if name not in already and lookup(known, field.to, name) is None:
                what = kind_spec(field.to).label.lower() if field.to else "record"
                raise RefusedError(
                    f"{field.name}_unknown",
                    f"{field.name} = {name!r}: there is no such {what}",
                    "give the record id or local id of one that stands",
                )


def _names(value: Any) -> Iterable[str]:
    return value if isinstance(value, list) else [value] if value else []
