"""Recording by hand: what a correction changes, on which dates, and what it leaves as it was."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from landrelease.domain.entries import Draft
from landrelease.errors import RefusedError
from landrelease.register import create_register, open_register
from landrelease.services import recording, review


def box(west, south, east, north):
    """A box as GeoJSON."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


FIELD = box(17, 44, 17.01, 44.01)
AREA = {"local_id": "Z", "hazard_kind": "SHA", "geometry": FIELD}


@pytest.fixture
def path(tmp_path):
    """A register."""
    return made(tmp_path)


def made(folder):
    """A new register in a folder."""
    path = Path(folder) / "register.gpkg"
    create_register(path, name="Test", author="Ana").close()
    return path


def record(path, body, occurred_on=None, kind="hazardous_area", **entry):
    """Record one entry by hand."""
    whole = {"kind": kind, "body": body, **entry}
    if occurred_on:
        whole["occurred_on"] = occurred_on
    return recording.record(path, {"entries": [whole]}, by="Ana")


def write(path, body, occurred_on, action="hazardous_area.amended"):
    """Write a version of the area past the rules, as an import may."""
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        held = register.record("Z")
        writer.append([Draft("hazardous_area", action, body, held.record_id, occurred_on)])


def body_on(path, as_of=None):
    """The area's whole body on a date."""
    with open_register(path) as register:
        return {r.local_id: dict(r.body) for r in register.records("hazardous_area", as_of=as_of)}


def bodies_on(path, dates):
    """The area's whole body on each of some dates on which it is known."""
    with open_register(path) as register:
        found = {day: list(register.records("hazardous_area", as_of=day)) for day in dates}
        return {day: dict(held[0].body) for day, held in found.items() if held}


def test_a_back_dated_name_does_not_carry_a_closing_into_the_past(path):
    """What was open then stays open then; today's name is the corrected one."""
    record(path, AREA, "2019")
    write(path, {**AREA, "status": "closed"}, "2022-06-01", "hazardous_area.closed")
    record(path, {"local_id": "Z", "name": "Mill field"}, "2020-01-01")
    assert body_on(path, "2019-12-31")["Z"].get("name") is None
    for as_of, status in (("2021-01-01", "open"), ("2022-06-01", "closed"), (None, "closed")):
        found = body_on(path, as_of)["Z"]
        assert (found["name"], found["status"]) == ("Mill field", status)
    assert not [c for c in review.conflicts(path)["conflicts"] if c["code"] == "versions_conflict"]
    with open_register(path) as register:
        assert register.verify().ok


def test_what_a_later_version_says_of_the_field_stands(path):
    """A correction holds until something else was said."""
    record(path, {**AREA, "name": "Old"}, "2019")
    record(path, {"local_id": "Z", "name": "New"}, "2022")
    record(path, {"local_id": "Z", "name": "Between"}, "2020")
    names = [body_on(path, year)["Z"]["name"] for year in ("2019", "2020", "2021", "2022")]
    assert names == ["Old", "Between", "Between", "New"]


def test_a_correction_dated_before_the_first_report_is_laid_upon_it(path):
    """The area was there earlier than was thought."""
    record(path, AREA, "2019")
    record(path, {"local_id": "Z", "name": "Mill field"}, "2017")
    assert body_on(path, "2018")["Z"]["name"] == body_on(path)["Z"]["name"] == "Mill field"


def test_the_same_correction_twice_is_unchanged(path):
    """A file sent twice adds nothing."""
    record(path, AREA, "2019")
    write(path, {**AREA, "status": "suspended"}, "2022")
    record(path, {"local_id": "Z", "name": "Mill field"}, "2020")
    again = record(path, {"local_id": "Z", "name": "Mill field"}, "2020")
    assert (again["recorded"], again["unchanged"], again["warnings"]) == ([], 1, [])


def test_a_back_dated_outline_goes_on(path):
    """A later version that only carried the old outline does not bring it back."""
    record(path, AREA, "2019")
    record(path, {"local_id": "Z", "name": "Mill field"}, "2022")
    record(path, {"local_id": "Z", "geometry": box(17, 44, 17.02, 44.01)}, "2020")
    with open_register(path) as register:
        sizes = [register.areas(year)[0].area_m2 for year in ("2019", "2020", "2022")]
    assert sizes[1] == sizes[2] == pytest.approx(2 * sizes[0], rel=1e-6)


def edit_outside(path, change):
    """Change a layer as another program does."""
    connection = sqlite3.connect(path)
    for name in ("IsEmpty", "MinX", "MaxX", "MinY", "MaxY"):
        connection.create_function(f"ST_{name}", 1, lambda _: 0)
    with connection:
        connection.execute(change)
    connection.close()
    return review.outside_edits(path)["edits"][-1]["edit_id"]


def refused(call, *args, **named):
    """The code with which something is refused."""
    with pytest.raises(RefusedError) as caught:
        call(*args, **named)
    assert caught.value.cure
    return caught.value.code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE hazardous_area SET status = 'handed_over'", "land_left"),
        ("UPDATE hazardous_area SET hazard_kind = 'CHA'", "evidence_indirect"),
        ("UPDATE land_release_product SET method = 'cleared'", "method_changed"),
        ("UPDATE hazardous_area SET geom = NULL", "land_lost"),
    ],
)
def test_an_edit_in_another_program_obeys_the_rules(path, change, code):
    """What QGIS wrote is adopted by the same rules as what is recorded here, or undone."""
    record(path, AREA, "2019")
    part = {"area": "Z", "method": "cancelled", "geometry": box(17, 44, 17.005, 44.01)}
    record(path, part, "2020", "land_release_product", source={"title": "Survey"})
    before = body_on(path)
    with open_register(path) as register:
        ground = register.areas()
    edit = edit_outside(path, change)
    assert refused(review.review_edit, path, edit, "adopt", why="as drawn", by="Ben") == code
    with open_register(path) as register:
        assert register.areas() == ground
    review.review_edit(path, edit, "undo", why="not by an edit", by="Ben")
    assert body_on(path) == before


@pytest.mark.parametrize(("table", "code"), [("activity", "work_in_use"), ("non_conformity", None)])
def test_a_deletion_in_another_program_obeys_the_rules_of_a_void(path, table, code):
    """Work on which a product rests is not deleted by way of QGIS; a finding may be, by its name."""
    record(path, AREA, "2019")
    work = {"local_id": "C", "activity_type": "clearance", "geometry": FIELD}
    record(path, work, "2020", "activity")
    part = {"area": "Z", "activity": "C", "method": "cleared", "geometry": FIELD}
    record(path, part, "2020", "land_release_product", source={"title": "Report"})
    finding = {"local_id": "N", "severity": "critical", "area": "Z", "what": "mine found"}
    record(path, finding, "2021", "non_conformity")
    edit = edit_outside(path, f"DELETE FROM {table}")
    if code is not None:
        assert refused(review.review_edit, path, edit, "adopt", why="double", by="Ben") == code
    else:
        review.review_edit(path, edit, "adopt", why="entered twice", by="Ben")


def test_a_visit_under_an_open_critical_finding_is_not_deleted_in_another_program(path):
    """The finding would hold its area no more."""
    record(path, AREA, "2019")
    record(path, {"local_id": "V", "area": "Z"}, "2021", "quality_visit")
    finding = {"local_id": "N", "severity": "critical", "visit": "V", "what": "mine found"}
    record(path, finding, "2021", "non_conformity")
    edit = edit_outside(path, "DELETE FROM quality_visit")
    found = refused(review.review_edit, path, edit, "adopt", why="double", by="Ben")
    assert found == "finding_unlinked"


def test_an_ending_adopted_from_another_program_is_not_dated_by_the_report(path):
    """The date of the row is that of the report: the land did not end then."""
    record(path, AREA, "2019")
    whole = {"area": "Z", "method": "cancelled", "geometry": FIELD}
    record(path, whole, "2020", "land_release_product", source={"title": "Survey"})
    edit = edit_outside(path, "UPDATE hazardous_area SET status = 'closed'")
    review.review_edit(path, edit, "adopt", why="all cancelled", by="Ben")
    assert body_on(path)["Z"]["status"] == "closed"
    assert body_on(path, "2020")["Z"]["status"] == "open"


def test_an_area_goes_through_its_whole_life(path):
    """Reported, confirmed, surveyed smaller, cleared, closed, handed over: all with its evidence."""
    report = {"source": {"title": "Completion report"}}
    record(path, AREA, "2019")
    record(path, {"local_id": "Z", "hazard_kind": "CHA", "evidence": ["accident"]}, "2019-05")
    for name, kind in (("T", "technical_survey"), ("C", "clearance")):
        body = {"local_id": name, "activity_type": kind, "status": "completed", "area": "Z"}
        record(path, {**body, "geometry": FIELD}, "2020", "activity")
    east = box(17.005, 44, 17.01, 44.01)
    lost = {"area": "Z", "geometry": east}
    assert refused(record, path, lost, "2020", "resurvey") == "land_lost"
    record(path, {**lost, "activity": "T"}, "2020", "resurvey", reason="the west was never mined")
    assert refused(record, path, {"local_id": "Z", "status": "closed"}, "2021") == "land_left"
    product = {"area": "Z", "activity": "C", "method": "cleared", "geometry": east}
    assert refused(record, path, product, "2021", "land_release_product") == "depth_missing"
    depth = {"depth_m": 0.2, "depth_datum": "ground_surface"}
    record(path, {**product, **depth}, "2021", "land_release_product", **report)
    record(path, {"local_id": "Z", "status": "closed"}, "2022")
    finding = {"local_id": "N", "severity": "critical", "activity": "C", "what": "mine found"}
    record(path, finding, "2022", "non_conformity")
    handed = {"local_id": "Z", "status": "handed_over"}
    assert refused(record, path, handed, "2023") == "critical_finding_open"
    record(
        path,
        {"local_id": "N", "open": False, "measures": "searched again"},
        "2022-08",
        "non_conformity",
    )
    record(path, handed, "2023")
    with open_register(path) as register:
        [area] = register.areas()
        account = register.balance()
    assert (area.status, area.remaining_m2) == ("handed_over", pytest.approx(0, abs=0.5))
    assert abs(account.difference_m2) < 0.5
    assert account.cleared_m2 == pytest.approx(-account.resurvey_m2, rel=1e-3)


def test_a_period_in_which_an_area_was_closed_and_opened_is_asked_for_closer(path):
    """A correction of such a year could only be laid upon one of the two."""
    record(path, AREA, "2019")
    write(path, {**AREA, "status": "closed"}, "2019-06-30", "hazardous_area.closed")
    write(path, AREA, "2020-02-29", "hazardous_area.reopened")
    name = {"local_id": "Z", "name": "Mill field"}
    assert refused(record, path, name, "2020") == "date_ambiguous"
    record(path, name, "2020-03")
    assert [body_on(path, day)["Z"]["status"] for day in ("2020-01", "2020-03")] == [
        "closed",
        "open",
    ]


DATES = [None, "2018", "2019-06", "2020", "2020-02-29", "2021", "2021-07-04", "2023"]
FIELDS = {
    "name": st.sampled_from(["Mill", "Ford", None]),
    "note": st.sampled_from(["wet", None]),
    "marked": st.booleans(),
    "stated_area_m2": st.sampled_from([100.0, 200.0]),
    "status": st.sampled_from(["open", "suspended"]),
}
corrections = st.lists(
    st.sampled_from(sorted(FIELDS)).flatmap(
        lambda name: st.tuples(st.just(name), FIELDS[name], st.sampled_from(DATES))
    ),
    min_size=1,
    max_size=5,
)
endings = st.lists(
    st.tuples(
        st.sampled_from(["open", "suspended", "closed", "handed_over"]), st.sampled_from(DATES[1:])
    ),
    max_size=3,
)
AS_OF = [
    None,
    *("2018-06", "2019-06-01", "2019", "2020-01-01", "2020-02-29", "2020-03", "2021-01-01"),
    *("2021-07-03", "2021-07-04", "2021-12-30", "2021", "2022", "2023-01-01", "2024"),
]


def test_a_correction_before_the_first_version_keeps_what_later_ones_say(tmp_path):
    """Of several versions from one day only the last is carried on: what it says is not lost."""
    path = made(tmp_path)
    record(path, {**AREA, "stated_area_m2": 50.0}, "2019")
    record(path, {"local_id": "Z", "marked": False}, None)
    record(path, {"local_id": "Z", "name": "Mill"}, None)
    record(path, {"local_id": "Z", "marked": False}, "2018")
    assert body_on(path)["Z"]["name"] == "Mill"
    assert body_on(path, "2021")["Z"]["name"] == "Mill"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(endings, corrections)
@example(
    [("closed", "2019-06")],
    [
        ("marked", False, None),
        ("marked", True, None),
        ("marked", False, "2021"),
        ("status", "open", "2021"),
    ],
)
def test_a_correction_of_a_field_changes_the_state_only_in_that_field(statuses, said):
    """The law, over random histories and dates: nothing else changes, on no date."""
    with tempfile.TemporaryDirectory() as folder:
        path = made(folder)
        record(path, {**AREA, "stated_area_m2": 50.0}, "2019")
        for status, occurred_on in statuses:
            action = "hazardous_area.reopened" if status == "open" else "hazardous_area.amended"
            write(path, {**body_on(path)["Z"], "status": status}, occurred_on, action)
        for name, value, occurred_on in said:
            before = bodies_on(path, AS_OF)
            try:
                record(path, {"local_id": "Z", name: value}, occurred_on)
            except RefusedError:
                continue  # a rule may ask for more
            after = bodies_on(path, AS_OF)
            for as_of, held in before.items():
                found = after[as_of]
                held.pop(name, None)
                found.pop(name, None)
                assert found == held, as_of
            assert not [
                c for c in review.conflicts(path)["conflicts"] if c["code"] == "versions_conflict"
            ]


@pytest.mark.parametrize(
    ("closed", "opened"),
    [("2018-12", "2018-12-05"), ("2018", "2018-06"), ("2018-06", "2018"), ("2018", "2018")],
)
def test_who_says_open_within_the_time_of_a_closing_is_heard(path, closed, opened):
    """Closed and opened within one period: the area is open, from then until today."""
    record(path, AREA, "2010")
    write(path, {**AREA, "status": "closed"}, closed)
    record(path, {"local_id": "Z", "status": "open"}, opened, reason="found again")
    assert body_on(path)["Z"]["status"] == "open"
    assert body_on(path, "2018-12-31")["Z"]["status"] == "open"


def test_what_else_an_outdone_ending_says_goes_on_from_its_day(path):
    """The opening wins; the name given with the closing holds, on no other day than before."""
    record(path, AREA, "2010")
    write(path, {**AREA, "status": "closed", "name": "Mill"}, "2018")
    record(path, {"local_id": "Z", "status": "open"}, "2018", reason="found again")
    held = bodies_on(path, ["2018-12-30", "2018", None])
    assert [body["status"] for body in held.values()] == ["open"] * 3
    assert [body.get("name") for body in held.values()] == [None, "Mill", "Mill"]


def test_what_repeats_an_outdone_ending_ends_nothing(path):
    """A name given later to the closed area is no second closing."""
    record(path, AREA, "2010")
    write(path, {**AREA, "status": "closed"}, "2018")
    record(path, {"local_id": "Z", "name": "Mill"}, "2020")
    record(path, {"local_id": "Z", "status": "open"}, "2018", reason="found again")
    assert [body_on(path, day)["Z"]["status"] for day in ("2019", "2021")] == ["open", "open"]
    assert body_on(path)["Z"]["name"] == "Mill"


def test_what_an_opening_carries_on_outdoes_no_ending(path):
    """Only the opening itself does: the handover of the year of a mere name stands."""
    record(path, AREA, "2010")
    write(path, {**AREA, "status": "closed"}, "2018-06")
    record(path, {"local_id": "Z", "name": "Mill"}, "2020-06-30")
    write(path, {**AREA, "status": "handed_over", "note": "given back"}, "2020")
    record(path, {"local_id": "Z", "status": "open"}, "2019", reason="found again")
    held = bodies_on(path, ["2020-06-30", "2020-12-30", "2020", None])
    assert [body["status"] for body in held.values()] == ["open", "open", *["handed_over"] * 2]
    assert held[None]["note"] == "given back"


@pytest.mark.parametrize("named", ["year", "day"])
def test_who_says_open_of_the_day_of_an_undated_closing_is_heard(path, named):
    """A closing without a date is of the day on which it was recorded."""
    today = datetime.now(UTC).date().isoformat()
    record(path, AREA, "2010")
    write(path, {**AREA, "status": "closed"}, None)
    day = today if named == "day" else today[:4]
    record(path, {"local_id": "Z", "status": "open"}, day, reason="found again")
    assert body_on(path)["Z"]["status"] == "open"


def test_an_entry_id_says_one_thing(path):
    """Said again it is unchanged; with another content it is refused and nothing is dropped unseen."""
    made = record(path, AREA, "2010")["recorded"][0]["entry_id"]
    assert record(path, AREA, "2010", entry_id=made)["unchanged"] == 1
    for body, day in (({**AREA, "local_id": "Y"}, "2010"), (AREA, "2011")):
        with pytest.raises(RefusedError) as refused:
            record(path, body, day, entry_id=made)
        assert refused.value.code == "entry_id_taken"


SAID = {
    "reason": "seen from the road",
    "source": {"title": "Survey of 2010", "quote": "a fenced field"},
}


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"reason": "heard of it"}, "reason"),
        ({"reason": None}, "reason"),
        ({"source": {"title": "Survey of 2011", "quote": "a fenced field"}}, "source"),
        ({"source": {"title": "Survey of 2010", "quote": "a field"}}, "source.quote"),
        ({"source": None}, "source, source.quote"),
        ({"record_id": "0199d444-0000-7000-8000-000000000001"}, "record_id"),
        ({"action": "hazardous_area.amended"}, "action"),
        ({"body": {**AREA, "name": "Mill field"}}, "body.name"),
        ({"body": {**AREA, "place": None}}, "body.place"),
        ({"body": {**AREA, "owner": "nobody"}}, "body.attributes"),
    ],
)
def test_an_entry_id_with_other_words_is_refused(path, other, named):
    """Reason, source, record and every field must be those of the entry; the error names what differs."""
    whole = {**SAID, "body": {**AREA, "place": "Lug"}}
    made = record(path, **whole, occurred_on="2010")["recorded"][0]
    again = {**whole, "entry_id": made["entry_id"], "occurred_on": "2010"}
    assert record(path, **again, record_id=made["record_id"])["unchanged"] == 1
    assert record(path, **again, record_id="Z")["unchanged"] == 1
    with pytest.raises(RefusedError, match=f"with another {named};") as refused:
        record(path, **{**again, **other})
    assert refused.value.code == "entry_id_taken"


def test_a_correction_said_again_is_unchanged(path):
    """A part of the fields, or a field emptied, is a whole version in the ledger and the same said again."""
    record(path, {**AREA, "place": "Lug", "owner": "nobody"}, "2010")
    part = {"local_id": "Z", "place": None, "note": "fenced", "sheet": "7"}
    made = record(path, part, "2012", reason="a visit")["recorded"][0]["entry_id"]
    assert record(path, part, "2012", reason="a visit", entry_id=made)["unchanged"] == 1
    with pytest.raises(RefusedError, match=r"body\.note;"):
        record(path, {**part, "note": "mined"}, "2012", reason="a visit", entry_id=made)


def test_an_erased_word_may_be_said_again_and_is_not_brought_back(path):
    """The file that once held the name is still the same entry; the name stays blanked."""
    said = {**AREA, "note": "told by Ana Beg"}
    made = record(path, said, "2010", reason="Ana Beg said so")["recorded"][0]["entry_id"]
    review.erase(path, None, why="asked to", by="Ivo", names=["Ana Beg"])
    again = record(path, said, "2010", reason="Ana Beg said so", entry_id=made)
    assert again["unchanged"] == 1
    assert body_on(path)["Z"]["note"] == "told by ███████"
