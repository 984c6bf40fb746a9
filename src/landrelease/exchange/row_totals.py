"""Rows of totals: sums and counts of other rows, which would count the same twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import shapely

from landrelease.domain.folding import folded
from landrelease.exchange.likely_ids import folded_name
from landrelease.exchange.tables import SourceTable
from landrelease.exchange.values import read_number
from landrelease.exchange.work import Work
from landrelease.terms import kept, load_terms

_WORD = re.compile(r"(?!\d+\b)[^\W_]+")
_NUMBER = re.compile(r"[-+]?[\d.,'’ \u00a0\u202f]*\d[\d.,'’ \u00a0\u202f]*(?:m2|m²|ha|km2|km²|%)?")

#: A row of totals names at most what it is the total of.
_MOST_NAMES = 1

Words = tuple[str, ...]


def check_totals(work: Work) -> None:
    """Name rows that call themselves a total and lie nowhere; they wait for a person.

    A row with an id of its own is a record, whatever its cells say.
    """
    bare = shapely.is_missing(work.located.shapes) | shapely.is_empty(work.located.shapes)
    rows = [row for row in bare.nonzero()[0].tolist() if row not in work.located.damage]
    if not rows:
        return
    looked_at = _Table(work.table)
    for row in rows:
        found = looked_at.total_of(row, work.ids[row]) or _count_of(work, row)
        if found is not None:
            work.note(row, "row_of_totals", f"{found[0]} = {found[1]!r}")


def _count_of(work: Work, row: int) -> tuple[str, Any] | None:
    """Column and cell in which a row without id and date says how many records it stands for."""
    names = load_terms("totals")["counts"].get(work.kinds[row])
    if not names or work.ids[row] is not None or work.dates[row].value is not None:
        return None
    cells = ((name, work.table.columns[name][row]) for name in _counting(work, names))
    return next(((name, cell) for name, cell in cells if read_number(cell).value is not None), None)


def _counting(work: Work, names: Iterable[str]) -> list[str]:
    """Columns that count records, save those that the mapping gives another meaning."""
    named = frozenset(work.mapping.columns())
    return [one for one in work.table.columns if folded_name(one) in names and one not in named]


class _Table:
    """A table of which rows may be totals; each distinct cell is looked at once."""

    def __init__(self, table: SourceTable) -> None:
        self._table = table
        self._seen: dict[str, bool] = {}
        self._words: frozenset[str] | None = None

    def total_of(self, row: int, own_id: str | None) -> tuple[str, str] | None:
        """Column and cell in which the row calls itself a total."""
        cells = {name: cell for name, cell in self._cells(row) if cell not in (None, "")}
        texts = {n: c for n, c in cells.items() if isinstance(c, str) and not _is_number(c)}
        totals = {name: text for name, text in texts.items() if self._is_total(text)}
        if not totals or not _may_be(own_id, cells, texts, totals):
            return None
        return next(iter(totals.items()))

    def _cells(self, row: int) -> Iterable[tuple[str, Any]]:
        return ((name, cells[row]) for name, cells in self._table.columns.items())

    def _is_total(self, text: str) -> bool:
        if text not in self._seen:
            words = _words_of(text)
            self._seen[text] = any(self._are_beside(rest) for rest in _around(words))
        return self._seen[text]

    def _are_beside(self, words: Words) -> bool:
        """Whether words say no more than what the total is of."""
        return all(word in _beside() or word in self._known() for word in words)

    def _known(self) -> frozenset[str]:
        """Words of the table: its columns and the cells that call nothing a total."""
        if self._words is None:
            columns = self._table.columns
            texts = {c for cells in columns.values() for c in cells if isinstance(c, str)}
            words = [_words_of(text) for text in texts if len(text) < 80]
            others = [one for one in words if not list(_around(one))]
            named = [_words_of(name) for name in columns]
            self._words = frozenset(word for one in (*named, *others) for word in one)
        return self._words


def _may_be(
    own_id: str | None,
    cells: Mapping[str, Any],
    texts: Mapping[str, str],
    totals: Mapping[str, str],
) -> bool:
    if own_id is not None:
        return own_id in map(str.strip, totals.values())
    others = len(texts) - len(totals)
    return others == 0 or (others <= _MOST_NAMES and len(cells) > len(texts))


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.strip()))


def _words_of(text: str) -> Words:
    return tuple(_WORD.findall(folded(text)))


def _around(words: Words) -> Iterable[Words]:
    """What stands behind or before the word for a total, for each reading of the words."""
    for length in range(len(words), 0, -1):
        if words[:length] in _phrases():
            yield words[length:]
        if words[-length:] in _phrases():
            yield words[:-length]


@kept
def _phrases() -> frozenset[Words]:
    by_language: Mapping[str, list[str]] = load_terms("totals")["totals"]
    return frozenset(_words_of(phrase) for phrases in by_language.values() for phrase in phrases)


@kept
def _beside() -> frozenset[str]:
    return frozenset(folded(word) for word in load_terms("totals")["beside"])
