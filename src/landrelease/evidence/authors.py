# ruff: noqa: E501 - patterns are read whole
"""Whose words a whole document is: statements, releases, speeches, printed remarks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from landrelease.evidence.directory import Directory
from landrelease.evidence.letterhead import (
    LONGEST_HEAD_LINE,
    capitalised,
    directory_of,
    head_lines,
    heading,
    letterhead_of,
    of_publisher,
    publisher_of,
    speaker_named,
)
from landrelease.evidence.named_roles import small_letters
from landrelease.evidence.names import holds_role
from landrelease.evidence.papers import body_at_head, issuer
from landrelease.evidence.reading import Reading, read
from landrelease.evidence.speakers import Speaker, body, government

_WRITTEN = re.compile(
    r"^(?:joint |press |official |public |written )?(?:statements?|remarks|fact[ -]?sheet|readout|memorandum|letter|message|declaration|background|proclamation|communiqu[ée]|note verbale|determination|notice|policy)\b|^a memorandum|^(?:national |opening |closing )?(?:address|speech|intervention|testimony) (?:by|of|delivered by) |\bfact sheet\b",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:\bby\b|\bfrom\b(?! (?:the )?(?:convention|treaty|ottawa|mines?|landmines|war)\b)|(?<=statement )of|(?<=remarks )of|(?<=letter )of)\s+(?P<author>.+?)(?=\s+(?:on|regarding|concerning|about|to|announcing|in|at|following|for the)\b|[:—–]|$)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?m)^\s*(?:/s/\s*)?((?:[A-Z][A-Z.'’-]+ ){1,4}[A-Z][A-Z.'’-]+)\.?\s*$")


_ABOUT = (
    r"(?: (?:to|by|of|from|on|at|before|regarding|for|in|following|concerning|during)\b.{0,200})?"
)
_KIND_LINE = re.compile(
    rf"(?:(?:joint|press|official|public|written|opening|closing|introductory|welcoming|national|country|general|(?:\w+ ){{0,3}}(?:presidency|president['’]s|chair['’]s|presidential)) ){{0,2}}(?:statements?|remarks|fact ?sheet|readout|declaration|communiqu[ée]|speech|address|message|testimony){_ABOUT}",
    re.IGNORECASE,
)
"""A line of the head that says what the document is."""
_SPEECH_LINE = re.compile(
    rf"(?:\[[^\]]{{3,80}}\] )?(?:(?P<author>.{{3,100}}?)['’]s? (?:\w+ ){{0,2}}(?:remarks|statement|speech|address){_ABOUT}|(?:press |media )?(?:briefing|speech|remarks) by (?P<by>.{{3,160}}))",
    re.IGNORECASE,
)
"""A line that names a speaker whose words follow unmarked; only where the text says «I» or «we»."""
_DELIVERED = re.compile(
    r"(?:(?:statement|remarks|speech|address) )?(?:delivered|presented|read|given) by (?P<by>.{3,160})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:My Lords|(?:Mr|Madam|Mister)\.? (?:President|Chair\w*|Speaker|Deputy Speaker)|I (?:take the floor|rise\b|too rise|beg to move|have the honou?r)|(?:Your )?Excellenc(?:y|ies)|[Dd]istinguished (?:delegates|guests|colleagues)|[Ll]adies and [Gg]entlemen|I (?:extend|convey) (?:my )?(?:warm|sincere|best)|I am (?:very |truly |so )?(?:pleased|honou?red|delighted|grateful|glad|happy) to)\b"
)
"""How a speech begins; the whole text is its speaker's."""
_TITLED_STATEMENT = re.compile(
    r"[:–—-] (?:joint |national |general )?(?:statement|remarks|speech)\b", re.IGNORECASE
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me)\b")
_RELEASE_LINE = re.compile(
    r"(?:(?:news|media|press|immediate|for immediate) release|release|media advisory|press note)\b(?:.{0,40}|\W{1,4}(?:strictly |under |not )?embargo.{0,90}|,? (?:from|by|of|issued by) .{3,90})",
    re.IGNORECASE,
)


def is_written(reading: Reading) -> bool:
    """Whether title or head say that the whole text is one author's statement.

    A release counts where a government makes it: it speaks in its own name.
    """
    if announces_text(reading):
        return False
    if _WRITTEN.match(heading(reading)) or given_by(reading) or _presiding(reading):
        return True
    lines = head_lines(reading)[1:]
    if any(_KIND_LINE.fullmatch(line) for line in lines) or speech_line(reading):
        return True
    if _is_address(reading) or letterhead_of(reading) or _floor_of(reading) or issuer(reading):
        return True
    if not has_release_line(reading):
        return False
    author = author_of(reading)
    return author is not None and author.kind == "government"


ANNOUNCES_TEXT = re.compile(
    r"(?:Following (?:is|are)|(?:Here|Below) (?:is|follows)|The following is|(?:Full )?[Tt]ext of)\b.{5,400}(?:message|statement|remarks|speech|address|letter|appeal)\b.{0,400}:\s*$",
    re.DOTALL,
)
"""An editor's sentence above a text in full: «Following is the text of …'s message:»."""


def announces_text(reading: Reading) -> bool:
    """Whether an editor's sentence at the top gives another's text in full: all below is theirs."""
    return any(ANNOUNCES_TEXT.match(tagged.string) for tagged in reading.tagged[:_NEAR_TOP])


_NEAR_TOP = 10


def has_release_line(reading: Reading) -> bool:
    """Whether a line of the head says that the text is a release."""
    shelved = (reading.text[d.start : d.end] for d in reading.dropped if d.start < _HEAD_OF_PAGE)
    return any(map(_RELEASE_LINE.fullmatch, head_lines(reading))) or any(
        map(_SHELF_OF_RELEASES.fullmatch, shelved)
    )


_HEAD_OF_PAGE = 600
_SHELF_OF_RELEASES = re.compile(r"\s*(?:press|news|media) releases\s*", re.IGNORECASE)
"""The part of a site in which a page stands: «Press Releases»."""


_GIVEN_BY = re.compile(
    r"\bThis\s+(?:information|reply|statement|answer)\s+was\s+(?:given|stated|furnished|disclosed|provided|made)\s+by\s+(?P<by>.{3,120}?)(?:\s+in\s+(?:a|the)\s|[.,]|$)",
    re.DOTALL,
)


def given_by(reading: Reading) -> str | None:
    """Whom the last lines of an official notice name as its speaker."""
    match = _GIVEN_BY.search(reading.text, max(0, len(reading.text) - _LAST_LINES))
    return " ".join(match["by"].split()) if match else None


_LAST_LINES = 500


def speech_line(reading: Reading) -> re.Match[str] | None:
    """The line of the head that names who speaks throughout, where the text is in the first person."""
    found = (_SPEECH_LINE.fullmatch(line) for line in head_lines(reading))
    line = next((match for match in found if match), None)
    return line if line and _in_first_person(reading) else None


def _is_address(reading: Reading) -> bool:
    """A speech by its opening words, whose speaker stands by name in the head."""
    opening = " ".join(t.string for t in reading.told[:3])
    titled = _TITLED_STATEMENT.search(heading(reading)) or _ADDRESS.search(opening)
    if not titled or not _in_first_person(reading):
        return False
    return any(map(_DELIVERED.match, head_lines(reading))) or _by_line(reading) is not None


def _in_first_person(reading: Reading) -> bool:
    """Whether at least a fifth of the sentences outside quotations say «I» or «we»."""
    told = [t for t in reading.told if not reading.quoted(t.sentence.start, t.sentence.end)]
    own = sum(bool(_FIRST_PERSON.search(t.string)) for t in told)
    return own >= max(2, len(told) / 5)


def author_of(reading: Reading) -> Speaker | None:
    """The author that title, signature, by-line, head or publisher name.

    A person in the title comes first, then a signature in capitals, a name alone on a line of the
    head, a body in the title or head, then the publisher.
    """
    presiding, named = _presiding(reading), _named_speaker(reading)
    if presiding or named:
        return presiding or _of_delegation(reading, named or "")
    delegation = _delegation(reading)
    floor = government(delegation) if delegation else _floor_of(reading)
    if floor or issuer(reading):
        return floor or issuer(reading)
    title = heading(reading)
    match = _AUTHOR.search(title)
    if match is None:
        kinds = (k for k in head_lines(reading) if _KIND_LINE.fullmatch(k))
        match = next((m for k in kinds if (m := _AUTHOR.search(k))), None)
    small = read((match["author"] if match else title) + ".", reading.published)
    if "memorandum" in title.casefold():
        signed = list(_SIGNED.finditer(reading.text))
        if signed:
            name = signer(signed[-1][1])
            return Speaker(name, "person", "President", None, _country(reading))
    people = [m for m in small.mentions if m.kind == "P"]
    if people and match:
        known = directory_of(reading).person(people[0].key)
        return known if known.role else speaker_named(reading, capitalised(match["author"]))
    bodies = [m for m in small.mentions if m.kind == "O"] if match else []
    if bodies:
        return body(bodies[0])
    return (
        _by_line(reading)
        or publisher_of(reading)
        or _titled_body(reading)
        or body_at_head(reading, head_lines(reading))
        or _opening_body(reading, "announces")
        or _body_of_head(reading)
        or _first_government(reading)
    )


_PRESIDENCY_LINE = re.compile(
    r"(?:joint |press |official )?(?P<who>(?:\w+ ){0,3}(?:presidency|president|chair))(?:['’]s)? (?:\w+ )?(?:statement|declaration|message)\b.*",
    re.IGNORECASE,
)
_PRESIDES = re.compile(
    r"(?P<state>⟨S\d+⟩),? (?:as|in its (?:role|capacity) as|holding|which holds|currently holding) (?:the |current |incoming |outgoing )*(?:[Pp]residen|[Cc]hair|[Cc]oordinator|⟨[OWP]\d+⟩)"
)


def _presiding(reading: Reading) -> Speaker | None:
    """The state that says it presides over a meeting, in a statement of its presidency."""
    lines = (heading(reading), *head_lines(reading))
    if not any(_PRESIDENCY_LINE.fullmatch(line) for line in lines):
        return None
    for told in reading.told[:4]:
        match = _PRESIDES.search(told.string)
        state = told.mention(match["state"]) if match else None
        if state:
            return government(state.key)
    return None


_FLOOR = re.compile(
    r"\b(?:tak(?:e|ing) the floor|(?:this|the|today['’]s) (?:\w+ ){0,3}(?:meeting|session|conference|debate)\b|thank (?:you|the) (?:\w+ )?(?:President|Chair))"
)
"""How a delegate opens at a meeting."""
_OWN_STATE = re.compile(
    r"(?:^|[,;.] |\band )(?P<state>⟨S\d+⟩) (?:\w+ly )?(?:remains (?:\w+ )?committed|continues to|reiterates|reaffirms|restates|welcomes|condemns|calls (?:on|upon|for)|urges|regrets|attaches|believes|aligns|thanks|wishes to|is (?:\w+ )?committed|is pleased|is proud)\b"
    r"|\b(?:restate|reiterate|reaffirm|underline|express|confirm|stress) (?P<own>⟨S\d+⟩)['’]s? "
)
"""A state that speaks of itself by name."""


def _floor_of(reading: Reading) -> Speaker | None:
    """The one state that speaks of itself by name in a speech at a meeting, said as «we»."""
    opening = " ".join(t.string for t in reading.told[:3])
    if not _FLOOR.search(opening) or not _in_first_person(reading):
        return None
    found = [
        state.key
        for told in reading.told
        for match in _OWN_STATE.finditer(told.string)
        if (state := told.mention(match["state"] or match["own"]))
    ]
    alone = len(found) > 1 and len(set(found)) == 1
    return government(found[0]) if alone else None


_DELEGATION = re.compile(
    r"(?:national |general )?(?:statement|declaration|intervention|remarks|speech) (?:by|of|on behalf of) (?:the )?(?:delegation of (?:the )?|government of (?:the )?)?(?P<state>.{3,60}?)(?:,| (?:to|at|on)\b.*|$)",
    re.IGNORECASE,
)


def _of_delegation(reading: Reading, named: str) -> Speaker | None:
    """Whom a line of the head names; without a state of his own he speaks for the delegation's."""
    speaker = speaker_named(reading, named)
    if speaker and speaker.country is None:
        return replace(speaker, country=_delegation(reading))
    return speaker


def _delegation(reading: Reading) -> str | None:
    """The state whose statement the head says this is: «Statement by the Republic of …»."""
    for printed in (heading(reading), *head_lines(reading)):
        line = small_letters(printed)
        match = _DELEGATION.match(line)
        small = read(match["state"] + ".", None) if match else None
        if small and small.tagged and _STATE_ALONE.fullmatch(small.tagged[0].string):
            return small.mentions[0].key
    return None


_STATE_ALONE = re.compile(r"(?:(?:Republic|Kingdom|State|Government) of )?(?:the )?⟨S\d+⟩\.?")


def _named_speaker(reading: Reading) -> str | None:
    """The words in which head or foot of the text name who speaks throughout."""
    delivered = next((m for k in head_lines(reading) if (m := _DELIVERED.match(k))), None)
    line = speech_line(reading)
    return (
        (delivered["by"] if delivered else None)
        or given_by(reading)
        or (line["author"] or line["by"] if line else None)
    )


def _by_line(reading: Reading) -> Speaker | None:
    """A person's name alone on a line of the head, with the role on the same line or the next."""
    lines = head_lines(reading)
    for printed, following in pairwise([*lines, ""]):
        role = f", {following}" if _is_role(following) else ""
        line = _AFTER_NAME.sub(r"\1, ", printed, count=1)
        small = read(f"{line}{role}.", reading.published)
        people = [m for m in small.mentions if m.kind == "P"]
        kind = _KIND_LINE.fullmatch(line) or _RELEASE_LINE.fullmatch(line)
        if kind or not people or people[0].start > _STYLE or re.search(r"[:!?]", line):
            continue
        if line.isupper() and (people[0].start > 0 or _names_body(line)):
            continue  # a title or body in capitals
        if people[0].end < len(line) and not _is_role(line[people[0].end :]):
            continue
        person = Directory(small, home=reading.home).person(people[0].key)
        if person.role or len(line.split()) <= _NAME_ALONE:
            return of_publisher(person, reading)
    return None


def _names_body(line: str) -> bool:
    small = read(small_letters(line) + ".", None)
    return any(m.kind == "O" for m in small.mentions)


_AFTER_NAME = re.compile(
    r"^(\w[\w.'’-]*(?: [\w.'’-]+){1,3}?),? (?:M\.?P\.?|MHR|MLA|MSP|TD|MEP)(?:$|,? (?=[A-Z]))"
)
"""Letters of a member of parliament between name and role."""
_STYLE = 24
"""Room before a name for «The Rt Hon» and the like, in characters."""
_NAME_ALONE = 4


def _is_role(line: str) -> bool:
    return len(re.findall(r"[a-z]+", line.casefold())) <= _LONGEST_ROLE and holds_role(line)


_LONGEST_ROLE = 16


def _body_of_head(reading: Reading) -> Speaker | None:
    """A body named in the head or dateline."""
    first = reading.sentences[0].start if reading.sentences else 0
    opening = next((b.start for b in reading.blocks if b.end - b.start >= LONGEST_HEAD_LINE), first)
    found = [m for m in reading.mentions if m.kind == "O" and m.end <= opening]
    dateline = read(reading.text[opening : opening + 90].split("\n")[0] + ".", None)
    line = _NEWS_DATELINE.match(reading.text, opening)
    if line:
        found += [m for m in dateline.mentions if m.kind == "O" and m.end <= line.end() - opening]
    return body(found[0]) if found else None


_NEWS_DATELINE = re.compile(r".{0,80}? [-–—] ")


_GOVERNMENT_OF = re.compile(r"[Gg]overnment of (?:the )?(?P<name>⟨[SW]\d+⟩)")


_SEAT = re.compile(r"(?P<city>[A-Z][\w .'’-]{2,24})(?:, (?:[A-Z]{2}|D\.C\.|[A-Z][\w .]{2,20}))?")
"""A line of the head that is only the place of issue."""


_OPENING_BODY = re.compile(
    r"(?:(?:Today|Earlier today|This \w+|On \w+|⟨D\d+⟩),? )?(?:[Tt]he )?(?P<body>⟨O\d+⟩)(?: \([^)]{1,30}\))?"
    r"(?P<announces> (?:today |is |has )?announc\w+)?"
)


def _opening_body(reading: Reading, group: str = "body") -> Speaker | None:
    """The body with which the text opens, where a group of the opening words is there."""
    opening = _OPENING_BODY.match(reading.told[0].string) if reading.told else None
    first = reading.told[0].mention(opening["body"]) if opening and opening[group] else None
    return body(first) if first else None


_STATEMENT_OF = re.compile(
    r"(?:⟨W\d+⟩ |Joint |Press |National )?[Ss]tatement (?:of|by|from|on behalf of) (?:the )?(?P<body>⟨O\d+⟩)"
)


def _titled_body(reading: Reading) -> Speaker | None:
    """Whose statement a line of the first few says that this is, however long."""
    for tagged in reading.tagged[:4]:
        match = _STATEMENT_OF.match(tagged.string)
        named = tagged.mention(match["body"]) if match else None
        if named:
            return body(named)
    return None


def _first_government(reading: Reading) -> Speaker | None:
    """Without a publisher: the body that opens the text, else the government that it names."""
    opening = _opening_body(reading)
    if opening:
        return opening
    seats = (m["city"] for line in head_lines(reading)[1:] if (m := _SEAT.fullmatch(line)))
    capital = next((m for c in seats for m in read(c + ".", None).mentions if m.kind == "G"), None)
    if capital:
        return government(capital.key)
    title = read(heading(reading) + ".", reading.published).tagged
    for tagged in (*title, *reading.told[:2]):
        match = _GOVERNMENT_OF.search(tagged.string)
        named = tagged.mention(match["name"]) if match else None
        if named and named.kind == "W":
            name = f"Government of {named.key}"
            return Speaker(name, "government", org=name)
        states = [named] if named else tagged.all("SJ")
        if states:
            return government(states[0].key)
    return None


def signer(name: str) -> str:
    """Write a signature in capitals as a name, without initials and suffix.

    Examples
    --------
    >>> signer("JANE Q. DOE JR.")
    'Jane Doe'
    """
    words = [
        w
        for w in name.split()
        if w.rstrip(".") not in ("JR", "SR", "II", "III") and len(w.rstrip(".")) > 1
    ]
    return " ".join(capitalised(w) for w in words)


def _country(reading: Reading) -> str | None:
    states = [m.key for m in reading.mentions if m.kind == "S"]
    return states[0] if states else None
