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
from landrelease.evidence.places import Period, main_state, period_of, place_in
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import TAG, Reading, Tagged
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
                if name != "investigated" and _hypothetical(tagged.string, match):
                    continue
                if _negated(name, tagged.string, match):
                    continue
                for party in _parties(tagged, match, subject):
                    if not any(party in s or s in party for s in seen):
                        seen.add(party)
                        yield _allegation(reading, index, tagged, match, name, party)
        subject = _subject(tagged) or subject


def _subject(tagged: Tagged) -> Mention | None:
    """Whom «they» means in the next sentence: the one party named, else the one at the head."""
    parties = [m for m in tagged.all("SGO") if m.kind != "O" or _fights(m)]
    named = {m.key: m for m in parties}
    head = [m for m in parties if tagged.place(m) < _AT_HEAD]
    return next(iter(named.values())) if len(named) == 1 else head[0] if head else None


_AT_HEAD = 60


def _fights(mention: Mention) -> bool:
    return bool(gazetteer.organisation(mention.key).get("party"))


def _of_weapons(tagged: Tagged) -> bool:
    return "⟨M" in tagged.string or bool(
        re.search(
            r"weapons?\b|munitions|devices|arms|\bmin(?:ed|ing)\b|\bthem\b|their use|blam(?:e|ed|es|ing)\b|booby",
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
    if name in ("denied", "denied-of", "they-denied", "investigated"):
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


def _parties(tagged: Tagged, match: re.Match[str], subject: Mention | None) -> list[str]:
    """Each state of a list used, else the one party that the words name."""
    states = list(dict.fromkeys(m.key for m in tagged.all("SJ", match["party"])))
    if len(states) > 1:
        return states
    party = _party(tagged, match, subject)
    return [party] if party else []


_BACKED = re.compile(r"⟩[- ](?:backed|aligned|allied|affiliated)")
"""Who backs a group is not said to use what it uses."""


def _party(tagged: Tagged, match: re.Match[str], subject: Mention | None) -> str | None:
    words = match["party"]
    if words is None:
        return None
    mention = tagged.mention(words)
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
        return str(known.get("state") or known["name"])
    own = TAG.sub(lambda m: tagged.mentions[int(m[2])].key, words)
    return re.sub(r"^(?:the|a|an)\s+|\s*\([^)]*\)$", "", own.strip(), flags=re.IGNORECASE)


def _allegation(
    reading: Reading, index: int, tagged: Tagged, match: re.Match[str], name: str, party: str
) -> Proposal:
    span = _clause(tagged, match)
    weapon = tagged.mention(match.groupdict().get("weapon"))
    if match.groupdict().get("them"):
        weapon = _weapon_near(reading, tagged, match.start())
    if weapon is None or re.search(r"\b(?:these|those|such)\b", match.group()):
        weapon = _weapon_near(reading, tagged, match.start()) or weapon
    fields: dict[str, Any] = {
        "party": party,
        "munition": reading.text[weapon.start : weapon.end] if weapon else None,
        "munition_class": weapon.key if weapon else None,
        "status": _status(reading, index, tagged, match),
        "source": None,
    }
    fields |= _where_and_when(reading, tagged, party, match)
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


def _where_and_when(
    reading: Reading, tagged: Tagged, party: str, match: re.Match[str]
) -> dict[str, Any]:
    rest = tagged.string[match.start() :]
    period = _period(reading, tagged, rest)
    states = [m.key for m in tagged.all("SG", rest) if m.key != party and _is_place(tagged, m)]
    states += [m.key for m in tagged.all("S") if m.key != party and _is_place(tagged, m)]
    iso3 = states[0] if states else None
    if iso3 is None:
        coalition = _COALITION.search(match["party"] or "")
        iso3 = main_state(reading, party) if coalition else _usual_place(reading, party)
    if re.match(r"its|their", match["party"] or "", re.IGNORECASE):
        iso3 = states[0] if states else party
    place = place_in(tagged)
    known = iso3 is not None and len(iso3) == 3 and iso3.isupper()
    return {
        "place": place, "iso3": iso3 if known else None,
        "period_start": period.first, "period_end": period.last, "period_text": period.text,
    }  # fmt: skip


_COALITION = re.compile(r"⟩-(?:led|backed)|coalition|alliance")
"""Forces of several states fight in another's land."""


def _usual_place(reading: Reading, party: str) -> str | None:
    """A state's own land, but for forces known to fight abroad; else the document's state."""
    if not gazetteer.state(party):
        return main_state(reading)
    abroad = load_terms("allegations")["abroad"].get(party)
    named = abroad and abroad in reading.states
    return str(abroad) if named else party


def _is_place(tagged: Tagged, mention: Mention) -> bool:
    before = tagged.string[: tagged.place(mention)]
    return bool(
        re.search(
            r"\b(?:in|inside|into|against|across|on|within|throughout|along|near|with)(?: the| eastern| southern| northern| western| central)*(?: ⟨[WLP]\d+⟩,)? ?$",
            before,
        )
    )


def _period(reading: Reading, tagged: Tagged, rest: str) -> Period:
    found = [m for m in tagged.all("D", rest) if not _of_report(tagged, m)]
    period = period_of(reading, found)
    if period.first and found:
        before = tagged.string[: tagged.place(found[0])]
        if re.search(r"\bsince(?: the| at least| early| late| mid)*\s*$", before):
            return Period(found[0].data.first, reading.published, period.text)
    return period


def _of_report(tagged: Tagged, mention: Mention) -> bool:
    before = tagged.string[max(0, tagged.place(mention) - 40) : tagged.place(mention)]
    return bool(
        re.search(
            r"(?:report|statement|released|published|said|told|adopted)(?: [\w⟨⟩]+){0,2}\s*(?:on |in )?$",
            before,
        )
    )
