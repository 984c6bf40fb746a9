"""What the world does to a file: each refusal has a code and a cure, and changes nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest

from landrelease.errors import NotFoundError, RegisterError
from landrelease.register import connection, create_register, open_register
from tests.register.test_ledger import area, write


@pytest.fixture
def impatient(monkeypatch):
    """Do not wait for locks."""
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_S", 0.05)


def refused(path, **options):
    """The code with which opening is refused."""
    with pytest.raises(RegisterError) as caught:
        open_register(path, **options)
    assert caught.value.cure
    return caught.value.code


def test_what_is_no_register_is_left_alone(tmp_path):
    """Missing, a folder, text, another program's SQLite file, another GeoPackage."""
    assert refused(tmp_path / "none.gpkg") == "register_missing"
    assert refused(tmp_path) == "register_is_directory"
    text = tmp_path / "a.txt"
    text.write_text("hello " * 500)
    assert refused(text) == "not_a_register"
    empty = tmp_path / "empty.gpkg"
    empty.touch()
    assert refused(empty) == "not_a_register"
    other = tmp_path / "other.db"
    database = sqlite3.connect(other)
    database.execute("CREATE TABLE t (a)")
    database.commit()
    database.close()
    before = other.read_bytes()
    assert refused(other) == "not_a_register"
    assert other.read_bytes() == before
    assert text.read_text() == "hello " * 500


def test_a_register_is_not_overwritten(path, register):
    """Nor is anything else made where its folder is missing."""
    with pytest.raises(RegisterError, match="exists"):
        create_register(path, name="x", author="y")
    with pytest.raises(RegisterError) as caught:
        create_register(path.parent / "no" / "x.gpkg", name="x", author="y")
    assert caught.value.code == "folder_missing"
    with pytest.raises(RegisterError) as caught:
        register.backup(path)
    assert caught.value.code == "backup_exists"


def test_a_newer_register_is_refused(path, register):
    """An older program does not write into what it does not understand."""
    register.close()
    plain = sqlite3.connect(path)
    plain.execute("UPDATE register_info SET schema_version = 999")
    plain.commit()
    plain.close()
    assert refused(path) == "schema_newer"


def test_a_second_writer_waits_and_then_says_so(path, register, impatient):
    """The lock is held from the start of the transaction; readers go on."""
    with register.write("Ana") as writer, open_register(path) as other:
        writer.append([area("mine")])
        with pytest.raises(RegisterError) as caught, other.write("Ben"):
            pass
        assert caught.value.code == "register_locked"
        assert other.areas() == []
    assert [a.local_id for a in register.areas()] == ["mine"]


_TAKE = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0.05, isolation_level=None); c.execute('BEGIN IMMEDIATE')"


def taken_by_another_process(path):
    """Whether another process could take the write lock."""
    return (
        subprocess.run(
            [sys.executable, "-c", _TAKE, str(path)], capture_output=True, check=False
        ).returncode
        == 0
    )


@pytest.mark.filterwarnings("ignore:File /vsimem:RuntimeWarning")
def test_no_answer_of_the_register_drops_its_lock(path, register, tmp_path):
    """A second SQLite in the process that closed the file would let others write."""
    pyogrio = pytest.importorskip("pyogrio")
    write(register, area("a"))
    with register.write("Ana") as writer:
        [entry] = writer.append([area("b")])
        writer.store_document(entry.record_id, b"raw", "text", name="a.txt")
        register.areas(), register.balance(), register.conflicts(), register.verify()
        register.near(17.0, 44.0), register.search("a"), register.history("a")
        pyogrio.read_info(register.snapshot(), layer="hazardous_area")
        list(register.layer("hazardous_area")), register.document(entry.record_id)
        with open_register(path) as other:
            other.areas()
        assert not taken_by_another_process(path)
    assert taken_by_another_process(path)
    # the trap is real: this is what any other library does that opens and closes the file
    with register.write("Ana"):
        path.open("rb").close()
        assert taken_by_another_process(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser writes everywhere")
def test_a_read_only_file_is_read_and_not_written(path, register):
    """Reading needs no rights to write."""
    write(register, area("a"))
    register.close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with open_register(path) as again:
            assert len(again.areas()) == 1
            with pytest.raises(RegisterError) as caught, again.write("Ana"):
                pass
            assert caught.value.code == "register_read_only"
    finally:
        path.parent.chmod(0o755)


def test_a_full_disk_changes_nothing(path, register):
    """SQLite's own limit of pages stands for the disk."""
    write(register, area("a"))
    before = register.heads()
    pages = register._connection.execute("PRAGMA page_count").fetchone()[0]
    register._connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(RegisterError) as caught:
        write(register, *(area(f"b{i}", note="x" * 5000) for i in range(50)))
    assert caught.value.code == "disk_full"
    assert register.heads() == before
    assert register.verify().ok


def test_unknown_names_say_what_to_give(register):
    """No record, no document, no scope, no kind."""
    for ask in (
        lambda: register.record("x"),
        lambda: register.history("x"),
        lambda: register.document("x"),
        lambda: register.balance(scope="x"),
        lambda: list(register.records("x")),
        lambda: register.layer("x").__next__(),
    ):
        with pytest.raises(NotFoundError):
            ask()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM register_info",
        "UPDATE register_info SET register_id = ''",
        "UPDATE register_info SET replica = X'00'",
        "UPDATE register_info SET schema_version = 'five'",
        "UPDATE register_info SET schema_version = 0",
        "UPDATE register_info SET schema_version = 1",
        "UPDATE register_info SET bbox = 'west'",
        "UPDATE register_info SET bbox = '[1, 2, 3, null]'",
        "ALTER TABLE register_info DROP COLUMN replica",
    ],
)
def test_a_register_that_does_not_say_which_it_is_is_refused(path, register, statement):
    """Every command ends with an error that names the table and the cure."""
    register.close()
    other = sqlite3.connect(path)
    other.execute(statement)
    other.commit()
    other.close()
    with pytest.raises(RegisterError) as caught:
        open_register(path)
    assert caught.value.code == "register_info_damaged"
    assert "restore" in str(caught.value)


def test_a_file_without_register_info_is_no_register(path, register):
    """Without the table nothing says that the file is a register."""
    register.close()
    other = sqlite3.connect(path)
    other.execute("DROP TABLE register_info")
    other.close()
    with pytest.raises(RegisterError) as caught:
        open_register(path)
    assert caught.value.code == "not_a_register"
