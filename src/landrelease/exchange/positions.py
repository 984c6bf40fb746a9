"""One row's position out of its cells: written out, or by bearing and distance."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from landrelease.errors import FieldError, InputError
from landrelease.exchange.angles import lettered_angle, parse_angle
from landrelease.exchange.coordinates import Frame, Position, in_degrees, in_utm, parse_position
from landrelease.exchange.place_rules import GeometryRule
from landrelease.exchange.values import read_number
from landrelease.geometry import WGS84, destination, grid_convergence_deg

#: Cells of one row by the part of the rule that reads them.
Cells = Mapping[str, Any]
Read = Callable[[Cells], Position]

#: Degrees in one unit; the mil is that of NATO, 6400 to the circle.
_UNITS = {"degree": 1.0, "mil": 360 / 6400, "gon": 0.9}


def reader(rule: GeometryRule, frame: Frame) -> Read:
    """Return the function that makes a position of one row's cells."""
    if rule.bearing is not None:
        return lambda cells: leg(rule, frame, cells, written(rule, frame, cells))
    return lambda cells: written(rule, frame, cells)


def attempt(read: Read, cells: Cells) -> Position | FieldError | None:
    """Read a position, or say why it cannot be read; None where every cell is empty."""
    if all(cell is None or str(cell).strip() == "" for cell in cells.values()):
        return None
    try:
        return read(cells)
    except FieldError as problem:
        return problem


def written(rule: GeometryRule, frame: Frame, cells: Cells) -> Position:
    """The position that the cells spell out, or the rule's origin, in degrees.

    Raises
    ------
    FieldError
        The cells hold no position.
    InputError
        Easting and northing stand without a system.
    """
    if rule.origin is not None:
        return Position(*rule.origin, WGS84)
    if rule.text is not None:
        return in_degrees(parse_position(cells["text"], frame))
    if rule.longitude is not None:
        x, y = _on_axis(cells, "longitude", "NS"), _on_axis(cells, "latitude", "EWO")
        return in_degrees(Position(x, y, frame.crs or WGS84))
    if rule.zone is not None:
        metres = _metres(cells, "easting"), _metres(cells, "northing")
        return in_degrees(in_utm(cells["zone"], *metres, frame))
    if frame.crs is None:
        raise InputError(
            "crs_missing",
            "easting and northing say nothing without their system",
            "set crs, or geometry.zone for a column of UTM zones",
        )
    return in_degrees(Position(_metres(cells, "easting"), _metres(cells, "northing"), frame.crs))


def _on_axis(cells: Cells, name: str, others: str) -> float:
    """An angle; a letter of the other axis says that the columns are not what they seem."""
    value = cells[name]
    if isinstance(value, str) and lettered_angle(value, name)[1] in tuple(others):
        raise _unreadable(name, value, "its letter belongs to the other axis")
    return parse_angle(value, name)


def leg(rule: GeometryRule, frame: Frame, cells: Cells, start: Position) -> Position:
    """The position that a bearing and a distance reach from another one.

    Raises
    ------
    FieldError
        The cells hold no bearing or no distance.
    """
    metres = _metres(cells, "distance_m")
    if metres < 0:
        raise _unreadable("distance_m", cells["distance_m"], "a distance is not negative")
    return Position(
        *destination(start.x, start.y, true_bearing_deg(rule, frame, cells, start), metres), WGS84
    )


def true_bearing_deg(rule: GeometryRule, frame: Frame, cells: Cells, start: Position) -> float:
    """The bearing of a leg from true north, whatever north it was taken from.

    Magnetic north lies ``declination`` east of true north; grid north lies east of it by the
    convergence of the mapping's system at the start.
    """
    if cells["bearing"] is None or str(cells["bearing"]).strip() == "":
        raise _unreadable("bearing", cells["bearing"], "a leg needs its bearing")
    bearing = _angle_of_bearing(rule, cells["bearing"])
    if not 0 <= bearing <= 360:
        raise _unreadable("bearing", cells["bearing"], "a bearing lies between 0 and 360 degrees")
    if rule.north == "magnetic":
        return bearing + _declination(rule, cells)
    if rule.north == "grid":
        return bearing + grid_convergence_deg(start.x, start.y, _grid(frame.crs))
    return bearing


def _angle_of_bearing(rule: GeometryRule, value: Any) -> float:
    """Degrees; mils and gons have no minutes, and no bearing says its quadrant here."""
    if not isinstance(value, str):
        return parse_angle(value, "bearing") * _UNITS[rule.bearing_unit]
    angle, letter = lettered_angle(value, "bearing")
    whole = re.fullmatch(r"[-+]?\d+([.,]\d+)?", value.strip())
    if letter or (rule.bearing_unit != "degree" and whole is None):
        raise _unreadable("bearing", value, "not a number of degrees clockwise from north")
    return angle * _UNITS[rule.bearing_unit]


def _declination(rule: GeometryRule, cells: Cells) -> float:
    if isinstance(rule.declination, str):
        return parse_angle(cells["declination"], "declination")
    return rule.declination or 0.0


def _grid(crs: str | None) -> str:
    if crs is None:
        raise InputError(
            "crs_missing",
            "bearings from grid north say nothing without their grid",
            "set crs to the grid, as in crs: EPSG:32634",
        )
    return crs


def _metres(cells: Cells, name: str) -> float:
    value = read_number(cells[name]).value
    if value is None:
        raise _unreadable(name, cells[name], "not a number")
    return float(value)


def _unreadable(name: str, value: Any, why: str) -> FieldError:
    return FieldError(name, value, why, code="coordinate_unreadable")
