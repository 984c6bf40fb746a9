# ruff: noqa: E501 - patterns are read whole
"""What a figure says of how munitions behave, read from the figure outwards.

The rules of :mod:`.claims` look for a property and then for its figure. Here a share or a length of
time that they left unread is taken first, and the words of its clause tell the property; where
they name none («figures of 10 % to 30 %», «ten years would be nearer the truth»), it is that of
the claim just before. The words are in ``terms/claims.yaml`` under ``outwards``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.quantities import find_quantities
from landrelease.evidence.reading import TAG, Reading, Tagged, pattern
from landrelease.terms import load_terms


@cache
def _word(key: str) -> re.Pattern[str]:
    return pattern(load_terms("claims")["outwards"][key])


@cache
def _named() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """For shares (C) and times (U), the properties that words of a clause name, in order."""
    table = load_terms("claims")["outwards"]
    return {
        kind: [(name, pattern(source)) for name, source in table[key].items()]
        for kind, key in (("C", "shares"), ("U", "times"))
    }


@dataclass(frozen=True)
class _Topic:
    """The claim told last: of what, and in which sentence."""

    name: str
    munition: str | None
    munition_class: str | None
    index: int


@dataclass(frozen=True)
class _Figure:
    """Joined amounts, «4 hours, 48 hours or 15 days», and where they stand in the sentence."""

    amounts: tuple[Mention, ...]
    start: int
    end: int

    @property
    def kind(self) -> str:
        """C for a share, U for a time."""
        return self.amounts[-1].kind


_LASTS = 4
"""A claim is in mind for as many sentences."""


def with_lengths(reading: Reading, tagged: Tagged) -> Tagged:
    """Read «two weeks after they are laid» as a length of time where it names no day, and duds as a word."""
    string, mentions = tagged.string, list(tagged.mentions)
    for number, mention in enumerate(mentions):
        if mention.kind == "M" and reading.text[mention.start : mention.end] == "duds":
            tag = f"⟨M{number}⟩"
            string = string.replace(tag, "duds".ljust(len(tag)))
        if mention.kind != "D" or mention.key:
            continue
        lengths = [
            q
            for q in find_quantities(reading.text, mention.start, mention.end)
            if q.kind == "duration"
        ]
        if lengths:
            mentions[number] = Mention("U", mention.start, mention.end, "day", lengths[0])
            string = string.replace(f"⟨D{number}⟩", f"⟨U{number}⟩")
    return replace(tagged, string=string, mentions=tuple(mentions))


def unread(
    reading: Reading, told: Iterable[Tagged], found: Iterable[Proposal]
) -> Iterator[Proposal]:
    """Yield the claims of figures that no claim found before holds."""
    claims = sorted(found, key=lambda p: p.start)
    topic: _Topic | None = None
    said: _Said = {}
    at = 0
    for index, tagged in enumerate(told):
        own = []
        while at < len(claims) and claims[at].start < tagged.sentence.end:
            own.append(claims[at])
            at += 1
        if topic and index - topic.index > _LASTS:
            topic = None
        for proposal in _of_sentence(reading, tagged, index, topic or _repeated(tagged, said), own):
            own.append(proposal)
            yield proposal
        topic = _topic(own, index) or topic
        if topic and own:
            said |= {value: topic for claim in own for value in _values(claim)}


_Said = dict[tuple[str, float], _Topic]
"""The claims told anywhere before, by their figures."""


def _values(claim: Proposal) -> list[tuple[str, float]]:
    unit = str(claim.fields["unit"])
    return [(unit, float(claim.fields[end])) for end in _ENDS if claim.fields[end] is not None]


_ENDS = ("value_min", "value_max")


def _repeated(tagged: Tagged, said: _Said) -> _Topic | None:
    """The claim whose share a sentence gives again: «but one percent is a figure for brochures»."""
    shares = (("%", round(float(m.data.value), 6)) for m in tagged.all("C"))
    return next((said[share] for share in shares if share in said), None)


def _topic(claims: list[Proposal], index: int) -> _Topic | None:
    if not claims:
        return None
    fields = claims[-1].fields
    return _Topic(fields["property"], fields["munition"], fields["munition_class"], index)


def _of_sentence(
    reading: Reading, tagged: Tagged, index: int, topic: _Topic | None, own: list[Proposal]
) -> Iterator[Proposal]:
    if _word("law").search(tagged.string):
        return
    for figure in _figures(tagged):
        if any(_holds(claim, figure) for claim in own):
            continue
        if own and _AT_TIMES.search(tagged.string, max(0, figure.start - 40), figure.start):
            continue
        start, end = _clause(tagged.string, figure)
        live = _topic(own, index) or topic
        name = _property(reading, tagged, index, figure, _words(tagged.string, start, end), live)
        if name:
            yield _claim(reading, tagged, figure, (start, end), name, live)
    live = _topic(own, index) or topic
    if live and live.name.startswith("self-"):
        yield from _undone(reading, tagged, live, own)
    elif topic and not own:
        yield from _bare(reading, tagged, topic)


def _holds(claim: Proposal, figure: _Figure) -> bool:
    """Whether a claim tells a figure: it stands in its words and is, or may be, its value."""
    if claim.end <= figure.amounts[0].start or figure.amounts[-1].end <= claim.start:
        return False
    values = {claim.fields["value_min"], claim.fields["value_max"]}
    return figure.kind == "U" or bool(values & ({*bounds(figure)} - {None}))


OF_SHARES = ("failure rate", "reliability", "share self-destructing")
"""Properties told by a share."""
_LINK = re.compile(
    r"(?:,? (?:to|and|or|up to)|,|–|-)(?: (?:after|at|in|of|for|within|as long as|up to))? ?"
)
_AT_TIMES = re.compile(
    r"\b(?:sometimes|in some cases|in as little as|even)(?: in)?(?: as little as)? $"
)
"""Before a figure that only adds the least of the one told before it."""


def _figures(tagged: Tagged) -> list[_Figure]:
    """The shares and times of a sentence, joined ones together."""
    found: list[_Figure] = []
    for tag in TAG.finditer(tagged.string):
        if tag[1] not in "CU":
            continue
        mention = tagged.mentions[int(tag[2])]
        last = found[-1] if found else None
        if last and last.kind == tag[1] and _LINK.fullmatch(tagged.string[last.end : tag.start()]):
            found[-1] = _Figure((*last.amounts, mention), last.start, tag.end())
        else:
            found.append(_Figure((mention,), tag.start(), tag.end()))
    return found


def joined_with(tagged: Tagged, amount: Mention) -> _Figure | None:
    """The figure of several amounts that an amount is one of: «4 hours, 48 hours or 15 days»."""
    figures = (f for f in _figures(tagged) if amount in f.amounts)
    return next((f for f in figures if len(f.amounts) > 1), None)


_CUT = re.compile(
    r"; |(?<![a-z] )[“”\"]|, (?=(?:and|but|while|whereas|though|although) )|(?<=⟩), (?=⟨[MW]\d+⟩(?: and ⟨[MW]\d+⟩)? (?:the|at|with|has|have)\b)|: (?=⟨[MW]\d+⟩ )"
)


def _clause(string: str, figure: _Figure) -> tuple[int, int]:
    """From the cut before a figure to the cut after it."""
    start, end = 0, len(string)
    for cut in _CUT.finditer(string):
        if cut.end() <= figure.start:
            start = cut.end()
        elif cut.start() >= figure.end:
            end = cut.start()
            break
    return start, end


def _words(string: str, start: int, end: int) -> str:
    """The words of a clause; what follows a colon goes on with what stands before it."""
    return string[0 if string[:start].endswith(": ") else start : end]


def _property(
    reading: Reading, tagged: Tagged, index: int, figure: _Figure, clause: str, live: _Topic | None
) -> str | None:
    """The property that the clause names, else the one in mind where the words take it up."""
    asked = tagged.string.rstrip('”" ').endswith("?")
    if asked or _word("other").match(tagged.string, figure.end):
        return None
    if _word("foreign" if figure.kind == "U" else "foreign_share").search(clause):
        return None
    if live or grounded(reading, index, 5):
        for name, rule in _named()[figure.kind]:
            if rule.search(clause):
                return name
    takes_up = _word("takes_up_share" if figure.kind == "C" else "takes_up_time")
    if live and (live.name in OF_SHARES) == (figure.kind == "C") and takes_up.search(clause):
        return live.name
    return None


def grounded(reading: Reading, index: int, reach: int) -> bool:
    """Whether a sentence, or one of so many before it, names a munition."""
    if any(t.all("M") for t in reading.told[max(0, index - reach) : index + 1]):
        return True
    start = reading.told[index].sentence.start
    return index < reach and bool(reading.inside(max(0, start - _HEADING), start, "M"))


_HEADING = 300
"""Characters before an opening sentence within which a heading may name the munition."""


def _claim(
    reading: Reading,
    tagged: Tagged,
    figure: _Figure,
    clause: tuple[int, int],
    name: str,
    live: _Topic | None,
) -> Proposal:
    words = tagged.string[clause[0] : clause[1]]
    low, high = bounds(figure)
    time = figure.kind == "U"
    fields: dict[str, Any] = {
        **_munition(reading, tagged, words, live),
        "property": name,
        "stance": "disputes" if live and _word("doubt").search(tagged.string) else "asserts",
        "condition": None,
        "duration_days": (high if high is not None else low) if time else None,
        "value_min": low if not time or low != high else None,
        "value_max": high,
        "unit": "day" if time else "%",
    }
    return propose(
        reading, "munition_claim", tagged.span(*clause), f"behaviour.{name.replace(' ', '-')}",
        "low", **fields,
    )  # fmt: skip


_MODEL = re.compile(r"[A-Z]{1,5}-?\d+[A-Z]?\d*")


def _munition(
    reading: Reading, tagged: Tagged, words: str, live: _Topic | None
) -> dict[str, str | None]:
    """The munition or the models of the clause, else the one in mind."""
    models = [m for m in tagged.all("W", words) if _MODEL.fullmatch(m.key)]
    if models:
        return {
            "munition": " / ".join(m.key for m in models),
            "munition_class": live.munition_class if live else None,
        }
    before = reading.inside(max(0, tagged.sentence.start - 800), tagged.sentence.end, "M")
    own = tagged.all("M", words) or ([] if live else before[-1:])
    if own:
        return {"munition": reading.text[own[0].start : own[0].end], "munition_class": own[0].key}
    return {
        "munition": live.munition if live else None,
        "munition_class": live.munition_class if live else None,
    }


def bounds(figure: _Figure) -> tuple[Any, Any]:
    """Least and most of joined amounts; one end is open where the text leaves it so."""
    data = [m.data for m in figure.amounts]
    if len(data) == 1 and (data[0].low is not None or data[0].high is not None):
        return neat(data[0].low), neat(data[0].high)
    ends = [v for d in data for v in (d.low, d.high, d.value) if v is not None]
    return neat(min(ends)), neat(max(ends))


def neat(value: float | None) -> float | int | None:
    """Without the last digits of binary arithmetic; whole numbers as such."""
    if value is None:
        return None
    plain = float(f"{float(value):.9g}")
    return int(plain) if plain.is_integer() else plain


def _bare(reading: Reading, tagged: Tagged, topic: _Topic) -> Iterator[Proposal]:
    """«You get many more duds», «they still find them intact»: a doubt without a figure."""
    duds = _word("duds").search(tagged.string) if topic.name in OF_SHARES else None
    match = _word("intact").search(tagged.string) or duds
    if match is None:
        return
    start, end = _clause(tagged.string, _Figure((), match.start(), match.end()))
    own = tagged.all("M", tagged.string[start:end]) if match is not duds else []
    yield propose(
        reading, "munition_claim", tagged.span(start, end), "behaviour.doubt", "low",
        munition=reading.text[own[0].start : own[0].end] if own else topic.munition,
        munition_class=own[0].key if own else topic.munition_class,
        property="failure rate" if match is duds else "failure to self-destruct",
        stance="disputes", condition=None, duration_days=None, value_min=None, value_max=None,
        unit=None,
    )  # fmt: skip


def _undone(
    reading: Reading, tagged: Tagged, topic: _Topic, own: list[Proposal]
) -> Iterator[Proposal]:
    """«Sappers report that many do not», «a third failed to do so»: against what mines should do."""
    match = _word("undone").search(tagged.string)
    if match is None:
        yield from () if own else _bare(reading, tagged, topic)
        return
    span = tagged.span(*_clause(tagged.string, _Figure((), match.start(), match.end())))
    if any(claim.start < span.end and span.start < claim.end for claim in own):
        return
    yield propose(
        reading, "munition_claim", span, "behaviour.undone", "low",
        munition=topic.munition, munition_class=topic.munition_class, property=topic.name,
        stance="disputes", condition=None, duration_days=None, value_min=None, value_max=None,
        unit=None,
    )  # fmt: skip
