"""Readers: every format gives the same rows; what is no table is refused in one line."""

import contextlib
import io
import json
import sqlite3
import warnings
import zipfile

import numpy as np
import openpyxl
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyogrio import raw

from landrelease.errors import InputError
from landrelease.exchange import (
    READERS,
    build_mapping,
    guess_mapping,
    list_layers,
    prepare,
    read_source,
    read_table,
)
from tests.exchange.bad_files import csv, geojson, point, shapefile, two_layers
from tests.exchange.forms import open_document, zipped

WKB = shapely.to_wkb([shapely.Point(17, 44), shapely.Point(17.5, 44.5), None])
NAMES = np.array(["Ana", "Đuro", None], dtype=object)
COUNTS = np.array([1, 2, 0])


def write(path, **options):
    """Three rows of GDAL's making: two points and one without, one name missing."""
    raw.write(
        str(path), WKB, [NAMES, COUNTS], np.array(["name", "count"], dtype=object),
        crs="EPSG:4326", geometry_type="Point", **options,
    )  # fmt: skip
    return path


@pytest.mark.parametrize(
    ("suffix", "options"),
    [(".gpkg", {}), (".fgb", {"SPATIAL_INDEX": "NO"}), (".geojson", {"driver": "GeoJSON"}), (".kml", {"driver": "LIBKML"})],
)  # fmt: skip
def test_map_formats_give_the_same_rows(tmp_path, suffix, options):
    """Values, geometry and system are those written, whatever the format."""
    table = read_table(write(tmp_path / f"layer{suffix}", **options))
    assert table.count == 3
    names = {column.casefold(): cells for column, cells in table.columns.items()}  # KML: «Name»
    assert names["name"][:2] == ["Ana", "Đuro"]
    assert list(map(int, table.columns["count"])) == [1, 2, 0]
    assert shapely.get_x(table.geometry[:2]).tolist() == [17, 17.5]
    assert table.geometry[2] is None
    assert table.crs == "EPSG:4326"


def test_a_zipped_shapefile_is_a_layer(tmp_path):
    """The parts of a Shapefile in a zip file are read; of two layers one must be named."""
    made = shapefile(tmp_path, name=["Ana"])
    target = tmp_path / "all.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for part in made.parent.glob("points.*"):
            archive.write(part, f"folder/{part.name}")
    assert read_table(target).columns["name"] == ["Ana"]
    with zipfile.ZipFile(target, "a") as archive:
        for part in made.parent.glob("points.*"):
            archive.write(part, f"folder/again{part.suffix}")
    assert sorted(list_layers(target)) == ["again", "points"]
    assert read_table(target, "again").count == 1
    with pytest.raises(InputError) as caught:
        read_table(target)
    assert caught.value.code == "layer_unknown"


def _of_a_code_page(folder, page, cpg):
    """A Shapefile whose text stands in a code page, and what its .cpg says of that."""
    made = shapefile(folder, name=["xxxxxxxx"])
    letters = "Šašić".encode(page)
    dbf = made.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(b"xxxxxxxx", letters.ljust(8)))
    made.with_suffix(".cpg").unlink()
    if cpg is not None:
        made.with_suffix(".cpg").write_text(cpg)
    return made


@pytest.mark.parametrize(
    "cpg", ["1250", "cp1250", "cp-1250", "CP 1250", "windows 1250", "Windows-1250", "ANSI 1250", "ansi1250\n"]
)  # fmt: skip
@pytest.mark.parametrize("zip_it", [False, True])
def test_code_pages_are_known_in_every_spelling(tmp_path, cpg, zip_it):
    """However the .cpg writes it, letters of Windows-1250 are read, zipped or not."""
    made = _of_a_code_page(tmp_path, "cp1250", cpg)
    if zip_it:
        with zipfile.ZipFile(tmp_path / "u.zip", "w") as archive:
            for part in tmp_path.glob("points.*"):
                archive.write(part, f"u/{part.name}")
        made = tmp_path / "u.zip"
    table = read_table(made)
    assert table.columns["name"] == ["Šašić"]
    assert table.issues == ()


@pytest.mark.parametrize(
    ("cpg", "codes"),
    [
        (None, {"encoding_guessed"}),
        ("Central European", {"encoding_guessed", "code_page_unknown"}),
    ],
)
def test_a_code_page_that_nothing_names_is_seen(tmp_path, cpg, codes):
    """A guess is told; a .cpg that means nothing is named."""
    made = _of_a_code_page(tmp_path, "cp1250", cpg)
    assert {one.code for one in read_table(made).issues} == codes
    assert read_table(made, encoding="cp1250").columns["name"] == ["Šašić"]
    assert read_table(made, encoding="cp1250").issues == ()


def test_notes_of_a_mac_are_no_layers(tmp_path):
    """A zip file made on a Mac holds one layer, whatever lies in its __MACOSX."""
    shapefile(tmp_path, name=["Ana"])
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        for part in tmp_path.glob("points.*"):
            archive.write(part, part.name)
            archive.writestr(f"__MACOSX/._{part.name}", b"\0\5\x16\7")
            archive.writestr(f"._{part.name}", b"\0\5\x16\7")
    assert list_layers(tmp_path / "m.zip") == ["points"]
    assert read_table(tmp_path / "m.zip").columns["name"] == ["Ana"]


TITLED = [
    ["Annual report; areas, 2026", None, None, None, None],
    [None] * 5,
    ["id", "type", "size", "lon", "lat"],
    ["A", "SHA", 5, 17.2, 44.1],
    ["B", "CHA", 6, 17.3, 44.2],
]
TIERS = [["id", "area", None, "place", None], [None, "type", "size", "lon", "lat"], *TITLED[3:]]
TITLED_TIERS = [
    ["Report", None, None, None, None],
    [None, "start", None, "end", None],
    ["id", "lon", "lat", "lon", "lat"],
    ["A", 17.2, 44.1, 17.3, 44.2],
]
NAMES_OF_AREAS = ["id", "type", "size", "lon", "lat"]


def _sheet(folder, form, rows):
    """The rows as a workbook or as text."""
    path = folder / f"t.{form}"
    if form == "xlsx":
        book = openpyxl.Workbook()
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row, 1):
                book.active.cell(number, place, cell)
        book.save(path)
    else:
        lines = (
            ";".join("" if c is None else str(c).replace(";", "") for c in row) for row in rows
        )
        path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("rows", "header", "names", "count"),
    [
        (TITLED, (3,), NAMES_OF_AREAS, 2),
        (TIERS, (1, 2), NAMES_OF_AREAS, 2),
        ([["Report of May", None], ["id", "size"], ["A", 5], ["B", 6]], (2,), ["id", "size"], 2),
        ([["Report"], ["day", "note"], ["2024-05-01", "x"]], (2,), ["day", "note"], 1),
        ([[None, "Areas"], [], ["id", "size"], ["A", 5]], (3,), ["id", "size"], 1),
        (TITLED_TIERS, (2, 3), ["id", "start lon", "start lat", "end lon", "end lat"], 1),
    ],
)
def test_a_header_below_titles_or_of_two_tiers_is_found(tmp_path, form, rows, header, names, count):
    """The row that names the columns is taken and named; the same where the mapping says it."""
    path = _sheet(tmp_path, form, rows)
    table = read_table(path)
    assert (list(table.columns), table.count, table.header_rows) == (names, count, header)
    assert [one.code for one in table.issues] == ["header_row_found"]
    assert f"row {' and '.join(map(str, header))}" in table.issues[0].message
    told = read_table(path, header_rows=header)
    assert (dict(told.columns), told.issues) == (dict(table.columns), ())
    guessed = guess_mapping(table, "accident")
    assert guessed.header_row == header
    assert build_mapping(guessed.as_dict(), "again") == guessed


@pytest.mark.parametrize(
    "rows",
    [
        [["id", "type", None, None], ["A", "SHA", "x", "y"], ["B", "CHA", "u", "v"]],
        [["id", "type", "size"], ["A", None, 5], [None, "SHA", 6]],
        [["id", "note", None], ["#id", "#note", "#adm1"], ["A", "x", "y"]],
        [["id", "2024", "2025"], ["A", 1, 2]],
        [["id"], ["A"], ["B"]],
        [["id", None, None], ["A", "SHA", "x"], ["B", "SHA", "y"]],
        [["id", None], ["A", "x"], ["B", "y"]],
        [["id", None], ["A", 5], ["B", 6]],
        [["id"], ["A", "x"], ["B", 6], ["C", "y"]],
    ],
)
def test_a_header_in_the_first_row_stays_there(tmp_path, rows):
    """Columns without a name, empty cells, tags and years do not make a title of a header."""
    table = read_table(_sheet(tmp_path, "xlsx", rows))
    assert table.header_rows == (1,)
    assert "header_row_found" not in {one.code for one in table.issues}


def test_mended_rows_have_their_header_in_the_first_row(tmp_path):
    """A file given out to be mended has our own header, whatever row the first file's stood in."""
    path = csv(tmp_path, "quarantine_row,note", "abc,x", "def,y")
    mapping = build_mapping({"kind": "accident", "header_row": 3}, "m")
    table, _ = read_source(path, mapping)
    assert (table.marks, table.columns["note"]) == (["abc", "def"], ["x", "y"])


def test_a_header_that_is_named_and_not_there_is_refused(tmp_path):
    """Rows count as the sheet counts them, empty ones too."""
    path = _sheet(tmp_path, "xlsx", TITLED)
    with pytest.raises(InputError) as caught:
        read_table(path, header_rows=(2,))
    assert caught.value.code == "header_row_empty"
    assert next(iter(read_table(path, header_rows=(4,)).columns)) == "A"


def test_columns_that_are_not_found_make_the_header_suspect(tmp_path):
    """Where most columns of the mapping are missing, the message says which row was the header."""
    rules = {"kind": "accident", "header_row": 1, "fields": {"note": "type", "district": "size"}}
    mapping = build_mapping(rules, "m")
    table = read_table(_sheet(tmp_path, "xlsx", TITLED), header_rows=mapping.header_row)
    said = [i.message for i in prepare(table, mapping).issues if i.code == "column_unknown"]
    assert len(said) == 2
    assert all("row 1 was read as the header" in one and "header_row" in one for one in said)
    placed = build_mapping({**rules, "geometry": {"longitude": "lon", "latitude": "lat"}}, "m")
    with pytest.raises(InputError, match="row 1 was read as the header"):
        prepare(table, placed)


def test_an_open_document_of_gdal(tmp_path):
    """White space between cells is passed over; that within a cell stays."""
    path = tmp_path / "g.ods"
    columns = [np.array(["Ana", "Đuro  x\ny"], dtype=object), np.array([1.5, 2.0])]
    raw.write(
        str(path), None, columns, np.array(["name", "n"], dtype=object), driver="ODS", layer="S"
    )
    table = read_table(path)
    assert table.name == "S"
    assert table.columns["n"] == [1.5, 2]
    assert [name.split() for name in table.columns["name"]] == [["Ana"], ["Đuro", "x", "y"]]
    assert list_layers(path) == ["S"]


@pytest.mark.parametrize("suffix", ["ods", "xlsx", "xls"])
def test_a_broken_workbook_is_refused_in_our_words(tmp_path, suffix):
    """What the parser stumbled over inside stays there."""
    path = tmp_path / f"a.{suffix}"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<table:table>\n<x>")
    with pytest.raises(InputError) as caught:
        read_table(path)
    assert caught.value.message == f"a.{suffix} cannot be read as a spreadsheet"


def test_layers_and_sheets_are_chosen_by_name(tmp_path):
    """The first is read and the others named; an unknown name is refused with the known ones."""
    path = two_layers(tmp_path)
    assert list_layers(path) == ["one", "two"]
    assert read_table(path, "two").name == "two"
    with pytest.raises(InputError, match="one, two"):
        read_table(path, "three")


def test_a_file_of_one_layer_has_no_other(tmp_path):
    """A table of text and a GeoJSON go by their own names, and a layer they do not have is refused."""
    named = geojson(tmp_path, point(17, 44))
    named.write_text(named.read_text().replace("{", '{"name": "mines",', 1))
    table = csv(tmp_path, "a", "1")
    for path, names in ((named, ["layer", "mines"]), (table, ["table"])):
        assert [read_table(path, name).count for name in names] == [1] * len(names)
        with pytest.raises(InputError, match=f"has no layer 'zz'.*{names[0]}") as caught:
            read_table(path, "zz")
        assert caught.value.code == "layer_unknown"


def test_a_zip_file_of_one_layer_has_no_other(tmp_path):
    """Of a Shapefile in a zip file too."""
    made = shapefile(tmp_path, name=["Ana"])
    parts = {part.name: part.read_bytes() for part in made.parent.glob("points.*")}
    with pytest.raises(InputError, match="points") as caught:
        read_table(zipped(tmp_path / "a.zip", parts), "zz")
    assert caught.value.code == "layer_unknown"


def test_workbooks(tmp_path):
    """Dates become ISO text, whole numbers lose their fraction, empty rows vanish, sheets are named."""
    import datetime

    book = openpyxl.Workbook()
    book.active.append(["name", "when", "n", "n", None])
    book.active.append(["Ana", datetime.datetime(2019, 7, 4), 3.0, 2.5, "x"])
    book.active.append([None] * 5)
    book.create_sheet("notes").append(["only a note"])
    path = tmp_path / "book.xlsx"
    book.save(path)
    table = read_table(path)
    assert table.values(0) == {
        "name": "Ana",
        "when": "2019-07-04",
        "n": 3,
        "n_2": 2.5,
        "_column_5": "x",
    }
    assert table.count == 1
    assert list_layers(path) == ["Sheet", "notes"]


def test_a_row_of_tags_may_be_the_only_header(tmp_path):
    """In a table of text and in a workbook the tags name the columns, and no row is lost."""
    rows = [["#geo+lon", "#geo+lat", "#affected+killed"], [17.1, 44.1, 3], [17.2, 44.2, 1]]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "tags.xlsx")
    text = csv(tmp_path, *(",".join(map(str, row)) for row in rows))
    for path in (text, tmp_path / "tags.xlsx"):
        table = read_table(path)
        assert table.count == 2
        assert list(table.tags) == list(table.columns) == rows[0]
        found = prepare(table, guess_mapping(table, "accident"))
        assert [row.body["killed"] for row in found.rows] == [3, 1]
        assert not any(row.quarantined or row.geometry is None for row in found.rows)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiters_are_found(tmp_path, mark):
    """The mark that the header uses most is the one between cells."""
    path = csv(tmp_path, mark.join(["name", "place"]), mark.join(["Ana", '"a' + mark + 'b"']))
    assert read_table(path).values(0) == {"name": "Ana", "place": f"a{mark}b"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found(tmp_path, encoding):
    """Marks, UTF-8 and the Western code page need not be named."""
    assert read_table(csv(tmp_path, "name", "Nariño", encoding=encoding)).columns["name"] == [
        "Nariño"
    ]


def test_an_encoding_can_be_named_and_a_wrong_one_is_refused(tmp_path):
    """Cyrillic needs its name; a name that does not exist, or does not fit, is refused."""
    path = csv(tmp_path, "name", "Харків", encoding="cp1251")
    assert read_table(path, encoding="cp1251").columns["name"] == ["Харків"]
    for name, code in (("utf-8", "encoding_wrong"), ("klingon", "encoding_unknown")):
        with pytest.raises(InputError) as caught:
            read_table(path, encoding=name)
        assert caught.value.code == code


def test_large_cells_are_read(tmp_path):
    """An outline of megabytes in one cell is no obstacle."""
    text = shapely.to_wkt(shapely.Point(17, 44).buffer(1, 20_000), rounding_precision=-1)
    table = read_table(csv(tmp_path, "wkt", f'"{text}"'))
    assert len(table.columns["wkt"][0]) > 1_000_000


def test_geojson_in_its_other_forms(tmp_path):
    """One feature, one geometry, one feature a line: all are tables."""
    feature = {
        "type": "Feature",
        "id": 7,
        "geometry": {"type": "Point", "coordinates": [1, 2]},
        "properties": None,
    }
    texts = [
        json.dumps(feature),
        json.dumps(feature["geometry"]),
        f"{json.dumps(feature)}\n\x1e{json.dumps(feature)}\n",
    ]
    counts = []
    for text in texts:
        path = tmp_path / "a.geojson"
        path.write_text(text, "utf-8")
        counts.append(read_table(path).count)
    assert counts == [1, 1, 2]


def test_the_older_geojson_names_its_system(tmp_path):
    """The «crs» member of 2008 is honoured."""
    path = tmp_path / "a.geojson"
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    feature = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Point", "coordinates": [155000, 463000]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}))
    (row,) = prepare(read_table(path), build_mapping({"kind": "accident"}, "m")).rows
    assert row.geometry.x == pytest.approx(5.387, abs=1e-3)
    assert row.body["geometry_entered"] == {
        "text": "POINT (155000 463000)",
        "crs": "urn:ogc:def:crs:EPSG::28992",
    }


def test_paths_that_are_no_table(tmp_path):
    """Missing, a directory, empty, of an unknown format: one code each."""
    empty = tmp_path / "a.csv"
    empty.touch()
    other = tmp_path / "a.docx"
    other.write_bytes(b"PK")
    cases = {
        tmp_path / "none.csv": "file_missing",
        tmp_path: "file_is_directory",
        empty: "file_empty",
        other: "format_unknown",
    }
    for path, code in cases.items():
        with pytest.raises(InputError) as caught:
            read_table(path)
        assert caught.value.code == code


def attempt(path):
    """What taking a file in gives: prepared rows, or the error that refuses it."""
    try:
        return prepare(read_table(path), build_mapping({"kind": "accident"}, "m"))
    except InputError as problem:
        return problem


@pytest.mark.parametrize("suffix", sorted(READERS))
@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\xff" * 300, b"{", b"[]", b"PK\x03\x04 no", b"\n\n\n"]
)
def test_what_is_not_its_format_is_refused(tmp_path, suffix, content):
    """Wrong bytes under any suffix are an InputError with a code, never a traceback."""
    path = tmp_path / f"file{suffix}"
    path.write_bytes(content)
    found = attempt(path)
    if isinstance(found, InputError):
        known = {"format_unknown", "format_invalid", "file_empty", "layer_unknown"}
        assert found.code in known
        assert "\n" not in str(found)
    else:  # a brace is a fair header of a table of text
        assert suffix in {".csv", ".tsv", ".txt"}
        assert found.rows == []


def test_a_file_named_like_another_format_is_not_opened_by_it(tmp_path):
    """A virtual layer that points elsewhere, dressed as a GeoPackage, is refused unread."""
    path = tmp_path / "trap.gpkg"
    path.write_text("<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>")
    with pytest.raises(InputError) as caught:
        read_table(path)
    assert caught.value.code == "format_unknown"


CELLS = [["place", "killed"], ["mill", 2]]


def test_an_open_document_is_a_table(tmp_path):
    """Cells have their types; the sheet gives its name."""
    table = read_table(open_document(tmp_path / "a.ods", CELLS))
    assert (table.name, table.columns) == ("S", {"place": ["mill"], "killed": [2]})


def test_a_broken_system_is_named(tmp_path):
    """A .prj whose letters cannot be read is an error of its own, with its cure."""
    path = shapefile(tmp_path, name=["Ana"])
    system = path.with_suffix(".prj")
    system.write_bytes(system.read_bytes().replace(b"GCS_", b"GCS_\xd1\x33\xdf"))
    found = attempt(path)
    assert found.code == "crs_unknown"
    assert ".prj" in found.cure


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    """One sound file of each kind of reader, and its bytes."""
    folder = tmp_path_factory.mktemp("originals")
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(folder / "a.xlsx")
    made = [
        write(folder / "a.gpkg"),
        write(folder / "a.fgb", SPATIAL_INDEX="NO"),
        write(folder / "a.geojson", driver="GeoJSON"),
        write(folder / "a.kml", driver="LIBKML"),
        csv(folder, "a,wkt", 'x,"POINT (1 2)"'),
        shapefile(folder, name=["Ana"]),
        folder / "a.xlsx",
        open_document(folder / "a.ods", CELLS),
        zipped(folder / "a.kmz", {"doc.kml": (folder / "a.kml").read_bytes()}),
    ]
    write(folder / "b.gdb", driver="OpenFileGDB", TARGET_ARCGIS_VERSION="ARCGIS_PRO_3_2_OR_LATER")
    database = {f"b.gdb/{part.name}": part.read_bytes() for part in (folder / "b.gdb").iterdir()}
    parts = {part.name: part.read_bytes() for part in folder.glob("points.*")}
    made += [zipped(folder / "b.zip", database), zipped(folder / "points.zip", parts)]
    return {path: path.read_bytes() for path in made}


damage = st.lists(st.tuples(st.floats(0, 0.999999), st.integers(0, 255)), min_size=1, max_size=8)


def changed(content, changes):
    """The bytes with some of them changed."""
    found = bytearray(content)
    for place, byte in changes:
        if found:
            found[int(place * len(found))] = byte
    return bytes(found)


def changed_inside(content, member, changes):
    """A zip file with bytes changed in one of its members, and sound all round."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = list(members)[member % len(members)]
    target = io.BytesIO()
    zipped(target, {**members, name: changed(members[name], changes)})
    return target.getvalue()


@settings(max_examples=250, deadline=None)
@given(
    which=st.integers(0, 10),
    changes=damage,
    kept=st.floats(0.01, 1) | st.just(1.0),
    member=st.none() | st.integers(0, 40),
)
def test_damaged_files_are_read_or_refused(originals, which, changes, kept, member):
    """Bytes changed anywhere, inside a zip file too, and the end cut off: rows or an InputError."""
    path, sound = list(originals.items())[which]
    if member is not None and sound.startswith(b"PK"):
        content = changed_inside(sound, member, changes)
    else:
        content = changed(sound, changes)
    path.write_bytes(content[: max(1, int(kept * len(content)))])
    found = attempt(path)
    rows = [] if isinstance(found, InputError) else found.rows
    assert [row.row for row in rows] == list(range(1, len(rows) + 1))


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["type", "coordinates", "geometry", "properties", "id", "x"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
geometries = st.fixed_dictionaries(
    {"type": st.sampled_from(["Point", "Polygon", "MultiPolygon", "GeometryCollection", "Blob"])},
    optional={"coordinates": json_values, "geometries": json_values},
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(features=st.lists(st.fixed_dictionaries({"geometry": geometries | json_values, "properties": json_values}) | json_values, max_size=5))  # fmt: skip
def test_any_features_are_prepared(tmp_path, features):
    """Whatever stands where features should, each gets its row."""
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    table = read_table(path)
    found = prepare(table, build_mapping({"kind": "accident"}, "m"))
    assert len(found.rows) == table.count == len(features)
    assert len({row.identity for row in found.rows}) == len(features)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=200))
def test_any_text_is_a_table_or_refused(tmp_path, text):
    """Text of any kind as CSV: rows or an InputError."""
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        table = read_table(path)
    except InputError:
        return
    assert all(len(column) == table.count for column in table.columns.values())


def test_a_part_without_rings_waits_as_malformed(tmp_path):
    """A MultiPolygon with a part of nothing is named and kept as text, and stops no other row."""
    shapes = [{"type": "MultiPolygon", "coordinates": [[]]}, {"type": "Point", "coordinates": [1, 2]}]  # fmt: skip
    rows = [{"type": "Feature", "geometry": shape, "properties": {"n": 1}} for shape in shapes]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    table = read_table(path)
    assert (table.count, dict(table.damage)) == (2, {0: "geometry_malformed"})
    assert "MultiPolygon" in table.entered[0]


def test_measures_are_left_out_aloud(tmp_path):
    """A layer with M values prints no warning of Python; that they were left out is told."""
    file = tmp_path / "m.gpkg"
    raw.write(
        str(file), shapely.to_wkb([shapely.Point(17, 44)]), [np.array([1])],
        np.array(["n"], dtype=object), crs="EPSG:4326", geometry_type="Point", driver="GPKG",
    )  # fmt: skip
    with contextlib.closing(sqlite3.connect(file)) as held, held:
        held.execute("UPDATE gpkg_geometry_columns SET m = 1")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = read_table(file)
    assert [(one.code, one.message.split(":")[0]) for one in table.issues] == [
        ("elevation_dropped", "measures (M)")
    ]
