"""What a request may do: which host it names, where it comes from, what a page may load.

The pages have no login yet, so they are served on the loopback address, and three doors stay
shut: another site's page that posts to ours (origin and token), another site's name pointed at
our address (host), and foreign scripts (content security policy).
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from landrelease.errors import RefusedError

TOKEN_COOKIE = "landrelease_token"
TOKEN_FIELD = "token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """ASGI middleware that puts the policy on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address.

    Examples
    --------
    >>> [is_loopback(h) for h in ("127.0.0.1", "localhost", "::1", "0.0.0.0")]
    [True, True, True, False]
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_foreign(method: str, headers: Headers, *, loopback_only: bool) -> None:
    """Refuse a request that names a foreign host or is sent by another site's page.

    Raises
    ------
    RefusedError
        With code ``host_foreign`` or ``cross_site``.
    """
    host = headers.get("host", "")
    if loopback_only and not is_loopback(urlsplit(f"//{host}").hostname or ""):
        raise RefusedError(
            "host_foreign",
            f"host = {host!r}: the pages answer on this machine only",
            "open them by the address that `serve` printed",
        )
    if method in SAFE_METHODS:
        return
    origin = headers.get("origin")
    from_site = headers.get("sec-fetch-site", "none")
    if from_site not in ("same-origin", "none") or (origin and urlsplit(origin).netloc != host):
        raise RefusedError(
            "cross_site",
            f"origin = {origin!r}: another site's page sent this",
            "open the page of this register and send the form from there",
        )


def token_of(request: Request) -> str:
    """Return the browser's form token, a new one if it has none."""
    return request.cookies.get(TOKEN_COOKIE) or secrets.token_urlsafe(24)


def check_token(request: Request, sent: str) -> None:
    """Refuse a form whose token is not the browser's.

    Raises
    ------
    RefusedError
        With code ``token_wrong``.
    """
    held = request.cookies.get(TOKEN_COOKIE, "")
    if not held or not hmac.compare_digest(held.encode(), sent.encode()):
        raise RefusedError(
            "token_wrong", "the form's token is missing or old", "load the page again and resend"
        )
