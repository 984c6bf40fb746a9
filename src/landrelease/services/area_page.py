"""Everything one page shows of a hazardous area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely

from landrelease.domain.workflow import status_under
from landrelease.register import Record, Register, open_register
from landrelease.services.land import balance_json
from landrelease.services.lineage import lineage_of
from landrelease.services.missing import missing_of
from landrelease.services.records import (
    entry_json,
    not_released_of,
    record_json,
    until_then,
    what_holds,
)
from landrelease.services.released import measure

Result = dict[str, Any]


def area_page(path: Path, record_id: str) -> Result:
    """Everything one page shows of an area: facts, balance, products, history, sources."""
    from landrelease.services.area_science import area_outlook, clearances_of, inspection_of

    with open_register(path) as register:
        record = until_then(register, register.meant(record_id))
        linked = register.linked_to(record.record_id)
        products = [r for r in linked if r.kind == "land_release_product"]
        states = register.workflow_states([record, *linked])
        state = states.get(record.record_id)
        measured = measure(register, wanted=[p.record_id for p in products]).every
        entries = [entry_json(register, e) for e in register.history(record.record_id)]
        account = balance_json(register, scope=record.record_id)
        doubts, inquired = register.in_doubt(), register.inquired()
        left = not_released_of(register, [record]).get(record.record_id)
        holds = what_holds(register, record, state)
        return {
            "record": {**_measured(record, account, state, holds), **record_json(record)},
            "holds": holds,
            "geometry": _drawn(register, record),
            "products": [
                {
                    **record_json(p),
                    "m2": measured.get(p.record_id),
                    "workflow": states.get(p.record_id),
                    "in_doubt": list(doubts.get(p.record_id, ())),
                }
                for p in products
            ],
            "inquiries": [record_json(r) for r in linked if r.record_id in inquired],
            "accidents": [record_json(r) for r in linked if r.kind == "accident"],
            "linked": [
                record_json(r)
                for r in linked
                if r.kind not in ("land_release_product", "accident", "proposal")
            ],
            "in_doubt": list(doubts.get(record.record_id, ())),
            "not_released": None if left is None else left.message,
            "missing": missing_of(register, record.record_id),
            "balance": account,
            "history": entries,
            "sources": _distinct([e["source"] for e in entries if e["source"]]),
            "outlook": area_outlook(linked),
            "clearances": clearances_of(register, linked),
            "lineage": lineage_of(register, record)["trees"],
            "inspection": inspection_of(account["cleared_m2"] or 0.0),
        }


def _measured(record: Record, account: Result, state: str | None, holds: Result) -> Result:
    """An area's row, its figures from its account: the outline is what was reported and redrawn."""
    body = {**record.body, **holds}
    drawn = not account["stated"]["areas"] and account["reported_m2"] > 0
    return {
        **{name: body.get(name) for name in ("hazard_kind", "district", "stated_area_m2")},
        "status": status_under(state, str(body.get("status"))),
        "workflow": state,
        "area_m2": account["reported_m2"] + account["resurvey_m2"] if drawn else None,
        "remaining_m2": account["remaining_m2"] if drawn else None,
        "undated": record.occurred_on is None,
    }


def _drawn(register: Register, record: Record) -> Any:
    """What is left of an area's ground, else its outline; where parts hold all, where it was."""
    left = register.outlines(record_id=record.record_id).get(record.record_id)
    if left is not None and not left.is_empty:
        return shapely.geometry.mapping(left)
    outline = register.redrawn(wanted={record.record_id}).get(record.record_id)
    if outline is not None and not outline.is_empty:
        return shapely.geometry.mapping(outline)
    return record.body.get("geometry")


def _distinct(sources: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return list({source["id"]: source for source in sources}.values())
