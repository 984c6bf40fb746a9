"""No line can hang the reader: pieces that patterns split in many ways, in rows of growing length.

Each text is read in a process of its own with a generous limit: a pattern that backtracks over
and over would take minutes, a linear one takes a moment.
"""

from __future__ import annotations

import multiprocessing

import pytest

from landrelease.evidence.extract import extract

LIMIT = 120
"""Seconds for all lines of one kind; a sound reader takes about one."""
PIECES = {
    "capitals": ["A", "GOOD NEWS ", "A B C ", "MacMAC", "O'N-", "AB.CD.", "É", "KYIV/", "KYIV, "],
    "initials": ["A. B. C. ", "A.B.", "Mr. ", "Q ", "U.S. ", "St. Ana ", "Dr. A-"],
    "lists": ["a, b, c, ", "Norway, ", "Norway and ", "Ana Lind, ", "mines, ", "3, ", "Laos (a), "],
    "marks": ['" ', '"a" ', "“a", "“a” ", "'", "a' ", "— ", "-", "--", "- ", "*", "| ", "_a_", "#"],
    "figures": ["1,", "1,000 ", "12 ", "1.", "1/", "1 000\u00a0", "$1 ", "3 May ", "2024-", "12:"],
    "brackets": ["(", "(a) ", ") (", "[1] ", "(A ", "⟨S0⟩ ", "⟨", "(AB) "],
    "stops": [".", ". ", "... ", "?!", ".\u00a0", "\u00a0", "\u00a0a", ": ", ";", "a.\n"],
    "words": [
        "of the ", "killed ", "3 people from ", "which is party to ", "said that ", "likely ",
        "the army of ", "were injured, ", "to supply ", "3 mines in ", "reportedly, ",
        "withdraw from the ", "cleared 3 ha of ", "Norway sent ", "mines given to ", "the gift of ",
    ],
    "furniture": [
        "share   ", "Print | ", "By Ana ", "Photo: ", "Read more ", "1 of ", "Follow us on ",
        "---\r\n", "a: b\r\n", "| a ", "Tags: ", "© 2024 ", "Subscribe ", "12 min read ",
    ],
}  # fmt: skip
FRAMES = [
    "{}", "---\r\n{}", "The army of Norway killed 3 men from {} and withdrew",
    "In Laos mines were {}", "MS. LIND {}.",
]  # fmt: skip
LENGTHS = (150, 1400)


def _lines(pieces: list[str]) -> list[str]:
    """Rows of each piece, short and long, and of each with the next, in each frame."""
    mixed = [a + b for a, b in zip(pieces, pieces[1:] + pieces[:1], strict=True)]
    rows = [(piece * size)[:size] for piece in pieces for size in LENGTHS]
    rows += [(piece * max(LENGTHS))[: max(LENGTHS)] for piece in mixed]
    return [frame.format(row) for row in rows for frame in FRAMES]


def _read(lines: list[str]) -> None:
    for line in lines:
        extract(line, published="2024-05-04")


@pytest.mark.parametrize("kind", sorted(PIECES))
def test_no_row_of_pieces_hangs_the_reader(kind):
    """Rows of one piece, however they are split into words and names, are read to their end."""
    reader = multiprocessing.get_context("spawn").Process(
        target=_read, args=(_lines(PIECES[kind]),)
    )
    reader.start()
    reader.join(LIMIT)
    ended = not reader.is_alive()
    reader.kill()
    reader.join()
    assert ended, f"rows of {kind} were not read within {LIMIT} s"
    assert reader.exitcode == 0
