"""Totals are the balance laid out by year, place, method and depth; devices beside them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import openpyxl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.errors import InputError
from landrelease.register import open_register
from landrelease.services import keeping, land, layers, reporting, totals, work
from landrelease.services.area_page import area_page
from tests.register.test_districts import district, write
from tests.register.test_state import AS_OF, SLOW_DISK, moves, new_register, play

from .test_review import HALF, SQUARE, entry, record

METHODS = ("cancelled", "reduced", "cleared")


def summed(rows, method, *where):
    """m² in the balance of one method, of a province and a district."""
    return sum(
        row["m2"]
        for row in rows
        if row["method"] == method and where in ((), (row["province"], row["district"]))
    )


@settings(SLOW_DISK, max_examples=15)
@given(moves, st.sampled_from([(1, 2), (3, 3), (0, 4)]))
def test_totals_are_the_balance_for_any_history(history, cuts):
    """On every date, for the country and for each district; nothing is counted twice or lost."""
    at, level = cuts
    with tempfile.TemporaryDirectory() as folder:
        with new_register(folder) as register:
            play(register, history)
            if at:
                write(
                    register,
                    district("North", (0, 0, 6, level), code="N"),
                    district("West", (0, 0, at, level), parent="N"),
                    district("East", (at, 0, 6 - at, level), parent="N"),
                )
        path = Path(folder) / "register.gpkg"
        for as_of in (*AS_OF[::3], None):
            found = totals.totals(path, as_of)["released"]
            with open_register(path) as register:
                whole = register.balance(as_of)
                parts = register.balance_by_district(as_of)
            for method in METHODS:
                due = getattr(whole, f"{method}_m2")
                assert summed(found, method) == pytest.approx(due, abs=0.5)
                if at:
                    got = {p.scope: summed(found, method, *_place(p.scope)) for p in parts}
                    wanted = {p.scope: getattr(p, f"{method}_m2") for p in parts}
                    assert got == pytest.approx(wanted, abs=0.5)


def _place(scope):
    """Titles of the rows of the totals that are one row of the balance."""
    if scope == "no district":
        return ("no province", "no district")
    return ("North", "no district") if scope == "North" else ("North", scope)


def square(west, east):
    """A strip of the square of `SQUARE`, as GeoJSON."""
    return json.loads(shapely.to_geojson(shapely.box(west, 10, east, 10.01)))


@pytest.fixture
def register(tmp_path):
    """One area; its products name it in two ways, one belongs to none, two repeat each other."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    border = {"type": "Polygon", "coordinates": [[[9, 9], [10.0025, 9], [10.0025, 11], [9, 11], [9, 9]]]}  # fmt: skip
    record(
        path,
        entry("district", {"name": "North", "code": "N"}),
        entry("district", {"name": "West", "code": "N1", "parent": "N", "geometry": border}),
        entry(
            "hazardous_area", {"local_id": "A-1", "hazard_kind": "SHA", "geometry": SQUARE}, "2015"
        ),
        entry(
            "device",
            {
                "category": "anti_personnel_mine",
                "model": "PMA-2",
                "count": 3,
                "geometry": {"type": "Point", "coordinates": [10.001, 10.005]},
            },
            "2021",
        ),
        entry("device", {"category": "anti_personnel_mine", "area": "A-1"}, "2021"),
    )
    with open_register(path) as opened:
        record_id = opened.record("A-1").record_id
    product = {"method": "cleared", "depth_m": 0.2}
    rows = [
        {**product, "local_id": "P-1", "area": record_id, "occurred_on": "2021-02", "geometry": HALF},
        {**product, "local_id": "P-2", "area": "A-1", "occurred_on": "2021-03", "geometry": HALF},
        {**product, "local_id": "P-3", "area": "A-1", "depth_m": 0.5, "occurred_on": "2022", "geometry": square(10.005, 10.0075)},
        {**product, "local_id": "P-4", "occurred_on": "2022", "geometry": square(11, 11.01)},
        {**product, "local_id": "P-5", "area": "Z-9", "occurred_on": "2023", "geometry": square(11, 11.01)},
        {**product, "local_id": "P-6", "area": "A-1", "occurred_on": "2022", "stated_area_m2": 70.0},
    ]  # fmt: skip
    features = [
        {"type": "Feature", "geometry": row.pop("geometry", None), "properties": row}
        for row in rows
    ]
    file = tmp_path / "products.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    taken = layers.take_in(path, layers.ImportCall(file, kind="land_release_product"), by="Tester")
    assert taken["accepted"] == len(rows)
    return path


def test_land_that_two_references_name_counts_once(register) -> None:
    """A record id and a local id are one area; the totals are the balance, by year too."""
    found = totals.totals(register)["released"]
    cleared = land.balance(register)["cleared_m2"]
    assert summed(found, "cleared") == pytest.approx(cleared)
    in_2021 = [row for row in found if row["year"] == "2021"]
    assert summed(in_2021, "cleared") == pytest.approx(
        land.balance(register, as_of="2021")["cleared_m2"]
    )
    assert totals.totals(register, "2020")["released"] == []


def test_products_of_no_area_stand_apart_each_place_once(register) -> None:
    """Two that cover the same place and belong to no area are one place, and in no balance."""
    found = totals.totals(register)["released"]
    outside = {row["year"]: row["outside_m2"] for row in found if row["outside_m2"]}
    assert list(outside) == ["2022"]
    assert sum(row["products"] for row in found) == 6
    assert sum(row["stated_m2"] for row in found) == 70.0


def test_rows_name_province_district_and_depth(register) -> None:
    """The unit's own parent is its province; land is cut at the border, and depths stand apart."""
    found = totals.totals(register)["released"]
    places = {(row["province"], row["district"]) for row in found if row["m2"]}
    assert places == {("North", "West"), ("no province", "no district")}
    halves = [row["m2"] for row in found if row["year"] == "2021" and row["m2"]]
    assert halves[0] == pytest.approx(halves[1], rel=1e-3)
    assert {row["depth_m"] for row in found} == {0.2, 0.5}


def test_devices_stand_by_place_category_and_model(register) -> None:
    """By their position, else by what they name; without work that found them, method unknown."""
    keys = ("year", "province", "district", "method", "category", "model", "devices")
    found = [[row[key] for key in keys] for row in totals.totals(register)["devices"]]
    assert found == [
        ["2021", "North", "West", "unknown", "anti_personnel_mine", "PMA-2", 3],
        ["2021", "no province", "no district", "unknown", "anti_personnel_mine", None, 1],
    ]


def found_at(x, day="2021-02", **more):
    """A device at a longitude on the strip of `SQUARE`."""
    point = {"type": "Point", "coordinates": [x, 10.005]}
    body = {"category": "anti_personnel_mine", "count": 1, "geometry": point, **more}
    return entry("device", body, day)


@pytest.fixture
def worked(register):
    """A clearance and a survey of the area, with products, devices of both, and devices of none."""
    task = {"activity_type": "clearance", "status": "completed", "geometry": SQUARE}
    made = {"area": "A-1", "activity": "T-1", "depth_m": 0.2, "depth_datum": "ground_surface"}
    record(
        register,
        entry("activity", {**task, "local_id": "T-1"}),
        entry("activity", {**task, "local_id": "T-2", "activity_type": "technical_survey"}),
        entry("activity", {**task, "local_id": "T-3", "activity_type": "inspection"}),
        entry(
            "land_release_product",
            {**made, "method": "cleared", "geometry": square(10.0075, 10.009)},
            "2021-05",
        ),
        entry(
            "land_release_product",
            {"area": "A-1", "activity": "T-1", "method": "reduced", "geometry": square(10.009, 10.01), "method_reason": "no sign beside the strip"},
            "2021-05",
        ),
        found_at(10.008, activity="T-1"),
        found_at(10.0095, activity="T-1", count=2),
        found_at(10.001, activity="T-1", count=4),
        found_at(10.001, activity="T-2", count=8),
        found_at(10.001, activity="T-3", count=16),
        found_at(10.008, area="A-1", count=32),
        found_at(10.008, area="A-1", count=64, day="2023"),
        found_at(10.008, count=128),
    )  # fmt: skip
    return register


def test_devices_stand_by_the_method_that_found_them(worked) -> None:
    """By the product of their work at their place, by its usual method, by the area's product."""
    found = totals.totals(worked)["devices"]
    by_method = {}
    for row in found:
        by_method[row["method"]] = by_method.get(row["method"], 0) + row["devices"]
    in_no_work = 3 + 1  # of the register itself
    assert by_method == {
        "cleared": 1 + 4 + 32,
        "reduced": 2 + 8,
        "unknown": 16 + 64 + 128 + in_no_work,
    }


def test_a_find_made_after_the_clearance_is_not_counted_for_it(worked) -> None:
    """What lay in cleared land years later is a device without a method, never the clearance's."""
    [late] = [row for row in totals.totals(worked)["devices"] if row["year"] == "2023"]
    assert (late["method"], late["devices"]) == ("unknown", 64)


def test_the_pivot_agrees_with_the_sheets(worked, tmp_path) -> None:
    """Of each year, place and method the pivot holds the m² and devices that the sheets sum to."""
    found = totals.write_totals(worked, tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Pivot"]
    lines = list(sheet.iter_rows(values_only=True))
    head = next(line for line in lines if line[0] == "Year")
    rows = [line for line in lines if str(line[0]).isdigit()]
    keys = ("year", "province", "district", "method")
    for column, part, name in (
        ("Devices found", "devices", "devices"),
        ("Found: anti personnel mine", "devices", "devices"),
        ("Released, measured (m²)", "released", "m2"),
    ):
        pivot = {line[:4]: line[head.index(column)] or 0 for line in rows}
        for key, value in pivot.items():
            due = sum(r[name] for r in found[part] if tuple(r[k] for k in keys) == key)
            assert value == pytest.approx(due)
        assert sum(pivot.values()) == pytest.approx(sum(row[name] for row in found[part]))


def test_the_workbook_names_the_records_behind_its_rows(register, tmp_path) -> None:
    """By the local id, where a record has one; what names a person of the second file stays out."""
    totals.write_totals(register, tmp_path / "t.xlsx")
    with pytest.raises(InputError, match="file_exists"):
        totals.write_totals(register, tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Cells and records"]
    [head, *lines] = sheet.iter_rows(values_only=True)
    told = {line[head.index("Record id")]: line[head.index("Record")] for line in lines}
    with open_register(register) as opened:
        due = {key: opened.record(key).local_id or "" for key in told}
    assert told == due
    assert any(due.values())


def test_the_workbook_has_a_crosstab(register, tmp_path) -> None:
    """Years, places and methods down, m² and devices across, with the same sums."""
    totals.write_totals(register, tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Pivot"]
    lines = list(sheet.iter_rows(values_only=True))
    head = next(line for line in lines if line[0] == "Year")
    rows = [line for line in lines if str(line[0]).isdigit()]
    method, m2 = head.index("Method"), head.index("Released, measured (m²)")
    cleared = sum(line[m2] or 0 for line in rows if line[method] == "cleared")
    assert cleared == pytest.approx(land.balance(register)["cleared_m2"])
    found = sum(line[head.index("Found: anti personnel mine")] or 0 for line in rows)
    assert found == 4


def test_every_place_that_tells_of_a_product_says_the_same(register) -> None:
    """The area's page and the country report measure as the totals do."""
    page = area_page(register, "A-1")
    assert sum(p["m2"] or 0 for p in page["products"]) == pytest.approx(
        land.balance(register)["cleared_m2"]
    )
    with open_register(register) as opened:
        facts = reporting._facts(opened, 2026)
    assert sum(p["m2"] or 0 for p in facts.products) == pytest.approx(facts.balance["cleared_m2"])
    assert sum(p["outside_m2"] for p in facts.products) > 0


def test_a_correction_without_a_date_leaves_a_release_in_its_year(register) -> None:
    """A note that is added later moves no m² and no device out of the year of the work."""
    before = totals.totals(register)["released"]
    pace = work.forecast(register)
    record(register, entry("land_release_product", {"local_id": "P-3", "note": "seen"}))
    record(register, entry("land_release_product", {"local_id": "P-3", "note": "seen again"}))
    assert totals.totals(register)["released"] == before
    assert work.forecast(register) == pace
    with open_register(register) as opened:
        rows = reporting._facts(opened, 2026).products
    assert [row["occurred_on"] for row in rows if row["local_id"] == "P-3"] == ["2022"]


def test_a_release_of_the_future_does_not_count_yet(register) -> None:
    """It takes nothing out of today's areas, totals and forecast, and is told; asked for, it counts."""
    before, rows = land.balance(register), totals.totals(register)["released"]
    ahead = {
        "area": "A-1",
        "method": "cleared",
        "local_id": "P-9",
        "geometry": square(10.0075, 10.01),
    }
    ahead |= {"depth_m": 0.2, "depth_datum": "ground_surface", "activity": "T-1"}
    work = {"activity_type": "clearance", "status": "ongoing", "geometry": SQUARE}
    task = {**work, "local_id": "T-1"}
    record(register, entry("activity", task), entry("land_release_product", ahead, "2999"))
    now = land.balance(register)
    assert now == before | {"ahead": 1, "conflicts": now["conflicts"]}
    assert land.areas(register)["ahead"] == 1
    assert totals.totals(register)["released"] == rows
    with open_register(register) as opened:
        assert opened.outlines() == opened.outlines(as_of="2998")
    assert land.balance(register, as_of="2999")["remaining_m2"] == pytest.approx(0, abs=1)
    assert land.balance(register, as_of="2999")["ahead"] == 0


def test_a_closing_and_a_survey_of_the_future_wait_for_their_day(tmp_path) -> None:
    """The area stands as it stood, with all of its ground; on the day asked for they count."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    area = {"local_id": "A-1", "hazard_kind": "SHA", "geometry": SQUARE}
    survey = {"local_id": "T-1", "activity_type": "technical_survey", "status": "completed"}
    record(path, entry("hazardous_area", area, "2019"), entry("activity", survey))
    before = land.areas(path)
    drawn = {"area": "A-1", "geometry": HALF, "activity": "T-1"}
    closed = {"local_id": "A-1", "status": "closed", "rests_on": "T-1"}
    record(path, entry("resurvey", drawn, "2998", reason="half is clear of signs"))
    record(path, entry("hazardous_area", closed, "2999", reason="no sign of mines"))
    assert land.areas(path) == before | {"ahead": 2}
    [then] = land.areas(path, as_of="2999")["areas"]
    assert then["status"] == "closed"
    assert then["area_m2"] == pytest.approx(before["areas"][0]["area_m2"] / 2, rel=1e-3)
    with open_register(path) as opened:
        assert opened.verify().ok
