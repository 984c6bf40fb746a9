"""Bad files of our own making: one for each code that an import can give."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

SQUARE = [[17.0, 44.0], [17.1, 44.0], [17.1, 44.1], [17.0, 44.1], [17.0, 44.0]]


OWN_ID = "7d444840-9dc0-41d1-b245-5ffdce74fad2"


def polygon(*rings: Any) -> dict[str, Any]:
    """A GeoJSON polygon."""
    return {"type": "Polygon", "coordinates": list(rings)}


def point(x: Any, y: Any) -> dict[str, Any]:
    """A GeoJSON point."""
    return {"type": "Point", "coordinates": [x, y]}


def line(corners: Any) -> dict[str, Any]:
    """A GeoJSON line."""
    return {"type": "LineString", "coordinates": corners}


def collection(*shapes: Any) -> dict[str, Any]:
    """A GeoJSON collection."""
    return {"type": "GeometryCollection", "geometries": list(shapes)}


def geojson(folder: Path, *geometries: Any, **properties: Any) -> Path:
    """A FeatureCollection; properties that are lists give one value a feature."""
    features = [
        {
            "type": "Feature",
            "geometry": shape,
            "properties": {k: v[i] if isinstance(v, list) else v for k, v in properties.items()},
        }
        for i, shape in enumerate(geometries)
    ]
    path = folder / "layer.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def csv(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "table.csv") -> Path:
    """A table of text."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding)
    return path


def gridded() -> list[dict[str, Any]]:
    """Thirty points of one neighbourhood."""
    return [point(-75 - i / 100, 4 + i / 50) for i in range(30)]


def shapefile(folder: Path, page: str | None = None, **columns: list[Any]) -> Path:
    """A Shapefile of points, and what its .cpg says instead of UTF-8."""
    import shapely
    from pyogrio import raw

    count = len(next(iter(columns.values())))
    points = shapely.to_wkb(shapely.points([(17 + i / 10, 44) for i in range(count)]))
    path = folder / "points.shp"
    raw.write(
        str(path), points, [np.array(v, dtype=object) for v in columns.values()],
        np.array(list(columns), dtype=object), crs="EPSG:4326", geometry_type="Point",
        driver="ESRI Shapefile",
    )  # fmt: skip
    if page is not None:
        path.with_suffix(".cpg").write_text(page)
    return path


def without_table(folder: Path) -> Path:
    """A Shapefile whose .dbf was not sent along."""
    path = shapefile(folder, name=["a"])
    path.with_suffix(".dbf").unlink()
    return path


def workbook(folder: Path, *rows: list[Any], merged: str | None = None) -> Path:
    """A workbook whose formulas have no result, as openpyxl writes them; perhaps with merged cells."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged is not None:
        book.active.merge_cells(merged)
    path = folder / "book.xlsx"
    book.save(path)
    return path


def two_layers(folder: Path) -> Path:
    """A GeoPackage with two layers of one point with height each."""
    import shapely
    from pyogrio import raw

    path = folder / "two.gpkg"
    for name in ("one", "two"):
        raw.write(
            str(path), shapely.to_wkb([shapely.Point(17, 44, 350)]), [np.array([1])],
            np.array(["n"], dtype=object), crs="EPSG:4326", geometry_type="Point Z", layer=name,
        )  # fmt: skip
    return path


NO_DATUM = """PROJCS["Double_Stereographic",GEOGCS["GCS_Bessel 1841",DATUM["D_unknown",
SPHEROID["bessel",6377397.155,299.1528128]],PRIMEM["Greenwich",0],UNIT["Degree",
0.017453292519943295]],PROJECTION["Double_Stereographic"],PARAMETER["latitude_of_origin",
52.15616055555555],PARAMETER["central_meridian",5.38763888888889],PARAMETER["scale_factor",
0.9999079],PARAMETER["false_easting",155000],PARAMETER["false_northing",463000],UNIT["Meter",1]]"""


def dutch(folder: Path) -> Path:
    """A Shapefile on the Dutch grid whose .prj names no datum."""
    import shapely
    from pyogrio import raw

    path = folder / "dutch.shp"
    raw.write(
        str(path), shapely.to_wkb([shapely.Point(122_000, 489_000)]), [np.array([1])],
        np.array(["n"], dtype=object), crs="EPSG:28992", geometry_type="Point",
        driver="ESRI Shapefile",
    )  # fmt: skip
    path.with_suffix(".prj").write_text(NO_DATUM.replace("\n", ""), "ascii")
    return path


def survey(folder: Path, *lines: str) -> Path:
    """A table with one point of an outline a row."""
    return csv(folder, "PolyID,PointNo,PointType,X,Y,Bearing,Distance,Village", *lines)


CORNERS = [
    "A,1,SP,17.0,44.0,,",
    "A,2,TP,17.1,44.0,,",
    "A,3,TP,17.1,44.1,,",
    "A,4,TP,17.0,44.1,,,mill",
]

SURVEY: Mapping[str, Any] = {
    "kind": "hazardous_area",
    "identity": {"local_id": "PolyID"},
    "vertices": {"outline": "PolyID", "order": "PointNo", "type": "PointType"},
    "geometry": {"longitude": "X", "latitude": "Y", "bearing": "Bearing", "distance_m": "Distance"},
    "fields": {"hazard_kind": {"constant": "SHA"}, "place": "Village"},
}

CLOSING: Mapping[str, Any] = {"column": "s", "values": {"closed": "hazardous_area.closed"}}

HA: Mapping[str, Any] = {"kind": "hazardous_area", "fields": {"hazard_kind": {"constant": "SHA"}}}
AX: Mapping[str, Any] = {"kind": "accident"}


def _with(base: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {**base, **more, "fields": {**base.get("fields", {}), **more.get("fields", {})}}


Case = tuple[Callable[[Path], Path], Mapping[str, Any], Mapping[str, Any]]

#: Code → how to make the file, its mapping, and what else `prepare` is told.
CASES: Mapping[str, Case] = {
    "geometry_missing": (lambda d: geojson(d, None), HA, {}),
    "geometry_empty": (lambda d: geojson(d, polygon()), HA, {}),
    "geometry_absent": (
        lambda d: geojson(d, None, place="by the mill"),
        _with(HA, fields={"place": "place"}),
        {},
    ),
    "geometry_malformed": (lambda d: geojson(d, {"type": "Polygon", "coordinates": [[1, 2]]}), HA, {}),
    "geometry_type_unexpected": (lambda d: geojson(d, polygon(SQUARE)), AX, {}),
    "geometry_collection": (lambda d: geojson(d, collection(polygon(SQUARE), point(17.05, 44.05))), HA, {}),
    "geometry_without_ground": (lambda d: geojson(d, line(SQUARE)), HA, {}),
    "geometry_invalid_repaired": (
        lambda d: geojson(d, polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]])), HA, {},
    ),
    "ring_not_closed": (lambda d: geojson(d, polygon(SQUARE[:-1])), HA, {}),
    "too_few_points": (lambda d: geojson(d, polygon([[0, 0], [1, 1], [0, 0]])), HA, {}),
    "zero_area": (lambda d: geojson(d, polygon([[0, 0], [1, 1], [2, 2], [0, 0]])), HA, {}),
    "duplicate_vertex": (lambda d: geojson(d, polygon([SQUARE[0], *SQUARE])), HA, {}),
    "duplicate_geometry": (lambda d: geojson(d, polygon(SQUARE), polygon(SQUARE), n=[1, 2]), HA, {}),
    "duplicate_row": (
        lambda d: csv(d, "estado", "Herido", "Herido"), {"kind": "victim"}, {},
    ),
    "duplicate_id": (
        lambda d: geojson(d, polygon(SQUARE), point(1, 1), local_id=["A-1", "A-1"]),
        _with(HA, identity={"local_id": "local_id"}),
        {},
    ),
    "ring_nested_wrongly": (
        lambda d: geojson(d, polygon(SQUARE, [[x + 1, y] for x, y in SQUARE])), HA, {},
    ),
    "coordinate_impossible": (lambda d: geojson(d, point(17, 144)), AX, {}),
    "coordinate_unreadable": (
        lambda d: csv(d, "position", "behind the school"), _with(AX, geometry={"text": "position"}), {},
    ),
    "utm_letter_ambiguous": (
        lambda d: csv(d, "position", "38S 443000 3686000"), _with(AX, geometry={"text": "position"}), {},
    ),
    "axes_swapped": (lambda d: geojson(d, point(44.1, 17.1)), AX, {"country_bbox": (15, 42, 20, 46)}),
    "sign_missing": (lambda d: geojson(d, *gridded(), point(75.1, 4.2)), AX, {}),
    "outside_country": (lambda d: geojson(d, point(5, 44)), AX, {"country_bbox": (15, 42, 20, 46)}),
    "far_from_layer": (lambda d: geojson(d, *gridded(), point(10, 60)), AX, {}),
    "crs_missing": (
        lambda d: csv(d, "wkt", "POINT (500000 4649776)"), _with(AX, geometry={"column": "wkt"}), {},
    ),
    "crs_contradicting": (dutch, _with(AX, crs="EPSG:28992"), {}),
    "crs_without_datum": (dutch, AX, {}),
    "stored_area_differs": (
        lambda d: geojson(d, polygon(SQUARE), stated_area_m2=5.0), _with(HA, stored_area="stated_area_m2"), {},
    ),
    "code_unknown": (
        lambda d: geojson(d, point(17, 44), setting="volcano"), _with(AX, fields={"setting": "setting"}), {},
    ),
    "number_separators": (
        lambda d: geojson(d, point(17, 44), killed="1.234.567"), _with(AX, fields={"killed": "killed"}), {},
    ),
    "id_resembles": (
        lambda d: geojson(d, polygon(SQUARE), point(1, 1), local_id=["HA-101", "ha\u2011101"]),
        _with(HA, identity={"local_id": "local_id"}),
        {},
    ),
    "ids_with_point": (
        lambda d: geojson(d, point(17, 44), point(17.1, 44), local_id=["101.0", "102.0"]),
        _with(AX, identity={"local_id": "local_id"}),
        {},
    ),
    "leading_zeros_lost": (
        lambda d: geojson(d, point(17, 44), c="5"), _with(AX, mend={"c": {"digits": 2}}), {},
    ),
    "number_ambiguous": (
        lambda d: geojson(d, point(17, 44), killed="1,234"), _with(AX, fields={"killed": "killed"}), {},
    ),
    "number_invalid": (
        lambda d: geojson(d, point(17, 44), killed="many"), _with(AX, fields={"killed": "killed"}), {},
    ),
    "date_invalid": (
        lambda d: geojson(d, point(17, 44), date="2023-02-30"), _with(AX, occurred_on="date"), {},
    ),
    "date_ambiguous": (
        lambda d: geojson(d, point(17, 44), date="03/04/2019"), _with(AX, occurred_on="date"), {},
    ),
    "period_reversed": (
        lambda d: csv(d, "activity,area_m2,period_start,period_end", "T,5,2024-06-20,2024-05-10"),
        {"kind": "progress_report", "fields": {"activity": "activity", "area_m2": "area_m2",
                                               "period_start": "period_start", "period_end": "period_end"}},
        {},
    ),
    "value_invalid": (
        lambda d: geojson(d, point(17, 44), killed=-1), _with(AX, fields={"killed": "killed"}), {},
    ),
    "field_missing": (lambda d: geojson(d, polygon(SQUARE)), {"kind": "hazardous_area"}, {}),
    "kind_unknown": (
        lambda d: geojson(d, point(17, 44), record_kind="9"),
        {"record_kind": {"column": "record_kind", "values": {"1": "accident"}}},
        {},
    ),
    "stated_area_zero": (
        lambda d: geojson(d, point(17, 44), m2="0.0"), _with(HA, fields={"stated_area_m2": "m2"}), {},
    ),
    "stated_area_vast": (
        lambda d: geojson(d, point(17, 44), m2=1e12), _with(HA, fields={"stated_area_m2": "m2"}), {},
    ),
    "kind_by_program": (
        lambda d: geojson(d, point(17, 44), record_kind="9"),
        {"record_kind": {"column": "record_kind", "values": {"1": "accident", "9": "import"}}},
        {},
    ),
    "record_kind_differs": (
        lambda d: geojson(d, point(17, 44), point(17.1, 44), record_kind=["1", "2"], record_id=OWN_ID),
        {"record_kind": {"column": "record_kind", "values": {"1": "accident", "2": "device"}},
         "identity": {"record_id": "record_id"}},
        {},
    ),
    "several_values": (
        lambda d: geojson(d, point(17, 44), setting="mine; demining"), _with(AX, fields={"setting": "setting"}), {},
    ),
    "encoding_damaged": (lambda d: geojson(d, point(17, 44), name="NARI?O"), AX, {}),
    "encoding_guessed": (
        lambda d: csv(d, "place,n", "Čapljina,1", encoding="cp1250"), _with(AX, fields={"place": "place"}), {},
    ),
    "header_row_found": (lambda d: csv(d, "Report of May", "", "place,killed,injured", "Ana,1,2"), AX, {}),
    "code_page_unknown": (lambda d: shapefile(d, page="as usual", name=["a"]), AX, {}),
    "table_missing": (without_table, AX, {}),
    "columns_truncated": (lambda d: shapefile(d, Opmerkinge=["a"]), AX, {}),
    "columns_withheld": (
        lambda d: csv(d, "full_name,estado", "Ana Kos,Herido"), {"kind": "victim"}, {},
    ),
    "column_unknown": (
        lambda d: geojson(d, point(17, 44)), _with(AX, fields={"killed": "Tote"}), {},
    ),
    "row_length": (lambda d: csv(d, "place,killed", "here,1,2"), _with(AX, fields={"place": "place"}), {}),
    "row_of_totals": (
        lambda d: geojson(d, polygon(SQUARE), None, local_id=["A-1", "Total"], area_m2=[100, 100]),
        _with(HA, identity={"local_id": "local_id"}, fields={"stated_area_m2": "area_m2"}),
        {},
    ),
    "cell_without_value": (
        lambda d: workbook(d, ["place", "killed"], ["Mill", "=1+1"], ["Ford", "#REF!"]),
        _with(AX, fields={"place": "place", "killed": "killed"}), {},
    ),
    "cells_merged": (
        lambda d: workbook(d, ["district", "place"], ["Jajce", "Mill"], [None, "Ford"], merged="A2:A3"),
        _with(AX, fields={"place": "place", "district": "district"}), {},
    ),
    "quote_unclosed": (
        lambda d: csv(d, "place,killed", '"here,1', "there,2"), _with(AX, fields={"place": "place"}), {},
    ),
    "hxl_tag_unknown": (lambda d: csv(d, "place", "#lokation", "here"), _with(AX, fields={"place": "place"}), {}),
    "hxl_tag_missing": (lambda d: csv(d, "place,n", "#loc,", "here,1"), _with(AX, fields={"place": "place"}), {}),
    "sheets_not_read": (two_layers, AX, {}),
    "elevation_dropped": (two_layers, AX, {}),
    "outlines_assembled": (lambda d: survey(d, *CORNERS), SURVEY, {}),
    "order_missing": (lambda d: survey(d, *CORNERS[:2], "A,,TP,17.1,44.1,,", CORNERS[3]), SURVEY, {}),
    "order_duplicated": (lambda d: survey(d, *CORNERS[:3], "A,3,TP,17.0,44.1,,"), SURVEY, {}),
    "order_gap": (lambda d: survey(d, *CORNERS[:3], "A,5,TP,17.0,44.1,,"), SURVEY, {}),
    "point_type_unknown": (lambda d: survey(d, *CORNERS, "A,5,well,17.0,44.2,,"), SURVEY, {}),
    "from_point_unknown": (lambda d: survey(d, "A,1,SP,,,90,100", *CORNERS[1:]), SURVEY, {}),
    "values_differ": (
        lambda d: survey(d, *CORNERS[:2], "A,3,TP,17.1,44.1,,,well", CORNERS[3]), SURVEY, {},
    ),
    "set_overrides": (
        lambda d: csv(d, "place,s", "here,mine"), _with(AX, fields={"place": "place", "setting": "s"}),
        {"set_fields": {"setting": "demining"}},
    ),
    "vertex_gap": (lambda d: survey(d, *CORNERS), SURVEY, {}),
    "closing_error": (
        lambda d: survey(d, CORNERS[0], "A,2,TP,,,90,100", "A,3,TP,,,0,100", "A,4,closing,,,225,141"),
        SURVEY, {},
    ),
    "antimeridian_cut": (
        lambda d: geojson(d, polygon([[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]])), HA, {},
    ),
    "pole_enclosed": (
        lambda d: geojson(d, polygon([[0, 80], [120, 80], [-120, 80], [0, 80]])), HA, {},
    ),
    "action_unknown": (
        lambda d: geojson(d, polygon(SQUARE), s="frozen"), _with(HA, action=CLOSING), {},
    ),
    "action_unfit": (
        lambda d: geojson(d, point(17, 44), s="closed"), _with(AX, action=CLOSING), {},
    ),
    "action_contradicts": (
        lambda d: geojson(d, polygon(SQUARE), s="closed", t="open"),
        _with(HA, action=CLOSING, fields={"status": "t"}),
        {},
    ),
}  # fmt: skip
