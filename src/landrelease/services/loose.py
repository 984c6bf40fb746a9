"""Records that nothing dates, and records that name nothing of what they belong to."""

from __future__ import annotations

from typing import Any

from landrelease.register import Record, Register
from landrelease.services.released import dated

Result = dict[str, Any]

#: What happened on some day, apart from land.
_HAPPENED = ("accident", "device")
#: Of each kind what it belongs to, by one of these fields.
_BELONGS = {
    "victim": ("accident",),
    "device": ("area", "activity"),
    "land_release_product": ("activity",),
}


def undated(register: Register) -> list[Result]:
    """Return records of land, accidents, devices and victims that nothing dates.

    A victim has the date of the accident that it names.
    """
    happened = [r for kind in _HAPPENED for r in dated(register, register.records(kind))]
    victims = dated(register, register.records("victim"))
    alone = [victim for victim in victims if not victim.body.get("accident")]
    land = dated(register, register.undated())
    areas = [one for one in land if one.kind == "hazardous_area"]  # as they stand: open or ended
    others = (one for one in (*land, *happened, *alone) if one.kind != "hazardous_area")
    return [_named(one) for one in (*areas, *(r for r in others if r.occurred_on is None))]


def unlinked(register: Register) -> list[Result]:
    """Return victims without an accident, devices without area or work, products without work."""
    return [
        {**_named(record), "lacks": list(fields)}
        for kind, fields in _BELONGS.items()
        for record in register.records(kind)
        if not any(record.body.get(name) for name in fields)
    ]


def _named(record: Record) -> Result:
    return {"record_id": record.record_id, "local_id": record.local_id, "kind": record.kind}
