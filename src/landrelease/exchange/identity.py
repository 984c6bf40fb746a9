"""What makes a row the same row when the file comes again next month."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import shapely

from landrelease.domain.kinds import kind_spec
from landrelease.exchange.issues import issue
from landrelease.exchange.mapping import IdentityRule, ImportMapping
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


_WITH_POINT = re.compile(r"\d+\.0+")
_NAMING = ("name", "link", "links")


def without_points(table: SourceTable, mapping: ImportMapping) -> SourceTable:
    """Read columns of ids that are whole numbers with a decimal point without it.

    Programs write 101.0 for 101 in the whole column once one of its cells is empty. A column with
    an id of another form is left as it stands.
    """
    columns, issues = dict(table.columns), list(table.issues)
    for name in dict.fromkeys(_naming(mapping)):
        cells = table.columns.get(name, [])
        texts = [_text(cell) for cell in cells]
        told = [text for text in texts if text is not None]
        if told and all(_WITH_POINT.fullmatch(text) for text in told):
            columns[name] = [None if text is None else text.partition(".")[0] for text in texts]
            detail = f"column {name!r}, {len(told)} cells, as in {told[0]!r}"
            issues.append(issue("ids_with_point", None, detail))
    return replace(table, columns=columns, issues=tuple(issues))


def _naming(mapping: ImportMapping) -> Iterator[str]:
    """Columns that name records: their own ids, and those of others."""
    own: Iterable[str | None] = (mapping.identity.local_id, mapping.identity.source_id)
    yield from (name for name in own if name)
    for kind in mapping.all_kinds():
        fields = kind_spec(kind).fields
        for name, rule in mapping.rules_for(kind).items():
            if name == "local_id" or (name in fields and fields[name].type in _NAMING):
                yield from rule.sources()


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
