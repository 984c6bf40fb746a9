"""Areas of a district, by whatever it goes by."""

from __future__ import annotations

import pytest

from landrelease.errors import NotFoundError
from landrelease.register import open_register
from landrelease.services import keeping, land, review

from .test_review import HALF, SQUARE, entry, record


@pytest.fixture
def register(tmp_path):
    """A province with two districts of which one shares its name with another province's."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    units = [
        {"name": "North", "code": "N"},
        {"name": "San Juan", "code": "N1", "parent": "N"},
        {"name": "Mill", "code": "N2", "parent": "North"},
        {"name": "San Juan", "code": "S1"},
    ]
    said = ["San Juan", "N1", "Mill", "mill", "S1", "Nowhere"]
    areas = [
        {"local_id": f"A-{n}", "hazard_kind": "SHA", "stated_area_m2": 1.0, "district": one}
        for n, one in enumerate(said)
    ]
    record(path, *(entry("district", unit) for unit in units))
    record(path, *(entry("hazardous_area", area, "2019") for area in areas))
    return path


@pytest.mark.parametrize(
    ("district", "due"),
    [
        ("N2", ["A-2", "A-3"]),
        ("Mill", ["A-2", "A-3"]),
        ("N1", ["A-1"]),
        ("N", ["A-1", "A-2", "A-3"]),
        ("san juan", ["A-0", "A-1", "A-4"]),
        ("nowhere", ["A-5"]),
    ],
)
def test_areas_are_found_by_name_or_p_code(register, district, due) -> None:
    """However the records name it; a name of two finds all that may lie in either."""
    found = land.areas(register, wanted=land.AreaFilter(district=district))
    assert [area["local_id"] for area in found["areas"]] == due


def test_an_area_that_names_no_district_lies_where_its_ground_does(register) -> None:
    """It is found by its outline, in every district that it reaches into."""
    record(register, entry("district", {"name": "East", "code": "E", "geometry": HALF}))
    area = {"local_id": "A-9", "hazard_kind": "SHA", "geometry": SQUARE}
    record(register, entry("hazardous_area", area, "2019"))
    for district, due in {"E": ["A-9"], "east": ["A-9"], "N2": ["A-2", "A-3"]}.items():
        found = land.areas(register, wanted=land.AreaFilter(district=district))
        assert [one["local_id"] for one in found["areas"]] == due


def test_a_district_that_nothing_goes_by_is_refused(register) -> None:
    """An empty answer would read as a district without hazards; a real one may be empty."""
    with pytest.raises(NotFoundError, match="Atlantis"):
        land.areas(register, wanted=land.AreaFilter(district="Atlantis"))
    record(register, entry("district", {"name": "Calm", "code": "C"}))
    assert land.areas(register, wanted=land.AreaFilter(district="calm"))["count"] == 0
    found = land.areas(register, wanted=land.AreaFilter(district="N2", search="A-0"))
    assert found["count"] == 0


def box(west, east):
    """Ground of a district or an area."""
    ring = [[west, 10], [east, 10], [east, 10.1], [west, 10.1], [west, 10]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def neighbours(tmp_path):
    """Two neighbours with borders, and areas that name one and lie in the other, or in none."""
    path = tmp_path / "n.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    point = {"type": "Point", "coordinates": [11.6, 10.05]}
    said = {
        "right": {"district": "Jajce", "geometry": box(11.1, 11.2)},
        "wrong": {"district": "Jajce", "geometry": box(11.6, 11.7)},
        "across": {"district": "Jajce", "geometry": box(11.4, 11.6)},
        "point": {"district_code": "J", "geometry": point},
        "abroad": {"district": "Jajce", "geometry": box(13, 13.1)},
        "touching": {"district": "Jajce", "geometry": box(11.5, 11.55)},
        "plain": {"district": "sipovo", "stated_area_m2": 700.0},
        "lost": {"district": "Xipovo", "stated_area_m2": 50.0},
        "lost too": {"district": "Xipovo", "geometry": box(11.8, 11.9)},
    }
    record(
        path,
        entry("district", {"name": "Jajce", "code": "J", "geometry": box(11, 11.5)}),
        entry("district", {"name": "Šipovo", "code": "S", "geometry": box(11.5, 12)}),
        *(
            entry("hazardous_area", {"local_id": name, "hazard_kind": "SHA", **body}, "2019")
            for name, body in said.items()
        ),
    )
    return path


def found_in(path, district):
    """Local ids of the areas of a district."""
    found = land.areas(path, wanted=land.AreaFilter(district=district))["areas"]
    return {area["local_id"] for area in found}


def test_an_area_is_found_by_the_district_it_names_and_by_that_in_which_it_lies(neighbours):
    """Whoever asks for the hazards of a district gets all that the account counts there."""
    named = {"right", "wrong", "across", "point", "abroad", "touching"}
    assert found_in(neighbours, "Jajce") == named
    theirs = {"wrong", "point", "touching", "plain", "lost too"}
    for words in ("Šipovo", "sipovo", "SIPOVO", "S"):
        assert found_in(neighbours, words) == theirs
    assert found_in(neighbours, "xipovo") == {"lost", "lost too"}


def test_an_area_that_lies_in_another_district_than_it_names_is_a_conflict(neighbours):
    """With the district in which it lies; what crosses the border is none, a shared line is."""
    told = {}
    for one in conflicts(neighbours, "district_contradicted"):
        told[names_of(neighbours, one["records"])[0]] = one["message"]
    assert told == {
        "wrong": "the area names the district Jajce, and lies in Šipovo",
        "point": "the area names the district Jajce, and lies in Šipovo",
        "touching": "the area names the district Jajce, and lies in Šipovo",
        "abroad": "the area names the district Jajce, and lies outside its border",
    }
    assert land.balance(neighbours)["conflicts"] == len(conflicts(neighbours))


def test_a_district_that_nobody_recorded_is_told_once_with_its_areas(neighbours):
    """A name that differs in accents is known; each other is one conflict."""
    [one] = conflicts(neighbours, "district_unknown")
    assert set(names_of(neighbours, one["records"])) == {"lost", "lost too"}
    assert one["message"].startswith("2 areas name the district 'Xipovo'")
    assert land.balance(neighbours, scope="Sipovo")["stated"] == {"areas": 1, "m2": 700.0}


def test_a_name_as_it_is_written_goes_before_one_with_other_accents(tmp_path):
    """Two districts may differ in accents alone."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    record(path, entry("district", {"name": "Rača"}), entry("district", {"name": "Raca"}))
    for name in ("Rača", "Raca"):
        area = {"local_id": name, "hazard_kind": "SHA", "stated_area_m2": 1.0, "district": name}
        record(path, entry("hazardous_area", area))
    assert found_in(path, "rača") == {"Rača"}
    assert found_in(path, "RACA") == {"Raca"}
    assert conflicts(path) == []


def test_without_districts_no_name_is_unknown(tmp_path):
    """A register that holds no district knows nothing better than its areas' words."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    area = {"local_id": "A", "hazard_kind": "SHA", "stated_area_m2": 1.0, "district": "Anywhere"}
    record(path, entry("hazardous_area", area))
    assert conflicts(path) == []


def conflicts(path, code=None):
    """What the register lists, of one code or of all."""
    found = review.conflicts(path)["conflicts"]
    return [one for one in found if code in (None, one["code"])]


def names_of(path, record_ids):
    """Local ids or names of records."""
    with open_register(path) as register:
        return [register.record(one).local_id for one in record_ids]
