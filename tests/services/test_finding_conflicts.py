"""A critical finding that comes after the handover is told, whatever the order of arrival."""

from __future__ import annotations

import itertools

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import RefusedError
from landrelease.register import create_register, open_register
from landrelease.services import recording, review, workflow
from tests.services.test_time_conflicts import AREA, CLEARED, FIELD, box, codes, done, write

ALL_CLEARED = CLEARED._replace(body={**CLEARED.body, "geometry": FIELD})
BESIDE = box(17.01, 44, 17.02, 44.01)
VISIT = Draft("quality_visit", "record.added", {"local_id": "V", "activity": "T"})


@pytest.fixture
def path(tmp_path):
    """A register with an area, cleared and handed over in 2018."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    write(found, AREA, done(geometry=FIELD), ALL_CLEARED, VISIT)
    ended = {"local_id": "A", "status": "handed_over"}
    entry = {"kind": "hazardous_area", "occurred_on": "2018", "body": ended}
    recording.record(found, {"entries": [entry]}, by="Ana")
    return found


def finding(**on):
    """A draft of a critical finding."""
    body = {"local_id": "N", "severity": "critical", "what": "mine found", "open": True, **on}
    return Draft("non_conformity", "record.added", body, occurred_on="2020")


@pytest.mark.parametrize("on", [{"area": "A"}, {"activity": "T"}, {"visit": "V"}])
def test_a_critical_finding_on_land_handed_over_is_listed_until_it_is_closed(path, on):
    """Whichever way it is linked; from its day on, not before; closed it is told no more."""
    assert codes(path) == []
    write(path, finding(**on))
    assert codes(path) == ["critical_finding_open"]
    with open_register(path) as register:
        [conflict] = register.conflicts()
        assert conflict.record_ids == tuple(register.record(name).record_id for name in "NA")
        assert [c.code for c in register.conflicts(as_of="2019")] == []
        assert [c.code for c in register.conflicts(as_of="2020")] == ["critical_finding_open"]
    body = {"local_id": "N", "open": False, "measures": "searched again"}
    recording.record(path, {"entries": [{"kind": "non_conformity", "body": body}]}, by="Ana")
    assert codes(path) == []


def test_a_closing_counts_once_it_is_approved(path):
    """Where approval is asked for, the inspector's word alone does not settle it."""
    write(path, finding(area="A"))
    workflow.switch(path, "on", why="asked", by="Ana")
    body = {"local_id": "N", "open": False, "measures": "searched again"}
    recording.record(path, {"entries": [{"kind": "non_conformity", "body": body}]}, by="Ana")
    assert codes(path) == ["critical_finding_open"]
    workflow.take_step(path, "verify", ["N"], by="Ben")
    workflow.take_step(path, "approve", ["N"], by="Cem")
    assert codes(path) == []


@pytest.mark.parametrize("said", [{"severity": "major"}, {"open": False, "measures": "x"}])
def test_other_findings_are_no_conflict(path, said):
    """Only what would have held the land back is told."""
    write(path, finding(area="A", **said))
    assert codes(path) == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_arrival_changes_nothing(tmp_path, order):
    """A merge may bring the finding first."""
    path = tmp_path / "register.gpkg"
    create_register(path, name="Test", author="Ana").close()
    ended = AREA._replace(
        action="hazardous_area.handed_over",
        body={**AREA.body, "status": "handed_over"},
        record_id="0190c000-0000-7000-8000-00000000000a",
        occurred_on="2018",
    )
    opened = AREA._replace(record_id=ended.record_id)
    drafts = [opened, ended, finding(area="A")]
    write(path, *(drafts[at] for at in order))
    assert "critical_finding_open" in codes(path)
    found = review.conflicts(path)["conflicts"]
    assert [one["code"] for one in found].count("critical_finding_open") == 1


WORKS = {
    "product": {},
    "task": {"task": "K"},
    "area": {"area": "A"},
    "place": {"local_id": "U"},
}


@pytest.fixture
def cleared(tmp_path):
    """A register with an area that is cleared by the work T, and by T alone linked to findings."""

    def make(link):
        found = tmp_path / "register.gpkg"
        create_register(found, name="Test", author="Ana").close()
        work = done(geometry=FIELD)
        body = {k: v for k, v in {**work.body, **WORKS[link]}.items() if k != "area"}
        if link == "area":
            body["area"] = "A"
        other = done(geometry=FIELD, local_id="O")
        named = "T" if link == "product" else "O"
        product = ALL_CLEARED._replace(
            body={**ALL_CLEARED.body, "local_id": "P", "activity": named}
        )
        task = Draft("task", "record.added", {"local_id": "K", "area": "A", "status": "planned"})
        visit = VISIT._replace(body={"local_id": "V", "activity": body["local_id"]})
        write(found, AREA, task, work._replace(body=body), other, product, visit)
        return found, body["local_id"]

    return make


def hand_over(path):
    """Hand the area over by hand."""
    ended = {"local_id": "A", "status": "handed_over"}
    entry = {"kind": "hazardous_area", "occurred_on": "2021", "body": ended}
    recording.record(path, {"entries": [entry]}, by="Ana")


@pytest.mark.parametrize("link", list(WORKS))
@pytest.mark.parametrize("by", ["activity", "visit"])
def test_a_finding_follows_its_work_to_the_area(cleared, link, by):
    """By product, task, area or ground: refused by hand, listed where a file or a merge did it."""
    path, work = cleared(link)
    write(path, finding(**{by: work if by == "activity" else "V"}))
    with pytest.raises(RefusedError) as caught:
        hand_over(path)
    assert caught.value.code == "critical_finding_open"
    with open_register(path) as register:
        record = register.record("A")
    body = {**record.body, "status": "handed_over"}
    write(
        path, Draft("hazardous_area", "hazardous_area.handed_over", body, record.record_id, "2021")
    )
    assert codes(path) == ["critical_finding_open"]


@pytest.mark.parametrize(
    ("link", "kind", "body"),
    [
        ("task", "task", {"local_id": "K", "area": "B"}),
        ("product", "land_release_product", {"local_id": "P", "area": "B"}),
        ("place", "activity", {"local_id": "U", "geometry": BESIDE}),
    ],
)
def test_what_links_a_finding_is_not_turned_away(cleared, link, kind, body):
    """Moving the task, the product or the drawing of the work lets go of no area."""
    path, work = cleared(link)
    other = {**AREA.body, "local_id": "B"}
    write(path, AREA._replace(body=other), finding(activity=work))
    entry = {"kind": kind, "body": body, "reason": "another area", "occurred_on": "2021"}
    with pytest.raises(RefusedError) as caught:
        recording.record(path, {"entries": [entry]}, by="Ana")
    assert caught.value.code == "finding_unlinked"


def test_work_that_names_its_area_holds_no_neighbour(cleared):
    """A drawing that laps over the border concerns the area that its work names."""
    path, work = cleared("area")
    beside = {**AREA.body, "local_id": "B", "geometry": FIELD}
    write(path, AREA._replace(body={**beside, "status": "handed_over"}), finding(activity=work))
    assert "critical_finding_open" not in codes(path)


@pytest.mark.parametrize(("found", "closed", "listed"), [
    ("2017", "2019", ["critical_finding_open"]),
    ("2017", "2017-06", []),
    ("2019", "2020", []),
])  # fmt: skip
def test_a_handover_on_a_day_when_a_finding_was_open_is_listed(path, found, closed, listed):
    """Closing it later does not make the handover of that day right."""
    write(path, finding(area="A")._replace(occurred_on=found))
    said = {"local_id": "N", "open": False, "measures": "searched again"}
    entry = {"kind": "non_conformity", "occurred_on": closed, "body": said}
    recording.record(path, {"entries": [entry]}, by="Ana")
    assert codes(path) == listed
