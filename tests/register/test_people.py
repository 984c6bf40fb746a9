"""Names stand in the second file only, and can be erased from every byte."""

from __future__ import annotations

import pytest

from landrelease.domain.canonical import body_sha256
from landrelease.domain.entries import Draft
from landrelease.domain.kinds import check_body
from landrelease.errors import FieldError, NotFoundError
from landrelease.register import QuarantineRow, open_register
from landrelease.register.people import people_path
from tests.register.test_ledger import write

NAME = "Marija Petrović-Kovač"


def files_of(path):
    """The bytes of every file of the register."""
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}


def holding(path, text=NAME):
    """Names of the files that hold a text."""
    return {name for name, data in files_of(path).items() if text.encode() in data}


def victim(record_id=None, **fields):
    """A victim as an import hands it in: with columns that no field takes."""
    body = {
        "outcome": "injured",
        "age_group": "woman",
        "full_name": NAME,
        "note": f"{NAME} was farming",
        **fields,
    }
    return Draft(
        "victim", "record.added", check_body("victim", body), record_id, quote=f"{NAME} was hurt"
    )


def test_names_go_to_the_second_file_only(register, path):
    """Unmapped columns, notes and quotes of a person leave an opaque id in the ledger."""
    [entry] = write(register, victim())
    assert holding(path) == {people_path(path).name}
    body = register.record(entry.record_id).body
    assert set(body) == {"outcome", "age_group", "identity"}
    assert entry.quote is None
    kept = register.identity(body["identity"])
    assert kept["attributes"] == {"full_name": NAME}
    assert kept["quote"].startswith(NAME)
    assert NAME.encode() not in register.snapshot()


def test_a_second_import_of_a_person_is_unchanged(register):
    """The hash of the whole body is known although its parts stand apart."""
    [entry] = write(register, victim())
    assert register.contents([entry.record_id]) == {entry.record_id: body_sha256(victim().body)}


def test_an_erased_name_is_in_no_byte_of_any_file(register, path):
    """Also not in documents and quarantine; verify stays ok and says who erased it and why."""
    [entry] = write(register, victim("00000000-0000-4000-8000-000000000001"))
    [source] = write(register, Draft("source", "document.ingested", {"title": "Article"}))
    text = f"On Monday {NAME} was hurt near the mill."
    with register.write("Ana") as writer:
        writer.store_document(source.record_id, text.encode(), text, name="a.txt")
    other = {"outcome": "killed", "full_name": "Somebody Else", "municipality_name": "Monday"}
    write(register, Draft("victim", "record.added", check_body("victim", other)))
    identity_id = register.record(entry.record_id).body["identity"]
    with register.write("Ana") as writer:
        writer.put_identity({"name": "Kept Person"})
        [erased] = writer.erase_identity(identity_id, "asked for it")
    assert holding(path) == set()
    assert holding(path, "Somebody Else") == {people_path(path).name}
    register.close()
    with open_register(path) as again:
        assert again.verify().ok
        assert (erased.action, erased.author, erased.reason) == (
            "identity.erased",
            "Ana",
            "asked for it",
        )
        with pytest.raises(NotFoundError):
            again.identity(identity_id)
        raw, blanked = again.document(source.record_id)
        assert raw == b""
        assert len(blanked) == len(text)
        assert blanked.startswith("On Monday █")


def test_erasing_wins_over_later_imports(register, path):
    """The same row taken in again brings no name back."""
    [entry] = write(
        register, Draft("victim", "record.added", check_body("victim", {"full_name": NAME}))
    )
    with register.write("Ana") as writer:
        writer.erase_identity(register.record(entry.record_id).body["identity"], "asked for it")
    assert holding(path) == set()
    write(register, victim(entry.record_id))
    assert holding(path) == set()


def test_a_failed_transaction_writes_no_name(register, path):
    """All or nothing holds for both files."""
    wrong = Draft("victim", "record.added", {"outcome": "unheard of"})
    with pytest.raises(FieldError):
        write(register, victim(), wrong)
    assert holding(path) == set()


def test_a_quarantined_person_waits_in_the_second_file(register, path):
    """The row and the words of its problems come back only where that file is."""
    row = QuarantineRow(
        "i",
        "layer",
        7,
        "victim",
        "row:1",
        {"name": NAME},
        ({"code": "date_invalid", "message": NAME},),
    )
    with register.write("Ana") as writer:
        writer.quarantine([row])
    assert holding(path) == {people_path(path).name}
    [waiting] = register.quarantine()
    assert waiting.raw == {"name": NAME}
    assert waiting.issues[0]["code"] == "date_invalid"
    people_path(path).unlink()
    [waiting] = register.quarantine()
    assert NAME not in str(waiting)


def test_a_backup_takes_both_files_and_a_handed_over_register_none(register, path, tmp_path):
    """The copy of a backup knows the person; the register alone does not."""
    [entry] = write(register, victim())
    identity_id = register.record(entry.record_id).body["identity"]
    backup = (
        register.backup(tmp_path / "backup" / "b.gpkg")
        if (tmp_path / "backup").mkdir() is None
        else None
    )
    with open_register(backup) as copy:
        assert copy.identity(identity_id)["attributes"] == {"full_name": NAME}
    people_path(backup).unlink()
    with open_register(backup) as copy:
        assert copy.verify().ok
        with pytest.raises(NotFoundError):
            copy.identity(identity_id)


def test_erasing_needs_a_reason_and_an_identity(register):
    """What cannot be undone is not done by mistake."""
    for identity_id, reason, error in (("x", " ", FieldError), ("x", "because", NotFoundError)):
        with pytest.raises(error), register.write("Ana") as writer:
            writer.erase_identity(identity_id, reason)
