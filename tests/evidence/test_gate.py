"""Quality is a pinned number: floors on the gold, a hash over it, and the gate itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("trafilatura", reason="the gold has web pages: needs landrelease[news]")
pytest.importorskip("pypdf", reason="the gold has a PDF: needs landrelease[news]")

from landrelease.evidence.documents import read_document
from landrelease.evidence.extract import extract
from tests.evidence import gate
from tests.evidence.scorer import Score, score

SHARED = Path(os.environ.get("LANDRELEASE_SHARED", Path(__file__).parents[3] / "shared"))
PINNED = json.loads((gate.GOLD / "floors.json").read_text())
OUTER_FLOORS = {"recall": 0.92, "precision": 0.92, "fields": 0.92, "dropped": 0.98, "kept": 0.995}


def test_gold_is_the_pinned_gold():
    """A changed document or annotation needs a new pin, so that no floor is met by editing."""
    assert gate.digest(gate.GOLD) == PINNED["sha256"], "run tests/evidence/gate.py --repin"
    assert len(gate.documents(gate.GOLD)) >= 25


def test_own_gold_meets_its_floors():
    """Recall, precision, fields and cleaning stay over their floors; no trap is walked into."""
    found = gate.measure(gate.GOLD)
    below = {k: v for k, v in found.figures().items() if v < PINNED["floors"][k]}
    assert not below
    assert found.traps == []


def test_gold_quotes_stand_where_they_say():
    """Every annotated span is cut from the text that its offsets count."""
    for path in gate.documents(gate.GOLD):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (gate.GOLD / gold["text_file"]).read_bytes().decode("utf-8")
        for record in gold["records"]:
            assert text[record["start"] : record["end"]] == record["quote"]


def test_gate_sees_a_missed_and_a_wrong_record():
    """The scorer itself: nothing proposed gives recall 0, a wrong speaker gives precision 0."""
    quote = {"start": 0, "end": 10, "quote": "0123456789"}
    gold = {
        "doc_id": "x", "boilerplate": [], "keep": [], "must_not": [],
        "records": [{**quote, "category": "statement", "required": True, "fields": {"speaker": "Ada Lind"}}],
    }  # fmt: skip
    empty = score(gold, {"proposals": [], "dropped": []}, Score())
    assert empty.figures()["recall"] == 0
    wrong = {**quote, "category": "statement", "fields": {"speaker": "Per Holm"}}
    found = score(gold, {"proposals": [wrong], "dropped": []}, Score()).figures()
    assert (found["recall"], found["precision"]) == (0, 0)


def test_floors_do_not_fall_unasked(tmp_path, monkeypatch):
    """Re-pinning refuses a lower floor unless told that it is meant."""
    (tmp_path / "floors.json").write_text(json.dumps({"floors": {"recall": 1.0}}))
    monkeypatch.setattr(gate, "measure", lambda folder: Score(required=2, recalled=1))
    with pytest.raises(SystemExit, match="recall"):
        gate.repin(tmp_path, allow_lower=False)
    assert gate.repin(tmp_path, allow_lower=True)["floors"]["recall"] == pytest.approx(0.49)


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the shared gold is not here")
def test_shared_gold_meets_the_measures(tmp_path):
    """The outer scorer finds the asked recall, precision, fields and cleaning, and no trap."""
    for path in gate.documents(SHARED / "gold"):
        gold = json.loads(path.read_text(encoding="utf-8"))
        raw = (path.parent / gold["text_file"]).read_bytes()
        found = extract(read_document(raw, name=gold["text_file"], published=gold["published"]))
        (tmp_path / path.name).write_text(json.dumps(found.as_json()))
    names = {"dropped": "cleaner.dropped", "kept": "cleaner.kept"}
    floors = [f"--floor={names.get(k, k + '.all')}={v}" for k, v in OUTER_FLOORS.items()]
    command = [sys.executable, str(SHARED / "tools" / "score_extraction.py"), str(SHARED / "gold")]
    run = subprocess.run(
        [*command, "--predictions", str(tmp_path), "--strict", *floors],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr
