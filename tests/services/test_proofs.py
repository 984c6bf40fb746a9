"""`verify` proves what stands beside the ledger: documents by their source, rows by their import."""

from __future__ import annotations

import pytest

from landrelease.register import open_register
from landrelease.register.connection import connect
from landrelease.services import attachments, ingesting, keeping, recording, review

from .test_mending import BAD, register, square, take, write_layer

__all__ = ["register"]

NAME = "Somphone Keovongsa"


@pytest.fixture
def filled(register, tmp_path):
    """A register with a document, an attached file, and two rows that wait, one naming a person."""
    letter = tmp_path / f"Letter of {NAME}.txt"
    letter.write_text("On 4 July 2026 two mines were found near the mill.", encoding="utf-8")
    ingesting.ingest(register, [str(letter)], by="Tester")
    rows = ((BAD, {"local_id": "B", "owner": NAME}), (BAD, {"local_id": "C", "owner": "nobody"}))
    take(register, write_layer(tmp_path, square(local_id="A"), *rows))
    attachments.attach(register, "A", [letter], by="Tester")
    return register


def problems(path):
    """Codes and ids of what verify finds."""
    return {(one["code"], one["id"]) for one in keeping.verify(path)["problems"]}


def tamper(path, statement):
    """Change the file as another program can."""
    other = connect(path)
    other.execute(statement)
    other.close()


def imported(path):
    """The id of the only import."""
    with open_register(path) as opened:
        [act] = opened.records("import")
    return act.record_id


def test_all_is_proved_as_it_was_written(filled):
    """Nothing is found where nothing was changed, nor after an undo."""
    assert problems(filled) == set()
    recording.void(filled, record_id=None, import_id=imported(filled), why="wrong", by="Tester")
    assert problems(filled) == set()


@pytest.mark.parametrize(
    "change",
    [
        "layer = 'other'",
        "row = 7",
        "kind = 'device'",
        "identity = 'other'",
        "local_id = 'A'",
        "local_id = NULL",
        "raw = '{}'",
        "issues = '[]'",
        "resolved = 1",
        "resolved = 2",
    ],
)
def test_a_changed_column_of_a_waiting_row_is_found(filled, change):
    """Its import is named."""
    where = "local_id = 'C'"
    tamper(filled, f"UPDATE quarantine SET {change} WHERE {where}")
    assert problems(filled) == {("quarantine_altered", imported(filled))}


@pytest.mark.parametrize("added", [True, False])
def test_a_row_that_came_or_went_is_found(filled, added):
    """One more that waits, or one less."""
    columns = "import_id, layer, row, kind, identity, local_id, raw, issues"
    more = f"INSERT INTO quarantine ({columns}) SELECT {columns} FROM quarantine LIMIT 1"
    tamper(filled, more if added else "DELETE FROM quarantine WHERE local_id = 'C'")
    assert problems(filled) == {("quarantine_altered", imported(filled))}


@pytest.mark.parametrize("merged", [False, True])
def test_what_an_erasing_left_of_rows_and_names_is_proved(filled, tmp_path, merged):
    """A name erased here or in another copy is no change behind the ledger; any other still is."""
    copy = tmp_path / "copy.gpkg"
    keeping.backup(filled, copy)
    erased = review.erase(copy if merged else filled, None, why="asked", by="Tester", names=[NAME])
    assert erased["complete"]
    if merged:
        assert problems(copy) == set()
        review.merge(filled, copy, by="Tester")
    assert problems(filled) == set()
    tamper(filled, "UPDATE quarantine SET issues = '[]'")
    assert problems(filled) == {("quarantine_altered", imported(filled))}


def test_a_changed_name_of_a_document_is_found(filled):
    """The ledger says under which name it was read."""
    tamper(filled, "UPDATE document SET name = 'other.txt' WHERE source_id NOT LIKE 'sha256:%'")
    with open_register(filled) as opened:
        [source] = opened.records("source")
    assert problems(filled) == {("document_altered", source.record_id)}


@pytest.mark.parametrize("kept", ["LIKE", "NOT LIKE"])
def test_a_document_of_no_source_is_found(filled, kept):
    """What was moved to another id is named by that; an attached file is missed too."""
    where = f"source_id {kept} 'sha256:%'"
    tamper(filled, f"UPDATE document SET source_id = source_id || '0' WHERE {where}")
    codes = {code for code, _ in problems(filled)}
    assert codes == {"document_stray"} | ({"attachment_missing"} if kept == "LIKE" else set())
