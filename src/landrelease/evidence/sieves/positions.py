# ruff: noqa: E501 - patterns are read whole
"""Where states stand to the treaties of this field: party, signatory, outside, leaving, suspended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import product

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves import likeness, standing
from landrelease.evidence.sieves.echoes import Act, Echo, Rule, echoes
from landrelease.evidence.sieves.notices import notices
from landrelease.evidence.sieves.other_things import of_other
from landrelease.evidence.sieves.plain import plain, without
from landrelease.evidence.sieves.position_states import opening_states, states_in, states_of
from landrelease.evidence.sieves.rosters import rosters
from landrelease.evidence.sieves.status_rows import status_rows
from landrelease.evidence.sieves.treaty_meant import (
    IF_BEFORE,
    MORE_TREATIES,
    OF_THE_TREATY,
    in_passing,
    is_conditional,
    is_past,
    is_told,
    last_two,
    main_treaty,
    status_of_signing,
    status_unratified,
)
from landrelease.evidence.sieves.turned import Sense, sense_before
from landrelease.terms import load_terms


@cache
def _rules() -> list[Rule]:
    table = load_terms("positions")
    parts = table["parts"]

    return [
        Rule(name, compiled(r["pattern"], parts), r["status"], r.get("date_kind", "as_of"))
        for name, r in table["rules"].items()
    ]


def positions(reading: Reading) -> Iterator[Proposal]:
    """Yield treaty positions; when a treaty enters into force for a state that just joined says no more."""
    joined: set[tuple[object, ...]] = set()
    found = list(_untold(_positions(reading), joined))
    yield from found
    apart = list(_untold(standing.unread(reading, found), joined))
    yield from apart
    yield from likeness.alike(reading, [*found, *apart])


def _untold(found: Iterable[Proposal], joined: set[tuple[object, ...]]) -> Iterator[Proposal]:
    """Without the entry into force for states that were told to join."""
    for proposal in found:
        key = tuple(proposal.fields[name] for name in ("state", "treaty", "status"))
        if proposal.rule not in _IN_FORCE or key not in joined:
            yield proposal
        joined.add(key)


_IN_FORCE = ("position.force-for", "standing.in-force-for")


def _positions(reading: Reading) -> Iterator[Proposal]:
    """Yield treaty positions: those of a notice's rows, then sentence by sentence."""
    main = treaty = main_treaty(reading)
    once = in_passing(reading)
    block = -1
    rows = _listed(reading, treaty)
    yield from rows
    subjects: list[Mention] = []
    act: Act | None = None
    for whole in reading.told:
        if any(row.start <= whole.sentence.start < row.end for row in rows):
            continue
        tagged = plain(without(whole, _ASIDE))
        named = next((m.key for m in tagged.all("T") if m.key != "other"), None)
        if tagged.sentence.block != block and treaty in once:
            treaty = main
        block = tagged.sentence.block
        if treaty is None or (named != _PROTOCOL and is_told(reading, tagged, named)):
            treaty = named or treaty
        if treaty is not None:
            found, act = _of_sentence(reading, tagged, subjects, named or treaty, act)
            yield from found
            subjects = opening_states(tagged) or subjects


def _listed(reading: Reading, treaty: str | None) -> list[Proposal]:
    """What forms, rows, tables and lists under a label tell, each state and treaty in a place once."""
    found = list(notices(reading, treaty)) if treaty else []
    for proposal in (*rosters(reading), *status_rows(reading)):
        if not any(one.start < proposal.end and proposal.start < one.end and one.fields["state"] == proposal.fields["state"] for one in found):  # fmt: skip
            found.append(proposal)
    return found


_PROTOCOL = "CCW-AP2"
"""Named in passing, it is not what «the Convention» means afterwards."""


def _of_sentence(
    reading: Reading, tagged: Tagged, subjects: list[Mention], treaty: str, before: Act | None
) -> tuple[list[Proposal], Act | None]:
    """The positions of a sentence, a clause by the first rule that fits, and its last act."""
    found: dict[tuple[str, ...], Proposal] = {}
    acts: list[tuple[int, Act]] = []
    for clause, match, states in _clauses(reading, tagged, subjects):
        rule, start = _turned(clause, tagged, match)
        codes = _both(reading, tagged, match) or _treaties_in(tagged, match)
        if not codes and _of_another(tagged, match):
            continue
        act = Act(rule, tuple(states), tuple(codes or [treaty]), _date(tagged, match), tagged.index)
        acts.append((match.end(), act))
        place = tagged.span(start, match.end())
        words = tagged_words(reading, tagged, match.span("verb"))
        _tell(reading, found, act, place, words)
    acts.sort(key=lambda one: one[0])
    last = acts[-1][1] if acts else before
    for echo in echoes(tagged, acts, before):
        act = _echoed(reading, tagged, echo, {key[:2] for key in found})
        last = last if echo.effect else act
        place = tagged.span(*echo.match.span())
        _tell(reading, found, act, place, reading.text[place.start : place.end])
    return list(_bound(found)), last


def _turned(rule: Rule, tagged: Tagged, match: re.Match[str]) -> tuple[Rule, int]:
    """«All but A and B are parties», «none of the two, A and B, has joined»: they are outside."""
    first = match.start("states") if match.groupdict().get("states") else 0
    if rule.status in ("party", "signed"):
        sense, at = sense_before(tagged.string, first)
        if sense is Sense.DENIED:
            denied = replace(rule, status="non-party", date_kind="as_of")
            return denied, min(at, match.start())
    return rule, match.start()


def _bound(found: dict[tuple[str, ...], Proposal]) -> Iterator[Proposal]:
    """Without what the same sentence tells better: a signature before ratifying, an act read twice."""
    ratified = {key[:2] for key in found if key[2] == "party" and key[3] in _BY_RATIFYING}
    for key, proposal in found.items():
        signed = proposal.rule == "position.signed" and key[:2] in ratified
        wider = (other for k, other in found.items() if k[:3] == key[:3] and k != key)
        if not signed and not any(_tells(other, proposal) for other in wider):
            yield proposal


def _tells(wider: Proposal, proposal: Proposal) -> bool:
    """Whether a longer clause tells the same of the same day."""
    same = wider.fields["date"] == proposal.fields["date"]
    longer = wider.end - wider.start > proposal.end - proposal.start
    return same and longer and wider.start <= proposal.start and proposal.end <= wider.end


_BY_RATIFYING = ("ratified", "acceded", "joined")


def _tell(
    reading: Reading, found: dict[tuple[str, ...], Proposal], act: Act, place: Span, words: str
) -> None:
    """Add what an act says of each state, once; that it is a party goes without saying beside the day."""
    party = act.rule.status == "party"
    for state, code in product(act.states, act.codes):
        plainly = (state.key, code, act.rule.status, "as_of")
        dated = party and any(key[:3] == plainly[:3] for key in found)
        key = (*plainly[:3], act.rule.date_kind)
        if key in found or (dated and key == plainly):
            continue
        if party:
            found.pop(plainly, None)
        found[key] = _position(reading, act, state, code, place, words)


def _undone(echo: Echo) -> bool:
    """«A has not joined; B did so in 2001»."""
    return echo.act.rule.status == "non-party" and "so" in echo.match.group().split()


_EFFECT = Rule("effect", re.compile(""), "withdrawing", "effective")
_WAS = replace(_EFFECT, status="withdrawn")
_JOINED = Rule("did-so", re.compile(""), "party", "joined")
_HAPPENED = re.compile(r"\b(?:took|came|entered|became)\b")
_BY_ACCESSION = re.compile(r"\b(?:by accession|acced)")


def _echoed(reading: Reading, tagged: Tagged, echo: Echo, told: set[tuple[str, ...]]) -> Act:
    """The act that an echo tells, of its own states and day, but of none told already."""
    days = [m.data.value for m in tagged.all("D", echo.match.group()) if m.data.value]
    if echo.effect:
        past = days[-1] <= (reading.published or days[-1])
        rule = _WAS if past and _HAPPENED.search(echo.match.group()) else _EFFECT
        return replace(echo.act, rule=rule, date=days[-1], index=tagged.index)
    rule = _JOINED if _undone(echo) else echo.act.rule
    if rule.status == "party" and _BY_ACCESSION.search(echo.match.group()):
        rule = replace(rule, date_kind="acceded")
    names = states_in(tagged, echo.names or "")
    states = tuple(s for s in names if not any((s.key, code) in told for code in echo.act.codes))
    return replace(
        echo.act, rule=rule, states=states, date=days[-1] if days else None, index=tagged.index
    )


def _clauses(
    reading: Reading, tagged: Tagged, subjects: list[Mention]
) -> Iterator[tuple[Rule, re.Match[str], list[Mention]]]:
    """The clauses of a sentence, each under the first rule that fits and finds its states."""
    taken: list[tuple[int, int]] = []
    for rule in _rules() if _of_treaty(tagged) else ():
        for match in rule.regex.finditer(tagged.string):
            start, end = match.span("verb")
            if _excepted(tagged, match) or _stays(rule, match) or _guessed(tagged, match):
                continue
            if of_other(match):
                continue
            if any(start < b and a < end for a, b in taken):
                continue
            states = states_of(reading, tagged, match, subjects)
            if states:
                taken.append((start, end))
                yield rule, match, states


_EXCEPT = re.compile(
    r"(?:, unlike|\b(?:false that|untrue that|no truth that|not true that|except|excluding|other than|but not|save))(?: for)?(?: the)? ?$"
)


def _excepted(tagged: Tagged, match: re.Match[str]) -> bool:
    """A state named as the exception does not do what the others do."""
    at = match.start("states") if match.groupdict().get("states") else match.start()
    return match.groupdict().get("states") is not None and bool(
        _EXCEPT.search(tagged.string[:at]) and match.start("verb") > at
    )


def _both(reading: Reading, tagged: Tagged, match: re.Match[str]) -> list[str]:
    """«Neither» are the two treaties named last."""
    groups = match.groupdict()
    if not (groups.get("neither") or groups.get("neither2")):
        return []
    named = last_two(reading, tagged)
    return named if len(named) == len(_THE_TWO) else list(_THE_TWO)


_THE_TWO = ("MBT", "CCM")


def _of_another(tagged: Tagged, match: re.Match[str]) -> bool:
    """Whether the clause names a treaty that this field does not count."""
    return any(m.key == "other" for m in tagged.all("T", match.group()))


_GUESSED = re.compile(
    r"[^.;,]{0,20}, [^,.;]{2,60} (?:think|believe|hope|expect|predict|guess|fear|suspect)s?\b"
)


def _guessed(tagged: Tagged, match: re.Match[str]) -> bool:
    """«…, analysts believe» and «if A left» are no positions."""
    unsure = _GUESSED.match(tagged.string, match.end())
    conditional = is_conditional(tagged.string, match)
    return bool(unsure or conditional or IF_BEFORE.search(tagged.string[: match.start()]))


_LEAVING = ("withdrawing", "withdrawn", "leaving")
_DENIED = re.compile(
    r"\b(?:not|never|no (?:plans?|intention)|without|rather than|reject\w*|oppos\w*|refus\w*|rul(?:ed|es|ing) out|against|den(?:y|ied|ies)|if|unless|consider(?:s|ing|ed)?|mull(?:s|ing)|weigh(?:s|ing)|debat(?:e|es|ing)|might|may|could|false that)\b|n['’]t\b"
)
"""Words that turn a leaving into staying."""


_MOURNED = re.compile(
    r"\b(?:regrets?|regretted|deplor\w+|dismay\w*|alarm\w*|critici[sz]\w+|condemn\w*)\b[^.;⟨]{0,30}\b(?:withdrawals?|departures?|exits?|leav\w+|decisions?)\b"
)
"""Who mourns a leaving does not leave."""


def _stays(rule: Rule, match: re.Match[str]) -> bool:
    """Whether a clause on leaving says that the state does not, or not yet."""
    words = match.group()
    if rule.status.startswith("suspended") and _OTHERS_SUSPENSION.search(words):
        return True
    return rule.status in _LEAVING and bool(_DENIED.search(words) or _MOURNED.search(words))


_OTHERS_SUSPENSION = re.compile(
    r"\b(?:object(?:s|ed|ions?)|protest\w*|critici[sz]\w*|condemn\w*|regret\w*|deplor\w+|reject\w*|question(?:s|ed))\b[^.;]{0,60}\bsuspen|⟨[SJG]\d+⟩(?:[’']s)? (?:[a-z]+ )?suspension\b"
)
"""Who objects to a suspension suspends nothing."""


def _of_treaty(tagged: Tagged) -> bool:
    """Only a sentence with a treaty's word, or with the words of joining and leaving, is read."""
    return "⟨T" in tagged.string or bool(_OF_TREATY.search(tagged.string))


_ASIDE = re.compile(
    r"(?<!\b[Ww]e) [–—-] (?=(?:all|both|each|the|its|an?|which|who|like|along|together|countries|states|neighbou?rs|members)\b)[^–—]{3,100}? [–—-](?= [a-z])"
)


_OF_TREATY = re.compile(
    r"[Tt]reaty|[Cc]onvention|pact|accord|\bban\b|join|acced|accession|ratif|sign|withdr|exit|leav|outside|[Pp]art(?:y|ies)|deposited|instrument|member|except|holdout|left|quit|among|remain|bound|stay|notice|follow|depart|take effect|takes effect|into force",
)


def _treaties_in(tagged: Tagged, match: re.Match[str]) -> list[str]:
    """The treaty named in the clause and those joined to it by «or»."""
    after = tagged.string[match.end("verb") : match.end()]
    named = tagged.all("T", after) or tagged.all("T", match.group())
    found = [m.key for m in named][:1]
    more = MORE_TREATIES.match(tagged.string, match.end())
    if found and more:
        found += [m.key for m in tagged.all("T", more.group())]
    return [code for code in found if code != "other"]


def _position(
    reading: Reading, act: Act, state: Mention, code: str, place: Span, words: str
) -> Proposal:
    rule, date = act.rule, act.date
    status = rule.status
    if status == "signed":
        status = status_of_signing(state.key, code, reading.published)
    if status == "unratified":
        status = status_unratified(state.key, code, reading.published)
    if status == "leaving":
        status = "withdrawn" if is_past(date, reading.published) else "withdrawing"
    return propose(
        reading, "treaty_position", place, f"position.{rule.name}", "medium",
        state=state.key, treaty=code, status=status, status_in_text=" ".join(words.split()),
        date=date or (reading.published if rule.date_kind == "as_of" else None),
        date_kind=rule.date_kind,
    )  # fmt: skip


def tagged_words(reading: Reading, tagged: Tagged, place: tuple[int, int]) -> str:
    """Return the text's own words at a place of the tagged string."""
    span = tagged.span(*place)
    return reading.text[span.start : span.end]


_BY_THE_WAY = re.compile(r", (?:which|who)\b[^,;]{0,120},")


def _date(tagged: Tagged, match: re.Match[str]) -> str | None:
    text = OF_THE_TREATY.sub("", match.group())
    aside = _BY_THE_WAY.search(text)
    if aside and match["verb"] not in aside.group():
        text = text.replace(aside.group(), "")
    found = [m.data.value for m in tagged.all("D", text) if m.data.value]
    return found[-1] if found else None
