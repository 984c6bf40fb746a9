"""What nothing dates, and what belongs to nothing, is listed of every kind."""

from __future__ import annotations

from collections import Counter

import pytest

from landrelease.cli import review as shown
from landrelease.register import create_register, open_register
from landrelease.services import recording, reporting, review


@pytest.fixture
def path(tmp_path):
    """A register with people, accidents and devices, some without a date or a link."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    mine = {"category": "anti_personnel_mine", "district": "Jajce"}
    area = {"local_id": "A", "hazard_kind": "SHA", "district": "Jajce"}
    entries = [
        {"kind": "hazardous_area", "occurred_on": "2020", "body": area},
        {"kind": "accident", "occurred_on": "2024", "body": {"local_id": "X1", "place": "x"}},
        {"kind": "accident", "body": {"local_id": "X2", "place": "x", "killed": 1}},
        {"kind": "victim", "body": {"local_id": "V1", "outcome": "killed"}},
        {"kind": "victim", "body": {"local_id": "V2", "outcome": "killed", "accident": "X1"}},
        {"kind": "device", "body": {"local_id": "D1", **mine}},
        {"kind": "device", "occurred_on": "2024", "body": {"local_id": "D2", **mine, "area": "A"}},
    ]
    recording.record(found, {"entries": entries}, by="Ana")
    return found


def test_each_kind_is_listed(path, capsys, monkeypatch):
    """In JSON by record, in text by kind with the first of each."""
    found = review.conflicts(path)
    assert [one["local_id"] for one in found["undated"]] == ["X2", "D1", "V1"]
    lacking = {one["local_id"]: one["lacks"] for one in found["unlinked"]}
    assert lacking == {"V1": ["accident"], "D1": ["area", "activity"]}
    shown._conflicts(found)
    text = capsys.readouterr().out
    assert "no area or activity" in text
    assert "3 records without a date, 2 linked to nothing" in text


def test_a_note_takes_no_date_away(path):
    """A correction without a date moves nothing out of its day."""
    note = {"kind": "accident", "body": {"local_id": "X1", "note": "read again"}}
    recording.record(path, {"entries": [note]}, by="Ana")
    assert "X1" not in {one["local_id"] for one in review.conflicts(path)["undated"]}


def test_the_report_says_the_same(path):
    """It lists what is undated wherever it counts something as undated."""
    with open_register(path) as register:
        facts = reporting._facts(register, 2025)
    kinds = Counter(one["kind"] for one in facts.undated)
    assert kinds == {"accident": 1, "device": 1, "victim": 1}
