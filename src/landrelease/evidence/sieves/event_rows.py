# ruff: noqa: E501 - patterns are read whole
"""Rows of bulletins and fact sheets: «Kharkiv: 500 items, 30 ha», «Victims in 2021: 60 (20 dead)».

A row has a head before a colon and figures behind it, and no verb that a sentence would have. The
head says what is counted, or where and by whom; nothing is proposed where it says neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.places import Period, period_of
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged, pattern
from landrelease.evidence.sieves import event_items

_LEAD = r"^(?:[•*·▪–-] ?)?(?:\d{1,2}[.)] )?"
_WORK = r"(?:(?:explosive|hazardous) )?(?:items?|devices?|objects?|pieces?|units?|ordnance|mines?|submunitions?|munitions?|tasks?|land)|checked|cleared|destroyed|removed|found|neutrali[sz]ed|released|completed|surveyed|inspected|returned|in all|in total|No|of|and|x|at|in|near|among them|of them|of which|including|[\"“][a-z-]+[\"”]"
_FIGURES = rf"(?:(?:{{A|Q|M|W|P|N|O}}|{_WORK})(?![\w])[ ,;./()×-]{{0,3}}){{2,32}}(?:(?:on|in|along|near|at|around) [^.;:]{{2,80}})?\.?$"
_OF_PLACE = pattern(
    rf"{_LEAD}(?P<name>{{W|L|P|G|O}}(?:, {{W|L|P|G}}){{0,2}}(?: (?:region|oblast|province|district|governorate|county|municipality|canton))?)(?: ?[-–] ?(?P<by>{{O|W|P}}))?: ?(?P<figures>{_FIGURES})"
)
_OF_BODY = pattern(
    rf"{_LEAD}(?P<name>(?:[^:.;⟨]|{{W|L|P|G|O|S|J}}){{2,70}}): ?(?P<figures>(?={{A}}(?![^:]*⟨[VC]\d)){_FIGURES})"
)
"""«1st Engineer Battalion: 4 ha at Zadar; 12 mines»: who worked, in what words ever."""
_OF_ITEMS = pattern(
    rf"{_LEAD}(?P<name>{{W|L|P|G|O}}(?: (?:region|oblast|province|district|governorate))?): ?(?P<figures>{{Q}} (?:(?:explosive|unexploded) )?(?:items?|devices?|objects?|{{M}}))\.?$"
)
"""A row among others without its area: «Gao: 40 items»."""
_BODY_NAME = re.compile(
    r"\b(?:Forces?|Battalion|Brigade|Protection|Service|Trust|Army|Police|Agency|Cent(?:re|er)|Aid|Group|Company|Companies|Corps|Unit|Regiment|Squadron|Foundation|Ltd|army|military|police|companies|teams?)\b"
)
_OF_WORK = pattern(
    rf"{_LEAD}(?P<name>(?:[^:.;]|⟨[A-Z]\d+⟩){{0,60}}?\b(?:clearance|demining|disposal|spot tasks?)\b[^:.;]{{0,50}}): ?(?P<figures>{_FIGURES})"
)
_OF_PEOPLE = pattern(
    rf"{_LEAD}(?P<head>[^:.;]{{0,60}}?(?:\b(?:victims|casualties|accidents|incidents|killed|lost|dead|deaths|injured|wounded)\b)[^:.;]{{0,60}}): ?(?P<n>{{Q}})(?P<rest>[^:]{{0,100}})$"
)
_OF_LAND = pattern(
    rf"{_LEAD}(?P<head>[^:.;]{{2,70}}): ?(?:{{Q}} [\w⟨⟩ ]{{2,40}}?,? )?(?P<a>{{A}})(?P<rest>[^:]{{0,100}})$"
)
_DEAD = pattern(
    r"(?:\(|of (?:whom|them|which) |including )(?P<n>{Q}) (?:people )?(?:were |was )?(?:dead|killed|died|perished|deaths|fatal(?:ly|ities)?|did not survive|lost their lives)"
)
_TELLS = re.compile(
    r"⟨Q\d+⟩[^:]*:|\b(?:were|was|had|has|have|records?|recorded|reports?|reported|counts?|counted|rose|fell|highest|most|followed)\b"
)
"""With a verb it is a sentence."""
_HELPED = re.compile(
    r"\b(?:assist|help|support|train|treat|compensat|reach|register|interview|rehabilitat|aid)\w*",
    re.IGNORECASE,
)
"""«Victims assisted: 30» counts whom a programme helped."""
_VICTIMS = re.compile(r"victims|casualties|people|persons|civilians", re.IGNORECASE)
_FATAL = re.compile(r"\b(?:killed|lost|dead|deaths|fatalities)\b", re.IGNORECASE)
_HURT = re.compile(r"\b(?:injured|wounded|hurt|maimed)\b", re.IGNORECASE)
_STILL_THERE = re.compile(
    r"suspect|contaminat|hazard|\bmined\b|minefield|remain|\bleft\b|still|uncleared", re.IGNORECASE
)
_ENDED = re.compile(
    r"clear(?:ed|ance)|demin|released|returned|checked|inspected|survey|cancel|target|plan|goal",
    re.IGNORECASE,
)


def rows(
    reading: Reading,
    tagged: Tagged,
    iso3: str | None,
    org: str | None,
    when: Period,
    *,
    listed: bool = False,
) -> Iterator[Proposal]:
    """Yield what one row tells.

    Parameters
    ----------
    reading : Reading
        The text.
    tagged : Tagged
        The row.
    iso3, org : str, optional
        State and body of the work, which the text before names.
    when : Period
        Time of a row that names none.
    listed : bool
        Whether the row before it told of work.
    """
    own = period_of(reading, tagged.all("D"))
    common: dict[str, Any] = {"place": None, "iso3": iso3, "org": None}
    found = _work(reading, tagged, org, listed) or _people(tagged) or _land(reading, tagged)
    if found:
        dated = own.first or own.last or found["kind"] == "contamination"
        fields = common | found | (own if dated else when).fields()
        fields["munitions"] = event_items.munitions(reading, tagged)
        span = tagged.span(0, len(tagged.string))
        yield propose(reading, "event", span, "event.row", "medium", **fields)


def _work(reading: Reading, tagged: Tagged, org: str | None, listed: bool) -> dict[str, Any] | None:
    """«Kherson: 310 items, 22 ha»; a row of figures needs an area, but where the head tells the work."""
    match = _OF_PLACE.match(tagged.string) or _OF_BODY.match(tagged.string)
    match = match or (_OF_ITEMS.match(tagged.string) if listed else None)
    told = match or _OF_WORK.match(tagged.string)
    if (
        told is None
        or _STILL_THERE.search(told["figures"])
        or _IDLE.search(_head(reading, tagged, told))
    ):
        return None
    areas, counts = tagged.all("A", told["figures"]), tagged.all("QM", told["figures"])
    if not counts or (match and not areas and not listed):
        return None
    body = _body(reading, tagged, told)
    names = tagged.all("WLPG", told["name"]) or tagged.all("WLPG", told["figures"] if body else "")
    place = "; ".join(m.key for m in names) or None
    fields = {"kind": "clearance", "org": body or org, "place": place}
    return fields | _area(reading, areas)


_IDLE = re.compile(
    r"\b(?:total|target|plans?|planned|budget|remaining|still|suspected|contaminat\w+|hazard\w*|survey\w*|cancel\w*)\b",
    re.IGNORECASE,
)
"""Heads of rows that name nobody who cleared land."""


def _head(reading: Reading, tagged: Tagged, told: re.Match[str]) -> str:
    """The words before the colon as the text has them."""
    span = tagged.span(*told.span("name"))
    return reading.text[span.start : span.end]


def _body(reading: Reading, tagged: Tagged, told: re.Match[str]) -> str | None:
    """Who did the work of a row: a listed body, or the words before the colon where they name one."""
    words = _head(reading, tagged, told)
    bodies = tagged.all("O", told["name"])
    named = _BODY_NAME.search(words)
    if named and len(bodies) != 1:
        return re.sub(r" \([a-z ]+\)$", "", words)
    bodies = bodies or tagged.all("OWP", told.groupdict().get("by") or "")
    return _name(bodies[0]) if bodies else words if named else None


def _name(body: Mention) -> str:
    return str(gazetteer.organisation(body.key)["name"]) if body.kind == "O" else body.key


def _area(reading: Reading, areas: list[Mention]) -> dict[str, Any]:
    """The fields of an area, empty without one."""
    area = areas[0] if areas else None
    words = reading.text[area.start : area.end].strip() if area else None
    return {"area_m2": area.data.plain() if area else None, "area_text": words, "cumulative": False}


def _people(tagged: Tagged) -> dict[str, Any] | None:
    """«Victims in 2021: 60 (20 dead)», «Deminers lost at work: 53»."""
    match = _OF_PEOPLE.match(tagged.string)
    number = tagged.mention(match["n"]) if match else None
    if match is None or number is None or tagged.all("AVCU", match.group()):
        return None
    people = _VICTIMS.search(match["head"]) or _VICTIMS.match(match["rest"].strip())
    fatal = _FATAL.search(match["head"]) and not _HURT.search(match["head"])
    helped = _HELPED.search(match["head"])
    if not (people or fatal) or helped or _TELLS.search(_DEAD.sub("", match.group())):
        return None
    dead = _DEAD.search(match["rest"])
    died = tagged.mention(dead["n"]) if dead else None
    count = int(number.data.value)
    killed = int(died.data.value) if died else count if fatal else None
    hurt = count - killed if died and killed is not None and not fatal else None
    return {
        "kind": "casualties", "killed": killed, "injured": hurt, "total": count,
        "cumulative": not tagged.all("D") or bool(re.search(r"\bsince\b", match["head"])),
    }  # fmt: skip


def _land(reading: Reading, tagged: Tagged) -> dict[str, Any] | None:
    """«Suspected area: 90 km2, 2 % of the country»."""
    match = _OF_LAND.match(tagged.string)
    if match is None:
        return None
    span = tagged.span(*match.span("head"))
    words = reading.text[span.start : span.end]
    area = tagged.mention(match["a"])
    if area is None or not _STILL_THERE.search(words) or _ENDED.search(words + match["rest"]):
        return None
    return {"kind": "contamination", **_area(reading, [area])}
