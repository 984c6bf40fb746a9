# ruff: noqa: E501 - patterns are read whole
"""Rows of a page known by their form: by-lines, counters, cells of a menu, labels with values.

Each function reads one line. A line counts as furniture only where every part of it is; one word
that is none keeps the whole line.
"""

from __future__ import annotations

import re
from functools import cache

from landrelease.terms import load_terms

_LONGEST_ROW = 300
_CELL_GAP = re.compile(r"\s{2,}|\t|\s*[|•·]\s*|\s+[/»>]\s+")
_LONGEST_CELL = 45
_MOST_WORDS = 6
_NOT_A_CELL = re.compile(r"\d|[.!?;:”\"]$")
_SUM = re.compile(r"(?:US)?[$€£]\s?\d[\d,.]*|other(?: amount)?|monthly|one[- ]time", re.IGNORECASE)
_FEWEST_SUMS = 2
_TOLD = re.compile(r"\w{3}[.!?”\"]$|\b(?:said|told|says|according to)\b", re.IGNORECASE)
"""A value that is a sentence."""
_REACH = re.compile(
    r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,30}){1,4}|\+\d[\d ()-]{7,20}\d|\(?\b\d{3}\)?[ -]\d{3}[ -]\d{4}\b"
)
_MOST_CONTACT_WORDS = 14
_SITE = re.compile(
    r"(?:www\.|https?://)\S+|(?:hotline|helpline|tel|phone|fax)\W{0,3}[\d +()-]{3,20}", re.I
)
"""A cell that leads to an office: its site or its line."""


@cache
def _tokens() -> re.Pattern[str]:
    """One part of a row after another: weak ones stand in reports too, strong ones do not."""
    table = load_terms("furniture")["row_tokens"]
    strong, weak = ("|".join(f"(?:{p})" for p in table[kind]) for kind in ("strong", "weak"))
    return re.compile(rf"(?:(?P<strong>{strong})|(?P<weak>{weak}))(?!\w)|[\W_]+", re.IGNORECASE)


@cache
def _own_labels() -> re.Pattern[str]:
    return re.compile(str(load_terms("furniture")["row_labels"]["own"]), re.IGNORECASE)


@cache
def _any_labels() -> re.Pattern[str]:
    table = load_terms("furniture")["row_labels"]
    return re.compile(f"{table['own']}|{table['shared']}", re.IGNORECASE)


def rule_of(line: str) -> str:
    """Name the kind of a row of page parts, or nothing.

    Examples
    --------
    >>> rule_of("Posted May 2, 2024 at 4:52pm | Facebook Twitter"), rule_of("Three mines")
    ('page-row', '')
    >>> rule_of("$25   $50   Other"), rule_of("Theme: Mine Action    Language: English")
    ('sums', 'labels')
    """
    if len(line) > _LONGEST_ROW:
        return ""
    if _all_tokens(line):
        return "page-row"
    if _sums(line):
        return "sums"
    if _labelled(line):
        return "labels"
    if _by_and_time(line):
        return "byline-row"
    return "contact-row" if _is_contact(line) else ""


def _all_tokens(line: str) -> bool:
    return any(part.lastgroup == "strong" for part in _parts(line) or []) or _but_a_name(line)


_FEWEST_STRONG = 2


def _but_a_name(line: str) -> bool:
    """Parts side by side, two at least that only pages have, and the name of the house among them."""
    parts = [(cell, _parts(cell)) for cell in cells(line)]
    strange = [cell for cell, found in parts if found is None]
    strong = sum(any(p.lastgroup == "strong" for p in found or []) for _, found in parts)
    return strong >= _FEWEST_STRONG and len(strange) == 1 and bool(_HOUSE.fullmatch(strange[0]))


_HOUSE = re.compile(r"[A-ZÀ-Þ][\w&.'’-]*(?: [A-ZÀ-Þ][\w&.'’-]*){0,3}")


def _parts(line: str) -> list[re.Match[str]] | None:
    """The parts of which a line consists, or nothing where another word stands in it."""
    at, found = 0, []
    while at < len(line):
        match = _tokens().match(line, at)
        if match is None:
            return None
        found.append(match)
        at = match.end()
    return found


_NAMED = re.compile(
    r"(?:(?P<by>[Bb]y|BY|[Ss]tory by|[Tt]ext by|[Aa]uthor:) )?(?:[A-ZÀ-Þ][\w.'’-]*(?: (?:and )?[A-ZÀ-Þ][\w.'’-]*){1,5})"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b|\bdate\b|\bmin\b", re.IGNORECASE)


def _by_and_time(line: str) -> bool:
    """«Ana Reyl | Publication date 3 June 2024 | 21:14», «By the Desk | 3 June 2024 | Topics: …»."""
    first, *rest = [cell.strip() for cell in re.split(r"\s[|·•–-]\s", line)]
    named = _NAMED.fullmatch(first)
    if not named or not rest or not _YEAR.search(line):
        return False
    timed = named["by"] or any(map(_CLOCK.search, rest))
    return bool(timed) and all(map(_is_of_byline, rest))


def _is_of_byline(cell: str) -> bool:
    """A day, a time, a counter, or a label with its value."""
    name, colon, _ = cell.partition(":")
    return _parts(cell) is not None or bool(colon and _any_labels().fullmatch(name.strip()))


def _sums(line: str) -> bool:
    """Amounts to choose from: «$50   $100   Other»."""
    entries = cells(line)
    amounts = sum(cell[:1] in "$€£U" for cell in entries)
    return amounts >= _FEWEST_SUMS and all(_SUM.fullmatch(cell) for cell in entries)


def _labelled(line: str) -> bool:
    """Labels with values, all of them known, one of pages only: «Theme: …   Language: …»."""
    pairs = [cell.partition(":") for cell in re.split(r"\s{2,}|\t|\s\|\s(?=[^|:]{3,24}:)", line)]
    names = [name.strip() for name, _, _ in pairs]
    values = [value.strip() for _, _, value in pairs]
    if not all(map(_any_labels().fullmatch, names)) or any(map(_TOLD.search, values)):
        return False
    return all(values) and any(map(_own_labels().fullmatch, names))


def _is_contact(line: str) -> bool:
    """A name or office with its telephone or address, and no sentence around them."""
    parts = [part for cell in cells(line) for part in _DASH.split(cell)]
    reach = _REACH.search(line) or any(map(_SITE.fullmatch, parts[1:]))
    if not reach or _TOLD.search(line):
        return False
    return len(_REACH.sub("", line).split()) <= _MOST_CONTACT_WORDS


_DASH = re.compile(r"\s[-–—]\s")


def cells(line: str) -> list[str]:
    """The entries that stand side by side in a row."""
    return [cell.strip() for cell in _CELL_GAP.split(line.strip(" |•·/»>")) if cell.strip()]


def is_row_of_cells(line: str) -> bool:
    """Two or more short entries side by side, without figures: a menu, or tags.

    Examples
    --------
    >>> is_row_of_cells("Bureau of Arms    Landmines    Transcript"), is_row_of_cells("Three mines")
    (True, False)
    """
    entries = cells(line) if len(line) <= _LONGEST_ROW else []
    return len(entries) > 1 and all(map(_is_entry, entries))


_FIGURE_CELL = re.compile(r"\d[\d,. ]*%?|[–—-]")


def heads_table(line: str, following: str) -> bool:
    """Tell whether a row holds the titles of the columns of figures in the row below it.

    Examples
    --------
    >>> heads_table("Province | Area | Mines", "Tolm | 7,000 | 7"), heads_table("A | B", "C | D")
    (True, False)
    """
    titles, values = cells(line), cells(following)
    figures = [bool(_FIGURE_CELL.fullmatch(cell)) for cell in values]
    return len(titles) == len(values) and len(titles) > 1 and not figures[0] and any(figures)


def _is_entry(cell: str) -> bool:
    short = len(cell) <= _LONGEST_CELL and len(cell.split()) <= _MOST_WORDS
    return short and not _NOT_A_CELL.search(cell)


def is_label(line: str) -> bool:
    """A label of a page alone on its line, its value in the next.

    Examples
    --------
    >>> is_label("Originally published"), is_label("Landmines")
    (True, False)
    """
    return bool(_any_labels().fullmatch(line.rstrip(" :")))


def is_own_label(line: str) -> bool:
    """A label that only pages use, alone on its line."""
    return bool(_own_labels().fullmatch(line.rstrip(" :")))
