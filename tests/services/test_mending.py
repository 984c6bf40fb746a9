"""Rows that wait are given out, mended, known again when they come back, and nothing is lost."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest

from landrelease.errors import InputError
from landrelease.register import open_register
from landrelease.services import keeping, land, layers, mending, recording

SQUARE = [[17.0, 44.0], [17.1, 44.0], [17.1, 44.1], [17.0, 44.1], [17.0, 44.0]]
BAD = {"type": "Polygon", "coordinates": [[[17.2, 44.0], [17.3, 44.0]]]}
GOOD = "POLYGON ((17.2 44, 17.3 44, 17.3 44.1, 17.2 44))"


@pytest.fixture
def register(tmp_path):
    """An empty register."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country="XVA", name="Test", by="Tester")
    return path


def write_layer(folder, *features, name="areas.geojson"):
    """A layer of geometries with their properties."""
    path = folder / name
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "geometry": shape, "properties": properties}
                    for shape, properties in features
                ],
            }
        )
    )
    return path


def square(west=17.0, **properties):
    """A square of a tenth of a degree, and its properties."""
    ring = [[x - 17.0 + west, y] for x, y in SQUARE]
    return {"type": "Polygon", "coordinates": [ring]}, properties


def take(register, path, **how):
    """Take a file in as suspected areas."""
    how = how or {"kind": "hazardous_area", "set_fields": {"hazard_kind": "SHA"}}
    return layers.take_in(register, layers.ImportCall(file=path, **how), by="Tester")


def edit_xlsx(path, column, *values):
    """Write values into a column of a workbook, from its second row on."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    place = [cell.value for cell in sheet[1]].index(column) + 1
    for row, value in enumerate(values, 2):
        sheet.cell(row, place, value)
    book.save(path)


def edit_csv(path, column, *values):
    """The same in a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, value in zip(rows, values, strict=False):
        row[column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(("suffix", "edit"), [("xlsx", edit_xlsx), ("csv", edit_csv)])
def test_rows_without_id_are_known_again(register, tmp_path, suffix, edit):
    """Exactly the mended row is resolved; the other waits on; the row as first read is kept."""
    path = write_layer(tmp_path, square(name="one"), (BAD, {"name": "=two"}), (None, {"name": "x"}))
    first = take(register, path)
    assert (first["accepted"], first["quarantined"]) == (1, 2)
    waiting = mending.quarantine(register)["rows"]
    file = tmp_path / f"mend.{suffix}"
    out = mending.give_out(register, file)
    assert (out["count"], out["layer"]) == (2, "areas")
    edit(file, "geometry", GOOD)
    back = take(register, file, kind=None)
    assert (back["read"], back["added"], back["quarantined"], back["resolved"]) == (2, 1, 1, 1)
    assert back["vanished"] == []
    left = mending.quarantine(register)["rows"]
    assert [row["raw"] for row in left] == [waiting[1]["raw"]]
    with open_register(register) as opened:
        names = {r.body["name"] for r in opened.records("hazardous_area")}
        (mended,) = opened.mended()
    assert names == {"one", "=two"}
    assert mended.raw == waiting[0]["raw"]
    again = take(register, file, kind=None)
    assert (again["unchanged"], again["added"], again["resolved"]) == (1, 0, 0)


def test_the_first_file_again_does_not_undo_the_mending(register, tmp_path):
    """The same bad row counts as mended; changed otherwise, it waits as a new row."""
    path = write_layer(tmp_path, square(name="one"), (BAD, {"name": "two"}))
    take(register, path)
    file = tmp_path / "mend.xlsx"
    mending.give_out(register, file)
    edit_xlsx(file, "geometry", GOOD)
    take(register, file, kind=None)
    path = write_layer(tmp_path, square(name="one"), (BAD, {"name": "two"}), square(18, name="new"))
    again = take(register, path)
    assert (again["added"], again["unchanged"], again["quarantined"]) == (1, 2, 0)
    assert again["vanished"] == []
    other = write_layer(tmp_path, square(name="one"), (BAD, {"name": "other"}))
    assert take(register, other)["quarantined"] == 1


def test_a_mended_row_is_not_told_as_vanished(register, tmp_path):
    """A row with an id that was mended, under its own id or another, is in the file when it comes again."""
    path = tmp_path / "areas.csv"
    head = "local_id,hazard_kind,longitude,latitude\n"
    rows = "A-1,SHA,17.2,44.3\nA-2,SHA,17.3,\nA-1,SHA,17.4,44.3\nA-5,SHA,17.5,44.3\n"
    path.write_text(head + rows)
    how = {"kind": "hazardous_area"}
    assert take(register, path, **how)["quarantined"] == 2
    file = tmp_path / "mend.csv"
    mending.give_out(register, file)
    edit_csv(file, "latitude", "44.4", "44.3")
    edit_csv(file, "local_id", "A-2", "A-9")
    assert take(register, file, **how)["added"] == 2
    again = take(register, path, **how)
    assert (again["unchanged"], again["vanished"], again["import_id"]) == (4, [], None)
    path.write_text(head + rows.replace("A-5", "A-6"))
    later = take(register, path, **how)
    assert [one["local_id"] for one in later["vanished_records"]] == ["A-5"]


def test_undoing_an_import_undoes_its_mending(register, tmp_path):
    """Void the mending and the row waits again; void the first import and nothing waits."""
    path = write_layer(tmp_path, square(name="one"), (BAD, {"name": "two"}))
    first = take(register, path)
    file = tmp_path / "mend.xlsx"
    mending.give_out(register, file)
    edit_xlsx(file, "geometry", GOOD)
    back = take(register, file, kind=None)
    void = {"record_id": None, "why": "wrong month", "by": "Tester"}
    recording.void(register, import_id=back["import_id"], **void)
    assert mending.quarantine(register)["count"] == 1
    recording.void(register, import_id=first["import_id"], **void)
    assert mending.quarantine(register)["count"] == 0
    assert land.areas(register)["areas"] == []
    once_more = take(register, path)
    assert (once_more["added"], once_more["quarantined"]) == (1, 1)
    assert [row["voided"] for row in layers.imports(register)["imports"]] == [True, True, False]
    assert keeping.verify(register)["ok"]


def test_a_duplicate_id_waits_until_it_has_its_own(register, tmp_path):
    """The first of two rows stays in, the second waits, however often the file comes."""
    how = {"kind": "hazardous_area", "set_fields": {"hazard_kind": "SHA"}}
    path = write_layer(tmp_path, square(local_id="A-1"), square(18, local_id="A-1"))
    assert take(register, path, **how)["quarantined"] == 1
    assert take(register, path, **how)["quarantined"] == 1
    assert mending.quarantine(register)["count"] == 1
    file = tmp_path / "mend.xlsx"
    mending.give_out(register, file)
    edit_xlsx(file, "local_id", "A-2")
    back = take(register, file, kind=None)
    assert (back["added"], back["resolved"]) == (1, 1)
    assert {a["local_id"] for a in land.areas(register)["areas"]} == {"A-1", "A-2"}
    assert mending.quarantine(register)["count"] == 0
    assert take(register, path, **how)["quarantined"] == 0


def test_mended_in_a_map(register, tmp_path):
    """As GeoJSON, in longitude and latitude whatever the system was; a drawn outline is taken in."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "kind: hazardous_area\ncrs: EPSG:32633\ngeometry: {column: wkt}\n"
        "fields: {hazard_kind: kind, name: name}\n"
    )
    table = tmp_path / "t.csv"
    table.write_text(
        'name,kind,wkt\none,SHA,"POLYGON ((500000 4900000, 500100 4900000, 500100 4900100, 500000 4900000))"\n'
        'two,,"POLYGON ((500200 4900000, 500300 4900000, 500300 4900100, 500200 4900000))"\n'
    )
    take(register, table, mapping=mapping)
    file = tmp_path / "mend.geojson"
    mending.give_out(register, file)
    document = json.loads(file.read_text())
    (feature,) = document["features"]
    assert feature["properties"]["quarantine_codes"] == "field_missing"
    assert "set it for every row" in feature["properties"]["quarantine_cure"]
    feature["properties"]["kind"] = "CHA"
    file.write_text(json.dumps(document))
    back = take(register, file, mapping=mapping)
    assert (back["added"], back["resolved"]) == (1, 1)
    with open_register(register) as opened:
        areas = {r.body["name"]: r.body for r in opened.records("hazardous_area")}
    assert areas["two"]["hazard_kind"] == "CHA"
    assert areas["two"]["geometry"]["coordinates"][0][0][0] == pytest.approx(15.0, abs=0.01)


@pytest.mark.parametrize("suffix", ["geojson", "csv"])
def test_the_system_that_was_followed_places_mended_rows(register, tmp_path, suffix):
    """A mapping that overrules the file's own system does so for the rows it sends back."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "kind: hazardous_area\ncrs: EPSG:32634\ncrs_reason: test\n"
        "fields: {hazard_kind: kind, name: name}\n"
    )
    ring = [[500000, 4900000], [500100, 4900000], [500100, 4900100], [500000, 4900000]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    path = write_layer(tmp_path, (shape, {"name": "one"}))
    document = json.loads(path.read_text())
    document["crs"] = {"type": "name", "properties": {"name": "EPSG:32633"}}
    path.write_text(json.dumps(document))
    take(register, path, mapping=mapping)
    file = tmp_path / f"mend.{suffix}"
    mending.give_out(register, file)
    if suffix == "csv":
        edit_csv(file, "kind", "SHA")
    else:
        document = json.loads(file.read_text())
        document["features"][0]["properties"]["kind"] = "SHA"
        file.write_text(json.dumps(document))
    assert take(register, file, mapping=mapping)["resolved"] == 1
    with open_register(register) as opened:
        (area,) = opened.records("hazardous_area")
    assert area.body["geometry"]["coordinates"][0][0][0] == pytest.approx(21.0, abs=0.01)


def test_a_survey_sheet_comes_back_with_all_its_points(register, tmp_path):
    """An outline waits as its rows, is mended in one of them, and is one record again."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "kind: hazardous_area\nvertices: {outline: P, order: N}\n"
        "geometry: {longitude: X, latitude: Y}\nfields: {hazard_kind: {constant: SHA}}\n"
    )
    table = tmp_path / "t.csv"
    table.write_text("P,N,X,Y\nA,1,17,44\nA,2,17.1,44\nA,3,17.1,north\n")
    assert take(register, table, mapping=mapping)["quarantined"] == 1
    file = tmp_path / "mend.csv"
    mending.give_out(register, file)
    edit_csv(file, "Y", "44", "44", "44.1")
    back = take(register, file, mapping=mapping)
    assert (back["read"], back["added"], back["resolved"]) == (1, 1, 1)
    assert mending.quarantine(register)["count"] == 0


def test_only_one_layer_is_given_out_at_a_time(register, tmp_path):
    """Layers have columns of their own, so one is named."""
    take(register, write_layer(tmp_path, (BAD, {"a": 1})))
    take(register, write_layer(tmp_path, (BAD, {"b": 1}), name="others.geojson"))
    with pytest.raises(InputError) as caught:
        mending.give_out(register, tmp_path / "mend.csv")
    assert caught.value.code == "layer_needed"
    assert "areas, others" in caught.value.cure
    assert mending.give_out(register, tmp_path / "m.csv", layer="others")["count"] == 1


def test_rows_of_another_register_are_refused(register, tmp_path):
    """A mark that is not ours is named with its row; nothing is taken in."""
    file = tmp_path / "mend.csv"
    file.write_text("quarantine_row,name\nabcdef12-7,x\n")
    with pytest.raises(InputError) as caught:
        take(register, file)
    assert caught.value.code == "quarantine_unknown"
    assert "row 1" in caught.value.message


def test_a_half_mended_file_is_not_written_over(register, tmp_path):
    """What a person mended by hand stays; another name is asked for."""
    take(register, write_layer(tmp_path, (BAD, {"a": 1})))
    file = tmp_path / "mend.csv"
    file.write_text("an afternoon of mending")
    with pytest.raises(InputError) as caught:
        mending.give_out(register, file)
    assert caught.value.code == "file_exists"
    assert file.read_text() == "an afternoon of mending"


def test_every_problem_is_explained():
    """One code or all, each with its meaning and cure."""
    assert len(mending.problems()["problems"]) > 50
    (one,) = mending.problems("zero_area")["problems"]
    assert one["cure"] == "check the order of the vertices"


def test_a_long_outline_is_not_cut_by_a_workbook(register, tmp_path):
    """A cell of a workbook is too short for it, which is said; the other formats hold it."""
    from math import cos, sin, tau

    ring = [[17 + cos(tau * n / 3000) / 50, 44 + sin(tau * n / 3000) / 50] for n in range(3000)]
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    path = write_layer(tmp_path, (shape, {"name": "long"}))
    assert take(register, path, kind="hazardous_area")["by_code"]["field_missing"] == 1
    with pytest.raises(InputError) as caught:
        mending.give_out(register, tmp_path / "mend.xlsx")
    assert caught.value.code == "cell_too_long"
    assert "row 1, geometry" in caught.value.message
    file = tmp_path / "mend.csv"
    mending.give_out(register, file)
    how = {"kind": "hazardous_area", "set_fields": {"hazard_kind": "SHA"}}
    back = layers.ImportCall(file=file, mapping=None, **how)
    account = layers.take_in(register, back, by="Tester")
    assert (account["added"], account["resolved"]) == (1, 1)
    with open_register(register) as opened:
        (area,) = opened.records("hazardous_area")
    assert len(area.body["geometry"]["coordinates"][0]) == 3001


def test_a_row_of_no_known_kind_waits_apart_and_is_taken_in_when_mended(tmp_path):
    """It stops no other row; since it may be about a person, the register's file does not hold it."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    rules = {
        "record_kind": {"column": "t", "values": {"1": "accident"}},
        "fields": {"place": "place"},
    }
    (tmp_path / "m.yaml").write_text(json.dumps(rules))
    (tmp_path / "rows.csv").write_text("t,place\n1,mill\n9,Ana Beg's well\n")
    call = layers.ImportCall(file=tmp_path / "rows.csv", mapping=tmp_path / "m.yaml")
    brought = layers.take_in(path, call, by="Tester")
    assert (brought["read"], brought["added"], brought["quarantined"]) == (2, 1, 1)
    assert b"Ana Beg" not in path.read_bytes()
    [row] = mending.quarantine(path)["rows"]
    assert (row["code"], row["raw"]["place"]) == ("kind_unknown", "Ana Beg's well")
    assert "record_kind" in row["cure"]
    assert layers.take_in(path, call, by="Tester")["import_id"] is None
    mended = tmp_path / "mend.csv"
    assert mending.give_out(path, mended)["personal"] == 1
    mended.write_text(mended.read_text("utf-8-sig").replace("well,9", "well,1"), "utf-8")
    again = layers.take_in(path, layers.ImportCall(file=mended), by="Tester")
    assert (again["added"], again["resolved"]) == (1, 1)
    assert mending.quarantine(path)["count"] == 0
