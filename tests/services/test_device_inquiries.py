"""A device found on released land opens an inquiry; what the clearance itself found does not."""

from __future__ import annotations

import json

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import RefusedError
from landrelease.register import open_register
from landrelease.services import exporting, keeping, land, layers, recording, review
from landrelease.services.area_page import area_page

from .test_device_conflicts import FOUND, IN, OUT, device, path, write
from .test_review import entry, record

__all__ = ["path"]

REST = {
    "type": "Polygon",
    "coordinates": [[[10.005, 10], [10.01, 10], [10.01, 10.01], [10.005, 10.01], [10.005, 10]]],
}
NAMED = {"local_id": "D-1", "category": "anti_personnel_mine", "area": "A-1"}


def opened(path):
    """How many open inquiries mark an area."""
    return sum(area["open_inquiries"] for area in land.areas(path)["areas"])


def clear_the_rest(path, on="2022"):
    """Release the other half."""
    body = {"local_id": "P-2", "area": "A-1", "method": "cleared", "geometry": REST}
    record(path, entry("land_release_product", body, on))


@pytest.mark.parametrize(("found_on", "where", "count"), FOUND)
def test_a_device_found_after_the_release_opens_an_inquiry(path, found_on, where, count):
    """By dates that tell for certain and by its place; once, however often it is amended."""
    record(path, entry("device", device(where), found_on))
    record(path, entry("device", {"local_id": "D-1", "note": "read again"}))
    assert opened(path) == count
    assert review.conflicts(path)["conflicts"] == []


def test_the_inquiry_names_the_device_and_what_released_the_land(path):
    """On the page of the area, from the day on which it was found."""
    told = record(path, entry("device", device(IN), "2023-05-01"))
    [inquiry] = area_page(path, "A-1")["inquiries"]
    assert (told["inquiries"], told["in_doubt"]) == ([inquiry["record_id"]], ["A-1"])
    assert inquiry["body"]["why"] == "a device was found on land cleared"
    assert inquiry["occurred_on"] == "2023-05-01"
    with open_register(path) as register:
        assert register.record(inquiry["body"]["device"]).local_id == "D-1"
        assert register.record(inquiry["body"]["product"]).local_id == "P-1"


def test_a_file_and_a_late_product_open_it_too(path, tmp_path):
    """In whatever order they come, and by whatever way."""
    file = tmp_path / "devices.csv"
    rows = (
        "local_id,category,longitude,latitude,date",
        "D-2,anti_personnel_mine,10.002,10.005,2023-05-01",
        "D-3,anti_personnel_mine,10.008,10.005,2023-05-01",
        "D-4,anti_personnel_mine,10.008,10.006,",
    )
    file.write_text("\n".join(rows) + "\n", "utf-8")
    told = layers.take_in(path, layers.ImportCall(file, kind="device"), by="Tester")
    assert (told["added"], len(told["inquiries"]), told["in_doubt"]) == (3, 1, ["A-1"])
    assert opened(path) == 1
    clear_the_rest(path)
    assert opened(path) == 2


def test_a_device_and_a_release_that_meet_by_a_merge_open_it(path, tmp_path):
    """As if both had been recorded in one register; merging again opens no more."""
    copy = tmp_path / "copy.gpkg"
    keeping.backup(path, copy)
    record(copy, entry("device", device(OUT), "2023"))
    clear_the_rest(path)
    assert len(review.merge(path, copy, by="Tester")["inquiries"]) == 1
    assert review.merge(path, copy, by="Tester")["inquiries"] == []
    assert keeping.verify(path)["ok"]


@pytest.mark.parametrize(("found_on", "count"), [("2023", 1), ("2022", 0), ("2021-06", 0)])
@pytest.mark.parametrize("ended", ["cleared", "closed"])
def test_a_device_that_only_names_its_area_opens_it_where_nothing_is_left(
    path, ended, found_on, count
):
    """Or where the area has ended: what was found later was missed, or came there."""
    if ended == "cleared":
        clear_the_rest(path)
    else:
        end(path, "2022")
    record(path, entry("device", NAMED, found_on))
    assert opened(path) == count


def end(path, on):
    """Close the area."""
    with open_register(path) as register:
        area = register.record("A-1")
    body = {**area.body, "status": "closed"}
    write(path, Draft("hazardous_area", "hazardous_area.closed", body, area.record_id, on))


@pytest.mark.parametrize("merged", [False, True])
def test_a_late_release_meets_a_device_that_names_its_area_otherwise(path, tmp_path, merged):
    """By its record id or a former local id, where the release says its local id; none of others."""
    with open_register(path) as register:
        area_id = register.record("A-1").record_id
    other = {"local_id": "B-1", "hazard_kind": "SHA", "place": "the mill"}
    renamed = {"kind": "hazardous_area", "record_id": area_id, "body": {"local_id": "A-2"}}
    record(path, renamed, entry("hazardous_area", other, "2015"))
    said = zip(("D-1", "D-2", "D-3"), (area_id, "A-1", "B-1"), strict=True)
    record(path, *(entry("device", NAMED | {"local_id": n, "area": a}, "2023") for n, a in said))
    copy = tmp_path / "copy.gpkg"
    keeping.backup(path, copy)
    body = {"local_id": "P-2", "area": "A-2", "method": "cleared", "geometry": REST}
    record(copy if merged else path, entry("land_release_product", body, "2022"))
    if merged:
        review.merge(path, copy, by="Tester")
    with open_register(path) as register:
        asked = {
            register.record(one.body["device"]).local_id for one in register.records("inquiry")
        }
    assert asked == {"D-1", "D-2"}


def test_a_device_that_names_its_area_opens_one_about_the_last_product(path):
    """Of all areas that a file's devices name, each by its own last release."""
    clear_the_rest(path, "2020")
    record(path, *(entry("device", NAMED | {"local_id": f"D-{n}"}, "2023") for n in range(2)))
    with open_register(path) as register:
        products = [register.record(one.body["product"]) for one in register.records("inquiry")]
    assert [one.local_id for one in products] == ["P-1", "P-1"]


def test_devices_of_a_file_open_what_they_open_one_by_one(path):
    """A device is asked about as it stands before what comes after it in the file is looked at."""
    moved = {"local_id": "D-1", "geometry": {"type": "Point", "coordinates": OUT}}
    record(
        path,
        entry("device", device(IN), "2023"),
        entry("device", {**device(OUT), "local_id": "D-2"}, None),
        entry("device", moved),
        entry(
            "land_release_product", {"area": "A-1", "method": "cleared", "geometry": REST}, "2022"
        ),
        entry("device", {**device(OUT), "local_id": "D-3"}, "2023"),
    )
    with open_register(path) as register:
        found = [
            register.record(one.body["device"]).local_id for one in register.records("inquiry")
        ]
    assert sorted(found) == ["D-1", "D-1", "D-3"]


def test_one_that_only_names_an_area_of_which_land_is_left_opens_none(path):
    """It lies where work goes on, as far as anybody knows."""
    record(path, entry("device", NAMED, "2023"))
    assert opened(path) == 0


def test_the_date_of_a_report_is_no_ending(path):
    """A file brings an area closed and dated by its report: work there found its devices later."""
    body = {"local_id": "B-1", "hazard_kind": "SHA", "status": "closed", "geometry": REST}
    area = Draft("hazardous_area", "hazardous_area.reported", body, occurred_on="2010")
    write(path, area)
    record(path, entry("device", device(OUT), "2012"))
    assert opened(path) == 0


def test_a_voided_device_takes_its_inquiry_along(path):
    """One of the two devices was none; where it comes back, so does its inquiry."""
    record(path, entry("device", device(IN), "2023"))
    record(path, entry("device", {**device(IN), "local_id": "D-2"}, "2023"))
    assert opened(path) == 2
    recording.void(path, record_id="D-1", import_id=None, why="no device", by="Tester")
    assert opened(path) == 1
    with open_register(path) as register:
        [inquiry] = register.records("inquiry")
        assert register.record(inquiry.body["device"]).local_id == "D-2"


def test_an_inquiry_into_a_device_is_not_turned_away_without_a_word(path):
    """As one into an accident; with its finding it is closed, and the device is listed no more."""
    record(path, entry("device", device(IN), "2023"))
    [inquiry] = area_page(path, "A-1")["inquiries"]
    change = {"kind": "inquiry", "record_id": inquiry["record_id"], "body": {"device": None}}
    with pytest.raises(RefusedError, match="device of an open inquiry"):
        record(path, change)
    record(path, {**change, "body": {"open": False, "finding": "washed in by the river"}})
    assert opened(path) == 0
    assert review.conflicts(path)["conflicts"] == []


def test_partners_learn_of_the_inquiry_and_not_which_device(path, tmp_path):
    """Devices are internal."""
    record(path, entry("device", device(IN), "2023"))
    for audience, told in (("partner", False), ("internal", True)):
        file = tmp_path / f"{audience}.geojson"
        exporting.export(path, file, kind="inquiry", as_of=None, audience=audience)
        [given] = json.loads(file.read_text("utf-8"))["features"]
        assert ("device" in given["properties"]) is told
        assert given["properties"]["why"] == "a device was found on land cleared"
