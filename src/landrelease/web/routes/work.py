"""What to do next, what is known near a point, and what came in with which problems."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from landrelease.errors import FieldError
from landrelease.web.context import WebState
from landrelease.web.forms import needed_number, number_in
from landrelease.web.problems import internal_only
from landrelease.web.views import Pager, link

router = APIRouter(dependencies=[Depends(internal_only)])

PAGE_SIZE = 50


@router.get("/near")
def near(request: Request, web: WebState) -> HTMLResponse:
    """Show what is known near a point."""
    values = dict(request.query_params)
    found, error = None, None
    if values:
        try:
            longitude, latitude = (needed_number(values, n) for n in ("longitude", "latitude"))
            radius_m = number_in(values, "radius_m")
            found = web.services.near(longitude, latitude, 500.0 if radius_m is None else radius_m)
        except FieldError as problem:
            error = problem
    return web.page(
        request,
        "near.html",
        status_code=400 if error else 200,
        values=values,
        found=found,
        error=error,
    )


@router.get("/plan")
def plan(request: Request, web: WebState, page: Annotated[int, Query(ge=1)] = 1) -> HTMLResponse:
    """Show the latest plan."""
    made = web.services.plan()
    pager = Pager(page, PAGE_SIZE, len(made["ranked"]) if made else 0)
    return web.page(
        request,
        "plan.html",
        plan=made,
        pager=pager,
        ranked=made["ranked"][pager.offset : pager.offset + PAGE_SIZE] if made else [],
        link=lambda **changes: link("/plan", {}, **changes),
    )


@router.get("/imports")
def imports(request: Request, web: WebState) -> HTMLResponse:
    """Show what was taken in, and how many rows wait in quarantine."""
    found = web.services.imports()
    return web.page(
        request,
        "imports.html",
        imports=found["imports"],
        missing=found["missing"],
        warnings=found["warnings"],
        waiting=web.services.quarantine()["count"],
        not_shown=web.services.summary()["not_shown"],
    )
