# ruff: noqa: E501 - patterns are read whole
"""What happened on the ground: contamination, accidents, casualties, clearance, survey."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.layout import Span
from landrelease.evidence.places import Period, period_of, place_in, state_in
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged, pattern
from landrelease.evidence.sieves.casualties import Toll, toll_of
from landrelease.evidence.sieves.documents import state_of_label
from landrelease.terms import load_terms


@cache
def _word(key: str) -> re.Pattern[str]:
    return pattern(load_terms("events")[key])


_TRIGGERED = re.compile(
    r"\b(?:stepped on|trod on|triggered|set off|tripped|drove over|ran over|picked up|hit|struck) (?:an? |the )?(?:[\w-]+ ){0,3}?⟨M"
)
"""An accident told before its toll."""
_HARM = re.compile(
    r"\b(?:explo(?:ded|des|sion)|blasts?|detonated|killed|injured|wounded|died|dead|deaths?|injuries|victims?)\b"
)
_SINCE = re.compile(r"\bsince(?: [\w'’-]+){0,6}\s*$", re.IGNORECASE)


@dataclass
class Scene:
    """What earlier sentences said of body, place and time."""

    org: str | None = None
    iso3: str | None = None
    section: str | None = None
    place: str | None = None
    place_at: int = -9
    toll_at: int = -9
    period: Period = Period()  # noqa: RUF009 - frozen and empty


_SAME_STORY = 500
"""Characters within which an accident without a toll is the one told beside it."""


def events(reading: Reading) -> Iterator[Proposal]:
    """Yield events; an accident told once with and once without its toll is one."""
    found = list(_told(reading))
    for before, proposal, after in zip([None, *found], found, [*found[1:], None], strict=False):
        if _without_toll(proposal) and (_tells(before, proposal) or _tells(after, proposal)):
            continue
        yield _completed(proposal, before) if before and _without_toll(before) else proposal


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
    return gap < _SAME_STORY


def _completed(proposal: Proposal, before: Proposal) -> Proposal:
    """Give an accident the day and place that the sentence before it told."""
    if not _tells(proposal, before):
        return proposal
    fields = dict(proposal.fields)
    for name in ("period_start", "period_end", "period_text", "place"):
        fields[name] = fields[name] or before.fields[name]
    fields["munitions"] = fields["munitions"] or before.fields["munitions"]
    return replace(proposal, fields=fields)


def _told(reading: Reading) -> Iterator[Proposal]:
    """Yield events sentence by sentence, each with period, place and body carried on."""
    scene = Scene()
    pending: dict[str, Any] | None = None
    for tagged in reading.tagged:
        heading = reading.is_heading(tagged.sentence.block)
        section = state_of_label(reading.blocks[tagged.sentence.block].label)
        scene.section = section or scene.section
        found = [] if heading else list(_of_sentence(reading, tagged, scene))
        _follow(reading, tagged, scene)
        for proposal in found:
            if pending is not None and _completes(pending, proposal, tagged):
                pending["area_m2"] = proposal.fields["area_m2"]
                pending["area_text"] = proposal.fields["area_text"]
                continue
            pending = dict(proposal.fields) if proposal.fields["kind"] == "clearance" else None
            yield _with(proposal, pending)


def _with(proposal: Proposal, fields: dict[str, Any] | None) -> Proposal:
    """Share the mapping, so that an area told in the next sentence still reaches this record."""
    if fields is None:
        return proposal
    return replace(proposal, fields=fields)


def _completes(pending: dict[str, Any], proposal: Proposal, tagged: Tagged) -> bool:
    fields = proposal.fields
    same = fields["kind"] == "clearance" and fields["area_m2"]
    same = same and not any(m["count"] for m in fields["munitions"])
    anew = [m for m in tagged.all("D") if m.data.first] and fields["period_start"] != pending[
        "period_start"
    ]
    elsewhere = place_in(tagged) not in (None, pending["place"]) or tagged.all("O")
    return bool(
        same and not elsewhere and pending["area_m2"] is None and pending["munitions"] and not anew
    )


def _of_sentence(reading: Reading, tagged: Tagged, scene: Scene) -> Iterator[Proposal]:
    if tagged.string.endswith("?") or _word("not_an_event").search(tagged.string):
        return
    toll = toll_of(tagged) or _unhurt_known(tagged)
    caused = _word("explosive_cause").search(tagged.string) or tagged.all("M")
    if _TRIGGERED.search(tagged.string) or (caused and _HARM.search(tagged.string)):
        scene.toll_at = tagged.index
    if toll and (caused or tagged.index - scene.toll_at <= _STILL_THERE):
        scene.toll_at = tagged.index
        found: Proposal | None = _casualties(reading, tagged, scene, toll)
    else:
        found = _work_of(reading, tagged, scene)
    if found:
        yield found
        yield from _what_remains(reading, tagged, scene, found)


def _work_of(reading: Reading, tagged: Tagged, scene: Scene) -> Proposal | None:
    """Clearance, survey or contamination, the first that fits."""
    for kind in ("clearance", "survey", "contamination"):
        match = _fits(tagged, kind)
        if match:
            return _work(reading, tagged, scene, kind, match)
    return None


_REMAINS = re.compile(
    r"\b(?:remain\w*|left|still|needs?|yet) [^.;]{0,60}$|⟨A\d+⟩[^.;]{0,60}\b(?:remain|left|still|needs?)\b"
)


def _what_remains(
    reading: Reading, tagged: Tagged, scene: Scene, told: Proposal
) -> Iterator[Proposal]:
    """What a sentence about people or work says besides of the area still dangerous."""
    match = _fits(tagged, "contamination") if _REMAINS.search(tagged.string) else None
    if match is None or not tagged.all("A") or told.fields["kind"] == "contamination":
        return
    proposal = _work(reading, tagged, scene, "contamination", match)
    if proposal.fields["area_text"] != told.fields.get("area_text"):
        yield proposal


_STEPPED_ON = pattern(
    r"\b(?:stepped on|stepping on|trod on|triggered|set off|tripped|drove over|driving over|ran over|hit|struck) (?:an? |the |another |yet another |old |⟨Q\d+⟩ )?(?:[\w-]+ ){0,3}?{M}"
    r"|\b(?:was|were|been|got) blown up (?:by|on) (?:an? |the )?(?:[\w-]+ ){0,3}?{M}"
    r"|\b(?:injured|killed|wounded|maimed|hurt|died) (?:[\w-]+ ){0,3}?(?:in|by|from|when) (?:[\w-]+ ){0,2}?{M} (?:explosions?|blasts?|accidents?|incidents?)"
)
_TEAMS = re.compile(
    r"\b(?:teams?|deminers?|sappers?|engineers|specialists|experts|machine|controlled|dog)\b(?!.*\b(?:injured|killed|hurt|died|wounded))"
)


def _unhurt_known(tagged: Tagged) -> Toll | None:
    """An explosion that someone set off, with no word on who was hurt."""
    string = tagged.string
    found = _STEPPED_ON.search(string)
    known = found and not _TEAMS.search(string) and not _word("clearance_bar").search(found.group())
    return Toll() if known else None


_STILL_TO_DO = re.compile(
    r"\b(?:needs?|has|have|must|should|requires?|remains?|yet)(?: to)? be(?:ing)? (?:[a-z]+ly )?(?:surveyed|checked|searched|inspected|cleared)|\brequir(?:e|es|ing) survey"
)


_PLANNED = re.compile(
    r"\b(?:aims?|plans?|hopes?|intends?|expects?|pledged|promised) to (?:clear|survey|demine|release)\b"
)


def _fits(tagged: Tagged, kind: str) -> re.Match[str] | None:
    if kind == "survey" and (not tagged.all("AQ") or _STILL_TO_DO.search(tagged.string)):
        return None
    match = _word(kind).search(tagged.string)
    if not match:
        return None
    counted = re.search(r"⟨Q\d+⟩ (?:[\w-]+ ){0,3}?(?:⟨M\d+⟩|items|devices|objects)", tagged.string)
    area = tagged.all("A")
    if kind == "clearance" and (
        _word("clearance_bar").search(tagged.string)
        or (tagged.all("V") and not (counted or area))
        or not (counted or area or _word("clearance_sure").search(tagged.string))
    ):
        return None
    if kind == "contamination" and _PLANNED.search(tagged.string):
        return None
    if kind == "contamination" and not (area or _word("contamination_sure").search(tagged.string)):
        return None
    return match


def _follow(reading: Reading, tagged: Tagged, scene: Scene) -> None:
    bodies = [m for m in tagged.all("O") if _works_on_mines(m)]
    if bodies:
        known = gazetteer.organisation(bodies[-1].key)
        scene.org = str(known["name"])
        scene.iso3 = known.get("iso3") or scene.iso3
    states = tagged.all("S")
    scene.iso3 = states[0].key if states else scene.iso3
    place = place_in(tagged)
    if place:
        scene.place, scene.place_at = place, tagged.index
    period = _period(reading, tagged)
    scene.period = period if period.first else scene.period


_FIELD = re.compile(r"[Mm]ine|[Oo]rdnance|UXO|EOD|[Cc]learance|[Ww]eapon|[Ee]mergency|[Cc]ivil")


def _works_on_mines(mention: Mention) -> bool:
    """A listed body that is neither a government's office nor a party to a conflict, or one named for the work."""
    known = gazetteer.organisation(mention.key)
    listed = "names" in known and known.get("kind") != "government" and not known.get("party")
    return listed or bool(_FIELD.search(str(known["name"])))


_RANGE = re.compile(
    r"\b(?:from|between) (⟨D\d+⟩) (?:to|and|until|till|through) (⟨D\d+⟩)", re.IGNORECASE
)


def _period(reading: Reading, tagged: Tagged) -> Period:
    span = _RANGE.search(tagged.string)
    ends = [tagged.mention(tag) for tag in span.groups()] if span else []
    if span and all(m and m.data.first for m in ends):
        first, last = (period_of(reading, [m]) for m in ends if m)
        return Period(first.first, last.last, f"{first.text} to {last.text}")
    found = [m for m in tagged.all("D") if not _of_speech(tagged, m)]
    period = period_of(reading, found)
    if period.first is None:
        return period
    before = tagged.string[: tagged.place(next(m for m in found if m.data.first or m.data.last))]
    if _SINCE.search(before):
        return Period(period.first, reading.published, period.text)
    if re.search(r"\b(?:through|until|up to)\s*$", before, re.IGNORECASE) and period.last:
        return Period(f"{period.last[:4]}-01-01", period.last, period.text)
    if re.search(r"\b(?:as of|by|to date)\s*$", before, re.IGNORECASE):
        return Period(None, period.last, period.text)
    return period


_SPEECH = re.compile(
    r"\b(?:said|says|reported|told|announced|confirmed|stated|warned|added|published|released|launched|according to)(?: (?!⟨A)[\w⟨⟩'’]+){0,3}?,? (?:on |late |early )?$"
)


_WARS = r"(?:wars?|conflicts?|invasion|genocide|ceasefire|fighting|hostilities|battles|occupation|bombing|bombardment|rule|era)"
_WAR_OF = re.compile(rf"⟨D\d+⟩(?:['’]s?)?(?: [\w-]+)? {_WARS}\b")
_OF_WAR = re.compile(
    rf"(?<!since the )(?<!since )(?<!end of the )(?:\b{_WARS}(?: [\w⟨⟩'’-]+){{0,4}}? (?:in|of|between|from|during)"
    r"|\b(?:laid|planted|sown|left|left over|leftover|dropped|buried|placed|dating|dates|remaining)(?: [\w⟨⟩'’-]+){0,5}? (?:in|from|since|back to|during|between))(?: the)?(?: early| late| mid)?(?: ⟨D\d+⟩ (?:and|to))?\s*$",
    re.IGNORECASE,
)
"""What laid the mines long ago does not date what happened with them."""


def _of_speech(tagged: Tagged, mention: Mention) -> bool:
    """A date beside a reporting verb or of the war that left the ordnance is not the event's."""
    at = tagged.place(mention)
    before, after = tagged.string[:at], tagged.string[at:]
    return bool(_SPEECH.search(before) or _OF_WAR.search(before) or _WAR_OF.match(after))


def _common(reading: Reading, tagged: Tagged, scene: Scene, kind: str) -> dict[str, Any]:
    period = _period(reading, tagged)
    own = _own_org(tagged)
    alone = (
        period.first is None
        and period.last is None
        and not _word("cumulative").search(tagged.string)
    )
    carried = scene.period if alone and kind in ("clearance", "survey") else period
    return {
        "kind": kind, "place": place_in(tagged) or _place_before(tagged, scene),
        "iso3": state_in(reading, tagged, scene.section) or scene.iso3,
        "period_start": carried.first, "period_end": carried.last, "period_text": carried.text,
        "org": own or (scene.org if kind in ("clearance", "survey") else None),
    }  # fmt: skip


_STILL_THERE = 3
"""Sentences through which a place or an accident goes on being meant."""


def _place_before(tagged: Tagged, scene: Scene) -> str | None:
    """The place named just before, unless the sentence speaks of a whole state."""
    near = tagged.index - scene.place_at <= _STILL_THERE
    return scene.place if near and not tagged.all("SJ") else None


def _own_org(tagged: Tagged) -> str | None:
    bodies = tagged.all("O")
    return str(gazetteer.organisation(bodies[0].key)["name"]) if bodies else None


def _casualties(reading: Reading, tagged: Tagged, scene: Scene, toll: Toll) -> Proposal:
    statistic = _word("statistic").search(tagged.string) or (toll.people or 0) >= 40
    kind = "casualties" if statistic else "accident"
    fields = _common(reading, tagged, scene, kind)
    fields |= {
        "munitions": _munitions(reading, tagged),
        "killed": toll.killed,
        "injured": toll.injured,
        "total": toll.total,
    }
    fields["cumulative"] = bool(_word("cumulative").search(tagged.string)) if statistic else None
    span = Span(tagged.sentence.start, tagged.sentence.end)
    return propose(reading, "event", span, f"event.{kind}", "medium", **fields)


def _work(
    reading: Reading, tagged: Tagged, scene: Scene, kind: str, match: re.Match[str]
) -> Proposal:
    fields = _common(reading, tagged, scene, kind)
    areas = tagged.all("A")
    area = _nearest(tagged, areas, match.start()) if areas else None
    fields |= {
        "munitions": _munitions(reading, tagged),
        "area_m2": area.data.plain() if area else None,
        "area_text": reading.text[area.start : area.end].strip() if area else None,
        "cumulative": bool(_word("cumulative").search(tagged.string)),
    }  # fmt: skip
    span = Span(tagged.sentence.start, tagged.sentence.end)
    return propose(reading, "event", span, f"event.{kind}", "medium", **fields)


def _nearest(tagged: Tagged, areas: list[Mention], at: int) -> Mention:
    return min(areas, key=lambda m: abs(tagged.place(m) - at))


def _munitions(reading: Reading, tagged: Tagged) -> list[dict[str, Any]]:
    found = []
    for match in re.finditer(
        r"(?:(⟨Q\d+⟩) (?:other |more |different |live |active |old |rusty |deadly |types of |items of |pieces of |units of |metal |dangerous |undetonated )*)?(⟨M\d+⟩)",
        tagged.string,
    ):
        number, thing = tagged.mention(match[1]), tagged.mention(match[2])
        if thing and "field" not in reading.text[thing.start : thing.end].casefold():
            count = number.data.plain() if number else None
            found.append(
                {"name": reading.text[thing.start : thing.end], "class": thing.key, "count": count}
            )
    return found
