# ruff: noqa: E501 - patterns are read whole
"""Acts that a depositary notifies as a form: under the state's name, or one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landrelease.evidence import gazetteer
from landrelease.evidence.layout import Span
from landrelease.evidence.proposals import Proposal, propose
from landrelease.evidence.reading import Reading

_STATE = r"(?P<state>[A-Z][A-Za-zÀ-ž'’(). -]{2,50}?)"
_NAMES = "withdrawal|denunciation|accession|ratification|acceptance|approval|succession|consent(?: to be bound)?"
_PAPER = (
    r"(?:(?:deposit of )?(?:an? |the )?(?:instruments?|notifications?|notices?) of |deposit of )?"
)
_ACT = re.compile(
    rf"^[ \t]*{_STATE}[:,] {_PAPER}(?P<act>{_NAMES})\b"
    r"(?:[^\n]{0,200}\n){1,12}?[^\n]{0,200}\b(?:(?:action|deposit|act|instrument|notification) (?:\w+ ){0,3}?(?:was|were|has been) (?:effected|deposited|received|made|lodged)|deposited|received|lodged|effected)[^\n]{0,60}? on (?=\d|[A-Z])[^\n]{4,20}",
    re.IGNORECASE | re.MULTILINE,
)
"""A heading with the act, its day some lines on."""
_ROW = re.compile(
    rf"^[ \t•*·–-]{{0,4}}(?:{_STATE} ?(?:[:,|(–—-]| [–—-]) ?(?:instrument of |notification of |notice of )?(?P<act>{_NAMES})"
    rf"|(?P<act2>{_NAMES}) (?:of|by|[:–—-]) ?(?:the )?(?P<state2>[A-Z][A-Za-zÀ-ž'’. -]{{2,50}}?))"
    r"(?:,? on | ?[,:|(–—-] ?)(?=[^\n]{0,12}\d)(?P<rest>[^\n]{4,120})$",
    re.IGNORECASE | re.MULTILINE,
)
"""«State: act, day, with effect from …», in lists and in rows of tables."""
_ENDS = ("withdrawal", "denunciation")
_DONE = {
    "accession": "acceded", "ratification": "ratified", "acceptance": "ratified",
    "approval": "ratified", "succession": "acceded", "consent to be bound": "ratified",
    "consent": "ratified",
}  # fmt: skip
_NOTICE = 400
"""Characters of a notification after its act."""


def notices(reading: Reading, treaty: str) -> Iterator[Proposal]:
    """Yield the acts that forms and rows of a notice name, for the treaty of its heading."""
    for match in _ACT.finditer(reading.text):
        days = reading.inside(match.end("act"), match.end() + 20, "D")
        named = [m.key for m in reading.inside(match.end(), match.end() + _NOTICE, "T")]
        code = next((key for key in named if key != "other"), treaty)
        day = days[-1].data.value if days else None
        end = max([match.end("act"), *(m.end for m in days[-1:])])
        yield from _act(reading, (match["state"], match["act"]), Span(match.start("state"), end), code, day)  # fmt: skip
    read: list[int] = []
    for match in _ROW.finditer(reading.text):
        days = reading.inside(match.start("rest"), match.end(), "D")
        state, act = match["state"] or match["state2"], match["act"] or match["act2"]
        if days and days[0].start - match.start("rest") <= _AT_ONCE:
            first = match.start("state") if match["state"] else match.start("act2")
            read.append(first)
            yield from _act(reading, (state, act), Span(first, match.end()), treaty, days[0].data.value)  # fmt: skip
    for row in _rows(reading, treaty):
        if not any(row.start <= first < row.end for first in read):
            yield row


_AT_ONCE = 12
"""The day of a row follows its act within these characters."""


_CELLS = re.compile(
    r"[ \t]+[–—-][ \t]+|[ \t]*[|\t;][ \t]*|:[ \t]+|,[ \t]+(?!(?:19|20)\d\d)|[ \t]{2,}"
)
"""What separates the cells of a row; a comma before a year does not."""
_DONE_ACT = re.compile(
    rf"{_PAPER}(?P<act>{_NAMES})(?: of (?:the |an? )?instrument)?(?: (?:deposited|received|lodged|notified))?[.*]?",
    re.IGNORECASE,
)
_ROW_LINE = re.compile(r"^[ \t•*·|–-]{0,4}(?P<row>[^\n]{12,110}?)[ \t|.]*$", re.MULTILINE)


def _rows(reading: Reading, treaty: str) -> Iterator[Proposal]:
    """Rows of a state, an act and its day and nothing else, in any order."""
    for match in _ROW_LINE.finditer(reading.text):
        cells = [cell for cell in _CELLS.split(_NOTE.sub("", match["row"])) if cell]
        acts = [found for cell in cells if (found := _DONE_ACT.fullmatch(cell))]
        days = reading.inside(match.start("row"), match.end("row"), "D")
        if len(acts) != 1 or len(days) != 1:
            continue
        day = reading.text[days[0].start : days[0].end]
        rest = [cell for cell in cells if cell != acts[0].group() and cell != day]
        code, rest = _own_treaty(rest, treaty)
        if len(rest) == 1:
            yield from _act(reading, (rest[0], acts[0]["act"]), Span(*match.span("row")), code, days[0].data.value)  # fmt: skip


_NOTE = re.compile(r"[ \t]*\([a-z][^()\d]{2,30}\)$")
"""A remark in brackets behind a row."""
_SHORT_NAMES = {
    re.compile(r"(?:anti-?personnel |AP )?(?:land)?mines?(?: ban)?(?: convention)?", re.IGNORECASE): "MBT",
    re.compile(r"cluster(?: munitions?| bombs?)?(?: convention)?", re.IGNORECASE): "CCM",
}  # fmt: skip
"""Names of the treaties in the cells of a table."""


def _own_treaty(cells: list[str], treaty: str) -> tuple[str, list[str]]:
    """The treaty that cells of the row name, else that of the heading, and the other cells."""
    named = {cell: code for cell in cells if (code := _treaty_of(cell))}
    codes = [code for code in named.values() if code != "other"]
    other = "other" if named else treaty
    return (codes or [other])[-1], [cell for cell in cells if cell not in named]


def _treaty_of(cell: str) -> str | None:
    """The treaty that a cell names by its short or its full name."""
    code = next((code for name, code in _SHORT_NAMES.items() if name.fullmatch(cell)), None)
    named = [m for m in gazetteer.phrase_book().find(cell, 0, len(cell)) if m.kind == "T"]
    return code or next((m.key for m in named if m.end - m.start > len(cell) // 2), None)


def _act(
    reading: Reading, words: tuple[str, str], span: Span, treaty: str, day: str | None
) -> Iterator[Proposal]:
    name, word = words[0], words[1].casefold()
    name = name.title() if name.isupper() else name
    states = [m for m in gazetteer.phrase_book().find(name, 0, len(name)) if m.kind == "S"]
    if len(states) != 1 or treaty == "other":
        return
    status, kind = ("withdrawing", "notified") if word in _ENDS else ("party", _DONE[word])
    yield propose(
        reading, "treaty_position", span, "position.notification", "high", state=states[0].key,
        treaty=treaty, status=status, status_in_text=words[1], date=day, date_kind=kind,
    )  # fmt: skip
