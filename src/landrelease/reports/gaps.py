"""Tables of what a report does not show, its sources, and the state's treaties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landrelease.reports.facts import CountryFacts
from landrelease.reports.land import grouped, ids
from landrelease.reports.model import Column, Row, Table


def not_shown_table(facts: CountryFacts) -> Table:
    """Reported hazards that map and measured totals leave out, with the reason."""
    return Table(
        "not_shown",
        "Reported hazards that are not on the map or not in measured totals",
        (
            Column("what", "What"),
            Column("why", "Why"),
            Column("count", "Number", "count"),
        ),
        tuple(
            Row({name: gap.get(name) for name in ("what", "why", "count")}, _records(gap))
            for gap in facts.not_shown
        ),
        note="These were reported. They are not on the map; they may be hazards all the same.",
        sheet="Not shown",
        empty="Every reported hazard has its place on the map.",
    )


def quarantine_table(facts: CountryFacts) -> Table:
    """Rows of imported files that wait to be mended, by their first problem."""
    return Table(
        "quarantine",
        "Rows that wait in quarantine",
        (
            Column("layer", "Layer"),
            Column("code", "Code"),
            Column("message", "What is wrong"),
            Column("count", "Rows", "count"),
        ),
        tuple(
            Row(
                {
                    **{name: row.get(name) for name in ("layer", "code", "message")},
                    "count": row.get("count", 1),
                }
            )
            for row in facts.quarantined
        ),
        how="Rows of hazards among these are counted in the table above too.",
        sheet="Not shown",
        empty="No row waits in quarantine.",
    )


def conflicts_table(facts: CountryFacts) -> Table:
    """Contradictions that a person has yet to judge."""
    return Table(
        "conflicts",
        "Conflicts that wait for a person",
        (Column("code", "Code"), Column("message", "What disagrees")),
        tuple(
            Row({"code": c.get("code", ""), "message": c.get("message", "")}, _records(c))
            for c in facts.conflicts
        ),
        sheet="Not shown",
        empty="No conflicts are listed.",
        page_rows=25,
    )


def undated_table(facts: CountryFacts) -> Table:
    """Records without a date, by kind."""
    return Table(
        "undated",
        "Records without a date",
        (Column("kind", "Kind"), Column("count", "Records", "count")),
        tuple(
            Row({"kind": kind.replace("_", " "), "count": len(records)}, ids(records))
            for (kind,), records in grouped(facts.undated, "kind").items()
        ),
        how="Without a date a hazard counts at all times, and a release from the day on which it "
        "was recorded.",
        sheet="Not shown",
        empty="Every dated kind of record has its date.",
    )


def sources_table(facts: CountryFacts) -> Table:
    """Documents and files that the records rest on."""
    return Table(
        "sources",
        "Sources",
        (
            Column("title", "Title"),
            Column("publisher", "Publisher"),
            Column("published_on", "Published", "date"),
            Column("records", "Records that rest on it", "count"),
            Column("url", "Address as given"),
        ),
        tuple(
            Row({name: source.get(name) for name in _SOURCE_FIELDS}, _records(source))
            for source in facts.sources
        ),
        sheet="Sources",
        empty="No sources are recorded.",
    )


_SOURCE_FIELDS = ("title", "publisher", "published_on", "records", "url")


def treaties_table(facts: CountryFacts) -> Table:
    """Treaty status and deadlines of the country, with where that is known from."""
    return Table(
        "treaties",
        "Treaties and deadlines",
        (
            Column("treaty", "Treaty"),
            Column("status", "Status"),
            Column("since", "Since", "date"),
            Column("deadline", "Clearance deadline", "date"),
            Column("source", "Source"),
        ),
        tuple(
            Row({name: t.get(name) for name in ("treaty", "status", "since", "deadline", "source")})
            for t in facts.treaties
        ),
        sheet="Sources",
        empty="The treaty tables know no event of this country.",
    )


def _records(row: Mapping[str, Any]) -> tuple[str, ...]:
    listed = row.get("record_ids") or row.get("records")
    if isinstance(listed, (list, tuple)):
        return tuple(str(record) for record in listed)
    own = row.get("record_id")
    return (str(own),) if own else ()
