"""The national lists of a register: laid over the shipped ones while it is open.

The vocabulary is one for the process. Of several registers that are open at once, such as two that
are merged, the one that was opened last has its own; when it is closed, the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from landrelease.domain.national import National, readable
from landrelease.register.layer_records import LayerRecords
from landrelease.terms import lay

KIND = "vocabulary"
_open: WeakKeyDictionary[LayerRecords, dict[str, Mapping[str, Any]]] = WeakKeyDictionary()
_lock = Lock()  # the web opens a register in several threads


def enter(register: LayerRecords) -> None:
    """Lay the lists of a register that was opened."""
    own = lists_of(register).overlay()
    with _lock:
        _open[register] = own
        lay(own)


def leave(register: LayerRecords) -> None:
    """Go back to the lists of a register that is still open; else the last stay for answers."""
    with _lock:
        own = _open.pop(register, None)
        if own is not None and _open:
            lay(list(_open.values())[-1])


def lists_of(register: LayerRecords) -> National:
    """Return what a register keeps beside the shipped lists; what cannot be read adds nothing.

    A kind whose name is that of a table of the register adds nothing: its layer would replace it.
    """
    stored = {str(r.body.get("name")): r.body.get("content") for r in register.records(KIND)}
    found = readable(stored)
    for name in register.tables_taken() & found.kinds.keys() if found.kinds else ():
        del found.kinds[name]
    return found
