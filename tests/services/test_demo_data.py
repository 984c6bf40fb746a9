"""The fictional country holds together: land adds up, people add up, and it can be made again."""

from __future__ import annotations

import csv
import importlib.util
import json
from importlib.resources import files
from pathlib import Path

import pytest
import shapely
import yaml
from shapely.geometry import Point, shape

DATA = Path(str(files("landrelease.services"))) / "demo_data"
SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "make_demo_data.py"


def features(name):
    """Properties and geometries of a layer."""
    layer = json.loads((DATA / "layers" / f"{name}.geojson").read_text(encoding="utf-8"))
    return [(f["properties"], f["geometry"] and shape(f["geometry"])) for f in layer["features"]]


def rows(name):
    """Rows of a table."""
    with (DATA / "layers" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def areas():
    """Area number → outline, the re-surveyed one as it is now."""
    outlines = {p["area_no"]: g for p, g in features("hazardous_areas")}
    return outlines | {p["area_no"]: g for p, g in features("resurveys")}


def test_the_script_makes_the_same_files_again(tmp_path):
    """Running the script gives byte for byte the layers that are committed."""
    if not SCRIPT.is_file():
        pytest.skip("the script stands in the repository only")
    spec = importlib.util.spec_from_file_location("make_demo_data", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["make_demo_data"] = module
    spec.loader.exec_module(module)
    module.main(tmp_path)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert len(made) >= 12
    for name in made:
        assert (tmp_path / name).read_bytes() == (DATA / "layers" / name).read_bytes(), name


def test_everything_listed_is_there_and_small():
    """The manifest names existing files; all together stay below 400 kB."""
    manifest = yaml.safe_load((DATA / "demo.yaml").read_text(encoding="utf-8"))
    listed = [entry[key] for entry in manifest["layers"] for key in ("file", "mapping")]
    listed += [entry["file"] for entry in manifest["documents"]]
    listed += [*manifest["scenarios"], manifest["teams"]]
    for name in listed:
        assert (DATA / name).is_file(), name
    assert sum(p.stat().st_size for p in DATA.rglob("*") if p.is_file()) < 400_000


def test_districts_cover_the_island_without_overlap():
    """Six districts whose areas add up to that of their union."""
    shapes = [g for _, g in features("districts")]
    assert len(shapes) == 6
    union = shapely.union_all(shapes)
    assert union.geom_type == "Polygon"
    assert sum(g.area for g in shapes) == pytest.approx(union.area, rel=1e-9)


def test_released_land_lies_in_its_area_and_is_released_once(areas):
    """Every product is covered by its area, and products of one area do not overlap."""
    by_area: dict[str, list] = {}
    for properties, geometry in features("land_release"):
        area = areas[properties["area_no"]]
        assert geometry.difference(area).area < 1e-15, properties["product_no"]
        for other in by_area.setdefault(properties["area_no"], []):
            assert geometry.intersection(other).area < 1e-15
        by_area[properties["area_no"]].append(geometry)
    assert sum(map(len, by_area.values())) >= 35


def test_closed_areas_have_no_land_left(areas):
    """An area is closed or handed over only when its products cover it."""
    released: dict[str, list] = {}
    for properties, geometry in features("land_release"):
        released.setdefault(properties["area_no"], []).append(geometry)
    for name in ("areas_closed", "areas_handed_over"):
        for properties, _ in features(name):
            left = areas[properties["area_no"]].difference(
                shapely.union_all(released[properties["area_no"]])
            )
            assert left.area < 1e-15, properties["area_no"]


def test_one_accident_happened_on_released_land():
    """AX-014 alone lies in a product that was released before it."""
    products = [(p["date"], g) for p, g in features("land_release")]
    on_released = [
        accident["accident_no"]
        for accident in rows("accidents")
        if accident["longitude"]
        and any(
            day < accident["date"]
            and g.contains(Point(float(accident["longitude"]), float(accident["latitude"])))
            for day, g in products
        )
    ]
    assert on_released == ["AX-014"]


def test_people_add_up():
    """The victims of each accident are as many as it counts, and nobody has a name."""
    victims = rows("victims")
    for accident in rows("accidents"):
        for outcome in ("killed", "injured"):
            of_it = [
                v
                for v in victims
                if v["accident_no"] == accident["accident_no"] and v["outcome"] == outcome
            ]
            assert len(of_it) == int(accident[outcome])
    assert not {"name", "first_name", "family_name"} & set(victims[0])


def test_the_late_update_has_the_faults_it_promises():
    """Missing, crossing, swapped and doubled shapes, an impossible date and an unknown code."""
    update = features("update_2025")
    shapes = [g for _, g in update]
    assert sum(g is None for g in shapes) == 1
    assert sum(g is not None and not g.is_valid for g in shapes) == 1
    assert sum(g is not None and g.centroid.x > 0 for g in shapes) == 1
    properties = [json.dumps(p) for p, _ in update]
    assert len(properties) == len(set(properties)) + 1
    assert "2025-02-30" in " ".join(properties)
    assert '"certain"' in " ".join(properties)


def prepared(entry):
    """One layer of the manifest as the import prepares it."""
    exchange = pytest.importorskip("landrelease.exchange")
    pytest.importorskip("pyogrio", reason="needs the extra 'gis'")
    table = exchange.read_table(DATA / entry["file"])
    mapping = exchange.load_mapping(DATA / entry["mapping"])
    return exchange.prepare(table, mapping, country_bbox=(-29.6, 30.7, -28.8, 31.3))


def test_every_row_of_the_good_layers_can_be_taken_in():
    """With the mapping beside it, no row of any layer but the late update is quarantined."""
    manifest = yaml.safe_load((DATA / "demo.yaml").read_text(encoding="utf-8"))
    for entry in manifest["layers"]:
        made = prepared(entry)
        bad = [row.row for row in made.rows if row.quarantined]
        if "update_2025" in entry["file"]:
            assert bad == [3, 4, 9]
        else:
            assert bad == [], entry["file"]
            assert not [i for i in made.issues if i.severity != "note"], entry["file"]


def test_teams_and_scenarios_can_be_read():
    """The teams file holds three teams of three kinds; each scenario is one the models take."""
    from landrelease.models.scenario import read_scenario
    from landrelease.planning import read_teams

    assert len({team.activity_type for team in read_teams(DATA / "teams.yaml")}) == 3
    for path in sorted((DATA / "scenarios").iterdir()):
        scenario = read_scenario(json.loads(path.read_text(encoding="utf-8")))
        assert scenario.cohorts[0].name


def test_the_article_says_what_the_demonstration_is_about():
    """Five thousand mines supplied, inert within two weeks as claimed; the appeal is dropped."""
    from landrelease.evidence.extract import extract

    text = (DATA / "documents" / "courier-2025-03-06.txt").read_text(encoding="utf-8")
    found = extract(text, published="2025-03-06").as_json()
    by_category: dict[str, list] = {}
    for proposal in found["proposals"]:
        by_category.setdefault(proposal["category"], []).append(proposal["fields"])
    items = [item for transfer in by_category["transfer"] for item in transfer["items"]]
    assert 5000 in [item["quantity"] for item in items]
    assert 14 in [claim.get("duration_days") for claim in by_category["munition_claim"]]
    assert {"statement", "treaty_position", "use_allegation", "event"} <= set(by_category)
    dropped = " ".join(text[d["start"] : d["end"]] for d in found["dropped"])
    assert "support us with a monthly gift" in dropped
    assert "inert" not in dropped
