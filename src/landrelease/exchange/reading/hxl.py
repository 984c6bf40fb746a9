"""HXL: a row of hashtags, under the header or in its place, that says what each column holds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any

from landrelease.exchange.issues import Issue, issue
from landrelease.terms import load_terms

#: A hashtag, even one misspelt with a space where its «+» should be.
_TAG = re.compile(r"\s*#\s*[A-Za-z]\w*([\s+]+\w+)*\s*")


def take_tags(
    header: Sequence[str], rows: list[list[Any]]
) -> tuple[dict[str, str], list[list[Any]], list[Issue]]:
    """Take the header and the tags off the rows, and check the tags.

    Tags stand under the header, or are the header themselves.

    Returns
    -------
    tuple
        Tag by column; the rows of data; issues.
    """
    at = next((place for place, row in enumerate(rows[:2]) if _is_tag_row(row)), None)
    if at is None:
        return {}, rows[1:], []
    tags = {c: _tidy(cell) for c, cell in zip(header, rows[at], strict=False) if _is_tag(cell)}
    issues = [one for column in header for one in _check(column, tags.get(column))]
    return tags, rows[at + 1 :], issues


def _is_tag(cell: Any) -> bool:
    return isinstance(cell, str) and bool(_TAG.fullmatch(cell))


def _is_tag_row(row: Sequence[Any]) -> bool:
    """At least one tag, and nothing but tags and empty cells."""
    filled = [cell for cell in row if cell not in (None, "")]
    return bool(filled) and all(map(_is_tag, filled))


def _tidy(cell: str) -> str:
    """One spelling of a tag: lower case, attributes sorted and without spaces before them."""
    base, *attributes = re.findall(r"\w+", cell)
    return "+".join(["#" + base.lower(), *sorted(a.lower() for a in attributes)])


def _check(column: str, tag: str | None) -> list[Issue]:
    if tag is None:
        return [issue("hxl_tag_missing", None, f"column {column!r}")]
    known = load_terms("hxl")["tags"]
    base = tag.split("+")[0]
    if base in known:
        return []
    close = difflib.get_close_matches(base, known, n=1)
    hint = f", perhaps {close[0]}" if close else ""
    return [issue("hxl_tag_unknown", None, f"column {column!r} tagged {base}{hint}")]
