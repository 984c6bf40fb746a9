"""Documents per second after start, and time for one document of 20 kB and of 1 MB.

    python benchmarks/extraction.py

Texts are those of tests/gold, repeated. Prints one JSON document; asserts nothing.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from landrelease.evidence.documents import read_document
from landrelease.evidence.extract import extract

GOLD = Path(__file__).parents[1] / "tests" / "gold"


def seconds(text: str) -> float:
    """Time of one extraction."""
    start = time.perf_counter()
    extract(read_document(text.encode(), published="2025-06-01"))
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(GOLD.glob("[0-9]*.txt"))]
    extract(texts[0])
    each = [seconds(text) for text in texts]
    prose = "\n\n".join(texts)
    figures = {
        "documents": len(texts),
        "documents_per_second": round(len(texts) / sum(each), 1),
        "seconds_20_kB": round(seconds(prose[:20_000]), 2),
        "seconds_1_MB": round(seconds((prose + "\n\n") * (1_000_000 // len(prose) + 1)), 1),
        "seconds_1_MB_of_quotation_marks": round(seconds('"' * 10**6), 2),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
