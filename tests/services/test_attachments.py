"""Files attached to records: kept once, proved, given out by audience, erased with a person."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest

from landrelease.errors import FieldError, InputError, NotFoundError
from landrelease.services import attachments, exporting, keeping, recording, records, review
from landrelease.services.attachments import Attaching, attach

PHOTO = b"\xff\xd8\xff" + b"a photo of a sign" * 100


@pytest.fixture
def register(tmp_path):
    """A register with an area, an accident and a victim with an identity."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country="XVA", name="Test", by="Tester")
    entries = [
        {"kind": "hazardous_area", "body": {"local_id": "HA-1", "hazard_kind": "SHA", "place": "mill"}},
        {"kind": "accident", "body": {"local_id": "AX-1", "place": "mill"}},
        {"kind": "victim", "body": {"local_id": "VI-1", "accident": "AX-1", "note": "Ana Kos"}},
    ]  # fmt: skip
    recording.record(path, {"entries": entries}, by="Tester")
    return path


@pytest.fixture
def photo(tmp_path):
    """A photo."""
    path = tmp_path / "sign of Ana Kos.jpg"
    path.write_bytes(PHOTO)
    return path


def kept(path):
    """How many files the register holds."""
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT count(*) FROM document").fetchone()[0]


def test_the_same_bytes_are_kept_once(register, photo):
    """Attached to two records and twice to one: one file, two attachments, its true hash."""
    first = attach(register, "HA-1", [photo], by="Tester", how=Attaching(note="north side"))
    attach(register, "AX-1", [photo], by="Tester")
    again = attach(register, "HA-1", [photo], by="Tester")
    assert (again["attached"], again["unchanged"]) == ([], 1)
    assert kept(register) == 1
    (one,) = first["attached"]
    assert one["sha256"] == hashlib.sha256(PHOTO).hexdigest()
    assert (one["media_type"], one["size_bytes"]) == ("image/jpeg", len(PHOTO))
    assert attachments.listing(register, "internal")["count"] == 2
    assert attachments.listing(register, "internal", "AX-1")["count"] == 1
    assert one["note"] == "north side"
    assert [link["kind"] for link in records.show(register, "HA-1")["links"]] == ["attachment"]
    assert keeping.verify(register)["ok"]


def test_verify_proves_the_files(register, photo):
    """A changed byte and a file that is gone are both named; attaching it again puts it back."""
    attach(register, "HA-1", [photo], by="Tester")
    with sqlite3.connect(register) as connection:
        connection.execute("UPDATE document SET raw = ?", (PHOTO + b"!",))
    assert [p["code"] for p in keeping.verify(register)["problems"]] == ["attachment_damaged"]
    with sqlite3.connect(register) as connection:
        connection.execute("DELETE FROM document")
    assert [p["code"] for p in keeping.verify(register)["problems"]] == ["attachment_missing"]
    assert attach(register, "HA-1", [photo], by="Tester")["unchanged"] == 1
    assert keeping.verify(register)["ok"]


def test_files_go_out_to_those_who_may_have_them(register, photo, tmp_path):
    """By the audience of the file and of its record's kind; exports of records hold none."""
    paper = tmp_path / "leaflet.pdf"
    paper.write_bytes(b"%PDF-1.7 leaflet")
    attach(register, "HA-1", [paper], by="Tester", how=Attaching(audience="public"))
    attach(register, "HA-1", [photo], by="Tester")
    attach(register, "AX-1", [photo], by="Tester", how=Attaching(audience="partner"))
    for audience, names in (
        ("public", {"leaflet.pdf"}),
        ("partner", {"leaflet.pdf", photo.name}),
        ("internal", {"leaflet.pdf", photo.name}),
    ):
        listed = attachments.listing(register, audience)
        assert {one["file_name"] for one in listed["attachments"]} == names
        assert listed["count"] + listed["withheld"] == 3
    found = {
        audience: attachments.give_out(register, tmp_path / audience, audience)
        for audience in ("public", "partner", "internal")
    }
    assert {a: (len(f["files"]), f["withheld"]) for a, f in found.items()} == {
        "public": (1, 2), "partner": (2, 1), "internal": (2, 0),
    }  # fmt: skip
    (public,) = (tmp_path / "public").iterdir()
    assert public.read_bytes() == paper.read_bytes()
    out = tmp_path / "all.geojson"
    exporting.export(register, out, kind=None, as_of=None, audience="public")
    assert "leaflet" not in out.read_text()


def test_a_file_is_for_no_wider_circle_than_its_record(register, photo):
    """A victim's photo is never public, and the refusal says what can be."""
    with pytest.raises(FieldError) as caught:
        attach(register, "VI-1", [photo], by="Tester", how=Attaching(audience="public"))
    assert "internal" in str(caught.value)
    with pytest.raises(NotFoundError):
        attach(register, "HA-9", [photo], by="Tester")


def test_erasing_a_person_erases_their_files(register, photo):
    """Bytes and names go, what is attached elsewhere too stays, and verify is ok."""
    attach(register, "VI-1", [photo], by="Tester")
    assert b"Ana Kos" not in register.read_bytes()
    review.erase(register, "VI-1", why="asked for", by="Tester")
    assert kept(register) == 0
    assert PHOTO not in register.read_bytes()
    assert keeping.verify(register)["ok"]


def test_files_come_along_when_copies_are_merged(register, photo, tmp_path):
    """What a colleague attached on a copy is here after the merge."""
    copy = tmp_path / "copy.gpkg"
    keeping.backup(register, copy)
    attach(copy, "HA-1", [photo], by="Colleague")
    review.merge(register, copy, by="Tester")
    assert keeping.verify(register)["ok"]
    assert attachments.listing(register, "internal", "HA-1")["count"] == 1


def test_files_that_cannot_be_attached(register, tmp_path):
    """A missing, an empty and a too large file are refused before anything is written."""
    empty, large = tmp_path / "empty.pdf", tmp_path / "film.mp4"
    empty.write_bytes(b"")
    with large.open("wb") as file:
        file.truncate(60 * 2**20)
    for path, code in (
        (tmp_path / "none.jpg", "file_unreadable"),
        (empty, "file_empty"),
        (large, "file_too_large"),
    ):
        with pytest.raises(InputError) as caught:
            attach(register, "HA-1", [path], by="Tester")
        assert caught.value.code == code
    assert kept(register) == 0
