"""Spreadsheet formats: CSV, CSV with HXL tags, XLSX. No cell of theirs is ever a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import shapely

from landrelease.domain.plain import FORMULA_SIGNS, FORMULA_STARTS
from landrelease.errors import MissingExtraError
from landrelease.exchange.values import is_doubtful
from landrelease.exchange.writing.export import ExportTable
from landrelease.terms import load_terms

#: Before it a cell begins for a program that splits lines elsewhere than we do.
_FORMULA_WITHIN = re.compile(rf"((?<=;)|(?<=.[\t\r\n]))(?=[{re.escape(FORMULA_SIGNS)}])", re.DOTALL)

#: Longest text that a cell of a workbook holds.
CELL_LIMIT = 32_767


def neutralised(value: Any) -> Any:
    """Text that cannot be run as a formula: an apostrophe goes before it.

    Where a comma marks decimals, spreadsheet programs split lines at semicolons, and heed no
    quotes inside a cell: a part after one, or on a new line, is neutralised too.

    Examples
    --------
    >>> neutralised("=1+1"), neutralised(-5), neutralised("plain"), neutralised("a;=1+1")
    ("'=1+1", -5, 'plain', "a;'=1+1")
    """
    if not isinstance(value, str):
        return value
    dangerous = value.startswith(FORMULA_STARTS)
    safe = _FORMULA_WITHIN.sub("'", value)
    return f"'{safe}" if dangerous else safe


def write_csv(path: Path, tables: Sequence[ExportTable]) -> None:
    """A header and the rows; the geometry as WKT. UTF-8 with its mark, for spreadsheets."""
    (table,) = tables
    _write_rows(path, [_header(table), *_rows(table)])


def write_hxl(path: Path, tables: Sequence[ExportTable]) -> None:
    """The same with a row of HXL tags under the header."""
    (table,) = tables
    known = load_terms("hxl")["fields"]
    header = _header(table)
    _write_rows(path, [header, [known.get(name, "") for name in header], *_rows(table)])


def write_xlsx(path: Path, tables: Sequence[ExportTable]) -> None:
    """One sheet with a frozen header; text is stored as text, never as a formula or a link."""
    (table,) = tables
    with workbook(path) as book:
        write_rows(book, table.kind, [_header(table), *_rows(table)])


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """A new workbook in which text stays text; written to its place at the end.

    It is packed in memory: a zip file that a full disk cut short would complain once more when it
    is thrown away.

    Raises
    ------
    OSError
        The place cannot be written to.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError
    except ImportError:
        raise MissingExtraError("gis", "writing workbooks") from None
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    packed = BytesIO()
    try:
        with xlsxwriter.Workbook(packed, options) as book:
            yield book
    except FileCreateError as problem:  # no room for its working files
        raise OSError(str(problem)) from None
    path.write_bytes(packed.getbuffer())


def write_rows(book: Any, name: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write a header and rows as a sheet; what looks like a formula carries Excel's text mark."""
    sheet, quoted = book.add_worksheet(name[:31]), book.add_format({"quote_prefix": True})
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            _write_cell(sheet, (number, place), value, quoted)


def _write_cell(sheet: Any, place: tuple[int, int], value: Any, quoted: Any) -> None:
    if isinstance(value, str):
        style = quoted if value.startswith(FORMULA_STARTS) else None
        sheet.write_string(*place, value[:CELL_LIMIT], style)
    elif isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif value is not None:
        sheet.write_number(*place, value)


def as_text(value: Any) -> Any:
    """A cell of a table of text: no formula, and no number that may be read with thousands.

    Examples
    --------
    >>> as_text(1.234), as_text(12.5), as_text("=1+1")
    ('1.2340', 12.5, "'=1+1")
    """
    if isinstance(value, float) and is_doubtful(str(value)):
        return f"{value}0"
    return neutralised(value)


def _write_rows(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([[as_text(cell) for cell in row] for row in rows])


def _header(table: ExportTable) -> list[str]:
    place = [] if table.geometries is None else ["longitude", "latitude", "wkt"]
    return [*table.types, *place]


def _rows(table: ExportTable) -> Iterator[list[Any]]:
    columns = [list(table.column(name)) for name in table.types]
    if table.geometries is not None:
        columns += _places(table.geometries)
    return (list(row) for row in zip(*columns, strict=True)) if columns else iter(())


def _places(shapes: Any) -> list[list[Any]]:
    """Longitude and latitude of a point on each shape, and its WKT."""
    points = shapely.point_on_surface(shapes)
    x, y = shapely.get_x(points).tolist(), shapely.get_y(points).tolist()
    here = (~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)).tolist()
    texts = shapely.to_wkt(shapes, rounding_precision=-1).tolist()
    return [
        [value if there else None for value, there in zip(values, here, strict=True)]
        for values in (x, y, texts)
    ]
