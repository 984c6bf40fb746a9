"""How much land products released, in the one way that the balance counts it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from landrelease.domain.releases import Release
from landrelease.domain.workflow import waits
from landrelease.geometry import area_m2
from landrelease.register import Record, Register


def releasing(register: Register, products: Iterable[Record]) -> list[Record]:
    """Products that release land: those that do not wait for approval, each with its date."""
    found = dated(register, products)
    states = register.workflow_states(found)
    return [p for p in found if not waits(states.get(p.record_id))]


def dated(register: Register, records: Iterable[Record]) -> list[Record]:
    """Return records with the date of what happened: a correction without a date moves none."""
    found = list(records)
    dates = register.dates_of(r.entry_id for r in found if r.occurred_on is None)
    return [replace(r, occurred_on=dates[r.entry_id]) if r.entry_id in dates else r for r in found]


@dataclass(frozen=True, slots=True)
class Measured:
    """Square metres by product.

    Attributes
    ----------
    in_balance : Mapping
        What each product of a standing area took, without what earlier ones of that area did.
    outside : Mapping
        What each product that belongs to none covers, without what earlier ones of those do: it
        reduces no area, and is in no balance.
    """

    in_balance: Mapping[str, float]
    outside: Mapping[str, float]

    @property
    def every(self) -> dict[str, float]:
        """Both, as what was worked."""
        return {**self.in_balance, **self.outside}


def measure(
    register: Register,
    as_of: str | None = None,
    known_at: str | None = None,
    wanted: Collection[str] | None = None,
) -> Measured:
    """Measure what products with a polygon took; ``wanted`` are record ids of products."""
    releases = register.released(as_of, known_at, wanted)
    return Measured(
        _sizes(one for one in releases if one.in_balance),
        _sizes(one for one in releases if not one.in_balance),
    )


def _sizes(releases: Iterable[Release]) -> dict[str, float]:
    found = list(releases)
    if not found:
        return {}
    sizes = np.atleast_1d(area_m2(np.array([one.share for one in found], dtype=object)))
    return {one.record_id: float(m2) for one, m2 in zip(found, sizes, strict=True)}
