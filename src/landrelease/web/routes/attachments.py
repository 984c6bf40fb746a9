"""Photos, sketches and papers of a record: listed by audience, attached, downloaded."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from landrelease.domain.kinds import AUDIENCES, Audience
from landrelease.errors import FieldError, LandReleaseError
from landrelease.web.context import Web, WebState
from landrelease.web.files import as_download
from landrelease.web.problems import internal_only, status_of
from landrelease.web.sending import Upload, person, sent_files
from landrelease.web.views import flat, link

router = APIRouter(dependencies=[Depends(internal_only)])

#: From the narrowest circle to the widest.
_CIRCLES = AUDIENCES[::-1]


@router.get("/attachments")
def attachments(request: Request, web: WebState, audience: Audience = "internal") -> HTMLResponse:
    """List every attached file that an audience may have."""
    found = web.services.attachments(audience)
    return web.page(request, "attachments.html", found=found, audience=audience, audiences=_CIRCLES)


@router.get("/attachments/{attachment_id}")
def download(web: WebState, attachment_id: str) -> Response:
    """Give one attached file out, proved by its hash."""
    return as_download(*web.services.attachment(attachment_id))


@router.get("/records/{record_id}/attachments")
def of_record(
    request: Request, web: WebState, record_id: str, added: int = 0, unchanged: int = 0
) -> HTMLResponse:
    """List the files of one record, and offer to attach another."""
    return _page(request, web, record_id, {}, added=added, unchanged=unchanged)


@router.post("/records/{record_id}/attachments")
def attach(
    request: Request, web: WebState, record_id: str, upload: Annotated[Upload, Depends(sent_files)]
) -> Response:
    """Attach files to a record, or say why that cannot be."""
    form = upload.fields
    try:
        if not upload.files:
            raise FieldError("files", "", "no file is chosen", "choose one or several")
        done = web.services.attach(
            record_id,
            upload.files,
            note=form.get("note", "").strip() or None,
            audience=form.get("audience", "internal"),
            by=person(web, form),
        )
    except LandReleaseError as error:
        if status_of(error) == 404:
            raise
        code = status_of(error)
        return _page(request, web, record_id, form, error=error, status_code=code)
    told = {"added": len(done["attached"]), "unchanged": done["unchanged"] or None}
    return RedirectResponse(link(f"/records/{done['record_id']}/attachments", told), 303)


def _page(
    request: Request, web: Web, record_id: str, form: dict[str, str], **told: Any
) -> HTMLResponse:
    return web.page(
        request,
        "record_attachments.html",
        record=flat(web.services.show(record_id)),
        found=web.services.attachments(record_id=record_id),
        audiences=_CIRCLES,
        form=form,
        **told,
    )
