"""A person judges proposals: a new record, a further source of one that stands, or neither."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from landrelease.domain.dates import PartialDate
from landrelease.domain.entries import Draft
from landrelease.domain.ids import named_record_id
from landrelease.domain.proposal_fields import check_amended
from landrelease.errors import FieldError, LandReleaseError, NotFoundError, RefusedError
from landrelease.evidence.group import figures_apart
from landrelease.register import Record, Register, open_register
from landrelease.services.name_guard import check_names

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Accepting:
    """How a proposal is accepted.

    Attributes
    ----------
    set_fields : Mapping
        Fields amended by the person: name → text, JSON or plain.
    together : sequence of str
        Further proposals about the same, whose sources and quotes the one record keeps.
    same_as : str or None
        The record that stands already and tells the same: it gains the sources, and no other
        record is made.
    take, keep : sequence of str
        Of that record: fields whose value is the proposal's from now on, and figures that stay.
    """

    set_fields: Mapping[str, str] = field(default_factory=dict)
    together: Sequence[str] = ()
    same_as: str | None = None
    take: Sequence[str] = ()
    keep: Sequence[str] = ()


def judge(
    path: Path, proposal: str, decision: str, *, why: str, by: str, how: Accepting | None = None
) -> Result:
    """Accept or reject a proposal; accepting writes a record, or one more source of a record.

    Raises
    ------
    RefusedError
        The proposal was judged before, the record was voided, or figures differ and nobody said
        which stands.
    FieldError
        A reason is missing, or a field, a value or another proposal does not fit.
    """
    how = how or Accepting()
    if decision not in ("accept", "reject"):
        raise FieldError("decision", decision, "expected accept or reject")
    if decision == "reject" and how.same_as:
        raise FieldError("same-as", how.same_as, "is for what is accepted", "leave it out")
    if not why.strip():
        raise FieldError("why", why, "a judgement needs its reason", "say why in your words")
    with open_register(path, write=True) as register:
        record = _pending(register, proposal)
        others = [_pending(register, other) for other in dict.fromkeys(how.together)]
        _check_together(record, others)
        drafts = _judgement(register, record, others, decision, why.strip(), how)
        with register.write(by) as writer:
            entries = writer.append(drafts)
            check_names(register, {0: drafts})
    last = entries[-1]
    return {
        "proposal": record.record_id,
        "state": f"{decision}ed",
        "entry_id": last.entry_id,
        "record_id": last.record_id if decision == "accept" else None,
    }


def _check_together(record: Record, others: Sequence[Record]) -> None:
    if record.record_id in (other.record_id for other in others):
        raise FieldError("with", record.record_id, "is the proposal itself", "name another")
    for other in others:
        if other.body["category"] != record.body["category"]:
            raise FieldError("with", other.record_id, "is of another category")


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
    also = record.body.get("also") or ()
    return [record.body.get("proposal"), *(one.get("proposal") for one in also)]


def _judgement(
    register: Register,
    record: Record,
    others: Sequence[Record],
    decision: str,
    why: str,
    how: Accepting,
) -> list[Draft]:
    if decision == "reject":
        return [_judged(p, "rejected", why, {}) for p in (record, *others)]
    if how.same_as is None:
        fields = _amended(record, record.body.get("fields", {}), how.set_fields)
        became = _became(record, others, why, fields)
    else:
        held = _held(register, record, how.same_as)
        fields = _amended(record, _chosen(held, record, how), how.set_fields)
        became = _further(held, (record, *others), why, fields)
    link = {"accepted_record": became.record_id}
    own = link if how.same_as else {**link, "fields": fields}
    first = _judged(record, "accepted", why, own)
    return [first, *(_judged(p, "accepted", why, link) for p in others), became]


def _became(record: Record, others: Sequence[Record], why: str, fields: Result) -> Draft:
    """The new record of a proposal."""
    body = {"fields": fields, "proposal": record.record_id, "source": record.body["source"]}
    if others:
        body["also"] = [_source_of(p) for p in others]
    return Draft(
        str(record.body["category"]),
        "record.added",
        body,
        named_record_id(record.record_id, "accepted"),
        _occurred(fields),
        source_id=record.body["source"],
        quote=record.quote,
        reason=why,
    )


def _held(register: Register, proposal: Record, same_as: str) -> Record:
    """The record that a proposal gives a further source."""
    held = register.record(same_as)
    if held.kind != proposal.body["category"]:
        category = proposal.body["category"]
        raise FieldError("same-as", same_as, f"is a {held.kind}, the proposal a {category}")
    if held.voided:
        raise RefusedError("record_void", f"{same_as!r} was voided", "accept it as a new record")
    return held


def _chosen(held: Record, proposal: Record, how: Accepting) -> Result:
    """The record's fields with those of the proposal that the person takes.

    Raises
    ------
    RefusedError
        ``figures_differ``: nobody said which of two figures stands.
    """
    own, said = dict(held.body.get("fields") or {}), proposal.body.get("fields") or {}
    apart = figures_apart(own, said)
    open_ones = [n for n in apart if n not in {*how.take, *how.keep, *how.set_fields}]
    if open_ones:
        told = "; ".join(f"{n} is {own[n]} here and {said[n]} there" for n in open_ones)
        ways = f"--keep {open_ones[0]}, --take {open_ones[0]} or --set {open_ones[0]}=…"
        raise RefusedError("figures_differ", told, f"say for each which stands: {ways}")
    for name in how.take:
        if name not in said:
            raise FieldError("take", name, "is no field of the proposal", "see the inbox")
    return own | {name: said[name] for name in how.take}


def _further(held: Record, proposals: Sequence[Record], why: str, fields: Result) -> Draft:
    """The record once more, with the sources of further proposals."""
    also = [*(held.body.get("also") or ()), *(_source_of(p) for p in proposals)]
    first = proposals[0]
    return Draft(
        held.kind,
        "record.amended",
        {**held.body, "fields": fields, "also": also},
        held.record_id,
        _occurred(fields) or held.occurred_on,
        source_id=first.body["source"],
        quote=first.quote,
        reason=why,
        supersedes=held.entry_id,
    )


def _source_of(proposal: Record) -> Result:
    body = proposal.body
    return {"proposal": proposal.record_id, "source": body["source"], "quote": body["quote"]}


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


def _amended(record: Record, fields: Mapping[str, Any], set_fields: Mapping[str, str]) -> Result:
    amended = dict(fields)
    for name, text in set_fields.items():
        try:
            value = json.loads(text)
        except json.JSONDecodeError:
            value = text
        check_amended(str(record.body["category"]), name, value)
        amended[name] = None if value == "" else value
    return amended


def _occurred(fields: Mapping[str, Any]) -> str | None:
    for name in ("date", "period_start"):
        try:
            return str(PartialDate.parse(str(fields[name])))
        except (KeyError, LandReleaseError):
            continue
    return None
