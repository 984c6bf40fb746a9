"""What happened to a record, by a column of the file."""

import pytest

from landrelease.errors import InputError
from landrelease.exchange import build_mapping, prepare
from landrelease.exchange.tables import SourceTable

VALUES = {
    "declared": "hazardous_area.reported",
    "Closed": "hazardous_area.closed",
    "handed over": "hazardous_area.handed_over",
    "known": None,
}


def rows_of(words, kind="hazardous_area", **mapping):
    """Rows of one kind whose column says what happened."""
    table = SourceTable("t", {"did": words, "place": ["mill"] * len(words)}, len(words))
    action = {"column": "did", "values": VALUES, **mapping.pop("action", {})}
    base = {"kind": kind, "fields": {"place": "place"}, "action": action}
    if kind == "hazardous_area":
        base["fields"] = {**base["fields"], "hazard_kind": {"constant": "SHA"}}
    base["fields"] |= mapping.pop("fields", {})
    return prepare(table, build_mapping({**base, **mapping}, "m")).rows


def test_each_row_says_its_action_and_status_follows():
    """Words are matched without regard to case; an empty cell leaves it to the program."""
    found = rows_of(["Declared", "closed", "handed over", "", "known"])
    actions = [row.action for row in found]
    assert actions == [
        "hazardous_area.reported", "hazardous_area.closed", "hazardous_area.handed_over", None, None,
    ]  # fmt: skip
    assert [row.body["status"] for row in found] == [
        "open",
        "closed",
        "handed_over",
        "open",
        "open",
    ]
    assert not any(row.quarantined for row in found)


def test_an_unlisted_word_waits_unless_the_mapping_says_otherwise():
    """The cell and its column are named."""
    (row,) = rows_of(["frozen"])
    assert [one.code for one in row.issues if one.severity == "error"] == ["action_unknown"]
    assert "did = 'frozen'" in row.issues[0].message
    (row,) = rows_of(["frozen"], action={"otherwise": "hazardous_area.amended"})
    assert (row.action, row.quarantined) == ("hazardous_area.amended", False)


def test_an_action_belongs_to_its_kind():
    """An accident is not closed as land is, and no row voids or approves a record."""
    (row,) = rows_of(["closed"], kind="accident")
    assert [one.code for one in row.issues if one.severity == "error"] == ["action_unfit"]
    for act in ("record.voided", "record.verified", "record.approved", "identity.erased"):
        (row,) = rows_of(["gone"], action={"values": {"gone": act}})
        assert row.quarantined


def test_a_status_that_contradicts_its_action_waits():
    """Neither is believed over the other."""
    (row,) = rows_of(["closed"], fields={"status": {"constant": "open"}})
    assert [one.code for one in row.issues if one.severity == "error"] == ["action_contradicts"]
    (row,) = rows_of(["closed"], fields={"status": {"constant": "closed"}})
    assert not row.quarantined


def test_one_action_for_all_rows_as_before():
    """A bare string is the action of every row."""
    table = SourceTable("t", {"place": ["mill"]}, 1)
    rules = {"kind": "accident", "action": "record.amended", "fields": {"place": "place"}}
    (row,) = prepare(table, build_mapping(rules, "m")).rows
    assert row.action == "record.amended"


@pytest.mark.parametrize("rule", ["land.taken", {"column": "a", "values": {"x": "land.taken"}}])
def test_actions_of_a_mapping_are_known(rule):
    """A misspelt action is found when the mapping is read."""
    with pytest.raises(InputError) as caught:
        build_mapping({"kind": "accident", "action": rule}, "m")
    assert "land.taken" in caught.value.message
