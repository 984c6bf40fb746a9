"""What was stated of areas goes down by what products take of them."""

from __future__ import annotations

import pytest

from landrelease.domain.entries import Draft
from landrelease.register import create_register, open_register
from landrelease.services import land

FIELD = {"type": "Polygon", "coordinates": [[[17, 44], [17.01, 44], [17.01, 44.01], [17, 44]]]}


def area(called, **said):
    """An area."""
    body = {"local_id": called, "hazard_kind": "SHA", "status": "open", "district": "Jajce", **said}
    return Draft("hazardous_area", "hazardous_area.reported", body, occurred_on="2019")


def release(called, m2, on="2020"):
    """A product without a polygon."""
    body = {"area": called, "method": "cancelled", "stated_area_m2": m2}
    return Draft("land_release_product", "land.released", body, occurred_on=on)


@pytest.fixture
def path(tmp_path):
    """A register with an area that is stated and one that is drawn."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    write(found, area("S", stated_area_m2=10_000), area("M", geometry=FIELD))
    return found


def write(path, *drafts):
    """Write past the rules, as files do."""
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        writer.append(drafts)


def close(path):
    """Let the stated area be closed."""
    with open_register(path) as register:
        was = register.record("S")
    names = "hazardous_area", "hazardous_area.closed"
    body = {**was.body, "status": "closed"}
    write(path, Draft(*names, body, was.record_id, "2022", supersedes=was.entry_id))


def test_products_take_from_what_was_stated(path):
    """What is left is told of the account and of the area, at each date."""
    write(path, release("S", 4_000))
    assert land.balance(path)["stated"] == {"areas": 1, "m2": 6_000}
    assert land.balance(path, as_of="2019")["stated"] == {"areas": 1, "m2": 10_000}
    rows = {row["local_id"]: row["stated_left_m2"] for row in land.areas(path)["areas"]}
    assert rows == {"S": 6_000, "M": None}


@pytest.mark.parametrize(("m2", "stands"), [(6_000, 0), (5_000, 1)])
def test_an_area_that_ended_stands_only_with_land(path, m2, stands):
    """Nothing left: it is neither counted nor called hidden; something left: both."""
    write(path, release("S", 4_000), release("S", m2, "2021"))
    close(path)
    account = land.balance(path)
    assert account["stated"] == {"areas": stands, "m2": 6_000 - m2}
    hidden = {one["code"]: one["count"] for one in land.areas(path)["not_shown"]}
    assert hidden.get("recorded_without_geometry", 0) == stands


def test_a_figure_of_a_drawn_area_is_told_apart(path):
    """Nobody knows where it is, so it remains."""
    before = land.balance(path)["remaining_m2"]
    write(path, release("M", 500))
    account = land.balance(path)
    assert (account["unmapped_m2"], account["remaining_m2"]) == (500, before)
