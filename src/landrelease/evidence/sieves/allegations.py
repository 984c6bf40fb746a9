# ruff: noqa: E501 - patterns are read whole
"""Who is said to have used mines or other ordnance: alleged, investigated, confirmed or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import TAG, Reading, Tagged
from landrelease.evidence.sieves.theatre import where_and_when
from landrelease.terms import load_terms


@cache
def _rules() -> list[tuple[str, re.Pattern[str]]]:
    table = load_terms("allegations")
    parts = table["parts"]

    return [(name, compiled(source, parts)) for name, source in table["rules"].items()]


@cache
def _word(key: str) -> re.Pattern[str]:
    return re.compile(load_terms("allegations")[key], re.IGNORECASE)


def allegations(reading: Reading) -> Iterator[Proposal]:
    """Yield one allegation per party and sentence."""
    subject: Mention | None = None
    for index, tagged in enumerate(reading.told):
        seen: set[str] = set()
        for name, rule in _rules() if _of_weapons(tagged) else ():
            for match in rule.finditer(tagged.string):
                if _unreal(name, tagged.string, match) or _is_ground(name, tagged, match):
                    continue
                for party in _parties(reading, tagged, match, subject, seen):
                    if _is_new(party or "", seen):
                        seen.add(party or "")
                        yield _allegation(reading, index, tagged, match, name, party)
        subject = _subject(tagged) or subject


_ANYBODY = re.compile(
    r"(?:the )?(?:government|state|armed|military|security) (?:forces|troops|armies)$",
    re.IGNORECASE,
)


def _is_new(party: str, seen: set[str]) -> bool:
    """Not named before in the sentence; «government forces» are those of the states named."""
    if any(party in one or one in party for one in seen):
        return False
    return not (seen and _ANYBODY.match(party))


def _unreal(name: str, string: str, match: re.Match[str]) -> bool:
    """What might be, should not be or was not is no use."""
    if name != "investigated" and _hypothetical(string, match):
        return True
    return _negated(name, string, match)


_GROUND = re.compile(r"\b(?:in|across|throughout|inside|along)(?: the)? $")


def _is_ground(name: str, tagged: Tagged, match: re.Match[str]) -> bool:
    """«groups in Mali and Niger used …»: the states are where, not who."""
    words = match.groupdict().get("party")
    if (
        not words
        or name.startswith(("use-by", "use-confirmed"))
        or not re.fullmatch(r"(?:both )?⟨[SG]\d+⟩(?:,? (?:and )?⟨[SG]\d+⟩)*", words)
    ):
        return False
    return bool(_GROUND.search(tagged.string[: match.start("party")]))


def _subject(tagged: Tagged) -> Mention | None:
    """Whom «they» means in the next sentence: the one party named, else the one at the head."""
    parties = [m for m in tagged.all("SGO") if m.kind != "O" or _fights(m)]
    named = {m.key: m for m in parties}
    head = [m for m in parties if tagged.place(m) < _AT_HEAD]
    return next(iter(named.values())) if len(named) == 1 else head[0] if head else None


_AT_HEAD = 60


def _fights(mention: Mention) -> bool:
    return bool(gazetteer.organisation(mention.key).get("party"))


def _may_fight(mention: Mention) -> bool:
    """Relief bodies and clearance operators use no mines; armies and bodies of a state may."""
    known = gazetteer.organisation(mention.key)
    fights = _fights(mention) or mention.key in load_terms("allegations")["fighting_bodies"]
    return fights or not gazetteer.is_listed(mention.key) or known.get("kind") == "government"


def _of_weapons(tagged: Tagged) -> bool:
    return "⟨M" in tagged.string or bool(
        re.search(
            r"weapons?\b|munitions|devices|arms|\bmin(?:ed|ing)\b|\bthem\b|their use|blam(?:e|ed|es|ing)\b|booby|laying|minefield|\bused any\b",
            tagged.string,
        )
    )


_ASIDE = re.compile(r", (?:which|who|an?|the) [^,]{3,120},")
_NOT = re.compile(
    r"\b(?:no|not|never|none of|neither|nor)\b(?! (?:only|fewer|less|longer|just|even))|n['’]t\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(r"(?:^|[,;] )(?:Had|Should|Were)\s*$|\b[Nn]o (?:[\w-]+ )?$|\bfalse that\s*$")


def _negated(name: str, string: str, match: re.Match[str]) -> bool:
    """«No mines were used by …», «has not laid», «had it used»: nothing is alleged."""
    if name in (
        "denied",
        "said-not",
        "denied-passive",
        "officials-denied",
        "not-by-them",
        "denied-of",
        "they-denied",
        "denied-any",
        "investigated",
    ):
        return False
    words = _ASIDE.sub("", match.group())
    return bool(_NOT.search(words) or _UNREAL.search(string[: match.start()]))


def _hypothetical(string: str, match: re.Match[str]) -> bool:
    before, after = (
        string[max(0, match.start() - 60) : match.start()],
        string[match.end() : match.end() + 40],
    )
    return bool(
        _word("hypothetical_before").search(before)
        or _word("hypothetical_after").match(after)
        or _word("hypothetical_inside").search(match.group())
    )


_BOTH = re.compile(
    r"(?:both|the two) (?:of the )?(?:countries|states|nations|neighbou?rs)", re.IGNORECASE
)


def _parties(
    reading: Reading,
    tagged: Tagged,
    match: re.Match[str],
    subject: Mention | None,
    seen: set[str],
) -> list[str | None]:
    """Each state of a list used, else the one party that the words name; none where they name none."""
    if "party" not in match.re.groupindex:
        return [] if seen else [None]
    words = match["party"] or ""
    states = list(dict.fromkeys(m.key for m in tagged.all("SJ", words)))
    if len(states) > 1:
        return [*states, *(_other_adjectives(tagged, words))]
    if _BOTH.match(words):
        return [*_the_two(reading, tagged, match.start())] or [words]
    also = match.groupdict().get("party2")
    found = [_party(tagged, match, w, subject) for w in (words, also) if w]
    home = reading.home
    named = [party for party in found if party and not _NOBODY.fullmatch(party)]
    return [home if home and _RULERS.match(party) else party for party in named]


_NOBODY = re.compile(r"[A-Z][a-z]{3,}ing|North|South|East|West")
"""A deed at the head of a line («Clearing mined areas») and a quarter of the sky name nobody."""


_RULERS = re.compile(r"(?:the )?(?:(?:military )?junta|regime)\b", re.IGNORECASE)
"""Who rules the land that a text is about."""


def _other_adjectives(tagged: Tagged, words: str) -> list[str]:
    """«Ethiopian, Eritrean and Tigrayan forces»: the third is a party by its own name."""
    if not re.match(r"⟨J\d+⟩(?:, | and )", words):
        return []
    troops = TAG.sub("", words).replace(" and ", " ").strip(" ,")
    return [f"{m.key} {troops}" for m in tagged.all("W", words)]


def _the_two(reading: Reading, tagged: Tagged, at: int) -> list[str]:
    """«Both countries» are the two states named last before."""
    start = tagged.span(at, at + 1).start
    before = reading.inside(max(0, start - 600), start, "SJG")
    return sorted(dict.fromkeys(m.key for m in reversed(before)))[:2] if _two(before) else []


def _two(mentions: list[Mention]) -> bool:
    return len({m.key for m in mentions}) == 2


_BACKED = re.compile(r"⟩[- ](?:backed|aligned|allied|affiliated)")
"""Who backs a group is not said to use what it uses."""


def _party(tagged: Tagged, match: re.Match[str], words: str, subject: Mention | None) -> str | None:
    mention = next((m for m in tagged.all("O", words) if _fights(m)), tagged.mention(words))
    if _BACKED.search(words):
        mention = next(reversed(tagged.all("OW", words)), mention)
    if mention is None and re.match(r"its|their|his|they|it\b", words, re.IGNORECASE):
        first = tagged.all("SGO", tagged.string[: match.start()])
        mention = first[0] if first else subject
    if mention is None and re.fullmatch(r"they|it", words, re.IGNORECASE):
        return None
    if mention is None:
        return re.sub(r"^(?:the|a|an|its|their)\s+", "", words.strip(), flags=re.IGNORECASE) or None
    if mention.kind in "SJG":
        return mention.key
    if mention.kind == "O":
        known = gazetteer.organisation(mention.key)
        if not _may_fight(mention):
            return None
        own = known.get("iso3") if known.get("kind") == "government" else None
        return str(known.get("state") or own or known["name"])
    own = TAG.sub(lambda m: tagged.mentions[int(m[2])].key, words)
    return re.sub(r"^(?:the|a|an)\s+|\s*\([^)]*\)$", "", own.strip(), flags=re.IGNORECASE)


def _allegation(
    reading: Reading, index: int, tagged: Tagged, match: re.Match[str], name: str, party: str | None
) -> Proposal:
    span = _clause(tagged, match)
    groups = match.groupdict()
    weapon = tagged.mention(groups.get("weapon") or groups.get("weapon3"))
    if groups.get("them"):
        weapon = _weapon_near(reading, tagged, match.start())
    if weapon is None or re.search(r"\b(?:these|those|such)\b", match.group()):
        weapon = _weapon_near(reading, tagged, match.start()) or weapon
    fields: dict[str, Any] = {
        "party": party,
        "munition": reading.text[weapon.start : weapon.end] if weapon else None,
        "munition_class": weapon.key if weapon else None,
        "status": "denied" if name == "said-not" else _status(reading, index, tagged, match),
        "source": None,
    }
    fields |= where_and_when(reading, tagged, party, match)
    return propose(reading, "use_allegation", span, f"allegation.{name}", "medium", **fields)


def _clause(tagged: Tagged, match: re.Match[str]) -> Span:
    """From the match to the end of its place and date phrases."""
    tail = re.match(
        r"(?:(?:,? and| or)? ?(?:other )?(?:⟨[MQ]\d+⟩ ?(?:mines)?)| (?:[\w'’-]+ ){0,3}?(?:in|near|around|between|during|since|from|along|on|at|across|inside|last)(?: the)?(?: [\w'’-]+){0,2} ⟨[SGWLPDJ]\d+⟩(?: (?:border|region|district|province|front))?| ⟨D\d+⟩){0,4}",
        tagged.string[match.end() :],
    )
    return tagged.span(match.start(), match.end() + (tail.end() if tail else 0))


def _weapon_near(reading: Reading, tagged: Tagged, at: int) -> Mention | None:
    """«The weapons» are those named last before."""
    before = reading.inside(max(0, tagged.sentence.start - 600), tagged.sentence.end, "M")
    earlier = [m for m in before if m.start < tagged.span(at, at + 1).start]
    return earlier[-1] if earlier else before[0] if before else None


def _status(reading: Reading, index: int, tagged: Tagged, match: re.Match[str]) -> str:
    clause = tagged.string[max(0, match.start() - 80) : match.end() + 60]
    following = reading.told[index + 1].string if index + 1 < len(reading.told) else ""
    if _word("denying").search(clause) or _word("denial_next").search(following):
        return "denied"
    if _word("investigating").search(clause):
        return "under_investigation"
    return "confirmed" if _word("confirming").search(clause) else "alleged"
