"""Text out of bytes: which encoding, and what can be said against it."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from landrelease.errors import InputError
from landrelease.exchange.issues import Issue, issue
from landrelease.exchange.reading.pages import guess_page, is_mostly_utf8

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: What stands for bytes that mean nothing, and a word to show how others were read.
_REPLACED = "\ufffd"
_BEYOND_ASCII = re.compile(r"\w*[^\W\x00-\x7f]\w*")

#: UTF-8 read as a Western code page («Ã©»), a Windows code page read as Latin-1 (control characters
#: of C1 for «š» and «ž»), or letters replaced for good («NARI?O», U+FFFD).
_DAMAGE = re.compile(
    r"[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[\x80-\x9f]|�|[A-Za-zÀ-ÿ]\?[A-Za-zÀ-ÿ]"
)


class Decoded(NamedTuple):
    """Text, the encoding that was used, and what is to be said of it."""

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()


def decode(path: Path, encoding: str | None, country: str | None = None) -> Decoded:
    """Return the file's text and the encoding that was used.

    Without a name: a byte-order mark decides, then UTF-8, of which single bytes may be damaged,
    then the code page that fits the letters of the country's languages.

    Raises
    ------
    InputError
        The bytes are not text, or not in the named encoding.
    """
    data = path.read_bytes()
    if encoding is not None:
        return Decoded(_decode_as(data, encoding, path.name), encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_decode_as(data, name, path.name), name)
    if b"\0" in data[:65536]:
        raise InputError(
            "format_unknown",
            f"{path.name} holds binary data where its name says text",
            "check the file's name, or export it again",
        )
    return decode_bytes(data, country)


def decode_bytes(data: bytes, country: str | None) -> Decoded:
    """Read bytes that say nothing of their encoding; tell how, unless they are UTF-8."""
    with contextlib.suppress(UnicodeDecodeError):
        return Decoded(data.decode("utf-8"), "utf-8")
    if is_mostly_utf8(data):
        text = data.decode("utf-8", errors="replace")
        count = text.count(_REPLACED)
        note = f"{count:,} byte{'s are' if count > 1 else ' is'} no UTF-8, though the rest is"
        return Decoded(text, "utf-8", (issue("encoding_damaged", None, note),))
    page = guess_page(data, country)
    text = data.decode(page, errors="replace")
    example = max(_BEYOND_ASCII.findall(text), key=len, default="")[:40]
    note = f"read as {page}, as in {example!r}"
    return Decoded(text, page, (issue("encoding_guessed", None, note),))


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise InputError(
            "encoding_unknown", f"there is no encoding {encoding!r}", "as in utf-8 or cp1251"
        ) from None
    except UnicodeDecodeError as problem:
        raise InputError(
            "encoding_wrong",
            f"{name} is not text in {encoding}: byte {problem.start}",
            "name another encoding, or none to have it guessed",
        ) from None


def damage_issues(columns: Mapping[str, list[Any]]) -> list[Issue]:
    """Cells and headers whose letters look damaged, one issue a row and one for the headers."""
    found = [issue("encoding_damaged", None, f"column {c!r}") for c in columns if _DAMAGE.search(c)]
    seen: dict[Any, bool] = {}
    for name, values in columns.items():
        for row, value in enumerate(values, start=1):
            if isinstance(value, str) and seen.setdefault(value, damaged(value)):
                found.append(issue("encoding_damaged", row, f"{name} = {_excerpt(value)}"))
    return found


def _excerpt(text: str) -> str:
    """The damaged place, and what it may have been."""
    match = _DAMAGE.search(text)
    start = max(0, match.start() - 20) if match else 0
    part = text[start : start + 60]
    whole = undamaged(part)
    return f"{part!r}, perhaps {whole!r}" if whole not in (None, part) else repr(part)


def undamaged(text: str) -> str | None:
    """Text that was UTF-8 read as a Western code page, read right; None where it was not.

    Examples
    --------
    >>> undamaged("geÃ¯nterpreteerd")
    'geïnterpreteerd'
    """
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return None


def damaged(text: str) -> bool:
    """Whether letters look as if they went through the wrong encoding.

    Examples
    --------
    >>> damaged("NARI?O"), damaged("MuÃ±oz"), damaged("Nariño"), damaged("why?")
    (True, True, False, False)
    """
    return bool(_DAMAGE.search(text)) and "://" not in text
