"""Items missed by two independent teams, from how far their finds overlap.

References
----------
Chapman, D. G. (1951), Univ. Calif. Publ. Statist. 1:131.
Seber, G. A. F. (1970), Biometrics 26:313, doi 10.2307/2529078 (variance).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from landrelease.errors import FieldError
from landrelease.models.checks import require_count
from landrelease.models.estimate import CannotEstimateError


@dataclass(frozen=True)
class TwoTeamEstimate:
    """Number of items on ground that two teams searched independently.

    Parameters
    ----------
    lincoln, chapman : float
        The simple estimate and Chapman's, which is less biased.
    se : float
        Standard error of Chapman's.
    expected_missed : float
        Chapman's estimate less the items found by either team.
    """

    lincoln: float
    chapman: float
    se: float
    expected_missed: float


def estimate_two_team(first: int, second: int, both: int) -> TwoTeamEstimate:
    """Estimate all items from the finds of two teams.

    Parameters
    ----------
    first, second : int
        Items found by each team.
    both : int
        Items found by both.

    Returns
    -------
    TwoTeamEstimate
        Numbers of items.

    Raises
    ------
    FieldError
        A count is negative, or ``both`` exceeds a team's finds.
    CannotEstimateError
        No item was found by both teams.

    Examples
    --------
    >>> estimate_two_team(60, 50, 45).expected_missed
    1.63
    """
    for field, value in (("first", first), ("second", second), ("both", both)):
        require_count(field, value)
    if both > min(first, second):
        raise FieldError("both", both, "no more items can be found by both than by either team")
    if both == 0:
        raise CannotEstimateError(
            "no item was found by both teams, so nothing shows how much each of them misses"
        )
    chapman = (first + 1) * (second + 1) / (both + 1) - 1
    spread = (first + 1) * (second + 1) * (first - both) * (second - both)
    return TwoTeamEstimate(
        lincoln=first * second / both,
        chapman=chapman,
        se=math.sqrt(spread / ((both + 1) ** 2 * (both + 2))),
        expected_missed=chapman - (first + second - both),
    )
