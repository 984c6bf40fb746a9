"""Rows of totals are no records, and records are no rows of totals."""

from __future__ import annotations

import pytest

from landrelease.exchange import build_mapping, guess_mapping, prepare, read_table
from landrelease.terms import lay
from tests.exchange.bad_files import HA, csv

IDS = {**HA, "identity": {"local_id": "id"}, "geometry": {"longitude": "x", "latitude": "y"}}
NO_IDS = {name: rule for name, rule in IDS.items() if name != "identity"}
FIELDS = {"hazard_kind": {"constant": "SHA"}, "stated_area_m2": "m2", "district": "district"}


def waiting(folder, mapping, *lines):
    """Rows that were taken for totals, of a table with three hazards before them."""
    hazards = ["H1,Jajce,1000,17.2,44.5", "H2,Jajce,2000,17.3,44.5", "H3,Bugojno,3000,17.4,44"]
    file = csv(folder, "id,district,m2,x,y", *hazards, *lines)
    found = prepare(read_table(file), build_mapping({**mapping, "fields": FIELDS}, "case"))
    assert [row.row for row in found.rows] == list(range(1, 4 + len(lines)))
    return [row.row for row in found.rows if "row_of_totals" in {i.code for i in row.issues}]


@pytest.mark.parametrize("mapping", [IDS, NO_IDS], ids=["ids", "none"])
@pytest.mark.parametrize(
    "line",
    [
        "Total,,6000,,", "TOTAL:,,6000,,", "Grand total,,6000,,", "Sub-total,Jajce,3000,,", "Sum,,6000,,",
        ",Total,6000,,", "Jajce Total,,3000,,", "Total for Jajce,,3000,,", "Total (m2),,6000,,",
        "Ukupno,,6000,,", "Ukupno Jajce,,3000,,", "Всього:,,6000,,", "ИТОГО,,6000,,", "Общий итог,,6000,,",
        "Total général,,6000,,", "TOTAL GENERAL,,6000,,", "المجموع,,6000,,", "សរុប,,6000,,",
        "Genel Toplam,,6000,,", "Gesamtergebnis,,6000,,", "Tổng cộng,,6000,,", "Σ,,6000,,", "Total,,,,",
        "Total 2025,,6000,,",
    ],
)  # fmt: skip
def test_a_total_waits(tmp_path, mapping, line):
    """Whatever its language, marks and capitals, alone or with what it is the total of."""
    assert waiting(tmp_path, mapping, line) == [4]


@pytest.mark.parametrize(
    "line",
    [
        "Total,,6000,17.5,44.5",  # it lies somewhere
        "H4,Total,6000,,",  # it has an id of its own, whatever the place is called
        "Totalna,,6000,,", "Sumartin,,6000,,", "Sum Valley,,6000,,", "H-Total-7,,6000,,",
    ],
)  # fmt: skip
def test_a_record_is_no_total(tmp_path, line):
    """A position or an id of its own makes a record, and so do words that say more."""
    assert waiting(tmp_path, IDS, line) == []


def test_words_about_people_are_no_totals(tmp_path):
    """A row of words without a figure says how somebody was hurt."""
    file = csv(tmp_path, "injury,district", "Total,Jajce", "Partial,Jajce")
    found = prepare(read_table(file), build_mapping({"kind": "victim"}, "case"))
    assert "row_of_totals" not in {one.code for one in found.issues}


def test_a_national_list_adds_words(tmp_path):
    """A programme names its own word, and the shipped ones stay."""
    try:
        lay({"totals": {"totals": {"own": ["zusammen"]}}})
        assert waiting(tmp_path, IDS, "Zusammen,,6000,,", "Total,,6000,,") == [4, 5]
    finally:
        lay({})


@pytest.mark.parametrize(
    ("head", "line", "waits"),
    [
        ("district,accidents,killed", "Jajce,2,1", True),  # a public export
        ("district,Accidents,killed", "Jajce,1,1", True),
        ("district,accidents,killed,date", "Jajce,2,1,2024-08-01", False),  # an event has a date
        ("local_id,district,accidents,killed", "X-1,Jajce,2,1", False),
        ("district,accidents,killed", "Jajce,,1", False),
    ],
)
def test_a_count_of_accidents_is_no_accident(tmp_path, head, line, waits):
    """What the public sees of accidents comes back as totals: the same dead are not two."""
    table = read_table(csv(tmp_path, head, line))
    found = prepare(table, guess_mapping(table, "accident"))
    assert ("row_of_totals" in {one.code for one in found.issues}) == waits
    assert found.rows[0].quarantined == waits
