"""Rows about people that wait: their words and ids stand in the second file, and can be erased."""

from __future__ import annotations

import pytest

from landrelease.register.people import people_path
from landrelease.services import keeping, layers, mending, review

MAPPING = "kind: victim\nidentity: {local_id: id}\nfields: {outcome: outcome}\nattributes: [name]\n"


@pytest.fixture
def register(tmp_path):
    """An empty register."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country="BIH", name="T", by="Tester")
    return path


def take(path, rows):
    """Import rows of victims."""
    file, rules = path.with_name("v.csv"), path.with_name("v.yaml")
    file.write_text(f"id,name,outcome\n{rows}", encoding="utf-8")
    rules.write_text(MAPPING, encoding="utf-8")
    return layers.take_in(path, layers.ImportCall(file, mapping=rules), by="Tester")


def test_an_id_that_is_a_name_stands_in_no_byte_of_the_register(register):
    """The row that is kept out for it is shown by its id, and the register file lacks it."""
    assert take(register, "Goran Peterlin,Goran Peterlin,injured\n")["quarantined"] == 1
    assert b"Peterlin" not in register.read_bytes()
    [row] = mending.quarantine(register)["rows"]
    assert (row["local_id"], row["code"]) == ("Goran Peterlin", "name_in_text")


def test_a_waiting_row_is_known_again(register):
    """The same file a second time makes no second row wait."""
    rows = "Goran Peterlin,Goran Peterlin,injured\n"
    take(register, rows)
    take(register, rows)
    assert mending.quarantine(register)["count"] == 1


def test_a_person_of_a_waiting_row_is_erased_by_name_alone(register):
    """No record is about the row; the rest of it still waits, and another's name stays."""
    take(register, "V-1,Goran Drugi,injured\nV-1,Ivo Treci,killed\n")
    told = review.erase(register, None, why="asked for it", by="Tester", names=["Ivo Treci"])
    assert told["complete"], told["standing"]
    people = people_path(register).read_bytes()
    assert b"Treci" not in people
    assert b"Drugi" in people
    [row] = mending.quarantine(register)["rows"]
    assert row["raw"]["outcome"] == "killed"
    assert keeping.verify(register)["ok"]


def test_the_same_name_on_a_record_stays(register):
    """By name alone, nobody knows whether a record's own person is meant."""
    take(register, "V-1,Ivo Treci,injured\n")
    told = review.erase(register, None, why="asked for it", by="Tester", names=["Ivo Treci"])
    assert not told["complete"]
    assert [one["where"] for one in told["standing"]] == ["people"]
