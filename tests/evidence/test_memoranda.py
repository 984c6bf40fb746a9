"""Authorised maximum, recipient and date of real drawdown memoranda against their index."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from landrelease.evidence.documents import read_document
from landrelease.evidence.extract import extract

SHARED = Path(os.environ.get("LANDRELEASE_SHARED", Path(__file__).parents[3] / "shared"))
FOLDER = SHARED / "data" / "us-pda-memoranda"
ROWS = list(csv.DictReader((FOLDER / "index.csv").open())) if FOLDER.is_dir() else []
ISO3 = {"Ukraine": "UKR", "Taiwan": "TWN", "Israel": "ISR", "Haiti": "HTI"}


@pytest.mark.skipif(not ROWS, reason="the memoranda are not here (LANDRELEASE_SHARED)")
@pytest.mark.parametrize("row", ROWS, ids=[r["date"] for r in ROWS])
def test_memorandum_gives_maximum_recipient_and_date(row):
    """One authorised transfer of the index's value, recipient and date, and no equipment."""
    raw = (FOLDER / "memoranda" / row["file"]).read_bytes()
    found = [p for p in extract(read_document(raw)).proposals if p.category == "transfer"]
    assert [(p.fields["value"], p.fields["recipient"], p.fields["date"]) for p in found] == [
        (int(row["max_value_usd"]), ISO3[row["recipient"]], row["date"])
    ]
    assert found[0].fields["supplier"] == "USA"
    assert found[0].fields["status"] == "authorised"
    assert found[0].fields["items"] == []
