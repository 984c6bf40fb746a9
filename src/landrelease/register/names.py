"""Which of the values kept of a person name that person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: Columns that name a person, and what in a column's name says that it names a place instead.
_PERSON = ("name", "nombre", "apellido", "nom", "alias", "address", "phone", "email")
_PLACE = ("munic", "district", "place", "provin", "village", "depart", "country", "file", "econom")

#: Columns that hold one part of a name; several of them hold a whole name together.
_GIVEN = ("first", "given", "forename", "prenom", "prénom", "nombre")
_FAMILY = ("last", "family", "surname", "apellido")

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

    The parts of a name in columns of their own are one name: «Ivan» alone is many people.

    >>> names_in({"attributes": {"first_name": "Ivan", "surname": "Horvat"}})
    {'Ivan Horvat'}
    """
    said = [
        (key.casefold(), text)
        for key, text in _values(fields)
        if _is_called(key.casefold(), _PERSON) and not _is_called(key.casefold(), _PLACE)
    ]
    given, family = ([t for key, t in said if _is_called(key, of)] for of in (_GIVEN, _FAMILY))
    whole = {text for _, text in said}
    if given and family:
        joined = {" ".join([*given, *family]), f"{given[0]} {family[0]}"}
        whole = whole - {t for t in (*given, *family) if len(t.split()) == 1} | joined
    return {text for text in whole if len(text) >= _SHORTEST_NAME}


def _is_called(key: str, parts: tuple[str, ...]) -> bool:
    return any(part in key for part in parts)


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
