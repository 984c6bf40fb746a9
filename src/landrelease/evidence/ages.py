"""Dates before there was what the proposal names: its munition, state, treaty or organisation.

Years come from ``terms/introductions.yaml``, ``states.yaml`` and ``treaties.yaml``; each is the
earliest that its source allows, so a remark is rather missed than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from landrelease.evidence import gazetteer
from landrelease.evidence.proposals import Proposal
from landrelease.terms import load_terms

Check = Mapping[str, Any]
_USE = ("use_allegation", "event")
"""What a first use in the field says something of; a type is shown and sold before it is used."""


def before_munition(proposal: Proposal, published: str | None) -> Iterator[Check]:
    """Flag each munition that the last date of the proposal lies before.

    Examples
    --------
    >>> fields = {"munition": "PMN-2 mines", "munition_class": "AP mine", "period_start": "1962"}
    >>> said = Proposal("use_allegation", "x", 0, 1, fields, "r")
    >>> [c["code"] for c in before_munition(said, None)]
    ['before_munition']
    """
    year = _year(proposal, published)
    if year is None:
        return
    for name, ordnance_class in _munitions(proposal.fields):
        known, entry = _introduced(name, ordnance_class)
        if entry and year < entry["year"] and _bears_on(proposal, entry):
            yield _remark("before_munition", year, known, entry)


def before_organisation(proposal: Proposal, published: str | None) -> Iterator[Check]:
    """Flag an organisation that speaks, works or claims before it was founded."""
    year = _year(proposal, published)
    for field in ("org", "speaker", "claimant", "source"):
        key = _organisations().get(str(proposal.fields.get(field)))
        entry = load_terms("introductions")["organisations"].get(key) if key else None
        if year is not None and entry and year < entry["year"]:
            yield _remark("before_organisation", year, str(proposal.fields[field]), entry)
            return


def before_treaty(proposal: Proposal, published: str | None) -> Iterator[Check]:
    """Flag a position on a treaty that was not adopted yet."""
    date, treaty = proposal.fields.get("date"), proposal.fields.get("treaty")
    adopted = load_terms("treaties")["treaties"].get(treaty, {}).get("adopted") if treaty else None
    if date and adopted and str(date) < adopted[: len(str(date))]:
        yield {
            "code": "before_treaty",
            "message": f"{date} lies before the treaty was adopted ({adopted})",
        }


def before_state(proposal: Proposal, published: str | None) -> Iterator[Check]:
    """Flag a date before one of the states named was independent."""
    year = _year(proposal, None)
    for field in ("iso3", "party", "supplier", "recipient", "state"):
        for code in str(proposal.fields.get(field) or "").split(";"):
            since = gazetteer.state(code).get("independent_since")
            if since and year is not None and year < since:
                message = f"{year} lies before {code} became independent ({since})"
                yield {"code": "before_state", "message": message}
                return


def _year(proposal: Proposal, published: str | None) -> int | None:
    """The last year that the proposal tells of; a claim is as old as its document."""
    fields = proposal.fields
    dates = (fields.get("period_end"), fields.get("period_start"), fields.get("date"))
    stated = next((str(d) for d in dates if d), None)
    if stated is None and proposal.category == "munition_claim":
        stated = published
    return int(stated[:4]) if stated else None


def _munitions(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if fields.get("munition") or fields.get("munition_class"):
        yield str(fields.get("munition") or ""), str(fields.get("munition_class") or "")
    for listed in (fields.get("items"), fields.get("munitions")):
        for item in listed if isinstance(listed, list) else ():
            yield str(item.get("name") or ""), str(item.get("class") or "")


def _introduced(name: str, ordnance_class: str) -> tuple[str, Check | None]:
    """The model's entry when the words name one that is listed, else that of its class."""
    for model, pattern, entry in _models():
        if pattern.search(name):
            return model, entry
    return ordnance_class, load_terms("introductions")["classes"].get(ordnance_class)


@cache
def _models() -> list[tuple[str, re.Pattern[str], Check]]:
    table = load_terms("introductions")["munitions"]
    return [
        (model, re.compile(rf"(?<![\w-])(?:{entry['names']})(?!\w)"), entry)
        for model, entry in table.items()
    ]


@cache
def _organisations() -> dict[str, str]:
    """Every name of an organisation, with its key."""
    table = load_terms("organisations")["organisations"]
    return {
        name: key for key, body in table.items() for name in (body.get("name", key), *body["names"])
    }


def _bears_on(proposal: Proposal, entry: Check) -> bool:
    return entry["basis"] != "first_use" or proposal.category in _USE


_VERBS = {"developed": "was made", "first_use": "was first found in use", "founded": "was founded"}


def _remark(code: str, year: int, name: str, entry: Check) -> Check:
    source = load_terms("introductions")["sources"][entry["source"]]
    grade = "" if entry["evidence"] == "read" else f", {entry['evidence']} source"
    told = f"{year} lies before {name} {_VERBS[entry['basis']]} ({entry['year']}"
    return {
        "code": code,
        "message": f"{told}; {source['title']}, {source['edition']}{grade})",
        "known_since": entry["year"],
        "source": entry["source"],
    }
