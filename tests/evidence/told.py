"""What a text tells, in the few words that several modules of tests compare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landrelease.evidence.extract import extract
from landrelease.evidence.proposals import Proposal

Fields = dict[str, Any]


def records(text: str, category: str, *names: str, published: str) -> list[tuple[Any, ...]]:
    """The named fields of each record of a category in a text of a day, in the order of the text."""
    found = extract(text, published=published).proposals
    return [tuple(p.fields[name] for name in names) for p in found if p.category == category]


def statements(text: str, published: str = "2024-05-10") -> list[Proposal]:
    """The statements of a text, in its order."""
    found = extract(text, published=published).proposals
    return [p for p in found if p.category == "statement"]


def spoken(text: str) -> list[tuple[object, object, object]]:
    """Speaker, body and state of each statement of a text of May 2024."""
    return records(text, "statement", "speaker", "org", "country", published="2024-05-10")


def transfers(text: str) -> list[tuple[object, ...]]:
    """Giver, getter, first item with its number, sum and status of each transfer of a text of May 2024."""
    found = extract(text, published="2024-05-10").proposals
    return [_briefly(p.fields) for p in found if p.category == "transfer"]


def _briefly(fields: Mapping[str, Any]) -> tuple[object, ...]:
    items: list[Fields] = fields["items"]
    name, number = (items[0]["name"], items[0]["quantity"]) if items else (None, None)
    return fields["supplier"], fields["recipient"], number, name, fields["value"], fields["status"]
