"""Rows with empty columns: what nobody says is NULL, also where something stood before."""

from __future__ import annotations

from tests.register.test_ledger import area, write


def test_a_field_that_a_new_version_leaves_out_is_emptied_in_the_layer(register):
    """Columns that are empty in all rows are not written, yet they do not keep what stood there."""
    [first] = write(register, area("HA-1", district="Mostar", stated_area_m2=500))
    write(register, area("HA-1", record_id=first.record_id, action="record.amended"))
    [(_, _, shown)] = register.layer("hazardous_area")
    assert shown["district"] is None
    assert shown["stated_area_m2"] is None
    assert register.verify().ok


def test_rows_that_fill_other_columns_keep_their_places(register):
    """A column that one row of many fills is NULL in the others."""
    write(register, area("HA-1", district="Mostar"), area("HA-2", priority=None), area("HA-3"))
    shown = {row["local_id"]: row["district"] for _, _, row in register.layer("hazardous_area")}
    assert shown == {"HA-1": "Mostar", "HA-2": None, "HA-3": None}
    assert register.verify().ok
