"""Rows that wait are after a merge what they are in the copy: once, mended where they were mended."""

from __future__ import annotations

import pytest

from landrelease.services import keeping, land, layers, recording, review


def take_in(path, file, *lines):
    """Take in rows of hazards."""
    file.write_text("\n".join(["local_id,hazard_kind,lon,lat", *lines]) + "\n", "utf-8")
    call = layers.ImportCall(file, kind="hazardous_area")
    return layers.take_in(path, call, by="Ana")["import_id"]


@pytest.fixture
def copies(tmp_path):
    """A register with two rows that wait, its copy, and the import that left them."""
    here, there = tmp_path / "here.gpkg", tmp_path / "there.gpkg"
    keeping.init(here, country=None, name="Test", by="Tester")
    done = take_in(here, tmp_path / "a.csv", "A,SHA,17.5,95.2", "B,SHA,17.6,95.2", "C,SHA,17,44")
    keeping.backup(here, there)
    return here, there, done


def waiting(path):
    """How many rows wait, in a register that is proved."""
    assert keeping.verify(path)["problems"] == []
    return land.balance(path)["quarantined"]


def test_rows_of_an_import_that_was_undone_here_do_not_come_again(copies):
    """They are here already, and wait no more; both copies agree and are proved."""
    here, there, import_id = copies
    recording.void(here, record_id=None, import_id=import_id, why="wrong file", by="Ana")
    assert review.merge(here, there, by="Ben")["brought"] == 0
    review.merge(there, here, by="Ben")
    assert (waiting(here), waiting(there)) == (0, 0)


def test_a_row_that_was_mended_in_one_copy_is_mended_in_both(copies, tmp_path):
    """Whichever takes in the other; and waits again in both where the mending is undone."""
    here, there, _ = copies
    mending = take_in(there, tmp_path / "m.csv", "A,SHA,17.5,45.2")
    assert (waiting(here), waiting(there)) == (2, 1)
    assert review.merge(here, there, by="Ben")["brought"] == 0
    assert waiting(here) == 1
    recording.void(here, record_id=None, import_id=mending, why="not that one", by="Ana")
    assert waiting(here) == 2


def test_an_import_that_was_mended_in_part_comes_whole(tmp_path):
    """What still waits there waits here; its rows are proved together."""
    here, there = tmp_path / "here.gpkg", tmp_path / "there.gpkg"
    keeping.init(here, country=None, name="Test", by="Tester")
    keeping.backup(here, there)
    take_in(there, tmp_path / "a.csv", "A,SHA,17.5,95.2", "B,SHA,17.6,95.2")
    take_in(there, tmp_path / "m.csv", "A,SHA,17.5,45.2")
    told = review.merge(here, there, by="Ben")
    assert (told["brought"], told["left"]["quarantined"]) == (1, 0)
    assert (waiting(here), waiting(there)) == (1, 1)
