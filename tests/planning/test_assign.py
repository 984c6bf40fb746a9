"""The integer programme against trying every assignment, and against the greedy answer."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.planning.assign import LARGEST_PROGRAMME, OPTIMALITY_GAP, Job, assign, greedy

job_days = st.integers(1, 8)


@st.composite
def instances(draw):
    """Up to five areas and two teams, each pair with its own days; one value per area."""
    areas, teams = draw(st.integers(1, 5)), draw(st.integers(1, 2))
    jobs = []
    for area in range(areas):
        value = draw(st.floats(1, 100))
        jobs += [Job(area, team, draw(job_days), value) for team in range(teams)]
    return jobs, [draw(st.integers(0, 12)) for _ in range(teams)]


def best_by_trying_all(jobs, days):
    """Value of the best assignment by enumeration: an oracle without a solver."""
    areas = sorted({job.area for job in jobs})
    options = [[None, *(j for j in jobs if j.area == area)] for area in areas]
    best = 0.0
    for choice in product(*options):
        taken = [job for job in choice if job]
        if all(sum(j.days for j in taken if j.team == t) <= d for t, d in enumerate(days)):
            best = max(best, sum(job.value for job in taken))
    return best


@settings(max_examples=60, deadline=None)
@given(instance=instances())
def test_the_solver_finds_the_best_assignment(instance):
    """Value within the stated gap of the best of all assignments, within the days, area once."""
    pytest.importorskip("highspy", reason="needs the extra 'science'")
    jobs, days = instance
    chosen, method = assign(jobs, days)
    assert method == "integer_programme"
    assert sum(j.value for j in chosen) >= best_by_trying_all(jobs, days) * (1 - OPTIMALITY_GAP)
    _check_feasible(chosen, days)


@settings(max_examples=60, deadline=None)
@given(instance=instances())
def test_the_greedy_answer_is_feasible(instance):
    """Greedy takes each area at most once and keeps every team's days; nothing more would fit."""
    jobs, days = instance
    chosen = greedy(jobs, days)
    _check_feasible(chosen, days)
    taken = {job.area for job in chosen}
    left = [d - sum(j.days for j in chosen if j.team == t) for t, d in enumerate(days)]
    assert not [job for job in jobs if job.area not in taken and job.days <= left[job.team]]


def _check_feasible(chosen, days):
    assert len({job.area for job in chosen}) == len(chosen)
    for team, limit in enumerate(days):
        assert sum(job.days for job in chosen if job.team == team) <= limit


def test_without_the_solver_the_greedy_answer_is_used(monkeypatch):
    """A machine without HiGHS still gets tasks, and the plan can say how they were chosen."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    chosen, method = assign([Job(0, 0, 3, 5.0)], [4])
    assert (len(chosen), method) == (1, "greedy")


def test_a_very_large_question_is_answered_greedily():
    """Above the stated number of possible jobs the answer is greedy, full and feasible."""
    jobs = [Job(area, 0, 2, 100.0 - area / 1000) for area in range(LARGEST_PROGRAMME + 1)]
    chosen, method = assign(jobs, [300])
    assert method == "greedy"
    assert sorted(job.area for job in chosen) == list(range(150))
