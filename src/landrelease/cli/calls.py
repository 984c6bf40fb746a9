"""Calls that cannot be read, such as an unknown option: told in the form of every other error."""

from __future__ import annotations

from typing import Any

import typer

from landrelease.errors import UsageError

#: What typer raises of such a call: the class that its public `typer.BadParameter` is a case of.
CALL_ERRORS: tuple[type[Exception], ...] = tuple(
    one for one in typer.BadParameter.__mro__ if one.__name__ == "UsageError"
)


def in_words(problem: Any) -> tuple[str, int]:
    """Return what a person is told of a call that cannot be read, and the exit status.

    A command that has others under it and is called without one answers with its help.
    """
    command = problem.ctx.command_path if problem.ctx else "landrelease"
    status = int(problem.exit_code)
    if type(problem).__name__ == "NoArgsIsHelpError":
        problem.show()
        return "", status
    said = _with_value(problem, problem.format_message().rstrip("."))
    told = f"{said[:1].lower()}{said[1:]}"
    return str(UsageError("usage", told, f"see {command} --help")), status


def _with_value(problem: BaseException, said: str) -> str:
    """What is wrong with a value, and the value, which newer versions of typer leave out."""
    cause = problem.__cause__ or problem.__context__
    errors = getattr(cause, "errors", None)
    if not callable(errors):
        return said
    found = errors()[0]
    wrong = found["msg"].split(",")[0].removeprefix("Input ")
    return f"{said.split(':', maxsplit=1)[0]}: {found['input']!r} {wrong}"
