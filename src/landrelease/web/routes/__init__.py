"""One module for each group of pages."""

from __future__ import annotations

from landrelease.web.routes import about, maps, tiles

ROUTERS = (maps.router, tiles.router, about.router)
"""Every router, in the order in which routes are matched."""
