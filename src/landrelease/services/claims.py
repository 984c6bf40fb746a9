"""What files claim of land against the rules: listed, taken over by them, or dismissed.

Claims are kept by an import beside the record that they are about (`landrelease.domain.claims`). A
named person settles many at once; each record still passes the same rules as one recorded by hand,
and what they refuse stays a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from landrelease.domain.kinds import kind_spec
from landrelease.domain.said import open_claims
from landrelease.errors import FieldError, LandReleaseError, NotFoundError, UsageError
from landrelease.register import Record, Register, open_register
from landrelease.register.writer import Writer
from landrelease.services.recording import append, drafts_of

Result = dict[str, Any]
Claim = Mapping[str, Any]
DECISIONS = ("accept", "dismiss")

#: Land leaves by products and an area ends last, so that one settling can rest on the other.
_ORDER = ("activity", "land_release_product", "non_conformity", "inquiry", "resurvey")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which claims: of these records, of an import, of a kind; what is empty lets all through."""

    record_ids: Sequence[str] = ()
    import_id: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Settling:
    """How claims are settled.

    Attributes
    ----------
    decision : str
        ``accept``: the record says what the file claims; ``dismiss``: it stays as it is.
    why : str
        The reason, in the person's words.
    set_fields : Mapping
        What the rules ask for beside the claim, such as ``rests_on`` or ``measures``.
    occurred_on : str or None
        Partial date from which the claims hold; None corrects what stands now.
    source : str or None
        Title of the paper that it rests on.
    """

    decision: str
    why: str
    set_fields: Mapping[str, str] = field(default_factory=dict)
    occurred_on: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        """Refuse another decision, or none in words.

        Raises
        ------
        FieldError
            The decision is unknown, or its reason is missing.
        """
        if self.decision not in DECISIONS:
            raise FieldError("decision", self.decision, "expected accept or dismiss")
        if not self.why.strip():
            raise FieldError("why", self.why, "settling needs its reason", "say why in your words")


def listing(path: Path, chosen: Chosen | None = None) -> Result:
    """List claims that nobody has settled, each with the rule that holds it back.

    Returns
    -------
    dict
        ``{"count", "claims": [{"record_id", "local_id", "kind", "field", "value", "held", "code",
        "message", "import_id", "file_name"}]}``; ``held`` is what the record says.

    Raises
    ------
    NotFoundError
        A record that was named has no open claim.
    """
    with open_register(path) as register:
        records = _claimed(register, chosen or Chosen())
        rows = [row for record in records for row in _rows(register, record)]
    return {"count": len(rows), "claims": rows}


def settle(path: Path, chosen: Chosen, how: Settling, *, by: str) -> Result:
    """Settle the claims that are chosen; what the rules refuse is left, with the reason.

    Returns
    -------
    dict
        ``{"decision", "settled": [{"record_id", "local_id", "kind", "fields"}], "left":
        [{…, "code", "message"}]}``.

    Raises
    ------
    UsageError
        Nothing was chosen (``settle_what``).
    """
    with open_register(path, write=True) as register, register.write(by) as writer:
        return _settled(register, writer, chosen, how)


def preview(path: Path, chosen: Chosen, how: Settling) -> Result:
    """Say what `settle` would do; it is done and undone in one transaction."""
    with open_register(path, write=True) as register:
        try:
            with register.write("preview") as writer:
                raise _Undone(_settled(register, writer, chosen, how))
        except _Undone as done:
            return done.result


class _Undone(Exception):  # noqa: N818 - it is no error
    """Ends a transaction so that nothing of it stays."""

    def __init__(self, result: Result) -> None:
        super().__init__()
        self.result = result


def _settled(register: Register, writer: Writer, chosen: Chosen, how: Settling) -> Result:
    if not (chosen.record_ids or chosen.import_id or chosen.kind):
        raise UsageError("settle_what", "which claims?", "name records, --import ID or --kind KIND")
    settled: list[Result] = []
    left: list[Result] = []
    for record in _claimed(register, chosen):
        taken, refused = _settle_one(register, writer, record, how)
        if taken:
            settled.append(_named(record) | {"fields": [c["field"] for c in taken]})
        left += [
            _named(record) | {"fields": [c["field"] for c in unit], **why} for unit, why in refused
        ]
    return {"decision": how.decision, "settled": settled, "left": left}


def _settle_one(
    register: Register, writer: Writer, record: Record, how: Settling
) -> tuple[list[Claim], list[tuple[list[Claim], Result]]]:
    """Settle the claims of one record: all, else one rule's after the other as far as they go."""
    units = _units(record)
    if how.decision == "dismiss":
        _write(register, writer, record, [], [], how)
        return _all(units), []
    if _refusal(register, record, units, how) is None:
        _write(register, writer, record, _all(units), [], how)
        return _all(units), []
    taken: list[list[Claim]] = []
    refused: list[tuple[list[Claim], Result]] = []
    for unit in units:
        problem = _refusal(register, record, [*taken, unit], how)
        if problem is None:
            taken.append(unit)
        else:
            refused.append((unit, {"code": problem.code, "message": problem.message}))
    if taken:
        rest = [{**claim, **why} for unit, why in refused for claim in unit]
        _write(register, writer, record, _all(taken), rest, how)
    return _all(taken), refused


def _units(record: Record) -> list[list[Claim]]:
    """Claims that one rule holds back together."""
    found: dict[str, list[Claim]] = {}
    for claim in open_claims(record.body):
        found.setdefault(claim["code"], []).append(claim)
    return list(found.values())


def _all(units: Iterable[list[Claim]]) -> list[Claim]:
    return [claim for unit in units for claim in unit]


def _refusal(
    register: Register, record: Record, units: Sequence[list[Claim]], how: Settling
) -> LandReleaseError | None:
    try:
        list(drafts_of(register, _entry(record, _all(units), [], how)))
    except LandReleaseError as problem:
        return problem
    return None


def _write(
    register: Register,
    writer: Writer,
    record: Record,
    taken: Sequence[Claim],
    rest: Sequence[Claim],
    how: Settling,
) -> None:
    append(register, writer, list(drafts_of(register, _entry(record, taken, rest, how))))


def _entry(record: Record, taken: Sequence[Claim], rest: Sequence[Claim], how: Settling) -> Result:
    """The entry that a person would record for the claims that are taken over."""
    _check_set(record, how)
    said = {claim["field"]: claim["value"] for claim in taken}
    more = how.set_fields if taken else {}
    return {
        "kind": record.kind,
        "record_id": record.record_id,
        "occurred_on": how.occurred_on if taken else None,
        "source": {"title": how.source} if how.source else None,
        "reason": how.why.strip(),
        "body": {**said, **more, "claims": list(rest) or None},
    }


def _check_set(record: Record, how: Settling) -> None:
    known = kind_spec(record.kind).fields
    for name in how.set_fields:
        if name not in known:
            raise FieldError(
                name, how.set_fields[name], f"a {record.kind} has no such field", "choose a --kind"
            )


def _claimed(register: Register, chosen: Chosen) -> list[Record]:
    """Records with open claims that are chosen, in the order in which they can be settled."""
    open_ones = {
        record_id
        for conflict in register.conflicts()
        if conflict.code == "claimed_by_file"
        for record_id in conflict.record_ids
    }
    found = register.some(open_ones)
    if chosen.record_ids:
        named = {register.record(name).record_id: name for name in chosen.record_ids}
        if missing := next((n for key, n in named.items() if key not in open_ones), None):
            raise NotFoundError(
                "claim_unknown", f"no file claims anything of {missing!r}", "see landrelease claims"
            )
        found = [record for record in found if record.record_id in named]
    if chosen.kind:
        kind_spec(chosen.kind)
        found = [record for record in found if record.kind == chosen.kind]
    if chosen.import_id:
        wanted = register.record(chosen.import_id, "import").record_id
        found = [
            record
            for record in found
            if any(_import_of(register, record, one) == wanted for one in open_claims(record.body))
        ]
    return sorted(found, key=_rank)


def _rank(record: Record) -> int:
    if record.kind == "hazardous_area":
        return len(_ORDER)
    return _ORDER.index(record.kind) if record.kind in _ORDER else -1


def _import_of(register: Register, record: Record, claim: Claim) -> str | None:
    """The import that claims: the last that spoke of the record, save where it left the claim."""
    if claim.get("import_id"):
        return str(claim["import_id"])
    brought = [e.import_id for e in register.history(record.record_id) if e.import_id]
    return brought[-1] if brought else None


def _rows(register: Register, record: Record) -> Iterable[Result]:
    for claim in open_claims(record.body):
        import_id = _import_of(register, record, claim)
        file_name = register.record(import_id).body.get("file_name") if import_id else None
        yield {
            **_named(record),
            **{name: claim.get(name) for name in ("field", "value", "code", "message")},
            "held": record.body.get(claim["field"]),
            "import_id": import_id,
            "file_name": file_name,
        }


def _named(record: Record) -> Result:
    return {"record_id": record.record_id, "local_id": record.local_id, "kind": record.kind}
