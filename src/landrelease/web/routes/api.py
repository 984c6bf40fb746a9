"""The services' documents as JSON, for programs."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Request
from pydantic import BaseModel

from landrelease.errors import FieldError, InputError
from landrelease.web.context import WebState
from landrelease.web.problems import internal_only

router = APIRouter(prefix="/api")
Document = dict[str, Any]
INTERNAL = [Depends(internal_only)]


def only_json(request: Request) -> None:
    """Refuse a body that is not JSON, which another site's form could send.

    Raises
    ------
    InputError
        With code ``json_needed``.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/json":
        raise InputError(
            "json_needed", f"content-type = {kind!r}", "send a JSON body as application/json"
        )


class AreaCall(BaseModel):
    """What is asked of the list of areas."""

    as_of: str | None = None
    known_at: str | None = None
    search: str | None = None
    hazard_kind: str | None = None
    status: str | None = None
    district: str | None = None
    sort: str | None = None
    limit: int | None = None
    offset: int = 0


class Judgement(BaseModel):
    """A person's decision on a proposal."""

    decision: str
    why: str
    set_fields: dict[str, str] = {}
    by: str | None = None
    together: list[str] = []
    same_as: str | None = None
    take: list[str] = []
    keep: list[str] = []


@router.get("/summary")
def summary(web: WebState) -> Document:
    """Return names, counts, totals and what is not shown."""
    return web.services.summary()


@router.get("/areas")
def areas(web: WebState, call: Annotated[AreaCall, Query()]) -> Document:
    """Return hazardous areas."""
    asked = call.model_dump(exclude={"as_of", "known_at"})
    return web.services.areas(call.as_of, call.known_at, **asked)


@router.get("/areas/{record_id}", dependencies=INTERNAL)
def area(web: WebState, record_id: str) -> Document:
    """Return all that is known of one area."""
    return web.services.area(record_id)


@router.get("/records/{record_id}", dependencies=INTERNAL)
def show(
    web: WebState, record_id: str, as_of: str | None = None, known_at: str | None = None
) -> Document:
    """Return one record, as it stands or stood on a date."""
    return web.services.show(record_id, as_of, known_at)


@router.get("/records/{record_id}/history", dependencies=INTERNAL)
def history(web: WebState, record_id: str) -> Document:
    """Return one record's ledger entries."""
    return web.services.history(record_id)


@router.get("/near", dependencies=INTERNAL)
def near(
    web: WebState,
    longitude: float,
    latitude: float,
    radius_m: float = 500.0,
    as_of: str | None = None,
    known_at: str | None = None,
) -> Document:
    """Return what is known near a point, or stood there on a date."""
    place = (longitude, latitude, radius_m)
    return web.services.near(*place, as_of=as_of, known_at=known_at)


@router.get("/balance")
def balance(
    web: WebState, as_of: str | None = None, known_at: str | None = None, scope: str | None = None
) -> Document:
    """Return the balance of square metres."""
    return web.services.balance(as_of, known_at, scope)


@router.get("/inbox", dependencies=INTERNAL)
def inbox(web: WebState, state: str = "pending") -> Document:
    """Return proposals in one state."""
    return web.services.inbox(state)


@router.post("/inbox/{proposal_id}", dependencies=[*INTERNAL, Depends(only_json)])
def judge(web: WebState, proposal_id: str, judgement: Judgement) -> Document:
    """Accept or reject a proposal in a named person's name."""
    by = judgement.by or web.settings.author
    if not by:
        raise FieldError("by", None, "is needed", "give the name of the person who judges")
    return web.services.judge(
        proposal_id,
        judgement.decision,
        why=judgement.why,
        set_fields=judgement.set_fields,
        by=by,
        together=judgement.together,
        same_as=judgement.same_as,
        take=judgement.take,
        keep=judgement.keep,
    )


@router.get("/sources/{source_id}", dependencies=INTERNAL)
def source(web: WebState, source_id: str) -> Document:
    """Return a source with its text and proposals."""
    return web.services.source(source_id)


@router.get("/munitions")
def munitions(web: WebState) -> list[Document]:
    """Return the munition catalogue."""
    return web.services.munitions()


@router.post("/outlook", dependencies=[Depends(only_json)])
def outlook(web: WebState, scenario: Annotated[Document, Body()]) -> Document:
    """Return the outlook of a scenario; nothing is written."""
    return web.services.outlook(scenario)


@router.get("/calculators")
def calculators(web: WebState) -> list[Document]:
    """Return every calculator with its parameters."""
    return web.services.calculators()


@router.post("/calculators/{name}", dependencies=[Depends(only_json)])
def calculate(web: WebState, name: str, inputs: Annotated[Document, Body()]) -> Document:
    """Run one calculator."""
    return web.services.calculate(name, inputs)


@router.get("/plan", dependencies=INTERNAL)
def plan(web: WebState) -> Document | None:
    """Return the latest plan, null where there is none."""
    return web.services.plan()


@router.get("/imports", dependencies=INTERNAL)
def imports(web: WebState) -> Document:
    """Return the imports."""
    return web.services.imports()


@router.get("/quarantine", dependencies=INTERNAL)
def quarantine(web: WebState, import_id: str | None = None) -> Document:
    """Return the rows that wait to be mended."""
    return web.services.quarantine(import_id)


@router.get("/approval", dependencies=INTERNAL)
def approval(web: WebState, state: str | None = None) -> Document:
    """Return the records that wait for a second person, with what they would change."""
    return web.services.awaiting(state)


@router.get("/claims", dependencies=INTERNAL)
def claims(web: WebState, import_id: str | None = None, kind: str | None = None) -> Document:
    """Return what files claim against the rules of land and nobody has settled."""
    return web.services.claims(import_id, kind)


@router.get("/attachments", dependencies=INTERNAL)
def attachments(
    web: WebState, audience: str = "internal", record_id: str | None = None
) -> Document:
    """Return the attached files that an audience may have."""
    return web.services.attachments(audience, record_id)


@router.get("/reports", dependencies=INTERNAL)
def reports(web: WebState) -> list[str]:
    """Return the names of the reports written beside the register."""
    return [str(report["name"]) for report in web.services.reports()]
