"""Web pages and PDF files as text with their metadata; the libraries load only when needed."""

from __future__ import annotations

import io
import logging
import re
import struct
import warnings
import zlib
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from landrelease.errors import InputError, MissingExtraError
from landrelease.evidence.metadata import line
from landrelease.evidence.pagedates import own_date

if TYPE_CHECKING:
    from pypdf import PdfReader

_FAULTS = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
    NotImplementedError, OSError, zlib.error, struct.error,
)  # fmt: skip
"""What libraries raise on a damaged file: it is the file's fault, and one file's only."""


@dataclass(frozen=True)
class Page:
    """Text and what the file itself says of title, publisher, date, licence and address."""

    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    licence: str | None = None
    address: str | None = None
    beside: str | None = None
    """A date of the page's foot or of a change, which is no day of publication."""


def from_html(raw: bytes, name: str, url: str | None) -> Page:
    """Read the report out of a web page.

    Raises
    ------
    MissingExtraError
        trafilatura is not installed.
    InputError
        The page holds no text.
    """
    if find_spec("trafilatura") is None:
        raise MissingExtraError("news", "reading web pages")
    _quieten("trafilatura")
    import trafilatura
    from trafilatura.metadata import extract_metadata

    options = {"original_date": True, "extensive_search": False}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd time zones of a page are no one's concern here
            text = trafilatura.extract(
                raw, url=url, include_comments=False, include_tables=True, favor_recall=True
            )
            found = extract_metadata(raw, default_url=url, date_config=options)
            day = line(found.date) if found else None
            own = own_date(raw, url) if day else None
    except _FAULTS as problem:
        raise InputError("page_unreadable", f"{name}: {problem}", "save its text instead") from None
    if not text or not text.strip():
        raise InputError(
            "page_without_text", f"{name}: no report was found on the page", "save its text instead"
        )
    if found is None:
        return Page(text)
    return Page(
        text, line(found.title), line(found.sitename), own, line(found.license),
        line(found.url), day if day != own else None,
    )  # fmt: skip


def from_pdf(raw: bytes, name: str) -> Page:
    """Read the text layer of a PDF file, page by page.

    Raises
    ------
    MissingExtraError
        pypdf is not installed.
    InputError
        The file is damaged, locked, or holds pictures of text only.
    """
    if find_spec("pypdf") is None:
        raise MissingExtraError("news", "reading PDF files")
    _quieten("pypdf")
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(raw))
        pages = [page.extract_text() or "" for page in reader.pages]
        title, made = _pdf_metadata(reader)
    except (PyPdfError, DependencyError, *_FAULTS) as problem:
        raise InputError(
            "pdf_unreadable",
            f"{name}: {problem}",
            "open and save the file again, without a password",
        ) from None
    text = "\n\n".join(re.sub(r"[^\S\n]+\n", "\n", page).strip() for page in pages).strip()
    if not text:
        raise InputError(
            "pdf_without_text", f"{name} holds no text, only pictures", "recognise its text first"
        )
    return Page(text, title, date=made)


def _pdf_metadata(reader: PdfReader) -> tuple[str | None, str | None]:
    """Title and day of making; a damaged entry counts as none."""
    if not reader.metadata:
        return None, None
    try:
        made = reader.metadata.creation_date
    except ValueError:
        made = None
    return line(reader.metadata.title), made.date().isoformat() if made else None


def _quieten(library: str) -> None:
    """Keep a library's remarks off stderr unless the user has set up logging."""
    logger = logging.getLogger(library)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def is_pdf(raw: bytes) -> bool:
    """Whether bytes are a PDF file, whatever its name says."""
    return raw[:1024].lstrip().startswith(b"%PDF-")


def is_html(raw: bytes, name: str) -> bool:
    """Whether bytes look like a web page.

    Examples
    --------
    >>> is_html(b"<!DOCTYPE html><p>x</p>", ""), is_html(b"a < b", "note.txt")
    (True, False)
    """
    head = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    named = name.lower().endswith((".html", ".htm", ".xhtml")) and b"<" in raw
    return named or bool(
        re.match(rb"<!doctype html|<html|<\?xml[^>]*>\s*(?:<!doctype html|<html)|<head|<body", head)
    )
