"""What a file leaves unsaid of a product is listed until a person says why."""

from __future__ import annotations

import pytest

from landrelease.domain.entries import Draft
from landrelease.register import create_register, open_register
from landrelease.services import recording, review

IMPORT = "0190c000-0000-7000-8000-000000000001"
AREA = Draft(
    "hazardous_area",
    "hazardous_area.reported",
    {"local_id": "A", "hazard_kind": "SHA", "status": "open"},
    occurred_on="2014",
)
FIELD = {"type": "Polygon", "coordinates": [[[17, 44], [17.01, 44], [17.01, 44.01], [17, 44]]]}


@pytest.fixture
def path(tmp_path):
    """A register with a product of a file that names no activity and no depth."""
    found = tmp_path / "register.gpkg"
    area = AREA._replace(body={**AREA.body, "geometry": FIELD})
    body = {"local_id": "P", "area": "A", "method": "cleared", "geometry": FIELD}
    product = Draft(
        "land_release_product", "land.released", body, occurred_on="2016", import_id=IMPORT
    )
    with create_register(found, name="Test", author="Ana") as register, register.write("Ana") as w:
        w.append([area, product])
    return found


def amend(path, **said):
    """Record an amendment of the product by hand."""
    reason = said.pop("reason", "read in the archive")
    entry = {"kind": "land_release_product", "reason": reason, "body": {"local_id": "P", **said}}
    recording.record(path, {"entries": [entry]}, by="Ana")


def codes(path):
    """Codes of the conflicts about what products lack."""
    found = {one["code"] for one in review.conflicts(path)["conflicts"]}
    return found & {"activity_missing", "depth_missing"}


def test_the_reason_of_another_field_explains_no_missing_work(path):
    """The reason of a spelling is none of a release without activity or depth."""
    amend(path, district="Jajce", reason="spelling")
    amend(path, note="page 4", reason="a note")
    assert codes(path) == {"activity_missing", "depth_missing"}


def test_a_reason_of_the_field_itself_settles_it(path):
    """Each is settled by a correction of its own, and stays so through corrections of others."""
    amend(path, depth_m=0.2, depth_datum="ground_surface")
    assert codes(path) == {"activity_missing"}
    amend(path, activity=None, reason="no report of the team is left")
    assert codes(path) == set()
    amend(path, district="Jajce", reason="spelling")
    assert codes(path) == set()


def test_a_file_that_says_it_again_is_listed_again(path):
    """What a person said of a product says nothing of another product that a file brings."""
    amend(path, activity=None, reason="no report of the team is left")
    body = {"local_id": "Q", "area": "A", "method": "cancelled", "geometry": FIELD}
    with open_register(path, write=True) as register, register.write("Ana") as writer:
        writer.append([Draft("land_release_product", "land.released", body, import_id=IMPORT)])
    assert codes(path) == {"activity_missing"}
