"""Chance that parallel transects cross an elliptical target area.

References
----------
Cauchy's formula for the mean width of a convex body: perimeter over pi (Santaló 2004,
Integral Geometry and Geometric Probability, chapter 3).
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from landrelease.errors import FieldError
from landrelease.models.checks import require_positive

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)


def p_traversed(
    semi_major_m: float, semi_minor_m: float, width_m: float, spacing_m: float
) -> tuple[float, str]:
    """Return the probability that a transect touches an ellipse, and how it was found.

    Parameters
    ----------
    semi_major_m, semi_minor_m : float
        Semi-axes of the ellipse in metres.
    width_m : float
        Width of a transect in metres.
    spacing_m : float
        Distance between the centre lines of neighbouring transects in metres.

    Returns
    -------
    probability : float
        Position and orientation of the ellipse are uniform.
    method : {"closed_form", "quadrature"}
        The closed form holds while an ellipse cannot meet two transects at once.

    Raises
    ------
    FieldError
        A length is not above 0, or the semi-axes stand in the wrong order.

    Examples
    --------
    >>> p_traversed(100, 50, 2, 300)
    (0.520655, 'closed_form')
    """
    _check(semi_major_m, semi_minor_m, width_m, spacing_m)
    if 2 * semi_major_m + width_m <= spacing_m:
        eccentricity = 1 - (semi_minor_m / semi_major_m) ** 2
        perimeter = 4 * semi_major_m * float(special.ellipe(eccentricity))
        return (perimeter / math.pi + width_m) / spacing_m, "closed_form"
    reach = (spacing_m - width_m) / 2
    return _mean_over_orientation(
        semi_major_m, semi_minor_m, width_m, spacing_m, reach
    ), "quadrature"


def _mean_over_orientation(a: float, b: float, width: float, spacing: float, reach: float) -> float:
    """Mean over a quarter turn; within ``corner`` of the long axis the ellipse is always met."""
    if reach <= b:
        return 1.0
    corner = math.acos(math.sqrt((reach**2 - b**2) / (a**2 - b**2)))
    angle = corner + (math.pi / 2 - corner) * (_NODES + 1) / 2
    across = 2 * np.sqrt((a * np.cos(angle)) ** 2 + (b * np.sin(angle)) ** 2) + width
    rest = float(_WEIGHTS @ across) / 2 / spacing
    share = corner / (math.pi / 2)
    return share + (1 - share) * rest


def _check(semi_major_m: float, semi_minor_m: float, width_m: float, spacing_m: float) -> None:
    require_positive("semi_major", semi_major_m)
    require_positive("semi_minor", semi_minor_m)
    require_positive("spacing", spacing_m)
    if not width_m >= 0:
        raise FieldError("width", width_m, "a width is 0 or more")
    if semi_minor_m > semi_major_m:
        raise FieldError(
            "semi_minor", semi_minor_m, "is longer than semi_major", "exchange the two"
        )
