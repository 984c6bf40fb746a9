"""Reading what a user names, a file or an address, into a document and its proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from landrelease.errors import InputError
from landrelease.evidence.documents import Document, read_document
from landrelease.evidence.extract import Extraction
from landrelease.evidence.extract import extract as _extract
from landrelease.evidence.plugins import ask, load
from landrelease.services.files import read_bytes

_LARGEST_BYTES = 50_000_000
"""A larger file is no article: refused before it fills the memory."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How documents are read.

    Attributes
    ----------
    published, publisher : str or None
        Said by the user, where the document does not say it.
    extractors : sequence of str
        Plug-ins to ask beside the rules; none unless named.
    allow_private : bool
        Whether an address may lie in a private network.
    licence : str or None
        Note on how the text may be used, over the document's own.
    """

    published: str | None = None
    publisher: str | None = None
    extractors: Sequence[str] = ()
    allow_private: bool = False
    licence: str | None = None


def is_address(name: str) -> bool:
    """Whether a name is a web address.

    Examples
    --------
    >>> is_address("https://example.org/a"), is_address("a.txt")
    (True, False)
    """
    return name.startswith(("http://", "https://"))


def raw_of(name: str, how: Reading) -> bytes:
    """Return the bytes of a file, an address or, for «-», of stdin.

    Raises
    ------
    InputError
        The file is missing, empty or too large, or the address does not answer.
    """
    if is_address(name):
        from landrelease.evidence.fetch import fetch

        return fetch(name, allow_private=how.allow_private).raw
    if name != "-" and Path(name).is_file() and Path(name).stat().st_size > _LARGEST_BYTES:
        raise InputError(
            "file_too_large",
            f"{name!r} is over {_LARGEST_BYTES} bytes",
            "save the part that matters",
        )
    return read_bytes(name)


def document_of(raw: bytes, name: str, how: Reading) -> Document:
    """Return the document that the bytes hold."""
    return read_document(
        raw,
        name="" if name == "-" else Path(name).name,
        url=name if is_address(name) else None,
        published=how.published,
        publisher=how.publisher,
        licence=how.licence,
    )


def proposed_by_all(document: Document, how: Reading) -> Extraction:
    """What the rules propose, and after them the plug-ins that were asked for.

    What a plug-in does wrong is a warning of the document; the rules' own proposals stand.
    """
    extraction = _extract(document)
    answers = [ask(load(name), document, name) for name in how.extractors]
    asked = [proposal for answer in answers for proposal in answer.proposals]
    problems = [problem for answer in answers for problem in answer.problems]
    return replace(
        extraction,
        document=replace(document, warnings=(*document.warnings, *problems)),
        proposals=(*extraction.proposals, *asked),
    )
