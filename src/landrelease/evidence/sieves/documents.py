# ruff: noqa: E501 - patterns are read whole
"""Documents that are speech as a whole: transcripts, written statements, fact sheets, memoranda."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.attribution import Unit, attributions, units
from landrelease.evidence.layout import Block, Span
from landrelease.evidence.names import role_words
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, read
from landrelease.evidence.resolving import Resolver
from landrelease.evidence.speakers import Directory, Speaker, body, government
from landrelease.evidence.topics import is_topical
from landrelease.terms import load_terms

_ASKING = re.compile(
    r"^(?:Q|QUESTION|MODERATOR|OPERATOR|REPORTER|PRESS|MC|HOST|INTERVIEWER|SUBJECT|FROM|TO|DATE|RE|NOTE|LOCATION|TIME|PLACE|WHO|WHAT|WHEN|WHERE|CONTACT|SOURCE)\b"
)
_HEARSAY = re.compile(
    r"^(?:And |But |So,? |Well,? )?[Aa]s (?:[\w⟨⟩'’.]+ ){1,5}(?:has |have )?(?:said|noted|announced|made clear|put it|stated)\b"
)
_WRITTEN = re.compile(
    r"^(?:joint |press |official |public |written )?(?:statements?|remarks|fact[ -]?sheet|readout|memorandum|letter|message|declaration|background|proclamation|communiqu[ée]|note verbale|determination|notice|policy)\b|^a memorandum|\bfact sheet\b",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:\b(?:by|from)\b|(?<=statement )of|(?<=remarks )of|(?<=letter )of)\s+(?P<author>.+?)(?=\s+(?:on|regarding|concerning|about|to|announcing|in|at|following|for the)\b|[:—–]|$)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?m)^\s*(?:/s/\s*)?((?:[A-Z][A-Z.'’-]+ ){1,4}[A-Z][A-Z.'’-]+)\.?\s*$")


def is_transcript(reading: Reading) -> bool:
    """Whether at least two utterances carry a speaker's label; a state's name heads a section."""
    labels = [b.label for b in reading.blocks if b.label and state_of_label(b.label) is None]
    return len(labels) >= 2 and any(not _ASKING.match(label) for label in labels)


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


def is_written(reading: Reading) -> bool:
    """Whether the title says that the whole text is one author's statement."""
    return bool(_WRITTEN.match(heading(reading))) and not is_transcript(reading)


def heading(reading: Reading) -> str:
    """The document's title, or its first short line."""
    if reading.title:
        return " ".join(reading.title.split())
    for block in reading.blocks[:2]:
        words = " ".join(reading.text[block.start : block.end].split())
        if len(words) < 160 and not words.endswith((".", "”", '"')):
            return words.lstrip("# ")
    return ""


def publisher_of(reading: Reading) -> Speaker | None:
    """The body that publishes the document, by its address or given name."""
    where = f"{reading.address or ''} {reading.publisher or ''}".casefold()
    for mark, known in load_terms("reporting")["publishers"].items():
        if mark in where:
            return Speaker(
                known["name"], "government", org=known["name"], country=known.get("iso3")
            )
    return None


def transcript(reading: Reading) -> Iterator[Proposal]:
    """Yield the topical sentences of each labelled speaker."""
    directory = _directory(reading)
    resolver = Resolver(reading, directory)
    speaker: Speaker | None = None
    block = -1
    for unit in units(reading):
        if unit.block != block:
            speaker = _labelled(reading.blocks[unit.block], directory, reading, speaker)
            block = unit.block
        if speaker and (_bears(reading, unit) or _HEARSAY.match(unit.masked)):
            other = _quoted_other(unit, resolver)
            yield _spoken(reading, unit, other or speaker, speaker)


def _bears(reading: Reading, unit: Unit) -> bool:
    """The sentence speaks of the field, or its paragraph does and it says something."""
    if is_topical(reading, unit.start, unit.end):
        return True
    block = reading.blocks[unit.block]
    return unit.end - unit.start > 40 and is_topical(reading, block.start, block.end)


def _quoted_other(unit: Unit, resolver: Resolver) -> Speaker | None:
    if not _HEARSAY.match(unit.masked):
        return None
    for found in attributions(unit):
        if found.start < 60 and not re.match(r"I\b|we\b", found.subject, re.IGNORECASE):
            return resolver.resolve(found.subject, unit)
    return None


def _labelled(
    block: Block, directory: Directory, reading: Reading, before: Speaker | None
) -> Speaker | None:
    if not block.label:
        return before
    if _ASKING.match(block.label):
        return None
    label = re.sub(r"\(.*?\)|\*", "", block.label).strip()
    bare = re.sub(
        r"^(?:(?:MR|MS|MRS|DR|GEN|COL|LT|MAJ|ADM|SEN|REP|SECRETARY|PRESIDENT|AMBASSADOR|GENERAL|MINISTER|PRIME|VICE|FOREIGN|ASSISTANT|DEPUTY|UNDER|SENATOR|CHANCELLOR|ADMIRAL|COLONEL|THE)\b\.?\s*)+",
        "",
        label,
        flags=re.IGNORECASE,
    )
    known = directory.by_surname(bare.split()[-1] if bare.split() else label)
    known = known or _named_in_head(reading, bare)
    return known or Speaker(_capitalised(bare or label), "person", _role_of(label, bare))


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


def _capitalised(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name) if name.isupper() else name


def _directory(reading: Reading) -> Directory:
    """People of the text and of its title."""
    directory = Directory(reading)
    title = heading(reading)
    if title:
        for person in Directory(read(title + ".", reading.published)).people():
            directory.introduce(person)
    publisher = publisher_of(reading)
    if publisher:
        directory.adopt(publisher)
    return directory


def _spoken(reading: Reading, unit: Unit, speaker: Speaker, label: Speaker) -> Proposal:
    other = speaker is not label
    fields = _fields(speaker, "indirect" if other else "direct")
    date = _yesterday(reading, unit) if other else reading.published
    fields |= {"date": date, "date_basis": "explicit"}
    if other:
        fields["quoted_by"] = label.name
    return propose(
        reading, "statement", Span(unit.start, unit.end), "statement.transcript", "high", **fields
    )


def _yesterday(reading: Reading, unit: Unit) -> str | None:
    found = [m.data.value for m in unit.tagged.all("D", unit.masked[:80])]
    return found[0] if found else None


def _fields(speaker: Speaker, mode: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"speaker": speaker.name, "speaker_kind": speaker.kind, "mode": mode}
    return fields | {"role": speaker.role, "org": speaker.org, "country": speaker.country}


def written(reading: Reading) -> Iterator[Proposal]:
    """Yield the topical sentences of a written statement as its author's."""
    author = author_of(reading)
    if author is None:
        return
    resolver = Resolver(reading, _directory(reading))
    for unit in units(reading):
        block = reading.blocks[unit.block]
        if (
            block.bullet
            or not _is_assertion(reading, unit)
            or not is_topical(reading, unit.start, unit.end)
        ):
            continue
        speaker = _announcer(unit, resolver, author) or author
        fields = _fields(speaker, "written" if speaker is author else "indirect")
        fields |= {"date": reading.published, "date_basis": "document"}
        yield propose(
            reading,
            "statement",
            Span(unit.start, unit.end),
            "statement.written",
            "medium",
            **fields,
        )


def _announcer(unit: Unit, resolver: Resolver, author: Speaker) -> Speaker | None:
    """In a body's fact sheet a named person who announces is the speaker of that sentence."""
    if author.kind == "person":
        return None
    for found in attributions(unit):
        speaker = resolver.resolve(found.subject, unit)
        if (
            speaker
            and (speaker.kind == "person" or speaker.name != author.name)
            and "⟨P" in found.subject
        ):
            return speaker
    return None


def _is_assertion(reading: Reading, unit: Unit) -> bool:
    text = reading.text[unit.start : unit.end].rstrip()
    return (
        text.endswith((".", "!", "”", '"', ";", ")"))
        and len(text) > 40
        and not re.match(r"(?:You are authorized|SUBJECT|MEMORANDUM)", text)
    )


def author_of(reading: Reading) -> Speaker | None:
    """The author that title, signature or publisher name.

    A person in the title comes first, then a signature in capitals, then the publisher.
    """
    title = heading(reading)
    directory = _directory(reading)
    match = _AUTHOR.search(title)
    small = read((match["author"] if match else title) + ".", reading.published)
    if "memorandum" in title.casefold():
        signed = list(_SIGNED.finditer(reading.text))
        if signed:
            name = signer(signed[-1][1])
            return Speaker(name, "person", "President", None, _country(reading))
    people = [m for m in small.mentions if m.kind == "P"]
    if people and match:
        return directory.person(people[0].key)
    bodies = [m for m in small.mentions if m.kind == "O"] if match else []
    if bodies:
        return body(bodies[0])
    return publisher_of(reading) or _first_government(reading)


_GOVERNMENT_OF = re.compile(r"[Gg]overnment of (?:the )?(?P<name>⟨[SW]\d+⟩)")


def _first_government(reading: Reading) -> Speaker | None:
    """Without a publisher: the body that opens the text, else the government that it names."""
    opening = re.match(r"(?:The )?(⟨O\d+⟩)", reading.told[0].string) if reading.told else None
    first = reading.told[0].mention(opening[1]) if opening else None
    if first:
        return body(first)
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
    return " ".join(_capitalised(w) for w in words)


def _country(reading: Reading) -> str | None:
    states = [m.key for m in reading.mentions if m.kind == "S"]
    return states[0] if states else None
