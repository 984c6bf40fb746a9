"""Angles as people write them: decimal degrees, degrees-minutes-seconds, with or without letters.

A run of digits is never cut in two: a text either has one of the forms below as it stands, or it
is refused.
"""

from __future__ import annotations

import re
from typing import Any

from landrelease.errors import FieldError

_NUMBER = r"\d+(?:[.,]\d+)?"
_DEGREE_MARK = r"(?:°|º|deg|d|:)"
_MINUTE_MARK = r"(?:'|′|’|m|:)"
#: A bare «s» is a mark only behind «d» and «m»; elsewhere it is the letter of the south.
_SECOND_MARK = r"(?:''|′′|’’|\"|″|”)"

_FORMS = tuple(
    re.compile(form, re.VERBOSE)
    for form in (
        # 17.25, 17,25°
        rf"(?P<degrees>{_NUMBER}) \s* {_DEGREE_MARK}?",
        # 17° 15.5', 17 15,5
        rf"""(?P<degrees>\d{{1,3}}) (?:\s*{_DEGREE_MARK}\s*|\s+)
        (?P<minutes>\d{{1,2}}(?:[.,]\d+)?) \s* {_MINUTE_MARK}?""",
        # 17° 15' 30.5", 17:15:30, 17 15 30
        rf"""(?P<degrees>\d{{1,3}}) (?:\s*{_DEGREE_MARK}\s*|\s+)
        (?P<minutes>\d{{1,2}}) (?:\s*{_MINUTE_MARK}\s*|\s+)
        (?P<seconds>\d{{1,2}}(?:[.,]\d+)?) \s* {_SECOND_MARK}?""",
        # 17d15m30s
        r"""(?P<degrees>\d{1,3}) \s*d\s* (?P<minutes>\d{1,2}) \s*m\s*
        (?P<seconds>\d{1,2}(?:[.,]\d+)?) \s*s""",
        # 17.15.30, 17.15.30.5
        r"(?P<degrees>\d{1,3}) \. (?P<minutes>\d\d) \. (?P<seconds>\d\d(?:[.,]\d+)?)",
    )
)
#: What an «s» may follow as the mark of seconds: «17d15m30».
_BARE_SECONDS = re.compile(r"d.*m\s*[\d.,]+$", re.IGNORECASE)
_LETTERED = re.compile(
    r"(?P<before>[NSEWO])?\s*(?P<sign>[-+−])?\s*(?P<body>\d.*?)\s*(?P<after>[NEWOS])?",
    re.IGNORECASE,
)


def parse_angle(value: Any, name: str = "coordinate") -> float:
    """Read one angle in degrees.

    Examples
    --------
    >>> parse_angle("44°12'30\\"S"), parse_angle("-17.25"), parse_angle("17 30 00 E")
    (-44.208333333333336, -17.25, 17.5)
    >>> round(parse_angle("33.18.45N"), 4)
    33.3125
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return lettered_angle(str(value), name)[0]


def lettered_angle(text: str, name: str) -> tuple[float, str]:
    """Degrees, and the letter of the compass that stood with them."""
    written = re.sub("(?i)deg", "°", text.strip())
    before, sign, body, after = _cut(written, name)
    letter = (before or after).upper()
    if letter and sign:
        raise unreadable(name, text, "a sign and a letter say the same thing twice")
    degrees, minutes, seconds = _parts(body, bool(letter), name)
    negative = letter in ("S", "W", "O") or sign in ("-", "−")
    return (-1 if negative else 1) * (degrees + minutes / 60 + seconds / 3600), letter


def _cut(text: str, name: str) -> tuple[str, str, str, str]:
    """Letter before, sign, body and letter after."""
    match = _LETTERED.fullmatch(text)
    if match is None:
        raise unreadable(name, text, "not an angle")
    before, sign, body, after = (part or "" for part in match.groups())
    if after.upper() == "S" and _BARE_SECONDS.search(body):
        if not text.islower():
            raise unreadable(name, text, "S may be seconds or south")
        body, after = body + after, ""
    if before and after:
        raise unreadable(name, text, "it names two directions")
    return before, sign, body, after


def _parts(body: str, lettered: bool, name: str) -> tuple[float, float, float]:
    """Degrees, minutes and seconds of an angle without its letter and sign."""
    tidy = body.lower()
    match = next(filter(None, (form.fullmatch(tidy) for form in _FORMS)), None)
    if match is None:
        raise unreadable(name, body, "not an angle")
    found = match.groupdict()
    degrees, minutes, seconds = (
        float((found.get(part) or "0").replace(",", "."))
        for part in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60:
        raise unreadable(name, body, "minutes and seconds lie below 60")
    if lettered and re.match(r"\d{4}", tidy):
        raise unreadable(name, body, "digits of degrees and minutes run together")
    return degrees, minutes, seconds


def unreadable(name: str, value: Any, why: str) -> FieldError:
    """The error of a coordinate in no form that is known."""
    return FieldError(
        name, value, why, "decimal degrees, DMS, UTM or MGRS", "coordinate_unreadable"
    )
