"""The state on any date: one SQL query against a slow fold written from the design."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from landrelease.domain.entries import Draft
from landrelease.register import create_register
from landrelease.register.state import microseconds
from tests.register import oracle

DATES = [None, "2019", "2019-07", "2019-07-04", "2020", "2020-02", "2020-02-29", "2021-01-01"]
AS_OF = [
    None,
    "2018-12-31",
    "2019-01-01",
    "2019-07-04",
    "2019-12-31",
    "2020-02",
    "2020",
    "2021",
    "2026-01-02",
]
START_US = microseconds("2026-01-01T00:00:00Z")
DAY_US = 86_400_000_000

dates = st.sampled_from(DATES)
corners = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 6), st.integers(1, 6))
areas = st.integers(0, 2)
moves = st.lists(
    st.one_of(
        st.tuples(
            st.just("area"),
            areas,
            st.one_of(st.none(), corners),
            dates,
            st.sampled_from(["open", "suspended", "closed", "handed_over"]),
        ),
        st.tuples(st.just("reopen"), areas, st.one_of(st.none(), corners), dates, st.just("open")),
        st.tuples(st.just("split"), areas, corners, dates, st.just("open")),
        st.tuples(st.just("resurvey"), areas, corners, dates, st.none()),
        st.tuples(
            st.just("product"),
            areas,
            corners,
            dates,
            st.sampled_from(["cancelled", "reduced", "cleared"]),
        ),
        st.tuples(
            st.just("correct"), st.integers(0, 9), corners, dates, st.sampled_from(["reduced"])
        ),
        st.tuples(st.just("end again"), areas, st.none(), dates, st.none()),
        st.tuples(st.just("void"), st.integers(0, 9), st.none(), st.none(), st.none()),
        st.tuples(st.just("import"), areas, corners, dates, st.just("open")),
        st.tuples(st.just("undo"), st.integers(0, 3), st.none(), st.none(), st.none()),
    ),
    min_size=1,
    max_size=14,
)


def polygon(box):
    """A box of a grid of hundredths of a degree, as GeoJSON."""
    if box is None:
        return None
    west, south, wide, high = (value / 100 for value in box)
    return json.loads(
        shapely.to_geojson(shapely.box(17 + west, 44 + south, 17 + west + wide, 44 + south + high))
    )


def area_id(number):
    """A fixed id for an area of a history."""
    return f"00000000-0000-4000-8000-{number:012d}"


class Clock:
    """A clock that goes one day a step."""

    def __init__(self, start_us=START_US):
        self.now_us = start_us

    def __call__(self):
        """The next day."""
        self.now_us += DAY_US
        return self.now_us


def play(register, history):
    """Write a history, one transaction a move."""
    made, imports = [], []
    for what, at, box, occurred_on, extra in history:
        with register.write("Ana") as writer:
            if what == "void" and made:
                writer.void(made[at % len(made)], "wrong")
            elif what == "undo" and imports:
                writer.void_import(imports[at % len(imports)], "wrong")
            elif what == "correct":
                products = list(register.records("land_release_product"))
                if products:
                    record = products[at % len(products)]
                    body = {**record.body, "geometry": polygon(box), "method": extra}
                    writer.append([record_again(record, body, occurred_on)])
            elif what == "end again":
                ended = [
                    r
                    for r in register.records("hazardous_area")
                    if r.body["status"] in ("closed", "handed_over")
                ]
                if ended:
                    record = ended[at % len(ended)]
                    action = f"hazardous_area.{record.body['status']}"
                    again = record_again(record, record.body, occurred_on)
                    writer.append([again._replace(action=action, supersedes=record.entry_id)])
            elif what in ("area", "split", "reopen", "import", "resurvey", "product"):
                import_id = None
                if what == "import":
                    import_id = writer.append([Draft("import", "import.recorded")])[0].record_id
                    imports.append(import_id)
                made.append(
                    writer.append([draft(what, at, box, occurred_on, extra, import_id)])[
                        0
                    ].record_id
                )


def record_again(record, body, occurred_on):
    """The draft of a new version."""
    return Draft(record.kind, "record.amended", body, record.record_id, occurred_on)


def draft(what, at, box, occurred_on, extra, import_id):
    """The draft of one move."""
    if what in ("resurvey", "product"):
        kind, action = {
            "resurvey": ("resurvey", "area.resurveyed"),
            "product": ("land_release_product", "land.released"),
        }[what]
        reference = f"HA-{at}" if at % 2 else area_id(at)
        body = {"area": reference, "geometry": polygon(box), "method": extra}
        return Draft(kind, action, {k: v for k, v in body.items() if v}, occurred_on=occurred_on)
    action = "hazardous_area.reopened" if what == "reopen" else "hazardous_area.amended"
    body = {"local_id": f"HA-{at}", "hazard_kind": "SHA", "status": extra}
    if what == "split":  # a part of the area, with an id of its own
        body |= {"local_id": f"HA-{at + 3}", "split_from": [f"HA-{at}"]}
        at += 3
    if box:
        body["geometry"] = polygon(box)
    return Draft("hazardous_area", action, body, area_id(at), occurred_on, import_id=import_id)


def new_register(folder, name="register", clock=None):
    """A register in a folder."""
    return create_register(
        Path(folder) / f"{name}.gpkg", name=name, author="Ana", clock=clock or Clock()
    )


def standing(register, as_of=None, known_at=None):
    """The entry that stands, per record, as the register says."""
    kinds = ("hazardous_area", "resurvey", "land_release_product")
    return {
        r.record_id: r.entry_id
        for kind in kinds
        for r in register.records(kind, as_of=as_of, known_at=known_at)
    }


def expected(entries, as_of=None, known_at="9999"):
    """The entry that stands, per record, as the fold says."""
    found = oracle.state(entries, as_of, known_at)
    kinds = ("hazardous_area", "resurvey", "land_release_product")
    return {r: e.entry_id for r, e in found.items() if e.kind in kinds}


SLOW_DISK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW_DISK
@given(moves)
def test_state_is_that_of_the_slow_fold(history):
    """On every date and as known at every moment."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder) as register:
        play(register, history)
        entries = list(register.entries())
        for as_of in AS_OF:
            assert standing(register, as_of) == expected(entries, as_of)
            middle = entries[len(entries) // 2].recorded_at
            assert standing(register, as_of, middle) == expected(entries, as_of, middle)
        assert register.verify().ok


@settings(SLOW_DISK, max_examples=15)
@given(moves)
def test_one_reading_tells_what_three_tell(history):
    """The areas, what of them was not released and what no map shows, on every date."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder) as register:
        play(register, history)
        for as_of in AS_OF:
            told = register.areas_told(as_of)
            assert told.states == register.areas(as_of)
            assert told.left == register.not_released(as_of)
            assert told.unplaced == register.unplaced_areas(as_of)


_SLIVER_M2 = 0.5


@settings(SLOW_DISK, max_examples=15)
@given(moves)
@example(
    [
        ("area", 0, None, None, "open"),
        ("split", 0, (4, 0, 2, 1), None, "open"),
        ("resurvey", 0, (5, 0, 1, 1), None, None),
    ]
)
def test_balance_is_that_of_the_slow_fold_and_closes(history):
    """Every square metre is accounted for, on every date; steps summed in another way agree."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder) as register:
        play(register, history)
        entries = list(register.entries())
        for as_of in AS_OF[::3]:
            due = oracle.balances(entries, as_of)
            assert abs(register.balance(as_of).difference_m2) < 0.5 * max(1, len(due))
            for state in register.areas(as_of):
                one = register.balance(as_of, scope=state.record_id)
                assert abs(one.difference_m2) < 0.5
                want = due[state.record_id]
                outline_m2 = one.reported_m2 + one.resurvey_m2
                if outline_m2 < _SLIVER_M2:  # the rounding of a corner: it gives no scale
                    assert want["outline"] <= 1e-6 * want["reported"]
                    continue
                scale = outline_m2 / want["outline"]
                # the sphere of the fold and the ellipsoid differ by less over a tenth of a degree
                tolerance_m2 = 1e-4 * max(outline_m2, want["reported"] * scale)
                for name in (
                    "reported",
                    "resurvey",
                    "cancelled",
                    "reduced",
                    "cleared",
                    "remaining",
                ):
                    due_m2 = want[name] * scale
                    assert getattr(one, f"{name}_m2") == pytest.approx(due_m2, abs=tolerance_m2)


@settings(SLOW_DISK, max_examples=8)
@given(moves, moves, st.randoms(use_true_random=False))
def test_state_does_not_depend_on_the_order_of_arrival(first, second, chance):
    """Two registers that took in one another's entries in any portions say the same."""
    with tempfile.TemporaryDirectory() as folder:
        with (
            new_register(folder, "a") as a,
            new_register(folder, "b", Clock(START_US + DAY_US // 2)) as b,
        ):
            play(a, first)
            play(b, second)
            ledgers = [list(a.entries()), list(b.entries())]
        states = []
        for name in ("c", "d"):
            with new_register(folder, name, Clock(START_US + 1000 * DAY_US)) as merged:
                _take_in(merged, ledgers, chance)
                states.append([_seen(merged, as_of) for as_of in AS_OF])
                assert merged.verify().ok
        assert states[0] == states[1]


def _take_in(register, ledgers, chance: random.Random):
    rest = [list(ledger) for ledger in ledgers]
    while any(rest):
        ledger = chance.choice([ledger for ledger in rest if ledger])
        portion = chance.randint(1, len(ledger))
        with register.write("Ana") as writer:
            writer.adopt(ledger[:portion])
        del ledger[:portion]


def _seen(register, as_of):
    rounded = [
        (
            a.record_id,
            a.local_id,
            a.status,
            *(None if m is None else round(m, 3) for m in (a.area_m2, a.remaining_m2)),
        )
        for a in register.areas(as_of)
    ]
    return sorted(rounded), standing(register, as_of)


@settings(SLOW_DISK, max_examples=10)
@given(moves, st.lists(st.tuples(areas, st.sampled_from(["HA-0", "HA-1", "HA-9"])), max_size=3))
def test_areas_read_alone_are_as_among_all(history, names):
    """Whoever shares a name with them, was split from them or surveyed them."""
    with tempfile.TemporaryDirectory() as folder, new_register(folder) as register:
        play(register, history)
        for number, name in names:
            body = {"local_id": name, "hazard_kind": "SHA", "status": "closed"}
            with register.write("Ana") as writer:
                about = Draft("hazardous_area", "hazardous_area.amended", body, area_id(number))
                writer.append([about])
        entries = list(register.entries())
        for when in ((None, None), ("2020", None), (None, entries[len(entries) // 2].recorded_at)):
            left, ground = register.not_released(*when), register.outlines(*when)
            for area in map(area_id, range(4)):
                assert register.not_released(*when, [area]).get(area) == left.get(area)
                assert register.outlines(*when, record_id=area).get(area) == ground.get(area)


def test_rebuild_gives_the_same_layers_and_state(register):
    """What follows from the ledger can be made anew, byte for byte in what it says."""
    history = [
        ("area", 0, (0, 0, 4, 4), "2019", "open"),
        ("import", 1, (2, 2, 3, 3), None, "open"),
        ("product", 0, (0, 0, 2, 2), "2020", "cleared"),
        ("area", 0, (0, 0, 5, 4), None, "suspended"),
        ("undo", 0, None, None, None),
        ("void", 1, None, None, None),
    ]
    play(register, history)
    before = (
        [list(register.layer(k)) for k in ("hazardous_area", "land_release_product", "import")],
        register.areas("2020"),
    )
    register.rebuild()
    after = (
        [list(register.layer(k)) for k in ("hazardous_area", "land_release_product", "import")],
        register.areas("2020"),
    )
    assert before == after
    assert register.verify().ok


def test_a_month_is_read_cautiously(register):
    """A report of July counts from the 1st, a release in July only from the 31st, and says so."""
    play(
        register,
        [
            ("area", 0, (0, 0, 4, 4), "2019-07", "open"),
            ("product", 0, (0, 0, 4, 2), "2020-07", "cleared"),
        ],
    )
    assert register.areas("2019-06-30") == []
    assert register.areas("2019-07-01")[0].date_uncertain
    in_july = register.areas("2020-07-30")[0]
    assert in_july.remaining_m2 == in_july.area_m2
    assert in_july.date_uncertain
    after = register.areas("2020-07-31")[0]
    assert after.remaining_m2 == pytest.approx(after.area_m2 / 2, rel=1e-3)
    assert not after.date_uncertain


def test_reopening_wins_where_the_periods_overlap(register):
    """Closed in 2020 and reopened in June 2020: nobody knows the order, so it is open."""
    play(
        register,
        [
            ("area", 0, (0, 0, 4, 4), "2019", "open"),
            ("area", 0, (0, 0, 4, 4), "2020", "closed"),
            ("reopen", 0, (0, 0, 4, 4), "2020-06", "open"),
        ],
    )
    assert [a.status for a in register.areas("2021")] == ["open"]


def test_an_undated_correction_does_not_hide_behind_what_it_corrects(register):
    """A correction without a date of an area dated 2019 stands since 2019."""
    play(
        register,
        [("area", 0, (0, 0, 4, 4), "2019", "open"), ("area", 0, (0, 0, 2, 2), None, "suspended")],
    )
    assert [a.status for a in register.areas("2020")] == ["suspended"]
    assert register.areas("2018") == []


@pytest.mark.parametrize(
    ("dates", "corrected"),
    [(("2019", "2020"), None), (("2020", "2020"), "2020"), ((None, None), None)],
)
def test_a_corrected_product_keeps_the_ground_that_it_took_first(register, dates, corrected):
    """Who mends a note of it says nothing of when; only another date gives the ground away."""
    play(
        register,
        [
            ("area", 0, (0, 0, 4, 4), "2019", "open"),
            ("product", 0, (0, 0, 2, 2), dates[0], "cancelled"),
            ("product", 0, (0, 0, 2, 2), dates[1], "cleared"),
        ],
    )
    first, _ = register.records("land_release_product")
    noted = {**first.body, "note": "read again"}
    before = register.balance()
    with register.write("Ben") as writer:
        writer.append([record_again(first, noted, corrected)])
    after = register.balance()
    assert before.cancelled_m2 > 0
    assert (after.cancelled_m2, after.cleared_m2) == (before.cancelled_m2, before.cleared_m2)
    with register.write("Ben") as writer:
        writer.append([record_again(first, noted, "2026-06")])
    assert register.balance("2026").cleared_m2 == pytest.approx(before.cancelled_m2)
    assert register.balance("2026").cancelled_m2 == 0


def test_what_nothing_dates_and_what_no_map_shows_is_listed(register):
    """Every answer can say what it leaves open."""
    play(
        register,
        [
            ("area", 0, (0, 0, 4, 4), "2019", "open"),
            ("area", 1, None, None, "open"),
            ("product", 0, (0, 0, 1, 1), None, "cleared"),
        ],
    )
    assert {r.local_id or r.kind for r in register.undated()} == {"HA-1", "land_release_product"}
    assert register.balance().undated == 2
    assert register.not_shown() == {"quarantined": 0, "without_geometry": 1}
    assert [a.undated for a in register.areas()] == [False, True]


def test_ground_both_released_and_suspected_is_listed(register):
    """A product that names no area takes nothing away; where it lies on one is a conflict."""
    play(
        register,
        [("area", 0, (0, 0, 4, 4), "2019", "open"), ("area", 1, (2, 0, 4, 4), "2019", "open")],
    )
    with register.write("Ana") as writer:
        writer.append(
            [
                Draft(
                    "land_release_product",
                    "land.released",
                    {"method": "cleared", "geometry": polygon((0, 0, 3, 4))},
                )
            ]
        )
    shares = [c.area_m2 for c in register.conflicts() if c.code == "released_and_suspected"]
    unlinked = [c.area_m2 for c in register.conflicts() if c.code == "product_without_area"]
    assert sorted(shares) == pytest.approx([unlinked[0] / 3, unlinked[0]], rel=1e-3)
    assert register.contested_m2() == pytest.approx(unlinked[0], rel=1e-9)
    assert register.contested_m2("2018") == 0.0
    assert all(a.remaining_m2 == a.area_m2 for a in register.areas())


def test_progress_is_not_counted_twice_with_its_polygons(register):
    """Reports name the activity by its local id, products by its record id."""
    with register.write("Ana") as writer:
        [work] = writer.append(
            [
                Draft(
                    "activity",
                    "record.added",
                    {"local_id": "AC-1", "activity_type": "clearance", "place": "x"},
                )
            ]
        )
        writer.append(
            [
                Draft(
                    "progress_report",
                    "record.added",
                    {"activity": "AC-1", "method": "cleared", "area_m2": 5e6},
                ),
                Draft(
                    "land_release_product",
                    "land.released",
                    {
                        "activity": work.record_id,
                        "method": "cleared",
                        "geometry": polygon((0, 0, 2, 1)),
                    },
                    occurred_on="2020",
                ),
            ]
        )
    [found] = register.progress()
    assert (found.activity, found.reported_m2) == (work.record_id, 5e6)
    assert found.unmapped_m2 == pytest.approx(5e6 - found.measured_m2)
    assert register.progress("2019")[0].measured_m2 == 0.0


def test_last_years_answer_can_be_given_again(register):
    """`known_at` leaves out what was not known then, also voids."""
    play(
        register,
        [("area", 0, (0, 0, 4, 4), "2019", "open"), ("area", 1, (0, 0, 1, 1), "2019", "open")],
    )
    then = list(register.entries())[-1].recorded_at
    play(
        register,
        [
            ("product", 0, (0, 0, 4, 4), "2019", "cleared"),
            ("area", 1, (0, 0, 1, 1), "2019", "closed"),
        ],
    )
    with register.write("Ana") as writer:
        writer.void(area_id(1), "never was there")
    assert [round(a.remaining_m2 / a.area_m2, 6) for a in register.areas("2020", then)] == [
        1.0,
        1.0,
    ]
    assert [a.remaining_m2 for a in register.areas("2020")] == [0.0]


def test_land_in_two_districts_is_cut_at_the_border(register):
    """Rows of districts and the rest add up to the country."""
    play(
        register,
        [
            ("area", 0, (0, 0, 4, 4), "2019", "open"),
            ("product", 0, (1, 0, 2, 4), "2020", "reduced"),
        ],
    )
    with register.write("Ana") as writer:
        writer.append(
            [
                Draft(
                    "district", "record.added", {"name": "West", "geometry": polygon((0, 0, 2, 6))}
                ),
                Draft(
                    "district",
                    "record.added",
                    {"name": "East", "code": "E1", "geometry": polygon((2, 0, 1, 6))},
                ),
            ]
        )
    rows = {row.scope: row for row in register.balance_by_district()}
    whole = register.balance()
    assert set(rows) == {"West", "East", "no district"}
    for name in ("reported_m2", "resurvey_m2", "reduced_m2", "remaining_m2"):
        assert sum(getattr(row, name) for row in rows.values()) == pytest.approx(
            getattr(whole, name), abs=0.5
        )
    assert rows["West"].reduced_m2 == pytest.approx(whole.reduced_m2 / 2, rel=1e-3)
    assert register.balance(scope="E1").remaining_m2 == pytest.approx(0.0, abs=0.5)
    assert np.isclose(
        rows["no district"].remaining_m2, register.balance().remaining_m2 / 2, rtol=1e-3
    )
