"""One text for one value: canonical JSON and its hash.

The columns of a ledger entry are text, whole numbers or nothing. For such values sorted keys and
no white space are already the form of RFC 8785 (JSON Canonicalization Scheme), so any program
can compute the hashes again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from landrelease.domain.entries import Entry
from landrelease.errors import FieldError

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode

#: Columns of an entry that its hash does not cover: the hash itself, and when it arrived here.
UNHASHED = frozenset({"hash", "received_at"})


def canonical_json(value: Any) -> str:
    """Return the one JSON text of a value: keys sorted, no white space.

    Raises
    ------
    FieldError
        The value is no JSON, such as a number that is not finite.

    Examples
    --------
    >>> canonical_json({"b": 1, "a": None})
    '{"a":null,"b":1}'
    """
    try:
        return _encode(value)
    except (TypeError, ValueError) as problem:
        raise FieldError("body", type(value).__name__, f"is no JSON: {problem}") from None


def body_text(body: Mapping[str, Any]) -> str:
    """Return the text of a record's body: keys sorted, the geometry last.

    The geometry stands last so that it is written out once and read again without the rest.

    Examples
    --------
    >>> body_text({"name": "x", "geometry": {"type": "Point"}, "area": 1})
    '{"area":1,"name":"x","geometry":{"type":"Point"}}'
    """
    return body_and_geometry_text(body)[0]


def body_and_geometry_text(body: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return the text of a body and, apart, that of its geometry (None without one)."""
    if body.get("geometry") is None:
        return canonical_json(dict(body)), None
    rest = canonical_json({name: value for name, value in body.items() if name != "geometry"})
    geometry = canonical_json(body["geometry"])
    comma = "," if len(rest) > len("{}") else ""
    return f'{rest[:-1]}{comma}"geometry":{geometry}}}', geometry


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text as 64 hexadecimal digits.

    Raises
    ------
    FieldError
        The text holds half of a surrogate pair, which no encoding can carry.
    """
    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as problem:
        raise FieldError(
            "text", text[problem.start : problem.end], "is no character", code="text_invalid"
        ) from None


def body_sha256(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a body's text; bodies of the same content have the same."""
    return text_sha256(body_text(body))


def entry_hash(columns: Mapping[str, Any]) -> str:
    """Return the hash of an entry from its columns; ``hash`` and ``received_at`` are left out."""
    return text_sha256(canonical_json({k: v for k, v in columns.items() if k not in UNHASHED}))


def columns_of(entry: Entry) -> dict[str, Any]:
    """Return an entry's columns by name."""
    return {name: getattr(entry, name) for name in Entry.__slots__}
