"""A void takes a hazard off the list only as far as whoever voided it saw; order changes nothing."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.domain.entries import Draft
from landrelease.register import open_register
from tests.register.test_state import (
    AS_OF,
    DAY_US,
    SLOW_DISK,
    START_US,
    Clock,
    _seen,
    _take_in,
    area_id,
    draft,
    expected,
    moves,
    new_register,
    play,
    standing,
)

FIRST, LATER = (0, 0, 4, 4), (0, 0, 5, 4)


def amend(path, start_us, box=LATER, number=0, **said):
    """Write another version of an area in a copy."""
    with open_register(path, write=True, clock=Clock(start_us)) as register:
        with register.write("Ben") as writer:
            made = draft("area", number, box, None, "open", None)
            writer.append([made._replace(body={**made.body, **said})])
        return list(register.entries())


def void(path, start_us, number=0, record_id=None):
    """Void an area in a copy."""
    with open_register(path, write=True, clock=Clock(start_us)) as register:
        with register.write("Ana") as writer:
            writer.void(record_id or area_id(number), "entered twice")
        return list(register.entries())


@pytest.fixture
def copies(tmp_path):
    """Three copies of a register that holds an area, reported in 2019."""
    with new_register(tmp_path, "base") as base:
        play(base, [("area", 0, FIRST, "2019", "open")])
        yield {name: base.backup(tmp_path / f"{name}.gpkg") for name in "abc"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_hazard_stays_where_the_void_never_saw_its_newer_version(copies, order):
    """On every date; the pair is listed, and whoever voids it now, having both in view, is obeyed."""
    ledgers = [
        amend(copies["a"], START_US + 10 * DAY_US),
        void(copies["b"], START_US + 20 * DAY_US),
    ]
    clock = Clock(START_US + 1000 * DAY_US)
    with open_register(copies["c"], write=True, clock=clock) as merged:
        for at in order:
            with merged.write("Ana") as writer:
                writer.adopt(ledgers[at])
        [state] = merged.areas()
        assert state.status == "open"
        assert [a.record_id for a in merged.areas("2019")] == [area_id(0)]
        assert [c.code for c in merged.conflicts()] == ["versions_conflict"]
        assert merged.verify().ok
        before = merged.areas()
        merged.rebuild()
        assert merged.areas() == before
        with merged.write("Ana") as writer:
            writer.void(area_id(0), "entered twice, and looked at")
        assert merged.areas() == merged.areas("2019") == []
        assert merged.conflicts() == []
        assert merged.verify().ok


def test_a_void_takes_what_it_saw(copies):
    """In one copy, and after a merge that brought the newer version before."""
    ledger = amend(copies["a"], START_US + 10 * DAY_US)
    with open_register(copies["b"], write=True, clock=Clock(START_US + 20 * DAY_US)) as register:
        with register.write("Ana") as writer:
            writer.adopt(ledger)
        with register.write("Ana") as writer:
            writer.void(area_id(0), "entered twice")
        assert register.areas() == []
        entries = list(register.entries())
    with open_register(copies["c"], write=True) as merged:
        with merged.write("Ana") as writer:
            writer.adopt(entries)
        assert merged.areas() == []
        assert merged.conflicts() == []


def test_one_void_takes_all_branches_that_are_in_view(copies):
    """Two copies changed the area apart; whoever voids it here saw both."""
    ledgers = [
        amend(copies[name], START_US + days * DAY_US, note=name)
        for name, days in (("a", 10), ("b", 20))
    ]
    with open_register(copies["c"], write=True, clock=Clock(START_US + 30 * DAY_US)) as merged:
        with merged.write("Ana") as writer:
            for ledger in ledgers:
                writer.adopt(ledger)
        with merged.write("Ana") as writer:
            writer.void(area_id(0), "no such place")
        assert merged.areas() == []
        assert merged.verify().ok


def test_the_same_file_taken_in_twice_and_voided_once_stands(tmp_path):
    """Two copies made the record apart, so no version has two followers; it is listed all the same."""
    with new_register(tmp_path, "base") as base:
        copies = {name: base.backup(tmp_path / f"{name}.gpkg") for name in "abc"}
    ledgers = [amend(copies[n], START_US + d * DAY_US, note=n) for n, d in (("a", 10), ("b", 11))]
    ledgers[1] = void(copies["b"], START_US + 20 * DAY_US)
    clock = Clock(START_US + 1000 * DAY_US)
    with open_register(copies["c"], write=True, clock=clock) as merged:
        with merged.write("Ana") as writer:
            for ledger in ledgers:
                writer.adopt(ledger)
        assert [a.record_id for a in merged.areas()] == [area_id(0)]
        assert [c.code for c in merged.conflicts()] == ["versions_conflict"]


@pytest.fixture
def with_product(tmp_path):
    """Three copies of a register that holds an area and a product of all its ground; its id."""
    with new_register(tmp_path, "base") as base:
        play(base, [("area", 0, FIRST, "2019", "open"), ("product", 0, FIRST, "2020", "cleared")])
        [product] = base.records("land_release_product")
        yield {name: base.backup(tmp_path / f"{name}.gpkg") for name in "abc"}, product.record_id


def amend_product(path, start_us):
    """Write another version of the product in a copy, or record a voided one again."""
    with open_register(path, write=True, clock=Clock(start_us)) as register:
        found = next(e for e in register.entries() if e.kind == "land_release_product")
        body = {**json.loads(found.body), "note": "x"}
        draft = Draft(found.kind, "record.amended", body, found.record_id, occurred_on="2020")
        with register.write("Ben") as writer:
            writer.append([draft])
        return list(register.entries())


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(("amended", "voided"), [(10, 20), (20, 10)])
def test_a_void_of_a_product_brings_its_hazard_back_whatever_it_saw(
    with_product, order, amended, voided
):
    """Also where the other clock was ahead; who records it again in view of the void is obeyed."""
    copies, product = with_product
    ledgers = [
        amend_product(copies["a"], START_US + amended * DAY_US),
        void(copies["b"], START_US + voided * DAY_US, record_id=product),
    ]
    clock = Clock(START_US + 1000 * DAY_US)
    with open_register(copies["c"], write=True, clock=clock) as merged:
        for at in order:
            with merged.write("Ana") as writer:
                writer.adopt(ledgers[at])
        account = merged.balance()
        assert account.cleared_m2 == 0
        assert account.remaining_m2 == pytest.approx(account.reported_m2)
        [told] = [c for c in merged.conflicts() if c.code == "versions_conflict"]
        assert told.record_ids == (product,)
        assert "stays void until somebody records it again" in told.message
        assert merged.verify().ok
        merged.rebuild()
        assert merged.balance() == account
    amend_product(copies["c"], START_US + 2000 * DAY_US)
    with open_register(copies["c"]) as merged:
        assert merged.balance().cleared_m2 > 0
        assert merged.conflicts() == []
        assert merged.verify().ok


def test_two_copies_that_void_the_same_agree(with_product):
    """Nobody is asked about a record that both took back."""
    copies, product = with_product
    ledgers = [
        void(copies[n], START_US + d * DAY_US, record_id=product) for n, d in (("a", 9), ("b", 5))
    ]
    with open_register(copies["c"], write=True) as merged:
        with merged.write("Ana") as writer:
            for ledger in ledgers:
                writer.adopt(ledger)
        assert merged.balance().cleared_m2 == 0
        assert merged.conflicts() == []


@settings(SLOW_DISK, max_examples=12)
@given(moves, moves, moves, st.randoms(use_true_random=False))
def test_copies_that_voided_apart_say_what_the_slow_fold_says(before, first, second, chance):
    """In whatever portions their entries arrive; as `verify` and `rebuild` say too."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder, "base") as base:
        play(base, before[:5])
        copies = {name: base.backup(Path(folder) / f"{name}.gpkg") for name in "abcd"}
        ledgers = []
        for name, history, late in (("a", first, 0), ("b", second, DAY_US // 2)):
            clock = Clock(START_US + 40 * DAY_US + late)
            with open_register(copies[name], write=True, clock=clock) as register:
                play(register, history)
                released = [one.record_id for one in register.records("land_release_product")]
                voided = [*map(area_id, range(3)), *released][: 99 * bool(late)]
                for record in voided:  # the second copy voids what it holds
                    if register.some([record]):
                        with register.write("Ben") as writer:
                            writer.void(record, "entered twice")
                ledgers.append(list(register.entries()))
        seen = []
        for name in "cd":
            clock = Clock(START_US + 1000 * DAY_US)
            with open_register(copies[name], write=True, clock=clock) as merged:
                _take_in(merged, ledgers, chance)
                seen.append([_seen(merged, as_of) for as_of in AS_OF[::2]])
                assert merged.verify().ok
                entries = list(merged.entries())
                for as_of in AS_OF[::2]:
                    assert standing(merged, as_of) == expected(entries, as_of)
        assert seen[0] == seen[1]
