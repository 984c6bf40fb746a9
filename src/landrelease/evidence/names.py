"""Capitalised runs that no list knows: people, bodies, places, told apart by shape and company."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from landrelease.evidence.gazetteer import Mention
from landrelease.terms import load_terms

_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w'’]*[\w](?:-[A-Za-zÀ-Þ][\w'’]*)*|d['’][A-Z][a-z]+|(?:[A-Z]\.)+)"
_OF_SON = "bin|ben|ibn|ould|mint|al|el"
_PARTICLE = (
    rf"(?:de la|de|del|da|dos|do|van der|van|von|{_OF_SON}|der|la|le|of|for|and|on|the|di|y|e)"
)
_RUN = re.compile(
    rf"(?:(?<![\w.])|(?<=[a-z]{{2}}\.)|(?<=[a-z]\.[\"”]))(?:al-|el-)?{_WORD}(?:[\s\u00a0]{{1,6}}(?:{_PARTICLE}[\s\u00a0]+){{0,2}}(?:al-|el-)?{_WORD}){{0,7}}"
)


@cache
def _heads() -> tuple[frozenset[str], frozenset[str]]:
    table = load_terms("organisations")
    return frozenset(table["heads"]), frozenset(table["place_heads"])


def _stem(word: str) -> str:
    """«We» of «We've»; a possessive name is left whole."""
    return re.sub(r"['’](?:ve|re|ll|d|m)$", "", word)


@cache
def _leading() -> frozenset[str]:
    """Capitalised words that open a sentence and no name."""
    return frozenset(load_terms("organisations")["not_leading"].split())


@cache
def _generic() -> frozenset[str]:
    return frozenset(load_terms("organisations")["not_names"])


@cache
def role_words() -> frozenset[str]:
    """Last words of roles, as in «spokesperson», lower case."""
    return frozenset(role.split()[-1].casefold() for role in load_terms("reporting")["roles"])


def holds_role(words: str) -> bool:
    """Whether a role stands among words, whatever their case.

    Examples
    --------
    >>> holds_role("the Director, emeritus"), holds_role("a directory")
    (True, False)
    """
    return not role_words().isdisjoint(re.findall(r"[a-z]+", words.casefold()))


def find_names(text: str, first: int, last: int, taken: Iterable[Mention]) -> Iterator[Mention]:
    """Yield people, bodies and places of a stretch, between the mentions already taken there."""
    edges = [(m.start, m.end) for m in sorted(taken, key=lambda m: m.start)]
    at = first
    for start, end in [*edges, (last, last)]:
        if start > at:
            yield from _runs(text, at, start)
        at = max(at, end)


def _runs(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in _RUN.finditer(text, start, end):
        for first, last in _people_apart(text, match.start(), match.end()):
            yield from _classified(text, first, last)


_STYLED = re.compile(r"(?:The )?(?:Rt|Right) Hon\b")


def _people_apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut «Minister Ana Reyl and Minister Bo Lund», «Ministry and The Rt Hon X» in two."""
    for cut in re.finditer(r"[\s\u00a0]and[\s\u00a0]", text[start:end]):
        left, right = (
            text[start : start + cut.start()].split(),
            text[start + cut.end() : end].split(),
        )
        roles = [i for i, w in enumerate(left) if _calls(w)]
        name = left[roles[-1] + 1 :] if roles else []
        if _STYLED.match(" ".join(right)):
            yield start, start + cut.start()
            yield from _people_apart(text, start + cut.end(), end)
            return
        second = any(map(_calls, right[:-1]))
        if second and 0 < len(name) < _LONGEST_NAME and all(map(_may_name, name)):
            yield start, start + cut.start()
            yield from _people_apart(text, start + cut.end(), end)
            return
    yield start, end


def _calls(word: str) -> bool:
    """An office or a style, which a name follows."""
    return word.casefold() in role_words() or _is_title(word)


def _may_name(word: str) -> bool:
    return word[0].isupper() and word not in _portfolios() | _generic() | _heads()[0]


def _stripped(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The words of a run without function words and styles before, and letters after a name."""
    pieces = [
        (m.start(), m.end(), m.group()) for m in re.finditer(r"[^\s\u00a0]+", text[start:end])
    ]
    called = _follows_role(text, start)
    called = called or _NEW_PLACE.match(text, start) is not None
    while pieces and _leads(pieces[0][2], called):
        title = _is_title(pieces.pop(0)[2])
        called = called or title
    while pieces and pieces[0][2].islower() and not pieces[0][2].startswith(("al-", "el-")):
        pieces.pop(0)
    if len(pieces) > 1 and text[end : end + 1] == "." and _is_title(pieces[-1][2]):
        pieces.pop()  # «Senior Minister Dr. Ana Reyl»: the name follows the style
    while len(pieces) > 2 and _POST_NOMINALS.fullmatch(pieces[-1][2]):
        pieces.pop()
    return pieces


def _classified(text: str, start: int, end: int) -> Iterator[Mention]:
    """Strip leading function words and roles; what is left is a person, body, place or word."""
    pieces = _stripped(text, start, end)
    if not pieces:
        return
    words = [piece[2] for piece in pieces]
    begin = _body_of_role(words)
    pieces, words = pieces[begin:], words[begin:]
    led = bool(pieces and pieces[0][0]) and _titled(text, start, pieces[0][0])
    role = max((i + 1 for i, w in enumerate(words) if w.casefold() in role_words()), default=0)
    head = _head_end(words)
    if role and role >= head and role < len(words) and not _heads()[0] & set(words[role:]):
        if 1 < head < role:
            yield Mention(
                "O", start + pieces[0][0], start + pieces[head - 1][1], " ".join(words[:head])
            )
        if head <= 1:
            yield from _owners(start, pieces[:role])
        pieces, words, led = pieces[role:], words[role:], True
    elif role and role == len(words):
        owner = next((i + 1 for i, w in enumerate(words) if w.endswith(("'s", "’s"))), 0)
        if not owner:
            return
        pieces, words = pieces[:owner], words[:owner]  # «the Trust's Operations Manager»
    if words[-1].endswith(("'s", "’s")):
        words[-1] = words[-1][:-2]
        pieces[-1] = (pieces[-1][0], pieces[-1][1] - 2, words[-1])
    if role and words[0] in ("for", "of") and len(words) > 3:
        begin = _after_portfolio(words)
        pieces, words = pieces[begin:], words[begin:]
    if led and len(words) == 1 and words[0] not in _heads()[0] | _heads()[1]:
        yield Mention("P", start + pieces[0][0], start + pieces[0][1], words[0])
        return
    yield from _officer(text, start, pieces, words)


def _officer(
    text: str, base: int, pieces: list[tuple[int, int, str]], words: list[str]
) -> Iterator[Mention]:
    """Cut «Maj. Ana Reyl of the Armed Forces» between name and body."""
    ranks = role_words() | _OF_RANK
    lead = next((i for i, w in enumerate(words) if w.casefold() not in ranks), 0)
    apart = _name_of_officer(text, base + pieces[0][0], words)
    if lead and _is_name_of_body(words[lead:], (ahead := _of_body(words[lead:]))):
        apart, pieces, words = ahead, pieces[lead:], words[lead:]
    if apart:
        name = " ".join(words[:apart])
        yield Mention("P", base + pieces[0][0], base + pieces[apart - 1][1], name)
        rest = apart + 1 + (words[apart + 1 : apart + 2] == ["the"])
        pieces, words = pieces[rest:], words[rest:]
    if words:
        yield from _parted(base, pieces, words)


_RANKED = re.compile(
    r"\b(?:Maj|Gen|Col|Lt|Capt|Sgt|Cpl|Brig|Adm|Cmdr|Dr|Mr|Mrs|Ms|Prof|Sen|Rep|Amb|ret)[.)]{1,2} $"
)


_OF_RANK = frozenset(
    {"brigadier", "vice", "rear", "staff", "first", "senior", "squadron", "warrant"}
)
"""Words that stand before a rank."""
_OFFICE_BEFORE = re.compile(r"\b([a-z]{3,20}),? $")
"""«Its delegate, Ana Reyl of the Defence Ministry»: an office before the name."""
_LONGEST_ROLE = 24


def _name_of_officer(text: str, begin: int, words: list[str]) -> int:
    """How many words before «of» are a name after a rank, with a body behind; else 0."""
    of = _of_body(words)
    before = text[max(0, begin - _LONGEST_ROLE) : begin]
    office = _OFFICE_BEFORE.search(before)
    ranked = _RANKED.search(before) or (office and office[1] in role_words())
    return of if ranked and _is_name_of_body(words, of) else 0


def _of_body(words: list[str]) -> int:
    return next((i for i, w in enumerate(words) if w in ("of", "from", "at")), 0)


def _is_name_of_body(words: list[str], of: int) -> bool:
    """Whether a name of some words stands before «of» and a body behind it."""
    heads = _heads()[0]
    named = 1 < of <= _LONGEST_NAME and not heads & set(words[:of])
    return named and bool(heads & set(words[of:]))


def _owners(base: int, pieces: list[tuple[int, int, str]]) -> Iterator[Mention]:
    """Whose office it is: «DG's Director of Advocacy»."""
    for first, last, word in pieces:
        if word.endswith(("'s", "’s")) and word not in _generic():
            yield from _split(base, [(first, last - 2, word[:-2])], [word[:-2]])


_COMMON_BODIES = frozenset(
    ["Ministry", "Department", "Army", "Navy", "Parliament", "Government", "Embassy", "Police"]
)
"""Alone they are common nouns with a capital: «the Norwegian Ministry», «the Army»."""


def _parted(base: int, pieces: list[tuple[int, int, str]], words: list[str]) -> Iterator[Mention]:
    """Cut at a possessive: «Reyl's Monitor» is a name and a name."""
    cut = next((i for i, w in enumerate(words[:-1]) if w.endswith(("'s", "’s"))), None)
    if cut is None:
        yield from _split(base, pieces, words)
        return
    if words[cut + 1] in ("Office", "Department", "Bureau", "Cabinet"):
        name = " ".join(words[: cut + 2])  # «Prosecutor-General's Office»
        yield Mention("O", base + pieces[0][0], base + pieces[cut + 1][1], name)
        return
    begin, end, word = pieces[cut]
    first = [*pieces[:cut], (begin, end - 2, word[:-2])]
    yield from _split(base, first, [*words[:cut], word[:-2]])
    yield from _parted(base, pieces[cut + 1 :], words[cut + 1 :])


_NEW_PLACE = re.compile(r"New (?:York|Delhi|Jersey|Orleans|Mexico|Hampshire|Caledonia|Brunswick)\b")


def _leads(word: str, called: bool) -> bool:
    """A word before a name: a title, or a function word unless it follows a role."""
    return _is_title(word) or (not called and _stem(word) in _leading())


def _is_title(word: str) -> bool:
    return word.casefold().rstrip(".") in _titles()


_POST_NOMINALS = re.compile(r"(?:M\.?P|T\.?D|MEP|MSP|MLA|[QK]C|[COMK]BE|Ph\.?D|Jr|Sr|[A-Z])\.?")
"""Letters after a name."""


def _body_of_role(words: list[str]) -> int:
    """Where the body begins in «Acting Director of Federal Department»; 0 without a role."""
    for at, word in enumerate(words[:-2]):
        linked = words[at + 1] in ("of", "for", "at")
        if linked and word.casefold() in role_words() and _heads()[0] & set(words[at + 2 :]):
            return at + 2 + (words[at + 2] == "the")
    return 0


_LONGEST_NAME = 4


def _after_portfolio(words: list[str]) -> int:
    """Where the name begins in «of Urban Development and Housing Ana Reyl»."""
    common = _generic() | _portfolios() | {"and", "of", "for", "the", "on"}
    last = max((i for i, w in enumerate(words[:-1]) if w in common), default=0)
    begin = last + 1 if len(words) - last > 2 else len(words) - 2
    return max(begin, len(words) - _LONGEST_NAME)


@cache
def _portfolios() -> frozenset[str]:
    return frozenset(load_terms("organisations")["portfolios"])


def _follows_role(text: str, start: int) -> bool:
    """Whether a role stands right before: «governor In Ben» names a man called In."""
    before = re.search(
        r"([a-z]{3,20}) (?:U |Daw |Ko |Mr\.? |Dr\.? )?$", text[max(0, start - 28) : start]
    )
    return bool(before) and before[1] in role_words()  # type: ignore[index]


def _titled(text: str, start: int, skipped: int) -> bool:
    """Whether what was skipped before the name ended in a title such as «Mr»."""
    before = text[start : start + skipped].split()
    return bool(before) and before[-1].casefold().rstrip(".") in _titles()


_OCCASIONS = frozenset({"Day", "Week", "Decade", "Summit", "Conference", "Forum", "Prize", "Award"})
"""Words of names that are no body, whatever else they hold: «International Day for … Action»."""


_COMMON_PLURAL = re.compile(r"[A-Z][a-z]{3,12}(?:ties|ians|[^aeiou]ers|tors|ions|ments)")
"""A common noun at the head of a sentence: «Casualties», «Campaigners»."""


_GIVEN = frozenset({"Bill", "May", "Art", "Will", "Grant"})
"""First names that are common nouns too."""


_NEWS_SITE = re.compile(r"[A-Z]\w+(?:News|Media|Press|Post|Times|TV)")
"""The name of an outlet written as one word."""


_ON_AIR = frozenset({"Radio", "TV", "Television"})
"""«Radio Lowmark»: what an outlet of the air begins with."""


def _split(base: int, pieces: list[tuple[int, int, str]], words: list[str]) -> Iterator[Mention]:
    heads, places = _heads()
    begin, end = base + pieces[0][0], base + pieces[-1][1]
    name = " ".join(words)
    outlet_heads = load_terms("organisations")["outlet_heads"]
    outlet = len(words) > 1 and (words[-1] in outlet_heads or words[0] in _ON_AIR)
    if outlet or (len(words) == 1 and _NEWS_SITE.fullmatch(name)):
        yield Mention("N", begin, end, name)
        return
    if {"State", "States"} & set(words) and {"Party", "Parties"} & set(words):
        return
    if heads & {w.rstrip(".,") for w in words} and len(words) > 1 and not _OCCASIONS & set(words):
        yield Mention("O", begin, end, name)
        return
    cut = next((i for i, w in enumerate(words) if w in ("of", "for", "and", "on", "the")), None)
    if cut is not None:
        yield from _split(base, pieces[:cut], words[:cut]) if cut else ()
        yield from _split(base, pieces[cut + 1 :], words[cut + 1 :]) if cut + 1 < len(words) else ()
    elif _generic() & set(words[words[0] in _GIVEN :]) or (
        words[-1] in _portfolios() and len(words) > 1
    ):
        return
    elif words[-1] in places:
        yield Mention("L", begin, end, name)
    elif len(words) > 1:
        yield Mention("P", begin, end, name)
    elif (
        words[0] not in _leading()
        and not _COMMON_PLURAL.fullmatch(words[0])
        and not {words[0].casefold(), words[0].casefold().removesuffix("s")} & role_words()
        and words[0] not in _COMMON_BODIES
    ):
        yield Mention("W", begin, end, name)


def _head_end(words: list[str]) -> int:
    heads = _heads()[0]
    return max((i + 1 for i, w in enumerate(words) if w in heads), default=0)


@cache
def _titles() -> frozenset[str]:
    return frozenset(t.casefold() for t in load_terms("reporting")["titles"])


def surname_of(name: str) -> str:
    """Return the last word of a name that is no suffix.

    Examples
    --------
    >>> surname_of("Ana B. Reyl III"), surname_of("Bo Lund Jr.")
    ('Reyl', 'Lund')
    """
    words = [w for w in name.split() if w.strip(".,") not in _SUFFIXES]
    return words[-1] if words else name


_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})


def surnames(mentions: Sequence[Mention]) -> dict[str, str]:
    """Map the last word of each full name to the name, the first one met standing.

    Where people are called by their first name («Dr Sivay»), that leads to the full name too.

    Examples
    --------
    >>> surnames([Mention("P", 0, 8, "Ana Reyl")])
    {'Reyl': 'Ana Reyl'}
    """
    table: dict[str, str] = {}
    for mention in mentions:
        if mention.kind == "P":
            table.setdefault(surname_of(mention.key), mention.key)
    titled = {m.key for m in mentions if m.kind == "P" and " " not in m.key}
    for name in [n for n in table.values() if n.split()[0] in titled and " " in n]:
        if table.get(name.split()[0]) == name.split()[0]:
            table[name.split()[0]] = name
    return table
