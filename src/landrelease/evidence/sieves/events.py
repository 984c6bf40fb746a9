# ruff: noqa: E501 - patterns are read whole
"""What happened on the ground: contamination, accidents, casualties, clearance, survey."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.layout import Span
from landrelease.evidence.places import Period, place_in
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged, pattern
from landrelease.evidence.sieves import (
    clauses,
    event_items,
    event_places,
    event_rows,
    event_times,
    stories,
    tables,
    tallies,
)
from landrelease.evidence.sieves.casualties import OF_THESE, Toll, nobody_hurt, toll_of
from landrelease.evidence.sieves.documents import state_of_label
from landrelease.evidence.sieves.event_areas import nearest_area, still_dangerous
from landrelease.evidence.sieves.event_bodies import calls_in, lead_of, own_org, works_on_mines
from landrelease.evidence.sieves.event_kinds import fits, word

_TRIGGERED = re.compile(
    r"(?<![\w-])(?:stepped on|trod on|triggered|set off|tripped|drove over|ran over|picked up|hit|struck|play(?:ed|ing) with|tamper(?:ed|ing) with|handl(?:ed|ing)|broke open|opened|took apart|threw|kicked|dropped) (?!by\b)(?:an? |the )?(?:[\w-]+ ){0,3}?⟨M"
)
"""An accident told before its toll."""
_HARM = re.compile(
    r"\b(?:explo(?:ded|des|sion)|blasts?|detonated|killed|injured|wounded|died|dead|deaths?|injuries|victims?)\b"
)


@dataclass
class Scene:
    """What earlier sentences said of body, place and time."""

    org: str | None = None
    iso3: str | None = None
    section: str | None = None
    usual: str | None = None
    of_many: bool = False
    marked: bool = False
    row_at: int = -9
    last: Proposal | None = None
    place: str | None = None
    place_at: int = -9
    toll_at: int = -9
    counted_at: int = -9
    period: Period = Period()  # noqa: RUF009 - frozen and empty
    toll: Period = Period()  # noqa: RUF009 - frozen and empty
    hurt_in: str | None = None
    state_at: int = -9
    world: bool = False
    people_at: int = -9
    land_at: int = -9


def events(reading: Reading) -> Iterator[Proposal]:
    """Yield events; what several sentences tell of one accident is one event."""
    yield from stories.joined(reading, list(_told(reading)))


def _told(reading: Reading) -> Iterator[Proposal]:
    """Yield events sentence by sentence, each with period, place and body carried on."""
    scene = Scene(usual=event_places.of_document(reading), of_many=event_places.of_many(reading))
    for tagged in reading.tagged:
        heading = reading.is_heading(tagged.sentence.block)
        over = event_places.heading_over(reading, tagged.sentence.block)
        _enter(scene, reading.blocks[tagged.sentence.block].label, over)
        home = scene.section or scene.iso3 or scene.usual
        listed = tagged.index == scene.row_at + 1
        row = list(event_rows.rows(reading, tagged, home, scene.org, scene.period, listed=listed))
        scene.row_at = tagged.index if row else scene.row_at
        people = any(p.fields["kind"] == "casualties" for p in row)
        found = row if people or heading else list(_of_sentence(reading, tagged, scene)) or row
        yield from _table(reading, tagged, scene)
        if not heading:
            yield from _tallied(reading, tagged, scene, found)
        _follow(reading, tagged, scene)
        yield from found


def _enter(scene: Scene, label: str | None, over: str | None) -> None:
    """A section is of the state its heading names; one in marks ends with the next label or heading."""
    state = state_of_label(label or over)
    if state or over or (label and scene.marked):
        scene.section, scene.marked = state, bool(over)


def _tallied(
    reading: Reading, tagged: Tagged, scene: Scene, found: list[Proposal]
) -> Iterator[Proposal]:
    """Figures beside those already found, in the time and the state of the toll before them."""
    people = tallies.counts_people(tagged)
    land = tallies.counts_land(tagged)
    scene.people_at = tagged.index if people else scene.people_at
    scene.land_at = tagged.index if land else scene.land_at
    for proposal in found:
        if proposal.fields["kind"] == "casualties" and proposal.fields["period_start"]:
            scene.toll = Period(*(proposal.fields[name] for name in stories.PERIOD))
            scene.counted_at = tagged.index
            scene.world = proposal.fields["iso3"] is None
        if proposal.fields["kind"] == "accident":
            scene.hurt_in = proposal.fields["iso3"]
    told = tallies.Told(
        scene.toll,
        None if scene.world or event_places.worldwide(tagged) else _state(reading, tagged, scene),
        tagged.index - scene.people_at <= _STILL_COUNTED,
        tagged.index - scene.land_at <= _STILL_COUNTED,
    )
    then = list(_of_another_time(reading, tagged, scene, found))
    yield from then
    known = {
        n for p in [*found, *then] for n in (p.fields.get("total"), p.fields.get("area_m2")) if n
    }
    for tally in tallies.tallies(reading, tagged, told):
        if (tally.fields.get("total") or tally.fields.get("area_m2")) not in known:
            yield tally


def _of_another_time(
    reading: Reading, tagged: Tagged, scene: Scene, found: list[Proposal]
) -> Iterator[Proposal]:
    """«In 2003 the figure was 149 km2»: the same, of another time, as the area told last."""
    before, area = scene.last, tallies.figure_of_then(tagged)
    scene.last = next((p for p in reversed(found) if p.fields.get("area_m2")), before)
    if area is None or before is None or found:
        return
    told = event_times.as_before(tagged.string, event_times.period(reading, tagged), scene.period)
    fields = dict(before.fields) | told.fields()
    fields |= {"area_m2": area.data.plain(), "munitions": []}
    fields["area_text"] = reading.text[area.start : area.end].strip()
    span = Span(tagged.sentence.start, tagged.sentence.end)
    yield propose(reading, "event", span, "event.then", "medium", **fields)


_STILL_COUNTED = 2
"""Sentences through which it stays plain what the figures count."""


def _table(reading: Reading, tagged: Tagged, scene: Scene) -> Iterator[Proposal]:
    """The rows under a head of columns, in the time of the caption above it."""
    block = tagged.sentence.block
    if tagged.index and reading.sentences[tagged.index - 1].block == block:
        return
    state = scene.section or scene.iso3 or scene.usual
    yield from tables.rows(reading, block, {"iso3": state}, scene.period)
    yield from tables.items(reading, block, {"iso3": state, "org": scene.org}, scene.period)


def _with(proposal: Proposal, fields: dict[str, Any] | None) -> Proposal:
    return proposal if fields is None else replace(proposal, fields=fields)


def _of_sentence(reading: Reading, tagged: Tagged, scene: Scene) -> Iterator[Proposal]:
    if tagged.string.endswith("?") or word("not_an_event").search(tagged.string):
        return
    caused = word("explosive_cause").search(tagged.string) or tagged.all("M")
    if _TRIGGERED.search(tagged.string) or (caused and _HARM.search(tagged.string)):
        scene.toll_at = tagged.index
    still = tagged.index - scene.toll_at <= _STILL_THERE
    still = still and not _IN_COMBAT.search(tagged.string)
    near = caused or still or _once_more(reading, tagged, scene)
    near = near and not (_OTHER_HARM.search(tagged.string) and not _EXPLODED.search(tagged.string))
    near = near and not (_IN_GENERAL.search(tagged.string) and not tagged.all("Q"))
    if nobody_hurt(tagged):
        toll = Toll(0, 0, 0) if _unhurt_known(tagged) else None
    else:
        toll = (toll_of(tagged) or _unhurt_known(tagged)) if near else None
    if toll:
        scene.toll_at = tagged.index
        told = list(_accidents(reading, tagged, scene, toll))
    else:
        told = list(_works(reading, tagged, scene))
    yield from told
    if told:
        yield from _what_remains(reading, tagged, scene, told[0])


_IN_GENERAL = re.compile(
    r"\bthe (?:kind|sort|type)s? (?:of [\w⟨⟩-]+ )?(?:that|which)\b|\b(?:proof|evidence|fact|shown?|shows|known?|knows|warn\w*|argu\w+) (?:that )?(?:they|it|these|such [a-z]+) (?:hurt|harm|kill|injure|maim)s?\b"
)
"""«The kind that lie in the ground and kill»: what mines do, and no accident."""
_ON_THE_JOB = re.compile(
    r"\b(?:on the job|in the line of duty|at work|on duty|(?:while|when) (?:clearing|demining|defusing))\b"
)
_OTHER_CAUSE = re.compile(
    r"\b(?:shot|shell(?:s|ed|ing)|gun(?:fire|men)|fire|clash\w*|rockets?|artillery|drones?|strikes?|attack\w*|crash\w*|collision|bombed|fighting)\b"
)


_IN_COMBAT = re.compile(
    r"\b(?:exchanges? of (?:gun)?fire|gunfire|gunfight|firefight|shoot-?out|shooting|shot dead|clash(?:es)?|cross-?fire|skirmish\w*)\b|(?:⟨U\d+⟩|\b(?:days|weeks|months|years)) of (?:[\w-]+ )?(?:fighting|war|combat|shelling|hostilities)\b"
)
_OTHER_HARM = re.compile(
    r"\b(?:gunm[ae]n|shot dead|shot at|opened fire|stabbed|beheaded|overturned|turned over|rolled over|skidded|collided|collision|(?:road|car|traffic|vehicle|helicopter|plane) (?:crash|accident)|crashed (?:into|on|when)|drowned|heat ?stroke)\b"
)
"""Who was shot or fell in a road accident came to harm by no ordnance, whoever he was."""
_EXPLODED = re.compile(
    r"\b(?:explo(?:ded|des|sion|sions)|blasts?|detonated|went off|blew up|set off|stepped on|drove over|ran over|triggered|struck|hit) ?(?:an? |the )?(?:⟨M|\b)"
)
_THEY_DID = re.compile(
    r"^(?:They|These|Those|It)(?: (?:devices|weapons|explosives|munitions|bombs))? (?:have |has |had )?(?:since |already |also |now )*(?:killed|maimed|injured|wounded|claimed)\b"
)
"""«They have since killed 90 of our people», where the sentence before is of mines."""
_BY_THEM = re.compile(
    r"\b(?:killed|injured|wounded|maimed|hurt|died|deaths?|harmed|victims?|casualties)(?: (?:or|and) [a-z]+)? (?:by|from|of) (?:them|these|those|such (?:weapons|devices|munitions|items))\b"
)
_LOST_A_LIMB = re.compile(
    r"\blost (?:an?|his|her|both|one|their) (?:(?:left|right|lower) )?(?:leg|foot|legs|feet|limb)s?\b|\b(?:leg|foot|feet)s? (?:was |were )?(?:blown|torn) off\b"
)
"""In a text about mines he who lost a foot stepped on one."""
_IN_INCIDENTS = re.compile(
    r"\bin (?:⟨Q\d+⟩|an?|several|separate) (?:such )?(?:incidents?|accidents?)\b"
)
_OF_MINES = 3
"""So many mentions of ordnance make a text one about mines."""


def _once_more(reading: Reading, tagged: Tagged, scene: Scene) -> bool:
    """An earlier accident told later with its day, or deaths at the work, without the cause anew."""
    told = scene.toll_at >= 0 and bool(tagged.all("D") or OF_THESE.search(tagged.string))
    mined = reading.named_of_kind["M"] >= _OF_MINES
    cause = _ON_THE_JOB.search(tagged.string) or told or _IN_INCIDENTS.search(tagged.string)
    before = reading.tagged[tagged.index - 1].all("M") if tagged.index else []
    limb = _LOST_A_LIMB.search(tagged.string) if mined or before else None
    cause = (cause if mined else None) or limb
    cause = cause or (_BY_THEM.search(tagged.string) if before else None)
    cause = cause or (_THEY_DID.search(tagged.string) if before else None)
    return bool(cause) and not _OTHER_CAUSE.search(tagged.string)


_OF_PEOPLE = re.compile(r"\b(?:casualties|victims)\b")
_BLAST = re.compile(r"⟨M\d+⟩|\b(?:explosion|blast|accident|incident|exploded|detonated)\b")


def _accidents(reading: Reading, tagged: Tagged, scene: Scene, toll: Toll) -> Iterator[Proposal]:
    """The accident or the casualties of a sentence, two where its clauses tell of two."""
    if len(tallies.of_states(tagged)) > 1 and _OF_PEOPLE.search(tagged.string):
        return
    told = _by_clause(tagged) or [(tagged, toll)]
    yield from (_casualties(reading, part, scene, own) for part, own in told)


_TELLS_OF_TOLL = re.compile(
    rf"{_BLAST.pattern}|{_OF_PEOPLE.pattern}|^(?:Of|Among) (?:these|them)\b"
)


def _by_clause(tagged: Tagged) -> list[tuple[Tagged, Toll]]:
    """The clauses of a sentence with their tolls, where each tells of an accident of its own."""
    parts = clauses.of_tolls(tagged)
    if len(parts) == 1:
        return []
    told = [
        (part, own)
        for part in parts
        if (_TELLS_OF_TOLL.search(part.string) or (part.all("D") and place_in(part)))
        and (own := toll_of(part))
    ]
    return told if len(told) == len(parts) else []


def _works(reading: Reading, tagged: Tagged, scene: Scene) -> Iterator[Proposal]:
    """The work or land of a sentence; a further clause with its own area is one more."""
    first, *rest = clauses.of_work(clauses.without_outlook(tagged))
    found = _work_of(reading, first, scene)
    if found is None and rest:
        found, rest = _work_of(reading, tagged, scene), []
    if found is None:
        return
    yield found
    for part in rest:
        if part.all("A"):
            more = _work_of(reading, part, scene) or _again(reading, part, scene, found)
            total = _TOTAL.search(part.string)
            if not total and not part.all("D"):
                more = _with(more, {**more.fields, **{n: found.fields[n] for n in stories.PERIOD}})
            yield _with(more, {**more.fields, "cumulative": True} if total else None)


def _again(reading: Reading, part: Tagged, scene: Scene, before: Proposal) -> Proposal:
    """One more figure of the same work: «… and 3 ha in 2022», «bringing the total to 40 ha»."""
    proposal = _work(reading, part, scene, str(before.fields["kind"]), 0)
    fields = dict(proposal.fields)
    fields["place"] = place_in(part) or before.fields["place"]
    fields |= {name: before.fields[name] for name in ("iso3", "org")}
    if fields["period_text"] is None and not _TOTAL.search(part.string):
        fields |= {name: before.fields[name] for name in stories.PERIOD}
    return replace(proposal, fields=fields)


_TOTAL = re.compile(r"\btotal(?:l?ing)?\b")


def _work_of(reading: Reading, tagged: Tagged, scene: Scene) -> Proposal | None:
    """Clearance, survey or contamination, the first that fits."""
    for kind in ("clearance", "survey", "contamination"):
        match = fits(tagged, kind)
        if match:
            return _work(reading, tagged, scene, kind, match.start())
    return None


_REMAINS = re.compile(
    r"\b(?:scattered|leaving|remain\w*|left|still|needs?|yet) [^.;]{0,60}$|⟨A\d+⟩[^.;]{0,60}\b(?:remain|left|still|needs?)\b|\b(?:scattered|leaving|still)\b[^.;⟨]{0,50}⟨A"
)


def _what_remains(
    reading: Reading, tagged: Tagged, scene: Scene, told: Proposal
) -> Iterator[Proposal]:
    """What a sentence about people or work says besides of the area still dangerous."""
    match = fits(tagged, "contamination") if _REMAINS.search(tagged.string) else None
    if match is None or not tagged.all("A") or told.fields["kind"] == "contamination":
        return
    proposal = _work(reading, tagged, scene, "contamination", match.start())
    if proposal.fields["area_text"] != told.fields.get("area_text"):
        yield proposal


_STEPPED_ON = pattern(
    r"(?<![\w-])(?:stepped on|stepping on|trod on|triggered|set off|tripped|drove over|driving over|ran over|hit|struck) (?!by\b)(?:an? |the |another |yet another |old |⟨Q\d+⟩ )?(?:[\w-]+ ){0,3}?{M}"
    r"|(?<![\w-])(?:an?|another|one(?: more)?|⟨Q\d+⟩(?: more)?) {M} (?:explosion|blast|accident|incident)s? (?:took place|occurred|happened|w(?:as|ere) (?:reported|recorded|registered))\b"
    r"|\b(?:was|were|been|got) blown up (?:by|on) (?:an? |the )?(?:[\w-]+ ){0,3}?{M}"
    r"|\b(?:injured|killed|wounded|maimed|hurt|died) (?:[\w-]+ ){0,3}?(?:in|by|from|when) (?:[\w-]+ ){0,2}?{M} (?:explosions?|blasts?|accidents?|incidents?)"
)
_TEAMS = re.compile(
    r"\b(?:teams?|deminers?|sappers?|engineers|specialists|experts|machine|controlled|dog)\b(?!.*\b(?:injured|killed|hurt|died|wounded))"
)


_RETOLD = re.compile(
    r"\b(?:when|as|and|then|they|but) (?:(?:they|the villagers|the men|the victims)(?: [^,.;⟨]{2,40})? )?(?:hit|struck|drove over|ran over|set off|triggered|stepped on)\b[^“”]*$"
)
"""«They drove across the farm and hit it», in the words of who tells of those already named."""


def _unhurt_known(tagged: Tagged) -> Toll | None:
    """An explosion that someone set off, with no word on who was hurt."""
    string = tagged.string
    found = _STEPPED_ON.search(string)
    found = None if found and _RETOLD.search(string[: found.end()]) else found
    known = found and not _TEAMS.search(string) and not word("clearance_bar").search(found.group())
    return Toll() if known else None


def _follow(reading: Reading, tagged: Tagged, scene: Scene) -> None:
    bodies = [m for m in tagged.all("O") if works_on_mines(m) and not calls_in(tagged, m)]
    if bodies:
        known = gazetteer.organisation(lead_of(tagged, bodies).key)
        scene.org = str(known["name"])
        scene.iso3 = known.get("iso3") or scene.iso3
    states = tagged.all("S") or tagged.all("G")
    if states:
        scene.iso3, scene.state_at = states[0].key, tagged.index
    place = place_in(tagged)
    if place:
        scene.place, scene.place_at = place, tagged.index
    period = event_times.period(reading, tagged)
    scene.period = period if period.first else scene.period


def _common(reading: Reading, tagged: Tagged, scene: Scene, kind: str) -> dict[str, Any]:
    period = event_times.period(reading, tagged)
    own = own_org(tagged, kind)
    period = event_times.as_before(tagged.string, period, scene.period)
    alone = (
        period.first is None
        and period.last is None
        and not word("cumulative").search(tagged.string)
    )
    lately = event_times.is_recent(scene.period, reading.published)
    carried = scene.period if alone and lately and kind in ("clearance", "survey") else period
    carried = event_times.so_far(reading, tagged, carried)
    return {
        "kind": kind, "place": place_in(tagged) or _place_before(tagged, scene),
        "iso3": None if event_places.worldwide(tagged) else _state(reading, tagged, scene),
        **carried.fields(),
        "org": own or (scene.org if kind in ("clearance", "survey") else None),
    }  # fmt: skip


def _state(reading: Reading, tagged: Tagged, scene: Scene) -> str | None:
    """The state of a sentence; in a text at home in none, the one just spoken of."""
    near = tagged.index - scene.state_at <= _STILL_THERE
    carried = scene.iso3 if near and reading.home is None and not scene.of_many else None
    found = event_places.state(reading, tagged, scene.section, carried or scene.usual)
    return found or (None if scene.of_many else scene.iso3)


_STILL_THERE = 3
"""Sentences through which a place or an accident goes on being meant."""


def _place_before(tagged: Tagged, scene: Scene) -> str | None:
    """The place named just before, unless the sentence speaks of a whole state."""
    near = tagged.index - scene.place_at <= _STILL_THERE
    whole = tagged.all("SJ") or word("cumulative").search(tagged.string)
    return scene.place if near and not whole else None


_OF_TOTAL = re.compile(
    r"^(?:Of|Among) (?:(?:the|these|those|this|all)(?: the)? (?:total|⟨Q\d+⟩|casualties|victims|number)|these|those|them)\b"
)


def _opens_accident(reading: Reading, tagged: Tagged) -> bool:
    """Whether the sentence before speaks of a blast or a find, and of nobody hurt."""
    before = reading.tagged[tagged.index - 1] if tagged.index else None
    return before is not None and bool(_BLAST.search(before.string)) and toll_of(before) is None


def _still_counts(tagged: Tagged, scene: Scene, toll: Toll) -> bool:
    """«Four people were killed, 20 hurt» after «in 2023 90 casualties were recorded» are of 2023."""
    near = tagged.index - scene.counted_at <= _STILL_COUNTED and event_times.is_long(scene.toll)
    counted = (toll.people or 0) > 1 and "⟨Q" in tagged.string and place_in(tagged) is None
    anew = _TRIGGERED.search(tagged.string) or word("cumulative").search(tagged.string)
    return near and counted and not anew and not tagged.all("DSJ")


def _casualties(reading: Reading, tagged: Tagged, scene: Scene, toll: Toll) -> Proposal:
    """What a sentence with a toll tells: an accident, or a figure over many."""
    goes_on = _still_counts(tagged, scene, toll)
    statistic = goes_on or _is_statistic(reading, tagged, toll)
    kind = "casualties" if statistic else "accident"
    fields = _common(reading, tagged, scene, kind)
    fields |= {
        "munitions": event_items.munitions(reading, tagged),
        "killed": toll.killed,
        "injured": toll.injured,
        "total": toll.total,
    }
    share = _OF_TOTAL.search(tagged.string)
    whole = scene.toll if share and scene.toll.first else scene.period
    if (share or OF_THESE.search(tagged.string)) and fields["period_text"] is None:
        fields |= whole.fields()
    elif goes_on:
        fields |= scene.toll.fields()
    elif not statistic and not tagged.all("D") and _opens_accident(reading, tagged):
        fields |= (event_times.of_scene(reading, tagged) or Period()).fields()
    if not statistic and _where_hurt(reading, tagged, scene):
        fields["iso3"] = scene.hurt_in
    if (share and scene.world) or event_places.of_the_world(reading, tagged, toll.people or 0):
        fields["iso3"] = None
    fields["cumulative"] = bool(word("cumulative").search(tagged.string)) if statistic else None
    span = Span(tagged.sentence.start, tagged.sentence.end)
    return propose(reading, "event", span, f"event.{kind}", "medium", **fields)


_LEAST_OF_MANY = 40
"""People from which on a toll is hardly one accident's."""


def _is_statistic(reading: Reading, tagged: Tagged, toll: Toll) -> bool:
    """Whether a toll is a figure over many accidents, by its words, its size or its time."""
    many = (toll.people or 0) >= _LEAST_OF_MANY or word("statistic").search(tagged.string)
    return bool(many) or event_times.is_long(event_times.period(reading, tagged))


def _where_hurt(reading: Reading, tagged: Tagged, scene: Scene) -> bool:
    """Whether an accident is where the one before it was, in a state that the text is about."""
    at_stake = {code for code, _ in reading.states.most_common(2)}
    return scene.hurt_in in at_stake and not tagged.all("SGJO")


def _work(reading: Reading, tagged: Tagged, scene: Scene, kind: str, at: int) -> Proposal:
    fields = _common(reading, tagged, scene, kind)
    areas = tagged.all("A")
    if kind in ("clearance", "survey"):
        areas = [m for m in areas if not still_dangerous(tagged, m)]
    area = nearest_area(tagged, areas, at) if areas else None
    fields |= {
        "munitions": event_items.munitions(reading, tagged),
        "area_m2": area.data.plain() if area else None,
        "area_text": reading.text[area.start : area.end].strip() if area else None,
        "cumulative": bool(word("cumulative").search(tagged.string)),
    }  # fmt: skip
    span = Span(tagged.sentence.start, tagged.sentence.end)
    return propose(reading, "event", span, f"event.{kind}", "medium", **fields)
