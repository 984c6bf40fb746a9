"""Without a mapping, a monthly file is known as the month before, whatever its ids look like."""

from __future__ import annotations

import pytest

from landrelease.services import keeping, layers
from tests.exchange.bad_files import csv


@pytest.fixture
def path(tmp_path):
    """A register."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    return path


def month(path, *ids, place="Mill"):
    """Import a month of a layer without a mapping: added, changed, unchanged."""
    file = csv(path.parent, "ID,place", *[f"{one},{place} {n}" for n, one in enumerate(ids)])
    call = layers.ImportCall(file, kind="hazardous_area", set_fields={"hazard_kind": "SHA"})
    told = layers.take_in(path, call, by="Tester")
    return told["added"], told["changed"], told["unchanged"]


@pytest.mark.parametrize("first", [("101", "205", "7"), ("A-1", "A-2", "A-3")])
def test_the_ids_of_a_month_stay_ids(path, first):
    """A row that changes is a new version, though a new id is of another form."""
    assert month(path, *first) == (3, 0, 0)
    assert month(path, *first, "X-9", place="Ford") == (1, 3, 0)
    assert month(path, *first, "X-9", "12", place="Ford") == (1, 0, 4)


def test_numbers_of_rows_do_not_become_ids(path):
    """What was known by its content stays so when a gap makes its numbers look like ids."""
    assert month(path, "1", "2", "3") == (3, 0, 0)
    assert month(path, "1", "2", "3", "9") == (1, 0, 3)
