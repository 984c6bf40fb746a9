"""Columns that may well hold the ids of rows, by what their cells are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from landrelease.domain.kinds import kind_spec
from landrelease.exchange.tables import SourceTable
from landrelease.terms import load_terms

#: A bare number, as pandas writes it too where a cell of the column is empty.
_NUMBER = re.compile(r"\d+(\.0+)?")

#: The part of a column of ids that must be filled.
_FILLED = 0.8


def likely_identity(
    table: SourceTable, rest: dict[str, str], kinds: Sequence[str]
) -> dict[str, str]:
    """Take the column that tells rows apart, where its name and its cells say so.

    An id with letters is one of the programme; a bare number tells rows apart within its layer
    alone. Numbers of rows tell nothing next month, and of people no number is taken unasked.

    Parameters
    ----------
    rest : dict
        Columns by folded name that are not taken yet; the column is taken out of it.
    kinds : sequence of str
        Kinds that rows may become.
    """
    if not kinds or any(kind_spec(kind).personal for kind in kinds):
        return {}
    names = load_terms("columns")["likely_ids"]
    of_areas = names["of_areas"] if set(kinds) == {"hazardous_area"} else []
    for name in (*of_areas, *names["own"]):
        cells = _filled(table, rest.get(name))
        if cells and _tell_apart(cells, table.count):
            part = "source_id" if all(map(_NUMBER.fullmatch, cells)) else "local_id"
            return {part: rest.pop(name)}
    return {}


def folded_name(column: str) -> str:
    """Return the name of a column without regard to capitals, spaces, brackets and marks.

    Examples
    --------
    >>> folded_name("Area [m²]"), folded_name("HA-ID")
    ('area_m2', 'ha_id')
    """
    return re.sub(r"[\s_\-()\[\].,:/]+", "_", column.casefold().replace("²", "2")).strip("_")


def _filled(table: SourceTable, column: str | None) -> list[str]:
    if column is None:
        return []
    cells: list[Any] = table.columns[column]
    return [text for cell in cells if cell is not None and (text := str(cell).strip())]


def _tell_apart(cells: Sequence[str], count: int) -> bool:
    if len(set(cells)) < len(cells) or len(cells) < _FILLED * count:
        return False
    whole = [cell.partition(".")[0] for cell in cells if _NUMBER.fullmatch(cell)]
    return not any(whole == [str(first + n) for n in range(len(cells))] for first in (0, 1))


def is_likely(column: str) -> bool:
    """Whether a column is taken for ids only by what its cells are.

    Examples
    --------
    >>> is_likely("HA-ID"), is_likely("local_id")
    (True, False)
    """
    names = load_terms("columns")["likely_ids"]
    return folded_name(column) in {*names["own"], *names["of_areas"]}
