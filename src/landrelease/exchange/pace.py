"""Keeping long tables quick."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the search for cyclic garbage while many plain objects are made.

    A layer becomes hundreds of thousands of lists and dictionaries without a cycle among them;
    searching them again and again costs as much as reading the file.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
