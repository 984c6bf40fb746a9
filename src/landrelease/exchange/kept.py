"""Columns that a guessed mapping gives to no field, told by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from landrelease.exchange.issues import issue
from landrelease.exchange.mapping import ImportMapping
from landrelease.exchange.prepare import Prepared, PreparedRow


def told_kept(prepared: Prepared, mapping: ImportMapping) -> Prepared:
    """Name the columns that are kept under ``attributes`` since the mapping gives them no field."""
    named = frozenset(mapping.columns())
    kept = {name: None for row in prepared.rows for name in _attributes(row) if name not in named}
    # attributes that an export gave out come back in one column, and are no columns themselves
    names = [name for name in kept if name in prepared.rows[0].table.columns]
    if not names:
        return prepared
    told = issue("columns_kept", None, ", ".join(map(repr, names)))
    return replace(prepared, issues=[told, *prepared.issues])


def _attributes(row: PreparedRow) -> Mapping[str, Any]:
    found: Mapping[str, Any] = row.body.get("attributes") or {}
    return found
