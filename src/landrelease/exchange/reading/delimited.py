"""Tables of text: CSV and its kin, with HXL tags where the first data row holds them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from landrelease.errors import InputError
from landrelease.exchange.issues import Issue, issue
from landrelease.exchange.reading.header import Header, find_header
from landrelease.exchange.reading.hxl import take_tags
from landrelease.exchange.reading.quoting import read_rows
from landrelease.exchange.reading.sheet_cells import SheetCells
from landrelease.exchange.reading.text import damage_issues, decode
from landrelease.exchange.tables import SourceTable

_DELIMITERS = ",;\t|"
_LINES, _SAMPLE = 15, 200_000

_MARK = re.compile('"')

#: A cell may hold the WKT of a large outline; Python's own limit is 128 kB.
_CELL_LIMIT = 2**31 - 1


def read_delimited(
    path: Path,
    layer: str | None,
    encoding: str | None,
    country: str | None = None,
    header_rows: tuple[int, ...] = (),
) -> SourceTable:
    """Read a table of delimited text; every value stays the text it is."""
    text, encoding, told = decode(path, encoding, country)
    csv.field_size_limit(_CELL_LIMIT)
    try:
        rows, torn = read_rows(text, _delimiter(text))
    except csv.Error as problem:
        raise InputError("format_invalid", f"{path.name} is no table: {problem}") from None
    table = table_of(path.name.split(".")[0], rows, encoding, path.name, header_rows, torn)
    return replace(table, issues=(*told, *table.issues))


def _delimiter(text: str) -> str:
    """The mark that stands equally often in most lines; a title above them has none, or others."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:_SAMPLE].split("\n") if line.strip()]
    lines = lines[:_LINES] or [""]

    def agreeing(mark: str) -> tuple[int, int]:
        counts = Counter(n for line in lines if (n := line.count(mark)))
        return max(counts.values(), default=0), lines[0].count(mark)

    return max(_DELIMITERS, key=agreeing)


def table_of(
    name: str,
    rows: Iterable[Sequence[Any]],
    encoding: str | None,
    file_name: str,
    header_rows: tuple[int, ...] = (),
    torn: frozenset[int] = frozenset(),
    beside: SheetCells | None = None,
) -> SourceTable:
    """Make a table of rows of cells: header, perhaps a row of HXL tags, then data.

    Parameters
    ----------
    name, encoding, file_name : str
    rows : iterable of sequences
        All rows of the sheet, empty ones too.
    header_rows : tuple of int
        Which of them, counted from 1, are the header; found by what they hold otherwise.
    torn : frozenset of int
        Which of them, counted from 1, hold a quotation mark that is never closed.
    beside : SheetCells, optional
        What a sheet says beside its values.

    Raises
    ------
    InputError
        There is no header.
    """
    numbered = [
        (number, list(row))
        for number, row in enumerate(rows, 1)
        if any(cell not in (None, "") for cell in row)
    ]
    if not numbered:
        raise InputError("file_empty", f"{file_name} holds no rows", "check that it was saved")
    found = find_header(numbered, header_rows)
    numbered = [(number, cells) for number, cells in numbered if number > found.rows[-1]]
    below = [cells for _, cells in numbered]
    header = _header(found.names, max(map(len, [found.names, *below])))
    told = beside.filled_down(numbered, header) if beside is not None else []
    tags, data, issues = take_tags(header, [found.names, *below])
    issues += [*_lengths(data, len(found.names)), *_of_header(found)]
    own = numbered[len(numbered) - len(data) :]
    issues += [*_torn(own, torn), *told]
    if beside is not None:
        issues += beside.told([number for number, _ in own], found.rows[-1], header)
    columns = {column: [_cell(row, i) for row in data] for i, column in enumerate(header)}
    return SourceTable(
        name=name,
        columns={c: v for c, v in columns.items() if not c.startswith("_") or any(v)},
        count=len(data),
        encoding=encoding,
        issues=(*issues, *damage_issues(columns)),
        tags=tags,
        header_rows=found.rows,
    )


def _torn(data: Sequence[tuple[int, Sequence[Any]]], torn: frozenset[int]) -> list[Issue]:
    return [
        issue("quote_unclosed", row, repr(next(filter(_MARK.search, cells))[:60]))
        for row, (number, cells) in enumerate(data, start=1)
        if number in torn
    ]


def _of_header(found: Header) -> list[Issue]:
    if found.sure:
        return []
    above = f", below {' | '.join(found.above)[:80]!r}" if found.above else ""
    rows = " and ".join(map(str, found.rows))
    return [issue("header_row_found", None, f"row {rows} of the sheet{above}")]


def _header(cells: Sequence[Any], width: int) -> list[str]:
    """Column names: trimmed, made unique, and invented where the header has none."""
    names: dict[str, None] = {}
    for number in range(1, width + 1):
        cell = cells[number - 1] if number <= len(cells) else ""
        base = str(cell or "").strip() or f"_column_{number}"
        name, again = base, 2
        while name in names:
            name, again = f"{base}_{again}", again + 1
        names[name] = None
    return list(names)


def _cell(row: Sequence[Any], index: int) -> Any:
    return row[index] if index < len(row) else ""


def _lengths(data: Sequence[Sequence[Any]], width: int) -> list[Issue]:
    return [
        issue("row_length", row, f"{len(cells)} cells, header {width}")
        for row, cells in enumerate(data, start=1)
        if len(cells) != width
    ]
