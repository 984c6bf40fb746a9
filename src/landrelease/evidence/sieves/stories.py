# ruff: noqa: E501 - patterns are read whole
"""What several sentences tell of one accident, joined into one event."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from landrelease.evidence.places import place_in
from landrelease.evidence.proposals import Proposal
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves import event_times

SAME_STORY = 500
"""Characters within which an accident without a toll is the one told beside it."""
PERIOD = ("period_start", "period_end", "period_text")
"""Fields that say when."""


def joined(reading: Reading, found: list[Proposal]) -> Iterator[Proposal]:
    """Yield events; an accident told once with and once without its toll, or man by man, is one."""
    found = [_measured(reading, _placed(reading, one)) for one in _gathered(reading, found)]
    for before, proposal, after in zip([None, *found], found, [*found[1:], None], strict=False):
        if _without_toll(proposal) and (_tells(before, proposal) or _tells(after, proposal)):
            continue
        yield (
            _completed(reading.text, proposal, before)
            if before and _without_toll(before)
            else proposal
        )


_IT_OCCURRED = re.compile(
    r"^The (?:(?:incident|accident|explosion|blast|tragedy) (?:occurred|happened|took place)|(?:man|woman|boy|girl|child|farmer|driver|deminer|victims?) (?:died|was killed|were killed))\b"
)
"""What tells more of an accident right behind its toll."""


def _next_to(reading: Reading, proposal: Proposal) -> Tagged | None:
    """The sentence right behind a proposal's words."""
    at = bisect_left(reading.sentences, proposal.end, key=lambda s: s.start)
    return reading.tagged[at] if at < len(reading.sentences) else None


_AS_AREA = re.compile(
    r"(?:This|That|It) (?:is|was|amounts to|comes to|equals|means)(?: an area of)? (⟨A\d+⟩)"
)


def _measured(reading: Reading, proposal: Proposal) -> Proposal:
    """«… is about 30 percent. This is 174,000 square kilometres»: the share of land as an area."""
    if proposal.fields["kind"] != "contamination" or proposal.fields["area_m2"]:
        return proposal
    after = _next_to(reading, proposal)
    told = _AS_AREA.match(after.string) if after else None
    area = after.mention(told[1]) if after and told else None
    if area is None:
        return proposal
    words = reading.text[area.start : area.end].strip()
    fields = {**proposal.fields, "area_m2": area.data.plain(), "area_text": words}
    return replace(proposal, fields=fields)


def _placed(reading: Reading, proposal: Proposal) -> Proposal:
    """Give an accident the day and the place of «The incident occurred Tuesday in …» right behind it."""
    if proposal.fields["kind"] != "accident":
        return proposal
    after = _next_to(reading, proposal)
    if after is None or not _IT_OCCURRED.match(after.string):
        return proposal
    fields = dict(proposal.fields)
    if fields["period_start"] is None:
        fields |= event_times.period(reading, after).fields()
    return replace(proposal, fields=fields | {"place": fields["place"] or place_in(after)})


def _without_toll(proposal: Proposal) -> bool:
    fields = proposal.fields
    return fields["kind"] == "accident" and fields["total"] is None


def _tells(other: Proposal | None, proposal: Proposal) -> bool:
    """Whether a neighbour is an accident with its toll, near enough to be the same."""
    if other is None or other.fields["kind"] != "accident" or _without_toll(other):
        return False
    days = {p.fields["period_start"] for p in (other, proposal)} - {None}
    if len(days) > 1:
        return False
    gap = max(other.start - proposal.end, proposal.start - other.end)
    return gap < SAME_STORY


def _completed(text: str, proposal: Proposal, before: Proposal) -> Proposal:
    """Give an accident the day and place that the sentence before it told."""
    if not _tells(proposal, before):
        return proposal
    fields = dict(proposal.fields)
    for name in (*PERIOD, "place"):
        fields[name] = fields[name] or before.fields[name]
    fields["munitions"] = fields["munitions"] or before.fields["munitions"]
    if not 0 <= proposal.start - before.end < _NEXT_SENTENCE:
        return replace(proposal, fields=fields)
    quote = text[before.start : proposal.end]
    return replace(proposal, fields=fields, start=before.start, quote=quote)


_NEXT_SENTENCE = 4
"""An accident told in one sentence and its toll in the next are quoted together."""


def _gathered(reading: Reading, found: list[Proposal]) -> list[Proposal]:
    """«… He died in hospital. His wife was injured.»: the second sentence adds to the first."""
    kept: list[Proposal] = []
    for proposal in found:
        if kept and _retold(reading, kept[-1], proposal):
            kept[-1] = _completed(reading.text, kept[-1], proposal)
        elif kept and _goes_on(reading, kept[-1], proposal):
            kept[-1] = _added(kept[-1], proposal)
        else:
            kept.append(proposal)
    return kept


_OTHER_ONE = re.compile(
    r"\b(?:another|separate|different|second|earlier|previous(?:ly)?|last (?:week|month|year)|(?:a|one|two|three) (?:day|week|month|year)s? (?:later|earlier|before|ago)|in (?:19|20)\d\d)\b[^.]{0,40}\b(?:accident|incident|explosion|blast|mine|attack)|^(?:Earlier|Previously|Separately|Elsewhere|Meanwhile|In a )",
    re.IGNORECASE,
)
_CLOSE_BY = 160
"""Characters between two sentences of one story."""


def _goes_on(reading: Reading, before: Proposal, proposal: Proposal) -> bool:
    """Whether an accident without ordnance, day and cause of its own continues the one before."""
    if _breaks_down(before, proposal):
        return True
    if any(p.fields["kind"] != "accident" or _without_toll(p) for p in (before, proposal)):
        return False
    own, near = proposal.fields, proposal.start - before.end < _CLOSE_BY
    words = reading.text[proposal.start : proposal.end]
    alone = not (own["munitions"] or own["period_text"] or _CAUSE.search(words))
    moved = own["place"] not in (None, before.fields["place"])
    return bool(
        near and alone and not moved and not _OTHER_ONE.search(words) and not _LATER.search(words)
    )


def _retold(reading: Reading, before: Proposal, proposal: Proposal) -> bool:
    """The same toll once more in the same story: «the blast killed all five»."""
    if _without_toll(before) or not _tells(before, proposal):
        return False
    first, own = before.fields, proposal.fields
    if own["kind"] != "accident":
        return False
    same = all(own[name] in (None, first[name]) for name in ("killed", "injured"))
    there = own["place"] in (None, first["place"]) or first["place"] is None
    words = reading.text[proposal.start : proposal.end]
    return same and there and bool(_WHOLE.search(words))


_WHOLE = re.compile(
    r"\b(?:all|the) (?:of )?(?:the )?(?:[\d]+|[a-z]+teen|two|three|four|five|six|seven|eight|nine|ten)\b"
)
"""«All five» and «the five» are those told of."""
_LATER = re.compile(r"\b(?:later|succumbed|subsequently)\b")
"""Whether he who died later was among the hurt is for a person to say."""


def _breaks_down(before: Proposal, proposal: Proposal) -> bool:
    """«… 11 people fell victim. Seven were injured and four lost their lives.»"""
    first, own = before.fields, proposal.fields
    same = first["kind"] == "casualties" and own["kind"] in ("casualties", "accident")
    plain = first.get("killed") is None and first.get("injured") is None and not own["munitions"]
    near = proposal.start - before.end < _CLOSE_BY
    return bool(same and plain and near and own["total"] and own["total"] == first["total"])


_CAUSE = re.compile(r"\b(?:explosions?|blasts?|exploded|accidents?|incidents?|detonated)\b")


def _added(before: Proposal, proposal: Proposal) -> Proposal:
    """Fill the counts that the first sentence lacks; one it has stands."""
    fields = dict(before.fields)
    for name in ("killed", "injured"):
        if fields[name] is None:
            fields[name] = proposal.fields[name]
    parts = [fields[name] for name in ("killed", "injured") if fields[name] is not None]
    fields["total"] = max(sum(parts), fields["total"] or 0) if parts else fields["total"]
    return replace(before, fields=fields)
