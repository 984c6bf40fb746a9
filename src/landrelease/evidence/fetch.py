"""Fetch one page politely: a time limit, a size limit, and no private addresses."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from landrelease import __version__
from landrelease.errors import InputError, RefusedError

AGENT = f"landrelease/{__version__} (humanitarian mine action; reads one page on a person's order)"


@dataclass(frozen=True)
class Fetched:
    """The bytes of a page, the address it came from in the end, and its declared type."""

    raw: bytes
    url: str
    content_type: str | None


def fetch(
    url: str,
    *,
    timeout_s: float = 20.0,
    max_bytes: int = 20_000_000,
    allow_private: bool = False,
) -> Fetched:
    """Fetch one address.

    Parameters
    ----------
    url : str
        An ``http`` or ``https`` address.
    timeout_s : float, default 20
        Seconds to wait for the server at each step.
    max_bytes : int, default 20 million
        A longer answer is refused.
    allow_private : bool, default False
        Whether loopback and private networks may be asked.

    Returns
    -------
    Fetched

    Raises
    ------
    RefusedError
        ``address_private``, ``address_scheme``.
    InputError
        ``fetch_failed``, ``fetch_too_large``.
    """
    _allowed(url, allow_private)
    request = Request(
        url, headers={"User-Agent": AGENT, "Accept": "text/html,application/pdf,text/plain;q=0.9"}
    )
    try:
        with _opener(allow_private).open(request, timeout=timeout_s) as answer:
            raw = answer.read(max_bytes + 1)
            final, kind = answer.geturl(), answer.headers.get("Content-Type")
    except (HTTPError, URLError, HTTPException, OSError, ValueError) as problem:
        raise InputError(
            "fetch_failed", f"{url}: {problem}", "check the address and the network"
        ) from None
    if len(raw) > max_bytes:
        raise InputError(
            "fetch_too_large", f"{url} is over {max_bytes} bytes", "save the part that matters"
        )
    return Fetched(raw, final, kind)


class _Redirects(HTTPRedirectHandler):
    """Follow a redirect only to an address that may be asked."""

    def __init__(self, *, private: bool) -> None:
        self._private = private

    def redirect_request(  # the signature is urllib's
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        _allowed(urljoin(req.full_url, newurl), self._private)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(private: bool) -> OpenerDirector:
    return build_opener(_Redirects(private=private))


def _allowed(url: str, private: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedError(
            "address_scheme", f"{url!r} is not a web address", "use http:// or https://"
        )
    if private:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise InputError(
            "fetch_failed", f"{url}: {problem}", "check the address and the network"
        ) from None
    for entry in found:
        if not ipaddress.ip_address(str(entry[4][0]).split("%")[0]).is_global:
            raise RefusedError(
                "address_private",
                f"{url!r} leads into a private network",
                "fetch it yourself and give the file",
            )
