# ruff: noqa: E501 - patterns are read whole
"""People as titles and labels name them: the role before the name, the occasion around both.

«Pentagon Press Secretary Air Force Maj. Gen. Ana Reyl Holds a Briefing», «PRESS SECRETARY
REYL AND NSC COORDINATOR FOR STRATEGIC COMMUNICATIONS BO LUND»: capitals tell nothing here, so the
name is what follows the last word of an office, or the last words of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from landrelease.evidence.directory import Directory
from landrelease.evidence.names import role_words
from landrelease.evidence.offices import office_of
from landrelease.evidence.reading import read
from landrelease.evidence.speakers import Speaker

_OCCASION = (
    r"(?:Press|News|Media|Joint|Special|Online|Daily|Background|On-the-Record|Regular|Weekly|Opening|"
    r"Closing|Virtual|Digital|Telephonic|Department|White House|State Department|Pentagon)"
)
_EVENT = (
    r"(?:Briefings?|Gaggles?|Calls?|Conferences?|Availability|Availabilities|Statements?|Remarks|"
    r"Readouts?|Interviews?|Transcripts?|Testimony|Speech|Address|Message|Release|Q ?& ?A)"
)
_BEFORE = re.compile(
    rf"^(?:.*? )??(?:{_OCCASION} ){{0,4}}{_EVENT}(?:,? (?:and|by|With) {_EVENT})? "
    r"(?:by|from|with|of|to the Press by|as Delivered by|By|With|From)(?: the)? ",
)
_AFTER = re.compile(
    rf" (?:Holds?|Hosts?|Delivers?|Speaks?|Briefs?|Conducts?|Joins?|Testif\w+|Meets?|Announces?|Makes?"
    rf"|Gives?|Travels?|En Route|{_OCCASION}(?: {_OCCASION}){{0,3}} {_EVENT}|{_EVENT}"
    r"|at (?:a|an|the)|At (?:a|an|the)|on (?=[A-Z])|On (?=[A-Z])|in (?=[A-Z])|before (?:a|the)|during|following|regarding|about)\b.*$"
)
_RANKS = re.compile(
    r"\b(?:(?:U\.?S\.? )?(?:Air Force|Army|Navy|Marine Corps|Marine|Space Force) )?(?:(?:Dr|Maj|Gen|Brig|Lt|Col|Capt|"
    r"Cmdr|Adm|Vice Adm|Rear Adm|Amb|Sgt|Hon|Mr|Mrs|Ms)\.? |(?:Brigadier|Major|Lieutenant) (?:General|Colonel) "
    r"|(?<!Secretary )(?:General|Admiral|Colonel|Ambassador) (?=[A-Z][\w'’-]+ [A-Z]))+"
)
_SUFFIX = re.compile(r",? (?:III|II|IV|Jr\.?|Sr\.?)$")
_SMALL = re.compile(r"\b(?:Of|For|The|And|To|At|In|On|By|With|From)\b")
_LONGEST = 200


def people_of_title(title: str) -> Iterator[Speaker]:
    """Yield the people whom a title or a speaker's label names with their roles.

    Examples
    --------
    >>> [(p.name, p.role) for p in people_of_title(
    ...     "Press Briefing by Press Secretary Ana Reyl and NSC Coordinator Bo Lund")]
    [('Ana Reyl', 'Press Secretary'), ('Bo Lund', 'Coordinator')]
    >>> [(p.name, p.role, p.org) for p in people_of_title("UNDERSECRETARY OF DEFENSE DR. ANA REYL")]
    [('Ana Reyl', 'Undersecretary of Defense', 'US Department of Defense')]
    """
    line = small_letters(" ".join(title.split())[:_LONGEST])
    line = _AFTER.sub("", _BEFORE.sub("", line))
    for part in _parts(line):
        found = _role_and_name(part.strip(" ,"))
        if found:
            yield _described(*found)


def _parts(line: str) -> list[str]:
    """Cut a line between people: what has no office goes on with the office before it."""
    parts: list[str] = []
    for piece in re.split(r",? and (?=[A-Z])|; ", line):
        if parts and not _is_role(piece):
            parts[-1] += f" and {piece}"
        else:
            parts.append(piece)
    return parts


def small_letters(line: str) -> str:
    """Write a line in capitals as a title is written.

    Examples
    --------
    >>> small_letters("STATEMENT BY THE REPUBLIC OF CHAD")
    'Statement by the Republic of Chad'
    """
    if not line.isupper():
        return line
    spelt = re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), line)
    spelt = _SMALL.sub(lambda m: m.group().lower(), spelt)
    return re.sub(
        r"\b(?:Iii|Ii|Iv|Nsc|Un|Nato|Us|Mc(?=[a-z]))\b", lambda m: m.group().upper(), spelt
    )


def _role_and_name(part: str) -> tuple[str, str] | None:
    """Cut «Secretary of Defense Ana B. Reyl III» before the name."""
    after = re.match(r"(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}), (?P<role>.{4,120})$", part)
    if after and _is_role(after["role"]) and not _is_role(after["name"]):
        return after["role"], after["name"]
    suffix = _SUFFIX.search(part)
    words = _RANKS.sub("", part[: suffix.start()] if suffix else part).split()
    if len(words) == 2 and (rank := _RANKS.match(part)) and len(rank.group().split()) < 4:
        return rank.group().strip(), " ".join(words)
    if len(words) < 3:
        return None
    last = max((i for i, w in enumerate(words) if w.casefold() in role_words()), default=-1)
    if last < 0:
        return None
    begin = last + 1
    if begin < len(words) and words[begin].islower():  # the office's field stands before the name
        begin = len(words) - 2 - bool(re.fullmatch(r"[A-Z]\.", words[-2]))
    name = words[begin:]
    if begin <= last or not 1 < len(name) <= 4 or not all(w[0].isupper() for w in name):
        return None
    return " ".join(words[:begin]), " ".join(name) + (suffix.group() if suffix else "")


def _is_role(words: str) -> bool:
    return any(w.strip(",.").casefold() in role_words() for w in words.split())


def _described(role: str, name: str) -> Speaker:
    """Read body and state out of the role as out of «Ana Reyl, director at …»."""
    office = office_of(role)
    small = read(f"{name}, {role}, said so.", None)
    known = Directory(small, home="").person(name)
    org, country = known.org, known.country
    if org is None and office:
        org, country = office["name"], office.get("iso3")
    return Speaker(name, "person", known.role or role, org, country)
