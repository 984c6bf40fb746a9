"""What an area's page says of approval, reported work, inquiries and lineage, and to whom."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from landrelease.domain.entries import Draft
from landrelease.register import open_register
from landrelease.services import keeping, layers, recording, workflow
from landrelease.services.api import Services
from landrelease.web.app import create_app
from landrelease.web.context import Settings

from .test_real_register import square

ENTRIES = [
    {"kind": "hazardous_area", "occurred_on": "2018", "body": {"local_id": "HA-0", "hazard_kind": "SHA", "geometry": square(16.0, 44.0, 0.01)}},
    {"kind": "hazardous_area", "occurred_on": "2019", "body": {"local_id": "HA-1", "hazard_kind": "SHA", "geometry": square(16.0, 44.0, 0.004), "split_from": ["HA-0"]}},
    {"kind": "activity", "occurred_on": "2020", "body": {"local_id": "AC-1", "activity_type": "clearance", "status": "completed", "area": "HA-1", "geometry": square(16.0, 44.0, 0.002)}},
    {"kind": "progress_report", "occurred_on": "2020-02", "body": {"activity": "AC-1", "method": "cleared", "area_m2": 44000}},
    {"kind": "land_release_product", "occurred_on": "2020-06", "source": {"title": "Completion report"}, "body": {"local_id": "LR-1", "area": "HA-1", "activity": "AC-1", "method": "cleared", "geometry": square(16.0, 44.0, 0.002)}},
    {"kind": "accident", "occurred_on": "2021-02-03", "body": {"geometry": {"type": "Point", "coordinates": [16.001, 44.001]}, "injured": 1}},
]  # fmt: skip


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    """An area of a register that asks for approval, split from another, with an accident on it."""
    path = tmp_path_factory.mktemp("register") / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana", workflow=True)
    recording.record(path, {"entries": ENTRIES}, by="Ana")
    workflow.take_step(path, "verify", ["HA-1"], by="Ben")
    return Services(path, "Ana")


def page(services, address, audience="internal"):
    """The text of a page for an audience."""
    settings = Settings(author="Ana", audience=audience)
    with TestClient(create_app(services, settings), base_url="http://127.0.0.1") as client:
        answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


@pytest.fixture
def address(services):
    """Where the page of the area is."""
    [row] = services.areas(search="HA-1")["areas"]
    return f"/areas/{row['record_id']}"


def test_the_page_says_what_waits(services, address):
    """The area, its product, and how much of what remains lies in it."""
    text = page(services, address)
    assert "verified, waits for approval" in text
    assert "collected, waits for approval" in text
    assert "of what remains lie in release products that wait for approval" in text


def test_the_page_tells_reported_work_and_that_it_releases_nothing(services, address):
    """With the activity, and the square metres that no polygon shows."""
    text = page(services, address)
    assert "AC-1" in text
    assert "44 000 m² reported" in text
    assert "It releases nothing until" in text


def test_the_page_draws_the_family(services, address):
    """What the area was split from, and what was done on it."""
    text = page(services, address)
    family = text[text.index("Lineage") : text.index("History")]
    assert "HA-0" in family
    assert "<strong>HA-1</strong>" in family
    assert "LR-1" in family
    assert 'class="family"' in family


def test_an_open_inquiry_marks_the_page_and_the_row(services, address):
    """The public is warned; only the register's people learn of the accident."""
    internal, public = page(services, address), page(services, address, "public")
    for text in (internal, public, page(services, "/areas")):
        assert "inquiry" in text
    assert "2021-02-03" in internal
    assert "2021-02-03" not in public
    assert "AC-1" not in public


def test_the_inbox_and_the_record_say_that_somebody_is_waited_for(services):
    """Who judges proposals sees that approvals wait as well."""
    waiting = services.summary()["awaiting"]
    assert f"{waiting} records in the register wait for a second person" in page(services, "/inbox")
    [row] = [r for r in workflow.awaiting(services.register)["records"] if r["local_id"] == "LR-1"]
    assert "collected, waits for approval" in page(services, f"/records/{row['record_id']}")
    assert "waits for approval" in page(services, f"/popup/{row['record_id']}")


def test_what_was_not_released_of_an_ended_area_is_marked(tmp_path):
    """In the list, on the page and in the pop-up, for the public too; a status releases nothing."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    body = {"local_id": "HA-9", "hazard_kind": "SHA", "status": "closed", "geometry": square(16.0, 44.0, 0.004)}  # fmt: skip
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        area = Draft("hazardous_area", "hazardous_area.reported", body, occurred_on="2018")
        [entry] = writer.append([area])
    made = Services(path, "Ana")
    for audience in ("internal", "public"):
        for address in ("/areas", f"/areas/{entry.record_id}", f"/popup/{entry.record_id}"):
            assert "hazard remains" in page(made, address, audience)
        assert "m² of it were not released" in page(made, f"/areas/{entry.record_id}", audience)


def test_the_page_of_a_wholly_split_area_says_where_its_ground_went(tmp_path):
    """A polygon is recorded; its parts hold all of it."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    whole = {"hazard_kind": "SHA", "geometry": square(16.0, 44.0, 0.01)}
    bodies = [{"local_id": "HA-0", **whole}, {"local_id": "HA-1", "split_from": ["HA-0"], **whole}]
    entries = [{"kind": "hazardous_area", "occurred_on": "2018", "body": body} for body in bodies]
    recording.record(path, {"entries": entries}, by="Ana")
    split = Services(path, "Ana")
    [row] = [row for row in split.areas()["areas"] if row["local_id"] == "HA-0"]
    text = page(split, f"/areas/{row['record_id']}")
    assert "All of its ground is held by the areas that were split from it" in text
    assert "No geometry is recorded" not in text


def test_the_page_says_what_files_lack_and_claim(tmp_path):
    """The area stays as it is: not in the latest file, its row waits, or a file says it ended."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    how = {"kind": "hazardous_area", "set_fields": {"hazard_kind": "SHA"}}

    def take(*rows):
        file = tmp_path / "areas.geojson"
        given = [
            {"type": "Feature", "properties": said, "geometry": square(16.0 + n, top, 0.01)}
            for n, (said, top) in enumerate(rows)
        ]
        file.write_text(json.dumps({"type": "FeatureCollection", "features": given}))
        layers.take_in(path, layers.ImportCall(file=file, **how), by="Ana")

    names = ("<A>", "B", "C")
    take(*(({"local_id": name, "status": "open"}, 44.0) for name in names))
    take(({"local_id": "<A>", "status": "closed"}, 44.0), ({"local_id": "B"}, 444.0))
    services = Services(path, "Ana")
    ids = {row["local_id"]: row["record_id"] for row in services.areas()["areas"]}
    texts = {name: page(services, f"/areas/{ids[name]}") for name in names}
    assert "It is only claimed" in texts["<A>"]
    assert "land_left" in texts["<A>"]
    assert 'waits in quarantine</a>: <a href="/imports#missing">areas.geojson' in texts["B"]
    assert "Not in the latest file of its layer" in texts["C"]
    listed = page(services, "/imports")
    assert "1</strong> record not in this file: areas.geojson" in listed
    assert f'<a href="/areas/{ids["B"]}">B</a>' in listed
    for name in names:
        public = page(services, f"/areas/{ids[name]}", "public")
        assert "latest file" not in public
        assert "claimed" not in public
