"""From what a register holds to a scenario: an accepted claim or transfer starts one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landrelease.errors import FieldError
from landrelease.models.catalogue import Munition, find_munition

REFERENCE_QUANTITY = 1000
HOURS_PER_DAY = 24
TREATY_FAILURE_PROBABILITY = 0.10


def scenario_from_claim(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a scenario from the fields of a munition claim or of a transfer.

    Parameters
    ----------
    fields : mapping
        Fields of an accepted ``munition_claim`` (``munition``, ``duration_days``,
        ``claimant`` …) or ``transfer`` (``items`` with ``name`` and ``quantity``, ``date`` …).

    Returns
    -------
    dict
        A scenario for :func:`~landrelease.models.outlook.outlook`; its ``notes`` say what was
        assumed beyond the fields.

    Raises
    ------
    FieldError
        The fields name no munition that the catalogue knows.

    Examples
    --------
    >>> claim = {"munition": "non-persistent mines", "duration_days": 14, "claimant": "M. Miller"}
    >>> scenario = scenario_from_claim(claim)
    >>> scenario["cohorts"][0]["self_destruct"]["to_h"]
    336.0
    """
    return _from_transfer(fields) if fields.get("items") else _from_claim(fields)


def _from_claim(fields: Mapping[str, Any]) -> dict[str, Any]:
    text = str(fields.get("munition") or "")
    named = find_munition(text)
    if named is None:
        raise FieldError("munition", text, "the catalogue knows no munition of this name")
    cohort = _cohort(named, text, REFERENCE_QUANTITY)
    notes = [f"Started from a claim of {fields.get('claimant') or 'an unnamed claimant'}."]
    notes.append(f"No quantity is claimed: numbers are per {REFERENCE_QUANTITY:,} items.")
    if fields.get("stance") == "disputes":
        notes.append("The claimant disputes the property: the catalogue's numbers are used.")
    elif duration := _duration_days(fields):
        chance, origin = _claimed_failure(fields, named)
        cohort["self_destruct"] = {
            "distribution": "uniform",
            "from_h": 0,
            "to_h": duration * HOURS_PER_DAY,
            "failure_probability": chance,
        }
        notes.append(
            f"The claim of {duration:g} days is taken as an even rate of self-destruction; {origin}"
        )
    return {"cohorts": [cohort], "notes": notes}


def _from_transfer(fields: Mapping[str, Any]) -> dict[str, Any]:
    cohorts, notes = [], ["A transfer is not use: the outlook supposes that all items were used."]
    for item in fields["items"]:
        name = str(item.get("name") or "")
        named = find_munition(name) or find_munition(str(item.get("class") or ""))
        if named is None:
            notes.append(f"Left out, as the catalogue does not know it: {name or 'unnamed item'}.")
            continue
        quantity = item.get("quantity")
        if quantity is None:
            notes.append(f"{name}: no quantity is stated; numbers are per {REFERENCE_QUANTITY:,}.")
        cohorts.append(_cohort(named, name, quantity or REFERENCE_QUANTITY))
    if not cohorts:
        raise FieldError("items", [item.get("name") for item in fields["items"]], "none is known")
    if isinstance(fields.get("date"), str):
        notes.append(f"Day 0 would be the transfer of {fields['date']} at the earliest.")
    return {"cohorts": cohorts, "notes": notes}


def _cohort(named: Munition, text: str, quantity: int) -> dict[str, Any]:
    cohort: dict[str, Any] = {
        "name": text.strip(" \"'«»“”") or named.name,
        "munition": named.munition_id,
        "quantity": quantity,
    }
    if named.default_scenario is None and "claimed" in named.scenarios:
        cohort["rates"] = "claimed"
    return cohort


def _duration_days(fields: Mapping[str, Any]) -> float | None:
    if fields.get("duration_days"):
        return float(fields["duration_days"])
    per_day = {"day": 1.0, "hour": 1 / HOURS_PER_DAY, "week": 7.0, "month": 30.0}
    scale = per_day.get(str(fields.get("unit") or "").rstrip("s"))
    longest = fields.get("value_max") or fields.get("value_min")
    return float(longest) * scale if scale and longest else None


def _claimed_failure(fields: Mapping[str, Any], named: Munition) -> tuple[Any, str]:
    """Failure probability the claim or the catalogue gives, and where it comes from."""
    scenario = named.scenarios.get("claimed")
    window = scenario.cohort.get("self_destruct") if scenario else None
    if window is not None:
        chance = window["failure_probability"]
        return chance, f"it gives no failures, so the catalogue's claim of {chance} is used."
    chance = TREATY_FAILURE_PROBABILITY
    return chance, f"it gives no failures, so the treaty's limit of {chance} is used."
