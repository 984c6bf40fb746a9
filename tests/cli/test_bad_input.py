"""Bad input gives one line with a code and the cure, and leaves the register as it was."""

from __future__ import annotations

import json
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


def test_layers_that_cannot_be_read(inside: Run, register: Path, bad: dict[str, Path]) -> None:
    """Missing, empty, a folder: each is named, and nothing is written."""
    before = register.read_bytes()
    expected = {
        "missing": "file_missing",
        "empty.geojson": "file_empty",
        "folder": "file_is_directory",
    }
    for name, code in expected.items():
        ran = inside("import", bad[name], "-r", register, "--by", "T", "--kind", "hazardous_area")
        assert refused(ran) == code
    assert register.read_bytes() == before


def test_documents_that_cannot_be_read(inside: Run, register: Path, bad: dict[str, Path]) -> None:
    """A binary file is no text; a missing one is named."""
    assert refused(inside("extract", bad["binary.txt"])) == "file_binary"
    assert refused(inside("extract", bad["missing"])) == "file_missing"
    assert refused(inside("extract", bad["empty.geojson"])) == "file_empty"
    assert refused(inside("extract", bad["folder"])) == "file_is_directory"
    assert (
        refused(inside("ingest", bad["binary.txt"], "-r", register, "--by", "T")) == "file_binary"
    )


def test_registers_that_are_none(inside: Run, tmp_path: Path) -> None:
    """Another program's SQLite file, a folder, a text file and nothing are each told apart."""
    other = tmp_path / "other.gpkg"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (a)")
    text = tmp_path / "text.gpkg"
    text.write_text("not a register")
    assert refused(inside("areas", "-r", other)) == "not_a_register"
    assert refused(inside("areas", "-r", text)) == "not_a_register"
    assert refused(inside("areas", "-r", tmp_path)) == "register_is_directory"
    assert refused(inside("areas", "-r", tmp_path / "none.gpkg")) == "register_missing"
    assert refused(inside("areas"), status=2) == "register_needed"


def test_dates_that_cannot_be(inside: Run, register: Path) -> None:
    """An impossible date is refused with its field."""
    assert refused(inside("areas", "-r", register, "--as-of", "2023-02-30")) == "date_invalid"
    assert refused(inside("balance", "-r", register, "--as-of", "soon")) == "date_invalid"


@pytest.mark.parametrize(
    "words", ["areas", "balance", "balance --scope Kozarac", "near 17 44", "totals"]
)
def test_an_empty_date_is_no_date(inside: Run, register: Path, words: str) -> None:
    """Whichever command is asked: no figures of now for a date that somebody left empty."""
    assert refused(inside(*words.split(), "-r", register, "--as-of", "")) == "date_invalid"


def test_writing_needs_a_name(inside: Run, register: Path, tmp_path: Path) -> None:
    """A command that writes refuses to act for nobody."""
    entries = tmp_path / "e.json"
    entries.write_text('{"entries": []}')
    assert refused(inside("record", entries, "-r", register), status=2) == "author_needed"


def test_port_in_use(inside: Run, register: Path) -> None:
    """A port that is taken is said before anything starts."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = inside("serve", "-r", register, "--by", "T", "--port", port)
    assert refused(ran) == "port_in_use"


def test_scenario_that_is_no_json(inside: Run, tmp_path: Path) -> None:
    """A scenario that is not JSON is refused with its place."""
    path = tmp_path / "s.json"
    path.write_text("{")
    assert refused(inside("outlook", path)) == "json_invalid"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("frob", "no such command 'frob'"),
        ("exprot", "Did you mean 'export'?"),
        ("areas --nope", "no such option: --nope; see landrelease areas --help"),
        ("areas --as-of", "option '--as-of' requires an argument"),
        ("areas extra", "(extra); see landrelease areas --help"),
        ("show", "missing argument 'ID'; see landrelease show --help"),
        ("plan", "missing option '--teams'; see landrelease plan --help"),
        ("plan --teams t --horizon x", "invalid value for '--horizon': 'x' should be a valid int"),
        ("near 1 abc", "invalid value for 'LAT': 'abc' should be a valid number"),
        ("report nope", "no such command 'nope'; see landrelease report --help"),
    ],
)
def test_a_call_that_cannot_be_read_is_told_as_any_error(inside: Run, call: str, told: str) -> None:
    """One line with a code, the word at fault, and where to look; exit 2."""
    ran = inside(*call.split())
    assert refused(ran, status=2) == "usage"
    assert told in ran.err
    assert ran.out == ""


def test_help_and_versions_are_no_errors(inside: Run) -> None:
    """Help asked for ends with 0; a command that needs another one answers with its help and 2."""
    for call, status in (("--help", 0), ("areas --help", 0), ("--version", 0), ("report", 2)):
        ran = inside(*call.split())
        assert ran.status == status
        assert "error[" not in ran.err
        assert "landrelease" in ran.out + ran.err


@pytest.fixture
def filled(inside: Run, tmp_path: Path) -> Path:
    """A register with something to write: an area, a file attached to it, a row that waits."""
    area = {"local_id": "A", "hazard_kind": "SHA", "stated_area_m2": 5}
    entry = {"kind": "hazardous_area", "body": area}
    (tmp_path / "e.json").write_text(json.dumps({"entries": [entry]}))
    (tmp_path / "rows.csv").write_text("id,hazard_kind\n1,SHA\n")
    path = tmp_path / "filled.gpkg"
    who = ("-r", path, "--by", "T")
    for call in (
        ("init", path, "--by", "T"),
        ("record", tmp_path / "e.json", *who),
        ("attach", "A", tmp_path / "e.json", *who),
        ("import", tmp_path / "rows.csv", "--kind", "hazardous_area", *who),
    ):
        assert inside(*call).status == 0
    return path


WRITING = [
    "export PLACE.csv --kind hazardous_area",
    "export PLACE.xlsx --kind hazardous_area",
    "export PLACE.geojson",
    "export PLACE.gpkg",
    "quarantine --out PLACE.csv",
    "quarantine --out PLACE.geojson",
    "totals --out PLACE.xlsx",
    "attachments --audience internal --out PLACE",
    "report country --out PLACE",
    "import rows.csv --kind hazardous_area --by T --changes PLACE.xlsx",
    "backup PLACE.gpkg",
]


@pytest.mark.parametrize("kind", ["missing", "file", "closed", "directory"])
def test_no_place_to_write_to(
    inside: Run, filled: Path, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing folder, a file in its place, one that is closed, a folder of the name: each is named."""
    place = {"missing": "none/a", "file": "a_file/a", "closed": "/proc/a", "directory": "held"}[
        kind
    ]
    (tmp_path / "a_file").write_text("mine")
    for suffix in (".csv", ".xlsx", ".geojson", ".gpkg"):
        (tmp_path / f"held{suffix}").mkdir()
    monkeypatch.chdir(tmp_path)
    before = filled.read_bytes()
    for call in WRITING:
        makes_folders = "PLACE." not in call and kind in ("missing", "directory")
        if makes_folders or (call.startswith("backup") and kind == "directory"):
            continue  # it makes the folder, or writes into it
        ran = inside(*call.replace("PLACE", place).split(), "-r", filled)
        assert refused(ran) in UNWRITABLE, call
        assert place.removesuffix("/a").strip("/") in ran.err, call
        assert "; " in ran.err, f"no cure: {ran.err}"
    assert filled.read_bytes() == before
    assert (tmp_path / "a_file").read_text() == "mine"


UNWRITABLE = {"file_unwritable", "file_is_directory", "file_exists", "folder_missing",
              "backup_exists", "register_unreachable"}  # fmt: skip
