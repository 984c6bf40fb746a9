"""Documents: read out, and list what was proposed with what the register holds of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from landrelease.errors import FieldError, NotFoundError
from landrelease.evidence.explain import explain as _explain
from landrelease.evidence.extract import Extraction
from landrelease.evidence.group import group, held
from landrelease.register import Record, Register, open_register
from landrelease.services.reading import Reading, document_of, proposed_by_all, raw_of
from landrelease.services.records import further_sources, sources_of

Result = dict[str, Any]
STATES = ("pending", "accepted", "rejected")
_CONTEXT = 240


def extract(name: str, how: Reading | None = None) -> Result:
    """Read one document and propose; writes nothing."""
    return _extraction(name, how or Reading()).as_json()


def explain(name: str, how: Reading | None = None) -> str:
    """The document's text with the spans of its proposals and what was dropped."""
    return _explain(_extraction(name, how or Reading()))


def _extraction(name: str, how: Reading) -> Extraction:
    return proposed_by_all(document_of(raw_of(name, how), name, how), how)


def inbox(path: Path, state: str = "pending") -> Result:
    """List proposals in one state («all» for every one).

    Returns
    -------
    dict
        ``proposals``; ``candidates``, those that wait and may be one; and ``held``, records that
        stand already and seem to tell what a waiting proposal tells, with their sources and where
        they differ (``[the record's value, the proposal's]``).
    """
    if state not in (*STATES, "all"):
        raise FieldError("state", state, "unknown", f"one of {', '.join(STATES)}, all")
    with open_register(path) as register:
        sources = {r.record_id: r.body for r in register.records("source")}
        proposals = [
            _proposal_json(record, sources)
            for record in register.records("proposal")
            if state in ("all", record.body["state"])
        ]
        waiting = [p for p in proposals if p["state"] == "pending"]
        known = _held(register, waiting)
    candidates = [asdict(c) for c in group(waiting)]
    return {"proposals": proposals, "candidates": candidates, "held": known}


def _held(register: Register, waiting: Sequence[Result]) -> list[Result]:
    """What the register holds already of the waiting proposals."""
    accepted = {
        record.record_id: record
        for category in {p["category"] for p in waiting}
        for record in register.records(category)
        if record.body.get("fields")
    }
    records = [
        {
            "id": key,
            "category": record.kind,
            "quote": record.quote,
            "fields": record.body["fields"],
            "sources": {record.source_id, *(one["source"] for one in further_sources(record))},
        }
        for key, record in accepted.items()
    ]
    return [
        {
            "proposal": one.proposal,
            "record_id": one.record,
            "quote": accepted[one.record].quote,
            "sources": sources_of(register, accepted[one.record]),
            "differences": {name: list(pair) for name, pair in one.differences.items()},
            "figures": list(one.figures),
        }
        for one in held(waiting, records)
    ]


def proposal(path: Path, proposal_id: str) -> Result:
    """One proposal as the inbox lists it.

    Raises
    ------
    NotFoundError
        There is no such proposal.
    """
    with open_register(path) as register:
        record = register.record(proposal_id)
        if record.kind != "proposal":
            raise NotFoundError("proposal_unknown", f"{proposal_id!r} is no proposal")
        held = register.record(record.body["source"])
    return _proposal_json(record, {held.record_id: held.body})


def alike(found: Result, proposal_id: str) -> list[Result]:
    """The others that may be the same as one proposal: words, source and where they differ.

    Parameters
    ----------
    found : dict
        The answer of :func:`inbox`.
    proposal_id : str
        Whose like is asked for.
    """
    candidate = next((c for c in found["candidates"] if proposal_id in c["members"]), None)
    if candidate is None:
        return []
    others = set(candidate["members"]) - {proposal_id}
    return [
        {
            **{name: p[name] for name in ("id", "quote", "source", "source_id")},
            "differences": {
                field: (values[proposal_id], values[p["id"]])
                for field, values in candidate["differences"].items()
                if values[proposal_id] != values[p["id"]]
            },
        }
        for p in found["proposals"]
        if p["id"] in others
    ]


def source(path: Path, source_id: str) -> Result:
    """A source with its stored text and what was proposed from it."""
    with open_register(path) as register:
        record = register.record(source_id)
        _, text = register.document(record.record_id)
        proposals = [
            {
                "id": p.record_id,
                "start": p.body["quote_start"],
                "end": p.body["quote_end"],
                "category": p.body["category"],
                "state": p.body["state"],
            }
            for p in register.records("proposal")
            if p.body.get("source") == record.record_id
        ]
    return {
        "source": {"id": record.record_id, "local_id": record.local_id, **record.body},
        "text": text,
        "proposals": proposals,
    }


def context(path: Path, proposals: Sequence[Result]) -> list[Result]:
    """Proposals with the words around their quotes, for a person to judge by."""
    texts: dict[str, str] = {}
    with open_register(path) as register:
        for source_id in {p["source_id"] for p in proposals}:
            texts[source_id] = register.document(source_id)[1]
    return [
        {
            **p,
            "context_before": texts[p["source_id"]][max(0, p["start"] - _CONTEXT) : p["start"]],
            "context_after": texts[p["source_id"]][p["end"] : p["end"] + _CONTEXT],
        }
        for p in proposals
    ]


def _proposal_json(record: Record, sources: Mapping[str, Mapping[str, Any]]) -> Result:
    body = record.body
    source_body = sources.get(body["source"], {})
    return {
        "id": record.record_id,
        "category": body["category"],
        "state": body["state"],
        "quote": record.quote,
        "start": body["quote_start"],
        "end": body["quote_end"],
        "fields": body.get("fields", {}),
        "source_id": body["source"],
        "checks": body.get("checks", []),
        "rule": body.get("rule"),
        "confidence": body.get("confidence"),
        "source": {k: source_body.get(k) for k in ("title", "publisher", "published_on", "url")},
    }
