"""What was taken in with a warning is told as long as the import stands, without its values."""

from __future__ import annotations

import pytest

from landrelease.register import open_register
from landrelease.services import keeping, layers, mending, recording
from tests.exchange.bad_files import csv


@pytest.fixture
def path(tmp_path):
    """A register."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    return path


def take_in(path, *lines, name="areas.csv"):
    """Import a table of areas; return the id of the import."""
    file = csv(path.parent, "local_id,place,date", *lines, name=name)
    call = layers.ImportCall(file, kind="hazardous_area", set_fields={"hazard_kind": "SHA"})
    return layers.take_in(path, call, by="Tester")["import_id"]


def told(path, import_id=None):
    """Code, times and rows of each warning; the pages and the command say the same."""
    found = mending.quarantine(path, import_id)["warnings"]
    if import_id is None:
        assert layers.imports(path)["warnings"] == found
    return [(one["file_name"], one["code"], one["count"], one["rows"]) for one in found]


def test_warnings_are_told_after_the_import(path):
    """Of the latest file of each layer; of an earlier one by its id; of a voided one never."""
    first = take_in(path, "A,Mill,31/02/2024", "B,Mill,2024")
    assert told(path) == [("areas.csv", "date_invalid", 1, [1])]
    other = take_in(path, *[f"C{n},Mill,never" for n in range(25)], name="more.csv")
    assert told(path)[1] == ("more.csv", "date_invalid", 25, [*range(1, 21)])
    take_in(path, "A,Mill,2024-02", "B,Mill,2024")
    assert told(path) == [("more.csv", "date_invalid", 25, [*range(1, 21)])]
    assert told(path, first) == [("areas.csv", "date_invalid", 1, [1])]
    recording.void(path, record_id=None, import_id=other, why="wrong", by="Tester")
    assert told(path) == []


def test_no_value_stands_in_the_record_of_the_import(path):
    """A value may be a name, and the record stands in the ledger for ever."""
    import_id = take_in(path, "A,Mill,Ana Kos")
    with open_register(path) as register:
        assert "Ana" not in str(register.record(import_id).body)
