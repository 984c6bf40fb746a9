"""Military grid references: zone, band, 100 km square and digits, into UTM; polar ones into UPS.

Source: NGA.SIG.0012, The Universal Grids and the Transverse Mercator and Polar Stereographic Map
Projections (2014), chapter 3.
"""

from __future__ import annotations

import re
from itertools import accumulate

from landrelease.errors import FieldError

_POLAR = re.compile(r"([ABYZ])\s*([A-HJ-NP-Z])\s*([A-HJ-NP-Z])\s*([\d\s]*)")
_UPS_COLUMNS = {"A": "JKLPQRSTUXYZ", "B": "ABCFGHJKLPQR", "Y": "JKLPQRSTUXYZ", "Z": "ABCFGHJ"}
_UPS_ROWS = {"A": "ABCDEFGHJKLMNPQRSTUVWXYZ", "Y": "ABCDEFGHJKLMNP"}
#: Easting of the first column and northing of the first row of each polar band, and its system.
_UPS = {
    "A": (800_000, 800_000, "EPSG:5042"), "B": (2_000_000, 800_000, "EPSG:5042"),
    "Y": (800_000, 1_300_000, "EPSG:5041"), "Z": (2_000_000, 1_300_000, "EPSG:5041"),
}  # fmt: skip
_PATTERN = re.compile(r"(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z])\s*([A-HJ-NP-V])\s*([\d\s]*)")
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
#: Least northing in each band, rounded down to whole squares (km); south of the equator with the
#: false northing of 10,000 km.
_LEAST_NORTHING_KM = (
    1100, 2000, 2800, 3700, 4600, 5500, 6400, 7300, 8200, 9100,
    0, 800, 1700, 2600, 3500, 4400, 5300, 6200, 7000, 7900,
)  # fmt: skip
_SQUARE_M = 100_000
_CYCLE_M = 2_000_000
#: No band reaches further north than this from its least northing: X has twelve degrees.
_BAND_M = 1_500_000


def is_mgrs(text: str) -> bool:
    """Whether the text has the form of a grid reference."""
    tidy = _tidy(text)
    return (_PATTERN.fullmatch(tidy) or _POLAR.fullmatch(tidy)) is not None


def parse_mgrs(text: str) -> tuple[str, float, float]:
    """Return the UTM or UPS system, easting and northing of the square's south-west corner.

    Raises
    ------
    FieldError
        No such reference, or one whose letters do not belong together.

    Examples
    --------
    >>> parse_mgrs("4QFJ 12345 67890")
    ('EPSG:32604', 612345.0, 2367890.0)
    >>> parse_mgrs("Z AH 12345 67890")
    ('EPSG:5041', 2012345.0, 2067890.0)
    """
    polar = _POLAR.fullmatch(_tidy(text))
    match = polar or _PATTERN.fullmatch(_tidy(text))
    if match is None:
        raise _invalid(text, "not a grid reference")
    return _in_ups(polar, text) if polar else _in_utm(match, text)


def _in_ups(match: re.Match[str], text: str) -> tuple[str, float, float]:
    band, column, row, digits = match.groups()
    rows = _UPS_ROWS["A" if band in "AB" else "Y"]
    if column not in _UPS_COLUMNS[band] or row not in rows:
        raise _invalid(text, "no such square around the pole")
    east_m, north_m, system = _UPS[band]
    easting, northing = _within(digits, text)
    easting += east_m + _UPS_COLUMNS[band].index(column) * _SQUARE_M
    northing += north_m + rows.index(row) * _SQUARE_M
    return system, float(easting), float(northing)


def _within(digits: str, text: str) -> tuple[int, int]:
    """Metres east and north within the square; half the digits say each.

    Where they stand in groups, a group belongs to one of the two as a whole.
    """
    groups = digits.split()
    whole = "".join(groups)
    half = len(whole) // 2
    if len(whole) % 2 or len(whole) > 10:
        raise _invalid(text, "as many digits east as north, five at most")
    if len(groups) > 1 and half not in accumulate(map(len, groups)):
        raise _invalid(text, "its groups of digits are not of one length")
    step = 10 ** (5 - half)
    return int(whole[:half] or 0) * step, int(whole[half:] or 0) * step


def _in_utm(match: re.Match[str], text: str) -> tuple[str, float, float]:
    zone, band = int(match.group(1)), match.group(2)
    column = _COLUMNS[(zone - 1) % 3].find(match.group(3))
    if not 1 <= zone <= 60 or column < 0:
        raise _invalid(text, "no such zone, or a column letter of another zone")
    east_m, north_m = _within(match.group(5), text)
    easting = (column + 1) * _SQUARE_M + east_m
    row = (_ROWS.index(match.group(4)) - (0 if zone % 2 else 5)) % len(_ROWS)
    within = row * _SQUARE_M + north_m
    least = _LEAST_NORTHING_KM[_BANDS.index(band)] * 1000
    northing = within + max(0, -(-(least - within) // _CYCLE_M)) * _CYCLE_M
    if northing > least + _BAND_M:
        raise _invalid(text, "a row letter of another band")
    system = 32600 if band >= "N" else 32700
    return f"EPSG:{system + zone}", float(easting), float(northing)


def _tidy(text: str) -> str:
    return text.strip().upper()


def _invalid(text: str, why: str) -> FieldError:
    return FieldError("position", text, why, "as in 33TXN1234567890", "coordinate_unreadable")
