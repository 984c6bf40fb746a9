"""Delimited text with broken quotation marks: each line behind a stray mark is read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landrelease.exchange.reading import read_table
from landrelease.exchange.reading.quoting import read_rows

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)


@pytest.mark.parametrize(
    ("text", "torn"),
    [
        ('A-1,"mill,open\nA-2,ford,open\nA-3,hill,open\n', [1]),
        ('A-1,"mill,open\nA-2,"ford,open\nA-3,hill,open\n', [1, 2]),
        ('A-1,"mill,open\nA-2,ford",open\nA-3,hill,open\n', [1]),
        ('A-1,mill,open\nA-2,ford,"open\nA-3,hill,open\n', [2]),
        ('A-1,mill,open\nA-2,ford,open\nA-3,"hill,open\n', [3]),
    ],
)
def test_a_stray_mark_swallows_no_rows(text: str, torn: list[int]) -> None:
    """All three rows are there, the broken ones told, wherever a mark is missing."""
    rows, found = read_rows(text, ",")
    assert [row[0] for row in rows] == ["A-1", "A-2", "A-3"]
    assert set(torn) <= found


def test_notes_of_several_lines_stay_one_cell() -> None:
    """A quoted cell with line breaks, commas and doubled marks is no stray mark."""
    text = 'A-1,"two\nlines, ""so"" said",open\nA-2,ford,open\n'
    rows, torn = read_rows(text, ",")
    assert rows[0] == ["A-1", 'two\nlines, "so" said', "open"]
    assert not torn


def test_a_note_with_many_commas_is_one_cell() -> None:
    """Well-formed text is read as it stands, however many commas a later line of a cell holds."""
    text = 'id,place,note\nA-1,"Mill, 1","two boys, aged 9,\nfound, in a field, a shell, a fuze"\nA-2,ford,x\n'
    rows, torn = read_rows(text, ",")
    assert [row[0] for row in rows] == ["id", "A-1", "A-2"]
    assert not torn


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=8))
def test_what_python_writes_is_read_as_written(table: list[list[str]]) -> None:
    """Cells that hold no delimiter beside their line breaks come back as they were."""
    table = [[cell.replace(",", ";") for cell in row] for row in table]
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(table)
    rows, torn = read_rows(stream.getvalue(), ",")
    assert (rows, torn) == (table, frozenset())


def test_the_row_is_told_with_its_number(tmp_path: Path) -> None:
    """The issue names the row of data, also below a row of tags, and what stands there."""
    path = tmp_path / "areas.csv"
    path.write_text(
        'id,place,state\n#meta+id,#loc+name,#status\nA-1,ford,x\nA-2,"mill,x\nA-3,b,x\n'
    )
    table = read_table(path)
    [told] = [one for one in table.issues if one.code == "quote_unclosed"]
    assert (table.count, told.row) == (3, 2)
    assert "mill" in told.message


@given(st.text(st.sampled_from('ab,"\n'), max_size=60))
def test_any_text_is_read_whole(text: str) -> None:
    """Every letter of the text is in some row, in order."""
    rows, _ = read_rows(text, ",")
    letters = [c for row in rows for cell in row for c in cell if c in "ab"]
    assert letters == [c for c in text if c in "ab"]
