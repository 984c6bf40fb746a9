"""Items left, from falling catches in repeated passes over the same ground.

All methods assume that nothing enters or leaves between passes (closure) and that every item
is found with the same probability ``p`` in every pass. Where the catches do not fall over the
passes there is no estimate.

References
----------
Seber, G. A. F. & Whale, J. F. (1970), Biometrics 26:393, doi 10.2307/2529096 (existence).
Carle, F. L. & Strub, M. R. (1978), Biometrics 34:621, doi 10.2307/2530381.
Moran, P. A. P. (1951), Biometrika 38:307; Zippin, C. (1956), Biometrics 12:163.
Schnute, J. (1983), Can. J. Fish. Aquat. Sci. 40:2153, doi 10.1139/f83-250.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scipy import special

from landrelease.errors import FieldError
from landrelease.models.checks import require_count
from landrelease.models.estimate import CannotEstimateError


@dataclass(frozen=True)
class RemovalEstimate:
    """Estimated number of items on the ground before the first pass.

    Parameters
    ----------
    n : float
        Items in all, those found included.
    p : float
        Probability that one pass finds an item that is still there.
    se : float
        Standard error of ``n``.
    """

    n: float
    p: float
    se: float


def estimate_removal(counts: Sequence[int], method: str = "carle-strub") -> RemovalEstimate:
    """Estimate the number of items from the catch of each pass.

    Parameters
    ----------
    counts : sequence of int
        Items found in each pass, in order; two or more passes of equal effort.
    method : {"carle-strub", "seber", "zippin"}
        Weighted maximum likelihood; the explicit solution for two or three passes; or the
        maximum likelihood for any number of passes.

    Returns
    -------
    RemovalEstimate
        Total number, probability of detection per pass, standard error.

    Raises
    ------
    FieldError
        Fewer than two passes, a negative count, or more passes than the method takes.
    CannotEstimateError
        The catches do not fall over the passes.

    Examples
    --------
    >>> estimate_removal([38, 26, 12])
    RemovalEstimate(n=91.0, p=0.444, se=9.687)
    """
    _require_falling(counts)
    if method not in METHODS:
        raise FieldError(
            "method", method, "is not a removal method", f"one of {', '.join(METHODS)}"
        )
    n, p = METHODS[method](counts)
    if method == "seber" and len(counts) == 2:
        first, second = counts
        se = first * second * math.sqrt(first + second) / (first - second) ** 2
    else:
        se = _standard_error(n, p, len(counts))
    return RemovalEstimate(n, p, se)


def first_pass_differs(counts: Sequence[int]) -> tuple[float, float] | None:
    """Test whether the first pass found items with another probability than the later ones.

    Schnute's likelihood ratio test of equal detection, chi-square with one degree of freedom.

    Parameters
    ----------
    counts : sequence of int
        Items found in each of three or more passes.

    Returns
    -------
    tuple of float or None
        Chi-square and p-value; None where either model has no estimate.

    Examples
    --------
    >>> chi_square, p_value = first_pass_differs([45, 11, 18, 8])
    >>> round(chi_square, 2), round(p_value, 5)
    (4.74, 0.02955)
    """
    if len(counts) < 3 or not (_falls(counts) and _falls(counts[1:])):
        return None
    n, p = _zippin(counts)
    one = _log_likelihood(n, [p] * len(counts), counts)
    two = _best_with_own_first_pass(counts)
    chi_square = max(2 * (two - one), 0.0)
    return chi_square, float(special.chdtrc(1, chi_square))


def _require_falling(counts: Sequence[int]) -> None:
    if len(counts) < 2:
        raise FieldError("counts", list(counts), "removal needs two or more passes")
    for count in counts:
        require_count("counts", count)
    if not _falls(counts):
        raise CannotEstimateError(
            f"the catches {', '.join(map(str, counts))} do not fall over the passes: either "
            "detection changed or items came in, and the total is then not bounded by the data"
        )


def _falls(counts: Sequence[int]) -> bool:
    """Condition of Seber and Whale for a finite maximum likelihood estimate."""
    return 2 * _still_there(counts) > (len(counts) - 1) * sum(counts)


def _still_there(counts: Sequence[int]) -> int:
    """Sum over items found of the passes that came after their find (X of Carle & Strub)."""
    return sum((len(counts) - number) * count for number, count in enumerate(counts, start=1))


def _carle_strub(counts: Sequence[int]) -> tuple[float, float]:
    """Least whole N at which their equation 7 holds, with a uniform prior on p."""
    passes, total, later = len(counts), sum(counts), _still_there(counts)

    def ratio(n: int) -> float:
        product = math.prod(
            (passes * n - later - total + 1 + passes - i) / (passes * n - later + 2 + passes - i)
            for i in range(1, passes + 1)
        )
        return (n + 1) / (n - total + 1) * product

    n = total
    while ratio(n) > 1:
        n += 1
    return float(n), total / (passes * n - later)


def _seber(counts: Sequence[int]) -> tuple[float, float]:
    """Explicit solution for two passes, or for three (Seber 1982, section 7.2)."""
    if len(counts) == 2:
        first, second = counts
        return first**2 / (first - second), (first - second) / first
    if len(counts) == 3:
        found, x = sum(counts), 2 * counts[0] + counts[1]
        root = math.sqrt(found**2 + 6 * x * found - 3 * x**2)
        n = (6 * x**2 - 3 * x * found - found**2 + found * root) / (18 * (x - found))
        return n, (3 * x - found - root) / (2 * x)
    raise FieldError("counts", list(counts), "Seber's method takes two or three passes", "zippin")


def _zippin(counts: Sequence[int]) -> tuple[float, float]:
    """Zero of the slope of the profile likelihood in N, kept from falling below the catch."""
    from scipy import optimize

    passes, total, later = len(counts), sum(counts), _still_there(counts)

    def slope(n: float) -> float:
        searches = passes * n - later
        if searches <= total:
            return -math.inf
        entries = special.digamma(n + 1) - special.digamma(n - total + 1)
        return float(entries + passes * math.log1p(-total / searches))

    if slope(total) <= 0:
        return float(total), total / (passes * total - later)
    far = 2.0 * total
    while slope(far) > 0:
        far *= 2
    n = float(optimize.brentq(slope, total, far, xtol=1e-10))
    return n, total / (passes * n - later)


METHODS: Mapping[str, Callable[[Sequence[int]], tuple[float, float]]] = {
    "carle-strub": _carle_strub,
    "seber": _seber,
    "zippin": _zippin,
}


def _best_with_own_first_pass(counts: Sequence[int]) -> float:
    """Highest log-likelihood when the first pass has a probability of its own."""
    from scipy import optimize

    first, later = counts[0], counts[1:]
    found, passes = sum(later), len(later)

    def loss(log_missed: float) -> float:
        n = sum(counts) + math.exp(log_missed)
        p_later = found / (passes * (n - first) - _still_there(later))
        return -_log_likelihood(n, [first / n, *[p_later] * passes], counts)

    best = optimize.minimize_scalar(loss, bounds=(-20.0, 20.0), method="bounded")
    return -float(best.fun)


def _standard_error(n: float, p: float, passes: int) -> float:
    """Asymptotic standard error (Zippin 1956); 0 where one pass found all."""
    q = 1 - p
    if q <= 0:
        return 0.0
    missed = q**passes
    spread = (1 - missed) ** 2 - (p * passes) ** 2 * q ** (passes - 1)
    return math.sqrt(n * missed * (1 - missed) / spread)


def _log_likelihood(n: float, p: Sequence[float], counts: Sequence[int]) -> float:
    """Multinomial likelihood of N and p, without the terms that depend on the catches alone."""
    total = float(special.gammaln(n + 1) - special.gammaln(n - sum(counts) + 1))
    present = n
    for chance, count in zip(p, counts, strict=True):
        present -= count
        total += count * math.log(chance) + float(special.xlog1py(present, -chance))
    return total
