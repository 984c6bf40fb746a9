"""What is given out: nothing that an audience may not see, and all that comes back unchanged."""

from __future__ import annotations

import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrelease.domain.kinds import kind_spec, kinds
from landrelease.errors import FieldError, RefusedError
from landrelease.exchange import LOSSES, list_layers
from landrelease.register import open_register
from landrelease.services import exporting, keeping, layers, recording

SECRET = "zq-secret"
BOX = {"type": "Polygon", "coordinates": [[[17, 44], [17.1, 44], [17.1, 44.1], [17, 44]]]}
#: A device's position, of digits that stand nowhere else.
CACHE = {"type": "Point", "coordinates": [17.0312345, 44.0498765]}


def entry(kind, geometry=None, **body):
    """One entry of a kind."""
    own = {} if geometry is None else {"geometry": geometry}
    return {"kind": kind, "body": {**own, **body}, "reason": "as the survey form says"}


ENTRIES = [
    entry("organisation", name="Org", local_id="OR-1"),
    entry("hazardous_area", BOX, local_id="HA-1", hazard_kind="CHA", note=f"{SECRET} informant",
          people_affected=7, attributes={"who": SECRET}),
    entry("hazardous_area", local_id="HA-2", hazard_kind="SHA", stated_area_m2=500.5, place="mill"),
    entry("minefield_record", CACHE, name="MF", local_id="MF-1", mines_recorded=40, note=SECRET),
    entry("device", CACHE, category="anti_personnel_mine", model=SECRET, local_id="DV-1", area="HA-1"),
    entry("accident", CACHE, local_id="AX-1", killed=1, injured=2, district="East", note=SECRET),
    entry("victim", local_id="VI-1", accident="AX-1", outcome="injured", note=f"{SECRET} Ana Kos"),
    entry("indication", CACHE, what=f"{SECRET} told by an informant", place="mill"),
    entry("statement", fields={"speaker": SECRET}),
    entry("stockpile", holding="stockpiled", quantity=12, lot=SECRET),
    entry("district", BOX, name="East", code="E-1"),
]  # fmt: skip


@pytest.fixture
def register(tmp_path):
    """A register with a record of each kind that may give something away."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country="XVA", name="Test", by="Tester")
    recording.record(path, {"entries": ENTRIES}, by="Tester")
    return path


def everything(path):
    """All bytes of a file, of its members where it is a zip."""
    raw = path.read_bytes()
    if not raw.startswith(b"PK"):
        return raw
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_the_public_sees_no_secret(register, tmp_path, suffix):
    """Areas as a warning, accidents as counts; no device, informant, victim, note or attribute."""
    file = tmp_path / f"out{suffix}"
    told = exporting.export(register, file, kind=None, as_of=None, audience="public")
    found = everything(file)
    for word in (SECRET.encode(), b"Ana", b"17.0312345", b"44.0498765"):
        assert word not in found
    assert {one["kind"] for one in told["layers"]} == {
        "hazardous_area", "accident", "organisation", "stockpile", "district",
    }  # fmt: skip
    assert b"HA-1" in found


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".hxl.csv", ".kml", ".zip"])
def test_no_format_gives_a_secret_away(register, tmp_path, suffix):
    """Every public kind in every format of one kind; kinds that are not public are refused."""
    for kind, spec in kinds().items():
        file = tmp_path / f"{kind}{suffix}"
        if spec.audience != "public" and kind != "accident":
            with pytest.raises(FieldError):
                exporting.export(register, file, kind=kind, as_of=None, audience="public")
            assert not file.exists()
            continue
        exporting.export(register, file, kind=kind, as_of=None, audience="public")
        if file.exists():
            found = everything(file)
            assert SECRET.encode() not in found
            assert b"17.0312345" not in found


def test_what_a_format_loses_is_said(register, tmp_path):
    """The list of losses goes with every export."""
    told = exporting.export(
        register, tmp_path / "a.csv", kind="hazardous_area", as_of=None, audience="internal"
    )
    assert set(LOSSES["csv"]) <= set(told["lost"])
    assert LOSSES["geojson"] == LOSSES["gpkg"] == ()


def take_back(register, file):
    """Import an export of the same register, layer by layer; the accounts."""
    names = list_layers(file) if file.suffix == ".gpkg" else [None]
    return [
        layers.take_in(register, layers.ImportCall(file=file, layer=name), by="Tester")
        for name in names
    ]


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_an_export_comes_back_unchanged(register, tmp_path, suffix):
    """import(export(x)) = x: every record of every kind is the one it was."""
    file = tmp_path / f"out{suffix}"
    told = exporting.export(register, file, kind=None, as_of=None, audience="internal")
    accounts = take_back(register, file)
    read = sum(one["count"] for one in told["layers"])
    assert sum(a["read"] for a in accounts) == sum(a["unchanged"] for a in accounts) == read
    assert [a["changes"] for a in accounts if a["changes"]] == []


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1).map(
    str.strip
)
words = texts.filter(bool)
corner = st.tuples(st.floats(-179, 179), st.floats(-85, 85))
bodies = st.fixed_dictionaries(
    {"hazard_kind": st.sampled_from(["SHA", "CHA"]), "place": words},
    optional={
        "note": words,
        "stated_area_m2": st.floats(0, 1e12),
        "marked": st.booleans(),
        "people_affected": st.integers(0, 2**31),
        "geometry": corner.map(
            lambda c: {
                "type": "Polygon",
                "coordinates": [
                    [[c[0], c[1]], [c[0] + 0.5, c[1]], [c[0] + 0.5, c[1] + 0.5], [c[0], c[1]]]
                ],
            }
        ),
        "attributes": st.dictionaries(words, words | st.integers(-(2**40), 2**40), min_size=1),
    },
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(bodies, min_size=1, max_size=5))
def test_any_area_comes_back_unchanged(tmp_path_factory, drawn):
    """The same for whatever stands in the fields, through a register and both formats."""
    folder = tmp_path_factory.mktemp("trip")
    path = folder / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    recording.record(path, {"entries": [entry("hazardous_area", **b) for b in drawn]}, by="Tester")
    with open_register(path) as opened:
        before = {r.record_id: r.body for r in opened.records("hazardous_area")}
        revision = opened.revision()
    for suffix in (".gpkg", ".geojson"):
        file = folder / f"out{suffix}"
        exporting.export(path, file, kind=None, as_of=None, audience="internal")
        assert [a["unchanged"] for a in take_back(path, file)] == [len(drawn)]
    with open_register(path) as opened:
        assert opened.revision() == revision
        assert {r.record_id: r.body for r in opened.records("hazardous_area")} == before


def test_a_shape_across_the_180th_meridian_comes_back(tmp_path):
    """Taken in across the meridian, it goes out in parts and is the same record again."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country="FJI", name="Fiji", by="Tester")
    layer = tmp_path / "areas.geojson"
    ring = [[179.9, -17], [-179.9, -17], [-179.9, -16.9], [179.9, -16.9], [179.9, -17]]
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"hazard_kind": "SHA"},
    }
    layer.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    call = layers.ImportCall(file=layer, kind="hazardous_area")
    assert layers.take_in(path, call, by="Tester")["by_code"]["antimeridian_cut"] == 1
    with open_register(path) as opened:
        (area,) = opened.areas()
        assert area.area_m2 == pytest.approx(235.7e6, rel=2e-3)
        assert opened.near(-179.95, -16.95, 10)
    for suffix in (".gpkg", ".geojson"):
        file = tmp_path / f"out{suffix}"
        exporting.export(path, file, kind=None, as_of=None, audience="internal")
        (account,) = take_back(path, file)
        assert (account["unchanged"], account["by_code"]) == (1, {})
    assert kind_spec("hazardous_area").geometry == "any"


def test_a_record_made_by_hand_is_cut_by_hand(tmp_path):
    """What was drawn through the meridian is refused with the way out; its area would be wrong."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country="FJI", name="Fiji", by="Tester")
    ring = [[179.9, -17], [-179.9, -17], [-179.9, -16.9], [179.9, -17]]
    area = entry(
        "hazardous_area", {"type": "Polygon", "coordinates": [ring]}, hazard_kind="SHA", place="x"
    )
    with pytest.raises(RefusedError) as caught:
        recording.record(path, {"entries": [area]}, by="Tester")
    assert caught.value.code == "geometry_across_180"
