"""A folder of made-up documents as users have them: mixed formats, and files that are none.

Nothing in them is true. The same count and seed make the same bytes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

_STATES = ("Angola", "Cambodia", "Colombia", "Iraq", "Laos", "Lebanon", "Mozambique", "Yemen")
_PLACES = ("Sarrel", "Tamboa", "Venzu", "Oriska", "Quellin", "Matarra")
_FRENCH = "Les équipes ont enlevé les mines dans la région et le ministère a dit que le travail est fini avec {n} mines détruites."


@dataclass(frozen=True)
class Corpus:
    """Where the documents stand and how many of each sort there are."""

    folder: Path
    readable: int
    refused: int
    french: int
    passed_over: int


def make(folder: Path, count: int, seed: int = 1) -> Corpus:
    """Write ``count`` readable documents of five kinds in subfolders, and some that are none."""
    chance = random.Random(seed)
    french = 0
    for number in range(count):
        path = folder / f"{2015 + number % 10}" / f"report-{number:04d}"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = _text(chance, number)
        if number % 25 == 24:
            text, french = _FRENCH.format(n=number + 1), french + 1
        _write(path, text, number % 7)
    return Corpus(folder, count, _unreadable(folder), french, _beside(folder))


def _text(chance: random.Random, number: int) -> str:
    state, place = chance.choice(_STATES), chance.choice(_PLACES)
    year, mines = 2015 + number % 10, chance.randint(2, 900)
    return (
        f"Bulletin {number} of the year.\n\n"
        f"In May {year} teams cleared {mines * 100:,} square metres near {place} in {state} and "
        f"destroyed {mines} anti-personnel mines.\n\n"
        f"On 4 May {year} a farmer was killed when a mine exploded near {place}, {state}, police "
        "said.\n\n"
        f"“The work will go on until the last field is clear,” said Ana {place}, head of the "
        "national mine action centre.\n"
    )


def _write(path: Path, text: str, sort: int) -> None:
    """Plain text, Markdown, page and PDF; then text of another encoding and under wrong endings."""
    block = "---\ndate: 2024-06-01\npublisher: A Centre\nlicence: CC BY 4.0\n---\n"
    contents = (
        (".txt", text.encode()),
        (".md", (block + text).encode()),
        (".html", page(text)),
        (".pdf", pdf(text)),
        (".text", text.encode("cp1252", "replace")),
        (".txt", pdf(text)),
        ("", text.encode()),
    )
    ending, raw = contents[sort]
    path.with_name(path.name + ending).write_bytes(raw)


def _unreadable(folder: Path) -> int:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.md").write_bytes(b" \n\n")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    return 4


def _beside(folder: Path) -> int:
    """Hidden files and other formats: neither is read, only the latter are counted."""
    hidden = folder / ".trash"
    hidden.mkdir()
    (hidden / "old.txt").write_text("Mines were found.")
    (folder / "._report.txt").write_bytes(b"\x00\x05\x16\x07")
    (folder / "~$report.txt").write_bytes(b"\x00")
    (folder / "table.csv").write_text("a,b\n1,2\n")
    (folder / "photo.JPG").write_bytes(b"\xff\xd8\xff")
    return 2


def page(text: str) -> bytes:
    """A web page with a menu, the text and its date."""
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bulletin</title>'
        '<meta property="article:published_time" content="2024-06-01T08:00:00Z"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article>{paragraphs}</article></body></html>"
    ).encode()


def pdf(text: str) -> bytes:
    """A PDF of one page with these lines as its text layer."""
    shown = "".join(f"({_escaped(row)}) Tj T*\n" for row in _rows(text))
    stream = f"BT /F1 10 Tf 12 TL 40 800 Td\n{shown}ET".encode("cp1252", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(parts) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def _rows(text: str) -> list[str]:
    rows: list[str] = []
    for line in text.splitlines():
        words, row = line.split(), ""
        for word in words:
            if len(row) + len(word) > 90:
                rows.append(row)
                row = ""
            row = f"{row} {word}".strip()
        rows.append(row)
    return rows


def _escaped(row: str) -> str:
    return row.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
