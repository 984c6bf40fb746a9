"""Running the program as a user does: its own process, its own folder."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What a run of the program left: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run ``landrelease`` with words, in an empty folder."""

    def call(*words: object, stdin: str | None = None) -> Ran:
        env = {k: v for k, v in os.environ.items() if not k.startswith("LANDRELEASE_")}
        env["PYTHONPATH"] = str(ROOT / "src")
        done = subprocess.run(
            [sys.executable, "-m", "landrelease", *map(str, words)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=env,
            input=stdin,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return call


#: Making all commands takes longer than most of them run.
_command = functools.cache(typer.main.get_command)


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``landrelease`` with words in this process: many calls in the time of one."""
    from landrelease.cli import main

    monkeypatch.setattr("typer.main.get_command", _command)
    for name in [name for name in os.environ if name.startswith("LANDRELEASE_")]:
        monkeypatch.delenv(name)

    def call(*words: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["landrelease", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main.main()
        printed = capsys.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def register(run: Run, tmp_path: Path) -> Path:
    """A new register."""
    path = tmp_path / "r.gpkg"
    made = run("init", path, "--country", "XVA", "--name", "Test", "--by", "Tester")
    assert made.status == 0, made.err
    return path
