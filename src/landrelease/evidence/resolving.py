# ruff: noqa: E501 - patterns are read whole
"""Resolve the subject of a reporting verb to a speaker: names, roles, «the agency», «she»."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field, replace
from functools import cache

from landrelease.evidence import gazetteer
from landrelease.evidence.attribution import Unit
from landrelease.evidence.common_bodies import STAFF_OF_A_BODY, is_national, spelt_alike
from landrelease.evidence.directory import Directory
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.joint import joint
from landrelease.evidence.offices import Seat, local_state, seat_nearby
from landrelease.evidence.openers import (
    office_at_head,
    opens_with_it,
    person_opening,
    state_at_head,
)
from landrelease.evidence.own_names import named_body, own_subject
from landrelease.evidence.printed import office_of_body, printed_words, role_in, role_or_roles
from landrelease.evidence.reading import TAG, Reading, Tagged
from landrelease.evidence.reporting_forms import OUTLET
from landrelease.evidence.speakers import Speaker, body, government, same_portfolio, state_name
from landrelease.evidence.unnamed import (
    call_sign,
    colleague,
    one_of_them,
    someone_at_head,
    the_country,
)
from landrelease.terms import load_terms

_PRONOUN = re.compile(
    r"(?:he|she|they|it|him|her|them|his|its|their|(?:his|her|their) (?:data|figures|estimates|words))$",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(
    r"government|ministry|military|army|authorit|parliament|defen[cs]e|kremlin|cabinet|embassy|foreign|police|troops|forces|navy|junta|presiden|general staff|department|official",
    re.IGNORECASE,
)


_LOCAL_BODY = re.compile(
    r"⟨[WLP]\d+⟩ (?:⟨M\d+⟩ |[a-z-]+ ){0,3}(?:centre|center|agency|institute|council|authority|programme|unit|group|embassy)\b"
)
"""A body named in small letters, as in «the Northern mine action centre»."""


_CALLED = re.compile(rf"(?:news )?{OUTLET}(?: (⟨W\d+⟩)|,? (⟨P\d+⟩))$")
"""«Ukrainian news outlet Rubryka», «the charity Clear Ground»: the name after what it is."""
_OWN_OFFICE = re.compile(
    r"(?:[Hh]is|[Hh]er|(?P<who>⟨P\d+⟩)['’]s) (?P<what>office|ministry|department|lawyers?|team|campaign|aides|administration|government|family|party)"
)
"""Who speaks for someone named before."""
_OF_AGE = re.compile(r"the ⟨\w\d+⟩-year-old\b|the \d\d-year-old\b", re.IGNORECASE)
_TRADE = r"(?:maker|manufacturer|producer|company|firm|group|contractor|supplier|charity|NGO|organi[sz]ation|network|operator|watchdog|think tank|union|institute|developer)"
_COMPANY = re.compile(
    rf"(?P<name>⟨W\d+⟩), (?:an?|the) (?P<what>[^,]{{0,60}}?\b{_TRADE}\b[^,]{{0,60}}),?$"
)
"""«Vortal, a Finnish maker of explosives,»: a company speaks under its name."""
_APPOSED = re.compile(
    r"(?P<head>(?:the )?(?:⟨[SG]\d+⟩(?= itself)?|⟨O\d+⟩(?: \([^)]{1,30}\))?))(?: itself)?, (?:the|an?|its|which|who|home|long|now|already|still|once|itself|not|one of)\b",
    re.IGNORECASE,
)
"""What stands behind the comma only tells who it is, whatever it names."""
_SEATED = re.compile(r"⟨\w+⟩-based ")
_WRITINGS = (
    "memo", "note", "letter", "memorandum", "investigation", "probe", "assessment", "inquiry",
    "report", "study", "paper", "survey", "bulletin", "release", "statement", "announcement",
    "commentary", "communique", "communiqué", "sheet", "factsheet", "update",
)  # fmt: skip
"""What a body writes: the words are those of the organisation named last."""
_DETERMINER = re.compile(r"(?:the|its|his|her|their|this|that)\b", re.IGNORECASE)


_HEARSAY = re.compile(
    r"(?:(?:the|some|many|media|local|news|press|unconfirmed) )*(?:reports|rumou?rs)|(?:the )?(?:(?:news|international|world) )?(?:media|press)|country|nation|(?:preliminary|initial|some|various|rough) (?:estimates?|data|figures|information|reports|sources)",
    re.I,
)
"""Nobody in particular."""
_LOCAL = re.compile(
    r"\b(?:residents?|villagers?|witness(?:es)?|locals?|farmers?|survivors?|relatives|medics|doctors?|police|authorit\w+|officials?|government|army|military|ministry|governor|mayor|administration|figures|statistics|prosecutor\w*|parliament|navy|armed forces|state media|television)\b",
    re.IGNORECASE,
)
"""Voices that belong to the country where things happen."""
_OF_BODY = re.compile(
    r"spokes|official|director|head|chief|officer|manager|researcher|analyst|expert|fellow|coordinator|advis|lead|president|chair|commander|founder|staff",
    re.IGNORECASE,
)
"""Offices held in the body that «of», «for» or «at» names; others are of a place or a subject."""
_OWN_PAPER = re.compile(
    r"(?:an?|the|its|one) (?P<body>(?:[\w-]+ )?(?:ministry|army|police|military|government|navy|embassy|council|agency|centre|center)) (?:statement|report|release|bulletin|note)$",
    re.IGNORECASE,
)
_OFFICIAL_DATA = re.compile(
    r"(?:(?:latest|recent|new|newest|current|available|official) )*government (?:data|figures|statistics|estimates)",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r"⟨W|[A-Za-z][\w-]+s (?:in|from) ⟨")
_MINISTRY = re.compile(
    r"(?:the )?(?:ministry|department|parliament) (?:of|for)\b(?! officials?)", re.IGNORECASE
)
_ONE = re.compile(r"(?:an?|one|another|local|senior)\b", re.IGNORECASE)
_OF_LAW = re.compile(
    r" (?:Charter|Convention|Treaty|[Rr]esolutions?|Declaration|[Hh]eadquarters)\b"
)
"""«The UN Charter» names no body that speaks."""
_PAPER_OF = re.compile(
    r"^(?:an?|the|its|one) (?:[a-z]+ )?(?:statement|report|release|letter|note|message|post|communiqué) (?:from|by|issued by|released by) (?=\S)",
    re.IGNORECASE,
)
"""«A statement from the ministry» is the ministry's."""
_STATE_AT_HEAD = re.compile(r"(?:[A-Z][a-z]+, |[A-Z][a-z]+ ⟨D\d+⟩, )?(?:The )?⟨[SJ]\d+⟩(?!['’])")
"""«Norway gave two machines to Chad, its ministry said»: the ministry of the one that acts."""
_LAND_AT_HEAD = re.compile(r"(?P<name>⟨W\d+⟩) (?!['’])[a-z]")
"""A land that no list knows, at the head of a sentence."""
_STATE_OFFICE = re.compile(r"embassy|ministry|government|army|military|parliament|mission")
_OPENS_WITH_STATE = re.compile(
    r"(?:But |And |Yet |Meanwhile, )?(?:The )?(?P<state>⟨S\d+⟩)(?!['’])[, ]"
)
"""The state of which the next sentence says «its ministry»."""
_HEAD_OF_UN = re.compile(r"Secretary[- ]General", re.IGNORECASE)
_IN_UN = re.compile(r"United Nations|\bUN\b")
_GROUP_NAME = re.compile(
    r"\b(?:group|organi[sz]ation|charity|NGO|watchdog|agency|network|company|operator) ⟨W\d+⟩"
)
"""A name in one word after what kind of body it is."""
_PLURAL_OFFICES = frozenset({"presidents", "leaders", "ambassadors", "four", "three", "two"})
_ANYONE = frozenset(
    [
        "official",
        "expert",
        "analyst",
        "diplomat",
        "activist",
        "campaigner",
        "researcher",
        "specialist",
    ]
)
"""Common nouns for whoever spoke before."""
_POLITICIANS = frozenset({"lawmaker", "legislator", "parliamentarian", "politician", "mp"})
_POLITICAL = re.compile(
    r"\b(?:chair\w*|secretary|member|mp|senator|deputy|leader|head|speaker)\b.*|committee|parliament",
    re.I,
)
_FIGHTS = re.compile(
    "coalition|rebels|militants|insurgents|separatists|junta|police|front|army|military|forces|court|tribunal"
)
"""Such bodies are no other name for an agency named before."""
_STATE_NOUNS = re.compile(
    "army|military|government|parliament|police|navy|ministry|authorit(?:y|ies)"
)


_OFFICIALS = re.compile(r"\bofficials?$", re.IGNORECASE)


@dataclass
class Resolver:
    """Follows a document and remembers who spoke last."""

    reading: Reading
    directory: Directory
    person: Speaker | None = None
    group: Speaker | None = None
    last: Speaker | None = None
    state: str | None = None
    bodies: deque[Speaker] = field(default_factory=lambda: deque(maxlen=60))
    opener: Speaker | None = None
    topic: Speaker | None = None
    officials: str | None = None
    _spoke: bool = False
    _block: int = 0
    _last_block: int = -9

    @property
    def _spoke_near(self) -> bool:
        """Whether the last speaker spoke in this paragraph or the one before."""
        return self._block - self._last_block <= 1

    def resolve(self, subject: str, unit: Unit) -> Speaker | None:
        """Return the speaker a subject names, or nothing when it names none."""
        self._block = unit.block
        speaker = self._named(subject, unit)
        return self._at_home(speaker) if speaker else None

    def _at_home(self, speaker: Speaker) -> Speaker:
        """A local voice or state body without a country speaks in the document's own.

        «Another official» is of the state of the officials who spoke before.
        """
        if _OFFICIALS.search(speaker.name) and speaker.org in (None, speaker.name):
            if speaker.country is None and self.officials:
                return replace(speaker, country=self.officials)
            self.officials = speaker.country
        local = (
            speaker.kind == "government"
            or (speaker.kind != "person" and _LOCAL.search(speaker.name))
            or is_national(speaker.org)
        )
        if speaker.country is None and local:
            return replace(speaker, country=local_state(self.reading))
        return speaker

    def _named(self, subject: str, unit: Unit) -> Speaker | None:
        tagged = unit.tagged
        subject = re.sub(r" (?:have|has|had)$", "", _PAPER_OF.sub("", subject))
        if _PRONOUN.match(subject):
            return self._pronoun(subject, unit)
        known, settled = self._told_of(tagged, subject)
        if settled:
            return known
        subject = _before_apposition(subject)
        people, outlets = tagged.all("P", subject), tagged.all("N", subject)
        if people:
            return self._introduced(self.directory.person(people[0].key))
        if outlets and not tagged.all("O", subject):
            return _own_report(unit, outlets[0])
        bodies = tagged.all("O", subject)
        if bodies:
            return self._body(tagged, subject, bodies[-1])
        return self._unlisted(tagged, subject)

    def _told_of(self, tagged: Tagged, subject: str) -> tuple[Speaker | None, bool]:
        """Whom «his office», «the 21-year-old», a company or an outlet in one word leads to."""
        owned = _OWN_OFFICE.fullmatch(subject)
        if owned:
            named = tagged.mention(owned["who"])
            owner = self.directory.person(named.key) if named else self.person
            return _office_of_person(owner, owned["what"]), True
        if _OF_AGE.match(subject):
            return self.person, True
        company = _COMPANY.match(subject)
        if company:
            return _of_trade(tagged, company["name"], company["what"]), True
        apart = self._named_apart(tagged, subject) or named_body(tagged, subject)
        if apart:
            return apart, True
        called = _CALLED.search(subject)
        if called and len(tagged.all("PN", subject)) == bool(called[2]):
            return _of_trade(tagged, called[1] or called[2], subject), True
        return None, False

    def _named_apart(self, tagged: Tagged, subject: str) -> Speaker | None:
        """Who gives only a call sign, «her colleague», «the country»."""
        sign = call_sign(tagged, subject)
        if sign:
            return Speaker(sign, "person", role_in(printed_words(tagged, subject)))
        other = colleague(self.reading, self.directory, self.person, subject)
        other = other or one_of_them(self.last, subject)
        return other or the_country(self.reading, tagged, subject)

    def _introduced(self, person: Speaker) -> Speaker:
        """A name right after a speaker known by office only is that office's holder."""
        before = self.last
        if person.role or before is None or before.kind != "unnamed" or not before.role:
            return person
        if not re.match(r"(?:[A-Z][\w-]+ ){0,3}[A-Z]", before.name):
            return person
        known = replace(person, role=before.name, org=before.org, country=before.country)
        self.directory.introduce(known)
        return known

    def heard(self, speaker: Speaker) -> None:
        """Remember a speaker for the pronouns that follow."""
        self.last, self._last_block, self._spoke = speaker, self._block, True
        if speaker.kind in ("person", "unnamed"):
            self.person = speaker
        else:
            self.group = speaker
            self.bodies.append(speaker)

    def notice(self, unit: Unit) -> None:
        """Remember bodies and a person at the head of a unit, spoken or not."""
        for match in _LOCAL_BODY.finditer(unit.masked):
            words = printed_words(unit.tagged, match.group())
            self.bodies.append(Speaker(words, "organisation", org=words))
        opens = _OPENS_WITH_STATE.match(unit.masked)
        first = unit.tagged.mention(opens["state"]) if opens else None
        self.state = first.key if first else None
        text = self.reading.text
        named = (
            m
            for m in unit.tagged.all("O")
            if not m.key.startswith("agency:") and not _OF_LAW.match(text, m.end)
        )
        self.bodies.extend(map(body, named))
        spoke = self._spoke and self.last and self.last.kind == "person"
        shown = None if spoke else person_opening(unit)
        self.person = self.directory.person(shown.key) if shown else self.person
        self.opener = self.person if shown else office_at_head(unit)
        self._topic_of(unit)

    def _topic_of(self, unit: Unit) -> None:
        """Remember the state that a sentence is about, unless someone spoke in it."""
        self.topic = None if self._spoke else state_at_head(unit)
        self._spoke = False

    def _pronoun(self, word: str, unit: Unit) -> Speaker | None:
        if word.casefold().split()[0] in ("he", "she", "him", "her", "his"):
            return someone_at_head(unit.masked) or self.person
        if word.casefold() == "it" and (own := own_subject(unit)):
            return body(own)
        if word.casefold() == "it" and self.topic and opens_with_it(unit):
            return self.topic
        if word.casefold() == "they" and self.last and self.last.kind == "unnamed":
            return self.last
        return self.group or (self.bodies[-1] if self.bodies else self.last)

    def _body(self, tagged: Tagged, subject: str, mention: Mention) -> Speaker:
        speaker = self._administration(mention) or body(mention)
        role = office_of_body().search(TAG.sub("", subject))
        states = tagged.all("SJG", re.split(r",| and ", subject, maxsplit=1)[0])
        country = speaker.country or (states[0].key if states else None)
        known = next(
            (b for b in reversed(self.bodies) if b.org and b.org.endswith(speaker.name)), None
        )
        noun = TAG.sub("", subject).split()[-1:]
        if noun and noun[0].casefold() in _WRITINGS:
            return known or speaker
        if role:
            return Speaker(
                printed_words(tagged, subject),
                "unnamed",
                role["role"].strip(),
                speaker.name,
                country,
            )
        return replace(known or speaker, country=(known.country if known else None) or country)

    def _administration(self, mention: Mention) -> Speaker | None:
        """A president's administration speaks under its own name, not under its house's."""
        printed = " ".join(self.reading.text[mention.start : mention.end].split())
        if not printed.casefold().endswith("administration"):
            return None
        known = body(mention)
        return Speaker(printed, "government", country=known.country)

    def _unlisted(self, tagged: Tagged, subject: str) -> Speaker | None:
        """A subject without a listed name: a ministry, states together, an office, a common noun."""
        if _IN_PLACE.match(subject):  # «Campaigners in Oslo» are campaigners, not Norway
            subject = re.split(r" (?:in|from) (?:the )?⟨", subject, maxsplit=1)[0]
        subject = re.sub(r", (?:who|which) .*", "", subject)
        subject = re.sub(r"^⟨Q\d+⟩ (?=of )", "one ", subject)
        subject = _SEATED.sub("", subject)  # «the Geneva-based body» is no body of Switzerland
        paper = _OWN_PAPER.match(subject)
        subject = f"the {paper['body']}" if paper else subject
        words = printed_words(tagged, subject)
        if not words or _HEARSAY.fullmatch(words):
            return None
        if _HEAD_OF_UN.fullmatch(words) and _IN_UN.search(self.reading.text):
            return Speaker(words, "unnamed", "Secretary-General", "United Nations")
        found = self._government(tagged, subject, words) or joint(
            self.reading, tagged, subject, words
        )
        return found or self._office(tagged, subject, words)

    def _government(self, tagged: Tagged, subject: str, words: str) -> Speaker | None:
        """A ministry or the government's figures, of the document's home state."""
        named = {m.key for m in tagged.all("SG")}
        home = self.reading.home or (next(iter(named)) if len(named) == 1 else None)
        if home and _OFFICIAL_DATA.fullmatch(words):
            return government(home)
        if _MINISTRY.match(subject):
            return Speaker(words, "government", org=words, country=home)
        return None

    def _office(self, tagged: Tagged, subject: str, words: str) -> Speaker | None:
        """«The head of the centre», «Polish officials», «a villager», else a common noun."""
        states = tagged.all("SJG", subject)
        if states and states[0].kind == "J" and re.match(r"(?:an?|one|the)\b", subject, re.I):
            demonym = str(gazetteer.state(states[0].key)["demonyms"][0])
            words = words.replace(state_name(states[0].key), demonym, 1)  # «Spanish official»
        of = re.search(r" (?:for|of|at) (?:the )?(.+)", words)
        if of and role_in(words[: of.start()]):
            org = of[1] if _OF_BODY.search(words[: of.start()]) else None
            country = states[0].key if states else None
            return Speaker(words, "unnamed", role_in(words[: of.start()]), org, country)
        if states and _ONE.match(subject) and role_in(words):
            return Speaker(words, "unnamed", role_in(words), None, states[0].key)
        if states:
            return self._of_state(states[0], words, subject)
        staff = STAFF_OF_A_BODY.fullmatch(words) if not states else None
        own = self._body_called(tagged, subject, staff["body"]) if staff else None
        if staff and own:
            return Speaker(words, "unnamed", staff["role"], own.name, own.country)
        if tagged.all("L", subject) or _ONE.match(subject):
            seat = seat_nearby(self.reading, tagged, words) or Seat(None, None)
            return Speaker(words, "unnamed", role_in(words), seat.org, seat.country)
        noun = words.rsplit(maxsplit=1)[-1].casefold() if words else ""
        return self._by_noun(tagged, subject, words, noun)

    def _by_noun(self, tagged: Tagged, subject: str, words: str, noun: str) -> Speaker | None:
        """«The agency» is the last body of that name, else the body that spoke last."""
        owned = self._owned(tagged, subject, words, noun)
        if owned:
            return owned
        if noun == "source" or (not _DETERMINER.match(subject) and not tagged.all("W", subject)):
            return self._with_role(words) or Speaker(words, "unnamed", role_in(words))
        if re.match(r"the\b", subject, re.IGNORECASE) and self._is_said_anew(words):
            return self._with_role(words) or self.last
        found = self._body_called(tagged, subject, noun)
        if found is None and noun in _WRITINGS:
            joint_group = self.group and ";" in (self.group.country or "")
            own = self.group if self.group and (self.group.org or joint_group) else None
            found = own or next((b for b in reversed(self.bodies) if b.org), None)
        if noun == "manufacturer":
            return found or Speaker(words, "organisation", org=words)
        if found or noun not in load_terms("reporting")["body_nouns"]:
            return found or self._with_role(words) or self._word(tagged, words)
        return self._common_body(tagged, subject, words, noun)

    def _body_called(self, tagged: Tagged, subject: str, noun: str) -> Speaker | None:
        """The last body with a noun in its name, in the words before or in the sentences before."""
        ahead = tagged.all("O", tagged.string[: max(tagged.string.find(subject), 0)])
        known = (*map(body, ahead), *self.bodies)
        asked = spelt_alike(noun.rstrip("s"))
        free = (b for b in reversed(known) if b.name not in _armed_groups())
        return next((b for b in free if asked in spelt_alike(b.name)), None)

    def _owned(self, tagged: Tagged, subject: str, words: str, noun: str) -> Speaker | None:
        """«Its ministry», «its note»: of the state, land or body that opens the sentence or the last."""
        if not re.match(r"(?:its|their)\b", subject, re.IGNORECASE):
            return None
        before = tagged.string[: max(tagged.string.find(subject), 0)]
        head = _STATE_AT_HEAD.match(before)
        states = tagged.all("SJ", head.group() if head else before)
        if states and _GOVERNMENT.search(noun):
            return _of_the_state(states[-1].key, words)
        if _STATE_OFFICE.search(noun):
            land = _LAND_AT_HEAD.match(before)
            opened = tagged.mention(land["name"]) if land else None
            if opened:
                name = f"{opened.key} {words}"
                return Speaker(name, "government", org=name)
            return _of_the_state(self.state, words) if self.state and not before else None
        bodies = tagged.all("O", before) if noun in _WRITINGS else []
        return body(bodies[-1]) if bodies else None

    def _is_said_anew(self, words: str) -> bool:
        """«The lawmaker» of whoever spoke last, where nothing known of him speaks against it."""
        last = self.last
        if last is None or not self._spoke_near:
            return False
        noun = words.casefold()
        if noun.endswith("ministers") or noun in _PLURAL_OFFICES:
            return ";" in (last.country or "")
        if last.kind != "person" or " " in noun:
            return False
        return noun in _ANYONE or bool(noun in _POLITICIANS and _POLITICAL.search(last.role or ""))

    def _common_body(self, tagged: Tagged, subject: str, words: str, noun: str) -> Speaker:
        """A body named by a common noun: of a place, an acronym, the home state's, else the last."""
        if re.search(
            r"\b(?:regional|provincial|district|municipal|city|state|prosecutor(?:[ -]general)?['’]s|attorney[ -]general['’]s|ombudsman['’]s|attorney['’]s|governor['’]s|mayor['’]s)\b",
            words,
        ):
            return Speaker(words, "organisation", org=words, country=self.reading.home)
        if tagged.all("W", subject):
            return self._acronym(words) or Speaker(words, "organisation", org=words)
        if (
            _STATE_NOUNS.fullmatch(noun)
            and self.reading.home
            and (self.group is None or self.group.kind != "government")
        ):
            return Speaker(words, "government", org=words, country=self.reading.home)
        if _FIGHTS.fullmatch(noun):
            return Speaker(words, "organisation", org=words)
        last = self.bodies[-1] if self.bodies else Speaker(words, "organisation")
        return self.group or last

    def _of_state(self, mention: Mention, words: str, subject: str) -> Speaker:
        if re.match(r"⟨[SG]\d+⟩(?:, |$)", subject):
            subject = TAG.match(subject).group()  # type: ignore[union-attr]
        rest = re.sub(r"^(?:the\s+)?(?:['’]s\s*)?", "", TAG.sub("", subject), flags=re.I)
        rest = " ".join(rest.split())
        if not rest or rest.casefold() in ("government", "'s government"):
            return government(mention.key)
        if role_or_roles().search(rest) and not _GOVERNMENT.search(rest):
            return Speaker(words, "unnamed", role_in(rest), None, mention.key)
        if re.fullmatch(r"(?:royal )?government of(?: the)?", rest, re.IGNORECASE):
            return government(mention.key)
        printed = " ".join(self.reading.text[mention.start : mention.end].split())
        name = f"{printed if mention.kind == 'J' else state_name(mention.key)} {rest}"
        return Speaker(name, "government", org=name, country=mention.key)

    def _with_role(self, words: str) -> Speaker | None:
        """«The minister»: the one who spoke last, else the last whom the document names."""
        head = words.casefold().split()[-1:]
        if head and _STATE_NOUNS.fullmatch(head[0]):
            return None
        last = self.last if self.last and self.last.kind == "unnamed" else None
        if last and last.role and words.casefold() == last.role.casefold():
            return last
        role = (self.person.role if self.person else None) or ""
        if head and head[0] in role.casefold().split() and same_portfolio(words, role):
            return self.person
        return self.directory.with_role(words)

    def _acronym(self, words: str) -> Speaker | None:
        """The body whose first letters a word in capitals is."""
        letters = re.search(r"\b[A-Z]{2,6}\b", words)
        if letters is None:
            return None
        bodies = (b for b in reversed(self.bodies) if _initials(b.name) == letters.group())
        found = next(bodies, None)
        if found is None or words == letters.group():
            return found
        return Speaker(words, "unnamed", role_in(words), found.name, found.country)

    def _word(self, tagged: Tagged, words: str) -> Speaker:
        known = self._acronym(words)
        if known:
            return known
        called = self.directory.by_given(words)
        if called:
            return called
        if any(m.key in words for m in tagged.all("W")):
            if _GROUP_NAME.search(tagged.string) or re.fullmatch(r"[A-Z]{2,7}", words):
                return Speaker(words, "organisation", org=words)
            return Speaker(words, "person" if " " not in words else "unnamed")
        return Speaker(words, "unnamed", role_in(words))


def _office_of_person(owner: Speaker | None, what: str) -> Speaker | None:
    """«His office said», «Reyl's office said»: of the person who spoke, was named last or is named."""
    if owner is None or owner.kind != "person":
        return None
    if what in ("ministry", "department") and owner.org:
        return Speaker(owner.org, "government", None, owner.org, owner.country)
    name = f"{what} of {owner.name}"
    return Speaker(name, "organisation", None, owner.org, owner.country)


def _before_apposition(subject: str) -> str:
    match = _APPOSED.match(subject)
    return match["head"] if match else subject


def _of_trade(tagged: Tagged, name: str, words: str) -> Speaker | None:
    """The company or outlet of a name in one word, of the state that the words around it name."""
    named = tagged.mention(name)
    states = tagged.all("SJG", words)
    country = states[0].key if states else None
    return Speaker(named.key, "organisation", None, named.key, country) if named else None


def _own_report(unit: Unit, outlet: Mention) -> Speaker | None:
    """An outlet only speaks where it reports by itself."""
    own = re.search(r"⟨N\d+⟩ (?:has )?report(?:ed|s)\b(?!,? (?:quoting|citing))", unit.masked)
    return Speaker(outlet.key, "organisation", org=outlet.key) if own else None


def _of_the_state(iso3: str, words: str) -> Speaker:
    """«Its foreign ministry» of a state."""
    name = f"{state_name(iso3)} {words}"
    return Speaker(name, "government", org=name, country=iso3)


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[0].isupper())


@cache
def _armed_groups() -> frozenset[str]:
    table = load_terms("organisations")["organisations"]
    return frozenset(o["name"] for o in table.values() if o.get("party"))
