"""Gather the facts of a report from the register, and write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import shapely

from landrelease import __version__
from landrelease.domain.land import AreaState, Conflict
from landrelease.domain.workflow import waits
from landrelease.errors import FieldError
from landrelease.register import Names, Record, Register, open_register
from landrelease.services.files import made_folder
from landrelease.services.inquiries import open_inquiries
from landrelease.services.land import account_json, area_row, balance_json, hidden
from landrelease.services.loose import undated
from landrelease.services.name_guard import count_withheld, held_names, withheld
from landrelease.services.released import Measured, dated, measure, releasing
from landrelease.services.times import now, today
from landrelease.services.work import forecast_from

Result = dict[str, Any]
_FIRST_YEAR = 1900


def country(path: Path, folder: Path, *, year: int | None = None) -> Result:
    """Write the country report as HTML and XLSX; every figure names its records.

    Parameters
    ----------
    year : int, optional
        Reporting year; the state of land is that of its last day. Without it, today.
    """
    from landrelease.reports import country_report, write_html, write_xlsx

    year = year or today().year
    if not _FIRST_YEAR <= year <= today().year:
        raise FieldError("year", year, "no year that can be reported on yet")
    with open_register(path) as register:
        facts = _without_names(_facts(register, year), held_names(register))
    report = country_report(facts)
    made_folder(folder)
    stem = f"country-{(facts.country or 'register').lower()}-{year}"
    files = [folder / f"{stem}.html", folder / f"{stem}.xlsx"]
    write_html(report, files[0])
    write_xlsx(report, files[1])
    return {
        "files": [str(f) for f in files],
        "as_of": facts.as_of,
        "known_at": facts.known_at,
        "heads": list(facts.heads),
        "withheld": facts.withheld,
    }


def _without_names(facts: Any, names: Names) -> Any:
    """The facts without words that name a person: whoever is handed a report reads all of it."""
    if not names:
        return facts
    told = {f.name: getattr(facts, f.name) for f in fields(facts) if f.name != "shapes"}
    given = withheld(told, names)
    shapes = [replace(shape, label=withheld(shape.label, names)) for shape in facts.shapes]
    return replace(facts, **{**given, "shapes": shapes, "withheld": count_withheld(given)})


def _facts(register: Register, year: int) -> Any:
    from landrelease.reports import CountryFacts

    info = register.info()
    as_of = str(min(today(), today().replace(year=year, month=12, day=31)))
    known_at = now()
    states, left, unplaced = register.areas_told(as_of=as_of)
    products = releasing(register, register.records("land_release_product", as_of=as_of))
    measured = measure(register, as_of)
    accidents = dated(register, register.records("accident", as_of=as_of))
    devices = dated(register, register.records("device"))
    account = balance_json(register, as_of=as_of)
    inquired = open_inquiries(register, as_of)
    return CountryFacts(
        name=info.name,
        country=info.country or "",
        register_id=info.register_id,
        year=year,
        as_of=as_of,
        known_at=known_at,
        made_at=known_at,
        version=__version__,
        heads=[asdict(head) for head in register.heads()],
        areas=[area_row(state, inquired, left) for state in states],
        not_released=_not_released(states, left),
        inquiries=_inquiries(register, as_of),
        products=_products(products, measured),
        balance=account,
        work=account["work"],
        awaiting=_awaiting(register),
        balances=_balances(register, as_of),
        accidents=[
            _row(a, "district", "setting", "category", "killed", "injured") for a in accidents
        ],
        victims=[_row(v, "accident", "outcome", "age_group") for v in register.records("victim")],
        devices=[_row(d, "category", "count", "district") for d in devices],
        activities=[
            _row(a, "activity_type", "status", "started_on", "ended_on", "district")
            for a in register.records("activity")
        ],
        not_shown=_not_shown(register, len(unplaced)),
        quarantined=_quarantined(register),
        conflicts=[
            {"code": c.code, "message": c.message, "records": list(c.record_ids)}
            for c in register.conflicts()
        ],
        undated=undated(register),
        treaties=_treaties(info.country, as_of),
        sources=_sources(register),
        forecast=forecast_from(states, products, measured.every, int(as_of[:4])),
        shapes=_shapes(register, states, products, left, as_of),
    )


def _inquiries(register: Register, as_of: str) -> list[Result]:
    found = register.records("inquiry", as_of=as_of)
    fields = ("area", "product", "accident", "why", "finding")
    still = register.inquired(as_of)
    return [_row(inquiry, *fields) for inquiry in found if inquiry.record_id in still]


def _not_released(states: Iterable[AreaState], left: Mapping[str, Conflict]) -> list[Result]:
    """Areas that ended with land not released: measured and stated m² apart."""
    return [
        {
            "record_id": state.record_id,
            "local_id": state.local_id,
            "status": state.status,
            "district": state.district,
            "m2": found.area_m2,
            "stated_m2": found.stated_m2,
            "why": found.message,
        }
        for state in states
        if (found := left.get(state.record_id)) is not None
    ]


def _awaiting(register: Register) -> list[Result] | None:
    """Records that are not approved yet; None where approval was never asked for."""
    states = register.workflow_states()
    if not states and not register.asks_approval():
        return None
    waiting = ((register.record(key), state) for key, state in states.items() if waits(state))
    return [{**_row(record), "kind": record.kind, "state": state} for record, state in waiting]


def _row(record: Record, *fields: str) -> Result:
    named = {name: record.body.get(name) for name in fields}
    return {
        "record_id": record.record_id,
        "local_id": record.local_id,
        "occurred_on": record.occurred_on,
        **named,
    }


def _products(products: Iterable[Record], measured: Measured) -> list[Result]:
    """Products with their m²; one of no area has none in the balance, and its own apart."""
    fields = ("method", "area", "district", "stated_area_m2", "depth_m", "depth_datum")
    drawn = {**dict.fromkeys(measured.outside, 0.0), **measured.in_balance}
    outside = measured.outside
    return [
        {
            **_row(p, *fields),
            "m2": drawn.get(p.record_id),
            "outside_m2": outside.get(p.record_id, 0.0),
        }
        for p in products
    ]


def _balances(register: Register, as_of: str) -> list[Result]:
    """The account of each district, with the areas that touch its ground."""
    outlines = register.drawn(as_of=as_of)
    names, tree = list(outlines), shapely.STRtree(list(outlines.values()))
    borders = {unit.title: unit.own for unit in register.districts(as_of=as_of).units}
    found = []
    for account in register.balance_by_district(as_of=as_of):
        row = account_json(account)
        border = borders.get(str(account.scope))
        if border is not None:
            touched = tree.query(border, predicate="intersects")
            row["records"] = [names[i] for i in sorted(touched)]
        found.append(row)
    return found


def _not_shown(register: Register, unplaced: int) -> list[Result]:
    return [
        {"what": "hazardous areas", "why": reason["text"], "count": reason["count"]}
        for reason in hidden(register, None, unplaced)
    ]


def _quarantined(register: Register) -> list[Result]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in register.quarantine():
        counts[row.layer, row.worst["code"], row.worst["message"]] += 1
    return [
        {"layer": layer, "code": code, "message": message, "count": count}
        for (layer, code, message), count in counts.most_common()
    ]


def _treaties(iso3: str | None, on: str) -> list[Result]:
    if iso3 is None:
        return []
    from landrelease.services import treaties

    return treaties.rows(iso3, on)


def _sources(register: Register) -> list[Result]:
    uses: Counter[str] = Counter(
        entry.source_id for entry in register.entries() if entry.source_id is not None
    )
    fields = ("title", "publisher", "published_on", "url")
    return [
        {**_row(source, *fields), "records": uses[source.record_id]}
        for source in register.records("source")
    ]


def _shapes(
    register: Register,
    states: Iterable[AreaState],
    products: Iterable[Record],
    left: Collection[str],
    as_of: str,
) -> list[Any]:
    """What the map draws; an area that ended with land not released is drawn as a hazard."""
    from landrelease.reports import MapArea

    shapes = [
        MapArea(_shape(d.body["geometry"]), "district", str(d.body["name"]))
        for d in register.records("district")
        if d.body.get("geometry")
    ]
    for product in products:
        if product.body.get("geometry"):
            shapes.append(MapArea(_shape(product.body["geometry"]), "released"))
    outlines, beside = register.outlines(as_of=as_of), register.places_beside(as_of)
    for state in states:
        drawn_open = state.status == "open" or state.record_id in left
        style = state.hazard_kind if drawn_open else _style(state.status)
        own = (drawn[state.record_id] for drawn in (outlines, beside) if state.record_id in drawn)
        shapes += [MapArea(shape, style, state.local_id or "") for shape in own]
    return shapes


def _style(status: str) -> str:
    return "suspended" if status == "suspended" else "closed"


def _shape(geometry: Mapping[str, Any]) -> Any:
    return shapely.geometry.shape(geometry)
