"""Any table under any mapping: every row has its place, and what is taken in is sound."""

import json

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.domain.kinds import check_body, kinds
from landrelease.errors import LandReleaseError
from landrelease.exchange import build_mapping, prepare
from landrelease.exchange.tables import SourceTable

COLUMNS = ["a", "b", "c"]
ODD = [
    "", "x", "44.1", "17.2", "2019", "2,006", "03/04/2019", "=1", "mill; x", '{"a":1}', "[1]", "[",
    "POINT (1 2)", "POLYGON EMPTY", "33TXN1234", "N/A", None, 1, 2.5, True, [1, "a"], {"a": 1}, "-1",
    "1e400", "NaN", "9" * 400, "Ã©", "12°61'", "1.234.567", 10**30, -5, "SHA", "accident", "open",
]  # fmt: skip
SHAPES = [
    None, shapely.Point(17, 44), shapely.box(0, 0, 1, 1), shapely.Polygon(), shapely.Point(np.nan, 1),
    shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), shapely.Point(500, 500),
    shapely.MultiPolygon([shapely.box(0, 0, 9, 9), shapely.box(1, 1, 2, 2)]),
    shapely.LineString([(0, 0), (1, 1)]), shapely.GeometryCollection([shapely.Point(0, 0)]),
    shapely.Polygon([(0, 0), (1, 1), (2, 2)]),
]  # fmt: skip

column = st.sampled_from([*COLUMNS, "absent"])
rule = st.one_of(
    column,
    st.fixed_dictionaries({"columns": st.lists(column, min_size=2, max_size=2)}, optional={"otherwise": st.just("x")}),
    st.fixed_dictionaries({"column": column, "values": st.just({"x": "open", "1": 1, "y": None})}),
    st.fixed_dictionaries({"column": column, "separator": st.just(";"), "unit": st.sampled_from(["ha", "acre"])}),
)  # fmt: skip
geometry = st.one_of(
    st.fixed_dictionaries({"column": column}),
    st.fixed_dictionaries({"text": column}),
    st.fixed_dictionaries({"longitude": column, "latitude": column}),
    st.fixed_dictionaries({"easting": column, "northing": column, "zone": column}),
    st.fixed_dictionaries({"origin": st.just([17, 44]), "bearing": column, "distance_m": column}),
    st.just({"swap_axes": True}),
    st.fixed_dictionaries({"text": column, "separator": st.just(";")}),
    st.fixed_dictionaries(
        {
            "points": st.lists(
                st.fixed_dictionaries({"longitude": column, "latitude": column}),
                min_size=1,
                max_size=4,
            )
        }
    ),
    st.fixed_dictionaries(
        {
            "longitude": column,
            "latitude": column,
            "bearing": column,
            "distance_m": column,
            "north": st.just("magnetic"),
            "declination": column | st.floats(-30, 30),
        }
    ),
)


@st.composite
def mappings(draw):
    """Any mapping of one kind."""
    kind = draw(st.sampled_from(sorted(kinds())))
    fields = st.dictionaries(st.sampled_from(sorted(kinds()[kind].fields)), rule, max_size=4)
    optional = {
        "geometry": geometry,
        "vertices": st.fixed_dictionaries({"outline": column}, optional={"order": column, "type": column, "point": column, "measured_from": column}),
        "action": st.fixed_dictionaries({"column": column, "values": st.just({"x": "hazardous_area.closed", "1": None}), "otherwise": st.sampled_from([None, "record.amended"])}),
        "crs": st.sampled_from(["EPSG:4326", "EPSG:32633", "EPSG:nope"]),
        "identity": st.dictionaries(st.sampled_from(["local_id", "source_id", "record_id"]), column, max_size=1),
        "occurred_on": st.one_of(column, st.fixed_dictionaries({"year": column, "month": column})),
        "mend": st.dictionaries(column, st.sampled_from([{"thousands": ","}, {"digits": 5}, {"separator": ";"}])),
        "stored_area": column,
        "attributes": st.sampled_from(["rest", "none", ["a"]]),
        "thousands": st.sampled_from([",", "."]),
    }  # fmt: skip
    return {
        "kind": kind,
        "fields": draw(fields),
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }


rows = st.lists(
    st.tuples(*[st.sampled_from(ODD)] * len(COLUMNS), st.sampled_from(SHAPES)), max_size=12
)


@settings(max_examples=300, deadline=None)
@given(
    mapping=mappings(),
    rows=rows,
    crs=st.sampled_from([None, "EPSG:4326", "EPSG:28992"]),
    mapped=st.booleans(),
)
def test_any_table_under_any_mapping(mapping, rows, crs, mapped):
    """Rows stay in order and number; bodies taken in are complete, checked and proper JSON."""
    columns = {name: [row[i] for row in rows] for i, name in enumerate(COLUMNS)}
    shapes = np.array([row[-1] for row in rows] + [None], dtype=object)[: len(rows)]
    table = SourceTable("t", columns, len(rows), shapes if mapped else None, crs)
    try:
        rules = build_mapping(mapping, "m")
        found = prepare(table, rules, country_bbox=(15, 42, 20, 46))
    except LandReleaseError:
        return
    assert build_mapping(rules.as_dict(), "again") == rules
    made = len(found.rows) if "vertices" in mapping else len(rows)
    assert [row.row for row in found.rows] == list(range(1, made + 1))
    for row in found.rows:
        json.dumps(row.body, allow_nan=False)
        json.dumps(row.raw, default=str)
        if not row.quarantined:
            assert check_body(row.kind, row.body) == row.body
