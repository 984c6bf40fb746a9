"""The build hook: it knows when the libraries are in place and turns the outline of land."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "hatch_build.py").is_file():
    pytest.skip("the build hook stands in the source tree only", allow_module_level=True)
_spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
hook = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(hook)


@pytest.fixture
def tree(tmp_path):
    """A source tree whose libraries are in place."""
    for name in ("package-lock.json", "hatch_build.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    vendor = tmp_path / hook.VENDOR
    vendor.mkdir(parents=True)
    (vendor / "htmx.min.js").write_text("code", "utf-8")
    hook.write_stamp(tmp_path)
    return tmp_path


def test_files_in_place_need_no_npm(tree, monkeypatch):
    """An unpacked source distribution is built without node and without asking for it."""
    monkeypatch.setattr(hook, "system_npm", lambda: None)
    monkeypatch.setattr(hook, "install_modules", lambda *_: pytest.fail("npm was called"))
    assert hook.ensure_assets(tree) is False
    made = object.__new__(hook.CustomBuildHook)
    made.__dict__["_BuildHookInterface__root"] = str(tree)
    assert made.dependencies() == []


@pytest.mark.parametrize("change", ["file altered", "file lost", "lock changed"])
def test_any_change_fetches_again(tree, change):
    """An altered or lost file and a new lock are noticed."""
    file = tree / hook.VENDOR / "htmx.min.js"
    if change == "file altered":
        file.write_text("other", "utf-8")
    elif change == "file lost":
        file.unlink()
    else:
        (tree / "package-lock.json").write_text("{}", "utf-8")
    assert hook.is_current(tree) is False


def test_node_is_asked_for_only_where_there_is_none(tree, monkeypatch):
    """The PyPI package of node is a build dependency only on machines without node."""
    (tree / hook.VENDOR / "htmx.min.js").unlink()
    made = object.__new__(hook.CustomBuildHook)
    made.__dict__["_BuildHookInterface__root"] = str(tree)
    monkeypatch.setattr(hook, "system_npm", lambda: ["npm"])
    assert made.dependencies() == []
    monkeypatch.setattr(hook, "system_npm", lambda: None)
    assert made.dependencies() == [hook.NODE_PACKAGE]


def test_outline_is_put_together_from_shared_arcs():
    """Two squares with a common side: one arc is walked both ways, rings close."""
    topology = {
        "transform": {"scale": [1, 1], "translate": [10, 0]},
        "arcs": [
            [[1, 0], [0, 1]],  # the common side, upwards
            [[1, 1], [-1, 0], [0, -1], [1, 0]],  # round the left square
            [[1, 0], [1, 0], [0, 1], [-1, 0]],  # round the right square
        ],
        "objects": {"land": {"geometries": [{"arcs": [[[0, 1]], [[2, ~0]]]}]}},
    }
    left, right = hook.land_outline(topology)["geometry"]["coordinates"]
    assert left == [[[11, 0], [11, 1], [10, 1], [10, 0], [11, 0]]]
    assert right == [[[11, 0], [12, 0], [12, 1], [11, 1], [11, 0]]]


def test_lock_pins_by_integrity_and_names_no_registry():
    """Every package has an integrity hash and none an address."""
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


def test_only_the_outline_of_land_is_taken_from_the_atlas():
    """No country borders are shipped: the atlas takes sides on disputed land."""
    assert "land" in hook.LAND_SOURCE
    assert "countries" not in (ROOT / "hatch_build.py").read_text("utf-8")
