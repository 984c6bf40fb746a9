"""The demonstration on the terminal: one step after another, each with its command."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from rich.rule import Rule

from landrelease.cli.output import out, table
from landrelease.services.demo import Step, register_of, walk


def tell(folder: Path) -> Path:
    """Walk the demonstration, and tell each step as it is done; return the register."""
    out.print(Rule("[bold]landrelease[/]: from a report of contamination to land given back"))
    for number, step in enumerate(walk(folder), 1):
        _tell(number, step)
    register = register_of(folder)
    out.print(Rule())
    out.print(f"The register is [bold]{register}[/]: a GeoPackage that QGIS opens.")
    out.print(f"Ask it yourself: [bold]landrelease areas -r {register}[/]", soft_wrap=True)
    return register


def as_json(folder: Path) -> Path:
    """Walk the demonstration and print one JSON document; return the register."""
    register = register_of(folder)
    steps = [asdict(step) for step in walk(folder)]
    json.dump({"register": str(register), "steps": steps}, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
    return register


def _tell(number: int, step: Step) -> None:
    out.print(f"\n[bold cyan]{number}[/] [bold]{step.title}[/]  [dim]{step.command}[/]")
    if step.rows:
        table(step.columns, step.rows)
    for line in step.lines:
        out.print(f"  {line}", markup=False)
