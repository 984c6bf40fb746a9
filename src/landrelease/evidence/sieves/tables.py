# ruff: noqa: E501 - patterns are read whole
"""Tables and lists of bulletins: each row under a column of areas is work of its own, a list of items one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.layout import Span
from landrelease.evidence.places import Period, period_of
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.quantities import parse_number
from landrelease.evidence.reading import Reading

_GAP = re.compile(r"\s*\|\s*|\t+|\s{2,}")
_FEWEST_CELLS = 3
_UNITS = {"m²": 1.0, "m2": 1.0, "sqm": 1.0, "sq m": 1.0, "square metres": 1.0, "square meters": 1.0, "ha": 1e4, "hectares": 1e4, "km²": 1e6, "km2": 1e6, "sq km": 1e6}  # fmt: skip
_AREA_HEAD = re.compile(
    rf"(?:area|land|released|cleared|surveyed|size)\b[^|]{0, 60}?\W(?P<unit>{'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))})(?!\w)|^(?P<alone>m²|m2|ha|km²|km2|hectares)$",
    re.IGNORECASE,
)
_BODY_HEAD = re.compile(
    r"operators?|organi[sz]ations?|agenc(?:y|ies)|partners?|unit|ngos?", re.IGNORECASE
)
_CELL_NUMBER = re.compile(r"\d[\d,. ]*")
_SURVEYED = re.compile(r"survey|cancel|inspect", re.IGNORECASE)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _GAP.split(line.strip().strip("|").strip())]


def rows(
    reading: Reading, index: int, common: dict[str, Any], period: Period
) -> Iterator[Proposal]:
    """Yield the rows of a table whose head is the block at an index.

    Parameters
    ----------
    reading : Reading
        The text.
    index : int
        Number of the block that may be a head of columns.
    common : dict
        State of the events.
    period : Period
        Time that the caption or the text before gives.
    """
    head = _head(reading, index)
    if head is None:
        return
    titles, column, factor = head
    for block in reading.blocks[index + 1 :]:
        cells = _cells(reading.text[block.start : block.end])
        if len(cells) != len(titles) or not _CELL_NUMBER.fullmatch(cells[column]):
            return
        area = parse_number(cells[column].replace(" ", ""))
        if area:
            fields = common | _fields(titles, cells, column, area * factor) | {
                "period_start": period.first, "period_end": period.last, "period_text": period.text,
            }  # fmt: skip
            yield propose(reading, "event", Span(block.start, block.end), "event.table-row", "medium", **fields)  # fmt: skip


_ROW = r"\s*(?:[-•*–] ?|\d{1,2}[.)] )?(?P<name>[A-Z][A-Za-z /()’'-]{2,45}?) ?(?:\.{2,80}|…{1,40}|:|\||\t| {2,20})\s{0,20}(?P<n>\d[\d,. ]{0,12}\d|\d)(?=[;,.]?(?:\s|$))"
_ITEM = re.compile(_ROW)
_CAPTION = re.compile(
    r"(?:\d{1,2}[.)] )?(?i:(?:(?:items|devices|objects|ordnance|munitions|mines|explosive \w+|EO|UXO|total)\b[\w ,/()-]{0,50}?)?\b(?:found|destroyed|cleared|removed|neutrali[sz]ed|disposed of|demolished|recovered|lifted|defused)\b[\w ,/()-]{0,60}?):?"
    rf"(?={_ROW.replace('?P<name>', '?:').replace('?P<n>', '?:')})"
)
"""The title of a list of items, its first row right after it."""
_FEWEST_ITEMS = 2
_MOST_ITEMS = 30


def items(
    reading: Reading, index: int, common: dict[str, Any], period: Period
) -> Iterator[Proposal]:
    """Yield what a list of kinds with their counts under «Items found and destroyed» tells.

    Parameters
    ----------
    reading : Reading
        The text.
    index : int
        Number of the block that may open the list.
    common : dict
        State and body of the event.
    period : Period
        Time that the text before gives, for a caption without one.
    """
    start = reading.blocks[index].start
    caption = _CAPTION.match(reading.text, start)
    counted = _items_after(reading.text, caption.end()) if caption else []
    ordnance = [found for match in counted if (found := _counted(match))]
    if caption is None or len(counted) < _FEWEST_ITEMS or not ordnance:
        return
    days = [m for m in reading.inside(start, caption.end(), "D") if m.data.first]
    when = period_of(reading, days) if days else period
    fields = common | {
        "kind": "clearance", "place": None, "munitions": ordnance, "area_m2": None, "area_text": None,
        "period_start": when.first, "period_end": when.last, "period_text": when.text,
        "cumulative": False,
    }  # fmt: skip
    yield propose(reading, "event", Span(start, counted[-1].end()), "event.items", "medium", **fields)  # fmt: skip


def _items_after(text: str, at: int) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    while len(found) < _MOST_ITEMS and (match := _ITEM.match(text, at)):
        found.append(match)
        at = match.end()
    return found


def _counted(row: re.Match[str]) -> dict[str, Any] | None:
    """The kind and count of a row, if it is of ordnance."""
    name = row["name"].strip()
    named = next(iter(gazetteer.find_ordnance(name, 0, len(name))), None)
    number = parse_number(row["n"].replace(" ", "").rstrip(",."))
    if named is None or number is None:
        return None
    return {"name": name, "class": named.key, "count": int(number)}


def _head(reading: Reading, index: int) -> tuple[list[str], int, float] | None:
    """The titles of columns, which of them is the area, and its unit in m²."""
    block = reading.blocks[index]
    titles = _cells(reading.text[block.start : block.end])
    if len(titles) < _FEWEST_CELLS or any(map(_CELL_NUMBER.fullmatch, titles)):
        return None
    for column, title in enumerate(titles[1:], 1):
        found = _AREA_HEAD.search(title)
        if found:
            return titles, column, _UNITS[(found["unit"] or found["alone"]).casefold()]
    return None


def _fields(titles: list[str], cells: list[str], column: int, area_m2: float) -> dict[str, Any]:
    """What a row tells, each cell under the title of its column."""
    unit = _AREA_HEAD.search(titles[column])
    body = bool(_BODY_HEAD.fullmatch(titles[0])) and cells[0].casefold() != "total"
    place = None if body or cells[0].casefold() == "total" else cells[0]
    return {
        "kind": "survey" if _SURVEYED.search(titles[column]) else "clearance",
        "org": cells[0] if body else None, "place": place, "munitions": _ordnance(titles, cells),
        "area_m2": area_m2, "area_text": f"{cells[column]} {unit['unit'] or unit['alone'] if unit else ''}".strip(),
        "cumulative": False,
    }  # fmt: skip


def _ordnance(titles: list[str], cells: list[str]) -> list[dict[str, Any]]:
    found = []
    for title, cell in zip(titles, cells, strict=True):
        named = next(iter(gazetteer.find_ordnance(title, 0, len(title))), None)
        number = parse_number(cell.replace(" ", "")) if _CELL_NUMBER.fullmatch(cell) else None
        if named is not None and number is not None:
            found.append({"name": title, "class": named.key, "count": int(number)})
    return found
