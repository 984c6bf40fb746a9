"""Extractors of others: the page on writing one is followed to the letter."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from landrelease.errors import InputError, NotFoundError
from landrelease.services import documents, ingesting, judging, keeping
from landrelease.services.reading import Reading

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-an-extractor.md"
TEXT = "Laos has not joined the Mine Ban Treaty. Oriska still holds 40 mines along the river. Nobody was hurt.\n"


def code_of(language: str) -> str:
    """The first block of a language on the page."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The page's package, installed as its pyproject.toml says."""
    declared = dict(re.findall(r'^(\w+) = "(\w+:\w+)"', code_of("toml"), re.MULTILINE))
    folder = tmp_path / "site"
    described = folder / "district_names-1.dist-info"
    described.mkdir(parents=True)
    (folder / "district_names.py").write_text(code_of("python"), encoding="utf-8")
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: district-names\nVersion: 1\n")
    points = "".join(f"{name} = {target}\n" for name, target in declared.items())
    (described / "entry_points.txt").write_text(f"[landrelease.extractors]\n{points}")
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    sys.modules.pop("district_names", None)


@pytest.fixture
def report(tmp_path):
    """A document that the page's extractor reads."""
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_example_of_the_page_proposes(installed, report):
    """Named, it proposes with its own rule id and low confidence; unnamed, it is not asked."""
    found = documents.extract(str(report), Reading(extractors=["districts"]))["proposals"]
    mine = [p for p in found if p["rule"] == "plugin.districts"]
    assert [(p["quote"], p["confidence"]) for p in mine] == [
        ("Oriska still holds 40 mines along the river.", "low")
    ]
    plain = documents.extract(str(report))["proposals"]
    assert not [p for p in plain if p["rule"].startswith("plugin.")]


def test_its_proposals_wait_in_the_same_inbox(installed, report, tmp_path):
    """Ingested they are listed, grouped and judged like all others, however few fields they have."""
    register = tmp_path / "r.gpkg"
    keeping.init(register, country="LAO", name="Test", by="T")
    module = installed / "district_names.py"
    module.write_text(module.read_text().replace('"kind": "contamination", ', ""))
    ingesting.ingest(register, [str(report)], by="T", how=Reading(extractors=["districts"]))
    waiting = documents.inbox(register)["proposals"]
    mine = next(p for p in waiting if p["rule"] == "plugin.districts")
    assert judging.judge(register, mine["id"], "accept", why="y", by="T")["state"] == "accepted"


def mended(installed: Path, old: str, new: str) -> None:
    """Change the installed extractor's code."""
    module = installed / "district_names.py"
    code = module.read_text()
    assert old in code
    module.write_text(code.replace(old, new))


def test_words_that_are_not_in_the_text_are_left_out(installed, report):
    """A figure that the extractor mends is left out, with the place it claimed; the rules stand."""
    plain = documents.extract(str(report))["proposals"]
    mended(installed, '"quote": quote,', '"quote": quote.replace("40", "41"),')
    found = documents.extract(str(report), Reading(extractors=["districts"]))
    assert found["proposals"] == plain
    remark = found["document"]["warnings"][-1]
    assert "'districts'" in remark
    assert "quote_not_in_text" in remark


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        start = document", "        raise KeyError(name)\n        start = document"),
        ("            yield {", "            yield 7\n            yield {"),
        ('{"kind": "contamination"', '{"kind": {1}'),
        ('{"kind": "contamination"', '{"kind": "casualties", "total": "ten", "killed": []'),
        ('"category": "event"', '"category": []'),
    ],
)
def test_what_an_extractor_does_wrong_is_its_own_problem(installed, report, tmp_path, old, new):
    """The rules' proposals are kept, the extractor is named, and the document is taken in."""
    plain = documents.extract(str(report))["proposals"]
    assert plain
    mended(installed, old, new)
    found = documents.extract(str(report), Reading(extractors=["districts"]))
    assert found["proposals"][: len(plain)] == plain
    assert any("'districts'" in w for w in found["document"]["warnings"])
    register = tmp_path / "r.gpkg"
    keeping.init(register, country="LAO", name="Test", by="T")
    taken = ingesting.ingest(register, [str(report)], by="T", how=Reading(extractors=["districts"]))
    assert taken["documents"][0]["status"] == "added"
    assert taken["documents"][0]["warnings"] == found["document"]["warnings"]


def test_what_came_before_a_failure_is_kept(installed, report):
    """An extractor that fails at its second district has proposed its first."""
    mended(
        installed,
        "        start = document",
        "        if name == 'Tamboa':\n            raise OSError\n        start = document",
    )
    found = documents.extract(str(report), Reading(extractors=["districts"]))
    assert [p["rule"] for p in found["proposals"]].count("plugin.districts") == 1
    assert "stopped: OSError" in found["document"]["warnings"][-1]


def test_an_extractor_that_cannot_be_loaded_is_named(installed, report, tmp_path):
    """It stops the command before anything is written."""
    mended(installed, "DISTRICTS =", "import no_such_module_here\nDISTRICTS =")
    register = tmp_path / "r.gpkg"
    keeping.init(register, country="LAO", name="Test", by="T")
    with pytest.raises(InputError) as problem:
        ingesting.ingest(register, [str(report)], by="T", how=Reading(extractors=["districts"]))
    assert problem.value.code == "extractor_broken"
    assert not documents.inbox(register, "all")["proposals"]


def test_an_extractor_that_is_not_installed_is_named(report):
    """The answer lists what is installed."""
    with pytest.raises(NotFoundError, match="installed:"):
        documents.extract(str(report), Reading(extractors=["absent"]))
