# ruff: noqa: E501 - patterns are read whole
"""Sentences without a verb of speech that are another's: texts announced, lists, records, own voice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from landrelease.evidence import gazetteer
from landrelease.evidence.attribution import Unit, attributions
from landrelease.evidence.layout import Span
from landrelease.evidence.letterhead import head_lines, in_office
from landrelease.evidence.proposals import Proposal
from landrelease.evidence.reading import Reading
from landrelease.evidence.releases import notifier, state_of_notice
from landrelease.evidence.sieves.documents import (
    ASKS_FOR,
    DISTRIBUTED,
    bears_written,
    is_assertion,
    is_sentence,
)
from landrelease.evidence.sieves.scene import Scene, dated, dated_as, statement
from landrelease.evidence.speakers import Speaker, body, government
from landrelease.evidence.topics import is_topical

_OPENS_TEXT = re.compile(
    r"\b(?:statement|message|letter|release|text|declaration|note|communiqu[ée]|commentary|speech|reply|answer|following)\b[^□]{0,300}:\s*$",
    re.IGNORECASE,
)
"""What announces that the words to come are another's, to the end of the text."""


def open_text(reading: Reading, scene: Scene, parts: list[Unit], index: int) -> None:
    """After «the statement reads:» all that follows is its author's, after a colon the list is."""
    unit = parts[index]
    if _RULE_ACROSS.fullmatch(unit.masked.strip()):
        scene.author = None
        return
    if scene.voice_rule == WRITTEN and scene.spoken != index:
        return  # entries are the author's, as the sentence above them
    following = parts[index + 1] if index + 1 < len(parts) else None
    bullet = following is not None and reading.blocks[following.block].bullet
    if scene.quoted and not unit.quotes:
        scene.author, scene.quoted = None, False
    if scene.author is None and fills_quote(reading, unit) and notifier(reading):
        before = parts[index - 1] if index else None
        giver = _reason_giver(unit) or (None if _cites_law(before) else state_of_notice(reading))
        scene.author, scene.quoted, scene.listing = giver, True, False
        return
    if not unit.masked.rstrip().endswith(":") or following is None:
        entry = reading.blocks[unit.block].bullet
        if (scene.listing and not entry) or (
            not (scene.by_state and entry) and _ends_text(scene, unit)
        ):
            scene.author = None
        return
    if bullet or (_OPENS_TEXT.search(unit.masked) and following.block != unit.block):
        scene.author = (
            _author_of_text(scene, unit) or _reason_giver(following) or scene.resolver.last
        )
        scene.quoted = bool(following.quotes) and not bullet
        scene.by_state = bullet and bool(_STATES_TELL.search(unit.masked))
        scene.listing = scene.by_state or not _OPENS_TEXT.search(unit.masked)


def fills_quote(reading: Reading, unit: Unit) -> bool:
    """Whether a sentence lies within one quotation of several sentences that opens its paragraph."""
    block = reading.blocks[unit.block]
    return any(
        q.start <= unit.start + 1 and q.end >= unit.end - 1 and q.start <= block.start + 1
        for q in unit.quotes
    )


_SPEAKS_AS = re.compile(
    r"[“\"]?(?:The )?(?:Government of (?:the )?|(?:Republic|Kingdom|State) of )?(?P<state>⟨S\d+⟩) (?!['’])"
)


def _reason_giver(opening: Unit) -> Speaker | None:
    """The state whose own words a notice quotes: «“The Republic of Chile acceded in 2012. …”»."""
    match = _SPEAKS_AS.match(opening.tagged.string) if opening.quotes else None
    named = opening.tagged.mention(match["state"]) if match else None
    return government(named.key) if named else None


_LAW = re.compile(r"\b(?:[Aa]rticle|[Pp]aragraph|[Ss]ection|[Rr]ule|provision|⟨T\d+⟩)\b[^:]*:\s*$")
"""«in accordance with article 20, which reads as follows:»: what follows is no state's."""


def _cites_law(before: Unit | None) -> bool:
    return before is not None and bool(_LAW.search(before.tagged.string))


_STATES_TELL = re.compile(
    r"\b(?:[Ss]tates(?: [Pp]arties)?|[Cc]ountries|[Gg]overnments|[Dd]elegations)\b[^□]{0,60}\b(?:said|announced|reported|revealed|declared|pledged|stated|informed)\b"
)
_STATE_AT_HEAD = re.compile(r"(?:[•▪●*·–-] ?)?(?:The )?(?:[\w-]+ ){0,5}?(⟨[SG]\d+⟩)")
"""«The following states reported: • Norway will destroy …»: each entry is its state's."""


_ASIDE = r"(?: \([^()]{2,60}\)|, [^,:□]{3,90},)?"
_TEXT_OF = re.compile(
    rf"\b(?:(?:text|transcript|version){_ASIDE} of|[Ff]ollowing (?:is|are)(?: the)?(?: text of)?) (?P<before>[^□:]{{2,90}}?)['’]s? (?:\w+ ){{0,2}}(?:message|statement|remarks|speech|address|letter|appeal)\b|\b(?:message|statement|remarks|speech|address|letter|appeal){_ASIDE} (?:by|of|from|issued by|delivered by) (?P<after>[^□:]{{2,120}})"
)
_RULE_ACROSS = re.compile(r"(?:[*#_=~•·-] *){3,}")
"""Marks alone on a line, below which another text begins."""


def _author_of_text(scene: Scene, unit: Unit) -> Speaker | None:
    """The person or body whose text is announced: «the text of Ana Reyl's message to the meeting:»."""
    match = _TEXT_OF.search(unit.masked)
    if match is None:
        return None
    words = match["before"] or match["after"]
    people = unit.tagged.all("P", words)
    if people:
        return in_office(scene.resolver.directory.person(people[0].key))
    bodies = unit.tagged.all("O", words)
    return body(bodies[0]) if bodies else None


def _ends_text(scene: Scene, unit: Unit) -> bool:
    """A text ends where another than its author is said to speak."""
    if scene.author is None:
        return False
    found = attributions(unit)
    if not found:
        return False
    speaker = scene.resolver.resolve(found[0].subject, unit)
    own = speaker is not None and speaker.country == scene.author.country
    return scene.listing or not own or (speaker is not None and speaker.kind == "person")


_FINITE = re.compile(r"\b(?:will|is|are|was|were|has|have|had|can|must|should|would|does?)\b")
"""Words without which an entry of a list is a thing and says nothing."""


def _told_in_text(reading: Reading, scene: Scene, unit: Unit) -> bool:
    """A sentence of the field, or in a text that is no list one whose paragraph is."""
    if scene.listing or scene.quoted:
        return is_topical(reading, unit.start, unit.end)
    return is_assertion(reading, unit) and bears_written(reading, unit)


def of_text(reading: Reading, scene: Scene, unit: Unit) -> Iterator[Proposal]:
    """A sentence of a text that another wrote."""
    head = _STATE_AT_HEAD.match(unit.masked) if scene.by_state else None
    teller = unit.tagged.mention(head[1]) if head else None
    if teller:
        scene.author = government(teller.key)
    if scene.author is None or not _told_in_text(reading, scene, unit):
        return
    if scene.listing and not _FINITE.search(unit.masked):
        return
    details = dated(scene.dates.get(scene.author.name))
    mode = "indirect" if scene.listing else "written"
    for span in _sentences(reading, unit) if fills_quote(reading, unit) else [unit]:
        stretch = Span(span.start, span.end)
        yield statement(reading, stretch, scene.author, mode, "statement.of-text", details)


def _sentences(reading: Reading, unit: Unit) -> Iterator[Span]:
    """The sentences of a quotation that runs over several."""
    at = bisect_left(reading.sentences, unit.start, key=lambda s: s.start)
    for sentence in reading.sentences[at:]:
        if sentence.start >= unit.end:
            return
        yield Span(sentence.start, sentence.end)


OWN_VOICE = re.compile(
    r"\b[Ww]e (?:(?:have|also|strongly|hereby|again|therefore) ){0,2}(?:recorded|documented|registered|verified|counted|found|urge|call on|call for|welcome|condemn|deplore|estimate|believe|reiterate|regret|are (?:deeply |gravely )?(?:concerned|alarmed|appalled))\b"
)
"""«We recorded 40 victims» outside quotation marks: the body whose page it is."""


_FURNITURE = re.compile(
    rf"^[A-Z][\w .'’-]{{2,40}}: |{DISTRIBUTED}|\bhttps?://|^(?:Attention|Contact|Reference)\b"
)
"""Entries and addresses that a notice only prints."""
WRITTEN = "statement.written"
"""The rule of texts that are an organisation's as a whole, but for whom they quote."""
_LEAST_VIEW = 40
"""A shorter sentence holds no view of its own, in characters."""


def of_voice(reading: Reading, scene: Scene, unit: Unit) -> Iterator[Proposal]:
    """A sentence of an opinion piece in which no one else is said to speak."""
    words = reading.text[unit.start : unit.end].rstrip()
    whole = len(words) > _LEAST_VIEW and words.endswith((".", "!", "”", '"', "’"))
    if scene.voice is None or words.startswith((scene.voice.name, "The writer is")):
        return  # the note on the author
    if scene.voice_rule == WRITTEN:
        told = _written(reading, scene, unit)
    else:
        told = whole and is_topical(reading, unit.start, unit.end)
    if not told or _FURNITURE.search(words):
        return
    details = dated_as(reading)
    span = Span(unit.start, unit.end)
    yield statement(reading, span, scene.voice, "written", scene.voice_rule, details)


def _written(reading: Reading, scene: Scene, unit: Unit) -> bool:
    """Whether a sentence or entry of an organisation's own text says something of the field."""
    entry = reading.blocks[unit.block].bullet
    scene.asks = scene.asks if entry else bool(ASKS_FOR.search(unit.masked))
    if entry and not scene.asks and not is_sentence(reading, unit):
        return False
    return is_assertion(reading, unit) and bears_written(reading, unit)


def of_body(reading: Reading, unit: Unit) -> Iterator[Proposal]:
    """A sentence in the first person on a body's own page: the body named most says it."""
    listed = [m.key for m in reading.mentions if m.kind == "O" and gazetteer.is_listed(m.key)]
    named = Counter(listed)
    if not named or not is_topical(reading, unit.start, unit.end):
        return
    key = named.most_common(1)[0][0]
    own = body(next(m for m in reading.mentions if m.kind == "O" and m.key == key))
    if own.kind != "organisation":
        return
    details = dated_as(reading)
    span = Span(unit.start, unit.end)
    yield statement(reading, span, own, "written", "statement.own-voice", details)


_RECORD = re.compile(
    r"\b(?:press (?:briefing|conference)|summary record|meetings? coverage|security council|general assembly|first committee)\b",
    re.IGNORECASE,
)
"""Heads of United Nations records, which retell a speech over many sentences of a paragraph."""


def is_record(reading: Reading) -> bool:
    """Whether the head says that this is a record of a meeting or briefing of the United Nations."""
    return any(_RECORD.search(line) for line in head_lines(reading)) and bool(
        _AT_THE_UN.search(reading.text, 0, _HEAD)
    )


_AT_THE_UN = re.compile(
    r"correspondents|spokespersons|Information Service|UNHQ|Headquarters|delegates|Council|Committee|Assembly"
)
_HEAD = 1500


def goes_on(reading: Reading, scene: Scene, unit: Unit) -> Iterator[Proposal]:
    """A sentence of a record after one whose speaker it names."""
    speaker = scene.resolver.last
    block = reading.blocks[unit.block]
    if speaker is None or not is_topical(reading, block.start, block.end):
        return
    details = dated(scene.dates.get(speaker.name) or scene.met_on)
    span = Span(unit.start, unit.end)
    yield statement(reading, span, speaker, "indirect", "statement.of-record", details)


def day_of_meeting(reading: Reading) -> str | None:
    """The day that the head of a record gives, where it is that of its publication too."""
    named = {m.key for m in reading.mentions if m.kind == "D" and m.start < _HEAD}
    return reading.published if reading.published in named else None
