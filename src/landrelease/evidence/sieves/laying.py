# ruff: noqa: E501 - patterns are read whole
"""Uses of weapons where no rule over the whole clause fits, read outwards from the verb.

The verb is found first («had planted», «mining», «was responsible for … attacks»), then what was
used after it or before it («mines that …»), then who acts, by walking back over asides, or after
«by». The patterns are in ``terms/allegations.yaml`` under ``outwards``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves import named_uses, told_around
from landrelease.evidence.sieves.allegations import OPEN, allegations, clause_of, status_of
from landrelease.evidence.sieves.deeds import (
    FAR,
    NEAR,
    WITHIN,
    Deed,
    after,
    is_unreal,
    object_of,
    suffers,
    weapon_meant,
)
from landrelease.evidence.sieves.held_ground import holds_mined_ground
from landrelease.evidence.sieves.plain import plain
from landrelease.evidence.sieves.theatre import NOWHERE, where_and_when
from landrelease.evidence.sieves.users import (
    Story,
    User,
    first_subject,
    part,
    user_before,
    user_named,
)


def uses(reading: Reading) -> Iterator[Proposal]:
    """Yield the uses that rules tell, then those of verbs that they left unread."""
    found = list(allegations(reading))
    yield from found
    yield from _unread(reading, found)


def _unread(reading: Reading, found: list[Proposal]) -> Iterator[Proposal]:
    story = Story()
    for index, whole in enumerate(reading.told):
        sentence = whole.sentence
        own = [p for p in found if sentence.start <= p.start < sentence.end]
        if not whole.string.rstrip('”" ').endswith("?"):
            for tagged in dict.fromkeys((whole, plain(whole))):
                for proposal in _of_sentence(reading, index, tagged, story, own):
                    own.append(proposal)
                    yield proposal
        story.follow(index, whole, own)


def _of_sentence(
    reading: Reading, index: int, tagged: Tagged, story: Story, own: list[Proposal]
) -> Iterator[Proposal]:
    parties = [str(p.fields["party"]) for p in own]
    story.note(index, own)
    taken = [(p.start, p.end) for p in own]
    for deed in _deeds(reading, index, tagged, story):
        span = tagged.span(*deed.place)
        if any(span.start < end and start < span.end for start, end in taken):
            continue
        taken.append((span.start, span.end))
        for party in deed.user.parties:
            known = any(party in one or one in party for one in parties)
            more = _of_another_weapon(tagged, deed, party, own) or _is_second(deed, party, own)
            if not known or more:
                parties.append(party)
                told = _proposal(reading, index, tagged, deed, party)
                story.note(index, [told])
                yield told


_ALSO = re.compile(r"(?:,|;)? (?:and|but|while)(?: (?:that|also|then|later))?,? (?:it|they) ")


def _of_another_weapon(tagged: Tagged, deed: Deed, party: str, own: list[Proposal]) -> bool:
    """«X used barrel bombs, and it has used cluster bombs since 2012»: a second use of one party."""
    before = tagged.string[max(0, deed.user.place[0] - 14) : deed.user.place[1] + 1]
    told = [p.fields["munition_class"] for p in own if p.fields["party"] == party]
    other = deed.weapon is not None and deed.weapon.key not in told
    return bool(deed.name == "active" and told and other and _ALSO.search(before))


def _deeds(reading: Reading, index: int, tagged: Tagged, story: Story) -> Iterator[Deed]:
    for name, reader in _READERS:
        for verb in part(name).finditer(tagged.string):
            deed = reader(reading, index, tagged, verb, story)
            if deed:
                yield deed


def _is_second(deed: Deed, party: str, own: list[Proposal]) -> bool:
    """«X laid mines and dropped cluster bombs»: a second weapon of one party."""
    told = [p.fields["munition_class"] for p in own if p.fields["party"] == party]
    return deed.name == "second" and deed.weapon is not None and deed.weapon.key not in told


def _proposal(reading: Reading, index: int, tagged: Tagged, deed: Deed, party: str) -> Proposal:
    weapon = deed.weapon
    status = deed.status or status_of(reading, index, tagged, deed.place)
    fields: dict[str, Any] = {
        "party": party,
        "munition": reading.text[weapon.start : weapon.end] if weapon else None,
        "munition_class": weapon.key if weapon else "mine (type not stated)",
        "status": "confirmed" if party == "we" and status == "alleged" else status,
        "source": None,
    }
    fields |= where_and_when(reading, tagged, party, deed.place[0], deed.user.place)
    span = clause_of(tagged, deed.place)
    return propose(reading, "use_allegation", span, f"laying.{deed.name}", "low", **fields)


_SAYS = r"(?:[^,.;:]{0,60}? (?:says?|said|believes?|believed|reports?|reported|alleges?|claims?|claimed|found|think|thinks|suspect|suspects),? )?"


@cache
def _head() -> re.Pattern[str]:
    """«Mines that two officials say …», before the one who acts."""
    return compiled(
        rf"(?P<weapon>{{M}})(?: ?[\"“”][\w -]{{1,20}}[\"”“])?,? (?:(?:that|which) {_SAYS})?(?:the |its |their )?$",
        {},
    )


def _used_before(reading: Reading, tagged: Tagged, at: int) -> Mention | None:
    """The weapon that a relative clause is about, whose subject stands here."""
    found = _head().search(tagged.string, max(0, at - 120), at)
    weapon = tagged.mention(found["weapon"]) if found else None
    if found is None and _WHAT.search(tagged.string, max(0, at - 30), at):
        weapon = weapon_meant(reading, tagged.span(at, at + 1).start)
    return weapon if weapon and weapon.key not in OPEN else None


_WHAT = re.compile(r"(?:\bwith|\bto|\bthan|\bunlike|^) ?[Ww]hat (?:the )?$")
"""«Compare that with what X has been firing»: the weapon that the text is about."""


def _active(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«X, the report says, has been planting mines»."""
    if part("by").match(after(tagged, verb)) and not verb.group().endswith("ing"):
        return None
    user = user_before(reading, index, tagged, verb.start(), story)
    if user is None or _in_passive(tagged, user, verb):
        return None
    told = object_of(reading, tagged, verb)
    earlier = None if told else _used_before(reading, tagged, user.place[0])
    if told is None and earlier is None:
        return None
    end = told[1] if told else verb.end()
    if is_unreal(tagged, user.place[0], end):
        return None
    start = user.place[0] if told else tagged.place(earlier) if earlier else verb.start()
    return Deed(
        user, told[0] if told else earlier, (start if told else user.place[0], end), "active"
    )


def _second(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«X laid mines along the border and dropped cluster bombs»: the second verb has X too."""
    joint = part("and_verb").search(tagged.string, max(0, verb.start() - 60), verb.start())
    told = object_of(reading, tagged, verb) if joint else None
    user = first_subject(reading, index, tagged, joint.start(), story) if told and joint else None
    if user is None or told is None or is_unreal(tagged, user.place[0], told[1]):
        return None
    return Deed(user, told[0], (verb.start(), told[1]), "second")


def _in_passive(tagged: Tagged, user: User, verb: re.Match[str]) -> bool:
    """«Troops were left behind»: who is named suffers what the verb says."""
    between = tagged.string[user.place[1] : verb.start()]
    return not verb.group().endswith("ing") and bool(
        re.search(r"\b(?:is|are|was|were|been|being|be)(?: [a-z]+ly| also| still)? $", between)
    )


def _passive(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«Mines, many of them old, had been left in the fields by retreating troops»."""
    rest = after(tagged, verb)
    by = part("by").match(rest)
    if by is None or verb.group().endswith("ing"):
        return None
    place = (verb.end() + by.start("agent"), verb.end() + by.end("agent"))
    user = user_named(reading, index, tagged, by, place, story)
    head = suffers(reading, tagged, verb.start())
    if user is None or head is None or is_unreal(tagged, head[1], place[1]):
        return None
    return Deed(user, head[0], (head[1], place[1]), "passive")


def _again(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«The bombs had been dropped in X», just after a sentence told who drops them."""
    party = story.lately(index)
    rest = tagged.string[verb.end() : verb.end() + FAR]
    if not party or not _PLACED.match(rest) or " by " in rest or verb.group().endswith("ing"):
        return None
    head = suffers(reading, tagged, verb.start())
    if head is None or head[0].key != story.weapon:
        return None
    place = (head[1], verb.end())
    passive = re.search(
        r"\b(?:were|was|been|being) (?:[a-z]+ly |also )?$",
        tagged.string[slice(head[1], verb.start())],
    )
    if passive is None or is_unreal(tagged, *place):
        return None
    if where_and_when(reading, tagged, party, place[0], NOWHERE)["iso3"] != story.land:
        return None
    return Deed(User((party,), NOWHERE), head[0], place, "again")


_PLACED = re.compile(r"(?: only| again| also)? (?:in|on|over|near|along|against|around|across|at) ")


def _mined(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«Both armies had mined the line», where the text is about mines."""
    start = tagged.span(verb.start(), verb.end()).start
    near = reading.inside(max(0, start - WITHIN), start + WITHIN, "M")
    rest = after(tagged, verb)
    ground = part("ground").match(rest)
    held = holds_mined_ground(tagged.string, *verb.span())
    if ground is None or part("no_ground").search(rest) or held:
        return None
    user = user_before(reading, index, tagged, verb.start(), story)
    if user is None or _in_passive(tagged, user, verb):
        return None
    if not near and not _FIGHTERS.search(tagged.string[slice(*user.place)]):
        return None
    if is_unreal(tagged, user.place[0], verb.end() + ground.end()):
        return None
    return Deed(user, None, (user.place[0], verb.end() + ground.end()), "mined")


_FIGHTERS = re.compile(
    r"⟨O\d+⟩|\b(?:forces|troops|army|soldiers|fighters|rebels|militants|militias?|insurgents|units|armies)\b"
)
"""Who mines no coal."""


def _attacks(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«X was responsible for ten cluster bomb attacks», or for attacks where these are the matter."""
    weapon = tagged.mention(verb["weapon"])
    end = tagged.string.find("⟩", verb.end()) + 1 if weapon else verb.end()
    if weapon is None:
        before = reading.told[max(0, index - 2) : index]
        near = any(part("attack_near").search(one.string) for one in before)
        weapon = weapon_meant(reading, tagged.sentence.start) if near else None
    user = user_before(reading, index, tagged, verb.start(), story) if weapon else None
    if user is None or (weapon and weapon.key in OPEN) or is_unreal(tagged, user.place[0], end):
        return None
    noun = re.compile(r"\b(?:attacks?|strikes?|raids?|bombings?|bombardments?|salvos?)\b").search(
        tagged.string, verb.end()
    )
    return Deed(user, weapon, (user.place[0], noun.end() if noun else end), "attacks")


def _blamed(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«The army blamed X»: for the mine blast that the sentences before tell."""
    weapon = _of_the_blast(reading, index, tagged, verb)
    place = verb.span("agent")
    user = user_named(reading, index, tagged, verb, place, story) if weapon else None
    start = _blamer(tagged, verb.start())
    if user is None or weapon is None or is_unreal(tagged, start, verb.end()):
        return None
    return Deed(user, weapon, (start, verb.end()), "blamed")


_BLAMER = re.compile(r"(?:^|, |that |and )(?:[Tt]he )?(?:[\w’'-]+ |⟨\w\d+⟩(?:[’']s)? ?){1,4}$")


def _blamer(tagged: Tagged, at: int) -> int:
    """Where the words begin that name who blames."""
    found = _BLAMER.search(tagged.string, max(0, at - 60), at)
    return found.start() if found else at


def _is_blamed(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«X was blamed»: for the mine blast that the sentences before tell."""
    weapon = _of_the_blast(reading, index, tagged, verb)
    user = user_before(reading, index, tagged, verb.start(), story) if weapon else None
    if user is None or weapon is None or is_unreal(tagged, user.place[0], verb.end()):
        return None
    return Deed(user, weapon, (user.place[0], verb.end()), "is-blamed")


def _of_the_blast(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str]
) -> Mention | None:
    """The weapon of the blast that a sentence and those just before it tell."""
    near = reading.told[max(0, index - 2) : index + 1]
    told = any(part("deed_near").search(one.string) and one.all("M") for one in near)
    return weapon_meant(reading, tagged.span(verb.end() - 1, verb.end()).end) if told else None


def _responsible(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«X was responsible for the mines», where nothing says for their clearance."""
    if part("no_weapon").match(tagged.string[verb.end() : verb.end() + 30]):
        return None
    at = tagged.span(verb.start(), verb.end()).start
    weapon = weapon_meant(reading, at, NEAR) if verb["it"] else tagged.mention(verb["weapon"])
    user = user_before(reading, index, tagged, verb.start(), story) if weapon else None
    if (
        user is None
        or weapon is None
        or weapon.key in OPEN
        or is_unreal(tagged, user.place[0], verb.end())
    ):
        return None
    return Deed(user, weapon, (user.place[0], verb.end()), "responsible")


def _so_did(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«… and so did X»: the deed is the one told just before."""
    if not _told_just_before(reading, index, story) or verb["pronoun"]:
        return None
    user = user_named(reading, index, tagged, verb, verb.span("agent"), story)
    if user is None or is_unreal(tagged, *verb.span()):
        return None
    weapon = weapon_meant(reading, tagged.span(*verb.span()).end)
    return Deed(user, weapon, verb.span(), "so-did") if weapon else None


def _told_just_before(reading: Reading, index: int, story: Story) -> bool:
    """Whether a use was told in the sentence before, by a user or by so many governments."""
    by_some = part("counted_deed").search(reading.told[index - 1].string) if index else None
    return (story.user is not None and index - story.index <= 1) or by_some is not None


_READERS = (
    ("verbs", _active), ("verbs", _second), ("verbs", _passive), ("verbs", _again), ("mined", _mined), ("attack", _attacks), ("responsible", _responsible),
    ("blame", _blamed), ("blamed", _is_blamed), ("so_did", _so_did), ("as_did", _so_did),
    *named_uses.READERS, *told_around.READERS,
)  # fmt: skip
