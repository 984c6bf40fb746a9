"""Persistence of many cohorts at once, against a loop over scipy's matrix exponential.

Run from the repository root: ``PYTHONPATH=src python benchmarks/persistence.py``. It projects
10,000 cohorts over 365 days at 200 points of their uncertain inputs in one call, checks that
the memory stays within 1 GB, and times a loop over ``scipy.linalg.expm`` on a slice: one
cohort at every point on a few days. Both are given per cohort-day in processor time, which other
work on the machine does not lengthen.
"""

import argparse
import resource
import sys
import time

import numpy as np
from scipy import linalg

from landrelease.models.persistence import (
    BetaShare,
    Between,
    Cohort,
    Exact,
    Lifetime,
    Steps,
    WholeNumber,
    project,
)

MEMORY_LIMIT_GB = 1.0


def make_cohort(dated_share, random):
    """Return a cohort of its own laws, all inputs uncertain; some lie in a known day."""
    low, start = int(random.integers(10, 500)), float(random.uniform(0, 300))
    dated = random.random() < dated_share
    return Cohort(
        quantity=WholeNumber(low, 2 * low),
        start_day=Exact(start) if dated else Between(start, start + 30.0),
        never_armed=BetaShare(2.0, float(random.integers(40, 60))),
        self_destruct_failure=BetaShare(float(random.integers(2, 9)), 50.0),
        self_destruct=Lifetime.window(0.0, float(random.uniform(1, 30))),
        self_deactivation=Lifetime.weibull(
            float(random.uniform(1, 6)), float(random.uniform(60, 120))
        ),
        ageing=Steps.constant(float(random.uniform(0, 1e-4))),
        accident=Steps.constant(float(random.uniform(0, 1e-4))),
        clearance=Steps.constant(float(random.uniform(0, 1e-3))),
    )


def time_matrix_exponential(days, points, random):
    """Return seconds per cohort-day of a loop over expm at every point."""
    begun = time.process_time()
    for _point in range(points):
        self_destruct, ageing, accident, clearance = random.uniform(0, 0.1, 4)
        rates = np.zeros((5, 5))
        rates[:3, 4], rates[1, 2], rates[1, 3] = clearance, ageing, self_destruct + accident
        np.fill_diagonal(rates, -rates.sum(axis=1))
        for day in days:
            linalg.expm(rates * day)
    return (time.process_time() - begun) / len(days)


def peak_memory_gb():
    """Return the highest resident memory of this process so far, in gigabytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9


def main():
    """Measure and print; exit with 1 where the memory exceeds its limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cohorts", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--dated", type=float, default=0.5, help="share of known dates")
    options = parser.parse_args()
    random = np.random.default_rng(1)
    cohorts = [make_cohort(options.dated, random) for _ in range(options.cohorts)]
    days = np.arange(options.days, dtype=float)
    begun, waited = time.process_time(), time.perf_counter()
    result = project(cohorts, days, points=options.points)
    seconds, waited = time.process_time() - begun, time.perf_counter() - waited
    own = seconds / (options.cohorts * options.days)
    loop = time_matrix_exponential(days[1:21], options.points, random)
    need = result.needs_clearance
    print(f"{options.cohorts:,} cohorts × {options.days} days × {options.points} points")
    print(f"one call              {seconds:8.1f} s, {1e6 * own:.3f} µs per cohort-day")
    print(f"waited for it         {waited:8.1f} s")
    print(f"loop over scipy expm  {1e6 * loop:.0f} µs per cohort-day")
    print(f"ratio                 {loop / own:,.0f}")
    print(f"peak memory           {peak_memory_gb():.2f} GB")
    interval = f"{need.lower[-1]:,.0f} to {need.upper[-1]:,.0f}"
    print(f"to clear, last day    {need.mean[-1]:,.0f} ({interval})")
    return int(peak_memory_gb() > MEMORY_LIMIT_GB)


if __name__ == "__main__":
    sys.exit(main())
