"""One text for one value: canonical JSON and its hash.

The columns of a ledger entry are text, whole numbers or nothing. For such values sorted keys and
no white space are already the form of RFC 8785 (JSON Canonicalization Scheme), so any program
can compute the hashes again. A body stands in its column as text and is hashed as that text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from landrelease.domain.entries import Entry
from landrelease.errors import FieldError

#: Columns of an entry that its hash does not cover: the hash itself, and when it arrived here.
UNHASHED = frozenset({"hash", "received_at"})


def canonical_json(value: Any) -> str:
    """Return the one JSON text of a value: keys sorted, no white space.

    Raises
    ------
    FieldError
        The value is no JSON, or holds half of a surrogate pair, which no encoding can carry.

    Examples
    --------
    >>> canonical_json({"b": 1, "a": None})
    '{"a":null,"b":1}'
    """
    return _canonical_bytes(value).decode()


def _canonical_bytes(value: Any) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as problem:
        raise FieldError(
            "body", type(value).__name__, f"is no JSON: {problem}", code="json_invalid"
        ) from None


def body_sha256(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a body's text; bodies of the same content have the same."""
    return hashlib.sha256(_canonical_bytes(body)).hexdigest()


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def entry_hash(columns: Mapping[str, Any]) -> str:
    """Return the hash of an entry from its columns; ``hash`` and ``received_at`` are left out."""
    covered = columns
    if not UNHASHED.isdisjoint(columns):
        covered = {name: value for name, value in columns.items() if name not in UNHASHED}
    return hashlib.sha256(_canonical_bytes(covered)).hexdigest()


def columns_of(entry: Entry) -> dict[str, Any]:
    """Return an entry's columns by name, as the ledger holds them."""
    columns = entry._asdict()
    words = columns.pop("words")
    if words is not None:
        columns |= {"body": words.body, "quote": None, "reason": None}
    return columns
