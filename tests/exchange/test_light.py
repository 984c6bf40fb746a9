"""The room stays light: heavy libraries load when a file needs them, and are named when absent."""

import subprocess
import sys

import pytest

from landrelease.errors import MissingExtraError
from landrelease.exchange import list_layers, read_table, write_table
from tests.exchange.bad_files import csv
from tests.exchange.test_writing import areas


def test_importing_the_room_loads_neither_gdal_nor_spreadsheets():
    """Reading a GeoJSON needs no optional part, so none is loaded."""
    code = (
        "import sys, landrelease.exchange;"
        "print([m for m in ('pyogrio', 'python_calamine', 'xlsxwriter') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("module", "name"), [("pyogrio", "a.gpkg"), ("python_calamine", "a.xlsx")])
def test_reading_names_the_missing_part(tmp_path, monkeypatch, module, name):
    """Without the part a format needs, the cure is the command that installs it."""
    monkeypatch.setitem(sys.modules, module, None)
    path = csv(tmp_path, "x", name=name)
    for call in (read_table, list_layers):
        with pytest.raises(MissingExtraError, match="gis"):
            call(path)


@pytest.mark.parametrize(("module", "name"), [("pyogrio", "a.gpkg"), ("xlsxwriter", "a.xlsx")])
def test_writing_names_the_missing_part(tmp_path, monkeypatch, module, name):
    """The same when writing, and no file is left behind."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match="gis"):
        write_table(tmp_path / name, [areas()])
    assert list(tmp_path.iterdir()) == []
