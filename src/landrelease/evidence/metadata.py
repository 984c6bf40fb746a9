"""What a document says of itself: front matter, and the date of publication with its basis."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import yaml

from landrelease.evidence.cleaning import front_matter
from landrelease.evidence.dates import find_dates

Basis = Literal["given", "metadata", "address", "unknown"]

_KEYS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "site_name", "sitename", "site", "organisation", "organization"),
    "address": ("source_url", "url", "link", "permalink", "canonical", "canonical_url", "source"),
    "licence": ("licence", "license", "rights", "copyright"),
    "published": (
        "date", "published", "published_time", "published_on", "published_at", "date_published",
        "datepublished", "publication_date", "pubdate",
    ),
}  # fmt: skip
_ADDRESS_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?!\d)"
)
_ISO_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_WEB = re.compile(r"https?://\S+$")


@dataclass(frozen=True)
class Stated:
    """What a file states about itself; nothing is guessed."""

    title: str | None = None
    publisher: str | None = None
    address: str | None = None
    licence: str | None = None
    published: str | None = None


def stated(text: str) -> Stated:
    """Read the front matter of a text by the names that such blocks use.

    Examples
    --------
    >>> block = "---\\nTitle: Weekly\\nlicense: CC BY 4.0\\ndate: 6 January 2023\\n---\\n"
    >>> stated(block + "Text.").licence, stated(block + "Text.").published
    ('CC BY 4.0', '2023-01-06')
    """
    fields = {_name(key): value for key, value in _block(text).items()}

    def first(what: str) -> str | None:
        found = (line(fields[key]) for key in _KEYS[what] if fields.get(key))
        return next((value for value in found if value and _fits(what, value)), None)

    return Stated(
        first("title"), first("publisher"), first("address"), first("licence"),
        as_date(first("published")),
    )  # fmt: skip


def published_date(
    given: str | None, of_page: str | None, of_text: str | None, address: str | None
) -> tuple[str | None, Basis]:
    """Return the date of publication and what it rests on; what is given goes over all.

    Examples
    --------
    >>> published_date(None, None, None, "https://example.org/2024/11/21/story")
    ('2024-11-21', 'address')
    """
    if given:
        return given, "given"
    if found := as_date(of_page) or of_text:
        return found, "metadata"
    match = _ADDRESS_DATE.search(address or "")
    if match:
        parts = [part.zfill(2) for part in match.groups() if part]
        return _existing("-".join(parts)) or "-".join(parts[:2]), "address"
    return None, "unknown"


def as_date(value: str | None) -> str | None:
    """Return a stated date as a partial ISO date: ISO, or written out with its year.

    Examples
    --------
    >>> as_date("2023-01-06 17:11:39-05:00"), as_date("January 6, 2023"), as_date("soon")
    ('2023-01-06', '2023-01-06', None)
    """
    if not value:
        return None
    match = _ISO_DATE.match(value)
    if match:
        return _existing(match.group())
    return next((d.value for d in find_dates(value, 0, len(value), None) if d.value), None)


def line(value: object) -> str | None:
    """Return a value as one line of text, nothing for an empty one."""
    return " ".join(str(value).split()) or None if value else None


def _existing(day: str) -> str | None:
    """A partial date as it is, unless its day does not exist (30 February)."""
    try:
        date.fromisoformat(day if len(day) == 10 else "2000-01-01")
    except ValueError:
        return None
    return day


def _name(key: object) -> str:
    return str(key).strip().casefold().replace("-", "_").replace(" ", "_")


def _fits(what: str, value: str) -> bool:
    return bool(_WEB.match(value)) or what != "address"


def _block(text: str) -> Mapping[Any, Any]:
    span = front_matter(text)
    if span is None:
        return {}
    try:
        found = yaml.safe_load(text[span.start : span.end].strip("\ufeff \r\n\t").strip("-"))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
