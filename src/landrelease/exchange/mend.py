"""Columns mended as the mapping says, and columns that hold more than one value in a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from landrelease.exchange.issues import Issue, issue
from landrelease.exchange.mapping import MendRule
from landrelease.exchange.tables import SourceTable

#: Marks between values, and the most distinct values that a column of codes has.
_MARKS = (";", "|", ",")
_MOST_CODES = 300


def mend(table: SourceTable, rules: Mapping[str, MendRule]) -> SourceTable:
    """Return the table with the named columns mended; each column's changes are one issue."""
    columns = dict(table.columns)
    issues: list[Issue] = []
    for name, rule in rules.items():
        if name in columns:
            columns[name] = [_mended(cell, rule) for cell in columns[name]]
            issues += _changes(name, table.columns[name], columns[name])
    return replace(table, columns=columns, issues=(*table.issues, *issues))


def _changes(name: str, before: list[Any], after: list[Any]) -> list[Issue]:
    changed: dict[str, list[Any]] = {}
    for old, new in zip(before, after, strict=True):
        if isinstance(new, list):
            code = "several_values" if len(new) > 1 else None
        else:
            code = None if old == new else _code_of(old, new)
        if code is not None:
            changed.setdefault(code, []).append(old)
    return [
        issue(code, None, f"column {name!r}, {len(cells)} cells, as in {cells[0]!r}")
        for code, cells in changed.items()
    ]


def _code_of(old: Any, new: Any) -> str:
    """Zeros given back, or separators left out."""
    return "leading_zeros_lost" if str(new).lstrip("0") == str(old).strip() else "number_separators"


def _mended(cell: Any, rule: MendRule) -> Any:
    if not isinstance(cell, str) or not cell.strip():
        return cell
    if rule.separator is not None:
        return [part.strip() for part in cell.split(rule.separator) if part.strip()]
    plain = cell.strip().replace(rule.thousands, "") if rule.thousands else cell.strip()
    return plain.zfill(rule.digits) if rule.digits else plain


def several_values(table: SourceTable) -> list[Issue]:
    """Name columns where cells join values that other cells hold alone, as codes do."""
    found = []
    for name, cells in table.columns.items():
        texts = {cell for cell in cells if isinstance(cell, str)}
        if not 1 < len(texts) <= _MOST_CODES:
            continue
        for mark in _MARKS:
            joined = {text for text in texts if mark in text and _parts(text, mark) <= texts}
            if joined:
                count = sum(isinstance(cell, str) and cell in joined for cell in cells)
                detail = f"column {name!r}, {count} cells, values joined by {mark!r}"
                found.append(issue("several_values", None, detail))
    return found


def _parts(text: str, mark: str) -> set[str]:
    return {part.strip() for part in text.split(mark)}
