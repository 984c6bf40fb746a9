# ruff: noqa: E501 - patterns are read whole
"""Who used: the subject of a verb of using, found by walking back from it, and what pronouns mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.proposals import Proposal
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves import company
from landrelease.evidence.sieves.nobody import NOBODY
from landrelease.evidence.sieves.parties import (
    BOTH,
    backed,
    of_the_land,
    party_of,
    subject_in,
    the_two,
)
from landrelease.evidence.sieves.plain import ASIDES
from landrelease.evidence.sieves.theatre import Place
from landrelease.terms import load_terms


@cache
def part(name: str) -> re.Pattern[str]:
    """A pattern of the terms, its parts filled in."""
    table = load_terms("allegations")
    outwards = table["outwards"]
    return compiled(outwards[name], {**table["parts"], "actor": outwards["actor"]})


@dataclass(frozen=True)
class User:
    """The parties that act, and where the words that name them stand in the sentence."""

    parties: tuple[str, ...]
    place: Place


_LASTS = 3
"""«They» may be a user told of within these sentences."""


@dataclass
class Story:
    """Who was told of as a user last, in which sentence, and who opened the sentence before."""

    user: str | None = None
    index: int = -99
    weapon: str | None = None
    land: str | None = None
    subject: Mention | None = None

    def follow(self, index: int, tagged: Tagged, own: list[Proposal]) -> None:
        """Keep in mind whom a sentence tells of."""
        self.subject = subject_in(tagged) or self.subject
        self.note(index, own)

    def note(self, index: int, own: list[Proposal]) -> None:
        """Keep in mind who is told of as a user."""
        told = [p for p in own if p.fields["party"]]
        if told:
            self.user, self.index = str(told[0].fields["party"]), index
            self.weapon, self.land = told[0].fields["munition_class"], told[0].fields["iso3"]

    def lately(self, index: int) -> str | None:
        """The user told of in the sentences just before."""
        return self.user if index - self.index <= _LASTS else None


_AFTER_PREPOSITION = re.compile(
    r"\b(?:in|at|from|near|to|with|against|into|across|by|around|inside|over|than|like|for|on|under|including) (?:the |a |an |its |their )?$",
    re.IGNORECASE,
)
_OF = re.compile(r"\bof (?:the |a |an |its |their )?$")
_PHRASES = re.compile(
    r",? (?:of|in|at|from|near|for|with|to|on|since|by|after|until|through|under|during|along|inside|across|between|throughout|around|despite|against|over|within) (?:the |its |their |a |an )?(?:[\w-]+ ){0,4}?⟨[DSGWLPQUJOM]\d+⟩(?:[’'']s)?(?: (?:border|region|districts?|provinces?|front|area|war|conflict|state|support|help|backing))?| ⟨[DU]\d+⟩"
)
_FAR = 280


def user_before(reading: Reading, index: int, tagged: Tagged, at: int, story: Story) -> User | None:
    """Who acts by the verb at a place: the nearest party before it that is its subject."""
    found = part("actor").finditer(tagged.string, max(0, at - _FAR))
    nouns = [n for n in takewhile(lambda n: n.start() < at, found) if n.end() <= at]
    for noun in reversed(nouns):
        listed = company.tail(tagged, noun.end(), at)
        between = bare(tagged.string[listed:at])
        before = tagged.string[max(0, noun.start() - 40) : noun.start()]
        relative = re.match(r",? (?:that|which|who|whose)\b", tagged.string[noun.end() :])
        if before.endswith("whose "):
            continue
        told_of = relative is not None or " whose " in noun.group()
        if not told_of and (_AFTER_PREPOSITION.search(before) or _OF.search(before)):
            continue
        if not part("between").fullmatch(between):
            if re.search(r"[;:“”\"]", between):
                return None
            continue
        if _may_act(reading, tagged, noun):
            user = user_named(reading, index, tagged, noun, noun.span(), story)
            others = company.members(reading, tagged, (noun.end(), listed))
            return _together(user, others) if user else None
    return None


def _together(user: User, others: tuple[str, ...]) -> User:
    """A user and those joined to it."""
    return replace(user, parties=tuple(dict.fromkeys((*user.parties, *others))))


def first_subject(
    reading: Reading, index: int, tagged: Tagged, at: int, story: Story
) -> User | None:
    """Who acts by a verb that «and», standing at a place, joins to an earlier verb."""
    for noun in part("actor").finditer(tagged.string, max(0, at - _FAR), at):
        before = tagged.string[max(0, noun.start() - 40) : noun.start()]
        between = tagged.string[noun.end() : at]
        if _AFTER_PREPOSITION.search(before) or _OF.search(before) or _NEW_SUBJECT.search(between):
            continue
        if not part("first_verb").match(between) or not _may_act(reading, tagged, noun):
            continue
        return user_named(reading, index, tagged, noun, noun.span(), story)
    return None


_NEW_SUBJECT = re.compile(
    r"[;:“”\"]|\b(?:that|which|who|while|where|when|because|after|before|but)\b|, and (?:the )?⟨[SJGOP]"
)


def bare(between: str) -> str:
    """The words between subject and verb without asides and phrases of place and time."""
    return _PHRASES.sub("", ASIDES.sub("", between))


def _may_act(reading: Reading, tagged: Tagged, noun: re.Match[str]) -> bool:
    """A people acts in the plural; a mere capitalised word only where it is accused."""
    if re.fullmatch(r"⟨J\d+⟩", noun.group()):
        span = tagged.span(*noun.span())
        return reading.text[span.start : span.end].endswith("s")
    if not re.fullmatch(r"⟨[WP]\d+⟩", noun.group()):
        return True
    before = tagged.string[max(0, noun.start() - 40) : noun.start()]
    return bool(re.search(r"\b(?:accus|blam)\w+ (?:the )?$", before))


def user_named(
    reading: Reading, index: int, tagged: Tagged, match: re.Match[str], place: Place, story: Story
) -> User | None:
    """The parties that words name, each state of a list by itself."""
    words = tagged.string[slice(*place)]
    groups = match.groupdict()
    if groups.get("pronoun"):
        parties = _antecedent(reading, index, tagged, place, words, story)
    elif groups.get("users"):
        parties = _listed(tagged, place[0])
    else:
        parties = _named(reading, tagged, place, words, story)
    if not parties:
        return None
    if not (groups.get("pronoun") or groups.get("users")):
        parties = company.all_told(reading, tagged, place, parties)
    return User(parties, place)


def _named(
    reading: Reading, tagged: Tagged, place: Place, words: str, story: Story
) -> tuple[str, ...]:
    states = tuple(dict.fromkeys(m.key for m in tagged.all("SJ", words)))
    if len(states) > 1:
        return states
    joined = tagged.all("SGJO", words) if _JOINED.search(words) else []
    if len(joined) > 1:
        each = (
            party_of(tagged, place[0], f"⟨{m.kind}{tagged.mentions.index(m)}⟩", None)
            for m in joined
        )
        return tuple(party for party in each if party)
    if BOTH.match(words):
        pair = _pair_before(tagged, place[0]) or tuple(the_two(reading, tagged, place[0]))
        return pair or (() if words.casefold() == "both" else (words.casefold(),))
    party = backed(reading, tagged, place) or party_of(tagged, place[0], words, story.subject)
    if party is None or NOBODY.fullmatch(party):
        return ()
    return (
        _of_the_speaker(tagged, place[0], party) or of_the_land(reading, tagged, place[0], party),
    )


_PAIR = re.compile(r"⟨[SG]\d+⟩ and (?:the )?⟨[SG]\d+⟩")


def _pair_before(tagged: Tagged, at: int) -> tuple[str, ...]:
    """«A and B are outside it and have both used them»: the two joined in the sentence."""
    pairs = _PAIR.findall(tagged.string[:at])
    return tuple(m.key for m in tagged.all("SG", pairs[-1])) if pairs else ()


_JOINED = re.compile(r"^both (?:the )?⟨|⟩.* and (?:the )?⟨[SO]\d+⟩$", re.IGNORECASE)
_OWN = re.compile(r"(?:the )?(?:armed forces|army|military|navy|junta)", re.IGNORECASE)
_SPEAKS = re.compile(
    r"(?P<whose>⟨[JS]\d+⟩)(?:[’'']s)? (?:[a-z]+ ){1,4}(?:said|says|admitted|acknowledged|conceded|confirmed|told) "
)


def _of_the_speaker(tagged: Tagged, at: int, party: str) -> str | None:
    """«A Myanmar officer said the army had …»: the army of the officer's state."""
    found = _SPEAKS.search(tagged.string, 0, at) if _OWN.fullmatch(party) else None
    state = tagged.mention(found["whose"]) if found else None
    return state.key if state else None


def _antecedent(
    reading: Reading, index: int, tagged: Tagged, place: Place, words: str, story: Story
) -> tuple[str, ...]:
    """Whom «they», «these people» and «we» mean."""
    if words.casefold() == "we":
        return ("we",)
    if place[0] > _OPENING and words.casefold() in ("they", "it"):
        own = party_of(tagged, place[0], "they", None)
        if own:
            return (own,)
    lately = story.lately(index)
    if lately:
        return (lately,)
    party = party_of(tagged, place[0], "they", story.subject) if story.subject else None
    return (party,) if party else ()


_OPENING = 12
"""A pronoun within these characters opens the sentence."""


def _listed(tagged: Tagged, at: int) -> tuple[str, ...]:
    """«Named A, along with B, as one of the three countries that …»."""
    lists = list(part("user_list").finditer(tagged.string, 0, at))
    between = tagged.string[lists[-1].end() : at] if lists else ""
    if not re.fullmatch(r",? (?:as|are|is|were|was|among|remain\w*)\b[^;:.]{0,50}", between):
        return ()
    return tuple(dict.fromkeys(m.key for m in tagged.all("SG", lists[-1].group())))
