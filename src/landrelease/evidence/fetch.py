"""Fetch one page politely: a time limit, a size limit, and no private addresses."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
    getproxies,
)

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
            raw = _body(answer, max_bytes, time.monotonic() + _LONGEST_ANSWER * timeout_s)
            final, kind = answer.geturl(), answer.headers.get("Content-Type")
            _whole(url, raw, answer.headers.get("Content-Length"), max_bytes)
    except (HTTPError, URLError, HTTPException, OSError, ValueError) as problem:
        raise InputError(
            "fetch_failed", f"{url}: {problem}", "check the address and the network"
        ) from None
    if len(raw) > max_bytes:
        raise InputError(
            "fetch_too_large", f"{url} is over {max_bytes} bytes", "save the part that matters"
        )
    return Fetched(raw, final, kind)


_LONGEST_ANSWER = 3
"""An answer may take so many times the wait for a step; a server that drips is not waited for."""
_PIECE = 1 << 16


def _body(answer: Any, max_bytes: int, until: float) -> bytes:
    """Read the answer piece by piece, up to a limit in bytes and in time."""
    parts, length = [], 0
    while length <= max_bytes:
        if time.monotonic() > until:
            raise TimeoutError("the answer takes too long")
        piece = answer.read1(_PIECE)
        if not piece:
            break
        parts.append(piece)
        length += len(piece)
    return b"".join(parts)


def _whole(url: str, raw: bytes, announced: str | None, max_bytes: int) -> None:
    """An answer cut off on its way must not be kept as the page."""
    if announced and announced.isdigit() and len(raw) < min(int(announced), max_bytes):
        raise InputError(
            "fetch_failed", f"{url}: {len(raw)} of {announced} bytes came", "fetch it again"
        )


class _Redirects(HTTPRedirectHandler):
    """Follow a redirect only to an address that may be asked."""

    def __init__(self, *, private: bool) -> None:
        self._private = private

    def redirect_request(  # the signature is urllib's
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        _allowed(urljoin(req.full_url, newurl), self._private)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _connected(address: tuple[str, int], *rest: Any) -> socket.socket:
    """Connect to the very address that was looked up and judged public.

    A name looked up twice may lead elsewhere the second time. A proxy is of the user's own choice,
    and looks the name up itself.
    """
    host, port = address
    if host in {urlsplit(proxy).hostname for proxy in getproxies().values()}:
        return socket.create_connection(address, *rest)
    found = _public_addresses(host, port, f"//{host}")
    for number, one in enumerate(found, 1):
        try:
            return socket.create_connection((one, port), *rest)
        except OSError:
            if number == len(found):
                raise
    raise OSError(f"{host} has no address")


class _Connection(HTTPConnection):
    def __init__(self, host: str, **options: Any) -> None:
        super().__init__(host, **options)
        self._create_connection = _connected


class _SecureConnection(HTTPSConnection):
    """The certificate is that of the name, whatever the address."""

    def __init__(self, host: str, **options: Any) -> None:
        super().__init__(host, **options)
        self._create_connection = _connected


class _Handler(HTTPHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(_Connection, req)


class _SecureHandler(HTTPSHandler):
    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(_SecureConnection, context=ssl.create_default_context()), req)


def _opener(private: bool) -> OpenerDirector:
    redirects = _Redirects(private=private)
    if private:
        return build_opener(redirects)
    return build_opener(redirects, _Handler(), _SecureHandler())


_WRAPS_IPV4 = tuple(ipaddress.ip_network(n) for n in ("64:ff9b::/96", "2002::/16", "::/96"))
"""IPv6 ranges that lead to an IPv4 address: NAT64, 6to4, IPv4-compatible."""


def _is_public(address: str) -> bool:
    """Whether an address is one of the open network, also where it wraps another."""
    found = ipaddress.ip_address(address)
    if found.version == 6 and any(found in network for network in _WRAPS_IPV4):
        return False
    site_local = found.version == 6 and found.is_site_local
    return found.is_global and not found.is_multicast and not site_local


def _allowed(url: str, private: bool) -> None:
    try:
        parts, _ = urlsplit(url), urlsplit(url).port
    except ValueError:
        raise RefusedError(
            "address_scheme", f"{url!r} is not a web address", "use http:// or https://"
        ) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedError(
            "address_scheme", f"{url!r} is not a web address", "use http:// or https://"
        )
    if private:
        return
    _public_addresses(parts.hostname, parts.port or 80, url)


def _public_addresses(host: str, port: int, url: str) -> list[str]:
    """The addresses of a host, all of which must be of the open network."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as problem:
        raise InputError(
            "fetch_failed", f"{url}: {problem}", "check the address and the network"
        ) from None
    addresses = [str(entry[4][0]) for entry in found]
    if not all(_is_public(address.split("%")[0]) for address in addresses):
        raise RefusedError(
            "address_private",
            f"{url!r} leads into a private network",
            "fetch it yourself and give the file",
        )
    return addresses
