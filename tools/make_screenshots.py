"""Pictures of the demonstration for the README and the tutorial, made by the program itself.

    python tools/make_screenshots.py [FOLDER]

Walks the demonstration into a temporary folder, serves it, and photographs its pages in headless
Chromium (``LANDRELEASE_CHROMIUM`` names another than /usr/bin/chromium).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from landrelease.services.api import Services
from landrelease.services.demo import DEMO_USER, register_of, walk
from landrelease.web.app import create_app
from landrelease.web.context import Settings
from landrelease.web.serve import bind

CHROMIUM = os.environ.get("LANDRELEASE_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SCENARIO = (
    "/outlook?quantity_low=5000&emplaced_on=2025-03&from_h=0&to_h=720"
    "&failure_low=0.1&shape=3&scale_days=72.1"
)
DESKTOP, PHONE = (1280, 800), (390, 844)


def shots(areas: str) -> dict[str, tuple[str, tuple[int, int]]]:
    """File name → page and size of the window."""
    return {
        "map": ("/", DESKTOP),
        "area": (areas, DESKTOP),
        "areas": ("/areas", DESKTOP),
        "inbox": ("/inbox", DESKTOP),
        "outlook": (SCENARIO, DESKTOP),
        "plan": ("/plan", DESKTOP),
        "phone-map": ("/", PHONE),
        "phone-area": (areas, PHONE),
        "phone-inbox": ("/inbox", PHONE),
    }


def photograph(browser: Browser, address: str, page: str, size: tuple[int, int], to: Path) -> None:
    """Photograph one page once it is at rest."""
    tab = browser.new_page(viewport={"width": size[0], "height": size[1]})
    tab.goto(address + page)
    if page == "/" or page.startswith("/areas/"):
        tab.wait_for_selector("body[data-map=idle]", timeout=30_000)
    tab.wait_for_timeout(400)
    tab.screenshot(path=to)
    tab.close()


def report(folder: Path, to: Path) -> None:
    """Photograph the country report."""
    page = next((folder / "reports").glob("*.html"))
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1000,1300"]
    command = [CHROMIUM, *options]
    subprocess.run([*command, f"--screenshot={to}", page.as_uri()], check=True, capture_output=True)


def main() -> None:
    """Walk, serve, photograph."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        list(walk(folder))
        services = Services(register_of(folder), author=DEMO_USER)
        listener = bind("127.0.0.1", 0)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = create_app(services, Settings(DEMO_USER, "internal"))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        area = services.show("HA-003")["record_id"]
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for file, (page, size) in shots(f"/areas/{area}").items():
                photograph(browser, address, page, size, out / f"{file}.png")
            browser.close()
        server.should_exit = True
        thread.join()
        report(folder, out / "report.png")


if __name__ == "__main__":
    main()
