# ruff: noqa: E501 - patterns are read whole
"""Rows of a state and its status, «A: party since 1998», and tables of signatures and ratifications."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landrelease.evidence import gazetteer
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading
from landrelease.evidence.sieves.rosters import Item, label_of, position, treaty_before
from landrelease.evidence.sieves.treaty_meant import is_past

_ROW = re.compile(
    r"^[ \t]{0,8}(?:[•*·|#-]{1,4}[ \t]*)?(?P<state>[A-Z][^\n:;|(\t–—]{2,50}?)[ \t]*(?::|[ \t][–—-](?=[ \t])|[|\t(])[ \t]*(?P<rest>[A-Za-z][^\n|\t:]{2,90}?)[ \t.|)]*$",
    re.MULTILINE,
)
_BEFORE_DAY = re.compile(r"[ ,(–—-]*(?:\b(?:since|on|in|from|as of|effective))?[ (]*$")
_FEWEST = 2
"""Rows that make a list, where none names its treaty."""


def status_rows(reading: Reading) -> Iterator[Proposal]:
    """Yield the positions of rows «state, status, day», and of tables with a column of days each."""
    rows = [found for line in _ROW.finditer(reading.text) if (found := _row(reading, line))]
    if len(rows) >= _FEWEST:
        yield from rows
    yield from _tables(reading)


def _row(reading: Reading, line: re.Match[str]) -> Proposal | None:
    """A row that is a state and nothing but its status and the day of it."""
    state = _state(line["state"])
    if state is None:
        return None
    start, end = line.span("rest")
    days = reading.inside(start, end, "D")
    words = reading.text[start : days[0].start] if days else line["rest"]
    if days and not _ENDS.fullmatch(reading.text, days[-1].end, end):
        return None
    words = _BEFORE_DAY.sub("", words) if days else words
    place = Span(start, start + len(words))
    label = label_of(reading, place, words, line.start()) if len(days) <= 1 else None
    if label is None:
        return None
    whole = Span(line.start("state"), end + (reading.text[end : end + 1] == ")"))
    return position(reading, label, Item(state, whole, days[0].data.value if days else None))


_ENDS = re.compile(r"[ ).*]*")


def _state(words: str) -> str | None:
    """The state that words name and nothing besides."""
    words = words.strip(" *_")
    found = list(gazetteer.phrase_book().find(words, 0, len(words)))
    whole = len(found) == 1 and found[0].kind == "S" and found[0].end == len(words)
    return found[0].key if whole and words[: found[0].start] in ("", "The ", "the ") else None


_HEADS = {
    "state": re.compile(r"(?:states?|country|countries|participants?|state party|parties)", re.IGNORECASE),
    "signed": re.compile(r"(?:date of )?(?:signatures?|signed)(?: date)?", re.IGNORECASE),
    "party": re.compile(
        r"(?:date of )?(?:deposit of )?(?:ratif\w+|acce\w+|approv\w+|succe\w+|consent)(?:(?:,| ?/| or| and)? ?(?:ratif\w+|acce\w+|approv\w+|succe\w+|consent to be bound)(?: ?\(\w{1,2}\))?){0,5}(?: \(\w{1,2}\))?(?: date)?",
        re.IGNORECASE,
    ),
    "left": re.compile(r"(?:date of )?(?:withdr\w+|denunciation|denounced)(?: date)?", re.IGNORECASE),
}  # fmt: skip
"""Heads of the columns of a status table."""
_TABLE_LINE = re.compile(r"^[^\n]*[|\t][^\n]*$", re.MULTILINE)
_CUT = re.compile(r"[|\t]")


def _tables(reading: Reading) -> Iterator[Proposal]:
    """Yield the last act of each row under a head of signatures and ratifications."""
    heads: list[str] = []
    treaty: str | None = None
    for line in _TABLE_LINE.finditer(reading.text):
        cells = _cells(line)
        named = [_head(words) for _, words in cells]
        if "state" in named and "party" in named:
            heads, treaty = named, treaty_before(reading, line.start())
        elif heads and treaty not in (None, "other") and len(cells) == len(heads):
            yield from _table_row(reading, dict(zip(heads, cells, strict=True)), str(treaty))


def _head(words: str) -> str:
    return next((name for name, pattern in _HEADS.items() if pattern.fullmatch(words)), "")


def _cells(line: re.Match[str]) -> list[tuple[int, str]]:
    """The cells of a line, each with its place; bars at the ends of the line make none."""
    words = line.group().strip().strip("|")
    at = line.start() + line.group().find(words)
    cells: list[tuple[int, str]] = []
    for cell in _CUT.split(words):
        cells.append((at + len(cell) - len(cell.lstrip()), cell.strip(" *_")))
        at += len(cell) + 1
    return cells


def _table_row(
    reading: Reading, row: dict[str, tuple[int, str]], treaty: str
) -> Iterator[Proposal]:
    state = _state(row["state"][1])
    for name in ("left", "party", "signed") if state else ():
        at, words = row.get(name, (0, ""))
        days = reading.inside(at, at + len(words) + 1, "D") if words else []
        if days:
            day = days[0].data.value
            past = is_past(day, reading.published)
            status = {"party": "party", "signed": "signatory", "left": "withdrawn" if past else "withdrawing"}[name]  # fmt: skip
            acceded = re.search(r"\d ?\(?a\)?$|accession", words)
            kind = {"party": "acceded" if acceded else "ratified", "signed": "signed", "left": "effective"}[name]  # fmt: skip
            yield propose(
                reading, "treaty_position", Span(row["state"][0], days[0].end), "roster.table", "medium",
                state=state, treaty=treaty, status=status, status_in_text=words, date=day, date_kind=kind,
            )  # fmt: skip
            return
