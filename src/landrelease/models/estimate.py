"""When the assumptions of a method fail, the answer is a reason, not a number."""

from __future__ import annotations

from landrelease.errors import LandReleaseError


class CannotEstimateError(LandReleaseError):
    """The data break an assumption of the method, so that no number can be given.

    It is a result, not a fault of the caller: the edges show the reason and exit with 0.

    Parameters
    ----------
    why : str
        Which assumption fails, and on which numbers.

    Examples
    --------
    >>> CannotEstimateError("the catches rise").message
    'the catches rise'
    """

    exit_status = 0

    def __init__(self, why: str) -> None:
        super().__init__("cannot_estimate", why)
