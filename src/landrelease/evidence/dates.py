# ruff: noqa: E501 - patterns are read whole
"""Dates as texts put them, resolved against the date of publication with the text's own precision.

A value is an ISO date as coarse as the words: ``2024``, ``2024-11``, ``2024-11-20``. Without a
date of publication a relative expression stays open: its value is ``None``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from landrelease.evidence.partial_dates import (
    WEEKDAYS,
    as_date,
    day_number,
    iso,
    month_number,
)

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a": 1, "an": 1,
}  # fmt: skip

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d,.]\d|\d)"
_YEAR = r"(?:19|20)\d\d"
_DASH = r"\s?(?:-|–|—|to|and|until|through|till)\s?"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_COUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a|an)"


@dataclass(frozen=True)
class DateMention:
    """One date expression.

    ``value`` is the single date it names, ``first`` and ``last`` bound the period; all three are
    partial ISO dates or ``None`` where nothing can be said.
    """

    start: int
    end: int
    value: str | None
    first: str | None = None
    last: str | None = None
    future: bool = False


@dataclass(frozen=True)
class _Anchor:
    """What relative words count from."""

    published: date | None
    year: int | None
    month: int | None

    @classmethod
    def of(cls, published: str | None) -> _Anchor:
        parts = [int(p) for p in published.split("-")] if published else []
        return cls(
            as_date(published), parts[0] if parts else None, parts[1] if len(parts) > 1 else None
        )

    def year_of(self, month: int, day: int | None, year: str | None) -> int | None:
        """The year as printed, else the one that puts the date last before publication."""
        if year:
            return int(year)
        if self.year is None:
            return None
        here = (self.month or 12, self.published.day if self.published else 31)
        return self.year - ((month, day or 0) > here)


_Reader = Callable[[re.Match[str], _Anchor], DateMention | None]
_READERS: list[tuple[re.Pattern[str], _Reader]] = []


def _reads(pattern: str) -> Callable[[_Reader], _Reader]:
    compiled = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE)

    def register(reader: _Reader) -> _Reader:
        _READERS.append((compiled, reader))
        return reader

    return register


def _at(match: re.Match[str], value: str | None, **more: str | bool | None) -> DateMention:
    mention = DateMention(match.start(), match.end(), value, **more)  # type: ignore[arg-type]
    if value and mention.first is None and mention.last is None:
        return replace(mention, first=value, last=value)
    return mention


def _range(match: re.Match[str], first: str | None, last: str | None) -> DateMention:
    return DateMention(match.start(), match.end(), None, first, last)


@_reads(rf"(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>0[1-9]|[12]\d|3[01]))?")
def _iso_date(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    day = int(match["d"]) if match["d"] else None
    return _at(match, iso(int(match["y"]), int(match["m"]), day))


@_reads(
    rf"(?P<d1>[0-3]?\d)[./](?P<m1>[01]?\d)[./](?P<y1>{_YEAR}){_DASH}(?P<d2>[0-3]?\d)[./](?P<m2>[01]?\d)[./](?P<y2>{_YEAR})"
)
def _numeric_range(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    """«15.04.2024–21.04.2024»."""
    ends = [[int(match[f"{part}{end}"]) for part in "ymd"] for end in "12"]
    if any(not (1 <= month <= 12 and day) for _, month, day in ends):
        return None
    return _range(match, *(iso(*end) for end in ends))


@_reads(rf"(?:{_WEEKDAY},? )?(?P<d>[0-3]?\d)[./](?P<m>[01]?\d)[./](?P<y>{_YEAR})")
def _numeric(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    month, day = int(match["m"]), int(match["d"])
    if month > 12 or not month >= 1 or not day >= 1:
        return None
    return _at(match, iso(int(match["y"]), month, day))


@_reads(
    rf"(?P<m1>{_MONTH}) (?P<d1>{_DAY})(?:,? (?P<y1>{_YEAR}))?{_DASH}(?P<m2>{_MONTH}) (?P<d2>{_DAY})(?:,? (?P<y>{_YEAR}))?"
    rf"|(?P<d3>{_DAY}) (?P<m3>{_MONTH})(?:,? (?P<y3>{_YEAR}))?{_DASH}(?P<d4>{_DAY}) (?P<m4>{_MONTH})(?:,? (?P<y4>{_YEAR}))?"
)
def _day_to_day(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    found = match.groupdict()
    m1, m2 = month_number(found["m1"] or found["m3"]), month_number(found["m2"] or found["m4"])
    d1, d2 = day_number(found["d1"] or found["d3"]), day_number(found["d2"] or found["d4"])
    end_year = anchor.year_of(m2, d2, found["y"] or found["y4"] or None)
    if end_year is None:
        return _range(match, None, None)
    year = found["y1"] or found["y3"]
    start_year = int(year) if year else end_year - ((m1, d1) > (m2, d2))
    return _range(match, iso(start_year, m1, d1), iso(end_year, m2, d2))


@_reads(
    rf"(?P<m>{_MONTH}) (?P<d1>{_DAY}){_DASH}(?P<d2>{_DAY})(?:,? (?P<y>{_YEAR}))?"
    rf"|(?P<d3>{_DAY}){_DASH}(?P<d4>{_DAY}) (?:of )?(?P<m2>{_MONTH})(?:,? (?P<y2>{_YEAR}))?"
)
def _days_of_month(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    month = month_number(match["m"] or match["m2"])
    d1, d2 = day_number(match["d1"] or match["d3"]), day_number(match["d2"] or match["d4"])
    year = anchor.year_of(month, d1, match["y"] or match["y2"])
    if year is None or d2 < d1:
        return _range(match, None, None)
    return _range(match, iso(year, month, d1), iso(year, month, d2))


@_reads(
    rf"(?:(?:{_WEEKDAY}|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?,? (?:the )?)?"
    rf"(?:(?P<m>{_MONTH}) (?P<d>{_DAY})(?:,? (?P<y>{_YEAR}))?|(?P<d2>{_DAY})(?: of)? (?P<m2>{_MONTH})(?:,? (?P<y2>{_YEAR}))?)"
    rf"(?:,? (?P<next>last|this|next) year)?"
)
def _day(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    month, day = month_number(match["m"] or match["m2"]), day_number(match["d"] or match["d2"])
    year = anchor.year_of(month, day, match["y"] or match["y2"])
    if match["next"] and anchor.year is not None:
        year = anchor.year + {"last": -1, "this": 0, "next": 1}[match["next"].casefold()]
    return _at(match, iso(year, month, day) if year else None)


@_reads(
    rf"(?P<m1>{_MONTH})(?: (?:of )?(?P<y1>{_YEAR}))?{_DASH}(?P<m2>{_MONTH}),? (?:of )?(?P<y2>{_YEAR})"
    rf"|(?P<m3>{_MONTH})(?:-|–| to | through | until )(?P<m4>{_MONTH})(?:,? (?:of )?(?P<which>this|last) year)?"
)
def _month_to_month(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    m1, m2 = month_number(match["m1"] or match["m3"]), month_number(match["m2"] or match["m4"])
    last = anchor.year_of(m2, None, match["y2"])
    if last is None or (anchor.year is None and match["which"]):
        return _range(match, None, None)
    if match["which"] and anchor.year is not None:
        last = anchor.year - (match["which"].casefold() == "last")
    first = int(match["y1"]) if match["y1"] else last - (m1 > m2)
    return _range(match, iso(first, m1), iso(last, m2))


@_reads(
    rf"(?P<part>early |late |mid-|mid |end of |beginning of |start of )?(?P<m>{_MONTH})(?:,? (?:of )?(?P<y>{_YEAR})| (?P<which>last|this|next) year)"
)
def _month_year(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    if match["y"]:
        return _at(match, iso(int(match["y"]), month_number(match["m"])))
    if anchor.year is None:
        return _at(match, None)
    year = anchor.year + {"last": -1, "this": 0, "next": 1}[match["which"].casefold()]
    return _at(match, iso(year, month_number(match["m"])))


@_reads(
    r"(?:the )?(?:start|beginning) of (?P<which>the|this|last) year|this year so far|year to date"
)
def _new_year(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    if anchor.year is None:
        return _at(match, None)
    return _at(match, iso(anchor.year - ((match["which"] or "") == "last"), 1, 1))


@_reads(r"(?:the )?(?:start|beginning) of (?:the|this) (?:current )?(?P<unit>month|week)")
def _new_month(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    if anchor.year is None or anchor.month is None:
        return _at(match, None)
    if match["unit"].casefold() == "month":
        return _at(match, iso(anchor.year, anchor.month, 1))
    if anchor.published is None:
        return _at(match, None)
    monday = anchor.published - timedelta(days=anchor.published.weekday())
    return _at(match, monday.isoformat())


@_reads(
    rf"(?:(?:over|in|during|within) )?(?:the )?(?P<n>first|second|third|fourth|last) week of (?P<m>{_MONTH})(?:,? (?:of )?(?P<y>{_YEAR}))?"
)
def _week_of_month(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    month = month_number(match["m"])
    year = anchor.year_of(month, None, match["y"])
    if year is None:
        return _range(match, None, None)
    days = calendar.monthrange(year, month)[1]
    ordinal = {"first": 1, "second": 8, "third": 15, "fourth": 22, "last": days - 6}
    first = ordinal[match["n"].casefold()]
    return _range(match, iso(year, month, first), iso(year, month, first + 6))


@_reads(rf"(?P<y1>{_YEAR}){_DASH}(?P<y2>{_YEAR})")
def _years(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    if int(match["y1"]) > int(match["y2"]):
        return None
    return _range(match, match["y1"], match["y2"])


@_reads(
    rf"(?:the )?(?P<n>first|second|third|fourth|last) (?P<what>half|quarter|(?P<k>{_COUNT}) months) of (?:(?P<y>{_YEAR})|(?P<rel>this|last) year|the year)"
    rf"|(?P<q>Q[1-4]|H[12]),? (?P<y2>{_YEAR})"
)
def _part_of_year(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    year = int(match["y"] or match["y2"] or 0) or anchor.year
    if year is None:
        return _range(match, None, None)
    year -= (match["rel"] or "").casefold() == "last"
    if match["q"]:
        size, index = (
            (3, int(match["q"][1])) if match["q"][0].upper() == "Q" else (6, int(match["q"][1]))
        )
    elif match["k"]:
        size, index = _count(match["k"]), 1
    else:
        size = 6 if match["what"].casefold() == "half" else 3
        ordinal = {"first": 1, "second": 2, "third": 3, "fourth": 4}
        index = ordinal.get(match["n"].casefold(), 12 // size)
    return _range(
        match, iso(year, min(size * (index - 1) + 1, 12)), iso(year, min(size * index, 12))
    )


@_reads(
    r"(?P<part>yesterday|today|tonight|tomorrow)(?: (?:morning|afternoon|evening|night))?|this (?:morning|afternoon|evening)|last night"
)
def _near_day(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    word = match.group().casefold()
    step = (
        -1 if word.startswith(("yester", "last night")) else 1 if word.startswith("tomorrow") else 0
    )
    day = anchor.published + timedelta(days=step) if anchor.published else None
    return _at(match, day.isoformat() if day else None, future=step > 0)


@_reads(
    rf"(?P<which>last |this |next |this past |the previous |earlier on |late |early )?(?P<w>{_WEEKDAY})(?P<part>'s|’s| (?:morning|afternoon|evening|night))?"
)
def _weekday(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    if anchor.published is None:
        return _at(match, None)
    wanted, which = WEEKDAYS[match["w"].casefold()], (match["which"] or "").strip().casefold()
    back = (anchor.published.weekday() - wanted) % 7
    if which == "next":
        return _at(match, (anchor.published + timedelta(days=7 - back)).isoformat(), future=True)
    back += 7 if which == "last" and back == 0 else 0
    return _at(match, (anchor.published - timedelta(days=back)).isoformat())


@_reads(
    r"(?P<which>last|this|next|(?:the )?(?:past|previous|preceding|coming|same|current)) (?P<unit>week|month|year)(?:'s|’s)?|(?:earlier|later) this (?P<unit2>week|month|year)|so far this (?P<unit3>year|month|week)"
)
def _near_unit(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    unit = (match["unit"] or match["unit2"] or match["unit3"]).casefold()
    which = (match["which"] or "this").casefold().split()[-1]
    step = {"last": -1, "previous": -1, "preceding": -1, "past": -1, "next": 1, "coming": 1}.get(
        which, 0
    )
    if anchor.year is None or which == "same":
        return _at(match, None, future=step > 0)
    if unit == "year":
        return _at(match, iso(anchor.year + step), future=step > 0)
    if unit == "month":
        count = anchor.year * 12 + (anchor.month or 1) - 1 + step
        return _at(
            match, iso(count // 12, count % 12 + 1) if anchor.month else None, future=step > 0
        )
    return _week(match, anchor, step)


def _week(match: re.Match[str], anchor: _Anchor, step: int) -> DateMention:
    if anchor.published is None:
        return _range(match, None, None)
    monday = anchor.published - timedelta(days=anchor.published.weekday() - 7 * step)
    sunday = monday + timedelta(days=6)
    last = sunday if step else min(sunday, anchor.published)
    return replace(_range(match, monday.isoformat(), last.isoformat()), future=step > 0)


@_reads(
    rf"(?P<over>(?:over|in|during|within|for) )?(?:the )?(?:past|last|previous) (?P<n>{_COUNT})? ?(?P<unit>24 hours|hours?|days?|weeks?|months?|years?)"
)
def _past_span(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    plain = not match["n"] and "24" not in match["unit"]
    if anchor.published is None or (plain and not _one_unit(match)):
        return _range(match, None, None)
    if plain and match["unit"].casefold() == "week":
        return _seven_days(match, anchor.published)
    if match["unit"].casefold().startswith(("hour", "24")):
        return _range(
            match, (anchor.published - timedelta(days=1)).isoformat(), anchor.published.isoformat()
        )
    first = _step_back(anchor.published, _count(match["n"] or "one"), match["unit"])
    return _range(match, first, anchor.published.isoformat())


def _one_unit(match: re.Match[str]) -> bool:
    """«Over the past week» is one; «the last years» are some."""
    return bool(match["over"]) and not match["unit"].casefold().endswith("s")


def _seven_days(match: re.Match[str], published: date) -> DateMention:
    """The seven days before a report."""
    first, last = (published - timedelta(days=n) for n in (7, 1))
    return _range(match, first.isoformat(), last.isoformat())


@_reads(rf"(?P<n>{_COUNT}|several|few) (?P<unit>days?|weeks?|months?|years?) (?P<dir>ago)")
def _ago(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    if match["n"].casefold() in ("several", "few") or anchor.year is None:
        return _at(match, None)
    unit, count = match["unit"].casefold(), _count(match["n"])
    if unit.startswith("year"):
        return _at(match, iso(anchor.year - count))
    if anchor.published is None:
        return _at(match, None)
    back = _step_back(anchor.published, count, unit)
    return _at(match, back[:7] if unit.startswith("month") else back)


@_reads(
    rf"(?P<n>{_COUNT}) (?P<unit>days?|weeks?|months?|years?) (?P<dir>later|earlier|before|after(?:ward)?s?)|(?P<dir2>the (?:next|following|previous) day)"
)
def _offset(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    return _at(match, None)


@_reads(
    rf"(?:(?P<part>early|late|mid|the end of|end of|beginning of|the start of|start of)[ -])?(?:FY ?)?(?<!Act of )(?<!Monitor )(?<!Law of )(?<!§ )(?P<y>{_YEAR})(?P<s>s)?(?:(?<=\b[Ii]n \d{{4}})|(?<=\b[Ss]ince \d{{4}})|(?<=\b[Dd]uring \d{{4}})|(?!\s?(?:%|per cent|mines|items|people|hectares|rounds|UXO|anti)))"
)
def _year(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    if match["s"]:
        return _range(match, match["y"], f"{int(match['y']) + 9}")
    return _at(match, match["y"])


@_reads(
    rf"(?<=\b[Ii]n )(?P<m>{_MONTH})|(?<=since )(?P<m2>{_MONTH})|(?<=during )(?P<m3>{_MONTH})|(?:early|late|mid)[ -](?P<m4>{_MONTH})|(?<=end of )(?P<m5>{_MONTH})|(?<=by )(?P<m6>{_MONTH})|(?<=of )(?P<m7>{_MONTH})|(?:last|this past|next) (?P<m8>{_MONTH})|(?<=for )(?P<m9>{_MONTH})|(?<=until )(?P<m10>{_MONTH})|(?<=from )(?P<m11>{_MONTH})"
)
def _month(match: re.Match[str], anchor: _Anchor) -> DateMention | None:
    word = next(g for g in match.groups() if g)
    if word in ("may", "march", "mar", "sep", "dec", "oct", "jan", "jun", "jul"):
        return None
    month, forward = month_number(word), match.group().casefold().startswith("next")
    year = anchor.year_of(month, None, None)
    if year is not None and forward and year == anchor.year:
        year += 1
    return _at(match, iso(year, month) if year else None, future=forward)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _UNITS[word.casefold()]


def _step_back(day: date, count: int, unit: str) -> str:
    unit = unit.casefold().rstrip("s")
    if unit in ("day", "week"):
        return (day - timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    if year < 1:
        return day.isoformat()
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1])).isoformat()


_HINT = re.compile(
    rf"{_YEAR}|{_WEEKDAY}|\b{_MONTH}|\b(?:yesterday|today|tonight|tomorrow|this|last|next|past|previous|preceding|ago|beginning|start|week|later|earlier|before|after|following|Q[1-4]|H[12]|coming|same|current)\b",
    re.IGNORECASE,
)


_WORD = re.compile(r"(?<![\w-])\w")


def find_dates(text: str, start: int, end: int, published: str | None) -> list[DateMention]:
    """Find the date expressions in a stretch of text.

    Parameters
    ----------
    text : str
        The whole text; offsets count its characters.
    start, end : int
        The stretch to read.
    published : str or None
        Partial ISO date that «Wednesday» and «last year» count from.

    Returns
    -------
    list of DateMention
        In order, without overlaps, the longest reading of each place.

    Examples
    --------
    >>> text = "He said on Wednesday that 3 ha were cleared last year."
    >>> [d.value for d in find_dates(text, 0, len(text), "2024-11-21")]
    ['2024-11-20', '2023']
    """
    if not _HINT.search(text, start, end):
        return []
    anchor = _Anchor.of(published)
    found = list(_all(text, start, end, anchor))
    found.sort(key=lambda m: (m.start, m.start - m.end))
    kept: list[DateMention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return _chained(text, kept)


def _all(text: str, start: int, end: int, anchor: _Anchor) -> Iterator[DateMention]:
    """Every expression at every word; patterns are tried only where a word begins."""
    for place in _WORD.finditer(text, start, end):
        for pattern, reader in _READERS:
            match = pattern.match(text, place.start(), end)
            mention = reader(match, anchor) if match else None
            if mention is not None:
                yield mention


def _chained(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Resolve «three days earlier» against the date before it in the same stretch."""
    return [
        shift(text[m.start : m.end], m, mentions[i - 1]) if i else m for i, m in enumerate(mentions)
    ]


_SHIFT = re.compile(
    rf"(?P<n>{_COUNT}) (?P<unit>day|week)s? (?P<dir>later|earlier|before|after)|the (?P<d2>next|following|previous) day",
    re.IGNORECASE,
)


def shift(words: str, mention: DateMention, base: DateMention) -> DateMention:
    """Return the mention counted from ``base`` when its words say «a day later» and the like."""
    match, day = _SHIFT.match(words), as_date(base.value)
    if not match or not day:
        return mention
    if match["d2"]:
        step = -1 if match["d2"].casefold() == "previous" else 1
    else:
        size = _count(match["n"]) * (7 if match["unit"].casefold() == "week" else 1)
        step = size if match["dir"].casefold() in ("later", "after") else -size
    value = (day + timedelta(days=step)).isoformat()
    return replace(mention, value=value, first=value, last=value)
