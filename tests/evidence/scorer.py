"""Match proposals with gold records: category, overlapping spans, agreeing key fields.

One proposal recalls one record, or all records of a group that it covers; several proposals may
share one record of a group. Written for this repository's gold; deliberately plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]
FIELDS = {
    "statement": ("date", "role", "org", "country"),
    "transfer": ("status", "date", "value", "currency"),
    "use_allegation": ("status", "munition_class", "period_start", "iso3"),
    "treaty_position": ("status",),
    "event": ("kind", "area_m2", "killed", "injured", "total", "iso3", "period_end"),
    "munition_claim": ("stance", "value_max", "value_min"),
}
_NEAR = ({"accident", "casualties"}, {"clearance", "survey"})
_EMPTY = {"the", "of", "and", "for", "a", "an", "to", "in", "on", "at", "government", "us", "s"}


@dataclass
class Score:
    """Counts over documents."""

    required: int = 0
    recalled: int = 0
    proposed: int = 0
    right: int = 0
    fields: int = 0
    fields_right: int = 0
    furniture: int = 0
    furniture_dropped: int = 0
    text: int = 0
    text_lost: int = 0
    traps: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Ratios, one where nothing was asked."""
        ratio = lambda a, b: a / b if b else 1.0  # noqa: E731
        return {
            "recall": ratio(self.recalled, self.required),
            "precision": ratio(self.right, self.proposed),
            "fields": ratio(self.fields_right, self.fields),
            "dropped": ratio(self.furniture_dropped, self.furniture),
            "kept": 1.0 - ratio(self.text_lost, self.text) if self.text else 1.0,
        }


def words(value: object) -> set[str]:
    """Telling words of a name."""
    found = re.findall(r"\w+", re.sub(r"\([^)]*\)", " ", str(value or "").casefold()))
    return {w.rstrip("s") for w in found} - _EMPTY


def accepted(record: Record, name: str) -> list[Any]:
    """The right values of a field."""
    more = (record.get("accept") or {}).get(name, [])
    return [record["fields"].get(name), *(more if isinstance(more, list) else [more])]


def agrees(want: object, got: object) -> bool:
    """Numbers by value, dates as far as both go, names by their words."""
    if want is None or got is None:
        return want is None and got is None
    if isinstance(want, int | float) and isinstance(got, int | float):
        return abs(want - got) <= 0.005 * max(abs(want), 1e-9)
    left, right = str(want), str(got)
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", left):
        return left.startswith(right) or right.startswith(left)
    a, b = words(left), words(right)
    return bool(a and b) and (a <= b or b <= a or len(a & b) * 2 > min(len(a), len(b)))


def key_agrees(record: Record, proposal: Record) -> bool:
    """Whether the field that makes a record what it is agrees."""
    category, got = record["category"], proposal["fields"]
    one = lambda name: any(agrees(w, got.get(name)) for w in accepted(record, name))  # noqa: E731
    if category == "event":
        kinds = set(accepted(record, "kind"))
        return got["kind"] in kinds or any(got["kind"] in n and kinds & n for n in _NEAR)
    if category == "transfer":
        return one("supplier") and one("recipient") and (one("value") or _item(record, got))
    keys = {"statement": ["speaker"], "use_allegation": ["party"], "munition_claim": ["property"]}
    return all(one(name) for name in keys.get(category, ["state", "treaty"]))


def _item(record: Record, got: Record) -> bool:
    wanted, given = record["fields"].get("items") or [], got.get("items") or []
    pairs = ((a, b) for a in wanted for b in given)
    return any(
        a.get("class") == b.get("class") or words(a["name"]) & words(b["name"]) for a, b in pairs
    )


def overlap(a: Record, b: Record) -> float:
    """Shared characters over the shorter span."""
    shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return shared / max(min(a["end"] - a["start"], b["end"] - b["start"]), 1)


def matches(records: list[Record], proposals: list[Record]) -> tuple[dict[int, int], set[int]]:
    """Pair records with proposals, the closest first, then share within groups."""
    edges = [(i, j) for i, r in enumerate(records) for j, p in enumerate(proposals) if _fits(r, p)]
    edges.sort(
        key=lambda e: (not records[e[0]]["required"], _distance(records[e[0]], proposals[e[1]]))
    )
    of_record: dict[int, int] = {}
    used: set[int] = set()
    for i, j in edges:
        if i not in of_record and j not in used:
            of_record[i] = j
            used.add(j)
    for i, j in edges:
        if records[i].get("group"):
            of_record.setdefault(i, j)
            used.add(j)
    return of_record, used


def _fits(record: Record, proposal: Record) -> bool:
    same = record["category"] == proposal["category"]
    return same and overlap(record, proposal) >= 0.5 and key_agrees(record, proposal)


def _distance(record: Record, proposal: Record) -> int:
    return abs(record["start"] - proposal["start"]) + abs(record["end"] - proposal["end"])


def score(gold: Record, output: Record, total: Score) -> Score:
    """Add one document to the counts."""
    records, proposals = gold["records"], output["proposals"]
    of_record, used = matches(records, proposals)
    neutral = "neither right nor wrong" in (gold.get("scoring_note") or "")
    for i, record in enumerate(records):
        total.required += record["required"]
        total.recalled += record["required"] and i in of_record
        if i in of_record:
            _fields(record, proposals[of_record[i]], total)
    for j, proposal in enumerate(proposals):
        if j in used or not (neutral and proposal["category"] == "statement"):
            total.proposed += 1
            total.right += j in used
    _cleaning(gold, output["dropped"], total)
    total.traps.extend(_traps(gold, proposals))
    return total


def _fields(record: Record, proposal: Record, total: Score) -> None:
    for name in FIELDS[record["category"]]:
        if name in record["fields"]:
            total.fields += 1
            got = proposal["fields"].get(name)
            total.fields_right += any(agrees(want, got) for want in accepted(record, name))


def _cleaning(gold: Record, dropped: list[Record], total: Score) -> None:
    gone = {i for d in dropped for i in range(d["start"], d["end"])}
    for span in gold["boilerplate"]:
        place = range(span["start"], span["end"])
        total.furniture += len(place)
        total.furniture_dropped += sum(i in gone for i in place)
    for span in (*gold["keep"], *(r for r in gold["records"] if r["required"])):
        place = range(span["start"], span["end"])
        total.text += len(place)
        total.text_lost += sum(i in gone for i in place)


def _traps(gold: Record, proposals: list[Record]) -> Iterator[str]:
    for trap in gold["must_not"]:
        for proposal in proposals:
            near = not trap.get("quote") or trap["quote"] in proposal["quote"]
            same = proposal["category"] == trap["category"] and near
            if same and all(_trapped(proposal["fields"], k, v) for k, v in trap["fields"].items()):
                yield f"{gold['doc_id']}: {trap['category']} {trap['fields']} <- {proposal['quote'][:60]!r}"


def _trapped(fields: Record, name: str, value: object) -> bool:
    if name == "items":
        return any(words(v) <= words(i["name"]) for v in value for i in fields.get("items") or [])
    return bool(fields.get(name) == value)
