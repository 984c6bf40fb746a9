"""Which of the values kept of a person name that person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: Columns that name a person, and what in a column's name says that it names a place instead.
_PERSON = ("name", "nombre", "apellido", "nom", "alias", "address", "phone", "email")
_PLACE = ("munic", "district", "place", "provin", "village", "depart", "country", "file", "econom")

#: Free text: too short, it says nothing of one person alone.
_FREE_TEXT = ("quote", "note", "reason")
_FEWEST_WORDS = 5

#: Shorter words are not searched for.
_SHORTEST_NAME = 3


def names_in(fields: Mapping[str, Any]) -> set[str]:
    """Return what a source calls a name, an address or a number of the person, never a place's.

    Examples
    --------
    >>> names_in({"attributes": {"full_name": "A. Beg", "village_name": "Lug"}, "note": "of Lug"})
    {'A. Beg'}
    """
    said = ((key.casefold(), text) for key, text in _values(fields))
    return {
        text
        for key, text in said
        if len(text) >= _SHORTEST_NAME
        and any(part in key for part in _PERSON)
        and not any(part in key for part in _PLACE)
    }


def traces_in(fields: Mapping[str, Any]) -> set[str]:
    """Return the names, and free text long enough to be about this person alone.

    Examples
    --------
    >>> traces_in({"note": "lost a foot on the way to the mill", "quote": "a mine"})
    {'lost a foot on the way to the mill'}
    """
    long = (text for key, text in _values(fields) if key in _FREE_TEXT)
    return names_in(fields) | {text for text in long if len(text.split()) >= _FEWEST_WORDS}


def _values(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Values of an identity, of the columns that no field takes, and of a row that waits."""
    for part in (fields, fields.get("attributes"), fields.get("raw")):
        if isinstance(part, Mapping):
            yield from ((key, str(value).strip()) for key, value in part.items())
