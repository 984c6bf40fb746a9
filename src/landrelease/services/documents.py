"""Documents: read out, take in, list what was proposed, and let a person judge."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from landrelease.domain.dates import PartialDate
from landrelease.domain.entries import Draft
from landrelease.domain.ids import named_record_id
from landrelease.errors import FieldError, InputError, LandReleaseError, NotFoundError, RefusedError
from landrelease.evidence.documents import Document, read_document
from landrelease.evidence.explain import explain as _explain
from landrelease.evidence.extract import Extraction
from landrelease.evidence.extract import extract as _extract
from landrelease.evidence.group import group
from landrelease.evidence.plugins import load, run
from landrelease.evidence.proposals import Proposal
from landrelease.register import Record, Register, open_register
from landrelease.services.files import read_bytes

Result = dict[str, Any]
STATES = ("pending", "accepted", "rejected")
_READABLE = {".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".text"}
_CONTEXT = 240


@dataclass(frozen=True, slots=True)
class Reading:
    """How documents are read.

    Attributes
    ----------
    published, publisher : str or None
        Said by the user, where the document does not say it.
    extractors : sequence of str
        Plug-ins to ask beside the rules; none unless named.
    allow_private : bool
        Whether an address may lie in a private network.
    """

    published: str | None = None
    publisher: str | None = None
    extractors: Sequence[str] = ()
    allow_private: bool = False


def extract(name: str, how: Reading | None = None) -> Result:
    """Read one document and propose; writes nothing."""
    how = how or Reading()
    return _proposed_by_all(_read(name, how)[1], how).as_json()


def explain(name: str, how: Reading | None = None) -> str:
    """The document's text with the spans of its proposals and what was dropped."""
    how = how or Reading()
    return _explain(_proposed_by_all(_read(name, how)[1], how))


def ingest(
    path: Path,
    names: Sequence[str],
    *,
    by: str,
    how: Reading | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Result:
    """Take documents in, one transaction each, so that a stop loses nothing that was said.

    A document that cannot be read does not stop the others; one alone raises its error.
    """
    files = list(_files(names))
    documents: list[Result] = []
    problems: list[str] = []
    with open_register(path, write=True) as register:
        known = _known_sources(register)
        for number, name in enumerate(files, 1):
            tell(f"{number} of {len(files)}: {name}")
            try:
                documents.append(_ingest_one(register, known, name, by, how or Reading()))
            except InputError as problem:
                if len(files) == 1:
                    raise
                problems.append(f"{name}: {problem}")
    return {"documents": documents, "problems": problems}


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
        others = [_pending(register, other) for other in together]
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
    if record.body["state"] != "pending":
        raise RefusedError(
            "proposal_judged",
            f"{proposal!r} was {record.body['state']} before",
            "judge another, or void the record that it became",
        )
    return record


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


def _read(name: str, how: Reading) -> tuple[bytes, Document]:
    url = name if name.startswith(("http://", "https://")) else None
    if url:
        from landrelease.evidence.fetch import fetch

        raw = fetch(url, allow_private=how.allow_private).raw
    else:
        raw = read_bytes(name)
    title = "" if name == "-" else Path(name).name
    document = read_document(
        raw, name=title, url=url, published=how.published, publisher=how.publisher
    )
    return raw, document


def _proposed_by_all(document: Document, how: Reading) -> Extraction:
    """What the rules propose, and after them the plug-ins that were asked for."""
    extraction = _extract(document)
    asked = [p for name in how.extractors for p in run(load(name), document, name)]
    return replace(extraction, proposals=(*extraction.proposals, *asked)) if asked else extraction


def _files(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        folder = Path(name)
        if name.startswith(("http://", "https://")) or not folder.is_dir():
            yield name
        else:
            yield from sorted(
                str(p) for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in _READABLE
            )


def _known_sources(register: Register) -> dict[str, Record]:
    known: dict[str, Record] = {}
    for record in register.records("source"):
        for key in ("sha256", "url", "file_name"):
            if record.body.get(key):
                known[f"{key}:{record.body[key]}"] = record
    return known


def _ingest_one(
    register: Register,
    known: dict[str, Record],
    name: str,
    by: str,
    how: Reading,
) -> Result:
    raw, document = _read(name, how)
    digest = hashlib.sha256(raw).hexdigest()
    if same := known.get(f"sha256:{digest}"):
        return _ingested(name, same.record_id, document, "unchanged", 0)
    url = name if name.startswith(("http://", "https://")) else None
    earlier = known.get(f"url:{url}" if url else f"file_name:{Path(name).name}")
    body = _source_body(document, name, url, digest, earlier)
    source_id = named_record_id(register.info().register_id, f"source:{digest}")
    extraction = _proposed_by_all(document, how)
    with register.write(by) as writer:
        drafts = [Draft("source", "document.ingested", body, source_id, document.published_on)]
        drafts += [_proposed(p, source_id) for p in extraction.proposals]
        writer.append(drafts)
        writer.store_document(source_id, raw, document.text, name=body["file_name"])
    record = register.record(source_id)
    for key in ("sha256", "url", "file_name"):
        if body.get(key):
            known[f"{key}:{body[key]}"] = record
    status = "new_version" if earlier else "added"
    return _ingested(name, source_id, document, status, len(extraction.proposals))


def _ingested(name: str, source_id: str, document: Document, status: str, proposals: int) -> Result:
    return {
        "name": name,
        "source_id": source_id,
        "sha256": document.sha256,
        "status": status,
        "proposals": proposals,
        "language": document.language,
        "warnings": list(document.warnings),
    }


def _source_body(
    document: Document, name: str, url: str | None, digest: str, earlier: Record | None
) -> Result:
    body = {
        "title": document.title or Path(name).name,
        "url": url,
        "publisher": document.publisher,
        "published_on": document.published_on,
        "language": document.language,
        "media_type": document.media_type,
        "sha256": digest,
        "file_name": Path(name).name,
        "version_of": earlier.record_id if earlier else None,
        "note": "; ".join(document.warnings) or None,
    }
    return {key: value for key, value in body.items() if value is not None}


def _proposed(proposal: Proposal, source_id: str) -> Draft:
    body = {
        "category": proposal.category,
        "state": "pending",
        "quote_start": proposal.start,
        "quote_end": proposal.end,
        "quote": proposal.quote,
        "fields": proposal.fields,
        "checks": list(proposal.checks),
        "rule": proposal.rule,
        "confidence": proposal.confidence,
        "source": source_id,
    }
    return Draft("proposal", "proposal.made", body, source_id=source_id, quote=proposal.quote)


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
            fields[name] = json.loads(text)
        except json.JSONDecodeError:
            fields[name] = text
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
