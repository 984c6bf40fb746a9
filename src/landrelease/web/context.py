"""What every page needs: the services, who is at work, for whom, and the cached map layers."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated

import shapely
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from landrelease.web.ports import ServicesPort
from landrelease.web.rendering import environment
from landrelease.web.security import TOKEN_COOKIE, token_of
from landrelease.web.tiles import TileLayer, first_tiles

LABELS = "_label"
LAND = "land"
GROUND = (LAND, "district" + LABELS)
PUBLIC_KINDS = ("hazardous_area", "land_release_product", "district")
KINDS = (*PUBLIC_KINDS, "accident", "minefield_record", "activity")
STATIC = Path(__file__).parent / "static"

# What decides how a record is drawn; all else is asked for when it is clicked.
TILE_PROPERTIES = {
    "hazardous_area": ("hazard_kind", "status"),
    "land_release_product": ("method",),
    "district": ("name", "local_id"),
}


@dataclass(frozen=True)
class Settings:
    """How the pages are served.

    Attributes
    ----------
    author : str or None
        In whose name forms write; without it each form asks for a name.
    audience : str
        ``internal`` on this machine; ``public`` shows hazards and no private data.
    """

    author: str | None = None
    audience: str = "internal"


@cache
def land_layer() -> TileLayer:
    """Return the outline of land, each island a shape of its own."""
    feature = json.loads((STATIC / "vendor" / "land.geojson").read_text("utf-8"))
    parts = shapely.get_parts(shapely.geometry.shape(feature["geometry"]))
    return TileLayer.build(LAND, ((str(n), wkb, {}) for n, wkb in enumerate(shapely.to_wkb(parts))))


@dataclass
class LayerCache:
    """Projected layers and finished tiles of one revision of the register."""

    services: ServicesPort
    audience: str
    _revision: str = ""
    _layers: dict[str, TileLayer] = field(default_factory=dict)
    _tiles: dict[tuple[str, int, int, int], bytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    tiles_kept: int = 4096

    def tile(self, kind: str, z: int, x: int, y: int) -> tuple[str, bytes]:
        """Return the register's revision and the encoded tile."""
        with self._lock:
            revision = self._refresh()
            key = (kind, z, x, y)
            if key not in self._tiles:
                if len(self._tiles) >= self.tiles_kept:
                    self._tiles.clear()
                self._tiles[key] = self._layer(kind).tile(z, x, y)
            return revision, self._tiles[key]

    def layer(self, kind: str) -> TileLayer:
        """Return one kind's layer as of now."""
        with self._lock:
            self._refresh()
            return self._layer(kind)

    def _refresh(self) -> str:
        revision = self.services.revision()
        if revision != self._revision:
            self._revision = revision
            self._layers.clear()
            self._tiles.clear()
        return revision

    def _layer(self, name: str) -> TileLayer:
        if name == LAND:
            return land_layer()
        if name not in self._layers:
            kind = name.removesuffix(LABELS)
            wanted = TILE_PROPERTIES.get(kind, ())
            features = (
                (record_id, wkb, {name: properties.get(name) for name in wanted})
                for record_id, wkb, properties in self.services.layer_features(kind, self.audience)
            )
            build = TileLayer.build_labels if name.endswith(LABELS) else TileLayer.build
            self._layers[name] = build(name, features)
        return self._layers[name]


@dataclass(frozen=True)
class Web:
    """The state of the application."""

    services: ServicesPort
    settings: Settings
    layers: LayerCache

    @classmethod
    def over(cls, services: ServicesPort, settings: Settings) -> Web:
        """Put the caches around the services."""
        return cls(services, settings, LayerCache(services, settings.audience))

    @property
    def is_public(self) -> bool:
        """Whether private data must stay off the pages."""
        return self.settings.audience == "public"

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of records that the map may show to this audience."""
        return PUBLIC_KINDS if self.is_public else KINDS

    def warm(self) -> None:
        """Work out what the first visitor of the map will ask for: figures, layers, tiles."""
        summary = self.services.summary()
        held = [kind for kind in self.kinds if summary["counts"].get(kind)]
        labels = [LAND, "district" + LABELS] if "district" in held else [LAND]
        for kind in (*labels, *held):
            self.layers.layer(kind)
            for place in first_tiles(summary.get("bbox")):
                self.layers.tile(kind, *place)

    def page(
        self, request: Request, template: str, *, status_code: int = 200, **values: object
    ) -> HTMLResponse:
        """Render a page, or only its part for a request of htmx."""
        token = token_of(request)
        text = (
            environment()
            .get_template(template)
            .render(values, request=request, web=self, token=token, path=request.url.path)
        )
        answer = HTMLResponse(text, status_code, headers={"Cache-Control": "no-cache, private"})
        if request.cookies.get(TOKEN_COOKIE) != token:
            answer.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict")
        return answer


def web_of(request: Request) -> Web:
    """Return the application's state."""
    state: Web = request.app.state.web
    return state


WebState = Annotated[Web, Depends(web_of)]


def wants_part(request: Request) -> bool:
    """Tell whether htmx asks, which replaces a part of the page."""
    return request.headers.get("hx-request") == "true"


def wants_json(request: Request) -> bool:
    """Tell whether the client reads JSON rather than pages."""
    accept = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or (
        "application/json" in accept and "text/html" not in accept
    )
