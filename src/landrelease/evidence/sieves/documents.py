# ruff: noqa: E501 - patterns are read whole
"""Documents that are speech as a whole: transcripts, written statements, fact sheets, memoranda."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landrelease.evidence import gazetteer
from landrelease.evidence.attribution import Attribution, Unit, attributions, units
from landrelease.evidence.labels import ASKING, is_spoken, labelled
from landrelease.evidence.layout import Block, Span
from landrelease.evidence.letterhead import directory_of
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading
from landrelease.evidence.resolving import Resolver
from landrelease.evidence.sieves.house import as_answered, is_answered_in_writing, minister
from landrelease.evidence.sieves.passed_on import told_beside
from landrelease.evidence.sieves.scene import dated_as, told_by
from landrelease.evidence.speakers import Speaker
from landrelease.evidence.subjects import MASK
from landrelease.evidence.topics import is_topical

_ASKED = re.compile(
    r"To ask (?:the|Her|His) |asked (?:the|Her|His) .{3,80}(?:what|how|whether|if|when|why)\b"
)
"""The opening of a written question."""
_HEARSAY = re.compile(
    r"^(?:And |But |So,? |Well,? )?[Aa]s (?:[\w⟨⟩'’.]+ ){1,5}(?:has |have )?(?:said|noted|announced|made clear|put it|stated)\b"
)


def is_transcript(reading: Reading) -> bool:
    """Whether at least two utterances carry a speaker's label; a state's name heads a section."""
    labels = [
        b.label
        for b in reading.blocks
        if b.label and _names_speaker(b.label) and not _headline(reading, b)
    ]
    enough = len(labels) >= 2 or (len(labels) == 1 and _opens_in_first_person(reading))
    return enough and any(not ASKING.match(label) for label in labels)


def _names_speaker(label: str) -> bool:
    return is_spoken(label) and state_of_label(label) is None


def _headline(reading: Reading, block: Block) -> bool:
    """«HRW: Mines laid in the north» is a title, not an utterance."""
    short = 0 < block.end - block.start < _LONGEST_TITLE
    return short and reading.text[block.end - 1 : block.end] not in '.!?”"’…):;*'


_LONGEST_TITLE = 130


def _opens_in_first_person(reading: Reading) -> bool:
    """Whether the words under the only label begin with «I» or «us»: one speech out of a debate."""
    at = next(i for i, b in enumerate(reading.blocks) if b.label)
    opening = reading.blocks[at : at + 2]
    styled = re.match(r"(?:M[RS]|MRS|DR|AMB)\b", (reading.blocks[at].label or "").upper())
    first = r"\b(?:I|[Ww]e|us|[Oo]ur)\b" if styled else r"\bI\b"
    return any(re.search(first, reading.text[b.start : b.end][:200]) for b in opening)


def state_of_label(label: str | None) -> str | None:
    """The state that a label is the name of, as in an overview country by country.

    Examples
    --------
    >>> state_of_label("ALBANIA"), state_of_label("MR MILLER")
    ('ALB', None)
    """
    if not label:
        return None
    found = next(gazetteer.phrase_book().find(label, 0, len(label)), None)
    whole = found is not None and found.kind == "S" and found.end - found.start == len(label)
    return found.key if found and whole else None


def transcript(reading: Reading) -> Iterator[Proposal]:
    """Yield the topical sentences of each labelled speaker."""
    directory = directory_of(reading)
    resolver = Resolver(reading, directory)
    writing = is_answered_in_writing(reading)
    speaker: Speaker | None = None
    block = -1
    for unit in units(reading):
        if unit.block != block:
            said_by = _own_label(reading, block, unit.block)
            house = minister(reading, unit.block, said_by)
            speaker = house or labelled(said_by, directory, reading, speaker)
            block = unit.block
        if speaker is None:
            asked = reading.blocks[unit.block].label is not None
            put = _ASKED.match(unit.masked)
            yield from () if put else _retold(reading, unit, resolver, _PRONOUN if asked else None)
        resolver.notice(unit)
        if (
            speaker
            and not _is_caption(reading, unit)
            and not _ASKED.match(unit.masked)
            and (own := _own_words(unit)).end > unit.start
            and (_bears(reading, unit) or _HEARSAY.match(unit.masked))
        ):
            other = _quoted_other(unit, resolver) or told_beside(unit, resolver, speaker)
            told = _spoken(reading, own, unit, other or speaker, speaker)
            yield as_answered(reading, unit, told, resolver) if writing else told


_UNSAID = re.compile(
    r"\b(?:(?:can(?:not|['’]t| not)|could(?: not|n['’]t)|never|not|no one|nobody|none of \w+|did(?:n['’]t| not)|do(?:n['’]t| not)|does(?:n['’]t| not)|have(?:n['’]t| not)|has(?:n['’]t| not)|won['’]t|will not|would(?:n['’]t| not)|nothing|no [\w⟨⟩]+)(?: (?!(?:but|and|why|what|how|when|because|as|if|he|she)\b|(?<!from )the\b)[\w⟨⟩'’]+){0,6}? (?:say|said|saying|says|tell|told|telling|claim|claimed|claiming|argue|argued|arguing|heard|hear)\b[^□.;:]{0,12}?,? ?□)",
    re.IGNORECASE,
)
"""«They cannot say, “…”», «nobody told us, “…”», «nothing from people saying, “…”»: nobody's words."""


def _own_words(unit: Unit) -> Span:
    """What someone says by themselves: the whole, or what stands before words that nobody said."""
    unsaid = _UNSAID.search(unit.masked) if unit.quotes else None
    if unsaid is None:
        return Span(unit.start, unit.end)
    before = unit.tagged.span(0, unsaid.end() - 1)
    return before if before.end - before.start > _LONG_BEFORE else Span(unit.start, unit.start)


_LONG_BEFORE = 80
"""Words before a denied quotation that say something by themselves, in characters."""


def _retold(
    reading: Reading, unit: Unit, resolver: Resolver, barred: re.Pattern[str] | None
) -> Iterator[Proposal]:
    """What a question or an unmarked opening says that others said."""
    if _is_caption(reading, unit):
        return
    for found in attributions(unit):
        if barred and (barred.fullmatch(found.subject) or _CALLED.match(unit.masked)):
            continue
        speaker = resolver.resolve(found.subject, unit)
        if speaker is None or not _is_someone(speaker) or found.verb in _SIDING:
            continue
        resolver.heard(speaker)
        block = reading.blocks[unit.block]
        if is_topical(reading, block.start, block.end):
            fields = told_by(speaker, "indirect") | dated_as(reading)
            span = Span(unit.start, unit.end)
            yield propose(reading, "statement", span, "statement.retold", "medium", **fields)
        return


_PRONOUN = re.compile(r"he|she|it|they", re.IGNORECASE)
"""Whom a question means by it stands seldom in its own words."""
_CALLED = re.compile(r"⟨P\d+⟩, (?!(?:the|an?|who)\b)")
"""«Ana, reports say …»: who is asked is called by name."""
_SIDING = ("opposed", "opposes", "backed", "supports", "asked", "asks")
"""What a question tells of states, not what they say."""


def _is_someone(speaker: Speaker) -> bool:
    """A body, an office or a full name: who is only called by a first name is asked."""
    if speaker.kind == "person":
        return bool(speaker.role) or " " in speaker.name
    return speaker.kind != "unnamed" or bool(speaker.role)


def _is_caption(reading: Reading, unit: Unit) -> bool:
    """A heading between utterances, such as the name of the bill debated."""
    return reading.blocks[unit.block].label is None and reading.is_heading(unit.block)


def _own_label(reading: Reading, before: int, now: int) -> Block:
    """A block without a label is spoken by the name that stood alone above it."""
    between = reading.blocks[max(before + 1, 0) : now + 1]
    return next((b for b in reversed(between) if b.label), reading.blocks[now])


_HOUSEKEEPING = re.compile(
    r"^(?:Great|Okay|All right|Well|Yes|Now)?[,.]? ?(?:Thanks?\b|Thank you\b|Good (?:morning|afternoon|evening)\b|Welcome\b|Hello\b|Hi\b)|\b(?:joining us|for joining|(?:is|are) joined by|(?:speakers?|colleagues?|officials?|guests?) with us|turn (?:it|the call|the floor) over|with us on the line|on the line with us|(?:take|open (?:it|this)?[\w ]{0,8}(?:for|to)) (?:your |some |a few )?questions|on the record|on background|embargoed|first hear from|next question|I am \[|This is \[)|^(?:So,? |And )?(?:[Ss]he|[Hh]e) is (?:the|our|a) ",
)
"""What is said about the meeting itself and who speaks at it."""


def _bears(reading: Reading, unit: Unit) -> bool:
    """The sentence speaks of the field, or its paragraph does and it says something."""
    if _HOUSEKEEPING.search(unit.masked):
        return False
    if is_topical(reading, unit.start, unit.end):
        return True
    block = reading.blocks[unit.block]
    if unit.end - unit.start > 40 and is_topical(reading, block.start, block.end):
        return True
    return unit.end - unit.start > _SHORTEST_ANSWER and _answers(reading, unit)


_SHORTEST_ANSWER = 28
_NO_ANSWER = re.compile(
    r"\brefer you to\b|\bget back to you\b|\b(?:nothing|anything|any \w+|more|updates?|comment) [\w ]{0,24}?(?:to (?:announce|add|share|preview|say|read out|offer)|for you)\b|\bgo ahead\b|\bI(?:['’]m| am) not (?:going|aware)\b|\bI (?:won|don|can|wouldn|do not|will not)\b|\bquestions?\b(?! of\b)|\?$|^(?:Yes|No|Okay|Sure|Right|Look|Well)\W+\w*\W*$"
)
"""Words that put a question off."""


def _answers(reading: Reading, unit: Unit) -> bool:
    """Whether a sentence answers a question that speaks of the field."""
    question = _question_before(reading, unit.block)
    asked = any(is_topical(reading, b.start, b.end) for b in question)
    return asked and not _NO_ANSWER.search(unit.masked)


def _question_before(reading: Reading, index: int) -> list[Block]:
    """The paragraphs of the question right before an utterance: only the first bears the mark."""
    first = index - 1
    if index and reading.blocks[index].label:
        while first > 0 and not reading.blocks[first].label:
            first -= 1
    label = reading.blocks[first].label if first >= 0 else None
    return reading.blocks[first:index] if label and ASKING.match(label) else []


def _quoted_other(unit: Unit, resolver: Resolver) -> Speaker | None:
    if not _HEARSAY.match(unit.masked):
        return None
    for found in attributions(unit):
        if found.start < 60 and not re.match(r"I\b|we\b", found.subject, re.IGNORECASE):
            return resolver.resolve(found.subject, unit)
    return None


def _spoken(reading: Reading, span: Span, unit: Unit, speaker: Speaker, label: Speaker) -> Proposal:
    other = speaker is not label
    spoken = "direct" if speaker.kind in ("person", "unnamed") else "written"
    fields = told_by(speaker, "indirect" if other else spoken)
    date = _yesterday(unit) if other else reading.published
    fields |= {"date": date, "date_basis": "explicit"}
    if other:
        fields["quoted_by"] = label.name
    return propose(reading, "statement", span, "statement.transcript", "high", **fields)


def _yesterday(unit: Unit) -> str | None:
    found = [m.data.value for m in unit.tagged.all("D", unit.masked[:80])]
    return found[0] if found else None


def written(reading: Reading, author: Speaker) -> Iterator[Proposal]:
    """Yield the topical sentences of a written statement as its author's."""
    resolver = Resolver(reading, directory_of(reading))
    asked = False
    quoted: Speaker | None = None
    for unit in units(reading):
        block = reading.blocks[unit.block]
        asked = bool(ASKS_FOR.search(unit.masked)) if not block.bullet else asked
        if _OPENS.search(unit.masked):
            quoted = _announcer(unit, resolver, author)
        elif not _all_quoted(unit):
            quoted = None
        if not is_assertion(reading, unit) or not bears_written(reading, unit):
            continue
        if block.bullet and not is_sentence(reading, unit) and not asked:
            continue
        speaker = quoted or _announcer(unit, resolver, author) or author
        passed_on = "direct" if speaker is quoted else "indirect"
        fields = told_by(speaker, "written" if speaker is author else passed_on)
        fields |= dated_as(reading)
        yield propose(
            reading,
            "statement",
            Span(unit.start, unit.end),
            "statement.written",
            "medium",
            **fields,
        )


_OPENS = re.compile(r"\b(?:said|says|added|commented|stated|continued)\b[^:]{0,60}:$")
"""«Defence Secretary Ana Reyl said:», before a quotation in a paragraph of its own."""


def _all_quoted(unit: Unit) -> bool:
    """Whether a sentence is nothing but quoted words."""
    return MASK in unit.masked and not unit.masked.strip(f'{MASK} .,"“”')


ASKS_FOR = re.compile(
    r"\b(?:will|shall|must|should|to|not|has|have)\s*:\s*$|\b(?:calls? (?:on|upon)|urges?|appeals? to|asks?|invites?|demands?|recommends?)\b[^:]{0,120}:\s*$"
)
"""«We call on all States: – to …», «the United States will: – not …»: each entry says something."""
_COURTESY = re.compile(
    r"^(?:Good (?:morning|afternoon|evening)|Welcome)\b|^(?:I|We) (?:again )?(?:thank|congratulate|wish to (?:thank|congratulate))\b|^(?:Allow me|Let me|Thank)\b|^For (?:more|further) information|^To (?:request|learn|read)\b|^(?:Please|Follow|Contact)\b|\bavails itself of this opportunity\b|\b(?:made|also) available (?:to|in|on|at)\b|\be-mail\b|electronic format|@"
)
"""Thanks, congratulations and contacts, in a sentence that does not speak of the field."""


DISTRIBUTED = r"\b(?:electronic format|e-mail address|subscribe to receive)\b"
"""How a text is sent out, not what it says."""


def bears_written(reading: Reading, unit: Unit) -> bool:
    """The sentence speaks of the field, or its paragraph does and it is more than courtesy."""
    if is_topical(reading, unit.start, unit.end):
        return not re.search(DISTRIBUTED, unit.masked)
    block = reading.blocks[unit.block]
    return not _COURTESY.search(unit.masked) and is_topical(reading, block.start, block.end)


_FINITE = re.compile(
    r"\b(?:will|shall|may|is|are|was|were|has|have|had|can|must|should|would|does?|did|continues?|[a-z]{3,}ed)\b"
)


def is_sentence(reading: Reading, unit: Unit) -> bool:
    """An entry of a list that says something by itself: with a verb and a full stop."""
    ended = reading.text[unit.start : unit.end].rstrip(' \n”"’').endswith(".")
    return ended and bool(_FINITE.search(unit.masked))


_REPORTS_BODY = re.compile(
    r"(⟨O\d+⟩)(?: \([^)]{1,30}\))? (?:has |have )?(?:report|estimat|stat|sa[iy])"
)


def _passed_on(unit: Unit, subject: str) -> bool:
    """A body named outright is said to report what a government passes on."""
    return any(match[1] in subject for match in _REPORTS_BODY.finditer(unit.masked))


def _announcer(unit: Unit, resolver: Resolver, author: Speaker) -> Speaker | None:
    """In a body's fact sheet a named person who announces is the speaker of that sentence."""
    for found in attributions(unit):
        speaker = resolver.resolve(found.subject, unit)
        if speaker and _is_other_state(found, speaker, author):
            return speaker
        if author.kind == "person":
            continue
        if (
            speaker
            and (speaker.kind == "person" or speaker.name != author.name)
            and (
                (found.form == "according" and ("⟨O" in found.subject or speaker.org))
                or "⟨P" in found.subject
                or (speaker.kind == "person" and speaker.role)
                or (author.kind == "government" and _passed_on(unit, found.subject))
            )
        ):
            return speaker
    return None


_HELD = re.compile(
    r"(?:sa(?:ys|id)|claim(?:s|ed)|den(?:ies|ied)|estimate[sd]?|maintain(?:s|ed)|insist(?:s|ed))\b"
)
_LEAD = 24
"""The most before a subject that opens its sentence, in characters."""


def _is_other_state(found: Attribution, speaker: Speaker, author: Speaker) -> bool:
    """«Chad denies this and says …» in another's statement: what a state named outright holds."""
    opens = found.form == "direct" and found.start < _LEAD
    named = re.match(r"⟨[SJ]", found.subject) and speaker.kind == "government"
    other = speaker.country and author.country and speaker.country != author.country
    return bool(opens and named and other and _HELD.match(found.verb))


_NEXT_ENTRY = re.compile(r"(?<=;) (?:and|or)$")
"""«…; and», before the last entry of a list."""
_SHORT, _PLAIN = 24, 30
"""The least that says something, in characters: of the field, and of anything else."""
_TITLE = re.compile(r"(?:Joint |Press |National )?[Ss]tatement (?:of|by|to|from|on behalf of) ")
"""A line that says whose statement it is."""


def is_assertion(reading: Reading, unit: Unit) -> bool:
    """Whether a unit is a whole sentence that says something, no title and no entry of a head."""
    text = _NEXT_ENTRY.sub("", reading.text[unit.start : unit.end].rstrip())
    return (
        text.endswith((".", "!", "”", '"', ";", ")"))
        and len(text) > (_SHORT if is_topical(reading, unit.start, unit.end) else _PLAIN)
        and not _TITLE.match(text)
        and not re.match(
            r"(?:You are authorized|SUBJECT|MEMORANDUM|Delivered by|Date: .{0,40}Description:|Photo\b|Description:)",
            text,
        )
    )
