"""Documents per second after start, and time for documents of 20 kB, 250 kB and 1 MB.

    python benchmarks/extraction.py             # extraction alone
    python benchmarks/extraction.py --folder 1000   # ingest of a made-up folder, stop and go on

Texts are those of tests/gold, repeated. Seconds are those of the processor, so that what else the
machine does counts little. Prints one JSON document; asserts nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from landrelease.evidence.documents import read_document
from landrelease.evidence.extract import extract

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"
MEGABYTE = 10**6
ODD_LINES = {
    "quotation_marks": '"' * MEGABYTE,
    "one_word": "a" * MEGABYTE,
    "line_ends": "\n" * MEGABYTE,
    "single_letters": "x\n" * (MEGABYTE // 2),
    "list_marks": "- \n" * (MEGABYTE // 3),
}


def seconds(text: str) -> float:
    """Processor time of one extraction."""
    start = time.process_time()
    extract(read_document(text.encode(), published="2025-06-01"))
    return time.process_time() - start


def extraction() -> dict[str, object]:
    """Measure texts of several lengths, and lines that are no prose."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(GOLD.glob("[0-9]*.txt"))]
    extract(texts[0])
    each = [seconds(text) for text in texts]
    prose = "\n\n".join(texts)
    long = (prose + "\n\n") * (MEGABYTE // len(prose) + 1)
    return {
        "documents": len(texts),
        "documents_per_second": round(len(texts) / sum(each), 1),
        "seconds_20_kB": round(seconds(prose[:20_000]), 2),
        "seconds_250_kB": round(seconds(long[: MEGABYTE // 4]), 1),
        "seconds_1_MB": round(seconds(long[:MEGABYTE]), 1),
        "seconds_1_MB_of": {
            name: round(seconds(f"Mines. {text}"), 2) for name, text in ODD_LINES.items()
        },
    }


def folder(count: int) -> dict[str, object]:
    """Measure taking a folder in, and passing over it the second time."""
    sys.path.insert(0, str(ROOT))
    from tests.services.corpus import make

    from landrelease.services import ingesting, keeping

    with tempfile.TemporaryDirectory() as name:
        register = Path(name) / "r.gpkg"
        keeping.init(register, country="LAO", name="Benchmark", by="Benchmark")
        made = make(Path(name) / "in", count)
        took = []
        for _ in range(2):
            start = time.process_time()
            done = ingesting.ingest(register, [str(made.folder)], by="Benchmark")
            took.append(round(time.process_time() - start, 1))
    return {"summary": done["summary"], "seconds_first": took[0], "seconds_again": took[1]}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=int, metavar="COUNT")
    count = parser.parse_args().folder
    print(json.dumps(folder(count) if count else extraction(), indent=1))


if __name__ == "__main__":
    main()
