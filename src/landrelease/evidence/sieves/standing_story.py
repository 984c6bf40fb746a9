# ruff: noqa: E501 - patterns are read whole
"""What the sentences before a clause leave in mind: the treaty, the states, the matter spoken of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.reading import Reading, Tagged
from landrelease.evidence.sieves.standing_nouns import opens_clause, states_of, subject_nouns
from landrelease.evidence.sieves.treaty_meant import main_treaty


@dataclass
class Story:
    """What the sentences before leave in mind: the treaty, the states spoken of."""

    main: str | None
    others: frozenset[str] = frozenset()
    treaty: str | None = None
    block: int = -1
    states: list[Mention] = field(default_factory=list)
    several: list[Mention] = field(default_factory=list)
    leaving: bool = False
    belonging: bool = False
    of_treaty: bool = False
    counted: bool = False
    own: str | None = None
    pair: list[Mention] = field(default_factory=list)

    def matters(self, string: str) -> set[str]:
        """What a sentence, or those before it, speak of: leaving, belonging, a count of states."""
        of_treaty = _OF_TREATY.search(string)
        leaving = self.leaving or ((of_treaty or self.of_treaty) and _LEAVES.search(string))
        belonging = self.belonging or ((of_treaty or self.of_treaty) and _BELONGS.search(string))
        told = {"leaving": leaving, "belonging": belonging, "counted": self.counted}
        return {matter for matter, is_told in told.items() if is_told}


def story_of(reading: Reading) -> Story:
    """What a text is about before its first sentence: the treaty that it names most."""
    named = [m.key for m in reading.mentions if m.kind == "T" and m.key != "other"]
    if not named:
        meant = main_treaty(reading)
        return Story(meant, treaty=meant)
    counts = Counter(named)
    often, most = counts.most_common(1)[0]
    main = often if most >= _MAINLY * counts[named[0]] else named[0]
    return Story(main, frozenset(key for key, n in counts.items() if n < counts[main]), main)


_MAINLY = 3
"""The first treaty named is the document's, unless another is named so many times as often."""


def turn_to(story: Story, tagged: Tagged) -> None:
    """A new paragraph is about the document's treaty again, where the other was but touched on."""
    if tagged.sentence.block != story.block:
        story.block = tagged.sentence.block
        story.treaty = story.main if story.treaty in story.others else story.treaty


def remember(story: Story, tagged: Tagged) -> None:
    """Keep in mind what a sentence names and speaks of, for those that follow."""
    named = [m.key for m in tagged.all("T") if m.key != "other"]
    lasting = [key for key in named if key != "CCW-AP2"]  # a protocol is not «the Convention»
    story.treaty = lasting[-1] if lasting else story.treaty
    nouns = [
        (noun, states_of(tagged, noun.group())) for noun in subject_nouns().finditer(tagged.string)
    ]
    lists = (states for _, states in reversed(nouns) if len(states) > 1)
    story.several = next(lists, story.several)
    for noun, states in nouns:
        if states and not noun["pronoun"] and opens_clause(tagged.string, noun.start()):
            story.states = states
            break
    else:
        if owner := _OWN_STEP.search(tagged.string):
            story.states = states_of(tagged, owner.group())
    story.leaving = bool(_LEAVES.search(tagged.string)) or (
        story.leaving and not named and "⟨T" not in tagged.string
    )
    belongs = bool(_BELONGS.search(tagged.string))
    story.of_treaty = bool(_OF_TREATY.search(tagged.string))
    legal = _LEGAL.search(tagged.string) and not ALLIANCE.search(tagged.string)
    if len(tagged.string) > _AN_ANSWER:
        story.belonging = belongs and bool(story.of_treaty or story.belonging or legal)
    story.counted = bool(_COUNTED.search(tagged.string))


_AN_ANSWER = 12
"""Characters of «No.» and the like, which change no subject."""
_COUNTED = re.compile(
    r"^(?!.*\b(?:not|never|outside|neither)\b).*\b(?:[Pp]art(?:y|ies)|members?|joined|signed|ratified|acceded|adopted|bound|banned|renounced)\b(?:[^.;,]|, (?:which|that|the|a) [^.;]){0,90}\W*$"
)
"""A sentence that ends on who has joined: «not so Peru» may follow."""
_OWN_STEP = re.compile(
    r"⟨S\d+⟩[’']s (?:[\w-]+ ){0,2}(?:notice|notification|withdrawal|exit|departure|decision|denunciation)\b"
)
"""«Peru's notice»: what «it» in the next sentence may be."""
_LEAVES = re.compile(
    r"\b(?:withdr[ae]w|ceas\w+ (?:[^.;]{0,14} )?to be (?:bound|an? (?:[Ss]tate )?[Pp]arty)|leav(?:e|es|ing)\b|left\b(?= (?:the|it|on|in|this|last)\b|[.,;]|$)|quit|exit|pull\w* out|denunc|denounc|departure|los(?:es|t|ing) (?:⟨Q\d+⟩|one|a|its) )"
)
_LEGAL = re.compile(
    r"\b(?:ratif(?:y|ied)|acced(?:e|ed|ing)|accession|[Ss]tates? [Pp]art(?:y|ies)|signator(?:y|ies))\b"
)
"""Words of treaties alone, where none is named."""
_OF_TREATY = re.compile(r"⟨T\d+⟩|\b(?:[Cc]onvention|[Tt]reaty)\b")
_BELONGS = re.compile(
    r"\b(?:[Pp]art(?:y|ies)|members?|join(?:s|ed|ing)?|sign(?:s|ed|ing)?|signator\w+|ratif\w+|acced\w+|accessions?|adher\w+|belong(?:s|ed)?|bound|signatures?|outside|inside|breach|violat\w+|compl(?:y|ied|iance)|back (?:in|into)|re-?join\w*|into force|withdr\w+|leav\w+|left)\b|⟨T\d+⟩ (?:turn|is|was|has|binds|counts|enter)|\b[Ii]n (?:the )?⟨T\d+⟩"
)
"""Words on who is bound by a treaty."""
ALLIANCE = re.compile(
    r"\b(?:NATO|EU|European Union|WTO|World Trade Organi[sz]ation|OECD|alliance|bloc|Schengen|ICC|Rome Statute|BRICS|ASEAN)\b"
)
