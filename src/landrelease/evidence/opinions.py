# ruff: noqa: E501 - patterns are read whole
"""Opinion pieces: whose view a text is by its by-line, its label and the lines on its author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from landrelease.evidence.directory import Directory
from landrelease.evidence.names import holds_role, role_words
from landrelease.evidence.reading import Reading, read
from landrelease.evidence.speakers import Speaker

_HEAD = 900
_FOOT = 700
_MARK = re.compile(
    r"^\W{0,3}(?:guest |your )?(?:opinions?|op-?eds?|commentary|viewpoint|perspectives?|column|essay|my view|first person|personal view)\b(?: ?[:|/–—-]|\s*$| (?:contributor|piece|by)\b)|\bopinion contributor\b|\bguest (?:columnist|essay|column|opinion)\b|^the (?:writer|author) is\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Lines by which a page says that it is someone's view."""
_ADDRESS = re.compile(
    r"/(?:opinions?|op-?eds?|commentary|commentisfree|ideas|views?|voices)/", re.I
)
_BY_LINE = re.compile(
    r"^(?:(?:op-?ed|commentary|opinion|essay|written|guest column) )?by:? (?P<name>[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]*){1,3})(?:,? (?P<role>.{4,140}))?$",
    re.IGNORECASE | re.MULTILINE,
)
_JOURNALIST = re.compile(
    r"\b(?:reporter|correspondent|staff|journalist|editor|writer|news|bureau|desk|producer)\b", re.I
)
_IS = re.compile(
    r"(?:, [^,.]{2,60},)? (?:is|was|serves as|works as|heads|leads|directs|chairs|served as)\b (?P<role>[^.]{4,200})"
)
_LONGEST_NOTE = 450


def opinion_author(reading: Reading) -> Speaker | None:
    """Return whose view the whole text is, if it says that it is one person's view.

    Parameters
    ----------
    reading : Reading
        The document.
    """
    marked = bool(_MARK.search(reading.text, 0, _HEAD) or _ADDRESS.search(reading.address or ""))
    noted = next(_noted(reading), None)
    signed = next(_signed(reading), None) or (next(_alone(reading), None) if marked else None)
    if signed and noted and noted.name.endswith(signed.name.split()[-1]):
        signed = noted
    if signed and (marked or not _reports(signed)):
        return signed
    return noted if marked else None


def _reports(author: Speaker) -> bool:
    """A journalist's own report is no statement, unless the page says that it is a view."""
    return author.role is None or bool(_JOURNALIST.search(author.role))


def _signed(reading: Reading) -> Iterator[Speaker]:
    """Whom a by-line of the head names, with the office it gives."""
    for match in _BY_LINE.finditer(reading.text, 0, _HEAD):
        role = match["role"] or ""
        name = match["name"].title() if match["name"].isupper() else match["name"]
        if {w.casefold() for w in name.split()} & role_words():
            continue
        if holds_role(role):
            yield _described(name, role, reading)
        else:
            yield Speaker(name, "person")


_WRITER_IS = re.compile(r"^the (?:writer|author) is (?P<role>[^.\n]{4,200})", re.I | re.M)


def _alone(reading: Reading) -> Iterator[Speaker]:
    """A name alone on a line of the head of a page that says it is a view."""
    note = _WRITER_IS.search(reading.text)
    for mention in reading.inside(0, _HEAD, "P"):
        words = " ".join(reading.text[mention.start : mention.end].split())
        line = any(b.start == mention.start and b.end == mention.end for b in reading.blocks)
        if line and " " in words:
            yield _described(words, note["role"], reading) if note else Speaker(words, "person")


def _noted(reading: Reading) -> Iterator[Speaker]:
    """Whom a paragraph of its own at head or foot tells about: «Ana Reyl is the director of …»."""
    for block in reading.blocks:
        near = block.start < _HEAD or block.end > len(reading.text) - _FOOT
        if not near or block.end - block.start > _LONGEST_NOTE:
            continue
        first = next(iter(reading.inside(block.start, block.start + 1, "P")), None)
        told = _IS.match(reading.text, first.end, block.end) if first else None
        if first and told and holds_role(told["role"]):
            yield _described(first.key, told["role"], reading)


def _described(name: str, role: str, reading: Reading) -> Speaker:
    small = read(f"{name}, {role}, said so.", reading.published)
    found = Directory(small, home="").person(name)
    return found if found.role else replace(found, role=role.split(",", maxsplit=1)[0])
