"""The application: routes, static files, security and error pages around the services."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from starlette.middleware.gzip import GZipMiddleware

from landrelease.errors import InputError, RefusedError
from landrelease.web.context import STATIC, Settings, Web
from landrelease.web.files import PackedFiles
from landrelease.web.ports import ServicesPort
from landrelease.web.problems import add_handlers, problem
from landrelease.web.routes import ROUTERS
from landrelease.web.security import SecurityHeaders, refuse_foreign


def create_app(services: ServicesPort, settings: Settings | None = None) -> FastAPI:
    """Build the web application over the services.

    Parameters
    ----------
    services : ServicesPort
        The use cases; the pages call nothing else.
    settings : Settings, optional
        In whose name forms write and who may look; by default nobody's name and this machine.

    Returns
    -------
    fastapi.FastAPI
        The application, ready for uvicorn.

    Raises
    ------
    InputError
        With code ``assets_missing`` when the map's libraries are not in place.
    """
    require_assets()
    settings = settings or Settings(author=getattr(services, "author", None))
    app = FastAPI(
        title="landrelease", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
    )
    app.state.web = Web.over(services, settings)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", PackedFiles(directory=STATIC), name="static")
    add_handlers(app)
    _add_middleware(app, loopback_only=settings.audience == "internal")
    return app


def require_assets() -> None:
    """Refuse to start without the front-end libraries.

    Raises
    ------
    InputError
        With code ``assets_missing``.
    """
    if not (STATIC / "vendor" / "STAMP.json").is_file():
        raise InputError(
            "assets_missing",
            "the map's libraries are not in static/vendor",
            "run `python hatch_build.py` in the source tree, or install the built package",
        )


def _add_middleware(app: FastAPI, *, loopback_only: bool) -> None:
    @app.middleware("http")
    async def check_origin(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        try:
            refuse_foreign(request.method, request.headers, loopback_only=loopback_only)
        except RefusedError as error:
            return problem(request, error)
        return await call_next(request)

    app.add_middleware(SecurityHeaders)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=6)
