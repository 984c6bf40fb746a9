"""Planning the work and reporting it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrelease.cli import options as opt
from landrelease.cli.options import register_path
from landrelease.cli.output import Result, area, out, progress, short, show, table


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    panel = "Planning and reports"
    app.command("plan", rich_help_panel=panel)(plan)
    app.command("forecast", rich_help_panel=panel)(forecast)
    reports = typer.Typer(
        no_args_is_help=True, help="Write reports whose every figure can be traced."
    )
    reports.command("country")(report_country)
    app.add_typer(reports, name="report", rich_help_panel=panel)


def plan(
    teams: Annotated[Path, typer.Option(help="Teams file (YAML): who can do what, how fast.")],
    horizon_days: Annotated[
        int, typer.Option("--horizon", help="Working days to plan.", min=1)
    ] = 90,
    register: opt.Register = None,
    as_of: opt.AsOf = None,
    top: Annotated[int, typer.Option(help="How many ranked areas to print.", min=1)] = 20,
    as_json: opt.AsJson = False,
) -> None:
    """Rank what remains, with reasons in words, and give tasks to the teams."""
    from landrelease.services import work

    with progress("ranking what remains"):
        result = work.plan(register_path(register), teams, horizon_days=horizon_days, as_of=as_of)
    show(result, as_json, lambda r: _plan(r, top))


def forecast(register: opt.Register = None, as_json: opt.AsJson = False) -> None:
    """Expect when the remaining land is worked through, from the released m² of past years."""
    from landrelease.services import work

    show(work.forecast(register_path(register)), as_json, _forecast)


def report_country(
    out_dir: Annotated[Path, typer.Option("--out", help="Folder to write into.")],
    year: Annotated[
        int | None, typer.Option(help="Reporting year; without it, all years to today.")
    ] = None,
    register: opt.Register = None,
    as_json: opt.AsJson = False,
) -> None:
    """Write the country report: HTML and XLSX, each figure with its records."""
    from landrelease.services import reporting

    with progress("writing the report"):
        result = reporting.country(register_path(register), out_dir, year=year)
    show(result, as_json, _written)


def _written(result: Result) -> None:
    out.print("\n".join(f"written: {f}" for f in result["files"]))
    if result["withheld"]:
        out.print(f"[yellow]withheld[/] {result['withheld']:,}: words that name a person")


def _plan(result: Result, top: int) -> None:
    ranked = result["ranked"][:top]
    rows = [
        (
            r["rank"],
            f"{r['rank_lower']}–{r['rank_upper']}",
            r["local_id"] or short(r["record_id"]),
            r["district"],
            "; ".join(r["reasons"]),
        )
        for r in ranked
    ]
    table(["rank", "interval", "area", "district", "reasons"], rows)
    for team in result["teams"]:
        out.print(
            f"[bold]{team['name']}[/]: {len(team['tasks'])} tasks, {team['days_used']:g} days used",
            markup=True,
        )
        for task in team["tasks"][:8]:
            name = task["local_id"] or short(task["record_id"])
            out.print(
                f"   day {task['start_day']:g}–{task['end_day']:g}  {name}  {task['activity_type']}"
                f"  {area(task['m2'])}"
            )
    for reason in result["unplanned"]["why"]:
        out.print(f"not planned: {reason['count']:,} areas, {area(reason['m2'])}: {reason['why']}")
    out.print(f"[bold]{result['statement']}[/]")


def _forecast(result: Result) -> None:
    if result.get("status") == "cannot_estimate":
        out.print(f"[yellow]cannot estimate[/]: {result['why']}")
        return
    table(
        ["figure", "value"], [(k, v) for k, v in result.items() if not isinstance(v, (dict, list))]
    )
