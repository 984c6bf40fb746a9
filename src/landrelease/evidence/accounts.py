# ruff: noqa: E501 - patterns are read whole
"""Attribution beside the clause: «by the ministry's count», «in a paper of June the police list …»."""

from __future__ import annotations

import re
from functools import cache

from landrelease.evidence.subjects import MASK, parts

_HELD = r"(?:count|figures|reckoning|estimates?|account|calculations?|tally|data|numbers|assessment|telling|words|view|opinion|judge?ment)"
ACCOUNT = rf"['’]s? (?:own |official |latest |unofficial |preliminary |[a-z]+ ){{0,2}}?{_HELD}\b|\b(?:his|her|its|their) (?:own |official |latest )?(?:count|figures|reckoning|estimates?|account|calculations?|tally|assessment|telling|words|view|opinion)\b|\btell it\b|\b(?:author|view) of "
"""What someone counts or holds, in whose words a sentence is told."""
_PAPER = r"(?:paper|statement|report|study|letter|note|message|post|memo|memorandum|e-?mail|brief|briefing|bulletin|release|submission|filing|reply|survey|article|speech|interview|notice|declaration|document|assessment)"
IN_WRITING = rf"^(?:But |And |Yet )?[Ii]n (?:an?|its|his|her|their|the|this|that|another|one) [^,{MASK}]{{0,60}}?\b{_PAPER}\b[^{MASK}]{{0,120}}?, "
"""A sentence that opens with the writing in which its subject speaks."""


@cache
def by_account() -> re.Pattern[str]:
    """«By the army's count», «on its own figures», «in Reyl's words», «to hear Reyl tell it»."""
    p = parts()
    plain = rf"(?:the )?⟨[OW]\d+⟩|⟨P\d+⟩|(?:the )?⟨[SGJ]\d+⟩(?:['’]s)?(?: (?:[a-z-]+ ){{0,2}}?[a-z]+)?|{p['noun']}"
    return re.compile(
        rf"(?:^|[,;—–(] ?|\b(?:and|but|that|which|is|was|are|were) )(?P<verb>[Bb]y|[Oo]n|[Ii]n|[Aa]t) (?:(?P<subject>{plain})['’]s? |(?P<subject2>its|his|her|their) )(?:own |official |latest |unofficial |preliminary |(?!way\b)[a-z]+ ){{0,2}}?{_HELD}\b"
        rf"|\b[Tt]o (?P<verb2>hear) (?P<subject3>{plain}) tell it\b"
    )


@cache
def in_writing() -> re.Pattern[str]:
    """«In a paper seen by the Gazette, the police list eleven mines»: by whatever verb."""
    p = parts()
    who = rf"(?:the )?{p['body']}|{p['official']}|(?:the )?⟨[SG]\d+⟩|⟨P\d+⟩(?:, [^{MASK},]{{3,80}},)?|⟨W\d+⟩|{p['noun']}|\b(?:he|she|they|it)\b"
    return re.compile(
        rf"{IN_WRITING}(?P<subject>{who}) (?:(?:also|then|even|again|further|[a-z]+ly) )?(?P<verb>(?!was\b|is\b|has\b|does\b|were\b|had\b|did\b)(?:[a-z]{{2,}}(?:s|ed)|list|lists|set|sets|gave|put|wrote|told|laid|spoke|drew|named|count)) "
    )
