"""Plain rows as a table for people: CSV or XLSX, any columns, no cell a formula."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from landrelease.errors import InputError, writing
from landrelease.exchange.writing.export import plain_cell
from landrelease.exchange.writing.sheets import CELL_LIMIT, as_text, workbook, write_rows

__all__ = ["Sheet", "write_plain"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under named columns; what a row does not hold is an empty cell."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]

    def cells(self) -> list[list[Any]]:
        """The header and the rows; lists and objects as text."""
        rows = ([plain_cell(row.get(name)) for name in self.columns] for row in self.rows)
        return [list(self.columns), *rows]


def write_plain(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write one sheet as CSV, or one or several as XLSX; all of it or nothing.

    Raises
    ------
    InputError
        The suffix is another, a CSV would need several sheets, or the place cannot be written to.
    """
    suffix = path.suffix.casefold()
    if suffix not in (".csv", ".xlsx"):
        raise InputError(
            "format_unknown", f"{path.name}: no table is written so", "name it .csv or .xlsx"
        )
    if suffix == ".xlsx":
        _check_lengths(path, sheets)
    if suffix == ".csv" and len(sheets) != 1:
        raise InputError("format_unknown", f"{path.name}: a CSV holds one table", "name it .xlsx")
    with writing(path), TemporaryDirectory(dir=path.parent, prefix=".table-") as folder:
        made = Path(folder) / path.name
        _write_csv(made, sheets[0]) if suffix == ".csv" else _write_xlsx(made, sheets)
        os.replace(made, path)


def _check_lengths(path: Path, sheets: Sequence[Sheet]) -> None:
    """A workbook would cut a long outline, and nobody would see it."""
    for sheet in sheets:
        for number, row in enumerate(sheet.cells()):
            for column, cell in zip(sheet.columns, row, strict=True):
                if isinstance(cell, str) and len(cell) > CELL_LIMIT:
                    raise InputError(
                        "cell_too_long",
                        f"{path.name}: row {number}, {column} has {len(cell):,} letters, and a "
                        f"cell of a workbook holds {CELL_LIMIT:,}",
                        "write CSV or GeoJSON",
                    )


def _write_csv(path: Path, sheet: Sheet) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([[as_text(c) for c in row] for row in sheet.cells()])


def _write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    with workbook(path) as book:
        for one in sheets:
            write_rows(book, one.name, one.cells())
