"""Cells of a workbook that are read as empty although something stands there, and merged ones."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

from landrelease.exchange.issues import Issue, issue
from landrelease.exchange.reading.zipped import ZIP_ERRORS

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_CELL = re.compile(rb"<c\s([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>")
_FORMULA = re.compile(rb"<f[\s>/]")
_PLACE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True)
class SheetCells:
    """What a sheet says beside its values; rows counted from 1, columns from 0.

    Attributes
    ----------
    without_value : Mapping of int to list of tuple
        Row → column and what stands there instead of a value.
    merged : sequence of tuple
        First row, last row and column of cells merged downwards.
    """

    without_value: Mapping[int, list[tuple[int, str]]] = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int]] = ()

    def filled_down(self, rows: list[tuple[int, list[Any]]], header: Sequence[str]) -> list[Issue]:
        """Give each row the words of a cell that was merged over it, and say so.

        A figure is that of all rows together, and stays in the first.
        """
        own = dict(rows)
        counts: defaultdict[tuple[str, str], int] = defaultdict(int)
        for first, last, column in self.merged:
            if first not in own or column >= min(len(own[first]), len(header)):
                continue
            value = own[first][column]
            below = [own[row] for row in range(first + 1, last + 1) if row in own]
            if value in (None, "") or not below:
                continue
            words = isinstance(value, str)
            told = "their words were taken for each row" if words else "their figures stay above"
            counts[header[column], told] += 1
            for cells in below if words else ():
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = value
        return [
            issue("cells_merged", None, f"column {name!r}, {count} cells, {told}")
            for (name, told), count in counts.items()
        ]

    def told(self, numbers: Sequence[int], last: int, header: Sequence[str]) -> Iterator[Issue]:
        """Yield what was read as empty, by data row; of rows that held nothing else as a whole.

        Parameters
        ----------
        numbers : sequence of int
            Rows of the sheet that the data rows are.
        last : int
            The last row of the header.
        header : sequence of str
        """
        places = {number: row for row, number in enumerate(numbers, 1)}
        gone = [row for row in self.without_value if row > last and row not in places]
        for number, cells in self.without_value.items():
            for column, text in cells:
                if number in places:
                    name = header[column] if column < len(header) else f"column {column + 1}"
                    yield issue("cell_without_value", places[number], f"{name} = {text}")
        if gone:
            rows = ", ".join(map(str, gone[:10])) + (" …" if len(gone) > 10 else "")
            detail = f"row {rows} of the sheet holds nothing else and was not read"
            yield issue("cell_without_value", None, detail)


def cells_without_value(path: Path, sheet: str) -> dict[int, list[tuple[int, str]]]:
    """Find errors (`#REF!`) and formulas whose result was not stored, in a sheet of an XLSX file.

    Programs that write formulas without computing them store no result, and readers of values see
    an empty cell.
    """
    try:
        with zipfile.ZipFile(path) as book:
            data = book.read(_part_of(book, sheet))
    except ZIP_ERRORS:
        return {}
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    if b't="e"' not in data and not _FORMULA.search(data):
        return found
    for match in _CELL.finditer(data):
        attributes = dict(_ATTRIBUTE.findall(match.group(1)))
        text = _instead(attributes.get(b"t"), match.group(2) or b"")
        place = _PLACE.fullmatch(attributes.get(b"r", b"").decode("ascii", "replace"))
        if text is not None and place is not None:
            found[int(place.group(2))].append((_column(place.group(1)), text))
    return found


def _instead(kind: bytes | None, content: bytes) -> str | None:
    """What stands in a cell instead of a value; None for a value. A formula may give no text."""
    value = _VALUE.search(content)
    if kind == b"e":
        return value.group(1).decode("utf-8", "replace") if value else "an error"
    if _FORMULA.search(content) and value is None and kind != b"str":
        return "a formula without its result"
    return None


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """The part of a workbook that holds a sheet.

    Raises
    ------
    KeyError
        There is none.
    """
    parts = {}
    for tag in _RELATION.findall(book.read("xl/_rels/workbook.xml.rels")):
        relation = dict(_ATTRIBUTE.findall(tag))
        parts[relation[b"Id"]] = relation[b"Target"].decode()
    for tag in _SHEET.findall(book.read("xl/workbook.xml")):
        own = dict(_ATTRIBUTE.findall(tag))
        if unescape(own[b"name"].decode(), {"&quot;": '"', "&apos;": "'"}) == sheet:
            target = parts[own[b"r:id"]]
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _column(letters: str) -> int:
    """A column counted from 0.

    Examples
    --------
    >>> _column("A"), _column("AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
