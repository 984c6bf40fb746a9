"""What the pages are, what they do not know, and whose work they stand on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from landrelease import __version__
from landrelease.web.context import WebState

router = APIRouter()


@router.get("/about")
def about(request: Request, web: WebState) -> HTMLResponse:
    """Say what the program is and is not."""
    return web.page(request, "about.html", version=__version__, summary=web.services.summary())
