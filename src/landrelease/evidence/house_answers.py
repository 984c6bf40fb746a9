# ruff: noqa: E501 - patterns are read whole
"""Written questions and answers of a parliament: what is asked says nothing, what is answered is the minister's."""

from __future__ import annotations

import re
from dataclasses import replace

from landrelease.evidence.layout import Block, inked

_OFFICE = r"(?:Secretary|Minister|Prime Minister|Deputy Prime Minister|Chancellor|Attorney[- ]General|First Minister|Taoiseach|T[áa]naiste|Government|Parliamentary|Commission|Leader|President of the Board)"
_WHOM = rf"(?:(?:Her|His) Majesty[’']s |[Tt]he )(?:[A-Z][a-z]+ )?{_OFFICE}\b"
_ASKED = re.compile(
    rf"(?:\*\*)?(?:\d{{1,4}}[.)]? )?(?P<who>[A-ZÀ-Þ][^:\n]{{2,110}}?[:—–]? ?(?:\*\*)?)??(?P<words>[Tt]o ask {_WHOM}|(?:has |had )?asked {_WHOM}[^.\n]{{0,200}}?(?:\b(?:if|whether|what|how|when|why|which|for|to)\b|,)|[Ww]ill the Minister(?: of [^:.\n]{{2,60}})? be pleased to state)"
)
"""«Ana Reyl (Moor) (Lab): To ask the Secretary of State for Defence, …»."""
_NAME = r"[A-ZÀ-Þ][\w.'’-]+(?: (?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|of|St\.?|the)){0,6}"
_ANSWERS = re.compile(
    rf"(?:\*\*)?(?:(?:Answered|Answer given|Reply|Replied) by:? )?(?:(?P<office>(?:The )?[A-Z][^:()\n]{{4,100}}) \((?P<holder>{_NAME})\)|(?P<name>{_NAME})(?: \((?P<role>The [^)\n]{{4,90}})\)| \([^)\n]{{2,60}}\)){{0,3}}) ?(?:\*\*)?[:—](?:\*\*)?(?=\s|[A-Z])"
)
"""«Sir Bo Lund: …», «The Minister of State for Defence (Bo Lund): …»."""
_ANSWERED_BY = re.compile(
    rf"(?:Answered|Answer given|Replied) by:? (?:the )?(?P<name>{_NAME})(?: \([^)\n]{{2,90}}\))?(?:,? on(?: behalf of)?\b.{{0,60}})?\s*$"
)
"""A line that only says who answers."""


def turns(text: str, blocks: list[Block]) -> list[Block] | None:
    """Return the blocks with labels of question and answer, where questions are put to ministers.

    Parameters
    ----------
    text : str
        The whole text.
    blocks : list of Block
        Its paragraphs.

    Returns
    -------
    list of Block or None
        None for a text in which no minister is asked in that form.

    Examples
    --------
    >>> asked = "Ana Reyl (Moor): To ask the Secretary of State for Defence, how many mines he holds."
    >>> text = asked + chr(10) + "Bo Lund: None."
    >>> [b.label for b in turns(text, [Block(0, len(asked)), Block(len(asked) + 1, len(text))])]
    ['Q', 'Bo Lund']
    """
    if not _QUICK.search(text):
        return None
    found: list[Block] = []
    waiting = False
    for block in blocks:
        question = _ASKED.match(text, block.start, block.end)
        if question and not _tells(text, block, question):
            waiting = True
            found.append(replace(block, start=question.start("words"), label="Q", bullet=False))
        else:
            found.append(_answer(text, block) if waiting else block)
            waiting = waiting and found[-1] is block
    return found if any(is_question(text, b) for b in found) else None


_QUICK = re.compile(rf"[Tt]o ask {_WHOM}|\basked {_WHOM}|be pleased to state")


def _tells(text: str, block: Block, question: re.Match[str]) -> bool:
    """«A deputy asked the Minister to resign, and he said no»: a report; a question names its asker in few words."""
    if question["words"].startswith(("To", "to", "Will", "will")):
        return False
    who = (question["who"] or "").split()
    rest = text[question.end() : block.end]
    named = bool(who) and all(word[:1].isupper() or word[:1] == "(" for word in who)
    return not named or bool(_GOES_ON.search(rest)) or not _STATEMENT_SOUGHT.search(rest)


_GOES_ON = re.compile(r"[.?!] [A-Z]")
_STATEMENT_SOUGHT = re.compile(r"\bmake a statement\b|\[\d[\d/ -]+\]|, upon notice\b")
"""How a question of that kind ends where it does not begin with «To ask»."""


def _answer(text: str, block: Block) -> Block:
    """A paragraph that opens with who answers, or a line that names only that; a heading is neither."""
    match = _ANSWERED_BY.match(text, block.start, block.end)
    if match is None and text[block.end - 1 : block.end] in _SENTENCE_ENDS:
        match = _ANSWERS.match(text, block.start, block.end)
    if match is None:
        return block
    groups = match.groupdict()
    start, end = inked(text, match.end(), block.end)
    return replace(block, start=start, end=end, label=groups["name"] or groups.get("holder"))


_SENTENCE_ENDS = frozenset('.!?:”")]')


def is_question(text: str, block: Block) -> bool:
    """Whether a paragraph is a question put to a minister, which states nothing."""
    return block.label == "Q" and _QUICK.match(text, block.start, block.end) is not None


def office_told(text: str, block: Block) -> str | None:
    """The office that stands beside the name before an answer."""
    start = text.rfind("\n", 0, block.start) + 1
    match = _ANSWERS.match(text, start, block.end)
    return (match["office"] or match["role"]) if match else None


def office_asked(text: str, blocks: list[Block], index: int) -> str | None:
    """The office to which the question before a paragraph was put, as «Secretary of State for Defence»."""
    for block in reversed(blocks[:index]):
        if is_question(text, block):
            match = _PUT_TO.match(text, block.start, block.end)
            return " ".join(match["office"].split()) if match else None
    return None


_PUT_TO = re.compile(
    r"(?:[Tt]o ask|asked) (?P<office>(?:Her|His) Majesty[’']s Government|(?:the )?[A-Z][^,;.?\n]{4,90}?)(?=,|(?<! for)(?<! of) (?:the|what|how|whether|if|when|why|which|who|pursuant|further|for what|on|with reference)\b)"
)
