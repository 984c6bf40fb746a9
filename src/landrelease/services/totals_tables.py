"""Totals as the tables of a workbook, with a crosstab of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from landrelease.reports import Column, Report, Row, Section, Table
from landrelease.reports.model import ColumnKind
from landrelease.services.progress import STATEMENT

Result = Mapping[str, Any]
_OUTSIDE = "Outside any area: not in the balance"
_PLACE: list[tuple[str, str, ColumnKind, str]] = [
    ("province", "Province", "text", ""),
    ("district", "District", "text", ""),
]
_YEAR: tuple[str, str, ColumnKind, str] = ("year", "Year", "text", "")
_METHOD: tuple[str, str, ColumnKind, str] = ("method", "Method", "text", "")
_LAND: list[tuple[str, str, ColumnKind, str]] = [
    ("m2", "Released, measured", "m2", "m²"),
    ("outside_m2", _OUTSIDE, "m2", "m²"),
    ("stated_m2", "Released, stated only", "m2", "m²"),
]

_COLUMNS: dict[str, list[tuple[str, str, ColumnKind, str]]] = {
    "released": [
        _YEAR,
        *_PLACE,
        _METHOD,
        ("depth_m", "Depth", "number", "m"),
        ("products", "Products", "count", ""),
        *_LAND,
    ],
    "devices": [
        _YEAR,
        *_PLACE,
        _METHOD,
        ("category", "Category", "text", ""),
        ("model", "Model", "text", ""),
        ("devices", "Devices", "count", ""),
    ],
    "reported": [
        ("activity", "Activity", "text", ""),
        *_PLACE,
        _METHOD,
        ("reported_m2", "Reported", "m2", "m²"),
        ("measured_m2", "of it mapped by products", "m2", "m²"),
        ("unmapped_m2", "Not mapped, releases nothing", "m2", "m²"),
    ],
}
_HOW = {
    "released": "m² as in the balance: what a product adds beyond earlier ones of its area, cut at "
    "the borders of districts, in the year of its date; a product counts once, where most of it "
    "lies",
    "devices": "counted by year of the record; by position, else by the district that is named; "
    "the method is that of the product or activity that found them, else unknown",
    "reported": STATEMENT,
}


def report_of(found: Result, called: Mapping[str, str]) -> Report:
    """Return the totals as a report: their tables, and a crosstab of released land and devices.

    ``called`` gives the local ids of the records behind the rows.
    """
    names = [*_COLUMNS]
    tables = [_crosstab(found), *(_table(name, found[name]) for name in names)]
    when = f"as of {found['as_of']}" if found["as_of"] else "by year and district"
    section = Section("totals", "Totals", tables=tuple(tables))
    return Report("Totals", when, sections=(section,), local_ids=called)


def _table(name: str, rows: Iterable[Result]) -> Table:
    columns = [Column(*column) for column in _COLUMNS[name]]
    names = [column.name for column in columns]
    made = tuple(Row({n: row[n] for n in names}, tuple(row["records"])) for row in rows)
    sheet = name.capitalize()
    return Table(name, sheet, tuple(columns), made, how=_HOW[name], sheet=sheet)


def _crosstab(found: Result) -> Table:
    """Year × province × district × method against m² released and categories of devices."""
    categories = sorted({row["category"] for row in found["devices"]})
    cells: defaultdict[tuple[str, ...], defaultdict[str, float]] = defaultdict(
        lambda: defaultdict(float)
    )
    records: defaultdict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for row in found["released"]:
        for name, *_ in _LAND:
            cells[_head(row)][name] += row[name]
    for row in found["devices"]:
        cells[_head(row)][f"devices {row['category']}"] += row["devices"]
        cells[_head(row)]["devices"] += row["devices"]
    for row in (*found["released"], *found["devices"]):
        records[_head(row)] |= dict.fromkeys(row["records"])
    made = [
        Row({**dict(zip(_KEYS, key, strict=True)), **cells[key]}, tuple(records[key]))
        for key in sorted(cells)
    ]
    how = "The sheets Released and Devices, laid across; an empty cell is none."
    return Table("pivot", "Pivot", _across(categories), tuple(made), how=how, sheet="Pivot")


_KEYS = ("year", "province", "district", "method")


def _head(row: Result) -> tuple[str, ...]:
    return tuple(row[key] for key in _KEYS)


def _across(categories: Sequence[str]) -> tuple[Column, ...]:
    heads = [Column(*column) for column in (_YEAR, *_PLACE, _METHOD, *_LAND)]
    found = [
        Column(f"devices {name}", f"Found: {name.replace('_', ' ')}", "count")
        for name in categories
    ]
    return (*heads, *found, Column("devices", "Devices found", "count"))
