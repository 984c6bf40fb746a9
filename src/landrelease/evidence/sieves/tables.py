# ruff: noqa: E501 - patterns are read whole
"""Tables and lists of bulletins: each row under a column of areas is work of its own, a list of items one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
    rf"(?:area|land|released|cleared|surveyed|size)\b[^|]{{0,60}}?\W(?P<unit>{'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))})(?!\w)|^(?P<alone>m²|m2|ha|km²|km2|hectares)$",
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
    for block in reading.blocks[index + 1 :]:
        cells = _cells(reading.text[block.start : block.end])
        if len(cells) != len(head.titles) or not _CELL_NUMBER.fullmatch(cells[head.column]):
            return
        area = parse_number(cells[head.column].replace(" ", ""))
        if area:
            fields = common | _fields(head, cells, area) | period.fields()
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
    ordnance = [found for row in counted if (found := _counted(row["name"].strip(), row["n"]))]
    if caption is None or len(counted) < _FEWEST_ITEMS or not ordnance:
        return
    days = [m for m in reading.inside(start, caption.end(), "D") if m.data.first]
    when = period_of(reading, days) if days else period
    fields = common | {
        "kind": "clearance", "place": None, "munitions": ordnance, "area_m2": None, "area_text": None,
        **when.fields(), "cumulative": False,
    }  # fmt: skip
    yield propose(reading, "event", Span(start, counted[-1].end()), "event.items", "medium", **fields)  # fmt: skip


def _items_after(text: str, at: int) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    while len(found) < _MOST_ITEMS and (match := _ITEM.match(text, at)):
        found.append(match)
        at = match.end()
    return found


def _counted(name: str, figure: str) -> dict[str, Any] | None:
    """The kind and count that a name and a figure beside it give, if it is of ordnance."""
    named = next(iter(gazetteer.find_ordnance(name, 0, len(name))), None)
    number = parse_number(figure.replace(" ", ""))
    if named is None or number is None:
        return None
    return {"name": name, "class": named.key, "count": int(number)}


@dataclass(frozen=True)
class _Head:
    """The titles of columns, which of them is the area, and its unit as printed."""

    titles: list[str]
    column: int
    unit: str


def _head(reading: Reading, index: int) -> _Head | None:
    """The head of a table that has a column of areas."""
    block = reading.blocks[index]
    titles = _cells(reading.text[block.start : block.end])
    if len(titles) < _FEWEST_CELLS or any(map(_CELL_NUMBER.fullmatch, titles)):
        return None
    for column, title in enumerate(titles[1:], 1):
        found = _AREA_HEAD.search(title)
        if found:
            return _Head(titles, column, found["unit"] or found["alone"])
    return None


def _fields(head: _Head, cells: list[str], area: float) -> dict[str, Any]:
    """What a row tells, each cell under the title of its column."""
    name = None if cells[0].casefold() == "total" else cells[0]
    of_bodies = bool(_BODY_HEAD.fullmatch(head.titles[0]))
    return {
        "kind": "survey" if _SURVEYED.search(head.titles[head.column]) else "clearance",
        "org": name if of_bodies else None, "place": None if of_bodies else name,
        "munitions": _ordnance(head.titles, cells),
        "area_m2": area * _UNITS[head.unit.casefold()],
        "area_text": f"{cells[head.column]} {head.unit}", "cumulative": False,
    }  # fmt: skip


def _ordnance(titles: list[str], cells: list[str]) -> list[dict[str, Any]]:
    figures = (pair for pair in zip(titles, cells, strict=True) if _CELL_NUMBER.fullmatch(pair[1]))
    return [found for title, cell in figures if (found := _counted(title, cell))]
