"""Identities: entries in the order of time (UUIDv7), records from what their source calls them."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from functools import lru_cache

#: Namespace of record ids made from a source's own id.
_RECORDS = uuid.UUID("6b1f7c2e-3d0a-5e57-9f3c-6c616e647265")
_STEP_BITS = 32
_TAIL_BITS = 74


class EntryIds:
    """Makes UUIDv7 that never go back, also within one millisecond (RFC 9562, §6.2 method 2).

    Examples
    --------
    >>> ids = EntryIds()
    >>> first, second = ids.take(1_700_000_000_000, 2)
    >>> first < second and first[14] == "7"
    True
    """

    def __init__(self) -> None:
        self._millisecond = 0
        self._tail = 0

    def take(self, millisecond: int, count: int) -> list[str]:
        """Return the next ids.

        Parameters
        ----------
        millisecond : int
            Milliseconds since 1970; an earlier one than last time is raised to the last.
        count : int
            How many ids.
        """
        if millisecond > self._millisecond:
            self._millisecond = millisecond
            self._tail = secrets.randbits(_TAIL_BITS - 1)
        made = []
        noise = secrets.token_bytes(count * _STEP_BITS // 8)
        for at in range(0, len(noise), _STEP_BITS // 8):
            self._tail += 1 + int.from_bytes(noise[at : at + _STEP_BITS // 8])
            if self._tail >> _TAIL_BITS:
                self._millisecond += 1
                self._tail &= (1 << _STEP_BITS) - 1
            made.append(self._text())
        return made

    def _text(self) -> str:
        head, low = self._tail >> 62, self._tail & ((1 << 62) - 1)
        number = self._millisecond << 80 | 0x7 << 76 | head << 64 | 0b10 << 62 | low
        return _dashed(f"{number:032x}")


@lru_cache(maxsize=1 << 16)  # every step of an import asks for the ids of its rows
def named_record_id(register_id: str, identity: str) -> str:
    """Return the record id that stands for a source's own identity in one register.

    The same identity gives the same record at every import, so a second import finds the first.
    ``record:`` before a record id, as our own exports carry it, is that record itself.

    Examples
    --------
    >>> first = named_record_id("r", "local:accident:A-1")
    >>> first == named_record_id("r", "local:accident:A-1")
    True
    >>> named_record_id("r", f"record:{first}") == first
    True
    """
    named = identity.removeprefix("record:")
    if named != identity and _is_uuid(named):
        return named
    return _uuid5(f"{register_id}\n{identity}")


def _uuid5(name: str) -> str:
    """RFC 9562, §5.5, in our namespace; a third of the time of `uuid.uuid5`."""
    digest = bytearray(hashlib.sha1(_RECORDS.bytes + name.encode(), usedforsecurity=False).digest())
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return _dashed(digest[:16].hex())


def _dashed(text: str) -> str:
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
