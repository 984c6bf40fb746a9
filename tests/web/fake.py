"""An in-memory register with the documents of the design, for pages under test."""

# ruff: noqa: D102 - each method is the one that `ServicesPort` describes

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict

import shapely

from landrelease.errors import NotFoundError, RefusedError
from landrelease.models.calculators import CALCULATORS, calculate, chart
from landrelease.models.catalogue import catalogue, claimed_tested_observed
from landrelease.models.from_register import scenario_from_claim
from landrelease.models.outlook import outlook
from landrelease.models.summary import in_words
from landrelease.planning import Candidate, Problem, Team, plan

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

    def _record(self, record_id, kind, body, **outer):
        return {
            "record_id": record_id, "local_id": body.get("local_id"), "kind": kind, "label": kind.replace("_", " "),
            "action": "record.added", "occurred_on": None, "recorded_at": "2024-07-04T10:20:30Z",
            "author": "Ana Test", "voided": False, "body": body,
        } | outer  # fmt: skip

    def area(self, record_id):
        row = self._row(record_id)
        shape = SHAPES.get(record_id)
        product = {"method": "cleared", "stated_area_m2": 20000.0, "depth_m": 0.2}
        accident = {"setting": "farming", "killed": 1, "injured": 0}
        return {
            "record": {**row, **self._record(record_id, "hazardous_area", {"local_id": row["local_id"], "hazard_kind": row["hazard_kind"]})},
            "geometry": shapely.geometry.mapping(shape) if shape else None,
            "products": [self._record("0190-p1", "land_release_product", product, occurred_on="2021-06")],
            "accidents": [self._record("0190-x1", "accident", accident, occurred_on="2018-05-02")],
            "linked": [],
            "balance": self.balance(scope=record_id),
            "history": self.history(record_id)["entries"],
            "sources": [{"id": "s1", "title": "Field report <1>", "publisher": "Centre", "published_on": "2019-03-01"}],
            "outlook": None,
        }  # fmt: skip

    def show(self, record_id, as_of=None, known_at=None):
        if record_id == "0190-x1":
            body = {"setting": "farming", "killed": 1, "injured": 0, "local_id": None}
            return self._record(record_id, "accident", body, occurred_on="2018-05-02") | {
                "links": []
            }
        if record_id == "0190-p1":
            body = {"area": "0190-a1", "method": "cleared", "depth_m": 0.2}
            return self._record(record_id, "land_release_product", body) | {"links": []}
        row = self._row(record_id)
        body = {name: row[name] for name in ("local_id", "hazard_kind", "status", "stated_area_m2")}
        links = [
            {
                "relation": "linked from",
                "kind": "accident",
                "record_id": "0190-x1",
                "local_id": None,
            }
        ]
        return self._record(record_id, "hazardous_area", body) | {"links": links}

    def history(self, record_id):
        source = {
            "id": "s1",
            "title": "Field report <1>",
            "publisher": "Centre",
            "published_on": "2019-03-01",
        }
        entry = {
            "entry_id": "e1", "action": "hazardous_area.reported", "occurred_on": "2019-03",
            "recorded_at": "2024-07-04T10:20:30Z", "author": "Ana Test", "reason": "reported by <villagers>",
            "source": source, "source_title": source["title"], "quote": "a field no one enters",
        }  # fmt: skip
        imported = entry | {
            "entry_id": "e2", "action": "hazardous_area.amended", "occurred_on": None, "source": None,
            "source_title": "areas.geojson, row 7", "quote": None, "reason": None,
        }  # fmt: skip
        return {
            "record_id": record_id,
            "local_id": None,
            "kind": "hazardous_area",
            "entries": [entry, imported],
        }

    def near(self, longitude, latitude, radius_m=500.0, *, as_of=None, known_at=None):
        found = [
            {
                "record_id": "0190-a1",
                "kind": "hazardous_area",
                "local_id": "SHA-001",
                "distance_m": 120.5,
                "occurred_on": None,
                "text": "Hazardous area, SHA",
                "source": "areas.geojson, row 7",
            }
        ]
        swapped = {
            "code": "axes_swapped",
            "message": "the point lies elsewhere",
            "instead": [latitude, longitude],
        }
        return {
            "longitude": longitude, "latitude": latitude, "radius_m": radius_m,
            "outside": swapped if longitude > 40 else None,
            "found": found if 15 < longitude < 17 else [], "not_shown": [],
            "statement": "No record is not evidence of no contamination.",
        }  # fmt: skip

    def balance(self, as_of=None, known_at=None, scope=None):
        return {
            "as_of": as_of, "known_at": known_at, "scope": scope, "reported_m2": 52000.0, "resurvey_m2": -769.6,
            "cancelled_m2": 0.0, "reduced_m2": 0.0, "cleared_m2": 20000.0, "remaining_m2": 31230.4,
            "difference_m2": 0.0, "overlap_m2": 0.0, "stated": {"areas": 0, "m2": 0.0},
            "undated": 0, "quarantined": 0, "conflicts": 0,
        }  # fmt: skip

    def _proposal(self, i):
        start = TEXT.index(QUOTE)
        return {
            "id": f"p{i}", "category": "munition_claim", "state": "pending", "quote": QUOTE, "start": start, "end": start + len(QUOTE),
            "fields": {"claim": "inert", "duration": "two weeks", "duration_days": 14}, "source_id": "s1", "confidence": 0.8, "rule": "claim.inert",
            "checks": [{"code": "claim_of_safety", "message": "a claim, not a fact"}],
            "source": {"title": "Kastavian Herald <i>", "publisher": "Herald", "published_on": "2024-11-21"},
            "context_before": "Officials said ", "context_after": ". <b>No</b> further",
        }  # fmt: skip

    def inbox(self, state="pending", *, limit=None, offset=0):
        found = [p for p in self.proposals if state in ("all", p["state"])]
        page = found[offset : None if limit is None else offset + limit]
        return {"proposals": page, "total": len(found), "candidates": []}

    def proposal(self, proposal_id):
        for proposal in self.proposals:
            if proposal["id"] == proposal_id:
                return proposal
        raise NotFoundError(
            "proposal_unknown", f"there is no proposal {proposal_id!r}", "see the inbox"
        )

    def judge(self, proposal_id, decision, *, why, set_fields=None, by, together=(), **same):
        for proposal in self.proposals:
            if proposal["id"] == proposal_id:
                if proposal["state"] != "pending":
                    raise RefusedError(
                        "already_judged", f"proposal {proposal_id!r} was judged", "see its history"
                    )
                proposal["state"] = {"accept": "accepted", "reject": "rejected"}[decision]
                self.together, self.same = list(together), same
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

    def outlook(self, scenario):
        return outlook(scenario)

    def munitions(self):
        return [asdict(munition) for munition in catalogue().values()]

    def calculators(self):
        return [describe(calculator) for calculator in CALCULATORS.values()]

    def calculate(self, name, inputs):
        return calculate(name, inputs)

    def explain(self, answer):
        return {"in_words": in_words(answer), "chart": chart(answer)}

    def claim_outlook(self, record_id):
        scenario = scenario_from_claim({"munition": "M85", "claimant": "Ministry <of> Defence"})
        result = outlook(scenario)
        return {"scenario": scenario, "outlook": {**result, "in_words": in_words(result)}}

    def claimed_and_found(self, munition_id):
        return claimed_tested_observed(munition_id)

    def plan(self):
        areas = [
            Candidate(r["record_id"], r["local_id"], r["hazard_kind"], status=r["status"], remaining_m2=r["remaining_m2"], district=r["district"])
            for r in self.rows
        ]  # fmt: skip
        return (
            plan(
                Problem(tuple(areas), (Team("Team <1>", "clearance", 500.0),), horizon_days=20)
            ).as_dict()
            if areas
            else None
        )

    def imports(self):
        counts = {
            "read": 4,
            "accepted": 2,
            "added": 2,
            "changed": 0,
            "unchanged": 0,
            "repaired": 1,
            "quarantined": 2,
        }
        act = {
            "import_id": "i1",
            "recorded_at": "2024-07-04T10:20:30Z",
            "author": "Ana Test",
            "voided": False,
            "file_name": "areas <x>.geojson",
            "layer": "areas",
            "counts": counts,
        }
        lost = [{"record_id": "0190-a1", "local_id": "HA-<1>", "kind": "hazardous_area"}]
        told = {"import_id": "i1", "file_name": "areas <x>.geojson", "layer": "areas"}
        missing = {**told, "recorded_at": act["recorded_at"], "vanished": lost, "held_up": lost}
        return {
            "imports": [act] if self.rows else [],
            "missing": [missing] if self.rows else [],
            "warnings": self._warnings(),
        }

    def _warnings(self):
        met = {
            "code": "date_invalid",
            "count": 25,
            "rows": [3, 4],
            "says": "no <date>",
            "cure": "mend <it>",
        }
        return (
            [{"import_id": "i1", "file_name": "areas <x>.geojson", "layer": "areas", **met}]
            if self.rows
            else []
        )

    def quarantine(self, import_id=None):
        rows = [
            {"quarantine_row": f"i1-{n}", "import_id": "i1", "layer": "areas", "row": n, "cure": "add <it>", "kind": "hazardous_area", "local_id": None, "code": "geometry_missing", "message": "the row has <no> geometry", "issues": [], "raw": {}}
            for n in (3, 4)
        ] if self.rows else []  # fmt: skip
        return {"count": len(rows), "rows": rows, "warnings": self._warnings()}

    def attachments(self, audience="internal", record_id=None):
        return {"count": 0, "attachments": [], "withheld": 0}

    def reports(self):
        return []


def describe(calculator):
    """Say what a calculator is, as the services do."""
    names = ("name", "title", "formula", "source", "explanation", "example", "result_help")
    return {n: getattr(calculator, n) for n in names} | {
        "parameters": [asdict(p) for p in calculator.parameters]
    }
