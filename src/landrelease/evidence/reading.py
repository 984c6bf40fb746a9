"""A text read once: cleaned, cut into sentences, its names and amounts found and tagged.

Sieves match patterns on *tagged* sentences, where each mention is replaced by a tag such as
``⟨S3⟩`` (state, third mention). :meth:`Tagged.span` leads back to the place in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from landrelease.evidence import (
    aliases,
    cleaning,
    dates,
    gazetteer,
    given_names,
    homeland,
    house_answers,
    interviews,
    layout,
    names,
    quantities,
    quotations,
    treaty_names,
)
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.layout import Block, Quote, Sentence, Span

MOST_TAGS = 80
"""A sentence with more names and numbers than this is a table or a list and is not read."""
TAG = re.compile(r"⟨([A-Z])(\d+)⟩")
_ENDS_SENTENCE = re.compile(r"[.!?)”\"…:;](?:\[\d+\])?$|[.!?,][’']$")
_SIGNED_QUOTE = re.compile(r"[“\"].{20,}[”\"] ?[—–-]{1,2} ?[A-Z]")
_TELLS = re.compile(r"\b(?:said|told|added|called|warned|was|were|has been|have been|had)\b")
"""Verbs of a sentence told in the past, which a headline seldom has."""
_MACRO = re.compile(r"\{([A-Z|]+)(?::(\w+))?\}")
_PRIORITY = {"money": "V", "area": "A", "percent": "C", "duration": "U", "number": "Q"}


def pattern(source: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile a pattern over tagged sentences.

    ``{S}`` stands for the tag of a state, ``{S|O:who}`` for a state or organisation in group
    ``who``; letters are those of :class:`~landrelease.evidence.gazetteer.Mention`.

    Examples
    --------
    >>> bool(pattern("{S:who} (?:has )?ratified {T}").search("⟨S0⟩ ratified ⟨T1⟩"))
    True
    """

    def tag(match: re.Match[str]) -> str:
        letters = match[1].replace("|", "")
        body = rf"⟨(?-i:[{letters}])\d+⟩"
        return f"(?P<{match[2]}>{body})" if match[2] else f"(?:{body})"

    return re.compile(_MACRO.sub(tag, source), flags)


@dataclass(frozen=True)
class Tagged:
    """One sentence with its mentions replaced by tags."""

    index: int
    sentence: Sentence
    string: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    mentions: tuple[Mention, ...]

    def span(self, first: int, last: int) -> Span:
        """Return the place in the text of ``string[first:last]``, outer spaces left out."""
        while first < last and self.string[first] == " ":
            first += 1
        while last > first and self.string[last - 1] == " ":
            last -= 1
        if first >= last:
            at = (
                self.starts[min(first, len(self.starts) - 1)]
                if self.starts
                else self.sentence.start
            )
            return Span(at, at)
        return Span(self.starts[first], self.ends[last - 1])

    def mention(self, tag: str | None) -> Mention | None:
        """Return the mention of the first tag in a matched group."""
        match = TAG.search(tag or "")
        return self.mentions[int(match[2])] if match else None

    def all(self, kinds: str, part: str | None = None) -> list[Mention]:
        """Return the mentions of these kinds, in the sentence or in a part of its string."""
        source = self.string if part is None else part
        return [self.mentions[int(m[2])] for m in TAG.finditer(source) if m[1] in kinds]

    def place_of(self, offset: int) -> int:
        """Return where a character of the text stands in the string."""
        return bisect_left(self.starts, offset)

    def place(self, mention: Mention) -> int:
        """Return where a mention's tag stands in the string."""
        return self.place_of(mention.start)


@dataclass(frozen=True)
class Reading:
    """A text with everything the sieves ask of it."""

    text: str
    published: str | None
    dropped: tuple[cleaning.Dropped, ...]
    blocks: list[Block]
    sentences: list[Sentence]
    quotes: list[Quote]
    mentions: list[Mention]
    people: dict[str, str]
    publisher: str | None = None
    title: str | None = None
    address: str | None = None

    @cached_property
    def tagged(self) -> list[Tagged]:
        """All sentences, tagged."""
        return [self.tag(i, s) for i, s in enumerate(self.sentences)]

    @cached_property
    def states(self) -> Counter[str]:
        """How often each state is named; its own bodies count for it, a news agency once."""
        counts: Counter[str] = Counter()
        counted = False
        for mention in self.mentions:
            if mention.kind in "SJG":
                counts[mention.key] += 1
            elif mention.key.startswith("agency:"):
                counts[mention.key.split(":")[1]] += not counted
                counted = True
            elif mention.kind == "O" and (own := gazetteer.organisation(mention.key).get("iso3")):
                counts[own] += 2
        return counts

    @cached_property
    def home(self) -> str | None:
        """The state a document is at home in: named most, of its parliament, or of its lead."""
        lead = re.match(r"(?:The )?(⟨[SJO]\d+⟩)", self.told[0].string) if self.told else None
        first = self.told[0].mention(lead[1]) if lead else None
        own = gazetteer.organisation(first.key).get("iso3") if first else None
        opening = first.key if first and first.kind != "O" else own
        clear = homeland.home_of(self.states)
        speaks = bool(self.told) and homeland.SPEAKS_FIRST.match(self.told[0].string) is not None
        if speaks and opening and clear and self.states[clear] < 4 * self.states[opening]:
            return opening
        return clear or homeland.by_parliament(self.text) or opening

    def is_heading(self, index: int) -> bool:
        """Whether a block is a heading: short, one piece, not ended like a sentence."""
        block = self.blocks[index]
        if block.bullet or block.label or block.end - block.start > 130 or len(self.blocks) < 2:
            return False
        words = self.text[block.start : block.end]
        if _ENDS_SENTENCE.search(words) or _SIGNED_QUOTE.match(words):
            return False
        return index < self._body_from or len(words) < 60 or not _TELLS.search(words)

    @cached_property
    def put_to_ministers(self) -> tuple[Block, ...]:
        """Questions put to ministers in a parliament: they state nothing."""
        return tuple(b for b in self.blocks if house_answers.is_question(self.text, b))

    @cached_property
    def _body_from(self) -> int:
        """The first block that is a paragraph: headlines stand before it."""
        return next((i for i, b in enumerate(self.blocks) if b.end - b.start > 130), 0)

    @cached_property
    def told(self) -> list[Tagged]:
        """Tagged sentences of the body, headings left out."""
        return [t for t in self.tagged if not self.is_heading(t.sentence.block)]

    def before(self, tagged: Tagged, most: int) -> list[Tagged]:
        """The sentences before one in its paragraph, so many at most, the nearest first."""
        at = bisect_left(self.sentences, tagged.sentence.start, key=lambda s: s.start)
        near = self.tagged[max(at - most, 0) : at]
        return [t for t in reversed(near) if t.sentence.block == tagged.sentence.block]

    def quoted(self, start: int, end: int) -> list[Quote]:
        """Quotes that overlap a stretch of the text."""
        at = bisect_left(self.quotes, start, key=lambda q: q.end)
        found = []
        while at < len(self.quotes) and self.quotes[at].start < end:
            found.append(self.quotes[at])
            at += 1
        return found

    def inside(self, start: int, end: int, kinds: str) -> list[Mention]:
        """Mentions of these kinds in a stretch of the text."""
        at = bisect_left(self.mentions, start, key=lambda m: m.start)
        found = []
        while at < len(self.mentions) and self.mentions[at].start < end:
            if self.mentions[at].kind in kinds:
                found.append(self.mentions[at])
            at += 1
        return found

    def last_before(self, at: int, kind: str) -> Mention | None:
        """The last mention of a kind that begins before a place of the text."""
        first = bisect_left(self.mentions, at, key=lambda m: m.start)
        places = range(first - 1, -1, -1)
        return next((self.mentions[i] for i in places if self.mentions[i].kind == kind), None)

    @cached_property
    def named_states(self) -> frozenset[str]:
        """The states that the words name."""
        return frozenset(m.key for m in self.mentions if m.kind in "SJG")

    @cached_property
    def named_of_kind(self) -> Counter[str]:
        """How many mentions there are of each kind."""
        return Counter(m.kind for m in self.mentions)

    def tag(self, index: int, sentence: Sentence) -> Tagged:
        """Return one stretch with its mentions replaced by tags and its spaces squeezed."""
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        kept: list[Mention] = []
        at = sentence.start
        mentions = [
            m
            for m in self.inside(sentence.start, sentence.end, "SJGONPLWTMDVAUCQ")
            if m.end <= sentence.end
        ]
        if len(mentions) > MOST_TAGS:
            return Tagged(index, sentence, "", (), (), ())
        for number, mention in enumerate([*mentions, None]):
            stop = mention.start if mention else sentence.end
            for position in range(at, stop):
                char = self.text[position]
                plain = " " if char.isspace() or char in "⟨⟩" else char
                if plain == " " and out and out[-1] == " ":
                    ends[-1] = position + 1
                    continue
                out.append(plain)
                starts.append(position)
                ends.append(position + 1)
            if mention:
                tag = f"⟨{mention.kind}{number}⟩"
                out.extend(tag)
                starts.extend([mention.start] * len(tag))
                ends.extend([mention.end] * len(tag))
                kept.append(mention)
                at = mention.end
        return Tagged(index, sentence, "".join(out), tuple(starts), tuple(ends), tuple(kept))


def read(
    text: str,
    published: str | None = None,
    *,
    publisher: str | None = None,
    title: str | None = None,
    address: str | None = None,
) -> Reading:
    """Clean a text, cut it and find its names, dates and amounts.

    Parameters
    ----------
    text : str
        The text as given.
    published : str, optional
        Partial ISO date of publication.
    publisher, title, address : str, optional
        What is known of the document.

    Returns
    -------
    Reading
    """
    dropped = cleaning.drop(text)
    blocks = layout.blocks(text, [Span(d.start, d.end) for d in dropped])
    blocks = house_answers.turns(text, blocks) or interviews.turns(text, blocks)
    text = layout.unwrapped(text, blocks)
    sentences = layout.sentences(text, blocks)
    mentions, people = _mentions(text, sentences, published)
    found_quotes = quotations.quotes(text, blocks)
    return Reading(
        text,
        published,
        dropped,
        blocks,
        sentences,
        found_quotes,
        mentions,
        people,
        publisher,
        title,
        address,
    )


def _mentions(
    text: str, sentences: list[Sentence], published: str | None
) -> tuple[list[Mention], dict[str, str]]:
    named: list[Mention] = []
    for sentence in sentences:
        named.extend(_of_sentence(text, sentence, published))
    named = _merge(list(treaty_names.find_protocols(text, named)), named)
    named = given_names.named_people(text, named)
    people = names.surnames(named)
    named = [m if _is_place(text, m) else _known_person(m, people) for m in named]
    return homeland.owned(text, aliases.aliased(text, named)), people


def _of_sentence(text: str, sentence: Sentence, published: str | None) -> list[Mention]:
    """Listed names first («AP mines» are no agency), dates, ordnance, amounts, names by shape."""
    start, end = sentence.start, sentence.end
    ordnance = list(gazetteer.find_ordnance(text, start, end))
    mines = {m.start for m in ordnance}
    found = _merge(
        [
            *(
                m
                for m in gazetteer.phrase_book().find(text, start, end)
                if not (m.kind == "N" and m.start in mines)
            ),
            *treaty_names.find_described(text, start, end),
        ],
        [],
    )
    found = _merge(_dated(text, sentence, published), found)
    found = _merge(ordnance, found)
    found = _merge(_counted(text, sentence), found)
    return _merge(list(names.find_names(text, start, end, found)), found)


_AT = re.compile(r"\b(?:in|near|at|around|outside)(?: the)? $")


def _is_place(text: str, mention: Mention) -> bool:
    """«near Venzu» is a place, whoever else is called so."""
    return mention.kind == "W" and bool(_AT.search(text, max(0, mention.start - 14), mention.start))


def _known_person(mention: Mention, people: dict[str, str]) -> Mention:
    if mention.kind in "PW" and mention.key in people:
        return Mention("P", mention.start, mention.end, people[mention.key])
    whole = people.get(mention.key.split()[-1], "") if mention.kind == "P" else ""
    if whole.endswith(f" {mention.key}"):  # «Ms Lund Berg» after «Kari Lund Berg»
        return Mention("P", mention.start, mention.end, whole)
    return mention


def _dated(text: str, sentence: Sentence, published: str | None) -> list[Mention]:
    return [
        Mention("D", d.start, d.end, d.value or "", d)
        for d in dates.find_dates(text, sentence.start, sentence.end, published)
    ]


def _counted(text: str, sentence: Sentence) -> list[Mention]:
    return [
        Mention(_PRIORITY[q.kind], q.start, q.end, q.unit or "", q)
        for q in quantities.find_quantities(text, sentence.start, sentence.end)
    ]


def _merge(fresh: list[Mention], taken: list[Mention]) -> list[Mention]:
    """Add the fresh mentions that overlap none already taken; both lists come in order."""
    merged = list(taken)
    fresh = sorted(fresh, key=lambda m: (m.start, -m.end))
    starts = [m.start for m in taken]
    last = -1
    for mention in fresh:
        at = bisect_left(starts, mention.start)
        before_clear = at == 0 or taken[at - 1].end <= mention.start
        after_clear = at == len(taken) or taken[at].start >= mention.end
        if before_clear and after_clear and mention.start >= last:
            merged.append(mention)
            last = mention.end
    return sorted(merged, key=lambda m: m.start)
