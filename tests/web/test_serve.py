"""Starting the server: the port is taken first, and faults are told in words."""

from __future__ import annotations

import socket

import pytest

from landrelease.errors import InputError
from landrelease.web import app as app_module
from landrelease.web.app import create_app
from landrelease.web.serve import bind

from .fake import FakeServices


def test_port_in_use_is_told_with_a_cure():
    """A second server on a port is refused before it does anything."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=rf"error\[port_in_use\].*{port}.*--port"):
            bind("127.0.0.1", port)


def test_second_server_is_refused_while_the_first_still_reads():
    """Taking the port is enough: nobody else gets it, even before the first answer."""
    with bind("127.0.0.1", 0) as first:
        with pytest.raises(InputError, match="port_in_use"):
            bind("127.0.0.1", first.getsockname()[1])
        socket.create_connection(first.getsockname(), timeout=5).close()


@pytest.mark.parametrize(
    ("host", "port", "code"),
    [("127.0.0.1", 70000, "port_invalid"), ("no such host", 0, "host_invalid"), ("192.0.2.1", 0, "host_invalid")],
)  # fmt: skip
def test_impossible_addresses_are_told(host, port, code):
    """A port or host that cannot be is named."""
    with pytest.raises(InputError) as told:
        bind(host, port)
    assert told.value.code == code


def test_missing_libraries_are_told(monkeypatch, tmp_path):
    """Without the front-end libraries the server says how to get them."""
    monkeypatch.setattr(app_module, "STATIC", tmp_path)
    with pytest.raises(InputError, match="assets_missing"):
        create_app(FakeServices())


def test_library_is_sent_compressed_and_only_once(client):
    """A visitor gets the packed file, the same as the plain one, and 304 the second time."""
    address = "/static/vendor/maplibre-gl.mjs"
    first = client.get(address)
    assert first.headers["content-encoding"] == "gzip"
    assert int(first.headers["content-length"]) < len(first.content) / 3
    assert first.content == client.get(address, headers={"accept-encoding": "identity"}).content
    tag = {"if-none-match": first.headers["etag"]}
    assert client.get(address, headers=tag).status_code == 304
    assert client.get("/static/../app.py").status_code == 404
