"""What a sieve proposes: a category, the exact words, their place and the fields read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from landrelease.evidence.layout import Span
from landrelease.evidence.reading import Reading

Category = Literal[
    "statement", "transfer", "use_allegation", "treaty_position", "event", "munition_claim"
]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Proposal:
    """A record that a person may accept, amend or reject.

    ``quote`` is ``text[start:end]``; ``rule`` names the sieve, ``confidence`` its tier;
    ``checks`` are remarks of :mod:`landrelease.evidence.checks`, each with a code and a message.
    """

    category: Category
    quote: str
    start: int
    end: int
    fields: Mapping[str, Any]
    rule: str
    confidence: Confidence = "medium"
    checks: tuple[Mapping[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the proposal as the mapping of the command's JSON."""
        return {
            "category": self.category, "quote": self.quote, "start": self.start, "end": self.end,
            "fields": dict(self.fields), "rule": self.rule, "confidence": self.confidence,
            "checks": [dict(check) for check in self.checks],
        }  # fmt: skip


Sieve = Callable[[Reading], Iterator[Proposal]]


def propose(
    reading: Reading,
    category: Category,
    span: Span,
    rule: str,
    confidence: Confidence = "medium",
    **fields: object,
) -> Proposal:
    """Make a proposal whose quote is cut from the text, so it cannot differ from it."""
    quote = reading.text[span.start : span.end]
    return Proposal(category, quote, span.start, span.end, fields, rule, confidence)
