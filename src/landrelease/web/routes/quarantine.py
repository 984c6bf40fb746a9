"""Rows of files that wait: which field and value, what to do; mended here or in a spreadsheet."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from landrelease.errors import LandReleaseError
from landrelease.web.context import Web, WebState
from landrelease.web.files import as_download
from landrelease.web.forms import chosen
from landrelease.web.problems import internal_only, status_of
from landrelease.web.sending import SentForm, person
from landrelease.web.views import Pager, link

router = APIRouter(dependencies=[Depends(internal_only)])

PAGE_SIZE = 50
FORMATS = {"xlsx": "Excel", "csv": "CSV", "geojson": "GeoJSON, for a map"}


@router.get("/quarantine")
def quarantine(
    request: Request,
    web: WebState,
    import_id: str = "",
    layer: str = "",
    page: Annotated[int, Query(ge=1)] = 1,
    done: str = "",
) -> HTMLResponse:
    """List the rows that wait, of one import or layer or of all."""
    found = web.services.quarantine(import_id or None)
    waiting = found["rows"]
    rows = [row for row in waiting if layer in ("", row["layer"])]
    pager = Pager(page, PAGE_SIZE, len(rows))
    given = {"import_id": import_id, "layer": layer}
    return web.page(
        request,
        "quarantine.html",
        given=given,
        done=done,
        layers=list(dict.fromkeys(row["layer"] for row in waiting)),
        files={one["import_id"]: one.get("file_name") for one in web.services.imports()["imports"]},
        rows=rows[pager.offset : pager.offset + PAGE_SIZE],
        pager=pager,
        warned=sum(one["count"] for one in found["warnings"]),
        formats=FORMATS,
        link=lambda **changes: link("/quarantine", given, **changes),
        download=lambda layer, suffix: link(
            "/quarantine/download", {"layer": layer, "suffix": suffix, "import_id": import_id}
        ),
    )


@router.get("/quarantine/download")
def download(
    web: WebState, layer: str, suffix: Literal["xlsx", "csv", "geojson"], import_id: str = ""
) -> Response:
    """Give the rows of a layer out, to be mended elsewhere and imported again."""
    return as_download(*web.services.waiting_file(layer, suffix, import_id or None))


@router.get("/quarantine/{token}")
def row(request: Request, web: WebState, token: str) -> HTMLResponse:
    """Show one row, its problems and a form with its cells."""
    return _row_page(request, web, token, {})


@router.post("/quarantine/{token}")
def mend(request: Request, web: WebState, token: str, form: SentForm) -> Response:
    """Take the row in as it was mended, or say why that cannot be, with what was typed."""
    try:
        account = web.services.mend(
            token,
            chosen(form, "cell."),
            set_fields=chosen(form, "set."),
            exchange="exchange" in form,
            by=person(web, form),
        )
    except LandReleaseError as error:
        if status_of(error) == 404:
            raise
        return _row_page(request, web, token, form, error=error)
    if not account["resolved"]:
        return _row_page(request, web, token, form, still=account["issues"])
    told = "claims" if account["contradictions"] else "mended"
    return RedirectResponse(link("/quarantine", {"done": told}), status_code=303)


def _row_page(
    request: Request, web: Web, token: str, form: dict[str, str], **told: object
) -> HTMLResponse:
    row = web.services.waiting_row(token)
    return web.page(
        request, "quarantine_row.html", status_code=400 if told else 200, row=row, form=form, **told
    )
