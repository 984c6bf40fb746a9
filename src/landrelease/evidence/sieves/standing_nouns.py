# ruff: noqa: E501 - patterns are read whole
"""Names, groups and pronouns that can be the subject of a clause, and the states that they stand for."""

from __future__ import annotations

import re
from functools import cache

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.reading import Tagged
from landrelease.terms import load_terms

_JOINED = r"(?:, and |,? as well as |,? along with |, together with | and | or | nor |, )"


@cache
def subject_nouns() -> re.Pattern[str]:
    """A pronoun, as the group ``pronoun``, or a list of names, bodies and groups."""
    words = load_terms("standing")["subjects"]
    item = "(?:<body>|<people>|<group>|<name>)"
    return compiled(f"(?P<pronoun><pronoun>)|{item}(?:{_JOINED}{item}){{0,40}}", words)


_OPENING = re.compile(
    r"(?:^(?:No[.,] |Yes[.,] |Both )?|[,;:—–“\"(•*] ?| - |\b(?:and|but|or|while|that|as|when|although|though|since|because|so|where|after|before|whereas|yet|did|does|do|has|have|is|are|nor|also|both|either|if|[Tt]oday|members|states|countries|nations|neighbou?rs?|all(?:y|ies)|[Oo]nly|just|even|like|except|except for|notably|including|called|named|said|says|noted|stated|insists?|insisted|claims?|claimed) |⟨D\d+⟩ |^(?:[Ii]n|[Oo]n|[Bb]y|[Ss]ince) ⟨D\d+⟩,? )(?:[Tt]he )?$"
)


def opens_clause(string: str, at: int) -> bool:
    """Whether what begins here can be a subject: it opens a sentence, a clause or a list."""
    return bool(_OPENING.search(string[max(0, at - 60) : at]))


def states_of(tagged: Tagged, words: str) -> list[Mention]:
    """The states that names, peoples' bodies and groups stand for."""
    found = {m.key: m for m in tagged.all("SGJ", words)}
    for mention in tagged.all("O", words):
        own = gazetteer.organisation(mention.key).get("iso3")
        if own:
            found.setdefault(own, Mention("S", mention.start, mention.end, own))
    if "Baltic" in words and len(found) < 3:
        for state in load_terms("positions")["groups"]["Baltic"]:
            found.setdefault(state, Mention("S", 0, 0, state))
    return list(found.values())
