"""Work reported before it is mapped: told everywhere, counted once, releasing nothing."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrelease.domain.progress import progress
from landrelease.errors import RefusedError
from landrelease.register import open_register
from landrelease.services import keeping, land, layers, records, reporting, review, totals
from landrelease.services.area_page import area_page
from landrelease.services.progress import STATEMENT

from .test_review import HALF, SQUARE, entry, record

OTHER = {"type": "Polygon", "coordinates": [[[12, 10], [12.1, 10], [12.1, 10.1], [12, 10]]]}
WEST = {"type": "Polygon", "coordinates": [[[9, 9], [11, 9], [11, 11], [9, 11], [9, 9]]]}


@pytest.fixture
def register(tmp_path):
    """Two areas, each with a clearance that reports; half of the first is mapped."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    area = {"hazard_kind": "CHA"}
    work = {"activity_type": "clearance", "status": "ongoing"}
    week = {"method": "cleared", "area_m2": 4e5}
    record(
        path,
        entry("district", {"name": "West", "code": "W1", "geometry": WEST}),
        entry("hazardous_area", {**area, "local_id": "A-1", "geometry": SQUARE}, "2015"),
        entry("hazardous_area", {**area, "local_id": "A-2", "geometry": OTHER}, "2015"),
        entry(
            "activity",
            {**work, "local_id": "W-1", "area": "A-1", "district": "West", "geometry": HALF},
            "2020",
        ),
        entry("activity", {**work, "local_id": "W-2", "area": "A-2"}, "2020"),
        entry("progress_report", {**week, "activity": "W-1", "period_end": "2020-03"}, "2020-03"),
        entry("progress_report", {**week, "activity": "W-1", "period_end": "2020-04"}, "2020-04"),
        entry("progress_report", {**week, "activity": "W-2", "area_m2": 70.0}, "2020-05"),
        entry(
            "land_release_product",
            {"area": "A-1", "activity": "W-1", "method": "cleared", "geometry": HALF},
            "2020-06-01",
        ),
    )
    return path


def test_what_polygons_measure_is_not_counted_again(register) -> None:
    """The mapped half is in the balance; only what was reported beyond it stands beside it."""
    account = land.balance(register, scope="A-1")
    work = account["work"]
    assert work["reported_m2"] == 8e5
    assert work["measured_m2"] == pytest.approx(account["cleared_m2"])
    assert work["unmapped_m2"] == pytest.approx(8e5 - account["cleared_m2"])
    assert work["statement"] == STATEMENT
    assert "releases nothing" in STATEMENT


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        (None, ["W-1", "W-2"]),
        ("A-1", ["W-1"]),
        ("A-2", ["W-2"]),
        ("West", ["W-1"]),
        ("W1", ["W-1"]),
    ],
)
def test_an_account_tells_the_work_of_its_scope(register, scope, names) -> None:
    """Of the country, a district by name or code, or one area."""
    work = land.balance(register, scope=scope)["work"]
    assert [one["local_id"] for one in work["activities"]] == names


def test_on_a_date_only_the_reports_until_then_count(register) -> None:
    """In March one week was reported and nothing was mapped."""
    work = land.balance(register, as_of="2020-03", scope="A-1")["work"]
    assert (work["reported_m2"], work["measured_m2"]) == (4e5, 0.0)


def test_every_place_that_tells_of_the_work_says_the_same(register, tmp_path) -> None:
    """Show, the area's page, totals with their workbook, and the country report."""
    due = land.balance(register, scope="A-1")["work"]
    assert records.show(register, "A-1")["work"] == due
    assert area_page(register, "A-1")["balance"]["work"] == due
    counted = totals.write_totals(register, tmp_path / "t.xlsx")["reported"]
    assert [row["unmapped_m2"] for row in counted] == [due["unmapped_m2"], 70.0]
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Reported"]
    figures = [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, float)]
    assert any(value == pytest.approx(due["unmapped_m2"], abs=0.5) for value in figures)
    with open_register(register) as opened:
        assert reporting._facts(opened, 2026).work["unmapped_m2"] == due["unmapped_m2"] + 70.0
    page = reporting.country(register, tmp_path)["files"][0]
    with open(page, encoding="utf-8") as text:
        assert "Work reported before it is mapped" in text.read()


reports = st.lists(
    st.fixed_dictionaries(
        {"activity": st.sampled_from(["W-1", "W-2"]), "area_m2": st.integers(0, 10**7)},
        optional={
            "method": st.sampled_from(["cancelled", "reduced", "cleared"]),
            "cumulative": st.booleans(),
            "period_end": st.sampled_from(["2019", "2020-03", "2021-05-06"]),
        },
    ),
    max_size=5,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(reports)
def test_no_report_releases_land(register, bodies) -> None:
    """Whatever teams report, on any date every figure of land stays as it was.

    That a cumulative figure falls is counted among the conflicts.
    """
    told = {"work", "conflicts"}
    dates = (None, "2019", "2020-03", "2020-12-31")

    def accounts():
        found = [land.balance(register, as_of=date) for date in dates]
        return [{k: v for k, v in one.items() if k not in told} for one in found]

    before = accounts()
    if bodies:
        record(register, *(entry("progress_report", body, "2020") for body in bodies))
    assert accounts() == before
    for one in land.balance(register)["work"]["activities"]:
        beyond = one["reported_m2"] - one["measured_m2"]
        assert one["unmapped_m2"] == pytest.approx(max(0.0, beyond))


def test_a_cumulative_figure_that_falls_is_a_conflict(tmp_path):
    """In any order of arrival; what rises, is undated or tells of another method is none."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    work = {"local_id": "W", "activity_type": "clearance", "place": "x", "status": "ongoing"}
    told = {"activity": "W", "method": "cleared", "cumulative": True}
    record(
        path,
        entry("activity", work),
        entry("progress_report", {**told, "local_id": "july", "area_m2": 260.0}, "2024-07"),
        entry("progress_report", {**told, "local_id": "june", "area_m2": 240.0}, "2024-06"),
        entry("progress_report", {**told, "local_id": "may", "area_m2": 250.0}, "2024-05"),
        entry("progress_report", {**told, "area_m2": 10.0}),
        entry("progress_report", {**told, "method": "reduced", "area_m2": 5.0}, "2024-08"),
    )
    [one] = [c for c in review.conflicts(path)["conflicts"] if c["code"] == "progress_falls"]
    assert one["local_ids"] == ["june", "may"]
    assert one["message"].startswith("work done so far is 240 m², after 250 m²")
    assert land.balance(path)["conflicts"] == review.conflicts(path)["count"]


def test_progress_that_cannot_be_summed_is_told(tmp_path):
    """By a file: an unread `cumulative` waits, and a period turned about is warned of and listed."""
    path, file = tmp_path / "r.gpkg", tmp_path / "p.csv"
    keeping.init(path, country=None, name="Test", by="Tester")
    work = {"local_id": "W", "activity_type": "clearance", "place": "x", "status": "ongoing"}
    record(path, entry("activity", work))
    head = "local_id,activity,area_m2,cumulative,period_start,period_end"
    rows = (
        "A,W,500,no,2024-06-20,2024-05-10",
        "B,W,5000,maybe,,2024-07-30",
        "C,W,20,,2024-03,2024",
    )
    file.write_text("\n".join([head, *rows]) + "\n")
    told = layers.take_in(path, layers.ImportCall(file, kind="progress_report"), by="Ana")
    assert (told["accepted"], told["quarantined"]) == (2, 1)
    assert [(i["row"], i["code"]) for i in told["issues"]] == [
        (1, "period_reversed"),
        (2, "value_invalid"),
    ]
    assert land.balance(path)["work"]["reported_m2"] == 520
    [one] = review.conflicts(path)["conflicts"]
    assert (one["code"], one["local_ids"]) == ("period_reversed", ["A"])


def test_a_period_turned_about_is_not_counted_beside_a_cumulative_figure():
    """It lies between its two days, whichever comes first."""
    report = {"activity": "W", "method": "cleared"}
    turned = {**report, "area_m2": 5.0, "period_start": "2024-06-20", "period_end": "2024-05-10"}
    total = {**report, "area_m2": 90.0, "cumulative": True, "period_end": "2024-05-31"}
    [one] = progress([turned, total], {})
    assert one.reported_m2 == 90.0


TURNED = {
    "activity": {"local_id": "W", "activity_type": "clearance", "place": "x",
                 "status": "completed", "started_on": "2022-01-01", "ended_on": "2020-01"},
    "progress_report": {"activity": "V", "area_m2": 5, "period_start": "2022", "period_end": "2021-12-31"},
}  # fmt: skip


@pytest.mark.parametrize("kind", TURNED)
def test_by_hand_nothing_ends_before_it_starts(tmp_path, kind):
    """The field and its cure are named; the same work of a file is kept and listed."""
    path, file = tmp_path / "r.gpkg", tmp_path / "w.csv"
    keeping.init(path, country=None, name="Test", by="Tester")
    record(path, entry("activity", {"local_id": "V", "activity_type": "clearance", "place": "x"}))
    with pytest.raises(RefusedError, match=r"(?s)that is before .*leave out what is not known"):
        record(path, entry(kind, TURNED[kind]))
    file.write_text(f"{','.join(TURNED[kind])}\n{','.join(map(str, TURNED[kind].values()))}\n")
    layers.take_in(path, layers.ImportCall(file, kind=kind), by="Ana")
    assert [one["code"] for one in review.conflicts(path)["conflicts"]] == ["period_reversed"]
    if kind == "activity":  # what the file said hinders no correction of something else
        record(path, entry(kind, {"local_id": "W", "note": "read again"}))
