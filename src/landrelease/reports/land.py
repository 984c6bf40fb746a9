"""Tables of land: areas by district, land released by year, the balance of square metres."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from landrelease.domain.kinds import codes
from landrelease.reports.facts import CountryFacts
from landrelease.reports.model import Column, Row, Table, counted, total_row

NO_DISTRICT = "district not recorded"
NO_DATE = "date not recorded"
METHODS = ("cancelled", "reduced", "cleared")

#: Terms of the balance: key, what it is, sign in the sum.
BALANCE_TERMS = (
    ("reported_m2", "Reported", "first outlines of all areas"),
    ("resurvey_m2", "+ Re-survey", "changes of outline by later surveys"),
    ("cancelled_m2", "− Cancelled", "released by non-technical survey alone"),
    ("reduced_m2", "− Reduced", "released by technical survey"),
    ("cleared_m2", "− Cleared", "released by clearance to a stated depth"),
    ("remaining_m2", "− Remaining", "latest outlines minus released land, measured"),
    ("difference_m2", "= Difference", "what does not add up; within 0.5 m² per area"),
    ("awaiting_m2", "Awaiting approval (apart)", "part of remaining in products not yet approved"),
    ("overlap_m2", "Overlap (apart)", "land inside more than one area, counted twice above"),
)

#: Terms that the balance by district leaves to that of the country.
_WHOLE_ONLY = {"overlap_m2", "awaiting_m2"}

Rows = Sequence[Mapping[str, Any]]


def grouped(rows: Rows, *keys: str) -> dict[tuple[str, ...], list[Mapping[str, Any]]]:
    """Group rows by the text of some keys, in order of the groups."""
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[tuple(str(row.get(key) or "") for key in keys)].append(row)
    return dict(sorted(groups.items()))


def year_of(row: Mapping[str, Any], key: str = "occurred_on") -> str:
    """Year of a partial date, or the words for none.

    Examples
    --------
    >>> year_of({"occurred_on": "2019-07"}), year_of({})
    ('2019', 'date not recorded')
    """
    return str(row.get(key) or "")[:4] or NO_DATE


def by_year(rows: Rows) -> dict[str, list[Mapping[str, Any]]]:
    """Group rows by year, years between the first and the last without rows included.

    Examples
    --------
    >>> list(by_year([{"occurred_on": "2019"}, {"occurred_on": "2021-02"}, {}]))
    ['2019', '2020', '2021', 'date not recorded']
    """
    dated = [int(year) for year in map(year_of, rows) if year != NO_DATE]
    years = [str(y) for y in range(min(dated), max(dated) + 1)] if dated else []
    groups: dict[str, list[Mapping[str, Any]]] = {year: [] for year in years}
    for row in rows:
        groups.setdefault(year_of(row), []).append(row)
    return groups


def sum_of(rows: Rows, key: str) -> float:
    """Sum of what is known."""
    return float(sum(row.get(key) or 0 for row in rows))


def known_sum(rows: Rows, key: str) -> float | None:
    """Sum of what is known; ``None`` where nothing is, which is not the same as 0."""
    known = [row[key] for row in rows if row.get(key) is not None]
    return float(sum(known)) if known else None


def ids(rows: Rows) -> tuple[str, ...]:
    """Record ids of rows, each once."""
    return tuple(dict.fromkeys(str(row["record_id"]) for row in rows if row.get("record_id")))


_AREA_COLUMNS = (
    Column("district", "District"),
    Column("kind", "Kind"),
    Column("status", "Status"),
    Column("count", "Areas", "count"),
    Column("measured", "with polygon", "count"),
    Column("area_m2", "Outline, measured", "m2", "m²"),
    Column("remaining_m2", "Remaining, measured", "m2", "m²"),
    Column("stated", "without polygon", "count"),
    Column("stated_m2", "Stated, not measured", "m2", "m²"),
)
_AREA_SUMS = ("count", "measured", "area_m2", "remaining_m2", "stated", "stated_m2")


def areas_table(facts: CountryFacts) -> Table:
    """Areas by district, kind and status; measured and stated m² in columns of their own."""
    groups = grouped(facts.areas, "district", "hazard_kind", "status")
    rows = [_area_row(key, areas) for key, areas in groups.items()]
    return Table(
        "areas",
        "Hazardous areas by district, kind and status",
        _AREA_COLUMNS,
        (*rows, total_row("district", rows, _AREA_SUMS)) if rows else (),
        how="Measured areas are exact on the WGS84 ellipsoid with edges straight in longitude and "
        "latitude. The district is the one recorded for the area.",
        note="Stated m² are what a source reported without a polygon; they are never added to "
        "measured m².",
        sheet="Areas",
    )


def _area_row(key: tuple[str, ...], areas: Rows) -> Row:
    district, kind, status = key
    stated = [area for area in areas if area.get("area_m2") is None]
    values = {
        "district": district or NO_DISTRICT,
        "kind": kind,
        "status": _label("area_status", status),
        "count": len(areas),
        "measured": len(areas) - len(stated),
        "area_m2": known_sum(areas, "area_m2"),
        "remaining_m2": known_sum(areas, "remaining_m2"),
        "stated": len(stated),
        "stated_m2": known_sum(stated, "stated_left_m2"),
    }
    return Row(values, ids(areas))


def not_released_table(facts: CountryFacts) -> Table:
    """Areas that ended while land of them was not released: the hazard remains."""
    sums = ("m2", "stated_m2")
    rows = [_not_released_row(area) for area in facts.not_released]
    return Table(
        "not_released",
        "Closed or handed over, and not released",
        (
            Column("area", "Area"),
            Column("district", "District"),
            Column("status", "Status"),
            Column("m2", "Not released, measured", "m2", "m²"),
            Column("stated_m2", "Not released, stated", "m2", "m²"),
            Column("why", "What is found"),
        ),
        (*rows, total_row("area", rows, sums)) if rows else (),
        how="Measured m² are a part of what remains in the balance; stated m² are never added to "
        "them. Both are empty where nobody knows the size.",
        note="No status releases land: what no product took may be hazardous all the same.",
        sheet="Areas",
    )


def _not_released_row(area: Mapping[str, Any]) -> Row:
    values = {
        "area": area.get("local_id") or area["record_id"],
        "district": area.get("district") or NO_DISTRICT,
        "status": _label("area_status", str(area.get("status"))),
        **{name: area.get(name) for name in ("m2", "stated_m2", "why")},
    }
    return Row(values, ids([area]))


_RELEASED_SUMS = ("released_m2", "outside_m2", "stated_m2")


def released_table(facts: CountryFacts) -> Table:
    """Land released by year and method."""
    rows = [_released_row(year, products) for year, products in by_year(facts.products).items()]
    sums = ("products", *(f"{method}_m2" for method in METHODS), *_RELEASED_SUMS)
    return Table(
        "released",
        "Land released by year and method",
        (
            Column("year", "Year"),
            Column("products", "Products", "count"),
            *(
                Column(f"{method}_m2", _label("release_method", method), "m2", "m²")
                for method in METHODS
            ),
            Column("released_m2", "Released, measured", "m2", "m²"),
            Column("outside_m2", "Outside any area: not in the balance", "m2", "m²"),
            Column("stated_m2", "Stated, not measured", "m2", "m²"),
        ),
        (*rows, total_row("year", rows, sums)) if rows else (),
        how="A product counts without what earlier products of the same area cover, in the year "
        "of its date; cancelled by non-technical survey, reduced by technical survey, cleared to "
        "a depth.",
        note="Released land is the sum of the three methods; it is not all cleared land.",
        sheet="Released",
        empty="No land release is recorded.",
    )


def _released_row(year: str, products: Rows) -> Row:
    def of_method(method: str) -> float:
        return sum_of([p for p in products if p.get("method") == method], "m2")

    by_method = {f"{method}_m2": of_method(method) for method in METHODS}
    return Row(
        {
            "year": year,
            "products": len(products),
            **by_method,
            "released_m2": sum(by_method.values()),
            "outside_m2": sum_of(products, "outside_m2"),
            "stated_m2": sum_of([p for p in products if p.get("m2") is None], "stated_area_m2"),
        },
        ids(products),
    )


def depth_table(facts: CountryFacts) -> Table:
    """Cleared land of the reporting year, product by product, with its depth."""
    cleared = [
        p for p in facts.products if p.get("method") == "cleared" and year_of(p) == str(facts.year)
    ]
    cleared.sort(key=lambda p: str(p.get("occurred_on")))
    return Table(
        "cleared_in_year",
        f"Cleared land in {facts.year}, with depth",
        (
            Column("local_id", "Product"),
            Column("date", "Date", "date"),
            Column("district", "District"),
            Column("m2", "Cleared", "m2", "m²"),
            Column("depth_m", "Depth", "number", "m"),
            Column("datum", "Measured"),
        ),
        tuple(map(_cleared_row, cleared)),
        note="An empty depth means that none was recorded; a depth without what it is measured "
        "from cannot be compared with another.",
        sheet="Released",
        empty=f"No clearance is recorded in {facts.year}.",
    )


def _cleared_row(product: Mapping[str, Any]) -> Row:
    values = {
        "local_id": product.get("local_id") or product["record_id"],
        "date": product.get("occurred_on") or NO_DATE,
        "district": product.get("district") or NO_DISTRICT,
        "m2": product.get("m2"),
        "depth_m": product.get("depth_m"),
        "datum": _datum(product),
    }
    return Row(values, ids([product]))


def _datum(product: Mapping[str, Any]) -> str:
    if product.get("depth_m") is None:
        return ""
    return _label("depth_datum", str(product.get("depth_datum") or "from what is not told"))


def balance_table(facts: CountryFacts) -> Table:
    """The balance of square metres of the country, every term."""
    behind = _behind_terms(facts)
    rows = [
        Row({"term": title, "m2": facts.balance[key], "what": what}, behind.get(key, ()))
        for key, title, what in BALANCE_TERMS
        if key in facts.balance and (key != "awaiting_m2" or facts.balance[key])
    ]
    return Table(
        "balance",
        "Balance of square metres",
        (
            Column("term", "Term"),
            Column("m2", "Land", "m2", "m²"),
            Column("what", "What it is"),
        ),
        tuple(rows),
        how="Reported + re-survey − cancelled − reduced − cleared − remaining = difference. Land "
        "leaves a hazardous area at a release product; handover changes status only.",
        note=_balance_note(facts.balance),
        sheet="Balance",
    )


def _behind_district(facts: CountryFacts, balance: Mapping[str, Any]) -> tuple[str, ...]:
    """Areas on a district's ground as the facts say, else those recorded under its name."""
    if "records" in balance:
        return tuple(balance["records"])
    name = balance.get("scope")
    return ids([area for area in facts.areas if area.get("district") == name])


def _behind_terms(facts: CountryFacts) -> dict[str, tuple[str, ...]]:
    """Records that each term of the balance rests on."""
    drawn = [area for area in facts.areas if area.get("area_m2") is not None]
    return {
        "reported_m2": ids(drawn),
        "resurvey_m2": ids(facts.resurveys),
        "remaining_m2": ids([area for area in drawn if area.get("remaining_m2")]),
        **{
            f"{method}_m2": ids([p for p in facts.products if p.get("method") == method])
            for method in METHODS
        },
    }


def _balance_note(balance: Mapping[str, Any]) -> str:
    stated = balance.get("stated") or {}
    without = counted(stated.get("areas", 0), "area")
    unmapped_m2 = balance.get("unmapped_m2") or 0
    nowhere = f"{unmapped_m2:,.0f} m² told as released by products without polygon"
    apart = (
        f"{without} without polygon, {stated.get('m2') or 0:,.0f} m² left of what was stated",
        *([nowhere] if unmapped_m2 else []),
        counted(balance.get("undated", 0), "undated change"),
        counted(balance.get("quarantined", 0), "quarantined row"),
        counted(balance.get("conflicts", 0), "conflict"),
    )
    return f"Apart from these: {'; '.join(apart)}."


def districts_table(facts: CountryFacts) -> Table:
    """The balance by district, land cut at its border."""
    keys = [key for key, _, _ in BALANCE_TERMS if key not in _WHOLE_ONLY]
    titles = {key: title.strip("+−= ") for key, title, _ in BALANCE_TERMS}
    rows = [
        Row(
            {"scope": b.get("scope") or NO_DISTRICT, **{key: b.get(key) for key in keys}},
            _behind_district(facts, b),
        )
        for b in facts.balances
    ]
    return Table(
        "balance_by_district",
        "Balance by district",
        (
            Column("scope", "District"),
            *(Column(key, titles[key], "m2", "m²") for key in keys),
        ),
        (*rows, total_row("scope", rows, keys)) if rows else (),
        how="Land is cut at the district's border; what lies in none is a row of its own.",
        sheet="Balance",
        empty="No districts are recorded.",
    )


def _label(codes_name: str, code: str) -> str:
    return str(codes(codes_name).get(code, {}).get("label", code))
