"""Accounts by district: every square metre in one row, and no name that could mean two."""

from __future__ import annotations

import tempfile

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.domain.districts import District, Districts
from landrelease.domain.entries import Draft
from landrelease.errors import NotFoundError, RefusedError
from tests.register.test_state import SLOW_DISK, area_id, moves, new_register, play, polygon

SUMS = ("reported_m2", "resurvey_m2", "cancelled_m2", "reduced_m2", "cleared_m2", "remaining_m2")


def district(name, box, record_id=None, **more):
    """The draft of an administrative unit."""
    body = {"name": name, **more}
    if box:
        body["geometry"] = polygon(box)
    return Draft("district", "record.added", body, record_id)


def write(register, *drafts):
    """Append drafts."""
    with register.write("Ana") as writer:
        return writer.append(drafts)


def stated(number, **body):
    """The draft of an area that is known by its stated size."""
    body = {"local_id": f"S-{number}", "hazard_kind": "SHA", "status": "open", **body}
    return Draft("hazardous_area", "hazardous_area.reported", body, area_id(100 + number), "2019")


def rows(register, as_of=None):
    """The accounts by district, by the title of their row."""
    return {row.scope: row for row in register.balance_by_district(as_of)}


def test_a_province_and_its_districts_count_the_land_once(register):
    """What the districts cover is in their rows; the province's row is left out."""
    play(register, [("area", 0, (0, 0, 4, 4), "2019", "open")])
    write(
        register,
        district("North", (0, 0, 4, 6), code="N"),
        district("West", (0, 0, 2, 6), code="N1", parent="N"),
        district("East", (2, 0, 2, 6), code="N2", parent="N"),
    )
    found = rows(register)
    assert set(found) == {"West", "East", "no district"}
    whole = register.balance().reported_m2
    assert sum(row.reported_m2 for row in found.values()) == pytest.approx(whole, abs=0.5)
    assert found["West"].reported_m2 == pytest.approx(whole / 2, rel=1e-3)
    assert register.balance(scope="N").reported_m2 == pytest.approx(whole, abs=0.5)


def test_a_larger_unit_keeps_what_its_parts_leave(register):
    """A province of which only one district is recorded has the rest of its land in its row."""
    play(register, [("area", 0, (0, 0, 4, 4), "2019", "open")])
    write(register, district("North", (0, 0, 4, 6)), district("West", (0, 0, 1, 6)))
    found = rows(register)
    whole = register.balance().reported_m2
    assert found["West"].reported_m2 == pytest.approx(whole / 4, rel=1e-3)
    assert found["North"].reported_m2 == pytest.approx(whole * 3 / 4, rel=1e-3)


boxes = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 6), st.integers(1, 6))


@settings(SLOW_DISK, max_examples=12)
@given(moves, st.integers(1, 5), st.integers(1, 5))
def test_rows_of_nested_districts_add_up_to_the_country(history, cut_at, level):
    """Over random histories and borders: no square metre stands in two rows or in none."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder) as register:
        play(register, history)
        write(
            register,
            district("Country", (0, 0, 8, 8)),
            district("South", (0, 0, 8, level)),
            district("Left", (0, 0, cut_at, level)),
            district("Right", (cut_at, 0, 8 - cut_at, level)),
        )
        whole, parts = register.balance(), register.balance_by_district()
        for name in SUMS:
            total = sum(getattr(part, name) for part in parts)
            assert total == pytest.approx(getattr(whole, name), abs=1)
        assert sum(part.stated_areas for part in parts) == whole.stated_areas


@given(st.lists(boxes, min_size=1, max_size=6))
def test_nested_units_share_no_ground_and_lose_none(drawn):
    """A unit inside another is cut out of it, whatever lies inside whatever."""
    units = [
        District(str(n), f"U{n}", None, None, None, shapely.box(x, y, x + wide, y + high))
        for n, (x, y, wide, high) in enumerate(drawn)
    ]
    divided = Districts.divided(units).units
    for inner in divided:
        for outer in divided:
            point = shapely.point_on_surface(inner.border)
            if outer.border.area > inner.border.area and outer.border.intersects(point):
                shared = outer.own.intersection(inner.border).area
                assert shared == pytest.approx(0, abs=1e-9)
    own = shapely.union_all([unit.own for unit in divided])
    every = shapely.union_all([unit.border for unit in divided])
    slivers = 0.02 * sum(unit.border.area for unit in divided)
    assert every.difference(own).area <= slivers


def test_stated_areas_stand_in_the_district_that_they_name(register):
    """By its P-code, its name or its own P-code field; a province has those of its districts."""
    write(
        register,
        district("North", (0, 0, 4, 6), code="N"),
        district("West", (0, 0, 2, 6), code="N1", parent="N"),
        district("East", (2, 0, 2, 6), code="N2", parent="N"),
        stated(1, district="West", stated_area_m2=10.0),
        stated(2, district="N1", stated_area_m2=20.0),
        stated(3, district_code="N2", stated_area_m2=30.0),
        stated(4, district="north", stated_area_m2=40.0),
        stated(5, district="Elsewhere", stated_area_m2=50.0),
    )
    found = {name: row.stated_m2 for name, row in rows(register).items()}
    assert found == {"West": 30.0, "East": 30.0, "North": 40.0, "no district": 50.0}
    for scope, m2 in {"West": 30.0, "N1": 30.0, "N2": 30.0, "N": 100.0, "North": 100.0}.items():
        assert register.balance(scope=scope).stated_m2 == m2


@pytest.fixture
def twins(register):
    """Two districts of one name, each with a mapped area; a stated one names them both."""
    play(
        register,
        [
            ("area", 0, (0, 0, 1, 1), "2019", "open"),
            ("area", 1, (4, 0, 2, 1), "2019", "open"),
        ],
    )
    write(
        register,
        district("San Juan", (0, 0, 2, 2), code="A1"),
        district("San Juan", (4, 0, 2, 2), code="B1"),
        stated(1, district="San Juan", stated_area_m2=10.0),
    )
    return register


def test_a_name_of_two_districts_is_refused_with_their_codes(twins):
    """Nobody can tell which is meant; each P-code gives its own."""
    with pytest.raises(RefusedError) as caught:
        twins.balance(scope="San Juan")
    assert caught.value.code == "scope_ambiguous"
    assert "A1" in str(caught.value.cure)
    assert "B1" in str(caught.value.cure)
    ratio = twins.balance(scope="B1").reported_m2 / twins.balance(scope="A1").reported_m2
    assert ratio == pytest.approx(2, rel=1e-3)


def test_a_stated_area_of_an_ambiguous_name_is_in_no_district_and_listed(twins):
    """It is counted once, in the row of its own, and a person is asked."""
    found = rows(twins)
    assert set(found) == {"San Juan (A1)", "San Juan (B1)", "no district"}
    assert [row.stated_areas for row in found.values()] == [0, 0, 1]
    assert [c.record_ids[0] for c in twins.conflicts() if c.code == "district_ambiguous"] == [
        area_id(101)
    ]


def test_an_area_and_a_district_of_one_name_are_told_apart(register):
    """The area is not taken silently; its id says that it is meant."""
    play(register, [("area", 0, (0, 0, 1, 1), "2019", "open")])
    write(register, district("HA-0", (0, 0, 8, 8), code="C"))
    with pytest.raises(RefusedError) as caught:
        register.balance(scope="HA-0")
    assert area_id(0) in caught.value.cure
    assert register.balance(scope=area_id(0)).reported_m2 > 0
    assert register.balance(scope="C").reported_m2 > 0
    with pytest.raises(NotFoundError):
        register.balance(scope="nowhere")


def test_neighbours_that_overlap_a_little_are_not_cut():
    """Borders drawn apart make no rings and no lost rows."""
    west, east = shapely.box(0, 0, 1.001, 1), shapely.box(1, 0, 2, 1)
    units = [
        District("1", "West", None, None, None, west),
        District("2", "East", None, None, None, east),
    ]
    own = [unit.own for unit in Districts.divided(units).units]
    assert np.array_equal(shapely.equals(own, [west, east]), [True, True])
