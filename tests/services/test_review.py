"""Conflicts, changes, outside edits, merging and erasing: what waits for a person."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrelease.errors import FieldError, RefusedError
from landrelease.register import open_register
from landrelease.services import exporting, keeping, land, layers, recording, review, totals
from landrelease.services.area_page import area_page

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[10, 10], [10.01, 10], [10.01, 10.01], [10, 10.01], [10, 10]]],
}
HALF = {
    "type": "Polygon",
    "coordinates": [[[10, 10], [10.005, 10], [10.005, 10.01], [10, 10.01], [10, 10]]],
}


def entry(kind, body, occurred_on=None, **more):
    """One entry of a record file."""
    source = {"title": "Field form"}
    return {"kind": kind, "occurred_on": occurred_on, "body": body, "source": source, **more}


def record(path, *entries):
    """Record entries as a person would."""
    return recording.record(path, {"entries": list(entries)}, by="Tester")


def close(path, closed_on):
    """Close an area of which half is left, on a survey that found nothing in it."""
    survey = {"local_id": "T-1", "activity_type": "technical_survey", "status": "completed"}
    closed = {"local_id": "A-1", "status": "closed", "rests_on": "T-1"}
    why = "no sign of mines in the rest"
    record(path, entry("activity", survey), entry("hazardous_area", closed, closed_on, reason=why))


@pytest.fixture
def register(tmp_path):
    """A register with one area, half of it cleared in 2020."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    record(
        path,
        entry(
            "hazardous_area",
            {"local_id": "A-1", "hazard_kind": "CHA", "geometry": SQUARE, "evidence": "accident"},
            "2015",
            source={"title": "Survey form", "quote": "mines seen"},
        ),
        entry(
            "land_release_product",
            {
                "local_id": "P-1",
                "area": "A-1",
                "method": "cleared",
                "geometry": HALF,
                "depth_m": 0.2,
            },
            "2020-06-01",
            source={"title": "Completion report"},
        ),
        entry("device", {"category": "anti_personnel_mine", "area": "A-1", "count": 3}, "2020-05"),
    )
    return path


def test_state_and_balance_on_a_date(register) -> None:
    """Before the clearance all remains, after it half; the account closes on both dates."""
    before, after = (land.balance(register, as_of=d) for d in ("2019-12-31", "2020-12-31"))
    assert before["remaining_m2"] == pytest.approx(before["reported_m2"])
    assert after["cleared_m2"] == pytest.approx(after["reported_m2"] / 2, rel=1e-3)
    assert max(abs(b["difference_m2"]) for b in (before, after)) < 0.5


def test_a_record_file_is_all_or_none(register) -> None:
    """One impossible entry, and none of the file is written; the entry is named."""
    with open_register(register) as opened:
        before = opened.revision()
    bad = entry("accident", {"geometry": {"type": "Point", "coordinates": [1, 1]}, "killed": -1})
    with pytest.raises(FieldError, match=r"entries\[1\].*killed"):
        record(register, entry("organisation", {"name": "X"}), bad)
    with open_register(register) as opened:
        assert opened.revision() == before


def test_the_same_entry_again_is_unchanged(register) -> None:
    """An entry of known content under a known id adds nothing."""
    done = record(register, entry("organisation", {"local_id": "O-1", "name": "X"}))
    again = record(register, entry("organisation", {"local_id": "O-1", "name": "X"}))
    assert (len(done["recorded"]), again["recorded"], again["unchanged"]) == (1, [], 1)


def test_an_accident_in_released_land_opens_an_inquiry(register) -> None:
    """By its own entry, linked to accident and product."""
    place = {"type": "Point", "coordinates": [10.002, 10.005]}
    record(register, entry("accident", {"geometry": place, "injured": 1}, "2023-01-05"))
    with open_register(register) as opened:
        inquiry = next(iter(opened.records("inquiry")))
        assert opened.record(inquiry.body["product"]).local_id == "P-1"


def test_an_open_inquiry_marks_its_area_until_it_is_closed(register) -> None:
    """In the list, on the page, from the day of the accident; closed with its finding."""
    place = {"type": "Point", "coordinates": [10.002, 10.005]}
    record(register, entry("accident", {"geometry": place, "injured": 1}, "2023-01-05"))
    assert [a["open_inquiries"] for a in land.areas(register)["areas"]] == [1]
    assert [a["open_inquiries"] for a in land.areas(register, "2022")["areas"]] == [0]
    [inquiry] = area_page(register, "A-1")["inquiries"]
    assert inquiry["body"]["why"] == "an accident lies inside land cleared"
    done = entry("inquiry", {"open": False, "finding": "a device washed in"}, "2023-04")
    record(register, {**done, "record_id": inquiry["record_id"]})
    assert [a["open_inquiries"] for a in land.areas(register)["areas"]] == [0]
    assert [a["open_inquiries"] for a in land.areas(register, "2023-02")["areas"]] == [1]


@pytest.fixture
def inquired(register):
    """The id of an open inquiry on released land."""
    place = {"type": "Point", "coordinates": [10.002, 10.005]}
    record(register, entry("accident", {"geometry": place, "injured": 1}, "2023-01-05"))
    [inquiry] = area_page(register, "A-1")["inquiries"]
    return inquiry["record_id"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"open": False}, "inquiry_unexplained"),
        ({"area": None, "product": None}, "inquiry_changed"),
        ({"accident": None}, "inquiry_changed"),
    ],
)
def test_an_inquiry_is_not_closed_or_turned_away_without_a_word(
    register, inquired, said, code
) -> None:
    """By hand a finding, a reason or a source is asked for; a reason is enough."""
    change = {"kind": "inquiry", "record_id": inquired, "body": said}
    with pytest.raises(RefusedError) as caught:
        record(register, change)
    assert caught.value.code == code
    assert land.areas(register)["areas"][0]["open_inquiries"] == 1
    told = record(register, {**change, "reason": "seen with the district office"})
    assert len(told["recorded"]) == 1


def test_a_file_closes_no_inquiry_without_a_finding(register, inquired, tmp_path) -> None:
    """The row's word is kept as a claim and listed; with a finding it is done."""

    def take(text):
        (tmp_path / "rows.csv").write_text(text)
        call = layers.ImportCall(tmp_path / "rows.csv", kind="inquiry")
        return layers.take_in(register, call, by="Tester")["contradictions"]

    [told] = take(f"record_id,open\n{inquired},false\n")
    assert (told["field"], told["code"]) == ("open", "inquiry_unexplained")
    assert land.areas(register)["areas"][0]["open_inquiries"] == 1
    assert "claimed_by_file" in [c["code"] for c in review.conflicts(register)["conflicts"]]
    assert take(f"record_id,open,finding\n{inquired},false,a device washed in\n") == []
    assert land.areas(register)["areas"][0]["open_inquiries"] == 0
    assert "claimed_by_file" not in [c["code"] for c in review.conflicts(register)["conflicts"]]


@pytest.mark.parametrize(
    ("closed_on", "accident_on", "opened"),
    [("2021", "2023-01-05", 1), ("2021", "2020-03", 0), ("2021", "2021", 1), (None, "2023", 0)],
)
def test_an_accident_in_an_area_that_was_closed_opens_an_inquiry(
    register, closed_on, accident_on, opened
) -> None:
    """Also where no product was drawn; one that may have come before the closing counts as after."""
    close(register, closed_on)
    place = {"type": "Point", "coordinates": [10.008, 10.005]}
    record(register, entry("accident", {"geometry": place, "injured": 1}, accident_on))
    assert sum(a["open_inquiries"] for a in land.areas(register)["areas"]) == opened


def test_an_accident_in_a_product_of_a_closed_area_opens_one_inquiry(register) -> None:
    """The product says more than its area; nobody is asked twice."""
    close(register, "2021")
    place = {"type": "Point", "coordinates": [10.002, 10.005]}
    record(register, entry("accident", {"geometry": place, "injured": 1}, "2023"))
    with open_register(register) as opened:
        [inquiry] = opened.records("inquiry")
    assert "product" in inquiry.body


def test_an_accident_before_the_release_opens_none(register) -> None:
    """An accident dated before the clearance is why the land was cleared."""
    place = {"type": "Point", "coordinates": [10.002, 10.005]}
    record(register, entry("accident", {"geometry": place, "injured": 1}, "2016"))
    with open_register(register) as opened:
        assert "inquiry" not in opened.counts()


def test_totals_by_year_district_and_method(register, tmp_path) -> None:
    """The totals agree with the balance, and the workbook holds them."""
    import openpyxl

    found = totals.write_totals(register, tmp_path / "t.xlsx")
    released, devices = found["released"], found["devices"]
    assert [(r["year"], r["method"], r["products"]) for r in released] == [("2020", "cleared", 1)]
    assert released[0]["m2"] == pytest.approx(land.balance(register)["cleared_m2"])
    assert [(d["category"], d["devices"]) for d in devices] == [("anti_personnel_mine", 3)]
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert {"Released", "Devices"} <= set(book.sheetnames)


def test_changes_since_a_moment(register) -> None:
    """Everything is newer than last century, nothing than the next."""
    assert review.changes(register, "1999-01-01")["count"] > 4
    assert review.changes(register, "2100-01-01")["count"] == 0


def test_an_outside_edit_is_seen_and_undone(register) -> None:
    """A change made in another program waits, fails no proof of the ledger, and can be undone."""
    with sqlite3.connect(register) as connection:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            connection.create_function(name, 1, lambda _: 0.0)
        connection.execute("UPDATE hazardous_area SET status = 'closed'")
    edits = review.outside_edits(register)["edits"]
    assert [(e["layer"], e["local_id"]) for e in edits] == [("hazardous_area", "A-1")]
    assert edits[0]["changes"] == [{"field": "status", "before": "open", "after": "closed"}]
    review.review_edit(register, edits[0]["edit_id"], "undo", why="not ours", by="Tester")
    assert review.outside_edits(register)["edits"] == []
    assert keeping.verify(register)["ok"]
    assert land.areas(register)["areas"][0]["status"] == "open"


def test_the_map_draws_what_another_program_emptied(register) -> None:
    """Until a person has reviewed the edit the recorded ground is on it; a new bare row is not."""
    with sqlite3.connect(register) as connection:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            connection.create_function(name, 1, lambda blob: None if blob is None else 0.0)
        connection.execute("UPDATE hazardous_area SET geom = NULL")
        connection.execute("INSERT INTO hazardous_area (local_id) VALUES ('new')")
    found = {
        p["local_id"]: s for _, s, p in exporting.features(register, "hazardous_area", "public")
    }
    assert set(found) == {"A-1"}
    assert shapely.from_wkb(found["A-1"]).area > 0
    assert "A-1" in [one["local_id"] for one in land.near(register, 10.002, 10.005)["found"]]


def test_two_copies_are_merged_without_loss(register, tmp_path) -> None:
    """What both copies recorded is there afterwards; merging again adds nothing."""
    copy = tmp_path / "copy.gpkg"
    keeping.backup(register, copy)
    record(register, entry("organisation", {"local_id": "O-1", "name": "Here"}))
    shutil.copy(copy, tmp_path / "field.gpkg")
    record(tmp_path / "field.gpkg", entry("organisation", {"local_id": "O-2", "name": "There"}))
    assert review.merge(register, tmp_path / "field.gpkg", by="Tester")["new"] >= 1
    assert review.merge(register, tmp_path / "field.gpkg", by="Tester")["new"] == 0
    with open_register(register) as opened:
        assert {r.local_id for r in opened.records("organisation")} == {"O-1", "O-2"}
    assert keeping.verify(register)["ok"]


def test_a_merge_brings_waiting_rows_and_counts_what_stays(register, tmp_path) -> None:
    """Hazards that wait in a copy wait here; edits and names that stay there are told."""
    copy, file = tmp_path / "copy.gpkg", tmp_path / "q.csv"
    keeping.backup(register, copy)
    file.write_text("id,hazard_kind,lon,lat,date\nQ1,SHA,17.5,95.2,2024-01-01\n")
    layers.take_in(copy, layers.ImportCall(file=file, kind="hazardous_area"), by="Ben")
    person = {"local_id": "V", "outcome": "killed", "attributes": {"name": "Osman Terzić"}}
    record(copy, entry("victim", person, "2022"))
    with sqlite3.connect(copy) as connection:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            connection.create_function(name, 1, lambda _: 0.0)
        connection.execute("UPDATE hazardous_area SET name = 'x'")
    told = review.merge(register, copy, by="Tester")
    assert told["brought"] == 1
    assert told["left"] == {
        "file": str(copy),
        "quarantined": 0,
        "outside_edits": 1,
        "identities": 1,
    }
    assert land.balance(register)["quarantined"] == 1
    assert review.merge(register, copy, by="Tester")["brought"] == 0
    assert keeping.verify(register)["ok"]


def test_changes_tell_what_a_merge_brought(register, tmp_path) -> None:
    """By when it came here, not by when the other copy wrote it."""
    copy = tmp_path / "copy.gpkg"
    keeping.backup(register, copy)
    record(copy, entry("organisation", {"local_id": "O-2", "name": "There"}))
    since = datetime.now(UTC).isoformat()
    assert review.changes(register, since)["count"] == 0
    review.merge(register, copy, by="Tester")
    [told, *_] = [e for e in review.changes(register, since)["entries"] if e["local_id"] == "O-2"]
    assert told["recorded_at"] < since.replace("+00:00", "Z") < told["received_at"]


@pytest.mark.parametrize("accident_here", [True, False])
@pytest.mark.parametrize(
    ("accident_on", "opened"), [("2023", 1), ("2018", 0), (None, 1)], ids=["after", "before", "?"]
)
@pytest.mark.parametrize("placed", [True, False])
def test_an_accident_and_a_release_that_meet_by_a_merge_open_an_inquiry(
    register, tmp_path, accident_here, accident_on, opened, placed
) -> None:
    """Whichever copy held which: the area is marked as if both had been recorded in one."""
    copy = tmp_path / "copy.gpkg"
    keeping.backup(register, copy)
    place = {"geometry": {"type": "Point", "coordinates": [10.008, 10.005]}} if placed else {}
    accident = entry("accident", {"area": "A-1", "injured": 1, **place}, accident_on)
    here, there = (register, copy) if accident_here else (copy, register)
    record(here, accident)
    close(there, "2021")
    done = review.merge(register, copy, by="Tester")
    told = opened if accident_on else 0  # as for a release recorded late
    assert len(done["inquiries"]) == told
    assert sum(a["open_inquiries"] for a in land.areas(register)["areas"]) == told
    assert review.merge(register, copy, by="Tester")["inquiries"] == []
    listed = [c["code"] for c in review.conflicts(register)["conflicts"]]
    assert listed.count("accident_on_released_land") == (0 if accident_on or told else 1)
    assert keeping.verify(register)["ok"]


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    dates=st.tuples(*[st.sampled_from([None, "2018", "2023"])] * 2),
    closed_first=st.booleans(),
    orders=st.tuples(*[st.permutations(range(3))] * 2),
)
def test_copies_merged_in_any_order_hold_the_same_records(
    register, dates, closed_first, orders
) -> None:
    """Whoever takes in whom, and when: the same inquiries, by the same ids."""
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder) / f"{number}.gpkg" for number in range(3)]
        for copy in copies:
            keeping.backup(register, copy)
        place = {"geometry": {"type": "Point", "coordinates": [10.008, 10.005]}}
        acts = [
            partial(record, copy, entry("accident", {"injured": 1, **place}, date))
            for copy, date in zip(copies, dates, strict=False)
        ]
        acts.insert(0 if closed_first else 2, partial(close, copies[2], "2021"))
        for act in acts:
            act()
        held = []
        for number, order in enumerate(orders):
            into = Path(folder) / f"into-{number}.gpkg"
            shutil.copy(copies[order[0]], into)
            for other in order[1:]:
                review.merge(into, copies[other], by="Tester")
            with open_register(into) as merged:
                held.append({(r.kind, r.record_id) for r in merged.records("inquiry")})
        assert held[0] == held[1]


def test_an_inquiry_that_a_copy_voided_is_not_opened_again_by_a_merge(register, tmp_path) -> None:
    """Somebody judged it; the merge brings the judgement along."""
    copy = tmp_path / "copy.gpkg"
    keeping.backup(register, copy)
    place = {"type": "Point", "coordinates": [10.002, 10.005]}
    record(copy, entry("accident", {"geometry": place, "injured": 1}, "2023"))
    with open_register(copy) as opened:
        (inquiry,) = opened.records("inquiry")
    recording.void(
        copy, record_id=inquiry.record_id, import_id=None, why="off the land", by="Tester"
    )
    assert review.merge(register, copy, by="Tester")["inquiries"] == []


def test_a_register_of_another_origin_is_not_merged(register, tmp_path) -> None:
    """Two registers that never were one are told apart."""
    other = tmp_path / "other.gpkg"
    keeping.init(other, country=None, name="Other", by="Tester")
    with pytest.raises(FieldError, match="another origin"):
        review.merge(register, other, by="Tester")


@pytest.mark.parametrize(
    ("accident_on", "cleared_on", "opened", "doubted"),
    [("2022", "2020", 1, 0), ("2018", "2020", 0, 0), (None, "2020", 0, 1), ("2022", None, 0, 1)],
)
def test_a_release_recorded_after_the_accident_opens_an_inquiry(
    tmp_path, accident_on, cleared_on, opened, doubted
) -> None:
    """Whichever is recorded first; what nothing dates is listed for a person to judge."""
    path = tmp_path / "late.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    area = {"local_id": "A-1", "hazard_kind": "SHA", "geometry": SQUARE}
    place = {"type": "Point", "coordinates": [10.002, 10.005]}
    product = {"area": "A-1", "method": "cleared", "geometry": HALF}
    record(path, entry("hazardous_area", area, "2015"))
    record(path, entry("accident", {"geometry": place, "injured": 1}, accident_on))
    record(path, entry("land_release_product", product, cleared_on))
    assert sum(a["open_inquiries"] for a in land.areas(path)["areas"]) == opened
    codes = [c["code"] for c in review.conflicts(path)["conflicts"]]
    assert codes.count("accident_on_released_land") == doubted


@pytest.mark.parametrize("noted", ["accident", "land_release_product"])
@pytest.mark.parametrize(("accident_on", "opened"), [("2018", 0), ("2022", 1)])
def test_a_note_without_a_date_takes_no_date_away(tmp_path, noted, accident_on, opened) -> None:
    """What came first is known: the note opens no inquiry, and nothing is listed as undated."""
    path = tmp_path / "noted.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    area = {"local_id": "A-1", "hazard_kind": "SHA", "geometry": SQUARE}
    place = {"type": "Point", "coordinates": [10.002, 10.005]}
    product = {"local_id": "P-1", "area": "A-1", "method": "cleared", "geometry": HALF}
    record(path, entry("hazardous_area", area, "2015"))
    record(path, entry("land_release_product", product, "2020"))
    accident = {"local_id": "X-1", "geometry": place, "injured": 1}
    if noted == "accident":
        record(path, entry("accident", accident, accident_on))
        record(path, entry("accident", {"local_id": "X-1", "note": "read again"}))
    else:
        record(path, entry("land_release_product", {"local_id": "P-1", "note": "read again"}))
        record(path, entry("accident", accident, accident_on))
    assert sum(a["open_inquiries"] for a in land.areas(path)["areas"]) == opened
    codes = [c["code"] for c in review.conflicts(path)["conflicts"]]
    assert "accident_on_released_land" not in codes


@pytest.mark.parametrize(
    ("where", "listed"),
    [
        ({"geometry": {"type": "Point", "coordinates": [10.002, 10.005]}}, 1),
        ({"geometry": {"type": "Point", "coordinates": [10.008, 10.005]}}, 0),
        ({"area": "A-1"}, 0),
    ],
    ids=["released", "left", "named"],
)
def test_the_balance_counts_the_accidents_that_nothing_dates(register, where, listed) -> None:
    """Its number is that of the list, on every date: before the release there is none."""
    record(register, entry("accident", {"injured": 1, **where}))
    with open_register(register) as opened:
        opened_by_rule = [inquiry.record_id for inquiry in opened.records("inquiry")]
    why = {"import_id": None, "why": "no visit needed", "by": "Tester"}
    for inquiry in opened_by_rule:
        recording.void(register, record_id=inquiry, **why)
    found = review.conflicts(register)
    assert [c["code"] for c in found["conflicts"]] == ["accident_on_released_land"] * listed
    assert land.balance(register)["conflicts"] == found["count"]
    assert land.balance(register, "2020")["conflicts"] == listed
    assert land.balance(register, "2019")["conflicts"] == 0


def test_a_noted_accident_is_found_by_a_release_that_comes_late(tmp_path) -> None:
    """The accident keeps its date, so the release opens the inquiry."""
    path = tmp_path / "noted.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    place = {"type": "Point", "coordinates": [10.002, 10.005]}
    area = {"local_id": "A-1", "hazard_kind": "SHA", "geometry": SQUARE}
    record(path, entry("hazardous_area", area, "2015"))
    record(path, entry("accident", {"local_id": "X-1", "geometry": place, "injured": 1}, "2022"))
    record(path, entry("accident", {"local_id": "X-1", "note": "read again"}))
    product = {"area": "A-1", "method": "cleared", "geometry": HALF}
    record(path, entry("land_release_product", product, "2020"))
    assert sum(a["open_inquiries"] for a in land.areas(path)["areas"]) == 1


def test_a_visit_under_an_open_critical_finding_is_not_voided(register) -> None:
    """Nothing is written; once the finding names its area, the visit may go."""
    found = {"local_id": "N-1", "severity": "critical", "visit": "V-1", "what": "lane missed"}
    record(
        register,
        entry("activity", {"local_id": "W-9", "activity_type": "clearance", "area": "A-1"}),
        entry("quality_visit", {"local_id": "V-1", "activity": "W-9"}, "2021"),
        entry("non_conformity", found, "2021"),
    )
    for local_id in ("V-1", "W-9"):
        with pytest.raises(RefusedError, match="finding"):
            recording.void(register, record_id=local_id, import_id=None, why="wrong", by="Tester")
    with open_register(register) as opened:
        assert not opened.record("V-1").voided
    record(register, entry("non_conformity", {"local_id": "N-1", "area": "A-1"}, reason="same"))
    recording.void(register, record_id="V-1", import_id=None, why="wrong", by="Tester")


@pytest.mark.parametrize(
    ("released", "accident_on", "opened"),
    [
        ("closed", "2023-01-05", 1),
        ("closed", "2020-03", 0),
        ("cleared", "2023-01-05", 1),
        ("cleared", "2018", 0),
        ("half", "2023-01-05", 0),
    ],
)
def test_an_accident_that_only_names_its_area_opens_an_inquiry(
    register, released, accident_on, opened
) -> None:
    """Where the area has ended or nothing of it is left: no point is needed to ask why."""
    if released == "closed":
        close(register, "2021")
    elif released == "cleared":
        rest = [[10.005, 10], [10.01, 10], [10.01, 10.01], [10.005, 10.01], [10.005, 10]]
        body = {
            "area": "A-1",
            "method": "cancelled",
            "geometry": {"type": "Polygon", "coordinates": [rest]},
        }
        record(register, entry("land_release_product", body, "2021"))
    record(register, entry("accident", {"area": "A-1", "injured": 1}, accident_on))
    with open_register(register) as held:
        assert len(list(held.records("inquiry"))) == opened
