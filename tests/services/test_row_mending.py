"""A waiting row is mended in its cells and taken in, known as the row it was."""

from __future__ import annotations

import pytest
import shapely

from landrelease.errors import FieldError, NotFoundError, RefusedError
from landrelease.register import open_register
from landrelease.register.people import people_path
from landrelease.services import keeping, land, layers, mending, recording
from landrelease.services.row_mending import Mended, mend, waiting_row

from .test_mending import BAD, GOOD, register, square, take, write_layer

__all__ = ["register"]

MAPPING = """
kind: hazardous_area
identity: {local_id: ref}
geometry: {column: wkt}
crs: EPSG:4326
fields: {hazard_kind: {column: kind, values: {S: SHA, C: CHA}}, people_affected: people, name: name}
"""
SHAPE = "POLYGON ((17 44, 17.1 44, 17.1 44.1, 17 44))"


def table(register, *lines, mapping=MAPPING):
    """Take a table in by a mapping, and return what waits of it."""
    rules = register.parent / "m.yaml"
    rules.write_text(mapping)
    file = register.parent / "areas.csv"
    file.write_text("\n".join(["ref,kind,people,name,wkt", *lines]) + "\n")
    take(register, file, mapping=rules)
    return mending.quarantine(register)["rows"]


def areas(register):
    """Bodies of the areas by their name."""
    with open_register(register) as opened:
        return {r.body.get("name"): dict(r.body) for r in opened.records("hazardous_area")}


def test_a_row_is_shown_with_what_its_cells_are_read_as(register):
    """File, problem and cure; the cell that the problem is about, and the values that it may have."""
    (row,) = table(register, f'A-1,X,12,"one","{SHAPE}"')
    shown = waiting_row(register, row["quarantine_row"])
    assert (shown["file_name"], shown["row"], shown["code"]) == ("areas.csv", 1, "field_missing")
    cells = {one["column"]: one for one in shown["columns"]}
    assert [name for name, one in cells.items() if one["named"]] == ["kind"]
    assert set(cells["kind"]["codes"]) == {"S", "C"}
    assert cells["ref"]["reads"] == ["local_id"]
    assert cells["people"]["text"] == "12"


def test_each_error_marks_what_it_is_about(register):
    """An unknown code marks its cell; an outline that encloses nothing marks the geometry as well."""
    (row,) = table(register, 'A-1,X,12,"one","POLYGON ((17 44, 17.1 44, 17.2 44, 17 44))"')
    assert {issue["code"] for issue in row["issues"]} >= {"field_missing", "zero_area"}
    shown = waiting_row(register, row["quarantine_row"])["columns"]
    assert {one["column"] for one in shown if one["named"]} == {"kind", "wkt"}


def test_a_mended_row_is_taken_in_as_that_row(register):
    """One cell is changed: the row is resolved, its record has all else as read, and nothing waits."""
    one, two = table(register, f'A-1,X,12,"one","{SHAPE}"', f'A-2,Y,0,"two","{SHAPE}"')
    done = mend(register, one["quarantine_row"], Mended({"kind": "C"}), by="Ana")
    assert (done["added"], done["resolved"], done["quarantined"]) == (1, 1, 0)
    assert areas(register)["one"]["hazard_kind"] == "CHA"
    assert areas(register)["one"]["people_affected"] == 12
    waiting = mending.quarantine(register)["rows"]
    assert [row["quarantine_row"] for row in waiting] == [two["quarantine_row"]]
    act = layers.imports(register)["imports"][-1]
    assert (act["author"], act["file_name"]) == ("Ana", "areas.csv, row 1")
    assert keeping.verify(register)["ok"]


def test_undoing_the_mending_lets_the_row_wait_again(register):
    """It is an import like any other."""
    (row,) = table(register, f'A-1,X,12,"one","{SHAPE}"')
    done = mend(register, row["quarantine_row"], Mended({"kind": "S"}), by="Ana")
    recording.void(register, record_id=None, import_id=done["import_id"], why="wrong row", by="Ana")
    assert mending.quarantine(register)["rows"] == [row]
    assert land.areas(register)["areas"] == []


def test_what_still_cannot_be_taken_in_says_why_and_writes_nothing(register):
    """The answer holds the problem; the row waits on as it was first read."""
    (row,) = table(register, f'A-1,X,12,"one","{SHAPE}"')
    with open_register(register) as opened:
        before = opened.revision()
    done = mend(register, row["quarantine_row"], Mended({"kind": "Z"}), by="Ana")
    assert (done["import_id"], done["resolved"], done["quarantined"]) == (None, 0, 1)
    assert any("'Z'" in issue["message"] for issue in done["issues"])
    assert mending.quarantine(register)["rows"] == [row]
    with open_register(register) as opened:
        assert opened.revision() == before


def test_an_outline_is_typed_anew(register):
    """A geometry that a layer brought broken is mended as text, in the layer's own system."""
    path = write_layer(register.parent, (BAD, {"name": "two"}), (None, {"name": "=three"}))
    take(register, path)
    first, second = mending.quarantine(register)["rows"]
    shown = waiting_row(register, first["quarantine_row"])
    assert [one["column"] for one in shown["columns"] if one["named"]] == ["geometry"]
    for row in (first, second):
        assert mend(register, row["quarantine_row"], Mended({"geometry": GOOD}), by="A")["added"]
    found = areas(register)
    assert set(found) == {"two", "=three"}
    assert shapely.geometry.shape(found["two"]["geometry"]).equals(shapely.from_wkt(GOOD))


def test_exchanged_axes_change_places_when_a_person_says_so(tmp_path):
    """The outline lies where latitude and longitude say it does once they changed places."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana", bbox=(16.0, 43.0, 19.0, 46.0))
    box = "POLYGON ((44 17, 44 17.1, 44.1 17.1, 44 17))"
    (row,) = table(path, f'A-1,S,12,"one","{box}"')
    assert row["code"] == "axes_swapped"
    assert waiting_row(path, row["quarantine_row"])["exchangeable"]
    done = mend(path, row["quarantine_row"], Mended(exchange=True), by="Ana")
    assert done["resolved"] == 1
    shape = shapely.geometry.shape(areas(path)["one"]["geometry"])
    assert shape.bounds == (17.0, 44.0, 17.1, 44.1)


def test_exchanged_columns_change_places(tmp_path):
    """Where longitude and latitude are columns, their cells are exchanged."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana", bbox=(16.0, 43.0, 19.0, 46.0))
    rules = tmp_path / "m.yaml"
    rules.write_text("kind: accident\ngeometry: {longitude: x, latitude: y}\n")
    file = tmp_path / "accidents.csv"
    file.write_text("x,y\n44.5,17.5\n")
    take(path, file, mapping=rules)
    (row,) = mending.quarantine(path)["rows"]
    assert waiting_row(path, row["quarantine_row"])["exchangeable"]
    assert mend(path, row["quarantine_row"], Mended(exchange=True), by="Ana")["added"] == 1
    with open_register(path) as opened:
        (accident,) = opened.records("accident")
    assert accident.body["geometry"]["coordinates"] == [17.5, 44.5]


def test_a_field_without_a_column_is_set(register):
    """A file that has no column for what every record needs gets it in the page."""
    path = write_layer(register.parent, square(name="one"))
    take(register, path, kind="hazardous_area")
    (row,) = mending.quarantine(register)["rows"]
    shown = waiting_row(register, row["quarantine_row"])
    assert shown["lacking"] == [{"field": "hazard_kind", "codes": ["SHA", "CHA"]}]
    mended = Mended(set_fields={"hazard_kind": "CHA"})
    assert mend(register, row["quarantine_row"], mended, by="Ana")["resolved"] == 1
    assert areas(register)["one"]["hazard_kind"] == "CHA"


def test_a_number_stays_a_number_and_an_empty_cell_is_empty(register):
    """What was read as a number and is changed to one is one, whatever a text column would hold."""
    path = write_layer(register.parent, (BAD, {"people_affected": 12, "name": "one"}))
    take(register, path)
    (row,) = mending.quarantine(register)["rows"]
    cells = {"geometry": GOOD, "people_affected": "15", "name": ""}
    mend(register, row["quarantine_row"], Mended(cells), by="Ana")
    assert areas(register)[None]["people_affected"] == 15


def test_rows_of_several_lines_are_mended_outside(register, tmp_path):
    """An outline of single points is no form of one row; it says what to do instead."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "kind: hazardous_area\nvertices: {outline: P, order: N}\n"
        "geometry: {longitude: X, latitude: Y}\nfields: {hazard_kind: {constant: SHA}}\n"
    )
    file = tmp_path / "t.csv"
    file.write_text("P,N,X,Y\nA,1,17,44\nA,2,17.1,44\nA,3,17.1,north\n")
    take(register, file, mapping=mapping)
    (row,) = mending.quarantine(register)["rows"]
    assert waiting_row(register, row["quarantine_row"])["several"] == 3
    with pytest.raises(RefusedError) as caught:
        mend(register, row["quarantine_row"], Mended(), by="Ana")
    assert caught.value.code == "row_of_several"


def test_unknown_rows_and_columns_are_refused(register):
    """A row that was mended meanwhile, and a column that the row does not have."""
    (row,) = table(register, f'A-1,X,12,"one","{SHAPE}"')
    with pytest.raises(FieldError, match="no such column"):
        mend(register, row["quarantine_row"], Mended({"colour": "red"}), by="Ana")
    mend(register, row["quarantine_row"], Mended({"kind": "S"}), by="Ana")
    with pytest.raises(NotFoundError, match="no row"):
        mend(register, row["quarantine_row"], Mended({"kind": "S"}), by="Ana")


VICTIMS = "kind: victim\nidentity: {local_id: ref}\nfields: {outcome: outcome, note: remark}\n"


def victims(path):
    """Of two victims of one id the second waits, with a name in its remark."""
    rules = path.parent / "v.yaml"
    rules.write_text(VICTIMS)
    file = path.parent / "victims.csv"
    file.write_text("ref,outcome,remark\nV-1,killed,Ivo Kos\nV-1,injured,Mirela Tuzla\n")
    take(path, file, mapping=rules)
    return mending.quarantine(path)["rows"]


def test_a_person_is_mended_and_named_nowhere_in_the_register(register):
    """The name is shown to who mends; taken in, it stands in the second file alone."""
    (row,) = victims(register)
    shown = waiting_row(register, row["quarantine_row"])
    assert "Mirela Tuzla" in [one["text"] for one in shown["columns"]]
    done = mend(register, row["quarantine_row"], Mended({"ref": "V-2"}), by="Ana")
    assert (done["added"], done["resolved"]) == (1, 1)
    assert b"Mirela" not in register.read_bytes()
    assert keeping.verify(register)["ok"]


def test_a_person_whose_words_are_not_here_is_not_mended(register):
    """Without the second file there is nothing to mend, and an empty record is not taken in."""
    (row,) = victims(register)
    people_path(register).unlink()
    assert waiting_row(register, row["quarantine_row"])["apart"]
    with pytest.raises(RefusedError) as caught:
        mend(register, row["quarantine_row"], Mended(), by="Ana")
    assert caught.value.code == "row_elsewhere"
