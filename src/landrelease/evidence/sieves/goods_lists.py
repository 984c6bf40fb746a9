# ruff: noqa: E501 - patterns are read whole
"""Lists of goods read whole: the line that opens one, labels of how far the goods are, groups, entries.

A line opens a list where it ends in a colon («The package includes:»), or where it is a heading with a
status («Delivered support», «In planning or in preparation») over entries. Headings without a status
part an open list in groups. Who gives and who gets stands in the line itself, in the title or in the
sentences above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.items import items_of
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.deals import (
    Scene,
    fields_of,
    how_far,
    party_of,
    usual_getter,
    word,
    worth,
)

_STATUS = (
    ("proposed", re.compile(r"\b(?:in planning|planning|planned|under (?:discussion|consideration|review|examination)|envisaged|foreseen|proposed)\b", re.IGNORECASE)),
    ("announced", re.compile(r"\b(?:(?:still )?to (?:be (?:delivered|sent|supplied|handed over)|come|follow)|(?:not yet|awaiting|pending|upcoming|forthcoming|outstanding|scheduled|future) (?:deliver\w+|sent|supplied)|under contract|contracted|on order|ordered|in (?:preparation|production|the pipeline)|being prepared|pledged|promised|committed|announced|on (?:the|its|their) way|in transit|pending|outstanding|forthcoming)\b", re.IGNORECASE)),
    ("delivered", re.compile(r"\b(?:delivered|deliveries|sent|supplied|donated|handed[- ]over|provided|transferred|given|received)\b", re.IGNORECASE)),
)  # fmt: skip
_LABEL = re.compile(
    r"\W*(?:(?:still |already |not yet |so far )?(?:to be |to come|planned|under|contracted|on order|ordered|in (?:preparation|production|transit|planning)|pledged|promised|committed|announced|on (?:the|its|their) way|delivered|sent|supplied|donated|handed over|provided|transferred|deliveries))\b[^.:]{0,60}:\W*",
    re.IGNORECASE,
)
_OTHER_WORK = re.compile(
    r"\b(?:training|trained|sessions?|education|courses?|services|clearance (?:work|tasks?|operations)|statements?|speech|remarks|lessons?|messages?|casualt\w+|victims?|reports?|refugees|questions?|answers?)\b",
    re.IGNORECASE,
)
_NO_GROUP = re.compile(
    r"\W*(?:related|further|more|see also|links?|contacts?|notes?|sources?|quick facts|documents?|background|about|share|press|media|read|results|figures)\b",
    re.IGNORECASE,
)
_LAND = r"(?P<{}>⟨[SG]\d+⟩)"
_AID = r"(?:support|aid|assistance|help|donations?|deliveries|contributions?|supplies|packages?|equipment|weapons?|arms)"
_GIVE = r"(?:supports?|supported|helps?|aids?|assists?|equips?|provid(?:es?|ed)|suppl(?:y|ies|ied)|giv(?:es?|en)|gave|sends?|sent|deliver(?:s|ed)?|donat(?:es?|ed)|hand(?:s|ed) over|transferr?(?:s|ed)?)"
_BETWEEN = (
    re.compile(rf"(?P<giver>⟨[SJG]\d+⟩)(?:['’]s?)? (?:[\w-]+ ){{0,3}}?{_AID} (?:to|for) (?:the )?{_LAND.format('getter')}"),
    re.compile(rf"{_LAND.format('giver')}(?: (?:has|have|is|also|already|so far|to date|now|government|⟨D\d+⟩)){{0,4}} {_GIVE} (?:[\w-]+ ){{0,5}}?(?:the )?{_LAND.format('getter')}"),
)  # fmt: skip
_GETS = re.compile(
    rf"\b(?:{_AID}|{_GIVE})(?: [\w-]+){{0,3}}? (?:to|for|in) (?:the )?{_LAND.format('getter')}",
    re.IGNORECASE,
)
_OF_ARMS = re.compile(
    r"\b(?:military|security|defen[cs]e|arms|weapons?|demining) (?:[\w-]+ )?(?:support|help|goods|items|aid|assistance)\b",
    re.IGNORECASE,
)
_FAR = 12
"""Lines within which the title of a list stands before its labels."""
_LONGEST_LABEL = 110
_ENDED = re.compile(r"[.!?;,]\W*$")


def opens(reading: Reading, tagged: Tagged, scene: Scene) -> bool:
    """Whether a line tells how far the goods below it are; the scene follows it."""
    words = _line(reading, tagged)
    status = (
        how_far(words, _STATUS)
        if words and (_LABEL.fullmatch(words) or not words.endswith(":"))
        else None
    )
    near = reading.tagged[max(0, tagged.index - _FAR) : tagged.index + 1]
    if status is None or not any(_speaks_of_goods(t) for t in near):
        return False
    if not words.endswith(":") and not _over_goods(reading, tagged.sentence.block, words):
        return False
    _parties(reading, near, scene)
    scene.status, scene.value, scene.date, scene.package = status, None, None, "list"
    return True


def _line(reading: Reading, tagged: Tagged) -> str:
    """The words of a short line that is no entry and no sentence, without its marks."""
    block = reading.blocks[tagged.sentence.block]
    words = reading.text[block.start : block.end].strip("#*_ ")
    whole = tagged.sentence.end - tagged.sentence.start >= len(words)
    short = whole and not block.bullet and len(words) <= _LONGEST_LABEL
    return words if short and not _ENDED.search(words) else ""


def _over_goods(reading: Reading, block: int, words: str) -> bool:
    """Whether entries with goods stand right below a heading, or below one group heading more."""
    if _OTHER_WORK.search(words):
        return False
    below = reading.blocks[block + 1 : block + 6]
    texts = [reading.text[b.start : b.end] for b in below]
    rows = [b.bullet or is_row(text) for b, text in zip(below, texts, strict=True)]
    first = next((i for i, row in enumerate(rows) if row), 2)
    entries = [text for text, row in zip(texts, rows, strict=True) if row]
    return first <= 1 and any(i["class"] for text in entries for i in _goods(text))


_ROW = re.compile(r"(?:(?:about|around|over|more than|approximately|up to) )?\d[\d,. ]* [A-Za-z]")


def is_row(text: str) -> bool:
    """Whether a short line without a mark begins with a number and ends like no sentence.

    Examples
    --------
    >>> is_row("18 battle tanks"), is_row("18 tanks were seen there.")
    (True, False)
    """
    return len(text) <= 2 * _LONGEST_LABEL and bool(_ROW.match(text)) and not _ENDED.search(text)


def _speaks_of_goods(title: Tagged) -> bool:
    return bool(word("list_context").search(title.string) or _OF_ARMS.search(title.string)) or any(
        r.search(title.string) for r in _BETWEEN
    )


def _parties(reading: Reading, near: list[Tagged], scene: Scene) -> None:
    """Who gives and who gets, as the nearest words above a list say."""
    getters = ((t, r.search(t.string)) for t in reversed(near) for r in (*_BETWEEN, _GETS))
    got = next(((t, m["getter"]) for t, m in getters if m), None)
    scene.recipient = party_of(*got) if got else scene.recipient
    gifts = ((t, r.search(t.string)) for t in reversed(near) for r in _BETWEEN)
    gave = next(((t, m["giver"]) for t, m in gifts if m), None)
    named = party_of(*gave) if gave else scene.home or scene.supplier
    scene.supplier = named if named != scene.recipient else None
    scene.supplier = scene.supplier or usual_getter(reading, scene.recipient)


def heading(reading: Reading, tagged: Tagged, before: Tagged | None, scene: Scene) -> None:
    """A heading may open a list; under one that is open it parts the list in groups."""
    if _opens_with_colon(reading, tagged, before):
        scene.listing = True
        _open(reading, tagged, before, scene)
    elif _NO_GROUP.match(tagged.string):
        scene.listing = False


def follow(
    reading: Reading, tagged: Tagged, before: Tagged | None, bullet: bool, scene: Scene
) -> None:
    """Keep a list open through its entries, and open one at a line that ends in a colon."""
    scene.listing = (scene.listing and bullet) or _opens_with_colon(reading, tagged, before)
    if scene.listing and not bullet:
        _open(reading, tagged, before, scene)


def _opens_with_colon(reading: Reading, tagged: Tagged, before: Tagged | None) -> bool:
    """A line that opens a list of goods: it, or the sentence before it, speaks of aid or arms."""
    near = f"{before.string if before else ''} {tagged.string}"
    if not word("list_opener").search(tagged.string.rstrip("*_ ")):
        return False
    past = _of_past_deliveries(reading, tagged, before)
    return bool(word("list_context").search(near)) or past


def _of_past_deliveries(reading: Reading, tagged: Tagged, before: Tagged | None) -> bool:
    """Whether the sentence before, in the same paragraph, opens with the deliveries of a time just past."""
    same = before is not None and before.sentence.block == tagged.sentence.block
    return bool(
        before
        and same
        and _PAST_DELIVERIES.match(reading.text, before.sentence.start, before.sentence.end)
    )


def _open(reading: Reading, tagged: Tagged, before: Tagged | None, scene: Scene) -> None:
    earlier = word("earlier").search(tagged.string)
    parties = re.search(r"(?:to|for) (?:the )?(⟨[SJ]\d+⟩)", tagged.string)
    if parties:
        scene.recipient = party_of(tagged, parties[1])
    elif not (scene.supplier and scene.recipient):
        _parties(reading, reading.tagged[max(0, tagged.index - _FAR) : tagged.index + 1], scene)
    scene.package = "previous" if earlier else "new"
    own = [m.data.value for m in tagged.all("D") if m.data.value and not since(tagged, m)]
    scene.value = None
    scene.date = None if earlier else own[0] if own else scene.date or reading.published
    scene.status = _status_of_list(tagged)
    if _of_past_deliveries(reading, tagged, before):
        scene.status, scene.date = "delivered", None


_PAST_DELIVERIES = re.compile(
    r"(?:The )?(?:[Nn]ew |[Ll]atest |[Rr]ecent )?(?:[Dd]eliveries|[Ss]hipments) (?:of|in|from|since|during|over) (?:the )?(?:past|last|previous)\b"
)
"""«Deliveries of the past week are marked in bold. Compared with the last list:»"""


def since(tagged: Tagged, mention: Mention) -> bool:
    """«Since February» opens a period, «the list of 3 May» names a list; neither dates an act."""
    before = tagged.string[: tagged.place(mention)]
    return bool(
        re.search(
            r"\b(?:since(?: the| early| late)?|(?:list|overview|status|update) (?:of|from|on))\s*$",
            before,
        )
    )


def _status_of_list(tagged: Tagged) -> str:
    delivered = re.search(
        r"\b(?:delivered|received|arrived|have been (?:provided|sent|supplied)|has (?:provided|sent|supplied|delivered|donated))\b",
        tagged.string,
    )
    return "delivered" if delivered else "announced"


_IS_RULE = re.compile(
    r"(?<!which )(?<!that )(?<!who )\b(?:will|shall|must|may|should)(?: not| only)? (?!(?:also )?(?:include|receive|get)\b)[a-z]"
)
"""«3. The Ministry will export no mines»: an entry that orders or allows is no thing given."""
_LEAD = re.compile(r"\s*(?:[-*•–—·▪●◦‣⁃∙■◆►▸➢➤✓✔]|\d{1,2}[.)](?=\s)|\\?\(\w{1,2}\\?\))\s*[*_]*")
_REMARK = re.compile(
    r"\s?\((?:[a-z][^()]{2,140}|[^()a-z]{0,3}[a-z]+: ?[^()]{1,80})\)|[*†‡]+|(?<=\D)[¹²³⁴⁵]"
)
"""«(before: 49, now: 52)», «(joint project with …)», the star of a footnote: no part of a name."""
_COUNT_BEHIND = re.compile(r"([A-Za-z][A-Za-z -]{2,60}) ?\((?:x ?)?(\d[\d,.]*)\)")
"""«Detectors (500)»: the number stands behind its noun."""
_OF_WHICH = re.compile(r",? of (?:which|these|them) .*")
_ALONG = re.compile(r" with (?=(?:its |their |related )?(?:ammunition|munitions|missiles|rounds|shells|spare parts|trailers|accessories)\b)")  # fmt: skip


def plain_entry(text: str) -> str:
    """The words of an entry without remarks, each number before its noun.

    Examples
    --------
    >>> plain_entry("2 tanks LEO 1* with ammunition (before: 8, now: 10)")
    '2 tanks LEO 1, ammunition'
    >>> plain_entry("Detectors (500), 14 drones, of which 9 with radios")
    '500 Detectors, 14 drones'
    """
    counted = _COUNT_BEHIND.sub(r"\2 \1", text.replace("_", " "))
    plain = _ALONG.sub(", ", _OF_WHICH.sub("", _REMARK.sub("", counted)))
    return plain.replace(" ,", ",").strip()


def _goods(text: str) -> list[dict[str, Any]]:
    lead = _LEAD.match(text)
    return items_of(plain_entry(text[lead.end() if lead else 0 :]), known_only=False)


def entry(reading: Reading, tagged: Tagged, scene: Scene) -> Iterator[Proposal]:
    """Yield the goods of an entry of an open list; what more it says of them is none."""
    if reading.before(tagged, 1):
        return
    lead = _LEAD.match(reading.text, tagged.sentence.start, tagged.sentence.end)
    start = lead.end() if lead else tagged.sentence.start
    items = _goods(reading.text[start : tagged.sentence.end])
    if not any(i["class"] or i["quantity"] for i in items) or word("no_item").match(tagged.string):
        return
    if _IS_RULE.search(tagged.string):
        return
    fields = fields_of(scene.supplier, scene.recipient, items, scene.status, scene.date)
    fields |= worth(reading, None, scene.supplier) | {"package": scene.package}
    yield propose(
        reading,
        "transfer",
        Span(start, tagged.sentence.end),
        "transfer.list-entry",
        "high",
        **fields,
    )
