"""QGIS opens the register, edits a layer, and the edit waits for a person."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from landrelease.domain.entries import Draft

PYTHON = "/usr/bin/python3"  # Debian's, which the QGIS bindings belong to
EDIT = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(sys.argv[1] + "|layername=hazardous_area", "areas", "ogr")
found = {"valid": layer.isValid(), "count": layer.featureCount(), "crs": layer.crs().authid()}
feature = next(layer.getFeatures())
layer.startEditing()
layer.changeAttributeValue(feature.id(), layer.fields().indexFromName("place"), "edited in QGIS")
moved = feature.geometry()
moved.translate(0.0001, 0)
layer.changeGeometry(feature.id(), moved)
found["committed"] = layer.commitChanges()
del layer
app.exitQgis()
print(json.dumps(found))
"""
SQUARE = {"type": "Polygon", "coordinates": [[[5, 5], [5.01, 5], [5.01, 5.01], [5, 5.01], [5, 5]]]}


@pytest.fixture(scope="module")
def qgis() -> None:
    """Skip where QGIS's Python bindings are not installed (Debian: python3-qgis)."""
    if not Path(PYTHON).is_file():
        pytest.skip(f"no {PYTHON}")
    probe = [PYTHON, "-c", "import qgis.core"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("QGIS is not installed (python3-qgis)")


def test_qgis_opens_edits_and_the_edit_waits(qgis, path, register) -> None:
    """The layer is valid with its system; attribute and geometry edits are logged and undone."""
    body = {"local_id": "A", "hazard_kind": "SHA", "geometry": SQUARE}
    with register.write("Ana") as writer:
        writer.append([Draft("hazardous_area", "hazardous_area.reported", body)])
    done = subprocess.run(
        [PYTHON, "-c", EDIT, str(path)], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found == {"valid": True, "count": 1, "crs": "EPSG:4326", "committed": True}
    edits = register.outside_edits()
    assert edits
    assert {edit.layer for edit in edits} == {"hazardous_area"}
    for edit in reversed(edits):
        with register.write("Ana") as writer:
            writer.reject_edit(edit.edit_id, "a trial")
    assert register.verify().ok
    assert not path.with_name(path.name + "-wal").exists()
