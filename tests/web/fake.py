"""An in-memory register with the documents of the design, for pages under test."""

# ruff: noqa: D102 - each method is the one that `ServicesPort` describes

from __future__ import annotations

from copy import deepcopy

import shapely

from landrelease.errors import NotFoundError, RefusedError

QUOTE = "the shipment includes mines that become inert within two weeks"
TEXT = f"Kastavia, 21 November. Officials said {QUOTE}. <b>No</b> further details were given."

AREAS = [
    {
        "record_id": "0190-a1", "local_id": "SHA-001", "hazard_kind": "SHA", "status": "open",
        "stated_area_m2": 52000.0, "area_m2": 51230.4, "remaining_m2": 31230.4,
        "district": "Lower Vale", "last_date": "2021-06",
    },
    {
        "record_id": "0190-a2", "local_id": "CHA <002>", "hazard_kind": "CHA", "status": "suspended",
        "stated_area_m2": None, "area_m2": 1250.0, "remaining_m2": 1250.0,
        "district": "Upper Vale", "last_date": "2019",
    },
    {
        "record_id": "0190-a3", "local_id": "SHA-003", "hazard_kind": "SHA", "status": "closed",
        "stated_area_m2": 900.0, "area_m2": None, "remaining_m2": 0.0,
        "district": "Lower Vale", "last_date": "2020-01-04",
    },
]  # fmt: skip

SHAPES = {
    "0190-a1": shapely.box(16.000, 44.000, 16.003, 44.002),
    "0190-a2": shapely.box(16.010, 44.004, 16.0105, 44.0045),
}


class FakeServices:
    """What the pages ask for, held in memory."""

    author = "Ana Test"

    def __init__(self, areas=AREAS, *, proposals=1):
        self.rows = deepcopy(areas)
        self.judged = []
        self.proposals = [self._proposal(i) for i in range(proposals)]

    def revision(self):
        return f"r{len(self.judged)}"

    def summary(self):
        count = {
            s: sum(r["status"] == s for r in self.rows)
            for s in ("open", "suspended", "closed", "handed_over")
        }
        kinds = {k: sum(r["hazard_kind"] == k for r in self.rows) for k in ("SHA", "CHA")}
        return {
            "name": "Kastavia <demo>", "country": "XKA",
            "counts": {"hazardous_area": len(self.rows), "land_release_product": 1, "accident": 1, "district": 1} if self.rows else {},
            "areas": count | kinds, "remaining_m2": 32480.4, "released_m2": 20000.0,
            "not_shown": {"no_geometry": 1, "quarantined": 2, "reasons": [{"code": "geometry_missing", "count": 1, "text": "no geometry"}]},
            "inbox_pending": len(self.proposals), "heads": [{"replica": "r", "seq": 3, "hash": "ab" * 32}],
            "bbox": [16.0, 44.0, 16.0105, 44.0045] if self.rows else None,
        }  # fmt: skip

    def areas(
        self,
        as_of=None,
        known_at=None,
        *,
        search=None,
        hazard_kind=None,
        status=None,
        district=None,
        sort=None,
        limit=None,
        offset=0,
    ):
        rows = [
            row for row in self.rows
            if (not search or search.lower() in row["local_id"].lower())
            and (not hazard_kind or row["hazard_kind"] == hazard_kind)
            and (not status or row["status"] == status)
            and (not district or row["district"] == district)
        ]  # fmt: skip
        key = (sort or "local_id").removeprefix("-")
        rows.sort(
            key=lambda row: (row[key] is None, row[key]), reverse=(sort or "").startswith("-")
        )
        end = None if limit is None else offset + limit
        return {
            "as_of": as_of,
            "known_at": known_at,
            "count": len(rows[offset:end]),
            "total": len(rows),
            "areas": rows[offset:end],
        }

    def _row(self, record_id):
        for row in self.rows:
            if row["record_id"] == record_id:
                return {"kind": "hazardous_area"} | row
        raise NotFoundError(
            "record_unknown", f"there is no record {record_id!r}", "see `landrelease areas`"
        )

    def area(self, record_id):
        row = self._row(record_id)
        shape = SHAPES.get(record_id)
        return {
            "record": row,
            "geometry": shapely.geometry.mapping(shape) if shape else None,
            "products": [
                {
                    "record_id": "0190-p1",
                    "method": "cleared",
                    "occurred_on": "2021-06",
                    "area_m2": 20000.0,
                    "depth_m": 0.2,
                }
            ],
            "accidents": [
                {
                    "record_id": "0190-x1",
                    "occurred_on": "2018-05-02",
                    "setting": "farming",
                    "killed": 1,
                    "injured": 0,
                    "distance_m": 12.0,
                }
            ],
            "balance": {
                "reported_m2": 52000.0,
                "resurvey_m2": -769.6,
                "cancelled_m2": 0.0,
                "reduced_m2": 0.0,
                "cleared_m2": 20000.0,
                "remaining_m2": 31230.4,
                "difference_m2": 0.0,
                "overlap_m2": 0.0,
                "conflicts": 0,
            },
            "history": self.history(record_id)["history"],
            "sources": [
                {
                    "source_id": "s1",
                    "title": "Field report <1>",
                    "publisher": "Centre",
                    "published_on": "2019-03-01",
                }
            ],
            "outlook": None,
        }

    def show(self, record_id):
        if record_id == "0190-x1":
            return {
                "record": {
                    "record_id": record_id,
                    "kind": "accident",
                    "local_id": None,
                    "occurred_on": "2018-05-02",
                    "setting": "farming",
                    "killed": 1,
                    "injured": 0,
                },
                "geometry": None,
            }
        return {"record": self._row(record_id), "geometry": None}

    def history(self, record_id):
        entry = {
            "entry_id": "e1",
            "action": "hazardous_area.reported",
            "occurred_on": "2019-03",
            "recorded_at": "2024-07-04T10:20:30Z",
            "author": "Ana Test",
            "reason": "reported by <villagers>",
            "source": {"source_id": "s1", "title": "Field report <1>"},
            "quote": "a field no one enters",
        }
        return {"record_id": record_id, "history": [entry]}

    def near(self, longitude, latitude, radius_m=500.0):
        found = [
            {
                "record_id": "0190-a1",
                "kind": "hazardous_area",
                "local_id": "SHA-001",
                "distance_m": 120.5,
                "status": "open",
                "hazard_kind": "SHA",
            }
        ]
        return {
            "longitude": longitude,
            "latitude": latitude,
            "radius_m": radius_m,
            "records": found if 15 < longitude < 17 else [],
        }

    def balance(self, as_of=None, known_at=None, scope=None):
        return {"as_of": as_of, "known_at": known_at, "remaining_m2": 32480.4}

    def _proposal(self, i):
        start = TEXT.index(QUOTE)
        return {
            "id": f"p{i}", "category": "munition_claim", "state": "pending", "quote": QUOTE, "start": start, "end": start + len(QUOTE),
            "fields": {"claim": "inert", "duration": "two weeks", "duration_days": 14}, "source_id": "s1", "confidence": 0.8, "rule": "claim.inert",
            "checks": [{"code": "claim_of_safety", "message": "a claim, not a fact"}],
            "source": {"title": "Kastavian Herald <i>", "publisher": "Herald", "published_on": "2024-11-21"},
            "context_before": "Officials said ", "context_after": ". <b>No</b> further",
        }  # fmt: skip

    def inbox(self, state="pending"):
        return {"proposals": [p for p in self.proposals if state in ("all", p["state"])]}

    def judge(self, proposal_id, decision, *, why, set_fields=None, by):
        for proposal in self.proposals:
            if proposal["id"] == proposal_id:
                if proposal["state"] != "pending":
                    raise RefusedError(
                        "already_judged", f"proposal {proposal_id!r} was judged", "see its history"
                    )
                proposal["state"] = {"accept": "accepted", "reject": "rejected"}[decision]
                self.judged.append((proposal_id, decision, why, dict(set_fields or {}), by))
                return {"proposal": proposal_id, "state": proposal["state"], "entry_id": "e9"}
        raise NotFoundError(
            "proposal_unknown", f"there is no proposal {proposal_id!r}", "see the inbox"
        )

    def source(self, source_id):
        if source_id != "s1":
            raise NotFoundError(
                "source_unknown", f"there is no source {source_id!r}", "see the inbox"
            )
        start = TEXT.index(QUOTE)
        spans = [
            {
                "id": "p0",
                "start": start,
                "end": start + len(QUOTE),
                "category": "munition_claim",
                "state": "pending",
            }
        ]
        return {
            "source": {
                "source_id": "s1",
                "title": "Kastavian Herald <i>",
                "publisher": "Herald",
                "published_on": "2024-11-21",
                "sha256": "cd" * 32,
            },
            "text": TEXT,
            "proposals": spans,
        }

    def layer_features(self, kind, audience):
        if kind == "hazardous_area":
            for row in self.rows:
                if row["record_id"] in SHAPES:
                    properties = {
                        "hazard_kind": row["hazard_kind"],
                        "status": row["status"],
                        "local_id": row["local_id"],
                    }
                    yield row["record_id"], shapely.to_wkb(SHAPES[row["record_id"]]), properties
        elif kind == "district":
            yield (
                "0190-d1",
                shapely.to_wkb(shapely.box(15.9, 43.9, 16.1, 44.1)),
                {"name": "Lower Vale"},
            )
        elif kind == "accident":
            yield "0190-x1", shapely.to_wkb(shapely.Point(16.001, 44.001)), {}
        elif kind == "land_release_product":
            yield (
                "0190-p1",
                shapely.to_wkb(shapely.box(16.0, 44.0, 16.001, 44.002)),
                {"method": "cleared"},
            )
