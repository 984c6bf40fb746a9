"""The code page of a Shapefile, as its .cpg names it in one spelling or another."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from landrelease.exchange.issues import Issue, issue
from landrelease.exchange.reading.text import decode_bytes
from landrelease.exchange.reading.zipped import ZIP_ERRORS

#: «1250», «cp-1250», «ANSI 1250», «windows 1250», «OEM 852».
_PAGE = re.compile(r"(?:ms|cp|ansi|win|windows|ibm|oem|dos)?[\s_-]*(\d{3,5})", re.IGNORECASE)
_UTF8 = 65001


def stated_encoding(path: Path, inner: str | None) -> tuple[str | None, list[Issue]]:
    """The encoding that the .cpg beside a Shapefile names, or a word on what it holds instead.

    Parameters
    ----------
    path : Path
        The .shp or .dbf itself, or the zip file that it lies in.
    inner : str or None
        Its path inside the zip file.
    """
    text = _text_beside(path, inner)
    if not text:
        return None, []
    found = _known(text)
    return found, [] if found else [issue("code_page_unknown", None, repr(text[:40]))]


#: What GDAL calls the text of a table that does not say its encoding: each byte is one letter.
UNKNOWN = "ISO-8859-1"

Columns = Mapping[str, list[Any]]


def decoded(columns: Columns, country: str | None) -> tuple[dict[str, list[Any]], str, list[Issue]]:
    """Read the text of columns whose encoding is `UNKNOWN`, as UTF-8 or in a page that fits.

    Returns
    -------
    tuple
        The columns, the encoding that was used, and what is to be said of it.

    Examples
    --------
    >>> columns = {"name": ["\xc8apljina", 5, None]}
    >>> decoded(columns, "BIH")[:2]
    ({'name': ['Čapljina', 5, None]}, 'cp1250')
    """
    texts = [c for cells in columns.values() for c in cells if isinstance(c, str)]
    data = "\n".join([*columns, *texts]).encode("latin-1", "replace")
    found = decode_bytes(data, country)

    def read(cell: Any) -> Any:
        if not isinstance(cell, str) or cell.isascii():
            return cell
        return cell.encode("latin-1", "replace").decode(found.encoding, "replace")

    read_columns = {read(name): [read(cell) for cell in cells] for name, cells in columns.items()}
    return read_columns, found.encoding, list(found.issues)


def _text_beside(path: Path, inner: str | None) -> str | None:
    """The first line of the .cpg, whatever the case of its name."""
    own = Path(inner) if inner is not None else path
    if own.suffix.casefold() not in (".shp", ".dbf"):
        return None
    wanted = str(own.with_suffix(".cpg")).casefold()
    if inner is None:
        beside = [one for one in path.parent.iterdir() if str(one).casefold() == wanted]
        data = beside[0].read_bytes() if beside else b""
    else:
        data = _member(path, wanted)
    return data.decode("latin-1").removeprefix("\xef\xbb\xbf").strip()


def _member(path: Path, wanted: str) -> bytes:
    """A member of a zip file; of a damaged one nothing, since its layer tells what is wrong."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.casefold() == wanted]
            return archive.read(names[0]) if names else b""
    except ZIP_ERRORS:
        return b""


def _known(text: str) -> str | None:
    """Python's name of an encoding.

    Examples
    --------
    >>> [_known(text) for text in ("windows 1250", "ANSI 1250", "cp-1250", "UTF-8", "88592", "?")]
    ['cp1250', 'cp1250', 'cp1250', 'utf-8', 'iso8859-2', None]
    """
    page = _PAGE.fullmatch(text)
    name = text
    if page is not None:
        number = page.group(1)
        latin = re.fullmatch(r"8859(\d{1,2})", number)
        numbered = f"iso8859-{latin.group(1)}" if latin else f"cp{number}"
        name = "utf-8" if int(number) == _UTF8 else numbered
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
