"""What waits for a person, in a real browser: by keyboard, on a phone, with no word on the console."""

from __future__ import annotations

import pytest

from landrelease.services import attachments, layers, mending, recording, workflow
from landrelease.services.api import Services
from landrelease.services.claims import listing
from landrelease.web.context import Settings

from ..services.test_claims import CORNER, path, take_in
from .conftest import Live
from .test_map_browser import page, phone, watch

__all__ = ["page", "path", "phone"]

pytestmark = pytest.mark.browser

LONG = "POLYGON ((" + ", ".join(f"{17 + n / 1e4:.7f} 44.1234567" for n in range(80)) + "))"


@pytest.fixture
def waiting(path):
    """A register in which a row, a claim, a record and a file wait to be looked at."""
    take_in(path, "2024-02", CORNER, status="handed_over")
    rules = path.parent / "m.yaml"
    rules.write_text(
        "kind: hazardous_area\nidentity: {local_id: ref}\ngeometry: {column: wkt}\ncrs: EPSG:4326\n"
        "fields: {hazard_kind: kind}\n"
    )
    file = path.parent / "a_very_long_name_of_a_file_without_any_space_in_it_2024.csv"
    file.write_text(f'ref,kind,wkt\nR-1,certain,"{LONG}"\n')
    layers.take_in(path, layers.ImportCall(file, mapping=rules), by="Ana")
    workflow.switch(path, "on", why="from now on", by="Ana")
    body = {"local_id": "N-1", "hazard_kind": "SHA", "place": "mill"}
    recording.record(path, {"entries": [{"kind": "hazardous_area", "body": body}]}, by="Dan")
    photo = path.parent / "a_photo_with_a_long_name_and_no_space_in_it_of_the_sign.jpg"
    photo.write_bytes(b"\xff\xd8\xff photo")
    attachments.attach(path, "I4", [photo], by="Ana")
    return path


@pytest.fixture
def server(waiting):
    """The pages over it, in the name of Ana."""
    made = Live(Services(waiting, "Ana Test"), Settings(author="Ana Test"))
    yield made
    made.stop()


def pages(path):
    """Addresses of every page of what waits."""
    token = mending.quarantine(path)["rows"][0]["quarantine_row"]
    record = listing(path)["claims"][0]["record_id"]
    return [
        "/quarantine", f"/quarantine/{token}", "/claims", "/approval", "/attachments",
        f"/records/{record}/attachments", f"/records/{record}", "/imports",
    ]  # fmt: skip


def test_phone_pages_do_not_scroll_sideways(phone, server, waiting):
    """At 390 px nothing is wider than the screen, long names and outlines included."""
    faults = watch(phone, server.address)
    for address in pages(waiting):
        phone.goto(server.address + address)
        phone.wait_for_load_state("networkidle")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, address
    assert faults == []


def test_a_row_is_mended_by_keyboard(page, server, waiting):
    """Typed into the marked cell and sent with Enter, the row is taken in."""
    faults = watch(page, server.address)
    page.goto(f"{server.address}/quarantine")
    page.get_by_role("link", name="Mend row 1").focus()
    page.keyboard.press("Enter")
    page.get_by_label("kind, read as hazard kind").fill("CHA")
    page.get_by_label("wkt, read as geometry").fill("POLYGON ((17 44, 17.1 44, 17.1 44.1, 17 44))")
    page.get_by_label("kind, read as hazard kind").press("Enter")
    page.wait_for_selector(".notice.done")
    assert mending.quarantine(waiting)["count"] == 0
    assert faults == []


def test_claims_are_previewed_before_they_are_settled(page, server, waiting):
    """Enter in the reason decides nothing; dismissing shows what would happen, then does it."""
    faults = watch(page, server.address)
    page.goto(f"{server.address}/claims")
    page.locator("article .tick").first.click()
    page.get_by_label("Why").fill("a slip of the file")
    page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Claims of files"
    page.get_by_role("button", name="Dismiss").click()
    page.wait_for_selector("text=Nothing is written yet")
    assert listing(waiting)["count"] == 2
    page.get_by_role("button", name="Dismiss").click()
    page.wait_for_selector(".notice.done")
    assert listing(waiting)["count"] == 0
    assert faults == []


def test_all_of_a_page_is_ticked_and_verified(page, server, waiting):
    """The box that ticks all; a tick of its own turns it half."""
    faults = watch(page, server.address)
    page.goto(f"{server.address}/approval")
    body = {"local_id": "N-2", "hazard_kind": "SHA", "place": "well"}
    recording.record(waiting, {"entries": [{"kind": "hazardous_area", "body": body}]}, by="Dan")
    page.reload()
    every = page.get_by_label("Tick all 2 on this page")
    every.check()
    page.locator("article .tick").first.click()
    assert every.evaluate("box => box.indeterminate")
    every.check()
    page.get_by_label("Why").fill("seen on site")
    page.keyboard.press("Enter")
    assert workflow.awaiting(waiting, state="verified")["count"] == 0
    page.get_by_role("button", name="Verify").click()
    page.wait_for_selector(".notice.done")
    assert workflow.awaiting(waiting, state="verified")["count"] == 2
    assert faults == []


def test_a_file_is_attached_and_downloaded(page, server, waiting):
    """Chosen, noted and sent; the download is saved under its name, byte for byte."""
    faults = watch(page, server.address)
    page.goto(f"{server.address}/areas")
    page.get_by_role("link", name="I4").click()
    page.get_by_role("link", name="Attach a photo").click()
    file = {"name": "sketch.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n sketch"}
    page.get_by_label("Photos, sketches, papers").set_input_files(file)
    page.get_by_label("What they show").fill("the north corner")
    page.get_by_role("button", name="Attach").click()
    page.wait_for_selector("text=1 file attached")
    with page.expect_download() as download:
        page.get_by_role("link", name="sketch.png").click()
    assert download.value.suggested_filename == "sketch.png"
    assert download.value.path().read_bytes() == file["buffer"]
    assert [fault for fault in faults if "blob:" not in fault] == []
