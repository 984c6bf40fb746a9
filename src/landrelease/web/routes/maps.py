"""The map, its popups, and a plain drawing for browsers without WebGL 2."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from landrelease.web.context import Web, WebState
from landrelease.web.drawing import overview
from landrelease.web.problems import internal_only
from landrelease.web.tiles import MAX_ZOOM
from landrelease.web.views import flat

router = APIRouter()


@router.get("/")
def map_page(request: Request, web: WebState) -> HTMLResponse:
    """Show the map of what is reported, and say what it does not show."""
    summary = web.services.summary()
    held = {kind for kind in web.kinds if summary["counts"].get(kind)}
    settings = {"kinds": sorted(held), "bbox": summary.get("bbox"), "maxZoom": MAX_ZOOM}
    return web.page(request, "map.html", summary=summary, held=held, settings=settings)


@router.get("/popup/{record_id}")
def popup(request: Request, web: WebState, record_id: str, n: int = 1) -> HTMLResponse:
    """Return the few lines shown beside a place that was clicked."""
    record = flat(web.services.show(record_id))
    held = {name: value for name, value in record.get("holds", {}).items() if name != "geometry"}
    record |= held  # what the map draws, not what waits
    if record["kind"] not in web.kinds:
        internal_only(request)
    return web.page(request, "popup.html", record=record, others=n - 1)


@router.get("/map.svg")
def drawing(request: Request, web: WebState) -> Response:
    """Draw the hazardous areas without a script, for browsers without WebGL 2 and for print."""
    layer = web.layers.layer("hazardous_area")
    return Response(overview(layer, _title(web)), media_type="image/svg+xml")


def _title(web: Web) -> str:
    summary: dict[str, Any] = web.services.summary()
    return f"Hazardous areas of {summary.get('name') or 'this register'}"
