"""Links and places by hand, local ids that several records share, and broken links that are listed."""

from __future__ import annotations

import pytest

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import kinds, link_fields
from landrelease.errors import LandReleaseError, RefusedError
from landrelease.register import open_register
from landrelease.services import land, recording, review
from tests.register.test_erasing import path, record

__all__ = ["path"]

BOX = {"type": "Polygon", "coordinates": [[[17, 44], [17.01, 44], [17.01, 44.01], [17, 44]]]}
AREA = {"local_id": "7", "hazard_kind": "SHA", "geometry": BOX}
ACCIDENT = {"local_id": "7", "place": "Mill"}
#: A body of each kind that has what is required and a place.
BODIES = {
    "activity": {"activity_type": "clearance", "place": "Mill"},
    "device": {"category": "anti_personnel_mine", "place": "Mill"},
    "hazardous_area": {"hazard_kind": "SHA", "place": "Mill"},
    "land_release_product": {"method": "cancelled", "stated_area_m2": 5},
    "non_conformity": {"severity": "minor", "what": "no log"},
    "progress_report": {"area_m2": 5},
    "resurvey": {"geometry": BOX},
    "stockpile": {"holding": "retained", "quantity": 1},
    "team": {"name": "T"},
}
LINKS = [(k, f.name) for k, spec in kinds().items() if not spec.by_program for f in link_fields(k)]


@pytest.mark.parametrize(("kind", "field"), LINKS)
def test_a_link_to_nothing_is_refused_by_hand(path, kind, field):
    """Every link of every kind must name a record that stands."""
    wanted = kinds()[kind].fields[field]
    body = {"place": "Mill", **BODIES.get(kind, {})}
    body = {name: value for name, value in body.items() if name in kinds()[kind].fields}
    if kind == "resurvey":
        record(path, "hazardous_area", AREA)
        body |= {"geometry": BOX, "area": "7"}
    body[field] = ["X-404"] if wanted.type == "links" else "X-404"
    with pytest.raises(RefusedError) as caught:
        record(path, kind, body)
    assert caught.value.code == f"{field}_unknown"


def test_a_broken_link_taken_in_is_listed(path):
    """What an import brings is kept as it came: `conflicts` names the record and the link."""
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        [victim] = writer.append([Draft("victim", "record.added", {"accident": "A-404"})])
        for _ in range(2):
            writer.append([Draft("accident", "accident.recorded", {"local_id": "A-1"})])
        [twice] = writer.append([Draft("victim", "record.added", {"accident": "A-1"})])
    found = {(c["code"], *c["records"]) for c in review.conflicts(path)["conflicts"]}
    assert {("link_unknown", victim.record_id), ("link_ambiguous", twice.record_id)} <= found


def test_a_local_id_of_two_kinds_is_two_records(path):
    """An area called like an accident is found by its kind: amending makes no second one."""
    accident = record(path, "accident", ACCIDENT)
    area = record(path, "hazardous_area", AREA)
    assert record(path, "hazardous_area", {"local_id": "7", "name": "Mill field"}) == area
    product = {"area": "7", "method": "cancelled", "geometry": BOX}
    with open_register(path) as register:
        assert [r.body["name"] for r in register.records("hazardous_area")] == ["Mill field"]
        assert register.record("7", "accident").record_id == accident
    with pytest.raises(LandReleaseError) as caught:
        record(path, "land_release_product", {**product, "area": "8"})
    assert caught.value.code == "area_unknown"


@pytest.mark.parametrize("ask", ["void", "show", "history"])
def test_a_shared_local_id_is_asked_back(path, ask):
    """What several records are called names none of them: the error lists them."""
    from landrelease.services import records

    ids = [record(path, "accident", ACCIDENT), record(path, "hazardous_area", AREA)]
    asked = {
        "void": lambda: recording.void(path, record_id="7", import_id=None, why="x", by="Ana"),
        "show": lambda: records.show(path, "7"),
        "history": lambda: records.history(path, "7"),
    }
    with pytest.raises(LandReleaseError) as caught:
        asked[ask]()
    assert caught.value.code == "local_id_shared"
    assert all(one in caught.value.cure for one in ids)


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("hazardous_area", {"hazard_kind": "SHA"}, "place_missing"),
        (
            "hazardous_area",
            {
                "hazard_kind": "SHA",
                "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]},
            },
            "geometry_type",
        ),
        ("accident", {"geometry": BOX}, "geometry_type"),
        ("organisation", {"name": "O", "geometry": BOX}, "geometry_type"),
    ],
)
def test_a_record_by_hand_has_its_place(path, kind, body, code):
    """An area is ground, an accident a point, and both are somewhere."""
    record(path, "hazardous_area", AREA)
    with pytest.raises(RefusedError) as caught:
        record(path, kind, body)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "place", [{"place": "behind the mill"}, {"district": "North"}, {"stated_area_m2": 5}]
)
def test_a_place_in_words_is_enough(path, place):
    """A hazard without a polygon is a valid record."""
    record(path, "hazardous_area", {"hazard_kind": "SHA", **place})
    assert land.areas(path)["count"] == 1
