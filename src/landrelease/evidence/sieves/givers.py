# ruff: noqa: E501 - patterns are read whole
"""Whose body a party is, and whose money a sum is that names its unit alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention

_OF_THE_STATE = re.compile(
    r"Mine Action (?:and Victim Assistance )?(?:Cent(?:re|er)|Agency|Authority|Coordination)|\b(?:National|Regulatory|Directorate|Authority|Executive|Commission)\b|\b(?:Emergency|Border|Security) (?:Service|Guard)\b"
)
_SHARED_UNITS = {
    "kroner": {"DNK": "DKK", "NOR": "NOK"},
    "crowns": {"CZE": "CZK", "SWE": "SEK", "NOR": "NOK", "DNK": "DKK"},
    "francs": {"CHE": "CHF"},
    "dollars": {"AUS": "AUD", "CAN": "CAD", "NZL": "NZD"},
    "pounds": {"GBR": "GBP"},
    "won": {"KOR": "KRW"},
}
"""Units that several states have under one name: ISO 4217, by the state that gives."""


def state_of_body(known: Mapping[str, Any]) -> str | None:
    """The state whose authority a listed body is; a charity or a party to a conflict is none.

    Examples
    --------
    >>> state_of_body({"name": "Cambodian Mine Action Centre", "iso3": "KHM"})
    'KHM'
    >>> state_of_body({"name": "White Helmets", "iso3": "SYR"})
    """
    office = known.get("kind") == "government" or _OF_THE_STATE.search(str(known["name"]))
    iso3 = known.get("iso3")
    return str(iso3) if iso3 and office and not known.get("party") else None


def currency(words: str, unit: str | None, giver: str | None) -> str | None:
    """The currency of a sum; «kroner» are those of the state that gives them.

    Examples
    --------
    >>> currency("25 million kroner", "NOK", "DNK"), currency("$5 million", "USD", "AUS")
    ('DKK', 'USD')
    """
    last = re.search(r"([a-z]+)\W*$", words)
    alone = last and not re.search(rf"\b[A-Z][\w.]+ {last[1]}\W*$", words)
    return _SHARED_UNITS.get(last[1], {}).get(giver or "", unit) if last and alone else unit


def party_of(mention: Mention) -> str:
    """The state of a government's office, else the body's name."""
    known = gazetteer.organisation(mention.key)
    office = known.get("kind") == "government"
    return str(known.get("iso3") if office else known["name"])


def signing_for(mention: Mention | None) -> str | None:
    """The state for which a listed authority signs an agreement with another state."""
    listed = mention is not None and mention.kind == "O"
    return state_of_body(gazetteer.organisation(mention.key)) if mention and listed else None
