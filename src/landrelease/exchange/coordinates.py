"""Positions as people write them: decimal degrees, degrees-minutes-seconds, UTM, MGRS."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import shapely

from landrelease.errors import FieldError
from landrelease.exchange.angles import lettered_angle, unreadable
from landrelease.exchange.mgrs import is_mgrs, parse_mgrs
from landrelease.geometry import WGS84, to_wgs84


class Position(NamedTuple):
    """A position in the system it was written in."""

    x: float
    y: float
    crs: str


class Frame(NamedTuple):
    """What helps to read the positions of a file.

    Attributes
    ----------
    crs : str or None
        System of coordinates that name none.
    in_country : callable or None
        Whether a longitude and a latitude may lie in the country of the register.
    utm_letters : str or None
        What an S behind a UTM zone is: ``hemisphere`` or ``band``; where neither is said, the
        country tells the two apart.
    """

    crs: str | None = None
    in_country: Callable[[float, float], bool] | None = None
    utm_letters: Literal["hemisphere", "band"] | None = None


NO_FRAME = Frame()


_APART = r"(?:[\s;]+|\s*,\s+|,(?=\d{5}))"
_UTM = re.compile(
    rf"(?:UTM\s*)?(\d{{1,2}})\s*([C-HJ-NP-X]){_APART}(\d{{5,7}}(?:\.\d+)?)\s*m?E?{_APART}"
    r"(?!\d{1,3}\.\d{3}\b)(\d{1,8}(?:\.\d+)?)\s*m?N?",
    re.IGNORECASE,
)
#: Around the poles: hemisphere, or the letter of the band, then easting and northing.
_UPS = re.compile(
    rf"UPS\s*([NSABYZ]){_APART}(\d{{6,7}}(?:\.\d+)?)\s*m?E?{_APART}(\d{{6,7}}(?:\.\d+)?)\s*m?N?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"(\d{1,2})\s*([C-HJ-NP-X])?", re.IGNORECASE)
_SPLITS = tuple(map(re.compile, (r"\s*[;|]\s*", r"\s*,\s+", r"\s*,(?=[-+−\d])", r"\s+")))

#: Parallels between which UTM is used.
_UTM_SOUTH, _UTM_NORTH = -80.5, 84.5


def parse_position(value: Any, frame: Frame = NO_FRAME) -> Position:
    """Read one position out of one cell.

    Two plain numbers are latitude, then longitude, as people write them; letters go before that.

    Raises
    ------
    FieldError
        It is in none of the known forms (``coordinate_unreadable``).

    Examples
    --------
    >>> parse_position("(6.143703, -75.185183)")
    Position(x=-75.185183, y=6.143703, crs='EPSG:4326')
    >>> parse_position("33T 500000 4649776").crs
    'EPSG:32633'
    """
    text = str(value).strip().strip("()[]").strip()
    if is_mgrs(text):
        system, easting, northing = parse_mgrs(text)
        return Position(easting, northing, system)
    match = _UPS.fullmatch(text)
    if match:
        hemisphere, easting_text, northing_text = match.groups()
        system = "EPSG:5041" if hemisphere.upper() in "NYZ" else "EPSG:5042"
        return Position(float(easting_text), float(northing_text), system)
    match = _UTM.fullmatch(text)
    if match:
        zone, letter, easting_text, northing_text = match.groups()
        return in_utm(zone + letter, float(easting_text), float(northing_text), frame)
    return _pair(text, value)


def in_utm(zone: Any, easting: float, northing: float, frame: Frame = NO_FRAME) -> Position:
    """A position in a UTM zone on WGS84, as in ``33N``; other letters than N and S are bands.

    Many write the band, 32 to 40 degrees north for S, where others write the hemisphere, and the
    two lie ten thousand kilometres apart. The one that can be in UTM and in the country is taken.

    Raises
    ------
    FieldError
        No such zone; an S that may mean either (``utm_letter_ambiguous``).

    Examples
    --------
    >>> in_utm("33T", 500000, 4649776).crs, in_utm("18L", 500000, 9100000).crs
    ('EPSG:32633', 'EPSG:32718')
    >>> in_utm("38S", 443000, 3686000, Frame(in_country=lambda x, y: y > 0)).crs
    'EPSG:32638'
    """
    match = _ZONE.fullmatch(str(zone).strip())
    if match is None or not 1 <= int(match.group(1)) <= 60:
        raise unreadable("zone", zone, "no UTM zone")
    letter = (match.group(2) or "N").upper()
    north, south = (
        Position(easting, northing, f"EPSG:{base + int(match.group(1))}") for base in (32600, 32700)
    )
    if letter != "S":
        return south if letter < "N" else north
    if frame.utm_letters is not None:
        return south if frame.utm_letters == "hemisphere" else north
    return _of_two(str(zone), south, north, frame)


def _of_two(zone: str, south: Position, north: Position, frame: Frame) -> Position:
    """The one of two readings that can be."""
    places = {one: in_degrees(one) for one in (south, north)}
    can_be = [one for one, at in places.items() if _UTM_SOUTH <= at.y <= _UTM_NORTH]
    inside = frame.in_country or (lambda x, y: True)
    kept = [one for one in can_be if inside(places[one].x, places[one].y)]
    if len(kept) == 1:
        return kept[0]
    if len(can_be) == 1 and frame.in_country is None:
        return can_be[0]
    where = " or ".join(f"{at.x:.4f}, {at.y:.4f}" for at in places.values())
    raise FieldError(
        "zone",
        zone,
        f"S is the southern hemisphere or the band of 32 to 40 degrees north: {where}",
        "write N or another letter of the band, or set geometry.utm_letters",
        "utm_letter_ambiguous",
    )


def in_degrees(position: Position) -> Position:
    """The same position in longitude and latitude on WGS84."""
    point = to_wgs84(shapely.Point(position.x, position.y), position.crs)
    if not (math.isfinite(point.x) and math.isfinite(point.y)):
        raise unreadable("position", position, "it lies outside its system")
    return Position(point.x, point.y, WGS84)


def _pair(text: str, value: Any) -> Position:
    """Latitude and longitude, where all ways of cutting the text that can be say the same."""
    found = {pair for half in _halves(text) if (pair := _read_pair(half)) is not None}
    if not found:
        raise unreadable("position", value, "no form of coordinates that is known")
    if len(found) > 1:
        raise unreadable("position", value, "it reads in two ways: set a semicolon between the two")
    return found.pop()


def _read_pair(halves: list[str]) -> Position | None:
    try:
        first, second = (lettered_angle(half, "position") for half in halves)
    except FieldError:
        return None
    if first[1] in tuple("EWO") or second[1] in tuple("NS"):
        first, second = second, first
    if first[1] in tuple("EWO") or second[1] in tuple("NS"):
        return None  # both name the same axis
    return Position(second[0], first[0], WGS84)


def _halves(text: str) -> list[list[str]]:
    """Ways of cutting a text into two angles: at a mark, after a letter, or in the middle."""
    found = [parts for split in _SPLITS if len(parts := split.split(text)) == 2]
    lettered = re.fullmatch(r"(.*?[NSEWO])[\s,;]*(.*[NSEWO])", text, re.IGNORECASE)
    leading = re.fullmatch(r"([NSEWO].*?)[\s,;]*([NSEWO].*)", text, re.IGNORECASE)
    found += [list(match.groups()) for match in (lettered, leading) if match]
    words = text.split()
    if len(words) in (4, 6, 8):
        middle = len(words) // 2
        found.append([" ".join(words[:middle]), " ".join(words[middle:])])
    return found
