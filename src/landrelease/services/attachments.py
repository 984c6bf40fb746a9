"""Photos, sketches and papers that belong to a record: attached, listed, given out by audience."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from landrelease.domain.entries import Draft
from landrelease.domain.ids import named_record_id
from landrelease.domain.kinds import AUDIENCES, Audience, kind_spec
from landrelease.errors import FieldError, InputError, RefusedError, writing
from landrelease.register import Record, Register, open_register
from landrelease.services.exporting import check_audience
from landrelease.services.files import made_folder

Result = dict[str, Any]

#: A register is one file that is copied and sent; films belong elsewhere.
_LARGEST_BYTES = 50 * 2**20

#: What an attachment can be, by the first bytes; the name of a file proves nothing.
_KNOWN = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n": ".png"}


@dataclass(frozen=True, slots=True)
class Attaching:
    """What is said of the files.

    Attributes
    ----------
    note : str or None
        What they show.
    audience : str
        The widest circle that may have them: internal, partner or public.
    """

    note: str | None = None
    audience: str = "internal"


def attach(
    path: Path, record_id: str, files: Sequence[Path], *, by: str, how: Attaching | None = None
) -> Result:
    """Attach files to a record; the same bytes are stored once, however often they are attached.

    Raises
    ------
    NotFoundError
        There is no such record.
    FieldError
        The audience is unknown, or wider than that of the record.
    InputError
        A file is missing, empty, or larger than 50 MB; nothing is attached.
    """
    return attach_contents(path, record_id, [(f.name, _read(f)) for f in files], by=by, how=how)


def attach_contents(
    path: Path,
    record_id: str,
    contents: Sequence[tuple[str, bytes]],
    *,
    by: str,
    how: Attaching | None = None,
) -> Result:
    """Attach files that are at hand as name and bytes, as `attach` does.

    Raises
    ------
    NotFoundError
        There is no such record.
    FieldError
        The audience is unknown, or wider than that of the record.
    InputError
        A file is empty or larger than 50 MB; nothing is attached.
    """
    how = how or Attaching()
    for name, raw in contents:
        _check_size(name, len(raw))
    with open_register(path, write=True) as register:
        record = register.record(record_id)
        _check_audience(record, how)
        drafts = [_draft(register, record, name, raw, how) for name, raw in contents]
        standing = register.contents(str(draft.record_id) for draft in drafts)
        fresh = [d for d in drafts if standing[str(d.record_id)] is None]
        # bytes are written even where nothing is new: a file that was lost comes back so
        with register.write(by) as writer:
            if fresh:
                writer.append(fresh)
            for (_, raw), draft in zip(contents, drafts, strict=True):
                writer.store_attachment(raw, name=str(draft.body.get("file_name", "")))
    return {
        "record_id": record.record_id,
        "attached": [_shown(str(d.record_id), d.body) for d in fresh],
        "unchanged": len(drafts) - len(fresh),
    }


def listing(path: Path, audience: str, record_id: str | None = None) -> Result:
    """Attachments of one record, or all, that an audience may have; a name or note may tell a lot.

    Returns
    -------
    dict
        ``count``, ``attachments``, and how many were ``withheld``. Beside its own fields each has
        its record's name and kind (``of_name``, ``of_kind``), who attached it when (``author``,
        ``recorded_at``), and whether its file is ``kept`` here.
    """
    seen_by = check_audience(audience)
    with open_register(path) as register:
        every = [(one, register.record(one.body["of"])) for one in _of(register, record_id)]
        kept = register.kept_attachments()
        found = [
            _shown(one.record_id, one.body) | _about(one, owner, kept)
            for one, owner in every
            if _may_have(one, owner, seen_by)
        ]
    return {"count": len(found), "attachments": found, "withheld": len(every) - len(found)}


def content(path: Path, attachment_id: str) -> tuple[str, bytes]:
    """Return name and bytes of one attached file, proved by its hash.

    Raises
    ------
    NotFoundError
        There is no such attachment, or its file is not kept here, as after an erasing.
    RefusedError
        The bytes are no longer those that were attached (``attachment_damaged``).
    """
    with open_register(path) as register:
        one = register.record(attachment_id, "attachment")
        raw = register.attachment(one.body["sha256"])
    if hashlib.sha256(raw).hexdigest() != one.body["sha256"]:
        raise RefusedError(
            "attachment_damaged",
            f"the file of {attachment_id} is no longer {one.body['sha256']}",
            "attach it again from where it came, and run landrelease verify",
        )
    return Path(one.body["file_name"]).name, raw


def give_out(path: Path, folder: Path, audience: str, record_id: str | None = None) -> Result:
    """Write the attached files that an audience may have into a folder, each once.

    A file goes out when both it and the kind of its record are for the audience.

    Returns
    -------
    dict
        ``folder``, ``files`` with the records they belong to, and how many were ``withheld`` or
        are not kept, since the person was erased.
    """
    seen_by = check_audience(audience)
    given: dict[str, Result] = {}
    withheld = 0
    made_folder(folder)
    with open_register(path) as register:
        kept = register.kept_attachments()
        for one in _of(register, record_id):
            owner = register.record(one.body["of"])
            if not _may_have(one, owner, seen_by) or one.body["sha256"] not in kept:
                withheld += 1
                continue
            file = given.setdefault(one.body["sha256"], _file(one, folder))
            file["records"].append(owner.local_id or owner.record_id)
        for sha256, file in given.items():
            with writing(target := Path(file["file"])):
                target.write_bytes(register.attachment(sha256))
    return {"folder": str(folder), "files": list(given.values()), "withheld": withheld}


def _read(file: Path) -> bytes:
    try:
        _check_size(file.name, file.stat().st_size)
        return file.read_bytes()
    except OSError as problem:
        raise InputError(
            "file_unreadable", f"{str(file)!r} cannot be read: {problem.strerror or problem}"
        ) from None


def _check_size(name: str, size: int) -> None:
    if size > _LARGEST_BYTES:
        limit = "keep it elsewhere and attach its address as a source"
        raise InputError("file_too_large", f"{name} has {size / 2**20:,.0f} MB", limit)
    if not size:
        raise InputError("file_empty", f"{name} is empty", "check that it was saved")


def _check_audience(record: Record, how: Attaching) -> None:
    wanted, own = check_audience(how.audience), kind_spec(record.kind).audience
    if AUDIENCES.index(wanted) < AUDIENCES.index(own):
        raise FieldError(
            "audience", wanted, f"a {record.kind} is for {own} at the widest", f"give {own}"
        )


def _draft(register: Register, record: Record, name: str, raw: bytes, how: Attaching) -> Draft:
    sha256 = hashlib.sha256(raw).hexdigest()
    known = next((suffix for start, suffix in _KNOWN.items() if raw.startswith(start)), None)
    suffix = known or Path(name).suffix.casefold()
    body = {
        "of": record.record_id,
        "sha256": sha256,
        "size_bytes": len(raw),
        "media_type": mimetypes.types_map.get(suffix, "application/octet-stream"),
        "audience": how.audience,
        "file_name": name,
        "note": how.note,
    }
    if kind_spec(record.kind).personal:
        # a file's name or a note may name the person, and the ledger is for ever
        body |= {"file_name": f"{sha256[:12]}{suffix}", "note": None}
    own_id = named_record_id(register.info().register_id, f"attachment:{record.record_id}:{sha256}")
    plain = {name: value for name, value in body.items() if value is not None}
    return Draft("attachment", "record.added", plain, own_id)


def _of(register: Register, record_id: str | None) -> Iterator[Record]:
    own = None if record_id is None else register.record(record_id).record_id
    return (r for r in register.records("attachment") if own in (None, r.body["of"]))


def _may_have(attachment: Record, owner: Record, audience: Audience) -> bool:
    widest = (attachment.body.get("audience", "internal"), kind_spec(owner.kind).audience)
    return all(AUDIENCES.index(one) <= AUDIENCES.index(audience) for one in widest)


def _file(attachment: Record, folder: Path) -> Result:
    name = f"{attachment.body['sha256'][:12]}-{Path(attachment.body['file_name']).name}"
    return {"file": str(folder / name), "sha256": attachment.body["sha256"], "records": []}


def _shown(record_id: str, body: Any) -> Result:
    return {"record_id": record_id, **body}


def _about(attachment: Record, owner: Record, kept: set[str]) -> Result:
    """What a list tells beside the attachment's own fields."""
    return {
        "of_name": owner.local_id,
        "of_kind": owner.kind,
        "author": attachment.author,
        "recorded_at": attachment.recorded_at,
        "kept": attachment.body["sha256"] in kept,
    }
