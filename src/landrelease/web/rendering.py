"""Templates and the filters that write numbers, dates and names as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from jinja2 import Environment, PackageLoader, Undefined, select_autoescape
from shapely.geometry import shape

from landrelease.geometry import area_m2
from landrelease.web.views import page_of, title_of

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
DASH = "–"
MINUS = "\N{MINUS SIGN}"

WORDS = {
    "SHA": "Suspected hazardous area",
    "CHA": "Confirmed hazardous area",
    "hazardous_area": "Hazardous area",
    "land_release_product": "Released land",
    "minefield_record": "Minefield record",
    "handed_over": "handed over",
    "eo_item": "Explosive item",
}


def number(value: float | None, digits: int = 0) -> str:
    """Write a number with thin spaces between thousands, a dash if there is none.

    Examples
    --------
    >>> number(1234567.8).replace(NARROW_SPACE, " ")
    '1 234 568'
    >>> number(None)
    '–'
    """
    if not isinstance(value, int | float):
        return DASH
    shown = round(value, digits) or 0.0  # no minus sign before a zero
    return f"{shown:,.{digits}f}".replace(",", NARROW_SPACE).replace("-", MINUS)


def square_metres(value: float | None) -> str:
    """Write an area in m², without decimals.

    Examples
    --------
    >>> square_metres(950.4).replace(NARROW_SPACE, " ")
    '950 m²'
    """
    return f"{number(value)}{NARROW_SPACE}m²" if isinstance(value, int | float) else DASH


def large_area(value: float | None) -> str:
    """Write an area in the unit that reads best, for headings; tables keep m².

    Examples
    --------
    >>> [large_area(v).replace(NARROW_SPACE, " ") for v in (806_900_000, 25_000, 800)]
    ['806.9 km²', '2.5 ha', '800 m²']
    """
    if not isinstance(value, int | float):
        return DASH
    if abs(value) >= 1e6:
        return f"{number(value / 1e6, 1)}{NARROW_SPACE}km²"
    if abs(value) >= 1e4:
        return f"{number(value / 1e4, 1)}{NARROW_SPACE}ha"
    return square_metres(value)


def file_size(value: float) -> str:
    """Write the size of a file.

    Examples
    --------
    >>> [file_size(n).replace(NARROW_SPACE, " ") for n in (17, 25_000, 3_400_000)]
    ['17 bytes', '24 KB', '3.2 MB']
    """
    if value >= 2**20:
        return f"{number(value / 2**20, 1)}{NARROW_SPACE}MB"
    if value >= 2**10:
        return f"{number(value / 2**10)}{NARROW_SPACE}KB"
    return f"{number(value)}{NARROW_SPACE}bytes"


def words(code: object) -> str:
    """Spell a code out: ``land_release_product`` as «Released land».

    Examples
    --------
    >>> words("land.released"), words("ground_sign"), words(None)
    ('land released', 'ground sign', '–')
    """
    if not code:
        return DASH
    text = str(code)
    return WORDS.get(text, text.replace("_", " ").replace(".", " "))


def heading(code: object) -> str:
    """Spell a code out with a capital first letter."""
    return sentence(words(code))


def sentence(text: str) -> str:
    """Begin a text with a capital letter and leave the rest as it stands.

    Examples
    --------
    >>> sentence("set geometry.swap_axes in the mapping file")
    'Set geometry.swap_axes in the mapping file'
    """
    return text[:1].upper() + text[1:]


def moment(value: str | None) -> str:
    """Write a recorded time to the minute, in UTC.

    Examples
    --------
    >>> moment("2024-07-04T10:20:30.123456Z")
    '2024-07-04 10:20 UTC'
    """
    if not value:
        return DASH
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return value
    aware = read if read.tzinfo else read.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def short(value: object) -> str:
    """Write a field's value on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, "", [], (), {}) or isinstance(value, Undefined):
        return DASH
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return ", ".join(short(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{words(key)}: {short(item)}" for key, item in value.items())
    return str(value)


def said(value: object) -> str:
    """Write what a record or a file says of a field; an outline by its ground.

    Examples
    --------
    >>> said(None), said("handed_over")
    ('nothing', 'handed over')
    """
    if value is None:
        return "nothing"
    if isinstance(value, Mapping) and "coordinates" in value:
        return f"an outline of {square_metres(float(area_m2(shape(value))))}"
    return short(value).replace("_", " ")


@cache
def environment() -> Environment:
    """Return the template environment: everything is escaped, an absent field reads as a dash."""
    made = Environment(
        loader=PackageLoader("landrelease.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = (
        number,
        square_metres,
        large_area,
        file_size,
        words,
        heading,
        sentence,
        moment,
        said,
        short,
    )
    made.filters.update({function.__name__: function for function in filters})
    made.globals.update(title_of=title_of, page_of=page_of)
    return made
