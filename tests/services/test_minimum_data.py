"""Each field of the minimum data has a place of its own, is exported to whom it may, and counts."""

from __future__ import annotations

import csv

import pytest

from landrelease.domain.kinds import kind_spec
from landrelease.register import create_register, open_register
from landrelease.services import exporting, recording

SADD = [
    f"beneficiaries_{reach}_{group}"
    for reach in ("direct", "indirect")
    for group in ("men", "women", "boys", "girls")
]
COUNTED = dict.fromkeys(SADD, 3)
MINE_AREA = {"local_id": "A", "hazard_kind": "SHA", "place": "Mill"}
RECORDS = {
    "hazardous_area": {
        **MINE_AREA, **COUNTED, "evidence_place": "at the gate", "geo_safe": False, "gps_accuracy_m": 4.5,
    },
    "land_release_product": {
        "local_id": "P", "area": "A", "method": "cancelled", "stated_area_m2": 9.0, **COUNTED,
    },
    "activity": {
        "local_id": "H", "activity_type": "handover", "area": "A", "community_involved": True, **COUNTED,
    },
    "non_conformity": {"local_id": "N", "severity": "minor", "what": "x", "nature": "equipment"},
    "education_session": {
        "local_id": "E", "category": "direct", "place": "school", "girls": 9, "first_time": 4,
    },
    "victim": {"local_id": "V", "gender": "female", "tampered": False},
}  # fmt: skip


@pytest.fixture
def path(tmp_path):
    """A register with one record of each of these kinds."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    entries = [
        {"kind": kind, "body": body, "source": {"title": "Form"}} for kind, body in RECORDS.items()
    ]
    assert recording.record(found, {"entries": entries}, by="Ana")["warnings"] == []
    return found


@pytest.mark.parametrize("kind", list(RECORDS))
def test_a_field_of_the_minimum_data_has_a_place_and_is_exported(path, kind):
    """It is a field of its kind, stands in no attributes, and comes out in an internal export."""
    with open_register(path) as register:
        [record] = register.records(kind)
    assert "attributes" not in record.body
    out = path.parent / f"{kind}.csv"
    exporting.export(path, out, kind=kind, as_of=None, audience="internal")
    [row] = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    for name, value in RECORDS[kind].items():
        assert str(row[name]).casefold() == str(value).casefold()


def test_what_people_gain_is_for_partners_and_victims_for_few():
    """The public sees no beneficiaries; a victim's gender is internal, and no part of the identity."""
    area, victim = kind_spec("hazardous_area"), kind_spec("victim")
    assert {area.fields[name].audience for name in SADD} == {"partner"}
    assert {victim.fields[name].audience for name in ("gender", "tampered")} == {"internal"}
