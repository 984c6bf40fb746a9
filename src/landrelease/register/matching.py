"""Finding a person's name however a text writes it.

Letter case, accents left out or written as combining marks, white space of any kind, hyphens,
commas and line breaks between the parts, surname first, addresses of the web (`ivan-horvat`,
`Ivan%20Horvat`) and escapes of HTML, JSON and mail are all the same name.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import Any

Span = tuple[int, int]

#: One character written as an escape: of a web address, of mail, of HTML, of JSON.
_ENCODED = re.compile(
    r"%[0-7][0-9a-f]|(?:[%=][cd][0-9a-f])(?:[%=][89ab][0-9a-f])"
    r"|(?:[%=]e[0-9a-f])(?:[%=][89ab][0-9a-f]){2}|(?:[%=]f[0-7])(?:[%=][89ab][0-9a-f]){3}"
    r"|&#?\w{1,31};|\\u[0-9a-f]{4}",
    re.IGNORECASE,
)
_MAY_BE_ENCODED = re.compile(r"[%&=\\]")

#: Accents, vowel signs of Arabic, and characters that nobody sees: a text may leave them out.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_LEFT_OUT = re.compile(f"[{_MARKS}\u00ad\u200b-\u200f\u2060\ufeff]")
_ACCENT = re.compile(f"[{_MARKS}]")

#: Letters that no decomposition brings to the letter by which they are replaced.
_PLAIN = {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe"}
_STROKED = re.compile(f"[{''.join(_PLAIN)}]")
#: The same and some accented letters as two letters, where a source writes them so.
_TWO_LETTERS = str.maketrans({"đ": "dj", "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})

#: What may stand between two parts of a name. Quotes and brackets part values, not names, save
#: quotes with nothing but a space between them: `"Ivan" "Horvat"`.
_BETWEEN = r'(?:\\[nrt]|[^\w"{}\[\]]|_)'
_QUOTED = r'\\?"?[^\S\r\n\t]{1,4}\\?"?'
_ANYTHING = r"(?:\\[nrt]|\W|_)"
_MOST_BETWEEN = 12
_JSON_MARKS = frozenset('"{}[]')
_APOSTROPHES = frozenset("'\u2019\u02bc`")

#: A name of this many letters is known without anything between its parts, as in addresses.
_LONG_ENOUGH_JOINED = 8
#: Names of more parts are looked for with the last parts first, of still more as they are.
_FEW_PARTS, _MANY_PARTS = 3, 6

#: Of names that are looked for in a short text, those whose longest part begins as the text does
#: somewhere are tried; so many letters tell enough.
_START = 5

#: Shorter parts of a name are in too many texts to tell anything.
_SHORTEST_PART = 2

#: Scripts before this one part words by spaces, so that a name in a longer word is another word.
_UNPARTED = "\u0590"

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

#: How much of a file is read at a time, and how much of it twice.
_CHUNK, _OVERLAP = 1 << 22, 1 << 14


class Names:
    """Names of one person, to be found in texts and in bytes.

    Examples
    --------
    >>> names = Names(["Ivan Horvat"])
    >>> [bool(names.spans(text)) for text in ("HORVAT,\\xa0Ivan", "by/ivan-horvat", "Ivan")]
    [True, True, False]
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.written = {name.strip() for name in names if name.strip()}
        spelt = {form for name in self.written for form in _spellings(name)}
        self._forms = [_form(name) for name in sorted(spelt, key=len, reverse=True)]
        self._by_start: defaultdict[str, list[_Form]] = defaultdict(list)
        for form in self._forms:
            self._by_start[form.seed[:_START]].append(form)
        self._lengths = {len(start) for start in self._by_start}

    def __bool__(self) -> bool:
        return bool(self._forms)

    def spans(self, text: str) -> list[Span]:
        """Return where names stand as words of their own, from the left, without overlaps."""
        quick = _folded(text)
        near = [form for form in self._likely(quick) if form.words.search(quick)]
        if not near:
            return []
        unfolded = _Unfolded(text)
        return _united(
            span
            for form in near
            for found in form.words.finditer(unfolded.folded)
            if form.accents_allow(text[slice(*(span := unfolded.span(*found.span())))])
        )

    def holds(self, text: str) -> bool:
        """Whether a text holds a name as words of their own."""
        return bool(self.spans(text))

    def in_cell(self, value: Any) -> bool:
        """Whether a value of a table holds a name; of bytes each likely reading is searched."""
        if value is None:
            return False
        if isinstance(value, bytes):
            return any(self.holds(text) for text in _readings(value))
        return self.holds(str(value))

    def in_bytes(self, data: bytes, *, alone: bool) -> bool:
        """Whether bytes hold a name; ``alone`` leaves out what is part of a word."""
        for start in range(0, len(data), _CHUNK):
            text = data[max(0, start - _OVERLAP) : start + _CHUNK].decode(errors="replace")
            if alone and self.holds(text):
                return True
            if not alone and self._anywhere(_folded(text)):
                return True
        return False

    def _anywhere(self, folded: str) -> bool:
        return any(form.bare.search(folded) for form in self._likely(folded))

    def _likely(self, folded: str) -> Iterator[_Form]:
        """Names whose longest part stands in a text; many names cost a short text little."""
        if len(self._forms) <= len(folded):
            return (form for form in self._forms if form.seed in folded)
        starts = {folded[at : at + n] for n in self._lengths for at in range(len(folded))}
        near = (form for start in starts for form in self._by_start.get(start, ()))
        return (form for form in near if form.seed in folded)


@dataclass(frozen=True)
class _Form:
    """One name as it is searched for in folded text; what finds it is made when it is needed."""

    name: str
    parts: list[tuple[str, str]]
    seed: str

    @cached_property
    def words(self) -> re.Pattern[str]:
        """The name as words of their own."""
        texts = [text for text, _ in self.parts]
        return re.compile(f"{_bound(texts, 0)}(?:{self._ways}){_bound(texts, -1)}")

    @cached_property
    def bare(self) -> re.Pattern[str]:
        """The name anywhere, also within a word."""
        return re.compile(self._ways)

    @cached_property
    def accents(self) -> list[str]:
        """The accents of the name."""
        return _accents(self.name)

    @cached_property
    def _ways(self) -> str:
        between = _between(self.parts)
        return "|".join(dict.fromkeys(between(one) for one in _orders(self.parts)))

    def accents_allow(self, said: str) -> bool:
        """Whether a text spells the name or leaves its accents out; with others it is another."""
        found = _accents(said)
        return not found or not self.accents or found == self.accents


class _Unfolded:
    """Folded text that knows where each of its characters stood."""

    def __init__(self, text: str) -> None:
        parts: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in _characters(text):
            parts.append(part := _folded(text[start:end]))
            self._starts += [start] * len(part)
            self._ends += [end] * len(part)
            if not part and self._ends:
                self._ends[-1] = end  # what nobody sees goes with the letter before it
        self.folded = "".join(parts)

    def span(self, start: int, end: int) -> Span:
        """Return the place in the text of a place in the folded text."""
        return self._starts[start], self._ends[end - 1]


def parts_alone(names: Iterable[str]) -> set[str]:
    """Return the parts of names of several parts: a text may mean the person by one of them.

    Examples
    --------
    >>> sorted(parts_alone(["Ivan Horvat", "Li An", "0911234567"]))
    ['horvat', 'ivan']
    """
    apart = [[part for part, _ in _parts(_folded(name))] for name in names]
    several = [parts for parts in apart if 1 < len(parts) <= _FEW_PARTS]
    return {p for parts in several for p in parts if p.isalpha() and len(p) > _SHORTEST_PART}


def is_text(data: bytes) -> bool:
    """Whether bytes are text that can be searched, not a picture or something packed.

    Examples
    --------
    >>> is_text(b"at the mill"), is_text(b"%PDF-1.7 ..."), is_text(b"PK\\x03\\x04\\x00")
    (True, False, False)
    """
    if data[:2] in _UTF_16:
        return True
    return not data.startswith(b"%PDF") and b"\0" not in data


def _spellings(name: str) -> set[str]:
    composed = unicodedata.normalize("NFC", name)
    return {composed, composed.casefold().translate(_TWO_LETTERS)}


def _form(name: str) -> _Form:
    parts = _parts(_folded(name)) or [(name, "")]
    return _Form(name, parts, max((text for text, _ in parts), key=len))


def _between(parts: list[tuple[str, str]]) -> Any:
    """How the parts of a name are joined to what finds them in one order."""
    gaps = [gap for _, gap in parts[:-1]]
    anything = _ANYTHING if any(_JSON_MARKS & set(gap) for gap in gaps) else _BETWEEN
    letters = sum(len(text) for text, _ in parts)
    is_joined = letters >= _LONG_ENOUGH_JOINED and all(text.isalpha() for text, _ in parts)
    is_joined |= bool(gaps) and all(gap in _APOSTROPHES for gap in gaps)
    gap = f"{anything}{{{0 if is_joined else 1},{_MOST_BETWEEN}}}"
    gap = gap if anything is _ANYTHING else f"(?:{gap}|{_QUOTED})"
    return lambda order: gap.join(re.escape(text) for text in order)


def _orders(parts: list[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """The orders in which the parts of a name are written; numbers have one."""
    texts = tuple(text for text, _ in parts)
    if len(texts) > _MANY_PARTS or not all(text.isalpha() for text in texts):
        yield texts
    elif len(texts) > _FEW_PARTS:
        yield from (texts[at:] + texts[:at] for at in range(len(texts)))
    else:
        yield from permutations(texts)


def _bound(texts: list[str], end: int) -> str:
    """What may not stand beside a name: more of the word, or of the number."""
    edges = {text[end] for text in (texts if all(t.isalpha() for t in texts) else [texts[end]])}
    if any(edge >= _UNPARTED for edge in edges):
        return ""
    if any(edge.isdigit() for edge in edges):
        return r"(?<!\d)(?<!\d[.])" if end == 0 else r"(?!\d|[.]\d)"
    return r"(?:(?<![^\W\d_])|(?<=\\[nrt]))" if end == 0 else r"(?![^\W\d_])"


def _parts(folded: str) -> list[tuple[str, str]]:
    """The words and numbers of a folded name, each with what stands after it."""
    found: list[tuple[str, str]] = []
    for character in folded:
        is_of_word = unicodedata.category(character)[0] in "LMN"
        if is_of_word and (not found or found[-1][1]):
            found.append((character, ""))
        elif found:
            text, gap = found[-1]
            found[-1] = (text + character, "") if is_of_word else (text, gap + character)
    return found


def _folded(text: str) -> str:
    """Return a text without case, accents and escapes, for comparing."""
    if _MAY_BE_ENCODED.search(text):
        text = _ENCODED.sub(_decoded, text)
    text = text.casefold()
    if text.isascii():
        return text
    apart = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", text))
    return _STROKED.sub(lambda found: _PLAIN[found[0]], apart)


def _decoded(found: re.Match[str]) -> str:
    escape = found[0]
    if escape[0] == "&":
        return html.unescape(escape)
    if escape[0] == "\\":
        return chr(int(escape[2:], 16))
    return bytes.fromhex(escape.replace("%", "").replace("=", "")).decode(errors="replace")


def _characters(text: str) -> Iterator[Span]:
    """The places of characters with their combining marks, an escape being one."""
    start = 0
    while start < len(text):
        escape = _ENCODED.match(text, start)
        end = escape.end() if escape else start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield start, end
        start = end


def _accents(text: str) -> list[str]:
    plain = _ENCODED.sub(_decoded, text)
    return sorted(_ACCENT.findall(unicodedata.normalize("NFD", plain)))


def _united(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _readings(data: bytes) -> Iterator[str]:
    """The texts that bytes may be: UTF-8, UTF-16, and the code pages of older programs."""
    if data[:2] in _UTF_16:
        yield data.decode("utf-16", errors="replace")
        return
    try:
        yield data.decode()
    except UnicodeDecodeError:
        yield data.decode(errors="replace")
        yield from (data.decode(page, errors="replace") for page in ("cp1250", "cp1252", "cp1251"))
