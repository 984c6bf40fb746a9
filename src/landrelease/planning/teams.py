"""The teams file: who can work, on what, how much land a day. YAML, or JSON, which is YAML too.

::

    teams:
      - name: Survey team 1
        activity_type: non_technical_survey   # technical_survey, clearance …
        output_m2_per_day: 20000              # your own figure; there is no default
        working_days: 55                      # optional: days within the horizon
        base: [-29.4, 31.2]                   # optional: longitude, latitude
        max_distance_km: 60                   # optional: needs a base
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from landrelease.errors import FieldError, InputError
from landrelease.planning.problem import Team

_FIELDS = {
    "name",
    "activity_type",
    "output_m2_per_day",
    "working_days",
    "base",
    "max_distance_km",
}


def read_teams(path: Path) -> tuple[Team, ...]:
    """Read a teams file.

    Raises
    ------
    InputError
        The file is missing, not text, or not YAML or JSON.
    FieldError
        A team's value cannot be; the message names team and field.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(
            "file_missing", f"there is no teams file {path.name!r}", "check the path"
        ) from None
    except IsADirectoryError:
        raise InputError("file_is_directory", f"{path.name!r} is a folder, not a file") from None
    except UnicodeDecodeError:
        raise InputError("file_not_text", f"{path.name!r} is not UTF-8 text") from None
    return parse_teams(text, path.name)


def parse_teams(text: str, name: str = "teams") -> tuple[Team, ...]:
    """Return the teams of a file's text.

    Parameters
    ----------
    text : str
        YAML or JSON, a mapping with a list ``teams`` (or the bare list).
    name : str
        The file's name, for errors.

    Examples
    --------
    >>> parse_teams("teams: [{name: T1, activity_type: clearance, output_m2_per_day: 400}]")[0].name
    'T1'
    """
    try:
        parsed = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        line = str(problem).replace("\n", " ")
        raise InputError("teams_invalid", f"{name} is not YAML or JSON: {line}") from None
    listed = parsed.get("teams") if isinstance(parsed, Mapping) else parsed
    if not isinstance(listed, list) or not listed:
        raise InputError("teams_missing", f"{name} lists no teams", "write a list under 'teams:'")
    return tuple(_team(entry, index) for index, entry in enumerate(listed, start=1))


def _team(entry: Any, index: int) -> Team:
    where = f"teams[{index}]"
    if not isinstance(entry, Mapping):
        raise FieldError(where, entry, "a team is a mapping", f"fields: {_known()}")
    for name in entry.keys() - _FIELDS:
        raise FieldError(f"{where}.{name}", entry[name], "no such field", f"one of {_known()}")
    longitude, latitude = _base(entry.get("base"), where)
    for name in ("name", "activity_type"):
        if not isinstance(entry.get(name), str):
            raise FieldError(f"{where}.{name}", entry.get(name), "needed, as text")
    try:
        return Team(
            name=entry["name"].strip(),
            activity_type=entry["activity_type"],
            output_m2_per_day=_number(entry, "output_m2_per_day"),
            working_days=_whole(entry, "working_days"),
            base_longitude=longitude,
            base_latitude=latitude,
            max_distance_km=_optional(entry, "max_distance_km"),
        )
    except FieldError as problem:
        reason = problem.message.split(": ", 1)[1]
        raise FieldError(f"{where}.{problem.field}", problem.value, reason, problem.cure) from None


def _known() -> str:
    return ", ".join(sorted(_FIELDS))


def _number(entry: Mapping[str, Any], name: str) -> float:
    value = entry.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise FieldError(name, value, "a number is needed; it is your own figure")
    return float(value)


def _optional(entry: Mapping[str, Any], name: str) -> float | None:
    return None if entry.get(name) is None else _number(entry, name)


def _whole(entry: Mapping[str, Any], name: str) -> int | None:
    value = _optional(entry, name)
    if value is not None and value != int(value):
        raise FieldError(name, entry[name], "whole days are needed")
    return None if value is None else int(value)


def _base(base: Any, where: str) -> tuple[float | None, float | None]:
    if base is None:
        return None, None
    numbers = isinstance(base, list) and all(isinstance(v, (int, float)) for v in base)
    if not (numbers and len(base) == 2 and abs(base[0]) <= 180 and abs(base[1]) <= 90):
        raise FieldError(f"{where}.base", base, "a base is [longitude, latitude] in degrees")
    return float(base[0]), float(base[1])
