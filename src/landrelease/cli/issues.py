"""What an import met, for people: each code, its meaning, and its first rows with their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from landrelease.cli.output import Result, out

#: Rows that one code shows before the rest is only counted.
_FIRST_ROWS = 3

_STYLE = {"error": "red", "warning": "yellow", "note": "dim"}
_GRAVITY = tuple(_STYLE)


def told_issues(result: Result) -> None:
    """Print every code, the gravest first, and where it was met."""
    by_code: defaultdict[str, list[Result]] = defaultdict(list)
    for one in result["issues"]:
        by_code[one["code"]].append(one)
    for code, found in sorted(by_code.items(), key=lambda item: _order(item[1])):
        worst = min((one["severity"] for one in found), key=_GRAVITY.index)
        out.print(f"[{_STYLE[worst]}]{code}[/] ({worst}, {_count(found)})")
        out.print(f"  {result['explained'][code]}", markup=False, soft_wrap=True)
        for one in found[:_FIRST_ROWS]:
            told = f": {one['detail']}" if one["detail"] else ""
            out.print(f"  - {_where(one)}{told}", markup=False, soft_wrap=True)
        if len(found) > _FIRST_ROWS:
            out.print(f"    … and {len(found) - _FIRST_ROWS:,} more; --json gives all")


def told_against(result: Result) -> None:
    """Print which products break which rules of land, and what becomes of them."""
    by_code: defaultdict[str, list[Result]] = defaultdict(list)
    for one in result["against_rules"]:
        by_code[one["code"]].append(one)
    for code, found in by_code.items():
        rows = "1 product" if len(found) == 1 else f"{len(found):,} products"
        out.print(f"[yellow]{code}[/] (against the rules of land, {rows})")
        for one in found[:_FIRST_ROWS]:
            own = f" ({one['local_id']})" if one["local_id"] else ""
            told = f"  - row {one['row']:,}{own}: {one['message']}"
            out.print(told, markup=False, soft_wrap=True)
        if len(found) > _FIRST_ROWS:
            out.print(f"    … and {len(found) - _FIRST_ROWS:,} more; --json gives all")
    if by_code:
        out.print("such products are taken as they stand, and listed in `conflicts`", markup=False)


def _order(found: Sequence[Result]) -> tuple[int, int]:
    return min(_GRAVITY.index(one["severity"]) for one in found), -len(found)


def _count(found: Sequence[Result]) -> str:
    rows = len([one for one in found if one["row"] is not None])
    if not rows:
        return "of the file"
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _where(one: Result) -> str:
    if one["row"] is None:
        return "file"
    return f"row {one['row']:,}" + (f" ({one['id']})" if one["id"] else "")
