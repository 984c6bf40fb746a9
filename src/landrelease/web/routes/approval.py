"""Collected, verified, approved: the queue of the second person."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from landrelease.errors import FieldError, LandReleaseError
from landrelease.web.context import Web, WebState
from landrelease.web.problems import internal_only, status_of
from landrelease.web.sending import SentForm, needed, needed_ticks, person, ticked
from landrelease.web.views import Pager, link

router = APIRouter(dependencies=[Depends(internal_only)])

PAGE_SIZE = 20
STATES = ("all", "collected", "verified")
STEPS = ("verify", "approve", "reject")


class ApprovalQuery(BaseModel):
    """Which records the page shows, and what was done last."""

    state: str = "all"
    page: int = Field(1, ge=1)
    done: str = ""
    count: int = 0
    left: int = 0


@router.get("/approval")
def approval(
    request: Request, web: WebState, query: Annotated[ApprovalQuery, Query()]
) -> HTMLResponse:
    """List what waits to be verified or approved."""
    return _page(request, web, query, {})


@router.post("/approval")
def approve(request: Request, web: WebState, form: SentForm) -> Response:
    """Verify, approve or reject what is ticked, or say why that cannot be."""
    query = ApprovalQuery(state=form.get("state", "all"))
    try:
        step = form.get("step", "")
        if step not in STEPS:
            raise FieldError("step", step, "is unknown", f"one of {', '.join(STEPS)}")
        chosen = needed_ticks(form)
        why = needed(form, "why", "say what it rests on, in your words")
        done = web.services.approve(step, chosen, why=why, by=person(web, form))
    except LandReleaseError as error:
        return _page(request, web, query, form, error=error, status_code=status_of(error))
    told = {"done": step, "count": len(done["records"]), "left": len(done["left"]) or None}
    return RedirectResponse(link("/approval", {"state": query.state, **told}), status_code=303)


def _page(
    request: Request, web: Web, query: ApprovalQuery, form: dict[str, str], **told: Any
) -> HTMLResponse:
    if query.state not in STATES:
        raise FieldError("state", query.state, "unknown", f"one of {', '.join(STATES)}")
    wanted = None if query.state == "all" else query.state
    offset = (query.page - 1) * PAGE_SIZE
    found = web.services.awaiting(wanted, limit=PAGE_SIZE, offset=offset)
    return web.page(
        request,
        "approval.html",
        query=query,
        states=STATES,
        found=found,
        form=form,
        ticks=set(ticked(form)),
        pager=Pager(query.page, PAGE_SIZE, found["total"]),
        link=lambda **changes: link("/approval", {"state": query.state}, **changes),
        **told,
    )
