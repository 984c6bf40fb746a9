"""Persistence over time: what can still function, and what still needs clearance."""

from landrelease.models.persistence.cohorts import Cohort, Lifetime, Steps
from landrelease.models.persistence.projection import STATES, Band, Projection, project
from landrelease.models.persistence.uncertain import (
    BetaShare,
    Between,
    Exact,
    LogNormalCount,
    Uncertain,
    WholeNumber,
)

__all__ = [
    "STATES",
    "Band",
    "BetaShare",
    "Between",
    "Cohort",
    "Exact",
    "Lifetime",
    "LogNormalCount",
    "Projection",
    "Steps",
    "Uncertain",
    "WholeNumber",
    "project",
]
