"""Sieves: one module per kind of record, each a short list of small rules.

Each takes a :class:`~landrelease.evidence.reading.Reading` and yields proposals; the order here
is the order in which they run.
"""

from __future__ import annotations

from collections.abc import Iterator

from landrelease.evidence import authors
from landrelease.evidence.labels import is_page_of_questions
from landrelease.evidence.proposals import Proposal, Sieve
from landrelease.evidence.reading import Reading
from landrelease.evidence.releases import notifier
from landrelease.evidence.sieves import documents
from landrelease.evidence.sieves.asked import unasked
from landrelease.evidence.sieves.claims import claims
from landrelease.evidence.sieves.events import events
from landrelease.evidence.sieves.laying import uses
from landrelease.evidence.sieves.positions import positions
from landrelease.evidence.sieves.statements import statements
from landrelease.evidence.sieves.transfers import transfers


def spoken(reading: Reading) -> Iterator[Proposal]:
    """Statements by the kind of document: transcript, written statement, or running text."""
    if documents.is_transcript(reading) and not is_page_of_questions(reading):
        return documents.transcript(reading)
    author = authors.author_of(reading) if authors.is_written(reading) else None
    if notifier(reading) is None and author and author.kind != "organisation":
        return documents.written(reading, author)
    return statements(reading, author)


SIEVES: tuple[tuple[str, Sieve], ...] = (
    ("statements", spoken),
    ("transfers", unasked(transfers)),
    ("use allegations", unasked(uses)),
    ("treaty positions", positions),
    ("events", events),
    ("munition claims", unasked(claims)),
)
