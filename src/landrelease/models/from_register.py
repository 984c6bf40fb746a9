"""From what a register holds to a scenario: an accepted claim or transfer starts one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    notes = [
        f"Started from a claim of {fields.get('claimant') or 'an unnamed claimant'}.",
        f"No quantity is claimed: numbers are per {REFERENCE_QUANTITY:,} items.",
    ]
    if fields.get("stance") == "disputes":
        notes.append("The claimant disputes the property: the catalogue's numbers are used.")
    else:
        _take_claim(cohort, notes, fields, named)
    return {"cohorts": [cohort], "notes": notes}


def _take_claim(
    cohort: dict[str, Any], notes: list[str], fields: Mapping[str, Any], named: Munition
) -> None:
    """Put the claimed duration and failures into the cohort.

    That mines become inert bounds what can function. It says nothing of what needs clearance,
    for which the catalogue or the treaty's limit stands.
    """
    window = dict(_catalogue_window(cohort, named))
    claimed = _claimed_failures(fields)
    if claimed is not None:
        window["failure_probability"] = claimed
        notes.append(f"Failures of {claimed:g} per item are as claimed.")
    duration = _duration_days(fields)
    if duration is not None:
        window |= {"from_h": 0.0, "to_h": duration * HOURS_PER_DAY}
        notes.append(f"Self-destruction at an even rate over the {duration:g} days claimed.")
    if duration is not None and _speaks_of_inertness(fields):
        cohort["self_deactivation"] = {
            "distribution": "uniform",
            "from_days": 0.0,
            "to_days": duration,
        }
        notes.append(
            "What does not self-destruct becomes inert over the same days; inert is not cleared."
        )
    if duration is not None or claimed is not None:
        cohort["self_destruct"] = window


def _catalogue_window(cohort: Mapping[str, Any], named: Munition) -> Mapping[str, Any]:
    """Self-destruction as in the scenario the cohort would take, else at the treaty's limit."""
    key = cohort.get("rates") or named.default_scenario
    scenario = named.scenarios.get(key) if key else None
    window = scenario.cohort.get("self_destruct") if scenario else None
    if window is not None:
        return window  # type: ignore[no-any-return]
    return {"from_h": 0.0, "to_h": 720.0, "failure_probability": TREATY_FAILURE_PROBABILITY}


def _speaks_of_inertness(fields: Mapping[str, Any]) -> bool:
    text = str(fields.get("property") or "").casefold()
    return any(word in text for word in ("inert", "deactivat", "neutrali"))


def _claimed_failures(fields: Mapping[str, Any]) -> float | None:
    """Claimed share of failures, where the claim's value is a share."""
    value = fields.get("value_max") or fields.get("value_min")
    per_unit = {"%": 100.0, "percent": 100.0, "per cent": 100.0, "per million": 1e6}
    scale = per_unit.get(str(fields.get("unit") or "").casefold())
    return float(value) / scale if scale and value is not None else None


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
        "name": text.strip() or named.name,
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


def scenario_from_minefield_records(bodies: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return a scenario from the minefield records of an area, or None where none tells a number.

    Parameters
    ----------
    bodies : sequence of mapping
        Bodies of ``minefield_record`` with ``mines_recorded``, ``laid_on`` and ``name``.

    Returns
    -------
    dict or None
        One cohort for each record with a number of mines, as mines without self-destruction.

    Examples
    --------
    >>> scenario_from_minefield_records([{"mines_recorded": 40}])["cohorts"][0]["quantity"]
    40
    """
    cohorts = [
        {
            "name": str(body.get("name") or f"minefield record {number}"),
            "munition": "conventional-ap-mine",
            "quantity": body["mines_recorded"],
            "never_armed_probability": 0.0,
            **({"emplaced_on": body["laid_on"]} if body.get("laid_on") else {}),
        }
        for number, body in enumerate(bodies, start=1)
        if body.get("mines_recorded")
    ]
    if not cohorts:
        return None
    note = (
        "Numbers are those of the minefield records; what was laid without record is not in them."
    )
    return {"cohorts": cohorts, "notes": [note]}
