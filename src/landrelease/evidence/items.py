# ruff: noqa: E501 - patterns are read whole
"""Lists of arms and equipment as printed: quantity, name, class."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from landrelease.evidence.quantities import Quantity, find_quantities
from landrelease.terms import load_terms

_SEPARATOR = re.compile(
    r"\s+[-–•]\s+(?=[A-Z\d])|;|,(?!\d{3})(?:\s+and\b)?|\s+(?:and|as well as|along with|plus|&)\s+",
    re.IGNORECASE,
)
_TRIM = re.compile(
    r"^(?:\s|[-–—•*·]|and\b|also\b|another\b|including\b|other\b|additional\b|more\b|the\b|a\b|an\b|some\b|new\b|of\b|its\b|first\b|latest\b|with\b|further\b|up to\b|worth of\b|as well as\b|these\b|those\b|such\b|both\b|all\b)+|[\s.;:,]++(?:and[\s.;:,]*+)?$|\s+(?:and|to|for|from|as well)$",
    re.IGNORECASE,
)


@cache
def _classes() -> list[tuple[str, re.Pattern[str]]]:
    table = load_terms("equipment")["classes"]
    return [
        (name, re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w])", re.IGNORECASE))
        for name, words in table.items()
    ]


def item_class(name: str) -> str | None:
    """Return the class of a named item, or nothing when no word of it is known.

    Examples
    --------
    >>> item_class("anti-vehicle landmines"), item_class("Stinger anti-aircraft systems"), item_class("soup")
    ('AV mine', 'MANPADS', None)
    """
    head = name.split(" for ", maxsplit=1)[0]
    return next(
        (key for part in (head, name) for key, pattern in _classes() if pattern.search(part)), None
    )


def items_of(text: str, *, known_only: bool = True) -> list[dict[str, Any]]:
    """Read a list of items; each number binds the noun that follows it.

    Examples
    --------
    >>> [(i["quantity"], i["name"]) for i in items_of("100 grenade launchers, 5,000 rifles and helmets")]
    [(100, 'grenade launchers'), (5000, 'rifles'), (None, 'helmets')]
    """
    plain = re.sub(r"\s", " ", text)
    found: list[dict[str, Any]] = []
    for piece in _pieces(plain):
        item = _item(piece)
        if (item and (item["class"] or not known_only)) or (
            item and found and not item["quantity"] and not known_only
        ):
            found.append(item)
    return found


def _pieces(text: str) -> list[str]:
    """Cut at commas and «and»; a modifier without its noun («counter-artillery and …») is joined on."""
    cuts, at = [], 0
    for match in _SEPARATOR.finditer(text):
        left, right = text[at : match.start()], text[match.end() :]
        if not match.group().startswith(";") and _modifier(left, right):
            continue
        cuts.append(left)
        at = match.end()
    return [piece for piece in [*cuts, text[at:]] if piece.strip()]


_ADJECTIVE = r"(?:mobile|portable|light|heavy|medium|manned|unmanned|fixed|stationary|(?:[\w-]+-)?(?:controlled|protected|tracked|wheeled|armou?red|propelled|operated|guided|powered|driven|mounted|range))"
_ADJECTIVES = rf"{_ADJECTIVE}(?:(?:, | and |, and ){_ADJECTIVE}){{0,3}}"
"""«4 mobile, remote-controlled and protected systems» are one kind of goods."""


def _modifier(left: str, right: str) -> bool:
    head = _TRIM.sub("", left)
    bare = _TRIM.sub("", head[_number_end(head) :])
    return bool(
        re.fullmatch(
            rf"(?:{_ADJECTIVES}|counter-\w+|grenade|mortar|artillery|grenade, mortar|rounds of small arms ammunition|explosive ordnance disposal|small arms|imagery|air|tracking)",
            bare,
            re.IGNORECASE,
        )
    ) and not re.match(r"\s*(?:\d|over|nearly|approximately)", right, re.IGNORECASE)


def _number_end(text: str) -> int:
    number = _leading(text)
    return number.end if number else 0


def _leading(text: str) -> Quantity | None:
    found = [q for q in find_quantities(text, 0, len(text)) if q.kind == "number"]
    return found[0] if found and found[0].start <= 2 else None


_LOT = re.compile(
    r"^(?:(?:an?|the|another|its) )?(?:(?!of\b)[\w-]+ ){0,2}?(?:consignment|batch|shipment|delivery|load|lot|donation)s? of |^[A-Z][\w.]+['’]s (?=(?:first |latest )?\d)",
    re.IGNORECASE,
)
"""What goods come in, or whose they are, is no part of their name."""


def _item(piece: str) -> dict[str, Any] | None:
    piece = _LOT.sub("", piece.strip().lstrip("-–—•*· "))
    number = _leading(piece) or _leading(_TRIM.sub("", piece))
    body = _TRIM.sub("", piece)
    if number:
        source = piece if _leading(piece) else body
        body = _TRIM.sub("", source[number.end :])
    name = re.sub(
        r"^(?:sets|pieces|units|rounds|items|sets? of|tons|tonnes) of ",
        "",
        body,
        flags=re.IGNORECASE,
    ).strip()
    name = re.split(
        r"\s+(?:that|which|to (?:support|help|build|defend|protect|provide)|we|they|under|from|worth|valued|for (?:the|use)|in order|(?:bought|ordered|purchased|donated|promised|pledged|supplied|provided|paid for|funded|financed|sent|given) (?:by|with|from|to))\b",
        name,
    )[0].strip(' ,.;:"”“')
    if not name or len(name) > 120 or not re.search(r"[A-Za-z]{2}", name):
        return None
    quantity = number.plain() if number else None
    item: dict[str, Any] = {"name": name, "class": item_class(body), "quantity": quantity}
    if number and number.approx:
        item["approx"] = number.approx
    return item
