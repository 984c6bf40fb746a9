"""Time a plan of 8,000 areas for four teams, and the optimum against the greedy choice.

Run from the repository root: ``python benchmarks/plan.py``.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from landrelease.planning import Candidate, PlanParams, Problem, Team, plan
from landrelease.planning.assign import Job, assign, greedy

AREAS = 8_000


def problem(seed: int = 1) -> Problem:
    """Areas of log-normal size with few accidents, as national registers have them."""
    generator = np.random.default_rng(seed)
    candidates = tuple(
        Candidate(
            record_id=f"r{index:05d}",
            local_id=f"HA-{index}",
            hazard_kind="CHA" if generator.random() < 0.3 else "SHA",
            remaining_m2=float(generator.lognormal(11, 1.3)),
            accidents_within_500_m=int(generator.poisson(0.3)),
            people_affected=int(generator.integers(0, 900)),
        )
        for index in range(AREAS)
    )
    teams = (
        Team("Survey", "non_technical_survey", 20_000.0, 100),
        Team("Technical survey", "technical_survey", 5_000.0, 100),
        Team("Clearance 1", "clearance", 1_500.0, 100),
        Team("Clearance 2", "clearance", 1_200.0, 90),
    )
    return Problem(candidates, teams, horizon_days=120)


def hard_jobs(seed: int = 1) -> tuple[list[Job], list[int]]:
    """Six hundred areas that each of four teams could do: a multiple knapsack."""
    generator = np.random.default_rng(seed)
    jobs = []
    for area in range(600):
        score, days = generator.uniform(10, 60), int(generator.integers(2, 15))
        jobs += [Job(area, team, days + team, score * days) for team in range(4)]
    return jobs, [100, 100, 90, 80]


def main() -> None:
    """Print the figures."""
    given = problem()
    start = time.perf_counter()
    made = plan(given, PlanParams(reference_year=2025))
    seconds = time.perf_counter() - start
    jobs, days = hard_jobs()
    start = time.perf_counter()
    chosen, method = assign(jobs, days)
    solved = time.perf_counter() - start
    ratio = sum(j.value for j in chosen) / sum(j.value for j in greedy(jobs, days))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        2**20 if sys.platform == "darwin" else 1024
    )
    print(f"plan of {AREAS:,} areas, 4 teams: {seconds:.2f} s, {len(made.ranked):,} ranked")
    print(f"assignment of {len(jobs):,} jobs by {method}: {solved:.2f} s, {ratio:.4f} × greedy")
    print(f"peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()
