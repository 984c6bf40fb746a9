"""The same layer again next month: what is new, changed, unchanged and gone, before it is taken in."""

from __future__ import annotations

import csv
import json
from functools import partial

import pytest

from landrelease.errors import FieldError, InputError
from landrelease.geometry import area_m2, distance_m
from landrelease.register import open_register
from landrelease.services import keeping, land, layers, recording
from landrelease.services.area_page import area_page
from tests.services.test_mending import register, square, take, write_layer

__all__ = ["register"]

HOW = {"kind": "hazardous_area", "set_fields": {"hazard_kind": "SHA"}}


def test_each_changed_row_says_what_changed(register, tmp_path):
    """Fields before and after, the outline by its areas and how far its middle moved."""
    take(register, write_layer(tmp_path, square(local_id="A", status="open", note="x")))
    path = write_layer(tmp_path, square(17.05, local_id="A", status="suspended", note="x"))
    seen = layers.preview(register, layers.ImportCall(file=path, **HOW))
    assert (seen["changed"], seen["added"], seen["unchanged"]) == (1, 0, 0)
    (change,) = seen["changes"]
    assert (change["row"], change["local_id"]) == (1, "A")
    assert change["action"] == "hazardous_area.suspended"
    assert change["fields"] == ({"field": "status", "before": "open", "after": "suspended"},)
    moved = distance_m(17.05, 44.05, 17.10, 44.05)
    assert change["geometry"]["moved_m"] == pytest.approx(moved, rel=1e-3)
    before, after = change["geometry"]["area_before_m2"], change["geometry"]["area_after_m2"]
    assert before == pytest.approx(after, rel=1e-9)
    assert land.areas(register)["areas"][0]["status"] == "open"


def test_a_status_that_changes_names_its_action(register, tmp_path):
    """A row that says suspended suspends the area; one that says closed is a claim while land is left."""
    take(register, write_layer(tmp_path, square(local_id="A", status="open")))
    done = take(register, write_layer(tmp_path, square(local_id="A", status="suspended")))
    assert [c["action"] for c in done["changes"]] == ["hazardous_area.suspended"]
    with open_register(register) as opened:
        (entry,) = opened.entries(action="hazardous_area.suspended")
    assert json.loads(entry.body)["status"] == "suspended"
    done = take(register, write_layer(tmp_path, square(local_id="A", status="closed")))
    assert [c["fields"][0]["after"] for c in done["changes"]] == ["closed"]
    assert [c["code"] for c in done["contradictions"]] == ["land_left"]
    assert land.areas(register)["areas"][0]["status"] == "suspended"


def test_an_action_of_a_row_is_done(register, tmp_path):
    """Suspended by its column of actions, the area is suspended; what says nothing keeps that."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "kind: hazardous_area\nidentity: {local_id: local_id}\n"
        "action: {column: did, values: {stopped: hazardous_area.suspended, updated: hazardous_area.amended}}\n"
        "fields: {hazard_kind: {constant: SHA}, name: name}\n"
    )
    take(register, write_layer(tmp_path, square(local_id="A", name="x", did="")), mapping=mapping)
    stopped = write_layer(tmp_path, square(local_id="A", name="x", did="stopped"))
    done = take(register, stopped, mapping=mapping)
    assert [c["action"] for c in done["changes"]] == ["hazardous_area.suspended"]
    assert land.areas(register)["areas"][0]["status"] == "suspended"
    named = write_layer(tmp_path, square(local_id="A", name="y", did="updated"))
    assert take(register, named, mapping=mapping)["changed"] == 1
    assert land.areas(register)["areas"][0]["status"] == "suspended"


def test_vanished_rows_are_listed_and_stay(register, tmp_path):
    """With an id or without one: what the new file lacks is named, and no ground is released."""
    for features, left in (
        ((square(local_id="A"), square(18, local_id="B")), square(local_id="A")),
        ((square(19, name="C"), square(20, name="D")), square(19, name="C")),
    ):
        take(register, write_layer(tmp_path, *features, name=f"{left[1]}.geojson"))
        seen = take(register, write_layer(tmp_path, left, name=f"{left[1]}.geojson"))
        assert (seen["unchanged"], len(seen["vanished"])) == (1, 1)
    assert {r["kind"] for r in seen["vanished_records"]} == {"hazardous_area"}
    assert len(land.areas(register)["areas"]) == 4
    assert all(a["status"] == "open" for a in land.areas(register)["areas"])


def _statuses(tmp_path, *rows, columns="local_id,hazard_kind,status"):
    """A table without outlines, and the mapping that reads it."""
    path, mapping = tmp_path / "statuses.csv", tmp_path / "statuses.yaml"
    path.write_text("\n".join((columns, *rows)))
    fields = ", ".join(f"{name}: {name}" for name in columns.split(",")[1:])
    mapping.write_text(
        "layer: areas\nkind: hazardous_area\nidentity: {local_id: local_id}\n"
        f"fields: {{{fields}}}\n"
    )
    return {"path": path, "mapping": mapping}


def test_a_table_without_outlines_leaves_them(register, tmp_path):
    """A row of statuses changes its record, whose polygon stays; an unknown id waits for a place."""
    take(register, write_layer(tmp_path, square(local_id="A", status="open")))
    (before,) = land.areas(register)["areas"]
    done = take(register, **_statuses(tmp_path, "A,SHA,suspended", "Z,SHA,open"))
    assert (done["changed"], done["quarantined"]) == (1, 1)
    assert done["by_code"] == {"geometry_kept": 1, "geometry_missing": 1}
    assert (done["vanished"], done["held_up"]) == ([], [])
    (area,) = land.areas(register)["areas"]
    assert area["status"] == "suspended"
    assert area["area_m2"] == before["area_m2"]


def test_a_row_placed_by_its_stated_area_keeps_the_outline_too(register, tmp_path):
    """It is said of a known record only; one that is new has no geometry. An emptied size is told."""
    columns = "local_id,hazard_kind,stated_area_m2"
    first = write_layer(tmp_path, square(local_id="A", hazard_kind="SHA", stated_area_m2=50))
    take(register, first)
    known = _statuses(tmp_path, "A,SHA,60", "Z,SHA,70", columns=columns)
    done = take(register, **known)
    assert (done["added"], done["changed"]) == (1, 1)
    assert done["by_code"] == {"geometry_absent": 1, "geometry_kept": 1}
    told = take(register, **_statuses(tmp_path, "A,SHA,", columns=columns))
    [claim] = told["contradictions"]
    assert claim["message"].startswith("stated_area_m2 was emptied: 60 m² that were")


def test_a_null_geometry_leaves_the_outline(register, tmp_path):
    """The same of a map whose feature has lost its geometry."""
    take(register, write_layer(tmp_path, square(local_id="A", status="open")))
    lost = None, {"local_id": "A", "status": "suspended"}
    done = take(register, write_layer(tmp_path, lost))
    assert (done["changed"], done["quarantined"], done["vanished"]) == (1, 0, [])
    assert land.areas(register)["areas"][0]["area_m2"] > 0


def test_a_file_that_empties_the_only_place_waits(register, tmp_path):
    """A column that the file carries says what it says: with no place left the row waits."""
    columns = "local_id,hazard_kind,place"
    take(register, **_statuses(tmp_path, "A,SHA,Nowhere", columns=columns))
    done = take(register, **_statuses(tmp_path, "A,CHA,", columns=columns))
    assert (done["changed"], done["quarantined"]) == (0, 1)
    assert done["by_code"]["geometry_missing"] == 1
    assert [one["local_id"] for one in done["held_up"]] == ["A"]


def test_records_whose_row_waits_have_not_vanished(register, tmp_path):
    """What the file holds, though it cannot be taken in, is told apart from what it lacks."""
    take(
        register,
        write_layer(tmp_path, *(square(17 + n, local_id=id) for n, id in enumerate("ABC"))),
    )
    ring = [[18, 444], [18.1, 444], [18.1, 445], [18, 444]]
    bad = {"type": "Polygon", "coordinates": [ring]}, {"local_id": "B"}
    seen = take(register, write_layer(tmp_path, square(17, local_id="A"), bad))
    assert [one["local_id"] for one in seen["held_up"]] == ["B"]
    assert [one["local_id"] for one in seen["vanished_records"]] == ["C"]


def test_a_row_of_unknown_kind_still_stands_for_its_record(register, tmp_path):
    """Where the file no longer tells the kind, the id is looked for under all of them."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "layer: areas\nidentity: {local_id: local_id}\n"
        "record_kind: {column: what, values: {area: hazardous_area}}\n"
        "fields: {hazard_kind: {constant: SHA}}\n"
    )
    take(register, write_layer(tmp_path, square(local_id="A", what="area")), mapping=mapping)
    odd = write_layer(tmp_path, square(local_id="A", what="riddle"))
    seen = take(register, odd, mapping=mapping)
    assert seen["vanished"] == []
    assert [one["local_id"] for one in seen["held_up"]] == ["A"]


@pytest.fixture
def by_ground(tmp_path):
    """A mapping that follows rows without an id by their ground."""
    path = tmp_path / "m.yaml"
    path.write_text(
        "layer: areas\nkind: hazardous_area\nidentity: {shared_ground: 0.5}\n"
        "fields: {hazard_kind: {constant: SHA}, name: name}\n"
    )
    return path


def test_rows_without_id_go_on_with_their_record(register, tmp_path, by_ground):
    """A changed word or a moved border is a new version; ground elsewhere is a new record."""
    first = square(17, name="one"), square(18, name="two"), square(19, name="three")
    take(register, write_layer(tmp_path, *first), mapping=by_ground)
    before = {a["record_id"] for a in land.areas(register)["areas"]}
    again = square(17, name="ONE"), square(18.02, name="two"), square(21, name="three")
    path = write_layer(tmp_path, *again)
    account = take(register, path, mapping=by_ground)
    assert (account["changed"], account["added"], account["continued"]) == (2, 1, 2)
    assert len(account["vanished"]) == 1
    assert {c["record_id"] for c in account["changes"]} < before
    assert len(land.areas(register)["areas"]) == 4
    third = *again, square(22, name="four")
    seen = take(register, write_layer(tmp_path, *third), mapping=by_ground)
    assert (seen["unchanged"], seen["changed"], seen["added"]) == (3, 0, 1)


def test_without_the_mapping_s_word_nothing_is_followed(register, tmp_path):
    """The preview says what could be; both records stay."""
    take(register, write_layer(tmp_path, square(17, name="one")))
    path = write_layer(tmp_path, square(17, name="ONE"))
    seen = layers.preview(register, layers.ImportCall(file=path, **HOW))
    assert (len(seen["continuing"]), seen["continued"]) == (1, 0)
    take(register, path)
    assert len(land.areas(register)["areas"]) == 2


def test_equal_shapes_that_stand_twice_are_not_guessed_at(register, tmp_path, by_ground):
    """Two records on one ground: nothing says which row goes on with which, so all stay."""
    pair = square(17, name="a"), square(17, name="b")
    take(register, write_layer(tmp_path, *pair), mapping=by_ground)
    path = write_layer(tmp_path, square(17, name="c"), square(17, name="d"))
    account = take(register, path, mapping=by_ground)
    assert (account["changed"], account["added"], len(account["vanished"])) == (0, 2, 2)


def test_the_differences_as_a_table(register, tmp_path):
    """One line for each field, each outline, each new and each vanished record."""
    take(register, write_layer(tmp_path, square(local_id="A", note="x"), square(18, local_id="B")))
    path = write_layer(tmp_path, square(17.01, local_id="A", note="y"), square(19, local_id="C"))
    file = tmp_path / "changes.csv"
    layers.preview(register, layers.ImportCall(file=path, changes=file, **HOW))
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [(r["what"], r["local_id"], r["field"]) for r in rows] == [
        ("changed", "A", "note"), ("changed", "A", "geometry"), ("new", "C", ""), ("vanished", "B", ""),
    ]  # fmt: skip
    assert (rows[0]["before"], rows[0]["after"]) == ("x", "y")


@pytest.mark.parametrize("cell", ["yes", "[1,2]", '{"field": "x"}', "7"])
def test_a_column_of_land_claims_is_kept_beside(register, tmp_path, cell):
    """What is no claim of this program stays under attributes, told, and its file is taken in."""
    table = tmp_path / "x.csv"
    with table.open("w", newline="") as file:
        csv.writer(file).writerows(
            [["local_id", "claims", "longitude", "latitude"], ["A", cell, 17.2, 44.3]]
        )
    told = take(register, table)
    assert (told["added"], told["by_code"]["value_invalid"]) == (1, 1)
    with open_register(register) as opened:
        body = opened.record("A").body
    assert "claims" not in body
    assert "claims" in body["attributes"]
    with pytest.raises(FieldError, match="claims"):
        take(register, table, **HOW | {"set_fields": {"hazard_kind": "SHA", "claims": "x"}})


def test_the_differences_write_over_no_file(register, tmp_path):
    """Not over the source, nor over another table, in the preview and in the import."""
    table = tmp_path / "december.csv"
    table.write_text("local_id,longitude,latitude\nA,17.2,44.3\n")
    call = layers.ImportCall(table, changes=table, **HOW)
    for act in (layers.preview, partial(layers.take_in, by="Ana")):
        with pytest.raises(InputError, match="file_exists"):
            act(register, call)
    assert table.read_text().startswith("local_id")
    assert land.areas(register)["areas"] == []


def test_names_of_people_are_in_no_difference(register, tmp_path):
    """Of people only the open fields are compared."""
    table = tmp_path / "v.csv"
    mapping = tmp_path / "v.yaml"
    mapping.write_text(
        "kind: victim\nidentity: {local_id: id}\n"
        "fields: {outcome: outcome, note: words}\nattributes: [village]\n"
    )
    table.write_text("id,outcome,words,village\nV-1,injured,Ana Kos,mill\n")
    take(register, table, mapping=mapping)
    table.write_text("id,outcome,words,village\nV-1,killed,Ana K.,well\n")
    seen = take(register, table, mapping=mapping)
    assert seen["changed"] == 1
    assert "Ana" not in json.dumps(seen["changes"])
    assert seen["changes"][0]["fields"][0]["field"] == "outcome"


@pytest.mark.data
def test_a_changed_copy_of_a_real_layer(shared, tmp_path):
    """Bosnia's suspected areas with ids: edited, moved, dropped and new rows, and the undoing."""
    source = json.loads((shared / "data/bih-mines/suspect_areas_simplyfied.geojson").read_text())
    whole = [f for f in source["features"] if f["geometry"] and f["geometry"]["coordinates"]]
    features = whole[:1500]
    for number, feature in enumerate(features):
        feature["properties"] = {"local_id": f"BA-{number}", "note": "x"}
    path = tmp_path / "bih.gpkg"
    keeping.init(path, country="BIH", name="BiH", by="Tester")
    first = take(path, save(tmp_path, features[:1400]))
    before = land.balance(path)["remaining_m2"]
    changed = json.loads(json.dumps(features[10:1410]))
    for feature in changed[:30]:
        feature["properties"]["note"] = "y"
    shift(changed[30], 0.001)
    seen = layers.preview(path, layers.ImportCall(file=save(tmp_path, changed), **HOW))
    assert seen["read"] == 1400
    assert (seen["changed"], seen["added"], len(seen["vanished"])) == (31, 10, 10)
    (moved,) = [c for c in seen["changes"] if c["geometry"]]
    assert moved["geometry"]["moved_m"] == pytest.approx(80, abs=5)
    assert land.balance(path)["remaining_m2"] == before
    done = take(path, save(tmp_path, changed))
    assert done["changed"] == 31
    grown = land.balance(path)
    assert grown["remaining_m2"] > before
    assert abs(grown["difference_m2"]) < 0.5
    recording.void(path, record_id=None, import_id=done["import_id"], why="x", by="Tester")
    assert land.balance(path)["remaining_m2"] == pytest.approx(before, abs=0.01)
    assert len(land.areas(path)["areas"]) == first["accepted"]
    assert keeping.verify(path)["ok"]


def save(folder, features):
    """The features as a layer."""
    path = folder / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def shift(feature, degrees):
    """Move a shape east."""

    def move(value):
        if isinstance(value[0], (int, float)):
            return [value[0] + degrees, *value[1:]]
        return [move(one) for one in value]

    feature["geometry"]["coordinates"] = move(feature["geometry"]["coordinates"])


def test_areas_are_the_true_ones(register, tmp_path):
    """The areas of a change agree with the measure of the room of geometry."""
    import shapely

    take(register, write_layer(tmp_path, square(local_id="A")))
    shape, properties = square(local_id="A")
    shape["coordinates"][0] = [*shape["coordinates"][0][:3], shape["coordinates"][0][0]]
    done = take(register, write_layer(tmp_path, (shape, properties)))
    found = done["changes"][0]["geometry"]
    assert found["area_after_m2"] == pytest.approx(area_m2(shapely.geometry.shape(shape)), abs=0.01)


def test_a_row_with_the_local_id_of_a_record_made_by_hand_is_that_record(register, tmp_path):
    """What was recorded by hand is not taken in a second time from a file that calls it the same."""
    feature = square(local_id="S1", name="Old mill")
    body = {"local_id": "S1", "hazard_kind": "SHA", "geometry": feature[0]}
    done = recording.record(
        register, {"entries": [{"kind": "hazardous_area", "body": body}]}, by="Ana"
    )
    (made,) = done["recorded"]
    seen = take(register, write_layer(tmp_path, feature))
    assert (seen["added"], seen["changed"]) == (0, 1)
    (area,) = land.areas(register)["areas"]
    assert area["record_id"] == made["record_id"]
    assert take(register, write_layer(tmp_path, feature))["unchanged"] == 1
    with open_register(register) as opened:
        assert opened.record("S1").body["name"] == "Old mill"


def test_what_the_latest_file_lacks_is_kept_for_the_pages(register, tmp_path):
    """Vanished records and rows that wait: told with their import, until a file or a mending comes."""
    squares = [square(17 + n, local_id=name) for n, name in enumerate("ABC")]
    take(register, write_layer(tmp_path, *squares))
    assert layers.imports(register)["missing"] == []
    ring = [[18, 444], [18.1, 444], [18.1, 445], [18, 444]]
    bad = {"type": "Polygon", "coordinates": [ring]}, {"local_id": "B"}
    lacking = write_layer(tmp_path, squares[0], bad)
    done = take(register, lacking)
    [told] = layers.imports(register)["missing"]
    assert told["import_id"] == done["import_id"]
    assert [[one["local_id"] for one in told[why]] for why in ("vanished", "held_up")] == [
        ["C"],
        ["B"],
    ]
    assert take(register, lacking)["import_id"] is None
    for name, why in (("A", []), ("B", ["held_up"]), ("C", ["vanished"])):
        assert [one["why"] for one in area_page(register, name)["missing"]] == why
    assert [one["kind"] for one in area_page(register, "C")["linked"]] == []
    recording.void(register, record_id="C", import_id=None, why="entered twice", by="T")
    [told] = layers.imports(register)["missing"]
    assert (told["vanished"], len(told["held_up"])) == ([], 1)
    take(register, write_layer(tmp_path, *squares[:2]))
    assert layers.imports(register)["missing"] == []


def test_a_file_that_only_lacks_is_kept_once(register, tmp_path):
    """Nothing new in it, but a record less: the pages tell it, and taking it again adds nothing."""
    squares = [square(17 + n, local_id=name) for n, name in enumerate("AB")]
    take(register, write_layer(tmp_path, *squares))
    assert take(register, write_layer(tmp_path, squares[0]))["import_id"]
    assert take(register, write_layer(tmp_path, squares[0]))["import_id"] is None
    [told] = layers.imports(register)["missing"]
    assert [one["local_id"] for one in told["vanished"]] == ["B"]
    assert len(land.areas(register)["areas"]) == 2
