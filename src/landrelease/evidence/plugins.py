"""Extractors of others: entry points of the group ``landrelease.extractors``, off by default.

A plug-in is a callable that takes a :class:`~landrelease.evidence.documents.Document` and returns
an iterable of mappings with ``category``, ``quote``, ``start``, ``end`` and ``fields``. Whatever
it is, a language model too, a quote that is not in the text at its place is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any, get_args

from landrelease.errors import InputError, NotFoundError
from landrelease.evidence import checks
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
    InputError
        ``extractor_broken``: it is installed and cannot be loaded.
    """
    for point in entry_points(group=GROUP):
        if point.name == name:
            try:
                found: Extractor = point.load()
            except Exception as problem:  # noqa: BLE001 - foreign code: anything may come
                raise InputError(
                    "extractor_broken",
                    f"extractor {name!r} cannot be loaded: {_told(problem)}",
                    "mend or reinstall it, or leave it out",
                ) from None
            return found
    raise NotFoundError(
        "extractor_unknown",
        f"there is no extractor {name!r}",
        f"installed: {', '.join(names()) or 'none'}",
    )


@dataclass(frozen=True)
class Answer:
    """What one extractor proposed for one document, and what was wrong with it."""

    proposals: tuple[Proposal, ...]
    problems: tuple[str, ...]


def ask(extractor: Extractor, document: Document, name: str) -> Answer:
    """Ask one extractor; whatever it does wrong is its own problem and stops nothing else.

    A proposal that does not stand in the text is left out. An extractor that fails keeps what it
    proposed before.
    """
    found: list[Proposal] = []
    problems: list[str] = []
    try:
        for raw in extractor(document):
            _take(raw, document, name, found, problems)
    except Exception as problem:  # noqa: BLE001 - foreign code: anything may come
        problems.append(f"extractor {name!r} stopped: {_told(problem)}; what the rules read stands")
    return Answer(tuple(found), tuple(_few(problems, name)))


def _take(
    raw: Any, document: Document, name: str, found: list[Proposal], problems: list[str]
) -> None:
    try:
        proposal = checked(raw, document.text, name)
    except InputError as problem:
        problems.append(f"{problem.message} [{problem.code}]; left out")
        return
    found.append(checks.checked(proposal, document.text, document.published_on))


_MOST_PROBLEMS = 5


def _few(problems: list[str], name: str) -> Iterator[str]:
    """The first problems, and how many more there are."""
    yield from problems[:_MOST_PROBLEMS]
    if len(problems) > _MOST_PROBLEMS:
        yield f"extractor {name!r}: {len(problems) - _MOST_PROBLEMS} more problems of this kind"


def _told(problem: Exception) -> str:
    """An error of foreign code in one short line."""
    words = " ".join(str(problem).split())
    return f"{type(problem).__name__}: {words[:200]}" if words else type(problem).__name__


def checked(raw: Any, text: str, name: str) -> Proposal:
    """Return a proposal whose quote stands in the text where it says.

    Raises
    ------
    InputError
        ``quote_not_in_text`` or ``proposal_malformed``: the extractor, not the document, is wrong.

    Examples
    --------
    >>> raw = {"category": "event", "quote": "3 mines", "start": 0, "end": 7, "fields": {}}
    >>> checked(raw, "3 mines were found", "mine").rule
    'plugin.mine'
    """
    parts = raw if isinstance(raw, Mapping) else {}
    category, quote, start, end = (parts.get(k) for k in ("category", "quote", "start", "end"))
    fields = parts.get("fields")
    if (
        category not in get_args(Category)
        or not isinstance(fields, Mapping)
        or not isinstance(quote, str)
        or not _storable(fields)
    ):
        raise InputError(
            "proposal_malformed",
            f"extractor {name!r} gave {repr(raw)[:200]}",
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


def _storable(fields: Mapping[str, Any]) -> bool:
    """Whether a register can keep the values: plain words, numbers, lists and mappings."""
    try:
        json.dumps(dict(fields), allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return all(isinstance(key, str) for key in fields)
