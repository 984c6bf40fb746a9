"""A record that a person voided stays void, whatever a file says: it is told, or it waits."""

from __future__ import annotations

import csv

import pytest

from landrelease.register import open_register
from landrelease.services import land, layers, mending, recording
from tests.services.test_words_by_hand import AREA, body_of, by_hand, path, take

__all__ = ["path"]

RELEASE = {"local_id": "P", "area": "A", "method": "cancelled"}


def void(path, **what):
    """Void a record, or undo an import."""
    what = {"record_id": None, "import_id": None, **what}
    return recording.void(path, **what, why="never happened", by="Ben")


@pytest.fixture
def voided(path):
    """A release of a file that a person voided."""
    take(path, **AREA)
    take(path, "land_release_product", name="products", **RELEASE)
    void(path, record_id="P")
    return path


def left(path):
    """The square metres that remain."""
    return land.balance(path)["remaining_m2"]


def test_the_same_file_brings_no_voided_release_back(voided):
    """The account tells the row, its record, who voided it, when and why; in the preview too."""
    before = left(voided)
    file = voided.parent / "products.geojson"
    call = layers.ImportCall(file, kind="land_release_product", changes=voided.parent / "c.csv")
    seen = layers.preview(voided, call)
    again = take(voided, "land_release_product", name="products", **RELEASE)
    assert (again["unchanged"], again["added"], again["import_id"]) == (1, 0, None)
    [told] = again["stay_void"]
    assert seen["stay_void"] == [told]
    assert (told["row"], told["local_id"]) == (1, "P")
    assert (told["voided_by"], told["why"]) == ("Ben", "never happened")
    assert told["voided_at"].startswith("20")
    assert left(voided) == before > 8e5
    with (voided.parent / "c.csv").open(encoding="utf-8-sig", newline="") as table:
        assert [(r["what"], r["why"]) for r in csv.DictReader(table)] == [
            ("stays void", "never happened")
        ]


def test_a_row_that_says_something_new_waits(voided):
    """It is neither added nor lost; recorded again by hand, the record takes the next file."""
    told = take(voided, "land_release_product", name="products", **RELEASE, note="x")
    assert (told["quarantined"], told["by_code"]) == (1, {"record_voided": 1})
    assert "never happened" in told["issues"][0]["message"]
    assert take(voided, "land_release_product", name="products", **RELEASE, note="x")["read"] == 1
    assert mending.quarantine(voided)["count"] == 1
    work = {"activity_type": "non_technical_survey", "status": "completed", "area": "A"}
    by_hand(voided, "activity", local_id="N", **work)
    by_hand(voided, "land_release_product", **RELEASE, activity="N")
    done = take(voided, "land_release_product", name="products", **RELEASE, note="x")
    assert (done["changed"], done["resolved"], mending.quarantine(voided)["count"]) == (1, 1, 0)
    assert body_of(voided, "P")["note"] == "x"


def test_an_undone_import_s_records_come_back_unless_voided_by_hand(path):
    """What went with its import alone is new again; what a person voided before is not."""
    take(path, **AREA)
    done = take(path, "land_release_product", name="products", **RELEASE)
    void(path, import_id=done["import_id"])
    again = take(path, "land_release_product", name="products", **RELEASE)
    assert (again["added"], again["stay_void"]) == (1, [])
    void(path, record_id="P")
    void(path, import_id=again["import_id"])
    third = take(path, "land_release_product", name="products", **RELEASE)
    assert (third["added"], third["quarantined"]) == (0, 1)


def test_another_layer_brings_it_back_no_more(voided):
    """The file under the name of its month is another layer, and says the same."""
    again = take(voided, "land_release_product", name="products-12", **RELEASE)
    assert (again["added"], [one["local_id"] for one in again["stay_void"]]) == (0, ["P"])


def test_a_row_without_an_id_stays_void_and_goes_on_with_no_other(path):
    """A repeat that was voided as one does not take the place of a record that vanished."""
    twice = {"hazard_kind": "SHA", "note": "x"}
    take(path, **twice)
    with open_register(path) as register:
        [record] = register.records("hazardous_area")
    void(path, record_id=record.record_id)
    again = take(path, **twice)
    assert (again["unchanged"], len(again["stay_void"]), again["continuing"]) == (1, 1, [])
    assert land.areas(path)["areas"] == []


def test_the_date_of_a_row_is_news_too(path):
    """A product that was voided and comes with another day waits."""
    row = {**RELEASE, "date": "2026-02-01"}
    take(path, **AREA)
    take(path, "land_release_product", name="products", **row)
    void(path, record_id="P")
    same = take(path, "land_release_product", name="products", **row)
    assert (same["unchanged"], len(same["stay_void"])) == (1, 1)
    later = take(path, "land_release_product", name="products", **row | {"date": "2026-03-01"})
    assert (later["quarantined"], later["added"]) == (1, 0)


def test_a_person_s_own_record_takes_no_new_row(path):
    """A victim's row says nothing new either, though its words stand apart."""
    take(path, "victim", ring=None, name="people", local_id="V", outcome="injured")
    void(path, record_id="V")
    again = take(path, "victim", ring=None, name="people", local_id="V", outcome="injured")
    assert (again["unchanged"], len(again["stay_void"])) == (1, 1)


def test_a_row_without_a_place_leaves_its_record_void_too(path):
    """A table of statuses needs no outline to say nothing new; with another status it waits."""
    take(path, name="areas", **AREA, status="open")
    void(path, record_id="A")
    table, mapping = path.parent / "areas.csv", path.parent / "m.yaml"
    mapping.write_text(
        "layer: areas\nkind: hazardous_area\nidentity: {local_id: id}\n"
        "fields: {hazard_kind: kind, status: status}\n"
    )
    call = layers.ImportCall(table, mapping=mapping)
    table.write_text("id,kind,status\nA,SHA,open\n")
    same = layers.take_in(path, call, by="Ana")
    assert (same["unchanged"], same["quarantined"], same["by_code"]) == (1, 0, {})
    assert len(same["stay_void"]) == 1
    table.write_text("id,kind,status\nA,SHA,suspended\n")
    other = layers.take_in(path, call, by="Ana")
    assert (other["quarantined"], other["by_code"]["record_voided"]) == (1, 1)
