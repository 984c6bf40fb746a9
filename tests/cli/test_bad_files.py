"""Every problem of an import, in every format in which it can occur, as a person runs into it.

The bad files are those of ``tests/exchange/bad_files.py``, written in each format by
``tests/exchange/forms.py``.
"""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from landrelease.exchange import issue_terms
from landrelease.register import open_register
from landrelease.services import keeping
from tests.exchange.bad_files import CASES, point
from tests.exchange.forms import TABLES, cells_of, geojson, vector, workbook, written, zip_of
from tests.exchange.test_issues import OF_REGISTERS

from .conftest import Ran, Run

GDAL = ("gpkg", "shp", "zip", "kml", "gdb")
MAPS = ("geojson", *GDAL)
SHEETS = tuple(TABLES)
PLACED = (*MAPS, *SHEETS)
#: A table without a geometry; a Shapefile has one always.
BARE = tuple(one for one in PLACED if one not in ("shp", "zip"))


def _less(forms: tuple[str, ...], *gone: str) -> tuple[str, ...]:
    return tuple(one for one in forms if one not in gone)


#: Code → formats in which it can occur. What a format cannot hold is left out, with its reason.
FORMS: Mapping[str, tuple[str, ...]] = {
    "geometry_missing": PLACED,
    "geometry_empty": ("geojson", "gpkg", *SHEETS),  # the others store none instead of an empty one
    "geometry_absent": PLACED,
    "geometry_malformed": ("geojson", *SHEETS),  # binary formats: any bytes, in test_readers
    "geometry_type_unexpected": PLACED,
    "geometry_collection": _less(PLACED, "shp", "zip", "gdb"),  # these hold none
    "geometry_without_ground": PLACED,
    "geometry_invalid_repaired": PLACED,
    "ring_not_closed": PLACED,
    "too_few_points": ("geojson",),  # read by GEOS elsewhere, which calls it zero_area
    "zero_area": PLACED,
    "duplicate_vertex": PLACED,
    "duplicate_geometry": PLACED,
    "duplicate_row": SHEETS,  # a map layer names them by their geometry
    "duplicate_id": _less(PLACED, "shp", "zip", "gdb"),  # polygon and point in one layer
    "ring_nested_wrongly": _less(PLACED, "shp", "zip", "gdb"),  # the turn of a ring tells its role
    "coordinate_impossible": PLACED,
    "coordinate_unreadable": BARE,
    "utm_letter_ambiguous": BARE,
    "axes_swapped": PLACED,
    "sign_missing": PLACED,
    "outside_country": PLACED,
    "far_from_layer": PLACED,
    "crs_missing": SHEETS,  # maps: below
    "crs_contradicting": ("shp",),
    "crs_without_datum": ("shp",),
    "stored_area_differs": _less(PLACED, "shp", "zip"),  # the column's name is too long
    "code_unknown": PLACED,
    "number_separators": PLACED,
    "id_resembles": _less(PLACED, "shp", "zip", "gdb"),  # polygon and point in one layer
    "ids_with_point": PLACED,
    "leading_zeros_lost": PLACED,
    "number_ambiguous": PLACED,
    "number_invalid": PLACED,
    "date_invalid": PLACED,
    "date_ambiguous": PLACED,
    "value_invalid": PLACED,
    "field_missing": PLACED,
    "kind_unknown": _less(PLACED, "shp", "zip"),  # the column's name is too long
    "stated_area_zero": PLACED,
    "stated_area_vast": PLACED,
    "kind_by_program": _less(PLACED, "shp", "zip"),
    "record_kind_differs": _less(PLACED, "shp", "zip"),
    "several_values": PLACED,
    "encoding_damaged": PLACED,
    "encoding_guessed": ("csv",),  # and shp, zip: tests/exchange/test_encodings.py
    "code_page_unknown": ("shp",),
    "header_row_found": ("csv", "xlsx", "ods"),
    "table_missing": ("shp",),
    "columns_truncated": ("shp",),
    "columns_withheld": BARE,
    "period_reversed": _less(BARE, "shp", "zip"),  # the columns' names are too long
    "column_unknown": PLACED,
    "row_length": ("csv", "hxl.csv"),  # sheets are as wide as their widest row
    "row_of_totals": PLACED,
    "cell_without_value": ("xlsx",),
    "cells_merged": ("xlsx",),
    "quote_unclosed": ("csv",),
    "hxl_tag_unknown": ("csv", "xlsx", "ods"),
    "hxl_tag_missing": ("csv", "xlsx", "ods"),
    "sheets_not_read": ("gpkg",),  # and xlsx: below
    "elevation_dropped": ("gpkg",),  # and all others: below
    **dict.fromkeys(
        ("outlines_assembled", "order_missing", "order_duplicated", "order_gap",
         "point_type_unknown", "from_point_unknown", "values_differ", "vertex_gap",
         "closing_error", "set_overrides"), BARE,
    ),
    "antimeridian_cut": PLACED,
    "pole_enclosed": PLACED,
    "action_unknown": PLACED,
    "action_unfit": PLACED,
    "action_contradicts": PLACED,
}  # fmt: skip

#: What is broken in the text itself, so that no other program could write it.
OF_THE_TEXT = {"quote_unclosed", "encoding_guessed", "cell_without_value", "cells_merged"}

#: What the message quotes of the row.
QUOTED = {
    "encoding_guessed": "read as cp1252, as in 'Èapljina'",
    "row_of_totals": "local_id = 'Total'",
    "geometry_collection": "taken Polygon, left 1 Point",
    "geometry_without_ground": "LineString, closed: perhaps the outline itself",
    "coordinate_unreadable": "behind the school",
    "code_unknown": "setting = 'volcano'",
    "number_separators": "'1.234.567'",
    "number_ambiguous": "killed = '1,234'",
    "number_invalid": "killed = 'many'",
    "date_invalid": "date = '2023-02-30'",
    "date_ambiguous": "date = '03/04/2019'",
    "value_invalid": "killed = ",
    "field_missing": "hazard_kind",
    "kind_unknown": "record_kind = '9'",
    "stated_area_zero": "stated_area_m2 = 0",
    "stated_area_vast": "stated_area_m2 = 1,000,000,000,000",
    "kind_by_program": "record_kind = '9'",
    "record_kind_differs": "is a accident",
    "several_values": "setting = 'mine; demining'",
    "encoding_damaged": "ame = 'NARI?O'",
    "column_unknown": "'Tote'",
    "duplicate_id": "'A-1', as row 1",
    "quote_unclosed": "here",
    "order_duplicated": "as row 3",
    "point_type_unknown": "'well'",
    "values_differ": "'mill'",
    "action_unknown": "s = 'frozen'",
    "stored_area_differs": "stored 5 m²",
    "set_overrides": "setting: mine",
}

#: The file is refused as a whole.
REFUSED = {"crs_missing", "crs_without_datum"}


def test_every_code_is_in_the_table() -> None:
    """No code goes untested, and none is tested that is not there."""
    assert set(FORMS) == set(CASES) == set(issue_terms()) - OF_REGISTERS
    assert all(FORMS.values())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Mapping[bool, Path]:
    """Two empty registers: one of a country, and one of none."""
    folder = tmp_path_factory.mktemp("empty")
    made = {True: folder / "country.gpkg", False: folder / "none.gpkg"}
    for of_a_country, path in made.items():
        keeping.init(path, country="BIH" if of_a_country else None, name="Test", by="Tester")
    return made


def held(path: Path) -> tuple[int, int]:
    """How many records of files the register holds, and how many rows wait."""
    with open_register(path) as register:
        rows = sum(1 for entry in register.entries() if entry.source_row is not None)
        return rows, len(register.quarantine())


def mapping_file(folder: Path, mapping: Mapping[str, Any], cells: Any) -> Path:
    """The mapping of the case; a geometry in a column is named, and its system."""
    if cells is not None and "geometry" in cells[0] and "geometry" not in mapping:
        mapping = {"crs": "EPSG:4326", **mapping, "geometry": {"column": "geometry"}}
    path = folder / "mapping.yaml"
    path.write_text(json.dumps(mapping), "utf-8")
    return path


@pytest.mark.parametrize("code", FORMS)
def test_a_bad_file(inside: Run, empty: Mapping[bool, Path], tmp_path: Path, code: str) -> None:
    """No traceback: the code stands there with its row, what was found and what to do; no row is lost."""
    make, mapping, told = CASES[code]
    for form in FORMS[code]:
        folder = tmp_path / form
        folder.mkdir()
        source = make(folder)
        as_it_is = source.suffix in (".shp", ".gpkg") or code in OF_THE_TEXT
        file = source if as_it_is else written(form, source, folder)
        cells = cells_of(source) if form in TABLES and not as_it_is else None
        register = Path(shutil.copy(empty["country_bbox" in told], folder / "register.gpkg"))
        sets = [f"--set={name}={value}" for name, value in told.get("set_fields", {}).items()]
        ran = inside("import", file, "-r", register, "--by", "T", *sets,
                     "--mapping", mapping_file(folder, mapping, cells), "--json")  # fmt: skip
        if code in REFUSED:
            refused(ran, code)
            assert held(register) == (0, 0)
        else:
            accounted(ran, code, register)


def refused(ran: Ran, code: str) -> None:
    """The file is refused in one line that says what to do."""
    assert ran.status == 1
    assert ran.err.startswith(f"error[{code}]: ")
    assert "crs:" in ran.err


def accounted(ran: Ran, code: str, register: Path) -> None:
    """The account holds every row, and the problem in the words of the vocabulary."""
    assert ran.status == 0, ran.err
    told, terms = ran.json, issue_terms()[code]
    said = [one for one in told["issues"] if one["code"] == code]
    assert said, (code, told["by_code"])
    assert told["read"] > 0
    for one in said:
        assert terms["says"] in one["message"]
        assert QUOTED.get(code, "") in one["message"]
        assert one["row"] is None or 1 <= one["row"] <= told["read"]
    assert terms["cure"] in told["explained"][code]
    assert told["read"] == told["accepted"] + told["quarantined"]
    assert told["accepted"] == told["added"] + told["changed"] + told["unchanged"]
    assert held(register) == (told["added"], told["quarantined"])


@pytest.mark.parametrize("form", PLACED)
def test_heights_are_left_out_aloud(
    inside: Run, empty: Mapping[bool, Path], tmp_path: Path, form: str
) -> None:
    """A third coordinate is named in every format, and the point is taken in where it lies."""
    high = {"type": "Point", "coordinates": [17.5, 44.5, 350.0]}
    source = geojson(tmp_path / "high.geojson", [{"n": 1, "geometry": high}])
    cells = cells_of(source) if form in TABLES else None
    register = Path(shutil.copy(empty[False], tmp_path / "register.gpkg"))
    ran = inside("import", written(form, source, tmp_path), "-r", register, "--by", "T",
                 "--mapping", mapping_file(tmp_path, {"kind": "accident"}, cells), "--json")  # fmt: skip
    accounted(ran, "elevation_dropped", register)
    with open_register(register) as opened:
        (record,) = opened.records("accident")
    assert record.body["geometry"] == {"type": "Point", "coordinates": [17.5, 44.5]}


@pytest.mark.parametrize("form", ["shp", "zip", "gpkg", "gdb"])
def test_a_layer_without_a_system_is_refused(
    inside: Run, empty: Mapping[bool, Path], tmp_path: Path, form: str
) -> None:
    """A map layer that does not say what its coordinates mean is not guessed."""
    driver = {"gpkg": "GPKG", "gdb": "OpenFileGDB"}.get(form, "ESRI Shapefile")
    made = tmp_path / f"rows.{'shp' if form == 'zip' else form}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL says the same
        vector(made, [{"n": 1, "geometry": point(5e5, 4.9e6)}], driver, crs=None)
    file = zip_of(tmp_path / "rows.zip", tmp_path.glob("rows.*")) if form == "zip" else made
    register = Path(shutil.copy(empty[False], tmp_path / "register.gpkg"))
    ran = inside("import", file, "-r", register, "--by", "T", "--kind", "accident")
    refused(ran, "crs_missing")
    assert held(register) == (0, 0)


def test_other_sheets_are_named(inside: Run, empty: Mapping[bool, Path], tmp_path: Path) -> None:
    """Of a workbook one sheet is read, and what was not is told."""
    file = workbook(tmp_path / "book.xlsx", [["place"], ["mill"]])
    book = openpyxl.load_workbook(file)
    book.create_sheet("Victims").append(["name"])
    book.save(file)
    register = Path(shutil.copy(empty[False], tmp_path / "register.gpkg"))
    ran = inside("import", file, "-r", register, "--by", "T", "--kind", "accident", "--json")
    accounted(ran, "sheets_not_read", register)
    assert "Victims" in ran.json["issues"][0]["message"]


def test_the_account_is_printed_for_people(
    inside: Run, empty: Mapping[bool, Path], tmp_path: Path
) -> None:
    """Without --json the counts, the code and its cure stand on the screen; so does the row that waits."""
    make, mapping, _ = CASES["field_missing"]
    register = Path(shutil.copy(empty[False], tmp_path / "register.gpkg"))
    ran = inside("import", make(tmp_path), "-r", register, "--by", "T",
                 "--mapping", mapping_file(tmp_path, mapping, None))  # fmt: skip
    assert ran.status == 0
    told = " ".join(ran.out.split())
    assert "1 rows read: 0 accepted (0 added, 0 changed, 0 unchanged" in told
    assert "1 quarantined)" in told
    assert "field_missing" in ran.out
    waiting = inside("quarantine", "-r", register)
    assert "row 1: field_missing: hazard_kind" in waiting.out
    assert "map a column to it" in " ".join(waiting.out.split())
