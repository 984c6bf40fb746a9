# ruff: noqa: E501 - patterns are read whole
"""Documents as handed over: bytes in, text with its language, date and publisher out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from landrelease.errors import InputError
from landrelease.evidence.cleaning import front_matter

Basis = Literal["given", "metadata", "address", "unknown"]


@dataclass(frozen=True)
class Document:
    """A source as text; ``sha256`` is of the raw bytes, offsets count characters of ``text``."""

    text: str
    media_type: str = "text/plain"
    language: str | None = None
    language_supported: bool = True
    title: str | None = None
    publisher: str | None = None
    published_on: str | None = None
    published_basis: Basis = "unknown"
    encoding: str | None = None
    sha256: str = ""
    url: str | None = None
    warnings: tuple[str, ...] = ()


_ADDRESS_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?!\d)"
)


def read_document(
    raw: bytes,
    *,
    name: str = "",
    url: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
) -> Document:
    """Read one document."""
    if not raw.strip():
        raise InputError("file_empty", f"{name or 'the document'} holds no text", "check the file")
    text, encoding = raw.decode("utf-8", "replace"), "utf-8"
    meta = metadata(text)
    address = url or _text(meta.get("source_url") or meta.get("url"))
    date, basis = _date(published, meta, address)
    return Document(
        text, "text/plain", "en", True, _text(meta.get("title")), publisher or _text(meta.get("publisher")),
        date, basis, encoding, hashlib.sha256(raw).hexdigest(), address,
    )  # fmt: skip


def metadata(text: str) -> dict[str, Any]:
    """Return the front matter of a text as a mapping, empty when there is none."""
    span = front_matter(text)
    if span is None:
        return {}
    try:
        found = yaml.safe_load(text[span.start : span.end].strip("\ufeff").strip().strip("-"))
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def _text(value: object) -> str | None:
    return " ".join(str(value).split()) if value else None


def _date(
    published: str | None, meta: dict[str, Any], address: str | None
) -> tuple[str | None, Basis]:
    if published:
        return published, "given"
    stated = _text(meta.get("date") or meta.get("published") or meta.get("published_time"))
    if stated and re.match(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?", stated):
        return re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", stated).group(), "metadata"  # type: ignore[union-attr]
    found = _ADDRESS_DATE.search(address or "")
    if found:
        return "-".join(p.zfill(2) for p in found.groups() if p), "address"
    return None, "unknown"
