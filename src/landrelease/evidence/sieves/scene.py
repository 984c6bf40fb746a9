"""What the statements of a text so far tell about those that follow, and how one is proposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading
from landrelease.evidence.resolving import Resolver
from landrelease.evidence.speakers import Speaker


@dataclass
class Scene:
    """What the statements so far tell about those that follow."""

    resolver: Resolver
    dates: dict[str, str] = field(default_factory=dict)
    last_date: str | None = None
    author: Speaker | None = None
    voice: Speaker | None = None
    voice_rule: str = "statement.opinion"
    listing: bool = False
    by_state: bool = False
    record: bool = False
    block: int = 0
    spoken: int = -1


def statement(
    reading: Reading, span: Span, speaker: Speaker, mode: str, rule: str, details: dict[str, Any]
) -> Proposal:
    """Propose the words of a stretch as a speaker's."""
    fields: dict[str, Any] = {"speaker": speaker.name, "speaker_kind": speaker.kind, "mode": mode}
    fields |= {"role": speaker.role, "org": speaker.org, "country": speaker.country}
    confidence = {"direct": "high", "indirect": "medium"}.get(mode, "medium")
    return propose(reading, "statement", span, rule, confidence, **fields, **details)  # type: ignore[arg-type]
