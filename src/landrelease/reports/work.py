"""Tables of work ahead: the plan for the teams, and the outlook of ordnance over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from landrelease.domain.kinds import codes
from landrelease.reports.model import Column, Row, Table

#: Ranked areas printed in a country report; the plan itself holds all.
TOP = 15


def ranked_table(plan: Mapping[str, Any]) -> Table:
    """Areas to work on next, with reasons and the interval of the rank."""
    return Table(
        "ranked",
        "Areas to work on next",
        (
            Column("rank", "Rank", "count"),
            Column("interval", "under other weights"),
            Column("local_id", "Area"),
            Column("district", "District"),
            Column("score", "Score", "number"),
            Column("reasons", "Reasons"),
        ),
        tuple(
            Row(
                {
                    "rank": row["rank"],
                    "interval": f"{row['rank_lower']}–{row['rank_upper']}",
                    "local_id": row["local_id"],
                    "district": row.get("district") or "",
                    "score": row["score"],
                    "reasons": "; ".join(row["reasons"]),
                },
                (row["record_id"],),
            )
            for row in plan.get("ranked", ())[:TOP]
        ),
        how=f"Plan {plan.get('plan_id', '')}: an additive score of published working weights, at "
        "most 100; the interval shows the ranks under other weights. "
        + sentences(plan.get("assumptions", ())),
        note=f"The first {TOP} of {len(plan.get('ranked', ())):,} ranked areas.",
        sheet="Plan",
    )


def tasks_table(plan: Mapping[str, Any]) -> Table:
    """Days of work per team within the horizon."""
    return Table(
        "tasks",
        f"Work of the teams within {plan.get('horizon_days', 0)} days",
        (
            Column("team", "Team"),
            Column("activity", "Activity"),
            Column("local_id", "Area"),
            Column("days", "Days"),
            Column("m2", "Land", "m2", "m²"),
        ),
        tuple(
            Row(
                {
                    "team": team["name"],
                    "activity": codes("activity_type")[task["activity_type"]]["label"],
                    "local_id": task["local_id"],
                    "days": f"{task['start_day']}–{task['end_day']}",
                    "m2": task["m2"],
                },
                (task["record_id"],),
            )
            for team in plan.get("teams", ())
            for task in team["tasks"]
        ),
        note=_unplanned_note(plan.get("unplanned") or {}),
        sheet="Plan",
        empty="No team can begin any of the areas.",
    )


def _unplanned_note(unplanned: Mapping[str, Any]) -> str:
    return (
        f"Not planned: {unplanned.get('count', 0):,} areas with {unplanned.get('m2', 0):,.0f} m²."
    )


def forecast_table(forecast: Mapping[str, Any]) -> Table:
    """Years of work left at the pace of past years, with their interval."""
    lines = (
        ("Released a year (m²)", forecast.get("m2_per_year"), 0),
        ("Years of work left", forecast.get("years_left"), 1),
        ("Year of completion", forecast.get("completion_year"), None),
    )
    return Table(
        "forecast",
        "When the known land could be done, at the pace of past years",
        (
            Column("what", "What"),
            Column("estimate", "Estimate"),
            Column("lower", "Lower"),
            Column("upper", "Upper"),
        ),
        tuple(
            Row({"what": what, **{bound: _bound(found[bound], digits) for bound in found}})
            for what, found, digits in lines
            if found
        ),
        how=sentences(forecast.get("assumptions", ())),
        note=sentences([forecast.get("statement", "")]),
        sheet="Plan",
        empty=f"Cannot be estimated: {forecast.get('why')}.",
    )


def _bound(value: float | None, digits: int | None) -> str:
    if value is None:
        return "no end in sight"
    return str(value) if digits is None else f"{value:,.{digits}f}"


def sentences(texts: Iterable[str]) -> str:
    """Set clauses as sentences.

    Examples
    --------
    >>> sentences(["no trend is drawn", "Only measured land counts."])
    'No trend is drawn. Only measured land counts.'
    """
    return " ".join(f"{text[0].upper()}{text[1:].rstrip('.')}." for text in texts if text)


def outlook_table(outlook: Mapping[str, Any]) -> Table:
    """What can still function and what still needs clearance, over time."""
    return Table(
        "outlook",
        "Reported ordnance over time",
        (
            Column("days", "After", "count", "days"),
            Column("can_function", "Can still function", "count"),
            Column("can_range", "interval"),
            Column("needs_clearance", "Needs clearance", "count"),
            Column("needs_range", "interval "),
        ),
        tuple(
            Row(
                {
                    "days": moment["days"],
                    "can_function": moment["can_function"]["mean"],
                    "can_range": _interval(moment["can_function"]),
                    "needs_clearance": moment["needs_clearance"]["mean"],
                    "needs_range": _interval(moment["needs_clearance"]),
                }
            )
            for moment in outlook.get("times", ())
        ),
        how=f"Expected numbers with intervals at level {outlook.get('level', 0.9):g}. "
        + sentences(outlook.get("assumptions", ())),
        note="An item that deactivated itself is still explosive and must be treated as live.",
        sheet="Outlook",
    )


def _interval(quantity: Mapping[str, float]) -> str:
    return f"{quantity['lower']:,.0f}–{quantity['upper']:,.0f}"
