"""National kinds and code lists: taken from a folder into the register, which then goes by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from landrelease.domain.entries import Draft
from landrelease.domain.ids import named_record_id
from landrelease.domain.national import National, additions
from landrelease.errors import FieldError, InputError
from landrelease.register import Register, open_register
from landrelease.terms import read_folder

Result = dict[str, Any]
KIND = "vocabulary"
_FILES = ("kinds", "codes")


def adopt(
    path: Path,
    folder: Path,
    *,
    by: str,
    why: str = "",
    source: str | None = None,
    edition: str | None = None,
) -> Result:
    """Keep the kinds and code lists of a folder in the register; nothing is taken away.

    Parameters
    ----------
    folder : Path
        Holds ``kinds.yaml``, ``codes.yaml`` or both, as for ``LANDRELEASE_TERMS``.
    source, edition : str, optional
        Where the lists come from, for those that do not say it themselves.

    Returns
    -------
    dict
        ``{"adopted": [{"name", "record_id", "entry_id"}], "unchanged", "left"}``; ``left`` names
        what would change something that the program ships.

    Raises
    ------
    InputError
        The folder holds neither file.
    FieldError
        A kind, field or list cannot be, or its source or edition is missing.
    """
    found = _read(folder)
    with open_register(path, write=True) as register:
        _check_names(register, found)
        drafts = [
            draft
            for name in _FILES
            if (draft := _draft(register, name, found, _said(folder, name, source, edition), why))
        ]
        entries = []
        if drafts:
            with register.write(by) as writer:
                entries = writer.append(drafts)
    if entries:
        open_register(path, write=True).close()  # its layers grow
    names = [str(draft.body["name"]) for draft in drafts]
    return {
        "adopted": [
            {"name": name, "record_id": e.record_id, "entry_id": e.entry_id}
            for name, e in zip(names, entries, strict=True)
        ],
        "unchanged": sum(bool(getattr(found, name)) for name in _FILES) - len(drafts),
        "left": found.left,
    }


def listing(path: Path) -> Result:
    """List the national kinds, fields and code lists that a register keeps, with their source.

    Returns
    -------
    dict
        ``{"count", "lists": [{"name", "what", "adds", "source", "edition", "author",
        "recorded_at"}]}``.
    """
    with open_register(path) as register:
        rows = [
            {
                "name": name,
                "what": what,
                "adds": adds,
                "source": own.get("source") or record.body["source"],
                "edition": str(own.get("edition") or record.body["edition"]),
                "author": record.author,
                "recorded_at": record.recorded_at,
            }
            for record in register.records(KIND)
            for name, what, adds, own in _told(record.body)
        ]
    return {"count": len(rows), "lists": rows}


def _told(body: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str], Mapping[str, Any]]]:
    """What a stored file adds: name, whether it is a kind, fields or codes, and which."""
    for name, terms in body["content"].items():
        if body["name"] == "codes":
            yield name, "codes", list(terms["codes"]), terms
        else:
            what = "kind" if "label" in terms else "fields"
            yield name, what, list(terms.get("fields") or {}), {}


def _read(folder: Path) -> National:
    terms = {name: read_folder(folder, name) for name in _FILES}
    if not any(terms.values()):
        raise InputError(
            "terms_missing",
            f"{str(folder)!r} holds neither kinds.yaml nor codes.yaml",
            "name the folder that LANDRELEASE_TERMS named",
        )
    found = additions(terms["kinds"].get("kinds") or {}, terms["codes"])
    if found.wrong:
        raise found.wrong[0]
    return found


def _check_names(register: Register, found: National) -> None:
    if taken := sorted(register.tables_taken() & found.kinds.keys()):
        raise FieldError("kind", taken[0], "is a table of every register", "choose another name")


def _said(folder: Path, name: str, source: str | None, edition: str | None) -> Result:
    """Where a file comes from: as it says at its top, else as the person says."""
    top = read_folder(folder, name) if name == "kinds" else {}
    return {"source": top.get("source") or source, "edition": top.get("edition") or edition}


def _draft(register: Register, name: str, found: National, said: Result, why: str) -> Draft | None:
    """The record of one file with what it held before; None where nothing is new."""
    new: Mapping[str, Any] = getattr(found, name)
    if not new:
        return None
    record_id = named_record_id(register.info().register_id, f"{KIND}:{name}")
    [*_, before] = [None, *register.some([record_id])]
    held: Mapping[str, Any] = before.body["content"] if before else {}
    content = {**held, **{key: _over(held.get(key, {}), terms) for key, terms in new.items()}}
    if content == held:
        return None
    own = list(new.values()) if name == "codes" else []
    body = {"name": name, "content": content}
    body |= {what: _one(what, said[what], own) for what in ("source", "edition")}
    action = "record.amended" if before else "record.added"
    superseded = before.entry_id if before else None
    return Draft(KIND, action, body, record_id, reason=why or None, supersedes=superseded)


def _one(what: str, said: Any, own: list[Mapping[str, Any]]) -> str:
    """The source or edition of a file: said for it whole, or by each of its lists."""
    told = [str(terms[what]) for terms in own if terms.get(what)]
    if said is None and (not told or len(told) < len(own)):
        cure = f"write {what}: at its top, or give --{what}"
        raise FieldError(what, None, "a national list needs it", cure, f"{what}_missing")
    return str(said) if said is not None else "; ".join(dict.fromkeys(told))


def _over(held: Mapping[str, Any], terms: Mapping[str, Any]) -> Result:
    """A kind or list with what it held before: fields and codes are added, never taken away."""
    inner = ("fields", "codes")
    kept = {key: {**held[key], **terms.get(key, {})} for key in inner if key in held}
    return {**held, **terms, **kept}
