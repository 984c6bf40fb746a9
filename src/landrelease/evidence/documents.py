"""Documents as handed over: bytes in, text with its language, date and publisher out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from landrelease.errors import FieldError, InputError
from landrelease.evidence import formats, languages
from landrelease.evidence.cleaning import front_matter
from landrelease.evidence.metadata import Basis, published_date, stated
from landrelease.evidence.partial_dates import iso

_PARTIAL = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True)
class Document:
    """A source as text.

    Offsets of proposals count Python characters of ``text``. ``sha256`` is of the raw bytes.
    ``published_basis`` says where the date comes from; without one relative dates stay open.
    ``language_supported`` is false where the rules do not cover the language: the document is
    kept and nothing is proposed. ``licence`` is the note on how the text may be used, as the
    document or the user words it.
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
    licence: str | None = None
    warnings: tuple[str, ...] = ()


def _is_day(words: str) -> bool:
    """Whether words are a partial date of the calendar: 2024-02-30 is none."""
    if not _PARTIAL.fullmatch(words):
        return False
    return iso(*map(int, words.split("-"))) is not None


def read_document(
    raw: bytes,
    *,
    name: str = "",
    url: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    licence: str | None = None,
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
        Who published it, over the document's own word.
    licence : str, optional
        Licence note, over the document's own.

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
    if published is not None and not _is_day(published):
        raise FieldError("published", published, "not a date", "write 2024, 2024-05 or 2024-05-31")
    where = name or "the document"
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise InputError("file_empty", f"{where} holds no text", "check the file")
    page, media_type, encoding, warnings = _page(raw, where, name, url)
    own = stated(page.text)
    address = url or own.address or page.address
    date, basis = published_date(published, page.date, own.published, address)
    language = languages.detect(page.text)
    return Document(
        text=page.text,
        media_type=media_type,
        language=language,
        language_supported=languages.covered(language),
        title=page.title or own.title,
        publisher=publisher or page.publisher or own.publisher,
        published_on=date,
        published_basis=basis,
        encoding=encoding,
        sha256=hashlib.sha256(raw).hexdigest(),
        url=address,
        licence=licence or page.licence or own.licence,
        warnings=(
            *warnings,
            *_remarks(language, date),
            *_of_making(media_type, basis, date),
            *_not_taken(page.beside, basis),
        ),
    )


def _remarks(language: str | None, date: str | None) -> Iterator[str]:
    if not languages.covered(language):
        yield languages.uncovered(language)
    if date is None:
        yield "no date of publication: relative dates stay open"


def _of_making(media_type: str, basis: Basis, date: str | None) -> Iterator[str]:
    if media_type == "application/pdf" and basis == "metadata":
        yield f"dated by the day the PDF was made ({date}): say --published if you know better"


def _not_taken(beside: str | None, basis: Basis) -> Iterator[str]:
    if beside and basis != "given":
        yield (
            f"the date {beside} stands in the page's foot or tells a change and was not taken: "
            "say --published if it is the day of publication"
        )


def _page(
    raw: bytes, where: str, name: str, url: str | None
) -> tuple[formats.Page, str, str | None, tuple[str, ...]]:
    if formats.is_pdf(raw):
        return formats.from_pdf(raw, where), "application/pdf", None, ()
    if raw.lstrip().startswith(b"{\\rtf"):
        raise _binary(where)
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
