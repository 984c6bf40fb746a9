# ruff: noqa: E501 - patterns are read whole
"""Who is said to have used mines or other ordnance: alleged, investigated, confirmed or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import TAG, Reading, Tagged
from landrelease.evidence.sieves import company
from landrelease.evidence.sieves.held_ground import holds_mined_ground
from landrelease.evidence.sieves.nobody import (
    ANYBODY,
    NOBODY,
    is_common_word,
    is_target,
    lists_where,
    named_apart,
)
from landrelease.evidence.sieves.parties import (
    BOTH,
    backed,
    of_the_land,
    party_of,
    subject_in,
    the_two,
)
from landrelease.evidence.sieves.plain import ASIDES, plain, without
from landrelease.evidence.sieves.theatre import actors_of, where_and_when
from landrelease.terms import load_terms


@cache
def _rules() -> list[tuple[str, re.Pattern[str]]]:
    table = load_terms("allegations")
    parts = table["parts"]

    return [(name, compiled(source, parts)) for name, source in table["rules"].items()]


@cache
def _hints() -> dict[str, re.Pattern[str]]:
    """Words without which a rule cannot fit."""
    return {name: re.compile(words) for name, words in load_terms("allegations")["hints"].items()}


@cache
def _word(key: str) -> re.Pattern[str]:
    return re.compile(load_terms("allegations")[key], re.IGNORECASE)


def allegations(reading: Reading) -> Iterator[Proposal]:
    """Yield one allegation per party and sentence."""
    story = _Story()
    for index, whole in enumerate(reading.told):
        tagged = plain(whole)
        seen: set[str] = set()
        if _of_weapons(tagged) and not tagged.string.rstrip('”" ').endswith("?"):
            first = list(_told(reading, index, tagged, story, seen, _rules()))
            yield from first
            bare = without(tagged, ASIDES)
            if bare is not tagged:
                again = {p.start for p in first}
                more = _told(reading, index, bare, story, seen, _acts())
                yield from (p for p in more if p.start not in again)
        story.subject = subject_in(tagged) or story.subject
        story.user = next((party for party in story.lately if story.lately[party] == index), None)


@dataclass
class _Story:
    """Whom «they» means, and in which sentence each party was last told of."""

    subject: Mention | None = None
    user: str | None = None
    lately: dict[str, int] = field(default_factory=dict)


@cache
def _acts() -> list[tuple[str, re.Pattern[str]]]:
    """Rules of a subject and its verb, which asides may part."""
    return [(name, rule) for name, rule in _rules() if name in _ACTS]


_ACTS = ("used", "used-thing", "them", "laid-by", "hit-with", "mined-land", "used-together")


def _told(
    reading: Reading, index: int, tagged: Tagged, story: _Story, seen: set[str],
    rules: list[tuple[str, re.Pattern[str]]],
) -> Iterator[Proposal]:  # fmt: skip
    """The allegations of a sentence whose parties were not seen in it before."""
    for name, rule in rules:
        hint = _hints().get(name)
        if hint and not hint.search(tagged.string):
            continue
        for match in rule.finditer(tagged.string):
            if not _holds(reading, tagged, name, match, seen):
                continue
            first: Proposal | None = None
            for party in _parties(reading, tagged, name, match, story, seen):
                key = party or ""
                again = index - story.lately.get(key, -_LATELY) < _LATELY
                if (name in _LATE_DENIALS and again) or _is_echo(name, match, key, story):
                    continue
                if _is_new(key, seen):
                    seen.add(key)
                    story.lately[key] = index
                    told = _allegation(reading, index, tagged, match, name, party)
                    together = first and _TOGETHER.search(match.group())
                    yield _beside(told, first) if first and together else told
                    first = first or told


def _holds(
    reading: Reading, tagged: Tagged, name: str, match: re.Match[str], seen: set[str]
) -> bool:
    """Whether a match tells a use: a real one, by somebody, of a weapon."""
    if _unreal(name, tagged.string, match) or _is_ground(name, tagged, match):
        return False
    if "party" in match.re.groupindex and _WHOSE.search(tagged.string, 0, match.start("party")):
        return False
    if name == "mined-land" and holds_mined_ground(tagged.string, *match.span("verb")):
        return False
    if _names_nobody(reading, tagged, name, match) or _is_none_of_use(tagged.string, match):
        return False
    if name in _UNNAMED and not _of_a_weapon(reading, tagged, match):
        return False
    return name != "and-by" or _after_by(tagged, match, seen)


def _names_nobody(reading: Reading, tagged: Tagged, name: str, match: re.Match[str]) -> bool:
    """Whether the words where the user stands name none, or one named elsewhere."""
    return (
        is_common_word(reading, tagged, match)
        or named_apart(reading, tagged, match)
        or is_target(tagged, match)
        or (name == "users-are" and lists_where(tagged, match))
    )


_OF_THE_WEAPON = re.compile(
    r" of (?:the|these|those|such) (?:⟨M\d+⟩|weapons?|munitions?|devices|bombs|arms)$"
)


def _is_echo(name: str, match: re.Match[str], party: str, story: _Story) -> bool:
    """«X's use of the bombs», where the text has told before of what X used."""
    return (
        name == "use-of"
        and party in story.lately
        and _OF_THE_WEAPON.search(match.group()) is not None
    )


_REJECTIONS = ("charge-rejected", "responsibility-denied", "laid-none")
"""Rules of a charge that is denied, its weapon and place told before."""
_SAY_NOT = (
    "denied", "said-not", "denied-passive", "officials-denied", "not-by-them", "denied-of", "they-denied",
    "denied-any", *_REJECTIONS, "investigated",
)  # fmt: skip
"""Rules whose own words hold the «not»."""
_TOLD_ANYWAY = ("investigated", "in-use-by", *_REJECTIONS)
"""Rules for which «possible» and «would» beside them change nothing."""
_LATE_DENIALS = ("charge-rejected",)
_DENIALS = ("said-not", "laid-none", "responsibility-denied")
"""Rules whose words deny, wherever they stand."""
_TOGETHER = re.compile(r"together with|alongside|along with")


def _beside(told: Proposal, first: Proposal) -> Proposal:
    """Who used together with another used in the same land."""
    return replace(told, fields={**told.fields, "iso3": first.fields["iso3"]})


_LATELY = 12
"""A denial within these sentences of the use it denies is told with it."""
_UNNAMED = (
    "them", "used-thing", "it-used", "and-used", "accused-of-them", "accuse-each-other", *_REJECTIONS,
    "reported-use", "signs-of-use-by", "its-use-by", "ones-that-party-uses", "and-by",
)  # fmt: skip
"""Rules that a pronoun satisfies: a weapon must have been named shortly before."""
_NO_WEAPON = re.compile(
    r"\b(?:machines?|detectors?|dogs?|robots?|vehicles?|drones?|teams?|kits?|flails?|money|funds?|sanctions?|force|veto)\b"
)
_JUST_BEFORE = 400
_A_MINE = re.compile(r"\bof (?:land)?mine\b")
"""«A new kind of mine» is one, though no list has it."""
_PRACTICE = re.compile(
    r" (?:only )?(?:in|for|during) (?:training|exercises|tests|practice|research)\b"
)


def _of_a_weapon(reading: Reading, tagged: Tagged, match: re.Match[str]) -> bool:
    """Whether the match names a weapon, or means the one named last, with nothing else between."""
    groups = match.groupdict()
    if tagged.mention(groups.get("weapon")) or _A_MINE.search(match.group()):
        return True
    if _PRACTICE.match(tagged.string, match.end()):
        return False
    at = tagged.span(match.start(), match.start() + 1).start
    end = tagged.span(max(0, match.end() - 1), match.end()).end
    near = reading.inside(max(0, at - _JUST_BEFORE), end, "M")
    return bool(near) and not _NO_WEAPON.search(reading.text, near[-1].end, end)


def _after_by(tagged: Tagged, match: re.Match[str], seen: set[str]) -> bool:
    """«… use by A, …, and by B»: B is a second user only where a first was told."""
    return bool(seen) and bool(
        re.search(r"\b(?:use|used|laid|fired)\b.* by\b", tagged.string[: match.start()])
    )


def _is_new(party: str, seen: set[str]) -> bool:
    """Not named before in the sentence; «government forces» are those of the states named."""
    if any(party in one or one in party for one in seen):
        return False
    return not (seen and ANYBODY.match(party))


def _unreal(name: str, string: str, match: re.Match[str]) -> bool:
    """What might be, should not be or was not is no use."""
    if name not in _TOLD_ANYWAY and _hypothetical(string, match):
        return True
    return _negated(name, string, match)


_GROUND = re.compile(r"\b(?:in|across|throughout|inside|along|of)(?: the)? $")


_SPOT = re.compile(r"\b(?:[Oo]n|[Aa]t|[Nn]ear|[Oo]ver|[Oo]utside|[Bb]etween)(?: the)? $")
"""«Dropped bombs on X, then scattered mines»: X is where."""


@cache
def _outwards(key: str) -> re.Pattern[str]:
    return re.compile(load_terms("allegations")["outwards"][key])


_OTHER_OBJECT = re.compile(
    r"\b(?:investigation|inquiry|signs?|flags?|campaigns?|projects?|programmes?|programs?|operations?|appeals?|maps?|dogs?|machines?|detectors?|teams?)\b[^⟨;.]{0,40}⟨M\d+⟩$"
)
_ASKED = re.compile(r"\b(?:ask\w*|know|known|clear|unclear|wonder\w*) (?:if|whether) (?:the )?$")


def _is_none_of_use(string: str, match: re.Match[str]) -> bool:
    """«Launched an inquiry into mines», «mines on the agenda», «mine victims», «asked whether»."""
    rest = string[match.end() : match.end() + 60]
    weapon_last = match.group().endswith("⟩") and match.groupdict().get("weapon")
    return bool(
        (weapon_last and match.end("weapon") == match.end() and _outwards("no_weapon").match(rest))
        or _outwards("late_unreal").match(rest)
        or _OTHER_OBJECT.search(match.group())
        or _ASKED.search(string[: match.start()])
    )


_WHOSE = re.compile(r"\bwhose $")
"""«Three countries whose forces»: the countries are named elsewhere."""


def _is_ground(name: str, tagged: Tagged, match: re.Match[str]) -> bool:
    """«groups in Mali and Niger used …»: the states are where, not who."""
    words = match.groupdict().get("party")
    if words and re.fullmatch(r"⟨[WL]\d+⟩", words):
        return bool(_SPOT.search(tagged.string[: match.start("party")]))
    if (
        not words
        or name.startswith(("use-by", "use-confirmed", "denied", "said-not", "charge"))
        or not re.fullmatch(r"(?:both )?⟨[SG]\d+⟩(?:,? (?:and )?⟨[SG]\d+⟩)*", words)
    ):
        return False
    return bool(_GROUND.search(tagged.string[: match.start("party")]))


def _of_weapons(tagged: Tagged) -> bool:
    return "⟨M" in tagged.string or bool(
        re.search(
            r"weapons?\b|munitions|devices|\buse (?:\w+ ){0,2}by\b|and by\b|(?:one|⟩) another|each other|\bof mine\b|\bones\b|\btypes?\b|accusation|allegation|charges?\b|claims?\b|arms|\bmin(?:ed|ing)\b|\bthem\b|their use|blam(?:e|ed|es|ing)\b|booby|laying|minefield|responsib|involvement|blame|none\b|\bused any\b",
            tagged.string,
        )
    )


_ASIDE = re.compile(r", (?:which|who|an?|the) [^,]{3,120},")
_NOT = re.compile(
    r"\b(?:no|not|never|none of|neither|nor)\b(?! (?:only|fewer|less|longer|just|even))|n['’]t\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"(?:^|[,;] )(?:Had|Should|Were)\s*$|\b[Nn]o (?:[\w-]+ )?$|\bfalse that\s*$|\b(?:record|map|mark|track|log|register)(?:s|ing)?\s*$"
)


def _negated(name: str, string: str, match: re.Match[str]) -> bool:
    """«No mines were used by …», «has not laid», «had it used»: nothing is alleged."""
    if name in _SAY_NOT:
        return False
    words = _ASIDE.sub("", match.group())
    words = words.rpartition(" and ")[2] if name == "and-which" else words
    return bool(_NOT.search(words) or _UNREAL.search(string[: match.start()]))


def supposed(before: str) -> bool:
    """Whether the words before a use make it a wish, a ban, a plan or what nobody found.

    Examples
    --------
    >>> supposed("found no evidence of "), supposed("has documented the ")
    (True, False)
    """
    return _word("hypothetical_before").search(before) is not None


def _hypothetical(string: str, match: re.Match[str]) -> bool:
    before, after = (
        string[max(0, match.start() - 60) : match.start()],
        string[match.end() : match.end() + 40],
    )
    return bool(
        supposed(before)
        or _word("hypothetical_after").match(after)
        or _word("hypothetical_inside").search(match.group())
    )


def _parties(
    reading: Reading,
    tagged: Tagged,
    name: str,
    match: re.Match[str],
    story: _Story,
    seen: set[str],
) -> list[str | None]:
    """Each state of a list used, else the one party that the words name; none where they name none."""
    if name == "and-used":
        party = _head(tagged, match, story.subject)
        return [party] if party else []
    if "party" not in match.re.groupindex:
        return [] if seen else [None]
    words = match["party"] or ""
    if name == "they-used" and story.user:
        return [story.user]
    states = list(dict.fromkeys(m.key for m in tagged.all("SJ", words)))
    if len(states) > 1:
        return [*states, *(_other_adjectives(tagged, words))]
    if BOTH.match(words):
        two: list[str | None] = [*the_two(reading, tagged, match.start())]
        return two or ([] if re.fullmatch("both", words, re.IGNORECASE) else [words])
    also = match.groupdict().get("party2")
    group = backed(reading, tagged, match.span("party"))
    found = [
        group,
        *(party_of(tagged, match.start(), w, story.subject) for w in (words, also) if w),
    ]
    found = found[:1] + found[2:] if group else found
    named = [party for party in found if party and not NOBODY.fullmatch(party)]
    told = tuple(of_the_land(reading, tagged, match.start(), party) for party in named)
    return [*company.all_told(reading, tagged, match.span("party"), told)] if told else []


@cache
def _who() -> re.Pattern[str]:
    parts = load_terms("allegations")["parts"]
    return compiled(r"^[\W_]*(?:(?!⟨)[\w’'-]+ ){0,3}?(?P<party><who>)(?= |,)", parts)


_CLAUSE = re.compile(r"[“\"”;:]|\b(?:that|said|says|while|whereas|because)\b")


def _head(tagged: Tagged, match: re.Match[str], subject: Mention | None) -> str | None:
    """«A has never joined and is using mines»: A heads the clause that «and» goes on with."""
    before = tagged.string[: match.start()]
    cut = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    found = _who().match(before[cut:])
    if not found:
        return None
    party = party_of(tagged, found.start(), found["party"], subject)
    return party if party and not NOBODY.fullmatch(party) else None


def _other_adjectives(tagged: Tagged, words: str) -> list[str]:
    """«Ethiopian, Eritrean and Tigrayan forces»: the third is a party by its own name."""
    if not re.match(r"⟨J\d+⟩(?:, | and )", words):
        return []
    troops = TAG.sub("", words).replace(" and ", " ").strip(" ,")
    return [f"{m.key} {troops}" for m in tagged.all("W", words)]


def _allegation(
    reading: Reading, index: int, tagged: Tagged, match: re.Match[str], name: str, party: str | None
) -> Proposal:
    span = clause_of(tagged, match.span())
    groups = match.groupdict()
    weapon = tagged.mention(groups.get("weapon") or groups.get("weapon3"))
    if groups.get("them"):
        weapon = weapon_near(reading, tagged, match.start())
    if weapon is None or re.search(r"\b(?:these|those|such)\b", match.group()):
        weapon = weapon_near(reading, tagged, match.start()) or weapon
    fields: dict[str, Any] = {
        "party": party,
        "munition": reading.text[weapon.start : weapon.end] if weapon else None,
        "munition_class": weapon.key if weapon else _class_of_words(match),
        "status": "denied" if name in _DENIALS else status_of(reading, index, tagged, match.span()),
        "source": None,
    }
    fields |= where_and_when(reading, tagged, party, match.start(), actors_of(match))
    return propose(reading, "use_allegation", span, f"allegation.{name}", "medium", **fields)


def _class_of_words(match: re.Match[str]) -> str | None:
    """«Mined», «booby-trapped» and «a new kind of mine» name the weapon."""
    if re.search(r"\bbooby", match.group()):
        return "IED"
    named = _A_MINE.search(match.group()) or re.search(r"\bmin(?:ed|ing)\b", match.group())
    return "mine (type not stated)" if named else None


def clause_of(tagged: Tagged, place: tuple[int, int]) -> Span:
    """From the words of a use to the end of its place and date phrases."""
    tail = re.match(
        r"(?:(?:,? and| or)? ?(?:other )?(?:⟨[MQ]\d+⟩ ?(?:mines)?)| (?:[\w'’-]+ ){0,3}?(?:in|near|around|between|during|since|from|along|on|at|across|inside|last)(?: the)?(?: [\w'’-]+){0,2} ⟨[SGWLPDJ]\d+⟩(?: (?:border|region|district|province|front))?| ⟨D\d+⟩){0,4}",
        tagged.string[place[1] :],
    )
    return tagged.span(place[0], place[1] + (tail.end() if tail else 0))


OPEN = ("explosive ordnance", "UXO", "ERW")
"""Classes that any gun fires: «the weapon» is rather one named by its kind."""


def weapon_near(reading: Reading, tagged: Tagged, at: int) -> Mention | None:
    """«The weapons» are those named last before."""
    before = reading.inside(max(0, tagged.sentence.start - 600), tagged.sentence.end, "M")
    earlier = [m for m in before if m.start < tagged.span(at, at + 1).start]
    named = [m for m in earlier if m.key not in OPEN] or earlier
    return named[-1] if named else before[0] if before else None


_TURNS = re.compile(
    r"\b(?:and|but|instead) (?:[a-z]+ly |has |had |instead )?(?:claim|sa[iy]|alleg|accus|blam|insist|maintain|add)\w*\b|, (?:saying|claiming|alleging|accusing|blaming|insisting|adding)\b|\bon the contrary\b"
)
"""What is denied before such words says nothing of the charge after them."""


def status_of(reading: Reading, index: int, tagged: Tagged, place: tuple[int, int]) -> str:
    """What becomes of an allegation by the words around it and the next sentence."""
    before = tagged.string[max(0, place[0] - 80) : place[0]]
    turn = max((m.start() for m in _TURNS.finditer(before)), default=0)
    clause = before[turn:] + tagged.string[place[0] : place[1]] + _beyond(tagged, place)
    following = reading.told[index + 1].string if index + 1 < len(reading.told) else ""
    if _word("denying").search(clause):
        return "denied"
    if _word("denial_next").search(following) and not _ADMITTED.search(clause):
        return "denied"
    if _word("investigating").search(clause):
        return "under_investigation"
    return "confirmed" if _word("confirming").search(clause) else "alleged"


_ADMITTED = re.compile(r"\b(?:admitted|admits|acknowledged|acknowledges|conceded|concedes)\b")
_OTHER = re.compile(r"(?:,| and that|;) (?:and |but |while )?(?:that )?(?:the )?(⟨[SJGO]\d+⟩)")


def _beyond(tagged: Tagged, place: tuple[int, int]) -> str:
    """The words after a use, up to where another party's deeds begin."""
    rest = tagged.string[place[1] : place[1] + 60]
    other = _OTHER.search(rest)
    mention = tagged.mention(other[1]) if other else None
    own = {m.key for m in tagged.all("SJGO", tagged.string[: place[1]])}
    return rest[: other.start()] if other and mention and mention.key not in own else rest
