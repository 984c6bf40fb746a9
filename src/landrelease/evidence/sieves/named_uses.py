# ruff: noqa: E501 - patterns are read whole
"""Uses told without an active verb of their own user: by a noun, a list, an exception or a denial.

«The use of the weapon by X», «listed its army as a user of mines», «only two governments laid
mines: those of X and Y», «not since 1991, except for one in X in 2002», «He denied any use there»,
«said that its forces did not use …». Each is read outwards from its own word as in :mod:`.laying`;
the patterns are in ``terms/allegations.yaml`` under ``outwards``.
"""

from __future__ import annotations

import re

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.allegations import OPEN, supposed
from landrelease.evidence.sieves.deeds import (
    WITHIN,
    Deed,
    is_unreal,
    object_of,
    weapon_meant,
)
from landrelease.evidence.sieves.users import Story, User, bare, part, user_before, user_named

_AHEAD = 160


def weapon_use(
    reading: Reading, index: int, tagged: Tagged, noun: re.Match[str], story: Story
) -> Deed | None:
    """«The weapon's use in Y by X», «reports of mine use by X»."""
    weapon = tagged.mention(noun["weapon"])
    weapon = weapon or weapon_meant(reading, tagged.span(*noun.span()).start)
    by = part("by").match(tagged.string[noun.end() : noun.end() + _AHEAD])
    if weapon is None or by is None or _GIVEN.search(by.string[: by.start("agent")]):
        return None
    place = (noun.end() + by.start("agent"), noun.end() + by.end("agent"))
    user = user_named(reading, index, tagged, by, place, story)
    lead = _lead(tagged, noun)
    if user is None or supposed(lead) or _NO_USE.search(lead):
        return None
    return Deed(user, weapon, (noun.start(), place[1]), "weapon-use")


def use_of(
    reading: Reading, index: int, tagged: Tagged, noun: re.Match[str], story: Story
) -> Deed | None:
    """«The use of the weapon by X», whatever stands between."""
    told = object_of(reading, tagged, noun)
    by = part("by").match(tagged.string[told[1] : told[1] + _AHEAD]) if told else None
    if (
        told is None
        or by is None
        or _GIVEN.search(by.string[: by.start("agent")])
        or supposed(_lead(tagged, noun))
    ):
        return None
    place = (told[1] + by.start("agent"), told[1] + by.end("agent"))
    user = user_named(reading, index, tagged, by, place, story)
    if (
        user is None
        or is_unreal(tagged, noun.start(), place[1])
        or _NO_USE.search(_lead(tagged, noun))
    ):
        return None
    return Deed(user, told[0], (noun.start(), place[1]), "use-of")


_NO_USE = re.compile(
    r"\b(?:no|any|future|possible|potential|ban(?:s|ned|ning)? (?:on )?|prohibit\w*|against|prevent\w*|stop\w*|end(?:ed|s|ing)?|without|first) (?:the |all |further |any |[a-z]+ )?$",
    re.IGNORECASE,
)
"""Before «use of … by …» that nobody says has been."""


_GIVEN = re.compile(
    r"\b(?:is|was|were|been|being|be|provided|supplied|donated|made|given|sent|sold|produced|delivered|exported|bought)\b"
)
"""Who gave or made the weapon, or banned its use, did not use it."""


def _lead(tagged: Tagged, word: re.Match[str]) -> str:
    return tagged.string[max(0, word.start() - 60) : word.start()]


def as_user(
    reading: Reading, index: int, tagged: Tagged, noun: re.Match[str], story: Story
) -> Deed | None:
    """«The monitor has listed X every year since 1999 as a user of mines», «X remains one»."""
    weapon = tagged.mention(noun["weapon"])
    if weapon is None or weapon.key in OPEN:
        return None
    actors = [a for a in part("actor").finditer(tagged.string) if a.end() <= noun.start()]
    for actor in reversed(actors):
        between = bare(tagged.string[actor.end() : noun.start()])
        if part("until_user").fullmatch(between):
            user = user_named(reading, index, tagged, actor, actor.span(), story)
            unreal = is_unreal(tagged, actor.start(), noun.end())
            return None if user is None or unreal else Deed(
                user, weapon, (actor.start(), noun.end()), "as-user"
            )  # fmt: skip
    return None


_ELSEWHERE = re.compile(
    r"\b(?:countries|states|nations|areas|places|territories|regions|conflicts|wars)\b[^⟨]*$"
)
"""A list after such words says where, not who."""


def listed_after(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«Only three governments laid mines last year: those of A, B and C»."""
    subject = part("counted_users").search(tagged.string, max(0, verb.start() - 110), verb.start())
    told = object_of(reading, tagged, verb) if subject else None
    if subject is None or told is None:
        return None
    users = part("list_after").match(tagged.string, told[1])
    if users is None or _ELSEWHERE.search(users["between"]):
        return None
    named = tagged.all("SG", users["users"])
    parties = tuple(dict.fromkeys(m.key for m in named))
    if not parties or is_unreal(tagged, subject.start(), verb.end()):
        return None
    return Deed(
        User(parties, users.span("users")), told[0], (subject.start(), users.end()), "listed-after"
    )


def use_by_some(
    reading: Reading, index: int, tagged: Tagged, noun: re.Match[str], story: Story
) -> Deed | None:
    """«New use by government forces: A and B»."""
    users = part("list_after").match(tagged.string, noun.end())
    weapon = tagged.mention(noun["weapon"] or noun["weapon2"])
    weapon = weapon or weapon_meant(reading, tagged.span(*noun.span()).start)
    if users is None or weapon is None or _ELSEWHERE.search(users["between"]):
        return None
    parties = tuple(dict.fromkeys(m.key for m in tagged.all("SG", users["users"])))
    place = (noun.start(), users.end())
    return Deed(User(parties, users.span("users")), weapon, place, "use-by-some")


def exception(
    reading: Reading, index: int, tagged: Tagged, words: re.Match[str], story: Story
) -> Deed | None:
    """«X has not used mines since 1991, with the exception of one in Y in 2002»."""
    denials = list(part("not_used").finditer(tagged.string, 0, words.start()))
    user = user_before(reading, index, tagged, denials[-1].start(), story) if denials else None
    weapon = _weapon_told(reading, tagged, denials[-1].end(), words) if denials else None
    if user is None or weapon is None:
        return None
    own = "confirmed" if reading.home in user.parties else None
    return Deed(user, weapon, (words.start("what"), words.end()), "exception", own)


def _weapon_told(
    reading: Reading, tagged: Tagged, start: int, words: re.Match[str]
) -> Mention | None:
    """The weapon that was not used but for an exception."""
    named = tagged.all("M", tagged.string[start : words.end()])
    known = [m for m in named if m.key not in OPEN]
    return known[0] if known else weapon_meant(reading, tagged.span(start, start + 1).start)


def denied_use(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«X denied any use in Y»; «he» denies for whom the sentence before told of."""
    start = verb.start()
    weapon = tagged.mention(verb["weapon"])
    if weapon is None:
        weapon = weapon_meant(reading, tagged.span(start, start + 1).start, WITHIN)
    if weapon is None or weapon.key in OPEN:
        return None
    speaks = _SPEAKS.search(tagged.string, max(0, start - 40), start)
    official = _OFFICIAL.search(tagged.string, max(0, start - 60), start)
    if official:
        state = tagged.mention(official[1])
        user = User((state.key,), official.span(1)) if state else None
    elif speaks:
        lately = story.user if index - story.index <= 1 else None
        user = User((lately,), speaks.span()) if lately else None
    else:
        user = user_before(reading, index, tagged, start, story)
    return Deed(user, weapon, (user.place[0], verb.end()), "denied-use") if user else None


_OFFICIAL = re.compile(
    r"(⟨[SJG]\d+⟩)(?:[’']s)? (?:[a-z]+ |⟨[OP]\d+⟩ ){0,3}?(?:spokes\w+|officials?|government|army|military|ministry|authorities|minister|commander|general|delegat\w+|ambassador|envoy|president) (?:⟨P\d+⟩ )?(?:also |later |has |have |had )*$"
)
_SPEAKS = re.compile(
    r"(?:^|[“\" ])(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:spokes(?:man|woman|person)|general|minister|colonel|official|officer|government|ministry|military|army)) (?:also |later |has |have |had |but )*$"
)


def said_not(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«The delegate of X said that its forces did not use …»: who speaks answers for the user."""
    user = user_before(reading, index, tagged, verb.start(), story)
    said = part("said").search(tagged.string, 0, user.place[0]) if user else None
    told = object_of(reading, tagged, verb) if said else None
    if user is None or said is None or told is None:
        return None
    return (
        Deed(user, told[0], (user.place[0], told[1]), "said-not", "denied")
        if _for_its_own(tagged, said, user)
        else None
    )


_OWN = re.compile(r"(?:its|their|our|the|we|they|it)\b", re.IGNORECASE)
_ITS_SPEAKER = re.compile(
    r"\b(?:representative|delegat\w+|spokes\w+|ministers?|ministry|ambassador|envoy|commander|general|officials?|president|government)\b",
    re.IGNORECASE,
)


def _for_its_own(tagged: Tagged, said: re.Match[str], user: User) -> bool:
    """Whether the speaker is of the side whose use is denied."""
    lead = tagged.string[: said.start()]
    if any(m.key in user.parties for m in tagged.all("SJGO", lead)):
        return True
    words = tagged.string[slice(*user.place)]
    return bool(_OWN.match(words) and _ITS_SPEAKER.search(lead))


def turned(
    reading: Reading, index: int, tagged: Tagged, verb: re.Match[str], story: Story
) -> Deed | None:
    """«X has turned the valley into one large minefield»."""
    user = user_before(reading, index, tagged, verb.start(), story)
    if user is None or is_unreal(tagged, user.place[0], verb.end()):
        return None
    weapon = tagged.mention(verb["weapon"])
    return Deed(user, weapon, (user.place[0], verb.end()), "turned") if weapon else None


READERS = (
    ("use_noun", use_of), ("weapon_use", weapon_use), ("user_noun", as_user), ("verbs", listed_after), ("use_by_some", use_by_some), ("exception", exception),
    ("denied_use", denied_use), ("not_used", said_not), ("turned", turned),
)  # fmt: skip
