"""What stands against the order of time is listed, in whatever order it arrived."""

from __future__ import annotations

import itertools

import pytest

from landrelease.domain.entries import Draft
from landrelease.errors import RefusedError
from landrelease.register import create_register, open_register
from landrelease.services import recording, review


def box(west, south, east, north):
    """A box as GeoJSON."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


FIELD, PART = box(17, 44, 17.01, 44.01), box(17, 44, 17.005, 44.01)
AREA = Draft(
    "hazardous_area",
    "hazardous_area.reported",
    {"local_id": "A", "hazard_kind": "SHA", "status": "open", "geometry": FIELD},
    occurred_on="2014",
)


@pytest.fixture
def path(tmp_path):
    """A register."""
    found = tmp_path / "register.gpkg"
    create_register(found, name="Test", author="Ana").close()
    return found


def write(path, *drafts):
    """Write drafts past the rules, as an import or a merge may bring them."""
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        for draft in drafts:
            writer.append([draft])


def codes(path):
    """Codes of the conflicts."""
    return sorted(one["code"] for one in review.conflicts(path)["conflicts"])


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_a_survey_of_a_file_that_only_loses_is_listed(path, order):
    """A smaller outline without its activity is listed whichever of the two came first."""
    survey = Draft(
        "resurvey",
        "area.resurveyed",
        {"area": "A", "geometry": PART},
        occurred_on="2016",
        import_id="0190c000-0000-7000-8000-000000000001",
    )
    drafts = [AREA, survey]
    write(path, *(drafts[at] for at in order))
    assert "survey_without_work" in codes(path)


def test_a_release_before_the_report_is_listed(path):
    """A product dated wholly before its area was reported is a conflict; one after it is none."""
    body = {"area": "A", "method": "cleared", "geometry": PART}
    write(path, AREA, Draft("land_release_product", "land.released", body, occurred_on="2010"))
    assert "released_before_reported" in codes(path)


@pytest.mark.parametrize("at", [0, 1])
def test_a_correction_without_a_date_hides_no_release_before_the_report(path, at):
    """It says something of the record, and nothing of when."""
    body = {"local_id": "P", "area": "A", "method": "cleared", "geometry": PART}
    early = Draft("land_release_product", "land.released", body, occurred_on="2010")
    write(path, AREA, early)
    noted = [("hazardous_area", "A"), ("land_release_product", "P")][at]
    body = {"local_id": noted[1], "note": "read again"}
    recording.record(path, {"entries": [{"kind": noted[0], "body": body}]}, by="Ana")
    assert "released_before_reported" in codes(path)


def test_an_area_reported_as_a_place_counts_as_reported(path):
    """The polygon may come later than the word."""
    place = {"local_id": "A", "hazard_kind": "SHA", "status": "open", "place": "Mill"}
    first = Draft("hazardous_area", "hazardous_area.reported", place, occurred_on="2009")
    body = {"area": "A", "method": "cleared", "geometry": PART}
    write(path, first)
    with open_register(path) as register:
        drawn = AREA._replace(record_id=register.record("A").record_id)
    write(path, drawn, Draft("land_release_product", "land.released", body, occurred_on="2010"))
    assert "released_before_reported" not in codes(path)


def test_a_release_after_the_report_is_not(path):
    """The usual order is no conflict of time."""
    body = {"area": "A", "method": "cleared", "geometry": PART}
    write(path, AREA, Draft("land_release_product", "land.released", body, occurred_on="2015"))
    assert "released_before_reported" not in codes(path)


def done(**said):
    """A completed clearance of the area."""
    body = {"local_id": "T", "activity_type": "clearance", "status": "completed", "area": "A"}
    return Draft("activity", "record.added", {**body, **said}, occurred_on="2015")


CLEARED = Draft(
    "land_release_product",
    "land.released",
    {
        "area": "A", "activity": "T", "method": "cleared", "geometry": PART,
        "depth_m": 0.2, "depth_datum": "ground_surface",
    },
    occurred_on="2016",
)  # fmt: skip
OTHER = Draft(
    "hazardous_area",
    "hazardous_area.reported",
    {"local_id": "B", "hazard_kind": "SHA", "status": "open", "place": "Mill"},
    occurred_on="2014",
)


@pytest.mark.parametrize(
    ("work", "found"),
    [
        (done(geometry=FIELD), []),
        (done(), ["ground_not_drawn"]),
        (done(geometry={"type": "Point", "coordinates": [17, 44]}), ["ground_not_drawn"]),
        (done(geometry={"type": "Point", "coordinates": [18, 44]}), ["activity_elsewhere"]),
        (done(geometry=box(18, 44, 18.01, 44.01)), ["ground_not_processed"]),
        (done(area="B"), ["activity_elsewhere"]),
        (done(geometry=FIELD, status="planned"), ["activity_planned"]),
        (done(geometry=FIELD, activity_type="technical_survey"), ["method_beyond_activity"]),
    ],
)
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_release_without_the_ground_of_its_work_is_listed(path, order, work, found):
    """Whoever recorded it, and whichever of area, work and product came first."""
    drafts = [AREA, work, CLEARED]
    write(path, OTHER, *(drafts[at] for at in order))
    assert codes(path) == found


def test_areas_without_a_local_id_are_not_one_another(path):
    """Work that names another area is elsewhere, whether or not files gave the two areas an id."""
    bare = [{**one.body, "local_id": None} for one in (AREA, OTHER)]
    write(path, *(one._replace(body=body) for one, body in zip((AREA, OTHER), bare, strict=True)))
    with open_register(path) as register:
        ids = {one.body.get("place"): one.record_id for one in register.records("hazardous_area")}
    released = CLEARED._replace(body={**CLEARED.body, "area": ids[None]})
    write(path, done(area=ids["Mill"]), released)
    assert codes(path) == ["activity_elsewhere"]


def test_a_release_that_stands_on_a_reason_is_listed_until_its_work_is_drawn(path):
    """By hand it is taken for the reason; drawing the ground settles it."""
    write(path, AREA, done())
    body, source = CLEARED.body, {"title": "Report"}
    entry = {"kind": CLEARED.kind, "occurred_on": "2016", "source": source, "body": body}
    with pytest.raises(RefusedError, match="no polygon"):
        recording.record(path, {"entries": [entry]}, by="Ana")
    why = "the sketches of 2015 were lost"
    recording.record(path, {"entries": [{**entry, "reason": why}]}, by="Ana")
    assert codes(path) == ["ground_not_drawn"]
    drawn = {"kind": "activity", "source": source, "body": {"local_id": "T", "geometry": FIELD}}
    recording.record(path, {"entries": [drawn]}, by="Ana")
    assert codes(path) == []


def test_work_withdrawn_after_its_product_is_listed(path):
    """Land stays released by a person's word; that its work was withdrawn since is told."""
    work = {"local_id": "T", "activity_type": "clearance", "area": "A", "geometry": FIELD}
    product = {
        "area": "A", "activity": "T", "method": "cleared", "geometry": PART,
        "depth_m": 0.2, "depth_datum": "ground_surface",
    }  # fmt: skip
    write(path, AREA)
    source = {"title": "Report"}
    entries = [
        {"kind": "activity", "occurred_on": "2015", "source": source, "body": work},
        {"kind": "land_release_product", "occurred_on": "2016", "source": source, "body": product},
    ]
    recording.record(path, {"entries": entries}, by="Ana")
    assert codes(path) == []
    withdrawn = {"kind": "activity", "body": {"local_id": "T", "status": "withdrawn"}}
    with pytest.raises(RefusedError, match="rests on this activity"):
        recording.record(path, {"entries": [withdrawn]}, by="Ana")
    with pytest.raises(RefusedError, match="on this activity rest: land release product"):
        recording.void(path, record_id="T", import_id=None, why="entered twice", by="Ana")
    told = {**withdrawn, "reason": "the team never went there"}
    recording.record(path, {"entries": [told]}, by="Ana")
    assert codes(path) == ["activity_withdrawn"]


SURVEY = Draft(
    "activity",
    "record.added",
    {"local_id": "S", "activity_type": "technical_survey", "area": "A"},
    occurred_on="2015",
)


def said_of_survey(**said):
    """The survey with something else of it."""
    return SURVEY._replace(body={**SURVEY.body, **said})


@pytest.mark.parametrize(
    ("work", "found"),
    [
        (SURVEY, []),
        (said_of_survey(status="withdrawn"), ["survey_without_work"]),
        (said_of_survey(status="planned"), ["survey_without_work"]),
        (said_of_survey(activity_type="inspection"), ["survey_without_work"]),
        (said_of_survey(local_id="X"), ["link_unknown", "survey_without_work"]),
        (said_of_survey(geometry=FIELD), []),
        (said_of_survey(geometry=box(18, 44, 18.01, 44.01)), ["survey_without_work"]),
    ],
)
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_an_outline_that_shrinks_rests_on_a_survey_that_was_done(path, order, work, found):
    """Whoever recorded it, by whichever way, and whatever became of its survey since."""
    drawn = {"area": "A", "activity": "S", "geometry": PART}
    drafts = [AREA, work, Draft("resurvey", "area.resurveyed", drawn, occurred_on="2016")]
    write(path, *(drafts[at] for at in order))
    assert codes(path) == found


def test_a_drawing_of_what_products_left_loses_nothing(path):
    """Land that a product released is told; the rest may be drawn without a survey."""
    rest = box(17.005, 44, 17.01, 44.01)
    drawn = {"area": "A", "geometry": rest}
    write(path, AREA, done(geometry=FIELD), CLEARED)
    write(path, Draft("resurvey", "area.resurveyed", drawn, occurred_on="2017"))
    assert codes(path) == []
