"""Cells of workbooks that hold no value, and cells merged over rows: nothing of them is silent."""

from __future__ import annotations

from landrelease.exchange import read_table
from tests.exchange.bad_files import workbook


def told(table):
    """Row, code and what was found."""
    return [(one.row, one.code, one.detail) for one in table.issues]


def test_errors_and_formulas_without_a_result_are_named(tmp_path):
    """By data row and column, whatever stands above the header; a row of nothing else is named too."""
    table = read_table(workbook(
        tmp_path, ["Hazards of May"], [], ["id", "district", "m2"], ["H1", "Jajce", "=2*50"],
        ["H2", "#REF!", 100], [None, None, "=SUM(C4:C5)"], ["H3", "Jajce", 5],
    ))  # fmt: skip
    assert table.columns["m2"] == ["", 100, 5]
    assert [one for one in told(table) if one[1] == "cell_without_value"] == [
        (1, "cell_without_value", "m2 = a formula without its result"),
        (2, "cell_without_value", "district = #REF!"),
        (None, "cell_without_value", "row 6 of the sheet holds nothing else and was not read"),
    ]


def test_words_of_a_merged_cell_count_for_each_row(tmp_path):
    """A district merged over rows is that of all of them."""
    rows = [
        ["id", "district", "m2"],
        ["H1", "Jajce", 10],
        ["H2", None, 20],
        ["H3", None, 30],
        ["H4", "Bugojno", 40],
    ]
    table = read_table(workbook(tmp_path, *rows, merged="B2:B4"))
    assert table.columns["district"] == ["Jajce", "Jajce", "Jajce", "Bugojno"]
    found = "column 'district', 1 cells, their words were taken for each row"
    assert told(table) == [(None, "cells_merged", found)]


def test_a_merged_figure_stays_in_its_row(tmp_path):
    """Square metres of two rows together are not counted twice, and that is told."""
    rows = [["id", "m2"], ["H1", 100], ["H2", None]]
    table = read_table(workbook(tmp_path, *rows, merged="B2:B3"))
    assert table.columns["m2"] == [100, ""]
    assert told(table) == [(None, "cells_merged", "column 'm2', 1 cells, their figures stay above")]


def test_a_header_of_merged_cells_is_a_header(tmp_path):
    """Cells merged in the header itself are its tiers, and fill no row."""
    rows = [["id", "place", None], [None, "district", "village"], ["H1", "Jajce", "Mill"]]
    table = read_table(workbook(tmp_path, *rows, merged="A1:A2"))
    assert list(table.columns) == ["id", "district", "village"]
    assert table.columns["id"] == ["H1"]
    assert "cells_merged" not in {one.code for one in table.issues}
