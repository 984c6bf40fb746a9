# ruff: noqa: E501 - patterns are read whole
"""Bodies by what they are: one word in two spellings, national programmes, coalitions under a lead."""

from __future__ import annotations

import re

STAFF_OF_A_BODY = re.compile(
    r"(?:(?:senior|top|another|one|former) )?(?P<body>department|ministry|embassy|agency|council|commission|bureau|authority|coalition|campaign|centre|center|mission|secretariat) (?P<role>official|officer|spokes(?:man|woman|person)|diplomat|adviser|expert|researcher|envoy)"
)
"""«A department official»: of the department that the text named."""
_NATIONAL = re.compile(
    r"(?:National|Presidential|Federal)\b.*\b(?:Cent(?:re|er)|Program(?:me)?|Authority|Agency|Commission|Office|Committee|Council|Directorate|Service)\b"
)


def is_national(name: str | None) -> bool:
    """Whether a name is that of a body of which every state may have one.

    Examples
    --------
    >>> is_national("National Mine Action Centre"), is_national("Mines Advisory Group")
    (True, False)
    """
    return name is not None and _NATIONAL.match(name) is not None


_SPELLINGS = (("center", "centre"), ("program", "programme"), ("organiz", "organis"), ("defens", "defenc"))  # fmt: skip


def spelt_alike(words: str) -> str:
    """Words in small letters and in one spelling.

    Examples
    --------
    >>> spelt_alike("Mine Action Center"), spelt_alike("the programme")
    ('mine action centre', 'the programme')
    """
    plain = words.casefold().replace("programme", "program")
    for one, other in _SPELLINGS:
        plain = plain.replace(one, other)
    return plain


_LED = r"\b(?!(?:The|An?|One) )(?:[A-Z][\w-]*(?: [A-Z][\w-]*)?|US|U\.S\.)-led (?:[a-z]+ )?"


def coalition_called(text: str, noun: str) -> str | None:
    """The first «…-led coalition» of a text, as printed.

    Examples
    --------
    >>> coalition_called("A Peru-led military coalition bombed it. The coalition denied it.", "coalition")
    'Peru-led military coalition'
    """
    found = re.search(_LED + re.escape(noun) + r"\b", text)
    return found.group() if found else None
