"""Tables of what is on its way: work reported but not mapped, records that wait for approval."""

from __future__ import annotations

from landrelease.domain.kinds import codes, kind_spec
from landrelease.reports.facts import CountryFacts
from landrelease.reports.land import grouped, ids
from landrelease.reports.model import Column, Row, Table, total_row

_M2 = ("reported_m2", "measured_m2", "unmapped_m2")


def reported_work_table(facts: CountryFacts) -> Table:
    """Square metres that activities report, beside what their products measure."""
    rows = [
        Row(
            {
                "activity": work.get("local_id") or work["record_id"],
                "district": work.get("district"),
                "method": _label("release_method", work.get("method")),
                **{name: work[name] for name in _M2},
            },
            ids([work]),
        )
        for work in facts.work.get("activities", ())
    ]
    return Table(
        "reported_work",
        "Work reported before it is mapped",
        (
            Column("activity", "Activity"),
            Column("district", "District"),
            Column("method", "Method"),
            Column("reported_m2", "Reported", "m2", "m²"),
            Column("measured_m2", "of it mapped by products", "m2", "m²"),
            Column("unmapped_m2", "Not mapped", "m2", "m²"),
        ),
        (*rows, total_row("activity", rows, _M2)) if rows else (),
        how="Periods are added; a cumulative figure stands for all periods begun by its end. What "
        "products measure is in the balance; only what is reported beyond it stands as not mapped.",
        note=str(facts.work.get("statement", "")),
        sheet="Devices and activities",
        empty="No progress is reported.",
    )


def awaiting_table(facts: CountryFacts) -> Table:
    """Records that are not approved yet, by kind and state."""
    rows = [
        Row(
            {
                "kind": kind_spec(kind).plural,
                "state": _label("workflow", state),
                "count": len(held),
            },
            ids(held),
        )
        for (kind, state), held in grouped(facts.awaiting or (), "kind", "state").items()
    ]
    return Table(
        "awaiting",
        "Records that wait for approval",
        (Column("kind", "Kind"), Column("state", "State"), Column("count", "Records", "count")),
        (*rows, total_row("kind", rows, ("count",))) if rows else (),
        note="Hazards among them count in full. Land release products among them release nothing, "
        "and areas whose closing waits are open.",
        sheet="Not shown",
        empty="Every record that needs approval has it.",
    )


def _label(name: str, code: str | None) -> str:
    return str(codes(name).get(code or "", {}).get("label", code or "not told"))
