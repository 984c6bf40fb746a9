"""What a country report is told: flat rows of facts, gathered by a service, nothing personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class MapArea:
    """A shape for the map: an outline of a hazardous area or a district.

    ``geometry`` is a GeoJSON mapping or any object with ``__geo_interface__``, in longitude and
    latitude; ``style`` is ``district``, ``SHA``, ``CHA``, ``suspended``, ``released``,
    ``closed`` or ``accident``.
    """

    geometry: Any
    style: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """Everything a country report says, as arguments.

    Parameters
    ----------
    name, country : str
        The register's name and the country's ISO 3166-1 alpha-3 code.
    register_id : str
        Id of the register.
    year : int
        Reporting year.
    as_of, known_at : str
        The date the state of land is for, and the time up to which entries were known.
    made_at : str
        UTC time of making, ISO.
    version : str
        Version of the software.
    heads : sequence of {"replica", "seq", "hash"}
        Heads of the ledger.
    areas : sequence
        ``record_id, local_id, hazard_kind, status, district, area_m2, remaining_m2,
        stated_area_m2, stated_left_m2``; m² measured are ``None`` where there is no polygon.
    not_released : sequence
        Areas that ended with land not released: ``record_id, local_id, status, district, why``,
        measured ``m2`` and ``stated_m2``; both are ``None`` where the size is unknown.
    products : sequence
        Land release: ``record_id, local_id, method, occurred_on, area, district, m2`` (what the
        product adds beyond earlier ones, measured), ``stated_area_m2, depth_m``.
    resurveys : sequence
        ``record_id, local_id``: surveys that drew an outline anew.
    balance : mapping
        As in ``balance --json``; `balances` the same by district, with its name in ``scope``.
    accidents : sequence
        ``record_id, local_id, occurred_on, district, setting, category, killed, injured``.
    victims : sequence
        ``accident`` (a record id), ``outcome, age_group``: counts by group, never a name.
    devices : sequence
        ``record_id, occurred_on, category, count, district``.
    activities : sequence
        ``record_id, activity_type, status, started_on, ended_on, district``.
    not_shown : sequence of {"what", "why", "count", "records"?}
        Reported hazards that map and measured totals do not show.
    quarantined : sequence of {"layer", "code", "message", "count"}
        Rows that wait outside the register.
    inquiries : sequence
        Open inquiries: ``record_id, occurred_on, area, accident, why``.
    awaiting : sequence, optional
        Records that wait for approval: ``record_id, kind, state``; None where none is asked for.
    work : mapping
        Progress reported in m² beside what products measure, as in ``balance --json``.
    conflicts, undated : sequence
        ``code, message, records`` and ``record_id, local_id, kind``.
    treaties : sequence
        ``treaty, status, since, deadline, source, evidence`` of the country.
    sources : sequence
        ``record_id, title, publisher, published_on, url, records`` (how many rest on it).
    plan, forecast, outlook : mapping, optional
        As in ``plan --json``, ``forecast --json`` and ``outlook --json``.
    withheld : int
        How many words were taken out because they name a person.
    shapes : sequence of MapArea
        What the map draws.
    """

    name: str
    country: str
    year: int
    as_of: str
    known_at: str
    made_at: str
    version: str
    register_id: str = ""
    heads: Rows = ()
    areas: Rows = ()
    not_released: Rows = ()
    products: Rows = ()
    resurveys: Rows = ()
    balance: Mapping[str, Any] = field(default_factory=dict)
    balances: Rows = ()
    accidents: Rows = ()
    victims: Rows = ()
    devices: Rows = ()
    activities: Rows = ()
    not_shown: Rows = ()
    quarantined: Rows = ()
    inquiries: Rows = ()
    awaiting: Rows | None = None
    work: Mapping[str, Any] = field(default_factory=dict)
    conflicts: Rows = ()
    undated: Rows = ()
    treaties: Rows = ()
    sources: Rows = ()
    plan: Mapping[str, Any] | None = None
    forecast: Mapping[str, Any] | None = None
    outlook: Mapping[str, Any] | None = None
    withheld: int = 0
    shapes: Sequence[MapArea] = ()
