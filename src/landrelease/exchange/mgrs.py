"""Military grid references into UTM: zone, band, 100 km square and digits.

Source: NGA.SIG.0012, The Universal Grids and the Transverse Mercator and Polar Stereographic Map
Projections (2014), chapter 3. The polar squares (bands A, B, Y, Z) are not read.
"""

from __future__ import annotations

import re

from landrelease.errors import FieldError

_PATTERN = re.compile(r"(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])(\d*)")
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


def is_mgrs(text: str) -> bool:
    """Whether the text has the form of a grid reference."""
    return _PATTERN.fullmatch(_tidy(text)) is not None


def parse_mgrs(text: str) -> tuple[str, float, float]:
    """Return the UTM system, easting and northing of the square's south-west corner.

    Raises
    ------
    FieldError
        No such reference, or one whose letters do not belong together.

    Examples
    --------
    >>> parse_mgrs("4QFJ 12345 67890")
    ('EPSG:32604', 612345.0, 2367890.0)
    """
    match = _PATTERN.fullmatch(_tidy(text))
    if match is None or len(match.group(5)) % 2 or len(match.group(5)) > 10:
        raise _invalid(text, "not a grid reference")
    zone, band = int(match.group(1)), match.group(2)
    column = _COLUMNS[(zone - 1) % 3].find(match.group(3))
    if not 1 <= zone <= 60 or column < 0:
        raise _invalid(text, "no such zone, or a column letter of another zone")
    digits = match.group(5)
    half = len(digits) // 2
    step = 10 ** (5 - half)
    easting = (column + 1) * _SQUARE_M + int(digits[:half] or 0) * step
    row = (_ROWS.index(match.group(4)) - (0 if zone % 2 else 5)) % len(_ROWS)
    within = row * _SQUARE_M + int(digits[half:] or 0) * step
    least = _LEAST_NORTHING_KM[_BANDS.index(band)] * 1000
    northing = within + max(0, -(-(least - within) // _CYCLE_M)) * _CYCLE_M
    system = 32600 if band >= "N" else 32700
    return f"EPSG:{system + zone}", float(easting), float(northing)


def _tidy(text: str) -> str:
    return re.sub(r"\s+", "", text).upper()


def _invalid(text: str, why: str) -> FieldError:
    return FieldError("position", text, why, "as in 33TXN1234567890", "coordinate_unreadable")
