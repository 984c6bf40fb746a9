"""Positions as people write them: decimal degrees, degrees-minutes-seconds, UTM, MGRS."""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

import shapely

from landrelease.errors import FieldError
from landrelease.exchange.mgrs import is_mgrs, parse_mgrs
from landrelease.geometry import WGS84, to_wgs84


class Position(NamedTuple):
    """A position in the system it was written in."""

    x: float
    y: float
    crs: str


_DEGREES = re.compile(
    r"""(?P<before>[NSEWO])?\s*+(?P<sign>[-+])?\s*+(?P<degrees>\d+(?:[.,]\d+)?)\s*+(?:°|º|deg|d|:)?
    (?:\s*+(?P<minutes>\d+(?:[.,]\d+)?)\s*+(?:'|′|’|m|:)?)?
    (?:\s*+(?P<seconds>\d+(?:[.,]\d+)?)\s*+(?:"|″|”|''|s)?)?
    \s*+(?P<after>[NSEWO])?""",
    re.VERBOSE | re.IGNORECASE,
)
_UTM = re.compile(
    r"(?:UTM\s*)?(\d{1,2})\s*([C-HJ-NP-X])[\s,;]+(\d{5,7}(?:\.\d+)?)\s*m?E?[\s,;]+(\d{1,8}(?:\.\d+)?)\s*m?N?",
    re.IGNORECASE,
)
#: Around the poles: hemisphere, or the letter of the band, then easting and northing.
_UPS = re.compile(
    r"UPS\s*([NSABYZ])[\s,;]+(\d{6,7}(?:\.\d+)?)\s*m?E?[\s,;]+(\d{6,7}(?:\.\d+)?)\s*m?N?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"(\d{1,2})\s*([C-HJ-NP-X])?", re.IGNORECASE)
_SPLITS = (re.compile(r"\s*[;|]\s*"), re.compile(r"\s*,\s+|,(?=\s*[-+\d])"), re.compile(r"\s+"))


def parse_angle(value: Any, name: str = "coordinate") -> float:
    """Read one angle in degrees.

    Examples
    --------
    >>> parse_angle("44°12'30\\"S"), parse_angle("-17.25"), parse_angle("17 30 00 E")
    (-44.208333333333336, -17.25, 17.5)
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return _lettered_angle(str(value), name)[0]


def _lettered_angle(text: str, name: str) -> tuple[float, str]:
    """Degrees, and the letter of the compass that stood with them."""
    match = _DEGREES.fullmatch(text.strip())
    if match is None:
        raise _unreadable(name, text, "not an angle")
    parts = match.groupdict()
    degrees, minutes, seconds = (
        float((parts[key] or "0").replace(",", ".")) for key in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60 or (parts["before"] and parts["after"]):
        raise _unreadable(name, text, "minutes and seconds lie below 60")
    letter = (parts["before"] or parts["after"] or "").upper()
    if letter and parts["sign"]:
        raise _unreadable(name, text, "a sign and a letter say the same thing twice")
    negative = letter in ("S", "W", "O") or parts["sign"] == "-"
    return (-1 if negative else 1) * (degrees + minutes / 60 + seconds / 3600), letter


def parse_position(value: Any) -> Position:
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
        return Position(float(easting_text), float(northing_text), utm_system(zone + letter))
    return _pair(text, value)


def utm_system(zone: Any) -> str:
    """EPSG code of a UTM zone on WGS84, as in ``33N``; other letters than N and S are bands.

    Examples
    --------
    >>> utm_system("33T"), utm_system("18S"), utm_system(33)
    ('EPSG:32633', 'EPSG:32718', 'EPSG:32633')
    """
    match = _ZONE.fullmatch(str(zone).strip())
    if match is None or not 1 <= int(match.group(1)) <= 60:
        raise _unreadable("zone", zone, "no UTM zone")
    letter = (match.group(2) or "N").upper()
    south = letter == "S" or letter < "N"
    return f"EPSG:{(32700 if south else 32600) + int(match.group(1))}"


def in_degrees(position: Position) -> Position:
    """The same position in longitude and latitude on WGS84."""
    point = to_wgs84(shapely.Point(position.x, position.y), position.crs)
    if not (math.isfinite(point.x) and math.isfinite(point.y)):
        raise _unreadable("position", position, "it lies outside its system")
    return Position(point.x, point.y, WGS84)


def _pair(text: str, value: Any) -> Position:
    for split in _halves(text):
        try:
            first, second = (_lettered_angle(half, "position") for half in split)
        except FieldError:
            continue
        if first[1] in tuple("EWO") or second[1] in tuple("NS"):
            first, second = second, first
        return Position(second[0], first[0], WGS84)
    raise _unreadable("position", value, "no form of coordinates that is known")


def _halves(text: str) -> list[list[str]]:
    """Ways of cutting a text into two angles: at a mark, after a letter, or in the middle."""
    found = [parts for split in _SPLITS if len(parts := split.split(text)) == 2]
    lettered = re.fullmatch(r"(.*?[NSEWO])[\s,;]*(.*[NSEWO])", text, re.IGNORECASE)
    leading = re.fullmatch(r"([NSEWO].*?)[\s,;]*([NSEWO].*)", text, re.IGNORECASE)
    found += [list(match.groups()) for match in (lettered, leading) if match]
    words = text.replace(",", " ").split()
    if len(words) in (4, 6):
        middle = len(words) // 2
        found.append([" ".join(words[:middle]), " ".join(words[middle:])])
    return found


def _unreadable(name: str, value: Any, why: str) -> FieldError:
    return FieldError(
        name, value, why, "decimal degrees, DMS, UTM or MGRS", "coordinate_unreadable"
    )
