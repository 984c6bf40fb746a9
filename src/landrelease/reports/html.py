"""A report as one self-contained page: no script, no outside address, made for paper too."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from landrelease.errors import InputError, MissingExtraError, writing
from landrelease.reports.model import Report, written


def write_html(report: Report, path: Path) -> Path:
    """Write a report as a page.

    Raises
    ------
    InputError
        The folder of ``path`` is missing or ``path`` is a folder.
    MissingExtraError
        Jinja2 is not installed.
    """
    made = as_html(report)
    with writing(checked_target(path)):
        path.write_text(made, encoding="utf-8", newline="\n")
    return path


def as_html(report: Report) -> str:
    """Return the page's text; the same report gives the same text."""
    try:
        from jinja2 import Environment
    except ImportError:
        raise MissingExtraError("reports", "writing a report as a page") from None
    folder = files("landrelease.reports") / "templates"
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["written"] = written
    template = environment.from_string((folder / "report.html").read_text(encoding="utf-8"))
    style = (folder / "report.css").read_text(encoding="utf-8")
    return template.render(report=report, style=style)


def checked_target(path: Path) -> Path:
    """Return a path that a report can be written to.

    Raises
    ------
    InputError
        It is a folder, or its folder is missing.
    """
    if path.is_dir():
        raise InputError("file_is_directory", f"{path.name!r} is a folder", "name a file in it")
    if not path.parent.is_dir():
        raise InputError(
            "folder_missing", f"there is no folder {str(path.parent)!r}", "make it first"
        )
    return path
