"""The plan itself: rank, schedule, and an account of every area handed in."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from landrelease.planning.problem import OPEN_STATUSES, Candidate, PlanParams, Problem
from landrelease.planning.schedule import Schedule, Task, distance_km, schedule
from landrelease.planning.score import (
    Factor,
    factor_values,
    points,
    published_factors,
    rank_intervals,
    reasons,
)

#: Less measured land than this is within the tolerance of the balance of square metres.
LEAST_LAND_M2 = 0.5
STATEMENT = "a plan orders work; it does not release land"


@dataclass(frozen=True, slots=True)
class Plan:
    """An ordered list of areas with reasons, and days of work for each team.

    Attributes
    ----------
    plan_id : str
        Hash of everything that went in: the same question has the same id.
    status : str
        ``planned``, or ``nothing_fits`` where no team can begin anything: that too is an answer.
    teams, ranked, unplanned, not_ranked : list and dict
        As in ``plan --json``; ranked + not_ranked are all areas handed in.
    """

    plan_id: str
    status: str
    horizon_days: int
    teams: list[dict[str, Any]]
    ranked: list[dict[str, Any]]
    unplanned: dict[str, Any]
    not_ranked: list[dict[str, Any]]
    params: dict[str, Any]
    assumptions: list[str]
    releases_land: bool = False
    statement: str = STATEMENT

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready, keys in the order of the contract."""
        return asdict(self)


def plan(problem: Problem, params: PlanParams | None = None) -> Plan:
    """Rank the areas, and give each team what it can finish within the horizon.

    Parameters
    ----------
    problem : Problem
        Areas, teams and horizon in days.
    params : PlanParams, optional
        Weights, seed and the settings of the rank intervals.

    Returns
    -------
    Plan
        Also when nothing fits: infeasible is a value.

    Raises
    ------
    FieldError
        A weight names no factor, or all are 0.

    Examples
    --------
    >>> areas = (Candidate("a", "HA-1", "CHA", remaining_m2=4000, accidents_within_500_m=2),
    ...          Candidate("b", "HA-2", "SHA", remaining_m2=9000),
    ...          Candidate("c", "HA-3", "CHA", status="closed", remaining_m2=0))
    >>> from landrelease.planning import Team
    >>> made = plan(Problem(areas, (Team("Team 1", "clearance", 500.0),), horizon_days=20))
    >>> [(row["rank"], row["local_id"]) for row in made.ranked]
    [(1, 'HA-1'), (2, 'HA-2')]
    >>> made.teams[0]["tasks"][0]["end_day"], made.not_ranked[0]["why"]
    (8, 'the area is closed')
    """
    params = params or PlanParams()
    factors = published_factors(params.weights)
    problem = replace(problem, candidates=tuple(sorted(problem.candidates, key=_record_id)))
    eligible = [c for c in problem.candidates if not _why_not_ranked(c)]
    ordered, rows = _rank(eligible, factors, params)
    scores = [row["score"] for row in rows]
    scheduled = schedule(replace(problem, candidates=tuple(ordered)), scores)
    return Plan(
        plan_id=_fingerprint(problem, params, factors),
        status="planned" if any(scheduled.tasks) else "nothing_fits",
        horizon_days=problem.horizon_days,
        teams=_teams(problem, ordered, rows, scheduled),
        ranked=rows,
        unplanned=_unplanned(ordered, scheduled),
        not_ranked=[
            {"record_id": c.record_id, "local_id": c.local_id, "why": why}
            for c in problem.candidates
            if (why := _why_not_ranked(c))
        ],
        params={**params.as_dict(), "weights": {f.name: f.weight for f in factors}},
        assumptions=_assumptions(problem, params, ordered, scheduled),
    )


def _record_id(candidate: Candidate) -> str:
    return candidate.record_id


def _why_not_ranked(candidate: Candidate) -> str:
    if candidate.status not in OPEN_STATUSES:
        return f"the area is {candidate.status.replace('_', ' ')}"
    if candidate.remaining_m2 is not None and candidate.remaining_m2 < LEAST_LAND_M2:
        return "no measured land is left in it; it waits to be closed"
    return ""


def _rank(
    eligible: Sequence[Candidate], factors: Sequence[Factor], params: PlanParams
) -> tuple[list[Candidate], list[dict[str, Any]]]:
    weights = np.array([factor.weight for factor in factors])
    values = factor_values(eligible, factors, params.reference_year)
    shares = points(values, weights)
    scores = shares.sum(axis=1).round(6)
    lower, upper = rank_intervals(
        values,
        weights,
        spread=params.weight_spread,
        draws=params.draws,
        level=params.level,
        seed=params.seed,
    )
    order = np.argsort(-scores, kind="stable").tolist()
    names = [factor.name for factor in factors]
    rows = [
        {
            "rank": rank,
            "rank_lower": int(lower[i]),
            "rank_upper": int(upper[i]),
            **_facts(eligible[i]),
            "score": float(round(scores[i], 3)),
            "factors": dict(zip(names, shares[i].round(3).tolist(), strict=True)),
            "reasons": reasons(eligible[i]),
        }
        for rank, i in enumerate(order, start=1)
    ]
    return [eligible[i] for i in order], rows


def _facts(candidate: Candidate) -> dict[str, Any]:
    names = ("record_id", "local_id", "district", "hazard_kind", "remaining_m2", "stated_m2")
    return {name: getattr(candidate, name) for name in names}


def _teams(
    problem: Problem,
    ordered: Sequence[Candidate],
    rows: Sequence[dict[str, Any]],
    scheduled: Schedule,
) -> list[dict[str, Any]]:
    return [
        {
            "name": team.name,
            "activity_type": team.activity_type,
            "tasks": [
                _task(task, ordered[task.area], rows[task.area], problem, index) for task in tasks
            ],
            "days_used": sum(task.end_day - task.start_day + 1 for task in tasks),
            "days_available": team.days_within(problem.horizon_days),
            "m2": round(sum(task.m2 for task in tasks), 1),
        }
        for index, (team, tasks) in enumerate(zip(problem.teams, scheduled.tasks, strict=True))
    ]


def _task(
    task: Task, candidate: Candidate, row: dict[str, Any], problem: Problem, team: int
) -> dict[str, Any]:
    said = [f"rank {row['rank']}", *row["reasons"]]
    if task.begun_only:
        said.append(f"begun: {task.m2:,.0f} of {candidate.area_m2 or 0:,.0f} m² within the horizon")
    distance = distance_km(candidate, problem.teams[team])
    if distance is not None:
        said.append(f"{distance:,.1f} km from the team's base in a straight line")
    return {
        "record_id": candidate.record_id,
        "local_id": candidate.local_id,
        "district": candidate.district,
        "activity_type": problem.teams[team].activity_type,
        "start_day": task.start_day,
        "end_day": task.end_day,
        "m2": round(task.m2, 1),
        "begun_only": task.begun_only,
        "rank": row["rank"],
        "reasons": said,
    }


def _unplanned(ordered: Sequence[Candidate], scheduled: Schedule) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    land: defaultdict[str, float] = defaultdict(float)
    for area, why in scheduled.unplanned.items():
        counts[why] += 1
        land[why] += ordered[area].area_m2 or 0.0
    begun = [task for tasks in scheduled.tasks for task in tasks if task.begun_only]
    left_m2 = sum((ordered[task.area].area_m2 or 0.0) - task.m2 for task in begun)
    return {
        "count": counts.total(),
        "m2": round(sum(land.values()), 1),
        "m2_left_in_begun": round(left_m2, 1),
        "why": [
            {"why": why, "count": count, "m2": round(land[why], 1)}
            for why, count in counts.most_common()
        ],
    }


def _assumptions(
    problem: Problem, params: PlanParams, ordered: Sequence[Candidate], scheduled: Schedule
) -> list[str]:
    stated = sum(1 for c in ordered if not c.measured and c.stated_m2 is not None)
    said = [
        "the weights are working weights, not a standard; the rank interval shows what other "
        f"weights (each up to {params.weight_spread:.0%} off) would change",
        "what is not known counts nothing: an area without recorded accidents is not shown to be "
        "without hazard",
        "the teams' days are spent where the score is highest (the sum of score × days is the "
        "greatest); an area larger than a team's days, or than its spare days, is only begun",
        "a suspected area is planned for survey only; what survey finds decides what comes next",
        "days of work follow from the output given for each team; travel, weather and quality "
        "checks are not counted",
    ]
    if stated:
        said.append(f"{stated} of the ranked areas have a stated and no measured size")
    if params.reference_year is None:
        said.append("no reference year was given: how long ago accidents happened counts nothing")
    if any(team.working_days is None for team in problem.teams):
        said.append("teams without working_days are taken to work on every day of the horizon")
    if scheduled.method == "greedy":
        said.append(
            "tasks were chosen greedily by score, since the integer programme was not available "
            "or had too many possibilities"
        )
    return said


def _fingerprint(problem: Problem, params: PlanParams, factors: Sequence[Factor]) -> str:
    inputs = {
        "problem": asdict(problem),
        "params": params.as_dict(),
        "factors": [asdict(factor) for factor in factors],
    }
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
