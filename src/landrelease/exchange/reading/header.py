"""Which rows of a sheet are its header: titles may stand above it, and it may have two tiers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from landrelease.errors import InputError

Cells = Sequence[Any]

#: A header stands among the first filled rows, or nowhere that can be guessed.
_LOOKED_AT = 15
_NUMBER_OR_DATE = re.compile(r"[-+]?[\d.,:/ %-]*\d[\d.,:/ %-]*")


class Header(NamedTuple):
    """Names of columns, the rows of the sheet that hold them (from 1), and what lies above."""

    names: list[Any]
    rows: tuple[int, ...]
    above: list[str]
    sure: bool


def find_header(filled: Sequence[tuple[int, Cells]], asked: tuple[int, ...]) -> Header:
    """The header among the rows of a sheet that are not empty, each with its number.

    The first such row is the header, unless it fills less than half of the width, as a title does,
    and a row of different words, none of which recurs in its column, stands below it. Over two
    columns one cell is a title where numbers or dates stand below the words. A row above
    or below that names what it leaves open, as merged cells do, belongs to it. Rows that were
    asked for are taken as they are.

    Examples
    --------
    >>> rows = [(1, ["Report"]), (3, ["id", "x", "y"]), (4, ["A", 17.1, 44.2])]
    >>> find_header(rows, ()).rows
    (3,)
    >>> tiers = [(1, ["id", "place", ""]), (2, ["", "x", "y"]), (3, ["A", 17.1, 44.2])]
    >>> find_header(tiers, ())[:2]
    (['id', 'x', 'y'], (1, 2))
    """
    numbers = [number for number, _ in filled]
    if asked:
        missing = [row for row in asked if row not in numbers]
        if missing:
            raise InputError(
                "header_row_empty",
                f"row {missing[0]} of the sheet, which header_row names, is empty or not there",
                "count rows as the sheet does, from 1",
            )
        places = [numbers.index(row) for row in asked]
    else:
        places = list(_by_evidence([cells for _, cells in filled[:_LOOKED_AT]]))
    rows = tuple(numbers[place] for place in places)
    above = [str(cell) for _, cells in filled[: places[0]] for cell in cells if _is_filled(cell)]
    names = _joined([filled[place][1] for place in places])
    return Header(names, rows, above, bool(asked) or places == [0])


def _by_evidence(rows: Sequence[Cells]) -> Iterator[int]:
    """Places of the header among the first filled rows."""
    width = max(map(_count, rows))
    first = next((n for n, row in enumerate(rows[:-1]) if _may_head(rows, n, width)), 0)
    if first and _names_more(rows[first - 1], rows[first]):
        yield first - 1
    yield first
    if first + 2 < len(rows) and _completes(rows[first], rows[first + 1]):
        yield first + 1


def _may_head(rows: Sequence[Cells], place: int, width: int) -> bool:
    row = rows[place]
    if place == 0:
        return _count(row) * 2 >= width and not _is_title_of_two(rows, width)
    different = _are_different(row) or _names_more(rows[place - 1], row)
    return _count(row) * 2 > width and _are_words(row) and different and not _recurs(rows, place)


def _is_title_of_two(rows: Sequence[Cells], width: int) -> bool:
    """Whether the first row is one cell over two columns, and names of values stand below it.

    Where all is text, a title cannot be told from a column whose neighbour has no name.
    """
    if width != 2 or _count(rows[0]) != 1 or not _may_head(rows, 1, width):
        return False
    below = [[_at(row, n) for row in rows[2:] if _is_filled(_at(row, n))] for n in range(width)]
    return any(cells and not any(_are_words([cell]) for cell in cells) for cells in below)


def _recurs(rows: Sequence[Cells], place: int) -> bool:
    """Whether a word of the row stands again below it in its column, as values do and names not."""
    named = [(n, _folded(cell)) for n, cell in enumerate(rows[place]) if _is_filled(cell)]
    return any(_folded(_at(row, n)) == word for row in rows[place + 1 :] for n, word in named)


def _names_more(upper: Cells, lower: Cells) -> bool:
    """Whether the upper row is a tier of merged cells that names or tells apart columns."""
    if _count(upper) < 2 or not _are_words(upper):
        return False
    over_open = any(_is_filled(c) and not _is_filled(_at(lower, n)) for n, c in enumerate(upper))
    return over_open or not _are_different(lower)


def _completes(upper: Cells, lower: Cells) -> bool:
    """Whether the lower row names the columns that the upper leaves open, and not all."""
    width = max(len(upper), len(lower))
    top, low = ([_is_filled(_at(row, n)) for n in range(width)] for row in (upper, lower))
    opens = [n for n in range(width) if not top[n] and low[n]]
    whole = all(one or other for one, other in zip(top, low, strict=True))
    tags = any(str(cell).startswith("#") for cell in lower)
    return bool(opens) and whole and not all(low) and not tags and _are_words(lower)


def _joined(tiers: Sequence[Cells]) -> list[Any]:
    """One name a column: that of the lowest tier, with the one above where it is needed."""
    lowest, above = tiers[-1], tiers[:-1]
    if not above:
        return list(lowest)
    width = max(map(len, tiers))
    spread = [list(_spread(tier, width)) for tier in above]
    words = [_folded(cell) for cell in lowest]
    names = []
    for n in range(width):
        own, direct = _at(lowest, n), [_at(tier, n) for tier in above if _is_filled(_at(tier, n))]
        if not _is_filled(own):
            names.append(direct[-1] if direct else "")
        elif words.count(_folded(own)) > 1:
            names.append(" ".join(str(part).strip() for part in (*(t[n] for t in spread), own)))
        else:
            names.append(own)
    return names


def _folded(cell: Any) -> str:
    return str(cell).strip().casefold() if _is_filled(cell) else ""


def _spread(tier: Cells, width: int) -> Iterator[Any]:
    """Merged cells hold their word once, in the first of their columns."""
    last: Any = ""
    for n in range(width):
        last = _at(tier, n) if _is_filled(_at(tier, n)) else last
        yield last


def _at(row: Cells, n: int) -> Any:
    return row[n] if n < len(row) else ""


def _is_filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _count(row: Cells) -> int:
    return sum(map(_is_filled, row))


def _are_words(row: Cells) -> bool:
    """Text that is neither a number nor a date."""
    filled = [cell for cell in row if _is_filled(cell)]
    return all(isinstance(c, str) and not _NUMBER_OR_DATE.fullmatch(c.strip()) for c in filled)


def _are_different(row: Cells) -> bool:
    words = [_folded(cell) for cell in row if _is_filled(cell)]
    return len(set(words)) == len(words)
