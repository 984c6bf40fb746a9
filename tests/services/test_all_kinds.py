"""Every kind of record: recorded by hand, imported, shown, searched, and linked both ways."""

from __future__ import annotations

import csv
import json

import pytest

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import (
    CLAIMS,
    FieldSpec,
    KindSpec,
    codes,
    kind_spec,
    kinds,
    link_fields,
)
from landrelease.errors import NotFoundError
from landrelease.register import open_register
from landrelease.services import exporting, keeping, land, layers, recording, records

from .test_review import SQUARE, entry, record

#: What the program writes of its own work is not recorded by hand.
OWN = {"register", "import", "proposal", "vocabulary", "attachment"}
KINDS = sorted(set(kinds()) - OWN)
POINT = {"type": "Point", "coordinates": [10.002, 10.004]}


@pytest.fixture
def path(tmp_path):
    """An empty register of a country."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    return path


def value(field: FieldSpec):
    """A value that a field may have."""
    if field.type in ("code", "codes"):
        return next(iter(codes(field.codes or "")))
    if field is CLAIMS:
        return [{"field": "note", "value": "x", "code": "status_closed", "message": "a word"}]
    opaque = "7d444840-9dc0-41d1-b245-5ffdce74fad2"
    given = {
        "opaque": opaque,
        "integer": 1,
        "number": 1.0,
        "boolean": True,
        "date": "2020-05",
        "json": {"a": 1},
    }
    return given.get(field.type, "word")


def body(spec: KindSpec):
    """A whole body of a kind, with every field but links to other records."""
    links = {field.name for field in link_fields(spec.name)}
    found = {name: value(f) for name, f in spec.fields.items() if name not in links}
    found.pop("identity", None)  # the register's own, never a user's word
    found["local_id"] = f"{spec.prefix}-0123"
    for name in links:
        if spec.fields[name].required:
            found[name] = "elsewhere"
    if spec.has_geometry:
        found["geometry"] = SQUARE if spec.geometry == "polygon" else POINT
    return found


def on_hand(path, kind):
    """A record of a kind, with an area to leave and work to report where the rules ask for it."""
    held = body(kind_spec(kind))
    area = {"local_id": "elsewhere", "hazard_kind": "SHA", "geometry": SQUARE}
    if kind in ("land_release_product", "resurvey"):
        record(path, entry("hazardous_area", area, "2019"))
        held |= {"area": "elsewhere"}
    if kind == "progress_report":
        work = {"local_id": "elsewhere", "activity_type": "clearance", "place": "Mill"}
        record(path, entry("activity", work, "2019"))
    if kind == "land_release_product":
        held = {k: v for k, v in held.items() if not k.startswith("depth")}
    return held


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_recorded_shown_and_found(path, kind) -> None:
    """By hand, under its local id, with its fields as given; found by that."""
    given = on_hand(path, kind)
    record(path, entry(kind, given, "2020-05"))
    shown = records.show(path, given["local_id"])
    assert (shown["kind"], shown["occurred_on"]) == (kind, "2020-05")
    with open_register(path) as register:
        kept = dict(register.record(given["local_id"]).body)
        if kind_spec(kind).personal:
            kept |= register.identity(kept["identity"]) if kept.get("identity") else {}
    for name, field in kind_spec(kind).fields.items():
        if name in given and field.type in ("text", "integer", "number", "boolean", "date", "code"):
            assert name in kept, name
    found = records.search(path, given["local_id"])["records"]
    assert [r["kind"] for r in found if r["local_id"] == given["local_id"]] == [kind]
    assert keeping.verify(path)["ok"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_imported_under_its_local_id(path, tmp_path, kind) -> None:
    """From GeoJSON or, without a geometry, CSV; again is unchanged; voided as one act."""
    given = body(kind_spec(kind))
    geometry = given.pop("geometry", None)
    flat = {
        k: json.dumps(v) if isinstance(v, (dict, list)) else v
        for k, v in given.items()
        if not isinstance(v, dict)
    }
    if geometry:
        file = tmp_path / "rows.geojson"
        feature = {"type": "Feature", "geometry": geometry, "properties": flat}
        file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    else:
        file = tmp_path / "rows.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            rows = csv.DictWriter(out, list(flat))
            rows.writeheader()
            rows.writerow(flat)
    call = layers.ImportCall(file=file, kind=kind)
    brought = layers.take_in(path, call, by="Tester")
    assert (brought["read"], brought["added"]) == (1, 1), brought["issues"]
    shown = records.show(path, given["local_id"])
    assert shown["kind"] == kind
    assert layers.take_in(path, call, by="Tester")["unchanged"] == 1
    recording.void(path, record_id=None, import_id=brought["import_id"], why="wrong", by="Tester")
    assert records.show(path, given["local_id"])["voided"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_taken_in_again_changes_nothing(path, tmp_path, kind) -> None:
    """For the program's own use, by GeoPackage and GeoJSON; not even of a person a word is lost."""
    given = {name: value for name, value in on_hand(path, kind).items() if name != "claims"}
    record(path, entry(kind, given, "2020-05"))
    for suffix in (".gpkg", ".geojson"):
        file = tmp_path / f"out{suffix}"
        exporting.export(path, file, kind=kind, as_of=None, audience="internal")
        back = layers.take_in(path, layers.ImportCall(file=file), by="Tester")
        assert back["unchanged"] == back["read"] > 0, (suffix, back["changes"], back["issues"])


LINKS = [
    (kind, field.name, field.to)
    for kind in KINDS
    for field in link_fields(kind)
    if field.to not in OWN
]


@pytest.mark.parametrize(("kind", "field", "to"), LINKS)
def test_every_link_is_shown_from_both_ends(path, kind, field, to) -> None:
    """Accident and victim, product and area, activity and task, and all the others."""
    to = to or "accident"
    target = body(kind_spec(to)) | {"local_id": "T-1"}
    source = body(kind_spec(kind)) | {"local_id": "S-1", field: "T-1"}
    with open_register(path, write=True) as register, register.write("Tester") as writer:
        for name, held in ((to, target), (kind, source)):
            writer.append([Draft(name, kind_spec(name).first_action, held)])
    from_target = records.show(path, "T-1")["links"]
    assert [(x["relation"], x["field"], x["local_id"]) for x in from_target] == [
        ("linked from", field, "S-1")
    ]
    from_source = {x["relation"]: x for x in records.show(path, "S-1")["links"]}
    assert (from_source[field]["kind"], from_source[field]["local_id"]) == (to, "T-1")


def test_a_link_to_what_is_not_here_is_told(path) -> None:
    """An import may name work of another register; show says so instead of failing."""
    work = {"local_id": "W-1", "activity_type": "clearance", "task": "T-9"}
    with open_register(path, write=True) as register, register.write("Tester") as writer:
        writer.append([Draft("activity", "record.added", work)])
    [link] = records.show(path, "W-1")["links"]
    assert (link["relation"], link["kind"], link["local_id"]) == ("task", "task", "T-9")
    assert link["missing"]
    with pytest.raises(NotFoundError):
        records.show(path, "T-9")


def test_the_same_local_id_of_two_kinds_is_two_records(path) -> None:
    """Sources number each list from 1: the victim of accident 12 is none of area 12."""
    record(
        path,
        entry("hazardous_area", {"local_id": "12", "hazard_kind": "SHA", "geometry": SQUARE}),
        entry("accident", {"local_id": "12", "geometry": POINT, "place": "12"}),
        entry("victim", {"local_id": "V-1", "accident": "12"}),
    )
    with open_register(path) as register:
        area, accident = (register.record("12", kind) for kind in ("hazardous_area", "accident"))
    assert records.show(path, area.record_id)["links"] == []
    [link] = records.show(path, accident.record_id)["links"]
    assert (link["kind"], link["field"]) == ("victim", "accident")
    [back] = records.show(path, "V-1")["links"]
    assert back["record_id"] == accident.record_id


def test_a_voided_record_is_shown_as_such_in_links(path) -> None:
    """Who follows the link knows beforehand."""
    record(
        path,
        entry("accident", {"local_id": "X-1", "geometry": POINT}),
        entry("victim", {"local_id": "V-1", "accident": "X-1"}),
    )
    recording.void(path, record_id="X-1", import_id=None, why="never was", by="Tester")
    [link] = records.show(path, "V-1")["links"]
    assert link["voided"]
    assert land.near(path, 10.002, 10.004)["found"] == []
