# ruff: noqa: E501 - patterns are read whole
"""Killed, injured and total, kept apart as a sentence gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from landrelease.evidence.reading import Tagged, pattern

_PEOPLE = (
    r"(?:of (?:his|her|their|the) [\w-]+|(?:of )?(?:⟨[SJGMOW]\d+⟩(?:['’]s?)? |[\w'’-]+ ){0,5}?(?:people|persons?|civilians?|children|child|boys?|girls?|men|man|women|woman|soldiers?|troops|deminers?|de-miners?|sappers?|farmers?|farmhands?|villagers?|residents?|workers?|"
    r"peacekeepers?|fishermen|shepherds?|herders?|victims?|brothers?|sisters?|students?|drivers?|policemen|officers?|others?|more|casualties|members?|passengers?|refugees|returnees|specialists?|employees?|labou?rers?|hunters?|engineers?|pupils?|teenagers?|adults?|loggers?|scavengers?|collectors?|siblings|migrants?|guards?|rangers?|teenager|toddler|infant|grandmother|grandfather|mothers?|fathers?|parents?|sons?|daughters?|couples?|family members?|aid workers?|journalists?|firefighters?|rescuers?|medics?|cousins?|aunts?|uncles?|nephews?|nieces?|relatives|experts?|technicians?|staff|teachers?|schoolchildren|schoolboys?|schoolgirls?|pedestrians?|motorists?|travell?ers?|nomads?)|⟨J\d+⟩)"
)
_DEAD = r"(?:killed|dead|died|dies|die(?! out)|deaths?|fatalit(?:y|ies)|succumbed|perished|lost (?:his|her|their) li(?:fe|ves)|lives)"
_HURT = r"(?:(?:sustain(?:ed)?|suffer(?:ed)?|receiv(?:ed|e)) (?:[\w-]+ ){0,2}(?:injuries|wounds|burns)|injured|wounded|hurt|maimed|injuries|wounds|hospitali[sz]ed|being treated|had (?:an?|his|her|their|one|both) (?:[\w-]+ )?[a-z]+ (?:blown off|torn off|amputated)|taken to (?:an? |the )?hospital|amputat\w+|in (?:an? )?(?:critical|serious|stable) condition|lost (?:a|his|her|both|one|their|⟨Q\d+⟩) (?:[\w-]+ )?(?:fingers?|toes|legs?|feet|foot|arms?|hands?|limbs?|eyes?|sight))"
_AUX = r"(?: (?:inside|on board|aboard|there))?(?:,? (?:of|from|with|in|at) (?:the |a |an )?[\w⟨⟩'’-]++(?: [\w⟨⟩'’-]++){0,3}?)?(?:,? (?:who |that |aged \S+ |and |all |also )?(?:were|was|are|is|have been|has been|had been|been|have|has|had|being|left|reportedly|instantly|later|since|seriously|severely|badly|critically|lightly|slightly|then|subsequently)){0,4}"
_ASIDE = (
    r"(?: (?:of|from|with) (?:the )?⟨O\d+⟩)?(?: \([^)]*\))?(?:, (?:both |all )?aged [^,.;]{2,30},|, (?:an?|the|one|both|all) (?:(?!was\b|were\b|had\b|killed|died|injured)[^,.;⟨]){2,60},)?"
    r"(?: [a-z]{3,12}ing(?: (?!and\b|when\b|while\b|were\b|was\b)[a-z-]{2,15}){0,4}?)?"
)
"""What stands between people and what befell them: their body, its letters, their age."""
_RULES = {
    "killed": [
        pattern(rf"(?P<n>{{Q}}) {_PEOPLE}?{_ASIDE}{_AUX},? {_DEAD}\b"),
        pattern(rf"(?:killing|killed|kills|kill|claimed the lives of|claiming the lives of|leaving|left|(?:deaths?|killing) of) (?:all (?:of )?)?(?:the )?(?:at least )?(?P<n>{{Q}})(?: {_PEOPLE}(?!\w))?(?! (?!and\b|but\b)(?:[\w-]+ )?(?:{_HURT}|⟨))(?: dead)?"),
        pattern(rf"(?P<n>{{Q}}) (?:of them |of whom |of their number )?(?:(?:were|was|have|has|had|(?:have|has|had) been|being) )?(?:{_DEAD})\b"),
        pattern(r"(?P<n>{Q}) (?:(?:of )?(?:them|whom|these|those|which) )?(?:were |was |are |being |proving |proved )?fatal(?:ly|ities)?\b"),
        pattern(r"\b(?:lost|losing) (?P<n>{Q}) (?:[\w-]+ ){1,3}?(?:to|because of) (?:[\w-]+ ){0,2}?{M}"),
        pattern(r"claim(?:ed|ing|s) (?:at least )?(?P<n>{Q}) lives"),
        pattern(r"(?:death toll|number of deaths|deaths)[^.⟨]{0,30}(?P<n>{Q})"),
        pattern(r"number of (?:people|civilians|persons|those|children) (?:killed|who (?:have )?died)(?:[^.;⟨]|⟨[DMS]\d+⟩){0,90}? (?:at|is|was|to|stands at|reached) (?P<n>{Q})"),
    ],
    "injured": [
        pattern(rf"(?P<n>{{Q}}) {_PEOPLE}?{_ASIDE}{_AUX},? {_HURT}"),
        pattern(r"(?:left|leaving) (?:at least |another )?(?P<n>{Q}) (?:others? |people |more )?(?:wounded|injured|maimed|disabled|hurt)"),
        pattern(r"(?:injur\w+|wound\w+|maim\w+) or (?:amputat\w+|maim\w+|disabl\w+|wound\w+|injur\w+) (?:at least |another )?(?P<n>{Q})"),
        pattern(r"(?:injuring|injured|hurt|hurts|wounding|wounded|injures|wounds|maiming|maimed|hurting|injuries to) (?:at least |another |a further )?(?P<n>{Q})"),
        pattern(rf"(?P<n>{{Q}}) (?:of them |of whom |others? )?(?:(?:were|was|had been) )?(?:[\w-]+ )?(?:{_HURT})\b"),
    ],
    "total": [
        pattern(r"(?P<n>{Q}) (?:⟨[JS]\d+⟩ |[\w-]+ ){0,2}?(?:people|persons|civilians|citizens|residents|children|soldiers|farmers|villagers)(?: have| had| has)? (?:stepped on|trod on|set off|triggered|been blown up by) (?:an? |old )?(?:[\w-]+ ){0,2}?⟨M"),
        pattern(r"(?:accidents?|incidents?|explosions?|blasts?) [^.;⟨]{0,40}(?:⟨D\d+⟩[^.;⟨]{0,20})?involv(?:ed|ing) (?P<n>{Q})"),
        pattern(r"(?P<n>{Q}) (?:(?:[\w/()-]|⟨M\d+⟩)+,? ){0,5}?(?:casualties|victims)\b"),
        pattern(r"(?P<n>{Q}) (?:⟨[JS]\d+⟩ |[\w-]+ ){0,2}?(?:people|persons|civilians|citizens|residents|children|soldiers|servicemen)[^.;⟨]{0,20}? (?:suffered|fell|affected|hit|struck|harmed)(?: (?:from|by|victim to|prey to))? (?:[\w-]+ ){0,2}?(?:⟨M\d+⟩|explosions?|blasts?)"),
        pattern(r"(?P<n>{Q}) (?:people|persons|civilians|citizens) (?:have |had |has )?(?:become|became|fallen|fell|been) (?:⟨M\d+⟩ |mine |landmine )*(?:casualties|victims?)\b"),
        pattern(r"(?:casualties|victims)(?:[^.⟨]|⟨[MDS]\d+⟩){0,40}?(?:total(?:led|ed|ing)?|reached|stood at|numbered|of|to) (?P<n>{Q})"),
        pattern(rf"(?P<n>{{Q}}) (?:people|persons|civilians|men|children|casualties|⟨J\d+⟩(?: (?:people|civilians|children|citizens))?)?(?: (?:a|per|every|each) (?:day|week|month|year))?(?: (?:that were |who were )?(?:recorded|registered|reported|counted|listed|confirmed|known)(?: as(?: having been)?| to have been)?)?{_AUX} (?:(?:killed|hurt) (?:or|and) (?:injured|wounded|maimed|hurt|killed)|killed, injured|(?:injured|wounded|maimed|hurt) or killed)"),
        pattern(r"(?:casualties|victims)[^.;(]{0,60}\((?P<n>{Q})\)"),
        pattern(r"(?:(?:killed|hurt) (?:or|and) (?:injured|wounded|maimed|hurt|killed)|killing (?:or|and) (?:injuring|wounding|maiming)) (?:at least |more than |some )?(?P<n>{Q})"),
    ],
}  # fmt: skip
_SUBJECT = r"^(?:Man|Woman|Boy|Girl|Child|Deminer|Sapper|Farmer|Herder|Shepherd|Soldier|Driver|Worker|Male|Female|Civilian|Hunter|⟨[WP]\d+⟩)(?: \([^)]{1,20}\))?(?: (?:of|from|with) [^,;.]{2,60}| [a-z]+ing [^,;.]{2,50})?,? "
"""«Woman (61) gathering wood, …»: telegraphic rows leave the article out."""
_ONE = {
    "killed": pattern(rf"\b(?:an?|the|one|his|her|their|⟨Q\d+⟩)(?:,? [\w⟨⟩'’-]+){{0,8}}?,? (?:{_DEAD.replace('deaths?|', '').replace('|lives', '')})\b|\b(?:killing|killed) (?:an?|the|his|her|one) |\b(?:he|she) (?:later |also )?(?:died|was killed)\b|⟨P\d+⟩(?:, [^,.;]{{1,30}},)?(?: was| were| has| had)?(?: also| both| later| instantly)? (?:killed|died|dead)\b|{_SUBJECT}(?:was )?(?:killed|died)\b"),
    "injured": pattern(rf"\b(?:an?|the|his|her|their|another)(?:,? [\w⟨⟩'’-]+){{0,12}}?,?(?: (?:was|is|were|has been|had been|been)(?: \w+)?)? (?:{_HURT})\b|⟨P\d+⟩(?:, [^,.;]{{1,30}},)?(?: was| were| has| had)? (?:{_HURT})\b|\b(?:injuring|wounding|maiming|injured|wounded) (?:an?|the|another|his|her) |{_SUBJECT}(?:was )?(?:(?:severely|seriously|slightly|badly) )?(?:{_HURT})\b|^⟨[WP]\d+⟩, (?:aged )?⟨[QU]\d+⟩, (?:{_HURT})\b"),
}  # fmt: skip
_BOTH = re.compile(
    r"(?:killed|hurt) (?:or|and) (?:injured|wounded|maimed|hurt|killed)|killing (?:or|and) (?:injuring|wounding|maiming)",
    re.IGNORECASE,
)
_NOT_PEOPLE = pattern(
    r"(?P<n>{Q}) (?:(?!by\b|in\b|from\b|with\b|to\b|casualt|victims\b|survivors\b|deaths\b|accidents\b)[\w-]+ ){0,2}?(?:mines?|items?|square|hectares|cattle|animals|cows|livestock|dogs|{M}(?!(?:/[\w⟨⟩]+)?[ -](?:casualt|victim|related|death|survivor|disposal|clearance|removal|expert|specialist))(?!(?: (?:and|or) ⟨M\d+⟩)+(?: \(⟨M\d+⟩\))?[ -](?:casualt|victim)))"
)


_FATE = pattern(
    r"\b[Ff]or (?P<n>{Q}) (?:\w+ ){0,2}?,? ?(?:the|their|whose) (?:survival|fate|outcome|status|injur)"
)
"""«For 111 casualties the survival status was not known»: part of them, and no total."""


@dataclass(frozen=True)
class Toll:
    """Numbers of people; ``None`` where the sentence gives none."""

    killed: int | None = None
    injured: int | None = None
    total: int | None = None

    @property
    def people(self) -> int | None:
        """The largest of the three."""
        return max(
            (n for n in (self.killed, self.injured, self.total) if n is not None), default=None
        )


_COMPARED = re.compile(
    r",? (?:compared (?:with|to)|in comparison (?:with|to)|a year earlier|up from|down from|against|versus|more than the|fewer than the|from) ⟨"
)


_AMONG = re.compile(
    rf",? (?:among them|among whom|including|of whom|of them|amongst them) (?:(?!{_DEAD}|{_HURT})[^,.;]){{0,70}}(?:,|$)"
)
"""A part told beside its whole: «144 people, among them 27 children, …»."""


_AGES = re.compile(
    r"(?:(?<=boy)|(?<=girl)|(?<=man)|(?<=child)) of ⟨Q\d+⟩(?= (?:was|were|died|lost|had|who|and|is)\b|,)|,? (?:aged )?(?:between )?⟨[QU]\d+⟩(?:,? (?:and|to|or) ⟨[QU]\d+⟩)?(?:[- ]years?[- ]olds?\b| years of age)|,? aged (?:between )?⟨[QU]\d+⟩(?:(?:, | and | to )⟨[QU]\d+⟩)*,?|(?<=[\w⟩]), ⟨Q\d+⟩,(?= )"
)
"""How old people were is no count of them."""
_CLOCK = re.compile(r"(?:\b(?:at|about|around) )*⟨Q\d+⟩ ?[ap]\.?m\b\.?")
"""The hour is no count of people."""
_KIN = re.compile(
    r"\b(?:uncle|aunt|father|mother|parent|brother|sister|cousin|relative|friend|neighbou?r|widow|colleague)s? (?:of|to) (?:(?:⟨Q\d+⟩|one) of )?the (?:(?:wounded|injured|dead|killed|deceased|victims?|children|men|women|boys|girls)\b ?){1,2}"
)
"""«An uncle of two of the wounded» tells who speaks, not who was hurt."""
_NO_TOLL = re.compile(
    r"\b(?:not|n['’]t) (?:tell|say|know)\b[^.;⟨]{0,20}\bhow many\b"
    r"|^[\"“«]?(?:The (?:injured|wounded|victims?|survivors?|dead|deceased|other|man|woman|boy|girl|child(?:ren)?)\b|Both\b)(?:(?!⟨Q).)*$"
    r"|⟨Q\d+⟩ (?:in|out of|of) (?:every |each )?⟨Q\d+⟩ (?:of (?:the |all )?)?(?:[\w-]+ )?(?:victims|casualties|survivors)\b"
    r"|^(?:(?!⟨Q).)*\b(?:of|while) the (?:remaining |surviving |other )?(?:victims|injured|wounded|casualties|survivors)\b(?!.*⟨M)"
    r"|^(?:An?|The|His|Her|Their|Several|Some|⟨Q\d+⟩)(?: [\w-]+){0,2}? (?:goats?|cows?|bulls?|calf|calves|ox|oxen|dogs?|horses?|donkeys?|mules?|sheep|lambs?|camels?|buffalo(?:es)?|yaks?|pigs?|elephants?|cattle|livestock|animals?)\b(?:(?!\b(?:and|men|people|owner)\b).)*$"
    r"|\b[Tt]he (?:dead|deceased|wounded|injured) (?:were|was|are|have been) (?:named|identified|buried|taken)\b"
    r"|\b(?:images?|photos?|pictures?|footage|video) of (?:[\w-]+ ){0,3}(?:dead|wounded|injured)\b(?!.*⟨Q)"
    r"|^⟨[PW]\d+⟩(?:(?!⟨Q)[^.;]){5,160}\bwere (?:[a-z]+ly )?(?:killed|injured|wounded|hurt) in the (?:blast|explosion|accident|incident)\b"
    r"|^[\"“«]?The [a-z]+ (?:is|was|remains) (?:still )?in (?:an? )?(?:critical|serious|stable)\b"
    r"|\bnear (?:where|the (?:spot|place|site) where)\b[^.;⟨]{0,60}\b(?:was|were|had been) (?:injured|wounded|killed|hurt)\b(?!.*\b(?:and|another)\b.*⟨Q)"
    r"|\bnumber of (?:the )?(?:dead|wounded|injured)\b(?:(?!⟨Q).)*$"
    r"|\bdead (?:batter(?:y|ies)|zones?|ends?|ground|line)\b|\bputs? the number of (?:killed|victims)\b(?:(?!⟨Q).)*$"
    r"|\bbatter(?:y|ies)\b[^.;⟨]{0,20}\b(?:dies?|dead|died)\b"
    r"|\b(?:number|numbers|incidence|rate|risk) of (?:[\w-]+ ){0,3}(?:deaths?|injuries|casualties|accidents|victims|fatalities)\b(?:(?!⟨Q).)*$|^(?:(?!⟨Q).)*⟨Q\d+⟩ of them\b(?!.*\b(?:on the job|in the line of duty|at work|on duty)\b)"
)
"""A sentence about people already told of, or about a trend without a figure."""


OF_THESE = pattern(
    r"^(?:Of|Among) (?:these|those|them|whom),? (?P<n>{Q}) (?:were|occurred|took place|came|fell|happened) in\b"
    r"|^(?P<m>{Q}) of (?:these|those|them) (?:were|occurred|took place|came|fell|happened) in\b"
    r"|{S}(?: alone)? (?:accounted for|had|saw|suffered|made up) (?P<k>{Q}) of (?:them|these|those|all|the|its)\b(?: (?:recorded|global|new))?(?: (?:casualties|victims|cases))?"
)
"""A share of the casualties told before: «Of these, 193 were in Ukraine»."""


def _share(tagged: Tagged) -> Toll | None:
    match = OF_THESE.search(tagged.string)
    mention = tagged.mention(match["n"] or match["m"] or match["k"]) if match else None
    return Toll(total=int(mention.data.value)) if mention else None


_UNHURT = pattern(
    r"\b(?:was|were) (?:not (?:\w+ )?(?:hurt|injured|harmed|wounded)|unhurt|uninjured|unharmed|unscathed)\b(?!.*{Q})|\bescaped (?:unhurt|unharmed|unscathed|uninjured|injury|without injur\w+)\b(?!.*{Q})"
)


_CAME_TO_HARM = re.compile(rf"(?<!not )\b(?:{_HURT}|{_DEAD})\b")


def nobody_hurt(tagged: Tagged) -> bool:
    """Whether a sentence says that those in an accident came to no harm, and of nobody who did."""
    unhurt = _UNHURT.search(tagged.string)
    return unhurt is not None and not _CAME_TO_HARM.search(_UNHURT.sub("", tagged.string))


def toll_of(tagged: Tagged) -> Toll | None:
    """Read the toll of a sentence, or nothing when no one is said to be hurt.

    What the figure is compared with («up from 41») is left out.
    """
    share = _share(tagged)
    if share:
        return share
    plain = _KIN.sub("", _AGES.sub("", _CLOCK.sub("", tagged.string)))
    if _NO_TOLL.search(plain):
        return None
    plain = re.sub(r"succumbed to (?:his|her|their) [\w-]+", "succumbed", plain)
    tagged = replace(tagged, string=_AMONG.sub(",", plain))
    cut = _COMPARED.search(tagged.string)
    if cut and cut.start() > 20:
        tagged = replace(tagged, string=tagged.string[: cut.start()])
    barred = {m["n"] for form in (_NOT_PEOPLE, _FATE) for m in form.finditer(tagged.string)}
    total = _fatal_among(tagged) or _first(tagged, "total", barred)
    used = {total[1]} if total else set()
    killed = (
        None
        if total and _BOTH.search(tagged.string) and _narrow(tagged)
        else _number_and_one(tagged, "killed") or _first(tagged, "killed", barred | used)
    )
    used |= {killed[1]} if killed else set()
    injured = _one_and_others(tagged) or _number_and_one(tagged, "injured")
    injured = injured or _first(tagged, "injured", barred | used)
    dead = killed[0] if killed else _single(tagged, "killed")
    hurt = injured[0] if injured else None if total else _single(tagged, "injured")
    if (
        total is None
        and dead is not None
        and hurt is not None
        and not _SOME_UNKNOWN.search(tagged.string)
    ):
        return Toll(dead, hurt, dead + hurt)
    if total is None and dead is None and hurt is None:
        return None
    alone = dead if hurt is None else hurt if dead is None else None
    return Toll(dead, hurt, total[0] if total else alone)


_SOME_UNKNOWN = re.compile(
    r"\b(?:unknown|not (?:known|recorded|reported|specified|given|clear)|unclear|undetermined|unspecified|unrecorded)\b"
)
"""The dead and the hurt are not all where the fate of some is not known."""


_FATAL_AMONG = pattern(
    rf"(?:injur|wound|hurt|maim|harm)\w* (?P<n>{{Q}})(?: {_PEOPLE})?,? {{Q}} of (?:them|whom) (?:were )?fatal(?:ly)?\b"
    rf"|(?P<m>{{Q}})(?: {_PEOPLE})?{_AUX} (?:injured|wounded|hurt|maimed|harmed)[^.;⟨]{{0,30}},? {{Q}} of (?:them|whom) (?:were )?fatal(?:ly)?\b"
)


def _fatal_among(tagged: Tagged) -> tuple[int, str] | None:
    """«Hurt 90 people, 12 of them fatally» is 90 in all."""
    match = _FATAL_AMONG.search(tagged.string)
    tag = match and (match["n"] or match["m"])
    mention = tagged.mention(tag) if tag else None
    return (int(mention.data.value), tag) if tag and mention else None


_LOST_AND = pattern(
    rf"(?<![\w-])(?:[Aa]n?|[Oo]ne|{{Q}}) (?:⟨[JS]\d+⟩ )?(?:[\w-]+ ){{1,2}}lost (?:an?|his|her|one|both) (?:left |right )?[\w-]+,? and (?P<n>{{Q}}) (?:others?|more)(?: {_PEOPLE})?{_AUX} (?:[\w-]+ )?{_HURT}"
)


def _one_and_others(tagged: Tagged) -> tuple[int, str] | None:
    """«One guard lost a leg and two others were hurt» hurts three."""
    match = _LOST_AND.search(tagged.string)
    mention = tagged.mention(match["n"]) if match else None
    return (int(mention.data.value) + 1, match["n"]) if match and mention else None


_NUMBER_AND_ONE = {
    kind: pattern(
        rf"(?P<n>{{Q}}) (?:[\w-]+ ){{1,2}}and (?:an?|one|his|her|their) (?:[\w-]+ ){{1,2}}(?:were|have been|had been) (?:{verb})\b"
    )
    for kind, verb in (("killed", "killed"), ("injured", "injured|wounded|hurt|maimed"))
}


def _number_and_one(tagged: Tagged, kind: str) -> tuple[int, str] | None:
    """«Two teachers and a village chief were killed» are three."""
    match = _NUMBER_AND_ONE[kind].search(tagged.string)
    mention = tagged.mention(match["n"]) if match else None
    return (int(mention.data.value) + 1, match["n"]) if match and mention else None


def _narrow(tagged: Tagged) -> bool:
    return len(tagged.all("Q")) == 1


def _first(tagged: Tagged, kind: str, barred: set[str]) -> tuple[int, str] | None:
    for rule in _RULES[kind]:
        for match in rule.finditer(tagged.string):
            mention = tagged.mention(match["n"])
            if match["n"] not in barred and mention and float(mention.data.value).is_integer():
                beside = bool(_AND_ONE.search(tagged.string[: match.start("n")]))
                more = _and_more(tagged, match) if kind != "total" else 0
                return int(mention.data.value) + beside + more, match["n"]
    return None


_AND_MORE = pattern(
    rf" {_PEOPLE} and ({{Q}}) (?:other )?{_PEOPLE}(?=[.,;]|$| on | in | when | near )"
)


def _and_more(tagged: Tagged, match: re.Match[str]) -> int:
    """«Injuring five adults and seven other children» hurts twelve."""
    verb_first = match.start("n") > match.start() + 2
    more = _AND_MORE.match(tagged.string, match.end("n")) if verb_first else None
    mention = tagged.mention(more[1]) if more else None
    return int(mention.data.value) if mention else 0


_AND_ONE = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Oo]ne) (?!total|group|family|number|team|dozen|further|man of)(?:(?!died\b|was\b|were\b|had\b|lost\b|killed\b|injured\b|wounded\b|hurt\b)[\w-]+ ){1,3}and (?:his |her |their )?$"
)
"""«a father and his two sons»: one more than the figure."""


def _single(tagged: Tagged, kind: str) -> int | None:
    """«A farmer was killed» is one."""
    if _BOTH.search(tagged.string):
        return None
    if _PAIR[kind].search(tagged.string):
        return 2
    return 1 if _ONE[kind].search(tagged.string) else None


_PAIR = {
    kind: re.compile(
        rf"\b(?:(?:[Aa]n?|[Tt]he|[Oo]ne) (?:[a-z-]+ )?[a-z-]+|[Hh]e|[Ss]he) and (?:an?|his|her|their) (?:[a-z-]+ )?[a-z-]+,?(?: (?:were|both|had been|have been|was)){{0,2}} (?:{verb})\b"
    )
    for kind, verb in (
        ("killed", "killed|died|perished"),
        ("injured", "injured|wounded|hurt|maimed"),
    )
}
"""«A farmer and his son died» are two."""
