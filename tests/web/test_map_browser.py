"""The map in a real browser: it draws, stays inside this server and says nothing on the console."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


MOVE = """() => new Promise((done) => {
  window.landreleaseMap.once("idle", () => done(true));
  window.landreleaseMap.jumpTo({ center: [16.002, 44.0005], zoom: 15 });
})"""


@pytest.fixture
def watched(chromium, live):
    """A page that notes console errors and requests to other addresses."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    faults = []
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on(
        "request",
        lambda r: (
            None if r.url.startswith((live.address, "blob:", "data:")) else faults.append(r.url)
        ),
    )
    yield page, faults
    page.close()


def test_map_becomes_idle_and_shows_a_hazard(watched, live):
    """The map reaches idle, draws the hazard at its place and opens its popup."""
    page, faults = watched
    page.goto(live.address)
    page.wait_for_selector("body[data-map=idle]")
    count = page.evaluate(
        "window.landreleaseMap.queryRenderedFeatures({layers: ['SHA', 'CHA']}).length"
    )
    assert count >= 2
    page.evaluate(MOVE)
    spot = page.evaluate("window.landreleaseMap.project([16.002, 44.0005])")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    page.wait_for_selector(".popup h2")
    assert page.locator(".popup h2").inner_text() == "SHA-001"
    assert faults == []
