"""A register whose clock the tests turn."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from landrelease.register import create_register
from landrelease.register.state import microseconds


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now_us: int = microseconds("2026-01-01T00:00:00Z")

    def __call__(self) -> int:
        """Microseconds since 1970."""
        return self.now_us

    def set(self, moment: str) -> None:
        """Turn the clock to a moment."""
        self.now_us = microseconds(moment)


@pytest.fixture
def clock():
    """A clock at the start of 2026."""
    return Clock()


@pytest.fixture
def path(tmp_path):
    """Where the register of the test stands."""
    return tmp_path / "register.gpkg"


#: Every store that keeps the contract; the tests of the ledger, of state and of land run on each.
STORES = {"geopackage": create_register}


@pytest.fixture(params=sorted(STORES))
def register(request, path, clock):
    """A new register, in each store."""
    create = STORES[request.param]
    with create(path, name="Test", country="BIH", author="Ana", clock=clock) as made:
        yield made
