"""Fetching, against a server on loopback."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from landrelease.errors import InputError, LandReleaseError, RefusedError
from landrelease.evidence.fetch import fetch


class _Handler(BaseHTTPRequestHandler):
    seen: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        """Serve a page, a long page, or a redirect."""
        self.seen.append(self.headers["User-Agent"])
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hosts")
            self.end_headers()
            return
        body = b"x" * 5000 if self.path == "/long" else b"Five mines were found."
        self.send_response(404 if self.path == "/none" else 200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def server():
    """A server on loopback and its address."""
    httpd = HTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def test_a_page_is_fetched_with_a_polite_name(server):
    """The bytes come back and the server learns who asks."""
    found = fetch(f"{server}/page", allow_private=True)
    assert (found.raw, found.content_type) == (b"Five mines were found.", "text/plain")
    assert _Handler.seen[-1].startswith("landrelease/")


def test_private_addresses_are_refused_unless_allowed(server):
    """Loopback is not asked without leave."""
    with pytest.raises(RefusedError) as problem:
        fetch(f"{server}/page")
    assert problem.value.code == "address_private"


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://example.org/x", "no address"])
def test_only_web_addresses_are_asked(url):
    """Other schemes are refused."""
    with pytest.raises(RefusedError) as problem:
        fetch(url)
    assert problem.value.code == "address_scheme"


@pytest.mark.parametrize(
    ("path", "code"), [("/long", "fetch_too_large"), ("/none", "fetch_failed")]
)
def test_long_and_missing_pages_are_refused(server, path, code):
    """The size limit holds and a missing page is an error."""
    with pytest.raises(InputError) as problem:
        fetch(f"{server}{path}", allow_private=True, max_bytes=1000)
    assert problem.value.code == code


def test_a_redirect_to_a_file_is_refused(server):
    """A redirect is checked like an address given."""
    with pytest.raises(LandReleaseError):
        fetch(f"{server}/away", allow_private=True)
