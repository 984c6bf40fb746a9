"""What a person reads at a terminal of 80 columns."""

from __future__ import annotations

import logging

import pytest
from rich.console import Console

from landrelease.cli import ask, output, review

ROW = {
    "year": "2021",
    "province": "North Province",
    "district": "San Juan del Sur",
    "method": "cleared",
    "depth_m": 0.2,
    "products": 12,
    "m2": 1_172_128.0,
    "outside_m2": 1_172.0,
    "stated_m2": 500.0,
    "records": ["P-1"],
}


def shown(result, call, monkeypatch):
    """What is printed at 80 columns."""
    console = Console(width=80, highlight=False)
    for module in (output, review):
        monkeypatch.setattr(module, "out", console)
    with console.capture() as caught:
        call(result)
    return caught.get()


def test_totals_have_headings_that_can_be_read(monkeypatch) -> None:
    """No word of a heading is broken; a column that says nothing in any row is left out."""
    bare = ROW | {"outside_m2": 0.0, "stated_m2": 0.0}
    totals = {"released": [ROW, bare], "devices": [], "reported": []}
    words = shown(totals, review._totals, monkeypatch).split()
    assert {"year", "province", "district", "method", "depth", "products", "outside"} <= {*words}
    assert {"stated", "1,172,128", "1,172", "500"} <= {*words}
    text = shown(totals | {"released": [bare]}, review._totals, monkeypatch)
    assert "outside" not in text
    assert "stated" not in text


def test_a_long_text_beside_numbers_leaves_room_for_the_columns_after_it(monkeypatch) -> None:
    """In a table of differences a column holds numbers and texts; what it becomes stays in sight."""
    rows = [("name", "long " * 60, "after"), ("people_affected", 12_000, 13_000)]

    def told(_result):
        output.table(["what", "before", "now"], rows)

    text = shown({}, told, monkeypatch)
    assert {"after", "12,000", "13,000"} <= {*text.split()}


def test_what_rounding_leaves_of_an_area_is_nothing(monkeypatch) -> None:
    """No fraction of a square metre in powers of ten."""
    assert ask._to_tenths(1.124e-07) == 0
    assert output.cell(ask._to_tenths(1.124e-07)) == "0"
    assert ask._to_tenths(None) is None


def test_an_erasure_without_an_identity_names_none(monkeypatch) -> None:
    """Of a record that holds names and no identity, the names are erased."""
    lists = ("standing", "attachments_erased", "attachments_unsearched", "alone")
    result = {"identity": None, "complete": True, **{name: [] for name in lists}}
    assert "None" not in shown(result, review._erased, monkeypatch)
    assert "ID-7" in shown(result | {"identity": "ID-7"}, review._erased, monkeypatch)


@pytest.mark.parametrize("terminal", [True, False])
def test_long_work_is_told_at_a_terminal_alone(terminal, monkeypatch) -> None:
    """What a room logs stands on stderr, where somebody waits for it."""
    console = Console(width=80, force_terminal=terminal, highlight=False)
    monkeypatch.setattr(output, "err", console)
    line = logging.makeLogRecord({"msg": "[%s] of %s entries", "args": (20, 40)})
    with console.capture() as caught:
        output.LongWork().emit(line)
    assert ("[20] of 40 entries" in caught.get()) is terminal


def test_records_of_the_future_are_told(monkeypatch) -> None:
    """In one line, and only where there are any."""
    assert "2 records are dated in the future" in shown({"ahead": 2}, output.ahead, monkeypatch)
    assert shown({"ahead": 0}, output.ahead, monkeypatch) == ""
