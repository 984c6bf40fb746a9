"""A client of the pages over the in-memory register, and a live server for the browser."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from landrelease.errors import InputError
from landrelease.web.app import create_app, require_assets
from landrelease.web.context import Settings
from landrelease.web.serve import bind

from .fake import FakeServices

try:
    require_assets()
except InputError as error:
    collect_ignore_glob = ["test_*.py"]
    print(f"tests/web skipped: {error}")

CHROMIUM = os.environ.get("LANDRELEASE_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture
def services():
    """Fresh in-memory services."""
    return FakeServices()


@pytest.fixture
def client(services):
    """A client that needs no network."""
    with TestClient(create_app(services), base_url="http://127.0.0.1") as made:
        yield made


class Live:
    """A server on a free port, in a thread."""

    def __init__(self, services, settings=None):
        listener = bind("127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = create_app(services, settings or Settings(author="Ana Test"))
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listener]})
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def stop(self):
        """End the server and its thread."""
        self.server.should_exit = True
        self.thread.join(timeout=10)


@pytest.fixture
def live(services):
    """A server that a browser can reach."""
    server = Live(services)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium with a software WebGL."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).is_file():
        pytest.skip(f"no Chromium at {CHROMIUM} (LANDRELEASE_CHROMIUM names another)")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
