"""What happened once has one date: the last that was said of it, on every day asked for."""

from __future__ import annotations

import pytest

from landrelease.register import open_register
from landrelease.services import keeping, land, layers, recording, review, totals, workflow

FIELD = "POLYGON((17.2 44.3,17.201 44.3,17.201 44.301,17.2 44.301,17.2 44.3))"
RING = [[[17.2, 44.3], [17.201, 44.3], [17.201, 44.301], [17.2, 44.301], [17.2, 44.3]]]
MAPPING = """
layer: p
record_kind: {column: kind, values: {a: hazardous_area, t: activity, p: land_release_product,
  x: accident}}
crs: EPSG:4326
identity: {local_id: id}
geometry: {column: g}
occurred_on: {column: date}
fields: {hazard_kind: hk, area: area, activity: act, activity_type: ty, method: m, depth_m: d,
  depth_datum: dd, killed: k, status: s, note: note}
"""
HEAD = "kind,id,date,hk,area,act,ty,m,d,dd,g,k,s,note"


@pytest.fixture
def path(tmp_path):
    """An empty register, with a mapping beside it."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    (tmp_path / "p.yaml").write_text(MAPPING)
    return path


def take_in(path, date, note="", accident=None, closed="", name="month.csv"):
    """Take in the file of a month: an area, its work, its product, and an accident."""
    rows = [
        HEAD,
        f'a,A,{closed or "2022-01-01"},CHA,,,,,,,"{FIELD}",,{"closed" if closed else "open"},',
        f't,T,2022-06-01,,A,,clearance,,,,"{FIELD}",,,',
        f'p,P,{date},,A,T,,cleared,.2,ground_surface,"{FIELD}",,,{note}',
        f"x,X,{accident or date},,A,,,,,,POINT(17.2005 44.3005),3,,{note}",
    ]
    file = path.parent / name
    file.write_text("\n".join(rows) + "\n")
    call = layers.ImportCall(file, mapping=path.parent / "p.yaml")
    return layers.take_in(path, call, by="Ana")


def by_hand(path, kind, on=None, by="Ben", **body):
    """Record by hand, with a reason."""
    entry = {"kind": kind, "occurred_on": on, "body": body, "reason": "the true date"}
    return recording.record(path, {"entries": [entry]}, by=by)


def remaining(path, as_of=None, known_at=None):
    """What remains, as a share of what was reported."""
    account = land.balance(path, as_of, known_at)
    return round(account["remaining_m2"] / account["reported_m2"], 3)


def years(path, as_of=None):
    """The years in which `totals` book the product."""
    return [row["year"] for row in totals.totals(path, as_of)["released"]]


def killed(path, as_of):
    """The accidents that stand as of a date."""
    with open_register(path) as register:
        return sum(r.body["killed"] for r in register.records("accident", as_of=as_of))


def test_a_file_that_corrects_a_date_takes_the_wrong_one_back(path):
    """Land released by a mistyped year is not released on any day before the true one."""
    take_in(path, "2023-03-01")
    with open_register(path) as register:
        then = list(register.entries())[-1].received_at
    take_in(path, "2024-03-01")
    assert [remaining(path, day) for day in ("2023-12-31", "2024-02-28", "2024-03-01")] == [1, 1, 0]
    assert (years(path), years(path, "2023-12-31")) == (["2024"], [])
    assert [killed(path, day) for day in ("2023", "2024")] == [0, 3]
    assert remaining(path, "2023-12-31", then) == 0
    with open_register(path) as register:
        assert register.verify().ok
        register.rebuild()
        assert register.verify().ok


@pytest.mark.parametrize("on", ["2019-03-01", "2021", "2026-03"])
def test_a_person_who_corrects_a_date_moves_the_event(path, on):
    """Earlier or later, the product counts once, from its own date alone."""
    take_in(path, "2023-03-01")
    by_hand(path, "land_release_product", on, local_id="P")
    by_hand(path, "accident", on, local_id="X", note="read again")
    with open_register(path) as register:
        [product] = register.records("land_release_product")
        assert product.occurred_on == on
        [accident] = register.timeline(register.record("X").record_id)
        assert (accident.record.occurred_on, accident.record.body["killed"]) == (on, 3)
    assert [killed(path, str(year)) for year in (int(on[:4]) - 1, on[:4])] == [0, 3]
    assert years(path) == [on[:4]]
    assert remaining(path, "2023-12-31") == (1 if on > "2024" else 0)


def test_a_file_that_repeats_its_date_does_not_undo_the_correction_of_a_person(path):
    """Also where it says something new beside it; a new date of the file is the later word."""
    take_in(path, "2023-03-01")
    by_hand(path, "land_release_product", "2024-03-01", local_id="P")
    assert take_in(path, "2023-03-01")["changed"] == 0
    take_in(path, "2023-03-01", note="measured again")
    assert [remaining(path, day) for day in ("2023-12-31", "2024-03-01")] == [1, 0]
    assert take_in(path, "2023-03-01", note="measured again")["changed"] == 0
    with open_register(path) as register:
        assert register.record("P").body["note"] == "measured again"
    assert years(path) == ["2024"]
    take_in(path, "2024-06-01", note="measured again")
    assert [remaining(path, day) for day in ("2024-05-01", "2024-06-01")] == [1, 0]


def test_a_correction_that_is_undone_gives_the_former_date_back(path):
    """The import that moved it is void: what it said of the date goes with it."""
    take_in(path, "2023-03-01")
    moved = take_in(path, "2024-03-01")
    recording.void(path, record_id=None, import_id=moved["import_id"], why="wrong file", by="Ana")
    assert remaining(path, "2023-12-31") == 0


def test_a_correction_of_another_copy_moves_the_event_in_any_order(path, tmp_path):
    """The last word on the date stands, whichever copy comes first."""
    take_in(path, "2023-03-01")
    copies = [tmp_path / "b.gpkg", tmp_path / "c.gpkg"]
    for copy in copies:
        keeping.backup(path, copy)
    by_hand(copies[0], "land_release_product", "2024-03-01", local_id="P")
    by_hand(copies[1], "land_release_product", None, local_id="P", note="checked")
    for order in (copies, copies[::-1]):
        one = tmp_path / f"{order[0].stem}-first.gpkg"
        keeping.backup(path, one)
        for copy in order:
            review.merge(one, copy, by="Ana")
        assert [remaining(one, day) for day in ("2023-12-31", "2024-03-01")] == [1, 0]
        with open_register(one) as register:
            assert register.verify().ok


def test_an_ending_dated_once_more_by_hand_is_the_same_ending(path):
    """An area closed «in 2023» by mistake is open until 2024, and reopening goes its own way."""
    take_in(path, "2023-03-01")
    by_hand(path, "hazardous_area", "2023-04", local_id="A", status="closed")
    by_hand(path, "hazardous_area", "2024-04", local_id="A", status="closed")

    def status(as_of):
        with open_register(path) as register:
            return register.areas(as_of)[0].status

    assert [status(d) for d in ("2023-12-31", "2024-04-29", "2024-04-30")] == [
        "open",
        "open",
        "closed",
    ]
    by_hand(path, "hazardous_area", "2023-06", local_id="A", status="closed")
    assert [status(d) for d in ("2023-04-30", "2023-06-30", "2024-06")] == ["open", *["closed"] * 2]
    by_hand(path, "hazardous_area", "2025-01", local_id="A", note="sold")
    assert status("2024") == "closed"
    with open_register(path) as register:
        assert register.verify().ok


def test_an_event_that_waits_for_its_day_no_more_is_not_ahead(path):
    """A release dated 2031 by mistake is of 2023 at once, and no day is uncertain for it."""
    take_in(path, "2031")
    by_hand(path, "land_release_product", "2023-03-01", local_id="P")
    assert remaining(path) == 0
    with open_register(path) as register:
        assert not register.ahead()
        assert not register.areas("2031-06-01")[0].date_uncertain


def test_a_date_that_waits_for_approval_releases_nothing_on_any_day(path):
    """The former is no more, and the new one is nobody's word but one person's."""
    take_in(path, "2023-03-01")
    workflow.switch(path, "on", by="Ana", why="rule")
    by_hand(path, "land_release_product", "2022-09-01", local_id="P")
    assert [remaining(path, day) for day in ("2022-12-31", "2023-12-31")] == [1, 1]
