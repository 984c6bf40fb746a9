"""What goes out comes back, for every kind; what other formats lose is what they say they lose."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrelease.domain.kinds import (
    CLAIMS,
    FieldSpec,
    KindSpec,
    check_body,
    codes,
    kind_spec,
    kinds_of_files,
)
from landrelease.exchange import (
    LOSSES,
    ExportTable,
    guess_mapping,
    list_layers,
    prepare,
    read_table,
    write_table,
)
from landrelease.exchange.writing import FORMATS, WRITERS

words = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)
dates = st.sampled_from(["2019", "2019-07", "2019-07-04"])
things = st.recursive(
    words | st.integers(-(2**40), 2**40) | st.booleans(),
    lambda inner: st.lists(inner, min_size=1, max_size=2) | st.dictionaries(words, inner, min_size=1, max_size=2),
    max_leaves=4,
)  # fmt: skip


claims = st.lists(
    st.fixed_dictionaries({"field": words, "value": things, "code": words, "message": words}),
    min_size=1,
    max_size=2,
)


def values(field: FieldSpec) -> st.SearchStrategy[Any]:
    """Any value that a field can have."""
    low, high = field.minimum, field.maximum
    if field.type in ("code", "codes"):
        one = st.sampled_from(sorted(codes(field.codes or "")))
        return one if field.type == "code" else st.lists(one, min_size=1, max_size=3, unique=True)
    if field is CLAIMS:
        return claims
    return {
        "integer": st.integers(int(low or 0), int(high or 2**40)),
        "number": st.floats(low or 0, high or 1e12),
        "boolean": st.booleans(),
        "date": dates,
        "links": st.lists(words, min_size=1, max_size=3, unique=True),
        "json": st.dictionaries(words, things, min_size=1, max_size=2),
        "opaque": st.uuids().map(str),
    }.get(field.type, words)


def records(spec: KindSpec) -> st.SearchStrategy[dict[str, Any]]:
    """Any record of a kind, as an export holds it."""
    fields = {name: values(field) for name, field in spec.fields.items()}
    needed = {name: value for name, value in fields.items() if spec.fields[name].required}
    common = {
        "local_id": words,
        "occurred_on": dates,
        "attributes": st.dictionaries(words, things, min_size=1, max_size=3),
    }
    rest = {name: value for name, value in fields.items() if name not in needed}
    return st.fixed_dictionaries(needed, optional={**rest, **common})


def shapes(spec: KindSpec) -> st.SearchStrategy[Any]:
    """Any place of a record of a kind."""
    west, south = st.floats(-170, 170), st.floats(-80, 80)
    if not spec.has_geometry:
        return st.none()
    boxes = st.builds(
        lambda x, y, w: shapely.box(x, y, x + w, y + w), west, south, st.floats(1e-5, 5)
    )
    points = st.builds(shapely.Point, west, south)
    return st.none() | {"polygon": boxes, "point": points}.get(spec.geometry, boxes | points)


def exported(kind: str, rows: list[tuple[dict[str, Any], Any]]) -> ExportTable:
    """Records as an export for the program's own use holds them."""
    spec = kind_spec(kind)
    array = np.array([shape for _, shape in rows], dtype=object)
    held = [{**record, "record_id": f"r-{n}"} for n, (record, _) in enumerate(rows)]
    fields = list(spec.fields.values())
    return ExportTable(kind, fields, held, array if spec.has_geometry else None)


def said(table: ExportTable) -> dict[str, tuple[dict[str, Any], str | None]]:
    """Body and date of each record by its id, as they are."""
    found = {}
    for number, row in enumerate(table.rows):
        body = {k: v for k, v in row.items() if k not in ("record_id", "occurred_on")}
        shape = None if table.geometries is None else table.geometries[number]
        if shape is not None:
            body["geometry"] = json.loads(shapely.to_geojson(shape))
        found[row["record_id"]] = (check_body(table.kind, body), row.get("occurred_on"))
    return found


def read(path: Any, kind: str | None = None, layer: str | None = None) -> dict[str, Any]:
    """Body and date of each record by its id, as they come back."""
    table = read_table(path, layer)
    rows = prepare(table, guess_mapping(table, kind)).rows
    return {row.identity.removeprefix("record:"): (row.body, row.occurred_on) for row in rows}


@pytest.mark.parametrize("kind", kinds_of_files())
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_record_of_any_kind_comes_back(tmp_path, kind, data):
    """Import of an export is what was exported, of every kind that files bring."""
    spec = kind_spec(kind)
    rows = data.draw(st.lists(st.tuples(records(spec), shapes(spec)), min_size=1, max_size=2))
    table = exported(kind, rows)
    for suffix in (".geojson", ".gpkg"):
        path = tmp_path / f"export{suffix}"
        path.unlink(missing_ok=True)
        write_table(path, [table])
        assert read(path) == said(table), suffix


def test_a_kind_named_twice_is_no_attribute(tmp_path):
    """An export of one kind that is read as that kind has nothing added to it."""
    table = exported("team", [({"name": "T-1"}, None)])
    path = tmp_path / "export.geojson"
    write_table(path, [table])
    assert read(path, "team") == read(path) == said(table)


LONG, LONGER = "x" * 300, "y" * 33_000
RICH = exported(
    "hazardous_area",
    [
        (
            {
                "local_id": "HA-1", "occurred_on": "2019-07", "hazard_kind": "SHA", "place": "mill",
                "status": "open", "stated_area_m2": 1234.1256789012346, "marked": False,
                "people_affected": 0, "ordnance": ["anti_personnel_mine", "other"],
                "split_from": ["a;b", "c"], "note": "=1+1", "name": LONG, "district": LONGER,
                "attributes": {"x": [1, {"y": True}]},
                "geometry_entered": {"text": "POINT (1 2)", "crs": "EPSG:3395"},
            },
            shapely.box(17, 44, 17.1, 44.1),
        ),
        ({"hazard_kind": "CHA", "status": "closed", "place": "mill", "note": ""}, None),
        (
            {"hazard_kind": "CHA", "status": "open", "people_affected": 5, "marked": True,
             "stated_area_m2": 0.0},
            shapely.Point(17.123456789012345, 44),
        ),
    ],
)  # fmt: skip

#: Format → field that comes back otherwise → the sentence of the export that says so.
_QUOTED = "Text that a spreadsheet would run as a formula gets an apostrophe before it."
_FIFTEEN = "Numbers keep fifteen digits, coordinates too."
_BESIDE = (
    "A point on each outline stands beside it (longitude, latitude), and comes back as attributes."
)
TOLD: dict[str, dict[str, str]] = {
    "geojson": {},
    "gpkg": {},
    "shapefile": {
        "name": "Text longer than 254 bytes is cut.",
        "district": "Text longer than 254 bytes is cut.",
        "geometry": "An outline may begin at another vertex and run the other way.",
    },
    "kml": {"stated_area_m2": _FIFTEEN, "geometry": _FIFTEEN},
    "csv": {"note": _QUOTED, "attributes": _BESIDE},
    "hxl": {"note": _QUOTED, "attributes": _BESIDE},
    "xlsx": {
        "district": "Text longer than 32,767 characters is cut, outlines among it.",
        "stated_area_m2": "Numbers keep fifteen digits.",
        "attributes": _BESIDE,
    },
}


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_what_is_lost_is_what_an_export_says(tmp_path, format):
    """Exported and read again: exactly the fields differ of which a printed sentence warns."""
    suffix = next(end for end, name in FORMATS.items() if name == format)
    path = tmp_path / f"export{suffix}"
    write_table(path, [RICH])
    back: dict[str, Any] = {}
    for layer in list_layers(path):
        back |= read(path, "hazardous_area", layer)
    before = said(RICH)
    assert set(back) == set(before), "a record is lost"
    assert {name: back[name][1] for name in back} == {name: before[name][1] for name in before}
    lost = {
        field
        for name, (body, _) in before.items()
        for field in {*body, *back[name][0]}
        if body.get(field) != back[name][0].get(field)
    }
    assert lost == set(TOLD[format])
    assert set(TOLD[format].values()) <= set(LOSSES[format])


def test_the_other_losses_are_true(tmp_path):
    """What this program makes good when it reads its own exports is lost to others all the same."""
    for name in ("a.zip", "a.kml", "a.csv", "a.hxl.csv", "a.xlsx"):
        write_table(tmp_path / name, [RICH])
    layers = list_layers(tmp_path / "a.zip")
    assert len(layers) == len(RICH.rows)  # a point, a polygon and none: three files
    shp = read_table(tmp_path / "a.zip", layers[0]).columns
    assert max(map(len, shp)) == 10
    for name in ("a.kml", "a.csv", "a.hxl.csv"):
        columns = read_table(tmp_path / name).columns
        assert all(isinstance(cell, str) for cell in columns["people_affected"] if cell is not None)
        numbers = [*columns["stated_area_m2"], *columns["marked"]]
        assert name == "a.kml" or all(isinstance(cell, str) for cell in numbers)
    for name in ("a.kml", "a.csv", "a.hxl.csv", "a.xlsx"):
        assert read_table(tmp_path / name).columns["ordnance"][0] == "anti_personnel_mine; other"
    tagged = read_table(tmp_path / "a.hxl.csv")
    assert len(tagged.tags) < len(tagged.columns)
