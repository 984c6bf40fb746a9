"""Amended fields of proposals are of their type, or refused with the field named."""

from __future__ import annotations

import pytest

from landrelease.domain.proposal_fields import check_amended
from landrelease.errors import FieldError


@pytest.mark.parametrize(
    ("category", "name", "value"),
    [
        ("event", "killed", "two"),
        ("event", "killed", -1),
        ("event", "killed", True),
        ("event", "period_end", "2024-99"),
        ("event", "iso3", "Atlantis"),
        ("event", "nonsense", 1),
        ("event", "cumulative", "yes"),
        ("event", "kind", ""),
        ("statement", "speaker", None),
        ("transfer", "items", "mines"),
        ("munition_claim", "value_max", "many"),
    ],
)
def test_a_wrong_value_is_refused(category: str, name: str, value: object) -> None:
    """The error names the field that is wrong."""
    with pytest.raises(FieldError) as problem:
        check_amended(category, name, value)
    assert name in str(problem.value)


@pytest.mark.parametrize(
    ("category", "name", "value"),
    [
        ("event", "killed", 2),
        ("event", "killed", None),
        ("event", "period_end", "2024-05"),
        ("event", "iso3", "KHM;THA"),
        ("statement", "role", "minister"),
        ("transfer", "items", [{"name": "mines"}]),
        ("munition_claim", "value_max", 2.35),
        ("of a plug-in", "anything", "at all"),
    ],
)
def test_a_right_value_passes(category: str, name: str, value: object) -> None:
    """What is of its type is taken, also empty where the field may be empty."""
    check_amended(category, name, value)
