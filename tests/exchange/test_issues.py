"""Every problem has a code, words and a cure, and a bad file that shows it."""

import json
from pathlib import Path

import pytest

from landrelease.errors import InputError
from landrelease.exchange import (
    ImportMapping,
    build_mapping,
    by_code,
    explain_code,
    guess_mapping,
    issue_terms,
    prepare,
    read_table,
)
from tests.exchange.bad_files import CASES, CORNERS, csv, geojson, point, polygon

#: Codes for which nothing can be taken in: the file is refused as a whole.
REFUSED = {"crs_missing", "crs_without_datum"}

#: Codes that a file alone does not show: a register holds what tells them.
OF_REGISTERS = {
    "columns_kept",  # of a guess: tests/exchange/test_guessed_areas.py
    "geometry_kept",
    "name_in_text",
    "name_in_words",
    "outline_known",
    "record_voided",
    "voided_resembles",
}


#: Faults that no sound row stands beside.
OF_ALL_ROWS = {"field_missing", "header_row_found", "encoding_guessed", "ids_with_point"}


def test_every_code_has_a_bad_file():
    """No code of the vocabulary goes untested, and no test goes without a code."""
    assert set(CASES) == set(issue_terms()) - OF_REGISTERS


@pytest.mark.parametrize("code", sorted(set(CASES) - REFUSED))
def test_a_bad_file_gives_its_code(tmp_path, code):
    """The fault is named; rows are all there; an error means quarantine and nothing else does."""
    make, mapping, told = CASES[code]
    table = read_table(make(tmp_path))
    found = prepare(table, build_mapping(mapping, "case"), **told)
    assert code in by_code(found.issues)
    count = 1 if "vertices" in mapping else table.count
    assert [row.row for row in found.rows] == list(range(1, count + 1))
    for row in found.rows:
        assert row.quarantined == any(one.severity == "error" for one in row.issues)


#: Faults that only a mapping shows: the guess knows nothing of these columns, or invents none.
UNGUESSED = {"leading_zeros_lost", "column_unknown", "field_missing", "kind_unknown", "kind_by_program", "stated_area_zero", "stated_area_vast",
             "record_kind_differs", "crs_contradicting",
             "action_unknown", "action_unfit", "action_contradicts", "set_overrides"}  # fmt: skip


@pytest.mark.parametrize("code", sorted(set(CASES) - REFUSED - UNGUESSED))
def test_the_guessed_mapping_finds_the_same_fault(tmp_path, code):
    """Without a mapping file the fault is named too, in the words of the vocabulary."""
    make, mapping, told = CASES[code]
    table = read_table(make(tmp_path))
    guessed = guess_mapping(table, mapping["kind"])
    missing = mapping["kind"] == "hazardous_area" and "hazard_kind" not in guessed.fields
    told = {**told, "set_fields": {"hazard_kind": "SHA"} if missing else {}}
    found = prepare(table, guessed, **told)
    said = [one.message for one in found.issues if one.code == code]
    assert said
    assert all(issue_terms()[code]["says"] in message for message in said)


def with_a_sound_row(path):
    """The file with one or two more rows in which nothing is wrong, and how many they are."""
    if path.suffix == ".geojson":
        document = json.loads(path.read_text("utf-8"))
        x, y = (-75.05, 4.3) if len(document["features"]) > 20 else (27.0, 44.0)
        triangle = polygon([[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y]])
        sound = [triangle, point(x, y)]
        for shape in sound:
            properties = {"local_id": f"sound-{len(document['features'])}", "record_kind": "1"}
            feature = {"type": "Feature", "geometry": shape, "properties": properties}
            document["features"].append(feature)
        path.write_text(json.dumps(document), "utf-8")
        return path, 2
    lines = path.read_text("utf-8").rstrip("\n").split("\n")
    cells = lines[0].split(",")
    if "PolyID" in cells:
        rows = [line.replace("A,", "sound,", 1) for line in CORNERS]
        path.write_text("\n".join([*lines, *rows]) + "\n", "utf-8")
        return path, 1
    sound = {"position": '"44, 27"', "estado": "Muerto", "wkt": "POINT (27 44)", "place": "mill"}
    path.write_text("\n".join([*lines, ",".join(sound.get(c, "") for c in cells)]) + "\n", "utf-8")
    return path, 1


@pytest.mark.parametrize("code", sorted(set(CASES) - REFUSED))
def test_the_rest_of_the_file_is_taken_in(tmp_path, code):
    """Beside the faulty row stand sound ones, and these do not wait."""
    make, mapping, told = CASES[code]
    path = make(tmp_path)
    if path.suffix not in (".geojson", ".csv") or code in OF_ALL_ROWS:
        pytest.skip("a fault of the whole layer")
    path, more = with_a_sound_row(path)
    found = prepare(read_table(path), build_mapping(mapping, "case"), **told)
    sound = found.rows[-more:]
    errors = [one for row in sound for one in row.issues if one.severity == "error"]
    assert [one.code for one in errors] == []
    assert code in by_code(found.issues)


@pytest.mark.parametrize("code", sorted(REFUSED))
def test_a_layer_that_cannot_be_placed_is_refused(tmp_path, code):
    """Without a trustworthy system nothing is taken in, and the cure names the mapping's key."""
    make, mapping, told = CASES[code]
    with pytest.raises(InputError) as caught:
        prepare(read_table(make(tmp_path)), build_mapping(mapping, "case"), **told)
    assert caught.value.code == code
    assert "crs:" in caught.value.cure


@pytest.mark.parametrize("code", sorted(issue_terms()))
def test_every_code_is_explained(code):
    """Severity is one of three; meaning and cure are sentences."""
    terms = issue_terms()[code]
    assert terms["severity"] in ("error", "warning", "note")
    assert terms["cure"] in explain_code(code)


def test_one_bad_feature_never_fails_the_file(tmp_path):
    """A feature of any shape of badness stands beside good ones, which are taken in."""
    bad = [None, 5, "POINT(1 2)", [], {}, {"type": "Point"}, {"type": "Blob", "coordinates": [1, 2]},
           {"type": "Point", "coordinates": ["17", "44"]}, {"type": "Point", "coordinates": [1e999, 0]},
           {"type": "Polygon", "coordinates": [[["a", "b"]]]}, {"type": "Polygon", "coordinates": 7},
           {"type": "MultiPolygon", "coordinates": [[[[0, 0]]]]}, {"type": ["Point"], "coordinates": [1, 2]},
           {"type": "GeometryCollection"}, {"type": "Point", "coordinates": [10**400, 0]}]  # fmt: skip
    table = read_table(geojson(tmp_path, point(17, 44), *bad, point(17.1, 44)))
    found = prepare(table, build_mapping({"kind": "accident"}, "case"))
    assert [row.quarantined for row in found.rows] == [False, *[True] * len(bad), False]


def test_quarantined_rows_keep_what_was_entered(tmp_path):
    """The row as read, text and all, is there to be mended and taken in again."""
    table = read_table(geojson(tmp_path, {"type": "Polygon", "coordinates": [["x"]]}, note="N?"))
    (row,) = prepare(table, build_mapping({"kind": "district"}, "case")).rows
    assert row.raw["note"] == "N?"
    assert row.raw["geometry"] == '{"type": "Polygon", "coordinates": [["x"]]}'
    assert row.raw["geometry_crs"] == "EPSG:4326"


def test_the_handbook_lists_every_code_as_the_vocabulary_has_it():
    """docs/how-to/import.md names each code with its severity, meaning and cure."""
    text = (Path(__file__).resolve().parents[2] / "docs/how-to/import.md").read_text("utf-8")
    for code, terms in issue_terms().items():
        assert f"| `{code}` | {terms['severity']} | {terms['says']} | {terms['cure']} |" in text


def test_the_handbook_lists_every_key_of_a_mapping():
    """No key of a mapping file goes unexplained."""
    text = (Path(__file__).resolve().parents[2] / "docs/how-to/import.md").read_text("utf-8")
    assert [key for key in ImportMapping.model_fields if f"`{key}`" not in text] == []


def test_a_record_that_stands_twice_is_one_record(tmp_path):
    """Under an id of its own a repeated row is named and keeps its identity; others stay apart."""
    table = read_table(csv(tmp_path, "id,place", "A-1,mill", "A-1,mill", "A-1,well"))
    rules = {"kind": "accident", "identity": {"local_id": "id"}, "fields": {"place": "place"}}
    rows = prepare(table, build_mapping(rules, "case")).rows
    assert [row.quarantined for row in rows] == [False, False, True]
    assert rows[0].identity == rows[1].identity == "local:accident:A-1"
    apart = prepare(table, build_mapping({**rules, "identity": {}}, "case")).rows
    assert len({row.identity for row in apart}) == 3


def test_values_of_any_type_name_a_kind(tmp_path):
    """A number, a list or nothing in the column of kinds is matched by its text, or waits."""
    table = read_table(geojson(tmp_path, *[point(17, 44)] * 3, t=[1, [1], None]))
    rules = {"record_kind": {"column": "t", "values": {"1": "accident"}}}
    rows = prepare(table, build_mapping(rules, "case")).rows
    assert [row.kind for row in rows] == ["accident", "", ""]
    assert [row.quarantined for row in rows] == [False, True, True]


def test_names_of_people_reach_neither_body_nor_quarantine(tmp_path):
    """Of rows about people only named columns are kept, in bodies, raw rows and messages alike."""
    name = "Ana Ko\ufffds"
    table = read_table(
        csv(tmp_path, "full_name,outcome,t", f"{name},killed,victim", f"{name},killed,x")
    )
    rules = {
        "record_kind": {"column": "t", "values": {"victim": "victim"}},
        "fields": {"outcome": "outcome"},
    }
    found = prepare(table, build_mapping(rules, "case"))
    assert found.rows[0].body["outcome"] == "killed"
    assert found.rows[1].quarantined
    kept = [(row.body, row.raw, [i.message for i in row.issues]) for row in found.rows]
    assert "Ana" not in str(kept)


def test_attributes_cut_off_on_their_way_are_kept_as_text(tmp_path):
    """A Shapefile cuts long text; what is left of our own attributes stands as it is, and is named."""
    table = read_table(csv(tmp_path, "place;attributes", 'mill;{"x": "cut o'))
    (row,) = prepare(table, guess_mapping(table, "accident")).rows
    assert row.body["attributes"] == {"attributes": '{"x": "cut o'}
    assert [one.code for one in row.issues] == ["value_invalid", "geometry_absent"]
