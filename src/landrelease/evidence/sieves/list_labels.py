# ruff: noqa: E501 - patterns are read whole
"""Lines that open a list of goods by how far they are: «Delivered:», «Under contract:»."""

from __future__ import annotations

import re

from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.deals import Scene, party_of, word

_LABELS = (
    ("announced", re.compile(r"\W*(?:(?:still )?to be (?:delivered|sent|supplied)|under contract|on order|ordered|in preparation|in production|pledged|promised|committed|announced|on (?:the|its|their) way|in transit)\b[^.:]{0,40}:\W*", re.IGNORECASE)),
    ("proposed", re.compile(r"\W*(?:planned|under (?:discussion|consideration))\b[^.:]{0,40}:\W*", re.IGNORECASE)),
    ("delivered", re.compile(r"\W*(?:(?:already )?(?:delivered|sent|supplied|donated|handed over|provided|transferred)|deliveries)\b[^.:]{0,40}:\W*", re.IGNORECASE)),
)  # fmt: skip
_BETWEEN = re.compile(
    r"(⟨[SG]\d+⟩)(?:['’]s?)? (?:[\w-]+ ){0,3}?(?:support|aid|assistance|donations?|deliveries|contributions?|supplies) (?:to|for) (?:the )?(⟨[SG]\d+⟩)"
)
_OF_ARMS = re.compile(
    r"\b(?:military|security|defen[cs]e|arms|weapons?) (?:[\w-]+ )?(?:support|help|goods|items)\b"
)
_FAR = 12
"""Lines within which the title of a list stands before its labels."""


def opens(reading: Reading, tagged: Tagged, scene: Scene) -> bool:
    """Whether a line is such a label under a title that speaks of aid or arms; the scene follows it."""
    words = reading.text[tagged.sentence.start : tagged.sentence.end]
    status = next((name for name, regex in _LABELS if regex.fullmatch(words)), None)
    near = reading.tagged[max(0, tagged.index - _FAR) : tagged.index]
    if status is None or not any(_speaks_of_goods(t) for t in near):
        return False
    for title in near:
        between = _BETWEEN.search(title.string)
        if between:
            scene.supplier = party_of(title, between[1])
            scene.recipient = party_of(title, between[2])
    scene.status, scene.value, scene.date, scene.package = status, None, None, "list"
    return True


def _speaks_of_goods(title: Tagged) -> bool:
    return any(r.search(title.string) for r in (word("list_context"), _BETWEEN, _OF_ARMS))
