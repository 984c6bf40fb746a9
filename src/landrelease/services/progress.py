"""Work reported in m² before its polygons exist: told beside the account, never in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from landrelease.domain.known import names_of
from landrelease.domain.progress import Progress
from landrelease.errors import NotFoundError
from landrelease.register import Record, Register

Result = dict[str, Any]
STATEMENT = (
    "Reported by the teams, not mapped: no polygon says where. It releases nothing until land"
    " release products are recorded."
)


def reported_work(
    register: Register,
    as_of: str | None = None,
    known_at: str | None = None,
    scope: str | None = None,
) -> Result:
    """What activities report in m² beside what their products measure, within a scope.

    Parameters
    ----------
    scope : str, optional
        An area or a district, as in `balance`; without it, all.

    Returns
    -------
    dict
        ``{"reported_m2", "measured_m2", "unmapped_m2", "activities": [{"record_id", "local_id",
        "area", "district", "method", …}], "statement"}``. ``unmapped_m2`` is reported beyond what
        polygons measure: what they measure is in the balance and is not counted twice.
    """
    rows: list[Result] = []
    if found := register.progress(as_of, known_at):
        works = {r.record_id: r for r in register.records("activity", as_of=as_of)}
        names = None if scope is None else _names(register, scope)
        placed = ((one, _Place.of(register, works.get(one.activity))) for one in found)
        rows = [_row(one, at) for one, at in placed if names is None or names & at.names]
    sums = ("reported_m2", "measured_m2", "unmapped_m2")
    return {
        **{name: float(sum(row[name] for row in rows)) for name in sums},
        "activities": sorted(rows, key=lambda row: row["local_id"] or row["record_id"]),
        "statement": STATEMENT,
    }


@dataclass(frozen=True, slots=True)
class _Place:
    """An activity and the area that it works on, as far as they are known."""

    work: Record | None
    area: Record | None

    @classmethod
    def of(cls, register: Register, work: Record | None) -> _Place:
        """Look up the area that an activity names."""
        return cls(work, _area(register, work))

    @property
    def district(self) -> str | None:
        """The district that the activity names, else its area's."""
        bodies = (record.body for record in (self.work, self.area) if record)
        return next((str(b["district"]) for b in bodies if b.get("district")), None)

    @property
    def names(self) -> set[str]:
        """What the area and the district go by."""
        own = names_of(self.area) if self.area else set()
        return own | ({self.district} if self.district else set())


def _row(one: Progress, at: _Place) -> Result:
    return {
        "record_id": one.activity,
        "local_id": at.work.local_id if at.work else None,
        "area": (at.area.local_id or at.area.record_id) if at.area else None,
        "district": at.district,
        "method": one.method,
        "reported_m2": one.reported_m2,
        "measured_m2": one.measured_m2,
        "unmapped_m2": one.unmapped_m2,
    }


def _area(register: Register, work: Record | None) -> Record | None:
    if work is None or not work.body.get("area"):
        return None
    try:
        return register.record(work.body["area"], "hazardous_area")
    except NotFoundError:
        return None


def _names(register: Register, scope: str) -> set[str]:
    """Everything that the area or the district of a scope, or one under it, alone goes by."""
    names = {scope}
    districts = register.districts()
    for at in {part for one in districts.called(scope) for part in districts.within(one)}:
        unit = districts.units[at]
        known = (unit.record_id, unit.local_id, unit.code, unit.name)
        names |= {name for name in known if name and districts.place(name) == at}
    return names
