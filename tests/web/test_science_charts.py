"""Charts of calculators and of the munition catalogue, on their pages."""

import re
from xml.etree import ElementTree

import pytest

from landrelease.models.calculators import CALCULATORS, calculate, chart
from landrelease.models.catalogue import catalogue, claimed_tested_observed
from landrelease.web.science_charts import WIDTH, answer_chart, claims_chart


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_every_answer_draws_within_its_frame(name):
    """The chart is well-formed, titled, has a line for each label, and none leaves the frame."""
    drawn = chart(calculate(name, CALCULATORS[name].example))
    svg = ElementTree.fromstring(answer_chart(drawn, "Answer <1>"))
    assert svg.findtext("title") == "Answer <1>"
    lines = svg.findall(".//polyline")
    assert len(lines) == len(drawn["lines"])
    for line in lines:
        for across, down in re.findall(r"([\d.-]+),([\d.-]+)", line.get("points")):
            assert 0 <= float(across) <= WIDTH
            assert 0 <= float(down) <= 260


@pytest.mark.parametrize("munition_id", sorted(catalogue()))
def test_claims_stand_beside_finds_with_their_tags(munition_id):
    """One bar for each published share, classed by kind and evidence."""
    rows = claimed_tested_observed(munition_id)
    svg = ElementTree.fromstring(claims_chart(rows, "Shares"))
    classes = [bar.get("class") for bar in svg.findall("rect")]
    assert classes == [f"claim {row['kind']} {row['evidence']}" for row in rows]


def test_pages_show_words_chart_and_sources(client):
    """A calculator's page draws its chart; the catalogue names every source and tag."""
    page = client.get("/calculators/removal", params={"counts": "38 26 12"}).text
    assert "about 15 are likely left" in page
    assert page.count("<polyline") == 2
    munitions = client.get("/munitions").text
    for entry in catalogue().values():
        assert f'id="{entry.munition_id}"' in munitions
        for rate in entry.rates.values():
            assert rate.edition in munitions
    assert "memory" in munitions


def test_claim_leads_to_an_outlook_with_both_figures(client):
    """The page of a claim's outlook escapes its words and shows both figures."""
    page = client.get("/records/mc-1/outlook").text
    assert "Ministry &lt;of&gt; Defence" in page
    assert "still needs clearance" in page
    assert "can still function" in page


def test_outlook_takes_the_numbers_that_were_chosen(client):
    """A munition without verified default asks whose numbers; with a choice it answers."""
    asked = {"quantity_low": "100", "munition": "us-non-persistent-ap-mine"}
    refused = client.get("/outlook", params=asked)
    assert refused.status_code == 400
    assert "no verified default" in refused.text
    assert client.get("/outlook", params={**asked, "rates": "claimed"}).status_code == 200
