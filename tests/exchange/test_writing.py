"""Writing: what comes back is what went out, or the losses say otherwise."""

import csv as csv_module
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrelease.domain.kinds import kind_spec
from landrelease.domain.plain import FORMULA_STARTS
from landrelease.errors import InputError
from landrelease.exchange import (
    LOSSES,
    ExportTable,
    format_of,
    guess_mapping,
    list_layers,
    prepare,
    read_table,
    write_table,
)
from landrelease.exchange.writing import FORMATS, SEVERAL_KINDS, WRITERS
from landrelease.exchange.writing.sheets import neutralised
from tests.exchange.test_round_trip import said

SUFFIX = {format: suffix for suffix, format in reversed(FORMATS.items())}


def export(kind, rows, shapes):
    """Records of one kind with all their fields."""
    array = None if shapes is None else np.array(shapes, dtype=object)
    return ExportTable(kind, list(kind_spec(kind).fields.values()), rows, array)


def areas():
    """Two hazardous areas, one of them without a polygon."""
    rows = [
        {
            "record_id": "r-1", "local_id": "BA-1", "occurred_on": "2019-07", "hazard_kind": "SHA",
            "status": "open", "stated_area_m2": 12.5, "marked": True, "people_affected": 3,
            "ordnance": ["anti_personnel_mine", "other"], "note": "=1+1", "name": "Đurđevac; a|b",
            "attributes": {"x": [1, 2], "é": "ü"},
            "geometry_entered": {"text": "POINT (1 2)", "crs": "EPSG:3395"},
        },
        {"record_id": "r-2", "local_id": "BA-2", "hazard_kind": "CHA", "status": "closed", "place": "mill"},
    ]  # fmt: skip
    return export("hazardous_area", rows, [shapely.box(17, 44, 17.1, 44.1), None])


def taken_in(path, layer=None, kind=None):
    """Bodies and dates by record id, read back with a guessed mapping."""
    table = read_table(path, layer)
    rows = prepare(table, guess_mapping(table, kind)).rows
    return {row.identity.removeprefix("record:"): (row.body, row.occurred_on) for row in rows}


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
def test_what_goes_out_comes_back(tmp_path, suffix):
    """GeoJSON and GeoPackage lose nothing: fields, lists, attributes, geometry, dates, ids."""
    path = tmp_path / f"export{suffix}"
    write_table(path, [areas()])
    assert taken_in(path) == said(areas())


texts = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)
bodies = st.fixed_dictionaries(
    {"hazard_kind": st.sampled_from(["SHA", "CHA"]), "status": st.sampled_from(["open", "closed"]), "place": texts},
    optional={
        "local_id": texts, "name": texts, "note": texts, "marked": st.booleans(),
        "stated_area_m2": st.floats(0, 1e12), "people_affected": st.integers(0, 2**40),
        "ordnance": st.lists(st.sampled_from(["other", "unknown", "booby_trap"]), min_size=1, unique=True),
        "split_from": st.lists(texts, min_size=1, max_size=3, unique=True),
        "attributes": st.dictionaries(texts, texts | st.integers(-(2**40), 2**40) | st.booleans(), min_size=1, max_size=3),
        "occurred_on": st.sampled_from(["2019", "2019-07", "2019-07-04"]),
    },
)  # fmt: skip
shapes = st.none() | st.builds(
    lambda x, y, w: shapely.box(x, y, x + w, y + w), st.floats(-170, 170), st.floats(-80, 80), st.floats(1e-5, 5)
)  # fmt: skip


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.tuples(bodies, shapes), min_size=1, max_size=4))
def test_any_record_comes_back(tmp_path, suffix, rows):
    """Whatever stands in the fields, import(export(x)) = x."""
    records = [{**body, "record_id": f"r-{n}"} for n, (body, _) in enumerate(rows)]
    table = export("hazardous_area", records, [shape for _, shape in rows])
    path = tmp_path / f"export{suffix}"
    path.unlink(missing_ok=True)
    write_table(path, [table])
    assert taken_in(path) == said(table)


def test_several_kinds_in_one_file(tmp_path):
    """A GeoPackage has a layer per kind, GeoJSON a property; each kind comes back."""
    stock = export(
        "stockpile", [{"record_id": "s-1", "holding": "stockpiled", "quantity": 5}], None
    )
    both = {**said(areas()), **said(stock)}
    write_table(tmp_path / "a.gpkg", [areas(), stock])
    assert list_layers(tmp_path / "a.gpkg") == ["hazardous_area", "stockpile"]
    layers = [taken_in(tmp_path / "a.gpkg", layer) for layer in ("hazardous_area", "stockpile")]
    assert {**layers[0], **layers[1]} == both
    write_table(tmp_path / "a.geojson", [areas(), stock])
    assert taken_in(tmp_path / "a.geojson") == both


def test_gdal_reads_what_was_written(tmp_path):
    """Counts, system and bounds, as another program sees them."""
    write_table(tmp_path / "a.gpkg", [areas()])
    write_table(tmp_path / "a.geojson", [areas()])
    for name in ("a.gpkg", "a.geojson"):
        info = pyogrio.read_info(tmp_path / name)
        assert (info["features"], info["crs"]) == (2, "EPSG:4326")
        assert info["total_bounds"] == pytest.approx((17, 44, 17.1, 44.1))


@pytest.mark.parametrize("format", [f for f in WRITERS if f not in SEVERAL_KINDS])
def test_formats_of_one_kind(tmp_path, format):
    """They refuse several kinds, and what they hold can be read again with its id and geometry."""
    path = tmp_path / f"export{SUFFIX[format]}"
    with pytest.raises(InputError) as caught:
        write_table(path, [areas(), areas()])
    assert caught.value.code == "kind_needed"
    assert list(tmp_path.iterdir()) == []
    write_table(path, [areas()])
    layer = next(iter(list_layers(path)))
    back = taken_in(path, layer, "hazardous_area")["r-1"][0]
    assert shapely.equals(shapely.from_geojson(json.dumps(back["geometry"])), areas().geometries[0])
    assert (back["hazard_kind"], back["local_id"]) == ("SHA", "BA-1")


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_a_number_of_three_decimals_comes_back(tmp_path, format):
    """No export writes a number that its own import would doubt."""
    path = tmp_path / f"export{SUFFIX[format]}"
    record = {"record_id": "r-1", "hazard_kind": "SHA", "stated_area_m2": 1.234}
    write_table(path, [export("hazardous_area", [record], [shapely.box(17, 44, 17.1, 44.1)])])
    back = taken_in(path, next(iter(list_layers(path))), "hazardous_area")["r-1"][0]
    assert (back.get("stated_area_m2") or back["attributes"].get("stated_are")) == 1.234


def test_every_format_says_what_it_loses():
    """One list of sentences per writer; the two that lose nothing say so by an empty one."""
    assert set(LOSSES) == set(WRITERS)
    assert {format for format, said in LOSSES.items() if not said} == SEVERAL_KINDS
    assert all(sentence.endswith(".") for said in LOSSES.values() for sentence in said)


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")',
             "＝1+1", "＋1", "－1", "＠SUM(A1)"]  # fmt: skip


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_a_formula(tmp_path, text):
    """CSV puts an apostrophe first; XLSX stores text as text; numbers stay numbers."""
    rows = [{"record_id": "r", "hazard_kind": "SHA", "note": text, "stated_area_m2": 5.0}]
    table = export("hazardous_area", rows, [shapely.Point(-17, 44)])
    for name in ("a.csv", "a.hxl.csv"):
        write_table(tmp_path / name, [table])
        cells = [
            c
            for row in csv_module.reader((tmp_path / name).open(encoding="utf-8-sig", newline=""))
            for c in row
        ]
        assert f"'{text}" in cells
        assert "-17.0" in cells
        assert not any(
            c.startswith(("=", "+", "@", "\t", "\r", "＝", "＋", "－", "＠")) for c in cells
        )
    write_table(tmp_path / "a.xlsx", [table])
    cells = [
        c for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows() for c in row
    ]
    assert not any(c.data_type == "f" for c in cells)
    assert [c.quotePrefix for c in cells if str(c.value).endswith(text.strip())] == [True]
    assert 5 in [c.value for c in cells]


def test_no_part_of_a_cell_is_a_formula_where_lines_are_split_at_semicolons():
    """A program that splits a line elsewhere than we do finds no cell that begins a formula."""
    for text in (
        "mill;=1+1",
        ";@SUM(A1)",
        "mill\n=1+1",
        "mill\t+1",
        "=1;=1",
        "mill;＝1+1",
        "mill\n＠SUM(A1)",
    ):
        for part in re.split(r"[;\t\n]", str(neutralised(text))):
            assert not part.startswith(FORMULA_STARTS)
    assert neutralised("POINT (-5 3); -2") == "POINT (-5 3); -2"


def test_hxl_tags_stand_under_the_header(tmp_path):
    """The second row holds tags of the standard; the reader knows them again."""
    write_table(tmp_path / "a.hxl.csv", [areas()])
    table = read_table(tmp_path / "a.hxl.csv")
    assert table.count == 2
    assert table.tags["longitude"] == "#geo+lon"
    assert not [one for one in table.issues if one.code == "hxl_tag_unknown"]


def test_an_export_is_whole_or_not_there(tmp_path):
    """A failure on the way leaves the earlier file untouched and nothing beside it."""
    path = tmp_path / "a.geojson"
    write_table(path, [areas()])
    before = path.read_bytes()
    broken = export("hazardous_area", [{"record_id": "r", "note": object()}], None)
    with pytest.raises(TypeError):
        write_table(path, [broken])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_places_that_cannot_be_written_to(tmp_path):
    """A folder that does not exist, and a suffix that no format has, are named."""
    for path, code in (
        (tmp_path / "none" / "a.csv", "file_unwritable"),
        (tmp_path / "a.dwg", "format_unknown"),
    ):
        with pytest.raises(InputError) as caught:
            write_table(path, [areas()])
        assert caught.value.code == code
    assert format_of(Path("AREAS.GPKG")) == "gpkg"


def test_a_geopackage_is_never_replaced(tmp_path):
    """What stands there may be a register: the export is refused and the file left as it was."""
    path = tmp_path / "register.gpkg"
    path.write_bytes(b"a register")
    with pytest.raises(InputError) as caught:
        write_table(path, [areas()])
    assert caught.value.code == "file_exists"
    assert path.read_bytes() == b"a register"


#: Writes a table under limits on the size of a file, each in a process of its own.
_LIMITED = """
import os, resource, sys
import shapely
from landrelease.errors import InputError
from landrelease.exchange import write_table
from landrelease.exchange.writing.plain import Sheet, write_plain
from tests.exchange.test_writing import export

def write(path):
    rows = [
        {"record_id": f"r-{n}", "hazard_kind": "SHA", "name": os.urandom(60).hex()}
        for n in range(300)
    ]
    if "plain" in path.name:
        write_plain(path, [Sheet("rows", list(rows[0]), rows)])
    else:
        shapes = [shapely.box(16 + n / 1000, 44, 17, 44.1) for n in range(len(rows))]
        write_table(path, [export("hazardous_area", rows, shapes)])

from pathlib import Path
path = Path(sys.argv[1])
write(path)
size = path.stat().st_size
for part in range(1, 20):
    limit, at = size * part // 16, path.with_name(f"{part}-{path.name}")
    if os.fork() == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            write(at)
        except InputError as problem:
            os._exit(1 if problem.code == "file_unwritable" and "INSERT" not in str(problem) else 3)
        except BaseException:
            os._exit(3)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.wait()[1])
    whole = at.exists() and at.stat().st_size >= 0.9 * size
    if (code, at.exists()) != (1, False) and not (code == 0 and whole):
        sys.exit(f"{part}/16 of {size} bytes: exit {code}, there: {at.exists()}")
left = [one for one in os.listdir(path.parent) if one.startswith(".")]
sys.exit(f"left behind: {left}" if left else 0)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of file sizes are POSIX")
@pytest.mark.parametrize("name", [*(f"o{s}" for s in SUFFIX.values()), "plain.csv", "plain.xlsx"])
def test_a_full_disk_is_told_and_leaves_no_file(tmp_path, name):
    """Wherever it gets full while writing: one code, no SQL, no half file, nothing left beside it."""
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
