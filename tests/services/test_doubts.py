"""Released land in doubt is told beside its status wherever it is shown or given out."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from landrelease.register import open_register
from landrelease.services import (
    exporting,
    keeping,
    land,
    layers,
    records,
    reporting,
    workflow,
)
from landrelease.services.area_page import area_page

from .test_review import entry, record


def box(west, east):
    """A strip of ground between two longitudes."""
    ring = [[west, 44.5], [east, 44.5], [east, 44.504], [west, 44.504], [west, 44.5]]
    return {"type": "Polygon", "coordinates": [ring]}


AREA = entry("hazardous_area", {"local_id": "A", "hazard_kind": "CHA", "evidence": ["ordnance_seen"],
                                "geometry": box(17.2, 17.204)}, "2024-01")  # fmt: skip
WORK = entry("activity", {"local_id": "W", "activity_type": "clearance", "area": "A",
                          "status": "completed", "geometry": box(17.2, 17.204)}, "2024-03")  # fmt: skip


def product(name, west, east, **more):
    """Ground of the area that was cleared."""
    cleared = {"method": "cleared", "depth_m": 0.2, "depth_datum": "ground_surface"}
    body = {"local_id": name, "area": "A", **cleared, "activity": "W", **more}
    return entry("land_release_product", {**body, "geometry": box(west, east)}, "2024-04")


CLOSED = entry("hazardous_area", {"local_id": "A", "status": "closed"}, "2024-06") | {
    "reason": "done"
}
HURT = entry("accident", {"injured": 1, "geometry": {"type": "Point", "coordinates": [17.201, 44.502]}}, "2025")  # fmt: skip
FOUND = entry(
    "non_conformity",
    {"local_id": "N", "severity": "critical", "what": "x", "activity": "W"},
    "2025",
)


@pytest.fixture
def path(tmp_path):
    """A register of an area that was cleared by two products and closed."""
    found = tmp_path / "r.gpkg"
    keeping.init(found, country=None, name="Test", by="Tester")
    record(found, AREA, WORK, product("P", 17.2, 17.202), product("Q", 17.202, 17.204))
    record(found, CLOSED)
    return found


def doubts(path, as_of=None):
    """The codes of what stands near, by local id."""
    near = land.near(path, 17.201, 44.502, 300, as_of=as_of)["found"]
    return {one["local_id"]: one["in_doubt"] for one in near if one["local_id"] in {"A", "P", "Q"}}


def test_an_inquiry_marks_its_product_and_its_area(path):
    """Not the other product; in words and codes, on the page and in the list, from its day on."""
    record(path, HURT)
    assert doubts(path) == {"A": ["inquiry_open"], "P": ["inquiry_open"], "Q": []}
    assert doubts(path, "2024-12") == {"A": [], "P": [], "Q": []}
    told = {one["local_id"]: one["text"] for one in land.near(path, 17.201, 44.502)["found"]}
    assert told["A"].endswith("closed; in doubt: inquiry open")
    assert records.show(path, "P")["in_doubt"] == ["inquiry_open"]
    assert records.show(path, "P", as_of="2024-12")["in_doubt"] == []
    assert [area["in_doubt"] for area in land.areas(path)["areas"]] == [["inquiry_open"]]
    page = area_page(path, "A")
    assert page["in_doubt"] == ["inquiry_open"]
    assert sorted(one["in_doubt"] for one in page["products"]) == [[], ["inquiry_open"]]
    with open_register(path) as register:
        [inquiry] = register.records("inquiry")
    record(
        path,
        entry("inquiry", {"open": False, "finding": "washed in"})
        | {"record_id": inquiry.record_id},
    )
    assert doubts(path) == {"A": [], "P": [], "Q": []}


def test_a_critical_finding_marks_what_its_work_released(path):
    """The area that ended and both products; not those of other work, nor once it is closed."""
    other = {"local_id": "V", "activity_type": "clearance", "area": "A", "status": "completed"}
    record(path, entry("activity", {**other, "geometry": box(17.2, 17.204)}, "2024-03"))
    record(
        path, entry("land_release_product", {"local_id": "Q", "activity": "V"}) | {"reason": "x"}
    )
    record(path, FOUND)
    code = ["critical_finding_open"]
    assert doubts(path) == {"A": code, "P": code, "Q": []}
    measures = {"local_id": "N", "open": False, "measures": "cleared again"}
    record(path, entry("non_conformity", measures, "2025-02"))
    assert doubts(path) == {"A": [], "P": [], "Q": []}


def test_a_finding_on_an_open_area_marks_only_what_left_it(path):
    """The area is a hazard as it stands."""
    record(
        path,
        entry("hazardous_area", {"local_id": "A", "status": "open"}, "2024-07") | {"reason": "x"},
    )
    record(
        path, entry("non_conformity", {"severity": "critical", "what": "x", "area": "A"}, "2025")
    )
    code = ["critical_finding_open"]
    assert doubts(path) == {"A": [], "P": code, "Q": code}


def test_no_order_of_arrival_takes_a_doubt_away(tmp_path):
    """Finding, accident and release may come in any order."""
    for number, late in enumerate(
        itertools.permutations([FOUND, HURT, product("P", 17.2, 17.202)])
    ):
        path = tmp_path / f"{number}.gpkg"
        keeping.init(path, country=None, name="Test", by="Tester")
        record(path, AREA, WORK)
        for one in late:
            record(path, one)
        assert doubts(path)["P"] == ["inquiry_open", "critical_finding_open"], late


NAMES = ["x.geojson", "x.gpkg", "x.csv", "x.hxl.csv", "x.xlsx", "x.kml", "x.zip"]


@pytest.mark.parametrize("kind", ["hazardous_area", "land_release_product"])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_given_to_the_public_tells_the_doubt_and_comes_back_as_it_was(
    path, tmp_path, name, kind
):
    """By a code alone; taken in again it changes nothing here, and is no fact of a new register."""
    record(path, HURT, FOUND)
    file = tmp_path / name
    exporting.export(path, file, kind=kind, as_of=None, audience="public")
    given = file.read_bytes()
    if not name.endswith((".xlsx", ".zip")):
        assert b"inquiry_open" in given
        assert b"critical_finding_open" in given
    fresh = tmp_path / "fresh.gpkg"
    keeping.init(fresh, country=None, name="Other", by="Tester")
    layers.take_in(fresh, layers.ImportCall(file, kind=kind), by="Tester")
    with open_register(fresh) as register:
        taken = list(register.records(kind))
        assert taken
        assert "in_doubt" not in json.dumps([one.body for one in taken])


@pytest.mark.parametrize("name", ["x.geojson", "x.gpkg"])
def test_an_internal_export_comes_back_unchanged(path, tmp_path, name):
    """The doubts beside land are no change of it."""
    record(path, HURT, FOUND)
    file = tmp_path / name
    exporting.export(path, file, kind="hazardous_area", as_of=None, audience="internal")
    done = layers.take_in(path, layers.ImportCall(file, kind="hazardous_area"), by="Tester")
    assert (done["added"], done["changed"], done["unchanged"]) == (0, 0, 1)


def test_a_map_marks_land_in_doubt(path):
    """Its features carry the codes; others have none."""
    assert all(
        "in_doubt" not in one for *_, one in exporting.features(path, "hazardous_area", "public")
    )
    record(path, HURT)
    [(*_, shown)] = exporting.features(path, "hazardous_area", "public")
    assert shown["in_doubt"] == "inquiry_open"


@pytest.mark.parametrize("body", [{"open": False, "finding": "washed in"}, {"area": "OTHER", "product": None}])  # fmt: skip
def test_nobody_ends_an_inquiry_alone_where_approval_is_asked_for(path, tmp_path, body):
    """The land stays in doubt, in the list and the report, until a second person approves."""
    record(
        path,
        entry(
            "hazardous_area", {"local_id": "OTHER", "hazard_kind": "SHA", "place": "Dolna"}, "2024"
        ),
    )
    record(path, HURT)
    workflow.switch(path, "on", why="four eyes", by="Ana")
    with open_register(path) as register:
        [inquiry] = (one.record_id for one in register.records("inquiry"))
    record(path, entry("inquiry", body, reason="seen") | {"record_id": inquiry})

    def told():
        [area] = [one for one in land.areas(path)["areas"] if one["local_id"] == "A"]
        return doubts(path)["A"], area["open_inquiries"], area_page(path, "A")["in_doubt"]

    assert told() == (["inquiry_open"], 1, ["inquiry_open"])
    files = reporting.country(path, tmp_path)["files"]
    [page] = [Path(file) for file in files if file.endswith(".html")]
    assert "No inquiry is open." not in page.read_text("utf-8")
    workflow.take_step(path, "verify", [inquiry], by="Ben")
    assert told()[0] == ["inquiry_open"]
    workflow.take_step(path, "approve", [inquiry], by="Cem")
    assert told() == ([], 0, [])
