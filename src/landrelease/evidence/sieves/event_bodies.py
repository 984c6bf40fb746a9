# ruff: noqa: E501 - patterns are read whole
"""Which body an event is of: who does the work, not who counts it or fights."""

from __future__ import annotations

import re

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import Tagged


def lead_of(tagged: Tagged, bodies: list[Mention]) -> Mention:
    """The last body named, or the first of a list of which it is one: who leads stands first."""
    last = tagged.place(bodies[-1])
    start = next(
        (at for b in bodies if _LISTED.fullmatch(tagged.string, at := tagged.place(b), last)), last
    )
    return next(b for b in bodies if tagged.place(b) == start)


_LISTED = re.compile(
    r"(?:(?:⟨[OW]\d+⟩|Ministry of [A-Z][a-z]+)(?: \([^)]{2,12}\))?(?:, |,? and |,? with )(?:the |an? )?)+"
)
_CALLS_FROM = re.compile(
    r"\b(?:appeals?|calls?|reports?|requests?|information|messages?|tip-?offs?)\b[^.;]{0,60} from (?:the )?$"
)


def calls_in(tagged: Tagged, mention: Mention) -> bool:
    """«Received 13 appeals from the emergency centre» names who called, not who does the work."""
    return bool(_CALLS_FROM.search(tagged.string[: tagged.place(mention)]))


_FIELD = re.compile(r"[Mm]ine|[Oo]rdnance|UXO|EOD|[Cc]learance|[Ww]eapon|[Ee]mergency|[Cc]ivil")


def works_on_mines(mention: Mention) -> bool:
    """A listed body that is neither a government's office nor a party to a conflict, or one named for the work."""
    known = gazetteer.organisation(mention.key)
    name = str(known["name"])
    listed = (
        gazetteer.is_listed(mention.key)
        and known.get("kind") != "government"
        and not known.get("party")
    )
    return (listed or bool(_FIELD.search(name))) and not _counts(name)


_TELLERS = (
    "Monitor",
    "Human Rights Watch",
    "Amnesty International",
    "Campaign to Ban",
    "Coalition",
)
"""Bodies that count and tell and do no work on the ground."""


def own_org(tagged: Tagged, kind: str) -> str | None:
    """The body of a sentence; who laid mines or counted them did not clear them."""
    known = [gazetteer.organisation(m.key) for m in tagged.all("O")]
    known = [k for k in known if not k.get("party")]
    if kind in ("clearance", "survey"):
        known = [k for k in known if not _counts(str(k["name"]))]
    return str(known[0]["name"]) if known else None


def _counts(name: str) -> bool:
    return any(word in name for word in _TELLERS)
