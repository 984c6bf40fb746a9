"""Fetching, against a server on loopback."""

from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from landrelease.errors import InputError, LandReleaseError, RefusedError
from landrelease.evidence import fetch as fetching
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
        if self.path == "/cut":
            self.send_header("Content-Length", "5000")
        self.end_headers()
        if self.path == "/drip":
            self._drip(body)
            return
        self.wfile.write(body)

    def _drip(self, body: bytes) -> None:
        for byte in body:
            try:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
            except OSError:  # the reader has had enough
                return
            time.sleep(0.1)

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


def test_an_answer_cut_off_is_not_the_page(server):
    """Fewer bytes than the server announced are refused."""
    with pytest.raises(InputError) as problem:
        fetch(f"{server}/cut", allow_private=True)
    assert problem.value.code == "fetch_failed"


def test_a_server_that_drips_is_not_waited_for(server):
    """The whole answer has a time limit, not only each step of it."""
    with pytest.raises(InputError) as problem:
        fetch(f"{server}/drip", allow_private=True, timeout_s=0.3)
    assert "too long" in str(problem.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::7f00:1",
        "fec0::1",
        "224.0.0.1",
    ],
)
def test_addresses_that_lead_inward_are_private(address):
    """Wrapped, site-local and multicast addresses are none of the open network."""
    assert not fetching._is_public(address)
    assert fetching._is_public("93.184.216.34")


@pytest.mark.parametrize(
    "url",
    ["http://[", "http://a@b:99999/", "file:///etc/hosts", "ftp://example.org/x", "no address"],
)
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


class _TurningName:
    """A name that leads to the open network when checked and inward at each later look."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    def __call__(self, host: str, port: int, *rest: object, **options: object) -> list[tuple]:
        """Answer like the resolver; a numeric address is itself."""
        numeric = host.replace(".", "").isdigit()
        answer = host if numeric else self.answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port))]


def test_a_name_that_turns_inward_after_the_check_is_refused(monkeypatch):
    """The address that is connected to is the one that was judged, not a later answer."""
    monkeypatch.setattr(socket, "getaddrinfo", _TurningName("93.184.216.34", "127.0.0.1"))
    with pytest.raises(RefusedError) as problem:
        fetch("http://turning.example/page")
    assert problem.value.code == "address_private"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_judged_address_is_the_one_connected_to(monkeypatch, scheme):
    """After the check no name is looked up again."""
    asked = []

    def refuse(address, *rest):
        asked.append(address[0])
        raise OSError("not here")

    names = _TurningName("93.184.216.34", "93.184.216.35", "127.0.0.1")
    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(InputError):
        fetch(f"{scheme}://turning.example/page")
    assert asked == ["93.184.216.35"]
    assert names.answers == ["127.0.0.1"]


def test_a_page_of_a_public_address_is_fetched(server, monkeypatch):
    """The guarded way to a server brings its page."""
    monkeypatch.setattr(fetching, "_is_public", lambda address: True)
    assert fetch(f"{server}/page").raw == b"Five mines were found."
