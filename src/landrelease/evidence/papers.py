# ruff: noqa: E501 - patterns are read whole
"""Official papers: memoranda, orders, policy papers, letters and what is attributed to an officer.

Their heads name an office or body and say what the paper is, their feet bear a name. Every
sentence is that officer's or body's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from landrelease.evidence.letterhead import head_lines, home_of_head, in_office, speaker_named
from landrelease.evidence.named_roles import small_letters
from landrelease.evidence.names import holds_role
from landrelease.evidence.offices import office_of
from landrelease.evidence.reading import Reading, Tagged, read
from landrelease.evidence.speakers import Speaker, body, government
from landrelease.terms import load_terms

_ATTRIBUTED = re.compile(
    r"(?:(?:the following|this|below|statement|comments?|quotes?|remarks)\b.{0,60}? )?(?:can be |may be |should be |is |are )?attribut(?:ed|able) to (?:the )?(?P<who>.{4,160}?)(?:(?:,| [–—-])? (?:on|about|regarding|in response to)\b.*)?[:.]?",
    re.IGNORECASE,
)
"""«Attributable to Spokesperson Ana Reyl:» above or within the head."""
_OF_PAPER = r"(?:action|decision|policy|joint|presidential|ministerial|executive|national security|interim|press|media|information|written|explanatory|position|white|green|briefing|background|administrative|general|standing)"
_PAPER = re.compile(
    rf"(?:{_OF_PAPER} )*(?:(?:memorandum|memo)(?: (?:for|to|of policy)\b.*|:.*)?|(?:policy|position|white|green) (?:paper|statement|memorandum|guidance|note|directive)|(?:directive|order|instruction|circular|decree|regulation|decision)(?: (?:no\.?|number|nr\.?|\d).*| on .*)?|(?:media|press|information|briefing|explanatory) (?:note|statement)|fact ?sheet(?:s)?)(?:,? ?[|:–—-] .*|,? \d.*)?",
    re.IGNORECASE,
)
"""A line of the head that says what the paper is."""
_LETTER = re.compile(
    r"(?:identical )?letters? dated .{4,30}? from the (?P<who>.{5,160}?)(?:,? addressed to .*)",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"(?:[^:]{3,80}: )?(?:statement|declaration|remarks)\b.{0,120}? on behalf of (?:the )?(?P<who>.{2,80}?)(?: (?:on|regarding|concerning|about|at|to|following)\b.*)?",
    re.IGNORECASE,
)
_FROM = re.compile(r"from: ?(?P<who>.{4,160})", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:\(?(?:signed|s/|/s/)\)?:? ?)?(?P<name>[A-Z][\w'’-]+(?: [A-Z]\.| [A-Z][\w'’-]+| (?:de|van|von|bin|al|el)){1,4})(?:, (?P<role>.{4,120}))?",
    re.IGNORECASE,
)
_BODY_LINE = re.compile(
    r"(?:(?:The|Royal|Federal|National|⟨W\d+⟩) )*(?:⟨[SJ]\d+⟩(?:['’]s)? )?(?:(?:Ministry|Department|Council|Government|Cabinet|General Staff)\b.{0,60}|⟨O\d+⟩(?: of (?:the )?(?:Republic of )?⟨S\d+⟩)?)\.?"
)
_STATE_LINE = re.compile(
    r"(?:(?:Republic|Kingdom|State|Government|Federal Republic) of )?(?:the )?⟨S\d+⟩\.?"
)
_SEAT_LINE = re.compile(r"⟨G\d+⟩(?:, (?:⟨\w+⟩|[A-Z][\w .]+))?\.?")
_NEAR_TOP, _AT_FOOT = 4, 6


def issuer(reading: Reading) -> Speaker | None:
    """Whose official paper a whole document is, by head and foot; nobody where it is none.

    Parameters
    ----------
    reading : Reading
        The document.
    """
    sender = _sender(reading)
    if sender:
        return sender
    lines = head_lines(reading)
    attributed = _who(reading, lines, _ATTRIBUTED) or _who(reading, lines, _BEHALF)
    if attributed:
        return attributed
    letter = _who(reading, lines, _LETTER)
    paper = any(map(_PAPER.fullmatch, lines)) or _is_addressed(reading)
    signed = _signer(reading) if letter or paper else None
    if letter:
        return _in_place_of(signed, letter)
    if not paper:
        return None
    office = _who(reading, lines, _FROM) or _office_at_head(lines)
    issued = office or body_at_head(reading, lines)
    return _in_place_of(signed, issued) if issued else None


_NOTE = re.compile(
    r"(?:The )?(?:Permanent (?:Mission|Representation)|Embassy|Delegation|Consulate-General|Foreign Ministry|Ministry of Foreign Affairs|⟨O\d+⟩) of (?:the )?(?:(?:Republic|Kingdom|State) of )?(?P<state>⟨S\d+⟩).{0,120}? presents its compliments\b"
)
"""How a note verbale opens."""


def _sender(reading: Reading) -> Speaker | None:
    """The state whose mission or ministry sends a note verbale."""
    for told in reading.tagged[:_NEAR_TOP]:
        match = _NOTE.match(told.string)
        state = told.mention(match["state"]) if match else None
        if state:
            return government(state.key)
    return None


def _who(reading: Reading, lines: list[str], form: re.Pattern[str]) -> Speaker | None:
    """Whom the first line of a form names."""
    match = next((m for line in _with_labels(reading, lines) if (m := form.fullmatch(line))), None)
    if match is None:
        return None
    words = small_letters(match["who"])
    named = speaker_named(reading, words)
    if named and named.role is None and named.kind == "organisation" and holds_role(words):
        named = None
    return named or _holder(words)


def _is_addressed(reading: Reading) -> bool:
    """Whether the head says from whom and on what subject, as memoranda do."""
    labels = {b.label.upper() for b in reading.blocks[:_MOST_LABELS] if b.label}
    return "FROM" in labels and bool(labels & {"SUBJECT", "SUBJ", "RE"})


def _with_labels(reading: Reading, lines: list[str]) -> list[str]:
    """Lines of the head with the labels that blocks lost: «FROM: the minister»."""
    marked = [
        f"{b.label}: {' '.join(reading.text[b.start : b.end].split())}"
        for b in reading.blocks[:_MOST_LABELS]
        if b.label
    ]
    return [*lines, *marked]


_MOST_LABELS = 12


def _holder(words: str) -> Speaker | None:
    """The holder of an office without a name: «Permanent Representative of Chad to the United Nations»."""
    if not holds_role(words):
        return None
    small = read(words + ".", None)
    states = [m.key for m in small.mentions if m.kind in "SJG"]
    known = office_of(words)
    org = known["name"] if known else None
    country = known.get("iso3") if known else next(iter(states), None)
    role = re.sub(r"^the ", "", words, flags=re.IGNORECASE)
    return Speaker(role, "unnamed", role, org, country)


def _office_at_head(lines: list[str]) -> Speaker | None:
    """An office alone on one of the first lines: «DEPUTY SECRETARY OF DEFENSE»."""
    for printed in lines[:_NEAR_TOP]:
        line = re.sub(r"^(?:the )?(?:office of the )?", "", small_letters(printed), flags=re.I)
        if holds_role(line) and office_of(line) and len(line.split()) <= _LONGEST_OFFICE:
            return _holder(line)
    return None


_LONGEST_OFFICE = 8


def body_at_head(reading: Reading, lines: list[str]) -> Speaker | None:
    """A ministry or body alone on one of the first lines, with the state that the head names.

    Parameters
    ----------
    reading : Reading
        The document.
    lines : list of str
        Its head.
    """
    small = [read(small_letters(line) + ".", None) for line in lines]
    tagged = [s.tagged[0] if s.tagged else None for s in small]
    state = next(
        (m.key for t in tagged if t and _STATE_LINE.fullmatch(t.string) for m in t.all("S")), None
    )
    seat = _seat(lines, tagged)
    for line, told in zip(small[:_NEAR_TOP], tagged[:_NEAR_TOP], strict=True):
        if told is None or not _BODY_LINE.fullmatch(told.string):
            continue
        named = told.all("O")
        own = told.all("SJ")
        country = (own[0].key if own else None) or state or seat or home_of_head(reading)
        if named:
            known = body(named[0])
            return replace(
                known, country=known.country or (country if known.kind == "government" else None)
            )
        name = line.text.rstrip(".")
        return Speaker(name, "government", org=name, country=country)
    return None


def _seat(lines: list[str], tagged: list[Tagged | None]) -> str | None:
    """The state of a seat of government alone on a line of the head."""
    capital = next(
        (t.all("G")[0].key for t in tagged if t and _SEAT_LINE.fullmatch(t.string)), None
    )
    others: dict[str, str] = load_terms("transfers")["seats"]
    return capital or next((others[k] for x in lines if (k := x.split(",")[0]) in others), None)


def _signer(reading: Reading) -> Speaker | None:
    """The person whose name stands alone on one of the last lines, with the office beside it."""
    foot = _foot(reading)
    for before, line, after in zip(["", *foot], foot, [*foot[1:], ""], strict=False):
        match = _SIGNED.fullmatch(line)
        if match is None or not _is_name(match["name"]):
            continue
        role = match["role"] or next((b for b in (after, before) if _is_office(b)), None)
        named = speaker_named(reading, f"{match['name']}, {role}" if role else match["name"])
        if named and named.kind == "person":
            return in_office(named)
        return in_office(Speaker(match["name"], "person", role))
    return None


def _foot(reading: Reading) -> list[str]:
    """The lines below the last sentence of prose."""
    printed = [" ".join(reading.text[b.start : b.end].split()) for b in reading.blocks]
    prose = [i for i, p in enumerate(printed) if len(p) > _SHORTEST_PROSE and p.endswith(".")]
    return printed[prose[-1] + 1 :][:_AT_FOOT] if prose else []


_SHORTEST_PROSE = 50


def _is_office(line: str) -> bool:
    return holds_role(line) and len(line) < _LONGEST_LINE and not re.search(r":|\.$", line)


_LONGEST_LINE = 90


def _is_name(words: str) -> bool:
    """Whether capitalised words are a person's name by their shape."""
    small = read(f"said {words}.", None)
    return not holds_role(words) and not any(m.kind in "SJGOTM" for m in small.mentions)


def _in_place_of(signed: Speaker | None, office: Speaker) -> Speaker:
    """The person who signs, in the office or body of the head."""
    if signed is None or office.kind == "person":
        return office
    return replace(
        signed,
        role=signed.role or office.role,
        org=signed.org or office.org,
        country=signed.country or office.country,
    )
