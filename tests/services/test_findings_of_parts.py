"""A critical finding on an area holds back what was split from it, whatever came first."""

from __future__ import annotations

import itertools

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import RefusedError
from landrelease.register import create_register, open_register
from landrelease.services import layers, recording
from tests.services.test_finding_conflicts import finding
from tests.services.test_time_conflicts import (
    AREA,
    CLEARED,
    FIELD,
    PART,
    box,
    codes,
    done,
    write,
)

EAST = box(17.005, 44, 17.01, 44.01)
IDS = {name: f"0190c000-0000-7000-8000-00000000000{name.lower()}" for name in "ABC"}
PARENT = AREA._replace(record_id=IDS["A"])


def part(name="B", of="A", on="2021", geometry=PART, **more):
    """A draft of a part of an area."""
    body = {**AREA.body, "local_id": name, "split_from": [of], "geometry": geometry, **more}
    return AREA._replace(body=body, record_id=IDS[name], occurred_on=on)


def handed(draft):
    """The draft of its handover, past the rules."""
    body = {**draft.body, "status": "handed_over"}
    return draft._replace(action="hazardous_area.handed_over", body=body, occurred_on="2025")


def hand_over(path, name="B"):
    """Hand it over by hand, explained."""
    ended = {"local_id": name, "status": "handed_over", "rests_on": "W"}
    source = {"title": "Completion report"}
    why = {"reason": "nothing was found", "source": source}
    entry = {"kind": "hazardous_area", "occurred_on": "2025", "body": ended, **why}
    return recording.record(path, {"entries": [entry]}, by="Ana")


@pytest.fixture
def path(tmp_path):
    """A register with an area and work on its west half."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    survey = done(geometry=FIELD, local_id="W", activity_type="technical_survey")
    write(found, PARENT, survey)
    return found


@pytest.mark.parametrize(
    ("split", "said", "held"),
    [
        ("2021", "2020", True),
        ("2021", "2021-05", True),
        (None, "2024", True),
        ("2021", None, True),
        ("2021", "2024", False),
    ],
)
def test_a_part_is_not_handed_over_under_a_finding_on_its_parent(path, split, said, held):
    """Unless the finding is known to be later than the split: it is on what was left."""
    write(path, part(on=split), finding(area="A")._replace(occurred_on=said))
    if not held:
        hand_over(path)
        assert "critical_finding_open" not in codes(path)
        return
    with pytest.raises(RefusedError) as caught:
        hand_over(path)
    assert caught.value.code == "critical_finding_open"


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_part_that_was_handed_over_is_listed_in_any_order(path, order):
    """A file or a merge may bring the finding, the part and its handover as they come."""
    drafts = [part(), handed(part()), finding(area="A")]
    write(path, *(drafts[at] for at in order))
    with open_register(path) as register:
        listed = [c for c in register.conflicts() if c.code == "critical_finding_open"]
        assert [c.record_ids[1] for c in listed] == [IDS["B"]]


def test_a_part_of_a_part_is_held_too(path):
    """What was the parent's ground stays under the finding, however often it is split."""
    write(path, part(), part("C", of="B", on="2022"), finding(area="A"))
    with pytest.raises(RefusedError, match="critical finding"):
        hand_over(path, "C")
    write(path, handed(part("C", of="B", on="2022")))
    assert "critical_finding_open" in codes(path)


@pytest.mark.parametrize(("geometry", "held"), [(PART, True), (EAST, False)])
def test_a_finding_on_work_holds_the_parts_on_its_ground(path, geometry, held):
    """Work that names the parent and was drawn in the west concerns no part in the east."""
    work = done(geometry=PART, local_id="T", area="A")
    write(path, work, part(geometry=geometry), finding(activity="T"))
    if held:
        with pytest.raises(RefusedError, match="critical finding"):
            hand_over(path)
    else:
        hand_over(path)
    if held:
        write(path, handed(part(geometry=geometry)))
    assert ("critical_finding_open" in codes(path)) is held


def test_a_part_is_not_taken_from_its_parent_under_a_finding(path):
    """Else the handover would follow."""
    write(path, part(), finding(area="A"))
    change = {"kind": "hazardous_area", "body": {"local_id": "B", "split_from": None}}
    with pytest.raises(RefusedError) as caught:
        recording.record(path, {"entries": [{**change, "reason": "wrong"}]}, by="Ana")
    assert caught.value.code == "finding_unlinked"


def test_a_file_that_hands_a_part_over_is_held_back(path, tmp_path):
    """The part stays open, and the file's word stands beside it."""
    released = CLEARED._replace(body={**CLEARED.body, "area": "B", "activity": "W"})
    write(path, part(), released._replace(occurred_on="2022"), finding(area="A"))
    file = tmp_path / "parts.csv"
    file.write_text(f"record_id,hazard_kind,status\n{IDS['B']},SHA,handed_over\n")
    call = layers.ImportCall(file, kind="hazardous_area")
    [told] = layers.take_in(path, call, by="Ana")["contradictions"]
    assert (told["field"], told["code"]) == ("status", "critical_finding_open")
    with open_register(path) as register:
        assert register.record("B").body["status"] == "open"


@pytest.mark.parametrize("kind", ["area", "visit", "task"])
def test_a_finding_follows_former_names(path, kind):
    """What it names was renamed since: it is the same area, visit or task."""
    link = {"area": {"area": "A"}, "visit": {"visit": "V"}, "task": {"activity": "T"}}[kind]
    named = {
        "area": PARENT,
        "visit": Draft("quality_visit", "record.added", {"local_id": "V", "area": "A"}, "v"),
        "task": Draft(
            "task", "record.added", {"local_id": "K", "area": "A", "status": "planned"}, "k"
        ),
    }[kind]
    work = done(local_id="T", task="K")
    work = work._replace(body={k: v for k, v in work.body.items() if k not in ("area", "geometry")})
    write(path, named, work, finding(**link))
    write(path, named._replace(body={**named.body, "local_id": "new name"}))
    renamed = {**PARENT.body, "status": "handed_over"}
    if kind == "area":
        renamed["local_id"] = "new name"
    write(path, PARENT._replace(body=renamed, occurred_on="2025"))
    assert "critical_finding_open" in codes(path)
