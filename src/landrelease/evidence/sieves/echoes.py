# ruff: noqa: E501 - patterns are read whole
"""Acts told again in few words: «as did X in 2004», «Y in 2005», «the Sejm followed», «it takes effect on …»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.reading import Tagged
from landrelease.terms import load_terms


@dataclass(frozen=True)
class Rule:
    """A pattern and the position that it means."""

    name: str
    regex: re.Pattern[str]
    status: str
    date_kind: str


@dataclass(frozen=True)
class Act:
    """What states were last said to have done: the rule that read it, treaties, day and sentence."""

    rule: Rule
    states: tuple[Mention, ...]
    codes: tuple[str, ...]
    date: str | None
    index: int


@dataclass(frozen=True)
class Echo:
    """An act said of other states, or its effect said of the same."""

    act: Act
    match: re.Match[str]
    names: str | None
    effect: bool = False


_AFTER = 3
"""Sentences over which «did likewise» reaches back."""


@cache
def _table() -> dict[str, re.Pattern[str]]:
    table = load_terms("positions")
    return {name: compiled(source, table["parts"]) for name, source in table["echoes"].items()}


def echoes(tagged: Tagged, told: list[tuple[int, Act]], before: Act | None) -> Iterator[Echo]:
    """Yield what a sentence says again of an act.

    Parameters
    ----------
    tagged : Tagged
        The sentence.
    told : list of (int, Act)
        Its own acts, each with the place where its clause ends.
    before : Act or None
        The last act of the sentences before.
    """
    near = before if before and tagged.index - before.index <= _AFTER else None
    anchors = list(told)
    for match in _table()["again"].finditer(tagged.string):
        act = _last(anchors, match.start()) or near
        if act and _can_be_done_again(act, match):
            found = Echo(act, match, _names(match))
            yield found
            anchors.append((match.end(), _of_others(found, tagged)))
    yield from _continued(tagged, anchors)
    for match in _table()["nor"].finditer(tagged.string):
        act = _last(anchors, match.start()) or near
        if act and act.rule.status == "non-party":
            yield Echo(act, match, _names(match))
    for match in _table()["effect"].finditer(tagged.string):
        act = _last(anchors, match.start()) or near
        if act and act.rule.status in _LEAVES:
            yield Echo(act, match, None, effect=True)


def _continued(tagged: Tagged, anchors: list[tuple[int, Act]]) -> Iterator[Echo]:
    """«…, Y in 2005 and Z in 2006»: states with days of their own right after a dated act."""
    for end, act in anchors:
        at = end
        while _is_dated(act) and (match := _table()["next"].match(tagged.string, at)):
            yield Echo(act, match, _names(match))
            at = match.end()


_LEAVES = ("withdrawing", "leaving")


def _names(match: re.Match[str]) -> str:
    return " ".join(v for k, v in match.groupdict().items() if v and k.startswith("states"))


def _last(anchors: list[tuple[int, Act]], at: int) -> Act | None:
    return next((act for end, act in sorted(anchors, key=lambda a: -a[0]) if end <= at), None)


def _of_others(echo: Echo, tagged: Tagged) -> Act:
    return replace(echo.act, states=tuple(tagged.all("SGJO", echo.names)))


def _is_dated(act: Act) -> bool:
    """An act of a day, unlike a state of things."""
    status = act.rule.status
    return status != "non-party" and (status != "party" or act.rule.date_kind != "as_of")


def _can_be_done_again(act: Act, match: re.Match[str]) -> bool:
    """A day's act may be done by others; who is a party may be so with others; «did so» undoes a «not».

    A «bill» without its subject is one on leaving.
    """
    if _UNDONE.search(match.group()):
        return False
    if match["bill"]:
        return act.rule.status in _LEAVES
    if act.rule.status == "non-party":
        return bool(_SO.search(match.group()))
    return _is_dated(act) or bool(match["as"])


_UNDONE = re.compile(r"\b(?:not|never|yet to|failed|refused|declined)\b|n[’']t\b")
_SO = re.compile(r"\b(?:did|done) so\b")
