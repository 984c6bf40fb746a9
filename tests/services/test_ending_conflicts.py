"""Endings and reopenings that do not agree with what is left of an area are told."""

from __future__ import annotations

import json

import pytest

from landrelease.domain.entries import Draft
from landrelease.register import create_register, open_register
from landrelease.services import (
    exporting,
    keeping,
    land,
    recording,
    records,
    reporting,
    workflow,
)
from landrelease.services.area_page import area_page
from tests.services.test_time_conflicts import AREA, CLEARED, FIELD, box, codes, done, write

POINT = {"type": "Point", "coordinates": [17.5, 44.5]}
ALL_CLEARED = CLEARED._replace(body={**CLEARED.body, "geometry": FIELD})


@pytest.fixture
def path(tmp_path):
    """An empty register."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    return found


def say(path, body, occurred_on, kind="hazardous_area", **more):
    """Record by hand."""
    source = {"title": "Report"}
    entry = {"kind": kind, "occurred_on": occurred_on, "body": body, "source": source, **more}
    recording.record(path, {"entries": [entry]}, by="Ana")


@pytest.fixture
def ended(path):
    """An area that was cleared whole and handed over."""
    write(path, AREA, done(geometry=FIELD), ALL_CLEARED)
    say(path, {"local_id": "A", "status": "handed_over"}, "2018")
    assert codes(path) == []
    return path


def test_an_area_opened_again_with_nothing_left_is_listed_until_it_is_drawn(ended):
    """A re-survey gives it ground; cleared anew it waits for its ending, and is no conflict."""
    say(ended, {"local_id": "A", "status": "open"}, "2020")
    assert codes(ended) == ["reopened_with_nothing_left"]
    wider = box(17, 44, 17.02, 44.01)
    say(ended, {"area": "A", "geometry": wider}, "2021", "resurvey")
    assert codes(ended) == []
    more = box(17.01, 44, 17.02, 44.01)
    say(
        ended, {"local_id": "U", "activity_type": "clearance", "geometry": more}, "2022", "activity"
    )
    body = {**CLEARED.body, "activity": "U", "geometry": more}
    say(ended, body, "2022", "land_release_product")
    assert codes(ended) == []
    with open_register(ended) as register:
        told = [c.code for c in register.conflicts(as_of="2020")]
        assert "reopened_with_nothing_left" in told
        assert register.conflicts(as_of="2019") == []


def test_a_note_on_an_old_release_does_not_make_it_a_new_one(ended):
    """What is left of an area opened again is told by when land left it, not by when it was noted."""
    say(ended, {"local_id": "A", "status": "open"}, "2020")
    with open_register(ended) as register:
        [product] = register.records("land_release_product")
    noted = {"kind": "land_release_product", "record_id": product.record_id}
    entry = {**noted, "body": {"note": "read again"}}
    recording.record(ended, {"entries": [entry]}, by="Ana")
    assert codes(ended) == ["reopened_with_nothing_left"]


def test_an_area_that_was_never_ended_waits_for_its_ending(path):
    """All cleared and still open is the usual order."""
    write(path, AREA, done(geometry=FIELD), ALL_CLEARED)
    assert codes(path) == []


def test_an_ending_that_waits_for_approval_is_no_reopening(tmp_path):
    """The area is open until a second person approves."""
    path = tmp_path / "w.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    write(path, AREA, done(geometry=FIELD), ALL_CLEARED)
    workflow.switch(path, "on", why="asked", by="Ana")
    say(path, {"local_id": "A", "status": "closed"}, "2018")
    assert land.areas(path)["areas"][0]["status"] == "open"
    assert codes(path) == []


STATED = {"local_id": "S", "hazard_kind": "SHA", "stated_area_m2": 1000.0, "district": "North"}


@pytest.mark.parametrize(
    ("products", "found", "left"),
    [
        ([], ["ended_with_land"], (1, 1000.0)),
        ([{"stated_area_m2": 400.0}], ["ended_with_land"], (1, 600.0)),
        ([{"stated_area_m2": 400.0}, {"stated_area_m2": 600.0}], [], (0, 0.0)),
        ([{"geometry": FIELD}], ["product_outside"], (0, 0.0)),
    ],
)
@pytest.mark.parametrize("status", ["closed", "handed_over"])
def test_stated_land_of_an_area_that_ended_does_not_vanish(path, products, found, left, status):
    """What no product took is listed, and stays among the stated; the account closes."""
    released = {"area": "S", "method": "cancelled"}
    drafts = [
        Draft("land_release_product", "land.released", {**released, **one}, occurred_on="2016")
        for one in products
    ]
    body = {**STATED, "status": status}
    area = Draft("hazardous_area", "hazardous_area.reported", {**STATED, "status": "open"})
    write(path, area._replace(occurred_on="2014"), *drafts)
    with open_register(path) as register:
        record_id = register.record("S").record_id
    ending = Draft("hazardous_area", f"hazardous_area.{status}", body, record_id, "2018")
    write(path, ending)
    assert codes(path) == found
    account = land.balance(path)
    assert account["stated"] == dict(zip(("areas", "m2"), left, strict=True))
    assert abs(account["difference_m2"]) < 0.5
    assert account["conflicts"] == len(found)


@pytest.fixture
def voided(ended):
    """The same area after its release was voided: the ending stands, the land is not released."""
    with open_register(ended) as register:
        [product] = register.records("land_release_product")
    recording.void(ended, record_id=product.record_id, import_id=None, why="not done", by="Ana")
    return ended


@pytest.mark.parametrize("as_of", [None, "2024"])
def test_near_says_what_remains_of_an_area_that_ended(voided, as_of):
    """The status as recorded stands beside what was not released."""
    found = land.near(voided, 17.001, 44.001, as_of=as_of)["found"]
    [area] = [one for one in found if one["kind"] == "hazardous_area"]
    assert "handed over; hazard remains: " in area["text"]
    assert "were not released" in area["not_released"]
    assert records.show(voided, "A", as_of)["not_released"] == area["not_released"]


def test_an_area_that_ended_with_nothing_left_is_as_recorded(ended, tmp_path):
    """Where the land was released nothing is added."""
    found = land.near(ended, 17.001, 44.001)["found"]
    [area] = [one for one in found if one["kind"] == "hazardous_area"]
    assert area["not_released"] is None
    assert area["text"].endswith("handed over")
    assert records.show(ended, "A")["not_released"] is None
    assert statuses(ended, tmp_path, "public") == ["handed_over"]


def statuses(path, folder, audience):
    """The status of each area in an export."""
    file = folder / f"{audience}.geojson"
    told = exporting.export(path, file, kind="hazardous_area", as_of=None, audience=audience)
    remains = [sentence for sentence in told["lost"] if "not released" in sentence]
    found = [f["properties"]["status"] for f in json.loads(file.read_text("utf-8"))["features"]]
    return [*found, *(sentence.rpartition("; ")[2] for sentence in remains)]


def test_an_export_gives_what_remains_of_an_area_that_ended_as_a_hazard(voided, tmp_path):
    """Open for the public and partners, as recorded for the way back; all say so."""
    given = ["open", "such areas are given as open"]
    assert statuses(voided, tmp_path, "public") == given
    assert statuses(voided, tmp_path, "partner") == given
    kept = "such areas stand here as they were recorded"
    assert statuses(voided, tmp_path, "internal") == ["handed_over", kept]
    [(_, _, shown)] = exporting.features(voided, "hazardous_area", "public")
    assert shown["status"] == "open"


@pytest.fixture
def three(path):
    """Three areas of a file that ended with nothing released: drawn, stated, of unknown size."""
    bare = {"hazard_kind": "SHA", "status": "closed", "geometry": POINT}
    bodies = (
        {**AREA.body, "status": "closed"},
        {**bare, "local_id": "S", "stated_area_m2": 1000.0},
        {**bare, "local_id": "U"},
    )
    write(path, *(AREA._replace(body=body) for body in bodies))
    return path


def test_the_list_of_areas_marks_each_that_ended_with_land(three):
    """Measured, stated and of unknown size; before the areas ended, and of open ones, nothing."""
    by_name = {a["local_id"]: a["not_released"] for a in land.areas(three)["areas"]}
    assert "m² of it were not released" in by_name["A"]
    assert "1,000 m² that were stated" in by_name["S"]
    assert "size is unknown" in by_name["U"]
    say(three, {"local_id": "A", "status": "open"}, "2020")
    assert {a["local_id"] for a in land.areas(three)["areas"] if a["not_released"]} == {"S", "U"}


def test_an_ended_area_of_unknown_size_remains_a_hazard_everywhere(three, tmp_path):
    """Near its point, in its record, on its page, and as open for the public."""
    [area] = land.near(three, *POINT["coordinates"])["found"][:1]
    assert "hazard remains" in area["text"]
    assert "size is unknown" in records.show(three, "U")["not_released"]
    assert "size is unknown" in area_page(three, "U")["not_released"]
    assert statuses(three, tmp_path, "public")[:3] == ["open"] * 3


def test_the_country_report_has_what_was_not_released_in_square_metres(three, tmp_path):
    """Measured and stated apart; what has no size is a row with neither."""
    reporting.country(three, tmp_path)
    [page] = tmp_path.glob("*.html")
    text = page.read_text("utf-8")
    table = text[text.index("Closed or handed over, and not released") :]
    table = table[: table.index("</table>")]
    [area] = [a for a in land.areas(three)["areas"] if a["local_id"] == "A"]
    assert f"{area['remaining_m2']:,.0f}" in table
    assert "1,000 m² that were stated" in table
    assert "size is unknown" in table
    assert "more in areas that ended" in text
