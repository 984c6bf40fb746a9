# ruff: noqa: E501 - patterns are read whole
"""Who a label before a paragraph names: «MR. REYL», «SENIOR OFFICIAL ONE», «A»."""

from __future__ import annotations

import re
from dataclasses import replace

from landrelease.evidence.directory import Directory
from landrelease.evidence.interviews import ANSWERS, ASKS
from landrelease.evidence.layout import Block
from landrelease.evidence.letterhead import (
    capitalised,
    head_lines,
    heading,
    of_publisher,
    publisher_of,
)
from landrelease.evidence.names import role_words, surname_of
from landrelease.evidence.reading import Reading, read
from landrelease.evidence.speakers import Speaker, body

ASKING = re.compile(
    r"^(?:Question|Moderator|Interviewer|Q|QUESTION|MODERATOR|OPERATOR|REPORTER|PRESS|MC|HOST|INTERVIEWER|Journalist|JOURNALIST|Reporter|STAFF|AUDIENCE)\b"
)
_OF_PAGE = re.compile(
    r"^(?:SUBJECTS?|FROM|TO|DATE|RE|NOTES?|LOCATION|TIME|PLACE|VENUE|WHO|WHAT|WHEN|WHERE|CONTACTS?|SOURCES?)\b"
    r"|^(?:(?:INDEX|TABLE|LIST|SUMMARY)(?: OF [A-Z]+)*|CONTENTS|TRANSCRIPT|AGENDA|TOPICS?|HIGHLIGHTS|OVERVIEW|PARTICIPANTS|SPEAKERS|BRIEFERS?|PANELISTS|ATTENDEES|(?:IN |ALSO )?PRESENT|REFERENCES?|ISSUES?(?: DISCUSSED)?|BACKGROUND|KEY POINTS|ANNOUNCEMENTS?|STATEMENTS?|DEPARTMENT|TITLE|DURATION|LENGTH)$"
)
"""Words before a colon that name a part of the page and nobody."""


def is_spoken(label: str) -> bool:
    """Whether a label may name who speaks, or asks, under it.

    Examples
    --------
    >>> is_spoken("MR. REYL"), is_spoken("INDEX")
    (True, False)
    """
    return not _OF_PAGE.match(label)


_STYLES = re.compile(
    r"^(?:(?:MR|MS|MRS|DR|GEN|COL|LT|MAJ|ADM|SEN|REP|SEC|SECRETARY|PRESIDENT|UNDERSECRETARY|CHAIRMAN|BRIG|CAPT|SGT|AMB|GOV|AMBASSADOR|GENERAL|MINISTER|PRIME|VICE|FOREIGN|ASSISTANT|DEPUTY|UNDER|SENATOR|CHANCELLOR|ADMIRAL|COLONEL|THE)\b\.?\s*)+",
    re.IGNORECASE,
)


def labelled(
    block: Block, directory: Directory, reading: Reading, before: Speaker | None
) -> Speaker | None:
    """Return who speaks a paragraph: whom its label names, else who spoke before it.

    Parameters
    ----------
    block : Block
        The paragraph, or the label alone above it.
    directory : Directory
        The people of the document.
    reading : Reading
        The document.
    before : Speaker, optional
        Who spoke last.
    """
    if not block.label:
        return before
    if ANSWERS.fullmatch(block.label):
        return _interviewed(reading, directory)
    if ASKING.match(block.label) or not is_spoken(block.label):
        return None
    label = re.sub(r"\(.*?\)|\*", "", block.label).strip()
    bare = _STYLES.sub("", label)
    known = directory.by_surname(surname_of(bare or label))
    known = known or _named_in_head(reading, bare)
    if known:
        return _with_office(known, _role_of(label, bare), reading)
    return (
        _holder(label, directory)
        or _unnamed(label, reading)
        or _of_house(Speaker(capitalised(bare or label), "person", _role_of(label, bare)), reading)
    )


def _holder(label: str, directory: Directory) -> Speaker | None:
    """«Deputy Spokesperson:» is the one whom the head names with that office."""
    words = _SPOKES.sub("spokes", label.casefold())
    held = [
        p
        for p in directory.people()
        if _SPOKES.sub("spokes", (p.role or "").casefold()).startswith(words)
    ]
    return held[0] if len(held) == 1 and len(words) > _INITIALS else None


_SPOKES = re.compile(r"spokes(?:man|woman|person)")
_INITIALS = 4


def _of_house(speaker: Speaker, reading: Reading) -> Speaker:
    """«THE PRESIDENT» on a government's own page is that state's."""
    own = publisher_of(reading)
    known = _HIGHEST.fullmatch(speaker.name)
    return (
        replace(speaker, role=known[1].title(), country=own.country) if own and known else speaker
    )


_HIGHEST = re.compile(
    r"(?:The )?((?:Vice |Prime )?(?:President|Minister|Secretary))", re.IGNORECASE
)


def _with_office(known: Speaker, role: str | None, reading: Reading) -> Speaker:
    """Someone of whom only the label tells the office, which is the publisher's."""
    if known.role or role is None:
        return known
    return replace(of_publisher(known, reading), role=role)


_NUMBER = re.compile(r" (?:ONE|TWO|THREE|FOUR|FIVE|#?\d)$", re.IGNORECASE)


def _unnamed(label: str, reading: Reading) -> Speaker | None:
    """«SENIOR DEFENSE OFFICIAL TWO»: an office that speaks without a name."""
    office = _NUMBER.sub("", label)
    words = office.casefold().split()
    if len(words) < 2 or words[-1] not in role_words() or words[0] in _ARTICLES:
        return None
    small = read(f"The {capitalised(office)} said so.", None)
    bodies = [body(m) for m in small.mentions if m.kind == "O"]
    own = next(iter(bodies), None) or publisher_of(reading)
    country = own.country if own else "USA" if "administration" in words else None
    org = own.org if own else None
    return Speaker(capitalised(label), "unnamed", capitalised(office), org, country)


_ARTICLES = frozenset({"the", "mr", "mr.", "ms", "ms.", "mrs", "dr", "dr."})


def _interviewed(reading: Reading, directory: Directory) -> Speaker | None:
    """Whom the title or the words before the first question name; of a page of questions its body."""
    first = next(
        (b.start for b in reading.blocks if b.label and ASKS.fullmatch(b.label)),
        len(reading.text),
    )
    title = read(heading(reading) + ".", reading.published)
    people = [m.key for m in title.mentions if m.kind == "P"]
    told = [s for s in reading.sentences if s.end <= first and s.end - s.start > _SENTENCE]
    people += [m.key for s in told for m in reading.inside(s.start, s.end, "P")]
    known = [directory.person(name) for name in people]
    found = next((p for p in known if p.role or p.org), None) or next(iter(known), None)
    return found or (body_asked(reading) if _FAQ.search(heading(reading)) else None)


_SENTENCE = 60
"""What is shorter before the first question is a heading or a link, in characters."""
_FAQ = re.compile(
    r"\bFAQs?\b|frequently asked|questions (?:and|&) answers|\bQ ?(?:&|and) ?A\b", re.I
)


def is_page_of_questions(reading: Reading) -> bool:
    """Whether a page asks and answers by itself: no one is named in its title as interviewed."""
    title = heading(reading)
    named = any(m.kind == "P" for m in read(title + ".", reading.published).mentions)
    own = {b.label for b in reading.blocks if b.label} <= {"A", "Q"}
    return (
        own and not named and bool(_FAQ.search(title) or _SETS_OUT.search(reading.text, 0, _HEAD))
    )


_SETS_OUT = re.compile(
    r"\b(?:following|these) questions (?:and|&) answers\b|\b(?:answers? (?:to )?|some )(?:frequently asked|common|key) questions\b",
    re.IGNORECASE,
)


def body_asked(reading: Reading) -> Speaker | None:
    """The body whose page of questions it is: its publisher, of its head, of those it quotes."""
    own = publisher_of(reading)
    if own:
        return own
    given = read(f"{reading.publisher}.", None).mentions if reading.publisher else []
    lines = read(". ".join(head_lines(reading)) + ".", None).mentions
    named = next((body(m) for m in (*given, *lines) if m.kind == "O"), None)
    if named and named.kind == "organisation":
        return named
    return _body_of_staff(reading)


def _body_of_staff(reading: Reading) -> Speaker | None:
    """The organisation whose people are quoted, on a page that says «we»."""
    if not _OWN.search(reading.text):
        return None
    people = (p for p in Directory(reading).people() if p.role and p.org and not p.country)
    orgs = [m for m in reading.mentions if m.kind == "O"]
    own = next((m for p in people for m in orgs if body(m).org == p.org), None)
    return body(own) if own and body(own).kind == "organisation" else None


_OWN = re.compile(r"\b(?:[Ww]e|[Oo]urs?)\b")


def _named_in_head(reading: Reading, surname: str) -> Speaker | None:
    """The full name that the head of a transcript gives with a label's surname."""
    if not re.fullmatch(r"[\w'’-]{3,30}", surname):
        return None
    full = re.search(
        rf"\b(?P<first>[A-Z][\w'’-]+(?: [A-Z]\.)?) (?i:{re.escape(surname)})\b",
        reading.text[:_HEAD],
    )
    if full is None or full["first"].casefold() in role_words() or full["first"].isupper():
        return None
    return Speaker(full.group(), "person")


_HEAD = 1500


def _role_of(label: str, bare: str) -> str | None:
    role = label[: len(label) - len(bare)].strip().title()
    return None if re.match(r"(?:Mr|Ms|Mrs|Dr|The)?\.?$", role) else role or None
