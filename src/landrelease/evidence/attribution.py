# ruff: noqa: E501 - patterns are read whole
"""Find who is said to have said something: the subject and reporting verb of a sentence.

Works on units: sentences joined where one quotation runs through them, the quoted words masked,
so that only the author's own words are searched for a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from landrelease.evidence.layout import Quote, Sentence
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.reporting_forms import forms
from landrelease.evidence.subjects import MASK
from landrelease.terms import load_terms


@dataclass(frozen=True)
class Unit:
    """Sentences that share quotations, tagged, with quoted words masked."""

    tagged: Tagged
    masked: str
    quotes: tuple[Quote, ...]
    block: int

    @property
    def start(self) -> int:
        """First character in the text."""
        return self.tagged.sentence.start

    @property
    def end(self) -> int:
        """End in the text."""
        return self.tagged.sentence.end


@dataclass(frozen=True)
class Attribution:
    """A subject and verb found in a unit: offsets are of the unit's tagged string."""

    subject: str
    verb: str
    start: int
    end: int
    form: str


def units(reading: Reading) -> Iterator[Unit]:
    """Yield the units of a text in order."""
    joined: list[Sentence] = []
    for sentence in reading.sentences:
        if (
            joined
            and sentence.block == joined[-1].block
            and _share_quote(reading, joined[-1], sentence)
        ):
            joined[-1] = Sentence(joined[-1].start, sentence.end, sentence.block)
        else:
            joined.append(sentence)
    for index, sentence in enumerate(joined):
        tagged = reading.tag(index, sentence)
        found = tuple(reading.quoted(sentence.start, sentence.end))
        yield Unit(tagged, _masked(tagged, found), found, sentence.block)


def _share_quote(reading: Reading, left: Sentence, right: Sentence) -> bool:
    return right.end - left.start < 3000 and any(
        q.start < left.end and q.end > right.start
        for q in reading.quoted(left.end - 1, right.start + 1)
    )


def _masked(tagged: Tagged, found: tuple[Quote, ...]) -> str:
    letters = list(tagged.string)
    for index, at in enumerate(tagged.starts):
        if any(q.start - 1 <= at < q.end + q.closed for q in found):
            letters[index] = MASK
    return "".join(letters)


_BEFORE_SUBJECT = re.compile(
    r"(?:\b(?:by|to|with|of|from|against|for|about|between|than|told|that the|in|across|near)|['’]s) (?:the )?$",
    re.IGNORECASE,
)
_ISSUE_OF = re.compile(
    r"\b(?:edition|report|version|findings|issue|update|authors) of (?:the )?$", re.IGNORECASE
)
"""«The new edition of the Monitor records»: the body whose edition it is speaks."""
_DECLARING = (
    "announced",
    "announces",
    "revealed",
    "reveals",
    "confirmed",
    "confirms",
    "outlined",
    "outlines",
    "corroborated",
    "assessed",
)
"""Verbs by which a body speaks whatever follows."""
_OFFICIAL = re.compile(
    r"\b(?:government|ministry|department|authorit(?:y|ies)|army|military|cabinet|parliament|police|minister|president|agency|bureau|centre|center)\b",
    re.I,
)
_COUNTED = re.compile(r" (?:a total of |at least |more than )?(?:[\w-]+ ){0,1}?⟨Q|\ba total of")
_TEAM = re.compile(r"\b(?:teams?|surveyors|deminers|units?)\b")
_PLEDGING = ("pledges", "pledged", "promises", "promised", "vows", "vowed")
_WRITING = re.compile(r"\b(?:reports?|stud(?:y|ies)|researchers|investigat\w+|analys\w+)$")
"""What such words find is what they say."""
_FINDING = re.compile(
    r"documented|(?:identified|recorded|verified|logged) (?:\w+ ){0,2}(?:use|evidence|cases|users|victims|casualties|attacks|strikes)\b"
)
"""What a body that watches puts on record, with or without a number."""
_A_PAPER = re.compile(
    r"^(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir) (?:[\w⟨⟩'’-]+ ){0,2}(?:memo|memorandum|report|study|survey|bulletin|paper|letter|review|inquiry|assessment|edition|yearbook|brochure|fact sheet)\b"
)
"""What is written counts what it says."""
_THE_GROUP = re.compile(
    r"^[Tt]he (?:group|organi[sz]ation|agency|monitor|charity|watchdog|campaign|coalition|network|mission|inquiry|commission)(?: has| have)?$"
)
_COUNTING = (
    "lists",
    "documented", "identified", "recorded", "records", "registered", "reported", "reports", "counted", "counts", "verified",
)  # fmt: skip
_SOMEONE = re.compile(r"[Hh]e|[Ss]he|[Tt]hey|⟨[PW]\d+⟩")
_OTHER_WORDS = {
    "states": r" (?:that (?:are|have|were|remain|do|did)\b|to|which|who|part(?:y|ies)|have|are|of|in|must|should|not|yet)\b",
    "continued": r" to\b",
    "thanks": r" to\b",
    "reaffirmed": r" an? \w",
    "answered": r" (?:questions?|calls?|the|an?|for|to)\b",
    "repeated": r" (?:the|an?|its|his|her|their) [a-z]+ (?!that|to\b)",
}
"""What follows where a verb of speech is a noun or says no words: «member states that are»."""
_ASIDE = (
    "said",
    "says",
    "told",
    "called",
    "described",
    "added",
    "warned",
    "noted",
    "argued",
    "wrote",
)
"""Verbs by which someone speaks in a clause of «who»; others there only tell who it is."""
_TO_DO = re.compile(
    r" (?!(?:for|in|on|at)\b)(?:all |the |its |local )?(?:[\w⟨⟩'’-]+ ){1,5}?(?:(?:not )?to\b|for (?:⟨[VQA]|(?:more |its |their |further )?(?:help|support|funds?|funding|money|aid|assistance|machines|detectors|maps)\b))"
)
"""«He asked people not to go there», «asked donors for $3 million»."""
_NAMING = ("call", "calls", "called", "describe", "describes", "described", "labelled", "labeled")
"""«…, which it calls …» only names what the sentence speaks of."""
_HOLDING = (
    "think", "thinks", "thought", "worry", "worries", "estimate", "estimates", "estimated", "believe", "believes", "believed",
    "fear", "fears", "feared", "hope", "hopes", "hoped", "expect", "expects",
    "expected", "claim", "claims", "claimed", "predict", "predicts", "predicted", "announced",
    "confirms", "confirmed", "concludes", "concluded", "suggests", "suggested", "maintains", "maintained",
)  # fmt: skip
"""Verbs of holding something to be so; a clause may follow them without «that»."""
_FINITE_CLAUSE = re.compile(
    r" (?!(?:to|by|in|on|at|from|with|for|as|of)\b)(?:(?!(?:that|which|who|when|where|what|to)\b)[\w⟨⟩'’%-]+ ){1,9}?(?:have|has|had|are|is|were|was|will|would|could|can|may|might|must|should|do|does|did)\b"
)
"""A clause without «that» after a verb of holding: «estimates a third of the land is mined»."""
_CLAUSE = re.compile(
    r"^(?: (?:(?:on|in|at|from|to|during|through|via|by|for|after|before|following|last|this|late|early|again|also|yesterday|today|⟨D\d+⟩|[a-z]+ly)\b|⟨D\d+⟩)[^,.]{0,60}?)? that\b|^,? \W?how\b|^ (?:it|they|he|she|we|its|their) (?:will|would|has|had|have|is|are|was|were|plans?|intends?)\b",
    re.IGNORECASE,
)


_PASSING_ON = ("informed", "informs", "inform", "advised", "advises", "reminded", "reminds")
_TO_WHOM = re.compile(r" (?:the|a|its|their|his|her|⟨)[^,.□;]{0,60}? that\b")
"""«Informed the meeting in Lowmark that …»."""
_CHARGE = re.compile(
    r" (?:the|any|this|these|those|all|such) (?:[a-z]+ )?(?:findings?|claims?|charges?|allegations?|accusations?|reports?|use|figures?)\b"
)
"""What someone denies by speaking: not access."""


_COUNTRIES = re.compile(
    r"⟨Q\d+⟩ (?:[Ss]tates(?: [Pp]arties)?|countries|nations|governments|delegations)"
)
"""«Forty countries voiced regret, according to the report»: the report tells it."""


def attributions(unit: Unit) -> list[Attribution]:
    """Return the attributions of a unit, the likeliest first."""
    found = [a for a in _candidates(unit) if _plausible(unit, a) and not _passes_on(unit, a)]
    if any(a.verb.casefold() in ("quoting", "citing", "according to") for a in found):
        found = [a for a in found if not _is_relay(unit, a)]
    if any(a.form == "according" for a in found):
        found = [a for a in found if not _COUNTRIES.fullmatch(a.subject)] or found
    passed_on = [a for a in found if a.verb.startswith("report") and _is_relay(unit, a)]
    if len(passed_on) < len(found):
        found = [a for a in found if a not in passed_on]
    return sorted(found, key=lambda a: _rank(unit, a))


def _is_relay(unit: Unit, found: Attribution) -> bool:
    """A news agency that passes on what another said."""
    teller = unit.tagged.mention(found.subject)
    if found.form == "according":
        return False
    return teller is not None and (teller.kind == "N" or teller.key.startswith("agency:"))


def _candidates(unit: Unit) -> Iterator[Attribution]:
    for form, finder, needed in forms():
        if needed and not needed.search(unit.masked):
            continue
        for match in finder.finditer(unit.masked):
            named = [group for group, part in match.groupdict().items() if part]
            verb = next(g for g in named if g.startswith(("verb", "participle")))
            subject = next(g for g in named if g.startswith("subject"))
            end = max(match.end(verb), match.end(subject))
            yield Attribution(match[subject], match[verb], match.start(subject), end, form)


_SECOND_HAND = re.compile(
    r", (?:an? )?(?:claim|charge|figure|accusation|allegation|assertion|number|version|point|view) (?:that |which )?(?:the )?$|, (?:which|something|but|while|though|although|and) (?:the )?$"
)
"""Before one who only answers in a clause at the end of what another says."""
_OUTLET = re.compile(
    r"\b(?:news (?:outlet|agency|portal|site|website|service)|newspaper|media outlet|television (?:channel|company)|TV channel)\b"
)
_CITING = re.compile(r",? (?:citing|quoting|referring to|with reference to)\b|\.?$")
_BROADCAST = re.compile(r" (?:TV|television|radio|broadcaster|newspaper|daily|channel)\b")


def _passes_on(unit: Unit, found: Attribution) -> bool:
    """«According to Lao national TV», «…, Morrow reports citing the agency»: an outlet passes on."""
    if found.form != "according":
        alone = re.fullmatch(r"⟨[WP]\d+⟩", found.subject) and found.verb in ("reports", "informs")
        outlet = _OUTLET.search(found.subject) and found.verb.startswith(
            ("report", "writ", "inform")
        )
        return bool((alone and _CITING.match(unit.masked, found.end)) or outlet)
    channel = any(m.key in ("TV", "Radio") for m in unit.tagged.all("W", found.subject))
    return channel or bool(_BROADCAST.match(unit.masked, found.end))


def _plausible(unit: Unit, found: Attribution) -> bool:
    before, after = unit.masked[: found.start], unit.masked[found.end :]
    if found.form in (
        "according",
        "inverted",
        "passive",
        "signed",
        "held",
        "introduced",
        "account",
    ):
        return found.form != "inverted" or not _CLAUSE_OF_ITS_OWN.search(found.subject)
    between = unit.masked[found.start + len(found.subject) : found.end]
    if re.match(r",? wh(?:o|ich)\b", between):
        return found.verb in _ASIDE
    led = _BEFORE_SUBJECT.search(before) and not _ISSUE_OF.search(before)
    dateline = found.subject.count(")") > found.subject.count("(")  # «(Oslo, 3 May) …»
    if (led and not _of_a_state(found, before)) or _is_inverted(unit, found) or dateline:
        return False
    votes = _votes(unit, found, after)
    if votes or _says_nowords(found, before, after) or _is_told_by_others(found, between, after):
        return False
    if found.verb in load_terms("reporting")["clause_only"]:
        return _says_something(found, before, after)
    return True


def _is_told_by_others(found: Attribution, between: str, after: str) -> bool:
    """Whether the subject only holds or does what the sentence says, and does not speak."""
    joined = found.form == "conjoined" and _JOINED.match(between)
    return bool(joined or (found.verb in _BELIEVING and _SAID_AFTER.search(after)))


_BELIEVING = frozenset(
    ["believe", "believes", "believed", "think", "thinks", "hope", "hopes", "fear", "fears"]
)
_SAID_AFTER = re.compile(rf"^[^{MASK}]+, (?:said|says) (?!that\b)")
"""«The ministry believes that they are safe, said the officials»: they tell what it believes."""
_JOINED = re.compile(r" (?:have |has |had )?(?:signed|ratified|joined) ")
"""«More than 160 countries have signed the treaty, noting that …»: nobody speaks."""


def _of_a_state(found: Attribution, before: str) -> bool:
    """«Norway's Ana Reyl said»: the state only tells whose she is."""
    return found.subject.startswith("⟨P") and bool(re.search(r"⟨[SG]\d+⟩['’]s $", before))


def _says_nowords(found: Attribution, before: str, after: str) -> bool:
    """Whether the verb is denied, passive or a noun here, or only gives a thing its name."""
    aside = before.endswith(", ") and after[:1] in (",", ".")
    if found.verb in _GOING_ON and MASK not in before[-3:] and not aside:
        return True
    if _UNSAID.search(found.subject):
        return True
    if found.verb in _NAMING and re.search(r"\b(?:which|what|whom) $", before):
        return True
    return found.verb in _OTHER_WORDS and bool(re.match(_OTHER_WORDS[found.verb], after))


def _votes(unit: Unit, found: Attribution, after: str) -> bool:
    """«The assembly endorsed the bill»: a parliament that backs or rejects votes, and does not speak."""
    bodies = (m.key for m in unit.tagged.all("O", found.subject))
    words = " ".join([found.subject, *bodies])
    told = found.verb in _VOTING and _PARLIAMENT.search(words)
    if found.verb in ("ruled out", "rules out"):
        return _SOMEONE.match(found.subject) is None  # of a state that is where it stands
    return bool(told) and not _CLAUSE.match(after)


def _says_something(found: Attribution, before: str, after: str) -> bool:
    """Whether what stands around a verb that has other uses makes it one of speech."""
    trails = len(before) > 20 and re.search(r", (?:the |its |an? |their |⟨Q\d+⟩ )?$", before)
    return (
        bool(trails)
        or "⟨P" in found.subject
        or _suits_subject(found, after)
        or bool(_CLAUSE.match(after))
        or after.strip(" .") == ""
        or MASK in after[:3]
        or (MASK in before[-3:] and _SOMEONE.fullmatch(found.subject) is not None)
    )


def _suits_subject(found: Attribution, after: str) -> bool:
    """Whether a body, an office or a writing speaks by this verb and what follows it."""
    verb, of_body = found.verb, "⟨O" in found.subject
    if verb == "confirmed" and _TEAM.search(found.subject) and _COUNTED.match(after):
        return False  # found on the ground, not said
    of_power = of_body or bool(_OFFICIAL.search(found.subject))
    if verb in _DECLARING and (of_power or re.match(r",? (?:having|the |its )", after)):
        return True
    if verb in ("asked", "asks") and _TO_DO.match(after):
        return True
    counts = of_power or _A_PAPER.search(found.subject)
    if verb in _COUNTING and counts and _COUNTED.match(after):
        return True
    if verb in ("documented", "identified", "found") and _WRITING.search(found.subject):
        return True
    return (
        (verb in _PASSING_ON and bool(_TO_WHOM.match(after)))
        or (verb in ("deny", "denied", "denies") and bool(_CHARGE.match(after)))
        or (verb in _PLEDGING and after.startswith(" to "))
        or (
            bool(of_body or _THE_GROUP.search(found.subject)) and bool(_FINDING.match(verb + after))
        )
        or (verb in _HOLDING and bool(_FINITE_CLAUSE.match(after)))
    )


def _is_inverted(unit: Unit, found: Attribution) -> bool:
    """«the access to farms, said the elder»: what stands before the comma does not speak."""
    words = unit.masked[found.start + len(found.subject) : found.end]
    plain = found.form == "direct" and not re.search(r"⟨[PONSGJ]|,$", found.subject)
    return (
        plain and words == f", {found.verb}" and bool(re.match(r" [\w⟨]", unit.masked[found.end :]))
    )


_VOTING = ("endorsed", "backed", "supports", "opposed", "rejected", "recommended", "recommends")
_PARLIAMENT = re.compile(
    r"\b(?:[Pp]arliament|[Aa]ssembly|[Ss]enate|[Ll]awmakers|[Dd]eputies|MPs|[Cc]hamber|[Hh]ouse)\b"
)
_CLAUSE_OF_ITS_OWN = re.compile(r"^[^,]*\b(?!need)[a-z]+ed (?:his|her|its|their|the|an?|⟨)")
"""«, said the first shells reached his brigade»: no subject, but what was said."""
_UNSAID = re.compile(r" (?:not|never|neither|nor|made|makes|make|was|were|is|are|be|been)$")
"""A subject that took in its auxiliary: «authorities in Oslo have not said», «units were called»."""
_GOING_ON = ("went on", "goes on")
"""Verbs of speech right behind quoted words only."""
_TRAILING = re.compile(
    r", ?(?:(?:the|an?|its|his|her|their) )?(?:(?:[\w-]+|⟨[SJGO]\d+⟩(?:['’]s)?) ){0,5}$"
)
"""«…, his spokesman Ana Reyl said»: the clause of saying stands last."""
_ENDS = re.compile(r"(?: (?:on |late |early )?⟨D\d+⟩)?[ .]*")
"""Nothing follows the verb but the day."""


def _rank(unit: Unit, found: Attribution) -> tuple[int, int]:
    order = {
        "quoted": 0,
        "signed": 1,
        "passive": -2,
        "inverted": 1,
        "direct": 2,
        "according": 2,
        "account": 4,
        "conjoined": 5,
        "held": 1 if found.verb.endswith("ing") else 4,
        "introduced": 6,
    }
    before = unit.masked[max(0, found.start - 3) : found.start]
    after = unit.masked[found.end : found.end + 4]
    touching = any(MASK in beside and ";" not in beside for beside in (before, after))
    second = found.start > 0 and bool(_SECOND_HAND.search(unit.masked[: found.start]))
    ends = found.form == "direct" and _ENDS.fullmatch(unit.masked[found.end :])
    trails = bool(ends) and bool(_TRAILING.search(unit.masked[: found.start]))
    return order[found.form] - touching - (trails and not second), found.start
