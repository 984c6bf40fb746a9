"""What QGIS changes in a layer reaches the ledger only by a person's decision."""

from __future__ import annotations

import sqlite3

import pytest
import shapely

from landrelease.errors import FieldError, NotFoundError
from landrelease.register import geopackage
from tests.register.test_ledger import area, write


@pytest.fixture
def edited(register, path):
    """A register in which another program changed a row, added one and deleted one."""
    write(register, area("HA-1", evidence=["accident"]), area("HA-2"))
    other = sqlite3.connect(path)
    geopackage.register_functions(other)
    [moved] = geopackage.encode(shapely.from_wkt(["POLYGON ((18 44, 18.1 44, 18.1 44.1, 18 44))"]))
    other.execute(
        "UPDATE hazardous_area SET note = 'seen', marked = 1, geom = ? WHERE local_id = 'HA-1'",
        (moved,),
    )
    other.execute(
        "INSERT INTO hazardous_area (local_id, hazard_kind, geom) VALUES ('HA-9', 'CHA', ?)",
        (moved,),
    )
    other.execute("DELETE FROM hazardous_area WHERE local_id = 'HA-2'")
    other.commit()
    other.close()
    return register


def decide(register, verb):
    """Decide on all edits in one way."""
    with register.write("Ben") as writer:
        return [
            getattr(writer, verb)(edit.edit_id, "looked at it") for edit in register.outside_edits()
        ]


def test_logged_edits_are_no_fault(edited, path):
    """Edits that wait for review are counted; a row that stands otherwise than logged is found."""
    found = edited.verify()
    assert found.ok
    assert found.outside_edits == 3
    other = sqlite3.connect(path)
    geopackage.register_functions(other)
    other.execute("DROP TRIGGER hazardous_area_outside_update")
    other.execute("UPDATE hazardous_area SET note = 'nobody saw' WHERE local_id = 'HA-1'")
    other.commit()
    other.close()
    assert {p.code for p in edited.verify().problems} == {"layer_differs"}


def test_adopted_edits_are_entries(edited):
    """Changed fields and geometry become a version, a new row a record, a deletion a void."""
    entries = decide(edited, "adopt_edit")
    assert [e.action for e in entries] == [
        "outside_edit.adopted",
        "outside_edit.adopted",
        "record.voided",
    ]
    assert {e.author for e in entries} == {"Ben"}
    body = edited.record("HA-1").body
    assert (body["note"], body["marked"], body["evidence"]) == ("seen", True, ["accident"])
    assert shapely.geometry.shape(body["geometry"]).bounds == (18, 44, 18.1, 44.1)
    assert edited.record("HA-9").body["hazard_kind"] == "CHA"
    assert edited.record("HA-2").voided
    assert edited.outside_edits() == []
    assert edited.verify().ok


def test_rejected_edits_are_undone_and_noted(edited):
    """The layer says again what the ledger says; what was undone can be read."""
    entries = decide(edited, "reject_edit")
    assert {e.action for e in entries} == {"outside_edit.rejected"}
    assert "seen" in (entries[0].quote or "")
    assert {a.local_id for a in edited.areas()} == {"HA-1", "HA-2"}
    assert edited.record("HA-1").body.get("note") is None
    assert edited.verify().ok
    assert edited.verify().outside_edits == 0


def test_an_edit_is_decided_once(edited):
    """A number that does not wait is refused."""
    number = edited.outside_edits()[0].edit_id
    decide(edited, "reject_edit")
    with pytest.raises(NotFoundError), edited.write("Ben") as writer:
        writer.adopt_edit(number, "again")


def test_an_edit_that_cannot_be_is_not_adopted(register, path):
    """A value outside its code list stays an edit."""
    write(register, area("HA-1"))
    other = sqlite3.connect(path)
    geopackage.register_functions(other)
    other.execute("UPDATE hazardous_area SET hazard_kind = 'XYZ'")
    other.commit()
    other.close()
    with pytest.raises(FieldError, match="XYZ"):
        decide(register, "adopt_edit")
    assert len(register.outside_edits()) == 1


@pytest.mark.parametrize("order", ["oldest first", "newest first"])
@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE hazardous_area SET record_id = 'x' WHERE local_id = 'HA-1'"],
        ["UPDATE hazardous_area SET record_id = NULL, note = 'x' WHERE local_id = 'HA-1'"],
        [
            "UPDATE hazardous_area SET record_id = 'x' WHERE local_id = 'HA-1'",
            "UPDATE hazardous_area SET note = 'y' WHERE record_id = 'x'",
        ],
        ["INSERT INTO hazardous_area (record_id, hazard_kind) VALUES ('x', 'SHA')"],
        [
            "INSERT OR REPLACE INTO hazardous_area (record_id, local_id, hazard_kind)"
            " SELECT record_id, 'HA-1', 'CHA' FROM hazardous_area WHERE local_id = 'HA-1'"
        ],
        [
            "INSERT OR REPLACE INTO hazardous_area (fid, local_id, hazard_kind)"
            " SELECT fid, 'HA-5', 'CHA' FROM hazardous_area WHERE local_id = 'HA-1'"
        ],
        [
            "DELETE FROM hazardous_area WHERE local_id = 'HA-2'",
            "UPDATE hazardous_area SET record_id = 'x' WHERE local_id = 'HA-1'",
        ],
        [
            "UPDATE hazardous_area SET record_id = 'x' WHERE local_id = 'HA-1'",
            "UPDATE hazardous_area SET record_id = (SELECT record_id FROM record"
            " WHERE local_id = 'HA-1') WHERE local_id = 'HA-2'",
        ],
    ],
)
def test_an_undone_edit_leaves_the_layer_right(register, path, statements, order):
    """Changed ids, rows with an id of their own and replaced rows: no rebuild is needed."""
    write(register, area("HA-1"), area("HA-2"))
    before = list(register.layer("hazardous_area"))
    other = sqlite3.connect(path)
    geopackage.register_functions(other)
    for statement in statements:
        other.execute(statement)
    other.commit()
    other.close()
    edits = [edit.edit_id for edit in register.outside_edits()]
    for number in edits if order == "oldest first" else reversed(edits):
        with register.write("Ben") as writer:
            writer.reject_edit(number, "not so")
    assert register.verify().problems == ()
    by_id = {row[0]: row for row in register.layer("hazardous_area")}
    assert by_id == {row[0]: row for row in before}
    assert len(register.near(17.005, 44.005)) == 2


@pytest.mark.parametrize(
    "junk", ["X'00'", "X'4750000100000000'", "X'475000011000000000'", "'text'", "7"]
)
def test_what_is_no_geometry_is_not_adopted_and_can_be_undone(register, path, junk):
    """Another program wrote it: refused in words, undone, and the hazard is near all the while."""
    write(register, area("HA-1"))
    other = sqlite3.connect(path)
    for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
        other.create_function(name, 1, lambda _: 0.0)
    other.execute("DROP TRIGGER rtree_hazardous_area_geom_update6")
    other.execute(f"UPDATE hazardous_area SET geom = {junk}")
    other.commit()
    other.close()
    assert len(register.near(17.005, 44.005)) == 1
    assert [wkb for _, wkb, _ in register.layer("hazardous_area")] == [None]
    with pytest.raises(FieldError, match="is no geometry"):
        decide(register, "adopt_edit")
    decide(register, "reject_edit")
    assert [found.local_id for found, _ in register.near(17.005, 44.005)] == ["HA-1"]
    assert register.outside_edits() == []


HERE, THERE = (17.005, 44.005), (18.05, 44.02)
MOVED = "POLYGON ((18 44, 18.1 44, 18.1 44.1, 18 44))"


def edit(path, *statements):
    """Change the file as QGIS does."""
    other = sqlite3.connect(path)
    geopackage.register_functions(other)
    [moved] = geopackage.encode(shapely.from_wkt([MOVED]))
    for statement in statements:
        other.execute(statement, {"moved": moved} if ":moved" in statement else {})
    other.commit()
    other.close()


def near(register, place):
    """Which records are known at a place, each with its metres."""
    return [(found.local_id, metres) for found, metres in register.near(*place)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hazardous_area SET geom = NULL",
        "UPDATE hazardous_area SET geom = :moved",
        "UPDATE hazardous_area SET geom = NULL, record_id = NULL",
        "DELETE FROM hazardous_area",
    ],
)
def test_what_nobody_reviewed_takes_no_hazard_away(register, path, statement):
    """Emptied, moved, cut off from its record or deleted: the recorded place warns until then."""
    write(register, area("HA-1"))
    edit(path, statement)
    assert near(register, HERE) == [("HA-1", 0.0)]
    assert near(register, THERE) == ([("HA-1", 0.0)] if ":moved" in statement else [])
    decide(register, "reject_edit")
    assert (near(register, HERE), near(register, THERE)) == ([("HA-1", 0.0)], [])


def test_a_move_that_a_person_adopted_is_the_place(register, path):
    """Then the old place is history."""
    write(register, area("HA-1"))
    edit(path, "UPDATE hazardous_area SET geom = :moved")
    decide(register, "adopt_edit")
    assert (near(register, HERE), near(register, THERE)) == ([], [("HA-1", 0.0)])


def test_a_row_that_another_program_only_described_is_found_once(register, path):
    """By its layer and by the ledger: one record, one distance."""
    write(register, area("HA-1"), area("HA-2"))
    edit(path, "UPDATE hazardous_area SET note = 'seen' WHERE local_id = 'HA-1'")
    assert sorted(near(register, HERE)) == [("HA-1", 0.0), ("HA-2", 0.0)]
