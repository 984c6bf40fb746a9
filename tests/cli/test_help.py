"""The program explains itself at once."""

from __future__ import annotations

import subprocess
import sys

from .conftest import ROOT, Run

COMMANDS = """
    demo init extract ingest inbox judge import export record areas show history near void
    balance verify backup rebuild outlook calc plan forecast treaty report serve
"""
HEAVY = ("numpy", "shapely", "scipy", "pyogrio", "fastapi", "pydantic", "trafilatura", "yaml")


def test_help_lists_every_command_of_the_design(run: Run) -> None:
    """Every command of the design is in the help."""
    shown = run("--help").out
    for command in COMMANDS.split():
        assert f" {command} " in shown


def test_starting_loads_nothing_heavy() -> None:
    """Importing the entry point loads no library that only one command needs."""
    code = f"import landrelease.cli.main, sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert done.stdout.strip() == "[]"


def test_version(run: Run) -> None:
    """``--version`` prints the package's version."""
    from landrelease import __version__

    assert run("--version").out.strip() == f"landrelease {__version__}"


def test_every_command_has_help(run: Run) -> None:
    """Each command's help names its options and says what it does."""
    for command in ("extract", "import", "areas", "outlook", "plan", "verify"):
        shown = run(command, "--help")
        assert shown.status == 0
        assert "--json" in shown.out
