"""Proposals wait here for a person's judgement, each with its words in their place."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from landrelease.domain.plain import as_text
from landrelease.errors import FieldError
from landrelease.web.context import WebState
from landrelease.web.forms import changed_fields, chosen
from landrelease.web.problems import internal_only
from landrelease.web.sending import SentForm, needed, person
from landrelease.web.views import Pager, link, segments

router = APIRouter(dependencies=[Depends(internal_only)])

PAGE_SIZE = 20
STATES = ("pending", "accepted", "rejected", "all")


@router.get("/inbox")
def inbox(
    request: Request,
    web: WebState,
    state: str = "pending",
    page: Annotated[int, Query(ge=1)] = 1,
    done: str = "",
) -> HTMLResponse:
    """List proposals in one state."""
    if state not in STATES:
        raise FieldError("state", state, "unknown", f"one of {', '.join(STATES)}")
    found = web.services.inbox(state, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    pager = Pager(page, PAGE_SIZE, found["total"])
    return web.page(
        request,
        "inbox.html",
        state=state,
        states=STATES,
        done=done,
        pager=pager,
        awaiting=web.services.summary().get("awaiting"),
        as_text=as_text,
        proposals=found["proposals"],
        link=lambda **changes: link("/inbox", {"state": state}, **changes),
    )


@router.post("/inbox/{proposal_id}")
def judge(web: WebState, proposal_id: str, form: SentForm) -> RedirectResponse:
    """Accept or reject a proposal, with the reason and the altered fields."""
    proposal = web.services.proposal(proposal_id)
    same_as = form.get("same_as") or None
    stands = chosen(form, f"stands.{same_as}.") if same_as else {}
    outcome = web.services.judge(
        proposal_id,
        form.get("decision", ""),
        why=needed(form, "why", "say why in your words"),
        set_fields=changed_fields(proposal["fields"], form),
        by=person(web, form),
        together=list(chosen(form, "with.")),
        same_as=same_as if form.get("decision") == "accept" else None,
        take=[name for name, choice in stands.items() if choice == "take"],
        keep=[name for name, choice in stands.items() if choice == "keep"],
    )
    return RedirectResponse(link("/inbox", {"done": outcome["state"]}), status_code=303)


@router.get("/sources/{source_id}")
def source(request: Request, web: WebState, source_id: str) -> HTMLResponse:
    """Show a source's text with every proposal's words marked."""
    found = web.services.source(source_id)
    marked = segments(found["text"], found["proposals"]) if found["text"] else []
    return web.page(request, "source.html", found=found, source=found["source"], marked=marked)
