"""A file of an earlier month that comes after a later one: the state is as in the right order."""

from __future__ import annotations

from itertools import permutations

import pytest

from landrelease.register import open_register
from landrelease.services import keeping, land, layers, recording, review
from tests.services.test_words_by_hand import CORNER, FIELD, GROWN, claimed, path, take

__all__ = ["path"]

MONTHS = ("2024-01-01", "2024-02-01", "2024-03-01")


def month(path, day, ring=FIELD, **said):
    """Take in the layer of a month."""
    return take(path, ring=ring, local_id="A", hazard_kind="SHA", date=day, **said)


def state(path):
    """What is left on each of the days, what waits for a person, and what stands against it."""
    left = [round(land.balance(path, as_of=day)["remaining_m2"]) for day in (*MONTHS, "2024-12-31")]
    against = [(c["code"], round(c["area_m2"] or 0)) for c in review.conflicts(path)["conflicts"]]
    return left, {one[:1] + one[2:] for one in claimed(path)}, sorted(against)


def after(tmp_path, months, order):
    """The state after months that came in an order."""
    path = tmp_path / f"{'-'.join(map(str, order))}.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    for at in order:
        month(path, MONTHS[at], **months[at])
    with open_register(path) as register:
        assert register.verify().ok
    return state(path)


def test_a_late_month_makes_no_conflict_of_the_later_one(path):
    """The later one was read again and keeps the ground: no drawing of its own leaves it out."""
    month(path, MONTHS[1], CORNER)
    month(path, MONTHS[0], FIELD)
    assert [one["code"] for one in review.conflicts(path)["conflicts"]] == ["claimed_by_file"]


@pytest.mark.parametrize(
    "months",
    [
        [{"ring": CORNER}, {"ring": FIELD}, {"ring": GROWN}],
        [{"ring": GROWN}, {"ring": FIELD}, {"ring": CORNER}],
        [{"ring": FIELD}, {"ring": GROWN}, {"ring": CORNER, "status": "closed"}],
        [{"status": "open"}, {"status": "closed"}, {"status": "open"}],
        [{"status": "open"}, {"status": "suspended"}, {"status": "closed"}],
    ],
)
def test_months_may_come_in_any_order(tmp_path, months):
    """Grown, shrunk, closed or opened: on every day, and of every claim, the state is the same."""
    found = [after(tmp_path, months, order) for order in permutations(range(3))]
    assert all(one == found[0] for one in found)


def test_a_late_month_twice_is_unchanged_and_can_be_undone(path):
    """It is known again; with its import goes what it held back."""
    month(path, MONTHS[1], CORNER)
    late = month(path, MONTHS[0])
    assert [one["code"] for one in late["contradictions"]] == ["land_lost"]
    assert [one["past"] for one in late["contradictions"]] == [False]
    for day, ring in ((MONTHS[0], FIELD), (MONTHS[1], CORNER)):
        assert month(path, day, ring)["import_id"] is None
    recording.void(path, record_id=None, import_id=late["import_id"], why="x", by="Ben")
    assert claimed(path) == []
    assert land.balance(path)["remaining_m2"] < 2e4


def test_what_a_person_drew_since_is_not_read_again(path):
    """A late file changes the time before it, and no word by hand."""
    month(path, MONTHS[1])
    entry = {"kind": "hazardous_area", "occurred_on": "2024-02-20", "reason": "measured"}
    body = {"local_id": "A", "geometry": {"type": "Polygon", "coordinates": GROWN}}
    recording.record(path, {"entries": [{**entry, "body": body}]}, by="Ben")
    now = land.balance(path)["remaining_m2"]
    month(path, MONTHS[0], CORNER)
    assert land.balance(path)["remaining_m2"] == now
    assert land.balance(path, as_of=MONTHS[0])["remaining_m2"] < 2e4


def test_a_claim_of_a_past_month_is_not_said_to_wait(path):
    """A later version stands, and nobody is asked; so the account does not say so."""
    for day in (MONTHS[0], MONTHS[2]):
        month(path, day)
    told = month(path, MONTHS[1], CORNER)
    assert [(one["field"], one["past"]) for one in told["contradictions"]] == [("geometry", True)]
    assert claimed(path) == []
    assert "claimed_by_file" not in {c["code"] for c in review.conflicts(path)["conflicts"]}


def test_a_late_row_without_a_place_lies_where_its_record_does(path):
    """A table of an earlier month has no outlines, and is no reason to lose the area."""
    month(path, MONTHS[1])
    table, mapping = path.parent / "t.csv", path.parent / "t.yaml"
    table.write_text("id,kind,day\nA,SHA,2024-01-01\n")
    mapping.write_text(
        "layer: layer\nkind: hazardous_area\nidentity: {local_id: id}\noccurred_on: day\n"
        "fields: {hazard_kind: kind}\n"
    )
    told = layers.take_in(path, layers.ImportCall(table, mapping=mapping), by="Ana")
    assert (told["changed"], told["quarantined"]) == (1, 0)
    assert state(path)[0][0] == state(path)[0][1] > 8e5
