"""One module for each group of pages."""

from __future__ import annotations

from landrelease.web.routes import (
    about,
    api,
    approval,
    areas,
    claims,
    inbox,
    maps,
    quarantine,
    science,
    tiles,
    work,
)

_MODULES = (maps, tiles, areas, inbox, quarantine, claims, approval, science, work, about, api)
ROUTERS = tuple(module.router for module in _MODULES)
"""Every router, in the order in which routes are matched."""
