"""Web pages and PDF files as text with their metadata; the libraries load only when needed."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from importlib.util import find_spec

from landrelease.errors import InputError, MissingExtraError


@dataclass(frozen=True)
class Page:
    """Text and what the file itself says of title, publisher and date."""

    text: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    language: str | None = None


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
    import trafilatura
    from trafilatura.metadata import extract_metadata

    text = trafilatura.extract(
        raw, url=url, include_comments=False, include_tables=True, favor_recall=True
    )
    if not text or not text.strip():
        raise InputError(
            "page_without_text", f"{name}: no report was found on the page", "save its text instead"
        )
    options = {"original_date": True, "extensive_search": False}
    found = extract_metadata(raw, default_url=url, date_config=options)
    if found is None:
        return Page(text)
    return Page(
        text, _line(found.title), _line(found.sitename), _line(found.date), _line(found.language)
    )


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
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(raw))
        pages = [page.extract_text() or "" for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        NotImplementedError,
        OSError,
    ) as problem:
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
    return Page(text, _line(title))


def is_html(raw: bytes, name: str) -> bool:
    """Whether bytes look like a web page.

    Examples
    --------
    >>> is_html(b"<!DOCTYPE html><p>x</p>", ""), is_html(b"a < b", "note.txt")
    (True, False)
    """
    head = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return name.lower().endswith((".html", ".htm", ".xhtml")) or bool(
        re.match(rb"<!doctype html|<html|<\?xml[^>]*>\s*(?:<!doctype html|<html)|<head|<body", head)
    )


def _line(value: object) -> str | None:
    return " ".join(str(value).split()) or None if value else None
