# ruff: noqa: E501 - patterns are read whole
"""Numbers, money, areas, durations and shares as texts print them, in full units."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
}  # fmt: skip
_SCALE = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "mln": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "k": 10**3,
}
_SMALL = "|".join(sorted(_WORDS, key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:\.\d{3}){2,}(?![\d.]\d)|\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SPELT = rf"(?:(?:{_SMALL})(?:[- ](?:{_SMALL}))?)(?:[ -](?:hundred|thousand|million|billion)(?: and)?(?: (?:{_SMALL})(?:[- ](?:{_SMALL}))?)?){{0,3}}|(?:a|an) (?:hundred|thousand|million|billion|dozen)"
_BIG = r"(?:hundred|thousand|million|billion|trillion|mln|bn)"
NUMBER = rf"(?:(?:{_DIGITS})(?:[\s-]?{_BIG}(?![a-z])|(?<=\d)[mk](?![a-z²2]))?|{_SPELT})"
_APPROX = (
    r"(?P<approx>more than|(?<!handed )(?<!hand )(?<!handing )(?<!taken )over|at least|no fewer than|no less than|not less than|upwards of|in excess of|as many as|up to|"
    r"nearly|almost|about|around|approximately|roughly|some|an estimated|estimated|close to|fewer than|less than|under|well over|just over|just under|no more than|a maximum of|not more than)?"
)
_AT_LEAST = {
    "more than",
    "over",
    "at least",
    "no fewer than",
    "no less than",
    "not less than",
    "upwards of",
    "in excess of",
    "well over",
    "just over",
}
_AT_MOST = {
    "as many as",
    "up to",
    "fewer than",
    "less than",
    "under",
    "just under",
    "no more than",
    "a maximum of",
    "not more than",
}
_NEARLY = {"nearly", "almost", "close to"}
_CURRENCY = {
    "$": "USD", "us$": "USD", "usd": "USD", "u.s. $": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "¥": "JPY", "jpy": "JPY", "a$": "AUD",
    "au$": "AUD", "aud": "AUD", "c$": "CAD", "ca$": "CAD", "cad": "CAD", "nok": "NOK", "sek": "SEK", "dkk": "DKK", "chf": "CHF", "uah": "UAH", "₴": "UAH", "nz$": "NZD",
    "dollars": "USD", "us dollars": "USD", "u.s. dollars": "USD", "euros": "EUR", "euro": "EUR", "pounds": "GBP", "yen": "JPY", "hryvnia": "UAH", "hryvnias": "UAH", "₩": "KRW",
    "swiss francs": "CHF", "francs": "CHF", "kroner": "NOK", "norwegian kroner": "NOK", "krona": "SEK", "kronor": "SEK", "yuan": "CNY", "manats": "AZN", "azn": "AZN", "roubles": "RUB", "rubles": "RUB", "baht": "THB", "korean won": "KRW", "south korean won": "KRW",
    "australian dollars": "AUD", "canadian dollars": "CAD", "rupees": "INR",
}  # fmt: skip
_SIGN = r"(?:US\$|U\.S\. ?\$|AU?\$|CA?\$|NZ\$|[$€£¥₴₩]|(?:USD|EUR|GBP|JPY|AUD|CAD|NOK|SEK|DKK|CHF|UAH) ?)"
_AFTER = r"(?:US dollars|U\.S\. dollars|Australian dollars|Canadian dollars|dollars|euros?|pounds(?: sterling)?|yen|hryvnias?|Swiss francs|francs|Norwegian kroner|kroner|kronor|rupees|yuan|manats|roubles|rubles|baht|South Korean won|Korean won|AZN|USD|EUR|GBP|NOK|SEK|CHF|UAH)"
_AREA_UNITS = [
    (r"(?:square kilomet(?:er|re)s?|sq\.?[ -]?km\.?|km²|km2|km\^2|square km)", 1e6),
    (r"(?:square met(?:er|re)s?|sq\.? ?m(?:et(?:er|re)s?)?\.?|m²|m2|m\^2)", 1.0),
    (r"(?:square miles?|sq\.? ?mi\.?)", 2589988.11),
    (r"(?:hectares?|ha\b|ha\.)", 1e4),
    (r"(?:acres?)", 4046.8564224),
    (r"(?:dunams?|donums?|dunums?|dönüms?)", 1e3),
    (r"(?:jeribs?|jereebs?)", 2e3),
    (r"(?:rai)", 1.6e3),
    (r"(?:feddans?)", 4200.83),
    (r"(?:football (?:pitches|fields))", 7140.0),
]  # fmt: skip
_DURATION_DAYS = {
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.0,
    "year": 365.0,
    "minute": 1 / 1440,
    "second": 1 / 86400,
    "decade": 3650.0,
    "century": 36500.0,
}


@dataclass(frozen=True)
class Quantity:
    """One printed amount; ``kind`` is number, money, area, duration or percent."""

    kind: str
    start: int
    end: int
    value: float
    low: float | None = None
    high: float | None = None
    approx: str | None = None
    unit: str | None = None

    def plain(self) -> float | int:
        """The value as an integer where it is one."""
        return int(self.value) if float(self.value).is_integer() else self.value


_FIGURE = re.compile(rf"({_DIGITS})[\s-]?([a-z]+)?$")


def parse_number(words: str) -> float | None:
    """Read digits with thousands marks, scale words and numbers in words.

    Examples
    --------
    >>> parse_number("1,587.8"), parse_number("2.85 billion"), parse_number("two hundred and five")
    (1587.8, 2850000000.0, 205.0)
    >>> parse_number("twenty-three thousand"), parse_number("a dozen"), parse_number("12 500")
    (23000.0, 12.0, 12500.0)
    """
    plain = words.strip().casefold().replace("\u00a0", " ").replace("\u202f", " ")
    match = _FIGURE.match(plain)
    if match:
        scale = _SCALE.get(match[2] or "", 1 if not match[2] else 0)
        return round(_digits(match[1]) * scale, 6) if scale else None
    return _spelt(plain)


def _digits(text: str) -> float:
    text = text.replace(" ", "")
    if text.count(".") > 1:
        return float(text.replace(".", ""))
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    return float(text.replace(",", "."))


def _spelt(plain: str) -> float | None:
    total = group = 0.0
    seen = False
    for word in re.split(r"[\s-]+", plain):
        if word in ("a", "an"):
            group, seen = 1, True
        elif word == "dozen":
            group, seen = (group or 1) * 12, True
        elif word in _WORDS:
            group, seen = group + _WORDS[word], True
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in _SCALE:
            total, group = total + (group or 1) * _SCALE[word], 0
        elif word != "and":
            return None
    return total + group if seen else None


_MONEY = re.compile(
    rf"(?<![\w$]){_APPROX}\s?(?P<sign>{_SIGN})\s?(?P<n>(?:{_DIGITS})(?:[\s-]?{_BIG}(?![a-z])|(?<=\d)(?:[mk]|bn)(?![a-z]))?)"
    rf"(?:(?: to |–|-)(?:{_SIGN})?(?P<n2>(?:{_DIGITS})(?:[\s-]?{_BIG}(?![a-z]))?))?(?:[ -](?:worth))?"
    rf"|(?<![\w$]){_APPROX.replace('approx', 'approx2')}\s?(?P<n3>{NUMBER}) (?P<after>{_AFTER})\b",
    re.IGNORECASE,
)
_AREA = re.compile(
    rf"(?<![\w.,]){_APPROX}\s?(?P<n>{NUMBER})(?:(?: to |–|-)(?P<n2>{NUMBER}))?[\s-]?(?:"
    + "|".join(f"(?P<u{i}>{unit})" for i, (unit, _) in enumerate(_AREA_UNITS)) + r")(?![\w²])",
    re.IGNORECASE,
)  # fmt: skip
_DURATION = re.compile(
    rf"(?<![\w.,])(?:between (?P<from>{NUMBER}) and )?{_APPROX}\s?(?P<n>{NUMBER}|a few|several|half a)(?:(?: to | or | or at |–|-)(?P<n2>{NUMBER}))?[\s-](?P<u>hour|day|week|month|year|minute|decade|century|second(?=s\b))s?(?![\w-]?old)\b(?!-old| old| ago| later| earlier)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?<![\w.,]){_APPROX}\s?(?P<n>{_DIGITS}|{_SPELT})(?:(?: to |–|-| and | or )(?P<n2>{_DIGITS}|{_SPELT}))?\s?(?:%|per ?cent\b|percentage points?\b)"
    rf"|(?:{_APPROX.replace('approx', 'approx3')}\s)?(?P<a>{NUMBER})(?:[ -]in|[ -]out[ -]of)(?: every| each| a)?[ -](?!(?:19|20)\d\d\b)(?P<b>{NUMBER})\b"
    rf"|(?P<each>{NUMBER}) (?:in|out of) (?:every|each) (?P<round>hundred|thousand|million)\b"
    rf"|\b(?P<one>one) (?!or\b|more\b|of\b)[a-z]+ (?:in|out of)(?: every| each)? (?!(?:19|20)\d\d\b)(?P<of>{NUMBER})(?=[.,;:]| (?:do|does|did|fail|had|has|have|is|was|were|are)\b)"
    rf"|(?<![\w.,]){_APPROX.replace('approx', 'approx2')}\s?(?P<times>an?|one|two|three)[- ](?P<f>third|quarter|fifth|tenth)s?(?=[”\"’]? of\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<![\w.,$€£-]){_APPROX}\s?(?P<n>{NUMBER})(?:(?: to |–)(?P<n2>{_DIGITS}))?(?!(?!(?<=\d)(?:people|persons|children|civilians|mines)\b)[\w%²]|[.,]\d|[ -](?:mm|millimet|calib))",
    re.IGNORECASE,
)


def find_quantities(text: str, start: int, end: int) -> list[Quantity]:
    """Find the amounts in a stretch of text, in order and without overlaps.

    Money, areas, durations and shares come before bare numbers at the same place.

    Examples
    --------
    >>> text = "Over 1,587.8 hectares, worth $2.85 billion, lay idle for two weeks."
    >>> [(q.kind, q.plain(), q.unit) for q in find_quantities(text, 0, len(text))]
    [('area', 15878000, 'm2'), ('money', 2850000000, 'USD'), ('duration', 14, 'day')]
    """
    found: list[Quantity] = []
    words = text[start:end].casefold()
    for reader, marks in _READERS:
        if not any(mark in words for mark in marks):
            continue
        for quantity in reader(text, start, end):
            if not any(quantity.start < q.end and q.start < quantity.end for q in found):
                found.append(quantity)
    return sorted(found, key=lambda q: q.start)


def _limits(
    value: float, approx: str | None, other: float | None
) -> tuple[float | None, float | None, str | None]:
    word = (approx or "").casefold()
    if other is not None:
        return min(value, other), max(value, other), "range"
    if word in _AT_LEAST:
        return value, None, "at least"
    if word in _AT_MOST:
        return None, value, "at most"
    if word in _NEARLY:
        return None, value, "nearly"
    return None, None, "about" if word else None


def _make(
    kind: str,
    match: re.Match[str],
    value: float,
    other: float | None,
    approx: str | None,
    unit: str | None,
) -> Quantity:
    low, high, word = _limits(value, approx, other)
    return Quantity(kind, match.start(), match.end(), value, low, high, word, unit)


def _money(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _MONEY.finditer(text, start, end):
        value = parse_number(match["n"] or match["n3"])
        sign = (match["sign"] or match["after"]).strip().casefold()
        currency = _CURRENCY.get(sign, _CURRENCY.get(sign.split()[0]))
        if value is None:
            continue
        other = parse_number(match["n2"]) if match["n2"] else None
        yield _make("money", match, value, other, match["approx"] or match["approx2"], currency)


def _areas(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _AREA.finditer(text, start, end):
        value = parse_number(match["n"])
        factor = next(f for i, (_, f) in enumerate(_AREA_UNITS) if match[f"u{i}"])
        other = parse_number(match["n2"]) if match["n2"] else None
        if value is not None:
            scaled = round(value * factor, 6)
            yield _make(
                "area",
                match,
                scaled,
                None if other is None else round(other * factor, 6),
                match["approx"],
                "m2",
            )


def _durations(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _DURATION.finditer(text, start, end):
        days = _DURATION_DAYS[match["u"].casefold()]
        value = 0.5 if match["n"].casefold() == "half a" else parse_number(match["n"])
        if value is None:
            continue
        end_of_range = match["n2"] or match["from"]
        other = parse_number(end_of_range) if end_of_range else None
        yield _make(
            "duration",
            match,
            round(value * days, 6),
            None if other is None else other * days,
            match["approx"],
            "day",
        )


def _percents(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(text, start, end):
        if match["a"]:
            part, whole = parse_number(match["a"]), parse_number(match["b"])
            once = match["a"].casefold() == "one" and whole is not None and whole > 2
            if part is None or not whole or part > whole or (whole < 10 and not once):
                continue
            yield _make("percent", match, part / whole * 100, None, match["approx3"], "%")
            continue
        if match["each"] or match["one"]:
            yield from _out_of(match)
            continue
        if match["f"]:
            share = (parse_number(match["times"]) or 1) * _FRACTIONS[match["f"].casefold()]
            yield _make("percent", match, round(share, 1), None, match["approx2"], "%")
            continue
        value = parse_number(match["n"])
        other = parse_number(match["n2"]) if match["n2"] else None
        if value is not None:
            yield _make("percent", match, value, other, match["approx"], "%")


def _out_of(match: re.Match[str]) -> Iterator[Quantity]:
    """«Five in every hundred», «one rocket in six»."""
    part = parse_number(match["each"] or "one")
    whole = parse_number(f"one {match['round']}" if match["each"] else match["of"])
    if part is not None and whole and 2 < whole >= part:
        yield Quantity("percent", match.start(), match.end(), part / whole * 100, unit="%")


_FRACTIONS = {"third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}


_POINT_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_THINGS = re.compile(
    r" (?:[a-z-]+ )?(?:(?:land)?mines?|unexploded|uxos?|items?|pieces?|ordnances?|munitions?|sub-?munitions?|bomblets?|bombs?|shells?|rockets?|grenades?|devices?|objects?|explosives?|anti-?\s?(?:personnel|tank|vehicle)"
    r"|people|persons|civilians?|citizens|casualties|victims|children|women|men|families|households|villages?|areas|tasks|fields|sessions|beneficiaries)\b",
    re.IGNORECASE,
)
"""Things that are counted whole, so that «1.124 mines» has a point for its thousands."""


def _whole(text: str, match: re.Match[str], value: float | None) -> float | None:
    """The number as it is meant where a point divides thousands."""
    if not _POINT_THOUSANDS.fullmatch(match["n"]) or not _THINGS.match(text, match.end("n")):
        return value
    return float(match["n"].replace(".", ""))


def _numbers(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(text, start, end):
        value = _whole(text, match, parse_number(match["n"]))
        other = parse_number(match["n2"]) if match["n2"] else None
        if value is not None:
            yield _make("number", match, value, other, match["approx"], None)


_READERS: tuple[tuple[Callable[[str, int, int], Iterator[Quantity]], tuple[str, ...]], ...] = (
    (_money, tuple(_CURRENCY)),
    (
        _areas,
        (
            "sq",
            "km",
            "m2",
            "m²",
            "m^2",
            "hect",
            "ha",
            "acre",
            "dunam",
            "donum",
            "dunum",
            "dönüm",
            "jer",
            "rai",
            "feddan",
            "football",
        ),
    ),
    (_percents, ("%", "per", " in", " out of", "third", "quarter", "fifth", "tenth")),
    (_durations, tuple(_DURATION_DAYS)),
    (_numbers, ("",)),
)
"""Readers in order, each with marks (in lower case) without one of which it finds nothing."""
