"""Drop the furniture of a page from plain text, line by line, each with the rule that dropped it.

When unsure a line is kept: a sentence of the report lost is worse than a slogan kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from landrelease.evidence import page_edges, page_rows
from landrelease.evidence.gazetteer import topic_pattern
from landrelease.evidence.layout import Span, inked, lines
from landrelease.terms import load_terms

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:.*+\n){0,60}?---[ \t]*(?:\r?\n|$)")


@dataclass(frozen=True)
class Dropped:
    """One stretch of furniture and the rule that named it."""

    start: int
    end: int
    rule: str


_LONGEST_FURNITURE = 400
"""Longer lines are paragraphs of prose: no rule for furniture reads them."""


@cache
def _openings() -> list[tuple[str, re.Pattern[str]]]:
    """Rules that read a line from its first character on."""
    table = load_terms("furniture")["lines"]
    return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in table.items()]


@cache
def _any_opening() -> re.Pattern[str]:
    """All of them in one pass: few lines of a report fit any."""
    patterns = load_terms("furniture")["lines"].values()
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


@cache
def _inner() -> list[tuple[str, tuple[str, ...], re.Pattern[str]]]:
    """Rules that may begin inside a line, each with words of which one must stand there."""
    table = load_terms("furniture")["within"]
    return [
        (name, tuple(rule["hints"]), re.compile(rule["pattern"], re.IGNORECASE))
        for name, rule in table.items()
    ]


@cache
def _sections(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load_terms("furniture")[kind]), re.IGNORECASE)


def front_matter(text: str) -> Span | None:
    """Return the block between ``---`` lines at the head of a text, if there is one."""
    match = _FRONT_MATTER.match(text)
    return Span(match.start(), match.end()) if match else None


def drop(text: str) -> tuple[Dropped, ...]:
    """List what a reader of the report would skip.

    Parameters
    ----------
    text : str
        The text as given.

    Returns
    -------
    tuple of Dropped
        In order, without overlaps.

    Examples
    --------
    >>> body = "Deminers cleared 3 ha." + chr(10) + "Subscribe to our newsletter"
    >>> [(d.start, d.rule) for d in drop(body)]
    [(23, 'subscribe')]
    """
    head = front_matter(text)
    start = head.end if head else 0
    found = [Dropped(head.start, head.end, "front-matter")] if head else []
    found.extend(_body(text, list(lines(text[start:], start))))
    return tuple(found)


def _body(text: str, rows: list[Span]) -> Iterator[Dropped]:
    words = [text[row.start : row.end].strip() for row in rows]
    written = [(number, line) for number, line in enumerate(words) if line]
    named = {n: (rule, of_line) for n, rule, of_line in _named(text, words, written)}
    gone = {number: rule for number, (rule, _) in named.items()}
    named |= {n: (rule, False) for n, rule in page_edges.rules(written, gone).items()}
    for number in sorted(named):
        rule, of_line = named[number]
        row = _less_credit(text, rows[number]) if of_line else rows[number]
        yield Dropped(*inked(text, row.start, row.end), rule)


def _named(
    text: str, words: list[str], written: list[tuple[int, str]]
) -> Iterator[tuple[int, str, bool]]:
    """Lines of furniture: their number, their rule and whether the rule is of the line alone."""
    section = ""
    menus = _menus(words)
    paragraphs = dict(_paragraphs(words))
    before = ""
    latin = len(_LATIN.findall(text)) > len(text) / 2
    for (number, line), (_, following) in zip_longest(written, written[1:], fillvalue=(0, "")):
        rule = "menu" if number in menus else paragraphs.get(number) or _rule_of(line)
        wrapped = _goes_on(before, line) and number not in paragraphs and rule != _SIGNS
        rule = "" if wrapped else rule
        rule = "" if rule == "menu" and page_rows.heads_table(line, following) else rule
        before = "" if rule else line
        if latin and not rule and _in_other_script(line):
            rule = "other-script"
        opener = _opener_of(_plain(line))
        section = _section_after(section, opener, line, following)
        rule = rule or opener
        if rule or section:
            yield number, rule or section, not section


_SENTENCE_GAP = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_LONGEST_NOTE = 1200


def _note(line: str) -> str:
    """The rule of a paragraph each of whose sentences is furniture, such as an imprint."""
    if not _LEAST_NOTE < len(line) <= _LONGEST_NOTE:
        return ""
    said = _SENTENCE_GAP.split(line)
    if len(said) == 1 or not all(_sparing(_rule_of_words(sentence)) for sentence in said):
        return ""
    return _rule_of_words(said[0])


_LEAST_NOTE = 80
_FEWEST_ROWS = 2


def _paragraphs(words: list[str]) -> Iterator[tuple[int, str]]:
    """Rows of a wrapped paragraph that is furniture as a whole."""
    run: list[int] = []
    for number, line in enumerate([*words, ""]):
        if line:
            run.append(number)
            continue
        joined = " ".join(words[n] for n in run[:_MOST_ROWS])
        wrapped = _FEWEST_ROWS <= len(run) <= _MOST_ROWS and len(joined) <= _LONGEST_FURNITURE
        rule = _rule_of(joined) if wrapped else ""
        if _sparing(rule):
            yield from ((n, rule) for n in run)
        run = []


_MOST_ROWS = 8
_SIGNS = "wire-initials"
"""What no sentence has in a line of its own, whatever the line before ends with."""


def _goes_on(before: str, line: str) -> bool:
    """A wrapped line within a sentence, which is prose whatever its words."""
    return line[:1].islower() and len(before) > _LEAST_WRAPPED and before[-1:] not in '.!?:;”"'


def _opener_of(line: str) -> str:
    if len(line) > _LONGEST_FURNITURE:
        return ""
    if _sections("appeal_openers").search(line):
        return "appeal"
    return "link-list" if _sections("link_openers").match(line) else ""


def _section_after(section: str, opener: str, line: str, following: str) -> str:
    """Return the stretch of furniture that a line opens, goes on with or ends."""
    if len(line) > _LONGEST_FURNITURE or _SPOKEN.match(line):
        return ""
    if opener == "link-list":
        return "related"
    if opener == "appeal":  # a button, with the report under it, opens nothing
        return "appeal" if _appealing(following) else ""
    if section == "related" and _is_prose(line, following) and not _appealing(line):
        return ""
    if section == "appeal" and _ends_appeal(line, following):
        return ""
    return section


_SPOKEN = re.compile(r"(?:M[RS]S?|DR|Q|QUESTION)\b\.?(?: [A-Z'’. -]{2,40})?: ?\S")
"""«MR. REYL: …»: a transcript goes on, whatever stood before."""
_LATIN = re.compile(r"[A-Za-z]")
_OTHER_LETTER = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]")
_LEAST_LETTERS = 10


def _in_other_script(line: str) -> bool:
    """A line of another script than the text, but for «EN»: a name or an appeal of the site."""
    shown = line[:_LONGEST_FURNITURE]
    foreign = len(_OTHER_LETTER.findall(shown))
    return foreign >= _LEAST_LETTERS and len(_LATIN.findall(shown)) * _MOST_LATIN < foreign


_MOST_LATIN = 4
"""So many letters of the other script stand beside each Latin one."""


_CREDIT = re.compile(
    r"(?<=[.!?”\"]) ?(?:\((?:photo|image|file photo|picture|credit)\b[^)]{0,60}\)\.?"
    r"|(?:photo(?:graph)?s?|images?|pictures?)(?: (?:by|credit|courtesy))?: ?[^.]{2,60})$",
    re.I,
)
_REPORTS = re.compile(r"\b(?:said|says|told|tells|added|according to|announced|warned)\b")


def _less_credit(text: str, row: Span) -> Span:
    """A sentence that reports what someone said is kept; only the credit after it is furniture."""
    credit = _CREDIT.search(text, row.start, row.end)
    if credit and _REPORTS.search(text, row.start, credit.start()):
        return Span(credit.start(), row.end)
    return row


_LEAST_MENU = 5
"""So many short lines in a row, two of them usual entries, are a menu."""


def _menus(words: list[str]) -> frozenset[int]:
    """Numbers of the lines that stand in a menu."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*words, ""]):
        if line and len(line) <= 40 and not re.search(r"[\d.!?:;,”\"]", line):
            run.append(number)
            continue
        usual = page_edges.word("menu_words")
        if len(run) >= _LEAST_MENU and sum(bool(usual.fullmatch(words[n])) for n in run) > 1:
            found.update(run)
        run = []
    return frozenset(found)


_MARKUP = re.compile(
    r"^#{1,6} +|^> +|^\*(?=[^*]+\*$)|(?<=[^*])\*$|^\*\*(?=.*\*\*\W?$)|\*\*(?=\W?$)"
    r"|(?<!!)\[|\]\([^)\s]{0,300}\)"
)


def _plain(line: str) -> str:
    """A line without the marks of a heading, a quotation, bold or slanted type or a link."""
    marked = line.startswith(("#", "*", "> ")) or "](" in line
    return _MARKUP.sub("", line).strip() if marked else line


def _rule_of(line: str) -> str:
    if len(line) > _LONGEST_FURNITURE:
        return _note(line)
    plain = _plain(line)
    found = _rule_of_words(line) or (_rule_of_words(plain) if plain != line else "")
    return found or _note(line)


def _rule_of_words(line: str) -> str:
    fitting = (name for name in _fitting(line) if not (_sparing(name) and _REPORTS.search(line)))
    return next(fitting, "") or page_rows.rule_of(line)


def _fitting(line: str) -> Iterator[str]:
    if _any_opening().match(line):
        yield from (name for name, pattern in _openings() if pattern.match(line))
    words = line.casefold()
    for name, hints, pattern in _inner():
        if any(hint in words for hint in hints) and pattern.search(line):
            yield name


@cache
def _sparing(rule: str) -> bool:
    """Whether a rule does not drop what someone reports."""
    return rule in load_terms("furniture")["unless_reported"]


_SENTENCE_END = re.compile(r"[.…!]\W{0,3}$|[.,?!][”\"]\W{0,2}$")
_HEADLINE_END = re.compile(r"\.{3}$|…$|\d\.$")
_LEAST_SENTENCE = 20
_QUOTED = re.compile(r"[“\"][^”\"]{0,400}(?:[”\"]|$)")
_PERSON = re.compile(r"\b(?:you|your|we|our|us|donate|support|subscribe)\b", re.IGNORECASE)


def _is_sentence(line: str) -> bool:
    """A line that ends like a sentence belongs to a report; a link or headline does not."""
    return (
        len(line) > _LEAST_SENTENCE
        and bool(_SENTENCE_END.search(line))
        and not _HEADLINE_END.search(line)
    )


def _is_prose(line: str, following: str) -> bool:
    """A sentence, or a wrapped line of one."""
    return _is_sentence(line) or (len(line) > _LEAST_WRAPPED and following[:1].islower())


_LEAST_WRAPPED = 50


def _appealing(line: str) -> bool:
    """A line that speaks to its reader, outside quotation marks, or opens an appeal itself."""
    said = _QUOTED.sub("", line[:_LONGEST_FURNITURE])
    return bool(_PERSON.search(said) or _sections("appeal_openers").search(line))


def _ends_appeal(line: str, following: str) -> bool:
    """An appeal ends at a dateline, at a report of our subjects, or where two sentences report."""
    if _DATELINE.match(line):
        return True
    if _appealing(line) or not _is_sentence(line):
        return False
    return bool(topic_pattern().search(line)) or (
        _is_sentence(following) and not _appealing(following)
    )


_DATELINE = re.compile(
    r"[A-Z][A-Za-z .’']{2,30},? (?:\([A-Z][^)]{1,30}\)|[A-Z][a-z]+ \d{1,2}) ?[—–-]"
)
