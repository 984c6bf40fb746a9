"""From a form's text to the values that services take."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from landrelease.domain.plain import as_text
from landrelease.errors import FieldError

Parameter = Mapping[str, Any]


def number_in(values: Mapping[str, str], name: str) -> float | None:
    """Read a number, None where the field is empty; a comma may be the decimal sign.

    Raises
    ------
    FieldError
        It is no number.

    Examples
    --------
    >>> number_in({"a": " 0,5 "}, "a"), number_in({}, "a")
    (0.5, None)
    """
    text = values.get(name, "").strip()
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise FieldError(name, text, "is no number", "write digits, as in 0.5") from None


def needed_number(values: Mapping[str, str], name: str) -> float:
    """Read a number that must be given.

    Raises
    ------
    FieldError
        It is missing or no number.
    """
    number = number_in(values, name)
    if number is None:
        raise FieldError(name, "", "is needed", "fill the field")
    return number


def calculator_inputs(parameters: list[Parameter], values: Mapping[str, str]) -> dict[str, Any]:
    """Read a calculator's inputs; empty fields are left to their defaults.

    Raises
    ------
    FieldError
        A field holds no number.

    Examples
    --------
    >>> counts = {"name": "counts", "type": "integer", "multiple": True}
    >>> calculator_inputs([counts], {"counts": "38 26, 12"})
    {'counts': [38, 26, 12]}
    """
    read = ((p["name"], _value_of(p, values.get(p["name"], "").strip())) for p in parameters)
    return {name: value for name, value in read if value is not None}


def _value_of(parameter: Parameter, text: str) -> object:
    if not text:
        return None
    if not parameter.get("multiple"):
        return _one(parameter, text)
    return [_one(parameter, part) for part in text.replace(",", " ").replace(";", " ").split()]


def _one(parameter: Parameter, text: str) -> object:
    if parameter["type"] in ("str", "text"):
        return text
    try:
        number = float(text)
    except ValueError:
        raise FieldError(parameter["name"], text, "is no number", "write digits") from None
    return int(number) if number.is_integer() else number


def scenario_of(values: Mapping[str, str]) -> dict[str, Any]:
    """Build an outlook's scenario from its form; empty fields are left out.

    Raises
    ------
    FieldError
        A number is missing or unreadable.

    Examples
    --------
    >>> form = {"quantity_low": "400", "quantity_high": "600", "from_h": "4", "to_h": "48",
    ...         "failure_low": "0.01", "failure_high": "0.1"}
    >>> scenario_of(form)["cohorts"][0]["quantity"]
    {'low': 400, 'high': 600}
    """
    cohort: dict[str, Any] = {"quantity": _count(values)}
    for name in ("name", "munition", "rates", "emplaced_on"):
        if values.get(name, "").strip():
            cohort[name] = values[name].strip()
    never_armed = _interval(values, "never_armed")
    if never_armed is not None:
        cohort["never_armed_probability"] = never_armed
    cohort |= _self_destruct(values) | _self_deactivation(values)
    return {"cohorts": [cohort]}


def _self_destruct(values: Mapping[str, str]) -> dict[str, Any]:
    latest = number_in(values, "to_h")
    if latest is None:
        return {}
    failure = _interval(values, "failure")
    if failure is None:
        raise FieldError("failure_low", "", "is needed with a self-destruct time", "fill the field")
    earliest = number_in(values, "from_h") or 0.0
    return {"self_destruct": {"from_h": earliest, "to_h": latest, "failure_probability": failure}}


def _self_deactivation(values: Mapping[str, str]) -> dict[str, Any]:
    scale = number_in(values, "scale_days")
    if scale is None:
        return {}
    return {"self_deactivation": {"shape": number_in(values, "shape") or 1.0, "scale_days": scale}}


def _count(values: Mapping[str, str]) -> int | dict[str, int]:
    low = _whole("quantity_low", needed_number(values, "quantity_low"))
    high = number_in(values, "quantity_high")
    return low if high is None else {"low": low, "high": _whole("quantity_high", high)}


def _whole(name: str, number: float) -> int:
    if not number.is_integer():
        raise FieldError(name, number, "a count is a whole number")
    return int(number)


def _interval(values: Mapping[str, str], name: str) -> float | dict[str, float] | None:
    low, high = number_in(values, f"{name}_low"), number_in(values, f"{name}_high")
    if low is None or high is None:
        return low if high is None else high
    return {"low": low, "high": high}


def changed_fields(fields: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that a person altered, as JSON texts that keep a text a text.

    Examples
    --------
    >>> changed_fields({"claim": "inert", "days": 14}, {"field.claim": "7", "field.days": "15"})
    {'claim': '"7"', 'days': '15'}
    """
    changed = {}
    for name, value in fields.items():
        text = form.get(f"field.{name}")
        if text is not None and text.strip() != as_text(value).strip():
            is_text = isinstance(value, str)
            changed[name] = json.dumps(text.strip(), ensure_ascii=False) if is_text else text
    return changed


def chosen(form: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return what was chosen in the fields whose names begin alike, by the rest of the name.

    Examples
    --------
    >>> chosen({"stands.r1.killed": "take", "why": "seen"}, "stands.r1.")
    {'killed': 'take'}
    """
    return {
        name.removeprefix(prefix): value for name, value in form.items() if name.startswith(prefix)
    }


def assigned(text: str) -> dict[str, str]:
    """Read one ``name=value`` a line; empty lines say nothing.

    Raises
    ------
    FieldError
        A line has no equals sign, or no name before it.

    Examples
    --------
    >>> assigned("rests_on = T-1\\n\\nmeasures=fenced off")
    {'rests_on': 'T-1', 'measures': 'fenced off'}
    """
    found = {}
    for line in filter(str.strip, text.splitlines()):
        name, sign, value = line.partition("=")
        if not sign or not name.strip():
            raise FieldError("set", line, "is no field and value", "write name=value, one a line")
        found[name.strip()] = value.strip()
    return found
