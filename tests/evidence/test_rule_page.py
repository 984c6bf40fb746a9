"""The page on adding a rule is followed: its rule, laid over the shipped ones, reads its sentence."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "add-an-extraction-rule.md"
TEXT = "Lithuania cut its ties with the Mine Ban Treaty on 6 March 2025.\n"


def proposed(tmp_path, terms=None):
    """The rules that read the text, in a process of its own with another vocabulary."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("LANDRELEASE_")}
    env |= {"PYTHONPATH": str(ROOT / "src")} | ({"LANDRELEASE_TERMS": str(terms)} if terms else {})
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    words = [sys.executable, "-m", "landrelease", "extract", str(article), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, env=env, check=True)
    return [p["rule"] for p in json.loads(done.stdout)["proposals"]]


def test_the_rule_of_the_page_reads_its_sentence(tmp_path):
    """Without the rule nothing is read; with it the position is."""
    rule = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert rule
    terms = tmp_path / "terms"
    terms.mkdir()
    (terms / "positions.yaml").write_text("rules:\n" + rule[1], encoding="utf-8")
    assert "position.cut-ties" not in proposed(tmp_path)
    assert "position.cut-ties" in proposed(tmp_path, terms)


def test_the_files_that_the_page_names_are_there():
    """Every vocabulary in its table exists."""
    named = re.findall(r"`(\w+\.yaml)`", PAGE.read_text(encoding="utf-8"))
    assert named
    for name in named:
        assert (ROOT / "src" / "landrelease" / "terms" / name).is_file(), name
