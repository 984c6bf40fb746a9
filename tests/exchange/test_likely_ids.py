"""Which column is guessed to hold the ids of rows, and which is not."""

from __future__ import annotations

import pytest

from landrelease.exchange import guess_mapping, read_table
from tests.exchange.bad_files import csv


def guessed(folder, column, cells, kind="hazardous_area"):
    """The identity that is guessed of a table with a column of ids."""
    table = read_table(csv(folder, f"{column};place", *[f"{cell};Mill" for cell in cells]))
    identity = guess_mapping(table, kind).identity
    return {n: v for n, v in identity.model_dump().items() if v is not None}


@pytest.mark.parametrize(
    ("column", "cells", "found"),
    [
        ("HA_ID", ["H1", "H2", "H3"], {"local_id": "HA_ID"}),
        ("ID", ["BA-1", "BA-2"], {"local_id": "ID"}),
        ("Id", ["4711", "4720", "12"], {"source_id": "Id"}),
        ("ID", ["A", "B", "C", "D", ""], {"local_id": "ID"}),
        ("ID", ["1", "2", "3"], {}),  # rows counted
        ("ID", ["A-1", "A-1", "A-2"], {}),
        ("ID", ["A-1", "", ""], {}),
    ],
)
def test_a_column_of_ids_is_known_by_its_cells(tmp_path, column, cells, found):
    """Ids stand once; numbers of rows tell nothing next month."""
    assert guessed(tmp_path, column, cells) == found


def test_ids_of_people_and_of_other_records_are_not_taken(tmp_path):
    """A number of a person is not kept unasked, and a product names its area by HA_ID."""
    assert guessed(tmp_path, "ID", ["X7", "X8"], "victim") == {}
    assert guessed(tmp_path, "HA_ID", ["H1", "H2"], "land_release_product") == {}
