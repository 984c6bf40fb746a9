"""What waits for a second person is shown with what it would change, and can be rejected."""

from __future__ import annotations

import pytest

from landrelease.errors import FieldError, RefusedError, UsageError
from landrelease.register import open_register
from landrelease.services import keeping, land, recording, records, workflow
from landrelease.services.approving import queue, reject

from .test_review import HALF, SQUARE, entry
from .test_workflow import both, register

__all__ = ["register"]


#: What is left of the square.
REST = {"type": "Polygon", "coordinates": [[[10.005, 10], [10.01, 10], [10.01, 10.01], [10.005, 10.01], [10.005, 10]]]}  # fmt: skip


def record(path, one, by="Dan"):
    """Record one entry."""
    recording.record(path, {"entries": [one]}, by=by)


def row(path, name):
    """One record of the queue."""
    return next(one for one in queue(path)["records"] if one["local_id"] == name)


def body_of(path, name):
    """What a record says now."""
    with open_register(path) as opened:
        return dict(opened.record(name).body)


def test_a_new_record_is_shown_whole(register):
    """Who wrote it, when it was, on what it rests; every field is new, its ground in m²."""
    found = queue(register)
    assert (found["on"], found["total"]) == (True, 3)
    area = row(register, "A-1")
    assert (area["before"], area["state"], area["writers"]) == (None, "collected", ["Ana"])
    assert area["occurred_on"] == "2019"
    assert {f["field"]: f["after"] for f in area["fields"]}["hazard_kind"] == "SHA"
    assert area["geometry"]["area_before_m2"] is None
    assert area["geometry"]["area_after_m2"] > 0


def test_a_change_is_shown_against_what_was_approved(register):
    """Only what differs, with the version before; verified since, the step says by whom."""
    both(register, "A-1", why="seen")
    record(register, entry("hazardous_area", {"local_id": "A-1", "district": "Vale"}), by="Dan")
    area = row(register, "A-1")
    changed = [(f["field"], f["before"], f["after"]) for f in area["fields"]]
    assert changed == [("district", None, "Vale")]
    assert area["geometry"] is None
    assert (area["before"]["action"], area["before"]["author"]) == ("record.approved", "Cem")
    assert area["writers"] == ["Dan"]
    workflow.take_step(register, "verify", ["A-1"], by="Eva", why="asked the village")
    area = row(register, "A-1")
    assert [(s["author"], s["reason"]) for s in area["steps"]] == [("Eva", "asked the village")]
    assert (area["author"], area["state"]) == ("Dan", "verified")


def test_pages_and_states(register):
    """A page is a cut of the whole; a state that nothing waits in is refused."""
    assert [r["local_id"] for r in queue(register, limit=1, offset=1)["records"]] == ["W-1"]
    workflow.take_step(register, "verify", ["W-1"], by="Ben")
    assert [r["local_id"] for r in queue(register, "verified")["records"]] == ["W-1"]
    with pytest.raises(FieldError):
        queue(register, "approved")


def test_a_new_record_that_is_rejected_is_voided_with_the_reason(register):
    """It stands in the ledger and counts nowhere; nothing else is touched."""
    done = reject(register, ["P-1"], why="no completion report", by="Ben")
    assert [one["done"] for one in done["records"]] == ["voided"]
    with open_register(register) as opened:
        assert opened.record("P-1").voided
    last = records.history(register, "P-1")["entries"][-1]
    assert (last["reason"], last["author"]) == ("no completion report", "Ben")
    assert queue(register)["total"] == 2
    assert land.balance(register)["cleared_m2"] == 0.0
    assert keeping.verify(register)["ok"]


def test_a_rejected_change_is_put_back_and_the_record_stays(register):
    """What was approved stands again, hazard and all; who put it back does not approve it."""
    both(register, "A-1", why="seen")
    ground = land.balance(register)["remaining_m2"]
    change = {"local_id": "A-1", "district": "Vale", "people_affected": 9}
    record(register, entry("hazardous_area", change), by="Dan")
    done = reject(register, ["A-1"], why="it lies in Dell", by="Ben")
    assert [one["done"] for one in done["records"]] == ["put_back"]
    body = body_of(register, "A-1")
    assert ("district" in body, "people_affected" in body) == (False, False)
    assert land.balance(register)["remaining_m2"] == pytest.approx(ground)
    assert row(register, "A-1")["state"] == "collected"
    with pytest.raises(RefusedError) as caught:
        workflow.take_step(register, "verify", ["A-1"], by="Ben")
    assert caught.value.code == "four_eyes"
    assert keeping.verify(register)["ok"]


def test_a_rejected_closing_leaves_the_area_open(register):
    """Who says that land ended and is refused by the second person has ended nothing."""
    both(register, "W-1", "P-1", "A-1", why="seen")
    rest = entry("land_release_product", {"local_id": "P-2", "area": "A-1", "activity": "W-1",
                 "method": "cleared", "geometry": REST}, "2021")  # fmt: skip
    record(register, rest)
    both(register, "P-2", why="seen")
    record(register, entry("hazardous_area", {"local_id": "A-1", "status": "closed"}, "2022"))
    reject(register, ["A-1"], why="quality control is not done", by="Ben")
    assert body_of(register, "A-1")["status"] == "open"
    assert land.areas(register)["areas"][0]["status"] == "open"


def test_what_the_rules_refuse_is_not_put_back(register):
    """An outline that was enlarged is not shrunk by a rejection: that takes a survey."""
    small = entry("hazardous_area", {"local_id": "B-1", "hazard_kind": "SHA", "geometry": HALF})
    record(register, small)
    both(register, "B-1", why="seen")
    ground = land.balance(register)["remaining_m2"]
    record(register, entry("hazardous_area", {"local_id": "B-1", "geometry": SQUARE}))
    with pytest.raises(RefusedError):
        reject(register, ["B-1"], why="drawn too large", by="Ben")
    assert land.balance(register)["remaining_m2"] >= ground


def test_a_rejection_needs_a_reason_and_something_that_waits(register):
    """None without words, of nothing, or of what does not wait; of several, what can be is done."""
    with pytest.raises(FieldError):
        reject(register, ["A-1"], why=" ", by="Ben")
    with pytest.raises(UsageError):
        reject(register, [], why="wrong", by="Ben")
    both(register, "W-1", why="seen")
    with pytest.raises(RefusedError) as caught:
        reject(register, ["W-1"], why="wrong", by="Ben")
    assert caught.value.code == "not_waiting"
    done = reject(register, ["W-1", "P-1"], why="wrong", by="Ben")
    assert ([r["local_id"] for r in done["records"]], [r["code"] for r in done["left"]]) == (
        ["P-1"],
        ["not_waiting"],
    )
