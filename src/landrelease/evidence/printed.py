"""Words of a subject as they are printed, and the office that they name."""

from __future__ import annotations

import re
from functools import cache

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import TAG, Tagged
from landrelease.evidence.speakers import role_pattern, state_name


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{role_pattern()})\b", re.IGNORECASE)


@cache
def role_or_roles() -> re.Pattern[str]:
    """An office, or several of it, anywhere in words."""
    return re.compile(rf"\b(?:{role_pattern()})s?\b", re.IGNORECASE)


@cache
def office_of_body() -> re.Pattern[str]:
    """An office with the word before it, as its group ``role``."""
    return re.compile(rf"(?:^|\s)(?P<role>(?:[\w-]+ )?(?:{role_pattern()}))\b", re.IGNORECASE)


def role_in(words: str) -> str | None:
    """The last office that words name.

    Examples
    --------
    >>> role_in("a spokesman for the governor"), role_in("the village")
    ('governor', None)
    """
    found = _role().findall(words)
    return found[-1] if found else None


def printed_words(tagged: Tagged, subject: str) -> str:
    """The subject as printed, without its article and what follows a comma."""
    text = TAG.sub(lambda m: " ".join(printed_name(tagged.mentions[int(m[2])]).split()), subject)
    return re.sub(
        r"^(?:the|a|an|its|his|her|their)\s+", "", text.split(",")[0].strip(), flags=re.IGNORECASE
    )


def printed_name(mention: Mention) -> str:
    """How a name, state or munition is written out; figures and dates are left out."""
    if mention.kind == "M":
        return str(mention.data)
    if mention.kind in "SJG":
        return state_name(mention.key)
    if mention.kind == "O":
        return str(gazetteer.organisation(mention.key)["name"])
    return mention.key if mention.kind in "PWOLN" else ""
