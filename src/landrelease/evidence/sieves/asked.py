"""What is only asked: a written question in a parliament tells of nothing done."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from landrelease.evidence.proposals import Proposal, Sieve
from landrelease.evidence.reading import Reading

_ASKS = re.compile(r"(?:^\W*|^[^.]{0,90}: ?)(?:(?:⟨Q\d+⟩|\d+|\w)[.)]? )?To ask (?:the|His|Her|⟨)")
"""«To ask the Secretary of State how many …»: the form of questions, with no mark behind them."""


def unasked(sieve: Sieve) -> Sieve:
    """Return a sieve without its proposals from questions put to ministers in writing."""

    def told(reading: Reading) -> Iterator[Proposal]:
        starts = [t.sentence.start for t in reading.told]
        for proposal in sieve(reading):
            at = bisect_right(starts, proposal.start) - 1
            if at < 0 or not _ASKS.match(reading.told[at].string):
                yield proposal

    return told
