# ruff: noqa: E501 - patterns are read whole
"""Goods told of from the side that gets or orders them: bought, contracted, received in a package, a row of supplies.

Who gives is often left out here: it is the maker named beside the goods, or whoever gave in the
sentences before. The patterns of the verbs are in ``terms/giving.yaml``.
"""

from __future__ import annotations

import re

from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves import givers
from landrelease.evidence.sieves.agents import (
    DENIED,
    TELLER,
    Agent,
    before,
    denied_before,
    part,
    party_named,
    subject_of,
)
from landrelease.evidence.sieves.deals import Scene, how_far
from landrelease.evidence.sieves.given_clauses import Clause

_STILL_MEANT = 4
"""Sentences through which who gave last is meant as the one things are bought from."""
_END = r"(?=,| (?:for|worth|at a cost of|in|on|by|from|last|earlier|this|under|as part of|through|made|built|⟨D\d+⟩)\b|[.;]|$| ⟨D)"
_GOODS = re.compile(
    rf" (?P<goods>(?:⟨Q\d+⟩|an? (?:unknown|undisclosed|unspecified|unstated|undetermined) (?:number|quantity|amount)|(?:more|another|some|several|dozens|hundreds|thousands) ?(?:of )?|(?:the )?⟨[MWP]\d+⟩)(?:(?!⟨V)[^.;,]){{0,90}}?){_END}"
)
_COUNTED = re.compile(r"⟨Q|\b(?:unknown|undisclosed|unspecified) ")
_MAKER = (
    r" (?:from|(?:made|built) by) (?P<who>(?:an?|the|its) (?:[\w-]+ )?⟨[SJG]\d+⟩(?:-based)? (?:[\w-]+ ){0,2}?(?:maker|company|firm|manufacturer|producer|supplier|government|army|ministry)\b|<who>)",
    r" (?:an? |the )?(?:(?:new|large|military|aid|\w+) ){0,2}?(?:package|donation|grant|consignment|shipment|aid)(?: of| worth)?(?: ⟨V\d+⟩)? (?:from|by) (?P<who><who>)",
)
_AGAIN = re.compile(r"\bof (?:them|these|those)\b|\b(?:unknown|undisclosed|unspecified)\b")
_LOCAL = re.compile(
    r"(?:^|[;,] (?:and )?)(?P<who>(?:[Tt]he|[Ii]ts|[Tt]heir) (?:[\w-]+ ){0,2}?(?:service|cent(?:re|er)|agency|authority|army|police|ministry|military|brigade|unit|institute|institution|corps|command|programme|operator))(?: (?:has|had|have|also|already|now|since|then|recently|first|later|itself|will|is to))* $"
)
_ASKED = re.compile(
    r"\b(?:ask(?:ed|s)?|request(?:ed|s)?|want(?:s|ed)?|plan(?:s|ned)?|hop(?:es|ed)|intend(?:s|ed)?|consider(?:s|ed)?|seek(?:s|ing)?|sought)\b"
)
_WILL = re.compile(r"\b(?:will|would|is to|are to|agreed|decided|signed|is buying|are buying|to)\b")


_FOR_A_SUM = re.compile(r"[^.;]{0,60}?(?:for|worth|at a cost of) (⟨V\d+⟩)")


def bought(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«Y bought 40 of them for a sum», «Y has received an unknown number from a maker»."""
    start = match.start("verb")
    said = _goods_of(tagged, match)
    buyer = _buyer(reading, tagged, start, scene) if said else None
    if said is None or buyer is None or denied_before(tagged, start):
        return None
    asked = _ASKED.search(f"{buyer.between} {match['verb']}")
    if DENIED.search(buyer.between) and not asked:
        return None
    maker, reach = _maker(reading, tagged, said.end("goods"))
    giver = maker or _giver_meant(tagged, said["goods"], buyer, scene)
    worth = _FOR_A_SUM.match(tagged.string, said.end("goods"))
    if giver is None and not (asked or worth or _AGAIN.search(said["goods"])):
        return None
    status = "proposed" if asked else _future(buyer.between + match["verb"])
    return Clause(
        buyer.start,
        max(reach, worth.end()) if worth else reach,
        said.span("goods"),
        giver or TELLER,
        buyer.party,
        status,
        worth=worth.span(1) if worth else None,
    )


def _goods_of(tagged: Tagged, match: re.Match[str]) -> re.Match[str] | None:
    """What is bought: counted, of a number said to be unknown, or with a sum in the sentence."""
    said = _GOODS.match(tagged.string, match.end("verb"))
    whole = tagged.string[match.start("verb") : match.end("verb") + 160].split(". ")[0]
    return said if said and (_COUNTED.search(said["goods"]) or "⟨V" in whole) else None


def _buyer(reading: Reading, tagged: Tagged, at: int, scene: Scene) -> Agent | None:
    """The state that gets; «the service» is the home state's."""
    local = _LOCAL.search(before(tagged, at, 80))
    if local and reading.home:
        buyer: Agent | None = Agent(reading.home, at - len(local.group().lstrip(" ;,")), "")
    else:
        buyer = None if local else subject_of(reading, tagged, at, scene)
    return buyer if buyer and buyer.party in reading.states else None


def _giver_meant(tagged: Tagged, goods: str, buyer: Agent, scene: Scene) -> str | None:
    """Who gave last, where the goods are «of them» or that was told a few sentences ago."""
    near = _AGAIN.search(goods) or scene.told_within(tagged.index, _STILL_MEANT)
    return scene.supplier if near and scene.supplier != buyer.party else None


def _future(words: str) -> str | None:
    return "announced" if _WILL.search(words) else None


def _maker(reading: Reading, tagged: Tagged, at: int) -> tuple[str | None, int]:
    """Who made or gave the goods, told behind them within the clause."""
    tail = re.split(r"\.$|[;:]|, (?:and|but|while|which|who) ", tagged.string[at : at + 160])[0]
    for source in _MAKER:
        found = part(source).search(tail)
        party = party_named(reading, tagged, found["who"]) if found else None
        if found and party:
            return party, at + found.end()
    return None, at


_CONTRACT = r"(?P<lead>[^.;:]{0,80}?) for (?:(?:the )?(?:manufacture|production|supply|delivery|sale|purchase|provision) of )?(?P<goods>(?:up to |about |some )?(?:⟨Q\d+⟩|⟨M\d+⟩)(?:(?! for )[^.;:]){0,90}?) (?:for|to) (?P<getter><getter>)"

_SUM_BEHIND = re.compile(r",? (?:worth|valued at|at|for)(?: up to| about| some)? (⟨V\d+⟩)")


def contracted(
    reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene
) -> Clause | None:
    """«X announced a contract for 900 rockets for Y, worth a sum», the sum before or behind."""
    start = match.start("verb")
    ahead = re.search(r"(?:an? |the |another )?(⟨V\d+⟩) (?:[\w-]+ )?$", before(tagged, start, 40))
    said = part(_CONTRACT).match(tagged.string, match.end("verb"))
    if said is None or DENIED.search(tagged.string[start : said.end()]):
        return None
    at = start - len(ahead.group()) if ahead else start
    subject = subject_of(reading, tagged, at, scene)
    giver = subject.party if subject else scene.supplier
    if subject and DENIED.search(subject.between):
        return None
    behind = _SUM_BEHIND.match(tagged.string, said.end())
    if not (behind or ahead):
        return None
    worth = behind.span(1) if behind else (at, start)
    first = subject.start if subject else at
    stop = behind.end() if behind else said.end()
    return Clause(first, stop, said.span("goods"), giver, said["getter"], "announced", True, worth)


def row(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«- Supplied the centre with 40 detectors»: a row of what the author has done."""
    giver = scene.home or scene.supplier
    names = tagged.all("SGO", match["getter"])
    capital = tagged.mention(match.groupdict().get("capital"))
    did = capital is None or re.match(
        r"(?:Supplied|Provided|Equipped|Issued|Furnished)\b", capital.key
    )
    if giver is None or not did or DENIED.search(match.group()):
        return None
    named = next(iter(names), None)
    own = named.key if named and named.kind != "O" else givers.signing_for(named)
    others = (code for code, _ in reading.states.most_common() if code != giver)
    getter = own or next(others, None)
    return Clause(
        match.start("verb"),
        match.end("goods"),
        match.span("goods"),
        giver,
        getter,
        "delivered",
        True,
    )


def financed(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«Y received a sum in Foreign Military Financing», «X has a sum in sales cases with Y»."""
    getter = party_named(reading, tagged, match["getter"])
    named = match.groupdict().get("giver")
    giver = party_named(reading, tagged, named) if named else scene.home or scene.supplier
    if getter not in reading.states or giver in (None, getter) or DENIED.search(match.group()):
        return None
    return Clause(
        match.start(),
        match.end(),
        match.span("value"),
        giver,
        getter,
        None,
        True,
        match.span("value"),
    )


_STOCKS = r" from (?:the )?(?P<who>{S|J|G})(?:[’']s)? (?:[\w-]+ ){0,2}?(?:stocks?|stockpiles?|inventor(?:y|ies)|depots?|arsenals?)"


def provided(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«Y will be provided with arms from X's stocks»."""
    tail = tagged.string[match.end() : match.end() + 120]
    found = part(r"[^.;]{0,60}? by (?P<who><who>)").match(tail) or part(_STOCKS).search(
        match["goods"] + tail
    )
    giver = party_named(reading, tagged, found["who"]) if found else scene.supplier
    getter = party_named(reading, tagged, match["getter"])
    if (
        getter not in reading.states
        or DENIED.search(match.group())
        or denied_before(tagged, match.start())
    ):
        return None
    status = _future(match["aux"])
    return Clause(match.start(), match.end(), match.span("goods"), giver, getter, status, True)


_HOW_FAR = (
    ("proposed", re.compile(r"planned|considered|under discussion|possible")),
    ("delivered", re.compile(r"\b(?:has|have|had|was|were) (?:also |already |since )*(?:been )?(?:arrived|delivered|handed over|followed|sent|came|come)|^(?:arrived|followed|came|reached)")),
    ("announced", re.compile(r"\bto\b|will|due|expected|scheduled|on (?:its|their) way|set")),
)  # fmt: skip


def lot(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«A second donation, of ten trucks, is planned for May», after one that was told of."""
    fresh = scene.told_within(tagged.index, _STILL_MEANT)
    status = how_far(match["how"], _HOW_FAR)
    if not (fresh and scene.supplier and status) or DENIED.search(
        match.group().replace("end of", "")
    ):
        return None
    return Clause(
        match.start(), match.end(), match.span("goods"), scene.supplier, None, status, True
    )


def beside(reading: Reading, tagged: Tagged, match: re.Match[str], scene: Scene) -> Clause | None:
    """«So are ten ploughs», «among them are shells», right after a transfer or package."""
    del reading
    if tagged.index - scene.told_at != 1 or not scene.supplier or DENIED.search(match.group()):
        return None
    return Clause(
        match.start(), match.end(), match.span("goods"), scene.supplier, None, scene.status, True
    )


READERS = {
    "beside": beside,
    "buy": bought,
    "contract": contracted,
    "row": row,
    "financed": financed,
    "provided": provided,
    "lot": lot,
}
