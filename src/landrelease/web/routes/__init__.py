"""One module for each group of pages."""

from __future__ import annotations

from landrelease.web.routes import about, api, areas, inbox, maps, quarantine, science, tiles, work

ROUTERS = tuple(
    module.router for module in (maps, tiles, areas, inbox, quarantine, science, work, about, api)
)
"""Every router, in the order in which routes are matched."""
