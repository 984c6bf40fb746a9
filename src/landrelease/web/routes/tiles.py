"""Vector tiles with an entity tag, compressed once and kept until the ledger changes."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import Response

from landrelease.errors import NotFoundError
from landrelease.web.context import GROUND, WebState
from landrelease.web.tiles import MAX_ZOOM

router = APIRouter()

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"


@router.get("/tiles/{kind}/{z}/{x}/{y}.mvt")
def tile(request: Request, web: WebState, kind: str, *, z: int, x: int, y: int) -> Response:
    """Return one tile of one kind's records."""
    kinds = (*GROUND, *web.kinds)
    if kind not in kinds:
        raise NotFoundError("layer_unknown", f"layer = {kind!r}", f"one of {', '.join(kinds)}")
    if not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        raise NotFoundError("tile_outside", f"tile = {z}/{x}/{y}", f"zoom 0 to {MAX_ZOOM}")
    revision, data = web.layers.tile(kind, z, x, y)
    tag = f'"{hashlib.sha256(f"{revision}/{kind}/{z}/{x}/{y}".encode()).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache, private", "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        data = _packed(data)
    return Response(data, media_type=MEDIA_TYPE, headers=headers)


@lru_cache(maxsize=1024)
def _packed(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6, mtime=0)
