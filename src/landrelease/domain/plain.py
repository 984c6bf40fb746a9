"""What any program can read again: text without half characters, values that JSON can carry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from landrelease.domain.canonical import canonical_json
from landrelease.errors import FieldError

#: What begins a formula in a spreadsheet, with the full-width forms that East Asian programs read
#: alike; before a sign a program may drop a tab or the end of a line.
FORMULA_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
FORMULA_STARTS = (*FORMULA_SIGNS, "\t", "\r")

#: A NUL in JSON text; most programs end a text there, so two would read two texts.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def plain_text(name: str, value: Any) -> str:
    """Return a text that can be stored, hashed and read again.

    Raises
    ------
    FieldError
        It is no text, or holds a NUL or half of a surrogate pair.

    Examples
    --------
    >>> plain_text("reason", "drawn anew")
    'drawn anew'
    """
    if not isinstance(value, str):
        raise FieldError(name, value, "expected text")
    if "\0" in value or (not value.isascii() and not _encodable(value)):
        raise FieldError(name, value, "holds characters that no text can", "write it anew")
    return value


def body_text(body: Mapping[str, Any]) -> str:
    """Return a body's one JSON text.

    Raises
    ------
    FieldError
        A field holds what JSON cannot carry; the error names it.
    """
    try:
        text = canonical_json(body)
    except FieldError:
        check_json(body)
        raise
    if "\\u0000" in text and _NUL.search(text):
        check_json(body)
    return text


def check_json(body: Mapping[str, Any]) -> None:
    """Check each field of a body, so that an error names the field.

    Raises
    ------
    FieldError
        A field is no JSON (``json_invalid``), or holds a NUL.
    """
    for name, value in body.items():
        try:
            text = canonical_json({name: value})
        except FieldError as problem:
            said = problem.message.split(": ", 1)[-1]
            raise FieldError(name, repr(value)[:80], said, "write it anew", problem.code) from None
        if _NUL.search(text):
            raise FieldError(name, value, "holds characters that no text can", "write it anew")


def as_text(value: object) -> str:
    """Write a value as it stands in a form; what is no text is written as JSON.

    Examples
    --------
    >>> as_text("two weeks"), as_text(14), as_text(["a", "b"]), as_text(None)
    ('two weeks', '14', '["a", "b"]', '')
    """
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def texts_in(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a value of JSON with the path of its field; keys are texts too.

    Examples
    --------
    >>> list(texts_in({"note": "near the mill", "killed": 1}))
    [('note', 'note'), ('note', 'near the mill'), ('killed', 'killed')]
    """
    if isinstance(value, Mapping):
        for key, item in value.items():
            path = f"{field}.{key}" if field else key
            yield path, key
            yield from texts_in(item, path)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts_in(item, field)
    elif isinstance(value, str):
        yield field, value


def _encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
