"""The table of hazardous areas, one area's page, and the page of any record."""

from __future__ import annotations

from typing import Annotated, Any

import shapely
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel

from landrelease.web.charts import parts_bar
from landrelease.web.context import Web, WebState, wants_part
from landrelease.web.drawing import outline
from landrelease.web.problems import internal_only
from landrelease.web.tiles import MAX_ZOOM
from landrelease.web.views import Pager, flat, link, page_of

router = APIRouter()

PAGE_SIZE = 50
COLUMNS = (
    ("local_id", "Area", ""),
    ("hazard_kind", "Kind", ""),
    ("status", "Status", ""),
    ("district", "District", ""),
    ("area_m2", "Measured m²", "num"),
    ("remaining_m2", "Remaining m²", "num"),
    ("stated_area_m2", "Stated m²", "num"),
)
STATUSES = ("open", "suspended", "closed", "handed_over")
PARTS = ("cancelled", "reduced", "cleared", "remaining")


class AreaQuery(BaseModel):
    """What the table is asked for."""

    search: str = ""
    hazard_kind: str = ""
    status: str = ""
    district: str = ""
    as_of: str = ""
    known_at: str = ""
    sort: str = "local_id"
    page: int = 1

    def given(self) -> dict[str, str | int | None]:
        """Return the query without what is empty, for links."""
        return {k: v for k, v in self.model_dump().items() if v and (k, v) != ("page", 1)}


@router.get("/areas")
def areas(request: Request, web: WebState, query: Annotated[AreaQuery, Query()]) -> HTMLResponse:
    """Show the table with search, filters, order and pages."""
    number = max(1, query.page)
    found = web.services.areas(
        query.as_of or None,
        query.known_at or None,
        search=query.search.strip() or None,
        hazard_kind=query.hazard_kind or None,
        status=query.status or None,
        district=query.district.strip() or None,
        sort=query.sort if query.sort.removeprefix("-") in {c[0] for c in COLUMNS} else None,
        limit=PAGE_SIZE,
        offset=(number - 1) * PAGE_SIZE,
    )
    template = "areas_table.html" if wants_part(request) else "areas.html"
    return web.page(
        request,
        template,
        query=query,
        link=lambda **changes: link("/areas", query.given(), **changes),
        rows=found["areas"],
        pager=Pager(number, PAGE_SIZE, found["total"]),
        columns=COLUMNS,
        statuses=STATUSES,
        summary=web.services.summary(),
    )


@router.get("/areas/{record_id}")
def area(request: Request, web: WebState, record_id: str) -> Response:
    """Show all that is known of one area: facts, balance, history, sources."""
    found = web.services.area(record_id)
    record, balance = flat(found["record"]), found["balance"]
    if record["kind"] != "hazardous_area":
        return RedirectResponse(page_of(record))
    record_id = record["record_id"]
    shapes = _drawable(found["geometry"], record.get("geometry"))
    amounts = {name: balance.get(f"{name}_m2") or 0.0 for name in PARTS}
    return web.page(
        request,
        "area.html",
        record=record,
        found=found,
        geometry=shapes[0] if shapes else None,
        products=[flat(product) for product in found["products"]],
        accidents=[flat(accident) for accident in found["accidents"]],
        linked=[flat(other) for other in found.get("linked", [])],
        balance=balance,
        amounts=amounts,
        bar=parts_bar(amounts, "How the area's square metres divide")
        if any(amounts.values())
        else "",
        drawing=outline(shapes[0], "Outline of the area") if shapes else "",
        settings=_map_settings(web.kinds, shapes),
        files=[] if web.is_public else _files(web, record_id),
    )


@router.get("/records/{record_id}", dependencies=[Depends(internal_only)])
def record_page(request: Request, web: WebState, record_id: str) -> HTMLResponse:
    """Show a record of any kind with its history."""
    shown = web.services.show(record_id)
    record_id = shown["record_id"]
    history = web.services.history(record_id)
    body = {k: v for k, v in shown["body"].items() if k not in ("geometry", "geometry_entered")}
    return web.page(
        request, "record.html", record=flat(shown), body=body, links=shown["links"],
        sources=shown.get("sources", []), history=history["entries"], files=_files(web, record_id),
    )  # fmt: skip


def _files(web: Web, record_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = web.services.attachments(record_id=record_id)["attachments"]
    return found


def _drawable(*geometries: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Those that hold a shape; what remains of an area that was all released holds none."""
    return [g for g in geometries if g and (g.get("coordinates") or g.get("geometries"))]


def _map_settings(kinds: tuple[str, ...], shapes: list[dict[str, Any]]) -> dict[str, Any]:
    """Frame what remains together with the outline as recorded; mark what remains."""
    wanted = ("hazardous_area", "land_release_product", "accident", "district")
    drawn = [shapely.geometry.shape(shape) for shape in shapes]
    return {
        "kinds": [kind for kind in wanted if kind in kinds],
        "geometry": shapes[0] if shapes else None,
        "bbox": shapely.total_bounds(drawn).tolist() if drawn else None,
        "maxZoom": MAX_ZOOM,
    }
