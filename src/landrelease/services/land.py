"""Questions about land: what is known, where, since when, says who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from landrelease.domain.doubt import doubt_in_words
from landrelease.domain.folding import folded
from landrelease.domain.kinds import check_value, kind_spec
from landrelease.domain.land import AreaState, Balance, Conflict
from landrelease.domain.workflow import waits
from landrelease.errors import FieldError
from landrelease.pace import collector_paused
from landrelease.register import Record, Register, open_register
from landrelease.services.country import stray_point
from landrelease.services.inquiries import open_inquiries
from landrelease.services.places import check_district, named_in
from landrelease.services.progress import reported_work
from landrelease.services.records import entry_json, in_words, not_released_of

Result = dict[str, Any]
NO_RECORD = "No record is not evidence of no contamination."
#: Kinds with a place that say nothing of the ground; what a national programme adds does.
_NOT_OF_GROUND = frozenset({"district", "education_session", "resurvey", "team", "victim"})


@dataclass(frozen=True, slots=True)
class AreaFilter:
    """Which areas are wanted; what is None lets all through.

    ``district`` is asked of the register, which knows what a district goes by.
    """

    search: str | None = None
    hazard_kind: str | None = None
    status: str | None = None
    district: str | None = None

    def __post_init__(self) -> None:
        """Refuse codes that no area can have.

        Raises
        ------
        FieldError
            ``hazard_kind`` or ``status`` is not in its code list.
        """
        fields = kind_spec("hazardous_area").fields
        for name in ("hazard_kind", "status"):
            if value := getattr(self, name):
                object.__setattr__(self, name, check_value(fields[name], value))

    def lets(self, area: AreaState, called: Container[str] = ()) -> bool:
        """Whether an area is among the wanted; ``called`` are those whose name holds the words."""
        return (
            (self.search is None or area.record_id in called or self._finds(area, self.search))
            and (not self.hazard_kind or area.hazard_kind == self.hazard_kind)
            and (not self.status or area.status == self.status)
        )

    @staticmethod
    def _finds(area: AreaState, words: str) -> bool:
        named = f"{area.local_id} {area.record_id} {area.district}"
        return folded(words) in folded(named)


def areas(
    path: Path,
    as_of: str | None = None,
    known_at: str | None = None,
    wanted: AreaFilter | None = None,
) -> Result:
    """List hazardous areas; the JSON of the design, with what is not shown and why.

    Raises
    ------
    NotFoundError
        No district and no area goes by the wanted district (``district_unknown``).
    """
    wanted = wanted or AreaFilter()
    with open_register(path) as register, collector_paused():
        named = named_in(register, wanted.district, as_of, known_at)
        told = register.areas_told(as_of=as_of, known_at=known_at)
        placed = [area for area in told.states if named(area)]
        if not placed:
            check_district(register, wanted.district, as_of, known_at)
        called = register.named_like("hazardous_area", wanted.search) if wanted.search else ()
        found = [area for area in placed if wanted.lets(area, called)]
        inquired = open_inquiries(register, as_of, known_at)
        doubts = register.in_doubt(as_of, known_at)
        reasons = hidden(register, known_at, len(told.unplaced))
        ahead = register.ahead(as_of, known_at)
    return {
        "as_of": as_of,
        "known_at": known_at,
        "ahead": ahead,
        "count": len(found),
        "areas": [
            area_row(a, inquired, told.left) | {"in_doubt": list(doubts.get(a.record_id, ()))}
            for a in found
        ],
        "not_shown": reasons,
    }


def area_row(area: AreaState, inquired: Mapping[str, int], left: Mapping[str, Conflict]) -> Result:
    """One area as a row of JSON, without its geometry.

    ``inquired`` counts inquiries by name; ``left`` says what was not released, by record id.
    """
    remains = left.get(area.record_id)
    return {
        "record_id": area.record_id,
        "local_id": area.local_id,
        "hazard_kind": area.hazard_kind,
        "status": area.status,
        "stated_area_m2": area.stated_area_m2,
        "area_m2": area.area_m2,
        "remaining_m2": area.remaining_m2,
        "stated_left_m2": area.stated_left_m2,
        "district": area.district,
        "undated": area.undated,
        "date_uncertain": area.date_uncertain,
        "workflow": area.workflow,
        "open_inquiries": inquired.get(area.record_id, 0) + inquired.get(area.local_id or "", 0),
        "not_released": None if remains is None else remains.message,
    }


def not_shown(
    register: Register, as_of: str | None = None, known_at: str | None = None
) -> list[Result]:
    """Reported hazards that no map of a date shows: in quarantine, or without a geometry."""
    return hidden(register, known_at, len(register.unplaced_areas(as_of, known_at)))


def hidden(register: Register, known_at: str | None, unplaced: int) -> list[Result]:
    """`not_shown`, where it is known how many areas are unplaced.

    Rows that wait are those of the time asked for, whatever date they tell of: nobody has read it.
    """
    rows = register.quarantine() if known_at is None else register.quarantine_then(known_at)
    waiting = Counter(row.worst["code"] for row in rows if row.kind == "hazardous_area")
    missing = waiting.pop("geometry_missing", 0) + waiting.pop("geometry_empty", 0)
    reasons = []
    if missing:
        text = "reported hazards have no geometry and nothing else that places them"
        reasons.append({"code": "no_geometry", "count": missing, "text": text})
    if waiting:
        text = "reported hazards wait in quarantine for other reasons"
        reasons.append({"code": "quarantined", "count": sum(waiting.values()), "text": text})
    if unplaced:
        text = "recorded hazards have a stated area or a place name, but no geometry"
        reasons.append({"code": "recorded_without_geometry", "count": unplaced, "text": text})
    return reasons


def near(
    path: Path,
    longitude: float,
    latitude: float,
    radius_m: float = 500.0,
    *,
    as_of: str | None = None,
    known_at: str | None = None,
) -> Result:
    """What is known near a point, or stood there on a date, nearest first, with sources.

    ``outside`` tells of a point that lies in another country than the register's, as where
    longitude and latitude changed places; ``not_shown`` of hazards that can be near nothing.
    """
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise FieldError(
            "LON LAT", [longitude, latitude], "not degrees east and north", "longitude comes first"
        )
    if radius_m < 0:
        raise FieldError("radius", radius_m, "metres cannot be negative")
    with open_register(path) as register:
        near_by = register.near(longitude, latitude, radius_m, as_of=as_of, known_at=known_at)
        left = not_released_of(register, (one for one, _ in near_by), as_of, known_at)
        doubts = register.in_doubt(as_of, known_at)
        held = register.fields_held(as_of, known_at) if near_by else {}
        found = [
            _near_json(
                register,
                replace(record, body={**record.body, **held.get(record.record_id, {})}),
                distance_m,
                left.get(record.record_id),
                doubts.get(record.record_id, ()),
            )
            for record, distance_m in near_by
            if record.kind not in _NOT_OF_GROUND
        ]
        reasons = not_shown(register, as_of, known_at)
        stray = stray_point(register, longitude, latitude)
    return {
        "longitude": longitude,
        "latitude": latitude,
        "radius_m": radius_m,
        "as_of": as_of,
        "known_at": known_at,
        "outside": stray,
        "found": found,
        "not_shown": reasons,
        "statement": NO_RECORD,
    }


def balance(
    path: Path, as_of: str | None = None, known_at: str | None = None, scope: str | None = None
) -> Result:
    """The account of square metres of an area, a district or the country."""
    with open_register(path) as register:
        return balance_json(register, as_of, known_at, scope)


def balance_json(
    register: Register,
    as_of: str | None = None,
    known_at: str | None = None,
    scope: str | None = None,
) -> Result:
    """The balance as the design's JSON, beside it the work reported without polygons."""
    account = register.balance(as_of=as_of, known_at=known_at, scope=scope)
    return {
        **account_json(account),
        "ahead": register.ahead(as_of, known_at),
        "work": reported_work(register, as_of, known_at, scope),
    }


def account_json(account: Balance) -> Result:
    """One account of square metres as the design's JSON."""
    result = asdict(account)
    stated = {"areas": result.pop("stated_areas"), "m2": result.pop("stated_m2")}
    return {**result, "difference_m2": account.difference_m2, "stated": stated}


def summary(path: Path) -> Result:
    """What the register holds, in figures for a first page."""
    with open_register(path) as register:
        info = register.info()
        states = register.areas()
        counts = register.counts()
        extent = register.extent("hazardous_area")
        reasons = not_shown(register)
        pending = sum(r.body["state"] == "pending" for r in register.records("proposal"))
        awaiting = sum(map(waits, register.workflow_states().values()))
        heads = [asdict(head) for head in register.heads()]
    # an outline holds its area's products, so what does not remain of it was released
    outlines_m2 = sum(a.area_m2 or 0.0 for a in states)
    remaining_m2 = sum(a.remaining_m2 or 0.0 for a in states)
    by_status = Counter(a.status for a in states)
    by_kind = Counter(a.hazard_kind for a in states)
    return {
        "name": info.name,
        "country": info.country,
        "bbox": list(bounds) if (bounds := extent or info.bbox) else None,
        "counts": dict(counts),
        "areas": {
            **{s: by_status.get(s, 0) for s in ("open", "suspended", "closed", "handed_over")},
            **{k: by_kind.get(k, 0) for k in ("SHA", "CHA")},
        },
        "remaining_m2": remaining_m2,
        "released_m2": outlines_m2 - remaining_m2,
        "not_shown": _not_shown_summary(reasons),
        "inbox_pending": pending,
        "awaiting": awaiting,
        "heads": heads,
    }


def _near_json(
    register: Register,
    record: Record,
    distance_m: float,
    left: Conflict | None,
    doubts: Sequence[str],
) -> Result:
    entry = next(e for e in register.history(record.record_id) if e.entry_id == record.entry_id)
    state = register.workflow_states([record]).get(record.record_id)
    told = [in_words(record, state)]
    told += [f"hazard remains: {left.message}"] if left else []
    told += [f"in doubt: {doubt_in_words(doubts)}"] if doubts else []
    return {
        "distance_m": round(distance_m, 1),
        "kind": record.kind,
        "record_id": record.record_id,
        "local_id": record.local_id,
        "occurred_on": record.occurred_on,
        "text": "; ".join(told),
        "not_released": None if left is None else left.message,
        "in_doubt": list(doubts),
        "source": entry_json(register, entry)["source_title"],
    }


def _not_shown_summary(reasons: Sequence[Result]) -> Result:
    counts = {r["code"]: r["count"] for r in reasons}
    return {
        "no_geometry": counts.get("no_geometry", 0) + counts.get("recorded_without_geometry", 0),
        "quarantined": counts.get("quarantined", 0),
        "reasons": list(reasons),
    }
