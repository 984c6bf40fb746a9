"""An area that a file brings already ended was a hazard until then, and is shown so."""

from __future__ import annotations

import json
from itertools import permutations

import pytest

from landrelease.register import open_register
from landrelease.services import exporting, keeping, land, layers, recording

HEAD = "local_id,hazard_kind,status,occurred_on,longitude,latitude"


@pytest.fixture
def path(tmp_path):
    """An empty register."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    return path


def take_in(path, *rows):
    """Take in a layer of areas known by a point."""
    file = path.parent / "areas.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n")
    return layers.take_in(path, layers.ImportCall(file, kind="hazardous_area"), by="Ana")


def statuses(path, as_of=None):
    """The status of each area by its local id."""
    return {one["local_id"]: one["status"] for one in land.areas(path, as_of)["areas"]}


@pytest.mark.parametrize("on", ["2098", "2098-05", "2098-05-06"])
def test_an_ending_that_is_not_over_hides_no_hazard(path, on):
    """It is on the list, near, in the public export, and told as ahead; it ends on its last day."""
    told = take_in(path, f"B,CHA,closed,{on},17.3,44.3")
    assert (told["read"], told["added"]) == (1, 1)
    assert (statuses(path), statuses(path, "2097")) == ({"B": "open"}, {"B": "open"})
    assert statuses(path, "2098") == {"B": "closed"}
    [found] = land.near(path, 17.3, 44.3)["found"]
    assert found["local_id"] == "B"
    assert "closed" not in found["text"]
    assert land.balance(path)["ahead"] == 1
    file = path.parent / "out.geojson"
    exporting.export(path, file, kind=None, audience="public", as_of=None)
    assert [f["properties"]["status"] for f in json.loads(file.read_text())["features"]] == ["open"]


def test_an_ending_of_the_past_leaves_the_years_before_it(path):
    """Last year's remaining land is not too small; without a date the recording ends it."""
    take_in(path, "B,CHA,closed,2024-06,17.3,44.3", "C,CHA,handed_over,,17.4,44.3")
    assert statuses(path, "2024-01-01") == {"B": "open", "C": "open"}
    assert statuses(path, "2024-06-30") == {"B": "closed", "C": "open"}
    assert statuses(path) == {"B": "closed", "C": "handed_over"}


def test_the_same_file_again_and_its_undoing(path):
    """It changes nothing the second time, and leaves nothing behind when it is undone."""
    row = "B,CHA,closed,2098,17.3,44.3"
    told = take_in(path, row)
    again = take_in(path, row)
    assert (again["unchanged"], again["import_id"]) == (1, None)
    assert take_in(path, "B,SHA,closed,2098,17.3,44.3")["changed"] == 1
    with open_register(path) as register:
        assert register.verify().ok
        assert [e.action for e in register.history(register.record("B").record_id)][:2] == [
            "hazardous_area.reported",
            "hazardous_area.closed",
        ]
    recording.void(path, record_id=None, import_id=told["import_id"], why="x", by="Ana")


def test_a_month_in_which_it_was_open_may_come_later(tmp_path):
    """The order in which the months come decides nothing from the first of them on."""
    months = ["B,CHA,open,2023-05-01,17.3,44.3", "B,SHA,closed,2024-06,17.3,44.3"]
    found = []
    for at, order in enumerate(permutations(months)):
        path = tmp_path / f"{at}.gpkg"
        keeping.init(path, country=None, name="Test", by="Ana")
        for row in order:
            take_in(path, row)
        days = ("2023-05-01", "2024-06-29", "2024-06-30")
        found.append([(statuses(path, day), land.areas(path, day)["areas"]) for day in days])
    kinds = [[(s, [a["hazard_kind"] for a in areas]) for s, areas in one] for one in found]
    assert kinds[0] == kinds[1]
