"""Who a document is from: its head lines, title, by-line, signature and publisher."""

from __future__ import annotations

import re
from dataclasses import replace

from landrelease.evidence import gazetteer
from landrelease.evidence.directory import Directory
from landrelease.evidence.layout import Span
from landrelease.evidence.named_roles import people_of_title
from landrelease.evidence.offices import office_of
from landrelease.evidence.reading import Reading, read
from landrelease.evidence.speakers import Speaker, body
from landrelease.terms import load_terms

_SITE = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:gov|mil)(?:\.[a-z]{2})?\b")
"""The address of an official site, printed in the head as source."""
_HEAD = 600
LONGEST_HEAD_LINE = 160
_MOST_HEAD_LINES = 14
_LONGEST_TITLE = 400
"""A title in capitals, such as the full name of a convention's meeting, in characters."""
_MARKS = {"press-mark", "embargo"}
"""Rules of furniture that say what a document is."""


def head_lines(reading: Reading) -> list[str]:
    """The short lines above the first paragraph of prose.

    Marks of a release count, though no reader of the report wants them.
    """
    found: list[str] = []
    marks = [Span(d.start, d.end) for d in reading.dropped if d.rule in _MARKS]
    kept = [Span(b.start, b.end) for b in reading.blocks[:_MOST_HEAD_LINES]]
    for block in sorted([*kept, *marks]):
        line = " ".join(reading.text[block.start : block.end].split()).lstrip("#•*·- ")
        ended = len(line) > 50 and line.endswith((".", "”", '"'))
        if line.isupper() and len(line) < _LONGEST_TITLE:
            found.append(line)
            continue
        if len(line) >= LONGEST_HEAD_LINE or (ended and not line.startswith("Delivered by")):
            break
        found.append(line)
    return found


def heading(reading: Reading) -> str:
    """The document's title, or its first short line."""
    if reading.title:
        return " ".join(reading.title.split())
    for block in reading.blocks[:2]:
        words = " ".join(reading.text[block.start : block.end].split())
        if len(words) < 160 and not words.endswith((".", "”", '"')):
            return words.lstrip("#•*·- ")
    return ""


def home_of_head(reading: Reading) -> str | None:
    """The state whose body or capital stands in the head of a document."""
    publisher = publisher_of(reading)
    if publisher:
        return publisher.country
    end = next((b.start for b in reading.blocks if b.end - b.start >= LONGEST_HEAD_LINE), 0)
    bodies = (gazetteer.organisation(m.key).get("iso3") for m in reading.inside(0, end, "O"))
    capitals = [m.key for m in reading.inside(0, end, "G")]
    return next((str(b) for b in bodies if b), None) or (capitals[0] if capitals else None)


def publisher_of(reading: Reading) -> Speaker | None:
    """The body that publishes the document, by its address or given name."""
    named = " ".join(_SITE.findall(reading.text[:_HEAD]))
    where = f"{reading.address or ''} {reading.publisher or ''} {named}".casefold()
    table = load_terms("reporting")
    by_address = (known for mark, known in table["publishers"].items() if mark in where)
    known = next(by_address, None)
    return _office(known) if known else letterhead_of(reading)


def of_publisher(person: Speaker, reading: Reading) -> Speaker:
    """Someone whose body or state the text does not tell is of the publisher's."""
    own = publisher_of(reading)
    if own is None:
        return in_office(person)
    return replace(person, org=person.org or own.org, country=person.country or own.country)


def letterhead_of(reading: Reading) -> Speaker | None:
    """The government body whose office stands alone on a line of the head, as on its papers."""
    table = load_terms("reporting")["letterheads"]
    offices = {name.casefold(): known for name, known in table.items()}
    found = (offices[k] for k in map(str.casefold, head_lines(reading)) if k in offices)
    known = next(found, None)
    return _office(known) if known else None


def _office(known: dict[str, str]) -> Speaker:
    return Speaker(known["name"], "government", org=known["name"], country=known.get("iso3"))


def directory_of(reading: Reading) -> Directory:
    """People of the text and of its title; officers without a state are of the letterhead's."""
    directory = Directory(reading, home=home_of_head(reading) or "")
    title = heading(reading)
    labels = {b.label for b in reading.blocks if b.label and " " in b.label}
    lines = (*sorted(labels), title, *head_lines(reading))
    named = [person for line in lines for person in people_of_title(_less_by(line))]
    for person in named or Directory(read(title + ".", reading.published)).people():
        directory.introduce(person)
    publisher = publisher_of(reading)
    if publisher:
        directory.adopt(publisher)
    for person in directory.people():
        directory.introduce(in_office(person))
    return directory


def _less_by(line: str) -> str:
    by = _BY.match(line)
    return line[by.end() :] if by else line


_BY = re.compile(r"(?:(?:briefing )?by|with|present|featuring)(?: ?:)? ", re.IGNORECASE)
"""Words before the name of who speaks: «By Ana Reyl, Deputy Spokesperson»."""
_IS_SECRETARY_GENERAL = re.compile(r"(?:The )?(?:UN |United Nations )?Secretary[- ]General", re.I)
_SECRETARY_GENERAL = Speaker(
    "Secretary-General", "unnamed", "Secretary-General", "United Nations", None
)
"""The United Nations print their head by office alone."""


def speaker_named(reading: Reading, words: str) -> Speaker | None:
    """The speaker whom a line names; a press secretary only opens a briefing of another."""
    small = read(words + ".", reading.published)
    directory = Directory(small, home=home_of_head(reading) or "")
    publisher = publisher_of(reading)
    if publisher:
        directory.adopt(publisher)
    people = [directory.person(m.key) for m in small.mentions if m.kind == "P"]
    guests = [p for p in people if "press secretary" not in (p.role or "").casefold()]
    bodies = [body(m) for m in small.mentions if m.kind == "O"]
    found = next(iter([*guests, *people, *bodies]), None)
    if found is None:
        of_un = "United Nations" in reading.text[:_HEAD]
        return _SECRETARY_GENERAL if of_un and _IS_SECRETARY_GENERAL.fullmatch(words) else None
    behalf = re.search(r"\bon behalf of (?:the )?(⟨O\d+⟩)", small.tagged[0].string)
    sender = small.tagged[0].mention(behalf[1]) if behalf else None
    org = body(sender) if sender and found.org is None else Speaker("", "", org=found.org)
    country = found.country or org.country or _of_embassy(reading)
    own = found.org or org.org or (bodies[0].org if found.role and bodies else None)
    return replace(found, org=own, country=country)


_EMBASSY = re.compile(r"(?:['’]s)? (?:Embassy|Mission to)\b")


def _of_embassy(reading: Reading) -> str | None:
    """The state whose embassy a text names."""
    named = (m for m in reading.mentions if m.kind in "SJ")
    return next((m.key for m in named if _EMBASSY.match(reading.text, m.end)), None)


def in_office(person: Speaker) -> Speaker:
    """Someone whose office one body alone has is of that body."""
    known = office_of(person.role) if person.role and not person.org else None
    if known is None:
        return person
    return replace(person, org=known["name"], country=person.country or known.get("iso3"))


def capitalised(name: str) -> str:
    """Write a name in capitals with small letters after the first.

    Examples
    --------
    >>> capitalised("JANE DOE"), capitalised("Jane DoE")
    ('Jane Doe', 'Jane DoE')
    """
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name) if name.isupper() else name
