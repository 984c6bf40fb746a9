"""The pages over a real register: every kind of page answers, and a judgement reaches the ledger."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from landrelease.services import ingesting, keeping, recording
from landrelease.services.api import Services
from landrelease.web.app import create_app

from .test_inbox import token_on

ARTICLE = (
    "Ostrava Vale, 5 March 2025. The ministry said that it would supply 5,000 anti-personnel mines "
    "to Kastavia. The mines become inert within two weeks, a spokesman said. On 4 March 2025 two "
    "people were killed by a mine near Lower Vale.\n"
)


def square(west, south, size):
    """GeoJSON of a square."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


ENTRIES = [
    {"kind": "hazardous_area", "occurred_on": "2019-03", "source": {"title": "Field report", "quote": "a field no one enters"},
     "body": {"local_id": "HA-1", "hazard_kind": "SHA", "geometry": square(16.0, 44.0, 0.004)}},
    {"kind": "hazardous_area", "occurred_on": "2020", "source": {"title": "Letter"},
     "body": {"local_id": "HA-2", "hazard_kind": "CHA", "stated_area_m2": 9000}},
    {"kind": "land_release_product", "occurred_on": "2021-06-04", "source": {"title": "Completion report"},
     "body": {"area": "HA-1", "method": "cleared", "depth_m": 0.2, "geometry": square(16.0, 44.0, 0.001)}},
    {"kind": "accident", "occurred_on": "2018-05-02", "source": {"title": "Clinic"},
     "body": {"geometry": {"type": "Point", "coordinates": [16.003, 44.003]}, "killed": 1, "injured": 0}},
]  # fmt: skip


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A small register with one document."""
    folder = tmp_path_factory.mktemp("register")
    path = folder / "kastavia.gpkg"
    keeping.init(path, country=None, name="Kastavia", by="Ana Test")
    recording.record(path, {"entries": ENTRIES}, by="Ana Test")
    article = folder / "article.txt"
    article.write_text(ARTICLE, "utf-8")
    ingesting.ingest(path, [str(article)], by="Ana Test")
    return Services(path, "Ana Test")


@pytest.fixture
def client(register):
    """A client of the pages over it."""
    with TestClient(create_app(register), base_url="http://127.0.0.1") as made:
        yield made


def test_every_page_answers(client, register):
    """No page fails on the services' real documents."""
    area = register.areas()["areas"][0]["record_id"]
    sources = [p["source_id"] for p in register.inbox("all")["proposals"]]
    accident = next(iter(register.layer_features("accident", "internal")))[0]
    paths = ["/", "/areas", f"/areas/{area}", f"/records/{accident}", f"/popup/{area}", "/inbox",
             "/imports", "/plan", "/about", "/outlook", "/calculators", "/map.svg", "/munitions",
             "/near?latitude=44.001&longitude=16.001", f"/sources/{sources[0]}"]  # fmt: skip
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text)


def test_area_page_agrees_with_the_balance(client, register):
    """What the page says of an area is what the register measures, with its source."""
    row = next(a for a in register.areas()["areas"] if a["local_id"] == "HA-1")
    text = client.get(f"/areas/{row['record_id']}").text
    account = register.balance(scope=row["record_id"])
    for name in ("reported_m2", "cleared_m2", "remaining_m2"):
        assert f"{account[name]:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}") in text
    assert "The balance closes" in text
    assert "a field no one enters" in text
    assert "Field report" in text


def test_hazard_without_geometry_is_counted_not_drawn(client, register):
    """The map's tiles hold one of the two areas, and the page says that one is not shown."""
    import mapbox_vector_tile

    tile = client.get("/tiles/hazardous_area/0/0/0.mvt").content
    [feature] = mapbox_vector_tile.decode(tile)["hazardous_area"]["features"]
    assert feature["properties"]["hazard_kind"] == "SHA"
    assert "reported hazard has no geometry" in client.get("/").text


def test_judgement_reaches_the_ledger(client, register):
    """An accepted proposal becomes an entry with quote, reason and judge, and the tag changes."""
    proposal = register.inbox()["proposals"][0]
    before = client.get("/tiles/accident/0/0/0.mvt").headers["etag"]
    form = {"token": token_on(client), "decision": "accept", "why": "confirmed by the ministry"}
    answer = client.post(f"/inbox/{proposal['id']}", data=form)
    assert answer.status_code == 200, answer.text
    entry = register.history(proposal["id"])["entries"][-1]
    assert entry["action"] == "proposal.accepted"
    assert entry["reason"] == "confirmed by the ministry"
    assert entry["author"] == "Ana Test"
    assert entry["quote"] == proposal["quote"]
    assert client.get("/tiles/accident/0/0/0.mvt").headers["etag"] != before
    assert "confirmed by the ministry" in client.get(f"/records/{proposal['id']}").text


def test_a_hazard_known_by_a_point_is_not_said_to_have_no_place(client, tmp_path):
    """Its page says that it cannot be measured, and why."""
    path = tmp_path / "point.gpkg"
    keeping.init(path, country=None, name="Kastavia", by="Ana Test")
    point = {"type": "Point", "coordinates": [16.2, 44.2]}
    body = {"local_id": "P", "hazard_kind": "SHA", "geometry": point}
    recording.record(path, {"entries": [{"kind": "hazardous_area", "body": body}]}, by="Ana Test")
    with TestClient(create_app(Services(path, "Ana Test")), base_url="http://127.0.0.1") as other:
        text = other.get("/areas/P").text
    assert "The place is recorded as a point, not as an outline, so nothing can be measured" in text
    assert "No geometry is recorded" not in text
    assert "No geometry is recorded" in client.get("/areas/HA-2").text
