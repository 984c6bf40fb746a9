# ruff: noqa: E501 - patterns are read whole
"""Who can be the subject of a verb of speech, and the verbs: the parts of the patterns of attribution."""

from __future__ import annotations

import re
from functools import cache

from landrelease.terms import load_terms

MASK = "□"
"""What stands for each quoted character."""


def words(key: str) -> str:
    """Alternation of the words of a list, the longest first."""
    listed = load_terms("reporting")[key]
    return "|".join(re.escape(w).replace(r"\ ", " ") for w in sorted(listed, key=len, reverse=True))


def nouns(*keys: str) -> str:
    """One to three nouns of some lists, as in «foreign ministry spokesman»."""
    noun = f"(?:(?i:{'|'.join(map(words, keys))}))"
    return rf"{noun}(?:s? {noun}s?\b){{0,2}}"


_PLURAL = (
    r"\b(?:[A-Z][a-z]+ |(?!of\b)[a-z-]+ ){0,2}?(?:[Oo]fficials|groups|[Aa]uthorities|[Ee]xperts|[Cc]ampaigners|[Aa]ctivists|[Ww]itnesses|[Rr]esidents|[Vv]illagers"
    r"|[Dd]eminers|[Ww]orkers|[Ss]pecialists|[Aa]nalysts|[Rr]esearchers|[Dd]octors|[Rr]elatives|[Pp]olice|[Ll]awmakers|[Ii]nvestigators|[Pp]rosecutors|[Dd]iplomats|[Ss]urvivors|[Cc]ritics|[Aa]dvocates|[Oo]pponents|[Ss]upporters|[Ss]peakers|[Dd]elegates|[Pp]roponents|[Mm]edics|[Ss]appers|(?:[Rr]evolutionary|[Ll]ocal|[Rr]esistance|[Rr]ebel|[Ss]ecurity) forces|(?:[Ss]tate|[Ll]ocal|[Ss]tate-run|[Nn]ational) media|[Mm]ilitants|[Ii]nsurgents|[Ff]armers|[Ss]oldiers|(?:[Bb]order|[Cc]oast|[Rr]evolutionary|[Nn]ational) guards(?:men)?|[Gg]uardsmen|[Nn]eighbou?rs|[Pp]arents|[Tt]eachers|[Ss]hepherds|[Hh]erders|[Rr]efugees|[Aa]uditors|[Ee]yewitnesses|[Rr]escuers|[Ee]ngineers|[Dd]eputies|[Ss]enators|[Cc]ommanders|[Mm]inisters|[Oo]rganisers|[Oo]rganizers|[Oo]fficers|[Ff]ighters|[Rr]ebels|[Oo]fficers|[Ss]ources)(?: (?:in|from) (?:the )?(?:[a-z-]+ ){0,4}?(?:⟨[GSLWP]\d+⟩|field)| of (?:the |a |this |that |such |any )?(?:(?:⟨[JSOMT]\d+⟩|[a-z-]+) ){0,3}(?:⟨[MT]\d+⟩|decision|move|plan|transfer|withdrawal|weapons?|ban|treaty|policy|step|bill|deal|deliver(?:y|ies))| (?:working|based|speaking) (?:in|for|at|with|on) [^,.□]{2,60}?)?"
)
"""People spoken of without a name or an article."""


_NO_PLACE = r"(?<!\b[Ii]n )(?<!\bof )(?<!\b[Aa]t )(?<!\bto )(?<!\bby )(?<!\bfor )(?<!\b[Ff]rom )(?<!\bwith )(?<!\b[Ii]n the )(?<!\bto the )(?<!\bfrom the )"
"""No preposition right before: a place where someone is does not speak."""
_NO_VERB = r"(?!(?:that|which|who|said|says|replied|told|asked|was|were|has|had|have|is|are)\b)"
_TOGETHER = r"(?:\b[Tt]he (?:country|nation)\b|⟨Q\d+⟩ (?:[Ss]tates(?: [Pp]arties)?|countries|nations|delegations|organi[sz]ations|NGOs|campaigners)\b|\b(?:[Tt]he|[Aa]ll|[Bb]oth|[Tt]hese)(?: ⟨Q\d+⟩| two| three| four| five)? (?:countries|states|nations|governments|allies|neighbours|neighbors)(?:['’] (?:[\w-]+ ){0,2}[Mm]inisters)?)"
"""States spoken of together."""
_ONE_OF = r"(?:\b(?:[Oo]ne|[Tt]wo|[Ss]ome|[Ss]everal)|⟨Q\d+⟩) of (?:the|its|those|these)(?: (?:⟨[SJOG]\d+⟩(?:['’]s)?|[a-z-]+)){0,3}? (?:officials|deminers|experts|soldiers|villagers|residents|witnesses|people|sources|diplomats|survivors|researchers|lawmakers)"
"""Someone of a group named before."""
_COLLEAGUES = r"\b[Oo]ur (?:[a-z-]+ ){0,2}(?:colleagues|friends|partners|teams?) (?:at|in|from|with|of) (?:the )?⟨O\d+⟩(?: \([^)]{2,16}\))?(?: in (?:the )?⟨[SGLW]\d+⟩)?"
"""How a spokesman names a body of his own house."""
_INFORMED = r"(?:⟨Q\d+⟩|\b[Tt]wo|\b[Tt]hree|\b[Ff]our|\b[Ss]everal|\b[Ss]ome|\b[Oo]ther|\b[Mm]any|\b[Mm]ost) (?:⟨[SJO]\d+⟩ )?(?:[a-z]+ ){0,2}?(?:officials|people|sources|diplomats|officers|aides|experts|senators|lawmakers|deputies|ministers|parliamentarians|legislators|members|deminers|doctors|nurses|soldiers|witnesses|residents|villagers|farmers|survivors|charities|groups|NGOs|lawyers|scientists|campaigners|activists|analysts|researchers|relatives|uncle|aunt|neighbour|neighbor|cousin|brother|sister|official|witness|resident|villager|farmer|soldier|survivor|doctor|deminer|diplomat|officer|lawmaker|senator|delegate|expert|analyst|man|woman)(?: (?:familiar with|briefed on|close to|with (?:direct )?knowledge of|involved in|present at) [^,.□]{3,70}?)?"
"""«Two US officials familiar with the plan»."""
_BODYS_OFFICE = r"\b(?:[Pp]arliament|[Gg]overnment|[Aa]rmy|[Pp]olice|[Mm]inistry|[Pp]resident)['’]s (?:[a-z]+ ){0,2}(?:speaker|spokes\w+|chief|head|commander|adviser|advisor|envoy|office|press service)\b"
"""«Parliament's speaker»."""
_THE_OTHER = (
    r"(?:(?:[Oo]ne|⟨Q\d+⟩|[Tt]wo|[Ss]everal|[Ss]ome) of them|[Tt]he (?:other|former|latter))(?= )"
)
"""One of those who have just spoken."""
_OF_AGE = r"\b[Tt]he (?:⟨\w\d+⟩|\d{1,2})-year-old\b(?! ⟨)(?: [a-z-]+)??"
"""«The 21-year-old», of whom the text has just told."""
_WHO_HAS = r" who [^,□]{3,140}?(?<! and)(?<! or)(?<! to)(?<! not)(?<! who)(?<! has)(?<! have)(?<! had)(?<! was)(?<! were)(?<! be)"
"""«A specialist who has worked there and asked not to be named said»."""
_OUT = r"(?:published|released|issued|launched|unveiled|seen|dated|out)(?: (?:on|in|late|early|earlier))? ⟨D\d+⟩"
"""When a paper came out."""
_FIGURE = "number|figure|toll|total|cost|bill|share|rate|price|count|area|value|losses|extent|size|proportion|stock|stockpile|estimate"
_AT_FIGURE = r"(?:puts?|sets?|estimate[ds]?|reckon(?:s|ed)?|calculate[ds]?|value[ds]?|assess(?:es|ed)|peg(?:s|ged)?) (?!at\b|up\b|out\b|in\b|off\b|on\b)(?:(?!at\b|to\b)[\w⟨⟩'’,.$%-]+ ){1,14}?at\b(?= (?:(?:about|around|nearly|some|between|over|under|almost|more|less|than|just|least|roughly|up|to|only|as|much|many|the|equivalent|of|an?) ){0,4}(?:⟨[VACU]\d+⟩|⟨Q\d+⟩(?:[.,;]|$| (?:dead|people|civilians|casualties|victims|killed|hectares|square|in|by|for|a|per|over|down|up|or|and|since|between|this|last|⟨M)\b)))"
"""Speaking by an amount: «put the loss from mined land at $2 billion», «set the rate at 40 percent»."""
_PUTS = rf"puts? (?:(?:the|its|their|that|this) )?(?:[a-z-]+ ){{0,2}}?(?:{_FIGURE})s?\b(?: [\w⟨⟩'’-]+){{0,8}}? (?:at|higher|lower|closer)"
"""Speaking by a figure: «puts the number of dead slightly higher»."""
_FEELS = r"(?:is|are|was|were|remains?) (?:[a-z]+ly )?(?:concerned|alarmed|appalled|dismayed|outraged|saddened|disappointed|shocked|troubled)(?= (?:by|at|about|that|over))"
"""Speaking by a feeling: «is gravely concerned by»."""
_REPORTS = r"(?:issued|released|published|put out|sent out) (?:an?|the|its|their) (?:[a-z-]+ ){0,2}(?:report|study|paper|letter|survey)\b[^,.□]{0,50}? (?:saying|(?:that|which) (?:says?|said|shows?|finds?|found|warns?|warned))"
_ISSUED = r"(?:issued|issues|released|published|made|put out|circulated|delivered|sent) (?:(?:an?|the|its|their|his|her) )?(?:[\w⟨⟩-]+ ){0,3}(?:statements?|communiqu[ée]|protest|warning|condemnation|appeal|denial|declaration|note)"
"""Speaking by putting something out."""


_STATE_BODY = r"(?:army|military|navy|police|government|ministry|air force|armed forces|border guard|coast guard|parliament|embassy)"
"""A body of a state in small letters, for which someone speaks."""
_WRITINGS = r"(?:paper|study|report|memo|memorandum|analysis|survey|assessment|letter|note|book|article|testimony|review|inquiry)"
_PAPER_OF = rf"⟨[PWO]\d+⟩['’]s (?:(?:own|new|latest|recent|final|first|second|[a-z]+ly) )?(?:[a-z-]+ )?{_WRITINGS}"
"""«Reyl's paper»: a writing speaks for who wrote it."""
_HOUSE_OF = (
    r"⟨P\d+⟩['’]s (?:office|lawyers?|team|campaign|family|aides|administration|government|party)\b"
)
"""«Reyl's office»: those who speak for someone."""
_NAMES_AS = rf"(?:names?|named|lists?|listed|singles out|singled out|ranks?|ranked)(?= [^{MASK}.;]{{2,110}}? (?:as|among) )"
"""Speaking by a list: «named Chad, with Niger, as one of the states that …»."""
_HOLDS = (
    rf"(?:holds?|held|finds?|found)(?= [^{MASK}.;]{{2,90}} (?:responsible|accountable|to blame)\b)"
)
"""Speaking by a charge: «held the group responsible for it»."""
_DEEMS = rf"(?:(?:regards?|regarded|deems?|deemed|considers?|considered)(?= (?:[\w⟨⟩'’-]+ ){{1,6}}?(?:as (?!of\b)|to be |still |not |no longer |(?:un\w{{3,}}|il(?:legal|licit)|legal|lawful|bound|void|invalid|safe|inhumane|indiscriminate|obsolete|essential|necessary|dangerous)\b))|attribut(?:es|ed)(?= [^{MASK}.;]{{2,80}} to\b)|wants?(?= (?!to\b)(?:(?!to\b)[\w⟨⟩'’-]+ ){{1,6}}to [a-z]))"
"""Speaking by what one holds: «regards the denial as hollow», «attributed the mine to the rebels», «wants donors to pay»."""
_PUTS_AT = rf"(?:puts?|sets?) (?:[\w⟨⟩'’-]+ ){{1,9}}?at(?= {MASK})"
"""Speaking by a quoted amount: «put the first batch at “a few thousand”»."""
_FIGHTERS = (
    r"(?:\b[Tt]he )?⟨[PW]\d+⟩ (?:front|brigade|battalion|faction|militia|bloc|regiment|column)\b"
)
"""«The Ana Reyl front»: fighters under a name that no list knows."""
_FIRM = r"⟨[WO]\d+⟩, ⟨W\d+⟩\.?(?= )"
"""«Vortal, Inc.»: a company with its legal form."""


@cache
def parts() -> dict[str, str]:
    """Patterns of subjects, of what stands between them and the verb, and of verbs."""
    person = rf"⟨P\d+⟩(?:,? (?:T\.?D\.?|M\.?P\.?|MEP|MSP|[OCM]BE|[QK]C|Ph\.?D\.?))?(?: \([^)]{{1,40}}\))?(?:, [^{MASK}]{{3,170}}?,(?: {MASK}{{3,80}},?)?(?= )|, (?:the )?(?:[\w'’-]+ ){{0,4}}?(?i:{words('roles')})\b[^{MASK},]{{0,80}}?(?= )| (?:of|from|at|with|in) (?:the )?(?:⟨[SJGWL]\d+⟩(?:['’]s)? (?=⟨O|(?:[a-z-]+ ){{0,2}}{_STATE_BODY}))?(?:⟨[OWSLPG]\d+⟩|(?:[a-z-]+ ){{0,2}}?{_STATE_BODY}(?:['’]s(?= [a-z]))?)(?: \([^)]{{2,24}}\))?(?: in (?:the )?⟨[SGLW]\d+⟩,?)?(?: [a-z]+)?(?:, (?:who|which|the|an?|its|their|now|head|director|leader) [^{MASK},]{{3,110}},)?)?"
    body = rf"(?:⟨[SJGL]\d+⟩(?:['’]s)? )?⟨O\d+⟩(?: ⟨[DQ]\d+⟩)?(?: \([^)]{{1,40}}\))?(?: of (?:the )?⟨T\d+⟩)?(?: on behalf of (?:[\w⟨⟩-]+ ){{1,4}}(?:community|members|parties))?(?:['’]s)?(?: (?:(?:[a-z-]+ ){{0,2}}(?:staff|officials?|teams?|experts|deminers|researchers|investigators|representatives?|spokes\w+|office|delegation|data|figures|statistics|database|surveys?|reports?|stud(?:y|ies)|investigations?|analys[ie]s|statement|research|records|findings)(?: to (?:date|⟨D\d+⟩)| {_OUT})?))?(?: (?:in|of) (?:the )?⟨[GSWL]\d+⟩(?: \([^)]{{1,20}}\))?)?(?:, (?!(?:[A-Z][\w.]+ ){{0,3}}⟨P\d+⟩,)[^{MASK},]{{3,90}},(?= ))?"
    whom = nouns("body_nouns", "roles")
    official = rf"⟨[SGJWLO]\d+⟩(?:['’]s)?(?: (?:{_NO_VERB}[\w-]+|⟨[LWJ]\d+⟩)){{0,4}}? (?:{whom}|troops|forces|navy)s?"
    state = rf"{_NO_PLACE}⟨[SG]\d+⟩(?: itself)?(?:(?:, | and |, and )(?:the )?⟨[SG]\d+⟩){{0,8}}(?:, [^{MASK};]{{3,120}}?,(?= ))?"
    noun = (
        rf"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?(?! (?:hour|day|week|month|year|minute|moment|decade)\b)|[Oo]ne|[Aa]nother|[Ll]ocal|[Mm]ilitary|[Ss]enior|[Gg]overnment|[Pp]olice)(?: (?:⟨[SOJGWLMDUQ]\d+⟩(?:['’]s|-[\w-]+)?|{_NO_VERB}(?!the\b)[\w'’.-]+)){{0,4}}? {whom}s?"
        rf"(?: (?:for|of|at|by|from|in|with|(?:released|published|issued|compiled|prepared|produced|commissioned|written|presented) (?:⟨D\d+⟩ |on ⟨D\d+⟩ )?by) (?:(?:[^,{MASK}⟨]|⟨\w+⟩){{1,60}}?|(?:(?:[A-Z][a-z]+ ){{1,2}}of (?:the )?)?⟨\w\d+⟩(?:, ⟨\w\d+⟩){{0,6}},? and ⟨\w\d+⟩))?(?:, who [^,{MASK}]{{3,60}}, ⟨[WPL]\d+⟩,|, (?:who|which|speaking|citing|published|released|issued|launched|entitled|titled|presented|compiled|based|written|co-authored|seen|obtained|leaked|dated|signed|[a-z]{{3,}}ing) [^,{MASK}]{{3,110}},)?"
    )
    noun = rf"(?:{noun}(?:{_WHO_HAS})??|{_PLURAL}|{_TOGETHER}|{_ONE_OF}|{_COLLEAGUES}|{_OF_AGE}|{_THE_OTHER}|{_BODYS_OFFICE}|{_INFORMED})"
    aux = (
        r",?(?:,? (?:who|which|long|also|then|later|now|still|already|just|since|has|have|had|both|all|each|jointly|unanimously|continues? to|continued to|further|again|repeatedly|publicly|previously|recently|separately|however|meanwhile|instead|strongly|in turn|therefore|thus|once again|[a-z]+ly|himself|herself|itself|once|here|always"
        r"|on (?:its|his|her) (?:website|page)|in (?:its|a|an|his|her|their) (?:[\w-]+ ){0,3}(?:statement|report|message|post|interview|bulletin|update|letter)|(?:on |in |late |early )?⟨D\d+⟩(?: morning| afternoon| evening| night)?|for (?:his|her|its|their) part|(?<=, )(?:in|at|on|during|after|when|asked|[a-z]{3,}ing) [^,□]{3,90}(?=,)),?){0,4}"
    )
    verbs = f"(?:{_AT_FIGURE}|{_PUTS_AT}|{_HOLDS}|{words('verbs_object')}|{words('verbs_clause')}|{_ISSUED}|{_PUTS}|{_FEELS}|{_REPORTS}|{_NAMES_AS}|{_DEEMS})"
    later = f"(?:{words('verbs_object')}|{words('verbs_clause')})"
    subject = f"(?P<subject>{_PAPER_OF}|{_HOUSE_OF}|{_FIGHTERS}|{_FIRM}|{person}|{body}|{official}|{noun}|{state}|⟨[WN]\\d+⟩(?: in ⟨[GSL]\\d+⟩|, (?:who (?:is|was) )?(?:an?|the|his|her) [^{MASK},]{{3,80}},(?= ))?|\\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\\b)"
    return {
        "person": person,
        "body": body,
        "official": official,
        "noun": noun,
        "unnamed": rf"(?:the )?{body}|{official}|{noun}",
        "subject": subject,
        "aux": aux,
        "verbs": verbs,
        "later": later,
    }
