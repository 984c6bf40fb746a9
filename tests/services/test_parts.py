"""A split reclassifies no confirmed land without a word, and a part stays within its parents."""

from __future__ import annotations

import itertools
import json

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import RefusedError
from landrelease.register import create_register, open_register
from landrelease.services import claims, layers, recording, review
from tests.services.test_time_conflicts import FIELD, PART, box, codes, write

ELSEWHERE = box(17.005, 44, 17.02, 44.01)
PARENT = {"local_id": "A", "hazard_kind": "CHA", "evidence": ["ordnance_seen"], "geometry": FIELD}
SPLIT = {"local_id": "B", "hazard_kind": "SHA", "split_from": ["A"], "geometry": PART}


@pytest.fixture
def path(tmp_path):
    """A register of one confirmed area."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    by_hand(found, "2018", PARENT)
    return found


def by_hand(path, on, body, kind="hazardous_area", **said):
    """Record by hand."""
    entry = {"kind": kind, "occurred_on": on, "body": body, **said}
    return recording.record(path, {"entries": [entry]}, by="Ana")


def refused(path, on, body, **said):
    """The code of a refusal."""
    with pytest.raises(RefusedError) as caught:
        by_hand(path, on, body, **said)
    return caught.value.code


def kinds(path):
    """Whether each area is confirmed."""
    with open_register(path) as register:
        return {area.local_id: area.hazard_kind for area in register.areas()}


@pytest.mark.parametrize("on", ["2019", "2010", None])
def test_a_part_of_a_confirmed_area_is_confirmed(path, on):
    """Whatever date is given; as suspected by a reason or a source, as confirmed by its parent alone."""
    assert refused(path, on, SPLIT) == "reclassified_unexplained"
    by_hand(path, on, {**SPLIT, "hazard_kind": "CHA"})
    assert (kinds(path), codes(path)) == ({"A": "CHA", "B": "CHA"}, [])
    assert (
        refused(path, "2020", {"local_id": "B", "hazard_kind": "SHA"}) == "reclassified_unexplained"
    )


@pytest.mark.parametrize("said", [{"reason": "resurveyed"}, {"source": {"title": "Report 7"}}])
def test_a_reason_or_a_source_explains_a_suspected_part(path, said):
    """It is no conflict, and amending it otherwise asks nothing more."""
    by_hand(path, "2019", SPLIT, **said)
    by_hand(path, "2020", {"local_id": "B", "name": "Mill"})
    assert (kinds(path), codes(path)) == ({"A": "CHA", "B": "SHA"}, [])


def test_a_suspected_area_becomes_no_part_later_without_a_word(path):
    """Naming the parent afterwards takes its ground all the same."""
    by_hand(path, "2019", {**SPLIT, "split_from": None})
    assert (
        refused(path, "2020", {"local_id": "B", "split_from": ["A"]}) == "reclassified_unexplained"
    )


def test_an_explained_part_grows_only_with_a_reason(path):
    """Neither its outline nor a re-survey takes the rest of the parent in silence."""
    by_hand(path, "2019", SPLIT, reason="resurveyed")
    grown = {"local_id": "B", "geometry": FIELD}
    assert refused(path, "2020", grown) == "reclassified_unexplained"
    survey = {"area": "B", "geometry": FIELD}
    assert refused(path, "2020", survey, kind="resurvey") == "reclassified_unexplained"
    by_hand(path, "2020", survey, kind="resurvey", reason="surveyed again")
    assert codes(path) == []


def test_a_confirmed_area_split_wholly_ends_by_a_reason(path):
    """Its land went to parts, and nothing else says so."""
    by_hand(path, "2019", {**SPLIT, "hazard_kind": "CHA", "geometry": FIELD})
    assert refused(path, "2020", {"local_id": "A", "status": "closed"}) == "ended_by_split"
    by_hand(path, "2020", {"local_id": "A", "status": "closed"}, reason="split into B")
    assert codes(path) == []


def parent_before_it_was_confirmed():
    """The parent as it stood when it was only suspected."""
    return {"local_id": "A", "hazard_kind": "SHA", "status": "open", "geometry": FIELD}


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_a_split_past_the_rules_is_listed_in_any_order(tmp_path, order):
    """From a merge or a file; with the m² that became only suspected, from its day on."""
    path = tmp_path / "r.gpkg"
    create_register(path, name="Test", author="Ana").close()
    drafts = [
        Draft("hazardous_area", "hazardous_area.reported", {**body, "status": "open"}, None, on)
        for body, on in ((PARENT, "2018"), (SPLIT, "2019"))
    ]
    write(path, *(drafts[at] for at in order))
    [found] = review.conflicts(path)["conflicts"]
    with open_register(path) as register:
        m2 = register.balance(scope="B").remaining_m2
        assert register.conflicts(as_of="2018") == []
    assert found["code"] == "reclassified_unexplained"
    assert found["area_m2"] == pytest.approx(m2, abs=1)


def test_a_parent_that_was_confirmed_after_the_split_is_no_conflict(tmp_path):
    """What was split off had been suspected as all of it was."""
    path = tmp_path / "r.gpkg"
    create_register(path, name="Test", author="Ana").close()
    by_hand(path, "2015", parent_before_it_was_confirmed())
    by_hand(path, "2016", SPLIT)
    by_hand(path, "2018", {"local_id": "A", "hazard_kind": "CHA", "evidence": ["accident"]})
    assert codes(path) == []


def take_in(path, *rows):
    """Take a layer of areas in; return the account."""
    features = [
        {"type": "Feature", "properties": {k: v for k, v in row.items() if k != "geometry"}}
        | {"geometry": row["geometry"]}
        for row in rows
    ]
    file = path.parent / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    mapping = path.parent / "areas.yaml"
    mapping.write_text(
        "layer: areas\nkind: hazardous_area\nidentity: {local_id: local_id}\n"
        "fields: {hazard_kind: hazard_kind, split_from: split_from}\n",
        "utf-8",
    )
    call = layers.ImportCall(file, mapping=mapping)
    return layers.take_in(path, call, by="Ana")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, ["reclassified_unexplained"]),
        ({"hazard_kind": "CHA"}, []),
        ({"hazard_kind": "CHA", "geometry": ELSEWHERE}, ["part_outside"]),
    ],
)
def test_a_part_of_a_file_is_taken_and_listed(path, row, expected):
    """A new row is taken as it says; what no rule would have let through by hand is a conflict."""
    take_in(path, {**SPLIT, "split_from": "A", **row})
    assert codes(path) == expected


def test_a_file_makes_no_area_that_stands_a_part(path):
    """The parent that it names is a claim; the rest of the row is followed."""
    by_hand(path, "2019", {**SPLIT, "split_from": None})
    done = take_in(path, {**SPLIT, "split_from": "A"})
    assert [(c["field"], c["code"]) for c in done["contradictions"]] == [
        ("split_from", "reclassified_unexplained")
    ]
    assert codes(path) == ["claimed_by_file"]


WIDER = box(16.999, 44, 17.005, 44.01)
WORK = {"local_id": "T", "activity_type": "technical_survey", "status": "completed", "area": "B"}


def grown(path, said=None, work=None, first=PART):
    """The conflicts of a part that a later survey of a file drew wider than its parent."""
    part = {**SPLIT, "hazard_kind": "CHA", "status": "open", "geometry": first}
    drawn = {"area": "B", "geometry": WIDER, **({"activity": "T"} if work else {})}
    write(
        path,
        Draft("hazardous_area", "hazardous_area.reported", part, None, "2019"),
        *([Draft("activity", "record.added", {**WORK, **work}, None, "2020")] if work else []),
        Draft("resurvey", "area.resurveyed", drawn, None, "2020", **(said or {})),
    )
    return codes(path)


@pytest.mark.parametrize(
    ("found", "settled"),
    [
        ({"work": {"geometry": WIDER}}, []),
        ({"said": {"reason": "fade-out"}}, []),
        ({}, ["part_outside"]),
        ({"work": {"status": "planned"}}, ["part_outside"]),
        ({"work": {"geometry": box(18, 44, 18.01, 44.01)}}, ["part_outside"]),
        ({"first": WIDER}, ["part_outside"]),
        ({"first": WIDER, "work": {"geometry": WIDER}}, []),
    ],
)
def test_ground_beside_a_part_is_its_own_by_work_or_a_reason(path, found, settled):
    """Fade-out of clearance crosses the old border; the split itself or a bare drawing may not."""
    listed = grown(path, **found)
    assert [code for code in listed if code == "part_outside"] == settled


REACHING = box(16.999, 44, 17.008, 44.01)


def survey_of_file(path, geometry, **said):
    """Take in a layer of one re-survey of the part; return its claims."""
    file = path.parent / "surveys.geojson"
    row = {"type": "Feature", "properties": {"id": "R", "area": "B", **said}}
    row |= {"geometry": geometry}
    row["properties"]["day"] = "2020-05"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [row]}), "utf-8")
    mapping = path.parent / "surveys.yaml"
    mapping.write_text(
        "layer: surveys\nkind: resurvey\nidentity: {local_id: id}\n"
        "occurred_on: day\nfields: {area: area, note: note}\n",
        "utf-8",
    )
    call = layers.ImportCall(file, mapping=mapping)
    return layers.take_in(path, call, by="Ana")["contradictions"]


def remaining(path):
    """The m² that remain of each area."""
    with open_register(path) as register:
        return {area.local_id: area.remaining_m2 for area in register.areas()}


def test_a_survey_of_a_file_takes_no_confirmed_ground_of_a_parent(path):
    """It is claimed, the rest is drawn; a person who says why takes it over."""
    by_hand(path, "2019", SPLIT, reason="no sign of mines in this part")
    before = remaining(path)
    [told] = survey_of_file(path, REACHING)
    assert (told["field"], told["code"]) == ("geometry", "reclassified_unexplained")
    after = remaining(path)
    assert after["A"] == pytest.approx(before["A"])
    assert after["B"] > before["B"] + 1000  # the ground beside both is new
    assert "reclassified_unexplained" not in codes(path)
    assert "claimed_by_file" in codes(path)
    done = claims.settle(
        path, claims.Chosen(kind="resurvey"), claims.Settling("accept", "visited"), by="Ben"
    )
    assert done["left"] == [], done
    assert remaining(path)["A"] < before["A"] - 1000
    assert "claimed_by_file" not in codes(path)


def test_a_survey_of_a_file_that_says_why_is_taken(path):
    """The row's note is the file's own reason."""
    by_hand(path, "2019", SPLIT, reason="no sign of mines in this part")
    before = remaining(path)
    assert survey_of_file(path, REACHING, note="no sign of mines further east") == []
    assert remaining(path)["A"] < before["A"] - 1000


def test_an_outline_of_a_file_takes_no_confirmed_ground_of_a_parent(path):
    """The same where the layer of areas draws the part wider."""
    by_hand(path, "2019", SPLIT, reason="no sign of mines in this part")
    before = remaining(path)
    row = {**SPLIT, "split_from": "A", "geometry": box(17, 44, 17.008, 44.01)}
    [told] = take_in(path, row)["contradictions"]
    assert (told["field"], told["code"]) == ("geometry", "reclassified_unexplained")
    assert remaining(path) == pytest.approx(before)
