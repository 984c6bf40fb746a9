"""Exports and reports never drop the lock of a write that is open in the same process.

POSIX locks belong to a process: another SQLite library that opens and closes the register's file
would drop them. Every export and report runs here while a write is open; after each, another
process must still be refused.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from landrelease.register import open_register
from landrelease.services import exporting, keeping, land, recording, reporting, totals, work

INTRUDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0.05, isolation_level=None)
try:
    connection.execute("BEGIN IMMEDIATE")
    print("taken")
except sqlite3.OperationalError as problem:
    print(problem)
"""
SQUARE = {"type": "Polygon", "coordinates": [[[5, 5], [5.01, 5], [5.01, 5.01], [5, 5.01], [5, 5]]]}


@pytest.fixture
def register(tmp_path):
    """A register with one area."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    body = {"local_id": "A", "hazard_kind": "SHA", "geometry": SQUARE}
    recording.record(path, {"entries": [{"kind": "hazardous_area", "body": body}]}, by="Tester")
    return path


def intruder(register) -> str:
    """What another process is told that tries to write."""
    command = [sys.executable, "-c", INTRUDER, str(register)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def reading(register, folder):
    """Every service that reads or writes beside the register, by name."""
    teams = folder / "teams.yaml"
    teams.write_text(
        "teams: [{name: A, activity_type: technical_survey, output_m2_per_day: 10}]", "utf-8"
    )
    suffixes = ("geojson", "gpkg", "zip", "kml", "csv", "hxl.csv", "xlsx")
    for suffix in suffixes:
        yield (
            f"export {suffix}",
            lambda suffix=suffix: exporting.export(
                register,
                folder / f"out.{suffix}",
                kind="hazardous_area",
                as_of=None,
                audience="internal",
            ),
        )
    yield "report", lambda: reporting.country(register, folder / "reports")
    yield "totals", lambda: totals.write_totals(register, folder / "totals.xlsx")
    yield "plan", lambda: work.plan(register, teams, horizon_days=10)
    yield "areas", lambda: land.areas(register)
    yield "verify", lambda: keeping.verify(register)
    yield "backup", lambda: keeping.backup(register, folder / "backup.gpkg")


def test_the_intruder_takes_a_free_register(register) -> None:
    """Without an open write the other process gets its lock, so a refusal means something."""
    assert intruder(register) == "taken"


def test_no_export_or_report_drops_the_lock(register, tmp_path) -> None:
    """While a write is open, each runs and the other process stays refused."""
    with open_register(register, write=True) as opened, opened.write("Tester"):
        assert intruder(register) == "database is locked"
        for name, call in reading(register, tmp_path):
            call()
            assert intruder(register) == "database is locked", name
