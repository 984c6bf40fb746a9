# ruff: noqa: E501 - patterns are read whole
"""Rows of gifts, one state or body each: «Peru – 40 detectors», «Peru: a sum, signed in May», tables of funds.

What the rows have in common stands above them: under «Donations» and «Contributions by donors» each
row's state gives, under «X has provided … Examples include:» each row's state gets. In a table the
head of each column says which it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.items import items_of
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.deals import Scene, fields_of, how_far, is_thing, party_of, worth
from landrelease.evidence.sieves.goods_lists import plain_entry

_LED = re.compile(
    r"(?:[-•*▪–‣►] ?)?(?:\*\*)?(?:The )?(?:Government of )?(?P<who>(?:the )?⟨S\d+⟩(?: and ⟨S\d+⟩)?)(?: \([^)]{2,30}\))?[*†]?(?:\*\*)?(?: ?: ?| ?[-–—] ?| ?\| ?)(?:\*\*)?(?P<rest>.{4,})"
)
_GIVING = re.compile(
    r"\b(?:donations?|donors?|contributions?|contributed|pledges?|gifts?|support(?:ed)? (?:by|from)|assistance from|aid from|funding|handed over|provided|given|donated|supplied|in kind|partners)\b",
    re.IGNORECASE,
)
_ONE_GIVES = re.compile(
    r"(?P<who>⟨[SG]\d+⟩|\b[Ww]e)(?:['’]s)?(?: (?:government|has|have|had|also|already|is|⟨D\d+⟩)){0,3} (?:provid|giv|gave|suppl|sent|send|donat|deliver|support|fund|financ|help|assist|equip)\w*\b"
)
_OTHER_WORK = re.compile(
    r"\b(?:cleared|destroyed|trained|killed|injured|found|surveyed|accidents?|casualties|victims|sessions|stockpil\w+|ratified|acceded|signed the)\b"
)
_HOW_FAR = (
    ("proposed", re.compile(r"\b(?:propos\w+|under (?:discussion|consideration|negotiation)|consider\w*|planned|planning|possible|not yet (?:decided|approved)|requested)\b", re.IGNORECASE)),
    ("announced", re.compile(r"\b(?:to (?:be|come|follow)|will|would|pledg\w+|promis\w+|commit\w+|announc\w+|due|expected|signed|agreed|agreement|on (?:its|their) way|in transit|ordered)\b", re.IGNORECASE)),
    ("authorised", re.compile(r"\b(?:approved|authori[sz]ed)\b", re.IGNORECASE)),
    ("delivered", re.compile(r"\b(?:arrived|delivered|handed over|gave|given|received|provided|donated|paid|transferred|reached|supplied|sent|(?:has|have) (?:also )?(?:supported|funded|helped|financed|assisted))\b", re.IGNORECASE)),
)  # fmt: skip


def read(reading: Reading, tagged: Tagged, scene: Scene) -> list[Proposal]:
    """What a row of a table, or one led by a state, gives."""
    rows = list(_of_a_table(reading, tagged, scene))
    return rows or list(_led_by_state(reading, tagged, scene))


def _led_by_state(reading: Reading, tagged: Tagged, scene: Scene) -> Iterator[Proposal]:
    """Yield what a row gives whose first word is a state, one of at least two such rows."""
    row = _LED.match(tagged.string)
    above = _above(reading, tagged) if row and not _OTHER_WORK.search(row["rest"]) else None
    if row is None or above is None:
        return
    frame = " ".join(t.string for t in above)
    one = _ONE_GIVES.search(frame)
    words = " ".join(reading.text[t.sentence.start : t.sentence.end] for t in above)
    if not (one or _GIVING.search(words)):
        return
    state = party_of(tagged, row["who"])
    giver = next((party_of(t, m["who"]) for t in above if (m := _ONE_GIVES.search(t.string))), None)
    giver = (giver if giver and len(giver) == 3 else scene.home or scene.supplier) if one else state
    getter = state if one else reading.home or scene.recipient
    if giver and getter and giver != getter:
        yield from _told(reading, tagged, row, (giver, getter), how_far(words, _HOW_FAR))


def _above(reading: Reading, tagged: Tagged) -> list[Tagged] | None:
    """The two sentences over a run of two rows or more; nothing for a row that stands alone."""
    mine = tagged.sentence.block
    first = _run_start(reading, mine, _is_led)
    if first == mine and not _is_led(reading, mine + 1):
        return None
    at = tagged.index
    while at > 0 and reading.tagged[at - 1].sentence.block >= first:
        at -= 1
    return reading.tagged[max(0, at - 2) : at]


_MOST_ROWS = 40


def _run_start(reading: Reading, block: int, is_row: Callable[[Reading, int], object]) -> int:
    """The first of the rows right above a block, or the block itself where none is."""
    first = block
    while first > 0 and block - first < _MOST_ROWS and is_row(reading, first - 1):
        first -= 1
    return first


_OPENING = re.compile(r"\W{0,6}(?:The )?[A-Z][\w .'’()]{2,40}[*†]{0,3}\s?[:|–—-]\s?\S")


def _is_led(reading: Reading, block: int) -> bool:
    """Whether a block begins with a name and a colon, dash or bar."""
    if not 0 <= block < len(reading.blocks):
        return False
    one = reading.blocks[block]
    found = _OPENING.match(reading.text, one.start, one.end)
    return bool(found and reading.inside(one.start, found.end(), "S"))


def _told(
    reading: Reading,
    tagged: Tagged,
    row: re.Match[str],
    parties: tuple[str, str],
    status: str | None,
) -> Iterator[Proposal]:
    """The goods or the sum of a row, its day and how far it is."""
    block = reading.blocks[tagged.sentence.block]
    span = tagged.span(*row.span("rest"))
    items = _goods(reading.text[span.start : span.end])
    money = next(iter(tagged.all("V", row["rest"])), None)
    if not items and money is None:
        return
    day = next((m for m in reading.inside(block.start, block.end, "D") if m.data.value), None)
    how = how_far(reading.text[span.start : block.end], _HOW_FAR) or status or "announced"
    fields = fields_of(*parties, items, how, str(day.data.value) if day else None)
    fields |= worth(reading, money, parties[0])
    first = tagged.span(row.start("who"), row.end()).start
    whole = Span(first, tagged.sentence.end)
    yield propose(reading, "transfer", whole, "transfer.row-of-a-state", "medium", **fields)


_AFTER_GOODS = re.compile(
    r",? (?:to be|which|that|for (?:the|use)|through|under|signed|promised|arrived?|(?:was|were|has|have|had|will|would|is|are) |in (?=[A-Z]|\d{4}))|, (?=(?:signed|due|delivered|handed|expected|planned)\b)|;"
)


def _goods(text: str) -> list[dict[str, Any]]:
    """Arms and equipment of a row; sums and services are none."""
    named = items_of(plain_entry(_AFTER_GOODS.split(text)[0]))
    return [
        i for i in named if i["class"] != "support" and is_thing(i) and not _MONEY.match(i["name"])
    ]


_MONEY = re.compile(r"[$€£]|(?:US\$|USD|EUR|GBP)\b")
_COLUMNS = (
    ("giver", re.compile(r"donors?|suppliers?|givers?|from|provided by|contributors?|funded by|source", re.IGNORECASE)),
    ("getter", re.compile(r"countr(?:y|ies)|recipients?|benefi\w+|to|destinations?|states?|where", re.IGNORECASE)),
    ("body", re.compile(r"(?:implementing )?(?:partners?|organi[sz]ations?|agenc(?:y|ies))|implementers?|grantees?", re.IGNORECASE)),
    ("goods", re.compile(r"purpose|items?|equipment|goods|projects?|assistance|type|description|what|contribution|donation|support|aid", re.IGNORECASE)),
    ("sum", re.compile(r"(?:amount|funding|funds|value|cost|budget|grant|sum|total)\b.{0,20}|(?:US\$|USD|EUR|CAD|AUD|GBP)", re.IGNORECASE)),
    ("status", re.compile(r"status|state of delivery|stage", re.IGNORECASE)),
    ("date", re.compile(r"date|when|month|year|delivered on", re.IGNORECASE)),
)  # fmt: skip


@cache
def _column(title: str) -> str | None:
    return next((name for name, regex in _COLUMNS if regex.fullmatch(title)), None)


def _cells(reading: Reading, at: int) -> list[Span]:
    """The cells between bars of a line, empty where it has none."""
    block = reading.blocks[at]
    line = reading.text[block.start : block.end]
    bars = [m.start() for m in re.finditer(r"\|", line)]
    if len(bars) < 2:
        return []
    edges = [
        *([] if line.startswith("|") else [-1]),
        *bars,
        *([] if line.endswith("|") else [len(line)]),
    ]
    pairs = pairwise(edges)
    return [Span(block.start + a + 1, block.start + b) for a, b in pairs]


def _head(reading: Reading, block: int, width: int) -> dict[str, int]:
    """Which column says what, by the first line of the table."""
    for at in range(block - 1, max(-1, block - _MOST_ROWS), -1):
        cells = _cells(reading, at)
        if len(cells) != width:
            return {}
        titles = [_column(reading.text[c.start : c.end].strip(" *_")) for c in cells]
        if sum(title is not None for title in titles) * 2 > width:
            return {title: i for i, title in reversed([*enumerate(titles)]) if title}
    return {}


def _of_a_table(reading: Reading, tagged: Tagged, scene: Scene) -> Iterator[Proposal]:
    """Yield the gift that a row of a table with a head tells."""
    block = reading.blocks[tagged.sentence.block]
    cells = _cells(reading, tagged.sentence.block) if "|" in tagged.string else []
    head = _head(reading, tagged.sentence.block, len(cells)) if cells else {}
    if not ({"giver", "getter", "body"} & head.keys() and {"goods", "sum"} & head.keys()):
        return
    at = {name: cells[i] for name, i in head.items()}
    giver = _party(reading, at.get("giver")) or (
        None if "giver" in at else scene.home or scene.supplier
    )
    getter = _party(reading, at.get("getter")) or _party(reading, at.get("body"))
    getter = getter or (scene.recipient or reading.home if "giver" in at else None)
    money = next(iter(_inside(reading, at.get("sum"), "V")), None)
    goods = _goods(_words(reading, at.get("goods")))
    if not (giver and getter) or giver == getter or not (money or goods):
        return
    day = next((m for m in _inside(reading, at.get("date"), "D") if m.data.value), None)
    status = how_far(_words(reading, at.get("status")), _HOW_FAR) or scene.status
    fields = fields_of(giver, getter, goods, status, _day(reading, tagged, day) or scene.date)
    fields |= worth(reading, money, giver)
    unit = _UNIT.search(_titles(reading, tagged.sentence.block))
    if money and unit and "$" in reading.text[money.start : money.end]:
        fields["currency"] = unit[1]
    span = Span(block.start, block.end)
    yield propose(reading, "transfer", span, "transfer.table-row", "medium", **fields)


_UNIT = re.compile(r"\b(USD|CAD|AUD|NZD|SGD)\b")
"""Which dollars a column is in."""


def _titles(reading: Reading, block: int) -> str:
    """The line that heads a table."""
    first = _run_start(reading, block, _cells)
    return reading.text[reading.blocks[first].start : reading.blocks[first].end]


def _day(reading: Reading, tagged: Tagged, own: Mention | None) -> str | None:
    """The day of a row, else the last one told in the two sentences over its table."""
    if own:
        return str(own.data.value)
    first = _run_start(reading, tagged.sentence.block, _cells)
    at = bisect_left(reading.tagged, first, key=lambda t: t.sentence.block)
    above = [m for t in reading.tagged[max(0, at - 2) : at] for m in t.all("D")]
    return next((str(m.data.value) for m in reversed(above) if m.data.value), None)


def _words(reading: Reading, cell: Span | None) -> str:
    return reading.text[cell.start : cell.end].strip() if cell else ""


def _inside(reading: Reading, cell: Span | None, kinds: str) -> list[Mention]:
    return reading.inside(cell.start, cell.end, kinds) if cell else []


def _party(reading: Reading, cell: Span | None) -> str | None:
    """The states of a cell, else the body that it names, else its words."""
    states = list(dict.fromkeys(m.key for m in _inside(reading, cell, "S")))
    return ";".join(states) or _words(reading, cell).strip("*_ ") or None
