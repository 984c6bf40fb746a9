"""The search for cyclic garbage rests while much is made, and goes on as before."""

from __future__ import annotations

import gc

import pytest

from landrelease.pace import collector_paused


def test_the_collector_runs_again_after_an_error():
    """Whatever happened meanwhile."""
    with pytest.raises(KeyError), collector_paused():
        raise KeyError
    assert gc.isenabled()


def test_a_pause_inside_a_pause_ends_with_the_outer():
    """The inner one leaves it as it was found."""
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
