"""The gate: scores on the gold, floors, and a hash over documents and annotations.

python tests/evidence/gate.py            # figures
python tests/evidence/gate.py --repin    # write floors.json anew; never lower a floor
python tests/evidence/gate.py --repin --allow-lower
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from landrelease.evidence.documents import read_document
from landrelease.evidence.extract import extract

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.evidence.scorer import Score, score

GOLD = Path(__file__).parents[1] / "gold"
SLACK = 0.01
"""A floor stands this far under the figure measured when it was set."""


def documents(folder: Path) -> list[Path]:
    """Annotation files of a folder of gold."""
    return sorted(folder.glob("[0-9]*.json"))


def digest(folder: Path) -> str:
    """SHA-256 over names and bytes of all documents and annotations."""
    found = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.name[0].isdigit()):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def measure(folder: Path) -> Score:
    """Score every document of a folder."""
    total = Score()
    for path in documents(folder):
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = folder / gold.get("source_file", gold["text_file"])
        document = read_document(source.read_bytes(), name=source.name, published=gold["published"])
        gold = {"keep": [], "boilerplate": [], "must_not": [], **gold}
        score(gold, extract(document).as_json(), total)
    return total


def repin(folder: Path, allow_lower: bool) -> dict[str, object]:
    """Return new floors; refuses to lower one unless told to."""
    old = (
        json.loads((folder / "floors.json").read_text())
        if (folder / "floors.json").exists()
        else {}
    )
    floors = {k: round(max(v - SLACK, 0), 3) for k, v in measure(folder).figures().items()}
    lower = [k for k, v in floors.items() if v < old.get("floors", {}).get(k, 0)]
    if lower and not allow_lower:
        raise SystemExit(f"floors would fall: {', '.join(lower)}; --allow-lower if that is meant")
    return {"sha256": digest(folder), "floors": floors}


def main() -> None:
    """Print the figures or write the floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repin", action="store_true")
    parser.add_argument("--allow-lower", action="store_true")
    args = parser.parse_args()
    if args.repin:
        pinned = repin(GOLD, args.allow_lower)
        (GOLD / "floors.json").write_text(json.dumps(pinned, indent=1) + "\n")
    found = measure(GOLD)
    print(json.dumps(found.figures(), indent=1), *found.traps, sep="\n")


if __name__ == "__main__":
    main()
