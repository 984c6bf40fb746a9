"""Rows that wait are listed with what to do, mended in the page, or given out to be mended."""

from __future__ import annotations

import io

import openpyxl
import pytest
from fastapi.testclient import TestClient

from landrelease.services import keeping, layers, mending
from landrelease.services.api import Services
from landrelease.web.app import create_app
from landrelease.web.context import Settings

from .test_inbox import token_on

MAPPING = """
kind: hazardous_area
identity: {local_id: ref}
geometry: {column: wkt}
crs: EPSG:4326
fields: {hazard_kind: kind, name: name}
"""
SHAPE = "POLYGON ((17 44, 17.1 44, 17.1 44.1, 17 44))"


def waiting(path):
    """Marks of the rows that wait."""
    return [row["quarantine_row"] for row in mending.quarantine(path)["rows"]]


@pytest.fixture
def path(tmp_path):
    """A register with two rows in quarantine: one of an unknown kind, one without a place."""
    path = tmp_path / "r.gpkg"
    keeping.init(path, country=None, name="Test", by="Ana")
    (tmp_path / "m.yaml").write_text(MAPPING)
    file = tmp_path / "fields <x>.csv"
    file.write_text(f'ref,kind,name,wkt\nA-1,<b>,one,"{SHAPE}"\nA-2,SHA,two,\n')
    call = layers.ImportCall(file, mapping=tmp_path / "m.yaml")
    layers.take_in(path, call, by="Ana")
    return path


@pytest.fixture
def client(path):
    """A client of the pages over it."""
    app = create_app(Services(path, "Ana Test"))
    with TestClient(app, base_url="http://127.0.0.1") as made:
        yield made


def test_the_list_names_file_row_problem_and_cure(client, path):
    """Each row that waits with what is wrong and what to do, and the way to mend it."""
    text = client.get("/quarantine").text
    assert "2 rows to be mended" in text
    assert "fields &lt;x&gt;.csv</a>, row 1" in text
    assert "hazard_kind: a field that records of this kind need is empty" in text
    assert "Add the geometry, or a place in words, or the stated area" in text
    for token in waiting(path):
        assert f'href="/quarantine/{token}"' in text
    assert "No row of these waits" in client.get("/quarantine?layer=other").text


def test_a_cell_is_mended_and_the_row_taken_in(client, path):
    """The cell that the problem is about stands first; taken in, the row waits no more."""
    first, second = waiting(path)
    text = client.get(f"/quarantine/{first}").text
    about = text[text.index("What the problem is about") : text.index("Other cells")]
    assert 'name="cell.kind" value="&lt;b&gt;"' in about
    assert 'name="cell.name"' not in about
    form = {"token": token_on(client, f"/quarantine/{first}"), "cell.kind": "CHA"}
    answer = client.post(f"/quarantine/{first}", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/quarantine?done=mended"
    assert waiting(path) == [second]
    assert "taken in as mended" in client.get("/quarantine?done=mended").text
    assert client.post(f"/quarantine/{first}", data=form).status_code == 404
    assert layers.imports(path)["imports"][-1]["author"] == "Ana Test"


def test_what_still_cannot_be_taken_in_keeps_what_was_typed(client, path):
    """The page says why, nothing is written, and the typed cell stands in its field."""
    first = waiting(path)[0]
    form = {"token": token_on(client, f"/quarantine/{first}"), "cell.kind": "certain"}
    answer = client.post(f"/quarantine/{first}", data=form)
    assert answer.status_code == 400
    assert "still cannot be taken in" in answer.text
    assert 'name="cell.kind" value="certain"' in answer.text
    assert len(waiting(path)) == 2


def test_rows_are_given_out_with_their_mark(client, path):
    """The file holds every waiting row of the layer, the mark by which it is known again, the cure."""
    answer = client.get("/quarantine/download", params={"layer": "fields <x>", "suffix": "xlsx"})
    assert answer.headers["content-disposition"].startswith("attachment")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[header.index("quarantine_row")] for row in rows] == waiting(path)
    wrong = client.get("/quarantine/download", params={"layer": "fields <x>", "suffix": "exe"})
    assert wrong.status_code == 400


def test_without_a_token_nothing_is_mended(client, path):
    """A form of another site's page takes no row in."""
    first = waiting(path)[0]
    answer = client.post(f"/quarantine/{first}", data={"cell.kind": "CHA"})
    assert answer.status_code == 403
    assert len(waiting(path)) == 2


def test_outside_this_machine_no_row_is_shown(path):
    """Rows may be about people; another machine sees and mends none."""
    token = waiting(path)[0]
    app = create_app(Services(path, "Ana"), Settings(audience="public"))
    with TestClient(app) as public:
        for page in (
            "/quarantine",
            f"/quarantine/{token}",
            "/quarantine/download?layer=x&suffix=csv",
        ):
            assert public.get(page).status_code == 403
        assert public.post(f"/quarantine/{token}", data={"cell.kind": "SHA"}).status_code == 403


def test_a_name_is_asked_for_where_none_is_set(path):
    """Served without a name, a row is taken in by the name in the form."""
    token = waiting(path)[0]
    app = create_app(Services(path, ""), Settings(author=None))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        form = {"token": token_on(client, f"/quarantine/{token}"), "cell.kind": "CHA"}
        assert client.post(f"/quarantine/{token}", data=form).status_code == 400
        client.post(f"/quarantine/{token}", data=form | {"by": "Bo"})
    assert layers.imports(path)["imports"][-1]["author"] == "Bo"
