# ruff: noqa: E501 - patterns are read whole
"""Where states stand to the treaties of this field: party, signatory, outside, leaving, suspended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from landrelease.evidence import gazetteer
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.grammar import compiled
from landrelease.evidence.layout import Span
from landrelease.evidence.places import main_state
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves import standing
from landrelease.terms import load_terms
from landrelease.terms.treaties import treaty_status


@dataclass(frozen=True)
class _Rule:
    name: str
    regex: re.Pattern[str]
    status: str
    date_kind: str


@cache
def _rules() -> list[_Rule]:
    table = load_terms("positions")
    parts = table["parts"]

    return [
        _Rule(name, compiled(r["pattern"], parts), r["status"], r.get("date_kind", "as_of"))
        for name, r in table["rules"].items()
    ]


def positions(reading: Reading) -> Iterator[Proposal]:
    """Yield treaty positions; when a treaty enters into force for a state that just joined says no more."""
    joined: set[tuple[object, ...]] = set()
    found: list[Proposal] = []
    for proposal in _positions(reading):
        key = tuple(proposal.fields[name] for name in ("state", "treaty", "status"))
        if proposal.rule != _IN_FORCE or key not in joined:
            found.append(proposal)
        joined.add(key)
    yield from found
    yield from standing.unread(reading, found)


_IN_FORCE = "position.force-for"


def _positions(reading: Reading) -> Iterator[Proposal]:
    """Yield treaty positions sentence by sentence; a clause is read by the first rule that fits."""
    treaty = _main_treaty(reading)
    if treaty is not None:
        yield from _notified(reading, treaty)
    subjects: list[Mention] = []
    for tagged in map(_without_aside, reading.told):
        named = next((m.key for m in tagged.all("T") if m.key != "other"), None)
        treaty = named or treaty
        if treaty is not None:
            yield from _of_sentence(reading, tagged, subjects, treaty)
            subjects = _subjects(tagged) or subjects


def _of_sentence(
    reading: Reading, tagged: Tagged, subjects: list[Mention], treaty: str
) -> Iterator[Proposal]:
    seen: set[tuple[str, ...]] = set()
    for rule, match, states in _clauses(reading, tagged, subjects):
        codes = _both(reading, tagged, match) or _treaties_in(tagged, match)
        if not codes and _of_another(tagged, match):
            continue
        for state, code in product(states, codes or [treaty]):
            told = (state.key, code, rule.status, rule.date_kind)
            if told not in seen:
                seen.add(told)
                yield _position(reading, tagged, match, rule, state, code)


def _clauses(
    reading: Reading, tagged: Tagged, subjects: list[Mention]
) -> Iterator[tuple[_Rule, re.Match[str], list[Mention]]]:
    """The clauses of a sentence, each under the first rule that fits and finds its states."""
    taken: list[tuple[int, int]] = []
    for rule in _rules() if _of_treaty(tagged) else ():
        for match in rule.regex.finditer(tagged.string):
            start, end = match.span("verb")
            if _excepted(tagged, match) or _stays(rule, match) or standing.of_other(match):
                continue
            if any(start < b and a < end for a, b in taken):
                continue
            states = _whose(reading, tagged, match, subjects)
            if states:
                taken.append((start, end))
                yield rule, match, states


def _whose(
    reading: Reading, tagged: Tagged, match: re.Match[str], subjects: list[Mention]
) -> list[Mention]:
    """The states that a clause names, else those that its words mean."""
    return (
        _head_of_aside(tagged, match)
        or _states(tagged, match)
        or _it(tagged, match, subjects)
        or _named_before(reading, tagged, match)
        or _own_state(reading, match)
    )


_ACT = re.compile(
    r"^[ \t]*(?P<state>[A-Z][A-Za-zÀ-ž'’(). -]{2,50}?)[:,] (?P<act>WITHDRAWAL|DENUNCIATION|ACCESSION|RATIFICATION|ACCEPTANCE|APPROVAL)\b"
    r"(?:[^\n]{0,200}\n){1,12}?[^\n]{0,200}\b(?:action|deposit|act) (?:\w+ ){0,3}?(?:was|were|has been) (?:effected|deposited|received|made)[^\n]{0,12}? on [^\n]{4,20}",
    re.IGNORECASE | re.MULTILINE,
)
"""A depositary's notification: the act under the state's name, its day some lines on."""


def _notified(reading: Reading, treaty: str) -> Iterator[Proposal]:
    """Acts that a depositary notifies."""
    for match in _ACT.finditer(reading.text):
        found = gazetteer.phrase_book().find(reading.text, *match.span("state"))
        states = [m for m in found if m.kind == "S"]
        days = [m.data.value for m in reading.inside(match.end("act"), match.end() + 20, "D")]
        if not states:
            continue
        word = match["act"].casefold()
        status, kind = ("withdrawing", "notified") if word in _ENDS else ("party", _DONE[word])
        named = [m.key for m in reading.inside(match.end(), match.end() + _NOTICE, "T")]
        yield propose(
            reading, "treaty_position", Span(match.start("state"), match.end("act")),
            "position.notification", "high", state=states[0].key,
            treaty=next((code for code in named if code != "other"), treaty), status=status,
            status_in_text=match["act"], date=days[-1] if days else None, date_kind=kind,
        )  # fmt: skip


_ENDS = ("withdrawal", "denunciation")
_DONE = {
    "accession": "acceded", "ratification": "ratified",
    "acceptance": "ratified", "approval": "ratified",
}  # fmt: skip
_NOTICE = 400
"""Characters of a notification after its act."""


_EXCEPT = re.compile(
    r"\b(?:false that|untrue that|no truth that|not true that|except|excluding|other than|but not|save)(?: for)?(?: the)? ?$"
)


def _excepted(tagged: Tagged, match: re.Match[str]) -> bool:
    """A state named as the exception does not do what the others do."""
    at = match.start("states") if match.groupdict().get("states") else match.start()
    return match.groupdict().get("states") is not None and bool(
        _EXCEPT.search(tagged.string[:at]) and match.start("verb") > at
    )


def _both(reading: Reading, tagged: Tagged, match: re.Match[str]) -> list[str]:
    """«Neither» are the two treaties named last."""
    groups = match.groupdict()
    if not (groups.get("neither") or groups.get("neither2")):
        return []
    before = reading.inside(0, tagged.sentence.end, "T")
    return list(dict.fromkeys(m.key for m in reversed(before) if m.key != "other"))[:2]


def _of_another(tagged: Tagged, match: re.Match[str]) -> bool:
    """Whether the clause names a treaty that this field does not count."""
    return any(m.key == "other" for m in tagged.all("T", match.group()))


_LEAVING = ("withdrawing", "withdrawn", "leaving")
_DENIED = re.compile(
    r"\b(?:not|never|no (?:plans?|intention)|without|rather than|reject\w*|oppos\w*|refus\w*|rul(?:ed|es|ing) out|against|den(?:y|ied|ies)|if|unless|consider(?:s|ing|ed)?|mull(?:s|ing)|weigh(?:s|ing)|debat(?:e|es|ing)|might|may|could|false that)\b|n['’]t\b"
)
"""Words that turn a leaving into staying."""


def _stays(rule: _Rule, match: re.Match[str]) -> bool:
    """Whether a clause on leaving says that the state does not, or not yet."""
    return rule.status in _LEAVING and bool(_DENIED.search(match.group()))


def _of_treaty(tagged: Tagged) -> bool:
    """Only a sentence with a treaty's word, or with the words of joining and leaving, is read."""
    return "⟨T" in tagged.string or bool(_OF_TREATY.search(tagged.string))


def _it(tagged: Tagged, match: re.Match[str], subjects: list[Mention]) -> list[Mention]:
    """«It» is the state named last in the sentence, else the subject of those before; «both» all."""
    word = match.groupdict().get("it")
    if not word:
        return []
    if later := _named_after(tagged, match):
        return [later]
    if word.casefold().startswith(_SEVERAL) and not _ONE.search(match["verb"]):
        own = list({m.key: m for m in tagged.all("SG", tagged.string[: match.start()])}.values())
        both = own[-2:] if word.casefold().startswith("both") and len(own) > 1 else []
        count = _how_many(tagged, word)
        known = subjects if len(subjects) > 1 and count in (None, len(subjects)) else []
        return both or known
    if ", " in tagged.string[: match.start()] and (own := _head(tagged, match.start())):
        return own[:1]
    own = tagged.all("SGW", tagged.string[: match.start()])
    return own[-1:] or subjects[:1]


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


_COUNTS = {"both": 2, "neither": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def _how_many(tagged: Tagged, word: str) -> int | None:
    """How many states «both», «the three countries» are; none where no number is told."""
    number = next(iter(tagged.all("Q", word)), None)
    if number:
        return int(number.data.value)
    return next((n for w, n in _COUNTS.items() if re.search(rf"\b{w}\b", word.casefold())), None)


_GROUP_WORD = re.compile(
    r"(?:both|th(?:e|ese|ose)\b.*) ?(?:countries|states|nations|kingdoms|republics|neighbou?rs|governments)",
    re.IGNORECASE,
)
_NEAR_BEFORE = 700
"""Characters before «these countries» in which they are named."""


def _named_before(reading: Reading, tagged: Tagged, match: re.Match[str]) -> list[Mention]:
    """«None of the three countries» are the three named last, over several sentences."""
    word = match.groupdict().get("it") or ""
    if not _GROUP_WORD.match(word):
        return []
    start = tagged.sentence.start
    before = reading.inside(max(0, start - _NEAR_BEFORE), start, "SGJ")
    last = list({m.key: m for m in reversed(before)}.values())
    count = _how_many(tagged, word)
    if count:
        last = last[:count] if len(last) >= count else []
    return last[::-1] if 1 < len(last) <= _MOST_NAMED else []


_MOST_NAMED = 6


def _own_state(reading: Reading, match: re.Match[str]) -> list[Mention]:
    """«The government» is that of the state the document names most."""
    main = main_state(reading) if match.groupdict().get("own") else None
    return [Mention("S", 0, 0, main)] if main else []


_SEVERAL = (
    "both", "they", "neither", "country", "state", "side", "of them", "these", "those", "the ⟨",
    "them",
)  # fmt: skip
"""Words for the states spoken of before."""


_ASIDE = re.compile(
    r" [–—-] (?=(?:all|both|each|the|its|an?|which|who|like|along|together|countries|states|neighbou?rs|members)\b)[^–—]{3,100}? [–—-](?= [a-z])"
)


def _without_aside(tagged: Tagged) -> Tagged:
    """«A and B – both neighbours of C – have left»: what stands between dashes is left out."""
    kept: list[int] = []
    at = 0
    for match in _ASIDE.finditer(tagged.string):
        kept.extend(range(at, match.start()))
        at = match.end()
    if not at:
        return tagged
    kept.extend(range(at, len(tagged.string)))
    return replace(
        tagged,
        string="".join(tagged.string[i] for i in kept),
        starts=tuple(tagged.starts[i] for i in kept),
        ends=tuple(tagged.ends[i] for i in kept),
    )


_OF_TREATY = re.compile(
    r"[Tt]reaty|[Cc]onvention|pact|accord|\bban\b|join|acced|accession|ratif|sign|withdr|exit|leav|outside|[Pp]art(?:y|ies)|deposited|instrument|member|except|holdout|left|quit|among|remain|bound|stay|notice|follow|depart|take effect|takes effect|into force",
)


def _main_treaty(reading: Reading) -> str | None:
    found = [m.key for m in reading.mentions if m.kind == "T" and m.key != "other"]
    return found[0] if found else _treaty_of_subject(reading)


def _treaty_of_subject(reading: Reading) -> str | None:
    """Where no treaty is named, «the treaty» is that of the munition spoken of most."""
    classes = Counter(m.key for m in reading.mentions if m.kind == "M")
    mines = sum(n for key, n in classes.items() if key in _MINES)
    clusters = classes["cluster munition"]
    if max(mines, clusters) < _OFTEN:
        return None
    return "MBT" if mines >= clusters else "CCM"


_MINES = frozenset({"AP mine", "landmine", "mine (type not stated)"})
_OFTEN = 2


_HEAD = re.compile(
    r"(?:The |Neither |Both )?⟨[SG]\d+⟩(?:(?:, and |, | and | nor | or )(?:the )?⟨[SG]\d+⟩){0,20}"
)


def _head(tagged: Tagged, end: int) -> list[Mention]:
    """The states that stand at the very head of a sentence, before a place in it."""
    head = _HEAD.match(tagged.string[:end])
    return tagged.all("SG", head.group()) if head else []


_LISTED = re.compile(r"⟨[SG]\d+⟩(?:(?:, and |, | and )(?:the )?⟨[SG]\d+⟩){1,20}")


def _subjects(tagged: Tagged) -> list[Mention]:
    """The states that open a sentence are what «it» and «both» mean in the next."""
    head = _head(tagged, len(tagged.string))
    listed = _LISTED.search(tagged.string)
    if len(head) < 2 and listed:
        return tagged.all("SG", listed.group())
    return (
        head or (tagged.all("SG", tagged.string[:120]) or tagged.all("W", tagged.string[:14]))[:1]
    )


def _states(tagged: Tagged, match: re.Match[str]) -> list[Mention]:
    text = " ".join(v for k, v in match.groupdict().items() if v and k.startswith("states"))
    text = re.sub(r"\([^)]*\)", "", _without_foil(tagged, match, text))
    found: dict[str, Mention] = {m.key: m for m in _of_groups(tagged, text)}
    for mention in tagged.all("SGJ", text) or _unlisted(tagged, text, found):
        if not _COMMON_NOUN.fullmatch(mention.key):
            found.setdefault(mention.key, mention)
    return list(found.values())


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
    r"(?:Countries|States|Nations|Powers|Governments|Members|Parties|Others|Neighbou?rs|Signatories|Non-\w+|[A-Z]\w+ (?:countries|states|nations|members))(?: .*)?",
    re.IGNORECASE,
)
"""Words for states at large, which name none."""


_MORE_TREATIES = re.compile(r"(?:,? (?:or|and|nor) (?:to |of |from )?(?:the )?⟨T\d+⟩)+")


def _treaties_in(tagged: Tagged, match: re.Match[str]) -> list[str]:
    """The treaty named in the clause and those joined to it by «or»."""
    after = tagged.string[match.end("verb") : match.end()]
    named = tagged.all("T", after) or tagged.all("T", match.group())
    found = [m.key for m in named][:1]
    more = _MORE_TREATIES.match(tagged.string, match.end())
    if found and more:
        found += [m.key for m in tagged.all("T", more.group())]
    return [code for code in found if code != "other"]


def _position(
    reading: Reading, tagged: Tagged, match: re.Match[str], rule: _Rule, state: Mention, code: str
) -> Proposal:
    date = _date(tagged, match)
    words = " ".join(tagged_words(reading, tagged, match.span("verb")).split())
    status = rule.status
    if status == "signed":
        known = treaty_status(state.key, code, reading.published)
        status = "party" if known.status == "party" else "signatory"
    if status == "leaving":
        status = "withdrawn" if _past(date, reading.published) else "withdrawing"
    fields = {
        "state": state.key, "treaty": code, "status": status, "status_in_text": words,
        "date": date or (reading.published if rule.date_kind == "as_of" else None),
        "date_kind": rule.date_kind,
    }  # fmt: skip
    return propose(
        reading,
        "treaty_position",
        tagged.span(match.start(), match.end()),
        f"position.{rule.name}",
        "medium",
        **fields,
    )


def _past(date: str | None, published: str | None) -> bool:
    return bool(date and published and date <= published[: len(date)])


def tagged_words(reading: Reading, tagged: Tagged, place: tuple[int, int]) -> str:
    """Return the text's own words at a place of the tagged string."""
    span = tagged.span(*place)
    return reading.text[span.start : span.end]


_OF_THE_TREATY = re.compile(
    r"⟨D\d+⟩ (?:[\w-]+ ){0,2}?(?:⟨T\d+⟩|(?:treaty|convention|pact|accord|ban)\b)", re.IGNORECASE
)
"""«The 1997 treaty»: the year is the treaty's, not the act's."""
_BY_THE_WAY = re.compile(r", (?:which|who)\b[^,;]{0,120},")


def _date(tagged: Tagged, match: re.Match[str]) -> str | None:
    text = _OF_THE_TREATY.sub("", match.group())
    aside = _BY_THE_WAY.search(text)
    if aside and match["verb"] not in aside.group():
        text = text.replace(aside.group(), "")
    found = [m.data.value for m in tagged.all("D", text) if m.data.value]
    return found[-1] if found else None
