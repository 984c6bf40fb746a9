# ruff: noqa: E501 - patterns are read whole
"""Where a state stands to a treaty, where no rule over the whole clause fits.

The verb of a clause is found first, then its subject by walking back from it: over asides and
relative clauses to the nearest name that can be a subject, or from a pronoun to what it means. The
patterns of both are in ``terms/standing.yaml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.named_before import how_many, named_after, pair_before
from landrelease.evidence.sieves.other_things import of_other
from landrelease.evidence.sieves.own_voice import delegate_of, own_voice
from landrelease.evidence.sieves.plain import ASIDES
from landrelease.evidence.sieves.treaty_meant import (
    MORE_TREATIES,
    OF_THE_TREATY,
    is_conditional,
    is_past,
    last_two,
    main_treaty,
    status_before_ratifying,
    status_of_being_out,
    status_of_signing,
)
from landrelease.evidence.sieves.turned import Sense, sense_before
from landrelease.terms import load_terms


@dataclass(frozen=True)
class _Predicate:
    name: str
    regex: re.Pattern[str]
    status: str
    kind: str
    date_kind: str
    after: str


@dataclass
class _Story:
    """What the sentences before leave in mind: the treaty, the states spoken of."""

    main: str | None
    others: frozenset[str] = frozenset()
    treaty: str | None = None
    block: int = -1
    states: list[Mention] = field(default_factory=list)
    several: list[Mention] = field(default_factory=list)
    leaving: bool = False
    belonging: bool = False
    of_treaty: bool = False
    counted: bool = False
    own: str | None = None
    pair: list[Mention] = field(default_factory=list)

    def matters(self, string: str) -> set[str]:
        """What a sentence, or those before it, speak of: leaving, belonging, a count of states."""
        of_treaty = _OF_TREATY.search(string)
        leaving = self.leaving or ((of_treaty or self.of_treaty) and _LEAVES.search(string))
        belonging = self.belonging or ((of_treaty or self.of_treaty) and _BELONGS.search(string))
        told = {"leaving": leaving, "belonging": belonging, "counted": self.counted}
        return {matter for matter, is_told in told.items() if is_told}


@cache
def _predicates() -> list[_Predicate]:
    table = load_terms("standing")
    return [
        _Predicate(
            name,
            compiled(p["pattern"], table["parts"]),
            p["status"],
            p["kind"],
            p.get("date_kind", "as_of"),
            p.get("after", ""),
        )
        for name, p in table["predicates"].items()
    ]


_JOINED = r"(?:, and |,? as well as |,? along with |, together with | and | or | nor |, )"


@cache
def _nouns() -> re.Pattern[str]:
    words = load_terms("standing")["subjects"]
    item = "(?:<body>|<people>|<group>|<name>)"
    return compiled(f"(?P<pronoun><pronoun>)|{item}(?:{_JOINED}{item}){{0,40}}", words)


def unread(reading: Reading, found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield positions of clauses that the rules of :mod:`.positions` left unread.

    Parameters
    ----------
    reading : Reading
        The text.
    found : iterable of Proposal
        What those rules found: it is not said twice of one state and treaty in one sentence.
    """
    found = list(found)
    told = {(p.fields["state"], p.fields["treaty"], p.start) for p in found}
    days = {p.fields["date"] for p in found if p.fields["status"] in ("withdrawing", "withdrawn")}
    story = _story(reading)
    story.own = own_voice(reading)
    story.leaving = any(p.rule == _NOTIFIED and p.fields["status"] == "withdrawing" for p in found)
    for tagged in reading.told:
        _turn_to(story, tagged)
        first, last = tagged.sentence.start, tagged.sentence.end
        if story.treaty:
            for proposal in _of_sentence(reading, tagged, story):
                key = (proposal.fields["state"], proposal.fields["treaty"])
                if proposal.rule == _EFFECT:
                    again = proposal.fields["date"] in {None, *days}
                else:
                    again = any(t[:2] == key and first <= t[2] < last for t in told)
                if not again:
                    told.add((*key, proposal.start))
                    yield proposal
        _remember(story, tagged)


_NOTIFIED = "position.notification"
"""A notice of withdrawal, of whose effect the text below tells."""
_EFFECT = "standing.takes-effect"
"""That a withdrawal takes effect is told once of a day."""


def _story(reading: Reading) -> _Story:
    named = [m.key for m in reading.mentions if m.kind == "T" and m.key != "other"]
    if not named:
        meant = main_treaty(reading)
        return _Story(meant, treaty=meant)
    counts = Counter(named)
    often, most = counts.most_common(1)[0]
    main = often if most >= _MAINLY * counts[named[0]] else named[0]
    return _Story(main, frozenset(key for key, n in counts.items() if n < counts[main]), main)


_MAINLY = 3
"""The first treaty named is the document's, unless another is named so many times as often."""


def _turn_to(story: _Story, tagged: Tagged) -> None:
    """A new paragraph is about the document's treaty again, where the other was but touched on."""
    if tagged.sentence.block != story.block:
        story.block = tagged.sentence.block
        story.treaty = story.main if story.treaty in story.others else story.treaty


def _remember(story: _Story, tagged: Tagged) -> None:
    named = [m.key for m in tagged.all("T") if m.key != "other"]
    lasting = [key for key in named if key != "CCW-AP2"]  # a protocol is not «the Convention»
    story.treaty = lasting[-1] if lasting else story.treaty
    nouns = [(noun, _states_of(tagged, noun.group())) for noun in _nouns().finditer(tagged.string)]
    lists = (states for _, states in reversed(nouns) if len(states) > 1)
    story.several = next(lists, story.several)
    for noun, states in nouns:
        if states and not noun["pronoun"] and _opens(tagged.string, noun.start()):
            story.states = states
            break
    else:
        if owner := _OWN_STEP.search(tagged.string):
            story.states = _states_of(tagged, owner.group())
    story.leaving = bool(_LEAVES.search(tagged.string)) or (
        story.leaving and not named and "⟨T" not in tagged.string
    )
    belongs = bool(_BELONGS.search(tagged.string))
    story.of_treaty = bool(_OF_TREATY.search(tagged.string))
    legal = _LEGAL.search(tagged.string) and not _ALLIANCE.search(tagged.string)
    if len(tagged.string) > _AN_ANSWER:
        story.belonging = belongs and bool(story.of_treaty or story.belonging or legal)
    story.counted = bool(_COUNTED.search(tagged.string))


_AN_ANSWER = 12
"""Characters of «No.» and the like, which change no subject."""
_COUNTED = re.compile(
    r"^(?!.*\b(?:not|never|outside|neither)\b).*\b(?:[Pp]art(?:y|ies)|members?|joined|signed|ratified|acceded|adopted|bound|banned|renounced)\b(?:[^.;,]|, (?:which|that|the|a) [^.;]){0,90}\W*$"
)
"""A sentence that ends on who has joined: «not so Peru» may follow."""
_OWN_STEP = re.compile(
    r"⟨S\d+⟩[’']s (?:[\w-]+ ){0,2}(?:notice|notification|withdrawal|exit|departure|decision|denunciation)\b"
)
"""«Peru's notice»: what «it» in the next sentence may be."""
_LEAVES = re.compile(
    r"\b(?:withdr[ae]w|ceas\w+ (?:[^.;]{0,14} )?to be (?:bound|an? (?:[Ss]tate )?[Pp]arty)|leav(?:e|es|ing)\b|left\b(?= (?:the|it|on|in|this|last)\b|[.,;]|$)|quit|exit|pull\w* out|denunc|denounc|departure|los(?:es|t|ing) (?:⟨Q\d+⟩|one|a|its) )"
)


_LEGAL = re.compile(
    r"\b(?:ratif(?:y|ied)|acced(?:e|ed|ing)|accession|[Ss]tates? [Pp]art(?:y|ies)|signator(?:y|ies))\b"
)
"""Words of treaties alone, where none is named."""
_OF_TREATY = re.compile(r"⟨T\d+⟩|\b(?:[Cc]onvention|[Tt]reaty)\b")
_BELONGS = re.compile(
    r"\b(?:[Pp]art(?:y|ies)|members?|join(?:s|ed|ing)?|sign(?:s|ed|ing)?|signator\w+|ratif\w+|acced\w+|accessions?|adher\w+|belong(?:s|ed)?|bound|signatures?|outside|inside|breach|violat\w+|compl(?:y|ied|iance)|back (?:in|into)|re-?join\w*|into force|withdr\w+|leav\w+|left)\b|⟨T\d+⟩ (?:turn|is|was|has|binds|counts|enter)|\b[Ii]n (?:the )?⟨T\d+⟩"
)
"""Words on who is bound by a treaty."""


def _of_sentence(reading: Reading, tagged: Tagged, story: _Story) -> Iterator[Proposal]:
    taken: list[tuple[int, int]] = []
    matters = story.matters(tagged.string)
    two = _OF_TWO.search(tagged.string)
    story.pair = pair_before(reading, tagged, two.group(), two.start()) if two else []
    for predicate in _predicates():
        if predicate.after and predicate.after not in matters:
            continue
        for match in predicate.regex.finditer(tagged.string):
            start, end = match.span("verb")
            if any(start < b and a < end for a, b in taken) or not _is_said(
                tagged, match, predicate
            ):
                continue
            subject = _subject(tagged, match, predicate, story)
            if subject is None:
                continue
            taken.append((start, end))
            codes = _treaties(reading, tagged, match, story)
            if "⟨T" not in match.group() and _of_alliance(reading, tagged, predicate):
                continue
            yield from _proposed(reading, tagged, match, predicate, subject, codes)


_OF_TWO = re.compile(r"\b(?:[Bb]oth|[Nn]either|[Tt]he two|[Tt]he ⟨Q\d+⟩)\b")
_ALLIANCE = re.compile(
    r"\b(?:NATO|EU|European Union|WTO|World Trade Organi[sz]ation|OECD|alliance|bloc|Schengen|ICC|Rome Statute|BRICS|ASEAN)\b"
)
_JUST_BEFORE = 200
"""Characters before an accession in which what is acceded to is named."""


def _of_alliance(reading: Reading, tagged: Tagged, predicate: _Predicate) -> bool:
    """«Finland's accession» where an alliance was just named is to that."""
    first, last = max(0, tagged.sentence.start - _JUST_BEFORE), tagged.sentence.end
    named = _ALLIANCE.search(reading.text, first, last)
    return named is not None and "accession" in predicate.name


def _is_said(tagged: Tagged, match: re.Match[str], predicate: _Predicate) -> bool:
    """Whether a clause is no guess and no untruth, and speaks of a treaty and of states at hand."""
    at = match.start("verb")
    guessed = predicate.after and _THOUGHT.match(tagged.string, match.end())
    all_who = predicate.kind != "named" and _of_all_who(tagged.string, at)
    of_others = all_who or of_other(match) or is_conditional(tagged.string, match)
    return not (guessed or of_others or _UNTRUE.search(tagged.string, 0, at))


@dataclass(frozen=True)
class _Subject:
    """The states meant, where their word stands, where the name behind a pronoun; «neither»."""

    states: list[Mention]
    start: int
    named_at: int
    denied: bool = False


def _subject(
    tagged: Tagged, match: re.Match[str], predicate: _Predicate, story: _Story
) -> _Subject | None:
    """The nearest name before the verb that can be its subject."""
    if owned := _OWNED_BY.get(predicate.kind):
        return owned(tagged, match, story)
    if predicate.kind == "goal" and (aim := _goal(tagged, match)):
        return aim
    at = match.start("verb")
    for noun in reversed(list(_nouns().finditer(tagged.string, 0, at))):
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
    tagged: Tagged, noun: re.Match[str], predicate: _Predicate, at: int, meant: _Subject, sense: Sense
) -> _Subject | None:  # fmt: skip
    """The subject, unless what stands about it takes back what the verb says of it."""
    words = ASIDES.sub(" ", tagged.string[meant.named_at : at])
    denied = predicate.kind == "leave" and _DENIED.search(words)
    ended = predicate.status == "non-party" and _NO_MORE.search(words)
    turned = sense is Sense.OPEN or (sense is Sense.DENIED and predicate.status not in _DENIED_IS)
    if denied or ended or turned or _IF.search(tagged.string, 0, noun.start()):
        return None
    meant = replace(meant, denied=True) if sense is Sense.DENIED else meant
    return meant if meant.states else None


_NO_MORE = re.compile(r"\b(?:no longer|no more|ceas\w+ to|stopped|ended its)\b")
"""«No longer outside»: what was said of a state is over."""


_ALL_OF_THEM = re.compile(r"(?:both|all|each) ")


def _can_act(string: str, noun: re.Match[str], predicate: _Predicate, verb: str) -> bool:
    """Whether a name opens a clause, owns the decision or, before «both outside», is a list."""
    several = noun.group().count("⟨") > 1 and bool(_ALL_OF_THEM.match(verb))
    return several or _opens(string, noun.start()) or _decides(string, noun, predicate)


_IF = re.compile(r"\b(?:[Ii]f|[Uu]nless|[Ww]hether)(?: the)? $")
_BREAK = re.compile(r"; ")
_DENIED = re.compile(
    r"\b(?:not|never|no|others|without|rather than|reject\w*|oppos\w*|refus\w*|rul(?:ed|es|ing) out|against|den(?:y|ied|ies)|if|unless|whether|consider(?:s|ing|ed)?|mull(?:s|ing)|weigh(?:s|ing)|debat(?:e|es|ing)|might|may|could|should|must|urg(?:e|ed|es|ing)|call(?:s|ed|ing)? (?:on|for)|appeal\w*|ask(?:s|ed|ing)?|warn\w*|critici[sz]\w*|regret\w*|condemn\w*|reverse|reconsider|halt|stop|object(?:s|ed)|protest\w*)\b|n['’]t\b|\?"
)
_THOUGHT = re.compile(
    r"[^.;]{0,40}, [^,.;]{0,40}\b(?:thinks?|believes?|hopes?|expects?|fears?|predicts?|guess\w*)\b"
)
"""What others expect of a state is not what it does."""
_UNTRUE = re.compile(
    r"\b(?:false|untrue|not true|no truth|a lie|myth)\b[^.;]{0,20}\bthat\b", re.IGNORECASE
)
_ALL_WHO = re.compile(
    r"(?<!\bamong )(?<!\bamong the )(?<!\bone of )(?<!\bone of the )(?<!\bof the few )\b(?:all|those|any|others?|every|anyone|everyone|states|countries|governments|nations|remaining)(?: [a-z]+){0,2} (?:who|that|which)(?: still| have| has)?$|(?<![Bb]oth )(?<!two )(?<!three )(?<!⟩ )\b(?:states|countries|those|nations|governments)(?: still| remaining)?$"
)


def _of_all_who(string: str, at: int) -> bool:
    """«Peru appeals to all who have not joined» speaks of others."""
    return bool(_ALL_WHO.search(string[max(0, at - 60) : at].rstrip()))


_LONGEST = {"be": 85, "join": 100, "deny": 150, "goal": 200, "leave": 210, "keep": 100}
"""Characters from the end of a subject to that of the verb."""


def _reaches(predicate: _Predicate, words: str) -> bool:
    """Whether what stands between a subject and the verb leaves them together."""
    if len(words) > _LONGEST[predicate.kind] or "; " in words:
        return False
    if predicate.kind in ("be", "join", "keep"):
        return not re.search(r"⟨[SGPO]\d+⟩", words) and not _DENIED.search(words)
    if predicate.kind == "leave":
        return not _DENIED.search(words)
    return True


_OPENING = re.compile(
    r"(?:^(?:No[.,] |Yes[.,] |Both )?|[,;:—–“\"(•*] ?| - |\b(?:and|but|or|while|that|as|when|although|though|since|because|so|where|after|before|whereas|yet|did|does|do|has|have|is|are|nor|also|both|either|if|[Tt]oday|members|states|countries|nations|neighbou?rs?|all(?:y|ies)|[Oo]nly|just|even|like|except|except for|notably|including|called|named|said|says|noted|stated|insists?|insisted|claims?|claimed) |⟨D\d+⟩ |^(?:[Ii]n|[Oo]n|[Bb]y|[Ss]ince) ⟨D\d+⟩,? )(?:[Tt]he )?$"
)
_DECISION = re.compile(
    r"\b(?:decisions?|moves?|votes?|steps?|plans?|announcements?|recommendations?|withdrawals?|communication|notice|instrument|notification)\b[^.;⟨]{0,40}(?:⟨D\d+⟩ )?(?:by|of|in|from) (?:the )?$"
)


def _opens(string: str, at: int) -> bool:
    """Whether what begins here can be a subject: it opens a sentence, a clause or a list."""
    return bool(_OPENING.search(string[max(0, at - 60) : at]))


def _decides(string: str, noun: re.Match[str], predicate: _Predicate) -> bool:
    """«The decision of Peru to leave» is Peru's act."""
    before = string[max(0, noun.start() - 90) : noun.start()]
    return predicate.kind == "leave" and bool(_DECISION.search(before))


def _states_of(tagged: Tagged, words: str) -> list[Mention]:
    """The states that names, peoples' bodies and groups stand for."""
    found = {m.key: m for m in tagged.all("SGJ", words)}
    for mention in tagged.all("O", words):
        own = gazetteer.organisation(mention.key).get("iso3")
        if own:
            found.setdefault(own, Mention("S", mention.start, mention.end, own))
    if "Baltic" in words and len(found) < 3:
        for state in load_terms("positions")["groups"]["Baltic"]:
            found.setdefault(state, Mention("S", 0, 0, state))
    return list(found.values())


_MANY = re.compile(
    r"(?:they|both|(?:all|the|these|those)(?: of)?(?: the| these| those)? ?(?:two|three|four|five|⟨Q\d+⟩))",
    re.IGNORECASE,
)
_SELF = re.compile(r"(?:we|us|i|(?:his|her|my|our) .*)$", re.IGNORECASE)
_TELLER = Mention("S", 0, 0, "")
"""Whoever speaks: «we» and «her country» have no name of their own."""


def _meant(tagged: Tagged, noun: re.Match[str], story: _Story) -> _Subject:
    """The states of a subject and where it begins; a pronoun means the subject before it."""
    word, at = noun["pronoun"], noun.start()
    if not word:
        return _Subject(_states_of(tagged, noun.group()), at, at)
    if _SELF.match(word):
        return _Subject([_self(tagged, word, at, story)], at, at)
    if later := named_after(tagged, noun):
        return _Subject([later], at, at)
    nouns = list(_nouns().finditer(tagged.string, 0, at))
    if any(_SELF.match(one["pronoun"] or "") for one in nouns[-1:]):
        return _Subject([_TELLER], at, at)
    named = [one for one in nouns if not one["pronoun"]]
    earlier = [_Subject(_states_of(tagged, one.group()), at, one.start()) for one in named]
    before = _Subject(story.states, at, at)
    denied = word.casefold().startswith("neither")
    if _MANY.match(word) or denied:
        known = (before, _Subject(story.pair, at, at), _Subject(story.several, at, at))
        pool = [*reversed(earlier), *known]
        count = how_many(tagged, word)
        several = [
            s.states
            for s in pool
            if len(s.states) > 1 and len(s.states) == (count or len(s.states))
        ]
        named_at = next((s.named_at for s in pool if several and s.states is several[0]), at)
        return _Subject(several[0] if several else [], at, named_at, denied)
    heads = [s for s in earlier if s.states and _opens(tagged.string, s.named_at)]
    first = heads[0] if heads else before
    return replace(first, states=first.states[:1])


def _self(tagged: Tagged, word: str, at: int, story: _Story) -> Mention:
    """«We» of a state's own text, «her country» of a delegate just named; else whoever speaks."""
    if word.casefold() in _OURS:
        return Mention("S", 0, 0, story.own) if story.own else _TELLER
    return delegate_of(tagged, at) or _TELLER


_OURS = ("we", "us")


def _owner(tagged: Tagged, match: re.Match[str], story: _Story) -> _Subject | None:
    """«The treaty, to which both kingdoms belong»."""
    alone = match.groupdict().get("only")
    noun = None if alone else _nouns().match(tagged.string, match.start("subject"))
    own = _states_of(tagged, match["subject"])
    states = max(_meant(tagged, noun, story).states if noun else [], own, key=len)
    return _Subject(states, match.start(), match.start()) if states else None


def _of_thing(tagged: Tagged, match: re.Match[str], story: _Story) -> _Subject | None:
    """«Peru's notice was deposited», «it takes effect»: whose it is, else those spoken of."""
    words = match.groupdict().get("subject")
    heads = (n for n in _nouns().finditer(tagged.string, 0, match.start()) if not n["pronoun"])
    head = next((n.group() for n in heads if _opens(tagged.string, n.start())), "")
    states = _states_of(tagged, words or head) or ([] if words else story.states)
    return _Subject(states, match.start(), match.start()) if states else None


def _of_its(tagged: Tagged, match: re.Match[str], story: _Story) -> _Subject | None:
    """«Its duties under the treaty» are those of the state named last before."""
    nouns = list(_nouns().finditer(tagged.string, 0, match.start()))
    words = match.groupdict().get("subject") or (nouns[-1].group() if nouns else "")
    self_named = bool(nouns) and _SELF.match(nouns[-1]["pronoun"] or "") is not None
    named = _states_of(tagged, words) or tagged.all("SJ", tagged.string[: match.start()])[-1:]
    states = [_TELLER] if self_named else named or story.states[:1]
    return _Subject(states, match.start(), match.start()) if states else None


def _of_teller(tagged: Tagged, match: re.Match[str], story: _Story) -> _Subject | None:
    """«Her delegate said that joining was under study»: the speaker's state, if it has one."""
    return _Subject([_TELLER], match.start(), match.start())


_OWNED_BY = {"named": _owner, "thing": _of_thing, "its": _of_its, "teller": _of_teller}
"""Kinds of predicates whose subject is no name before the verb."""


def _goal(tagged: Tagged, match: re.Match[str]) -> _Subject | None:
    """«Allow Peru to join»: Peru is outside."""
    words = match.groupdict().get("object") or ""
    states = tagged.all("S", words) or ([_TELLER] if words in ("us", "we") else [])
    return _Subject(states, match.start("verb"), match.start("verb")) if states else None


_FIRST = ("first", "former", "earlier", "older")


def _treaties(reading: Reading, tagged: Tagged, match: re.Match[str], story: _Story) -> list[str]:
    """The treaty named at the verb, before it, or spoken of; «neither» are two."""
    which = match.groupdict().get("which")
    if which or match.groupdict().get("neither"):
        two = last_two(reading, tagged)
        if which:
            two = two[1:] if which in _FIRST else two[:1]
        return two
    named = tagged.all("T", match.group())
    if not named and "the other" in match["verb"]:
        named = tagged.all("T", tagged.string[match.end() :])
    named = named or tagged.all("T", tagged.string[: match.start()])[-1:]
    if any(m.key == "other" for m in named[:1]):
        return []
    more = MORE_TREATIES.match(tagged.string, match.end())
    joined = tagged.all("T", more.group()) if more and named else []
    codes = [m.key for m in [*named[:1], *joined]] or [story.treaty or ""]
    return [code for code in codes if code and code != "other"]


def _proposed(
    reading: Reading, tagged: Tagged, match: re.Match[str], predicate: _Predicate,
    subject: _Subject, codes: list[str],
) -> Iterator[Proposal]:  # fmt: skip
    """What a clause says of each state and treaty."""
    date, reach = (None, 0) if subject.denied else _date(tagged, subject.named_at, match)
    date_kind = "as_of" if subject.denied else predicate.date_kind
    status = _status(predicate, tagged, subject, match, date, reading.published)
    span = tagged.span(min(subject.start, match.start()), max(match.end(), reach))
    verb = tagged.span(*match.span("verb"))
    words = " ".join(reading.text[verb.start : verb.end].split()).strip(", ")
    for state, code in product(subject.states, codes):
        known = _BY_KNOWN_ACTS.get(status)
        yield propose(
            reading, "treaty_position", span, f"standing.{predicate.name}", "low",
            state=state.key or None, treaty=code,
            status=known(state.key, code, reading.published) if known else status,
            status_in_text=words,
            date=date or (reading.published if date_kind == "as_of" else None),
            date_kind=date_kind,
        )  # fmt: skip


_BY_KNOWN_ACTS = {
    "signed": status_of_signing,
    "unratified": status_before_ratifying,
    "out": status_of_being_out,
}
"""Statuses that the known acts of the state make plain."""
_MEANS_TO = re.compile(
    r"\b(?:announc\w+|decid\w+|decisions?|plan\w*|vot(?:e|es|ed|ing)|want\w*|intend\w*|intention|notices?|notif\w+|approv\w+|will|would|to|due|set|prepar\w+|propos\w+|recommend\w*|back\w*|agreed|begin\w*|began|are|is)\b"
)
_CAME = re.compile(r"(?:took|came|went|entered|became)\b")
_LEFT = re.compile(
    r"(?:ha\w+ )?lost|left|went|(?:ha\w+ |is |are )(?:already |also )?gone|dropped|bowed|quit(?!ting)|stopped|ended|lapsed|expired|came to an end|withdrew|withdrawn|exited|pulled out|ceas|stepped|walked|denounced|renounced"
)


_DENIED_IS = {
    "party": "non-party",
    "signed": "non-party",
    "signatory": "non-party",
    "leaving": "party",
}
"""What a status becomes behind «neither»."""


def _status(
    predicate: _Predicate, tagged: Tagged, subject: _Subject, match: re.Match[str],
    date: str | None, published: str | None,
) -> str:  # fmt: skip
    """The status that a predicate tells; of a leaving whether it is done."""
    if subject.denied and predicate.status in _DENIED_IS:
        return _DENIED_IS[predicate.status]
    if predicate.status != "leaving":
        return predicate.status
    between = tagged.string[subject.named_at : match.start("verb")]
    past = is_past(date, published)
    if predicate.kind == "thing" and _CAME.match(match["verb"]):
        return "withdrawn" if past or not date else "withdrawing"
    done = _LEFT.match(match["verb"]) and not _MEANS_TO.search(between)
    became = re.search(r"\b(?:became|did|the first)\b", between)
    return "withdrawn" if (done and (past or not date)) or (became and past) else "withdrawing"


_LATER = re.compile(r"⟨D\d+⟩.*\b(?:later|earlier|afterwards|then)\b")
"""The day before the verb is that of another act."""
_WHEN = re.compile(r"[^.;⟨]{0,30}?(?:⟨[TOMQGWL]\d+⟩[^.;⟨]{0,25}?){0,2}⟨D\d+⟩")


def _date(tagged: Tagged, subject: int, match: re.Match[str]) -> tuple[str | None, int]:
    """The day told at the verb, else before it, else before the subject; and where it ends."""
    after = _WHEN.match(tagged.string, match.end("verb"))
    places = [
        (match.end("verb"), after.end() if after else match.end()),
        (subject, match.start("verb")),
        (0, subject if subject < 40 else 0),
    ]
    for first, last in places:
        words = OF_THE_TREATY.sub("", tagged.string[first:last])
        days = [m.data.value for m in tagged.all("D", words)]
        if days and days[-1] and not (first == subject and _LATER.search(words)):
            return days[-1], last if first else 0
    return None, 0
