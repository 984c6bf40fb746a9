"""A hazard known by a point does not vanish from its place: not by hand, by a file or by a merge."""

from __future__ import annotations

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import RefusedError
from landrelease.register import create_register, open_register
from landrelease.services import claims, keeping, land, layers, recording, review, workflow

HERE, NEAR, FAR = (17.0, 44.0), (17.01, 44.0), (17.5, 44.0)


def point(place):
    """A point as GeoJSON."""
    return {"type": "Point", "coordinates": list(place)}


def box(place):
    """A box of about a hundred metres, its corner at a place."""
    west, south = place
    east, north = west + 0.001, south + 0.001
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def path(tmp_path):
    """A register of one hazard known by a point."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    by_hand(found, "2019", hazard_kind="SHA", stated_area_m2=5000, geometry=point(HERE))
    return found


def by_hand(path, on, kind="hazardous_area", reason=None, source=None, **body):
    """Record by hand."""
    name = {"area": "A"} if kind == "resurvey" else {"local_id": "A"}
    entry = {"kind": kind, "body": {**name, **body}, "occurred_on": on, "reason": reason}
    if source:
        entry["source"] = {"title": source}
    recording.record(path, {"entries": [entry]}, by="Ana")


def take_in(path, place, name="areas.csv"):
    """Take in the monthly table with the hazard at a place."""
    file = path.parent / name
    lines = ["local_id,hazard_kind,longitude,latitude,stated_area_m2", f"A,SHA,{place[0]},{place[1]},5000"]  # fmt: skip
    file.write_text("\n".join(lines) + "\n", "utf-8")
    call = layers.ImportCall(file, kind="hazardous_area")
    seen = layers.preview(path, call)
    return seen, layers.take_in(path, call, by="Ana")


def found(path, place):
    """How many areas are known within a hundred metres of a place."""
    return len(land.near(path, *place, 100)["found"])


def codes(path):
    """Codes of the conflicts."""
    return sorted(one["code"] for one in review.conflicts(path)["conflicts"])


@pytest.mark.parametrize("geometry", [point(FAR), box(FAR), None])
def test_by_hand_a_point_goes_far_only_with_a_reason(path, geometry):
    """Refused in words without one, as a point, a polygon or nothing; a reason or a source is enough."""
    with pytest.raises(RefusedError) as caught:
        by_hand(path, "2021", geometry=geometry)
    assert caught.value.code == "moved_far"
    assert found(path, HERE) == 1
    more = {} if geometry else {"place": "Mill"}
    by_hand(path, "2021", geometry=geometry, reason="the sheet had another zone", **more)
    assert found(path, HERE) == 0
    assert "moved_far" not in codes(path)


def test_a_source_explains_as_well(path):
    """The title of a paper stands for the reason."""
    by_hand(path, "2021", geometry=point(FAR), source="Survey report 7")
    assert (found(path, FAR), codes(path)) == (1, [])


@pytest.mark.parametrize("geometry", [point(NEAR), box(NEAR)])
def test_a_better_place_nearby_needs_none(path, geometry):
    """Within a kilometre a point is placed better, or drawn, without a word."""
    by_hand(path, "2021", geometry=geometry)
    assert (found(path, NEAR), codes(path)) == (1, [])


def test_a_re_survey_far_from_the_point_needs_a_reason(path):
    """A polygon elsewhere is not simply the same hazard."""
    with pytest.raises(RefusedError) as caught:
        by_hand(path, "2021", kind="resurvey", geometry=box(FAR))
    assert caught.value.code == "moved_far"
    by_hand(path, "2021", kind="resurvey", geometry=box(NEAR))
    assert found(path, NEAR) == 1


def test_a_file_moves_no_point_far(path):
    """The preview shows how far; the point stays, the new place is a claim until a person says why."""
    seen, done = take_in(path, FAR)
    [change] = seen["changes"]
    assert change["geometry"]["moved_m"] == pytest.approx(40_000, rel=0.01)
    assert [c["code"] for c in seen["contradictions"]] == ["moved_far"]
    assert [c["code"] for c in done["contradictions"]] == ["moved_far"]
    assert (found(path, HERE), found(path, FAR), codes(path)) == (1, 0, ["claimed_by_file"])
    how = claims.Settling("accept", "the first sheet had another zone")
    assert claims.settle(path, claims.Chosen(kind="hazardous_area"), how, by="Ben")["settled"]
    assert (found(path, HERE), found(path, FAR), codes(path)) == (0, 1, [])


def test_a_file_places_a_point_better(path):
    """Within a kilometre a file is followed."""
    _, done = take_in(path, NEAR)
    assert (done["contradictions"], found(path, NEAR)) == ([], 1)


@pytest.mark.parametrize("kind", ["hazardous_area", "resurvey"])
def test_what_came_past_the_rules_is_listed(path, kind):
    """A merge, or a re-survey of a file, that puts the hazard far off is a conflict; near by it is none."""
    with open_register(path) as register:
        record_id = register.record("A").record_id
    base = {"local_id": "A", "hazard_kind": "SHA", "status": "open"}
    for place, listed in ((NEAR, []), (FAR, ["moved_far"])):
        own = {"area": "A"} if kind == "resurvey" else base
        body = {**own, "geometry": box(place) if kind == "resurvey" else point(place)}
        draft = Draft(
            kind, "record.amended", body, record_id if kind == "hazardous_area" else None, "2022"
        )
        with open_register(path, write=True) as register, register.write("Ana") as writer:
            [entry] = writer.append([draft])
        assert codes(path) == listed
        if kind == "resurvey":
            recording.void(path, record_id=entry.record_id, import_id=None, why="x", by="Ana")


def test_a_reason_past_the_rules_explains(path):
    """A version of a merge that says why is no conflict."""
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        record_id = register.record("A").record_id
        body = {"local_id": "A", "hazard_kind": "SHA", "status": "open", "geometry": point(FAR)}
        writer.append([Draft("hazardous_area", "record.amended", body, record_id, "2022", reason="zone")])  # fmt: skip
    assert codes(path) == []


def test_what_a_re_survey_drew_is_found_where_it_is(path):
    """An area of which only a re-survey has a polygon, its record a point or words, is near that ground."""
    by_hand(path, "2021", kind="resurvey", geometry=box(NEAR))
    words = {"local_id": "W", "hazard_kind": "SHA", "place": "the hill"}
    drawn = {"area": "W", "geometry": box(FAR)}
    for kind, body in (("hazardous_area", words), ("resurvey", drawn)):
        recording.record(
            path, {"entries": [{"kind": kind, "body": body, "occurred_on": "2020"}]}, by="Ana"
        )
    for as_of in (None, "2022"):
        for place, local_id in ((NEAR, "A"), (FAR, "W")):
            west, south = place
            told = land.near(path, west + 0.0005, south + 0.0005, 0, as_of=as_of)["found"]
            assert [(one["local_id"], one["distance_m"]) for one in told] == [(local_id, 0.0)]
        assert found(path, HERE) == 0


STEPS = [(17.0 + 0.01 * n, 44.0) for n in range(1, 6)]


def test_small_steps_by_hand_do_not_add_up_to_a_long_way(path):
    """Each is measured from the place first taken; a reason makes the new place the one that counts."""
    by_hand(path, "2021", geometry=point(STEPS[0]))
    with pytest.raises(RefusedError) as caught:
        by_hand(path, "2021", geometry=point(STEPS[1]))
    assert caught.value.code == "moved_far"
    assert "1,604 m" in caught.value.message
    by_hand(path, None, note="read again", reason="the sheet was read again")
    with pytest.raises(RefusedError):
        by_hand(path, "2021", geometry=box(STEPS[1]))
    with pytest.raises(RefusedError):
        by_hand(path, "2021", kind="resurvey", geometry=box(STEPS[1]))
    by_hand(path, "2021", geometry=point(STEPS[1]), reason="measured anew")
    by_hand(path, "2022", geometry=point(STEPS[2]))
    assert (found(path, STEPS[2]), codes(path)) == (1, [])


def test_small_steps_of_files_become_a_claim(path):
    """The monthly table follows the point for a kilometre, then a person is asked."""
    assert take_in(path, STEPS[0])[1]["contradictions"] == []
    for step in STEPS[1:3]:
        told = take_in(path, step)[1]["contradictions"]
        assert [one["code"] for one in told] == ["moved_far"]
    assert found(path, STEPS[0]) == 1


def test_small_steps_past_the_rules_are_listed_once(path):
    """What merges bring step by step is held against the place first taken, until it is back."""
    with open_register(path) as register:
        record_id = register.record("A").record_id
    base = {"local_id": "A", "hazard_kind": "SHA", "status": "open"}
    for place, listed in ((STEPS[0], 0), (STEPS[1], 1), (STEPS[2], 1), (STEPS[0], 0)):
        body = {**base, "geometry": point(place)}
        draft = Draft("hazardous_area", "record.amended", body, record_id, "2022")
        with open_register(path, write=True) as register, register.write("Ana") as writer:
            writer.append([draft])
        assert codes(path) == ["moved_far"] * listed


def test_a_place_that_a_second_person_verified_counts(tmp_path):
    """From there a better coordinate needs no word again."""
    path = tmp_path / "w.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana", workflow=True)
    by_hand(path, "2019", hazard_kind="SHA", geometry=point(HERE))
    by_hand(path, "2021", geometry=point(STEPS[0]))
    workflow.take_step(path, "verify", ["A"], by="Ben")
    by_hand(path, "2022", geometry=point(STEPS[1]))
    assert (found(path, STEPS[1]), codes(path)) == (1, [])
    with pytest.raises(RefusedError):
        by_hand(path, "2023", geometry=point(STEPS[2]))
