# ruff: noqa: E501 - patterns are read whole
"""Where and when: the place, state and period that a sentence gives, or its document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landrelease.evidence import dates, gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.partial_dates import bounds
from landrelease.evidence.reading import Reading, Tagged

_PLACE = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]round|at|[Oo]utside|[Aa]cross|throughout|inside|along|from|on|of(?= (?:the )?⟨[WPL]\d+⟩ (?:district|province|region|oblast|governorate|county|department|municipality)\b)|(?:town|village|city|districts?|provinces?|region|oblast|governorates?|community|commune|municipality|department|county|area|outskirts|territory|territories|island|people|residents|villagers|inhabitants|north|south|east|west) of)(?: the)?(?: (?:town|village|city|district|districts|province|provinces|region|oblast|governorate|community|commune|municipality|department|county|area|outskirts|suburbs?|settlement|countryside|territory|north|south|east|west|northern|southern|eastern|western|central|north-?eastern|north-?western|south-?eastern|south-?western)){0,2}(?: of(?: the)?)? ?"
    r"(?P<names>⟨[WPLS]\d+⟩(?:(?:, and|,| and) (?:the )?⟨[WPL]\d+⟩)*)"
)
_NO_PLACE = re.compile(
    r"^(?:TV|Main|Telegram|Facebook|Twitter|X|WhatsApp|Instagram|Viber|YouTube|Parliament|Article|Section|Annex|Risk|Home|Work|Large|Stake|Odds)$|(?:Asian|African|European|American|Eastern|Western)$"
)
"""Capitalised words after «in», «on» and «from» that are no places."""


@dataclass(frozen=True)
class Period:
    """First and last day or coarser, with the text's own words."""

    first: str | None = None
    last: str | None = None
    text: str | None = None

    def fields(self) -> dict[str, str | None]:
        """The period as the fields of a record."""
        return {"period_start": self.first, "period_end": self.last, "period_text": self.text}


def main_state(reading: Reading, barring: str | None = None) -> str | None:
    """The state a document names most often, leaving one out."""
    return next((code for code, _ in reading.states.most_common() if code != barring), None)


_LOCATED = re.compile(
    r"(?<!\bmeeting )(?<!\bmeetings )(?<!\bconference )(?<!\bsummit )(?<!\btalks )(?<!\breporters )(?<!\bembassy )(?<!\b[Mm]eeting held )"
    r"(?:\b(?:[Ii]n|[Aa]cross|[Tt]hroughout|[Ii]nside|[Nn]ear|[Ww]ithin|[Aa]round|(?:regions?|parts?|provinces?|areas?|districts|villages|third|half|quarter|most|much|municipalities) of)|⟨C\d+⟩ of)(?! (?:the )?borders? )(?: (?:the )?(?:[\w-]+ ){0,2}?)?(?: ?⟨[WLP]\d+⟩,)? ?(⟨[SG]\d+⟩)"
    r"|\b(?:left|leaves|leaving|made|makes|making|littered) (⟨S\d+⟩) (?:one of|⟨Q\d+⟩ of|among|with|the|a|heavily|badly)\b",
    re.IGNORECASE,
)
"""«in X», «a third of X», but not «the meeting in X»."""


def located(tagged: Tagged) -> str | None:
    """The state in which the words of a sentence place what it tells."""
    match = _LOCATED.search(tagged.string)
    mention = tagged.mention(match[1] or match[2]) if match else None
    return mention.key if mention else None


_TELLERS = re.compile(
    r"Monitor|Human Rights Watch|Amnesty International|Campaign to Ban|Coalition|Red Cross"
)
"""Bodies that tell of many states and are at home in none of them."""


def stated(reading: Reading, tagged: Tagged) -> str | None:
    """The state that a sentence names, by a body at home or by a name that only stands in it."""
    named = [
        m.key
        for m in tagged.all("JSG")
        if not _THEIRS.match(tagged.string, _after(tagged, m))
        and not _invades(tagged, m)
        and not _BESIDE.search(tagged.string[: tagged.place(m)])
    ]
    bodies = [gazetteer.organisation(m.key) for m in tagged.all("O")]
    homes = [b.get("iso3") for b in bodies if not _TELLERS.search(str(b["name"]))]
    own = next((b for b in homes if b and _at_home(reading, b)), None)
    return own or (named[0] if named else None)


_THEIRS = re.compile(
    r"(?:['’]s?)?[ -](?:led|(?:(?:full-scale|armed|military|air|illegal|large-scale) )?(?:occup\w+|aggression|invasion|invaders|war ?planes|aircraft|bombers?|bombing|bombs?|planes|bombardment|shelling|made|laid|supplied|planted|dropped|munitions?|air ?strikes|attacks?|(?:[\w-]+ )?(?:charity|cameraman|journalist|broadcaster|funding|money|funds|cluster (?:bombs?|munitions?))))\b",
    re.IGNORECASE,
)
"""«After years of Norsian occupation»: the state did it and is not where it happened."""


_INVASION_OF = re.compile(r"\binvasion of (?:the )?$")
_ABROAD = re.compile(r" (?:on|in|into|against)\b")


def _invades(tagged: Tagged, mention: Mention) -> bool:
    """«The invasion of Norsia on the territory of B» is Norsia's."""
    before = tagged.string[: tagged.place(mention)]
    onto = _ABROAD.match(tagged.string, _after(tagged, mention))
    return bool(onto and _INVASION_OF.search(before))


_BESIDE = re.compile(
    r"\b(?:borders? (?:with|to)|bordering|(?:meeting|conference|summit|session|talks|reporters|embassy|negotiations) in(?: ⟨[WLP]\d+⟩,)?|link(?:s|ed)? (?:with|to)|(?:money|funds?|funding|support|grants?|help|aid) (?:from|of|by)|(?:funded|paid for|financed|supported) by|(?:aggression|attacks?|strikes|shelling) (?:of|by|from)|(?:invasion|occupation|war) by)(?: the)? $",
    re.IGNORECASE,
)
"""A neighbour, a giver or the town of a meeting is not where it happened."""


def _after(tagged: Tagged, mention: Mention) -> int:
    """Where the tag of a mention ends."""
    return tagged.string.index("⟩", tagged.place(mention)) + 1


def _at_home(reading: Reading, state: str) -> bool:
    """A listed body of a state that no word of the document names may only share its name."""
    named = reading.named_states
    return state in named or not named


_MEETS = re.compile(
    r"\b(?:meetings?|conference|summit|session|assembly|talks|negotiations|workshop|briefing) in $",
    re.IGNORECASE,
)


def place_in(tagged: Tagged) -> str | None:
    """The named places of a sentence, joined by «;»."""
    for match in _PLACE.finditer(tagged.string):
        if _MEETS.search(tagged.string[: match.start("names")]):
            continue
        names = [m.key for m in tagged.all("WPL", match["names"]) if not _NO_PLACE.search(m.key)]
        if names:
            return "; ".join(names)
    return None


def period_of(reading: Reading, mentions: list[Mention]) -> Period:
    """The period that date mentions span; the first with a value decides."""
    for mention in mentions:
        data: dates.DateMention = mention.data
        if data.first or data.last:
            words = reading.text[mention.start : mention.end]
            first = bounds(data.first)[0] if data.first else None
            last = bounds(data.last)[1] if data.last else None
            return Period(first, last, words)
    return Period()
