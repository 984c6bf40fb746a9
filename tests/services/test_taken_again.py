"""A file that is taken in again: «unchanged» is said of rows that stand in the register as they are."""

from __future__ import annotations

import pytest

from landrelease.services import land, recording
from tests.services.test_mending import register, square, take, write_layer

__all__ = ["register"]


def _ids(register) -> dict[str, str]:
    return {a["local_id"]: a["status"] for a in land.areas(register)["areas"]}


def _void(register, **what: str) -> dict:
    return recording.void(
        register, **{"record_id": None, "import_id": None, **what}, why="x", by="Tester"
    )


def test_rows_of_an_undone_import_come_back_with_a_later_file(register, tmp_path):
    """Rows that a later import found unchanged are gone with the import that brought them."""
    two = square(17, local_id="A"), square(18, local_id="B")
    first = take(register, write_layer(tmp_path, *two))
    path = write_layer(tmp_path, *two, square(19, local_id="C"))
    take(register, path)
    _void(register, import_id=first["import_id"])
    assert set(_ids(register)) == {"C"}
    again = take(register, path)
    assert (again["added"], again["unchanged"]) == (2, 1)
    assert set(_ids(register)) == {"A", "B", "C"}


def test_the_first_of_two_files_again_is_compared_with_the_second(register, tmp_path):
    """An undated file taken in a second time says once more what a later file had changed."""
    first = write_layer(tmp_path, square(17, local_id="A", status="open"))
    take(register, first)
    text = first.read_text()
    later = square(17, local_id="A", status="suspended"), square(18, local_id="B")
    take(register, write_layer(tmp_path, *later))
    first.write_text(text)
    again = take(register, first)
    assert (again["changed"], again["unchanged"], len(again["vanished"])) == (1, 0, 1)
    assert _ids(register) == {"A": "open", "B": "open"}


@pytest.mark.parametrize("names", [("one", "two"), ("one", "two", "one"), ("one", "one")])
def test_an_id_that_stands_twice_brings_nothing_the_second_time(register, tmp_path, names):
    """A file that says two things of one record does not change it each time it is taken in."""
    path = write_layer(tmp_path, *(square(17, local_id="A", name=name) for name in names))
    take(register, path)
    again = take(register, path)
    assert (again["added"], again["changed"], again["import_id"]) == (0, 0, None)
    assert again["unchanged"] == names.count("one")


def test_an_older_file_with_dates_says_nothing_of_today(register, tmp_path):
    """A dated file again is compared with the record as it stood at its date."""
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "layer: areas\nkind: hazardous_area\noccurred_on: day\n"
        "fields: {local_id: local_id, hazard_kind: {constant: SHA}, status: status}\n"
    )
    how = {"mapping": mapping}
    old = square(17, local_id="A", status="open", day="2023-01-01")
    first = write_layer(tmp_path, old, name="first.geojson")
    new = square(17, local_id="A", status="suspended", day="2024-01-01")
    take(register, first, **how)
    take(register, write_layer(tmp_path, new), **how)
    again = take(register, first, **how)
    assert (again["unchanged"], again["import_id"]) == (1, None)
    assert _ids(register) == {"A": "suspended"}
