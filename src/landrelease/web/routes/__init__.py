"""One module for each group of pages."""

from __future__ import annotations

from landrelease.web.routes import (
    about,
    api,
    approval,
    areas,
    attachments,
    claims,
    inbox,
    maps,
    quarantine,
    science,
    tiles,
    work,
)

_SEEN = (maps, tiles, areas, science, work, about, api)
_WAITING = (inbox, quarantine, claims, approval, attachments)
ROUTERS = tuple(module.router for module in (*_SEEN, *_WAITING))
"""Every router; no two match one path."""
