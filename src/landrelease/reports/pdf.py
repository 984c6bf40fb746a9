"""A report as pages for print, set by Typst with its own fonts: no system library, no network."""

from __future__ import annotations

import json
import re
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from landrelease.errors import MissingExtraError, writing
from landrelease.reports.html import checked_target
from landrelease.reports.model import Column, Figure, Report, Table, written

#: Text columns with longer words than this share the width that others leave.
LONG_TEXT = 24
_FILL = re.compile(r"(?:rect)?\.(\w+)[^{}]*\{[^}]*?fill: (#[0-9a-f]{6})")


def write_pdf(report: Report, path: Path) -> Path:
    """Write a report as PDF; the same report gives the same file.

    Raises
    ------
    InputError
        The folder of ``path`` is missing or ``path`` is a folder.
    MissingExtraError
        Typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError("reports", "writing a report as PDF") from None
    checked_target(path)
    folder = files("landrelease.reports") / "templates"
    style = (folder / "figure.css").read_text(encoding="utf-8")
    with as_file(folder / "report.typ") as template:
        made = typst.compile(
            str(template),
            sys_inputs={"report": json.dumps(_plain(report, style), ensure_ascii=False)},
            ignore_system_fonts=True,
            timestamp=_timestamp(report),
        )
    with writing(path):
        path.write_bytes(made)
    return path


def _timestamp(report: Report) -> int:
    """When the report says it was made, so that the file does not depend on the clock."""
    try:
        return int(datetime.fromisoformat(report.made_at.replace("Z", "+00:00")).timestamp())
    except ValueError:
        return 0


def _plain(report: Report, style: str) -> dict[str, Any]:
    colours = dict(_FILL.findall(style))
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "standfirst": report.standfirst,
        "language": report.language,
        "headlines": [
            {"value": h.value, "label": h.label, "note": h.note} for h in report.headlines
        ],
        "statements": list(report.statements),
        "identity": list(report.identity.items()),
        "sections": [
            {
                "title": section.title,
                "words": list(section.words),
                "figures": [_figure(figure, style, colours) for figure in section.figures],
                "tables": [_table(table) for table in section.tables],
            }
            for section in report.sections
        ],
    }


def _figure(figure: Figure, style: str, colours: dict[str, str]) -> dict[str, Any]:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {_size(figure.svg)}'
    start = figure.svg.index(">")
    body = figure.svg[len("<svg ") : start]
    return {
        "title": figure.title,
        "says": figure.says,
        "svg": f"{head} {body}><style>{style}</style>{figure.svg[start + 1 :]}",
        "tall": 'class="map"' in figure.svg,
        "legend": [(colours.get(name, "#ffffff"), words) for name, words in figure.legend],
    }


def _size(svg: str) -> str:
    box = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg)
    return f'width="{box[1]}" height="{box[2]}"' if box else ""


def _table(table: Table) -> dict[str, Any]:
    rows = table.on_page()
    cut = len(table.rows) - len(rows)
    note = f"{table.note} {cut:,} more rows stand in the workbook." if cut else table.note
    cells = [[written(row.values.get(c.name), c.kind) for c in table.columns] for row in rows]
    return {
        "title": table.title,
        "headings": [column.heading for column in table.columns],
        "numbers": [column.is_number for column in table.columns],
        "widths": [_width(column, [c[n] for c in cells]) for n, column in enumerate(table.columns)],
        "rows": [
            {"cells": line, "total": row.is_total} for line, row in zip(cells, rows, strict=True)
        ],
        "note": note.strip(),
        "how": table.how,
        "empty": table.empty,
    }


def _width(column: Column, cells: list[str]) -> str:
    longest = max((len(cell) for cell in cells), default=0)
    return "fill" if longest > LONG_TEXT and not column.is_number else "auto"
