# ruff: noqa: E501 - patterns are read whole
"""Furniture known by where it stands: above the first paragraph, below the last one.

What has no mark of its own inside a report (a row of tags, a label over its value, the house that
praises itself) is furniture at the head or foot of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from landrelease.evidence import page_names, page_rows
from landrelease.terms import load_terms

_SHORTEST_PARAGRAPH = 60
_LONGEST_VALUE = 90
_STOP = re.compile(r"[.!?…:;][”\"’)]{0,2}$")
_PROSE_END = re.compile(r"[.!?…][”\"’)]{0,2}$|[.,!?][”\"]$")
_FIGURES = re.compile(r"\d")
_CELL_GAP = re.compile(r"\S(?:\s{2,}|\t|\s?\|\s?)\S")
_ABOUT = re.compile(
    r"(?:\*\*|#+ )?(?i:about)(?= ?:| [A-Z]| the [A-Z]| us\b)(?: (?:the|of|and|for|on|to|in|us|&|against|\(?[A-ZÀ-Þ][\w&.'’)-]{0,40})(?=[ :*]|$)){0,12}(?:\*\*)?\s*(?:$|: ?(?P<rest>.{20,}))"
)
_OF_HOUSE = re.compile(
    r"(?:background|notes?(?: (?:to|for) (?:the )?editors)?|who we are) ?: (?P<rest>(?:the )?[A-Z][^.!?]{2,80}? (?:is|are) (?:an?|the) (?:[\w-]+ ){0,3}(?:network|coalition|campaign|charity|organi[sz]ation|ngo|federation|alliance|foundation)\b.*)",
    re.IGNORECASE,
)
"""«Background: the Veshka Fund is a network of …»."""
_OF_AUTHORS = re.compile(
    r"(?:\*\*|#+ )?about (?:the|our) (?:authors?|writers?|reporters?|contributors?)(?:\*\*)?\s*(?:$|: ?(?P<rest>.{20,400}))",
    re.IGNORECASE,
)
_MOST_ABOUT = 1200
_FEWEST_LABELS = 2


@cache
def word(key: str) -> re.Pattern[str]:
    """A pattern of furniture, such as ``menu_words``: what menus have and reports have not."""
    return re.compile(str(load_terms("furniture")[key]), re.IGNORECASE)


def rules(written: list[tuple[int, str]], gone: dict[int, str]) -> dict[int, str]:
    """Name what else is furniture, given the lines and those already dropped.

    Parameters
    ----------
    written : list of (int, str)
        Number and words of each line that is not empty.
    gone : dict of int to str
        Rules of the lines dropped so far.

    Returns
    -------
    dict of int to str
        Rules of further lines.

    Examples
    --------
    >>> report = "The teams of the service cleared the whole valley before the rains came."
    >>> rules([(0, report), (1, "Landmines    Tolm    Press"), (2, "Kept.")], {})
    {1: 'cells'}
    """
    prose = [n for n, line in written if n not in gone and _is_paragraph(line)]
    if not prose:
        return {}
    head = [(n, line) for n, line in written if n < prose[0]]
    foot = [(n, line) for n, line in written if n > prose[-1]]
    foot_from = prose[-1] + 1
    found = {n: "cells" for n, line in _cells(head) if _of_menu(line)}
    found |= {n: "cells" for n, _ in _cells(foot)}
    found |= {n: "section" for n, line in head if _is_section(line)}
    found |= dict(_label_runs(head)) | dict(_label_runs(foot)) | dict(_about(written))
    below = [(n, line) for n, line in written if n < [*prose, foot_from][1]]
    found |= dict.fromkeys(page_names.bylines(below, {**gone, **found}), "byline")
    found |= dict.fromkeys(_comments(written), "comments")
    found |= dict.fromkeys(_offices(foot, gone), "office")
    return {n: rule for n, rule in found.items() if n not in gone}


_REACHED = frozenset({"contact-row", "contact", "telephone", "letterhead"})
_LONGEST_OFFICE = 120


def _offices(foot: list[tuple[int, str]], gone: dict[int, str]) -> Iterator[int]:
    """The name of an office over its address or telephone at the foot of a page."""
    for (number, line), (following, _) in pairwise(foot):
        short = len(line) <= _LONGEST_OFFICE and not _STOP.search(line)
        if short and number not in gone and gone.get(following) in _REACHED:
            yield number


_MOST_SECTION_CELLS = 3
_MOST_SECTION_WORDS = 3


def _is_section(line: str) -> bool:
    """«World», «World | Europe», «Observer | Society»: where on its site a page stands."""
    entries = page_rows.cells(line)
    short = all(len(entry.split()) <= _MOST_SECTION_WORDS for entry in entries)
    if len(entries) > _MOST_SECTION_CELLS or not short or _FIGURES.search(line):
        return False
    return any(map(word("section_words").fullmatch, entries))


def _comments(written: list[tuple[int, str]]) -> Iterator[int]:
    """What readers wrote: all that follows «3 comments» over the name or time of a first one."""
    for at in range(len(written) // 2, len(written) - 1):
        line, following = written[at][1], written[at + 1][1]
        if word("comment_openers").fullmatch(line) and word("comment_marks").fullmatch(following):
            yield from (number for number, _ in written[at:])
            return


def _is_paragraph(line: str) -> bool:
    return len(line) >= _SHORTEST_PARAGRAPH and bool(_PROSE_END.search(line))


def _cells(rows: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Rows of short entries beside no table."""
    for at, (number, line) in enumerate(rows):
        beside = [line for _, line in (*rows[max(at - 1, 0) : at], *rows[at + 1 : at + 2])]
        menu = sum(_usual(cell) for cell in page_rows.cells(line)) >= _FEWEST_USUAL
        if page_rows.is_row_of_cells(line) and (menu or not any(map(_is_of_table, beside))):
            yield number, line


_FEWEST_USUAL = 3
"""A row with so many usual entries of a menu is one, whatever stands beside it."""


def _usual(cell: str) -> bool:
    return any(word(kind).fullmatch(cell) for kind in ("menu_words", "section_words"))


def _of_menu(line: str) -> bool:
    """An entry of the row is one of a menu: in the head, other rows may belong to the report."""
    entries = page_rows.cells(line)
    sections = sum(bool(word("section_words").fullmatch(entry)) for entry in entries)
    return sections >= _FEWEST_SECTIONS or any(map(word("menu_words").fullmatch, entries))


_FEWEST_SECTIONS = 2


def _is_of_table(line: str) -> bool:
    return bool(_CELL_GAP.search(line) and _FIGURES.search(line))


def _label_runs(rows: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Labels alone on their lines, each with its value in the next."""
    labels = {at for at, (_, line) in enumerate(rows) if page_rows.is_label(line)}
    own = any(page_rows.is_own_label(rows[at][1]) for at in labels)
    if len(labels) < _FEWEST_LABELS or not own:
        return
    for at in labels:
        yield rows[at][0], "labels"
        if at + 1 < len(rows) and at + 1 not in labels:
            number, value = rows[at + 1]
            if len(value) <= _LONGEST_VALUE and not _STOP.search(value):
                yield number, "labels"


def _about(written: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """«About the Agency» over «The Agency is an organisation that …», in the second half."""
    for at, (number, line) in enumerate(written):
        of_authors = _OF_AUTHORS.match(line)
        late = 2 * at >= len(written) and len(line) < _MOST_ABOUT
        match = of_authors or ((_ABOUT.match(line) or _OF_HOUSE.match(line)) if late else None)
        if match is None:
            continue
        portrait = match["rest"] or (written[at + 1][1] if at + 1 < len(written) else "")
        known = of_authors or word("self_portrait").search(portrait[:300])
        if len(portrait) < _MOST_ABOUT and known:
            yield number, "about"
            if not match["rest"]:
                yield written[at + 1][0], "about"
