# ruff: noqa: E501 - patterns are read whole
"""Positions that no clause rule reads: the words of joining and leaving first, then whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.reading import Reading, Tagged
from landrelease.terms import load_terms


@dataclass(frozen=True)
class Predicate:
    """Words of joining or leaving, the position they mean and the states that are their subject."""

    name: str
    status: str
    date_kind: str
    match: re.Match[str]
    start: int
    states: tuple[Mention, ...]


@cache
def _table() -> tuple[
    list[tuple[str, dict[str, str], re.Pattern[str]]], dict[str, re.Pattern[str]]
]:
    table = load_terms("positions")
    parts = table["parts"] | table["subjects"]
    words = [(n, r, compiled(r["pattern"], parts)) for n, r in table["predicates"].items()]
    return words, {n: compiled(p, parts) for n, p in table["subjects"].items() if n != "aux2"}


_HINT = re.compile(
    r"\b(?:join|acced|ratif|sign|part(?:y|ies)\b|member|bound|belong|le(?:ft|av)|quit|withdr|exit|pull|out(?:side)?\b|stay|remain|suspen|adher|Part(?:y|ies)\b)"
)


def predicates(
    reading: Reading, tagged: Tagged, subjects: list[Mention], told: list[tuple[int, list[Mention]]]
) -> Iterator[Predicate]:
    """Yield the predicates of a sentence whose subject is found.

    Parameters
    ----------
    reading, tagged : Reading, Tagged
        The text and its sentence.
    subjects : list of Mention
        Whom the sentences before spoke of.
    told : list of (int, list of Mention)
        Clauses of this sentence already read: where each ends and its states.
    """
    if not _HINT.search(tagged.string):
        return
    for name, rule, pattern in _table()[0]:
        for match in pattern.finditer(tagged.string):
            states, start = _subject(reading, tagged, match, subjects, told)
            if states:
                kind = rule.get("date_kind", "as_of")
                yield Predicate(name, rule["status"], kind, match, start, tuple(states))


def _subject(
    reading: Reading,
    tagged: Tagged,
    match: re.Match[str],
    subjects: list[Mention],
    told: list[tuple[int, list[Mention]]],
) -> tuple[list[Mention], int]:
    """Whose predicate it is, and where the clause begins."""
    at = match.start()
    before = tagged.string[:at]
    kinds = _table()[1]
    if named := kinds["named"].search(before):
        return tagged.all("SGJ", named["states"]), named.start("states")
    if pronoun := kinds["pronoun"].search(before):
        return _meant(reading, tagged, pronoun, subjects), pronoun.start("it")
    if kinds["and"].search(before):
        earlier = [states for end, states in told if end <= at]
        head = kinds["head"].match(before)
        own = tagged.all("SGJ", head["states"]) if head else []
        return (earlier[-1] if earlier else own), at
    if group := kinds["group"].search(before):
        return tagged.all("SGJ", group["states"]), group.start("states")
    return [], at


_MANY = re.compile(
    r"^(?:both|all|they)|the (?:two|three|four|five|⟨q)|kingdoms|countries|states|neighbou?rs|nations",
    re.I,
)


_SOME_OF = re.compile(r"\b(?:none|neither|not all|few|some|many|most|each|one|⟨Q\d+⟩) of $", re.I)


def _meant(
    reading: Reading, tagged: Tagged, pronoun: re.Match[str], subjects: list[Mention]
) -> list[Mention]:
    """«It» is the state at the head of its sentence or of the one before; «we» the speaker's."""
    word = pronoun["it"].casefold()
    if word in ("we", "us"):
        return [Mention("S", 0, 0, reading.home)] if reading.home else []
    before = tagged.string[: pronoun.start("it")]
    if _SOME_OF.search(before):
        return []
    head = _table()[1]["head"].match(before)
    own = tagged.all("SGJ", head["states"]) if head else []
    if not _MANY.search(word):
        clause = re.split(r"[;“\"]|, (?:but|and|while) ", before)[-1]
        last = tagged.all("SGJ", clause)
        return own[:1] or last[:1] or subjects[:1]
    found = own if len(own) > 1 else subjects
    if len(found) > 1:
        return found
    start = tagged.sentence.start
    near = reading.inside(max(0, start - 700), tagged.span(0, len(before)).end, "SGJ")
    return _pair(near) if re.match(r"both|the two", word) else []


def _pair(mentions: list[Mention]) -> list[Mention]:
    """«Both» are the two states named before, where just two are."""
    known = {m.key: m for m in mentions if m.kind != "G"}
    return list(known.values()) if len(known) == 2 else []
