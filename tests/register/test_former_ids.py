"""A link means a record: renaming it cuts nothing, and the order of arrival changes nothing."""

from __future__ import annotations

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import NotFoundError
from landrelease.register import create_register, open_register
from tests.register.test_ledger import SQUARE, area, write

PIECE = {
    "type": "Polygon",
    "coordinates": [[[17.0, 44.0], [17.005, 44.0], [17.005, 44.005], [17.0, 44.005], [17.0, 44.0]]],
}
CLEARED = {"method": "cleared", "geometry": PIECE, "depth_m": 0.2}


def product(name, **entry):
    """A product of an area that is named so."""
    return Draft("land_release_product", "land.released", {"area": name, **CLEARED}, **entry)


def account(register, **asked):
    """Cleared and remaining m², and the codes of conflicts."""
    found = register.balance(**asked)
    codes = {conflict.code for conflict in register.conflicts(**asked)}
    return round(found.cleared_m2), round(found.remaining_m2), codes & {"area_unknown"}


def test_a_renamed_area_keeps_its_products(register):
    """Cleared land stays in the balance, by the old name and by the new one."""
    [one] = write(register, area("HA-1", occurred_on="2019"))
    write(register, product("HA-1", occurred_on="2020"))
    before = account(register)
    assert before[0] > 0
    write(register, area("HA-7", record_id=one.record_id, occurred_on="2021"))
    assert account(register) == before
    assert account(register, as_of="2020") == before
    assert account(register, known_at="2100") == before
    assert register.record("HA-1").record_id == one.record_id
    assert [r.kind for r in register.linked_to("HA-7")] == ["land_release_product"]
    assert "link_unknown" not in {conflict.code for conflict in register.conflicts()}
    register.rebuild()
    assert account(register) == before
    assert register.verify().ok


def test_what_two_areas_are_or_were_called_names_neither(register):
    """An area that takes another's old id does not take its cleared land: a person says whose."""
    [one] = write(register, area("HA-1", occurred_on="2019"))
    write(register, product("HA-1", occurred_on="2020"))
    write(register, area("HA-7", record_id=one.record_id), area("HA-1"))
    cleared, _, codes = account(register)
    assert (cleared, codes) == (0, {"area_unknown"})
    with pytest.raises(NotFoundError) as caught:
        register.record("HA-1", "hazardous_area")
    assert caught.value.code == "local_id_shared"
    assert register.record("HA-1").record_id != one.record_id  # who asks by name gets its bearer
    assert register.record(one.record_id).former_ids == ()


def test_an_id_given_by_a_mistake_that_was_undone_counts_no_more(register):
    """A version that an undone import brought names nothing."""
    [one, two] = write(register, area("HA-1", occurred_on="2019"), area("HA-2", geometry=PIECE))
    write(register, product("HA-2", occurred_on="2020"))
    before = account(register)
    [imported] = write(register, Draft("import", "import.recorded", {"file": "x"}))
    write(register, area("HA-2", record_id=one.record_id, import_id=imported.record_id))
    assert account(register) != before
    with register.write("Ana") as writer:
        writer.void_import(imported.record_id, "a mistake")
    assert account(register) == before
    assert register.record("HA-2", "hazardous_area").record_id == two.record_id
    assert register.verify().ok


def test_former_ids_are_asked_for_once_until_an_entry_comes(register):
    """Listings of one state share one answer; the next entry makes them ask anew."""
    [one] = write(register, area("HA-1"))
    write(register, area("HA-7", record_id=one.record_id))
    asked = []
    register._connection.set_trace_callback(asked.append)

    def listed():
        found = [r.former_ids for r in register.records("hazardous_area")]
        return found, sum("former_id AS g" in query for query in asked)

    assert listed() == ([("HA-1",)], 1)
    assert listed() == ([("HA-1",)], 1)
    write(register, area("HA-8", record_id=one.record_id))
    assert [set(names) for names in listed()[0]] == [{"HA-1", "HA-7"}]
    register._connection.set_trace_callback(None)


@pytest.mark.parametrize("first", ["renaming", "product"])
def test_the_order_of_arrival_changes_nothing(tmp_path, clock, first):
    """Two copies rename an area and release land of it; merged either way the balance is one."""
    path, copy = tmp_path / "a.gpkg", tmp_path / "b.gpkg"
    with create_register(path, name="Test", author="Ana", clock=clock) as register:
        [one] = write(register, area("HA-1", geometry=SQUARE, occurred_on="2019"))
        register.backup(copy)
    with open_register(path, clock=clock) as here, open_register(copy, clock=clock) as there:
        write(here, area("HA-7", record_id=one.record_id, occurred_on="2021"))
        write(there, product("HA-1", occurred_on="2020"))
        ours, theirs = (here, there) if first == "renaming" else (there, here)
        with ours.write("Ana") as writer:
            writer.adopt(theirs.entries())
        cleared, remaining, codes = account(ours)
        assert cleared > 0
        assert remaining > 0
        assert codes == set()
        assert ours.verify().ok
