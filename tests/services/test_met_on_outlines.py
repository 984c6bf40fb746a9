"""A sign lies on an area as its surveys drew it, whichever copy of the register comes to the other."""

from __future__ import annotations

import pytest

from landrelease.register import open_register
from landrelease.services import keeping, land, layers, review

from .test_review import entry, record

DRAWN = {
    "type": "Polygon",
    "coordinates": [[[10, 10], [10.004, 10], [10.004, 10.004], [10, 10.004], [10, 10]]],
}
HURT = {"killed": 1, "geometry": {"type": "Point", "coordinates": [10.0035, 10.0035]}}


@pytest.fixture
def copies(tmp_path):
    """One copy has an ended area of a point and its survey, the other an accident in the survey."""
    here, there = tmp_path / "here.gpkg", tmp_path / "there.gpkg"
    keeping.init(here, country=None, name="Test", by="Tester")
    keeping.backup(here, there)
    file = tmp_path / "a.csv"
    file.write_text("local_id,hazard_kind,lon,lat,status,date\nA,SHA,10.001,10.001,closed,2020\n")
    layers.take_in(here, layers.ImportCall(file, kind="hazardous_area"), by="Ana")
    record(here, entry("resurvey", {"area": "A", "geometry": DRAWN}, "2020", reason="drawn"))
    record(there, entry("accident", HURT, "2023"))
    return here, there


@pytest.mark.parametrize("taken", [(0, 1), (1, 0)])
def test_an_accident_in_the_outline_opens_its_inquiry_in_either_copy(copies, taken):
    """Not only within the point that the area was first known by."""
    into, other = (copies[at] for at in taken)
    review.merge(into, other, by="Ben")
    [area] = land.areas(into)["areas"]
    assert area["in_doubt"] == ["inquiry_open"]
    with open_register(into) as register:
        assert len(list(register.records("inquiry"))) == 1


def test_copies_say_the_same_of_a_shared_id(tmp_path):
    """Areas of one local id are named in one order, whichever came first."""
    here, there = tmp_path / "here.gpkg", tmp_path / "there.gpkg"
    keeping.init(here, country=None, name="Test", by="Tester")
    keeping.backup(here, there)
    for path in (here, there):
        record(path, entry("hazardous_area", {"local_id": "A", "hazard_kind": "SHA", "place": "x"}))
    review.merge(here, there, by="Ben")
    review.merge(there, here, by="Ben")
    said = [review.conflicts(path)["conflicts"] for path in (here, there)]
    assert said[0] == said[1]
    assert [one["code"] for one in said[0]] == ["local_id_shared"]
