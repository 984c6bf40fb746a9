"""A voided record that a file brings under another name: releases wait, hazards are told."""

from __future__ import annotations

import pytest

from landrelease.register import open_register
from landrelease.services import land, layers, mending
from tests.services.test_voided_rows import RELEASE, left, void, voided
from tests.services.test_words_by_hand import AREA, CORNER, GROWN, body_of, by_hand, path, take

__all__ = ["path", "voided"]


@pytest.mark.parametrize(
    ("own", "ring"), [("p", CORNER), ("P-", CORNER), ("Q", None)], ids=["letters", "mark", "ground"]
)
def test_a_release_under_another_id_waits(voided, own, ring):
    """It looks like the id of the voided one, or lies on its very ground: nothing leaves."""
    shape = {} if ring is None else {"ring": ring}
    told = take(voided, "land_release_product", name="mar", **RELEASE | {"local_id": own}, **shape)
    assert (told["added"], told["by_code"]["voided_resembles"]) == (0, 1)
    [one] = [one for one in told["issues"] if one["code"] == "voided_resembles"]
    assert (one["severity"], "never happened" in one["message"]) == ("error", True)
    assert "by Ben" in one["message"]
    assert left(voided) > 8e5
    assert mending.quarantine(voided)["count"] == 1


def test_a_release_of_its_own_is_taken_in(voided):
    """Other ground under another id is another release."""
    told = take(voided, "land_release_product", CORNER, "mar", **RELEASE | {"local_id": "Q"})
    assert (told["added"], told["quarantined"]) == (1, 0)


def test_a_release_that_waits_comes_once_a_person_recorded_it(voided):
    """Recorded by hand under its id, it is that record, and waits no more."""
    row = RELEASE | {"local_id": "p"}
    assert take(voided, "land_release_product", name="mar", **row)["quarantined"] == 1
    work = {"activity_type": "non_technical_survey", "status": "completed", "area": "A"}
    by_hand(voided, "activity", local_id="N", **work)
    by_hand(voided, "land_release_product", **row, activity="N", stated_area_m2=9)
    done = take(voided, "land_release_product", name="mar", **row)
    assert (done["unchanged"] + done["changed"], done["resolved"]) == (1, 1)


def test_a_release_that_was_recorded_by_hand_waits_too(path):
    """Whoever brought the voided one, a file does not bring it back."""
    take(path, **AREA)
    work = {"activity_type": "non_technical_survey", "status": "completed", "area": "A"}
    by_hand(path, "activity", local_id="N", **work)
    by_hand(path, "land_release_product", **RELEASE, activity="N", stated_area_m2=9)
    void(path, record_id="P")
    told = take(path, "land_release_product", name="products", **RELEASE)
    assert (told["added"], told["by_code"]["voided_resembles"]) == (0, 1)


def test_a_release_without_ground_is_known_by_its_figures(path):
    """The same land, method, square metres and day without an outline and without an id."""
    row = {"area": "A", "method": "cleared", "stated_area_m2": 500}
    take(path, **AREA)
    take(path, "land_release_product", None, "products", **row, note="x")
    with open_register(path) as register:
        [product] = register.records("land_release_product")
    void(path, record_id=product.record_id)
    told = take(path, "land_release_product", None, "products", **row, note="y")
    assert (told["added"], told["by_code"]["voided_resembles"]) == (0, 1)
    more = take(path, "land_release_product", None, "products", **row | {"stated_area_m2": 600})
    assert (more["added"], more["quarantined"]) == (1, 0)


def test_a_hazard_under_another_id_is_told_and_taken_in(path):
    """One area too many harms less than one too few."""
    take(path, **AREA)
    void(path, record_id="A")
    told = take(path, name="mar", **AREA | {"local_id": "a"})
    assert (told["added"], told["by_code"]["voided_resembles"]) == (1, 1)
    [one] = [one for one in told["issues"] if one["code"] == "voided_resembles"]
    assert one["severity"] == "warning"
    assert body_of(path, "a")["hazard_kind"] == "SHA"


def _followed(path, kind, rings, **row):
    """Months of a layer whose rows go on by their ground, and the last of them again."""
    mapping = path.parent / "m.yaml"
    names = "".join(f", {name}: {name}" for name in row)
    mapping.write_text(
        f"kind: {kind}\nlayer: p\nidentity: {{shared_ground: 0.5}}\nfields: {{note: note{names}}}\n"
    )

    def again(note, ring):
        take_file = path.parent / "p.geojson"
        call = layers.ImportCall(take_file, mapping=mapping)
        _write(take_file, ring, note=note, **row)
        return layers.take_in(path, call, by="Ana")

    for number, ring in enumerate(rings):
        told = again(f"n{number}", ring)
    assert told["changed"] == 1
    return again


def _write(file, ring, **row):
    import json

    shape = {"type": "Polygon", "coordinates": ring}
    feature = {"type": "Feature", "properties": row, "geometry": shape}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))


HALF = [[[17, 44], [17.006, 44], [17.006, 44.01], [17, 44.01], [17, 44]]]
MORE = [[[17, 44], [17.007, 44], [17.007, 44.01], [17, 44.01], [17, 44]]]


def test_a_row_followed_by_its_ground_stays_void(path):
    """The last file again says nothing new; another word or border of it waits for a person."""
    take(path, ring=GROWN, **AREA)
    words = {"area": "A", "method": "cancelled"}
    again = _followed(path, "land_release_product", [HALF, HALF], **words)
    with open_register(path) as register:
        [product] = register.records("land_release_product")
    before = left(path)
    void(path, record_id=product.record_id)
    same = again("n1", HALF)
    assert (same["added"], same["unchanged"], same["import_id"]) == (0, 1, None)
    assert [one["record_id"] for one in same["stay_void"]] == [product.record_id]
    for note, ring in (("n2", HALF), ("n1", MORE)):
        told = again(note, ring)
        assert (told["added"], told["by_code"]["record_voided"]) == (0, 1)
    assert left(path) > before + 1e5


def test_an_area_followed_by_its_ground_is_not_there_twice(path):
    """A hazard that a person voided is not brought back by the file that said it last."""
    again = _followed(path, "hazardous_area", [HALF, MORE], hazard_kind="SHA")
    [area] = land.areas(path)["areas"]
    void(path, record_id=area["record_id"])
    assert (again("n1", MORE)["added"], land.areas(path)["areas"]) == (0, [])
