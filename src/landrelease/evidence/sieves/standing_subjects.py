# ruff: noqa: E501 - patterns are read whole
"""Which states a verb about a treaty is said of: the nearest name before it, or whom a pronoun means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import Tagged
from landrelease.evidence.sieves.named_before import how_many, named_after
from landrelease.evidence.sieves.own_voice import delegate_of
from landrelease.evidence.sieves.plain import ASIDES
from landrelease.evidence.sieves.standing_nouns import opens_clause, states_of, subject_nouns
from landrelease.evidence.sieves.standing_story import Story
from landrelease.evidence.sieves.treaty_meant import IF_BEFORE
from landrelease.evidence.sieves.turned import Sense, sense_before


@dataclass(frozen=True)
class Predicate:
    """A verb of standing to a treaty, the status that it tells, and how its subject is found."""

    name: str
    regex: re.Pattern[str]
    status: str
    kind: str
    date_kind: str
    after: str


@dataclass(frozen=True)
class Subject:
    """The states meant, where their word stands, where the name behind a pronoun; «neither»."""

    states: list[Mention]
    start: int
    named_at: int
    denied: bool = False


def subject_of(
    tagged: Tagged, match: re.Match[str], predicate: Predicate, story: Story
) -> Subject | None:
    """The nearest name before the verb that can be its subject."""
    if owned := _OWNED_BY.get(predicate.kind):
        return owned(tagged, match, story)
    if predicate.kind == "goal" and (aim := _goal(tagged, match)):
        return aim
    at = match.start("verb")
    for noun in reversed(list(subject_nouns().finditer(tagged.string, 0, at))):
        between = ASIDES.sub(" ", tagged.string[noun.end() : at])
        if not _reaches(predicate, between + match["verb"]):
            if _BREAK.search(between):
                return None
            continue
        sense, at_turn = sense_before(tagged.string, noun.start())
        acts = _can_act(tagged.string, noun, predicate, match["verb"])
        if acts or sense is not Sense.SAID:
            meant = _acting(tagged, noun, predicate, at, _meant(tagged, noun, story), sense)
            return replace(meant, start=min(meant.start, at_turn)) if meant else None
    return None


def _acting(
    tagged: Tagged, noun: re.Match[str], predicate: Predicate, at: int, meant: Subject, sense: Sense
) -> Subject | None:  # fmt: skip
    """The subject, unless what stands about it takes back what the verb says of it."""
    words = ASIDES.sub(" ", tagged.string[meant.named_at : at])
    denied = predicate.kind == "leave" and _DENIED.search(words)
    ended = predicate.status == "non-party" and _NO_MORE.search(words)
    turned = sense is Sense.OPEN or (sense is Sense.DENIED and predicate.status not in DENIED_IS)
    if denied or ended or turned or IF_BEFORE.search(tagged.string, 0, noun.start()):
        return None
    meant = replace(meant, denied=True) if sense is Sense.DENIED else meant
    return meant if meant.states else None


_NO_MORE = re.compile(r"\b(?:no longer|no more|ceas\w+ to|stopped|ended its)\b")
"""«No longer outside»: what was said of a state is over."""
_ALL_OF_THEM = re.compile(r"(?:both|all|each) ")


def _can_act(string: str, noun: re.Match[str], predicate: Predicate, verb: str) -> bool:
    """Whether a name opens a clause, owns the decision or, before «both outside», is a list."""
    several = noun.group().count("⟨") > 1 and bool(_ALL_OF_THEM.match(verb))
    return several or opens_clause(string, noun.start()) or _decides(string, noun, predicate)


_BREAK = re.compile(r"; ")
_DENIED = re.compile(
    r"\b(?:not|never|no|others|without|rather than|reject\w*|oppos\w*|refus\w*|rul(?:ed|es|ing) out|against|den(?:y|ied|ies)|if|unless|whether|consider(?:s|ing|ed)?|mull(?:s|ing)|weigh(?:s|ing)|debat(?:e|es|ing)|might|may|could|should|must|urg(?:e|ed|es|ing)|call(?:s|ed|ing)? (?:on|for)|appeal\w*|ask(?:s|ed|ing)?|warn\w*|critici[sz]\w*|regret\w*|condemn\w*|reverse|reconsider|halt|stop|object(?:s|ed)|protest\w*)\b|n['’]t\b|\?"
)
_LONGEST = {"be": 85, "join": 100, "deny": 150, "goal": 200, "leave": 210, "keep": 100}
"""Characters from the end of a subject to that of the verb."""


_OTHERS_WHO = re.compile(
    r"(?<!of )(?<!among )\b(?:some|many|several|other|our|certain|with) (?:[\w-]+ )?(?:allies|countries|states|nations|partners|governments|members),? (?:who|which|that)\b"
)
"""«We consulted allies, who are not signatories»: the allies are not."""


_OF_OTHERS = re.compile(
    r"\b(?:as|while|when|that|because|since|and|but|where|though) (?:some|several|many|other|most|certain) (?:[\w⟨⟩-]+ ){0,2}?(?:nations|states|countries|governments|allies|members)\b"
)
"""«It would come as some European nations leave it»: they leave, not «it»."""


def _reaches(predicate: Predicate, words: str) -> bool:
    """Whether what stands between a subject and the verb leaves them together."""
    if len(words) > _LONGEST[predicate.kind] or "; " in words:
        return False
    if _OTHERS_WHO.search(words) or _OF_OTHERS.search(words):
        return False
    if predicate.kind in ("be", "join", "keep"):
        return not re.search(r"⟨[SGPO]\d+⟩", words) and not _DENIED.search(words)
    if predicate.kind == "leave":
        return not _DENIED.search(words)
    return True


_DECISION = re.compile(
    r"\b(?:decisions?|moves?|votes?|steps?|plans?|announcements?|recommendations?|withdrawals?|communication|notice|instrument|notification)\b[^.;⟨]{0,40}(?:⟨D\d+⟩ )?(?:by|of|in|from) (?:the )?$"
)


def _decides(string: str, noun: re.Match[str], predicate: Predicate) -> bool:
    """«The decision of Peru to leave» is Peru's act."""
    before = string[max(0, noun.start() - 90) : noun.start()]
    return predicate.kind == "leave" and bool(_DECISION.search(before))


_MANY = re.compile(
    r"(?:they|both|(?:all|the|these|those)(?: of)?(?: the| these| those)? ?(?:two|three|four|five|⟨Q\d+⟩))",
    re.IGNORECASE,
)
_SELF = re.compile(r"(?:we|us|i|(?:his|her|my|our) .*)$", re.IGNORECASE)
_TELLER = Mention("S", 0, 0, "")
"""Whoever speaks: «we» and «her country» have no name of their own."""


def _meant(tagged: Tagged, noun: re.Match[str], story: Story) -> Subject:
    """The states of a subject and where it begins; a pronoun means the subject before it."""
    word, at = noun["pronoun"], noun.start()
    if not word:
        return Subject(states_of(tagged, noun.group()), at, at)
    if _SELF.match(word):
        return Subject([_self(tagged, word, at, story)], at, at)
    if later := named_after(tagged, noun):
        return Subject([later], at, at)
    nouns = list(subject_nouns().finditer(tagged.string, 0, at))
    others = word.casefold() in _OTHERS
    if not others and any(_SELF.match(one["pronoun"] or "") for one in nouns[-1:]):
        return Subject([_TELLER], at, at)
    named = [one for one in nouns if not one["pronoun"]]
    earlier = [Subject(states_of(tagged, one.group()), at, one.start()) for one in named]
    before = Subject(story.states, at, at)
    denied = word.casefold().startswith("neither")
    if _MANY.match(word) or denied:
        known = (before, Subject(story.pair, at, at), Subject(story.several, at, at))
        pool = [*reversed(earlier), *known]
        count = how_many(tagged, word)
        several = [
            s.states
            for s in pool
            if len(s.states) > 1 and len(s.states) == (count or len(s.states))
        ]
        named_at = next((s.named_at for s in pool if several and s.states is several[0]), at)
        return Subject(several[0] if several else [], at, named_at, denied)
    heads = [s for s in earlier if s.states and opens_clause(tagged.string, s.named_at)]
    first = heads[0] if heads else before
    return replace(first, states=first.states[:1])


def _self(tagged: Tagged, word: str, at: int, story: Story) -> Mention:
    """«We» of a state's own text, «her country» of a delegate just named; else whoever speaks."""
    if word.casefold() in _OURS:
        return Mention("S", 0, 0, story.own) if story.own else _TELLER
    return delegate_of(tagged, at) or _TELLER


_OURS = ("we", "us")
_OTHERS = ("they", "them", "their")
"""Words that never mean whoever speaks."""


def _owner(tagged: Tagged, match: re.Match[str], story: Story) -> Subject | None:
    """«The treaty, to which both kingdoms belong»."""
    alone = match.groupdict().get("only")
    noun = None if alone else subject_nouns().match(tagged.string, match.start("subject"))
    own = states_of(tagged, match["subject"])
    states = max(_meant(tagged, noun, story).states if noun else [], own, key=len)
    return Subject(states, match.start(), match.start()) if states else None


def _of_thing(tagged: Tagged, match: re.Match[str], story: Story) -> Subject | None:
    """«Peru's notice was deposited», «it takes effect»: whose it is, else those spoken of."""
    words = match.groupdict().get("subject")
    heads = (
        n for n in subject_nouns().finditer(tagged.string, 0, match.start()) if not n["pronoun"]
    )
    head = next((n.group() for n in heads if opens_clause(tagged.string, n.start())), "")
    states = states_of(tagged, words or head) or ([] if words else story.states)
    return Subject(states, match.start(), match.start()) if states else None


def _of_its(tagged: Tagged, match: re.Match[str], story: Story) -> Subject | None:
    """«Its duties under the treaty» are those of the state named last before."""
    nouns = list(subject_nouns().finditer(tagged.string, 0, match.start()))
    words = match.groupdict().get("subject") or (nouns[-1].group() if nouns else "")
    self_named = bool(nouns) and _SELF.match(nouns[-1]["pronoun"] or "") is not None
    named = states_of(tagged, words) or tagged.all("SJ", tagged.string[: match.start()])[-1:]
    states = [_TELLER] if self_named else named or story.states[:1]
    return Subject(states, match.start(), match.start()) if states else None


def _of_teller(tagged: Tagged, match: re.Match[str], story: Story) -> Subject | None:
    """«Her delegate said that joining was under study»: the speaker's state, if it has one."""
    return Subject([_TELLER], match.start(), match.start())


_OWNED_BY = {"named": _owner, "thing": _of_thing, "its": _of_its, "teller": _of_teller}
"""Kinds of predicates whose subject is no name before the verb."""


def _goal(tagged: Tagged, match: re.Match[str]) -> Subject | None:
    """«Allow Peru to join»: Peru is outside."""
    words = match.groupdict().get("object") or ""
    states = tagged.all("S", words) or ([_TELLER] if words in ("us", "we") else [])
    return Subject(states, match.start("verb"), match.start("verb")) if states else None


DENIED_IS = {
    "party": "non-party",
    "signed": "non-party",
    "signatory": "non-party",
    "leaving": "party",
}
"""What a status becomes behind «neither»."""
