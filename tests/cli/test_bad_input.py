"""Bad input gives one line with a code and the cure, and leaves the register as it was."""

from __future__ import annotations

import re
import socket
import sqlite3
from pathlib import Path

import pytest

from .conftest import Ran, Run

_ONE_LINE = re.compile(r"error\[[a-z_]+\]: .+")


def refused(ran: Ran, status: int = 1) -> str:
    """Check the form of a refusal and return its code."""
    assert ran.status == status, (ran.out, ran.err)
    lines = ran.err.strip().splitlines()
    assert len(lines) == 1, ran.err
    assert _ONE_LINE.fullmatch(lines[0]), lines
    return lines[0].split("[", 1)[1].split("]", 1)[0]


@pytest.fixture
def bad(tmp_path: Path) -> dict[str, Path]:
    """Files that are not what they should be."""
    files = {name: tmp_path / name for name in ("empty.geojson", "binary.txt", "no_crs.csv")}
    files["empty.geojson"].write_bytes(b"")
    files["binary.txt"].write_bytes(bytes(range(256)) * 20)
    files["folder"] = tmp_path / "folder.geojson"
    files["folder"].mkdir()
    files["missing"] = tmp_path / "missing.geojson"
    return files


def test_layers_that_cannot_be_read(run: Run, register: Path, bad: dict[str, Path]) -> None:
    """Missing, empty, a folder: each is named, and nothing is written."""
    before = register.read_bytes()
    expected = {
        "missing": "file_missing",
        "empty.geojson": "file_empty",
        "folder": "file_is_directory",
    }
    for name, code in expected.items():
        ran = run("import", bad[name], "-r", register, "--by", "T", "--kind", "hazardous_area")
        assert refused(ran) == code
    assert register.read_bytes() == before


def test_documents_that_cannot_be_read(run: Run, register: Path, bad: dict[str, Path]) -> None:
    """A binary file is no text; a missing one is named."""
    assert refused(run("extract", bad["binary.txt"])) == "file_binary"
    assert refused(run("extract", bad["missing"])) == "file_missing"
    assert refused(run("extract", bad["empty.geojson"])) == "file_empty"
    assert refused(run("extract", bad["folder"])) == "file_is_directory"
    assert refused(run("ingest", bad["binary.txt"], "-r", register, "--by", "T")) == "file_binary"


def test_layer_without_coordinate_system(run: Run, register: Path, tmp_path: Path) -> None:
    """A shapefile without a .prj is refused and says how to name the system."""
    import numpy as np
    import pyogrio
    import shapely

    path = tmp_path / "areas.shp"
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array([shapely.box(5, 5, 6, 6)])),
        field_data=[np.array([1])],
        fields=np.array(["id"]),
        geometry_type="Polygon",
        driver="ESRI Shapefile",
    )
    ran = run("import", path, "-r", register, "--by", "T", "--kind", "hazardous_area")
    assert refused(ran) == "crs_missing"


def test_registers_that_are_none(run: Run, tmp_path: Path) -> None:
    """Another program's SQLite file, a folder, a text file and nothing are each told apart."""
    other = tmp_path / "other.gpkg"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (a)")
    text = tmp_path / "text.gpkg"
    text.write_text("not a register")
    assert refused(run("areas", "-r", other)) == "not_a_register"
    assert refused(run("areas", "-r", text)) == "not_a_register"
    assert refused(run("areas", "-r", tmp_path)) == "register_is_directory"
    assert refused(run("areas", "-r", tmp_path / "none.gpkg")) == "register_missing"
    assert refused(run("areas"), status=2) == "register_needed"


def test_dates_that_cannot_be(run: Run, register: Path) -> None:
    """An impossible date is refused with its field."""
    assert refused(run("areas", "-r", register, "--as-of", "2023-02-30")) == "date_invalid"
    assert refused(run("balance", "-r", register, "--as-of", "soon")) == "date_invalid"


def test_writing_needs_a_name(run: Run, register: Path, tmp_path: Path) -> None:
    """A command that writes refuses to act for nobody."""
    entries = tmp_path / "e.json"
    entries.write_text('{"entries": []}')
    assert refused(run("record", entries, "-r", register), status=2) == "author_needed"


def test_port_in_use(run: Run, register: Path) -> None:
    """A port that is taken is said before anything starts."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = run("serve", "-r", register, "--by", "T", "--port", port)
    assert refused(ran) == "port_in_use"


def test_scenario_that_is_no_json(run: Run, tmp_path: Path) -> None:
    """A scenario that is not JSON is refused with its place."""
    path = tmp_path / "s.json"
    path.write_text("{")
    assert refused(run("outlook", path)) == "json_invalid"
