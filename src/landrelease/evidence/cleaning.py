"""Drop the furniture of a page from plain text, line by line, each with the rule that dropped it.

When unsure a line is kept: a sentence of the report lost is worse than a slogan kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from landrelease.evidence.layout import Span, lines
from landrelease.terms import load_terms

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:.*\r?\n){0,60}?---[ \t]*(?:\r?\n|$)")


@dataclass(frozen=True)
class Dropped:
    """One stretch of furniture and the rule that named it."""

    start: int
    end: int
    rule: str


_LONGEST_FURNITURE = 400
"""Longer lines are paragraphs of prose: no rule for furniture reads them."""


@cache
def _rules() -> list[tuple[str, re.Pattern[str]]]:
    table = load_terms("furniture")["lines"]
    return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in table.items()]


@cache
def _sections(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load_terms("furniture")[kind]), re.IGNORECASE)


def front_matter(text: str) -> Span | None:
    """Return the block between ``---`` lines at the head of a text, if there is one."""
    match = _FRONT_MATTER.match(text)
    return Span(match.start(), match.end()) if match else None


def drop(text: str) -> tuple[Dropped, ...]:
    """List what a reader of the report would skip.

    Parameters
    ----------
    text : str
        The text as given.

    Returns
    -------
    tuple of Dropped
        In order, without overlaps.

    Examples
    --------
    >>> body = "Deminers cleared 3 ha." + chr(10) + "Subscribe to our newsletter"
    >>> [(d.start, d.rule) for d in drop(body)]
    [(23, 'subscribe')]
    """
    head = front_matter(text)
    start = head.end if head else 0
    found = [Dropped(head.start, head.end, "front-matter")] if head else []
    found.extend(_body(text, list(lines(text[start:], start))))
    return tuple(found)


def _body(text: str, rows: list[Span]) -> Iterator[Dropped]:
    section = ""
    menus = _menus(text, rows)
    latin = len(_LATIN.findall(text)) > len(text) / 2
    for number, row in enumerate(rows):
        line = text[row.start : row.end].strip()
        if not line:
            section = (
                "" if section == "related" and _substantial(text, rows, number + 1) else section
            )
            continue
        rule = "menu" if number in menus else _rule_of(line)
        if latin and not rule and _in_other_script(line):
            rule = "other-script"
        if len(line) > _LONGEST_FURNITURE:
            section = ""
        elif _sections("appeal_openers").search(line):
            section = "appeal"
        elif _sections("link_openers").match(line):
            section = "related"
            rule = rule or "link-list"
        elif (section == "related" and _is_report(line)) or (
            section == "appeal" and _ends_appeal(line)
        ):
            section = ""
        if rule or section:
            yield Dropped(*_ink(text, row if section else _less_credit(text, row)), rule or section)


_LATIN = re.compile(r"[A-Za-z]")
_OTHER_LETTER = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]")
_LEAST_LETTERS = 10


def _in_other_script(line: str) -> bool:
    """A line wholly in another script than the text, such as an appeal of the site."""
    foreign = len(_OTHER_LETTER.findall(line[:_LONGEST_FURNITURE]))
    return foreign >= _LEAST_LETTERS and not _LATIN.search(line)


_CREDIT = re.compile(
    r"(?<=[.!?”\"]) ?\((?:photo|image|file photo|picture|credit)\b[^)]{0,60}\)\.?$", re.I
)
_REPORTS = re.compile(r"\b(?:said|told|added|according to|announced|warned)\b")


def _less_credit(text: str, row: Span) -> Span:
    """A sentence that reports what someone said is kept; only the credit after it is furniture."""
    credit = _CREDIT.search(text, row.start, row.end)
    if credit and _REPORTS.search(text, row.start, credit.start()):
        return Span(credit.start(), row.end)
    return row


_LEAST_MENU = 5
"""So many short lines in a row, two of them usual entries, are a menu."""


@cache
def _menu_word() -> re.Pattern[str]:
    return re.compile(str(load_terms("furniture")["menu_words"]), re.IGNORECASE)


def _menus(text: str, rows: list[Span]) -> frozenset[int]:
    """Numbers of the lines that stand in a menu."""
    found: set[int] = set()
    run: list[int] = []
    for number, row in enumerate([*rows, Span(0, 0)]):
        line = text[row.start : row.end].strip()
        if line and len(line) <= 40 and not re.search(r"[\d.!?:;,”\"]", line):
            run.append(number)
            continue
        words = (text[rows[n].start : rows[n].end].strip() for n in run)
        if len(run) >= _LEAST_MENU and sum(bool(_menu_word().fullmatch(w)) for w in words) > 1:
            found.update(run)
        run = []
    return frozenset(found)


def _ink(text: str, row: Span) -> tuple[int, int]:
    start, end = row.start, row.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _rule_of(line: str) -> str:
    if len(line) > _LONGEST_FURNITURE:
        return ""
    return next((name for name, pattern in _rules() if pattern.search(line)), "")


def _is_report(line: str) -> bool:
    """A line long enough and ended like a sentence belongs to a report, not to a list of links."""
    return len(line) > 120 and bool(re.search(r"[.”\"]$", line)) and not _appealing(line)


def _ends_appeal(line: str) -> bool:
    """An appeal ends where a dateline or long third-person report begins; it mostly never does."""
    return bool(
        re.match(
            r"[A-Z][A-Za-z .’']{2,30},? (?:\([A-Z][^)]{1,30}\)|[A-Z][a-z]+ \d{1,2}) ?[—–-]", line
        )
    )


def _appealing(line: str) -> bool:
    return bool(
        re.search(r"\b(?:you|your|we|our|us|donate|support|subscribe)\b", line, re.IGNORECASE)
    )


def _substantial(text: str, rows: list[Span], start: int) -> bool:
    following = (text[r.start : r.end].strip() for r in rows[start : start + 3])
    return any(_is_report(line) for line in following)
