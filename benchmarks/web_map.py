"""How long the map takes to come to rest in headless Chromium, and how many bytes it loads.

Usage: ``python benchmarks/web_map.py [REGISTER]``. Without a register, the Bosnian layers of the
shared data folder are imported into a temporary one first. Aim: idle within 5 s, 3 MB in all.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from landrelease.services import keeping, layers
from landrelease.services.api import Services
from landrelease.web.app import create_app
from landrelease.web.serve import bind

CHROMIUM = os.environ.get("LANDRELEASE_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SHARED = Path(os.environ.get("LANDRELEASE_SHARED", Path(__file__).parents[2] / "shared"))
LAYERS = (
    ("suspect_areas_simplyfied.geojson", "hazardous_area", {"hazard_kind": "SHA"}),
    ("cleared_areas_simplyfied.geojson", "land_release_product", {"method": "cleared"}),
    ("incidents.geojson", "accident", {}),
    ("lifted_minefields.geojson", "minefield_record", {}),
    ("cantons.geojson", "district", {}),
)
AUTHOR = "Benchmark"


class Meter:
    """Counts the bytes of every answer's body as they leave the application.

    The browser's own figures leave out what the map's workers fetch.
    """

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()

    def around(self, app: ASGIApp) -> ASGIApp:
        """Wrap the application."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            async def count(message: Message) -> None:
                if message["type"] == "http.response.body":
                    self.sent[scope["path"]] += len(message.get("body", b""))
                await send(message)

            await app(scope, receive, count)

        return counted


METER = Meter()


def build_register(path: Path) -> None:
    """Import the Bosnian layers."""
    keeping.init(path, country="BIH", name="Bosnia and Herzegovina", by=AUTHOR)
    for name, kind, fields in LAYERS:
        call = layers.ImportCall(SHARED / "data" / "bih-mines" / name, kind=kind, set_fields=fields)
        took = layers.take_in(path, call, by=AUTHOR)
        print(f"  {name}: {took['accepted']} accepted, {took['quarantined']} quarantined")


def measure(page: Page, address: str, label: str) -> None:
    """Open the map, wait for idle, and print time and transferred bytes."""
    METER.sent.clear()
    begin = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("body[data-map=idle]", timeout=60_000)
    seconds = time.perf_counter() - begin
    marks = page.evaluate(
        "performance.getEntriesByType('mark').map(m => [m.name, m.startTime | 0])"
    )
    total = sum(METER.sent.values())
    tiles = sum(size for path, size in METER.sent.items() if path.endswith(".mvt"))
    print(
        f"{label}: idle after {seconds:.2f} s, {total / 1e6:.2f} MB compressed, "
        f"of which tiles {tiles / 1e6:.2f} MB ({marks})"
    )


def main() -> None:
    """Serve the register and open the map three times."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "bih.gpkg"
        if len(sys.argv) == 1:
            build_register(path)
        listener = bind("127.0.0.1", 0)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        app = create_app(Services(path, AUTHOR))
        begin = time.perf_counter()
        app.state.web.warm()  # as `serve` does when it starts
        print(f"layers and figures read in {time.perf_counter() - begin:.2f} s")
        server = uvicorn.Server(uvicorn.Config(METER.around(app), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for label in ("first visit", "first visit, tiles cached by the server"):
                context = browser.new_context(viewport={"width": 1280, "height": 800})
                measure(context.new_page(), address, label)
            measure(context.new_page(), address, "second visit of the same browser")
            browser.close()
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
