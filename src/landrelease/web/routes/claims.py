"""What files claim of land against the rules: a person sees what would happen, then settles it."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from landrelease.errors import LandReleaseError
from landrelease.web.context import Web, WebState
from landrelease.web.forms import assigned
from landrelease.web.problems import internal_only, status_of
from landrelease.web.sending import SentForm, needed, needed_ticks, person, ticked
from landrelease.web.views import Pager, link

router = APIRouter(dependencies=[Depends(internal_only)])

PAGE_SIZE = 30
Form = dict[str, str]


class ClaimQuery(BaseModel):
    """Which claims the page shows, and what was settled last."""

    import_id: str = ""
    kind: str = ""
    page: int = Field(1, ge=1)
    done: str = ""
    count: int = 0
    left: int = 0

    def given(self) -> dict[str, str]:
        """Return what narrows the list, for links."""
        return {"import_id": self.import_id, "kind": self.kind}


@router.get("/claims")
def claims(request: Request, web: WebState, query: Annotated[ClaimQuery, Query()]) -> HTMLResponse:
    """List what files claim and nobody has settled."""
    return _page(request, web, query, {})


@router.post("/claims")
def settle(request: Request, web: WebState, form: SentForm) -> Response:
    """Show what settling would do, or do it; what the rules refuse stays a claim."""
    query = ClaimQuery(import_id=form.get("import_id", ""), kind=form.get("kind", ""))
    try:
        chosen, how = needed_ticks(form), _how(form)
        by = person(web, form)
        if form.get("step") != "settle":
            would = web.services.would_settle(chosen, how)
            return web.page(request, "claims_preview.html", would=would, form=form)
        done = web.services.settle(chosen, how, by=by)
    except LandReleaseError as error:
        return _page(request, web, query, form, error=error, status_code=status_of(error))
    if not done["settled"]:
        return web.page(request, "claims_preview.html", status_code=409, would=done, form=form)
    told = {"done": done["decision"], "count": len(done["settled"]), "left": len(done["left"])}
    return RedirectResponse(link("/claims", query.given(), **told), status_code=303)


def _how(form: Form) -> dict[str, Any]:
    return {
        "decision": form.get("decision", ""),
        "why": needed(form, "why", "say why in your words"),
        "set_fields": assigned(form.get("set", "")),
        "occurred_on": form.get("occurred_on", "").strip() or None,
        "source": form.get("source", "").strip() or None,
    }


def _page(request: Request, web: Web, query: ClaimQuery, form: Form, **told: Any) -> HTMLResponse:
    found = web.services.claims(query.import_id or None, query.kind or None)["claims"]
    records = [list(rows) for _, rows in groupby(found, key=lambda claim: claim["record_id"])]
    pager = Pager(query.page, PAGE_SIZE, len(records))
    return web.page(
        request,
        "claims.html",
        query=query,
        records=records[pager.offset : pager.offset + PAGE_SIZE],
        form=form,
        ticks=set(ticked(form)),
        pager=pager,
        link=lambda **changes: link("/claims", query.given(), **changes),
        **told,
    )
