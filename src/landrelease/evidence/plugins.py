"""Extractors of others: entry points of the group ``landrelease.extractors``, off by default.

A plug-in is a callable that takes a :class:`~landrelease.evidence.documents.Document` and returns
an iterable of mappings with ``category``, ``quote``, ``start``, ``end`` and ``fields``. Whatever
it is, a language model too, a quote that is not in the text at its place is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from typing import Any, get_args

from landrelease.errors import InputError, NotFoundError
from landrelease.evidence.documents import Document
from landrelease.evidence.proposals import Category, Proposal

GROUP = "landrelease.extractors"
Extractor = Callable[[Document], Iterable[Mapping[str, Any]]]


def names() -> list[str]:
    """Return the names of the installed extractors."""
    return sorted(point.name for point in entry_points(group=GROUP))


def load(name: str) -> Extractor:
    """Return one extractor by its name.

    Raises
    ------
    NotFoundError
        No such extractor is installed.
    """
    for point in entry_points(group=GROUP):
        if point.name == name:
            found: Extractor = point.load()
            return found
    raise NotFoundError(
        "extractor_unknown",
        f"there is no extractor {name!r}",
        f"installed: {', '.join(names()) or 'none'}",
    )


def run(extractor: Extractor, document: Document, name: str) -> Iterator[Proposal]:
    """Yield an extractor's proposals, each checked against the text.

    Raises
    ------
    InputError
        ``quote_not_in_text`` or ``proposal_malformed``: the extractor, not the document, is wrong.
    """
    for raw in extractor(document):
        yield checked(raw, document.text, name)


def checked(raw: Mapping[str, Any], text: str, name: str) -> Proposal:
    """Return a proposal whose quote stands in the text where it says.

    Examples
    --------
    >>> raw = {"category": "event", "quote": "3 mines", "start": 0, "end": 7, "fields": {}}
    >>> checked(raw, "3 mines were found", "mine").rule
    'plugin.mine'
    """
    category, quote, start, end = (raw.get(k) for k in ("category", "quote", "start", "end"))
    fields = raw.get("fields")
    if (
        category not in get_args(Category)
        or not isinstance(fields, Mapping)
        or not isinstance(quote, str)
    ):
        raise InputError(
            "proposal_malformed",
            f"extractor {name!r} gave {dict(raw)!r}",
            "see the page on plug-ins",
        )
    whole = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
    if not whole or text[start:end] != quote:
        raise InputError(
            "quote_not_in_text",
            f"extractor {name!r}: {quote[:80]!r} does not stand at {start}-{end}",
            "quotes are exact",
        )
    return Proposal(category, quote, start, end, dict(fields), f"plugin.{name}", "low")  # type: ignore[arg-type]
