"""`verify` proves the second file: each identity is the one that its entries stand for."""

from __future__ import annotations

import sqlite3

import pytest

from landrelease.domain.entries import Draft
from landrelease.domain.kinds import check_body
from landrelease.register import QuarantineRow, open_register
from landrelease.register.people import Identity, people_path
from tests.register.test_ledger import area, write
from tests.register.test_people import NAME, victim

OTHER = "Ivan Horvat"


def change(path, *statements):
    """Change the second file as its owner can."""
    other = sqlite3.connect(people_path(path))
    for statement in statements:
        other.execute(statement)
    other.commit()
    other.close()


def found(register):
    """Codes and ids of the problems that verify finds."""
    return [(problem.code, problem.id) for problem in register.verify().problems]


@pytest.fixture
def two(register):
    """Two people, one of them amended, and a row of a person that waits."""
    [one] = write(register, victim())
    [other] = write(register, victim(full_name=OTHER, note="a farmer"))
    write(register, victim(other.record_id, full_name=OTHER, note="a farmer of the hills"))
    with register.write("Ana") as writer:
        writer.quarantine([QuarantineRow("i", "layer", 7, "victim", "row:1", {"name": NAME}, ())])
    assert register.verify().ok
    return [register.record(e.record_id).body["identity"] for e in (one, other)]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE identity SET fields = '{}' WHERE identity_id = '{id}'", "identity_altered"),
        ("UPDATE identity SET salt = NULL WHERE identity_id = '{id}'", "identity_altered"),
        ("DELETE FROM identity WHERE identity_id = '{id}'", "identity_missing"),
        ("UPDATE identity SET identity_id = 'x' WHERE identity_id = '{id}'", "identity_stray"),
    ],
)
def test_an_identity_that_was_changed_or_lost_is_named(register, path, two, statement, code):
    """By another program, in whatever way; the others stay unsuspected."""
    for identity_id in two:
        backup = people_path(path).read_bytes()
        change(path, statement.replace("{id}", identity_id))
        named = "x" if code == "identity_stray" else identity_id
        assert (code, named) in found(register)
        assert {one for _, one in found(register)} <= {"x", identity_id}
        people_path(path).write_bytes(backup)
    assert register.verify().ok


def test_an_added_identity_is_named(register, path, two):
    """What no entry names was written by another program."""
    change(path, "INSERT INTO identity VALUES ('x', '{}', NULL)")
    assert found(register) == [("identity_stray", "x")]


def test_an_earlier_state_of_an_identity_is_no_longer_it(register, path):
    """The last entry counts: a row put back from before an amendment is found."""
    [one] = write(register, victim())
    before = people_path(path).read_bytes()
    write(register, victim(one.record_id, note="moved away"))
    people_path(path).write_bytes(before)
    assert [code for code, _ in found(register)] == ["identity_altered"]


def test_a_waiting_person_is_proved_and_can_be_erased(register, path, two):
    """The row's import proves it; an erasing tells that it went."""
    [waiting] = register._connection.execute("SELECT raw ->> '$.identity' FROM quarantine")
    change(path, f"DELETE FROM identity WHERE identity_id = '{waiting[0]}'")
    assert found(register) == [("identity_missing", waiting[0])]


def test_erasing_stays_complete_and_proved(register, path, two):
    """The person, their waiting row, and the name in what is said of another: verify is ok."""
    write(register, victim(full_name="Luka Babić", note=f"brother of {NAME}"))
    before = people_path(path).read_bytes()
    with register.write("Ana") as writer:
        writer.erase_identity(two[0], "asked for it")
    assert register.verify().ok
    assert NAME.encode() not in people_path(path).read_bytes()
    people_path(path).write_bytes(before)
    assert {"identity_not_erased", "identity_altered"} == {code for code, _ in found(register)}


def test_a_register_handed_over_without_names_begins_a_file_of_its_own(register, path, two):
    """None of those before is missed, and those that it writes are proved."""
    people_path(path).unlink()
    assert register.verify().ok
    [one] = write(register, victim(full_name=OTHER))
    assert register.verify().ok
    change(path, "DELETE FROM identity")
    assert found(register) == [
        ("identity_missing", register.record(one.record_id).body["identity"])
    ]


def test_another_copy_brings_no_identities_and_none_is_missed(register, tmp_path, clock):
    """A merge takes in entries: the names stay with the other copy."""
    copy = register.backup(tmp_path / "copy.gpkg")
    clock.set("2026-02-01")
    with open_register(copy, write=True, clock=clock) as other:
        write(other, victim())
        entries = list(other.entries())
    clock.set("2026-03-01")
    with register.write("Ana") as writer:
        writer.adopt(entries)
    write(register, victim(full_name=OTHER))
    assert register.verify().ok


@pytest.mark.parametrize("has_ledger", [True, False])
def test_a_crash_between_the_two_files_is_settled(register, path, two, has_ledger, monkeypatch):
    """What the ledger has stands, what it never had is gone; verify is ok throughout."""
    key = two[0]
    with monkeypatch.context() as patched:
        patched.setattr("landrelease.register.writer.Writer.take_in_names", lambda writer: None)
        if has_ledger:
            [record_id] = register._connection.execute(
                "SELECT record_id FROM entry WHERE body ->> '$.identity' = ?", (key,)
            ).fetchone()
            write(register, victim(record_id, note="amended"))
        else:
            people = register._people
            people.put({key: Identity.of({"note": "amended"})}, people.file_id())
    assert register.verify().ok
    write(register, area("HA-1"))
    assert register.verify().ok
    assert (register.identity(key)["note"] == "amended") is has_ledger
    assert register._people.coming() is None


def test_the_ledger_lets_no_identity_be_guessed(register, path):
    """Two people of whom the same is said have two hashes, and salts stand in the second file only."""
    bodies = [check_body("victim", {"full_name": NAME}) for _ in range(2)]
    write(register, *(Draft("victim", "record.added", body) for body in bodies))
    proofs = register._connection.execute(
        "SELECT DISTINCT body ->> '$.identity_sha256' FROM entry WHERE kind = 'victim'"
    ).fetchall()
    salts = [one.salt for one in register._people.held().identities.values()]
    assert len(proofs) == 2
    assert all(salt not in register.snapshot() and len(salt) == 16 for salt in salts)


def test_a_second_file_that_is_gone_as_a_whole_is_told(register, path, two):
    """It is no fault, as it may have been left out on purpose, and no silence; nor after another began."""
    assert register.verify().identities_absent == 0
    people_path(path).unlink()
    told = register.verify()
    assert (told.ok, told.identities_absent) == (True, len(two) + 1)  # and the row that waits
    write(register, victim(full_name="Osman"))
    assert register.verify().identities_absent == len(two) + 1


def test_whom_an_erasing_took_is_not_absent(register, two):
    """Nobody looks for a person who was erased."""
    with register.write("Ana") as writer:
        victims = [one.record_id for one in register.records("victim")]
        for record_id in victims:
            writer.erase_person(record_id, "asked for", (NAME, OTHER))
    assert register.verify().identities_absent == 0


def test_waiting_words_that_are_no_json_any_more_are_a_problem_and_no_crash(register, path, two):
    """What cannot be compared is told; the rest is checked all the same."""
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE quarantine SET raw = '{'")
    told = register.verify()
    assert ("check_failed", "people") in {(p.code, p.id) for p in told.problems}
    assert told.identities_absent == 0
