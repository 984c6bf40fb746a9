"""Collected, verified, approved: what waits releases no land, on any date, as known at any time."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.domain.entries import Draft
from landrelease.errors import RefusedError
from landrelease.register import open_register
from tests.register import oracle
from tests.register.test_state import (
    AS_OF,
    DAY_US,
    SLOW_DISK,
    START_US,
    Clock,
    _seen,
    _take_in,
    expected,
    moves,
    new_register,
    play,
    polygon,
    standing,
)

KINDS = ("hazardous_area", "resurvey", "land_release_product")
acts = st.lists(
    st.one_of(
        moves.map(lambda history: ("moves", history[:4])),
        st.tuples(st.sampled_from(["record.verified", "record.approved"]), st.integers(0, 9)),
        st.tuples(st.just("switch"), st.booleans()),
    ),
    min_size=2,
    max_size=12,
)


def act(register, what, value):
    """One act of a history: moves, a step of a record on its way, or a switch."""
    if what == "moves":
        play(register, value)
    elif what == "switch":
        switch(register, on=value)
    else:
        found = [record for kind in KINDS for record in register.records(kind)]
        if found:
            step(register, found[value % len(found)], what)


def switch(register, *, on):
    """Switch the workflow."""
    action = "workflow.switched_on" if on else "workflow.switched_off"
    body = {"name": "Test", "workflow": on}
    draft = Draft("register", action, body, register.info().register_id, reason="as agreed")
    with register.write("Ana") as writer:
        writer.append([draft])


def step(register, record, action):
    """Verify or approve a record, whatever the rules of who may say."""
    with register.write("Ben") as writer:
        writer.take_steps(
            [Draft(record.kind, action, record.body, record.record_id, record.occurred_on)]
        )


def test_an_approved_product_alone_releases_land(register):
    """Verified is not enough; an amendment puts the record back, and its land with it."""
    switch(register, on=True)
    play(
        register,
        [
            ("area", 0, (0, 0, 4, 4), "2019", "open"),
            ("product", 0, (0, 0, 2, 4), "2020", "cleared"),
        ],
    )
    [product] = register.records("land_release_product")
    whole = register.balance().reported_m2
    assert (register.balance().remaining_m2, register.balance().cleared_m2) == (whole, 0.0)
    assert register.balance().awaiting_m2 == pytest.approx(whole / 2, rel=1e-3)
    step(register, product, "record.verified")
    assert register.balance().remaining_m2 == whole
    step(register, product, "record.approved")
    approved = register.balance()
    assert approved.cleared_m2 == pytest.approx(whole / 2, rel=1e-3)
    assert approved.awaiting_m2 == 0.0
    play_on = {**product.body, "note": "the depth is to be looked at"}
    with register.write("Ana") as writer:
        writer.append(
            [Draft(product.kind, "record.amended", play_on, product.record_id, product.occurred_on)]
        )
    assert register.balance().remaining_m2 == whole
    assert register.workflow_state(product.record_id) == "collected"


def test_what_was_known_before_the_approval_can_be_asked_again(register, clock):
    """The two dates: the clearance of 2020, approved in February, as known in January."""
    switch(register, on=True)
    play(
        register,
        [
            ("area", 0, (0, 0, 4, 4), "2019", "open"),
            ("product", 0, (0, 0, 4, 4), "2020", "cleared"),
        ],
    )
    clock.set("2026-02-01T00:00:00Z")
    [product] = register.records("land_release_product")
    step(register, product, "record.approved")
    assert register.balance("2021").remaining_m2 == 0.0
    assert register.balance("2019").remaining_m2 == register.balance("2019").reported_m2
    assert register.balance("2021", "2026-01-31").remaining_m2 > 0.0


def test_a_closing_that_waits_leaves_the_area_open(register):
    """And a survey that waits may add ground, but take none."""
    play(register, [("area", 0, (0, 0, 4, 4), "2019", "open")])
    switch(register, on=True)
    play(register, [("area", 0, (2, 0, 4, 4), "2020", "closed")])
    [state] = register.areas()
    assert (state.status, state.workflow) == ("open", "collected")
    assert state.remaining_m2 == pytest.approx(register.balance().reported_m2 * 1.5, rel=1e-3)
    assert [round(g.area, 6) for g in register.outlines().values()] == [0.0024]
    [area] = register.records("hazardous_area")
    step(register, area, "record.approved")
    assert [(a.status, a.workflow) for a in register.areas()] == [("closed", "approved")]
    assert register.balance().remaining_m2 == pytest.approx(register.balance().reported_m2)


@settings(SLOW_DISK, max_examples=10)
@given(moves, st.booleans())
def test_no_switch_changes_a_figure(history, on):
    """What counted counts, and what waited waits."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder) as register:
        play(register, history[: len(history) // 2])
        switch(register, on=not on)
        play(register, history[len(history) // 2 :])
        before = [_seen(register, as_of) for as_of in AS_OF]
        switch(register, on=on)
        assert [_seen(register, as_of) for as_of in AS_OF] == before


@settings(SLOW_DISK, max_examples=25)
@given(acts)
def test_nothing_unapproved_releases_land(history):
    """On every date and as known at every moment, as the slow fold has it."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder) as register:
        for what, value in history:
            act(register, what, value)
        entries = list(register.entries())
        moments = [None, entries[len(entries) // 2].recorded_at]
        for as_of in AS_OF[::2]:
            for known_at in moments:
                _agrees(register, entries, as_of, known_at)
        assert register.verify().ok


def _agrees(register, entries, as_of, known_at):
    known = known_at or "9999"
    assert standing(register, as_of, known_at) == expected(entries, as_of, known)
    states = {a.record_id: a for a in register.areas(as_of, known_at)}
    assert {r: a.status for r, a in states.items()} == oracle.statuses(entries, as_of, known)
    due = oracle.balances(entries, as_of, known)
    for record_id, state in states.items():
        account = register.balance(as_of, known_at, record_id)
        assert abs(account.difference_m2) < 0.5
        want = due[record_id]
        if not want["outline"]:
            assert not account.remaining_m2
            continue
        outline_m2 = account.reported_m2 + account.resurvey_m2
        scale = outline_m2 / want["outline"]
        for name in ("reported", "cancelled", "reduced", "cleared", "remaining"):
            got = getattr(account, f"{name}_m2")
            assert got == pytest.approx(want[name] * scale, abs=1e-4 * max(1.0, outline_m2, got))
        if state.remaining_m2 is not None:
            assert state.remaining_m2 == pytest.approx(account.remaining_m2, abs=0.5)


@settings(SLOW_DISK, max_examples=6)
@given(acts, acts, st.randoms(use_true_random=False))
def test_approvals_do_not_depend_on_the_order_of_arrival(first, second, chance):
    """Two copies that approved apart say the same once merged, in whatever portions."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder, "base") as base:
        copies = {name: base.backup(Path(folder) / f"{name}.gpkg") for name in "abcd"}
        ledgers = [
            _written(copies["a"], first, START_US + 10 * DAY_US),
            _written(copies["b"], second, START_US + 10 * DAY_US + DAY_US // 2),
        ]
        seen = []
        for name in "cd":
            clock = Clock(START_US + 1000 * DAY_US)
            with open_register(copies[name], write=True, clock=clock) as merged:
                _take_in(merged, ledgers, chance)
                seen.append([_seen(merged, as_of) for as_of in AS_OF[::3]])
                assert merged.verify().ok
        assert seen[0] == seen[1]


def _written(path, history, start_us):
    """The ledger of a copy after a history."""
    with open_register(path, write=True, clock=Clock(start_us)) as register:
        for what, value in history:
            act(register, what, value)
        return list(register.entries())


def test_ground_of_a_resurvey_that_waits(register):
    """The old ground and the new one are hazardous until somebody approves the survey."""
    switch(register, on=True)
    play(
        register,
        [("area", 0, (0, 0, 4, 4), "2019", "open"), ("resurvey", 0, (3, 0, 2, 4), "2020", None)],
    )
    both = register.outlines()
    drawn = shapely.union_all(
        [shapely.geometry.shape(polygon(b)) for b in ((0, 0, 4, 4), (3, 0, 2, 4))]
    )
    assert next(iter(both.values())).equals(drawn)
    assert register.balance("2019").resurvey_m2 == pytest.approx(0.0, abs=0.5)


@pytest.mark.parametrize("action", ["record.verified", "record.approved", "identity.erased"])
def test_no_way_in_but_its_own_writes_an_approval(register, action):
    """Nor an erasure, which would leave a release unasked about; nothing is written."""
    switch(register, on=True)
    play(register, [("area", 0, (0, 0, 4, 4), "2019", "open")])
    before = register.revision()
    body = {"area": "HA-0", "method": "cleared", "geometry": polygon((0, 0, 4, 4))}
    draft = Draft("land_release_product", action, body, occurred_on="2020")
    with pytest.raises(RefusedError, match="act of its own"), register.write("Ana") as writer:
        writer.append([draft])
    assert register.revision() == before


def test_a_row_that_calls_itself_a_register_switches_nothing(register):
    """Only the register's own record says whether approval is asked for."""
    switch(register, on=True)
    with register.write("Ana") as writer:
        writer.append([Draft("register", "register.created", {"name": "x", "workflow": False})])
    assert register.asks_approval()
