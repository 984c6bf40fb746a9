"""Spreadsheets: XLSX, XLS, ODS through calamine."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from landrelease.errors import InputError, MissingExtraError
from landrelease.exchange.issues import issue
from landrelease.exchange.reading.delimited import table_of
from landrelease.exchange.reading.sheet_cells import SheetCells, cells_without_value
from landrelease.exchange.reading.zipped import ZIP_ERRORS
from landrelease.exchange.tables import SourceTable

#: White space of an ODS file that stands between its parts, where calamine expects none.
_BETWEEN_CELLS = re.compile(rb">\s+(?=</?(?:table|office):|<text:p[\s/>])")
_CONTENT_LIMIT_BYTES = 2**30


def read_workbook(
    path: Path,
    layer: str | None,
    encoding: str | None,
    country: str | None = None,
    header_rows: tuple[int, ...] = (),
) -> SourceTable:
    """Read one sheet: the named one, else the first."""
    with _opened(path) as book:
        sheet = _choose(book.sheet_names, layer, path.name)
        read = book.get_sheet_by_name(sheet)
        rows = read.to_python(skip_empty_area=False)
        beside = SheetCells(cells_without_value(path, sheet), _merged_down(read))
    cells = ([_plain(c) for c in row] for row in rows)
    table = table_of(sheet, cells, None, path.name, header_rows, beside=beside)
    others = [name for name in book.sheet_names if name != sheet]
    if not others or layer is not None:
        return table
    note = issue("sheets_not_read", None, ", ".join(others))
    return replace(table, issues=(*table.issues, note))


def _merged_down(sheet: Any) -> list[tuple[int, int, int]]:
    """Cells merged over several rows, of formats that say so: rows from 1, columns from 0."""
    ranges = getattr(sheet, "merged_cell_ranges", None) or ()
    return [(top + 1, low + 1, left) for (top, left), (low, _) in ranges if low > top]


def sheet_names(path: Path) -> list[str]:
    """Names of the sheets of a workbook."""
    with _opened(path) as book:
        return list(book.sheet_names)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        import python_calamine as calamine
    except ImportError:
        raise MissingExtraError("gis", "reading spreadsheets") from None
    broken = (calamine.CalamineError, OSError, ValueError)
    book: Any = None
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except broken:
        book = _tidied(calamine, path) if path.suffix.casefold() == ".ods" else None
    try:
        if book is None:
            raise _unreadable(path)
        yield book
    except broken:
        raise _unreadable(path) from None


def _tidied(calamine: Any, path: Path) -> Any | None:
    """An ODS file without the white space between its cells, which GDAL writes."""
    try:
        tidy = _without_spaces(path.read_bytes())
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(tidy))
    except (calamine.CalamineError, *ZIP_ERRORS):
        return None


def _without_spaces(data: bytes) -> bytes:
    """The bytes of an ODS file whose content has no white space outside its paragraphs."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            if member.file_size > _CONTENT_LIMIT_BYTES:
                raise ValueError(f"{member.filename} unpacks to more than 1 GB")
            part = source.read(member)
            if member.filename == "content.xml":
                part = _BETWEEN_CELLS.sub(b">", part)
            target.writestr(member.filename, part)
    return out.getvalue()


def _unreadable(path: Path) -> InputError:
    return InputError(
        "format_invalid",
        f"{path.name} cannot be read as a spreadsheet",
        "open it in a spreadsheet program and save it again",
    )


def _choose(sheets: list[str], layer: str | None, name: str) -> str:
    if layer is None and sheets:
        return sheets[0]
    if layer in sheets:
        return str(layer)
    raise InputError(
        "layer_unknown", f"{name} has no sheet {layer!r}", f"one of {', '.join(sheets)}"
    )


def _plain(cell: Any) -> Any:
    """A JSON-ready value: dates as ISO text, whole numbers without their fraction."""
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat()
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    if isinstance(cell, datetime.timedelta):
        return cell.total_seconds()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell
