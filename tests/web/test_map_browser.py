"""The pages in a real browser: they draw, stay inside this server and say nothing on the console."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

MOVE = """() => new Promise((done) => {
  window.landreleaseMap.once("idle", () => done(true));
  window.landreleaseMap.jumpTo({ center: [16.002, 44.0005], zoom: 15 });
})"""
DRAWN = "window.landreleaseMap.queryRenderedFeatures({layers: ['SHA', 'CHA']}).length"
PAGES = (
    "/areas", "/areas/0190-a1", "/inbox", "/sources/s1", "/outlook?quantity_low=100&never_armed_low=0.1",
    "/calculators/removal?counts=38+26+12", "/near?latitude=44&longitude=16", "/plan", "/imports", "/about",
)  # fmt: skip


def watch(page, address):
    """Note console messages, script faults and requests to other addresses."""
    faults = []
    page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    own = (address, "blob:", "data:")
    page.on("request", lambda r: None if r.url.startswith(own) else faults.append(r.url))
    return faults


@pytest.fixture
def page(chromium):
    """A page of desktop size."""
    made = chromium.new_page(viewport={"width": 1280, "height": 800})
    yield made
    made.close()


@pytest.fixture
def phone(chromium):
    """A page of phone size."""
    made = chromium.new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    yield made
    made.close()


def test_map_becomes_idle_and_shows_a_hazard(page, live):
    """The map reaches idle, draws the hazards and opens a popup with a link."""
    faults = watch(page, live.address)
    page.goto(live.address)
    page.wait_for_selector("body[data-map=idle]")
    assert page.evaluate(DRAWN) >= 2
    page.evaluate(MOVE)
    spot = page.evaluate("window.landreleaseMap.project([16.002, 44.0005])")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    page.wait_for_selector(".popup h2")
    assert page.locator(".popup h2").first.inner_text() == "SHA-001"
    assert page.locator(".popup a").first.get_attribute("href") == "/areas/0190-a1"
    assert faults == []


def test_legend_hides_what_is_unticked(page, live):
    """Taking the tick away hides a class and nothing else."""
    page.goto(live.address)
    page.wait_for_selector("body[data-map=idle]")
    before = page.evaluate(DRAWN)
    page.get_by_label("Suspected hazardous").uncheck()
    shown = "window.landreleaseMap.getLayoutProperty"
    assert page.evaluate(f"{shown}('SHA', 'visibility')") == "none"
    assert page.evaluate(f"{shown}('CHA', 'visibility')") != "none"
    assert before >= 2


def test_everything_at_a_place_is_told_hazards_first(page, live):
    """Where released land, an accident and a hazard lie on one another, none hides another."""
    page.goto(live.address)
    page.wait_for_selector("body[data-map=idle]")
    page.evaluate(MOVE)
    spot = page.evaluate("window.landreleaseMap.project([16.001, 44.001])")
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    page.wait_for_selector(".popup h2")
    links = [link.get_attribute("href") for link in page.locator(".popup a").all()]
    assert links == ["/areas/0190-a1", "/records/0190-x1", "/records/0190-p1"]


def test_map_answers_the_keyboard(page, live):
    """Enter on the map reads what lies at its centre."""
    page.goto(live.address)
    page.wait_for_selector("body[data-map=idle]")
    page.evaluate(MOVE)
    page.locator(".maplibregl-canvas").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".popup h2")


@pytest.mark.parametrize("path", ["/", *PAGES])
def test_phone_pages_do_not_scroll_sideways(phone, live, path):
    """At 390 px nothing is wider than the screen, and the console stays silent."""
    faults = watch(phone, live.address)
    phone.goto(live.address + path)
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults == []


def test_proposal_is_judged_by_keyboard(page, live, services):
    """r, a reason and Enter reject a proposal; Enter without a choice decides nothing."""
    faults = watch(page, live.address)
    page.goto(f"{live.address}/inbox")
    page.locator(".why").fill("only a rumour")
    page.keyboard.press("Enter")
    assert services.judged == []
    page.locator("h1").click()
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.done")
    assert services.judged == [("p0", "reject", "only a rumour", {}, "Ana Test")]
    assert faults == []


def test_table_is_searched_without_reloading(page, live):
    """Typing narrows the table and the address holds the search."""
    faults = watch(page, live.address)
    page.goto(f"{live.address}/areas")
    page.locator("#search").press_sequentially("cha")
    page.wait_for_selector("text=1 area")
    assert "search=cha" in page.url
    page.locator("th a").first.click()
    page.wait_for_selector("th[aria-sort=descending]")
    assert "search=cha" in page.url
    assert faults == []


def test_browser_without_webgl_gets_a_drawing(chromium, live):
    """Where the map cannot run, a drawing and the way to the table stand in its place."""
    page = chromium.new_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    faults = watch(page, live.address)
    page.goto(live.address)
    drawing = page.locator("#drawing")
    drawing.wait_for(state="visible")
    assert page.evaluate("document.getElementById('drawing').decode().then(() => true)")
    assert page.locator("#no-map a").get_attribute("href") == "/areas"
    assert faults == []
    page.close()
