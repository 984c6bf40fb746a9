"""Which team takes which area: a small integer programme, with a greedy answer to fall back on."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Stop within this share of the optimum: days of work are rougher than that.
OPTIMALITY_GAP = 0.005
#: The solver's patience, seconds; what it has by then is used.
SOLVER_SECONDS = 5.0
#: Above so many possible jobs the greedy choice is within a per cent of the optimum, and quick.
LARGEST_PROGRAMME = 5_000


@dataclass(frozen=True, slots=True)
class Job:
    """Days that one team could spend in one area, and what they are worth."""

    area: int
    team: int
    days: int
    value: float


def assign(jobs: Sequence[Job], days: Sequence[int]) -> tuple[list[Job], str]:
    """Choose jobs: each area at most once, no team over its days, most value.

    Parameters
    ----------
    jobs : sequence of Job
        What is possible.
    days : sequence of int
        Days each team has.

    Returns
    -------
    list of Job
        What is chosen.
    str
        ``integer_programme`` or ``greedy``: how it was found.

    Examples
    --------
    >>> chosen, _ = assign([Job(0, 0, 6, 5.0), Job(1, 0, 5, 4.0), Job(2, 0, 5, 4.0)], [10])
    >>> sorted(job.area for job in chosen)
    [1, 2]
    """
    if not jobs:
        return [], "integer_programme"
    if len(jobs) <= LARGEST_PROGRAMME and importlib.util.find_spec("highspy"):
        chosen = _solve(jobs, days)
        if chosen is not None:
            return chosen, "integer_programme"
    return greedy(jobs, days), "greedy"


def greedy(jobs: Sequence[Job], days: Sequence[int]) -> list[Job]:
    """Take jobs by value per day as long as they fit."""
    left = list(days)
    taken: set[int] = set()
    chosen: list[Job] = []
    for job in sorted(jobs, key=lambda j: (-j.value / j.days, j.area, -left[j.team], j.team)):
        if job.area not in taken and job.days <= left[job.team]:
            chosen.append(job)
            taken.add(job.area)
            left[job.team] -= job.days
    return chosen


def _solve(jobs: Sequence[Job], days: Sequence[int]) -> list[Job] | None:
    import highspy

    model = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("mip_rel_gap", OPTIMALITY_GAP),
        ("time_limit", SOLVER_SECONDS),
    ):
        model.setOptionValue(option, value)
    take = [model.addBinary(obj=-job.value) for job in jobs]
    for team, indices in _by(jobs, "team").items():
        model.addConstr(model.qsum(take[i] * jobs[i].days for i in indices) <= days[team])
    for indices in _by(jobs, "area").values():
        if len(indices) > 1:
            model.addConstr(model.qsum(take[i] for i in indices) <= 1)
    model.run()
    feasible = int(highspy.SolutionStatus.kSolutionStatusFeasible)
    if model.getInfo().primal_solution_status != feasible:
        return None
    values = model.getSolution().col_value
    return [job for job, value in zip(jobs, values, strict=True) if value > 0.5]


def _by(jobs: Sequence[Job], key: str) -> Mapping[int, list[int]]:
    grouped: dict[int, list[int]] = defaultdict(list)
    for index, job in enumerate(jobs):
        grouped[getattr(job, key)].append(index)
    return grouped
