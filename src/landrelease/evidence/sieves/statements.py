# ruff: noqa: E501 - patterns are read whole
"""Statements in running text: direct, split, indirect and mixed speech with its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from landrelease.evidence.attribution import Attribution, Unit, attributions, units
from landrelease.evidence.authors import ANNOUNCES_TEXT, announces_text
from landrelease.evidence.dating import said_on
from landrelease.evidence.directory import Directory
from landrelease.evidence.labels import body_asked, is_page_of_questions
from landrelease.evidence.layout import Quote, Sentence, Span
from landrelease.evidence.opinions import opinion_author
from landrelease.evidence.partners import together
from landrelease.evidence.proposals import Proposal
from landrelease.evidence.reading import Reading
from landrelease.evidence.releases import notifier, release_voice
from landrelease.evidence.resolving import Resolver
from landrelease.evidence.sieves.scene import Scene, dated, statement
from landrelease.evidence.sieves.texts import (
    OWN_VOICE,
    WRITTEN,
    day_of_meeting,
    goes_on,
    is_record,
    of_body,
    of_text,
    of_voice,
    open_text,
)
from landrelease.evidence.speakers import Speaker, body
from landrelease.evidence.subjects import MASK
from landrelease.evidence.topics import is_topical, topical_blocks

_VIA = re.compile(r"(?:told|interview with|quoted by|speaking to)(?: the)? (⟨N\d+⟩)")
_PART = re.compile(
    r"□[^□]{0,60}?, (adding|warning|saying|noting|stressing|arguing|explaining|insisting)\b[^□]{0,140}(?:□|$)"
)


_INTRODUCES = 12
"""A sentence that ends in a colon so soon after its verb only introduces the next."""
_THE_FOLLOWING = re.compile(r"\bfollowing (?:\w+ )?(?:statement|declaration|appeal)")
"""«issued the following statement on …:» only introduces too, however long."""
_LONG_LEAD = 50
"""Words of the speaker's before a quotation that are a statement of their own, in characters."""


def statements(reading: Reading, author: Speaker | None) -> Iterator[Proposal]:
    """Yield the statements of a news text or report, or of a text that an author wrote as a whole."""
    resolver = Resolver(reading, Directory(reading))
    parts = list(units(reading))
    scene = Scene(resolver, record=is_record(reading), voice=opinion_author(reading))
    scene.met_on = day_of_meeting(reading) if scene.record else None
    if scene.voice is None and is_page_of_questions(reading):
        scene.voice, scene.voice_rule = body_asked(reading), "statement.answers"
    if scene.voice is None and author and notifier(reading) is None:
        scene.voice, scene.voice_rule = author, WRITTEN
    if scene.voice is None and not announces_text(reading):
        scene.voice, scene.voice_rule = release_voice(reading, resolver, parts), "statement.release"
    near = topical_blocks(reading)
    for index, unit in enumerate(parts):
        found = list(_of_unit(reading, scene, parts, index))
        if unit.block in near:
            yield from found
        scene.resolver.notice(unit)


def _of_unit(reading: Reading, scene: Scene, parts: list[Unit], index: int) -> Iterator[Proposal]:
    unit = parts[index]
    if _SOURCE_LINE.match(unit.masked):
        _hear_source(scene, unit)
        return
    if _says_nothing(reading, unit):
        return
    tellers = attributions(unit)
    found = _teller(scene, parts, index, tellers)
    if found:
        yield from _told_by(reading, scene, parts, index, tellers, *found)
        scene.spoken = index
    open_text(reading, scene, parts, index)
    if found is None:
        yield from _told_by_no_name(reading, scene, parts, index)


def _teller(
    scene: Scene, parts: list[Unit], index: int, tellers: list[Attribution]
) -> tuple[Attribution, Speaker] | None:
    """The likeliest attribution of a unit that leads to a speaker."""
    for attribution in tellers:
        speaker = scene.resolver.resolve(attribution.subject, parts[index])
        if speaker is not None and not _told_in_record(scene, parts, index, attribution):
            return attribution, speaker
    return None


def _told_by(
    reading: Reading, scene: Scene, parts: list[Unit], index: int,
    tellers: list[Attribution], attribution: Attribution, speaker: Speaker,
) -> Iterator[Proposal]:  # fmt: skip
    """What a unit that names its speaker tells: of itself, or of the sentence before."""
    unit = parts[index]
    details = _details(scene, unit, attribution, speaker)
    scene.resolver.heard(speaker)
    passive = (
        attribution.form == "passive"
        and _SAID_BEFORE.match(unit.masked)
        and not _THAT.match(unit.masked, attribution.end)
    )
    if passive or _STATED_THIS.match(unit.masked, attribution.end):
        yield from _said_before(reading, scene, parts, index, speaker, attribution, details)
        return
    for one in together(unit, attribution, speaker, scene.resolver.directory):
        yield from _proposals(reading, unit, one, attribution, details)
        scene.resolver.heard(one)
    yield from _other_side(reading, scene, unit, tellers, attribution, speaker)


def _told_by_no_name(
    reading: Reading, scene: Scene, parts: list[Unit], index: int
) -> Iterator[Proposal]:
    """What a unit without a speaker of its own tells: as its text's, its head's or the last one's."""
    unit = parts[index]
    if scene.author and not unit.masked.rstrip().endswith(":"):
        yield from of_text(reading, scene, unit)
    elif _floating(unit):
        yield from _float(reading, scene, parts, index)
    elif scene.voice:
        yield from of_voice(reading, scene, unit)
    elif OWN_VOICE.search(unit.masked):
        yield from of_body(reading, unit)
    elif _in_paragraph_of_record(scene, parts, index):
        yield from goes_on(reading, scene, unit)


def _told_in_record(scene: Scene, parts: list[Unit], index: int, found: Attribution) -> bool:
    """«… the President had announced …» within a delegate's retold speech: the delegate says so."""
    past = rf"\bhad (?:also )?{re.escape(found.verb)}$"
    within = _in_paragraph_of_record(scene, parts, index)
    return within and re.search(past, parts[index].masked[: found.end]) is not None


def _in_paragraph_of_record(scene: Scene, parts: list[Unit], index: int) -> bool:
    """Whether a unit of a record of a meeting stands in the paragraph in which someone spoke."""
    spoken = scene.record and scene.spoken >= 0
    return bool(spoken) and parts[scene.spoken].block == parts[index].block


_SOURCE_LINE = re.compile(r"Sources?: ")


def _hear_source(scene: Scene, unit: Unit) -> None:
    """«Source: the agency, citing Ana Reyl»: who speaks in the quotations that follow."""
    people, bodies = unit.tagged.all("P"), unit.tagged.all("O")
    if people:
        scene.resolver.heard(scene.resolver.directory.person(people[-1].key))
    elif bodies:
        scene.resolver.heard(body(bodies[-1]))


_BUT = re.compile(
    r"[,;] (?:but|while|whereas|though|although|yet|and) (?:the )?$| after (?:the )?$|, an? (?:claim|charge|figure|accusation|allegation|assertion|number) (?:that |which )?(?:the )?$"
)


_BESIDE = re.compile(r"; (?:the )?$")
"""«The army said two; the agency estimates the toll at four»: where more than a denial follows."""


def _other_side(
    reading: Reading,
    scene: Scene,
    unit: Unit,
    tellers: list[Attribution],
    first: Attribution,
    speaker: Speaker,
) -> Iterator[Proposal]:
    """«…, but the group says …»: the second of two who speak in one sentence, or the first."""
    for found in tellers:
        stop = unit.masked.find(";", found.end, max(first.start, found.end))
        if found.form == "direct" and stop >= 0 and MASK not in unit.masked[:stop]:
            ahead = scene.resolver.resolve(found.subject, unit)
            if ahead is not None:
                rule = f"statement.{found.form}"
                apart = unit.tagged.span(0, stop)
                details = _details(scene, unit, found, ahead)
                yield statement(reading, apart, ahead, "indirect", rule, details)
            return
        before, after = unit.masked[: found.start], unit.masked[found.end :]
        beside = len(after) > _OWN_CLAUSE and _BESIDE.search(before)
        if found.start <= first.end or not (beside or _BUT.search(before)):
            continue
        other = scene.resolver.resolve(found.subject, unit)
        apart = unit.tagged.span(found.start, len(unit.masked))
        quoted = [q for q in unit.quotes if q.end > apart.start]
        own = not any(_is_speech(reading, unit, q) for q in quoted)
        if (
            other is not None
            and (other.name != speaker.name or found.subject == "the other")
            and own
        ):
            details = _details(scene, unit, found, other)
            rule = f"statement.{found.form}"
            yield statement(reading, apart, other, "mixed" if quoted else "indirect", rule, details)
        return


_SAID_BEFORE = re.compile(r"(?:This|That|It) (?:was|is|has been) (?:also )?\w+\b.{0,120} by ")
_THAT = re.compile(r"[^.;□]{0,40}? that\b")
"""«It was conceded by the army that …»: what is said follows."""
_STATED_THIS = re.compile(r" (?:this|so)\b(?:[.,]| (?:at|in|on|during|to|when|upon|while|after)\b)")
"""What is said stands in the sentence before."""


def _said_before(
    reading: Reading,
    scene: Scene,
    parts: list[Unit],
    index: int,
    speaker: Speaker,
    found: Attribution,
    details: dict[str, Any],
) -> Iterator[Proposal]:
    """«This was announced by the minister»: the sentence before is the minister's."""
    before = parts[index - 1] if index else None
    if before is None or scene.spoken == index - 1 or reading.is_heading(before.block):
        return
    if is_topical(reading, before.start, before.end):
        span = Span(before.start, before.end)
        rule = f"statement.{found.form}"
        yield statement(reading, span, speaker, "indirect", rule, details)


def _says_nothing(reading: Reading, unit: Unit) -> bool:
    """A question, or a heading that announces no text."""
    asked = reading.blocks[unit.block].label == "Q"
    return asked or (_is_heading(reading, unit) and not ANNOUNCES_TEXT.match(unit.masked))


def _is_heading(reading: Reading, unit: Unit) -> bool:
    block = reading.blocks[unit.block]
    return reading.is_heading(unit.block) and unit.end == block.end and unit.start == block.start


def _details(scene: Scene, unit: Unit, found: Attribution, speaker: Speaker) -> dict[str, Any]:
    reading = scene.resolver.reading
    date = said_on(reading, scene.last_date, unit, found)
    if date:
        scene.dates[speaker.name] = date
    if speaker.kind == "person" or scene.block >= unit.block - 1:
        date = date or scene.dates.get(speaker.name)
    scene.block = unit.block
    scene.last_date = date or scene.last_date
    date = date or scene.met_on
    via = _VIA.search(unit.masked)
    details = dated(date)
    if via and (outlet := unit.tagged.mention(via[1])):
        details["via"] = outlet.key
    return details


def _floating(unit: Unit) -> bool:
    """Only quoted words, but for a word or two."""
    own = re.sub(rf"{MASK}+", " ", unit.masked)
    return MASK in unit.masked and len(own.split()) <= 2


def _is_title(reading: Reading, unit: Unit) -> bool:
    """A short quotation without a full stop, alone on its line, heads a section."""
    block = reading.blocks[unit.block]
    words = reading.text[block.start : block.end].rstrip("\"”’' ")
    return len(words) < _LONGEST_TITLE and words[-1:] not in ".,!?…"


_LONGEST_TITLE = 60


def _float(reading: Reading, scene: Scene, parts: list[Unit], index: int) -> Iterator[Proposal]:
    speaker = _speaker_near(reading, scene, parts, index)
    unit = parts[index]
    if speaker is None or _is_title(reading, unit):
        return
    scene.resolver.heard(speaker)
    details = dated(scene.dates.get(speaker.name))
    for quote in unit.quotes:
        if quote.end - quote.start > 3:
            span = Span(quote.start, quote.end)
            yield statement(reading, span, speaker, "direct", "statement.floating-quote", details)


def _speaker_near(reading: Reading, scene: Scene, parts: list[Unit], index: int) -> Speaker | None:
    """Within the paragraph the one before; for an open quotation the next; else who spoke last."""
    unit = parts[index]
    named = _named_beside(reading, scene, unit)
    if named:
        return named
    open_ended = unit.quotes and not unit.quotes[-1].closed
    before = parts[index - 1] if index else None
    if before and before.block == unit.block:
        shown = scene.resolver.opener if scene.spoken != index - 1 else None
        return shown or scene.resolver.last or scene.resolver.person
    after = parts[index + 1] if index + 1 < len(parts) else None
    if after and (open_ended or after.block == unit.block):
        for attribution in attributions(after):
            told = len(after.masked) - attribution.end > _OWN_CLAUSE
            if told and not open_ended and scene.spoken == index - 1 and scene.resolver.last:
                break  # «“…” Reyl said she heard a blast»: the quotation goes on the last speech
            return scene.resolver.resolve(attribution.subject, after)
    return scene.resolver.last


_NAME_LINE = re.compile(r"(?:[—–-] ?)?⟨P(?P<p>\d+)⟩(?:,| [—–-] ).{2,90}")


def _named_beside(reading: Reading, scene: Scene, unit: Unit) -> Speaker | None:
    """A name with its office on the line before or after a quotation that fills its paragraph."""
    block = reading.blocks[unit.block]
    if (unit.start, unit.end) != (block.start, block.end):
        return None
    for index in (unit.block - 1, unit.block + 1):
        line = reading.blocks[index] if 0 <= index < len(reading.blocks) else block
        if line is block or not reading.is_heading(index):
            continue
        tagged = reading.tag(0, Sentence(line.start, line.end, index))
        match = _NAME_LINE.fullmatch(tagged.string)
        if match:
            return scene.resolver.directory.person(tagged.mentions[int(match["p"])].key)
    return None


_OWN_CLAUSE = 12
"""A verb with more after it than this tells its own clause, in characters."""


def _proposals(
    reading: Reading, unit: Unit, speaker: Speaker, found: Attribution, details: dict[str, Any]
) -> Iterator[Proposal]:
    rule = f"statement.{found.form}"
    spoken = [
        q for q in unit.quotes if _is_speech(reading, unit, q) and not _in_subject(unit, found, q)
    ]
    if (
        not spoken
        and unit.masked.rstrip().endswith(":")
        and (len(unit.masked) - found.end < _INTRODUCES or _THE_FOLLOWING.search(found.verb))
    ):
        return
    if not spoken:
        mode = "mixed" if unit.quotes else "indirect"
        yield statement(reading, Span(unit.start, unit.end), speaker, mode, rule, details)
        return
    lead = unit.tagged.place_of(spoken[0].start - 1)
    if ":" in unit.masked[max(0, lead - 3) : lead] and lead - found.end > _LONG_LEAD:
        span = unit.tagged.span(0, lead)
        yield statement(reading, span, speaker, "indirect", rule, details)
    for quote in spoken:
        yield statement(reading, Span(quote.start, quote.end), speaker, "direct", rule, details)
    tail = _PART.search(unit.masked)
    if tail:
        span = unit.tagged.span(tail.start(1), len(unit.masked))
        yield statement(reading, span, speaker, "mixed", rule, details)


def _in_subject(unit: Unit, found: Attribution, quote: Quote) -> bool:
    """A title in the apposition: «Ana Reyl, author of “A Long Way,” said»."""
    at = unit.tagged.place_of(quote.start)
    return found.form == "direct" and found.start < at < found.start + len(found.subject)


def _is_speech(reading: Reading, unit: Unit, quote: Quote) -> bool:
    """A quotation that stands as speech of its own, not a phrase within the author's sentence."""
    words = reading.text[quote.start : quote.end].split()
    lead = reading.text[
        max(unit.start, quote.start - 30) : max(quote.start - 1, unit.start)
    ].rstrip()
    opens = not lead or lead[-1] in ",:;.—–"
    if quote.start - 2 <= unit.start or (opens and len(words) >= 3):
        return len(words) >= 2
    ends = reading.text[quote.end - 1 : quote.end] in ".,!?"
    return opens and ends and len(words) >= 4
