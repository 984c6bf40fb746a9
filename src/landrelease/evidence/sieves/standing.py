# ruff: noqa: E501 - patterns are read whole
"""Where a state stands to a treaty, where no rule over the whole clause fits.

The verb of a clause is found first, then its subject by walking back from it: over asides and
relative clauses to the nearest name that can be a subject, or from a pronoun to what it means. The
patterns of both are in ``terms/standing.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from landrelease.evidence.grammar import compiled
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.named_before import pair_before
from landrelease.evidence.sieves.other_things import of_other
from landrelease.evidence.sieves.own_voice import own_voice
from landrelease.evidence.sieves.standing_story import ALLIANCE, Story, remember, story_of, turn_to
from landrelease.evidence.sieves.standing_subjects import DENIED_IS, Predicate, Subject, subject_of
from landrelease.evidence.sieves.treaty_meant import (
    MORE_TREATIES,
    OF_THE_TREATY,
    is_conditional,
    is_past,
    last_two,
    status_before_ratifying,
    status_of_being_out,
    status_of_signing,
)
from landrelease.terms import load_terms


@cache
def _predicates() -> list[Predicate]:
    table = load_terms("standing")
    return [
        Predicate(
            name,
            compiled(p["pattern"], table["parts"]),
            p["status"],
            p["kind"],
            p.get("date_kind", "as_of"),
            p.get("after", ""),
        )
        for name, p in table["predicates"].items()
    ]


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
    story = story_of(reading)
    story.own = own_voice(reading)
    story.leaving = any(p.rule == _NOTIFIED and p.fields["status"] == "withdrawing" for p in found)
    for tagged in reading.told:
        turn_to(story, tagged)
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
        remember(story, tagged)


_NOTIFIED = "position.notification"
"""A notice of withdrawal, of whose effect the text below tells."""
_EFFECT = "standing.takes-effect"
"""That a withdrawal takes effect is told once of a day."""


def _of_sentence(reading: Reading, tagged: Tagged, story: Story) -> Iterator[Proposal]:
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
            subject = subject_of(tagged, match, predicate, story)
            if subject is None:
                continue
            taken.append((start, end))
            codes = _treaties(reading, tagged, match, story)
            if "⟨T" not in match.group() and _of_alliance(reading, tagged, predicate):
                continue
            yield from _proposed(reading, tagged, match, predicate, subject, codes)


_OF_TWO = re.compile(r"\b(?:[Bb]oth|[Nn]either|[Tt]he two|[Tt]he ⟨Q\d+⟩)\b")
_JUST_BEFORE = 200
"""Characters before an accession in which what is acceded to is named."""


def _of_alliance(reading: Reading, tagged: Tagged, predicate: Predicate) -> bool:
    """«Finland's accession» where an alliance was just named is to that."""
    first, last = max(0, tagged.sentence.start - _JUST_BEFORE), tagged.sentence.end
    named = ALLIANCE.search(reading.text, first, last)
    return named is not None and "accession" in predicate.name


def _is_said(tagged: Tagged, match: re.Match[str], predicate: Predicate) -> bool:
    """Whether a clause is no guess and no untruth, and speaks of a treaty and of states at hand."""
    at = match.start("verb")
    guessed = predicate.after and _THOUGHT.match(tagged.string, match.end())
    all_who = predicate.kind != "named" and _of_all_who(tagged.string, at)
    of_others = all_who or of_other(match) or is_conditional(tagged.string, match)
    return not (guessed or of_others or _UNTRUE.search(tagged.string, 0, at))


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


_FIRST = ("first", "former", "earlier", "older")


def _treaties(reading: Reading, tagged: Tagged, match: re.Match[str], story: Story) -> list[str]:
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
    reading: Reading, tagged: Tagged, match: re.Match[str], predicate: Predicate,
    subject: Subject, codes: list[str],
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


def _status(
    predicate: Predicate, tagged: Tagged, subject: Subject, match: re.Match[str],
    date: str | None, published: str | None,
) -> str:  # fmt: skip
    """The status that a predicate tells; of a leaving whether it is done."""
    if subject.denied and predicate.status in DENIED_IS:
        return DENIED_IS[predicate.status]
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
