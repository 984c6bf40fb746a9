"""A critical finding that comes after the handover is told, whatever the order of arrival."""

from __future__ import annotations

import itertools

import pytest

from landrelease.domain.entries import Draft
from landrelease.register import create_register, open_register
from landrelease.services import recording, review, workflow
from tests.services.test_time_conflicts import AREA, CLEARED, FIELD, codes, done, write

ALL_CLEARED = CLEARED._replace(body={**CLEARED.body, "geometry": FIELD})
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
