"""Which treaty binds whom on a date, from dated events with their sources.

Statuses follow the law and not the headlines: a signature is not a ratification, a notice of
withdrawal binds until it takes effect, a claimed suspension leaves the state a party.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from landrelease.errors import FieldError
from landrelease.terms import load_terms

TREATIES = ("MBT", "CCM", "CCW-AP2", "CCW-P5")


@dataclass(frozen=True)
class TreatyEvent:
    """One dated act of a state under a treaty; ``kind`` is signature, ratification, accession, …"""

    iso3: str
    treaty: str
    kind: str
    date: str
    source: str


@dataclass(frozen=True)
class Status:
    """Where a state stands to a treaty on a date.

    ``status`` is ``party``, ``signatory``, ``non-party`` or ``withdrawn``; ``note`` says what the
    one word hides, as a claimed suspension or an obligation not yet in force.
    """

    iso3: str
    treaty: str
    status: str
    since: str | None
    note: str
    events: tuple[TreatyEvent, ...]


@cache
def treaty_events() -> tuple[TreatyEvent, ...]:
    """Return every known event, in order of treaty, state and date."""
    sources = load_terms("treaties")["sources"]
    text = (files("landrelease.terms") / "treaty_events.csv").read_text(encoding="utf-8")
    return tuple(
        TreatyEvent(r["iso3"], r["treaty"], r["event"], r["date"], sources[r["source"]])
        for r in csv.DictReader(text.splitlines())
    )


@cache
def _index() -> dict[tuple[str, str], tuple[TreatyEvent, ...]]:
    table: dict[tuple[str, str], list[TreatyEvent]] = {}
    for event in treaty_events():
        table.setdefault((event.iso3, event.treaty), []).append(event)
    return {key: tuple(sorted(events, key=lambda e: e.date)) for key, events in table.items()}


def treaty_status(iso3: str, treaty: str, on: str | None = None) -> Status:
    """Return where a state stands to a treaty on a date.

    Parameters
    ----------
    iso3 : str
        ISO 3166-1 alpha-3 code; an unknown state is simply no party.
    treaty : str
        ``MBT``, ``CCM``, ``CCW-AP2`` or ``CCW-P5``.
    on : str, optional
        Partial ISO date, read as its last day; without it all known events count.

    Returns
    -------
    Status

    Raises
    ------
    FieldError
        The treaty is not one of the four.

    Examples
    --------
    >>> treaty_status("UKR", "MBT", "2004").status, treaty_status("UKR", "MBT", "2026").status
    ('signatory', 'party')
    >>> [treaty_status("LTU", "CCM", day).status for day in ("2025-03-05", "2025-03-06")]
    ['party', 'withdrawn']
    """
    if treaty not in TREATIES:
        raise FieldError(
            "treaty", treaty, "not a treaty of this register", f"one of {', '.join(TREATIES)}"
        )
    events = tuple(
        e for e in _index().get((iso3, treaty), ()) if on is None or e.date <= _last_day(on)
    )
    status, since, note = "non-party", None, ""
    for event in events:
        if event.kind in ("ratification", "accession"):
            status, since = "party", event.date
        elif event.kind == "signature" and status == "non-party":
            status, since = "signatory", event.date
        elif event.kind == "withdrawal":
            status, since = "withdrawn", event.date
        elif event.kind == "suspension":
            note = f"claims suspension since {event.date}; contested, remains a party"
    if status == "party" and not note:
        note = _force_note(_index()[iso3, treaty], on)
    return Status(iso3, treaty, status, since, note, events)


def _force_note(events: tuple[TreatyEvent, ...], on: str | None) -> str:
    """In force since when; says nothing where no event tells it."""
    force = next((e.date for e in events if e.kind == "entry_into_force"), None)
    if force is None:
        return ""
    if on is not None and force > _last_day(on):
        return f"in force from {force}"
    return f"in force since {force}"


def _last_day(partial: str) -> str:
    """Pad a partial date so that comparing strings puts it at its period's end."""
    return partial + "-12-31"[len(partial) - 4 :] if len(partial) < 10 else partial
