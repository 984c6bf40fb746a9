"""Any file at all: it is taken in with every row accounted for, or refused and nothing is written."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrelease.errors import InputError
from landrelease.exchange import READERS
from landrelease.register import open_register
from landrelease.services import keeping, layers
from tests.exchange.bad_files import point
from tests.exchange.forms import MAPS, TABLES, geojson, written

bounded = settings(
    max_examples=60, deadline=20_000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty register."""
    path = tmp_path_factory.mktemp("empty") / "empty.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    return path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """A sound file of two rows in each format that is one file, by the end of its name."""
    folder = tmp_path_factory.mktemp("sound")
    rows = [
        {"local_id": "1", "place": "mill", "killed": 2, "geometry": point(17, 44)},
        {"local_id": "2", "place": "well", "killed": 0, "geometry": point(17.1, 44)},
    ]
    source = geojson(folder / "source.geojson", rows)
    files = {form: written(form, source, folder) for form in (*MAPS, *TABLES)}
    return {form: file.read_bytes() for form, file in files.items() if file.is_file()}


def taken(empty: Path, file: Path) -> None:
    """Take a file in: all is accounted for and proved, or the register is as it was."""
    register = Path(shutil.copy(empty, file.parent / "register.gpkg"))
    before = register.read_bytes()
    try:
        told = layers.take_in(register, layers.ImportCall(file, kind="accident"), by="T")
    except InputError:  # any other error is a fault
        assert register.read_bytes() == before
        return
    assert told["read"] == told["accepted"] + told["quarantined"]
    assert told["accepted"] == told["added"] + told["changed"] + told["unchanged"]
    with open_register(register) as opened:
        assert sum(1 for _ in opened.records("accident")) == told["added"]
        assert len(opened.quarantine()) == told["quarantined"]
        assert opened.verify().ok


def emptied(folder: Path) -> Path:
    """A folder without the files of the last run."""
    for one in folder.iterdir():
        with contextlib.suppress(IsADirectoryError):
            one.unlink()
    return folder


@bounded
@given(suffix=st.sampled_from(sorted(READERS)), content=st.binary(min_size=1, max_size=400))
def test_any_bytes_under_any_name(empty: Path, tmp_path: Path, suffix: str, content: bytes) -> None:
    """Whatever stands in a file of whatever ending, nothing is taken in by halves."""
    file = emptied(tmp_path) / f"file{suffix}"
    file.write_bytes(content)
    taken(empty, file)


changes = st.lists(st.tuples(st.floats(0, 0.999999), st.integers(0, 255)), min_size=1, max_size=6)


@bounded
@given(which=st.integers(0, 20), changes=changes, kept=st.floats(0.3, 1) | st.just(1.0))
def test_any_damage_to_a_sound_file(
    empty: Path, sound: Mapping[str, bytes], tmp_path: Path, which: int,
    changes: list[tuple[float, int]], kept: float,
) -> None:  # fmt: skip
    """Bytes changed anywhere, the end cut off: rows, or a refusal."""
    form, content = list(sound.items())[which % len(sound)]
    damaged = bytearray(content)
    for place, byte in changes:
        damaged[int(place * len(damaged))] = byte
    file = emptied(tmp_path) / f"file.{form}"
    file.write_bytes(damaged[: max(1, int(kept * len(damaged)))])
    taken(empty, file)


cells = st.text(max_size=12) | st.sampled_from(["17", "-91", "1e400", "2019-02-30", "NaN", "=1+1"])


@bounded
@given(
    header=st.lists(
        st.sampled_from(["local_id", "date", "longitude", "latitude", "killed", "place", "", "wkt"])
        | st.text(max_size=6), min_size=1, max_size=6,
    ),
    rows=st.lists(st.lists(cells, max_size=7), max_size=5),
    form=st.sampled_from(["csv", "ods"]),
)  # fmt: skip
def test_any_table(
    empty: Path, tmp_path: Path, header: list[str], rows: list[list[str]], form: str
) -> None:
    """Whatever the cells hold and however many a row has."""
    written_cells = [[_plain(cell, form) for cell in row] for row in (header, *rows)]
    taken(empty, TABLES[form](emptied(tmp_path) / f"file.{form}", written_cells))


def _plain(cell: str, form: str) -> str:
    """What the file format can hold: no half characters, and in XML no control characters."""
    sound = cell.encode("utf-8", "replace").decode()
    return sound if form == "csv" else "".join(c for c in sound if c.isprintable())


def test_a_sound_file_is_taken_in(empty: Path, sound: Mapping[str, bytes], tmp_path: Path) -> None:
    """The files that are damaged here are sound ones: each gives its two rows."""
    for form, content in sound.items():
        if form == "shp":
            continue  # of several files, of which one alone is read without its columns
        file = emptied(tmp_path) / f"file.{form}"
        file.write_bytes(content)
        register = Path(shutil.copy(empty, tmp_path / "register.gpkg"))
        mapping = tmp_path / "m.json"
        placed = {"crs": "EPSG:4326", "geometry": {"column": "geometry"}} if form in TABLES else {}
        mapping.write_text(json.dumps({"kind": "accident", **placed}), "utf-8")
        told = layers.take_in(register, layers.ImportCall(file, mapping=mapping), by="T")
        assert (told["read"], told["added"]) == (2, 2), form
