"""Each page: what it says, what it says when there is nothing, and how it fails."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from landrelease.errors import FieldError
from landrelease.web.app import create_app

from .fake import FakeServices

PAGES = (
    "/", "/areas", "/areas/0190-a1", "/areas/0190-a3", "/records/0190-a1", "/inbox", "/sources/s1",
    "/outlook", "/calculators", "/calculators/removal", "/near", "/plan", "/imports", "/quarantine", "/about",
)  # fmt: skip


@pytest.fixture
def empty():
    """A client of a register that holds nothing."""
    with TestClient(create_app(FakeServices([], proposals=0)), base_url="http://127.0.0.1") as made:
        yield made


@pytest.mark.parametrize("path", PAGES)
def test_page_answers_and_escapes_what_people_wrote(client, path):
    """Every page is whole, titled, and holds no markup that came from a record."""
    answer = client.get(path)
    assert answer.status_code == 200
    text = answer.text
    assert text.count("<h1") <= 1
    assert re.search(r"<title>.+ · landrelease</title>", text)
    for written in (
        "<demo>",
        "<002>",
        "<villagers>",
        "<b>No</b>",
        "Herald <i>",
        "report <1>",
        "<x>",
    ):
        assert written not in text


@pytest.mark.parametrize("path", PAGES)
def test_page_names_no_other_address_and_holds_no_inline_code(client, path):
    """No page loads from elsewhere, and the policy's ban on inline code and styles breaks nothing."""
    text = client.get(path).text
    loaded = re.findall(r'<(?:script|link|img|source)[^>]+(?:src|href)="([^"]+)"', text)
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    assert not re.search(r'\sstyle="|\son[a-z]+="|<style', text)
    scripts = re.findall(r"<script([^>]*)>", text)
    assert all("src=" in s or 'type="application/json"' in s for s in scripts)


def test_map_says_what_it_does_not_show(client):
    """The map names the hazards without geometry and what silence does not mean."""
    text = client.get("/").text
    assert "reported hazard has no geometry and is not shown" in text
    assert "No record is not evidence of no contamination" in text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "No hazardous area is recorded yet"),
        ("/areas", "No hazardous area is recorded yet"),
        ("/inbox", "Nothing waits for judgement"),
        ("/plan", "No plan is written yet"),
        ("/imports", "Nothing was imported yet"),
        ("/quarantine", "No row waits"),
    ],
)
def test_empty_register_says_what_to_do(empty, path, words):
    """A page with nothing to show says so and how to begin."""
    assert words in empty.get(path).text


def test_areas_filter_search_and_count(client):
    """The table shows the rows that match, and no others."""
    text = client.get("/areas", params={"hazard_kind": "CHA"}).text
    assert "CHA &lt;002&gt;" in text
    assert "SHA-001" not in text
    assert "1 area" in text
    assert "No area matches" in client.get("/areas", params={"search": "nowhere"}).text


def test_areas_part_for_htmx_is_the_table_alone(client):
    """A request of htmx gets the part that it replaces."""
    part = client.get("/areas", headers={"hx-request": "true"}).text
    assert "<table" in part
    assert "<html" not in part


def test_error_for_htmx_is_a_line_not_a_page(client, services, monkeypatch):
    """A refused filter is told inside the page that asked."""

    def refuse(*_, **__):
        raise FieldError("as_of", "2019-13", "is no date")

    monkeypatch.setattr(services, "areas", refuse)
    answer = client.get("/areas", headers={"hx-request": "true"})
    assert answer.status_code == 400
    assert "as_of" in answer.text
    assert "<html" not in answer.text


def test_fault_of_the_program_is_a_page_without_its_insides(services, monkeypatch):
    """An unforeseen fault answers in words, with no traceback."""

    def fail():
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(services, "plan", fail)
    app = create_app(services)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/plan")
    assert answer.status_code == 500
    assert "error[unexpected]" in answer.text
    assert "secret detail" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_areas_order_turns_round(client):
    """A sorted column offers the other direction and says how it is sorted."""
    text = client.get("/areas", params={"sort": "area_m2"}).text
    assert 'aria-sort="ascending"' in text
    assert "sort=-area_m2" in text
    assert text.index("CHA &lt;002&gt;") < text.index("SHA-001")


def test_areas_pages_hold_every_row_once():
    """Walking the pages meets each area exactly once."""
    rows = [
        {"record_id": f"r{n}", "local_id": f"HA-{n:03}", "hazard_kind": "SHA", "status": "open",
         "stated_area_m2": None, "area_m2": 1.0, "remaining_m2": 1.0, "district": None}
        for n in range(120)
    ]  # fmt: skip
    with TestClient(create_app(FakeServices(rows)), base_url="http://127.0.0.1") as client:
        texts = [client.get("/areas", params={"page": page}).text for page in (1, 2, 3)]
    met = [name for text in texts for name in re.findall(r">(HA-\d{3})<", text)]
    assert met == [f"HA-{n:03}" for n in range(120)]
    assert 'rel="prev"' not in texts[0]
    assert 'rel="next"' not in texts[2]


def test_area_page_shows_balance_history_and_sources(client):
    """One area's page holds its facts, its account, its quotes and where they come from."""
    text = client.get("/areas/0190-a1").text
    assert "The balance closes" in text
    assert text.count("<rect class=") >= 2
    assert "a field no one enters" in text
    assert 'href="/sources/s1"' in text
    assert "areas.geojson, row 7" in text
    assert "1 killed, 0 injured" in text
    assert "Time does not release this land" in text


def test_area_without_geometry_says_that_no_map_shows_it(client):
    """A hazard without a geometry is not passed over in silence."""
    text = client.get("/areas/0190-a3").text
    assert "no map shows it" in text
    assert 'id="small-map"' not in text


def test_unknown_record_is_a_page_with_code_and_cure(client):
    """A wrong address says what is wrong and what helps, as page and as JSON."""
    page = client.get("/areas/none")
    assert page.status_code == 404
    assert "error[record_unknown]" in page.text
    assert "What helps" in page.text
    document = client.get("/api/areas/none")
    assert document.status_code == 404
    assert document.json()["error"]["code"] == "record_unknown"
    assert "page_unknown" in client.get("/nowhere").text


def test_source_text_is_whole_and_marked(client):
    """The marked text, tags taken away, is the source's text."""
    text = client.get("/sources/s1").text
    body = re.search(r'<div class="source-text[^>]*>(.*?)</div>', text, re.DOTALL).group(1)
    import html

    from .fake import QUOTE, TEXT

    assert html.unescape(re.sub(r"<[^>]+>", "", body)) == TEXT
    marked = re.search(r"<mark[^>]*><a[^>]*>(.*?)</a></mark>", body).group(1)
    assert html.unescape(marked) == QUOTE


def test_outlook_shows_both_figures_and_the_standing_sentence(client):
    """An outlook names what can function and what needs clearance, and that it releases nothing."""
    asked = {
        "quantity_low": "100",
        "from_h": "4",
        "to_h": "48",
        "failure_low": "0,1",
        "scale_days": "14",
    }
    text = client.get("/outlook", params=asked).text
    assert "It releases no land and changes no status" in text
    assert "still needs clearance" in text
    assert "can still function" in text
    assert '<svg class="chart"' in text
    assert "What it rests on" in text


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"quantity_low": ""}, "quantity_low"),
        ({"quantity_low": "many"}, "quantity_low"),
        ({"quantity_low": "10", "to_h": "48"}, "failure_low"),
        ({"quantity_low": "10", "to_h": "48", "failure_low": "2"}, "failure_probability"),
    ],
)
def test_outlook_names_the_faulty_field_and_keeps_the_form(client, asked, field):
    """A fault is shown beside the form with its field; what was typed stays."""
    answer = client.get("/outlook", params=asked)
    assert answer.status_code == 400
    assert field in re.search(r'class="error-line"[^>]*>(.*?)</p>', answer.text).group(1)
    for value in filter(None, asked.values()):
        assert f'value="{value}"' in answer.text


def test_calculators_are_listed_and_answer(client):
    """Every calculator is on the list and its example gives an answer or a refusal."""
    described = client.get("/api/calculators").json()
    listed = client.get("/calculators").text
    for calculator in described:
        assert f'/calculators/{calculator["name"]}"' in listed
        example = {
            name: " ".join(map(str, value)) if isinstance(value, list) else value
            for name, value in calculator["example"].items()
        }
        answer = client.get(f"/calculators/{calculator['name']}", params=example)
        assert answer.status_code == 200, answer.text
        assert 'class="facts card answer"' in answer.text


def test_calculator_refuses_and_cannot_estimate(client):
    """A bad input names its field; a method that does not apply says so."""
    bad = client.get("/calculators/pod", params={"coverage": "-3"})
    assert bad.status_code == 400
    assert "coverage" in re.search(r'class="error-line"[^>]*>(.*?)</p>', bad.text).group(1)
    assert "Cannot estimate" in client.get("/calculators/removal", params={"counts": "5 9"}).text


def test_near_tells_of_a_place_abroad_and_leads_to_what_is_meant(client):
    """A place outside the country is told, with the swapped reading to look at."""
    page = client.get("/near", params={"latitude": "17.5", "longitude": "44", "radius_m": "50"})
    assert "The point lies elsewhere." in page.text
    [there] = re.findall(r'<a href="(/near[^"]*)">Look there', page.text)
    asked = client.get(there.replace("&amp;", "&")).text
    assert 'name="latitude" type="text" value="44.0"' in asked
    assert "elsewhere" not in asked


def test_near_says_that_silence_is_no_evidence(client):
    """Found or not, the page says what silence does not mean."""
    found = client.get("/near", params={"latitude": "44", "longitude": "16"}).text
    assert "SHA-001" in found
    nothing = client.get("/near", params={"latitude": "0", "longitude": "0"}).text
    assert "Nothing is recorded within 500" in nothing
    assert "No record is not evidence" in nothing
    assert client.get("/near", params={"latitude": "x", "longitude": "0"}).status_code == 400


def test_imports_list_quarantined_rows_with_reasons(client):
    """Each row that waits is named by layer, number and reason."""
    assert "2 rows wait" in client.get("/imports").text
    text = client.get("/quarantine").text
    assert text.count("geometry_missing") == 2
    assert "the row has &lt;no&gt; geometry" in text
    assert "areas &lt;x&gt;.geojson" in text


def test_plain_drawing_holds_every_area(client):
    """Browsers without WebGL 2 get a drawing whose text is escaped."""
    drawing = client.get("/map.svg")
    assert drawing.headers["content-type"].startswith("image/svg+xml")
    assert drawing.text.count("Z") == 2
    assert "&lt;demo&gt;" in drawing.text


def test_what_was_taken_in_with_a_warning_stands_beside_the_imports(client):
    """Code, how often, the rows and the cure; the quarantine leads there."""
    text = client.get("/imports").text
    assert "Taken in with a warning" in text
    assert "3, 4 …" in text
    assert "date_invalid" in text
    assert "no <date>" not in text
    assert "25 warnings" in client.get("/quarantine").text


def test_the_imports_tell_what_the_latest_file_lacks(client):
    """Both what is not in it and what waits, with links to the records and their rows."""
    text = client.get("/imports").text
    assert text.count("HA-&lt;1&gt;") == 2
    assert "not in this file" in text
    assert "the row waits in quarantine" in text
    assert "/quarantine?import_id=i1" in text
