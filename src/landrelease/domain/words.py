"""Parting an entry into what the ledger keeps for ever and words that can be erased; joining them.

A note, a title, a quote or a column of a source may name a person. Such words stand beside the
ledger, which holds their salted hash: nobody can change them unseen, and once they are erased
nothing in the ledger lets them be guessed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

from landrelease.domain.canonical import canonical_json
from landrelease.domain.entries import Draft, Words
from landrelease.domain.kinds import erasable_fields

#: In a body of the ledger: the hash of the entry's words; and, in the body of an erasing entry,
#: the hashes of what it left of the words of other entries.
REFERENCE = "words_sha256"
ERASED = "words_erased"
#: Of a person's record: what proves the identity that stands in the second file.
IDENTITY = "identity_sha256"
#: Of an entry that follows entries of another copy: the hash of when those arrived.
ARRIVALS = "arrivals_sha256"
#: Names in a body of the ledger that no field may have.
RESERVED = (REFERENCE, ERASED, IDENTITY, ARRIVALS)

_SALT_BYTES = 16


class Said(NamedTuple):
    """An entry's body, quote and reason as they were said."""

    body: dict[str, Any]
    quote: str | None
    reason: str | None


def part(
    draft: Draft, body: Mapping[str, Any], proofs: Mapping[str, str] = MappingProxyType({})
) -> Words | None:
    """Return the words of a draft with a checked body; None where it has none, and no proofs.

    ``proofs`` are what the ledger is to hold beside the body, by `IDENTITY` or `ARRIVALS`.

    Examples
    --------
    >>> draft = Draft("accident", "accident.recorded", quote="at the mill")
    >>> words = part(draft, {"killed": 1, "note": "A. Beg was hurt"})
    >>> words.text
    '{"body":{"note":"A. Beg was hurt"},"quote":"at the mill"}'
    >>> join(words.body, None, None, words.text)
    Said(body={'killed': 1, 'note': 'A. Beg was hurt'}, quote='at the mill', reason=None)
    """
    erasable = erasable_fields(draft.kind)
    said: dict[str, Any] = {}
    if not erasable.isdisjoint(body):
        said["body"] = {name: value for name, value in body.items() if name in erasable}
    if draft.quote is not None:
        said["quote"] = draft.quote
    if draft.reason is not None:
        said["reason"] = draft.reason
    if not said and not proofs:
        return None
    text, salt = canonical_json(said), new_salt()
    kept = {name: value for name, value in body.items() if name not in erasable}
    kept |= {**proofs, REFERENCE: words_sha256(salt, text)}
    if draft.blanked is not None:
        kept[ERASED] = draft.blanked
    return Words(canonical_json(kept), salt, text)


def join(body: str, quote: str | None, reason: str | None, words: str | None) -> Said:
    """Return what was said, from the columns of the ledger and the words beside it.

    Entries of earlier versions hold their words themselves. Where words are missing, which
    `verify` tells, the rest is given.
    """
    kept: dict[str, Any] = orjson.loads(body)
    if REFERENCE not in kept:
        return Said(kept, quote, reason)
    said = orjson.loads(words) if words else {}
    held = {name: value for name, value in kept.items() if name not in RESERVED}
    whole = dict(sorted({**held, **said.get("body", {})}.items()))
    return Said(whole, said.get("quote"), said.get("reason"))


def new_salt() -> bytes:
    """Return bytes that make the hash of a short text as hard to guess as that of a long one."""
    return os.urandom(_SALT_BYTES)


def words_sha256(salt: bytes, text: str) -> str:
    """Return the hash by which the ledger holds words: SHA-256 over the salt and their UTF-8."""
    return hashlib.sha256(salt + text.encode("utf-8", "surrogateescape")).hexdigest()
