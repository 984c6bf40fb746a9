"""The country report: where the land stands, what was done, who was hurt, what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from landrelease.reports import charts, gaps, land, pending, people, work
from landrelease.reports.facts import CountryFacts
from landrelease.reports.map_svg import country_map
from landrelease.reports.model import Figure, Headline, Report, Section, counted

STATEMENTS = (
    "No record is not evidence of no contamination: a place without a mark on the map may still "
    "be hazardous.",
    "Time does not release land. Land changes status only by a recorded survey or clearance "
    "activity with its evidence.",
)
MAP_LEGEND = (
    ("CHA", "confirmed hazardous area"),
    ("SHA", "suspected hazardous area"),
    ("suspended", "work suspended"),
    ("released", "released land"),
    ("accident", "accident"),
)


def country_report(facts: CountryFacts) -> Report:
    """Put the facts of a register into one report.

    Parameters
    ----------
    facts : CountryFacts
        Gathered by a service, for one state of the register.

    Returns
    -------
    Report
        Also for an empty register: then it says so.

    Examples
    --------
    >>> facts = CountryFacts("Demo", "XVA", 2025, "2025-12-31", "2026-01-10T00:00:00Z",
    ...                      "2026-01-10T00:00:00Z", "0.1")
    >>> country_report(facts).headlines[0].value
    '0'
    """
    sections = [_land(facts), _released(facts), _balance(facts), _people(facts), _found(facts)]
    if facts.plan or facts.forecast:
        sections.append(_work(facts))
    if facts.outlook:
        sections.append(_outlook(facts.outlook))
    sections += [_gaps(facts), _sources(facts)]
    return Report(
        title=f"Mine action in {facts.name}",
        subtitle=f"Country report {facts.year}",
        standfirst=f"State of land on {facts.as_of}, as known at {facts.known_at}",
        headlines=_headlines(facts),
        sections=tuple(sections),
        identity=_identity(facts),
        statements=STATEMENTS,
        local_ids=_local_ids(facts),
        made_at=facts.made_at,
    )


def _headlines(facts: CountryFacts) -> tuple[Headline, ...]:
    open_areas = [a for a in facts.areas if a.get("status") in ("open", "suspended")]
    stated = [a for a in open_areas if a.get("area_m2") is None]
    in_year = [p for p in facts.products if land.year_of(p) == str(facts.year)]
    hurt = [a for a in facts.accidents if land.year_of(a) == str(facts.year)]
    counts = [a.get(key) for a in hurt for key in ("killed", "injured")]
    told = [count for count in counts if count is not None]
    return (
        Headline(f"{len(open_areas):,}", "open hazardous areas", "suspended ones included"),
        Headline(
            _land_words(land.sum_of(open_areas, "remaining_m2")),
            "known to remain, measured",
            _beside(facts, len(stated)),
        ),
        Headline(
            _land_words(land.sum_of(in_year, "m2")),
            f"released in {facts.year}",
            "cancelled, reduced and cleared",
        ),
        Headline(
            f"{sum(told):,}" if told or not hurt else "not told",
            f"people killed or injured in {facts.year}",
            f"in {counted(len(hurt), 'recorded accident')}",
        ),
    )


def _beside(facts: CountryFacts, stated: int) -> str:
    """What the measured figure leaves out, and what it counts twice."""
    ended = land.sum_of(facts.not_released, "m2")
    hidden = sum(int(gap.get("count", 0)) for gap in facts.not_shown)
    out = counted(max(hidden, stated), "reported hazard") + " not counted in it"
    twice = facts.balance.get("remaining_overlap_m2") or 0.0
    out += f"; {_land_words(ended)} more in areas that ended" if round(ended) else ""
    return f"{out}; {_land_words(twice)} counted twice" if round(twice) else out


def _land_words(m2: float) -> str:
    return f"{m2 / 1e6:,.2f} km²" if m2 >= 1e5 else f"{m2:,.0f} m²"


def _identity(facts: CountryFacts) -> dict[str, str]:
    heads = "; ".join(f"{h.get('replica')} {h.get('seq')} {h.get('hash')}" for h in facts.heads)
    return {
        "Register": f"{facts.name} ({facts.country or 'no country'})",
        "Register id": facts.register_id,
        "State of land on": facts.as_of,
        "As known at": facts.known_at,
        "Heads of the ledger": heads or "none: the ledger is empty",
        "Made": f"{facts.made_at} with landrelease {facts.version}",
    }


def _local_ids(facts: CountryFacts) -> dict[str, str]:
    rows = (*facts.areas, *facts.products, *facts.accidents, *facts.devices, *facts.activities)
    return {str(r["record_id"]): str(r["local_id"]) for r in rows if r.get("local_id")}


def _land(facts: CountryFacts) -> Section:
    figures = []
    says = f"Map of {facts.name}: {len(facts.shapes):,} shapes"
    svg = country_map(facts.shapes, says)
    hidden = sum(int(gap.get("count", 0)) for gap in facts.not_shown)
    if svg:
        title = (
            "Known hazardous areas and released land; small shapes are drawn larger than they are"
        )
        if hidden:
            said = "is" if hidden == 1 else "are"
            title += (
                f"; {counted(hidden, 'reported hazard')} {said} not on it, with the reasons below"
            )
        styles = {shape.style for shape in facts.shapes}
        legend = tuple(pair for pair in MAP_LEGEND if pair[0] in styles)
        figures.append(Figure("map", title, svg, says, legend))
    words = () if facts.areas else ("The register holds no hazardous area.",)
    tables = [land.areas_table(facts)]
    if facts.not_released:
        tables.append(land.not_released_table(facts))
    return Section("areas", "Where", words, tuple(figures), tuple(tables))


def _released(facts: CountryFacts) -> Section:
    table = land.released_table(facts)
    figures: tuple[Figure, ...] = ()
    if table.rows:
        series = {m: [v or 0.0 for v in table.column(f"{m}_m2")] for m in land.METHODS}
        says = "Square metres released by year: cancelled, reduced, cleared"
        labels = [_short(year) for year in table.column("year")]
        svg = charts.stacked_bars(labels, series, unit="m²", says=says)
        legend = tuple((method, method) for method in land.METHODS)
        figures = (Figure("released", "Land released by year and method", svg, says, legend),)
    return Section("released", "Land released", (), figures, (table, land.depth_table(facts)))


def _balance(facts: CountryFacts) -> Section:
    tables = (land.balance_table(facts), land.districts_table(facts))
    words = ("Every square metre reported is accounted for, or the difference is shown.",)
    return Section("balance", "The balance of land", words, (), tables)


def _people(facts: CountryFacts) -> Section:
    table = people.accidents_by_year(facts)
    figures: tuple[Figure, ...] = ()
    if any((*table.column("killed"), *table.column("injured"))):
        series = {n: [float(v or 0) for v in table.column(n)] for n in ("killed", "injured")}
        says = "People killed and injured by year"
        labels = [_short(year) for year in table.column("year")]
        svg = charts.stacked_bars(labels, series, unit="people", says=says)
        legend = (("killed", "killed"), ("injured", "injured"))
        figures = (Figure("casualties", "People killed and injured by year", svg, says, legend),)
    tables = [table, people.accidents_by_district(facts), people.casualties_by_group(facts)]
    if facts.inquiries:
        tables.append(people.inquiries_table(facts))
    return Section("people", "Accidents and casualties", (), figures, tuple(tables))


def _short(year: str) -> str:
    return "no date" if year == land.NO_DATE else year


def _found(facts: CountryFacts) -> Section:
    tables = [people.devices_table(facts), people.activities_table(facts)]
    if facts.work.get("activities"):
        tables.append(pending.reported_work_table(facts))
    return Section("found", "Devices found and work done", (), (), tuple(tables))


def _work(facts: CountryFacts) -> Section:
    tables = []
    if facts.plan:
        tables += [work.ranked_table(facts.plan), work.tasks_table(facts.plan)]
    if facts.forecast:
        tables.append(work.forecast_table(facts.forecast))
    words = ("A plan orders work and a forecast counts years; neither releases land.",)
    return Section("plan", "Work ahead", words, (), tuple(tables))


def _outlook(outlook: Mapping[str, Any]) -> Section:
    times = outlook.get("times", ())
    names = ("needs_clearance", "can_function")
    series = {
        name: [(t[name]["lower"], t[name]["mean"], t[name]["upper"]) for t in times]
        for name in names
    }
    says = "Items that need clearance and items that can still function, over days"
    svg = charts.lines([float(t["days"]) for t in times], series, unit="days", says=says)
    legend = (("needs_clearance", "needs clearance"), ("can_function", "can still function"))
    words = (work.sentences(outlook.get("warnings", ())),)
    return Section(
        "outlook",
        "Reported ordnance over time",
        words,
        (Figure("outlook", says, svg, says, legend),),
        (work.outlook_table(outlook),),
    )


def _gaps(facts: CountryFacts) -> Section:
    tables = [
        gaps.not_shown_table(facts),
        gaps.quarantine_table(facts),
        gaps.conflicts_table(facts),
        gaps.undated_table(facts),
    ]
    if facts.awaiting is not None:
        tables.append(pending.awaiting_table(facts))
    said = f"{counted(facts.withheld, 'text')} of records name a person and are left out."
    words = (said,) if facts.withheld else ()
    return Section("not_shown", "What this report does not show", words, (), tuple(tables))


def _sources(facts: CountryFacts) -> Section:
    tables = (gaps.treaties_table(facts), gaps.sources_table(facts))
    return Section("sources", "Treaties and sources", (), (), tables)
