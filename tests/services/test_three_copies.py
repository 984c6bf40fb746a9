"""Three copies that come together in any order hold the same inquiries."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrelease.errors import LandReleaseError
from landrelease.register import open_register
from landrelease.services import keeping, recording, review
from tests.services.test_review import HALF, SQUARE, entry, record

REST = {
    "type": "Polygon",
    "coordinates": [[[10.005, 10], [10.01, 10], [10.01, 10.01], [10.005, 10.01], [10.005, 10]]],
}
ELSEWHERE = {"type": "Point", "coordinates": [11.0, 11.0]}
WHY = {"reason": "read again"}


def point(x):
    """A point in the area."""
    return {"type": "Point", "coordinates": [x, 10.005]}


def area(path, body, on):
    """Record a version of the area."""
    record(path, entry("hazardous_area", {"local_id": "A-1", **body}, on, **WHY))


def accident(path, name, x, on):
    """Record an accident in the area."""
    body = {"local_id": name, "injured": 1, "geometry": point(x)}
    record(path, entry("accident", body, on, **WHY))


def device(path, name, x, on):
    """Record a device in the area."""
    body = {"local_id": name, "category": "anti_personnel_mine", "geometry": point(x)}
    record(path, entry("device", body, on, **WHY))


def product(path, name, ground, on):
    """Record a product."""
    body = {"local_id": name, "area": "A-1", "method": "cancelled", "geometry": ground}
    record(path, entry("land_release_product", body, on, **WHY))


def void(path, name):
    """Void a record that this copy holds."""
    recording.void(path, record_id=name, import_id=None, why="wrong", by="Tester")


def moved(path, kind, name, geometry):
    """Draw a record elsewhere."""
    record(path, entry(kind, {"local_id": name, "geometry": geometry}, **WHY))


SURVEY = {"local_id": "T-1", "activity_type": "technical_survey", "status": "completed"}
CLOSED = {"status": "closed", "rests_on": "T-1"}
ACTS = {
    "accident": lambda path: accident(path, "X-1", 10.008, "2023"),
    "accident undated": lambda path: accident(path, "X-2", 10.002, None),
    "accident early": lambda path: accident(path, "X-3", 10.008, "2016"),
    "accident named": lambda path: record(
        path, entry("accident", {"local_id": "X-4", "injured": 1, "area": "A-1"}, "2023", **WHY)
    ),
    "device": lambda path: device(path, "D-1", 10.002, "2023"),
    "clear": lambda path: product(path, "P-1", HALF, "2020"),
    "cancel": lambda path: product(path, "P-2", REST, "2020"),
    "close": lambda path: area(path, CLOSED, "2021"),
    "hand over": lambda path: area(path, {**CLOSED, "status": "handed_over"}, "2021"),
    "reopen": lambda path: area(path, {"status": "open"}, "2024"),
    "void accident": lambda path: void(path, "X-1"),
    "void device": lambda path: void(path, "D-1"),
    "void product": lambda path: void(path, "P-2"),
    "void area": lambda path: void(path, "A-1"),
    "move accident": lambda path: moved(path, "accident", "X-1", ELSEWHERE),
    "move accident on": lambda path: moved(path, "accident", "X-3", point(10.002)),
    "move product": lambda path: moved(path, "land_release_product", "P-2", HALF),
    "redate accident": lambda path: accident(path, "X-1", 10.008, "2017"),
}


def act(path, names):
    """Do what these names say; what the rules of land refuse is not done."""
    for name in names:
        try:
            ACTS[name](path)
        except LandReleaseError:
            continue


def made(folder, before, acts, parents):
    """Three copies: each of the first register, or of an earlier copy, with acts of its own."""
    origin = folder / "origin.gpkg"
    keeping.init(origin, country=None, name="Test", by="Tester")
    body = {"local_id": "A-1", "hazard_kind": "SHA", "geometry": SQUARE}
    record(origin, entry("hazardous_area", body, "2015"), entry("activity", SURVEY))
    act(origin, before)
    copies = [origin]
    for number, (own, parent) in enumerate(zip(acts, parents, strict=True)):
        copies.append(folder / f"{number}.gpkg")
        keeping.backup(copies[parent % (number + 1)], copies[-1])
        act(copies[-1], own)
    return copies[1:]


def asked(folder, copies, order):
    """The inquiries, and the areas in doubt, of copies that were merged in an order."""
    into = folder / f"into-{''.join(map(str, order))}.gpkg"
    shutil.copy(copies[order[0]], into)
    for other in order[1:]:
        review.merge(into, copies[other], by="Tester")
    with open_register(into) as register:
        assert register.verify().ok
        return {(one.record_id, one.body.get("open")) for one in register.records("inquiry")}


def told_by_all(before, acts, parents):
    """What each order of merging gives."""
    with tempfile.TemporaryDirectory() as name:
        copies = made(Path(name), before, acts, parents)
        return [asked(Path(name), copies, order) for order in itertools.permutations(range(3))]


_SOME = st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=3, unique=True)


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(
    before=st.lists(st.sampled_from(sorted(ACTS)), max_size=2, unique=True),
    acts=st.tuples(_SOME, _SOME, _SOME),
    parents=st.tuples(*[st.integers(0, 2)] * 3),
)
def test_the_order_in_which_three_copies_come_together_changes_no_inquiry(
    before, acts, parents
) -> None:
    """Whatever the third changes of what the other two open an inquiry by."""
    first, *others = told_by_all(before, acts, parents)
    assert all(other == first for other in others)


@pytest.mark.parametrize(
    ("acts", "parents", "count"),
    [
        ((["cancel"], ["accident"], ["close"]), (0, 0, 0), 2),
        ((["cancel"], ["accident"], ["void product"]), (0, 0, 1), 1),
        ((["cancel"], ["accident"], ["move product"]), (0, 0, 1), 1),
        ((["cancel"], ["accident"], ["void accident"]), (0, 0, 2), 0),
        ((["cancel"], ["accident"], ["move accident"]), (0, 0, 2), 1),
        ((["close"], ["accident"], ["reopen"]), (0, 0, 1), 1),
        ((["close"], ["accident named"], ["reopen"]), (0, 0, 1), 1),
        ((["cancel", "close"], ["accident"], ["reopen"]), (0, 0, 1), 1),
    ],
)
def test_what_met_is_asked_about_whatever_the_third_copy_changed(acts, parents, count) -> None:
    """The release was told and the sign was there; a voided sign takes its inquiry along."""
    found = told_by_all([], acts, parents)
    assert [len(one) for one in found] == [count] * 6
    assert all(one == found[0] for one in found)
