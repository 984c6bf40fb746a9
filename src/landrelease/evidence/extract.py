"""Text in, proposals out: no register, no network, no file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from landrelease.evidence import checks
from landrelease.evidence.cleaning import Dropped
from landrelease.evidence.documents import Document, read_document
from landrelease.evidence.proposals import Proposal
from landrelease.evidence.reading import Reading, read
from landrelease.evidence.sieves import SIEVES


@dataclass(frozen=True)
class Extraction:
    """What was read out of one document."""

    document: Document
    dropped: tuple[Dropped, ...]
    proposals: tuple[Proposal, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the mapping that ``landrelease extract --json`` prints."""
        document = asdict(self.document)
        document["published"] = self.document.published_on
        document["warnings"] = list(self.document.warnings)
        return {
            "document": document,
            "dropped": [asdict(d) for d in self.dropped],
            "proposals": [p.as_json() for p in self.proposals],
        }


def extract(document: Document | str, *, published: str | None = None) -> Extraction:
    """Propose the records of a document.

    Parameters
    ----------
    document : Document or str
        A document of :func:`~landrelease.evidence.documents.read_document`, or plain text.
    published : str, optional
        Partial ISO date, over the document's own.

    Returns
    -------
    Extraction

    Examples
    --------
    >>> text = "Norway ratified the Mine Ban Treaty in 1998."
    >>> [p.fields["status"] for p in extract(text).proposals if p.category == "treaty_position"]
    ['party']
    """
    if isinstance(document, str):
        document = _document(document, published)
    reading = read(
        document.text,
        published or document.published_on,
        publisher=document.publisher,
        title=document.title,
        address=document.url,
    )
    found = _proposals(reading) if document.language_supported else iter(())
    proposals = tuple(checks.checked(p, reading.text, reading.published) for p in found)
    return Extraction(document, reading.dropped, proposals)


def _document(text: str, published: str | None) -> Document:
    """Plain text as a document; an empty one holds nothing and is no error here."""
    if not text.strip("\x00 \t\r\n\ufeff") or "\x00" in text:
        return Document(text, published_on=published)
    return read_document(text.encode("utf-8", "replace"), published=published)


def _proposals(reading: Reading) -> Iterator[Proposal]:
    for _, sieve in SIEVES:
        yield from sieve(reading)
