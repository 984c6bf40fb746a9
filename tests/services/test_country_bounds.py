"""Naming the country is enough to find slips of coordinates before any district is imported."""

from __future__ import annotations

import pytest

from landrelease.register import open_register
from landrelease.services import keeping, land, layers
from landrelease.terms import load_terms

from .test_review import entry, record

HEAD = "id,lat,lon,stated_area_m2\n"


def taken(tmp_path, country, *rows):
    """Issues by row of a table of hazardous areas, and the register's path."""
    path, file = tmp_path / "r.gpkg", tmp_path / "areas.csv"
    if not path.exists():
        keeping.init(path, country=country, name=None, by="Tester")
    file.write_text(HEAD + "\n".join(rows))
    call = layers.ImportCall(file, kind="hazardous_area", set_fields={"hazard_kind": "SHA"})
    found = layers.take_in(path, call, by="Tester")
    return {one["row"]: one["code"] for one in found["issues"] if one["row"]}, path


def test_slips_are_found_by_the_country_alone(tmp_path) -> None:
    """A lost sign, swapped axes within the poles and beyond them, another country; the good pass."""
    found, _ = taken(
        tmp_path,
        "LAO",
        "A,18,102.5,",
        "B,18,-102.5,",
        "C,48,2.5,",
        "D,102.5,18,",
        "E,-18,102.5,",
    )
    assert found == {2: "sign_missing", 3: "outside_country", 4: "axes_swapped", 5: "sign_missing"}


def test_swapped_axes_within_the_poles(tmp_path) -> None:
    """Bosnia lies at 44 north, 17 east; written the other way it lies in Saudi Arabia."""
    found, _ = taken(tmp_path, "BIH", "A,44.1,17.5,", "B,17.5,44.1,")
    assert found == {2: "axes_swapped"}


def test_a_country_on_both_sides_of_the_180th_meridian(tmp_path) -> None:
    """Fiji lies west and east of it; what is half the globe away does not."""
    found, _ = taken(tmp_path, "FJI", "A,-17,179,", "B,-17,-179.5,", "C,-17,20,")
    assert found == {3: "outside_country"}


def test_without_a_country_nothing_is_assumed(tmp_path) -> None:
    """The same rows raise no issue where no country is named."""
    assert taken(tmp_path, None, "A,18,-102.5,", "B,48,2.5,")[0] == {}


def test_districts_tell_more_than_bounds(tmp_path) -> None:
    """Once there are districts, what lies in no district is outside, though within the bounds."""
    square = [[[102, 17], [103, 17], [103, 19], [102, 19], [102, 17]]]
    border = {"type": "Polygon", "coordinates": square}
    _, path = taken(tmp_path, "LAO", "A,18,102.5,")
    record(path, entry("district", {"name": "Near", "geometry": border}))
    assert taken(tmp_path, "LAO", "B,18.1,102.5,", "C,15,106,")[0] == {2: "outside_country"}


@pytest.mark.parametrize(
    ("place", "code", "instead"),
    [
        ((44.5, 17.25), "axes_swapped", [17.25, 44.5]),
        ((-17.25, 44.5), "sign_missing", [17.25, 44.5]),
        ((100.0, 10.0), "outside_country", None),
    ],
)
def test_a_question_about_a_place_abroad_says_so(tmp_path, place, code, instead) -> None:
    """Who mixes up the axes asks about another country, where nothing is near: that is told."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country="BIH", name=None, by="Tester")
    told = land.near(path, *place)["outside"]
    assert (told["code"], told["instead"]) == (code, instead)
    assert f"{place[0]:.6f}, {place[1]:.6f}" in told["message"]
    assert land.near(path, 17.25, 44.5)["outside"] is None


def test_without_a_country_no_place_is_abroad(tmp_path) -> None:
    """Nothing is said of a place where nothing says where the country lies."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    assert land.near(path, 44.5, 17.25)["outside"] is None


@pytest.mark.parametrize(
    ("country", "row", "text"),
    [
        ("LAO", "A,102.5,18,500", "POINT (18 102.5)"),
        (None, "A,102.5,18,500", "POINT (18 102.5)"),
        (None, "A,95,200,500", "POINT (200 95)"),
        (None, "A,,102.5,500", "102.5"),
        (None, "A,north,102.5,500", "102.5, north"),
    ],
)
def test_what_was_entered_is_kept_where_the_place_is_not(tmp_path, country, row, text) -> None:
    """A row taken in for its stated area, or waiting, has its coordinates as they were written."""
    _, path = taken(tmp_path, country, row)
    with open_register(path) as register:
        stated = list(register.records("hazardous_area"))
        if stated:
            assert "geometry" not in stated[0].body
            assert text in stated[0].body["geometry_entered"]["text"]
        else:
            waiting = register.quarantine()[0].raw
            assert {waiting["lat"], waiting["lon"]} & {"102.5", 102.5, 18, "18"}


def test_the_table_says_where_it_comes_from_and_holds_every_state() -> None:
    """Every state of the vocabulary has bounds on earth, with their source and edition."""
    table = load_terms("country_bounds")
    assert "world-atlas" in table["source"]
    assert str(table["edition"]) == "2.0.2"
    assert set(load_terms("states")["states"]) <= set(table["bounds"])
    for west, south, east, north in table["bounds"].values():
        assert -180 <= west <= 180
        assert -180 <= east <= 180
        assert -90 <= south < north <= 90
