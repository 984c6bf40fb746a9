"""Whatever the bytes, an import is whole or not at all, and the account adds up."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landrelease.errors import LandReleaseError
from landrelease.register import open_register
from landrelease.services import keeping, layers, mending
from tests.services.test_mending import square

HOW = {"kind": "hazardous_area", "set_fields": {"hazard_kind": "SHA"}}


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """One register for all files."""
    path = tmp_path_factory.mktemp("fuzz") / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Tester")
    return path


def layer():
    """A layer of four areas, one of them without geometry."""
    features = [
        {"type": "Feature", "geometry": shape, "properties": properties}
        for shape, properties in (
            square(local_id="A-1", status="open", stated_area_m2=5),
            square(18, local_id="A-2", place="mill; well"),
            square(19, local_id="A-3", occurred_on="03/04/2019"),
            (None, {"local_id": "A-4"}),
        )
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


SOUND = layer()
edits = st.lists(
    st.tuples(st.integers(0, len(SOUND) - 1), st.sampled_from(list(b'0123456789.,-eE"[]{}nulA x'))),
    max_size=6,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits)
def test_an_import_is_whole_or_not_at_all(register, tmp_path_factory, changes):
    """A refused file leaves no trace; a read one has each row in one place, and nothing is released."""
    content = bytearray(SOUND)
    for place, byte in changes:
        content[place] = byte
    path = tmp_path_factory.mktemp("f") / "areas.geojson"
    path.write_bytes(bytes(content))
    with open_register(register) as opened:
        before, areas = opened.revision(), len(opened.areas())
    try:
        account = layers.take_in(register, layers.ImportCall(file=path, **HOW), by="Tester")
    except LandReleaseError:
        with open_register(register) as opened:
            assert opened.revision() == before
        return
    assert account["read"] == account["accepted"] + account["quarantined"]
    assert account["accepted"] == account["added"] + account["changed"] + account["unchanged"]
    with open_register(register) as opened:
        assert len(opened.areas()) == areas + account["added"]
    assert mending.quarantine(register)["count"] >= account["quarantined"]


def test_the_register_is_sound_after_all_of_it(register):
    """Every hash, chain and layer."""
    assert keeping.verify(register)["ok"]
