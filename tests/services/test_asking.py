"""A record is found by what people read or type of its id, and never a wrong one."""

from __future__ import annotations

import pytest

from landrelease.errors import NotFoundError
from landrelease.services import keeping, land, lineage, recording, records, review
from landrelease.services.area_page import area_page

from .test_review import entry, record

IDS = ("0190c000-0000-7000-8000-00000000000a", "0190c000-0000-7000-8000-00000000000b")
OTHER = "7bd442f0-7686-4fb5-ac27-9166cee45299"


@pytest.fixture
def path(tmp_path):
    """Two areas whose ids begin alike, one that nothing is like, and a team that is called alike."""
    found = tmp_path / "r.gpkg"
    keeping.init(found, country=None, name="Test", by="Tester")
    area = {"hazard_kind": "SHA", "stated_area_m2": 1.0}
    names = {IDS[0]: "BA-SHA-0123", IDS[1]: "Č-1"}
    for record_id, name in names.items():
        body = {**area, "local_id": name}
        record(found, {**entry("hazardous_area", body), "record_id": record_id})
    record(found, {**entry("hazardous_area", area), "record_id": OTHER})
    record(found, entry("team", {"local_id": "T-1", "name": "One"}))
    record(found, entry("team", {"local_id": "t-1", "name": "Two"}))
    return found


@pytest.mark.parametrize(
    ("words", "record_id"),
    [
        ("7bd442f0", OTHER),
        ("7bd442f0-7686", OTHER),
        (" 7BD442F0-7686 ", OTHER),
        ("ba-sha-0123", IDS[0]),
        ("c-1", IDS[1]),
        ("0190c000-0000-7000-8000-00000000000B", IDS[1]),
    ],
)
def test_the_beginning_of_an_id_and_a_local_id_in_other_letters_are_known(path, words, record_id):
    """By every question about one record, which says what it took."""
    for answer in (records.show, records.history, lineage.lineage):
        told = answer(path, words)
        assert (told["record_id"], told["taken_for"]) == (record_id, words.strip())
    assert area_page(path, words)["record"]["record_id"] == record_id


def test_who_gives_the_id_is_told_nothing(path):
    """An id or a local id as it stands is no guess."""
    for words in (OTHER, IDS[0], "BA-SHA-0123"):
        assert records.show(path, words)["taken_for"] is None


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("0190c000", "record_ambiguous", "BA-SHA-0123"),
        ("T-1 ", None, "One"),
        ("7bd442f", "record_unknown", "id"),
        ("BA-SHA-012", "record_unknown", "id"),
        ("%%%%%%%%", "record_unknown", "id"),
    ],
)
def test_what_may_mean_several_records_or_too_little_means_none(path, words, code, told):
    """A short beginning, one of several, part of a local id; as written goes before other letters."""
    if code is None:
        assert records.show(path, words)["body"]["name"] == told
        return
    with pytest.raises(NotFoundError) as caught:
        records.show(path, words)
    assert caught.value.code == code
    assert told in str(caught.value.cure)


def test_no_change_takes_the_beginning_of_an_id(path):
    """Nothing is voided by a guess."""
    with pytest.raises(NotFoundError):
        recording.void(path, record_id="7bd442f0", import_id=None, why="x", by="Tester")
    with pytest.raises(NotFoundError):
        land.balance(path, scope="7bd442f0")


def test_conflicts_and_changes_name_records_by_their_local_id(path):
    """What is listed can be asked for."""
    area = {"hazard_kind": "SHA", "stated_area_m2": 1.0, "local_id": "BA-SHA-0123"}
    record(path, {**entry("hazardous_area", area), "record_id": OTHER})
    [shared] = review.conflicts(path, "local_id_shared")["conflicts"]
    assert shared["local_ids"] == ["BA-SHA-0123", "BA-SHA-0123"]
    told = [one["local_id"] for one in review.changes(path, "2020")["entries"]]
    assert {"BA-SHA-0123", "Č-1", "T-1"} <= set(told)
