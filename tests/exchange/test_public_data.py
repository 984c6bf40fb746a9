"""The real public layers, each by its mapping file: their truths and oddities."""

from collections import Counter
from pathlib import Path

import pytest
import shapely

from landrelease.errors import InputError
from landrelease.exchange import by_code, load_mapping, prepare, read_source, read_table
from landrelease.geometry import area_m2, distance_m, unite

pytestmark = pytest.mark.data

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def prepared(path, mapping, **told):
    """Rows of one file by its mapping file."""
    table, rules = read_source(path, load_mapping(EXAMPLES / f"{mapping}.yaml"))
    return prepare(table, rules, **told)


def test_every_mapping_file_loads():
    """The examples are valid; each is used here, for Bosnia, or for survey sheets."""
    names = {path.stem for path in EXAMPLES.glob("*.yaml")}
    assert len([load_mapping(EXAMPLES / f"{name}.yaml") for name in names]) == 14


@pytest.fixture(scope="module")
def colombia(shared):
    """All thirty years of events."""
    files = sorted((shared / "data/colombia-map-muse-events").glob("*.json"))
    return [prepared(path, "colombia-events") for path in files]


@pytest.fixture(scope="module")
def bosnian_outline(shared):
    """The country as the union of its municipalities."""
    return unite(read_table(shared / "data/bih-mines/cantons.geojson").geometry)


def test_colombian_events_become_records_of_their_kinds(colombia):
    """36,527 rows, none lost; each type of event is its kind of record."""
    kinds = Counter(row.kind for part in colombia for row in part.rows)
    assert sum(kinds.values()) == 36_527
    assert kinds["accident"] == 6_667 + 242
    assert (kinds["activity"], kinds["hazardous_area"]) == (24_136, 1_908)
    assert not any(row.quarantined for part in colombia for row in part.rows)
    assert len({row.identity for part in colombia for row in part.rows}) == 36_527


def test_the_year_stands_under_its_non_ascii_key(colombia):
    """AÑO is the date, to the year; nothing finer is invented."""
    dates = Counter(row.occurred_on for part in colombia for row in part.rows)
    assert min(dates) == "1990"
    assert max(dates) == "2019"
    assert all(len(date) == 4 for date in dates)


def test_the_longitude_without_its_minus_sign_is_named(colombia):
    """One point of 2004, found without knowing the country; knowing it, the point waits."""
    named = [i for part in colombia for i in part.issues if i.code == "sign_missing"]
    assert len(named) == 1
    assert "74.234167" in named[0].message


def test_knowing_the_country_the_misplaced_point_waits(shared):
    """With the country's box the fault is certain, so that the point is not put on the map."""
    path = shared / "data/colombia-map-muse-events/2004.json"
    found = prepared(path, "colombia-events", country_bbox=(-82.0, -4.3, -66.8, 13.4))
    assert [row.geometry.x for row in found.rows if row.quarantined] == [pytest.approx(74.234167)]


def test_colombian_victims_are_all_kept(shared):
    """3,769 rows alike are people; years and codes lose their thousands separators."""
    found = prepared(shared / "data/colombia-victims/victims_2017-10.csv", "colombia-victims")
    codes = by_code(found.issues)
    assert (len(found.rows), sum(row.quarantined for row in found.rows)) == (11_498, 0)
    assert codes["duplicate_row"] == 3_769
    assert codes["number_separators"] == 2
    first = found.rows[0]
    assert first.occurred_on == "2006-01"
    assert first.body["attributes"]["codigodanemunicipio"] == "05313"
    outcomes = Counter(row.body["outcome"] for row in found.rows)
    assert outcomes == {"injured": 9_225, "killed": 2_273}
    assert Counter(row.body["age_group"] for row in found.rows)["unknown"] == 45


AMSTERDAM = [
    ("amsterdam-released", "gevrijwaard_gebied", 19),
    ("amsterdam-craters", "inslagen", 27),
    ("amsterdam-suspected", "verdachte_gebieden", 4),
    ("amsterdam-surveys", "reeds_uitgevoerd_ce_onderzoek", 9),
]


@pytest.mark.parametrize(("mapping", "name", "count"), AMSTERDAM)
def test_amsterdam_is_read_on_the_dutch_grid(shared, mapping, name, count):
    """Rows, dates and stored areas are right: no area differs by two per cent."""
    found = prepared(shared / "data/amsterdam-explosives-map" / f"{name}.csv", mapping)
    assert len(found.rows) == count
    assert not any(row.quarantined for row in found.rows)
    assert "stored_area_differs" not in by_code(found.issues)
    entered = found.rows[0].body["geometry_entered"]
    assert entered["crs"] == "EPSG:28992"


def test_the_shift_of_the_shapefile_is_not_made(shared):
    """The .prj is refused by itself; with the mapping both files put the same area in one place."""
    folder = shared / "data/amsterdam-explosives-map"
    layer = folder / "Gevrijwaard_gebied_test.shp"
    table, rules = read_source(layer, load_mapping(EXAMPLES / "amsterdam-released.yaml"))
    with pytest.raises(InputError) as caught:
        prepare(table, rules.model_copy(update={"crs": None}))
    assert caught.value.code == "crs_without_datum"
    found = prepare(table, rules)
    (warning,) = [one for one in found.issues if one.code == "crs_contradicting"]
    assert "115.6 m" in warning.message
    same = {
        r.local_id: r
        for r in prepared(folder / "gevrijwaard_gebied.csv", "amsterdam-released").rows
    }
    for row in found.rows:
        one, two = row.geometry.centroid, same[row.local_id].geometry.centroid
        assert distance_m(one.x, one.y, two.x, two.y) < 1


def test_noaa_areas_are_measured_truly(shared):
    """Stored in World Mercator 97,541 km², in truth 62,248; each area differs and is named."""
    path = shared / "data/noaa-uxo/UnexplodedOrdnance/UnexplodedOrdnance.gdb"
    found = prepared(path, "noaa-uxo")
    codes = by_code(found.issues)
    assert (len(found.rows), codes["stored_area_differs"], codes["geometry_invalid_repaired"]) == (
        130,
        130,
        1,
    )
    stored = sum(row.body["attributes"]["SHAPE_Area"] for row in found.rows)
    measured = area_m2([row.geometry for row in found.rows])
    assert stored / 1e6 == pytest.approx(97_541, abs=1)
    assert measured.sum() / 1e6 == pytest.approx(62_248, rel=1e-3)
    ratios = [
        row.body["attributes"]["SHAPE_Area"] / m
        for row, m in zip(found.rows, measured, strict=True)
    ]
    assert (min(ratios), max(ratios)) == (
        pytest.approx(1.06, abs=0.01),
        pytest.approx(3.77, abs=0.01),
    )


def test_explosive_weapons_with_their_tags(shared):
    """2,083 rows under a row of tags: misspelt and missing ones are named, joined values split."""
    folder = shared / "data/explosive-weapons-hxl"
    found = prepared(next(folder.glob("*.xlsx")), "explosive-weapons-hxl")
    messages = {
        code: [i.message for i in found.issues if i.code == code] for code in by_code(found.issues)
    }
    assert len(found.rows) == len({row.source_id for row in found.rows}) == 2_083
    assert any("#explosives_lauuch_type" in text for text in messages["hxl_tag_unknown"])
    assert len(messages["hxl_tag_missing"]) == 3
    assert "MetaData&Notes" in messages["sheets_not_read"][0]
    sectors = Counter(len(row.body["attributes"].get("Sector Affected", [])) for row in found.rows)
    assert sectors[2] > 150


def test_twenty_incidents_lie_outside_bosnia(shared, bosnian_outline):
    """Taken in and named, by the outline of the municipalities."""
    path = shared / "data/bih-mines/incidents.geojson"
    found = prepared(path, "bih-mines-incidents", country_outline=bosnian_outline)
    assert by_code(found.issues)["outside_country"] == 20
    assert not any(row.quarantined for row in found.rows)


def test_suspected_and_cleared_overlap(shared):
    """1.14 km² are both suspected and cleared: a conflict that the register can show."""
    folder = shared / "data/bih-mines"
    suspected = prepared(folder / "suspect_areas_simplyfied.geojson", "bih-mines-suspected")
    cleared = prepared(folder / "cleared_areas_simplyfied.geojson", "bih-mines-cleared")
    grounds = [
        unite(row.geometry for row in part.rows if row.geometry) for part in (suspected, cleared)
    ]
    overlap = shapely.intersection(*grounds)
    assert area_m2(overlap) / 1e6 == pytest.approx(1.14, rel=0.02)
    assert area_m2(grounds[1]) / 1e6 == pytest.approx(38.6, rel=0.01)
