"""One form for words that people type in several: capitals, accents and letters written as two."""

from __future__ import annotations

import re
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


#: What stands between the parts of an id: hyphens and dashes of any kind, white space, underscores.
_BETWEEN = re.compile(r"[\s_\-\u00ad\u2010-\u2015\u2212\u200b\ufeff]+")
_ZEROS = re.compile(r"(?<![\d.])0+(?=\d)")
_POINT = re.compile(r"(?<=\d)\.0+$")


def folded_id(text: str) -> str:
    """Return an id in the form in which those that look alike are one.

    Examples
    --------
    >>> {folded_id(one) for one in ("HA-101", "ha-101", "HA\u2011101", "HA 00101", "HA-101.0")}
    {'ha-101'}
    >>> folded_id("HA-1-01") == folded_id("HA-101")
    False
    """
    plain = _BETWEEN.sub("-", folded(text)).strip("-")
    return _POINT.sub("", _ZEROS.sub("", plain))
