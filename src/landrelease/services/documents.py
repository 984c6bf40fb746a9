"""Documents: read out, list what was proposed, and let a person judge."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from landrelease.domain.dates import PartialDate
from landrelease.domain.entries import Draft
from landrelease.domain.ids import named_record_id
from landrelease.domain.proposal_fields import check_amended
from landrelease.errors import FieldError, LandReleaseError, NotFoundError, RefusedError
from landrelease.evidence.explain import explain as _explain
from landrelease.evidence.extract import Extraction
from landrelease.evidence.group import group
from landrelease.register import Record, Register, open_register
from landrelease.services.reading import Reading, document_of, proposed_by_all, raw_of

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
    """List proposals in one state («all» for every one)."""
    if state not in (*STATES, "all"):
        raise FieldError("state", state, "unknown", f"one of {', '.join(STATES)}, all")
    with open_register(path) as register:
        sources = {r.record_id: r.body for r in register.records("source")}
        proposals = [
            _proposal_json(record, sources)
            for record in register.records("proposal")
            if state in ("all", record.body["state"])
        ]
    candidates = [asdict(c) for c in group([p for p in proposals if p["state"] == "pending"])]
    return {"proposals": proposals, "candidates": candidates}


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


def judge(
    path: Path,
    proposal: str,
    decision: str,
    *,
    why: str,
    by: str,
    set_fields: Mapping[str, str] | None = None,
    together: Sequence[str] = (),
) -> Result:
    """Accept or reject a proposal; accepting writes the record with its quote and source.

    Parameters
    ----------
    together : sequence of str, optional
        Further proposals about the same event, transfer or position: judged with it, and their
        sources and quotes kept on the one record.

    Raises
    ------
    RefusedError
        The proposal was judged before.
    """
    if decision not in ("accept", "reject"):
        raise FieldError("decision", decision, "expected accept or reject")
    if not why.strip():
        raise FieldError("why", why, "a judgement needs its reason", "say why in your words")
    with open_register(path, write=True) as register:
        record = _pending(register, proposal)
        others = [_pending(register, other) for other in dict.fromkeys(together)]
        if record.record_id in (other.record_id for other in others):
            raise FieldError("with", record.record_id, "is the proposal itself", "name another")
        for other in others:
            if other.body["category"] != record.body["category"]:
                raise FieldError("with", other.record_id, "is of another category")
        fields = _amended(record, set_fields or {})
        drafts = _judgement(record, others, decision, why.strip(), fields)
        with register.write(by) as writer:
            entries = writer.append(drafts)
    return {
        "proposal": record.record_id,
        "state": f"{decision}ed",
        "entry_id": entries[-1].entry_id,
    }


def _pending(register: Register, proposal: str) -> Record:
    record = register.record(proposal)
    if record.kind != "proposal":
        raise NotFoundError("proposal_unknown", f"{proposal!r} is a {record.kind}, not a proposal")
    undone = record.body["state"] == "accepted" and not _stands(register, record)
    if record.body["state"] != "pending" and not undone:
        raise RefusedError(
            "proposal_judged",
            f"{proposal!r} was {record.body['state']} before",
            "judge another, or void the record that it became",
        )
    return record


def _stands(register: Register, proposal: Record) -> bool:
    """Whether the record that an accepted proposal became still stands; else it is open again."""
    made = register.records(str(proposal.body["category"]))
    return any(proposal.record_id in _origins(record) for record in made if not record.voided)


def _origins(record: Record) -> list[str | None]:
    """The proposals that a record was accepted from."""
    return [record.body.get("proposal"), *(p["proposal"] for p in record.body.get("also") or ())]


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


def _amended(record: Record, set_fields: Mapping[str, str]) -> Result:
    fields = dict(record.body.get("fields", {}))
    for name, text in set_fields.items():
        try:
            value = json.loads(text)
        except json.JSONDecodeError:
            value = text
        check_amended(str(record.body["category"]), name, value)
        fields[name] = None if value == "" else value
    return fields


def _judgement(
    record: Record, others: Sequence[Record], decision: str, why: str, fields: Result
) -> list[Draft]:
    if decision == "reject":
        return [_judged(p, "rejected", why, {}) for p in (record, *others)]
    record_id = named_record_id(record.record_id, "accepted")
    became = {"fields": fields, "accepted_record": record_id}
    judged = [_judged(record, "accepted", why, became)]
    judged += [_judged(p, "accepted", why, {"accepted_record": record_id}) for p in others]
    body = {"fields": fields, "proposal": record.record_id, "source": record.body["source"]}
    if others:
        body["also"] = [
            {"proposal": p.record_id, "source": p.body["source"], "quote": p.body["quote"]}
            for p in others
        ]
    kind = record.body["category"]
    accepted = Draft(
        kind,
        "record.added",
        body,
        record_id,
        _occurred(fields),
        source_id=record.body["source"],
        quote=record.quote,
        reason=why,
    )
    return [*judged, accepted]


def _judged(proposal: Record, state: str, why: str, became: Result) -> Draft:
    return Draft(
        "proposal",
        f"proposal.{state}",
        {**proposal.body, "state": state, **became},
        proposal.record_id,
        source_id=proposal.body["source"],
        quote=proposal.quote,
        reason=why,
        supersedes=proposal.entry_id,
    )


def _occurred(fields: Mapping[str, Any]) -> str | None:
    for name in ("date", "period_start"):
        try:
            return str(PartialDate.parse(str(fields[name])))
        except (KeyError, LandReleaseError):
            continue
    return None
