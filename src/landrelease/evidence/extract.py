"""Text in, proposals out: no register, no network, no file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from landrelease.evidence import checks
from landrelease.evidence.cleaning import Dropped
from landrelease.evidence.documents import Document, read_document
from landrelease.evidence.proposals import Proposal
from landrelease.evidence.reading import Reading, read
from landrelease.evidence.sieves import SIEVES
from landrelease.evidence.spacing import Evened, even


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
    evened = even(document.text)
    reading = read(
        evened.text,
        published or document.published_on,
        publisher=document.publisher,
        title=document.title,
        address=document.url,
    )
    found = _proposals(reading) if document.language_supported else iter(())
    proposals = (checks.checked(p, reading.text, reading.published) for p in found)
    return Extraction(
        document,
        tuple(Dropped(*evened.back(d.start, d.end), d.rule) for d in reading.dropped),
        tuple(_as_given(p, document.text, evened) for p in proposals),
    )


def _as_given(proposal: Proposal, text: str, evened: Evened) -> Proposal:
    """The proposal with its place and exact words in the text as given."""
    start, end = evened.back(proposal.start, proposal.end)
    return replace(proposal, start=start, end=end, quote=text[start:end])


def _document(text: str, published: str | None) -> Document:
    """Plain text as a document; an empty one holds nothing and is no error here."""
    if not text.strip("\x00 \t\r\n\ufeff") or "\x00" in text:
        return Document(text, published_on=published)
    return read_document(text.encode("utf-8", "replace"), published=published)


def _proposals(reading: Reading) -> Iterator[Proposal]:
    """Run the sieves in order; what was said by someone names who said it."""
    said: list[Proposal] = []
    for _, sieve in SIEVES:
        for proposal in sieve(reading):
            if _is_asked(reading, proposal):
                continue
            if proposal.category == "statement":
                said.append(proposal)
            told = _told_by(proposal, said)
            if told is not None:
                yield told


def _is_asked(reading: Reading, proposal: Proposal) -> bool:
    """Whether a proposal stands in a question put to a minister, which states nothing."""
    return any(q.start <= proposal.start < q.end for q in reading.put_to_ministers)


_TELLER = {"munition_claim": "claimant", "use_allegation": "source"}
"""The field of a record that says on whose word it stands."""


def _told_by(proposal: Proposal, said: list[Proposal]) -> Proposal | None:
    """Fill who claims or alleges from the narrowest statement that holds the words."""
    if proposal.category == "treaty_position" and proposal.fields["state"] is None:
        return _state_of_teller(proposal, said)
    if proposal.category == "transfer" and proposal.fields.get("supplier") is None:
        return _given_by_teller(proposal, said)
    name = _TELLER.get(proposal.category)
    if name is None or proposal.fields.get(name):
        return proposal
    around = _around(proposal, said)
    if proposal.fields.get("party") == "we":
        return _own_use(proposal, around)
    return _on_the_word_of(proposal, name, around) if around else proposal


def _on_the_word_of(proposal: Proposal, name: str, around: list[Proposal]) -> Proposal:
    """Whoever speaks the narrowest statement is its teller, but for who used."""
    teller = min(around, key=lambda s: s.end - s.start).fields["speaker"]
    if teller == proposal.fields.get("party"):
        return proposal
    return replace(proposal, fields={**proposal.fields, name: teller})


def _around(proposal: Proposal, said: list[Proposal]) -> list[Proposal]:
    """The statements that share words with a proposal."""
    return [s for s in said if s.start < proposal.end and proposal.start < s.end]


def _own_use(proposal: Proposal, around: list[Proposal]) -> Proposal | None:
    """«We used mines»: the state of the official who says so; of others it tells no user."""
    for one in around:
        country, body = one.fields.get("country"), one.fields.get("org")
        if country and body:
            own = {"party": country, "source": one.fields["speaker"]}
            return replace(proposal, fields={**proposal.fields, **own})
    return None


def _state_of_teller(proposal: Proposal, said: list[Proposal]) -> Proposal | None:
    """«We are not a party»: the state of whoever says so; none where nobody is known to speak."""
    country = next(
        (s.fields["country"] for s in _around(proposal, said) if s.fields.get("country")), None
    )
    return replace(proposal, fields={**proposal.fields, "state": country}) if country else None


def _given_by_teller(proposal: Proposal, said: list[Proposal]) -> Proposal:
    """«We are providing …»: the state of whoever says so gives it."""
    told = (s.fields.get("country") for s in _around(proposal, said))
    country = next((one for one in told if one), None)
    if country is None or country == proposal.fields.get("recipient"):
        return proposal
    return replace(proposal, fields={**proposal.fields, "supplier": country})
