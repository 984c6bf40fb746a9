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
