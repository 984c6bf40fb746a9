# ruff: noqa: E501 - patterns are read whole
"""The forms in which a sentence names who says it: «she said», «said she», «according to», «the view of»."""

from __future__ import annotations

import re
from functools import cache

from landrelease.evidence.accounts import ACCOUNT, IN_WRITING, by_account, in_writing
from landrelease.evidence.subjects import MASK, nouns, parts, words


@cache
def _direct() -> re.Pattern[str]:
    p = parts()
    return re.compile(rf"{p['subject']}{p['aux']} (?P<verb>{p['verbs']})\b(?!-)")


@cache
def _inverted() -> re.Pattern[str]:
    p = parts()
    verbs = words("verbs_clause").replace("|told", "").replace("|tells", "") + "|asked|asks"
    near = rf"(?!that\b|how\b|why\b)[^{MASK},]{{0,110}}?(?:, [^{MASK},]{{0,40}}?)?⟨P\d+⟩(?: (?:of|from|at|with|for) (?:[^{MASK},;⟨.]|⟨\w+⟩){{1,90}})?(?:, [^{MASK},]{{3,120}})?|{p['unnamed']}|(?:the )?⟨[SGW]\d+⟩"
    return re.compile(
        rf"(?:{MASK},?(?: ?[—–-])? (?P<verb>{verbs}) (?P<subject>{near})|(?:, |— ?|– )(?P<verb2>{verbs}) (?P<subject2>{near})(?: (?:in|during|at|via) (?:an?|the|its|his|her) [^{MASK},⟨]{{3,40}}?)?(?: (?:on |late |early )?⟨D\d+⟩)?(?:(?: upon| on| in)? (?:releasing|publishing|launching|presenting|issuing) [^{MASK};]{{3,90}}?)?(?:\.?$|(?=[;:] )|(?=, (?:who|speaking|all of whom|both of whom|asking|on condition)\b)))"
    )


OUTLET = r"(?:outlet|agency|daily|newspaper|website|broadcaster|channel|station|portal|charity|NGO|group|think tank|organi[sz]ation|foundation|network)"
"""What a name in one word is said to be."""


@cache
def _according() -> re.Pattern[str]:
    whom = nouns("body_nouns", "speech_nouns", "roles")
    return re.compile(
        rf"(?P<verb>[Aa]ccording to|[Aa]s reported by|[Cc]iting|[Qq]uoting|(?:documented|corroborated|as confirmed|as stated|as noted) by|[Dd]ata from|[Ff]igures from|[Aa]s per|(?:^|, )[Pp]er(?= (?:an?|the|one|two|⟨))|[Ii]n the (?:view|words|opinion|judgement|estimate) of) (?P<subject>⟨[SJ]\d+⟩(?:['’]s)? [a-z]+(?: [a-z]+)?, (?:the|an?) [a-z -]{{3,60}} (?:known as|called)(?: the)? ⟨O\d+⟩|[^{MASK},;.⟨]{{0,40}}(?:by|from|of) (?:its|the|their) (?:[a-z-]+ )?(?:maker|manufacturer|producer|developer|supplier), ⟨[OPWN]\d+⟩|(?:its|the|their|his|her) {whom},(?: [\w.'’-]+){{0,4}}? ⟨P\d+⟩|(?:(?:the|an?|his|her|their|(?:[A-Z][a-z]{{0,4}}\. )?⟨[WPS]\d+⟩['’]s) )?(?:⟨[JSG]\d+⟩ )?(?:[a-z-]+ ){{0,2}}{OUTLET}(?: ⟨W\d+⟩|, ⟨[WP]\d+⟩(?=[,.;]|$))|[^{MASK},;.⟨]{{0,60}}(?:⟨[DJSG]\d+⟩[^{MASK},;.⟨]{{0,40}})?(?:by|from|of) (?:the )?(?:(?:[A-Z][\w'’-]+|⟨O\d+⟩) ){{0,4}}?⟨[OPN]\d+⟩|(?:the |an? |one |two |several |another )?(?:[a-z]+ )?(?:⟨[SGJWL]\d+⟩(?:['’]s|-[a-z]+)? )?(?:[\w.'’-]+ ){{0,4}}?(?:⟨[OPN]\d+⟩(?:, [^,{MASK}]{{3,80}},)?|⟨W\d+⟩ {whom}|{whom}s?\b(?!['’]s)(?! (?:statistics|figures|data|estimates|records|sources|documents)\b)(?! [\w'’ -]{{0,40}}⟨P)|⟨W\d+⟩)|⟨[SG]\d+⟩(?!['’]s)|(?:him|her|them)\b|(?:his|her|their) (?:data|figures|estimates|words)\b)"
    )


@cache
def _conjoined() -> re.Pattern[str]:
    p = parts()
    return re.compile(
        rf"^(?:But |And |However, |Meanwhile, )?(?:[Tt]he |[Aa]n? )?(?:(?:[A-Za-z][\w.'’-]*|⟨[SJO]\d+⟩(?:['’]s)?) ){{0,5}}?{p['subject']} [^{MASK}]{{5,220}}?(?:(?:,? and|,? but) (?:also |has |have |later )?(?P<verb>{p['later']})|, (?P<participle>{words('participles')}))\b"
    )


@cache
def _signed() -> re.Pattern[str]:
    """A quotation with its speaker after a dash."""
    return re.compile(
        rf"{MASK}[.,]? ?(?P<verb>[—–-]{{1,2}}|:(?= ⟨P)) ?(?:The |the )?(?:Rt )?(?:[Hh]on\.? |Honou?rable )?(?P<subject>⟨P\d+⟩)[^{MASK}]{{0,160}}$"
    )


_VIEWS = r"(?:position|view|stance|assessment|argument|contention|message|line|conclusion|claim|fear|concern|hope|belief|estimate|answer|verdict|explanation|reasoning)"
_REACTION = r"(?:condemnation|criticism|outrage|protests?|praise|alarm|rebukes?|objections?|concern|dismay|anger|warnings?)"
_JUDGED = r"(?:condemned|criticised|criticized|denounced|deplored|welcomed|praised|hailed|slammed|opposed|rejected|decried)"


@cache
def _held() -> re.Pattern[str]:
    """«the ministry's position is that …», «… drew criticism from the group», «was condemned by it»."""
    p = parts()
    who = rf"{p['unnamed']}|{p['person']}"
    return re.compile(
        rf"(?:(?P<subject>⟨[OSGP]\d+⟩|\b(?:[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)(?= )|{p['official']}|{p['noun']})(?:['’]s?)? (?:[a-z-]+ ){{0,2}}{_VIEWS} (?P<verb>is|was|remains|has been|has always been)(?: (?:still|clear|simple))?(?: that\b|: )"
        rf"|\b(?:drew|draws|drawn|sparked|prompted|triggered|provoked|earned|met with) [^{MASK},⟨]{{0,40}}?(?P<verb2>{_REACTION}) (?:from|by|among) (?P<subject2>{who})"
        rf"|\b(?:was|were|has been|have been|is|are|been) (?:[a-z-]+ ){{0,2}}?(?P<verb3>{_JUDGED}) by (?P<subject3>{who})(?=[.,;]|$| (?:as|for|and|who|which|because)\b)"
        rf"|\bwith (?:(?:its|their|the|an?) )?(?:(?:[\w-]+|⟨[SJO]\d+⟩(?:['’]s)?) ){{0,5}}?(?P<subject6>⟨P\d+⟩) (?P<verb6>telling|saying|warning|arguing|insisting|claiming|calling|describing|noting)\b"
        rf"|\b(?P<verb7>view|position|opinion|stance|belief) of (?:the )?(?P<subject7>{who}|(?:the )?⟨[SG]\d+⟩)(?: (?:is|remains))? that\b"
        rf"|\b(?:reports?|stud(?:y|ies)|statement|letter|post|paper|memo) (?:by|from) (?:the )?(?P<subject5>{who}),? (?P<verb5>saying|warning|finding|(?:that|which) (?:says?|said|found|finds|shows?|warns?|warned))\b"
        rf"|\b(?:objections?|protests?|complaints?|reservations?|concerns?|warnings?|appeals?|statements?|declarations?)\b[^{MASK}.;]{{0,80}}? (?:was|were|has been|have been) (?:also )?(?P<verb4>lodged|made|issued|filed|voiced|raised|submitted|communicated|expressed|circulated|sent) by (?P<subject4>{who}|(?:the )?⟨[SG]\d+⟩(?:(?:, | and |, and )⟨S\d+⟩){{0,8}}))"
    )


@cache
def _introducing() -> re.Pattern[str]:
    """«Ana Reyl, head of the group, on the vote: “…”»: a name, a colon and a quotation."""
    p = parts()
    return re.compile(
        rf"^(?:[^{MASK}:;]{{3,80}}, )?(?:As |For )?(?:[Tt]he )?(?:(?:⟨[SGJO]\d+⟩(?:['’]s)?|[\w-]+) ){{0,5}}(?P<subject>{p['person']}|{p['body']})[^{MASK}:⟨]{{0,70}}(?:⟨[DMTSGJ]\d+⟩[^{MASK}:⟨]{{0,40}}){{0,2}}(?P<verb>:) ?{MASK}"
    )


@cache
def _quoting_whom() -> re.Pattern[str]:
    """«the press service quoted the minister», «This was announced by the minister»."""
    p = parts()
    said = r"(?:announced|reported|stated|said|noted|emphasi[sz]ed|stressed|confirmed|disclosed|revealed|underlined|conceded|acknowledged|admitted|claimed|alleged|explained|argued|recalled|clarified|denied|suggested|declared)"
    who = rf"(?P<subject>[^{MASK},⟨]{{0,60}}(?:⟨[SJGOQW]\d+⟩[^{MASK}⟨]{{0,60}}){{0,2}}{p['person']}|{p['unnamed']})"
    return re.compile(
        rf"(?:^(?:This|That|It) (?:was|is|has been) (?:also )?(?P<verb>{said})\b[^{MASK}]{{0,120}}? by {who}(?=[.,;]| (?:that|during|in|at|on|to|via|through|while|after|from)\b|$)|{MASK},? [^{MASK}]{{0,90}}?\b(?P<verb2>quoted|cited) (?:the )?(?P<subject2>{p['person']}))"
    )


@cache
def _quoted_as() -> re.Pattern[str]:
    p = parts()
    return re.compile(
        rf"{p['subject']}[^{MASK}⟨]{{0,10}} (?:was|were|is|has been) (?P<verb>quoted)\b[^{MASK}]{{0,80}}? as (?:saying|telling|claiming)"
    )


@cache
def _quoting_as() -> re.Pattern[str]:
    """«the agency quoted an official as saying»: the official speaks."""
    p = parts()
    whom = rf"(?:[\w⟨⟩'’,.]+ ){{0,7}}?{p['person']}|{p['body']}|{p['official']}|{p['noun']}|⟨[SJ]\d+⟩ officials|him|her|them"
    return re.compile(
        rf"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing)) (?:the )?(?P<subject>{whom})[^{MASK}]{{0,60}}?(?: as|,) (?P<verb>saying|telling|claiming|stating|warning|confirming)\b"
    )


@cache
def forms() -> list[tuple[str, re.Pattern[str], re.Pattern[str] | None]]:
    """Form, pattern, and the words without which a slow pattern cannot fit and is not tried."""
    verbs, later = parts()["verbs"], parts()["later"]
    joined = rf" (?:and|but) (?:also |has |have |later )?{later}\b|, (?:{words('participles')})\b"
    held = rf" {_VIEWS} |{_REACTION} (?:from|by|among) |{_JUDGED} by | (?:was|were|been) (?:also )?\w+ by | with [^□]{{0,120}}?⟩ \w+ing\b|(?:view|position|opinion|stance|belief) of |(?:report|study|studies|statement|letter|post|paper|memo)s? (?:by|from) "
    return [
        ("quoted", _quoted_as(), re.compile(" quoted")),
        ("quoted", _quoting_as(), None),
        ("signed", _signed(), None),
        ("passive", _quoting_whom(), None),
        ("inverted", _inverted(), None),
        ("direct", _direct(), re.compile(rf" {verbs}\b(?!-)")),
        ("according", _according(), None),
        ("account", by_account(), re.compile(ACCOUNT)),
        ("account", in_writing(), re.compile(IN_WRITING)),
        ("conjoined", _conjoined(), re.compile(joined)),
        ("held", _held(), re.compile(held)),
        ("introduced", _introducing(), None),
    ]
