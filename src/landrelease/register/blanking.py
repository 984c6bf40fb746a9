"""Blanking names in text: each character becomes a block, so that spans keep their place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from landrelease.register.matching import Names

BLOCK = "█"

#: A text or a number of JSON.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*')

#: Shorter numbers are counts, not a person's number.
_SHORTEST_NUMBER = 6


def in_json(text: str) -> str:
    """Return a text as it stands inside a text of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def blanked(text: str, names: Names) -> str:
    """Return a text, or a text of JSON, with blocks in the place of names.

    Examples
    --------
    >>> blanked("near Ana's mill", Names(["Ana"]))
    "near ███'s mill"
    >>> blanked('{"Ana":"{\\\\"by\\\\":\\\\"Ana\\\\"}"}', Names(["Ana"]))
    '{"███":"{\\\\"by\\\\":\\\\"███\\\\"}"}'
    """
    if not _is_json(text):
        return _blanked_text(text, names)
    return _TOKEN.sub(lambda found: _blanked_token(found[0], names), text)


def _blanked_text(text: str, names: Names) -> str:
    for start, end in names.spans(text):
        text = f"{text[:start]}{BLOCK * (end - start)}{text[end:]}"
    return text


def _is_json(text: str) -> bool:
    if text[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _blanked_token(token: str, names: Names) -> str:
    """One token of JSON; what holds no name stays byte for byte."""
    if token[0] != '"':
        is_named = len(token) >= _SHORTEST_NUMBER and token in names.written
        return f'"{BLOCK * len(token)}"' if is_named else token
    said = json.loads(token, strict=False)
    left = blanked(said, names)
    return token if left == said else json.dumps(left, ensure_ascii=False)


def united(here: Any, there: Any) -> Any:
    """Return a value of JSON with every block of two copies of it.

    Examples
    --------
    >>> united({"note": "Ana, ███"}, {"note": "███, Beg"})
    {'note': '███, ███'}
    """
    if here == there:
        return here
    if isinstance(here, dict) and isinstance(there, dict) and here.keys() == there.keys():
        return {key: united(here[key], there[key]) for key in here}
    if isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        return [united(a, b) for a, b in zip(here, there, strict=True)]
    if isinstance(here, str) and isinstance(there, str) and len(here) == len(there):
        return "".join(a if a == b else BLOCK for a, b in zip(here, there, strict=True))
    return BLOCK


def covered(value: Any) -> Any:
    """Return a value of JSON with blocks in the place of every text.

    Examples
    --------
    >>> covered({"note": "Ana", "killed": 1})
    {'note': '███', 'killed': 1}
    """
    if isinstance(value, dict):
        return {key: covered(item) for key, item in value.items()}
    if isinstance(value, list):
        return [covered(item) for item in value]
    return BLOCK * len(value) if isinstance(value, str) else value


def gone(before: Any, after: Any) -> Iterator[str]:
    """Yield what blocks stand for: the texts of one value that another has blanked.

    Examples
    --------
    >>> list(gone({"note": "Ana Beg, farmer"}, {"note": "███████, farmer"}))
    ['Ana Beg']
    """
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() & after.keys():
            yield from gone(before[key], after[key])
    elif isinstance(before, list) and isinstance(after, list):
        for one, other in zip(before, after, strict=False):
            yield from gone(one, other)
    elif isinstance(before, str) and isinstance(after, str) and len(before) == len(after):
        for run in re.finditer(f"{BLOCK}+", after):
            if BLOCK not in (text := before[run.start() : run.end()]):
                yield text
