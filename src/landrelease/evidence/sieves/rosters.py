# ruff: noqa: E501 - patterns are read whole
"""Lists of states under a label: «Signed, not yet ratified: A, B», «Outside» over one name a line.

The label must be nothing but words on where states stand (``terms/rosters.yaml``), the list nothing
but names of states, days in brackets and what separates them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from landrelease.evidence import gazetteer
from landrelease.evidence.grammar import compiled
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading
from landrelease.evidence.sieves.treaty_meant import status_of_signing, status_unratified
from landrelease.terms import load_terms


@dataclass(frozen=True)
class Label:
    """Where the states under a label stand, and the kind of a day told beside one."""

    name: str
    status: str
    kind: str
    words: Span
    treaty: str


@dataclass(frozen=True)
class Item:
    """A state of a list, with the day beside it."""

    state: str
    place: Span
    day: str | None


@cache
def _labels() -> list[tuple[str, str, str, re.Pattern[str]]]:
    table = load_terms("rosters")
    return [
        (
            name,
            entry["status"],
            entry["kind"],
            compiled(entry["pattern"], table["parts"], re.IGNORECASE),
        )
        for name, entry in table["labels"].items()
    ]


_MARK = r"[ \t]{0,8}(?:[•*·–—#-]{1,4}[ \t]*)?"
_OPENING = re.compile(
    rf"{_MARK}(?P<label>[A-Za-z][^\n:;.]{{2,140}}?)[ \t]*(?:(?P<colon>:|[ \t][–—-](?=[ \t]))[ \t]*\n?|\n)\s?"
)
"""A few words before a colon, a dash or the end of their line."""
_LINE = re.compile(rf"^(?={_MARK}[A-Za-z])", re.MULTILINE)
"""Where a line begins that a label may open; empty lines, of which a text may have a million, do not."""


def rosters(reading: Reading) -> Iterator[Proposal]:
    """Yield where states stand that are listed under a label, each with the label's words."""
    at = 0
    for line in _LINE.finditer(reading.text):
        at = max(at, line.start())
        while at >= line.start() and (found := _roster(reading, at)):
            label, items, end = found
            yield from (position(reading, label, item) for item in items)
            if end <= at:
                break
            at = end


def _roster(reading: Reading, at: int) -> tuple[Label, list[Item], int] | None:
    """The label that opens here with its list, and where the list ends."""
    opening = _OPENING.match(reading.text, at)
    if not opening:
        return None
    first = next(
        gazetteer.phrase_book().find(reading.text, opening.end(), opening.end() + 60), None
    )
    if (
        first is None
        or first.kind not in _NAMES
        or not _GAP.fullmatch(reading.text, opening.end(), first.start)
    ):
        return None
    dropped = any(one.start <= at < one.end for one in reading.dropped)
    label = None if dropped else _label(reading, opening)
    items, end = _items(reading, opening.end()) if label else ([], at)
    fewest = 1 if opening["colon"] else _FEWEST
    return (label, items, end) if label and len(items) >= fewest else None


_NAMES = "SG"
_FEWEST = 2
"""States under a heading without a colon."""


def _label(reading: Reading, opening: re.Match[str]) -> Label | None:
    """The label, if it is nothing but words on a treaty and where states stand to it."""
    start, end = opening.span("label")
    return label_of(reading, Span(start, end), reading.text[start:end], start)


def label_of(reading: Reading, place: Span, words: str, at: int) -> Label | None:
    """Read words on where states stand, of the treaty that they name or that was named before.

    Parameters
    ----------
    reading : Reading
        The text.
    place : Span
        Where the words stand.
    words : str
        The words, without a day.
    at : int
        The place before which the treaty is named, if not in the words.

    Returns
    -------
    Label or None
        None where the words say anything else, or the treaty is none of this field.
    """
    named = [m for m in gazetteer.phrase_book().find(words, 0, len(words)) if m.kind == "T"]
    for treaty in reversed(named):
        words = words[: treaty.start] + "{T}" + words[treaty.end :]
    words = " ".join(words.split())
    for name, status, kind, pattern in _labels():
        if pattern.fullmatch(words):
            code = named[0].key if named else treaty_before(reading, at)
            known = code is not None and code != "other"
            return Label(name, status, kind, place, code or "") if known else None
    return None


_ANOTHER = re.compile(
    r"\b(?:Treaty|Convention|Pact|Accord|Agreement|Declaration|Charter|Memorandum|Coalition|Committee|Alliance|Appeal|Protocol|Statute|Group|Unit|Board|Bureau|Council|Network|Caucus|TREATY|DECLARATION|AGREEMENT|COALITION|COMMITTEE)\b"
)
"""Another paper or body that a list may be of."""


def treaty_before(reading: Reading, at: int) -> str | None:
    """The treaty named last before a label, unless another paper was named since."""
    start = max(0, at - _NEAR)
    named = [m for m in gazetteer.phrase_book().find(reading.text, start, at) if m.kind == "T"]
    named = sorted([*named, *reading.inside(start, at, "T")], key=lambda m: m.end)
    if not named or _ANOTHER.search(reading.text, named[-1].end, at):
        return None
    return named[-1].key


_NEAR = 6000
"""Characters before a label in which its treaty is named."""


_GAP = re.compile(
    r"(?:[ \t,;&•*·–—-]|\band\b|\bthe\b|\n(?![ \t]*\n)|(?<=\n)[ \t]*\d{1,3}[.)]){0,12}"
)
"""What may stand between two states of a list."""
_BESIDE = re.compile(
    r"(?:[ \t]*\((?P<note>[^)\n]{1,60})\)|,? (?P<day>(?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d))?"
)
_AFTER = re.compile(r"[ \t]*(?:[,;.\n]|$|and\b)")


def _items(reading: Reading, start: int) -> tuple[list[Item], int]:
    """The states that follow each other with nothing but separators and bracketed days between."""
    items: list[Item] = []
    end = start
    for state in gazetteer.phrase_book().find(reading.text, start, start + _LONGEST):
        if state.kind not in _NAMES or not _GAP.fullmatch(reading.text, end, state.start):
            break
        beside = _BESIDE.match(reading.text, state.end)
        after = beside.end() if beside else state.end
        if not (_AFTER.match(reading.text, after) or _goes_on(reading, after)):
            break
        days = reading.inside(state.end, after, "D")
        year = _YEAR.search(reading.text, state.end, after)
        day = days[0].data.value if days else year and year.group()
        items.append(Item(state.key, Span(state.start, after if day else state.end), day))
        end = after
    stop = re.compile(r"[ \t.;]*").match(reading.text, end)
    return items, stop.end() if stop else end


_LONGEST = 5000
"""Characters of a list, the longest being that of all members."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether the next name or the next label follows where lines were joined by spaces."""
    opening = _OPENING.match(reading.text, at + 1)
    if reading.text[at : at + 1] != " ":
        return False
    if opening and opening["colon"] and _label(reading, opening):
        return True
    following = next(gazetteer.phrase_book().find(reading.text, at, at + 60), None)
    return following is not None and following.start == at + 1 and following.kind in _NAMES


def position(reading: Reading, label: Label, item: Item) -> Proposal:
    """One state of a list as a proposal; the quote begins at the label where both stand in one line."""
    apart = "\n" in reading.text[label.words.end : item.place.start]
    start = item.place.start if apart else min(label.words.start, item.place.start)
    kind = label.kind if item.day else "as_of"
    return propose(
        reading, "treaty_position", Span(start, item.place.end), f"roster.{label.name}", "medium",
        state=item.state, treaty=label.treaty, status=_status(label, item, reading.published),
        status_in_text=" ".join(reading.text[label.words.start : label.words.end].split()),
        date=reading.published if kind == "as_of" else item.day, date_kind=kind,
    )  # fmt: skip


def _status(label: Label, item: Item, published: str | None) -> str:
    """The label's status; of who signed or did not ratify as the known acts tell."""
    if label.status == "signed":
        return status_of_signing(item.state, label.treaty, published)
    if label.status == "unratified":
        return status_unratified(item.state, label.treaty, published)
    return label.status
