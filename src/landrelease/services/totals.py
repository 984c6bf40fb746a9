"""Totals by year, district, method and device, as tables whose rows name their records."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landrelease.domain.dates import PartialDate
from landrelease.register import Record, Register, open_register
from landrelease.services.progress import STATEMENT, reported_work
from landrelease.services.released import released_m2, releasing

if TYPE_CHECKING:
    from landrelease.reports import Table
    from landrelease.reports.model import ColumnKind

Result = dict[str, Any]
UNKNOWN = "unknown"


def totals(path: Path) -> Result:
    """Land released by year × district × method, devices found, and work reported but not mapped.

    Measured m² count what each product adds beyond earlier ones; stated m² stand apart, and so
    does work that activities report before its polygons exist.
    """
    with open_register(path) as register:
        return {
            "released": _released(register),
            "devices": _devices(register),
            "reported": _reported(register),
        }


def write_totals(path: Path, file: Path) -> Result:
    """Write the totals to a workbook; each row names its records."""
    from landrelease.reports import Report, Section, write_xlsx

    found = totals(path)
    tables = tuple(_table(name, rows) for name, rows in found.items())
    report = Report(
        "Totals", "by year and district", sections=(Section("totals", "Totals", tables=tables),)
    )
    write_xlsx(report, file)
    return {**found, "file": str(file)}


def _table(name: str, rows: list[Result]) -> Table:
    from landrelease.reports import Column, Row, Table

    columns = [Column(*column) for column in _COLUMNS[name]]
    names = [column.name for column in columns]
    return Table(
        name,
        name.capitalize(),
        tuple(columns),
        tuple(Row({n: row[n] for n in names}, tuple(row["records"])) for row in rows),
        how=_HOW[name],
        sheet=name.capitalize(),
    )


_HOW = {
    "released": "counted by year of the record and district",
    "devices": "counted by year of the record and district",
    "reported": STATEMENT,
}
_COLUMNS: dict[str, list[tuple[str, str, ColumnKind, str]]] = {
    "released": [
        ("year", "Year", "text", ""),
        ("district", "District", "text", ""),
        ("method", "Method", "text", ""),
        ("products", "Products", "count", ""),
        ("m2", "Released, measured", "m2", "m²"),
        ("stated_m2", "Released, stated only", "m2", "m²"),
    ],
    "reported": [
        ("activity", "Activity", "text", ""),
        ("district", "District", "text", ""),
        ("method", "Method", "text", ""),
        ("reported_m2", "Reported", "m2", "m²"),
        ("measured_m2", "of it mapped by products", "m2", "m²"),
        ("unmapped_m2", "Not mapped, releases nothing", "m2", "m²"),
    ],
    "devices": [
        ("year", "Year", "text", ""),
        ("district", "District", "text", ""),
        ("category", "Category", "text", ""),
        ("devices", "Devices", "count", ""),
    ],
}


def _released(register: Register) -> list[Result]:
    products = releasing(register, register.records("land_release_product"))
    states = register.areas()
    areas = {a.record_id: a.district for a in states}
    areas |= {a.local_id: a.district for a in states if a.local_id}
    measured = released_m2(products)
    rows: defaultdict[tuple[str, ...], Result] = defaultdict(
        lambda: {"m2": 0.0, "stated_m2": 0.0, "products": 0, "records": []}
    )
    for product in products:
        district = product.body.get("district") or areas.get(str(product.body.get("area")))
        row = rows[_year(product), district or UNKNOWN, product.body["method"]]
        row["products"] += 1
        row["records"].append(product.record_id)
        if product.record_id in measured:
            row["m2"] += measured[product.record_id]
        else:
            row["stated_m2"] += product.body.get("stated_area_m2", 0.0)
    return _listed(rows, ("year", "district", "method"))


def _reported(register: Register) -> list[Result]:
    return [
        {
            "activity": work["local_id"] or work["record_id"],
            "district": work["district"] or UNKNOWN,
            "method": work["method"] or UNKNOWN,
            **{name: work[name] for name in ("reported_m2", "measured_m2", "unmapped_m2")},
            "records": [work["record_id"]],
        }
        for work in reported_work(register)["activities"]
    ]


def _devices(register: Register) -> list[Result]:
    rows: defaultdict[tuple[str, ...], Result] = defaultdict(lambda: {"devices": 0, "records": []})
    for device in register.records("device"):
        body = device.body
        key = _year(device), body.get("district") or UNKNOWN, body["category"]
        rows[key]["devices"] += body.get("count", 1)
        rows[key]["records"].append(device.record_id)
    return _listed(rows, ("year", "district", "category"))


def _listed(rows: dict[tuple[str, ...], Result], keys: tuple[str, ...]) -> list[Result]:
    return [{**dict(zip(keys, key, strict=True)), **rows[key]} for key in sorted(rows)]


def _year(record: Record) -> str:
    return str(PartialDate.parse(record.occurred_on).year) if record.occurred_on else UNKNOWN
