"""Voided records, values that no record can have, failed backups and new registers."""

from __future__ import annotations

import pytest

from landrelease.domain.canonical import columns_of, entry_hash
from landrelease.domain.entries import Draft, Entry
from landrelease.errors import InputError, LandReleaseError
from landrelease.register import create_register, open_register
from landrelease.register.people import People, people_path
from landrelease.services import keeping, land, recording, records, review


@pytest.fixture
def path(tmp_path):
    """A register with one area."""
    path = tmp_path / "register.gpkg"
    create_register(path, name="Test", author="Ana").close()
    body = {"local_id": "H1", "hazard_kind": "SHA", "place": "Mill"}
    recording.record(path, {"entries": [{"kind": "hazardous_area", "body": body}]}, by="Ana")
    return path


def void(path):
    """Void the area."""
    return recording.void(path, record_id="H1", import_id=None, why="twice", by="Ana")


def test_a_voided_record_says_so_and_is_voided_once(path):
    """`show` says that it does not stand; a second void is refused and writes nothing."""
    void(path)
    assert records.show(path, "H1")["voided"]
    with open_register(path) as register:
        before = register.heads()
    with pytest.raises(LandReleaseError) as caught:
        void(path)
    assert caught.value.code == "record_voided"
    with open_register(path) as register:
        assert register.heads() == before


@pytest.mark.parametrize("since", ["foo", "2026-13", "2026-11-22Tlate", ""])
def test_a_moment_that_cannot_be_is_refused(path, since):
    """`changes --since` with no moment is an error, not an empty answer."""
    with pytest.raises(LandReleaseError) as caught:
        review.changes(path, since)
    assert caught.value.code == "date_invalid"


@pytest.mark.parametrize(
    "since", ["2020", "2020-01-01", "2020-01-01T00:00:00Z", "2020-01-01 00:00"]
)
def test_a_moment_in_any_precision_is_read(path, since):
    """A year, a day and a moment all list what was recorded since."""
    assert review.changes(path, since)["count"] == 2


@pytest.mark.parametrize("wrong", [{"status": "bla"}, {"hazard_kind": "XX"}])
def test_a_code_that_no_area_can_have_is_refused(wrong):
    """A filter by an unknown code names the codes there are."""
    with pytest.raises(LandReleaseError) as caught:
        land.AreaFilter(**wrong)
    assert caught.value.code == "code_unknown"


def test_a_filter_takes_codes_in_any_case(path):
    """«cha» is CHA, and an empty choice lets all through."""
    assert land.areas(path, wanted=land.AreaFilter(hazard_kind="sha", status=""))["count"] == 1
    assert land.areas(path, wanted=land.AreaFilter(hazard_kind="cha"))["count"] == 0


def test_a_failed_backup_leaves_nothing(path, tmp_path, monkeypatch):
    """What fails half-way leaves no file in the way of the next attempt."""
    recording.record(
        path, {"entries": [{"kind": "victim", "body": {"full_name": "Ana Ban"}}]}, by="Ana"
    )
    target = tmp_path / "copy.gpkg"

    def full(self, destination):
        people_path(destination).write_bytes(b"half")
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(People, "backup", full)
        with pytest.raises(InputError, match="no space") as told:
            keeping.backup(path, target)
    assert told.value.code == "file_unwritable"
    assert not target.exists()
    assert not people_path(target).exists()
    keeping.backup(path, target)
    with open_register(target) as copy:
        assert copy.verify().ok


def test_a_backup_never_writes_over_names(path, tmp_path):
    """A second file that stands at the destination belongs to somebody: it stays as it is."""
    target = tmp_path / "copy.gpkg"
    people_path(target).write_bytes(b"theirs")
    with pytest.raises(LandReleaseError) as caught:
        keeping.backup(path, target)
    assert caught.value.code == "backup_exists"
    assert people_path(target).read_bytes() == b"theirs"


@pytest.mark.parametrize(
    ("name", "country", "code"),
    [
        ("n.gpkg", "XXX", "country_unknown"),
        ("n.gpkg", "QQQ", "country_unknown"),
        ("n.gpkg", "LA", "country_unknown"),
        ("foo.txt", None, "suffix_unknown"),
        ("foo", None, "suffix_unknown"),
    ],
)
def test_a_register_of_nowhere_is_not_made(tmp_path, name, country, code):
    """An unknown country or a file that other programs would not know is refused."""
    with pytest.raises(LandReleaseError) as caught:
        keeping.init(tmp_path / name, country=country, name=None, by="Ana")
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_an_exercise_names_its_country(tmp_path):
    """A code left to users by ISO 3166 is taken where the register has a name of its own."""
    made = keeping.init(tmp_path / "n.gpkg", country="xva", name="Varda", by="Ana")
    assert made["country"] == "XVA"


def test_records_of_national_kinds_are_read_without_their_lists(path):
    """Who has the register without the folder of terms sees the record, its history and words."""
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        [depot] = writer.append([Draft("team", "record.added", {"name": "T", "local_id": "D1"})])
        columns = columns_of(depot) | {
            "entry_id": "018c0000-0000-7000-8000-000000000001",
            "record_id": "7d444840-9dc0-41d1-b245-5ffdce74fad2",
            "kind": "scrap_depot",
            "previous_hash": depot.hash,
            "replica_seq": depot.replica_seq + 1,
            "supersedes": None,
            "body": '{"local_id":"SD-1","steel_t":40}',
        }
        writer.adopt([Entry(**{**columns, "hash": entry_hash(columns)})])
    shown = records.show(path, "SD-1")
    assert (shown["label"], shown["body"]["steel_t"]) == ("Scrap depot", 40)
    assert records.search(path, "SD-1")["records"][0]["text"] == "Scrap depot"
    assert [e["action"] for e in records.history(path, "SD-1")["entries"]] == ["record.added"]
    assert records.show(path, "D1")["kind"] == "team"
    assert recording.void(path, record_id="SD-1", import_id=None, why="no", by="Ana")["voided"]
    with open_register(path) as register:
        assert register.verify().ok
