"""An import that is undone leaves nothing of what it said, in silence, where others wrote upon it."""

from __future__ import annotations

import json

import pytest

from landrelease.register import create_register, open_register
from landrelease.services import keeping, land, layers, recording, review

IMPORT_KINDS = {"A": "hazardous_area", "P": "land_release_product", "X": "device"}


def box(west, east):
    """A box as GeoJSON."""
    ring = [[west, 44], [east, 44], [east, 44.01], [west, 44.01], [west, 44]]
    return {"type": "Polygon", "coordinates": [ring]}


WHOLE, LARGER = box(17, 17.01), box(17, 17.02)
AREA = {"local_id": "A", "hazard_kind": "SHA"}
RELEASE = {"local_id": "P", "area": "A", "method": "cancelled", "date": "2020-05-01"}


@pytest.fixture
def path(tmp_path):
    """A register."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    return found


def take(path, geometry, kind=None, **said):
    """Take a file of one row in; return its import."""
    kind = kind or IMPORT_KINDS[said["local_id"]]
    file = path.parent / f"{kind}.geojson"
    feature = {"type": "Feature", "geometry": geometry, "properties": said}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return layers.take_in(path, layers.ImportCall(file=file, kind=kind), by="Ana")["import_id"]


def amend(path, called, on=None, **said):
    """Amend a record by hand."""
    body = {"local_id": called, **said}
    entry = {"kind": IMPORT_KINDS[called], "reason": "read again", "body": body}
    recording.record(path, {"entries": [{**entry, "occurred_on": on}]}, by="Ben")


def undo(path, import_id):
    """Undo an import."""
    return recording.void(path, record_id=None, import_id=import_id, why="wrong month", by="Ana")


def area(path, as_of=None):
    """The one area."""
    return land.areas(path, as_of=as_of)["areas"][0]


def codes(path):
    """Codes of the conflicts."""
    return {one["code"] for one in review.conflicts(path)["conflicts"]}


def test_a_corrected_product_falls_with_its_import(path):
    """No land stays released by an import that was undone; the file brings it back again."""
    take(path, WHOLE, **AREA)
    brought = take(path, WHOLE, **RELEASE)
    amend(path, "P", district="Jajce")
    told = undo(path, brought)
    assert [one["local_id"] for one in told["fell"]] == ["P"]
    assert told["fell"][0]["record_id"] in told["voided"]
    assert land.balance(path)["cancelled_m2"] == 0
    take(path, WHOLE, **RELEASE)
    assert land.balance(path)["remaining_m2"] == 0
    with open_register(path) as register:
        assert register.verify().ok


def test_a_product_that_another_copy_changed_falls_with_its_import(path, tmp_path):
    """Whichever came first; the merge says so, and nobody's release rests on an undone file."""
    take(path, WHOLE, **AREA)
    brought = take(path, WHOLE, **RELEASE)
    copy = tmp_path / "copy.gpkg"
    keeping.backup(path, copy)
    undo(path, brought)
    amend(copy, "P", district="Jajce")
    for into, other in ((path, copy), (copy, path)):
        assert len(review.merge(into, other, by="Cem")["fell"]) == (into == path)
        assert land.balance(into)["cancelled_m2"] == 0
        assert keeping.verify(into)["ok"]
    take(path, WHOLE, **RELEASE)
    assert land.balance(path)["remaining_m2"] == 0


def test_what_nobody_changed_since_is_as_before(path):
    """A false outline goes though a name was corrected upon it; the name stays."""
    take(path, WHOLE, **AREA, name="Mil")
    before = area(path)["area_m2"]
    update = take(path, LARGER, **AREA, name="Mil", status="closed")
    amend(path, "A", name="Mill")
    assert area(path)["area_m2"] > before
    told = undo(path, update)
    [back] = told["taken_back"]
    assert ("geometry" in back["fields"], back["kept"]) == (True, [])
    assert area(path)["area_m2"] == pytest.approx(before)
    assert area(path)["status"] == "open"
    with open_register(path) as register:
        assert register.record("A").body["name"] == "Mill"
        assert register.verify().ok
    assert codes(path) == set()


def test_what_was_changed_since_stays(path):
    """A person's word on a field of the import is theirs."""
    take(path, WHOLE, **AREA, name="Mil")
    update = take(path, WHOLE, **AREA, name="Mlil")
    amend(path, "A", name="Mill")
    [back] = undo(path, update)["taken_back"]
    assert (back["fields"], back["kept"]) == ([], ["name"])
    with open_register(path) as register:
        assert register.record("A").body["name"] == "Mill"


def test_corrections_of_several_days_are_each_as_before(path):
    """The state of a day in between is without the import too."""
    take(path, WHOLE, **AREA, date="2019-01-01")
    update = take(path, LARGER, **AREA, date="2020-01-01")
    amend(path, "A", "2021-01-01", name="Mill")
    amend(path, "A", "2022-01-01", name="Old mill")
    small = area(path, "2019-06")["area_m2"]
    assert undo(path, update)["taken_back"]
    for day in ("2020-06", "2021-06", "2022-06", None):
        assert area(path, day)["area_m2"] == pytest.approx(small)


def test_a_hazard_that_the_import_brought_stays_and_is_told(path):
    """It is named by the void and among the conflicts until a person says what becomes of it."""
    brought = take(path, WHOLE, **AREA)
    amend(path, "A", name="Mill")
    told = undo(path, brought)
    assert [one["local_id"] for one in told["stands"]] == ["A"]
    assert "import_undone" in codes(path)
    amend(path, "A", name="Old mill")
    assert "import_undone" not in codes(path)


def test_a_later_file_that_says_it_is_told(path):
    """The word of another import stays its own."""
    take(path, WHOLE, **AREA)
    update = take(path, LARGER, **AREA)
    take(path, LARGER, **AREA, name="Mill")
    told = undo(path, update)
    assert [one["why"] for one in told["stands"]] == ["a later import says it"]
    assert not told["taken_back"]


def test_what_was_not_changed_since_is_not_told(path):
    """An import that nobody wrote upon is undone as ever."""
    take(path, WHOLE, **AREA)
    told = undo(path, take(path, LARGER, **AREA))
    assert (told["taken_back"], told["stands"], told["fell"]) == ([], [], [])
