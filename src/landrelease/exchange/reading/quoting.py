"""Rows of delimited text whose quotation marks may be broken: one stray mark swallows no rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

_FEWEST_MARKS = 2
"""Rows of two columns may well hold a note of several lines, each with a comma."""


def read_rows(text: str, delimiter: str) -> tuple[list[list[str]], frozenset[int]]:
    """Read rows of cells, and tell which of them hold a quotation mark that is never closed.

    A mark that opens a cell and is not closed makes all that follows one cell, line breaks
    included. Such a row is read again without quoting, and the lines behind it by themselves.

    Parameters
    ----------
    text : str
        The whole text.
    delimiter : str
        What stands between cells.

    Returns
    -------
    tuple
        The rows; the numbers, from 1, of those that were read again.

    Examples
    --------
    >>> read_rows('id,place,note\\n1,"mill,open\\n2,ford,open\\n', ",")[0][1:]
    [['1', '"mill', 'open'], ['2', 'ford', 'open']]
    >>> read_rows('id,place,note\\n1,mill,"two\\nlines"\\n', ",")[0][1:]
    [['1', 'mill', 'two\\nlines']]
    """
    lines = list(io.StringIO(text))
    rows: list[list[str]] = []
    torn: set[int] = set()
    at = 0
    while at < len(lines):
        for row, span in _records(lines, at, delimiter):
            width = len(rows[0]) if rows else span[0].count(delimiter) + 1
            if _swallowed(span, delimiter, width):
                rows.append(_literal(span[0], delimiter))
                torn.add(len(rows))
                at += 1
                break
            rows.append(row)
            at += len(span)
    return rows, frozenset(torn)


def _records(
    lines: Sequence[str], first: int, delimiter: str
) -> Iterator[tuple[list[str], Sequence[str]]]:
    """Rows from a line on, each with the lines that it takes."""
    reader = csv.reader((lines[n] for n in range(first, len(lines))), delimiter=delimiter)
    before = 0
    for row in reader:
        yield row, lines[first + before : first + reader.line_num]
        before = reader.line_num


def _swallowed(span: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether lines read as one row are rows of their own, joined by a stray mark.

    One line alone is torn only where the text ends before the mark is closed; well-formed lines
    only where each of them is a row as wide as the first of the table. A note of several lines,
    with whatever commas, is one cell.
    """
    if len(span) == 1:
        return span[0].count('"') % 2 == 1 and _is_malformed(span, delimiter)
    if _is_malformed(span, delimiter):
        return True
    return width > _FEWEST_MARKS and all(line.count(delimiter) == width - 1 for line in span)


def _is_malformed(span: Sequence[str], delimiter: str) -> bool:
    try:
        for _ in csv.reader(span, delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return True
    return False


def _literal(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE))
