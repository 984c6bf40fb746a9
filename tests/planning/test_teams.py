"""The teams file: YAML or JSON, every wrong value named by team and field."""

from __future__ import annotations

import json

import pytest

from landrelease.errors import FieldError, InputError
from landrelease.planning import parse_teams, read_teams

TEAM = {
    "name": "Survey 1",
    "activity_type": "technical_survey",
    "output_m2_per_day": 5000,
    "working_days": 40,
    "base": [-29.5, 31.0],
    "max_distance_km": 80,
}


def test_json_and_yaml_say_the_same():
    """A JSON file with the bare list and a YAML file with 'teams:' give equal teams."""
    text = "teams:\n  - {name: Survey 1, activity_type: technical_survey, output_m2_per_day: 5000,"
    text += " working_days: 40, base: [-29.5, 31.0], max_distance_km: 80}\n"
    assert parse_teams(json.dumps([TEAM])) == parse_teams(text)
    assert parse_teams(text)[0].base == (-29.5, 31.0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("output_m2_per_day", "many"),
        ("output_m2_per_day", True),
        ("output_m2_per_day", -3),
        ("output_m2_per_day", None),
        ("working_days", 2.5),
        ("base", [200, 0]),
        ("base", "Port"),
        ("activity_type", "digging"),
        ("activity_type", 3),
        ("name", None),
        ("colour", "red"),
    ],
)
def test_a_wrong_value_names_team_and_field(field, value):
    """The error says which team of the file, which field and the value as written."""
    with pytest.raises(FieldError) as caught:
        parse_teams(json.dumps({"teams": [TEAM, {**TEAM, field: value}]}))
    assert caught.value.field.startswith(f"teams[2].{field}")


def test_files_that_are_no_teams_files(tmp_path):
    """A missing file, a folder, binary content, broken YAML and an empty list each have a code."""
    binary = tmp_path / "teams.bin"
    binary.write_bytes(b"\xff\xfe\x00teams")
    for path, code in (
        (tmp_path / "none.yaml", "file_missing"),
        (tmp_path, "file_is_directory"),
        (binary, "file_not_text"),
    ):
        with pytest.raises(InputError) as caught:
            read_teams(path)
        assert caught.value.code == code
    for text, code in (
        ("{", "teams_invalid"),
        ("teams: []", "teams_missing"),
        ("", "teams_missing"),
    ):
        with pytest.raises(InputError) as caught:
            parse_teams(text)
        assert caught.value.code == code
