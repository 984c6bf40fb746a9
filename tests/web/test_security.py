"""Who may ask and who may write: hosts, origins, tokens, audiences."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from landrelease.web.app import create_app
from landrelease.web.context import Settings

from .test_inbox import token_on


def test_policy_stands_on_every_answer(client):
    """Pages, tiles, files and errors carry the content security policy."""
    for path in (
        "/",
        "/static/css/base.css",
        "/tiles/accident/0/0/0.mvt",
        "/nowhere",
        "/api/summary",
    ):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "192.168.1.5:8347", ""])
def test_foreign_host_names_are_refused(client, host):
    """A name that another site points at this machine opens nothing."""
    answer = client.get("/api/summary", headers={"host": host})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "host_foreign"


@pytest.mark.parametrize("host", ["127.0.0.1:8347", "localhost:8347", "[::1]:8347"])
def test_own_host_names_are_served(client, host):
    """The names of this machine work."""
    assert client.get("/api/summary", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://example.org"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_posts_of_other_sites_are_refused(client, services, headers):
    """Even with the right token, another site's page cannot judge."""
    form = {"token": token_on(client), "decision": "accept", "why": "x"}
    assert client.post("/inbox/p0", data=form, headers=headers).status_code == 403
    assert services.judged == []


@pytest.mark.parametrize("token", ["", "guess"])
def test_posts_need_the_browsers_token(client, services, token):
    """A missing or wrong token judges nothing."""
    token_on(client)
    form = {"token": token, "decision": "accept", "why": "x"}
    answer = client.post("/inbox/p0", data=form)
    assert answer.status_code == 403
    assert "token_wrong" in answer.text
    assert services.judged == []


def test_api_takes_json_only(client, services):
    """A form of another site cannot reach the API, which takes no forms."""
    form = client.post("/api/inbox/p0", data={"decision": "accept", "why": "x"})
    assert form.status_code == 400
    assert services.judged == []
    sent = client.post("/api/inbox/p0", json={"decision": "accept", "why": "x"})
    assert sent.json() == {"proposal": "p0", "state": "accepted", "entry_id": "e9"}


@pytest.mark.parametrize(
    "path",
    ["/inbox", "/sources/s1", "/records/0190-x1", "/imports", "/plan", "/popup/0190-x1",
     "/near?latitude=44&longitude=16", "/api/inbox", "/api/areas/0190-a1", "/api/imports",
     "/api/sources/s1", "/api/records/0190-x1"],
)  # fmt: skip
def test_public_audience_gets_no_private_page(services, path):
    """Outside this machine neither sources nor people's words nor accidents are shown."""
    with TestClient(create_app(services, Settings(audience="public"))) as public:
        answer = public.get(path)
    assert answer.status_code == 403
    assert "not_public" in answer.text


def test_public_area_page_hides_sources_and_accidents(services):
    """A warning is for everyone, the words behind it are not."""
    with TestClient(create_app(services, Settings(audience="public"))) as public:
        text = public.get("/areas/0190-a1").text
        assert public.get("/tiles/accident/0/0/0.mvt").status_code == 404
        assert public.get("/tiles/hazardous_area/0/0/0.mvt").status_code == 200
    assert "SHA-001" in text
    for private in ("Field report", "villagers", "a field no one enters", "killed", "Ana Test"):
        assert private not in text
