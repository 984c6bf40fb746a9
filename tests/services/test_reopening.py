"""A reopening is never ordered away in silence by a closing that nothing dates."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from landrelease.domain.entries import Draft
from landrelease.register import create_register, open_register
from landrelease.services import land, recording, review

FIELD = {"type": "Polygon", "coordinates": [[[17, 44], [17.01, 44], [17.01, 44.01], [17, 44]]]}
IMPORT = "0190c000-0000-7000-8000-000000000001"
BODY = {"local_id": "A", "hazard_kind": "SHA", "status": "open", "geometry": FIELD}
RECENT = (datetime.now(UTC).date() - timedelta(days=9)).isoformat()


def closed(before, on=None, **said):
    """A closing by a file."""
    body = {**BODY, "status": "closed", **said}
    names = "hazardous_area", "hazardous_area.closed"
    return Draft(*names, body, before.record_id, on, import_id=IMPORT, supersedes=before.entry_id)


@pytest.fixture
def path(tmp_path):
    """A register with an area that a file closed without a date."""
    found = tmp_path / "register.gpkg"
    with create_register(found, name="Test", author="Ana") as register, register.write("Ana") as w:
        [first] = w.append([Draft("hazardous_area", "hazardous_area.reported", BODY)])
        w.append([closed(first)])
    return found


def reopen(path, on=RECENT):
    """Record a reopening by hand."""
    entry = {
        "kind": "hazardous_area",
        "occurred_on": on,
        "reason": "mine found by a farmer",
        "body": {"local_id": "A", "status": "open"},
    }
    return recording.record(path, {"entries": [entry]}, by="Ana")


def status(path, as_of=None):
    """How the area stands."""
    return land.areas(path, as_of=as_of)["areas"][0]["status"]


def test_an_older_register_shows_the_reopening_after_its_upgrade(path):
    """Schema 6 kept the area closed; the upgrade makes what stands now anew."""
    reopen(path)
    plain = sqlite3.connect(path)
    last = "SELECT entry_no FROM version WHERE role = 1"
    plain.execute(f"UPDATE record SET current_entry_no = ({last}) WHERE kind = 'hazardous_area'")
    plain.execute("ALTER TABLE register_info DROP COLUMN arrivals_told")
    plain.execute("UPDATE register_info SET schema_version = 6")
    plain.commit()
    plain.close()
    with open_register(path) as upgraded:
        assert upgraded.record("A").body["status"] == "open"
        assert upgraded.verify().ok


def test_a_reopening_of_a_day_before_wins(path):
    """Nobody knows when the file's closing happened: the area is open, and nothing is warned of."""
    assert status(path) == "closed"
    assert reopen(path)["warnings"] == []
    assert status(path) == status(path, RECENT) == "open"
    history = review.conflicts(path)["conflicts"]
    assert "versions_conflict" not in {one["code"] for one in history}


def test_a_later_closing_ends_it_again(path):
    """A person or a file that closes the area after its reopening is heard."""
    reopen(path)
    with open_register(path, write=True) as register:
        before = register.record("A")
        with register.write("Ana") as writer:
            writer.append([closed(before)])
    assert status(path) == "closed"


def test_a_dated_closing_after_it_stands_and_is_told(tmp_path):
    """What is known to be later stays, with a warning; so does its undated correction."""
    path = tmp_path / "register.gpkg"
    with create_register(path, name="Test", author="Ana") as register, register.write("Ana") as w:
        first = Draft("hazardous_area", "hazardous_area.reported", BODY, occurred_on="2014")
        [first] = w.append([first])
        [ended] = w.append([closed(first, "2020-05-01")])
        w.append([closed(ended, name="Mill")])
    told = reopen(path, "2019-03-01")["warnings"]
    assert [one["code"] for one in told] == ["area_stays_ended"]
    with open_register(path) as register:
        assert register.record("A").body["name"] == "Mill"
    assert status(path) == "closed"


@pytest.mark.parametrize("into", [0, 1])
def test_the_order_of_arrival_changes_nothing(tmp_path, into):
    """A closing of one copy and a later reopening of another leave the area open, whoever merges."""
    copies = [tmp_path / "one.gpkg", tmp_path / "other.gpkg"]
    draft = Draft("hazardous_area", "hazardous_area.reported", BODY)
    with create_register(copies[0], name="Test", author="Ana") as made, made.write("Ana") as writer:
        [first] = writer.append([draft])
    shutil.copy(*copies)
    reopened = Draft("hazardous_area", "hazardous_area.reopened", BODY, first.record_id, RECENT)
    for path, draft in zip(copies, (closed(first), reopened), strict=True):
        with open_register(path, write=True) as register, register.write("Ana") as writer:
            writer.append([draft])
    review.merge(copies[into], copies[1 - into], by="Ana")
    assert status(copies[into]) == "open"
