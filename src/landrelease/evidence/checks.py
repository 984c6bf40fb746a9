"""Remarks that travel with a proposal: what contradicts geography, arithmetic, law or time.

A check never changes a field; it shows a person what to look at before accepting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from landrelease.evidence import ages, gazetteer
from landrelease.evidence.dates import find_dates
from landrelease.evidence.proposals import Proposal
from landrelease.evidence.quantities import find_quantities
from landrelease.terms.treaties import TREATIES, treaty_status

Check = Mapping[str, Any]
_Checker = Callable[[Proposal, str | None], Iterator[Check]]
_CHECKERS: list[_Checker] = []
_LARGE_SHARE = 0.2
"""An area over this share of a state's is worth a second look."""
_RATE = re.compile(
    r"\b(?:a|per|each|every) (?:day|week|month|year)\b"
    r"|\b(?:daily|weekly|monthly|annually|on average)\b",
    re.IGNORECASE,
)
_TWO_UNITS = re.compile(
    r"square\s+met(?:re|er)s?\W{0,3}(?:sq\W{0,2})?k(?:m|ilomet)|\bm²\W{0,2}km|\bha\b\W{0,2}km|hectares?\W{0,3}(?:square|sq|km)",
    re.IGNORECASE,
)


_SAME_AREA = re.compile(
    r"[\s,]*(?:\(|\[|/|or\b|that is\b|i\.e\.)[\s,]*"
    r"(?:about |some |around |approximately |roughly )?"
)
"""What stands between an area and the same area in another unit."""
_ROUNDING = 0.05


def checked(proposal: Proposal, text: str, published: str | None) -> Proposal:
    """Return the proposal with every remark that applies.

    Examples
    --------
    >>> odd = Proposal("event", "x", 0, 1, {"iso3": "LBN", "area_m2": 4e11, "kind": "survey"}, "r")
    >>> [c["code"] for c in checked(odd, "x", None).checks]
    ['area_exceeds_state']
    """
    found = [check for checker in _CHECKERS for check in checker(proposal, published)]
    found.extend(_units(proposal, text))
    return replace(proposal, checks=(*proposal.checks, *found)) if found else proposal


def _check(code: str, message: str, **more: object) -> Check:
    return {"code": code, "message": message, **more}


def _checker(function: _Checker) -> _Checker:
    _CHECKERS.append(function)
    return function


@_checker
def _area(proposal: Proposal, published: str | None) -> Iterator[Check]:
    area, iso3 = proposal.fields.get("area_m2"), proposal.fields.get("iso3")
    known = gazetteer.state(str(iso3)).get("area_km2") if iso3 else None
    if not isinstance(area, int | float) or not known:
        return
    share = area / (known * 1e6)
    if share > 1:
        yield _check(
            "area_exceeds_state",
            f"{area / 1e6:,.0f} km² is more than all of {iso3} ({known:,} km²)",
        )
    elif share > _LARGE_SHARE:
        yield _check("area_large", f"{area / 1e6:,.0f} km² is {share:.0%} of {iso3}")


@_checker
def _toll(proposal: Proposal, published: str | None) -> Iterator[Check]:
    killed, injured, total = (proposal.fields.get(k) for k in ("killed", "injured", "total"))
    if killed is None or total is None:
        pass
    elif injured is not None and killed + injured != total:
        yield _check(
            "parts_differ_from_total",
            f"{killed} killed and {injured} injured are {killed + injured}, the text says {total}",
        )
    elif killed > total:
        yield _check("parts_exceed_total", f"{killed} killed of {total} in all")
    if (
        total is not None
        and proposal.fields.get("kind") in ("casualties", "accident")
        and _RATE.search(proposal.quote)
    ):
        yield _check(
            "rate_not_total", "the words give a rate (per day, month or year): a rate is no total"
        )


@_checker
def _treaty(proposal: Proposal, published: str | None) -> Iterator[Check]:
    state, treaty, said = (proposal.fields.get(k) for k in ("state", "treaty", "status"))
    if proposal.category != "treaty_position" or treaty not in TREATIES:
        return
    if not gazetteer.state(str(state)):
        yield _check("state_unknown", f"{state!r} is no state that the register knows")
        return
    when = published or proposal.fields.get("date")
    known = treaty_status(str(state), str(treaty), when)
    words = str(proposal.fields.get("status_in_text") or "")
    plain = "party" if str(said).startswith(("suspended", "withdrawing")) else said
    signed_only = (
        bool(re.search(r"\bsign", words))
        and known.status == "party"
        and said in ("party", "signatory")
    )
    if known.status != plain or signed_only or known.note.startswith("claims"):
        since = f" since {known.since}" if known.since else ""
        yield _check(
            "treaty_status_differs",
            f"the text says {words!r}; the register knows {known.status}{since}",
            known_status=known.status, known_since=known.since, known_note=known.note,
            source=known.events[-1].source if known.events else None,
        )  # fmt: skip


_CHECKERS.extend(
    (ages.before_munition, ages.before_organisation, ages.before_treaty, ages.before_state)
)


@_checker
def _dates(proposal: Proposal, published: str | None) -> Iterator[Check]:
    date = proposal.fields.get("date")
    if (
        date
        and published
        and str(date) > published
        and str(date)[:7] > published[:7]
        and proposal.category == "statement"
    ):
        yield _check("date_after_publication", f"{date} lies after publication ({published})")
    first, last = proposal.fields.get("period_start"), proposal.fields.get("period_end")
    if first and last and str(first) > str(last):
        yield _check("period_reversed", f"the period would end ({last}) before it begins ({first})")


_DATED = ("date", "period_start", "period_end")


@_checker
def _open_date(proposal: Proposal, published: str | None) -> Iterator[Check]:
    """«Last week» in a document without a date of publication names no week."""
    if published is not None or any(proposal.fields.get(name) for name in _DATED):
        return
    words = proposal.quote
    for mention in find_dates(words, 0, len(words), None):
        if not (mention.value or mention.first or mention.last):
            said = words[mention.start : mention.end]
            yield _check("date_open", f"{said!r} needs the date of publication (--published)")
            return


def _units(proposal: Proposal, text: str) -> Iterator[Check]:
    around = text[proposal.start : min(len(text), proposal.end + 20)]
    if proposal.category != "event":
        return
    if _TWO_UNITS.search(around):
        yield _check("units_contradict", "two units of area stand together: which one is meant?")
    areas = [q for q in find_quantities(around, 0, len(around)) if q.kind == "area"]
    for one, other in pairwise(areas):
        same = _SAME_AREA.fullmatch(around[one.end : other.start])
        if same and abs(one.value - other.value) > _ROUNDING * other.value:
            words = around[one.start : other.end].strip()
            yield _check(
                "units_contradict",
                f"«{words}» gives one area twice, and the two differ: {one.value:,.0f} m² and"
                f" {other.value:,.0f} m²",
            )
