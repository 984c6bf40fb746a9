"""A field that no kind has is kept, and told with the field that it may be a slip for."""

from __future__ import annotations

import pytest

from landrelease.register import create_register, open_register
from landrelease.services import recording

AREA = {"local_id": "A", "hazard_kind": "SHA", "place": "Mill"}


@pytest.fixture
def path(tmp_path):
    """A register."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    return found


def warned(path, kind, body):
    """Messages of one entry, by code."""
    done = recording.record(path, {"entries": [{"kind": kind, "body": body}]}, by="Ana")
    assert {one["record_id"] for one in done["warnings"]} <= {done["recorded"][0]["record_id"]}
    return [(one["code"], one["message"]) for one in done["warnings"]]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("stated_area_m", "stated_area_m2"),
        ("stat_area_m2", "stated_area_m2"),
        ("Status", "status"),
        ("local id", "local_id"),
    ],
)
def test_a_misspelt_field_is_told_with_the_nearest(path, name, meant):
    """The record is written, the value kept under attributes, and the warning names the field."""
    [(code, message)] = warned(path, "hazardous_area", {**AREA, name: "50000"})
    assert code == "field_unknown"
    assert repr(name) in message
    assert repr(meant) in message
    with open_register(path) as register:
        assert register.record("A").body["attributes"] == {name: "50000"}


def test_an_unknown_field_is_told_without_a_guess(path):
    """What resembles no field is told as well; what stands under attributes is meant."""
    assert [code for code, _ in warned(path, "hazardous_area", {**AREA, "x": 1})] == [
        "field_unknown"
    ]
    assert warned(path, "hazardous_area", {**AREA, "local_id": "B", "attributes": {"x": 1}}) == []


def test_what_a_person_brings_is_private_and_no_slip(path):
    """A name or address is kept with the identity; a misspelt field is told all the same."""
    victim = {"outcome": "injured", "name": "Ana Kovac", "address": "Mill 3"}
    assert warned(path, "victim", victim) == []
    [(code, message)] = warned(path, "victim", {"outcome": "injured", "age_year": 7})
    assert (code, "'age_years'" in message) == ("field_unknown", True)
