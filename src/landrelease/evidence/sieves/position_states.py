# ruff: noqa: E501 - patterns are read whole
"""Which states a clause about a treaty means: those it names, those of its words and those named before."""

from __future__ import annotations

import re

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.places import main_state
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.named_before import how_many, named_before, pair_before
from landrelease.terms import load_terms


def states_of(
    reading: Reading, tagged: Tagged, match: re.Match[str], subjects: list[Mention]
) -> list[Mention]:
    """The states that a clause names, else those that its words mean."""
    return (
        _head_of_aside(tagged, match)
        or _named(tagged, match)
        or _it(reading, tagged, match, subjects)
        or named_before(reading, tagged, match)
        or _own_state(reading, match)
    )


def _it(
    reading: Reading, tagged: Tagged, match: re.Match[str], subjects: list[Mention]
) -> list[Mention]:
    """«It» is the state named last in the sentence, else the subject of those before; «both» all."""
    word = match.groupdict().get("it")
    if not word:
        return []
    if later := _named_after(tagged, match):
        return [later]
    if word.casefold().startswith(_SEVERAL) and not _ONE.search(match["verb"]):
        own = list({m.key: m for m in tagged.all("SG", tagged.string[: match.start()])}.values())
        both = own[-2:] if word.casefold().startswith("both") and len(own) > 1 else []
        count = how_many(tagged, word)
        known = subjects if len(subjects) > 1 and count in (None, len(subjects)) else []
        return both or known or pair_before(reading, tagged, word, match.start("it"))
    if ", " in tagged.string[: match.start()] and (own := _head(tagged, match.start())):
        return own[:1]
    before = tagged.string[: match.start()]
    own = tagged.all("SGW", before) or _of_bodies(tagged, before)
    return own[-1:] or subjects[:1]


_STATE_BODY = re.compile(
    r"(⟨J\d+⟩) (?:[\w-]+ ){0,2}?(?:government|chancellery|[Mm]inist\w+|spokes\w+|parliament|president|officials?|authorities|embassy|delegat\w+)\b"
)


def _of_bodies(tagged: Tagged, before: str) -> list[Mention]:
    """«What the German chancellery put out says that they are a signatory» speaks of its state."""
    return [m for tag in _STATE_BODY.findall(before) if (m := tagged.mention(tag))]


_ONE = re.compile(r"\ban? (?:\w+ )?(?:state|party|member|signatory)")
"""«They are a signatory» speaks of one."""
_AHEAD = re.compile(
    r"(?:^|[,;:] )(?:When|Since|After|Before|As|Although|Though|While|Once) $", re.I
)
_OWNER = re.compile(r"[^.;⟨]{0,60}?(?:⟨[TDM]\d+⟩[^.;⟨]{0,30}?){0,2}, (?:the )?(⟨S\d+⟩)(?!['’])")


def _named_after(tagged: Tagged, match: re.Match[str]) -> Mention | None:
    """«When it joined in 2011, Peru …»: the name follows the pronoun."""
    if not _AHEAD.search(tagged.string[: match.start("it")]):
        return None
    owner = _OWNER.match(tagged.string, match.end("verb"))
    return tagged.mention(owner[1]) if owner else None


def _own_state(reading: Reading, match: re.Match[str]) -> list[Mention]:
    """«The government» is that of the state the document names most."""
    main = main_state(reading) if match.groupdict().get("own") else None
    return [Mention("S", 0, 0, main)] if main else []


_SEVERAL = (
    "both", "they", "neither", "country", "state", "side", "of them", "these", "those", "the ⟨",
    "them",
)  # fmt: skip
"""Words for the states spoken of before."""
_HEAD = re.compile(
    r"(?:The |Neither |Both )?⟨[SG]\d+⟩(?:(?:, and |, | and | nor | or )(?:the )?⟨[SG]\d+⟩){0,20}"
)


def _head(tagged: Tagged, end: int) -> list[Mention]:
    """The states that stand at the very head of a sentence, before a place in it."""
    head = _HEAD.match(tagged.string[:end])
    return tagged.all("SG", head.group()) if head else []


_LISTED = re.compile(r"⟨[SG]\d+⟩(?:(?:, and |, | and )(?:the )?⟨[SG]\d+⟩){1,20}")


def opening_states(tagged: Tagged) -> list[Mention]:
    """The states that open a sentence are what «it» and «both» mean in the next."""
    head = _head(tagged, len(tagged.string))
    listed = _LISTED.search(tagged.string)
    if len(head) < 2 and listed:
        return tagged.all("SG", listed.group())
    return (
        head or (tagged.all("SG", tagged.string[:120]) or tagged.all("W", tagged.string[:14]))[:1]
    )


def _named(tagged: Tagged, match: re.Match[str]) -> list[Mention]:
    text = " ".join(v for k, v in match.groupdict().items() if v and k.startswith("states"))
    named = states_in(tagged, re.sub(r"\([^)]*\)", "", _without_foil(tagged, match, text)))
    unlisted = all(m.kind == "W" for m in named) and not _TREATY_WORD.search(match.group())
    return [] if unlisted and _MOVES.match(match["verb"] or "") else named


_TREATY_WORD = re.compile(r"⟨T\d+⟩|\b(?:[Tt]reaty|[Cc]onvention|pact|accord|ban)\b")
_MOVES = re.compile(r".*\b(?:left|leaves|quit|exited|followed|walked|pulled|abandoned)\b")
"""What companies and people do too, so that an unknown name is none of a state's."""


def states_in(tagged: Tagged, text: str) -> list[Mention]:
    """The states that a list of names means: their own, their groups', their parliaments'."""
    text = _ITS_BODY.sub(r"\1", text)
    found: dict[str, Mention] = {m.key: m for m in _of_groups(tagged, text)}
    for mention in tagged.all("SGJ", text) or _unlisted(tagged, text, found):
        if not _COMMON_NOUN.fullmatch(mention.key):
            found.setdefault(mention.key, mention)
    return list(found.values())


_ITS_BODY = re.compile(r"(⟨[SGJ]\d+⟩)['’]s ⟨O\d+⟩")
"""«Peru's Congress» is Peru's, whose name a body elsewhere may bear."""


def _unlisted(tagged: Tagged, text: str, found: dict[str, Mention]) -> list[Mention]:
    """A name that no list knows may be a state's; «Western countries» is none."""
    names = [] if found else tagged.all("W", _AT_LARGE.sub("", text))
    return [name for name in names if name.key not in load_terms("positions")["seats"]]


_AT_LARGE = re.compile(r"⟨W\d+⟩ (?:states|countries|nations|republics)\b")


def _of_groups(tagged: Tagged, text: str) -> list[Mention]:
    """States that a list names by their group or by their parliament: «the Baltic states and the Sejm»."""
    groups = load_terms("positions")["groups"]
    names = [m.key.split()[0] for m in tagged.all("W", text)] + _GROUP.findall(text)
    members = [state for name in names for state in groups.get(name, ())]
    owners = [gazetteer.organisation(m.key).get("iso3") for m in tagged.all("O", text)]
    return [Mention("S", 0, 0, state) for state in [*members, *filter(None, owners)]]


_GROUP = re.compile(r"\b[A-Z][a-z]+\b")
_FOIL = re.compile(r"\b(?:[Uu]nlike|[Aa]part from|[Bb]esides|In contrast to|Except for) (?:the )?$")


def _without_foil(tagged: Tagged, match: re.Match[str], text: str) -> str:
    """«Unlike A, B has not joined» speaks of B; in «nor is A's neighbour B» A owns the neighbour."""
    if not match.groupdict().get("states"):
        return text
    if ", " in text and _FOIL.search(tagged.string[: match.start("states")]):
        text = text.rsplit(", ", 1)[1]
    owner = match.end() == match.end("states") and re.match(
        r"['’]s? \w", tagged.string[match.end() :]
    )
    return re.sub(r"⟨\w+⟩,?$", "", text) if owner else text


_ASIDE_BEFORE = re.compile(
    r"(⟨[SG]\d+⟩), (?:which|who|whose)\b[^,;⟨]{1,80}(?:⟨[QDW]\d+⟩[^,;⟨]{0,40})?$"
)


def _head_of_aside(tagged: Tagged, match: re.Match[str]) -> list[Mention]:
    """«A, which borders B, has left»: it is A that has left."""
    words = match.groupdict().get("states") or ""
    if not words.endswith(",") or match.start("verb") < match.end("states"):
        return []
    head = _ASIDE_BEFORE.search(tagged.string[: match.start("states")])
    return tagged.all("SG", head[1]) if head else []


_COMMON_NOUN = re.compile(
    r"(?:Cabinet|Parliament|Government|Senate|Council|Ministers?|Assembly|Congress|Saeima|Seimas|Sejm|Riigikogu|Countries|States|Nations|Powers|Governments|Members|Parties|Others|Neighbou?rs|Signatories|Non-\w+|[A-Z]\w+ (?:countries|states|nations|members))(?: .*)?",
    re.IGNORECASE,
)
"""Words for states at large, which name none."""
