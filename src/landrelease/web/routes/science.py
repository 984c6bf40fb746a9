"""The outlook of a supplied cohort and the clearance-assurance calculators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from landrelease.errors import FieldError, NotFoundError
from landrelease.web.charts import Line, line_chart
from landrelease.web.context import WebState
from landrelease.web.forms import calculator_inputs, scenario_of
from landrelease.web.problems import internal_only
from landrelease.web.science_charts import answer_chart, claims_chart

router = APIRouter()

LINES = (
    ("needs_clearance", "still needs clearance"),
    ("can_function", "can still function"),
)


@router.get("/outlook")
def outlook(request: Request, web: WebState) -> HTMLResponse:
    """Ask for a cohort and show its outlook; the address holds the question."""
    values = dict(request.query_params)
    result, error = None, None
    if values.get("quantity_low") is not None:
        try:
            result = web.services.outlook(scenario_of(values))
        except FieldError as problem:
            error = problem
    return web.page(
        request,
        "outlook.html",
        status_code=400 if error else 200,
        values=values,
        result=result,
        error=error,
        chart=_chart(result["times"]) if result else "",
        munitions=web.services.munitions(),
    )


@router.get("/calculators")
def calculators(request: Request, web: WebState) -> HTMLResponse:
    """List the calculators."""
    return web.page(request, "calculators.html", calculators=web.services.calculators())


@router.get("/calculators/{name}")
def calculator(request: Request, web: WebState, name: str) -> HTMLResponse:
    """Ask for one calculator's inputs and show its answer."""
    described = next((c for c in web.services.calculators() if c["name"] == name), None)
    if described is None:
        raise NotFoundError(
            "calculator_unknown", f"there is no calculator {name!r}", "see the list"
        )
    values = dict(request.query_params)
    answer, error = None, None
    if values:
        try:
            inputs = calculator_inputs(described["parameters"], values)
            answer = web.services.calculate(name, inputs)
        except FieldError as problem:
            error = problem
    return web.page(
        request,
        "calculator.html",
        status_code=400 if error else 200,
        calculator=described,
        values=values,
        answer=answer,
        error=error,
        **(_explained(web.services.explain(answer), described["title"]) if answer else {}),
    )


@router.get("/records/{record_id}/outlook", dependencies=[Depends(internal_only)])
def claim_outlook(request: Request, web: WebState, record_id: str) -> HTMLResponse:
    """Show the outlook that an accepted munition claim or transfer starts."""
    started = web.services.claim_outlook(record_id)
    result = started["outlook"]
    return web.page(
        request,
        "outlook.html",
        values={},
        result=result,
        error=None,
        chart=_chart(result["times"]),
        munitions=web.services.munitions(),
    )


@router.get("/munitions")
def munitions(request: Request, web: WebState) -> HTMLResponse:
    """Show what is claimed, tested and observed of every munition in the catalogue."""
    known = web.services.munitions()
    charts = {
        item["munition_id"]: claims_chart(rows, f"Published shares of failures: {item['name']}")
        for item in known
        if (rows := web.services.claimed_and_found(item["munition_id"]))
    }
    return web.page(request, "munitions.html", munitions=known, charts=charts)


def _explained(explained: Mapping[str, Any], title: str) -> dict[str, Any]:
    """Words, and the drawn chart with the labels of its lines."""
    chart = explained["chart"]
    drawn = answer_chart(chart, title) if chart else ""
    labels = list(chart["lines"]) if chart else []
    return {"in_words": explained["in_words"], "chart": drawn, "chart_labels": labels}


def _chart(times: list[dict[str, Any]]) -> Markup:
    lines = [
        Line(
            name,
            label,
            *([row[name][part] for row in times] for part in ("mean", "lower", "upper")),
        )
        for name, label in LINES
    ]
    return line_chart(
        [row["days"] for row in times],
        lines,
        x_label="days since emplacement (square-root scale)",
        y_label="items",
        title="Expected items that still need clearance and that can still function, over time",
    )
