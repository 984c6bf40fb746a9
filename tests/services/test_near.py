"""What is known near a point is found across the 180th meridian and at the poles, on any date."""

import json

import pytest
import shapely

from landrelease.services import keeping, land

from .test_review import entry, record


def _shape(geometry):
    return json.loads(shapely.to_geojson(geometry))


@pytest.fixture
def register(tmp_path):
    """Hazards on both sides of the seam, one across it, one redrawn there, and at the poles."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    across = shapely.multipolygons(
        [shapely.box(179.9, 20, 180, 20.1), shapely.box(-180, 20, -179.9, 20.1)]
    )
    shapes = {
        "fiji": shapely.box(179.99, -17, 180, -16.99),
        "east": shapely.Point(179.9999, 10),
        "west": shapely.Point(-179.9999, 10),
        "across": across,
        "north": shapely.Point(90, 89.9999),
        "south": shapely.Point(0, -90),
        "redrawn": shapely.box(179.98, 30, 179.99, 30.01),
    }  # fmt: skip
    area = {"hazard_kind": "SHA"}
    record(
        path,
        *(
            entry("hazardous_area", {**area, "local_id": name, "geometry": _shape(shape)}, "2018")
            for name, shape in shapes.items()
        ),
        entry("resurvey", {"area": "redrawn", "geometry": _shape(shapely.box(179.98, 30, 180, 30.01))}, "2019"),
    )  # fmt: skip
    return path


@pytest.mark.parametrize("as_of", [None, "2020"])
@pytest.mark.parametrize(
    ("place", "radius_m", "names"),
    [
        ((-179.99999, -16.995), 1000, ["fiji"]),
        ((-179.9999, 10), 50, ["west", "east"]),
        ((180, 20.05), 10, ["across"]),
        ((-180, 20.05), 10, ["across"]),
        ((-179.9999, 30.005), 20, ["redrawn"]),
        ((-90, 89.9999), 50, ["north"]),
        ((0, 90), 50, ["north"]),
        ((45, -90), 10, ["south"]),
        ((0, 10), 10_000, []),
    ],
)
def test_near_goes_round_the_globe(register, as_of, place, radius_m, names):
    """The seam and the poles hide nothing, by the index and by the ledger alike."""
    found = land.near(register, *place, radius_m, as_of=as_of)["found"]
    assert [one["local_id"] for one in found] == names
