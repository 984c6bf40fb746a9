"""Mapping files: checked when they are loaded, and an error names the key."""

import pytest

from landrelease.domain.kinds import kinds
from landrelease.errors import InputError
from landrelease.exchange import build_mapping, guess_mapping, load_mapping, prepare
from landrelease.exchange.tables import SourceTable


def table(**columns):
    """A table without geometry."""
    return SourceTable("t", columns, len(next(iter(columns.values()))))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("kind: hazardous_aera", "hazardous_aera"),
        ("kind: accident\nfields: {settting: X}", "settting"),
        ("kind: accident\nfields: {setting: {colum: X}}", "fields.setting.colum"),
        ("kind: accident\nfields: {setting: {}}", "needs one of column"),
        ("kind: accident\nfields: {setting: {column: a, constant: b}}", "needs one of column"),
        ("kind: accident\ngeometry: {longitude: x}", "belong together"),
        ("kind: accident\ngeometry: {column: wkt, text: mgrs}", "name one of"),
        ("kind: accident\nrecord_kind: {column: k}", "not both"),
        ("kinds: {accident: {fields: {hazard_kind: x}}}", "kinds.accident.fields.hazard_kind"),
        ("occurred_on: {month: m}", "occurred_on"),
        ("colour: red", "colour"),
        ("[1, 2]", "mapping of keys"),
        ("a: [", "not valid YAML"),
        ("decimal: ';'", "decimal"),
        ("occurred_on: {column: d, formats: [DD/MM]}", "DD/MM"),
    ],
)
def test_a_fault_is_named_by_its_key(tmp_path, text, names):
    """Every fault is one InputError that names where it stands."""
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_mapping(path)
    assert caught.value.code == "mapping_invalid"
    assert names in str(caught.value)


def test_missing_mapping_files_and_directories(tmp_path):
    """A path that is no file is named."""
    for path, code in ((tmp_path / "none.yaml", "file_missing"), (tmp_path, "file_is_directory")):
        with pytest.raises(InputError) as caught:
            load_mapping(path)
        assert caught.value.code == code


def test_what_is_printed_can_be_loaded():
    """A guessed mapping, written as YAML and read again, is the same mapping."""
    guessed = guess_mapping(
        table(lat=[1], lon=[2], Municipio=["x"], date=["2019"], extra=[1]), "accident"
    )
    assert build_mapping(guessed.as_dict(), "again") == guessed
    assert guessed.geometry.longitude == "lon"
    assert guessed.fields["district"].column == "Municipio"
    assert guessed.occurred_on.column == "date"
    assert "extra" not in guessed.columns()


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_field_of_every_kind_is_guessed_by_its_own_name(kind):
    """A table with our own field names needs no mapping file."""
    names = list(kinds()[kind].fields)
    guessed = guess_mapping(table(**{name: ["x"] for name in names}), kind)
    used = set(guessed.columns())
    assert set(names) <= used


def test_the_kind_comes_from_a_column_or_the_layer():
    """A column record_kind, or a layer named like a kind, says what rows are."""
    by_column = guess_mapping(table(record_kind=["accident", "device"], name=["a", "b"]))
    assert by_column.all_kinds() == ["accident", "device"]
    assert guess_mapping(SourceTable("accident", {"x": [1]}, 1)).kind == "accident"


def test_constants_go_over_columns():
    """--set wins over the mapping, and a field that no kind has is refused."""
    mapping = build_mapping({"kind": "accident", "fields": {"setting": "S"}}, "m")
    assert mapping.with_constants({"setting": "mine"}).fields["setting"].constant == "mine"
    with pytest.raises(InputError, match="colour"):
        mapping.with_constants({"colour": "red"})


def test_exported_quarantine_can_be_taken_in_again():
    """Outlines as text with their system beside them need no mapping file."""
    guessed = guess_mapping(
        table(geometry=["POINT (1 2)"], geometry_crs=["EPSG:32634"]), "accident"
    )
    assert (guessed.geometry.column, guessed.crs) == ("geometry", "EPSG:32634")


def test_a_column_of_kinds_needs_no_table():
    """Cells that are kinds in our own words are read as such; the program's own kinds wait."""
    mapping = build_mapping({"record_kind": {"column": "k"}}, "m")
    rows = table(k=["accident", "organisation", "import", "huh"], name=["a", "b", "c", "d"])
    prepared = prepare(rows, mapping)
    assert [row.kind for row in prepared.rows] == ["accident", "organisation", "import", ""]
    assert [i.code for i in prepared.issues if i.row in (3, 4)] == [
        "kind_by_program",
        "kind_unknown",
    ]
