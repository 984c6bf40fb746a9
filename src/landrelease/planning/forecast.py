"""When could the known land be done, at the pace of past years? With an interval, or no answer.

The mean release per year is resampled over years (the bootstrap of Efron 1979,
doi:10.1214/aos/1176344552); its distribution is computed by convolution on a fine grid instead of
by drawing, so the answer has no random part.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landrelease.errors import FieldError

#: With fewer years a spread between years cannot be told.
LEAST_YEARS = 3
#: m²: less than a square millimetre is the rounding of a sum, and no release.
LEAST_M2 = 1e-6
#: Cells of the grid on which sums of years are convolved.
GRID = 4096

STATEMENT = "a forecast of work; it does not release land, and more hazard may yet be found"


@dataclass(frozen=True, slots=True)
class Forecast:
    """Years of work left at the pace of past years, or why that cannot be estimated.

    Attributes
    ----------
    status : str
        ``ok`` or ``cannot_estimate`` (then `why` says so and the figures are ``None``).
    m2_per_year, years_left, completion_year : dict
        Each ``{"estimate", "lower", "upper"}``; an upper bound of ``None`` means: no end in sight
        at the pace of the poorest years.
    """

    status: str
    remaining_m2: float
    by_kind: dict[str, float]
    level: float
    why: str | None = None
    years_used: list[int] = field(default_factory=list)
    m2_per_year: dict[str, float] | None = None
    years_left: dict[str, float | None] | None = None
    completion_year: dict[str, int | None] | None = None
    assumptions: list[str] = field(default_factory=list)
    releases_land: bool = False
    statement: str = STATEMENT

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


def forecast(
    remaining_m2: Mapping[str, float],
    released_m2: Mapping[int, float],
    *,
    as_of_year: int,
    level: float = 0.9,
) -> Forecast:
    """Divide the remaining land by the mean release per year, with an interval over years.

    Parameters
    ----------
    remaining_m2 : Mapping[str, float]
        Kind of hazardous area → measured m² that remain.
    released_m2 : Mapping[int, float]
        Year → m² released (cancelled, reduced and cleared together); years missing between the
        first and the last count as 0.
    as_of_year : int
        Year from which the years left are counted.
    level : float
        Share that the interval covers.

    Raises
    ------
    FieldError
        A negative or non-finite figure, or a level outside 0–1.

    Examples
    --------
    >>> made = forecast({"CHA": 600.0}, {2021: 100, 2022: 100, 2023: 100}, as_of_year=2024)
    >>> made.years_left
    {'estimate': 6.0, 'lower': 6.0, 'upper': 6.0}
    >>> forecast({"CHA": 600.0}, {2023: 100}, as_of_year=2024).status
    'cannot_estimate'
    """
    _check(remaining_m2, released_m2, level)
    total = math.fsum(remaining_m2.values())
    years = _filled(released_m2)
    why = _why_not(years)
    common = {"remaining_m2": total, "by_kind": dict(remaining_m2), "level": level}
    if why:
        return Forecast("cannot_estimate", why=why, years_used=list(years), **common)  # type: ignore[arg-type]
    pace = _pace(np.array(list(years.values())), level)
    left: dict[str, float | None] = {
        "estimate": total / pace["estimate"],
        "lower": total / pace["upper"],
        "upper": total / pace["lower"] if pace["lower"] > 0 else None,
    }
    return Forecast(
        "ok",
        years_used=list(years),
        m2_per_year=pace,
        years_left=left,
        completion_year={k: _year(as_of_year, v) for k, v in left.items()},
        assumptions=_assumptions(years, level),
        **common,  # type: ignore[arg-type]
    )


def bootstrap_mean_quantiles(values: NDArray[np.float64], level: float) -> tuple[float, float]:
    """Quantiles of the mean of n draws with replacement, by convolution on a grid.

    Parameters
    ----------
    values : array, shape (n,)
        One figure per year, none negative.
    level : float
        The quantiles stand at (1 ∓ level) / 2.

    Notes
    -----
    Each value's probability 1/n is split between the two nearest grid cells so that the mean is
    kept; the n-fold convolution is the n-th power of the transform. A cell is 1/4096 of the
    largest value, so the mean is good to about that share of it.
    """
    top = float(values.max())
    if top == 0:
        return 0.0, 0.0
    n, step = len(values), top / (GRID - 1)
    cells = np.zeros(n * GRID)
    low = np.minimum((values / step).astype(np.int64), GRID - 2)
    part = values / step - low
    np.add.at(cells, low, (1 - part) / n)
    np.add.at(cells, low + 1, part / n)
    summed = np.fft.irfft(np.fft.rfft(cells) ** n, n=len(cells))
    cumulative = np.cumsum(np.clip(summed, 0.0, None))
    tails = np.array([(1 - level) / 2, (1 + level) / 2]) * cumulative[-1]
    lower, upper = np.searchsorted(cumulative, tails) * step / n
    return max(float(lower), float(values.min())), min(float(upper), top)


def _pace(values: NDArray[np.float64], level: float) -> dict[str, float]:
    lower, upper = bootstrap_mean_quantiles(values, level)
    mean = float(values.mean())
    return {"estimate": mean, "lower": min(lower, mean), "upper": max(upper, mean)}


def _check(remaining: Mapping[str, float], released: Mapping[int, float], level: float) -> None:
    for name, table in (("remaining_m2", remaining), ("released_m2", released)):
        for key, value in table.items():
            if not (math.isfinite(value) and value >= 0):
                raise FieldError(f"{name}[{key}]", value, "must be a number of at least 0 m²")
    if not 0 < level < 1:
        raise FieldError("level", level, "lies between 0 and 1")


def _filled(released: Mapping[int, float]) -> dict[int, float]:
    if not released:
        return {}
    measured = {y: float(m2) for y, m2 in released.items() if m2 >= LEAST_M2}
    return {y: measured.get(y, 0.0) for y in range(min(released), max(released) + 1)}


def _why_not(years: Mapping[int, float]) -> str | None:
    if len(years) < LEAST_YEARS:
        return f"release is recorded over {len(years)} year(s); at least {LEAST_YEARS} are needed"
    if not any(years.values()):
        return "no measured land was released in these years"
    return None


def _year(as_of_year: int, years_left: float | None) -> int | None:
    return None if years_left is None else as_of_year + math.ceil(years_left)


def _assumptions(years: Mapping[int, float], level: float) -> list[str]:
    return [
        f"the coming years are like those from {min(years)} to {max(years)}, in any order; no "
        "trend is drawn",
        f"the interval covers {level:.0%} of what resampling whole years gives; it does not cover "
        "new contamination, funding or access",
        "only measured land counts; areas with a stated size stand apart",
        "cancelled, reduced and cleared land count alike, though clearance is slower",
    ]
