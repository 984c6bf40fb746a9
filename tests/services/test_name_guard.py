"""No name that the second file holds is given out, or enters what lasts, by any door."""

from __future__ import annotations

import json
import sqlite3
import zipfile

import pytest

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import kind_spec, visible_fields
from landrelease.errors import RefusedError
from landrelease.register import open_register
from landrelease.services import exporting, keeping, layers, recording, reporting, review, totals

NAME = "Ivan Horvat"
BOX = {"type": "Polygon", "coordinates": [[[15, 45], [15.01, 45], [15.01, 45.01], [15, 45]]]}
VICTIM = {"kind": "victim", "body": {"local_id": "V1", "outcome": "killed", "full_name": NAME}}
AREA = {
    "kind": "hazardous_area",
    "occurred_on": "2020",
    "reason": "the survey form",
    "body": {
        "local_id": "A",
        "hazard_kind": "SHA",
        "geometry": BOX,
        "name": f"House of {NAME}",
        "place": "Horvat, Ivan - field",
        "land_use": "IVAN  HORVAT farms",
    },
}
OWN = {
    "kind": "victim",
    "source": {"title": "Horvat, Ivan hurt by a mine"},
    "body": {"local_id": "V2", "outcome": "killed", "full_name": NAME},
}


@pytest.fixture
def path(tmp_path):
    """A register whose second file holds the name."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    record(path, VICTIM)
    return path


def record(path, *entries):
    """Record entries."""
    return recording.record(path, {"entries": list(entries)}, by="Tester")


def take(path, folder, **properties):
    """Import one area."""
    feature = {
        "type": "Feature",
        "geometry": BOX,
        "properties": {"hazard_kind": "SHA", **properties},
    }
    file = folder / "more.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return layers.take_in(path, layers.ImportCall(file, kind="hazardous_area"), by="Tester")


def give(path, file, audience="public", kind=None):
    """Export records."""
    return exporting.export(path, file, kind=kind, as_of=None, audience=audience, replace=True)


def test_words_that_name_a_person_are_warned_of(path):
    """By hand the fields are named, not the name; another name is no matter."""
    [warning] = record(path, AREA)["warnings"]
    assert (warning["entry"], warning["code"], warning["severity"]) == (
        0,
        "name_in_words",
        "warning",
    )
    assert "name, place, land_use" in warning["message"]
    assert "orvat" not in warning["message"]
    other = {"kind": "accident", "body": {"place": "House of Ivan Horvatić"}}
    assert record(path, other)["warnings"] == []


@pytest.mark.parametrize("audience", ["public", "partner"])
@pytest.mark.parametrize("suffix", [".geojson", ".csv"])
def test_an_export_leaves_out_what_names_a_person(path, tmp_path, suffix, audience):
    """The cells are empty and listed, the area is there; internally all is given."""
    area = record(path, AREA)["recorded"][0]["record_id"]
    kind = "hazardous_area"
    told = give(path, tmp_path / f"out{suffix}", audience, kind)
    text = (tmp_path / f"out{suffix}").read_text("utf-8")
    assert "horvat" not in text.casefold()
    assert area in text
    with open_register(path) as register:
        shown = [f for f in ("name", "place", "land_use") if f in _visible(register, audience)]
    assert [(one["record_id"], one["field"]) for one in told["withheld"]] == [
        (area, f) for f in shown
    ]
    counts = {one["code"]: one["count"] for one in told["not_shown"]}
    assert counts["name_withheld"] == len(shown) > 0
    assert give(path, tmp_path / f"all{suffix}", "internal", kind)["withheld"] == []
    assert "House of Ivan Horvat" in (tmp_path / f"all{suffix}").read_text("utf-8")


def _visible(register, audience):
    return [field.name for field in visible_fields(kind_spec("hazardous_area"), audience)]


def test_a_public_map_shows_no_name(path):
    """What the pages of other machines show leaves the cells empty too."""
    record(path, AREA)
    [(_, _, public)] = exporting.features(path, "hazardous_area", "public")
    assert public["name"] is None
    assert public["status"] == "open"
    [(_, _, internal)] = exporting.features(path, "hazardous_area", "internal")
    assert internal["name"] == f"House of {NAME}"


def test_a_district_that_is_a_name_is_not_counted_under_it(path, tmp_path):
    """Counts of accidents by district hold no name, as an older register may."""
    with open_register(path, write=True) as register, register.write("Old") as writer:
        body = {"district": NAME, "place": "Mill", "killed": 1}
        writer.append([Draft("accident", "accident.recorded", body)])
    give(path, tmp_path / "out.csv", "public", "accident")
    text = (tmp_path / "out.csv").read_text("utf-8")
    assert NAME not in text
    assert "accidents" in text


@pytest.mark.parametrize("field", ["district", "local_id"])
def test_a_row_with_a_name_in_what_lasts_waits(path, tmp_path, field):
    """The row is in quarantine with its reason; mended or erased, the name is nowhere."""
    told = take(path, tmp_path, **{field: "HORVAT, Ivan"})
    assert (told["added"], told["quarantined"]) == (0, 1)
    assert told["by_code"]["name_in_text"] == 1
    assert all("HORVAT" not in one["message"] for one in told["issues"])
    assert review.erase(path, "V1", why="asked for it", by="Tester")["complete"]
    assert keeping.verify(path)["ok"]


def test_a_row_with_a_name_in_words_is_taken_in_with_a_warning(path, tmp_path):
    """Nothing of a file is lost; what it says of the person can be erased."""
    told = take(path, tmp_path, local_id="B", informant=NAME, note=f"{NAME} said so")
    assert (told["added"], told["by_code"]["name_in_words"]) == (1, 2)
    assert (
        take(path, tmp_path, local_id="B", informant=NAME, note=f"{NAME} said so")["unchanged"] == 1
    )


def test_a_file_brings_the_name_and_the_place_at_once(path, tmp_path):
    """Names that rows of the same file bring are guarded as those that are held."""
    rows = (
        "local_id,outcome,full_name,district\nV9,killed,Ana Beg,Beg Ana\nV8,killed,Ana Beg,East\n"
    )
    (tmp_path / "v.csv").write_text(rows)
    how = "layer: v\nkind: victim\nidentity: {local_id: local_id}\nattributes: [full_name]\n"
    (tmp_path / "v.yaml").write_text(f"{how}fields: {{outcome: outcome, district: district}}\n")
    call = layers.ImportCall(tmp_path / "v.csv", mapping=tmp_path / "v.yaml")
    told = layers.preview(path, call)
    assert (told["added"], told["by_code"]["name_in_text"]) == (1, 1)


def test_the_source_of_a_persons_record_holds_no_name(path, tmp_path):
    """Its title would go with the register: refused for a person, warned of elsewhere."""
    with pytest.raises(RefusedError) as caught:
        record(path, OWN)
    assert caught.value.code == "name_in_text"
    assert NAME not in str(caught.value)
    accident = {"kind": "accident", "source": OWN["source"], "body": {"place": "Mill", "killed": 1}}
    told = record(path, accident)["warnings"]
    assert [one["code"] for one in told] == ["name_in_words"]
    give(path, tmp_path / "out.geojson", "partner")
    assert "Horvat" not in (tmp_path / "out.geojson").read_text("utf-8")


def test_a_name_from_another_program_is_not_adopted_into_what_lasts(path):
    """The guard stands at the door of QGIS too."""
    area = {**AREA, "body": {"local_id": "A", "hazard_kind": "SHA", "geometry": BOX}}
    record(path, area)
    with sqlite3.connect(path) as connection:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            connection.create_function(name, 1, lambda _: 0.0)
        connection.execute("UPDATE hazardous_area SET district = ?", (NAME,))
    connection.close()
    [edit] = review.outside_edits(path)["edits"]
    with pytest.raises(RefusedError) as caught:
        review.review_edit(path, edit["edit_id"], "adopt", why="seen", by="Tester")
    assert caught.value.code == "name_in_text"


def texts_of(folder):
    """All that a page and a workbook of a folder say."""
    [page], [book] = folder.glob("*.html"), folder.glob("*.xlsx")
    with zipfile.ZipFile(book) as packed:
        sheets = "".join(packed.read(name).decode() for name in packed.namelist())
    return page.read_text("utf-8"), sheets


def test_the_country_report_names_nobody(path, tmp_path):
    """Neither page nor workbook, in sources, inquiries or lists; what is withheld is counted."""
    area = {**AREA["body"], "local_id": "A", "district": "North"}
    source = {"title": f"Letter of {NAME}", "publisher": "Horvat,  Ivan"}
    inquiry = {"kind": "inquiry", "body": {"area": "A", "why": f"death of {NAME} here"}}
    record(path, {**AREA, "body": area, "source": source}, inquiry)
    told = reporting.country(path, tmp_path)
    assert told["withheld"] == 3
    for text in texts_of(tmp_path):
        assert "orvat" not in text
        assert "(withheld: names a person)" in text
        assert "North" in text
    assert "3 texts of records name a person" in texts_of(tmp_path)[0]


def test_a_country_report_without_names_withholds_nothing(path, tmp_path):
    """Words about places and things stand as they were recorded."""
    inquiry = {"kind": "inquiry", "body": {"area": "A", "why": "a mine in the Horvat field"}}
    area = {**AREA["body"], "name": "Lug", "place": "Lug", "land_use": "field"}
    record(path, {**AREA, "body": area}, inquiry)
    assert reporting.country(path, tmp_path)["withheld"] == 0
    assert "a mine in the Horvat field" in texts_of(tmp_path)[0]


def test_a_workbook_of_totals_holds_no_name(path, tmp_path):
    """A district, a model or an activity may be called by a person; what is counted stays."""
    product = {
        "local_id": "P", "area": "A", "method": "cancelled", "geometry": BOX,
        "district": "Village of Ivan Horvat",
    }  # fmt: skip
    device = {"category": "anti_personnel_mine", "model": f"{NAME} type", "count": 2}
    work = {"local_id": f"Field of {NAME}", "activity_type": "clearance", "area": "A"}
    report = {"activity": work["local_id"], "method": "cleared", "area_m2": 100}
    drafts = [
        Draft("hazardous_area", "hazardous_area.reported", AREA["body"]),
        Draft("land_release_product", "land.released", product, occurred_on="2021"),
        Draft("device", "record.added", device),
        Draft("activity", "record.added", work),
        Draft("progress_report", "record.added", report),
    ]
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        for draft in drafts:  # past the guard of what is recorded, as an older version let it in
            writer.append([draft])
    file = tmp_path / "totals.xlsx"
    told = totals.write_totals(path, file)
    with zipfile.ZipFile(file) as book:
        text = b" ".join(book.read(name) for name in book.namelist()).decode("utf-8", "replace")
    assert "Horvat" not in text
    assert told["withheld"] == 4  # the id of the work beside its row, too
    assert [row["devices"] for row in told["devices"]] == [2]
    assert sum(row["m2"] for row in told["released"]) > 0
