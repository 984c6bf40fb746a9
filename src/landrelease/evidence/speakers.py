# ruff: noqa: E501 - patterns are read whole
"""Who speaks, as far as a text tells: a person, a body, a government, someone unnamed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.subjects import words


@dataclass(frozen=True)
class Speaker:
    """A speaker as far as the text tells; ``kind`` is person, organisation, government or unnamed."""

    name: str
    kind: str
    role: str | None = None
    org: str | None = None
    country: str | None = None


@cache
def role_pattern() -> str:
    """Alternation of all role nouns, plurals excluded."""
    return words("roles")


_STATE_WORDS = {"USA": "US", "GBR": "UK"}


def state_name(iso3: str) -> str:
    """Return the usual short name of a state."""
    return _STATE_WORDS.get(iso3) or str(gazetteer.state(iso3).get("names", [iso3])[0])


def government(iso3: str) -> Speaker:
    """Return a state's government as a speaker."""
    return Speaker(f"{state_name(iso3)} government", "government", country=iso3)


def body(mention: Mention) -> Speaker:
    """Return an organisation as a speaker, by its known name."""
    known = gazetteer.organisation(mention.key)
    name = str(known["name"])
    usual = "government" if _OF_STATE.match(name) else "organisation"
    return Speaker(name, str(known.get("kind", usual)), org=name, country=known.get("iso3"))


_OF_STATE = re.compile(
    r"(?:Ministry|Department|Government|Embassy|Parliament|Cabinet|State|Federal|Royal)\b"
)


PORTFOLIOS = {
    "foreign", "defence", "defense", "interior", "health", "finance", "energy", "agriculture",
    "economy", "justice", "prime", "vice", "deputy", "shadow", "home", "press", "assistant",
}  # fmt: skip
"""Words that tell one minister from another."""


def same_portfolio(words: str, role: str) -> bool:
    """Whether an office may be meant by words that name its portfolio or none.

    Examples
    --------
    >>> same_portfolio("defence secretary", "shadow foreign secretary")
    False
    >>> same_portfolio("minister", "Defence Minister"), same_portfolio("minister", "shadow minister")
    (True, True)
    """
    asked, held = (
        {w.replace("defense", "defence") for w in re.findall(r"[a-z]+", text.casefold())}
        & PORTFOLIOS
        for text in (words, role)
    )
    return not held or asked <= held
