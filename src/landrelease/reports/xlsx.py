"""A report as a workbook: true numbers, units in the headings, and the records behind each cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from landrelease.domain.plain import FORMULA_STARTS
from landrelease.errors import MissingExtraError, writing
from landrelease.reports.html import checked_target
from landrelease.reports.model import Column, Report, Row, Table, written

TRACE_SHEET = "Cells and records"
NUMBER_FORMATS = {"count": "#,##0", "m2": "#,##0", "number": "0.###", "share": "0 %"}
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(report: Report, path: Path) -> Path:
    """Write a report as a workbook; the same report gives the same file.

    Raises
    ------
    InputError
        The folder of ``path`` is missing or ``path`` is a folder.
    MissingExtraError
        XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtraError("reports", "writing a report as a workbook") from None
    made = BytesIO()
    with Workbook(made, _OPTIONS) as book:
        book.set_properties(
            {"title": report.title, "subject": report.subtitle, "created": _made(report)}
        )
        writer = _Writer(book)
        writer.summary(report)
        for table in report.tables:
            writer.table(table)
        writer.trace(report)
    with writing(checked_target(path)):
        path.write_bytes(made.getbuffer())
    return path


def _made(report: Report) -> datetime:
    """When the report says it was made, so that the file does not depend on the clock."""
    try:
        return datetime.fromisoformat(report.made_at.replace("Z", "+00:00")).replace(tzinfo=None)
    except ValueError:
        return datetime(2000, 1, 1)


class _Writer:
    """Sheets being filled, each with its next free row."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.free: dict[str, int] = {}
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "bottom": 2, "valign": "bottom"}
        )
        self.small = book.add_format({"italic": True, "font_color": "#555555"})
        self.quoted = {
            bold: book.add_format({"quote_prefix": True, "valign": "top", "bold": bold})
            for bold in (False, True)
        }
        self.formats = {
            (kind, bold): book.add_format({"num_format": code, "valign": "top", "bold": bold})
            for kind, code in (*NUMBER_FORMATS.items(), ("text", "@"), ("date", "@"))
            for bold in (False, True)
        }

    def sheet(self, name: str) -> Any:
        """The sheet of this name, made on first use."""
        if name not in self.free:
            self.free[name] = 0
            made = self.book.add_worksheet(name)
            made.set_landscape()
            made.set_paper(9)
            made.fit_to_pages(1, 0)
        return self.book.get_worksheet_by_name(name)

    def summary(self, report: Report) -> None:
        """Title, headline figures, standing sentences, and what the report rests on."""
        lines: list[tuple[str, str, Any]] = [
            (report.title, "", self.title),
            (report.subtitle, "", None),
        ]
        lines += [("", "", None), *((h.label, h.value, None) for h in report.headlines)]
        lines += [("", "", None), *((sentence, "", self.small) for sentence in report.statements)]
        lines += [("", "", None), *((name, text, None) for name, text in report.identity.items())]
        sheet = self.sheet("Summary")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 80)
        for first, second, style in lines:
            row = self.free["Summary"]
            self.text(sheet, row, 0, first, style)
            if second:
                self.text(sheet, row, 1, second)
            self.free["Summary"] += 1

    def table(self, table: Table) -> None:
        """One table below what its sheet holds already."""
        sheet = self.sheet(table.sheet)
        self.line(table.sheet, table.title, self.title)
        if not table.rows:
            self.line(table.sheet, table.empty, self.small)
        else:
            self.grid(sheet, table)
        for words in filter(None, (table.note, table.how and f"How computed. {table.how}")):
            self.line(table.sheet, words, self.small)
        self.free[table.sheet] += 1

    def grid(self, sheet: Any, table: Table) -> None:
        """Headings and rows."""
        top = self.free[table.sheet]
        for number, column in enumerate(table.columns):
            sheet.write_string(top, number, column.heading, self.head)
            if table.sheet != "Summary":
                sheet.set_column(number, number, 16 if column.is_number else 24)
        for offset, row in enumerate(table.rows, start=1):
            for number, column in enumerate(table.columns):
                self.cell(sheet, top + offset, number, column, row)
        self.free[table.sheet] = top + len(table.rows) + 1

    def cell(self, sheet: Any, at: int, number: int, column: Column, row: Row) -> None:
        """A figure as a number, anything else as text; an unknown value stays empty."""
        value = row.values.get(column.name)
        style = self.formats[column.kind, row.is_total]
        if value is None or value == "":
            return
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(at, number, value, style)
        else:
            self.text(sheet, at, number, str(value), style)

    def text(self, sheet: Any, at: int, number: int, words: str, style: Any = None) -> None:
        """Text that no program will run: what looks like a formula carries Excel's text mark."""
        if words.startswith(FORMULA_STARTS):
            style = self.quoted[style is not None and style.bold == 1]
        sheet.write_string(at, number, words, style)

    def line(self, name: str, words: str, style: Any) -> None:
        """One line of words."""
        self.text(self.sheet(name), self.free[name], 0, words, style)
        self.free[name] += 1

    def trace(self, report: Report) -> None:
        """Which records stand behind each row of each table, one per line."""
        sheet = self.sheet(TRACE_SHEET)
        for number, (heading, width) in enumerate(_TRACE_COLUMNS):
            sheet.write_string(0, number, heading, self.head)
            sheet.set_column(number, number, width)
        last = 0
        for last, line in enumerate(trace_lines(report), start=1):
            if last == MOST_LINES:
                self.text(sheet, last, 0, "cut here: a sheet holds no more lines")
                break
            for number, words in enumerate(line):
                self.text(sheet, last, number, words)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(_TRACE_COLUMNS) - 1)


#: What a sheet of a workbook holds at most, without its heading.
MOST_LINES = 1_048_575
_TRACE_COLUMNS = (("Table", 26), ("Row", 44), ("Figures", 50), ("Record", 18), ("Record id", 40))


def trace_lines(report: Report) -> Iterator[tuple[str, str, str, str, str]]:
    """Table, row, its figures, and one record each; totals are the sum of their rows.

    Examples
    --------
    >>> table = Table("t", "T", (Column("year", "Year"), Column("n", "N", "count")),
    ...               (Row({"year": "2020", "n": 1}, ("id1",)),))
    >>> from landrelease.reports.model import Section
    >>> list(trace_lines(Report("a", "b", sections=(Section("s", "S", tables=(table,)),))))
    [('t', '2020', 'N 1', '', 'id1')]
    """
    for table in report.tables:
        for row in table.rows:
            if row.is_total:
                continue
            label, figures = _row_label(table, row), _row_figures(table, row)
            for record in row.records:
                yield table.name, label, figures, report.local_ids.get(record, ""), record


def _row_label(table: Table, row: Row) -> str:
    texts = [row.values.get(c.name) for c in table.columns if not c.is_number]
    return " · ".join(str(text) for text in texts if text)[:120]


def _row_figures(table: Table, row: Row) -> str:
    figures = [
        " ".join((c.title, written(row.values[c.name], c.kind), c.unit)).strip()
        for c in table.columns
        if c.is_number and row.values.get(c.name) is not None
    ]
    return "; ".join(figures)
