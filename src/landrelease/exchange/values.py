"""Reading one cell: numbers with separators, dates in many hands, codes of other lists."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from landrelease.domain.dates import PartialDate
from landrelease.errors import FieldError


class Reading(NamedTuple):
    """What a cell was read as, and what was noticed; ``code`` is None when nothing was.

    ``faithful`` is False when the cell says more than the value, so that it must be kept too.
    """

    value: Any
    code: str | None = None
    detail: str = ""
    faithful: bool = True


def memo_key(cell: Any) -> Hashable:
    """A key under which what was read of a cell can be remembered; lists and objects have one too.

    Examples
    --------
    >>> memo_key("1") == memo_key(1), memo_key(1) == memo_key(True)
    (False, False)
    """
    return cell if isinstance(cell, str) else (type(cell).__name__, repr(cell))


#: Square metres per unit of area, as people write it.
AREA_UNITS: Mapping[str, float] = {
    "m2": 1.0, "m²": 1.0, "sqm": 1.0, "ha": 1e4, "dunum": 1e3, "km2": 1e6, "km²": 1e6, "sqkm": 1e6,
}  # fmt: skip

_PLAIN = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?|[-+]?\.\d+")
_UNIT = re.compile(r"(.*?\d)\s*([a-zA-Z]+²?[23]?)")
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}([.,  ' ’])\d{3}(\1\d{3})*")
_DOUBTFUL = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
_NUMBER_LIKE = re.compile(r"[-+]?[\d., \u00a0\u202f'’]*\d")


class Marks(NamedTuple):
    """The marks of thousands and of decimals in a number."""

    thousands: str | None
    decimal: str | None


def is_doubtful(value: Any) -> bool:
    """Whether a text is a number with one point or comma that may mark thousands or decimals.

    Examples
    --------
    >>> is_doubtful("1.234"), is_doubtful("12,345 m2"), is_doubtful("0.125"), is_doubtful(1.234)
    (True, True, False, False)
    """
    return isinstance(value, str) and bool(_DOUBTFUL.fullmatch(_without_unit(value)))


def marks_of(cells: Iterable[Any]) -> Marks | None:
    """The marks that a column uses, told by those of its numbers that can be read in one way only.

    None where none tells, or where two contradict each other.

    Examples
    --------
    >>> marks_of(["1.234", "12,5"]), marks_of(["1.234", "2.345"]), marks_of(["1.5", "1,5"])
    (Marks(thousands='.', decimal=','), None, None)
    """
    texts = {_without_unit(cell) for cell in cells if isinstance(cell, str)}
    decimals = {mark for text in texts if (mark := _decimal_mark(text))}
    if len(decimals) != 1:
        return None
    return Marks(",", ".") if decimals == {"."} else Marks(".", ",")


def _decimal_mark(text: str) -> str | None:
    """The decimal mark that a number shows beyond doubt, by itself or by its thousands."""
    marks = [c for c in text if c in ".,"]
    if not marks or _DOUBTFUL.fullmatch(text) or not _NUMBER_LIKE.fullmatch(text):
        return None
    if _GROUPED.fullmatch(text):
        return "," if marks[0] == "." else "."
    return marks[-1] if marks.count(marks[-1]) == 1 else None


def _without_unit(text: str) -> str:
    match = _UNIT.fullmatch(text.strip())
    return match.group(1) if match else text.strip()


def read_number(value: Any, *, thousands: str | None = None, decimal: str | None = None) -> Reading:
    """Read a number as people write it.

    Two kinds of separators, or one that repeats, leave no doubt. A single comma or point before
    three digits does, and is not guessed: name ``thousands`` or ``decimal``.

    Examples
    --------
    >>> read_number("1,234,567.5").value, read_number("12,5").value, read_number("2,006").code
    (1234567.5, 12.5, 'number_ambiguous')
    >>> read_number("2,006", thousands=",").value
    2006.0
    """
    text = "" if isinstance(value, bool) else str(value).strip()
    if not isinstance(value, str) or not (thousands or decimal):
        return _plain(text, text) if _PLAIN.fullmatch(text) else _separated(text)
    unmarked = text.replace(thousands or "\0", "").replace(decimal or ".", ".")
    return _plain(unmarked, text)


def _separated(text: str) -> Reading:
    marks = [c for c in text if c in ".,   '’"]
    if not marks:
        return Reading(None, "number_invalid", faithful=False)
    last, kinds = marks[-1], set(marks)
    grouped = _GROUPED.fullmatch(text)
    if grouped and last == "," and len(marks) == 1:
        return Reading(None, "number_ambiguous", faithful=False)
    if grouped:
        return _plain(text.replace(last, ""), text)
    if last in ".," and marks.count(last) == 1 and len(kinds) <= 2:
        others = "".join(kinds - {last})
        return _plain(text.replace(others or "\0", "").replace(last, "."), text)
    return Reading(None, "number_invalid", faithful=False)


def _plain(text: str, written: str) -> Reading:
    number = float(text) if _PLAIN.fullmatch(text) else math.nan
    if not math.isfinite(number):
        return Reading(None, "number_invalid", faithful=False)
    return Reading(number, None if text == written else "number_separators")


def read_area_m2(value: Any, unit: str | None, **separators: str | None) -> Reading:
    """Read an area into square metres; a unit in the cell goes before the mapping's.

    Examples
    --------
    >>> read_area_m2("1.5 ha", None).value, read_area_m2(2, "km2").value
    (15000.0, 2000000.0)
    """
    match = _UNIT.fullmatch(str(value).strip()) if isinstance(value, str) else None
    written = match.group(2).casefold() if match else (unit or "m2").casefold()
    if written not in AREA_UNITS:
        return Reading(None, "number_invalid", f"unit {written!r}", faithful=False)
    number = read_number(match.group(1) if match else value, **separators)
    if number.value is None:
        return number
    return number._replace(value=number.value * AREA_UNITS[written])


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_TOKENS = {
    "YYYY": r"(?P<year>\d{4})", "YY": r"(?P<short>\d{2})", "MMM": r"(?P<name>[^\W\d]+)\.?",
    "MM": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{1,2})",
}  # fmt: skip

#: Written so, a date can be read in one way only. Points mean day first wherever they are used.
_CERTAIN = ("YYYY", "YYYY-MM", "YYYY-MM-DD", "YYYY/MM/DD", "YYYY/MM", "YYYY.MM.DD", "DD.MM.YYYY",
            "DD MMM YYYY", "DD-MMM-YYYY", "MMM YYYY", "MMM DD, YYYY", "MMM-YYYY")  # fmt: skip
_EITHER_WAY = (("DD/MM/YYYY", "MM/DD/YYYY"), ("DD-MM-YYYY", "MM-DD-YYYY"))

_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*")


def read_date(value: Any, formats: Sequence[str] = ()) -> Reading:
    """Read a partial date; what can be read in two ways keeps only what is certain.

    Parameters
    ----------
    value : object
        As the cell holds it.
    formats : sequence of str, optional
        Made of YYYY, YY, MM, MMM (month by name), DD, as `is_date_format` checks; tried in order,
        before the usual ones.

    Examples
    --------
    >>> read_date("4 July 2019").value, read_date("25/12/2019").value
    ('2019-07-04', '2019-12-25')
    >>> read_date("04/07/2019")
    Reading(value='2019', code='date_ambiguous', detail='', faithful=False)
    >>> read_date("04/07/2019", ["DD/MM/YYYY"]).value, read_date("2019-07-00").value
    ('2019-07-04', '2019-07')
    """
    text = _TIME.sub("", str(value).strip())
    if re.fullmatch(r"[12],\d{3}", text):  # a year that a spreadsheet dressed as a quantity
        return Reading(text.replace(",", ""), "number_separators")
    for form in (*formats, *_CERTAIN):
        found = _as_date(text, form)
        if found:
            return Reading(found)
    for pair in _EITHER_WAY:
        readings = {found for form in pair if (found := _as_date(text, form))}
        if len(readings) == 1:
            return Reading(readings.pop())
        if readings:
            return Reading(min(readings)[:4], "date_ambiguous", faithful=False)
    return Reading(None, "date_invalid", faithful=False)


def _as_date(text: str, form: str) -> str | None:
    match = _pattern(form).fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    month = parts.get("month")
    number = _MONTHS.get(parts["name"].casefold()) if parts.get("name") else month and int(month)
    if parts.get("name") and number is None:
        return None
    year = int(parts["year"]) if parts.get("year") else _full_year(int(parts["short"]))
    day = int(parts["day"]) if "day" in parts else 0  # databases write 00 for what is not known
    try:
        return str(PartialDate(year, number or None, day or None))
    except FieldError:
        return None


def is_date_format(form: str) -> bool:
    """Whether a format has a year and each part at most once.

    Examples
    --------
    >>> is_date_format("DD/MM/YYYY"), is_date_format("DD/MM")
    (True, False)
    """
    parts = [part for part in _split_format(form) if part in _TOKENS]
    years, months = (sum(p in names for p in parts) for names in (("YYYY", "YY"), ("MM", "MMM")))
    return years == 1 and months <= 1 and parts.count("DD") <= months


def _split_format(form: str) -> list[str]:
    return re.split(r"(YYYY|YY|MMM|MM|DD)", form)


@lru_cache(maxsize=256)
def _pattern(form: str) -> re.Pattern[str]:
    parts = _split_format(form)
    return re.compile("".join(_TOKENS.get(part) or re.escape(part) for part in parts))


def _full_year(short: int) -> int:
    """Two digits stand for 1940 to 2039, when the mapping allows them at all."""
    return 1900 + short if short >= 40 else 2000 + short
