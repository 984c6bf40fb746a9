# ruff: noqa: E501 - patterns are read whole
"""Known names found in a text: states, organisations, treaties, ordnance; longest name first.

Words are looked up by their first token, so the time grows with the text and not with the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from landrelease.terms import load_terms

_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s\u00a0]{0,8}[.'’&/,()–—-]{0,2}[\s\u00a0]{0,8}")


@cache
def topic_pattern() -> re.Pattern[str]:
    """Return the words that mark the subjects of this field."""
    return re.compile("|".join(load_terms("reporting")["topic"]), re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """A stretch of text that names something.

    ``kind`` is one letter: S state, J demonym, G capital, O organisation, N outlet, P person,
    L place, W other capitalised word, T treaty, M munition, D date, and V, A, U, C, Q for money,
    area, duration, percentage and number. ``key`` is the code or name, ``data`` what is known.
    """

    kind: str
    start: int
    end: int
    key: str
    data: Any = None


@dataclass(frozen=True)
class _Phrase:
    tokens: tuple[str, ...]
    kind: str
    key: str
    exact: bool
    dotted: bool


class PhraseBook:
    """Finds listed phrases in running text."""

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        self._by_first: dict[str, list[_Phrase]] = {}
        for words, kind, key in phrases:
            exact = words != words.casefold()
            tokens = tuple(_TOKEN.findall(words if exact else words.casefold()))
            phrase = _Phrase(tokens, kind, key, exact, words.endswith("."))
            self._by_first.setdefault(tokens[0].casefold(), []).append(phrase)
        for entries in self._by_first.values():
            entries.sort(key=lambda p: -len(p.tokens))

    def find(self, text: str, first: int, last: int) -> Iterator[Mention]:
        """Yield the mentions of a stretch in order, the longest phrase at each place."""
        tokens = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, first, last)]
        skip = -1
        for index, (start, _, word) in enumerate(tokens):
            if start < skip:
                continue
            for phrase in self._by_first.get(word.casefold(), ()):
                end = _match(text, tokens, index, phrase)
                if end and text[end : end + 1] != "$":  # «US$» is money
                    yield Mention(phrase.kind, start, end, phrase.key)
                    skip = end
                    break


def _match(text: str, tokens: list[tuple[int, int, str]], index: int, phrase: _Phrase) -> int:
    last = index + len(phrase.tokens)
    if last > len(tokens):
        return 0
    for offset, wanted in enumerate(phrase.tokens):
        start, _, word = tokens[index + offset]
        if not _same(word, wanted, phrase.exact):
            return 0
        if offset and not _GAP.fullmatch(text, tokens[index + offset - 1][1], start):
            return 0
    end = tokens[last - 1][1]
    return end + 1 if phrase.dotted and text[end : end + 1] == "." else end


def _same(word: str, wanted: str, exact: bool) -> bool:
    if not exact:
        return word.casefold() == wanted
    return word == wanted or ((len(wanted) > 3 or wanted.islower()) and word == wanted.upper())


def _plural(demonym: str) -> list[str]:
    return (
        [demonym] if demonym.endswith(("s", "ese", "ish", "ch", "o")) else [demonym, demonym + "s"]
    )


def _state_phrases() -> Iterator[tuple[str, str, str]]:
    for iso3, state in load_terms("states")["states"].items():
        yield from ((name, "S", iso3) for name in state["names"])
        yield from ((form, "J", iso3) for name in state["demonyms"] for form in _plural(name))
        yield from ((name, "G", iso3) for name in state["capitals"])


def _organisation_phrases() -> Iterator[tuple[str, str, str]]:
    table = load_terms("organisations")
    for key, body in table["organisations"].items():
        yield from ((name, "O", key) for name in body["names"])
    yield from ((name, "N", name) for name in table["outlets"])
    for iso3, names in table["news_agencies"].items():
        yield from ((name, "O", f"agency:{iso3}:{name}") for name in names)


def _treaty_phrases() -> Iterator[tuple[str, str, str]]:
    table = load_terms("treaties")
    for code, treaty in table["treaties"].items():
        yield from ((name, "T", code) for name in treaty["names"])
        yield from ((name.casefold(), "T", code) for name in treaty["names"] if " " in name)
    yield from ((name, "T", "other") for name in table["other_treaties"])


@cache
def phrase_book() -> PhraseBook:
    """Return the book of all listed names."""
    return PhraseBook([*_state_phrases(), *_organisation_phrases(), *_treaty_phrases()])


def organisation(key: str) -> Mapping[str, Any]:
    """Return what the vocabulary knows of an organisation."""
    if key.startswith("agency:"):
        _, iso3, name = key.split(":", 2)
        return {"name": name, "iso3": iso3, "kind": "organisation"}
    if key.startswith("body:"):
        _, iso3, name = key.split(":", 2)
        return {"name": name, "iso3": iso3, "kind": "government"}
    known: Mapping[str, Any] = load_terms("organisations")["organisations"].get(key, {"name": key})
    return known


def is_listed(key: str) -> bool:
    """Whether the vocabulary lists an organisation; a name by its shape alone may be a part of another's.

    Examples
    --------
    >>> is_listed("Some Institute")
    False
    """
    return "names" in organisation(key)


def state(iso3: str) -> Mapping[str, Any]:
    """Return what the vocabulary knows of a state; empty for an unknown code."""
    known: Mapping[str, Any] = load_terms("states")["states"].get(iso3, {})
    return known


@cache
def _ordnance() -> tuple[re.Pattern[str], list[str]]:
    classes = load_terms("ordnance")["classes"]
    models = "|".join(
        f"(?P<m{i}>{'|'.join(c['models'])})"
        for i, c in enumerate(classes.values())
        if c.get("models")
    )
    words = "|".join(
        f"(?P<w{i}>(?i:{'|'.join(c['words'])}))"
        for i, c in enumerate(classes.values())
        if c["words"]
    )
    tail = r"(?:s(?![\w-]))?(?:[- ](?:type|series))?(?:[\s\u00a0]+(?i:anti-?\s?(?:personnel|tank|vehicle)[\s\u00a0]+)?(?i:(?:land)?mines?|submunitions?|bomblets?|bombs?))?"
    return re.compile(rf"(?<![\w-])(?:(?:{models}){tail}|(?:{words}))(?![\w])"), list(classes)


@cache
def _not_mines() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(load_terms('ordnance')['not_mines'])})", re.IGNORECASE)


def find_ordnance(text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """Yield every mention of explosive ordnance in a stretch with its class.

    Examples
    --------
    >>> text = "61 anti-personnel mines, four TM-62 mines and a coal mine"
    >>> [(text[m.start:m.end], m.key) for m in find_ordnance(text)]
    [('anti-personnel mines', 'AP mine'), ('TM-62 mines', 'AV mine')]
    """
    pattern, names = _ordnance()
    end = len(text) if end is None else end
    barred = [(m.start(), m.end()) for m in _not_mines().finditer(text, start, end)]
    for match in pattern.finditer(text, start, end):
        if any(a <= match.start() < b for a, b in barred):
            continue
        index = next(int(k[1:]) for k, v in match.groupdict().items() if v is not None)
        yield Mention("M", match.start(), match.end(), names[index], match.group())
