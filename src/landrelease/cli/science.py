"""Models: what is left over time, and how sure clearance is."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer

from landrelease.cli import options as opt
from landrelease.cli.output import Result, cell, out, show, table
from landrelease.errors import UsageError


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    panel = "Models"
    app.command("outlook", rich_help_panel=panel)(outlook)
    app.command(
        "calc",
        rich_help_panel=panel,
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )(calc)


def outlook(
    scenario: Annotated[
        str | None,
        typer.Argument(metavar="[SCENARIO.json]", help="Cohorts and times; - reads stdin."),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="ID", help="Start from an accepted claim or transfer."),
    ] = None,
    register: opt.Register = None,
    as_json: opt.AsJson = False,
) -> None:
    """Expect how many items can still function, and how many still need clearance, over time."""
    from landrelease.services import science

    if (scenario is None) == (of is None):
        raise UsageError("scenario_needed", "name a SCENARIO.json or --of ID", "not both")
    if of is None:
        result = science.outlook_file(str(scenario))
    else:
        from landrelease.services.area_science import claim_outlook

        result = claim_outlook(opt.register_path(register), of)["outlook"]
    show(result, as_json, _outlook)


def calc(context: typer.Context) -> None:
    """Calculate clearance assurance: samples, passes, what was missed. calc --help lists them."""
    from landrelease.services import science

    words = context.args
    if not words or words[0] in ("-h", "--help"):
        rows = [(c["name"], c["title"]) for c in science.calculators()]
        table(["calculator", "what it answers"], rows)
        out.print("landrelease calc NAME --help shows the inputs, with units.")
        return
    calculator = science.calculator(words[0])
    inputs = vars(_parser(calculator).parse_args(words[1:]))
    as_json = inputs.pop("json")
    given = {name: value for name, value in inputs.items() if value is not None}
    show(science.calculate(calculator["name"], given), as_json, _calculated)


class _Parser(argparse.ArgumentParser):
    """Argument errors become the program's own usage errors."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("arguments_invalid", f"{self.prog}: {message}", f"see {self.prog} --help")


def _parser(calculator: Result) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"landrelease calc {calculator['name']}",
        description=calculator["title"],
        epilog=f"Source: {calculator['source']}",
    )
    for parameter in calculator["parameters"]:
        _add_argument(parser, parameter)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _add_argument(parser: argparse.ArgumentParser, parameter: Result) -> None:
    unit = f" [{parameter['unit']}]" if parameter["unit"] else ""
    default = "" if parameter["default"] is None else f" (default {parameter['default']})"
    how: dict[str, Any] = {
        "help": f"{parameter['help']}{unit}{default}".replace("%", "%%"),
        "type": _TYPES[parameter["type"]],
    }
    if parameter["choices"]:
        how["choices"] = list(parameter["choices"])
    if parameter["multiple"]:
        how["nargs"] = "+"
    if parameter["flag"]:
        parser.add_argument(
            parameter["flag"], dest=parameter["name"], required=parameter["required"], **how
        )
    else:
        parser.add_argument(parameter["name"], **how)


_TYPES = {"float": float, "int": int, "str": str}


def _outlook(result: Result) -> None:
    rows = [
        (t["days"], *_interval(t["can_function"]), *_interval(t["needs_clearance"]))
        for t in result["times"]
    ]
    level = f"{result['level']:.0%}"
    columns = ["day", "can function", f"{level} interval", "needs clearance", f"{level} interval"]
    table(columns, rows)
    for sentence in (*result.get("in_words", ()), *result["assumptions"]):
        out.print(f"· {sentence}", markup=False)
    for warning in result["warnings"]:
        out.print(f"! {warning}", markup=False)
    out.print(f"[bold]{result['statement']}[/]")


def _interval(value: Result) -> tuple[str, str]:
    return cell(value["mean"]), f"{cell(value['lower'])} – {cell(value['upper'])}"


def _calculated(result: Result) -> None:
    if result["status"] == "cannot_estimate":
        out.print(f"[yellow]cannot estimate[/]: {result['why']}")
        return
    table(["result", "value"], list(_flat(result["results"])))
    for sentence in result["assumptions"]:
        out.print(f"· {sentence}", markup=False)
    out.print(f"source: {result['source']}", markup=False)


def _flat(results: Result, prefix: str = "") -> Sequence[tuple[str, object]]:
    rows: list[tuple[str, object]] = []
    for name, value in results.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{prefix}{name}.")
        elif isinstance(value, (list, tuple)):
            rows.append((prefix + name, ", ".join(cell(v) for v in value)))
        else:
            rows.append((prefix + name, value))
    return rows
