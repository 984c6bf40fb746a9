# ruff: noqa: E501 - patterns are read whole
"""The people of one document: their office, body and state, as its sentences introduce them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from landrelease.evidence import gazetteer
from landrelease.evidence.common_bodies import coalition_called
from landrelease.evidence.gazetteer import Mention
from landrelease.evidence.homeland import home_of
from landrelease.evidence.names import surname_of
from landrelease.evidence.offices import (
    local_state,
    office_held,
    office_of,
    seat_nearby,
    state_of_office,
)
from landrelease.evidence.reading import TAG, Reading, Tagged
from landrelease.evidence.speakers import (
    PORTFOLIOS,
    Speaker,
    body,
    role_pattern,
    same_portfolio,
    state_name,
)
from landrelease.evidence.subjects import words
from landrelease.terms import load_terms

_SMALL = "ministry|department|presidency|cabinet|council|committee|commission|agency|authority|centre|center|command|service|armed|special|assistant|permanent|independent|general|and|of|for|the|former|then|senior|acting|interim|army|navy|police|force|forces|border|parish|deputy|outgoing|incoming|foreign|defen[cs]e|press|prime|first|chief|junior|longtime|local|regional|national|presidential|parliamentary|government|military|human|rights|arms|mine|action|demining|executive|country|programmes?|programs?|projects?|technical|operations|medical|field|team|site|village|provincial|district|ethnic|opposition|retired|health|education|interior|state|public|affairs|relations|external|communications?|information|emergency|emergencies|civil|civilian|protection|security|policy|legal|research|advocacy|global|region|headquarters|spokesman|spokeswoman|spokesperson|director|head|commander|deminer|officer|major|colonel|counterpart|colleague|mineclearance|clearance|weapons|munitions|explosives?|ordnance|disposal|bomb|victims?|assistance|survey|risk"
"""Words in small letters that stand within a role before a name."""
_CAPITALISED = r"[A-Z][\w.'’&-]*"
_NAMED = r"⟨[SJGOWLM]\d+⟩(?:['’]s)?"
LEAD_OF_NAME = rf"(?:(?:{_CAPITALISED}|{_NAMED}|{_SMALL}) ){{0,8}}"
"""Office and style before a name."""
_STYLE = r"(?:(?:U|Daw|Ko|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Brig|Sgt|Cpl|Adm|Rear Adm|Vice Adm|Sir|Dame|Lord|Hon|Rt Hon|(?:The )?Honou?rable|H\.E|(?:Lieutenant |Major |Brigadier )?(?:General|Colonel)|Major|Captain|Lieutenant)\.? ){0,2}"


@cache
def _role_before() -> re.Pattern[str]:
    tail = rf"(?: (?:of|for|at|to|in|on)(?: (?:the|its|their|our))?(?:,? (?:{_CAPITALISED}|{_NAMED}|{_SMALL}|on|at|in|with|&)){{1,12}}(?: \([^)]{{2,16}}\))?)?"
    return re.compile(
        rf"(?P<role>{LEAD_OF_NAME}(?i:\b(?:{role_pattern()})\b){tail}),? {_STYLE}⟨P(?P<p>\d+)⟩"
    )


@cache
def _role_after() -> re.Pattern[str]:
    said = words("verbs_clause")
    return re.compile(
        rf"⟨P(?P<p>\d+)⟩(?: \([^)]{{1,40}}\))?(?:, | \(|,? who (?:is|was|heads|leads) |,? [—–-] )(?:who (?:is|was) |now |then )?(?P<role>(?![b-zB-Z]\w+ing\b)(?:(?:the|a|an|its|their|his|her|{_NAMED}) )?(?:(?:[a-z][a-z -]{{2,30}}, ){{1,2}}(?:[a-z -]{{2,30}},? )?and [a-z -]{{2,30}}?|[^,;“”\"□]{{0,60}}?)(?i:\b(?:{role_pattern()})\b)(?: (?:of|for)(?: the)? [a-z][a-z -]{{2,30}}(?:, [a-z][a-z -]{{2,30}}){{1,3}},? and [a-z][^,;“”\"□.]{{2,120}}?|[^,;“”\"□.]{{0,150}}?))(?=[,.;—–)]|(?: has| have| had| also)? (?:{said})\b|$)"
    )


@cache
def _role_then_name() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<role>(?:[Tt]he |[Aa]n? |[Oo]ne |[Aa]nother |[Hh]er |[Hh]is |[Ii]ts |[Tt]heir |⟨[SOWJ]\d+⟩['’]s )[^,;“”\"□]{{0,50}}?(?i:\b(?:{role_pattern()}|predecessor|successor)\b)(?: (?:of|at|for|with|in) [^,;“”\"□]{{2,80}})?), (?:[A-Z][\w.]+ ){{0,3}}⟨P(?P<p>\d+)⟩"
    )


_HEADS_IT = {
    "heads": "head of", "leads": "leader of", "runs": "head of", "directs": "director of",
    "chairs": "chair of", "commands": "commander of", "manages": "manager of",
    "oversees": "head of", "coordinates": "coordinator of", "founded": "founder of",
}  # fmt: skip
_WHO_HEADS = re.compile(
    rf"⟨P(?P<p>\d+)⟩(?: \([^)]{{1,40}}\))?,? who (?:has |now )?(?P<verb>{'|'.join(_HEADS_IT)}) (?P<what>[^,;“”\"□.]{{3,110}})(?=[,.;]|$)"
)
"""«Ana Reyl, who heads the mine action unit of the ministry,»: an office told by a verb."""
_WHO_WORKS = re.compile(
    r"⟨P(?P<p>\d+)⟩,? who [^,;“”\"□.]{3,80}? (?:for|at|with|of|in) (?:the )?(?P<org>⟨O\d+⟩)(?:['’]s)?(?=[,. ]|$)"
)
_RANK = re.compile(
    r"(?:(?:Major|Brigadier|Lieutenant|Chief|Staff|First|Air|Rear|Vice) )*(?:General|Colonel|Major|Captain|"
    r"Lieutenant|Sergeant|Admiral|Marshal|Commander|Father|(?:HRH )?(?:Crown )?Prince(?:ss)?|Ambassador|Professor)",
    re.IGNORECASE,
)
"""A rank or style alone; what someone does says more."""
_RANK_LAST = re.compile(
    r"((?:^| )(?:[a-z-]+|Spokes[a-z]+)) (?:(?:Major|Brigadier|Lieutenant|Rear|Vice|Air|First|Chief) )*(?:General|Colonel|Major|Captain|Lieutenant|Sergeant|Admiral|Marshal|Commander)$"
)
"""«Spokeswoman Lieutenant General Ana Reyl»: the office is what says more."""
_SHORT_RANK = re.compile(r"(?<=[a-z⟩]),? (?:(?:Lt|Maj|Brig|Gen|Col|Capt|Adm|Sgt|Cmdr)\.? ?){1,3}$")
_OF_BODY = re.compile(
    r"⟨P(?P<p>\d+)⟩(?:,? (?:of|from|with|at)|, (?:speaking )?(?:for|on behalf of)) (?:the )?(?:⟨J(?P<j>\d+)⟩ )?⟨O(?P<o>\d+)⟩"
)
_OF_A_STATE = re.compile(
    r"⟨P(?P<p>\d+)⟩ of (?:the )?⟨S(?P<s>\d+)⟩(?=[,.]| (?:said|says|told|called|noted))"
)
_STATES_OWN = re.compile(r"⟨S(?P<s>\d+)⟩['’]s ⟨P(?P<p>\d+)⟩(?!['’])")
"""«Norway's Ana Reyl said»."""
_DELEGATE = re.compile(r"⟨P(?P<p>\d+)⟩ \( ?⟨S(?P<s>\d+)⟩ ?\)")
"""A speaker of a meeting with the state in brackets, as records of the United Nations print it."""
_PUBLIC_OFFICE = re.compile(
    r"\b(?:ambassador|opposition|committee|legislator|national security|defen[cs]e|armed forces|air force|emergency service|ministry|counterpart|minister|secretary|spokes(?:person|man|woman)|president|chancellor|senator|lawmaker|governor|mayor|general|colonel|admiral|commander|congress(?:man|woman)|mp|police|military|army|navy|prosecutor|parliament)\b",
    re.IGNORECASE,
)
"""Offices of a state; who holds one in a document without another state speaks for its home state."""
_LOCAL_ROLE = re.compile(
    r"\b(?:resident|villager|survivor|farmer|doctor|surgeon|surgical|hospital|teacher|nurse|witness|shepherd|herder|fisherman|mother|father|elder|pastor)\b",
    re.IGNORECASE,
)
"""People who speak of the place where they live: the state named clearly most."""
_ARTICLE = re.compile(r"^(?:and |of |for |by |the |a |an |its |their |his |her )+", re.IGNORECASE)
_OF_THE_BODY = re.compile(
    r"(?:(?:head|leader|director|manager|coordinator|chair) of )?(?:its|their|the (?:⟨J\d+⟩ )?(?:[a-z-]+ )?(?:organi[sz]ation|agency|group|charity|body|trust|NGO|company|coalition|campaign|centre|center|service|network|watchdog|authority|division|brigade|commission|institute|operator|foundation)['’]s)\b",
    re.IGNORECASE,
)
_OF_COALITION = re.compile(r"[Tt]he (coalition|alliance|mission|task force)['’]s ")
_AT_THE_BODY = re.compile(
    r" (?:at|of|for|with|from) the (?:organi[sz]ation|agency|group|charity|trust|NGO|company|coalition|campaign|centre|center|network|watchdog|monitor)(?: in (?:the )?⟨[GSWL]\d+⟩)?$",
    re.IGNORECASE,
)
"""«A researcher at the group»: at the body that the text named last."""
_OF_ITS_STATE = re.compile(
    r"(?:its|their) (?:[a-z-]+ ){0,2}(?:minister|president|chancellor|ambassador|parliament|senator)\b",
    re.IGNORECASE,
)
"""«Norway … its foreign minister»: the office of a state, not of the body named last."""
_AT_PLACE_OF_WORK = re.compile(
    r" at (?:the )?(?P<name>⟨[PW]\d+⟩)(?:['’]s (?:[a-z-]+ ){0,3}[a-z]+)?$"
)
"""«An official at Reyl Works»: a body whose name tells nothing."""
_TWO_OFFICES = re.compile(r",? and (?:an?|the|its) ")
"""«Director at one body and an editor of another»: the first is whom someone speaks for."""
_STAFF = re.compile(
    r"(?:(?:country|programme|program|operations?|project|regional|technical|field|clearance) )+(?:manager|director|coordinator|officer)",
    re.IGNORECASE,
)
"""Work for a body that the sentence before names."""
_CALLED = re.compile(
    r" (?:at|of|for|with|from|in) (?:the |a |an )?(?:⟨[SJ]\d+⟩(?:['’]s)? )?(?:[a-z-]+ )?(?:charity|group|NGO|organi[sz]ation|company|network|think tank|association|foundation|operator) (?P<name>⟨[WPL]\d+⟩)$"
)
"""«Director of the charity Reylhjelp»: a body by what it is and its name."""


class Directory:
    """The people of one document."""

    def __init__(self, reading: Reading, home: str | None = None) -> None:
        self._people: dict[str, Speaker] = {}
        self._reading = reading
        self._home = reading.home if home is None else home or None
        self._local = home is None
        self._body: Mention | None = None
        for tagged in reading.tagged:
            if "⟨P" in tagged.string:
                self._learn(tagged)
            self._body = next(filter(_employs, tagged.all("O")), self._body)
        for before, tagged in pairwise(reading.told):
            self._learn_from_next(before, tagged)

    def _learn_from_next(self, before: Tagged, tagged: Tagged) -> None:
        """«Ana Reyl confirmed it. The defence minister told …»: the office of one without any."""
        office = _office_at_head().match(tagged.string)
        named = {m.key for m in before.all("P") if " " in m.key}
        if office is None or len(named) != 1:
            return
        name = named.pop()
        free = not self._people.get(name, Speaker(name, "person")).role
        if free and self.with_role(office["role"]) is None:
            self._people[name] = self.described(tagged, office["role"], name)

    def person(self, name: str) -> Speaker:
        """Return what the document tells of a person."""
        known = self._people.get(name, Speaker(name, "person"))
        return known if known.org or (known.role and known.country) else self._well_known(known)

    def _well_known(self, person: Speaker) -> Speaker:
        """A name of whom the text tells no state, but everyone knows the office."""
        held = office_held(self._reading, person.name)
        if held is None or (person.role and not _PUBLIC_OFFICE.search(person.role)):
            return person
        return replace(person, role=person.role or held[1], country=held[0])

    def introduce(self, speaker: Speaker) -> None:
        """Add someone named outside the body, as in a title: there a role stands surest."""
        old = self._people.get(speaker.name, speaker)
        self._people[speaker.name] = replace(
            old,
            role=speaker.role or old.role,
            org=speaker.org or old.org,
            country=speaker.country or old.country,
        )

    def people(self) -> list[Speaker]:
        """Everyone known, in order of their introduction."""
        return list(self._people.values())

    def by_surname(self, surname: str) -> Speaker | None:
        """Return the person whose last name is this, whatever its case."""
        wanted = surname.casefold()
        names = [*self._people, *self._reading.people.values()]
        found = next((n for n in names if surname_of(n).casefold() == wanted), None)
        return self.person(found) if found else None

    def by_given(self, given: str) -> Speaker | None:
        """Return the one person of this first name: «Winthai said» of Winthai Suvaree."""
        found = [n for n in self._people if " " in n and n.split()[0] == given]
        return self.person(found[0]) if len(found) == 1 else None

    def adopt(self, body: Speaker) -> None:
        """Give people with a role but no body the body that publishes the document."""
        for name, person in self._people.items():
            if person.role and not person.org:
                self._people[name] = replace(
                    person, org=body.org, country=person.country or body.country
                )

    def with_role(self, words: str) -> Speaker | None:
        """Return the last person introduced with this role, as in «the minister»."""
        head = (words.casefold().split() or [""])[-1]
        for person in reversed(self._people.values()):
            if not same_portfolio(words, person.role or ""):
                continue
            told = person.role.casefold().split() if person.role else []
            if head in told or (len(head) > 1 and "".join(w[0] for w in told).startswith(head)):
                return person
        return None

    def _learn(self, tagged: Tagged) -> None:
        for finder in (_role_before(), _role_then_name(), _role_after()):
            for match in finder.finditer(tagged.string):
                mention = tagged.mentions[int(match["p"])]
                known = self._people.get(mention.key)
                if known is None or not known.role or _RANK.fullmatch(known.role):
                    owner = _OWNER.search(tagged.string[: match.start("role")])
                    role = f"{owner.group() if owner else ''}{match['role']}"
                    self._people[mention.key] = self.described(tagged, role, mention.key)
                elif finder is _role_after() and not known.org and tagged.all("O", match["role"]):
                    fuller = self.described(tagged, match["role"], mention.key)
                    self._people[mention.key] = replace(
                        fuller, country=fuller.country or known.country
                    )

        self._learn_clauses(tagged)
        for match in _DELEGATE.finditer(tagged.string):
            name, state = tagged.mentions[int(match["p"])].key, tagged.mentions[int(match["s"])]
            if name not in self._people:
                self._people[name] = Speaker(name, "person", "representative", None, state.key)
        for match in _OF_BODY.finditer(tagged.string):
            name = tagged.mentions[int(match["p"])].key
            known = self._body_named(tagged, match["o"], match["j"])
            if name not in self._people:
                self._people[name] = Speaker(name, "person", None, known.org, known.country)
            elif self._people[name].org is None and not self._people[name].country:
                told = self._people[name]
                self._people[name] = replace(told, org=known.org, country=known.country)

    def _body_named(self, tagged: Tagged, number: str, people: str | None) -> Speaker:
        """A body with the name of its people before it: «the Estonian Refugee Council»."""
        own = body(tagged.mentions[int(number)])
        if people is None or gazetteer.is_listed(tagged.mentions[int(number)].key):
            return own
        of = tagged.mentions[int(people)]
        name = " ".join(self._reading.text[of.start : tagged.mentions[int(number)].end].split())
        return replace(own, name=name, org=name, country=of.key)

    def _learn_clauses(self, tagged: Tagged) -> None:
        """Offices told in a clause: «who heads …», «who follows the region for …»."""
        for match in _WHO_HEADS.finditer(tagged.string):
            name = tagged.mentions[int(match["p"])].key
            role = f"{_HEADS_IT[match['verb']]} {match['what']}"
            if name not in self._people or not self._people[name].role:
                self._people[name] = self.described(tagged, role, name)
        for match in _WHO_WORKS.finditer(tagged.string):
            name = tagged.mentions[int(match["p"])].key
            own = body(tagged.mentions[int(match["org"][2:-1])])
            known = self._people.get(name, Speaker(name, "person"))
            if known.org is None:
                country = known.country or own.country
                self._people[name] = replace(known, org=own.org, country=country)
        for match in _STATES_OWN.finditer(tagged.string):
            name = tagged.mentions[int(match["p"])].key
            known = self._people.get(name, Speaker(name, "person"))
            if known.country is None and known.org is None:
                state = tagged.mentions[int(match["s"])].key
                self._people[name] = replace(known, country=state)
        for match in _OF_STATE_BODY.finditer(tagged.string):
            name = tagged.mentions[int(match["p"])].key
            known = self._people.get(name, Speaker(name, "person"))
            owner = tagged.mention(match["state"])
            if known.org is None and owner:
                printed = self._reading.text[owner.start : owner.end]
                self._people[name] = replace(
                    known, org=f"{printed} {match['body']}", country=owner.key
                )
        for match in _OF_A_STATE.finditer(tagged.string):
            name = tagged.mentions[int(match["p"])].key
            state = tagged.mentions[int(match["s"])].key
            if name in self._people and _PUBLIC_OFFICE.search(self._people[name].role or ""):
                self._people[name] = replace(self._people[name], country=state)

    def described(self, tagged: Tagged, role: str, name: str) -> Speaker:
        """Read body and country out of a role phrase."""
        sole, portfolio = _of_one_body(tagged, role)
        if sole:
            return _holder(tagged, name, role[:portfolio], sole["name"], sole.get("iso3"))
        led = _OF_COALITION.match(role)
        coalition = coalition_called(self._reading.text, led[1]) if led else None
        if led and coalition:
            return _holder(tagged, name, role[led.end() :], coalition, None)
        states = tagged.all("SJG", role)
        bodies = self._bodies_of(tagged, role, states)
        called = None if bodies else _CALLED.search(role) or _AT_PLACE_OF_WORK.search(role)
        if called and (named := tagged.mention(called["name"])):
            country = states[0].key if states else None
            return _holder(tagged, name, role[: called.start()], named.key, country)
        if re.search(r"\b(?:minister|secretary)\b", role, re.IGNORECASE):
            subjects = [b for b in bodies if not _is_body(b)]  # «Minister for International Aid»
            bodies = [b for b in bodies if _is_body(b)]
            role = _spelt(tagged, role, subjects)
        if re.match(r"(?:the )?ambassador to\b", role, re.IGNORECASE):
            states = []
        return self._seated(tagged, role, name, bodies, states)

    def _bodies_of(self, tagged: Tagged, role: str, states: list[Mention]) -> list[Mention]:
        """The bodies that a role names, else the one that «its director» is of."""
        first = _TWO_OFFICES.split(role, maxsplit=1)[0]
        named = tagged.all("O", first) or tagged.all("O", role)
        if named or _OF_ITS_STATE.match(role):
            return named
        staff = not states and _STAFF.fullmatch(_spelt(tagged, role, tagged.all("W")))
        if not (staff or _OF_THE_BODY.match(role) or _AT_THE_BODY.search(role)):
            return []
        own = tagged.all("O", tagged.string[: tagged.string.find(role)])
        return own or ([self._body] if self._body else [])

    def _seated(
        self, tagged: Tagged, role: str, name: str, bodies: list[Mention], states: list[Mention]
    ) -> Speaker:
        """The holder of an office of these bodies and states, or of those that it is usually of."""
        role = _SHORT_RANK.sub("", _RANK_LAST.sub(r"\1", role))
        seat = None if bodies or states else seat_nearby(self._reading, tagged, role)
        if seat:
            return _holder(tagged, name, role, seat.org, seat.country)
        org = body(bodies[-1]) if bodies else None
        country = states[0].key if states else (org.country if org else None)
        if country is None:
            country = self._country_of(tagged, role, name, org)
        if org is None and country:
            return _holder(tagged, name, role, _department_of(role, country, states), country)
        return _holder(tagged, name, role, org.org if org else None, country)

    def _country_of(self, tagged: Tagged, role: str, name: str, org: Speaker | None) -> str | None:
        """The state of an office where neither its words nor its body tell one."""
        public = _PUBLIC_OFFICE.search(role)
        if org:
            governs = public and org.kind == "government"
            return state_of_office(self._reading, tagged, role) if governs else None
        if not public:
            return home_of(self._reading.states) if _LOCAL_ROLE.search(role) else None
        held = office_held(self._reading, name) if " " in name else None
        return (
            (held[0] if held else None)
            or state_of_office(self._reading, tagged, role)
            or self._opposed(role)
            or self._home
            or (local_state(self._reading) if self._local else None)
        )

    def _opposed(self, role: str) -> str | None:
        """The state whose government the opening says that a shadow minister speaks to."""
        told = self._reading.told[:2] if _OPPOSITION.match(role) else []
        for tagged in told:
            match = _A_GOVERNMENT.search(tagged.string)
            state = tagged.mention(match["state"]) if match else None
            if state:
                return state.key
        return None


def _holder(tagged: Tagged, name: str, role: str, org: str | None, country: str | None) -> Speaker:
    """A person in an office, whose body and state are no part of its words."""
    return Speaker(name, "person", _without_tags(tagged, role) or None, org, country)


def _of_one_body(tagged: Tagged, role: str) -> tuple[dict[str, str] | None, int]:
    """The body of an office that one body alone has, with the states of its portfolio behind «for».

    «Deputy Assistant Secretary of Defense for Peru and Chile» speaks for neither of the two.
    """
    at = role.find(" for ")
    named = at > 0 and not tagged.all("SJGO", role[:at]) and bool(tagged.all("SJG", role[at:]))
    return (office_of(role[:at]), at) if named else (None, at)


@cache
def _office_at_head() -> re.Pattern[str]:
    """An office of a portfolio that speaks at the head of a sentence, without a name."""
    said = words("verbs_clause")
    return re.compile(
        rf"The (?P<role>(?:{'|'.join(PORTFOLIOS)}) (?:minister|secretary|president)) (?:has |had |also )?(?:{said})\b"
    )


_OWNER = re.compile(r"\b(?:[Ii]ts|[Tt]heir) $")
"""«… said its regional delegate, Ana Reyl»: whose office it is."""
_OPPOSITION = re.compile(r"(?:the )?(?:shadow|opposition)\b", re.IGNORECASE)
"""Such a minister speaks for no ministry."""
_OF_STATE_BODY = re.compile(
    r"⟨P(?P<p>\d+)⟩,? (?:of|from|in|with) (?:the )?(?P<state>⟨[SJ]\d+⟩)(?:['’]s?)? (?P<body>(?:[a-z]+ )?(?:army|navy|military|police|air force|armed forces|ministry|parliament|border guard|coast guard|embassy))\b"
)
"""«Captain Ana Reyl of the Norwegian army»."""
_A_GOVERNMENT = re.compile(r"\bthe (?P<state>⟨J\d+⟩) Government\b")


def _spelt(tagged: Tagged, role: str, subjects: list[Mention]) -> str:
    """The role with some of its tags written out."""
    written = {m.start for m in subjects}

    def word(match: re.Match[str]) -> str:
        mention = tagged.mentions[int(match[2])]
        return mention.key if mention.start in written else match.group()

    return TAG.sub(word, role)


def _employs(mention: Mention) -> bool:
    """Whether «the agency's director» may be of a body: those that fight are spoken of otherwise."""
    return not gazetteer.organisation(mention.key).get("party")


def _is_body(mention: Mention) -> bool:
    """Whether a name is a body's and not a minister's subject."""
    known = gazetteer.is_listed(mention.key) or ":" in mention.key
    noun = r"Ministry|Department|Office|Council|Government|Administration|Embassy|Union"
    return known or bool(re.search(noun, mention.key))


def _without_tags(tagged: Tagged, role: str) -> str:
    """The role in words; a body or state before or after it is left out where words remain."""
    bare = re.sub(r"⟨[SJGO]\d+⟩(?:['’]s)?", "", role)
    bare = re.sub(r"⟨Q\d+⟩(?:-[\w-]+)?|,? (?:for|since|until|in) ⟨D\d+⟩", "", bare)
    bare = re.sub(r"\s+(?:at|of|for|with|in|from|to)(?: the)?\s*$", "", bare.strip())
    bare = re.sub(r"\s+", " ", _ARTICLE.sub("", bare.strip())).strip(" ,")
    bare = re.sub(r"⟨Q\d+⟩ |\s*\([^)]*$", "", bare)
    bare = re.sub(r"\s+(?:of|at|for|in)(?: the)?(?=\s*(?:[,–-]|$)|\s+and\b)", "", bare)
    bare = re.sub(r"\s+,", ",", bare)
    if not bare or re.search(r"\b(?:of|at|for)(?: the)? (?:and|in)\b", bare):
        bare = role
    return _ARTICLE.sub("", TAG.sub(lambda m: _plain(tagged.mentions[int(m[2])]), bare)).strip()


def _plain(mention: Mention) -> str:
    if mention.kind == "M":
        return str(mention.data)
    if mention.kind == "O":
        return str(gazetteer.organisation(mention.key)["name"])
    return state_name(mention.key) if mention.kind in "SJG" else mention.key


def _department_of(role: str, country: str, states: list[Mention]) -> str | None:
    """The ministry whose office a role is; none of the opposition, none of a mere guess at a state."""
    if _OPPOSITION.match(role) or "committee" in role.casefold():
        return None
    department = _department(role, country)
    guessed = not states and (department or "").endswith(" government")
    return None if guessed else department


def _department(role: str, iso3: str) -> str | None:
    table = load_terms("reporting")["departments"]
    found = next(
        (name for word, name in table.items() if re.search(word, role, re.IGNORECASE)), None
    )
    if found is None:
        return None
    if iso3 == "USA":
        found = load_terms("reporting")["us_departments"].get(found, found)
    return f"{state_name(iso3)} {found}"
