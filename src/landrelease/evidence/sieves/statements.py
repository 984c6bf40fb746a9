# ruff: noqa: E501 - patterns are read whole
"""Statements in running text: direct, split, indirect and mixed speech with its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from landrelease.evidence.attribution import MASK, Attribution, Unit, attributions, units
from landrelease.evidence.dating import said_on
from landrelease.evidence.layout import Quote, Span
from landrelease.evidence.letterhead import head_lines
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading
from landrelease.evidence.resolving import Resolver
from landrelease.evidence.speakers import Directory, Speaker, body
from landrelease.evidence.topics import is_topical, topical_blocks

_VIA = re.compile(r"(?:told|interview with|quoted by|speaking to)(?: the)? (⟨N\d+⟩)")
_PLACE = re.compile(r"(?:visit to|in|at) (⟨[SGWL]\d+⟩)")
_PART = re.compile(
    r"□[^□]{0,60}?, (adding|warning|saying|noting|stressing|arguing|explaining|insisting)\b[^□]{0,140}(?:□|$)"
)


_INTRODUCES = 12
"""A sentence that ends in a colon so soon after its verb only introduces the next."""
_LONG_LEAD = 50
"""Words of the speaker's before a quotation that are a statement of their own, in characters."""


@dataclass
class Scene:
    """What the statements so far tell about those that follow."""

    resolver: Resolver
    dates: dict[str, str] = field(default_factory=dict)
    last_date: str | None = None
    author: Speaker | None = None
    listing: bool = False
    record: bool = False
    block: int = 0
    spoken: int = -1


def statements(reading: Reading) -> Iterator[Proposal]:
    """Yield the statements of a news text or report."""
    scene = Scene(Resolver(reading, Directory(reading)), record=_is_record(reading))
    near = topical_blocks(reading)
    parts = list(units(reading))
    for index, unit in enumerate(parts):
        found = list(_of_unit(reading, scene, parts, index))
        if unit.block in near:
            yield from found
        scene.resolver.notice(unit)


def _of_unit(reading: Reading, scene: Scene, parts: list[Unit], index: int) -> Iterator[Proposal]:
    unit = parts[index]
    if _is_heading(reading, unit):
        return
    for attribution in attributions(unit):
        speaker = scene.resolver.resolve(attribution.subject, unit)
        if speaker is None:
            continue
        details = _details(scene, unit, attribution, speaker)
        scene.resolver.heard(speaker)
        if _SAID_BEFORE.match(unit.masked) or _STATED_THIS.match(unit.masked, attribution.end):
            yield from _said_before(reading, scene, parts, index, speaker, attribution, details)
        else:
            yield from _proposals(reading, unit, speaker, attribution, details)
            yield from _other_side(reading, scene, unit, attribution, speaker)
        scene.spoken = index
        _open_text(reading, scene, parts, index)
        return
    _open_text(reading, scene, parts, index)
    if scene.author and not unit.masked.rstrip().endswith(":"):
        yield from _of_text(reading, scene, unit)
    elif _floating(unit):
        yield from _float(reading, scene, parts, index)
    elif scene.record and scene.spoken >= 0 and parts[scene.spoken].block == unit.block:
        yield from _goes_on(reading, scene, unit)


_RECORD = re.compile(
    r"\b(?:press (?:briefing|conference)|summary record|meetings? coverage|security council|general assembly|first committee)\b",
    re.IGNORECASE,
)
"""Heads of United Nations records, which retell a speech over many sentences of a paragraph."""


def _is_record(reading: Reading) -> bool:
    return any(_RECORD.search(line) for line in head_lines(reading)) and bool(
        _AT_THE_UN.search(reading.text, 0, _HEAD)
    )


_AT_THE_UN = re.compile(r"correspondents|UNHQ|Headquarters|delegates|Council|Committee|Assembly")
_HEAD = 1500


def _goes_on(reading: Reading, scene: Scene, unit: Unit) -> Iterator[Proposal]:
    """A sentence of a record after one whose speaker it names."""
    speaker = scene.resolver.last
    if speaker is None or not is_topical(reading, unit.start, unit.end):
        return
    date = scene.dates.get(speaker.name)
    details = {"date": date, "date_basis": "explicit" if date else "unknown"}
    span = Span(unit.start, unit.end)
    yield _statement(reading, span, speaker, "indirect", "statement.of-record", details)


_BUT = re.compile(r", (?:but|while|whereas|though|although|yet) (?:the )?$")


def _other_side(
    reading: Reading, scene: Scene, unit: Unit, first: Attribution, speaker: Speaker
) -> Iterator[Proposal]:
    """«…, but the group says …»: the second of two who speak in one sentence."""
    for found in attributions(unit):
        if found.start <= first.end or not _BUT.search(unit.masked[: found.start]):
            continue
        other = scene.resolver.resolve(found.subject, unit)
        if other is not None and other.name != speaker.name and not unit.quotes:
            span = unit.tagged.span(found.start, len(unit.masked))
            details = _details(scene, unit, found, other)
            rule = f"statement.{found.form}"
            yield _statement(reading, span, other, "indirect", rule, details)
        return


_SAID_BEFORE = re.compile(r"(?:This|That|It) (?:was|is|has been) (?:also )?\w+\b.{0,120} by ")
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
        yield _statement(reading, span, speaker, "indirect", rule, details)


_OPENS_TEXT = re.compile(
    r"\b(?:statement|message|letter|release|text|declaration|note|communiqu[ée]|commentary|speech|reply|answer|following)\b[^□]{0,300}:\s*$",
    re.IGNORECASE,
)
"""What announces that the words to come are another's, to the end of the text."""


def _open_text(reading: Reading, scene: Scene, parts: list[Unit], index: int) -> None:
    """After «the statement reads:» all that follows is its author's, after a colon the list is."""
    unit = parts[index]
    following = parts[index + 1] if index + 1 < len(parts) else None
    bullet = following is not None and reading.blocks[following.block].bullet
    if not unit.masked.rstrip().endswith(":") or following is None:
        if _ends_text(scene, unit) or (scene.listing and not reading.blocks[unit.block].bullet):
            scene.author = None
        return
    if bullet or (_OPENS_TEXT.search(unit.masked) and following.block != unit.block):
        scene.author = _author_of_text(scene, unit) or scene.resolver.last
        scene.listing = not _OPENS_TEXT.search(unit.masked)


_TEXT_OF = re.compile(
    r"\b(?:text|transcript|full text) of (?P<before>[^□:]{2,90}?)['’]s? (?:\w+ ){0,2}(?:message|statement|remarks|speech|address|letter)\b|\b(?:message|statement|remarks|speech|address|letter) (?:by|of|from|issued by) (?P<after>[^□:]{2,120})"
)


def _author_of_text(scene: Scene, unit: Unit) -> Speaker | None:
    """The person or body whose text is announced: «the text of Ana Reyl's message to the meeting:»."""
    match = _TEXT_OF.search(unit.masked)
    if match is None:
        return None
    words = match["before"] or match["after"]
    people = unit.tagged.all("P", words)
    if people:
        return scene.resolver.directory.person(people[0].key)
    bodies = unit.tagged.all("O", words)
    return body(bodies[0]) if bodies else None


def _ends_text(scene: Scene, unit: Unit) -> bool:
    """A text ends where another than its author is said to speak."""
    found = attributions(unit)
    if not found or scene.author is None:
        return bool(found)
    speaker = scene.resolver.resolve(found[0].subject, unit)
    own = speaker is not None and speaker.country == scene.author.country
    return scene.listing or not own or (speaker is not None and speaker.kind == "person")


_FINITE = re.compile(r"\b(?:will|is|are|was|were|has|have|had|can|must|should|would|does?)\b")
"""Words without which an entry of a list is a thing and says nothing."""


def _of_text(reading: Reading, scene: Scene, unit: Unit) -> Iterator[Proposal]:
    """A sentence of a text that another wrote."""
    if scene.author is None or not is_topical(reading, unit.start, unit.end):
        return
    if scene.listing and not _FINITE.search(unit.masked):
        return
    date = scene.dates.get(scene.author.name)
    details = {"date": date, "date_basis": "explicit" if date else "unknown"}
    mode = "indirect" if scene.listing else "written"
    span = Span(unit.start, unit.end)
    yield _statement(reading, span, scene.author, mode, "statement.of-text", details)


def _is_heading(reading: Reading, unit: Unit) -> bool:
    block = reading.blocks[unit.block]
    return reading.is_heading(unit.block) and unit.end == block.end and unit.start == block.start


def _details(scene: Scene, unit: Unit, found: Attribution, speaker: Speaker) -> dict[str, Any]:
    date = said_on(scene.resolver.reading.text, scene.last_date, unit, found)
    if date:
        scene.dates[speaker.name] = date
    if speaker.kind == "person" or scene.block >= unit.block - 1:
        date = date or scene.dates.get(speaker.name)
    scene.block = unit.block
    scene.last_date = date or scene.last_date
    via = _VIA.search(unit.masked)
    details: dict[str, Any] = {"date": date, "date_basis": "explicit" if date else "unknown"}
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
    date = scene.dates.get(speaker.name)
    scene.resolver.heard(speaker)
    details = {"date": date, "date_basis": "explicit" if date else "unknown"}
    for quote in unit.quotes:
        if quote.end - quote.start > 3:
            span = Span(quote.start, quote.end)
            yield _statement(reading, span, speaker, "direct", "statement.floating-quote", details)


def _speaker_near(reading: Reading, scene: Scene, parts: list[Unit], index: int) -> Speaker | None:
    """Within the paragraph the one before; for an open quotation the next; else who spoke last."""
    unit = parts[index]
    open_ended = unit.quotes and not unit.quotes[-1].closed
    before = parts[index - 1] if index else None
    if before and before.block == unit.block:
        return scene.resolver.last or scene.resolver.person
    after = parts[index + 1] if index + 1 < len(parts) else None
    if after and (open_ended or after.block == unit.block):
        for attribution in attributions(after):
            told = len(after.masked) - attribution.end > _OWN_CLAUSE
            if told and not open_ended and scene.spoken == index - 1 and scene.resolver.last:
                break  # «“…” Reyl said she heard a blast»: the quotation goes on the last speech
            return scene.resolver.resolve(attribution.subject, after)
    return scene.resolver.last


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
        and len(unit.masked) - found.end < _INTRODUCES
    ):
        return
    if not spoken:
        mode = "mixed" if unit.quotes else "indirect"
        yield _statement(reading, Span(unit.start, unit.end), speaker, mode, rule, details)
        return
    lead = unit.tagged.place_of(spoken[0].start - 1)
    if ":" in unit.masked[max(0, lead - 3) : lead] and lead - found.end > _LONG_LEAD:
        span = unit.tagged.span(0, lead)
        yield _statement(reading, span, speaker, "indirect", rule, details)
    for quote in spoken:
        yield _statement(reading, Span(quote.start, quote.end), speaker, "direct", rule, details)
    tail = _PART.search(unit.masked)
    if tail:
        span = unit.tagged.span(tail.start(1), len(unit.masked))
        yield _statement(reading, span, speaker, "mixed", rule, details)


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
    opens = not lead or lead[-1] in ",:.—–"
    if quote.start - 2 <= unit.start or (opens and len(words) >= 3):
        return len(words) >= 2
    ends = reading.text[quote.end - 1 : quote.end] in ".,!?"
    return opens and ends and len(words) >= 4


def _statement(
    reading: Reading, span: Span, speaker: Speaker, mode: str, rule: str, details: dict[str, Any]
) -> Proposal:
    fields: dict[str, Any] = {"speaker": speaker.name, "speaker_kind": speaker.kind, "mode": mode}
    fields |= {"role": speaker.role, "org": speaker.org, "country": speaker.country}
    confidence = {"direct": "high", "indirect": "medium"}.get(mode, "medium")
    return propose(reading, "statement", span, rule, confidence, **fields, **details)  # type: ignore[arg-type]
