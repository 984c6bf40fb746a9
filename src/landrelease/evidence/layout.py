# ruff: noqa: E501 - patterns are read whole
"""The shape of a plain text: lines, blocks, sentences and quoted spans, all as offsets.

Nothing here changes the text; every span counts Python characters of the text as given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

LONGEST_SENTENCE = 1500
"""Longer runs are cut: no sieve reads more at once, so work stays linear in the text."""

_BULLET = re.compile(
    r"\s*(?:--|[-*•–—·▪●◦‣⁃∙■◆►▸➢➤✓✔]|\d{1,2}[.)]|\\?\(\d{1,2}\\?\)|\([a-z]\))\s+\S"
)
_LABEL = re.compile(
    r"\s*(?:\*\*|__)?(?!(?:JOINT |PRESS )?(?:FACT ?SHEET|STATEMENT|READOUT|MEMORANDUM)\b)(?P<label>Q(?:UESTION)?(?= |:|\*)"
    r"|(?>(?:Ma?c)?[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]*(?:Ma?c[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]*)?(?:[ \u00a0]|(?![^\s:*_(]))){1,14}(?:\([^)\n]{2,80}\)[ \u00a0]?)?"
    r"|(?:Mr|Ms|Mrs|Dr)\.?[ \u00a0][A-Z][\w'’\-]{1,20}(?:[ \u00a0][A-Z][\w'’\-]{1,20})?(?:[ \u00a0]\([^)\n]{2,60}\)){0,2}|The (?:Secretary-General|President|Chair(?:person|man|woman)?|Minister|Spokes(?:person|man|woman))|(?:Question|Answer|Spokes(?:person|man|woman)|Moderator|Interviewer)(?= ?:))"
    r"(?:(?:\*\*|__)?:(?:\*\*|__)?(?=\s|$)|(?<=Q)(?:\s{2,}|\s(?=[A-Z“\"(—…])))"
)
_NAME_ALONE = re.compile(
    r"(?P<label>(?:(?:The )?(?:Rt\.? )?Hon\.? |The )?(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|Earl|Viscount)\.? [A-Z][\w'’-]{1,24}(?: [A-Z][\w'’-]{1,24}){0,2}(?: of [A-Z][\w'’-]{1,24}(?: [A-Z][\w'’-]{1,24})?)?(?: \([^)\n]{2,60}\)){0,2})\s*$"
)
"""A line that is nothing but a speaker's name, as in printed debates."""
_OFFICE_LINE = re.compile(
    r"The [A-Z][^()\n]{5,100} \((?P<label>(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Baroness|Earl|Viscount)\.? [A-Z][\w'’-]{1,24}(?: [\w'’-]{1,24}){0,4})\)\s*$"
)
"""The same with the office before the name: «The Minister of State (Baroness Lund of Moor)»."""
_OFFICE_SPEAKS = re.compile(
    r"(?:The |H\.E\. )?(?=[^():\n]{0,90}?(?:Secretary|Minister|Chancellor|President|Commissioner|Attorney|Leader|Whip|Chair|Speaker|Taoiseach)\b)[A-Z][^():\n]{5,100} \((?P<label>[A-ZÀ-Þ][\w'’.-]*(?: (?:[A-ZÀ-Þ][\w'’.-]*|of|de|van|von|the)){1,5})\) ?: ?(?=\S)"
)
"""«The Minister for Defence (Ana Reyl): I wish …»: the office, the name, the words."""
_MEMBER = re.compile(
    r"Photo of (?P<name>[A-Z].{3,40}?)(?P<label>(?P=name) \([^)\n]{2,60}\))(?: Share this\b.{0,60})?\s*$"
)
"""The same on pages that reprint debates with a portrait before the name."""
_MEMBER_OF_PARTY = re.compile(
    r"(?P<label>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){1,3}) (?:NDP|Liberal|Conservative|Bloc(?: Québécois)?|Green|Labour|Lab|Con|Independent)(?:$|(?=[A-Z][a-z]{4,}).{5,90}| [A-Z][\w—–'’. -]{2,50}, [A-Z]{2})\s*$"
)
"""The same with party and constituency: «Ana Reyl NDP Moor North, ON»."""
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Brig|Adm|Sen|Rep|Gov|Amb|Hon|St|No|Nos|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs|approx|ca|Art|Fig|e\.g|i\.e|Inc|Ltd|Co|hon|Rt|Jr|Sr|al|cf|sq|H\.E)"
    r"|\b[A-Z]|\b[A-Z]\.[A-Z]|[ap]\.m)\.$"
)
_UNREADABLE = re.compile(r"[^\s]{200}|[^\w\s]{40}|(?:\S ){60}")
"""No prose has words this long, so many marks in a row or so many single letters."""
_WORD = re.compile(r"[^\W_]{2}")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’'»)\]]*+(?=\s)|(?:(?<=[a-z]{2})|(?<=[a-zA-Z]\)))[.!?][\"”]?(?=[A-Z“][a-z]+ )"
)
"""Some pages print no space between the sentences of joined paragraphs."""
_STARTER = re.compile(
    r"\s+[\"“‘'«(\[]*(?:The|It|He|She|They|In|A|An|This|That|These|Those|But|And|However|We|At|On|As|Its|For|No|Some|Since|Our|Their|According)\b"
)
_CAPITAL = re.compile(r"\s+[\"“‘'«(\[]*[A-Z0-9À-Þ]")


@dataclass(frozen=True, order=True)
class Span:
    """Half-open stretch of characters."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two stretches share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Block:
    """A paragraph, list entry, heading or one speaker's paragraph in a transcript."""

    start: int
    end: int
    bullet: bool = False
    label: str | None = None


@dataclass(frozen=True)
class Sentence:
    """One sentence and the index of the block it stands in."""

    start: int
    end: int
    block: int


@dataclass(frozen=True)
class Quote:
    """Words between quotation marks, the marks left out; ``closed`` is false when no mark ends them."""

    start: int
    end: int
    block: int
    closed: bool


def lines(text: str, base: int = 0) -> Iterator[Span]:
    """Yield each line without its end; of a run of empty lines only one.

    Examples
    --------
    >>> [(s.start, s.end) for s in lines("a" + chr(13) + chr(10) + "bc")]
    [(0, 1), (3, 5)]
    >>> [(s.start, s.end) for s in lines("a" + chr(10) * 5 + "b")]
    [(0, 1), (2, 2), (6, 7)]
    """
    at = 0
    for match in _LINE.finditer(text):
        gap = match.start() - at
        if gap > 1 and (gap > 2 or text[at] != "\r" or text[at + 1] != "\n"):
            empty = base + at + (2 if text.startswith("\r\n", at) else 1)
            yield Span(empty, empty)
        yield Span(base + match.start(), base + match.end())
        at = match.end()


def inked(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the white space at its ends.

    Examples
    --------
    >>> inked("  two mines ", 0, 12)
    (2, 11)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_wrapped(text: str, spans: Iterable[Span]) -> bool:
    """Whether line ends are mere wrapping: most lines that go on in the next end within a sentence.

    Examples
    --------
    >>> text = "The teams of the agency cleared the whole of" + chr(10) + "the valley."
    >>> is_wrapped(text * 3, lines((text + chr(10)) * 3))
    True
    """
    rows = [text[s.start : s.end].strip() for s in spans]
    going_on = [
        row
        for row, following in pairwise(rows)
        if len(row) >= 40 and following and not starts_block(following)
    ]
    if len(going_on) < 2 or max(map(len, going_on)) > 160 or median(map(len, going_on)) > 110:
        return False
    open_ended = sum(not re.search(r"[.!?:;”\"]$", row) for row in going_on)
    return open_ended > len(going_on) * 0.5


_FEWEST_GAPS = 2


def starts_block(line: str) -> bool:
    """Whether a line opens a block of its own: an entry, a heading mark, a label, a row of cells."""
    return bool(
        _BULLET.match(line)
        or _LABEL.match(line)
        or line.lstrip().startswith(("#", ">", "|"))
        or max(line.count(" | "), line.count("\t")) >= _FEWEST_GAPS
    )


def blocks(text: str, dropped: Iterable[Span]) -> list[Block]:
    """Cut the kept text into blocks.

    Parameters
    ----------
    text : str
        The whole text.
    dropped : iterable of Span
        Stretches of furniture to leave out.

    Returns
    -------
    list of Block
        In order of the text.
    """
    kept = list(_kept_lines(text, sorted(dropped)))
    wrapped = is_wrapped(text, kept)
    width = _width(text, kept) if wrapped else 0
    found: list[Block] = []
    begin = end = -1
    for span in kept:
        line = text[span.start : span.end]
        blank = not line.strip()
        fresh = blank or not wrapped or begin < 0
        fresh = fresh or (starts_block(line) and not _is_aside(text, begin, end, line, width))
        fresh = fresh or (span.start < _HEAD and _stands_alone(text[begin:end], line, width))
        if fresh and begin >= 0:
            found.extend(_block(text, begin, end))
            begin = -1
        if not blank:
            begin = span.start if begin < 0 else begin
            end = span.end
    if begin >= 0:
        found.extend(_block(text, begin, end))
    return list(_unmarked_entries(text, found))


_HEAD = 1500
_HEAD_LINE = re.compile(
    r"\s*(?:(?:[A-Z][\w'’-]+ ){0,3}(?:Statement|Declaration|Remarks|Speech|Address|Intervention|Message) (?:by|of|from|to|on|at)\b|(?:Delivered|Presented) by\b|(?:Agenda )?[Ii]tem \d|(?:Media|Press|News) [Rr]elease\b|\d{1,2} [A-Z][a-z]{2,8} \d{4}\s*$|(?:(?:[Cc]heck|CHECK) (?:against|AGAINST)))"
)
"""Lines of a head that say what the document is, who gives it and when."""
_KNOWN_SO = re.compile(r"(?:^|\n)" + _HEAD_LINE.pattern)


def _width(text: str, kept: list[Span]) -> float:
    """The usual length of the long lines of a wrapped text."""
    long = [n for s in kept if (n := len(text[s.start : s.end].strip())) >= _LONG_LINE]
    return median(long) if long else 0


_LONG_LINE = 40
_ROOM = 0.8
"""A line that leaves so much of the width free, the next word counted, was ended on purpose."""


def _ended_on_purpose(before: str, line: str, width: float) -> bool:
    """Whether the next word, a capital, had had room on the one line before."""
    word = line.split(maxsplit=1)[0]
    short = "\n" not in before and len(before.strip()) + 1 + len(word) < width * _ROOM
    return short and word[0].isalnum() and not word[0].islower()


def _stands_alone(before: str, line: str, width: float) -> bool:
    """Whether a line of the head, not one of a wrapped paragraph, opens a block of its own."""
    if re.search(r"[.!?;,”\"]\s*$", before) or len(before) > _LONGEST_HEAD:
        return False
    if _HEAD_LINE.match(line) or _ended_on_purpose(before, line, width):
        return True
    return bool(_KNOWN_SO.search(before)) and bool(re.match(r"\s*[A-Z0-9]", line))


_LONGEST_HEAD = 400
_DASH = re.compile(r"[ ]?[–—][ ]")
_ENDS_LINE = re.compile(r"[.!?:;][\"”’)]*$")


def _is_aside(text: str, begin: int, end: int, line: str, width: float) -> bool:
    """Whether a dash at the head of a line goes on with a sentence that ``text[begin:end]`` left open."""
    if not _DASH.match(line) or _BULLET.match(text, begin, end):
        return False
    above = text[max(begin, text.rfind("\n", begin, end) + 1) : end].rstrip()
    return len(above) > width * _ROOM and not _ENDS_LINE.search(above)


_ENTRY_END = re.compile(r"(?:[;,](?: and| or)?|[^.!?:;,”\"])$")
_LAST_BUT_ONE = re.compile(r"[;,](?: and| or)?$")
_LONGEST_ENTRY = 240
_FEWEST_ENTRIES = 2


def _unmarked_entries(text: str, parts: list[Block]) -> Iterator[Block]:
    """Mark as list entries the lines under «… include:» that no dash or dot marks."""
    entries: set[int] = set()
    for number, part in enumerate(parts):
        if text[part.end - 1 : part.end] == ":" and not part.bullet:
            entries.update(_entries_after(text, parts, number + 1))
    for number, part in enumerate(parts):
        yield replace(part, bullet=True) if number in entries else part


def _entries_after(text: str, parts: list[Block], first: int) -> range:
    at = first
    while at < len(parts) and not parts[at].bullet and not parts[at].label:
        words = text[parts[at].start : parts[at].end]
        if len(words) > _LONGEST_ENTRY:
            break
        if not _ENTRY_END.search(words):
            before = text[parts[at - 1].start : parts[at - 1].end]
            at += bool(_LAST_BUT_ONE.search(before))  # «…; and» / «the last.»
            break
        at += 1
    return range(first, at) if at - first >= _FEWEST_ENTRIES else range(0)


def unwrapped(text: str, parts: Iterable[Block]) -> str:
    """Return the text with the line ends inside blocks made spaces; its length stays.

    Examples
    --------
    >>> unwrapped("Mines" + chr(10) + "near A", [Block(0, 12)])
    'Mines near A'
    """
    out: list[str] = []
    at = 0
    for part in parts:
        out += text[at : part.start], text[part.start : part.end].replace("\n", " ")
        at = part.end
    return "".join([*out, text[at:]])


_INLINE = re.compile(r"(?<=\S) ?(?=[•▪●] ?[A-Z“\"])")
_TURNS = re.compile(r"(?<=[.?!”\"]) (?=(?:Q|A|QUESTION|ANSWER|Question|Answer): ?[A-Z“\"])")
_FEWEST_TURNS = 3
"""So many questions and answers joined into one paragraph are turns of an interview."""
_SHORTEST_ENTRIES = 40
"""Shorter pieces between dots are a menu or a by-line, in characters on average."""


def _block(text: str, start: int, end: int) -> Iterator[Block]:
    """Make a block, or several where a list was joined into one line: «the following: • …; • …»."""
    said = [m.end() for m in _TURNS.finditer(text, start, end)]
    if len(said) >= _FEWEST_TURNS:
        for first, last in pairwise([start, *said, end]):
            yield from _one_block(text, first, last)
        return
    cuts = [m.end() for m in _INLINE.finditer(text, start, end)]
    if len(cuts) < 2 or end - cuts[0] < _SHORTEST_ENTRIES * len(cuts):
        cuts = []
    for first, last in pairwise([start, *cuts, end]):
        yield from _one_block(text, first, last)


def _one_block(text: str, start: int, end: int) -> Iterator[Block]:
    """Make a block; a long run with hardly a space is no prose and makes none."""
    if (
        end - start > 2000
        and len(text[start:end].split(None, (end - start) // 50)) * 50 < end - start
    ):
        return
    bullet = bool(_BULLET.match(text, start, min(end, start + 60)))
    label = (
        _LABEL.match(text, start, end)
        or _NAME_ALONE.match(text, start, end)
        or _OFFICE_LINE.match(text, start, end)
        or _OFFICE_SPEAKS.match(text, start, end)
        or _MEMBER.match(text, start, end)
        or _MEMBER_OF_PARTY.match(text, start, end)
    )
    name = " ".join(label["label"].replace("\u00a0", " ").split()) if label else None
    start, end = inked(text, label.end() if label else start, end)
    yield Block(start, end, bullet, name)


def _kept_lines(text: str, dropped: list[Span]) -> Iterator[Span]:
    """Lines less what was dropped; a line dropped in part keeps its rest."""
    starts = [span.start for span in dropped]
    for line in lines(text):
        rest = line.start
        at = max(bisect_right(starts, line.start) - 1, 0)
        for cut in _from(dropped, at):
            if cut.start >= line.end:
                break
            if cut.end > rest and cut.start < line.end:
                if cut.start > rest:
                    yield Span(rest, cut.start)
                rest = max(rest, cut.end)
        if rest < line.end or line.start == line.end:
            yield Span(min(rest, line.end), line.end)


_DATELINE = re.compile(
    r"(?P<place>(?>[A-ZÀ-Þ][\w.'’/]*+(?:-+[\w.'’/]++)*+(?:, ?|[ /])?+){1,6})(?P<more>(?:,? ?\(?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?\)?)?(?: ?\([A-Z][\w .-]{1,30}\))?),? ?(?P<dash>--|—|–|-)\s+(?=[\"“A-ZÀ-Þ0-9])"
)
_BRACKETED = re.compile(r"\([A-ZÀ-Þ][^()\n]{2,60}\) ?[–—-]+\s+(?=[\"“A-ZÀ-Þ0-9])")
"""A dateline in brackets: «(Nairobi) – …», «(Geneva, 3 June 2020) – …»."""
_LONGEST_DATELINE = 90
_NUMBER = re.compile(r"\d{1,2}[.)]\s+(?=[\"“A-ZÀ-Þ])")
"""The number of a paragraph or list entry, which is no sentence."""


def _from(spans: list[Span], first: int) -> Iterator[Span]:
    """The spans from one on, without copying them."""
    return map(spans.__getitem__, range(first, len(spans)))


def _dateline_end(text: str, block: Block) -> int:
    """Where a paragraph's own words begin, after «KYIV, June 3 (Agency) —»."""
    number = _NUMBER.match(text, block.start, min(block.end, block.start + 12))
    if number:
        return number.end()
    bracketed = _BRACKETED.match(text, block.start, min(block.end, block.start + _LONGEST_DATELINE))
    if bracketed:
        return bracketed.end()
    match = _DATELINE.match(text, block.start, min(block.end, block.start + _LONGEST_DATELINE))
    if match and (
        match["more"].strip() or match["dash"] == "--" or text[block.start + 1].isupper()
    ):
        return match.end()
    return block.start


def sentences(text: str, parts: list[Block]) -> list[Sentence]:
    """Cut blocks into sentences; abbreviations and initials do not end one."""
    return [
        Sentence(span.start, span.end, index)
        for index, block in enumerate(parts)
        for span in _cut(text, _dateline_end(text, block), block.end)
        if _WORD.search(text, span.start, span.end)
        and not _UNREADABLE.search(text, span.start, span.end)
    ]


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match.end() - begin > LONGEST_SENTENCE:
            yield from _slices(begin, match.end())
            begin = match.end()
        elif _ends_sentence(text, match, begin):
            yield from _trimmed(text, begin, match.end())
            begin = match.end()
    if end - begin > LONGEST_SENTENCE:
        yield from _slices(begin, end)
    else:
        yield from _trimmed(text, begin, end)


def _slices(start: int, end: int) -> Iterator[Span]:
    for at in range(start, end, LONGEST_SENTENCE):
        yield Span(at, min(at + LONGEST_SENTENCE, end))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    start, end = inked(text, start, end)
    if start < end:
        yield Span(start, end)


def _ends_sentence(text: str, stop: re.Match[str], begin: int) -> bool:
    if not _CAPITAL.match(text, stop.end()):
        return text[stop.end() : stop.end() + 1].isupper()  # joined paragraphs
    if stop.group().startswith(".") and _ABBREVIATION.search(
        text, max(begin, stop.start() - 12), stop.start() + 1
    ):
        return bool(
            re.search(r"\b[A-Z]\.[A-Z]\.$", text[max(begin, stop.start() - 6) : stop.start() + 1])
        ) and bool(_STARTER.match(text, stop.end()))
    return True
