"""Taking documents in: one transaction each, so that a stop loses nothing and starts nowhere anew.

A document that was taken in is known by the hash of its bytes. Running the same command again
after a stop therefore passes over what is done and goes on with the rest.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from landrelease.domain.entries import Draft
from landrelease.domain.ids import named_record_id
from landrelease.errors import LandReleaseError, RegisterError
from landrelease.evidence import languages
from landrelease.evidence.documents import Document
from landrelease.evidence.plugins import load
from landrelease.evidence.proposals import Proposal
from landrelease.register import Record, Register, open_register, text_hash
from landrelease.services.reading import Reading, document_of, is_address, proposed_by_all, raw_of

Result = dict[str, Any]
Tell = Callable[[int, int, str], None]

_READABLE = {"", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf"}
"""Endings read in a folder; a file that is named itself is read whatever its ending."""


@dataclass(slots=True)
class _Batch:
    """One run over the documents that a user named."""

    register: Register
    by: str
    how: Reading
    known: dict[str, Record]
    documents: list[Result] = field(default_factory=list)
    refused: list[Result] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Named:
    """What is to be read: its name for reading, and how the source calls it."""

    name: str
    file_name: str


def ingest(
    path: Path,
    names: Sequence[str],
    *,
    by: str,
    how: Reading | None = None,
    tell: Tell = lambda number, of, name: None,
) -> Result:
    """Take documents into the register and propose what they say.

    Parameters
    ----------
    path : Path
        The register.
    names : sequence of str
        Files, folders (with their subfolders, hidden files left out) or web addresses.
    by : str
        Who takes them in.
    how : Reading, optional
        Date, publisher, licence and plug-ins for all of them.
    tell : callable, optional
        Told the number, the count and the name of each document before it is read.

    Returns
    -------
    dict
        ``documents``, ``refused`` (name, code, message), ``skipped`` (files of other endings in
        folders, counted by ending), ``stopped`` and ``summary``.

    Raises
    ------
    LandReleaseError
        The only document named cannot be read, or register, vocabulary or plug-in is at fault. Of
        several documents, one that cannot be read does not stop the others.
    """
    for name in how.extractors if how else ():
        load(name)  # a plug-in that is not there stops all, and not each document
    wanted, skipped = _wanted(names)
    alone = len(names) == 1 and len(wanted) == 1 and not Path(names[0]).is_dir()
    with open_register(path, write=True) as register:
        batch = _Batch(register, by, how or Reading(), _known_sources(register))
        stopped = _run(batch, wanted, tell, alone)
    return {
        "documents": batch.documents,
        "refused": batch.refused,
        "skipped": dict(skipped),
        "stopped": stopped,
        "summary": _summary(batch, wanted, skipped),
    }


def _run(batch: _Batch, wanted: Sequence[_Named], tell: Tell, alone: bool) -> bool:
    """Read one after another; true when the user stopped it."""
    try:
        for number, named in enumerate(wanted, 1):
            tell(number, len(wanted), named.file_name)
            try:
                batch.documents.append(_ingest_one(batch, named))
            except (LandReleaseError, OSError) as problem:
                if alone or not _of_this_document(problem):
                    raise
                batch.refused.append(_refusal(named, problem))
    except KeyboardInterrupt:  # what was written is whole; the rest waits for the next run
        return True
    return False


def _of_this_document(problem: LandReleaseError | OSError) -> bool:
    """Whether the others can still be read: not when register or vocabulary is at fault."""
    if isinstance(problem, OSError):
        return True
    return not isinstance(problem, RegisterError) and not problem.code.startswith("terms_")


def _refusal(named: _Named, problem: LandReleaseError | OSError) -> Result:
    if isinstance(problem, OSError):
        code, message = "file_unreadable", problem.strerror or str(problem)
    else:
        code, message = problem.code, "; ".join(t for t in (problem.message, problem.cure) if t)
    return {"name": named.name, "code": code, "message": message}


def _summary(batch: _Batch, wanted: Sequence[_Named], skipped: Counter[str]) -> Result:
    statuses = Counter(d["status"] for d in batch.documents)
    done = len(batch.documents) + len(batch.refused)
    return {
        "found": len(wanted),
        "added": statuses["added"],
        "new_version": statuses["new_version"],
        "unchanged": statuses["unchanged"],
        "refused": len(batch.refused),
        "unsupported_language": sum(not d["language_supported"] for d in batch.documents),
        "skipped": skipped.total(),
        "left": len(wanted) - done,
        "proposals": sum(d["proposals"] for d in batch.documents),
    }


def _wanted(names: Sequence[str]) -> tuple[list[_Named], Counter[str]]:
    """What to read, each once and in order, and what folders hold besides, by ending."""
    found: dict[str, _Named] = {}
    skipped: Counter[str] = Counter()
    for name in names:
        if is_address(name) or not Path(name).is_dir():
            found.setdefault(name, _Named(name, name if is_address(name) else Path(name).name))
            continue
        for file in _inside(Path(name)):
            if file.suffix.lower() in _READABLE:
                named = _Named(str(file), file.relative_to(name).as_posix())
                found.setdefault(named.name, named)
            else:
                skipped[file.suffix.lower()] += 1
    return list(found.values()), skipped


def _inside(folder: Path) -> Iterator[Path]:
    """Files of a folder in order; hidden ones and the lock files of office programs left out."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "~$")) for part in parts):
            yield path


def _known_sources(register: Register) -> dict[str, Record]:
    known: dict[str, Record] = {}
    for record in register.records("source"):
        known.update(dict.fromkeys(_keys(record.body), record))
    return known


def _keys(body: Mapping[str, Any]) -> Iterator[str]:
    """What a source is known by: its bytes, its address, the place its file stood at."""
    if body.get("sha256"):
        yield f"sha256:{body['sha256']}"
    if body.get("url"):
        yield f"url:{_plain(body['url'])}"
    if body.get("file_key"):
        yield f"file:{body['file_key']}"


def _plain(url: str) -> str:
    return url.partition("#")[0].rstrip("/")


def _file_key(name: str) -> str | None:
    """A hash of where the file stands: it tells a changed file, and no path enters the register."""
    if name == "-" or is_address(name):
        return None
    return hashlib.sha256(str(Path(name).resolve()).encode("utf-8", "replace")).hexdigest()[:32]


def _ingest_one(batch: _Batch, named: _Named) -> Result:
    raw = raw_of(named.name, batch.how)
    digest = hashlib.sha256(raw).hexdigest()
    if same := batch.known.get(f"sha256:{digest}"):
        return _unchanged(named.name, same, batch.how)
    extraction = proposed_by_all(document_of(raw, named.name, batch.how), batch.how)
    document = extraction.document
    body = _source_body(document, named)
    if earlier := _earlier(batch.known, body):
        body["version_of"] = earlier.record_id
    source_id = named_record_id(batch.register.info().register_id, f"source:{digest}")
    with batch.register.write(batch.by) as writer:
        drafts = [Draft("source", "document.ingested", body, source_id, document.published_on)]
        drafts += [_proposed(p, source_id) for p in extraction.proposals]
        writer.append(drafts)
        writer.store_document(source_id, raw, document.text, name=body["file_name"])
    record = batch.register.record(source_id)
    batch.known.update(dict.fromkeys(_keys(body), record))
    return {
        "name": named.name,
        "source_id": source_id,
        "sha256": digest,
        "status": "new_version" if earlier else "added",
        "proposals": len(extraction.proposals),
        "language": document.language,
        "language_supported": document.language_supported,
        "warnings": list(document.warnings),
    }


def _unchanged(name: str, held: Record, how: Reading) -> Result:
    """The answer for bytes that the register holds already: nothing is written."""
    body = held.body
    said = {"publisher": how.publisher, "published_on": how.published, "licence": how.licence}
    other = [key for key, value in said.items() if value and value != body.get(key)]
    return {
        "name": name,
        "source_id": held.record_id,
        "sha256": body["sha256"],
        "status": "unchanged",
        "proposals": 0,
        "language": body.get("language"),
        "language_supported": languages.covered(body.get("language")),
        "warnings": [f"held already; its {key} was left as it is" for key in other],
    }


def _earlier(known: Mapping[str, Record], body: Mapping[str, Any]) -> Record | None:
    """The source that this one is a new version of: the same address, else the same file."""
    if body.get("url") and (found := known.get(f"url:{_plain(body['url'])}")):
        return found
    found = known.get(f"file:{body.get('file_key')}")
    other_page = found and body.get("url") and found.body.get("url")
    return None if other_page else found


def _source_body(document: Document, named: _Named) -> Result:
    body = {
        "title": document.title or named.file_name,
        "url": document.url,
        "publisher": document.publisher,
        "published_on": document.published_on,
        "language": document.language,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "text_sha256": text_hash(document.text),
        "licence": document.licence,
        "file_name": named.file_name,
        "file_key": _file_key(named.name),
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
