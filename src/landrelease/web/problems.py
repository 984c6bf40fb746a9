"""Errors as pages for people and as JSON for programs."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from landrelease.errors import (
    FieldError,
    InputError,
    LandReleaseError,
    NotFoundError,
    RefusedError,
    UsageError,
)
from landrelease.web.context import wants_json, wants_part, web_of
from landrelease.web.security import HEADERS

FORBIDDEN = frozenset({"cross_site", "host_foreign", "token_wrong", "not_public"})


def status_of(error: LandReleaseError) -> int:
    """Choose the HTTP status of an error.

    Examples
    --------
    >>> status_of(NotFoundError("record_unknown", "no record 'x'"))
    404
    """
    if error.code in FORBIDDEN:
        return 403
    statuses: list[tuple[type[LandReleaseError], int]] = [
        (NotFoundError, 404),
        (RefusedError, 409),
        (InputError, 400),
        (UsageError, 400),
    ]
    return next((status for kind, status in statuses if isinstance(error, kind)), 500)


def internal_only(request: Request) -> None:
    """Keep a page from the public: it shows sources, people's words or positions.

    Raises
    ------
    RefusedError
        With code ``not_public``.
    """
    if web_of(request).is_public:
        raise RefusedError(
            "not_public",
            f"page = {request.url.path!r}: it is not shown outside this machine",
            "serve on 127.0.0.1 and open it there",
        )


def problem(request: Request, error: LandReleaseError) -> Response:
    """Answer with the error's code, message and cure."""
    status = status_of(error)
    if wants_json(request):
        body = {"error": {"code": error.code, "message": error.message, "cure": error.cure}}
        return JSONResponse(body, status)
    template = "error_part.html" if wants_part(request) else "error.html"
    return web_of(request).page(request, template, status_code=status, error=error)


def add_handlers(app: FastAPI) -> None:
    """Answer every expected error with a page or a document, never a traceback."""

    async def on_expected(request: Request, error: Exception) -> Response:
        assert isinstance(error, LandReleaseError)
        return problem(request, error)

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404:
            return problem(request, _no_page(request))
        unfit = UsageError("request_refused", str(error.detail), "start from the map")
        return problem(request, unfit)

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return problem(request, _first_fault(error))

    async def on_unexpected(request: Request, error: Exception) -> Response:
        # Starlette answers outside all middleware here, and hands the error on to the log.
        answer = problem(request, _unexpected(error))
        answer.headers.update(HEADERS)
        return answer

    app.add_exception_handler(Exception, on_unexpected)
    app.add_exception_handler(LandReleaseError, on_expected)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)


def _unexpected(error: Exception) -> LandReleaseError:
    return LandReleaseError(
        "unexpected",
        f"{type(error).__name__}: a fault of this program, not of your register",
        "report what the terminal shows; nothing was written",
    )


def _no_page(request: Request) -> NotFoundError:
    return NotFoundError(
        "page_unknown", f"there is no page {request.url.path!r}", "start from the map"
    )


def _first_fault(error: RequestValidationError) -> FieldError:
    fault = error.errors()[0]
    name = str(fault["loc"][-1])
    return FieldError(
        name, fault.get("input"), str(fault["msg"]), "correct the field", "field_invalid"
    )
