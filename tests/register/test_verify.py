"""`verify` finds every change that did not go through the ledger, and names what it found."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrelease.domain.entries import Draft
from landrelease.errors import RegisterError
from landrelease.register import create_register, open_register, restore_register
from landrelease.register.schema import ENTRY_COLUMNS
from landrelease.register.state import microseconds, moment_text
from tests.register.test_ledger import SQUARE, area, write


@pytest.fixture
def filled(register):
    """A register with a few records of several kinds."""
    [first] = write(register, area("HA-1", occurred_on="2019", note="first"))
    write(
        register,
        area("HA-1", record_id=first.record_id, hazard_kind="CHA", evidence=["accident"]),
        area("HA-2"),
        Draft("organisation", "record.added", {"name": "Čistači"}),
        Draft(
            "accident",
            "accident.recorded",
            {"geometry": {"type": "Point", "coordinates": [17.0, 44.0]}, "killed": 1},
        ),
    )
    return register


def tamper(path, *statements):
    """Change the file as its owner can: without its triggers."""
    other = sqlite3.connect(path)
    other.execute("PRAGMA synchronous = OFF")
    other.create_function("ST_IsEmpty", 1, lambda blob: 0)
    for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
        other.create_function(name, 1, lambda blob: 0.0)
    guards = "name LIKE 'entry_never_%' OR name LIKE '%_outside_%'"
    for (name,) in other.execute(f"SELECT name FROM sqlite_master WHERE {guards}").fetchall():
        other.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        other.execute(*statement) if isinstance(statement, tuple) else other.execute(statement)
    other.commit()
    other.close()


def codes(register, **options):
    """Codes of the problems that verify finds."""
    return {problem.code for problem in register.verify(**options).problems}


def test_an_untouched_register_is_ok(filled):
    """Nothing is found where nothing was changed, and the JSON has the shape of the design."""
    found = filled.verify()
    assert found.ok
    assert found.entries == 6
    assert [h.hash for h in found.heads] == [h.hash for h in filled.heads()]
    assert set(found.as_json()) >= {"ok", "entries", "heads", "problems", "outside_edits"}
    assert found.as_json()["heads"][0].keys() == {"replica", "seq", "hash"}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    column=st.sampled_from([c for c in ENTRY_COLUMNS if c != "received_at"]),
    row=st.integers(1, 6),
    at=st.integers(0, 10**6),
    bit=st.integers(0, 6),
)
def test_a_changed_byte_in_any_row_is_found(filled, path, tmp_path, column, row, at, bit):
    """Whatever column of whatever row: one bit is enough."""
    copy = tmp_path / "copy.gpkg"
    shutil.copy(path, copy)  # nothing of this process has the copy open
    other = sqlite3.connect(copy)
    value = other.execute(
        f"SELECT CAST({column} AS BLOB) FROM entry WHERE entry_no = ?", (row,)
    ).fetchone()[0]
    other.close()
    changed = bytearray(value or b"x")
    changed[at % len(changed)] ^= 1 << bit
    tamper(
        copy,
        (f"UPDATE entry SET {column} = CAST(? AS TEXT) WHERE entry_no = ?", (bytes(changed), row)),
    )
    with open_register(copy) as tampered:
        assert not tampered.verify().ok


def test_a_removed_entry_breaks_the_chain(filled, path):
    """An entry cut out of the middle leaves a gap."""
    tamper(path, "DELETE FROM entry WHERE entry_no = 3")
    assert "chain_broken" in codes(filled)


def test_a_cut_tail_is_found_by_a_printed_head(filled, path):
    """A chain alone does not show that its end was cut; the head on a report does."""
    head = filled.heads()[0].hash
    assert filled.verify(head).ok
    tamper(path, "DELETE FROM entry WHERE entry_no = 6")
    filled.rebuild()
    assert filled.verify().ok
    assert codes(filled, head=head) == {"head_unknown"}


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE hazardous_area SET hazard_kind = 'SHA' WHERE local_id = 'HA-1'", "layer_differs"),
        ("UPDATE hazardous_area SET geom = NULL WHERE local_id = 'HA-2'", "layer_differs"),
        ("UPDATE accident SET killed = 2", "layer_differs"),
        ("DELETE FROM hazardous_area WHERE local_id = 'HA-2'", "layer_row_missing"),
        (
            "INSERT INTO hazardous_area (local_id, hazard_kind) VALUES ('HA-9', 'SHA')",
            "layer_row_extra",
        ),
        ("INSERT INTO accident (record_id) VALUES ('x')", "layer_row_extra"),
        ("DROP TABLE organisation", "layer_missing"),
    ],
)
def test_a_layer_that_disagrees_is_found_and_rebuilt(filled, path, statement, code):
    """What a layer shows must be what the ledger says; the ledger makes it anew."""
    tamper(path, statement)
    assert code in codes(filled)
    filled.rebuild()
    assert filled.verify().ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE version SET effective_day = effective_day - 400 WHERE effective_day > 1",
        "UPDATE version SET voided_us = 1",
        "UPDATE version SET area_m2 = area_m2 + 1",
        "DELETE FROM version WHERE entry_no = 2",
        "UPDATE land SET status = 'closed'",
        "UPDATE land SET shape = NULL",
        "DELETE FROM land",
        "INSERT INTO land SELECT entry_no + 3, local_id, hazard_kind, status, method, stated_area_m2, district, undated, split_from, shape FROM land WHERE entry_no = 2",
        "UPDATE record SET current_entry_no = NULL",
        "UPDATE record SET local_id = 'HA-7' WHERE local_id = 'HA-1'",
        "UPDATE record SET local_id = NULL WHERE local_id = 'HA-3'",
        "UPDATE record SET kind = 'hazardous_area' WHERE kind = 'accident'",
        "INSERT INTO record VALUES (99, 'x', 'accident', NULL, NULL)",
        "UPDATE version SET import_no = 1",
        "UPDATE undone SET recorded_us = recorded_us + 1",
        "UPDATE undone SET received_us = received_us + 1",
        "DELETE FROM undone",
        "INSERT INTO former_id VALUES ('HA-8', 1)",
        "UPDATE former_id SET local_id = 'HA-8'",
        "DELETE FROM former_id",
    ],
)
def test_derived_tables_are_verified(filled, path, statement):
    """A changed table of versions or of land would give wrong answers on old dates."""
    [third, fourth] = write(filled, area("HA-3"), area("HA-4"))
    write(filled, area("HA-5", record_id=fourth.record_id))
    with filled.write("Ana") as writer:
        writer.void(third.record_id, "twice")
    assert filled.verify().ok
    tamper(path, statement)
    assert "derived_differs" in codes(filled)
    filled.rebuild()
    assert filled.verify().ok


def test_a_changed_time_of_a_head_is_found(filled, path):
    """The next entry is recorded after the last one: a changed head would move its time."""
    tamper(path, "UPDATE head SET recorded_at = '2126-01-01T00:00:00.000000Z'")
    assert codes(filled) == {"heads_differ"}
    filled.rebuild()
    assert filled.verify().ok


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("register_id", "x"),
        ("replica", "ab"),
        ("name", "Other"),
        ("country", "LAO"),
        ("bbox", "[1, 2, 3, 4]"),
    ],
)
def test_what_the_register_says_of_itself_is_verified(filled, path, column, value):
    """Its id, replica, name and country are those of the entry that made it."""
    tamper(path, (f"UPDATE register_info SET {column} = ?", (value,)))
    with open_register(path) as tampered:
        assert codes(tampered) == {"register_info_differs"}


@pytest.mark.parametrize("statement", ["DELETE FROM control", "UPDATE control SET own_write = 1"])
def test_a_silent_log_of_edits_is_found_and_mended(filled, path, statement):
    """Without the mark of our own writes edits of other programs would not be logged."""
    tamper(path, statement)
    assert codes(filled) == {"control_differs"}
    filled.rebuild()
    assert filled.verify().ok


def test_a_record_keeps_its_local_id_when_it_falls(register):
    """Voided in one go or later, rebuilt or not: it goes by the local id of its last state."""
    [one, two] = write(register, area("HA-1"), area("HA-2"))
    write(register, area("HA-9", record_id=two.record_id))
    with register.write("Ana") as writer:
        writer.void(one.record_id, "twice")
        writer.void(two.record_id, "twice")
    for _ in range(2):
        assert register.record("HA-1").record_id == one.record_id
        assert register.record("HA-9").record_id == two.record_id
        assert register.verify().ok
        register.rebuild()


def test_a_copy_written_on_both_sides_is_a_fork_with_a_name(filled, path, tmp_path):
    """Both branches stand, verify is ok and says where they part."""
    copy = tmp_path / "copy.gpkg"
    filled.backup(copy)
    parting = filled.heads()[0]
    write(filled, area("here"))
    with open_register(copy, write=True) as other:
        write(other, area("there"))
        entries = list(other.entries())
    with filled.write("Ana") as writer:
        assert writer.adopt(entries) == 1
        assert writer.adopt(entries) == 0
    found = filled.verify()
    assert found.ok
    assert [fork.hash for fork in found.forks] == [parting.hash]
    assert len(found.heads) == 2
    assert {a.local_id for a in filled.areas()} >= {"here", "there"}
    write(filled, area("after"))
    assert filled.verify().ok


def test_two_people_changing_one_version_is_a_conflict_until_judged(filled, path, tmp_path, clock):
    """Neither version is dropped; a later one settles it."""
    copy = tmp_path / "copy.gpkg"
    filled.backup(copy)
    record_id = filled.record("HA-2").record_id
    write(filled, area("HA-2", record_id=record_id, note="here"))
    with open_register(copy, write=True, clock=clock) as other:
        write(other, area("HA-2", record_id=record_id, note="there"))
        entries = list(other.entries())
    clock.set("2026-02-01")
    with filled.write("Ana") as writer:
        writer.adopt(entries)
    assert "versions_conflict" in {c.code for c in filled.conflicts()}
    clock.set("2026-03-01")
    write(filled, area("HA-2", record_id=record_id, note="judged"))
    assert "versions_conflict" not in {c.code for c in filled.conflicts()}


def test_foreign_entries_must_match_their_hash_and_chain(filled, tmp_path, clock):
    """A changed or a missing entry is refused, and nothing is taken in."""

    with create_register(tmp_path / "b.gpkg", name="B", author="Ben", clock=clock) as other:
        write(other, area("b"), area("c"))
        entries = list(other.entries())
    before = filled.heads()
    forged = [entries[0], entries[1]._replace(author="Eve"), entries[2]]
    for wrong, code in ((forged, "hash_mismatch"), ([entries[0], entries[2]], "chain_incomplete")):
        with pytest.raises(RegisterError) as caught, filled.write("Ana") as writer:
            writer.adopt(wrong)
        assert caught.value.code == code
    assert filled.heads() == before


def test_a_backup_is_proved_before_it_is_restored(filled, tmp_path):
    """A damaged backup is refused; a sound one gives the same heads."""
    backup = filled.backup(tmp_path / "backup.gpkg")
    with restore_register(backup, tmp_path / "restored.gpkg") as restored:
        assert restored.heads() == filled.heads()
        assert restored.verify().ok
    tamper(backup, "UPDATE entry SET author = 'Eve' WHERE entry_no = 2")
    with pytest.raises(RegisterError, match="1 problem"):
        restore_register(backup, tmp_path / "again.gpkg")
    assert not (tmp_path / "again.gpkg").exists()


def test_outside_edits_are_logged_with_before_and_after(filled, path):
    """What another program changes in a layer waits for a person, geometry included."""
    other = sqlite3.connect(path)
    for name, places in (
        ("ST_IsEmpty", 1),
        ("ST_MinX", 1),
        ("ST_MaxX", 1),
        ("ST_MinY", 1),
        ("ST_MaxY", 1),
    ):
        other.create_function(name, places, lambda blob: 0.0)
    other.execute("UPDATE hazardous_area SET note = 'seen' WHERE local_id = 'HA-2'")
    other.execute("DELETE FROM accident")
    other.execute("INSERT INTO organisation (name) VALUES ('new')")
    other.commit()
    other.close()
    edits = filled.outside_edits()
    assert [(e.layer, e.operation) for e in edits] == [
        ("hazardous_area", "update"),
        ("accident", "delete"),
        ("organisation", "insert"),
    ]
    assert (edits[0].before["note"], edits[0].after["note"]) == (None, "seen")
    assert edits[1].before["geom"].startswith("4750")
    assert filled.verify().outside_edits == 3
    write(filled, area("HA-3", geometry=SQUARE))
    assert len(filled.outside_edits()) == 3


def test_a_fork_of_ten_and_of_two_entries_is_in_order(register, tmp_path):
    """Heads are ordered by number, where text would put 10 before 2."""
    copy = register.backup(tmp_path / "copy.gpkg")
    for _ in range(9):
        note(register, "here")
    with open_register(copy, write=True, clock=register._clock) as other:
        note(other, "there")
        entries = list(other.entries())
    with register.write("Ana") as writer:
        writer.adopt(entries)
    found = register.verify()
    assert [head.seq for head in found.heads] == [2, 10]
    assert found.ok


def note(register, name):
    """One more entry."""
    with register.write("Ana") as writer:
        writer.append([Draft("organisation", "record.added", {"name": name})])


@pytest.mark.parametrize(
    "moment", ["2030-01-01T00:00:00.000000Z", "1999-01-01T00:00:00.000000Z", "yesterday", "2026"]
)
def test_a_changed_time_of_arrival_is_found(filled, path, moment):
    """Also after what follows from it was made anew: entries stand in the order of arrival."""
    tamper(path, ("UPDATE entry SET received_at = ? WHERE entry_no = 3", (moment,)))
    assert "received_differs" in codes(filled)


@pytest.mark.parametrize("row", [2, 3, 6])
def test_a_time_of_arrival_moved_between_its_neighbours_is_found(filled, path, row):
    """By what follows from it, and by name: answers about what was known then would differ."""
    entry = list(filled.entries())[row - 1]
    moved = f"{entry.received_at[:-2]}{(int(entry.received_at[-2]) + 1) % 10}Z"
    tamper(path, ("UPDATE entry SET received_at = ? WHERE entry_no = ?", (moved, row)))
    assert ("derived_differs", entry.entry_id) in {(p.code, p.id) for p in filled.verify().problems}


def test_a_clock_that_is_set_back_disturbs_no_order(register, clock):
    """What is written after it was set back arrives no earlier than what was there."""
    write(register, area("HA-1"))
    before = next(iter(register.entries())).received_at
    clock.set("2020-01-01T00:00:00Z")
    write(register, area("HA-2"))
    assert register.verify().ok
    assert all(e.received_at >= before for e in register.entries())


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM gpkg_contents WHERE table_name = 'hazardous_area'", "layer_unlisted"),
        ("UPDATE gpkg_contents SET srs_id = -1 WHERE table_name = 'accident'", "layer_unlisted"),
        ("DELETE FROM gpkg_geometry_columns WHERE table_name = 'hazardous_area'", "layer_unlisted"),
        ("UPDATE gpkg_geometry_columns SET srs_id = 0", "layer_unlisted"),
        ("DELETE FROM gpkg_extensions WHERE table_name = 'hazardous_area'", "layer_unlisted"),
        ("UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 1", "system_differs"),
    ],
)
def test_a_layer_that_other_programs_do_not_find_is_found(filled, path, statement, code):
    """A hazard that a map program does not list, or draws elsewhere, is no small thing."""
    tamper(path, statement)
    assert codes(filled) == {code}
    if code == "layer_unlisted":
        filled.rebuild()
        assert filled.verify().ok


def taken_in(register, tmp_path, clock, then=None):
    """A register that took in an entry of a copy, and wrote another one then."""
    copy = register.backup(tmp_path / f"{clock.now_us}.gpkg")
    with open_register(copy, write=True, clock=clock) as other:
        write(other, area("there"))
        entries = list(other.entries())
    clock.now_us += 10**9
    with register.write("Ana") as writer:
        writer.adopt(entries)
    clock.now_us += 10**9
    if then:
        write(register, area(then))


def move_arrival(register, path, entry_no, micro):
    """Move when an entry arrived, and all that follows from it along."""
    [(received,)] = register._connection.execute(
        "SELECT received_at FROM entry WHERE entry_no = ?", (entry_no,)
    )
    moved = moment_text(microseconds(received) + micro)
    tamper(path, ("UPDATE entry SET received_at = ? WHERE entry_no = ?", (moved, entry_no)))
    register.rebuild()


@pytest.mark.parametrize("row", [2, 3, 6, 7, 8, 9])
def test_a_time_of_arrival_moved_with_what_follows_from_it_is_found(
    filled, path, tmp_path, clock, row
):
    """Written here or taken in: the entry written next tells when each arrived."""
    clock.now_us += 10**9
    taken_in(filled, tmp_path, clock, "after")
    taken_in(filled, tmp_path, clock, "at last")
    assert filled.verify().ok
    assert filled.size() == 10
    move_arrival(filled, path, row, 1)
    assert codes(filled) == {"received_differs"}


def test_an_arrival_that_no_entry_tells_yet_is_no_fault(filled, tmp_path, clock):
    """A merge is proved by the next entry; until then by the order alone."""
    clock.now_us += 10**9
    taken_in(filled, tmp_path, clock)
    assert filled.verify().ok


def test_a_clock_that_stands_still_does_not_hide_what_came_from_elsewhere(filled, tmp_path, clock):
    """An entry is never taken in at the very moment at which it was recorded."""
    copy = filled.backup(tmp_path / "copy.gpkg")
    clock.now_us += 10**9
    with open_register(copy, write=True, clock=clock) as other:
        write(other, area("there"))
        entries = list(other.entries())
    with filled.write("Ana") as writer:
        writer.adopt(entries)
    write(filled, area("after"))
    [came] = [e for e in filled.entries() if e.entry_id == entries[-1].entry_id]
    assert came.received_at != came.recorded_at
    assert filled.verify().ok
