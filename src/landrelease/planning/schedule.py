"""Ranked areas and teams in, each team's days of work out, and what no team reaches, with why."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from landrelease.domain.kinds import codes
from landrelease.planning.assign import Job, assign
from landrelease.planning.problem import Candidate, Problem, Team
from landrelease.terms import load_terms

#: Work offered to the solver for each team, as a multiple of all teams' days: best-ranked first.
OFFERED = 3
EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Task:
    """A stretch of working days of one team in one area; days count from 1, both ends included."""

    area: int
    start_day: int
    end_day: int
    m2: float
    begun_only: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """Tasks per team, why each other area is not planned, and how the choice was made."""

    tasks: tuple[tuple[Task, ...], ...]
    unplanned: Mapping[int, str]
    method: str


def schedule(problem: Problem, scores: Sequence[float]) -> Schedule:
    """Spend the teams' days where the score is highest: the sum of score × days is the greatest.

    An area is worked on whole by one team, unless it is larger than the team's days: then it is
    begun. Days that no whole area fits begin the best-ranked area still free.

    Parameters
    ----------
    problem : Problem
        Areas (here: only those ranked, best first) and teams.
    scores : sequence of float
        Score of each area, in the same order.
    """
    days = [team.days_within(problem.horizon_days) for team in problem.teams]
    workable = _workable(problem)
    reached = frozenset(area for areas in workable for area in areas)
    jobs = [
        job
        for team, areas in enumerate(workable)
        for job in _jobs(problem, scores, team, areas, days)
    ]
    chosen, method = assign(jobs, days)
    tasks = [_in_rank_order(problem, chosen, team) for team in range(len(days))]
    taken = {task.area for planned in tasks for task in planned}
    for team, planned in enumerate(tasks):
        free = [area for area in workable[team] if area not in taken]
        taken |= _begin_next(problem, team, planned, free, days[team])
    why = {
        area: _why_not(problem, area, reached)
        for area in range(len(problem.candidates))
        if area not in taken
    }
    return Schedule(tuple(tuple(planned) for planned in tasks), why, method)


def fitting_activities(candidate: Candidate) -> tuple[str, ...]:
    """Which activities an area is ready for, by its kind.

    Examples
    --------
    >>> fitting_activities(Candidate("a", "HA-1", "SHA"))
    ('non_technical_survey', 'technical_survey')
    """
    return tuple(load_terms("priorities")["fits"][candidate.hazard_kind])


def days_of_work(area_m2: float, team: Team) -> int:
    """Whole working days a team needs for an area.

    Examples
    --------
    >>> days_of_work(1001, Team("T1", "clearance", 500))
    3
    """
    return max(1, math.ceil(area_m2 / team.output_m2_per_day))


def distance_km(candidate: Candidate, team: Team) -> float | None:
    """Great-circle distance from the team's base, good to half a per cent; unknown without both."""
    if team.base is None or candidate.longitude is None or candidate.latitude is None:
        return None
    longitude, latitude = (math.radians(degrees) for degrees in team.base)
    there = math.radians(candidate.latitude)
    turn = math.radians(candidate.longitude) - longitude
    half = (
        math.sin((there - latitude) / 2) ** 2
        + math.cos(latitude) * math.cos(there) * math.sin(turn / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def _workable(problem: Problem) -> list[list[int]]:
    return [
        [
            area
            for area, candidate in enumerate(problem.candidates)
            if candidate.status == "open"
            and candidate.area_m2 is not None
            and team.activity_type in fitting_activities(candidate)
            and _within_reach(candidate, team)
        ]
        for team in problem.teams
    ]


def _within_reach(candidate: Candidate, team: Team) -> bool:
    if team.max_distance_km is None:
        return True
    distance = distance_km(candidate, team)
    return distance is not None and distance <= team.max_distance_km


def _jobs(
    problem: Problem, scores: Sequence[float], team: int, areas: list[int], days: Sequence[int]
) -> list[Job]:
    """Offer the team the best-ranked areas; a larger one than it can finish, it can begin."""
    offered: list[Job] = []
    wanted = OFFERED * sum(days)
    for area in areas if days[team] else ():
        area_m2 = problem.candidates[area].area_m2 or 0.0
        needed = min(days_of_work(area_m2, problem.teams[team]), days[team])
        offered.append(Job(area, team, needed, scores[area] * needed))
        wanted -= needed
        if wanted <= 0:
            break
    return offered


def _in_rank_order(problem: Problem, chosen: Sequence[Job], team: int) -> list[Task]:
    tasks, day = [], 1
    for job in sorted((job for job in chosen if job.team == team), key=lambda job: job.area):
        tasks.append(_task(problem, team, job.area, day, job.days))
        day += job.days
    return tasks


def _begin_next(
    problem: Problem, team: int, planned: list[Task], free: list[int], days: int
) -> set[int]:
    """Let the days left begin the best-ranked area that is still free; return what it took."""
    used = planned[-1].end_day if planned else 0
    if used >= days or not free:
        return set()
    needed = days_of_work(problem.candidates[free[0]].area_m2 or 0.0, problem.teams[team])
    planned.append(_task(problem, team, free[0], used + 1, min(days - used, needed)))
    return {free[0]}


def _task(problem: Problem, team: int, area: int, start_day: int, days: int) -> Task:
    area_m2 = problem.candidates[area].area_m2 or 0.0
    done_m2 = min(area_m2, days * problem.teams[team].output_m2_per_day)
    return Task(area, start_day, start_day + days - 1, done_m2, done_m2 < area_m2)


def _why_not(problem: Problem, area: int, reached: frozenset[int]) -> str:
    candidate = problem.candidates[area]
    if candidate.status == "suspended":
        return "work is suspended"
    if candidate.area_m2 is None:
        return "its size is not known, so days of work cannot be counted"
    fits = fitting_activities(candidate)
    if not any(team.activity_type in fits for team in problem.teams):
        names = " or ".join(codes("activity_type")[name]["label"].lower() for name in fits)
        return f"no team for {names}"
    if area not in reached:
        return "out of reach of the teams that could work on it"
    return "other areas use the teams' days"
