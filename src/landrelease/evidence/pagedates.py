# ruff: noqa: E501 - patterns are read whole
"""The day of publication of a web page, apart from the dates of its foot and of its changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

HtmlElement = Any
"""An element of lxml, whose types are not published."""

_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:footer|foot|copyright|related|sidebar|widget|recommended|trending|most-read)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids of what stands beside a report."""
_OF_CHANGE = re.compile(
    r"modified|updated|lastmod|last-mod|revised|reviewed|copyright", re.IGNORECASE
)
_CHANGED = re.compile(
    r"\W{0,3}(?:(?:this )?(?:page|site|content|article) )?(?:was )?(?:last )?(?:updated|modified|reviewed|changed|edited)\b|\W{0,3}(?:copyright|©|\(c\))",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"publish|posted|first ", re.IGNORECASE)
_LONGEST_REMARK = 120


def own_date(raw: bytes, url: str | None) -> str | None:
    """The date that a page bears outside its foot, its margins and its remarks on changes.

    Parameters
    ----------
    raw : bytes
        The page.
    url : str, optional
        Its address.
    """
    from htmldate import find_date
    from trafilatura import load_html

    tree = load_html(raw)
    if tree is None:
        return None
    for element in list(_beside(tree)):
        if element.getparent() is not None:
            element.drop_tree()
    found = find_date(tree, url=url, original_date=True, extensive_search=False)
    return str(found) if found else None


def _beside(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Elements whose dates are not the report's."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "head", "article"):
            continue
        if element.tag == "meta":
            if _OF_CHANGE.search(_named(element, ("name", "property", "itemprop", "http-equiv"))):
                yield element
        elif _stands_beside(element) or _tells_change(element):
            yield element


def _stands_beside(element: HtmlElement) -> bool:
    named = element.tag in ("footer", "aside") or _ASIDE.search(_named(element, ("class", "id")))
    if not named or element.find(".//h1") is not None:
        return False
    return element.tag != "footer" or next(element.iterancestors("article"), None) is None


def _tells_change(element: HtmlElement) -> bool:
    """A short remark of its own, such as «Last updated: 3 June», with nothing on publication."""
    if len(element) > _MOST_PARTS:
        return False
    words = " ".join(element.text_content().split())
    short = len(words) <= _LONGEST_REMARK
    return short and bool(_CHANGED.match(words)) and not _PUBLISHED.search(words)


_MOST_PARTS = 4


def _named(element: HtmlElement, keys: tuple[str, ...]) -> str:
    return " ".join(element.get(key) or "" for key in keys)
