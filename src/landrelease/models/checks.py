"""Refusals shared by the models: each names the field, its value and what is accepted."""

from __future__ import annotations

import math

from landrelease.errors import FieldError


def require_positive(field: str, value: float) -> None:
    """Refuse a value that is not above 0.

    Examples
    --------
    >>> require_positive("spacing_m", 0.0)
    Traceback (most recent call last):
    landrelease.errors.FieldError: error[field_invalid]: spacing_m = 0.0: must be above 0
    """
    if not (value > 0 and math.isfinite(value)):
        raise FieldError(field, value, "must be above 0")


def require_probability(field: str, value: float) -> None:
    """Refuse a value outside 0 to 1.

    Examples
    --------
    >>> require_probability("pod", 1.4)
    Traceback (most recent call last):
    landrelease.errors.FieldError: error[field_invalid]: pod = 1.4: a probability ...
    """
    if not 0 <= value <= 1:
        raise FieldError(field, value, "a probability lies between 0 and 1")


def require_count(field: str, value: float) -> None:
    """Refuse a negative or broken number of items.

    Examples
    --------
    >>> require_count("found", -1)
    Traceback (most recent call last):
    landrelease.errors.FieldError: error[field_invalid]: found = -1: a count is a whole ...
    """
    if value < 0 or value != int(value):
        raise FieldError(field, value, "a count is a whole number, 0 or more")
