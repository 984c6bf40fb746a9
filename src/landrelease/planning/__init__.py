"""Where to survey and clear next, with these teams, and why.

A plan orders work; it does not release land. The room is pure: a `Problem` and `PlanParams` in, a
`Plan` out, the same every time. Weights are data (``terms/priorities.yaml``) and may be replaced.
"""

from landrelease.planning.forecast import Forecast, forecast
from landrelease.planning.plan import Plan, plan
from landrelease.planning.problem import Candidate, PlanParams, Problem, Team
from landrelease.planning.teams import parse_teams, read_teams

__all__ = [
    "Candidate",
    "Forecast",
    "Plan",
    "PlanParams",
    "Problem",
    "Team",
    "forecast",
    "parse_teams",
    "plan",
    "read_teams",
]
