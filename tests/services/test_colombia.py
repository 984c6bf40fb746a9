"""Thirty files of real events: one mapping file makes records of different kinds of them."""

from __future__ import annotations

from collections import Counter

import pytest

from landrelease.register import open_register
from landrelease.services import keeping, layers

from ..conftest import ROOT

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def colombia(shared, tmp_path_factory):
    """The register with all thirty files, and the account of each."""
    path = tmp_path_factory.mktemp("col") / "col.gpkg"
    keeping.init(path, country="COL", name="Colombia", by="Tester", bbox=(-79.1, -4.3, -66.8, 12.6))
    mapping = ROOT / "examples" / "colombia-events.yaml"
    files = sorted((shared / "data" / "colombia-map-muse-events").glob("*.json"))
    accounts = {
        file.stem: layers.take_in(path, layers.ImportCall(file=file, mapping=mapping), by="Tester")
        for file in files
    }
    return path, accounts


def test_every_event_is_accounted_for(colombia) -> None:
    """Of 36,527 points in 30 files each is accepted or quarantined."""
    accounts = colombia[1].values()
    assert len(accounts) == 30
    assert sum(a["read"] for a in accounts) == 36527
    assert all(a["read"] == a["accepted"] + a["quarantined"] for a in accounts)
    assert sum(a["accepted"] for a in accounts) >= 36526


def test_event_types_become_kinds(colombia) -> None:
    """Accidents are accidents: 6,667 of anti-personnel mines and 242 of other ordnance."""
    with open_register(colombia[0]) as register:
        counts = register.counts()
        categories = Counter(r.body.get("category") for r in register.records("accident"))
    assert counts["accident"] == 6667 + 242
    assert categories["anti_personnel_mine"] == 6667
    assert len({"accident", "activity", "indication", "device"} & set(counts)) >= 3


def test_the_lost_sign_is_found(colombia) -> None:
    """The one longitude without its minus sign is flagged, in its file and row."""
    flagged = [
        (year, issue["row"])
        for year, account in colombia[1].items()
        for issue in account["issues"]
        if issue["code"] == "sign_missing"
    ]
    assert [year for year, _ in flagged] == ["2004"]


def test_years_become_partial_dates(colombia) -> None:
    """A year under a non-ASCII key is a date known to the year."""
    with open_register(colombia[0]) as register:
        years = Counter(r.occurred_on for r in register.records("accident"))
    assert set(years) <= {str(year) for year in range(1990, 2020)}
