"""What the ledger holds: drafts before they are written, entries after.

Both are named tuples: there are millions of them, and a frozen dataclass takes four times as long
to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Draft(NamedTuple):
    """One change to be appended; the register adds times, author, place in the chain and hash.

    Attributes
    ----------
    kind : str
        Kind of record, a name of ``terms/kinds.yaml``.
    action : str
        ``noun.past``, a name of ``terms/actions.yaml``.
    body : Mapping
        The record's whole state after the change, never a delta.
    record_id : str or None
        None for a new record.
    occurred_on : str or None
        Partial date of what happened in the world.
    source_id : str or None
        The source it rests on.
    quote : str or None
        The words of the source; never names of victims or informants.
    source_row : int or None
        Data row of a table or layer, counted from 1.
    import_id : str or None
        The import that brought it.
    reason : str or None
        Why, in the author's words.
    supersedes : str or None
        The entry whose version this replaces.
    entry_id : str or None
        Given only for entries made elsewhere.
    blanked : Mapping or None
        Of an erasing: what it left of the words of other entries, entry id → hash; and attached
        files that went, ``sha256:…`` → nothing.
    identity_proof : str or None
        Of a person's record: what proves the identity that stands in the second file.
    """

    kind: str
    action: str
    body: Mapping[str, Any] = MappingProxyType({})
    record_id: str | None = None
    occurred_on: str | None = None
    source_id: str | None = None
    quote: str | None = None
    source_row: int | None = None
    import_id: str | None = None
    reason: str | None = None
    supersedes: str | None = None
    entry_id: str | None = None
    blanked: Mapping[str, str] | None = None
    identity_proof: str | None = None


class Words(NamedTuple):
    """The words of an entry as they stand beside the ledger, where they can be erased.

    Attributes
    ----------
    body : str
        The body's text as the ledger holds it: a hash stands for the words.
    salt : bytes
        Hashed with the text.
    text : str
        JSON of the ``body`` fields, the ``quote`` and the ``reason`` that were parted.
    """

    body: str
    salt: bytes
    text: str


class Entry(NamedTuple):
    """One entry as it was said; field names are the column names of the ledger.

    Where ``words`` is given, ``quote`` and ``reason`` stand there, and so do parts of ``body``;
    `landrelease.domain.canonical.columns_of` gives the columns as the ledger holds them. ``hash``
    is the SHA-256 over the RFC 8785 JSON of those, all but ``hash`` and ``received_at``.
    """

    entry_id: str
    record_id: str
    kind: str
    action: str
    occurred_on: str | None
    recorded_at: str
    received_at: str
    author: str
    replica: str
    replica_seq: int
    source_id: str | None
    quote: str | None
    source_row: int | None
    import_id: str | None
    reason: str | None
    supersedes: str | None
    body: str
    previous_hash: str | None
    hash: str
    words: Words | None = None
