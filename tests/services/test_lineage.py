"""The family of an area: parents, parts and what was done on each."""

from __future__ import annotations

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import UsageError
from landrelease.register import open_register
from landrelease.services import keeping, recording
from landrelease.services.area_page import area_page
from landrelease.services.lineage import lineage


def area(local_id, *parents):
    """An entry of an area split from others."""
    body = {"local_id": local_id, "hazard_kind": "SHA", "place": "a village"}
    if parents:
        body["split_from"] = list(parents)
    return {"kind": "hazardous_area", "occurred_on": "2015", "body": body}


def linked(kind, local_id, **body):
    """An entry of what names an area."""
    return {"kind": kind, "occurred_on": "2020", "body": {"local_id": local_id, **body}}


@pytest.fixture
def register(tmp_path):
    """Area A split into B and C; D joined of C and E; a survey of B and a product of it."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    entries = [area("A"), area("B", "A"), area("C", "A"), area("E"), area("D", "C", "E")]
    entries += [
        linked("activity", "W", area="B", activity_type="non_technical_survey"),
        linked(
            "land_release_product", "P", area="B", activity="W", method="cancelled",
            stated_area_m2=100.0,
        ),
    ]  # fmt: skip
    recording.record(path, {"entries": entries}, by="Tester")
    return path


def shape(node):
    """A tree as nested names."""
    return {node["local_id"]: [shape(child) for child in node["children"]]}


def test_whole_family(register):
    """From any member the tree begins at the oldest parent and holds every part and work."""
    from_b = lineage(register, "B")
    expected = {"A": [{"B": [{"W": []}, {"P": []}]}, {"C": [{"D": []}]}]}
    assert [shape(t) for t in from_b["trees"]] == [expected]
    asked = [c["local_id"] for c in from_b["trees"][0]["children"] if c["asked_for"]]
    assert asked == ["B"]


def test_several_parents(register):
    """An area joined of two stands under both of its oldest ancestors."""
    trees = [shape(t) for t in lineage(register, "D")["trees"]]
    assert {"E": [{"D": []}]} in trees
    assert sorted(next(iter(t)) for t in trees) == ["A", "E"]


def test_voided_parts_are_left_out(register):
    """A part taken out of the state is not in the tree."""
    recording.void(register, record_id="D", import_id=None, why="a mistake", by="Tester")
    assert shape(lineage(register, "E")["trees"][0]) == {"E": []}


def test_areas_that_name_each_other(register):
    """A circle in the data ends; the tree begins at the area asked for."""
    with open_register(register, write=True) as opened, opened.write("Tester") as writer:
        area = opened.record("A")  # as a file of others may say it
        body = {**area.body, "split_from": ["B"]}
        writer.append([Draft(area.kind, "hazardous_area.amended", body, area.record_id)])
    [tree] = lineage(register, "A")["trees"]
    assert tree["local_id"] == "A"


def test_only_areas(register):
    """A product has no lineage of its own; the page of an area shows its tree."""
    with pytest.raises(UsageError, match="lineage"):
        lineage(register, "P")
    assert shape(area_page(register, "B")["lineage"][0])["A"][0] == {"B": [{"W": []}, {"P": []}]}


def test_a_voided_ancestor_stays_between_its_parent_and_its_part(register):
    """Voiding an area in the middle loses neither the part asked for nor what it came of."""
    recording.void(register, record_id="C", import_id=None, why="drawn twice", by="Tester")
    from_d = lineage(register, "D")
    assert [shape(tree) for tree in from_d["trees"]] == [
        {"E": [{"D": []}]},
        {"A": [{"C": [{"D": []}]}, {"B": [{"W": []}, {"P": []}]}]},
    ]
    (_, from_a) = from_d["trees"]
    assert [child.get("voided", False) for child in from_a["children"]] == [True, False]
    assert [shape(tree) for tree in lineage(register, "A")["trees"]] == [
        {"A": [{"B": [{"W": []}, {"P": []}]}]}
    ]
