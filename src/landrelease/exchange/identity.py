"""What makes a row the same row when the file comes again next month."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import shapely

from landrelease.exchange.mapping import IdentityRule
from landrelease.exchange.tables import SourceTable

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def content_hashes(table: SourceTable) -> list[str]:
    """SHA-256 of each row as it was read: its values by column name, and its geometry."""
    names = sorted(table.columns)
    rows = zip(*(table.columns[name] for name in names), strict=True) if names else ()
    texts = [_ENCODER.encode(row) for row in rows] or ["[]"] * table.count
    head = _ENCODER.encode(names).encode()
    shapes = _shape_bytes(table)
    return [
        hashlib.sha256(b"\n".join((head, text.encode("utf-8", "surrogatepass"), shape))).hexdigest()
        for text, shape in zip(texts, shapes, strict=True)
    ]


def _shape_bytes(table: SourceTable) -> list[bytes]:
    if table.geometry is None:
        return [b""] * table.count
    stored = [blob or b"" for blob in shapely.to_wkb(table.geometry, byte_order=1).tolist()]
    for row, text in table.entered.items():
        stored[row] = text.encode("utf-8", "surrogatepass")
    return stored


def occurrences(keys: Sequence[Any]) -> list[int]:
    """How many equal keys came before each one, from 0.

    Examples
    --------
    >>> occurrences(["a", "b", "a"])
    [0, 0, 1]
    """
    seen: defaultdict[Any, int] = defaultdict(int)
    found = []
    for key in keys:
        found.append(seen[key])
        seen[key] += 1
    return found


def own_ids(table: SourceTable, rule: IdentityRule) -> tuple[str | None, list[str | None]]:
    """Which part of the identity rule holds, and each row's value of it.

    Returns
    -------
    tuple
        ``record``, ``local``, ``id`` or None; one id per row.
    """
    for name, column in (
        ("record", rule.record_id),
        ("local", rule.local_id),
        ("id", rule.source_id),
    ):
        if column is not None and column in table.columns:
            return name, [_text(value) for value in table.columns[column]]
    return None, [None] * table.count


def _text(value: Any) -> str | None:
    text = "" if value is None else str(value).strip()
    return text or None


def identity_prefix(how: str | None, layer: str, kind: str) -> str:
    """What stands before a row's own id, or before its content's hash.

    Examples
    --------
    >>> identity_prefix("local", "areas", "hazardous_area") + "BA-SHA-0123"
    'local:hazardous_area:BA-SHA-0123'
    """
    prefixes = {"record": "record:", "local": f"local:{kind}:", "id": f"id:{layer}:{kind}:"}
    return prefixes.get(how or "", f"row:{layer}:{kind}:")


def first_rows(keys: Sequence[Any]) -> dict[Any, int]:
    """The first row of each key."""
    found: dict[Any, int] = {}
    for row, key in enumerate(keys):
        found.setdefault(key, row)
    return found


def geometry_keys(shapes: Any) -> list[bytes | None]:
    """A key by which equal shapes are equal; None where there is none."""
    blobs = shapely.to_wkb(shapes, byte_order=1)
    empty = shapely.is_empty(shapes).tolist()
    return [None if nothing else blob for nothing, blob in zip(empty, blobs.tolist(), strict=True)]
