"""Long work in less time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the search for cyclic garbage while many plain objects are made.

    Rows, areas and the lists of a layer make no cycles; searching them again and again took a
    quarter of the time of listing areas, and of reading a file as much as the reading.

    Examples
    --------
    >>> with collector_paused():
    ...     gc.isenabled()
    False
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
