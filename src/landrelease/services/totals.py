"""Totals by year, place, method and device, which agree with the balance to the square metre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from landrelease.domain.dates import PartialDate
from landrelease.domain.districts import Districts
from landrelease.domain.releases import Release
from landrelease.errors import check_is_new
from landrelease.geometry import area_m2
from landrelease.register import NOW, Record, Register, open_register
from landrelease.services.found_by import FoundBy
from landrelease.services.name_guard import count_withheld, held_names, withheld
from landrelease.services.places import Place, pieces, place_of, place_said, units_at
from landrelease.services.progress import reported_work
from landrelease.services.released import dated, releasing

Result = dict[str, Any]
UNKNOWN = "unknown"
_RELEASED = ("year", "province", "district", "method", "depth_m")
_DEVICES = ("year", "province", "district", "method", "category", "model")


def totals(path: Path, as_of: str | None = None, known_at: str | None = None) -> Result:
    """Land released, devices found, and work reported but not mapped, as known on a date.

    Released land counts as in the balance: each product with what it adds beyond earlier ones of
    its area, cut at the borders of districts. Products that belong to no standing area are in
    none of it and stand in ``outside_m2``, each place counted once; stated m² stand apart too.
    Devices stand by the method of the work that found them, «unknown» where no record says it.
    """
    with open_register(path) as register:
        districts = register.districts(as_of, known_at)
        said = _Said(register, districts, as_of, known_at)
        day = NOW if as_of is None else as_of
        standing = register.records("land_release_product", as_of=day, known_at=known_at)
        products = releasing(register, standing)
        return {
            "as_of": as_of,
            "known_at": known_at,
            "ahead": register.ahead(as_of, known_at),
            "released": _released(register, said, products),
            "devices": _devices(register, said, products),
            "reported": _reported(register, said),
        }


def write_totals(
    path: Path, file: Path, as_of: str | None = None, known_at: str | None = None
) -> Result:
    """Write the totals to a workbook; each row names its records.

    Whoever is handed a workbook reads all of it, so texts that name a person of the second file
    are left out; ``withheld`` counts them.
    """
    from landrelease.reports import write_xlsx
    from landrelease.services.totals_tables import report_of

    check_is_new(file)
    found = totals(path, as_of, known_at)
    with open_register(path) as register:
        names = held_names(register)
        called = register.local_ids_of(_records(found))
    found, called = withheld(found, names), withheld(called, names)
    write_xlsx(report_of(found, called), file)
    return {**found, "file": str(file), "withheld": count_withheld([found, called])}


def _records(found: Result) -> set[str]:
    """The records that stand behind the rows of all tables."""
    rows = (row for table in ("released", "devices", "reported") for row in found[table])
    return {record_id for row in rows for record_id in row["records"]}


class _Said:
    """Where records say that they lie: by their district, else by that of their area."""

    def __init__(
        self, register: Register, districts: Districts, as_of: str | None, known_at: str | None
    ) -> None:
        self.districts = districts
        self.when = (as_of, known_at)
        states = register.areas(as_of, known_at)
        self._areas = {a.local_id: a.district for a in states if a.local_id}
        self._areas |= {a.record_id: a.district for a in states}
        self._codes = register.district_codes(as_of, known_at)

    def words(self, record: Record) -> tuple[str | None, ...]:
        """What names the record's district, the best first."""
        area = record.body.get("area")
        return (record.body.get("district"), self._codes.get(str(area)), self._areas.get(str(area)))

    def place(self, record: Record) -> Place:
        """The place that a record names."""
        return place_said(self.districts, *self.words(record))


def _released(register: Register, said: _Said, standing: Sequence[Record]) -> list[Result]:
    products = {p.record_id: p for p in standing}
    releases = [one for one in register.released(*said.when) if one.record_id in products]
    rows: defaultdict[tuple[Any, ...], Result] = defaultdict(
        lambda: {"products": 0, "m2": 0.0, "outside_m2": 0.0, "stated_m2": 0.0, "records": []}
    )
    whole: dict[str, tuple[float, Result]] = {}
    for release, place, m2 in _by_place(releases, products, said):
        row = rows[_key(products[release.record_id], place)]
        row["m2" if release.in_balance else "outside_m2"] += m2
        row["records"].append(release.record_id)
        whole[release.record_id] = max(
            (m2, row), whole.get(release.record_id, (-1.0, row)), key=lambda pair: pair[0]
        )
    measured = {release.record_id for release in releases}
    for product in products.values():
        if product.record_id not in measured:
            row = rows[_key(product, said.place(product))]
            row["stated_m2"] += product.body.get("stated_area_m2") or 0.0
            row["records"].append(product.record_id)
            whole[product.record_id] = (0.0, row)
    for _, row in whole.values():  # a product counts once, where most of it lies
        row["products"] += 1
    return _listed(rows, _RELEASED)


def _by_place(
    releases: Sequence[Release], products: Mapping[str, Record], said: _Said
) -> Iterator[tuple[Release, Place, float]]:
    """Yield what each release took in each row of the balance by district.

    One that took nothing, since others had been there before, is yielded once with 0 m². Where no
    unit has borders the product's own words say where it lies.
    """
    if not releases:
        return
    shares = np.array([release.share for release in releases], dtype=object)
    placed: set[int] = set()
    bordered = any(not unit.own.is_empty for unit in said.districts.units)
    for at, parts in pieces(said.districts, shares):
        sizes = np.atleast_1d(area_m2(parts))
        for n in np.flatnonzero(sizes > 0).tolist():
            placed.add(n)
            product = products[releases[n].record_id]
            place = place_of(said.districts, at) if bordered else said.place(product)
            yield releases[n], place, float(sizes[n])
    for n, release in enumerate(releases):
        if n not in placed:
            yield release, said.place(products[release.record_id]), 0.0


def _key(product: Record, place: Place) -> tuple[Any, ...]:
    depth = product.body.get("depth_m")
    return _year(product), *place, product.body["method"], depth


def _reported(register: Register, said: _Said) -> list[Result]:
    return [
        {
            "activity": work["local_id"] or work["record_id"],
            **place_said(said.districts, work["district"])._asdict(),
            "method": work["method"] or UNKNOWN,
            **{name: work[name] for name in ("reported_m2", "measured_m2", "unmapped_m2")},
            "records": [work["record_id"]],
        }
        for work in reported_work(register, *said.when)["activities"]
    ]


def _devices(register: Register, said: _Said, products: Sequence[Record]) -> list[Result]:
    as_of, known_at = said.when
    found_by = FoundBy.of(register, products, as_of, known_at)
    devices = dated(register, register.records("device", as_of=as_of, known_at=known_at))
    shapes = [d.body.get("geometry") for d in devices]
    points = [shapely.geometry.shape(shape) if shape else None for shape in shapes]
    rows: defaultdict[tuple[Any, ...], Result] = defaultdict(lambda: {"devices": 0, "records": []})
    for device, at in zip(devices, units_at(said.districts, points), strict=True):
        place = said.place(device) if at is None else place_of(said.districts, at)
        body = device.body
        method = found_by.method(device) or UNKNOWN
        row = rows[_year(device), *place, method, body["category"], body.get("model")]
        row["devices"] += body.get("count", 1)
        row["records"].append(device.record_id)
    return _listed(rows, _DEVICES)


def _listed(rows: Mapping[tuple[Any, ...], Result], keys: Sequence[str]) -> list[Result]:
    """Rows in order; what is not said (a depth, a model) comes last."""
    order = sorted(rows, key=lambda key: [(part is None, part) for part in key])
    return [{**dict(zip(keys, key, strict=True)), **rows[key]} for key in order]


def _year(record: Record) -> str:
    return str(PartialDate.parse(record.occurred_on).year) if record.occurred_on else UNKNOWN
