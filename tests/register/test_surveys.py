"""Which versions of an area draw its outline: a corrected name carries no old polygon along."""

from __future__ import annotations

import tempfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.domain.entries import Draft
from tests.register.test_state import (
    AS_OF,
    SLOW_DISK,
    area_id,
    moves,
    new_register,
    play,
    polygon,
)


def ground(register, as_of=None):
    """What is measured of each area."""
    return {a.record_id: (a.area_m2, a.remaining_m2) for a in register.areas(as_of)}


def amend(register, record, occurred_on, **changes):
    """Record a new version of an area as it stands, with other words."""
    draft = Draft(
        "hazardous_area",
        "hazardous_area.amended",
        {**record.body, **changes},
        record.record_id,
        occurred_on,
        supersedes=record.entry_id,
    )
    with register.write("Ben") as writer:
        writer.append([draft])


@pytest.mark.parametrize("occurred_on", ["2021", None])
def test_a_corrected_name_does_not_undo_a_resurvey(register, occurred_on):
    """The area is as large as the last survey drew it, whatever is said of it afterwards."""
    play(
        register,
        [
            ("area", 0, (0, 0, 4, 4), "2019", "open"),
            ("resurvey", 0, (0, 0, 8, 4), "2020", None),
        ],
    )
    before = ground(register)
    amend(register, register.record(area_id(0)), occurred_on, name="North field")
    assert ground(register) == before
    assert register.balance().resurvey_m2 == pytest.approx(before[area_id(0)][0] / 2, rel=1e-3)


@pytest.mark.parametrize("status", ["suspended", "closed", "open"])
def test_a_new_status_does_not_undo_a_resurvey(register, status):
    """Suspending, closing and reopening draw nothing."""
    play(register, RESURVEYED)
    before = ground(register)
    play(register, [("area", 0, (0, 0, 4, 4), "2021", status)])
    assert ground(register) == before


def test_a_new_polygon_is_a_survey_also_after_a_resurvey(register):
    """What is drawn anew counts; drawing the first outline again needs another survey between."""
    play(
        register,
        [
            ("area", 0, (0, 0, 4, 4), "2019", "open"),
            ("resurvey", 0, (0, 0, 8, 4), "2020", None),
            ("area", 0, (0, 0, 6, 4), "2021", "open"),
            ("area", 0, (0, 0, 4, 4), "2022", "open"),
        ],
    )
    sizes = [ground(register, year)[area_id(0)][0] for year in ("2019", "2020", "2021", "2022")]
    assert [round(m2 / sizes[0], 1) for m2 in sizes] == [1.0, 2.0, 1.5, 1.0]


DAYS = [None, "2019-07-01", "2019-07-04", "2020-02-29", "2021-01-01"]
RESURVEYED = [
    ("area", 0, (0, 0, 4, 4), "2019", "open"),
    ("resurvey", 0, (1, 0, 6, 4), "2019-07", None),
]


@settings(SLOW_DISK, max_examples=20)
@given(moves.map(lambda history: RESURVEYED + history), st.sampled_from(DAYS))
def test_no_version_without_a_new_polygon_changes_the_surveyed_outline(history, occurred_on):
    """The law, over random histories: other words for an area leave every outline as it was."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder) as register:
        play(register, history)
        for record in list(register.records("hazardous_area", as_of=occurred_on)):
            before = {as_of: ground(register, as_of) for as_of in AS_OF}
            amend(register, record, occurred_on, note="as the village calls it")
            after = {as_of: ground(register, as_of) for as_of in AS_OF}
            for as_of in AS_OF:
                old = before[as_of].get(record.record_id)
                if old is not None:
                    assert after[as_of][record.record_id] == old


def test_what_is_approved_again_is_approved_as_drawn(register):
    """An approval repeats a polygon that waited: from then on it may narrow the area."""
    body = {"name": "Test", "workflow": True}
    play(register, [("area", 0, (0, 0, 4, 4), "2019", "open")])
    with register.write("Ana") as writer:
        writer.append(
            [
                Draft(
                    "register",
                    "workflow.switched_on",
                    body,
                    register.info().register_id,
                    reason="as agreed",
                )
            ]
        )
    whole = ground(register)[area_id(0)]
    play(register, [("area", 0, (0, 0, 2, 4), "2020", "open")])
    assert ground(register)[area_id(0)] == whole
    record = register.record(area_id(0))
    for action in ("record.verified", "record.approved"):
        draft = Draft(
            record.kind, action, record.body, record.record_id, "2020", supersedes=record.entry_id
        )
        with register.write("Ben") as writer:
            writer.take_steps([draft])
    assert ground(register)[area_id(0)][0] == pytest.approx(whole[0] / 2, rel=1e-3)
    assert polygon((0, 0, 2, 4)) == register.record(area_id(0)).body["geometry"]


def split(register, number, parents, box, occurred_on="2020"):
    """Record a part."""
    body = {
        "local_id": f"HA-{number}",
        "hazard_kind": "SHA",
        "split_from": parents,
        "geometry": polygon(box),
    }
    draft = Draft("hazardous_area", "hazardous_area.reported", body, area_id(number), occurred_on)
    with register.write("Ana") as writer:
        writer.append([draft])


def test_a_part_takes_its_ground_with_it(register):
    """Split, the land is counted once, in its part; the account of each closes on every date."""
    play(register, [("area", 0, (0, 0, 4, 4), "2019", "open")])
    whole = register.balance()
    split(register, 3, ["HA-0"], (0, 0, 2, 4))
    after = register.balance()
    assert after.remaining_m2 == pytest.approx(whole.remaining_m2, abs=0.5)
    assert after.overlap_m2 == pytest.approx(0.0, abs=0.5)
    assert [round(m2 / whole.remaining_m2, 3) for _, m2 in ground(register).values()] == [0.5, 0.5]
    for scope in (None, "HA-0", "HA-3"):
        assert abs(register.balance(scope=scope).difference_m2) < 0.5
    assert register.balance("2019") == replace(whole, as_of="2019")
    assert register.conflicts() == []
    with register.write("Ana") as writer:
        writer.void(area_id(3), "was no part")
    assert register.balance().remaining_m2 == whole.remaining_m2


def test_areas_that_name_each_other_keep_their_ground(register):
    """A circle in the data takes no land from anyone."""
    play(register, [("area", 0, (0, 0, 4, 4), "2019", "open")])
    split(register, 3, ["HA-0"], (0, 0, 2, 4))
    record = register.record(area_id(0))
    amend(register, record, "2021", split_from=["HA-3"])
    sizes = [m2 for _, m2 in ground(register).values()]
    assert sizes[0] == pytest.approx(2 * sizes[1], rel=1e-3)


def test_what_a_part_loses_does_not_come_back_to_the_whole(register):
    """A survey that drew the part smaller says that nothing is there."""
    play(register, [("area", 0, (0, 0, 4, 4), "2019", "open")])
    split(register, 3, ["HA-0"], (0, 0, 2, 4))
    before = ground(register)[area_id(0)]
    play(register, [("resurvey", 3, (0, 0, 1, 4), "2021", None)])
    assert ground(register)[area_id(0)] == before
    assert ground(register)[area_id(3)][1] == pytest.approx(before[1] / 2, rel=1e-3)


def _released_m2(account):
    return account.cancelled_m2 + account.reduced_m2 + account.cleared_m2


def test_a_product_of_the_whole_takes_no_ground_of_its_part(register):
    """What a part holds stays with it; the rest is released, and the overlap is listed."""
    play(register, [("area", 0, (0, 0, 4, 4), "2019", "open")])
    whole = register.balance().reported_m2
    split(register, 3, ["HA-0"], (0, 0, 2, 4))
    play(register, [("product", 0, (0, 0, 4, 4), "2022", "cleared")])
    account = register.balance()
    assert account.cleared_m2 == pytest.approx(whole / 2, rel=1e-3)
    assert account.remaining_m2 == pytest.approx(whole / 2, rel=1e-3)
    assert account.overlap_m2 == pytest.approx(0.0, abs=0.5)
    assert abs(account.difference_m2) < 0.5
    [conflict] = register.conflicts()
    assert conflict.code == "product_on_part"
    assert conflict.area_m2 == pytest.approx(whole / 2, rel=1e-3)


_WHOLE = (0, 0, 6, 4)
_inside = st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(1, 6), st.integers(1, 4)).map(
    lambda b: (b[0], b[1], min(b[2], 6 - b[0]), min(b[3], 4 - b[1]))
)
_method = st.sampled_from(["cancelled", "reduced", "cleared"])
_year = st.sampled_from([None, "2020", "2021", "2022"])


@settings(SLOW_DISK, max_examples=20)
@given(
    parts=st.lists(st.tuples(st.integers(0, 2), _year), unique_by=lambda p: p[0], max_size=3),
    of_whole=st.lists(st.tuples(_inside, _year, _method), max_size=4),
    redrawn=st.lists(st.tuples(_inside, _year), max_size=2),
    of_parts=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 2), _year, _method), max_size=4),
)
def test_no_place_is_counted_twice_in_a_family(parts, of_whole, redrawn, of_parts):
    """Whatever files say of a whole and its parts: the account closes, each place counts once."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder) as register:
        play(register, [("area", 0, _WHOLE, "2019", "open")])
        reported = register.balance().reported_m2
        for column, year in parts:
            split(register, column + 3, ["HA-0"], (2 * column, 0, 2, 4), year)
        play(register, [("product", 0, *one) for one in of_whole])
        play(register, [("resurvey", 0, *one, None) for one in redrawn])
        cut = {column for column, _ in parts}
        for column, wide, year, method in of_parts:
            if column in cut:
                box = (2 * column, 0, wide, 4)
                play(register, [("product", column + 3, box, year, method)])
        for as_of in (None, "2020", "2021", "2022"):
            account = register.balance(as_of)
            assert abs(account.difference_m2) < 0.5 * 4
            assert account.overlap_m2 == pytest.approx(0.0, abs=2.0)
            assert _released_m2(account) + account.remaining_m2 <= reported + 2.0
