"""Ids that look alike and are not the same are named; whole numbers with a point are whole numbers."""

from __future__ import annotations

import unicodedata

import pytest

from landrelease.register import open_register
from landrelease.services import land, layers
from tests.services.test_words_by_hand import FIELD, GROWN, path, take

__all__ = ["path"]


def table(path, *ids):
    """Take in a table of points with these ids."""
    file, mapping = path.parent / "areas.csv", path.parent / "m.yaml"
    rows = [f"{own},SHA,{17.2 + at / 100},44.5" for at, own in enumerate(ids)]
    file.write_text("\n".join(["ID,kind,lon,lat", *rows]), "utf-8")
    mapping.write_text(
        "layer: areas\nkind: hazardous_area\nidentity: {local_id: ID}\n"
        "geometry: {longitude: lon, latitude: lat}\nfields: {hazard_kind: kind}\n"
    )
    return layers.take_in(path, layers.ImportCall(file, mapping=mapping), by="Ana")


def called(path):
    """The local ids of all areas."""
    return sorted(area["local_id"] or "" for area in land.areas(path)["areas"])


def test_one_empty_id_does_not_double_the_layer(path):
    """The program that wrote 101 writes 101.0 for it once a cell is empty."""
    table(path, "101", "102")
    told = table(path, "101.0", "102.0", "")
    assert (told["unchanged"], told["added"]) == (2, 1)
    assert told["by_code"]["ids_with_point"] == 1
    assert called(path) == ["", "101", "102"]


def test_a_column_that_holds_another_id_is_left_as_it_stands(path):
    """1.0 may be the first part of a plan; then it is named where it looks like another."""
    table(path, "1", "2")
    told = table(path, "1.0", "2.1")
    assert "ids_with_point" not in told["by_code"]
    assert [(one["row"], one["id"]) for one in told["issues"] if one["code"] == "id_resembles"] == [
        (1, "1.0")
    ]


@pytest.mark.parametrize(
    ("known", "again"),
    [
        ("101", "00101"),
        ("HA-101", "HA\u2011101"),
        ("HA-101", "ha-101"),
        ("HA-101", "HA -101"),
        ("HA-101", "HA_0101"),
        ("\u010c-1", unicodedata.normalize("NFD", "\u010c-1")),
    ],
)
def test_an_id_that_looks_like_a_known_one_is_named(path, known, again):
    """With its row, both ids, in the preview too; it is taken in, since it may be another."""
    table(path, known, "X")
    told = table(path, again, "X")
    [one] = [one for one in told["issues"] if one["code"] == "id_resembles"]
    assert (one["row"], one["severity"]) == (1, "warning")
    assert repr(again) in one["message"]
    assert repr(known) in one["message"]
    assert (told["added"], told["unchanged"]) == (1, 1)
    assert "id_resembles" not in table(path, again, "X")["by_code"]


def test_ids_of_their_own_are_not_named(path):
    """Parts and figures that differ are different ids."""
    table(path, "A-1-1", "A-11", "A-1.1", "A-10")
    assert "id_resembles" not in table(path, "A-111", "A-1.10", "B-1")["by_code"]


def test_a_link_with_a_point_finds_its_record(path):
    """The column of a product that names areas 101, and an empty cell in it."""
    table(path, "101", "102")
    file, mapping = path.parent / "p.csv", path.parent / "p.yaml"
    file.write_text("ID,area,m2\nP1,101.0,5\nP2,,6\n")
    mapping.write_text(
        "kind: land_release_product\nidentity: {local_id: ID}\n"
        "fields: {area: area, method: {constant: cancelled}, stated_area_m2: m2}\n"
    )
    told = layers.take_in(path, layers.ImportCall(file, mapping=mapping), by="Ana")
    assert told["by_code"]["ids_with_point"] == 1
    with open_register(path) as register:
        assert register.record("P1").body["area"] == "101"


def test_an_outline_under_a_new_id_is_named(path):
    """Where the file lacks the record that lay there; beside it, the file itself tells of two."""
    take(path, local_id="A", hazard_kind="SHA")
    told = take(path, local_id="Q-77", hazard_kind="SHA")
    [one] = [one for one in told["issues"] if one["code"] == "outline_known"]
    assert (one["row"], one["severity"]) == (1, "warning")
    assert "'Q-77', where 'A' is" in one["message"]
    assert told["added"] == 1
    for ring, name in ((FIELD, "another layer"), (GROWN, "layer")):
        other = take(path, ring=ring, name=name, local_id="Z", hazard_kind="SHA")
        assert "outline_known" not in other["by_code"]
