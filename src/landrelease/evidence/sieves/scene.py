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
    quoted: bool = False
    by_state: bool = False
    asks: bool = False
    record: bool = False
    met_on: str | None = None
    block: int = 0
    spoken: int = -1


def told_by(speaker: Speaker, mode: str) -> dict[str, Any]:
    """Who speaks, in what office and for whom, and whether in the speaker's own words."""
    return {
        "speaker": speaker.name, "speaker_kind": speaker.kind, "mode": mode,
        "role": speaker.role, "org": speaker.org, "country": speaker.country,
    }  # fmt: skip


def dated(date: str | None) -> dict[str, Any]:
    """The day that the words give, or none."""
    return {"date": date, "date_basis": "explicit" if date else "unknown"}


def dated_as(reading: Reading) -> dict[str, Any]:
    """The day of the document, where the words give none of their own."""
    return {"date": reading.published, "date_basis": "document"}


def statement(
    reading: Reading, span: Span, speaker: Speaker, mode: str, rule: str, details: dict[str, Any]
) -> Proposal:
    """Propose the words of a stretch as a speaker's."""
    confidence = {"direct": "high", "indirect": "medium"}.get(mode, "medium")
    fields = told_by(speaker, mode) | details
    return propose(reading, "statement", span, rule, confidence, **fields)  # type: ignore[arg-type]
