"""What is published about how munitions behave, each number with its source and its tag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from landrelease.errors import InputError, NotFoundError
from landrelease.models.reliability.zero_failures import clopper_pearson
from landrelease.terms import load_terms

Evidence = Literal["read", "secondary", "memory", "computed"]
EVIDENCE_TEXT: Mapping[str, str] = {
    "read": "read in the source",
    "secondary": "quoted by a secondary source",
    "memory": "from memory, not verified",
    "computed": "computed from the numbers named",
}
SHARE = "per item"


@dataclass(frozen=True)
class Rate:
    """One published statement about a munition.

    Parameters
    ----------
    rate_id : str
        Its name within the munition.
    kind : {"claimed", "tested", "observed", "treaty_limit"}
        Who says so, and how they know.
    measures : str
        What the number counts.
    low, high : float
        The number, or the interval it lies in; from the counts where these are given.
    unit : str
        ``"per item"`` for shares, else ``"h"``, ``"items"``, ``"times"``.
    failures, trials : int or None
        Counts behind the number, where published.
    source, edition, place : str
        Title, date and place of the source.
    evidence : {"read", "secondary", "memory", "computed"}
        How well this number was verified.
    note : str
        What to beware of.
    """

    rate_id: str
    kind: str
    measures: str
    low: float
    high: float
    unit: str
    failures: int | None
    trials: int | None
    source: str
    edition: str
    place: str
    evidence: str
    note: str

    def cited(self) -> str:
        """Return the number with its source, edition and tag, for people."""
        where = ", ".join(part for part in (self.source, self.place, self.edition) if part)
        return f"{self.measures}: {self.number()} ({self.kind}; {where}; {self.tag()})"

    def number(self) -> str:
        """Return the number or interval with its unit, for people."""
        span = f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"
        span = f"at most {self.high:g}" if self.low == 0 < self.high else span
        counts = f", {self.failures} of {self.trials}" if self.failures is not None else ""
        return f"{span} {self.unit}{counts}"

    def tag(self) -> str:
        """Return the evidence tag in words."""
        return EVIDENCE_TEXT[self.evidence]


@dataclass(frozen=True)
class MunitionScenario:
    """Numbers for a cohort, and the published rates they rest on.

    Parameters
    ----------
    name : str
        ``claimed``, ``tested``, ``observed``, ``treaty_limit`` …
    cohort : mapping
        Fields of a cohort of a persistence scenario.
    rests_on : tuple of Rate
        The rates used.
    choice : str
        What was chosen beyond the sources.
    """

    name: str
    cohort: Mapping[str, Any]
    rests_on: tuple[Rate, ...]
    choice: str

    def verified(self) -> bool:
        """Tell whether no number of it is from memory."""
        return all(rate.evidence != "memory" for rate in self.rests_on)


@dataclass(frozen=True)
class Munition:
    """A model or class of munition that the sources name.

    Parameters
    ----------
    munition_id, name, category : str
        Key, name for people, and class of ordnance.
    aliases : tuple of str
        Other names in texts.
    rates : mapping of str to Rate
        What is published.
    scenarios : mapping of str to MunitionScenario
        Labelled numbers for outlooks.
    default_scenario : str or None
        The one used where none is named; None where the user must choose.
    note : str
        What to beware of.
    """

    munition_id: str
    name: str
    category: str
    aliases: tuple[str, ...]
    rates: Mapping[str, Rate]
    scenarios: Mapping[str, MunitionScenario]
    default_scenario: str | None
    note: str


@cache
def catalogue() -> Mapping[str, Munition]:
    """Return all munitions by id.

    Raises
    ------
    InputError
        An entry of the catalogue is broken, or rests a default on unverified numbers.

    Examples
    --------
    >>> "ccw-ap2-limit" in catalogue()
    True
    """
    terms = load_terms("munitions")
    entries = terms["munitions"].items()
    return MappingProxyType({key: _munition(key, raw, terms["sources"]) for key, raw in entries})


def munition(munition_id: str) -> Munition:
    """Return one munition.

    Raises
    ------
    NotFoundError
        The catalogue has no such munition.

    Examples
    --------
    >>> munition("m85").category
    'submunition'
    """
    known = catalogue()
    if munition_id not in known:
        raise NotFoundError(
            "munition_unknown",
            f"the catalogue has no munition {munition_id!r}",
            f"one of {', '.join(known)}",
        )
    return known[munition_id]


def claimed_tested_observed(munition_id: str) -> list[dict[str, Any]]:
    """Return every published share of failures of a munition, claim beside test beside find.

    Returns
    -------
    list of dict
        ``kind``, ``measures``, ``low``, ``high`` (shares per item), ``failures``, ``trials``,
        ``lower``, ``upper`` (exact 95 % interval where counts are known, else None),
        ``source``, ``edition``, ``evidence`` and ``tag``; claimed first, observed last.

    Examples
    --------
    >>> [row["kind"] for row in claimed_tested_observed("submunition")]
    ['claimed', 'tested', 'observed', 'observed', 'observed']
    """
    order = ("treaty_limit", "claimed", "tested", "observed")
    shares = [rate for rate in munition(munition_id).rates.values() if rate.unit == SHARE]
    return [_row(rate) for rate in sorted(shares, key=lambda rate: order.index(rate.kind))]


def find_munition(text: str) -> Munition | None:
    """Return the munition that a text names, by the longest of its names that occurs.

    Examples
    --------
    >>> find_munition("so-called “non-persistent” anti-personnel mines").munition_id
    'us-non-persistent-ap-mine'
    """
    words = text.casefold()
    hits = [
        (len(alias), entry)
        for entry in catalogue().values()
        for alias in (entry.name, *entry.aliases)
        if alias.casefold() in words
    ]
    specific = [
        hit for hit in hits if hit[1].munition_id not in ("submunition", "conventional-ap-mine")
    ]
    return max(specific or hits, key=lambda hit: hit[0], default=(0, None))[1]


def _row(rate: Rate) -> dict[str, Any]:
    known = rate.failures is not None and rate.trials is not None
    interval = clopper_pearson(rate.failures or 0, rate.trials or 0) if known else (None, None)
    return {
        "kind": rate.kind,
        "measures": rate.measures,
        "low": rate.low,
        "high": rate.high,
        "failures": rate.failures,
        "trials": rate.trials,
        "lower": interval[0],
        "upper": interval[1],
        "source": rate.source,
        "edition": rate.edition,
        "evidence": rate.evidence,
        "tag": rate.tag(),
    }


def _munition(key: str, entry: Mapping[str, Any], sources: Mapping[str, Any]) -> Munition:
    try:
        rates = {name: _rate(name, rate, sources) for name, rate in entry["rates"].items()}
        scenarios = {
            name: MunitionScenario(
                name, raw["cohort"], tuple(rates[rate] for rate in raw["rests_on"]), raw["choice"]
            )
            for name, raw in entry["scenarios"].items()
        }
        default = entry["default_scenario"]
        found = Munition(
            munition_id=key,
            name=entry["name"],
            category=entry["category"],
            aliases=tuple(entry.get("aliases", ())),
            rates=rates,
            scenarios=scenarios,
            default_scenario=default,
            note=entry.get("note", ""),
        )
    except KeyError as missing:
        raise InputError("terms_invalid", f"munitions: {key} lacks or misnames {missing}") from None
    if default is not None and not (default in scenarios and scenarios[default].verified()):
        raise InputError(
            "terms_invalid",
            f"munitions: the default of {key} is missing or rests on unverified numbers",
        )
    return found


def _rate(name: str, raw: Mapping[str, Any], sources: Mapping[str, Any]) -> Rate:
    source = sources[raw["source"]]
    failures, trials = raw.get("failures"), raw.get("trials")
    share = failures / trials if failures is not None else None
    if raw["evidence"] not in EVIDENCE_TEXT:
        raise InputError("terms_invalid", f"munitions: evidence {raw['evidence']!r} is unknown")
    return Rate(
        rate_id=name,
        kind=raw["kind"],
        measures=raw["measures"],
        low=float(raw["low"] if share is None else share),
        high=float(raw["high"] if share is None else share),
        unit=raw.get("unit", SHARE),
        failures=failures,
        trials=trials,
        source=source["title"],
        edition=source["edition"],
        place=raw.get("place", source.get("reference", "")),
        evidence=raw["evidence"],
        note=raw.get("note", ""),
    )
