"""Which treaties bind a state on a date, with the dated events they rest on."""

from __future__ import annotations

from typing import Any

from landrelease.domain.dates import PartialDate
from landrelease.errors import NotFoundError
from landrelease.services.times import today
from landrelease.terms import load_terms
from landrelease.terms.treaties import TREATIES, Status, treaty_status

Result = dict[str, Any]


def status(state: str, on: str | None = None) -> Result:
    """Every treaty's status for one state, named by code or by name.

    Raises
    ------
    NotFoundError
        The vocabulary knows no such state.
    """
    iso3 = state_code(state)
    date = str(PartialDate.parse(on, "on")) if on else today().isoformat()
    return {
        "state": iso3,
        "on": date,
        "treaties": [_described(treaty_status(iso3, name, date)) for name in TREATIES],
    }


def rows(iso3: str, on: str) -> list[Result]:
    """Rows for a report: treaty, status, since, and the sources."""
    found = status(iso3, on)["treaties"] if iso3 in load_terms("states")["states"] else []
    return [
        {
            "treaty": row["treaty"],
            "status": row["status"],
            "since": row["since"],
            "deadline": None,
            "source": "; ".join(dict.fromkeys(event["source"] for event in row["events"])),
            "evidence": "secondary",
        }
        for row in found
    ]


def state_code(state: str) -> str:
    """ISO 3166-1 alpha-3 code of a state named by code or by name.

    Examples
    --------
    >>> state_code("ukr"), state_code("Ukraine")
    ('UKR', 'UKR')
    """
    states = load_terms("states")["states"]
    wanted = state.strip().casefold()
    for iso3, terms in states.items():
        if wanted in {name.casefold() for name in (iso3, *terms["names"])}:
            return str(iso3)
    raise NotFoundError(
        "state_unknown", f"no state {state!r} is known", "give its ISO 3166-1 alpha-3 code"
    )


def _described(found: Status) -> Result:
    if found.iso3.startswith("X") and not found.events:
        # ISO 3166-1 leaves XAA to XZZ to users: no treaty table speaks of such a state
        note = "the treaty table does not know this state"
        unknown: Result = {"status": "unknown", "since": None, "note": note, "events": []}
        return {"treaty": found.treaty, **unknown}
    events = [{"event": e.kind, "date": e.date, "source": e.source} for e in found.events]
    return {
        "treaty": found.treaty,
        "status": found.status,
        "since": found.since,
        "note": found.note,
        "events": events,
    }
