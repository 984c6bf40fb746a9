"""One event, many reports: proposals that seem to be about the same thing, side by side.

A text too says a thing twice, in its headline and in its body; and a later report tells of what was
accepted long ago. Nothing is merged here; a candidate lists its proposals and where they differ, a
proposal is shown beside the record that seems to tell the same, and a person judges.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any

from landrelease.evidence.partial_dates import bounds

Record = Mapping[str, Any]
_NEAR_DAYS = 7
_COMPARED = {
    "statement": ("date", "role", "mode"),
    "transfer": ("status", "date", "value", "currency", "items"),
    "use_allegation": ("status", "munition_class", "place", "period_start", "period_end", "source"),
    "treaty_position": ("status", "date", "date_kind"),
    "event": (
        "kind", "place", "period_start", "period_end", "killed", "injured", "total", "area_m2",
        "org",
    ),
    "munition_claim": ("claimant", "stance", "duration_days", "value_min", "value_max"),
}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """Proposals that may be one record; ``differences`` maps a field to each proposal's value.

    ``sources`` holds one source where a document seems to say the same twice.
    """

    category: str
    members: tuple[str, ...]
    sources: tuple[str, ...]
    differences: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Held:
    """A record that was accepted before and seems to tell what a proposal tells.

    ``differences`` maps a field to the record's value and the proposal's; ``figures`` names those
    of which a person says which stands.
    """

    proposal: str
    record: str
    differences: Mapping[str, tuple[Any, Any]]
    figures: tuple[str, ...]


def group(proposals: Sequence[Record]) -> list[Candidate]:
    """Group proposals of several documents, and those of one that say a thing again.

    Parameters
    ----------
    proposals : sequence of mapping
        Each with ``id``, ``source_id``, ``category``, ``quote`` and ``fields``.

    Returns
    -------
    list of Candidate
        Only groups of more than one proposal, in order of their first member.

    Examples
    --------
    >>> fields = {"state": "TON", "treaty": "MBT", "status": "party"}
    >>> one = {"category": "treaty_position", "quote": "", "fields": fields}
    >>> pair = [{**one, "id": i, "source_id": s} for i, s in (("a", "1"), ("b", "2"))]
    >>> group(pair)[0].members
    ('a', 'b')
    """
    parent = list(range(len(proposals)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for bucket in _buckets(proposals).values():
        for left, right in combinations(bucket, 2):
            if root(left) != root(right) and _same(proposals[left], proposals[right]):
                parent[max(root(left), root(right))] = min(root(left), root(right))
    members: dict[int, list[Record]] = {}
    for index, proposal in enumerate(proposals):
        members.setdefault(root(index), []).append(proposal)
    return [_candidate(found) for found in members.values() if len(found) > 1]


def held(proposals: Sequence[Record], records: Sequence[Record]) -> list[Held]:
    """Find for each proposal the accepted records that seem to be about the same.

    Parameters
    ----------
    proposals : sequence of mapping
        As for :func:`group`.
    records : sequence of mapping
        Each with ``id``, ``sources`` (ids), ``category``, ``quote`` and ``fields``.

    Examples
    --------
    >>> fields = {"state": "TON", "treaty": "MBT", "status": "party"}
    >>> one = {"category": "treaty_position", "quote": "", "fields": fields}
    >>> new, old = {**one, "id": "p", "source_id": "2"}, {**one, "id": "r", "sources": ["1"]}
    >>> [found] = held([new], [old])
    >>> found.record, found.differences
    ('r', {})
    """
    both = [*proposals, *records]
    pairs = {
        (left, right): None
        for bucket in _buckets(both).values()
        for left in bucket
        if left < len(proposals)
        for right in bucket
        if right >= len(proposals) and _known(both[left], both[right])
    }
    return [_side_by_side(both[left], both[right]) for left, right in sorted(pairs)]


def _side_by_side(proposal: Record, record: Record) -> Held:
    return Held(
        str(proposal["id"]),
        str(record["id"]),
        _apart(record, proposal),
        tuple(figures_apart(record["fields"], proposal["fields"])),
    )


def _known(proposal: Record, record: Record) -> bool:
    if not _SAME[proposal["category"]](proposal, record):
        return False
    return proposal["source_id"] not in record["sources"] or _restated(proposal, record)


def _apart(record: Record, proposal: Record) -> dict[str, tuple[Any, Any]]:
    """Fields that say something else, as the record has them and as the proposal has them."""
    pairs = {
        name: (record["fields"].get(name), proposal["fields"].get(name))
        for name in _COMPARED[str(record["category"])]
    }
    return {name: pair for name, pair in pairs.items() if repr(pair[0]) != repr(pair[1])}


def figures_apart(fields: Record, others: Record) -> list[str]:
    """Return the names of figures that both state, and state otherwise.

    Examples
    --------
    >>> figures_apart({"killed": 2, "injured": 1, "place": "A"}, {"killed": 3, "place": "B"})
    ['killed']
    """
    return [
        name
        for name in (*_FIGURES, "duration_days")
        if None not in (fields.get(name), others.get(name)) and fields[name] != others[name]
    ]


def _buckets(proposals: Sequence[Record]) -> dict[tuple[Any, ...], list[int]]:
    """Only proposals that agree in these fields, and in a year, are compared with one another."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for index, proposal in enumerate(proposals):
        category, fields = proposal["category"], proposal["fields"]
        for year in _years(fields) if _SAME[category] in (_event, _period) else ("",):
            key = (category, *_KEYS[category](fields), year)
            found.setdefault(key, []).append(index)
    return found


def _years(fields: Record) -> Sequence[object]:
    """The years of a period; without its first day the year in which it ends."""
    first, last = (str(fields.get(name) or "")[:4] for name in ("period_start", "period_end"))
    if not (first.isdigit() and last.isdigit()):
        return (last,)
    return [str(year) for year in range(int(first), int(last) + 1)] or (last,)


def _surname(fields: Record) -> tuple[Any, ...]:
    words = str(fields.get("speaker") or "").split()
    return (words[-1].casefold() if words else "",)


_KEYS: dict[str, Callable[[Record], tuple[Any, ...]]] = {
    "statement": _surname,
    "transfer": lambda f: (f.get("supplier"), f.get("recipient")),
    "use_allegation": lambda f: (f.get("party"),),
    "treaty_position": lambda f: (f.get("state"), f.get("treaty")),
    "event": lambda f: (
        f.get("iso3"),
        {"casualties": "accident", "survey": "clearance"}.get(str(f.get("kind")), f.get("kind")),
    ),
    "munition_claim": lambda f: (f.get("property"),),
}


def _same(left: Record, right: Record) -> bool:
    if not _SAME[left["category"]](left, right):
        return False
    return left["source_id"] != right["source_id"] or _restated(left, right)


_FIGURES = ("killed", "injured", "total", "area_m2", "value", "value_min", "value_max")
_TOLD = ("place", "period_text", "munition_class", "date", "claimant", "stance", "source", "status")


def _restated(left: Record, right: Record) -> bool:
    """Within one text: nothing that both state differs, since two facts of a list look alike."""
    a, b = left["fields"], right["fields"]
    if left["category"] == "statement":
        words, others = _words(left["quote"]), _words(right["quote"])
        return len(words & others) >= max(4, 0.8 * min(len(words), len(others)))
    both = [k for k in (*_FIGURES, *_TOLD) if a.get(k) is not None and b.get(k) is not None]
    shared = any(a[k] == b[k] for k in both if k in _FIGURES) or left["category"] not in _COUNTED
    return shared and all(a[k] == b[k] for k in both)


_COUNTED = ("event", "transfer", "munition_claim")
"""Categories in which a restated fact repeats a figure; others are told by their parties."""


def _statement(left: Record, right: Record) -> bool:
    a, b = _words(left["quote"]), _words(right["quote"])
    return bool(a and b) and len(a & b) >= 0.6 * min(len(a), len(b))


def _transfer(left: Record, right: Record) -> bool:
    a, b = left["fields"], right["fields"]
    if a.get("value") is not None and a.get("value") == b.get("value"):
        return True
    shared = _names(a.get("items")) & _names(b.get("items"))
    return bool(shared) and _near(a.get("date"), b.get("date"))


def _period(left: Record, right: Record) -> bool:
    a, b = left["fields"], right["fields"]
    first = (a.get("period_start"), b.get("period_start"))
    last = (a.get("period_end"), b.get("period_end"))
    if None in first or None in last:
        return None in first and a.get("period_end") == b.get("period_end")
    return bool(max(first) <= min(last))


def _event(left: Record, right: Record) -> bool:
    """Periods overlap and place or a figure agrees."""
    a, b = left["fields"], right["fields"]
    places = _words(a.get("place")) & _words(b.get("place"))
    figures = any(
        a.get(k) is not None and a.get(k) == b.get(k)
        for k in ("killed", "injured", "total", "area_m2")
    )
    return _period(left, right) and (bool(places) or figures)


def _position(left: Record, right: Record) -> bool:
    return bool(left["fields"].get("status") == right["fields"].get("status"))


def _claim(left: Record, right: Record) -> bool:
    keys = ("duration_days", "value_max", "value_min")
    a, b = left["fields"], right["fields"]
    return any(a.get(k) is not None and a.get(k) == b.get(k) for k in keys)


_SAME: dict[str, Callable[[Record, Record], bool]] = {
    "statement": _statement, "transfer": _transfer, "use_allegation": _period,
    "treaty_position": _position, "event": _event, "munition_claim": _claim,
}  # fmt: skip


def _candidate(found: list[Record]) -> Candidate:
    category = str(found[0]["category"])
    differences: dict[str, Mapping[str, Any]] = {}
    for name in _COMPARED[category]:
        values = {str(p["id"]): p["fields"].get(name) for p in found}
        if len({repr(v) for v in values.values()}) > 1:
            differences[name] = values
    sources = tuple(dict.fromkeys(str(p["source_id"]) for p in found))
    return Candidate(category, tuple(str(p["id"]) for p in found), sources, differences)


def _words(value: object) -> frozenset[str]:
    return _long_words(str(value or ""))


@lru_cache(maxsize=20_000)
def _long_words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", text.casefold()) if len(w) > 3)


def _names(items: object) -> set[str]:
    listed = items if isinstance(items, list) else []
    return {str(i.get("class") or i.get("name")) for i in listed if isinstance(i, Mapping)}


def _near(left: str | None, right: str | None) -> bool:
    """Dates no more than a week apart, or one of them unknown."""
    if not left or not right:
        return True
    a, b = (tuple(map(date.fromisoformat, bounds(str(v)))) for v in (left, right))
    gap = max((a[0] - b[1]).days, (b[0] - a[1]).days, 0)
    return gap <= _NEAR_DAYS
