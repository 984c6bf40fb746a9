"""Files of a record are attached, listed by audience and given back, byte for byte."""

from __future__ import annotations

import hashlib
import re

import pytest
from fastapi.testclient import TestClient

from landrelease.services import attachments, keeping, recording
from landrelease.services.api import Services
from landrelease.web import sending
from landrelease.web.app import create_app
from landrelease.web.context import Settings

from .test_inbox import token_on

PHOTO = b"\xff\xd8\xff" + b"a photo of a sign" * 100


@pytest.fixture
def path(tmp_path):
    """A register with an area, an accident and a victim."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    entries = [
        {"kind": "hazardous_area", "body": {"local_id": "HA-1", "hazard_kind": "SHA", "place": "mill"}},
        {"kind": "accident", "body": {"local_id": "AX-1", "place": "mill"}},
        {"kind": "victim", "body": {"local_id": "VI-1", "accident": "AX-1"}},
    ]  # fmt: skip
    recording.record(path, {"entries": entries}, by="Ana")
    return path


def client_of(path, by="Ana Test", audience="internal"):
    """A client of the pages in a person's name."""
    app = create_app(Services(path, by or ""), Settings(author=by, audience=audience))
    return TestClient(app, base_url="http://127.0.0.1")


def send(client, record_id, *files, **fields):
    """Send files with the form of a record's attachments."""
    page = f"/records/{record_id}/attachments"
    sent = [("files", (name, raw, "image/jpeg")) for name, raw in files]
    return client.post(page, data={"token": token_on(client, page)} | fields, files=sent)


def files_of(path, audience="internal"):
    """What is attached, by file name."""
    return {f["file_name"]: f for f in attachments.listing(path, audience)["attachments"]}


def test_a_file_is_attached_listed_and_given_back(path):
    """Name, note, audience, hash and person are shown; the download is what was sent."""
    with client_of(path) as client:
        answer = send(
            client, "HA-1", ("sign <1>.jpg", PHOTO), note="north <side>", audience="public"
        )
        assert "1 file attached" in answer.text
        for words in ("sign &lt;1&gt;.jpg", "north &lt;side&gt;", "attached by Ana Test",
                      hashlib.sha256(PHOTO).hexdigest(), "image/jpeg, 2"):  # fmt: skip
            assert words in answer.text
        one = files_of(path)["sign <1>.jpg"]
        got = client.get(f"/attachments/{one['record_id']}")
        assert got.content == PHOTO
        assert got.headers["content-disposition"].startswith("attachment;")
        assert got.headers["x-content-type-options"] == "nosniff"
        for page in (f"/areas/{one['of']}", f"/records/{one['of']}"):
            assert f'href="/attachments/{one["record_id"]}"' in client.get(page).text
        assert "Download the file" in client.get(f"/records/{one['record_id']}").text
        again = send(client, "HA-1", ("copy.jpg", PHOTO))
    assert "1 was attached before" in again.text
    assert len(files_of(path)) == 1
    assert keeping.verify(path)["ok"]


def test_files_are_listed_by_audience(path):
    """Each circle sees what it may have, and how many are not for it."""
    with client_of(path) as client:
        send(client, "HA-1", ("open.jpg", PHOTO), audience="public")
        send(client, "HA-1", ("inner.jpg", PHOTO + b"2"), audience="internal")
        public = client.get("/attachments?audience=public").text
        internal = client.get("/attachments").text
        assert client.get("/attachments?audience=everyone").status_code == 400
        document = client.get("/api/attachments", params={"audience": "public"}).json()
    assert [one["file_name"] for one in document["attachments"]] == ["open.jpg"]
    assert "open.jpg" in public
    assert "inner.jpg" not in public
    assert "1 more is not for this audience" in public
    assert "inner.jpg" in internal
    assert "HA-1" in internal


def test_no_wider_than_the_record(path):
    """A victim's papers are for few, whatever the form says; the refusal names the field."""
    with client_of(path) as client:
        answer = send(client, "VI-1", ("Ana Kos.jpg", PHOTO), audience="public")
        assert answer.status_code == 400
        assert "audience" in re.search(r'class="error-line".*?</p>', answer.text, re.S).group(0)
        assert files_of(path) == {}
        send(client, "VI-1", ("Ana Kos.jpg", PHOTO), note="Ana Kos")
    [name] = files_of(path)
    assert name == f"{hashlib.sha256(PHOTO).hexdigest()[:12]}.jpg"


@pytest.mark.parametrize(
    ("files", "words"), [([], "no file is chosen"), ([("empty.jpg", b"")], "empty.jpg is empty")]
)
def test_nothing_is_attached_without_a_file(path, files, words):
    """No file or an empty one is told, and the note stays in the form."""
    with client_of(path) as client:
        answer = send(client, "HA-1", *files, note="north side")
    assert answer.status_code == 400
    assert words in answer.text
    assert 'value="north side"' in answer.text
    assert files_of(path) == {}


def test_a_form_that_would_fill_the_disk_is_refused_before_it_is_read(path, monkeypatch):
    """The length that the browser tells is enough to refuse it."""
    monkeypatch.setattr(sending, "LARGEST_FORM_BYTES", 1000)
    with client_of(path) as client:
        answer = send(client, "HA-1", ("large.jpg", PHOTO))
    assert answer.status_code == 400
    assert "file_too_large" in answer.text
    assert files_of(path) == {}


def test_names_with_folders_are_names_of_files(path):
    """What a browser sends as a name is no path on this machine."""
    with client_of(path) as client:
        send(client, "HA-1", ("../../etc/sign.jpg", PHOTO))
    assert list(files_of(path)) == ["sign.jpg"]


def test_a_damaged_or_missing_file_is_told(path):
    """A file whose hash is another is not given out; an unknown one is not found."""
    import sqlite3

    with client_of(path) as client:
        send(client, "HA-1", ("sign.jpg", PHOTO))
        one = files_of(path)["sign.jpg"]
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE document SET raw = x'00' WHERE source_id LIKE 'sha256:%'")
        damaged = client.get(f"/attachments/{one['record_id']}")
        assert client.get("/attachments/nothing").status_code == 404
        assert client.get("/records/nothing/attachments").status_code == 404
    assert damaged.status_code == 409
    assert "attachment_damaged" in damaged.text


def test_without_a_token_and_outside_this_machine_nothing_is_attached(path):
    """Another site's form is refused, and another machine sees no file, not even a public one."""
    page = "/records/HA-1/attachments"
    with client_of(path) as client:
        send(client, "HA-1", ("open.jpg", PHOTO), audience="public")
        sent = {"files": ("x.jpg", PHOTO + b"2", "image/jpeg")}
        assert client.post(page, files=sent).status_code == 403
    one = files_of(path)["open.jpg"]
    with client_of(path, audience="public") as public:
        for address in (
            page,
            "/attachments",
            "/api/attachments",
            f"/attachments/{one['record_id']}",
        ):
            assert public.get(address).status_code == 403
        assert public.post(page, files=sent).status_code == 403
        assert "open.jpg" not in public.get(f"/areas/{one['of']}").text
    assert len(files_of(path)) == 1
