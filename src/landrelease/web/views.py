"""Small shapes that templates need: flat records, marked text, pages of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

Document = Mapping[str, Any]

FOLDERS = {"hazardous_area": "areas", "source": "sources"}
TITLE_FIELDS = ("local_id", "name", "title", "file_name")


def flat(record: Document) -> dict[str, Any]:
    """Put a record's body beside what every record carries, which wins.

    Examples
    --------
    >>> flat({"record_id": "r1", "body": {"status": "open", "record_id": "x"}})
    {'status': 'open', 'record_id': 'r1'}
    """
    outer = {name: value for name, value in record.items() if name != "body"}
    return {**record.get("body", {}), **outer}


def title_of(record: Document) -> str:
    """Name a record by its local id or name, else by its kind and the head of its id.

    Examples
    --------
    >>> title_of({"local_id": None, "name": "Lower Vale", "record_id": "0190aabbccdd"})
    'Lower Vale'
    >>> title_of({"kind": "accident", "record_id": "0190aabbccdd"})
    'Accident 0190aabb'
    """
    named = (record.get(name) for name in TITLE_FIELDS)
    kind = str(record.get("kind", "record")).replace("_", " ").capitalize()
    return next((str(n) for n in named if n), f"{kind} {str(record.get('record_id', ''))[:8]}")


def page_of(record: Document) -> str:
    """Path of a record's page."""
    folder = FOLDERS.get(str(record.get("kind")), "records")
    return f"/{folder}/{record.get('record_id')}"


@dataclass(frozen=True)
class Segment:
    """A run of text and the spans that cover it."""

    text: str
    spans: tuple[Document, ...]
    begins: tuple[Document, ...]


def segments(text: str, spans: Sequence[Document]) -> list[Segment]:
    """Cut a text at the borders of its spans, which may overlap.

    Parameters
    ----------
    text : str
        The source's text.
    spans : sequence of mapping
        Each with ``start`` and ``end`` in characters.

    Returns
    -------
    list of Segment
        Joined, their texts are the text.

    Examples
    --------
    >>> [(s.text, len(s.spans)) for s in segments("abcdef", [{"start": 1, "end": 4}])]
    [('a', 0), ('bcd', 1), ('ef', 0)]
    """
    edges = {0, len(text)}
    for span in spans:
        edges.update(min(max(span[end], 0), len(text)) for end in ("start", "end"))
    return [
        Segment(
            text[start:end],
            tuple(s for s in spans if s["start"] <= start and s["end"] >= end),
            tuple(s for s in spans if s["start"] == start),
        )
        for start, end in pairwise(sorted(edges))
    ]


@dataclass(frozen=True)
class Pager:
    """Which rows of a list a page shows.

    Attributes
    ----------
    number : int
        The page, from 1.
    size : int
        Rows on a page.
    total : int
        Rows in all.
    """

    number: int
    size: int
    total: int

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.size

    @property
    def last(self) -> int:
        """Number of the last page, at least 1.

        Examples
        --------
        >>> Pager(1, 50, 101).last, Pager(1, 50, 0).last
        (3, 1)
        """
        return max(1, -(-self.total // self.size))

    @property
    def shown(self) -> tuple[int, int]:
        """First and last row on this page, from 1."""
        return min(self.offset + 1, self.total), min(self.offset + self.size, self.total)


def link(path: str, query: Document, **changes: object) -> str:
    """Address of a page with its query changed; what is empty is left out.

    Examples
    --------
    >>> link("/areas", {"search": "a b", "page": 3}, page=None, status="open")
    '/areas?search=a+b&status=open'
    """
    merged = {**query, **changes}
    kept = {name: value for name, value in merged.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path
