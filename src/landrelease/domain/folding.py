"""One form for words that people type in several: capitals, accents and letters written as two."""

from __future__ import annotations

import unicodedata

#: Letters without a decomposition that people type on a plain keyboard as another.
_PLAIN = str.maketrans("đðøłıħ", "ddolih") | str.maketrans({"æ": "ae", "œ": "oe"})


def folded(text: str) -> str:
    """Return a text in the form by which words are looked up.

    Examples
    --------
    >>> folded("Čapljina"), folded("ŠIPOVO"), folded("Øst-Đakovo")
    ('capljina', 'sipovo', 'ost-dakovo')
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_PLAIN)
