"""Documents as handed over: bytes in, text with its language, date and publisher out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Literal

import yaml

from landrelease.errors import FieldError, InputError
from landrelease.evidence import formats, languages
from landrelease.evidence.cleaning import front_matter

Basis = Literal["given", "metadata", "address", "unknown"]

_ADDRESS_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?!\d)"
)
_STATED_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_PARTIAL = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True)
class Document:
    """A source as text.

    Offsets of proposals count Python characters of ``text``. ``sha256`` is of the raw bytes.
    ``published_basis`` says where the date comes from; without one relative dates stay open.
    ``language_supported`` is false where the rules do not cover the language: the document is
    kept and nothing is proposed.
    """

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


def read_document(
    raw: bytes,
    *,
    name: str = "",
    url: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
) -> Document:
    """Read one document of plain text, Markdown, HTML or PDF.

    Parameters
    ----------
    raw : bytes
        The file as it is.
    name : str, optional
        File name, for its ending and for messages.
    url : str, optional
        Address it came from; its date counts when the document has none.
    published : str, optional
        Partial ISO date of publication, over all others.
    publisher : str, optional
        Who published it.

    Returns
    -------
    Document

    Raises
    ------
    InputError
        ``file_empty``, ``file_binary``, ``pdf_without_text``, ``pdf_unreadable``,
        ``page_without_text``.
    FieldError
        ``published`` is not a partial date.
    MissingExtraError
        The library for this format is not installed.

    Examples
    --------
    >>> document = read_document(b"The team cleared the field of mines.", published="2024-05")
    >>> document.published_on, document.published_basis, document.language
    ('2024-05', 'given', 'en')
    """
    if published is not None and not _PARTIAL.fullmatch(published):
        raise FieldError("published", published, "not a date", "write 2024, 2024-05 or 2024-05-31")
    where = name or "the document"
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise InputError("file_empty", f"{where} holds no text", "check the file")
    page, media_type, encoding, warnings = _page(raw, where, name, url)
    meta = metadata(page.text)
    address = url or _line(meta.get("source_url") or meta.get("url"))
    date, basis = _date(published, page.date, meta, address)
    language = languages.detect(page.text)
    supported = language is None or language in languages.SUPPORTED
    if not supported:
        warnings = (
            *warnings,
            f"language {language!r} is not covered by the rules: nothing is proposed",
        )
    if date is None:
        warnings = (*warnings, "no date of publication: relative dates stay open")
    return Document(
        page.text, media_type, language, supported, page.title or _line(meta.get("title")),
        publisher or page.publisher or _line(meta.get("publisher")), date, basis, encoding,
        hashlib.sha256(raw).hexdigest(), address, warnings,
    )  # fmt: skip


def _page(
    raw: bytes, where: str, name: str, url: str | None
) -> tuple[formats.Page, str, str | None, tuple[str, ...]]:
    if raw.startswith(b"%PDF-") or raw[:1024].lstrip().startswith(b"%PDF-"):
        return formats.from_pdf(raw, where), "application/pdf", None, ()
    if formats.is_html(raw, name):
        return formats.from_html(raw, where, url), "text/html", None, ()
    text, encoding, warnings = decoded(raw, where)
    marked = name.lower().endswith((".md", ".markdown")) or front_matter(text) is not None
    return formats.Page(text), "text/markdown" if marked else "text/plain", encoding, warnings


def decoded(raw: bytes, where: str) -> tuple[str, str, tuple[str, ...]]:
    """Decode bytes; UTF-8 keeps line ends and byte-order mark, so offsets are those of the file.

    Examples
    --------
    >>> decoded("dé".encode("latin-1") * 40, "x")[1] != "utf-8"
    True
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace"), "utf-16", ()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(raw, where)
    if "\x00" in text:
        raise _binary(where)
    return text, "utf-8", ()


def _guessed(raw: bytes, where: str) -> tuple[str, str, tuple[str, ...]]:
    odd = sum(byte < 9 or 13 < byte < 32 for byte in raw[:4096])
    if odd > len(raw[:4096]) * 0.02:
        raise _binary(where)
    encoding = "cp1252"
    if find_spec("charset_normalizer") is not None:
        from charset_normalizer import from_bytes

        found = from_bytes(raw[:65536])
        least = min((match.chaos for match in found), default=0.0)
        likely = [match.encoding for match in found if match.chaos == least]
        encoding = encoding if encoding in likely or not likely else likely[0]
    text = raw.decode(encoding, "replace")
    return text, encoding, (f"the file is not UTF-8; read as {encoding}",)


def _binary(where: str) -> InputError:
    return InputError(
        "file_binary", f"{where} is not a text", "give plain text, Markdown, HTML or PDF"
    )


def metadata(text: str) -> Mapping[str, Any]:
    """Return the front matter of a text, empty when there is none or it is not YAML."""
    span = front_matter(text)
    if span is None:
        return {}
    try:
        found = yaml.safe_load(text[span.start : span.end].strip("\ufeff \r\n\t").strip("-"))
    except (yaml.YAMLError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _line(value: object) -> str | None:
    return " ".join(str(value).split()) or None if value else None


def _date(
    published: str | None, stated: str | None, meta: Mapping[str, Any], address: str | None
) -> tuple[str | None, Basis]:
    if published:
        return published, "given"
    for value in (stated, meta.get("date"), meta.get("published"), meta.get("published_time")):
        match = _STATED_DATE.match(_line(value) or "")
        if match:
            return match.group(), "metadata"
    found = _ADDRESS_DATE.search(address or "")
    if found:
        return "-".join(part.zfill(2) for part in found.groups() if part), "address"
    return None, "unknown"
