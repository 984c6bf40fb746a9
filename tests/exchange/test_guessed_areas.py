"""Areas that are guessed by the unit in their heading, and columns that the guess passes over."""

from __future__ import annotations

import pytest

from landrelease.exchange import guess_mapping, prepare, read_table, told_kept
from tests.exchange.bad_files import csv


def taken(folder, heading):
    """The stated area that is guessed of a column with «2», and the columns told as kept."""
    file = csv(folder, f"HA_ID;{heading};place;hazard_kind", "H-1;2;Mill;SHA", "H-2;;Mill;CHA")
    table = read_table(file)
    mapping = guess_mapping(table, "hazardous_area")
    found = told_kept(prepare(table, mapping), mapping)
    kept = [one.detail for one in found.issues if one.code == "columns_kept"]
    return found.rows[0].body.get("stated_area_m2"), kept


@pytest.mark.parametrize(
    ("heading", "m2"),
    [
        ("Area (m2)", 2), ("Area m²", 2), ("Area [sqm]", 2), ("Size m2", 2), ("AREA_SQ_M", 2), ("Stated area, m2", 2),
        ("Area (ha)", 2e4), ("Hectares", 2e4), ("area_in_ha", 2e4), ("Size (km²)", 2e6),
    ],
)  # fmt: skip
def test_an_area_is_known_by_its_unit(tmp_path, heading, m2):
    """Usual words for an area with the unit behind them are stated square metres."""
    assert taken(tmp_path, heading) == (m2, [])


@pytest.mark.parametrize("heading", ["AREA", "Size", "Date of entry", "Type"])
def test_what_no_field_takes_is_named(tmp_path, heading):
    """A column that may be anything is not guessed, and not passed over without a word."""
    assert taken(tmp_path, heading) == (None, [repr(heading)])


@pytest.mark.parametrize(("kind", "on"), [("hazardous_area", "2020-03-01"), ("land_release_product", None)])  # fmt: skip
def test_the_day_of_a_survey_dates_an_area_and_no_release(tmp_path, kind, on):
    """Land left on the day of its release, which is later; the type of hazard is read too."""
    file = csv(tmp_path, "ID;Survey date;Hazard type;place", "H-1;2020-03-01;CHA;Mill")
    mapping = guess_mapping(read_table(file), kind)
    [row] = prepare(read_table(file), mapping).rows
    assert row.occurred_on == on
    assert row.body.get("hazard_kind") == ("CHA" if on else None)
