"""Older registers open in this version, after a backup; new vocabulary grows new layers."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from pathlib import Path

import pytest

from landrelease.domain import kinds as vocabulary
from landrelease.domain.entries import Draft
from landrelease.register import create_register, layers, open_register
from landrelease.register.connection import connect
from landrelease.register.layers import column_names
from landrelease.register.people import people_path
from landrelease.register.schema import SCHEMA_VERSION
from landrelease.register.upgrading import backup_path
from landrelease.services import review
from landrelease.services.land import near
from tests.register.test_ledger import area, write

POINT = {"type": "Point", "coordinates": [17.0, 44.0]}
FIXTURES = Path(__file__).parent / "fixtures"


def downgraded(path):
    """Make the file as schema 1 had it."""
    plain = sqlite3.connect(path)
    plain.execute("DROP INDEX entry_supersedes")
    plain.execute("DROP INDEX entry_erasing")
    plain.execute("ALTER TABLE register_info DROP COLUMN arrivals_told")
    plain.execute("ALTER TABLE register_info DROP COLUMN layout")
    plain.execute("UPDATE register_info SET schema_version = 1")
    plain.commit()
    plain.close()


def objects(path):
    """Tables, indexes and triggers of a file, by name."""
    plain = sqlite3.connect(path)
    found = {row[0] for row in plain.execute("SELECT name FROM sqlite_master")}
    plain.close()
    return found


def test_an_older_register_is_backed_up_and_brought_up_to_date(register, path):
    """The same entries, the same objects as a new one, and the old file beside it."""
    write(register, area("HA-1"))
    heads, new = register.heads(), objects(path)
    register.close()
    downgraded(path)
    with open_register(path) as upgraded:
        assert upgraded.info().schema_version == SCHEMA_VERSION
        assert upgraded.heads() == heads
        assert upgraded.verify().ok
    assert objects(path) == new
    plain = sqlite3.connect(backup_path(path, 1))
    assert plain.execute("SELECT schema_version FROM register_info").fetchone() == (1,)
    plain.close()


@pytest.mark.parametrize(
    "fixture", sorted(FIXTURES.glob("register-*.gpkg.gz")), ids=lambda p: p.name
)
def test_registers_of_every_version_open(fixture, tmp_path):
    """A register kept from each version: nothing in its ledger is lost or read in another way."""
    path = tmp_path / "old.gpkg"
    unpacked(fixture.name, path)
    with open_register(path, write=True) as register:
        assert register.verify().ok
        assert [a.local_id for a in register.areas("2020")] == ["HA-1", "HA-2"]
        assert [round(a.remaining_m2 or 0) for a in register.areas("2021")] == [445557, 891115]
        assert register.record("HA-2").body["hazard_kind"] == "CHA"
        write(register, area("HA-3"))
        assert register.verify().ok


def of_schema_5(path):
    """Make the file as schema 5 had it: voids took out what they never saw, too."""
    plain = connect(path)
    plain.execute("DROP TABLE former_id")
    plain.execute("ALTER TABLE register_info DROP COLUMN arrivals_told")
    plain.execute("UPDATE record SET local_id = NULL WHERE current_entry_no IS NULL")
    plain.execute("UPDATE register_info SET schema_version = 5")
    plain.close()


def refuse_rebuild(connection):
    """No upgrade may need it."""
    raise AssertionError("all was made anew")


def test_schema_5_gains_the_names_alone(register, path, monkeypatch, caplog):
    """Former local ids, also of what was voided, without making a large register anew; it is told."""
    [one, two] = write(register, area("HA-1"), area("HA-2"))
    write(register, area("HA-7", record_id=one.record_id))
    with register.write("Ana") as writer:
        writer.void(two.record_id, "entered twice")
    register.close()
    of_schema_5(path)
    monkeypatch.setattr("landrelease.register.upgrading.rebuild", refuse_rebuild)
    with caplog.at_level("INFO"), open_register(path) as upgraded:
        assert upgraded.record("HA-1").former_ids == ("HA-1",)
        assert upgraded.record("HA-2").voided
        assert upgraded.verify().ok
    assert "from schema 5 to 7" in caplog.text


def test_a_hazard_that_an_older_void_never_saw_is_back(tmp_path, clock, caplog):
    """Schema 5 took it off the list: the upgrade makes all anew, and says how far it is."""
    path, copy = tmp_path / "a.gpkg", tmp_path / "b.gpkg"
    with create_register(path, name="Test", author="Ana", clock=clock) as here:
        [one] = write(here, area("HA-1", occurred_on="2019"))
        here.backup(copy)
    with open_register(copy, clock=clock) as there:
        write(there, area("HA-1", record_id=one.record_id, hazard_kind="CHA"))
        clock.set("2026-02-01T00:00:00Z")
        with open_register(path, clock=clock) as here, here.write("Ana") as writer:
            writer.void(one.record_id, "entered twice")
            writer.adopt(there.entries())
    plain = connect(path)
    plain.execute("UPDATE version SET voided_us = recorded_us WHERE role < 3")
    plain.execute("UPDATE record SET current_entry_no = NULL WHERE kind = 'hazardous_area'")
    plain.close()
    of_schema_5(path)
    with caplog.at_level("INFO"), open_register(path) as upgraded:
        assert [a.local_id for a in upgraded.areas()] == ["HA-1"]
        assert upgraded.verify().ok
    assert "4 of 4 entries" in caplog.text


def unpacked(name, path):
    """A register kept from an earlier version."""
    with gzip.open(FIXTURES / name) as packed, path.open("wb") as target:
        shutil.copyfileobj(packed, target)


def test_words_of_an_older_ledger_are_read_and_told(tmp_path):
    """Entries of schema 4 hold their words: they are read as ever, and erasing lists them."""
    path = tmp_path / "old.gpkg"
    unpacked("register-4.gpkg.gz", path)
    with open_register(path) as register:
        [voided] = [e for e in register.entries() if e.action == "record.voided"]
    assert (voided.reason, voided.words) == ("entered twice", None)
    result = review.erase(path, None, why="a name", by="Bo", names=["entered twice"])
    told = {(s["where"], s["field"], s["id"]) for s in result["standing"]}
    assert told == {
        ("ledger", "reason", voided.entry_id),
        (backup_path(path, 4).name, "bytes", ""),
    }
    with open_register(path) as register:
        assert register.verify().ok


def test_words_of_this_version_are_read_and_stay_erased(tmp_path):
    """The next version reads words as this one wrote them, and what was erased."""
    path = tmp_path / "old.gpkg"
    unpacked("register-5.gpkg.gz", path)
    with open_register(path) as register:
        [accident] = [e for e in register.history("AX-1") if e.action == "accident.recorded"]
        body = register.record("AX-1").body
    assert (accident.quote, accident.reason) == ("a mine at the mill", "on the telephone")
    assert body == {
        "killed": 1, "local_id": "AX-1", "note": "told by ███████████", "place": "Mill",
        "setting": "unknown",
    }  # fmt: skip


@pytest.mark.parametrize("version", [6, 7])
def test_people_of_an_older_register_are_kept_and_proved_from_here_on(version, tmp_path):
    """Schema 6 proved no identity: who stands there stays, and is proved once it is written anew."""
    path = tmp_path / "old.gpkg"
    unpacked(f"register-{version}.gpkg.gz", path)
    unpacked(f"register-{version}.people.sqlite.gz", people_path(path))
    with open_register(path, write=True) as register:
        first = register.record("V-61")
        assert register.identity(first.body["identity"])["note"] == "Marija Kovač was farming"
        assert "identity" not in register.record("V-62").body or not register._people.get(
            [register.record("V-62").body["identity"]]
        )
        assert register.verify().ok
        body = {"local_id": "V-61", "outcome": "injured", "note": "moved away"}
        write(register, Draft("victim", "record.added", body, first.record_id))
        assert register.verify().ok
        plain = sqlite3.connect(people_path(path))
        plain.execute("UPDATE identity SET fields = '{}'")
        plain.commit()
        plain.close()
        altered = {p.id for p in register.verify().problems if p.code == "identity_altered"}
        assert len(altered) == version - 5


def test_arrivals_of_an_older_register_are_proved_from_its_next_entry_on(tmp_path):
    """What schema 6 took in is told, all of it, by the first entry that this version writes."""
    path = tmp_path / "old.gpkg"
    unpacked("register-6.gpkg.gz", path)
    with open_register(path, write=True) as register:
        write(register, area("HA-9"))
    plain = connect(path)
    plain.execute("DROP TRIGGER entry_never_updated")
    plain.execute(
        "UPDATE entry SET received_at = (SELECT received_at FROM entry WHERE entry_no = 2)"
        " WHERE entry_no = 3"
    )
    plain.close()
    with open_register(path, write=True) as register:
        register.rebuild()
        assert {p.code for p in register.verify().problems} == {"received_differs"}


def test_a_new_kind_and_field_grow_layers_from_the_ledger(path, tmp_path, monkeypatch, clock):
    """A national vocabulary adds them without code; the next to open the file sees them.

    Only the layers that it concerns are made anew.
    """
    monkeypatch.setattr("landrelease.register.upgrading.rebuild", refuse_rebuild)
    with create_register(path, name="x", author="Ana", clock=clock) as register:
        write(register, area("HA-1", soil="karst"))
    extra = tmp_path / "terms"
    extra.mkdir()
    (extra / "kinds.yaml").write_text(
        "kinds:\n  hazardous_area:\n    fields:\n      soil: {type: text}\n"
        "  well:\n    {label: Well, plural: Wells, prefix: WE, geometry: point, needs_place: [],"
        " audience: public, fields: {depth_m: {type: number}}}\n"
    )
    monkeypatch.setenv("LANDRELEASE_TERMS", str(extra))
    caches = (vocabulary.kinds, vocabulary.load_terms, column_names, layers._or_update)
    for cache in caches:
        cache.cache_clear()
    try:
        with open_register(path) as register:
            assert "well" in {
                row[0]
                for row in register._connection.execute("SELECT table_name FROM gpkg_contents")
            }
            assert "soil" in next(register.layer("hazardous_area"))[2]
            write(register, Draft("well", "record.added", {"depth_m": 12.0, "geometry": POINT}))
            assert [row[2]["depth_m"] for row in register.layer("well")] == [12.0]
            assert register.verify().ok
        x, y = POINT["coordinates"]
        assert "well" in {one["kind"] for one in near(path, x, y)["found"]}
    finally:
        monkeypatch.undo()
        for cache in caches:
            cache.cache_clear()
    # whoever opens it without that vocabulary sees no such layer, and loses no entry
    with open_register(path) as register:
        assert register.verify().ok
        assert [entry.kind for entry in register.entries()][-1] == "well"
