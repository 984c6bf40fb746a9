"""Where a state stands, told by another's: «so is Chad», «neither has Chad», «Mali but not Chad».

What leads on is a position that either reading found, in the sentence or in the one before it. The
words that lead on are in ``terms/likeness.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from landrelease.evidence.grammar import compiled
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.terms import load_terms


@dataclass(frozen=True)
class _Kind:
    name: str
    regex: re.Pattern[str]
    of: tuple[str, ...]
    same: bool
    near: bool
    dated: bool
    shared: bool


@cache
def _kinds() -> list[_Kind]:
    table = load_terms("likeness")
    return [
        _Kind(
            name,
            compiled(k["pattern"], table["parts"]),
            tuple(k["of"]),
            k["as"] == "same",
            k.get("near", False),
            k.get("dated", False),
            k.get("shared", False),
        )
        for name, k in table["kinds"].items()
    ]


_OTHER = {"party": "non-party", "non-party": "party"}
_NEAR = 60
"""Characters between a position and what the same sentence says of another state."""


def alike(reading: Reading, found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield positions of states that stand as another does, or the other way round.

    Parameters
    ----------
    reading : Reading
        The text.
    found : iterable of Proposal
        The positions read; nothing is said again of a state and treaty in their sentence.
    """
    found = sorted(found, key=lambda p: p.start)
    before: list[Proposal] = []
    for tagged in reading.told:
        own = [p for p in found if tagged.sentence.start <= p.start < tagged.sentence.end]
        said = [*_of_sentence(reading, tagged, own, before), *_of_second(reading, tagged, own)]
        yield from said
        before = own + said


def _of_sentence(
    reading: Reading, tagged: Tagged, own: list[Proposal], before: list[Proposal]
) -> Iterator[Proposal]:
    told = {(p.fields["state"], p.fields["treaty"]) for p in own}
    for kind in _kinds():
        for match in kind.regex.finditer(tagged.string):
            place = tagged.span(*match.span())
            leads = _leads(kind, own, before, place)
            states = list(dict.fromkeys(m.key for m in tagged.all("SG", match["states"])))
            for lead, state in product(leads, states):
                key = (state, lead.fields["treaty"])
                if key not in told:
                    told.add(key)
                    yield _position(reading, tagged, kind, match, lead, state)


def _leads(kind: _Kind, own: list[Proposal], before: list[Proposal], place: Span) -> list[Proposal]:
    """The position nearest before, one of each treaty it was told of."""
    near = [p for p in own if p.start < place.end + _NEAR and place.start - p.end <= _NEAR]
    pool = near if near or kind.near else before
    if not pool:
        return []
    last = max(pool, key=lambda p: (p.start <= place.start, p.end))
    leads = {p.fields["treaty"]: p for p in pool if p.fields["state"] == last.fields["state"]}
    return [p for p in leads.values() if p.fields["status"] in kind.of]


def _position(
    reading: Reading, tagged: Tagged, kind: _Kind, match: re.Match[str], lead: Proposal, state: str
) -> Proposal:
    place = tagged.span(*match.span())
    span = Span(min(place.start, lead.start), max(place.end, lead.end)) if kind.near else place
    status = lead.fields["status"]
    days = [m.data.value for m in tagged.all("D", match.group()) if m.data.value]
    return propose(
        reading, "treaty_position", span, f"likeness.{kind.name}", "low",
        state=state, treaty=lead.fields["treaty"],
        status=status if kind.same else _OTHER[status],
        status_in_text=" ".join(reading.text[place.start : place.end].split()),
        date=_day(kind, lead, days, reading.published),
        date_kind=lead.fields["date_kind"] if kind.dated or kind.shared else "as_of",
    )  # fmt: skip


def _day(kind: _Kind, lead: Proposal, days: list[str], published: str | None) -> str | None:
    """The day told beside the state, or that of the other's act where they share it."""
    if kind.shared:
        day: str | None = lead.fields["date"]
        return day
    return next(reversed(days), None) if kind.dated else published


@cache
def _second() -> re.Pattern[str]:
    """«… since 1999 and to the other treaty since 2012»."""
    table = load_terms("likeness")
    return compiled(table["second_treaty"], table["parts"])


def _of_second(reading: Reading, tagged: Tagged, own: list[Proposal]) -> Iterator[Proposal]:
    """A second treaty behind the day of the first, with a day of its own or none."""
    told = {(p.fields["state"], p.fields["treaty"]) for p in own}
    for lead in own:
        second = _second().match(tagged.string, tagged.place_of(lead.end))
        if not second or lead.fields["status"] not in ("party", "signatory"):
            continue
        named = tagged.mention(second["treaty"])
        key = (lead.fields["state"], named.key if named else "other")
        if (second["when"] or second["to"]) and key not in told and key[1] != "other":
            told.add(key)
            days = [m.data.value for m in tagged.all("D", second["when"] or "")]
            own_day = {"treaty": key[1], "date": next(iter(days), None)}
            yield propose(
                reading, "treaty_position", tagged.span(*second.span()), "likeness.second-treaty",
                "low", **{**lead.fields, **own_day},
            )  # fmt: skip
