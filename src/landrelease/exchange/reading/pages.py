"""Which code page bytes are written in, told by the letters that the country's words have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from landrelease.terms import load_terms

#: What bytes that are no UTF-8 are read in where no page fits better.
USUAL = "cp1252"

_WORD = re.compile(r"[^\W\d_]+")
_BYTES = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_MOST_WORDS = 5_000

#: Marks beyond ASCII that stand in texts of any language.
_MARKS = frozenset("\u00a0–—‘’‚“”„«»°²³±×·•…€№§´`")

#: The longest word of a Latin script that may have no plain letter.
_LONGEST_ACCENTED = 3


def guess_page(data: bytes, country: str | None = None) -> str:
    """Return the code page whose reading has the most words that the country's languages can have.

    Parameters
    ----------
    data : bytes
        Text that is no UTF-8.
    country : str, optional
        ISO 3166-1 alpha-3; without it a page that only some countries use must fit clearly.

    Examples
    --------
    >>> guess_page("Čapljina, Šipovo".encode("cp1250"), "BIH")
    'cp1250'
    >>> guess_page("Донецьк".encode("cp1251")), guess_page("Nariño".encode("cp1252"))
    ('cp1251', 'cp1252')
    """
    sample = b"\n".join(sorted(set(_BYTES.findall(data)))[:_MOST_WORDS])
    best, most = USUAL, 0
    for page, group in _candidates(country):
        score = _score(sample, page, group)
        if score > most:
            best, most = page, score
    return best


def is_mostly_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 of which some are damaged: legacy text makes such sequences rarely.

    Examples
    --------
    >>> is_mostly_utf8("Čapljina".encode() + b", \\xc8apljina"), is_mostly_utf8(b"\\xc8apljina")
    (True, False)
    """
    text = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= letter <= "\udcff" for letter in text)
    whole = sum(letter > "\x7f" for letter in text) - broken
    return 0 < broken <= whole


def _candidates(country: str | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Pages and their groups: those of the country first, then all others."""
    terms = load_terms("code_pages")
    groups: Mapping[str, Mapping[str, Any]] = terms["groups"]
    own = terms["countries"].get(country or "", ["western"])
    for name in dict.fromkeys([*own, *groups]):
        for page in groups[name]["pages"]:
            yield page, groups[name]


def _score(sample: bytes, page: str, group: Mapping[str, Any]) -> int:
    """Letters beyond ASCII in words that can be, less those that cannot."""
    try:
        text = sample.decode(page)
    except UnicodeDecodeError:
        return -len(sample)
    words = _WORD.findall(text)
    rest = [letter for letter in _WORD.sub("", text) if letter > "\x7f"]
    good = sum(letter in _MARKS or unicodedata.combining(letter) > 0 for letter in rest)
    return sum(_weight(word, group) for word in words) + 2 * good - len(rest)


def _weight(word: str, group: Mapping[str, Any]) -> int:
    beyond = [letter for letter in word if letter > "\x7f"]
    good = not _turns_upper(word) and (
        _is_of_script(word, group["script"])
        if "script" in group
        else _is_mixed(word, beyond, group["letters"])
    )
    return len(beyond) if good else -len(beyond)


def _is_of_script(word: str, script: str) -> bool:
    return all(unicodedata.name(letter, "").startswith(script) for letter in word)


def _is_mixed(word: str, beyond: Iterable[str], letters: str) -> bool:
    """Whether a word of a Latin script has its letters, and plain ones beside them."""
    known = all(letter.lower() in letters for letter in beyond)
    return known and (len(word) <= _LONGEST_ACCENTED or any(c < "\x80" for c in word))


def _turns_upper(word: str) -> bool:
    """Whether a capital follows a small letter, as it does in the wrong Cyrillic page."""
    return any(a.islower() and b.isupper() for a, b in pairwise(word))
