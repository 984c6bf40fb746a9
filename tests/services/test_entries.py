"""What `record` takes: it refuses with a code that names the field, or leaves a proved register."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrelease.domain.actions import actions
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import kinds
from landrelease.errors import LandReleaseError
from landrelease.register import create_register, open_register
from landrelease.services import recording
from landrelease.services.files import read_json


def box(west, south, east, north):
    """A box as GeoJSON."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


AREA = {"local_id": "H1", "hazard_kind": "SHA", "geometry": box(17, 44, 17.01, 44.01)}


def made(folder):
    """A new register in a folder."""
    path = Path(folder) / "register.gpkg"
    create_register(path, name="Test", author="Ana").close()
    return path


@pytest.fixture
def path(tmp_path):
    """A register."""
    return made(tmp_path)


def record(path, kind="hazardous_area", body=None, **entry):
    """Record one entry by hand."""
    return recording.record(
        path, {"entries": [{"kind": kind, "body": AREA if body is None else body, **entry}]}, by="A"
    )


def problems(path):
    """What `verify` finds."""
    with open_register(path) as register:
        return register.verify().problems


def refusal(path, **entry):
    """The code and words with which an entry is refused; the register stays proved and as it was."""
    with open_register(path) as register:
        before = register.heads()
    with pytest.raises(LandReleaseError) as caught:
        record(path, **entry)
    with open_register(path) as register:
        assert register.heads() == before
    return caught.value.code, caught.value.message


@pytest.mark.parametrize(
    ("entry", "code", "field"),
    [
        ({"reason": 5}, "field_invalid", "reason"),
        ({"source": {"title": 5}}, "field_invalid", "source.title"),
        ({"source": {"quote": 7}}, "field_invalid", "source.quote"),
        ({"source": {"titel": "x"}}, "field_invalid", "source.titel"),
        ({"source": "a book"}, "field_invalid", "source"),
        ({"occurred_on": 2019}, "field_invalid", "occurred_on"),
        ({"entry_id": 1}, "field_invalid", "entry_id"),
        ({"entry_id": "1"}, "field_invalid", "entry_id"),
        ({"record_id": ["a"]}, "field_invalid", "record_id"),
        ({"kind": 3}, "field_invalid", "kind"),
        ({"reason": "half of a pair \ud800"}, "field_invalid", "reason"),
        ({"reason": "a\0b"}, "field_invalid", "reason"),
        ({"body": {**AREA, "local_id": {"a": 1}}}, "field_invalid", "local_id"),
        ({"body": {**AREA, "local_id": True}}, "field_invalid", "local_id"),
        ({"body": {**AREA, "attributes": "text"}}, "field_invalid", "attributes"),
        ({"body": {**AREA, "note": "a\0b"}}, "field_invalid", "note"),
        ({"body": {**AREA, "colour": {"a": ["\ud800"]}}}, "json_invalid", "colour"),
        ({"body": {**AREA, "people_affected": 10**400}}, "json_invalid", "people_affected"),
        ({"body": {**AREA, "people_affected": 1e300}}, "number_invalid", "people_affected"),
        ({"body": {**AREA, "split_from": [None]}}, "field_invalid", "split_from"),
        ({"body": {**AREA, "geometry": "POINT (1 2)"}}, "field_invalid", "geometry"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(path, entry, code, field):
    """A value of the wrong type is refused with a code and the name of its field."""
    found, message = refusal(path, **entry)
    assert found == code
    assert f"{field} = " in message


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ({"type": "Polygon"}, "geometry_invalid"),
        ({"type": "Blob", "coordinates": [1, 2]}, "geometry_invalid"),
        ({"type": "Point", "coordinates": ["17", "44"]}, "geometry_invalid"),
        ({"type": "Point", "coordinates": [True, 2]}, "geometry_invalid"),
        ({"type": "Point", "coordinates": [[1, 2], [3, 4]]}, "geometry_invalid"),
        ({"type": "Polygon", "coordinates": [[[17, 44], [17.1, 44]]]}, "geometry_invalid"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}, "geometry_invalid"),
        ({"type": "LineString", "coordinates": [[1, 2]]}, "geometry_invalid"),
        ({"type": "MultiPolygon", "coordinates": []}, "geometry_empty"),
        ({"type": "Point", "coordinates": [500, 100]}, "coordinate_impossible"),
        ({"type": "Point", "coordinates": [10**400, 1]}, "json_invalid"),
    ],
)
def test_geometry_that_cannot_be_is_refused(path, geometry, code):
    """Malformed GeoJSON and places off the Earth are refused with a code of their own."""
    found, message = refusal(path, body={**AREA, "geometry": geometry})
    assert found == code
    assert "geometry = " in message


def test_number_as_local_id_is_its_text(path):
    """A local id written as a number is kept as text, and the register stays proved."""
    record(path, body={**AREA, "local_id": 5})
    assert problems(path) == ()
    with open_register(path) as register:
        assert register.record("5").local_id == "5"


@pytest.mark.parametrize("kind", ["import", "proposal"])
def test_bookkeeping_is_not_recorded_by_hand(path, kind):
    """Imports and proposals are written by their own commands, which rely on their form."""
    assert refusal(path, kind=kind, body={"category": "event"})[0] == "kind_by_program"


@pytest.mark.parametrize("action", sorted(n for n, t in actions().items() if t.get("by")))
def test_acts_of_the_program_are_not_recorded_by_hand(path, action):
    """What only a command of its own may write is refused as an action by hand."""
    kind = action.split(".")[0]
    kind = kind if kind in kinds() and not kinds()[kind].by_program else "hazardous_area"
    code, _ = refusal(path, kind=kind, action=action)
    assert code in ("action_by_program", "action_unfit", "step_recorded", "register_exists")


def test_action_of_another_kind_is_refused_on_every_path(path):
    """No path writes an action that belongs to another kind of record."""
    name = {"name": "Norwegian People's Aid"}
    found = refusal(path, kind="organisation", body=name, action="land.released")
    assert found[0] == "action_unfit"
    with (
        open_register(path, write=True) as register,
        pytest.raises(LandReleaseError) as caught,
        register.write("Ana") as writer,
    ):
        writer.append([Draft("organisation", "land.released", name)])
    assert caught.value.code == "action_unfit"


def test_action_agrees_with_the_status(path):
    """An entry that says «closed» by its action and «open» by its status contradicts itself."""
    body = {**AREA, "status": "open"}
    assert refusal(path, body=body, action="hazardous_area.closed")[0] == "status_contradicts"


def test_second_register_record_is_refused(path):
    """A register holds one record of itself."""
    assert refusal(path, kind="register", body={"name": "Other"})[0] == "register_exists"


@pytest.mark.parametrize("text", ['{"entries": NaN}', '{"entries": ' + "9" * 5000 + "}", "[1]"])
def test_file_that_is_no_json_is_refused(tmp_path, text):
    """Words that are no numbers, and numbers longer than any, are an error of the file."""
    file = tmp_path / "e.json"
    file.write_text(text)
    with pytest.raises(LandReleaseError) as caught:
        read_json(str(file))
    assert caught.value.code == "json_invalid"


texts = st.text(max_size=8) | st.sampled_from(["2019", "H1", "CHA", "\0", "\ud800", "open", "7"])
atoms = st.none() | st.booleans() | st.integers() | st.floats() | texts
anything = st.recursive(
    atoms,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(texts, part, max_size=3),
    max_leaves=6,
)
geometries = st.builds(
    lambda name, corners: {"type": name, "coordinates": corners},
    st.sampled_from(["Point", "Polygon", "MultiPolygon", "GeometryCollection", "x"]),
    st.sampled_from([[17, 44], [[[17, 44], [17.1, 44], [17.1, 44.1], [17, 44]]], [], [[]]])
    | anything,
)
fields = sorted({f for spec in kinds().values() for f in spec.fields})
bodies = st.dictionaries(
    st.sampled_from(["local_id", "attributes", "geometry_entered", "other", *fields]) | texts,
    anything,
    max_size=4,
)
required = {
    "hazardous_area": {"hazard_kind": "SHA", "stated_area_m2": 5},
    "accident": {"place": "Mill"},
    "victim": {"outcome": "injured"},
    "device": {"category": "anti_personnel_mine", "place": "Mill"},
    "organisation": {"name": "O"},
    "source": {},
}


@st.composite
def entries(draw):
    """Anything that JSON can say, mostly in the form of an entry."""
    kind = draw(st.sampled_from(sorted(required)))
    body = {**required[kind], **draw(bodies)}
    if draw(st.booleans()):
        body["geometry"] = draw(geometries)
    entry = {"kind": kind, "body": body}
    odd = st.sampled_from(["action", "reason", "occurred_on", "source", "record_id", "entry_id"])
    entry |= draw(st.dictionaries(odd, anything | st.sampled_from(sorted(actions())), max_size=2))
    return draw(st.just(entry) | anything) if draw(st.integers(0, 9)) == 0 else entry


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(given_entries=st.lists(entries(), min_size=8, max_size=8))
def test_any_entry_is_refused_or_leaves_a_proved_register(given_entries):
    """Whatever is thrown at `record` is refused with a code, or the register verifies after it."""
    with tempfile.TemporaryDirectory() as folder:
        path = made(folder)
        for entry in given_entries:
            with suppress(LandReleaseError):  # anything else fails the test
                recording.record(path, {"entries": [entry]}, by="A")
        with open_register(path, write=True) as register:
            found = register.verify()
            assert found.problems == ()
            register.rebuild()
            assert register.verify().problems == ()


def history(path):
    """What the area's history says, oldest first."""
    with open_register(path) as register:
        [area] = register.records("hazardous_area")
        return [e.action for e in register.history(area.record_id)], area.body["status"]


@pytest.mark.parametrize("status", ["closed", "handed_over"])
def test_an_action_that_ends_ends(path, status):
    """Without a status in the entry the action says it, so the rules of endings hold; a new area is not."""
    body = {**AREA, "local_id": "A"}
    assert refusal(path, body=body, action=f"hazardous_area.{status}")[0] == "area_new_ended"
    record(path, kind="hazardous_area", body=body)
    ending = {"body": {"local_id": "A"}, "action": f"hazardous_area.{status}"}
    assert refusal(path, **ending)[0] == "land_left"
    assert history(path) == (["hazardous_area.reported"], "open")


def test_an_action_that_suspends_or_reopens_does(path):
    """The status follows the action."""
    record(path, kind="hazardous_area", body={**AREA, "local_id": "A"})
    for action, status in (("suspended", "suspended"), ("reopened", "open")):
        record(
            path, kind="hazardous_area", body={"local_id": "A"}, action=f"hazardous_area.{action}"
        )
        assert history(path)[1] == status


@pytest.mark.parametrize("action", ["amended", "reported", "confirmed"])
def test_a_status_does_not_hide_behind_another_action(path, action):
    """Suspending, and ending on work with reason and source, is told as such in the history."""
    record(path, kind="hazardous_area", body={**AREA, "local_id": "A"})
    for status in ("suspended", "closed"):
        said = {"body": {"local_id": "A", "status": status}, "action": f"hazardous_area.{action}"}
        assert refusal(path, **said)[0] == "status_contradicts"
    record(path, kind="hazardous_area", body={"local_id": "A", "status": "suspended"})
    assert history(path)[0] == ["hazardous_area.reported", "hazardous_area.suspended"]
