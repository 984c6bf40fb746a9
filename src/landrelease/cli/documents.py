"""Documents: read out proposals, take documents in, judge what the program proposed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landrelease.cli import options as opt
from landrelease.cli.options import assignments, author, register_path
from landrelease.cli.output import Result, counted, out, show, table

Published = Annotated[
    str | None,
    typer.Option("--published", help="Date of publication; «Wednesday» is resolved against it."),
]
Extractors = Annotated[
    list[str] | None,
    typer.Option("--extractor", help="Ask this plug-in beside the rules; none by default."),
]
Private = Annotated[
    bool, typer.Option("--allow-private", help="Addresses may lie in a private network.")
]


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    panel = "Documents and evidence"
    app.command("extract", rich_help_panel=panel)(extract)
    app.command("ingest", rich_help_panel=panel)(ingest)
    app.command("inbox", rich_help_panel=panel)(inbox)
    app.command("judge", rich_help_panel=panel)(judge)


def extract(
    file: Annotated[str, typer.Argument(help="A text, Markdown, HTML or PDF file; - reads stdin.")],
    published: Published = None,
    extractor: Extractors = None,
    allow_private: Private = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the text with its spans.")
    ] = False,
    as_json: opt.AsJson = False,
) -> None:
    """Read a document and print the records a careful reader would propose. Writes nothing."""
    from landrelease.services import documents
    from landrelease.services.reading import Reading

    how = Reading(published, None, extractor or (), allow_private)
    if explain:
        typer.echo(documents.explain(file, how))
        return
    show(documents.extract(file, how), as_json, _extraction)


def ingest(
    files: Annotated[list[str], typer.Argument(help="Files, folders or https:// addresses.")],
    register: opt.Register = None,
    by: opt.Author = None,
    published: Published = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    licence: Annotated[
        str | None, typer.Option(help="How the text may be used, as in «CC BY 4.0».")
    ] = None,
    extractor: Extractors = None,
    allow_private: Private = False,
    as_json: opt.AsJson = False,
) -> None:
    """Take documents into the register and put their proposals into the inbox.

    A folder is read with its subfolders. One document that cannot be read does not stop the
    others. After a stop (Ctrl+C, a power cut) the same command goes on where it was.
    """
    from landrelease.services import ingesting
    from landrelease.services.reading import Reading

    how = Reading(published, publisher, extractor or (), allow_private, licence)
    with counted("reading documents") as tell:
        result = ingesting.ingest(register_path(register), files, by=author(by), how=how, tell=tell)
    show(result, as_json, _ingested)
    if result["stopped"]:
        raise typer.Exit(130)
    if result["refused"] and not result["documents"]:
        raise typer.Exit(1)


def inbox(
    register: opt.Register = None,
    state: Annotated[str, typer.Option(help="pending, accepted, rejected or all.")] = "pending",
    as_json: opt.AsJson = False,
) -> None:
    """List proposals that wait for a person."""
    from landrelease.services import documents

    show(documents.inbox(register_path(register), state), as_json, _inbox)


def judge(
    proposal: Annotated[str, typer.Argument(metavar="ID", help="Id of the proposal.")],
    decision: Annotated[str, typer.Argument(help="accept or reject.")],
    why: opt.Why,
    set_fields: Annotated[
        list[str] | None, typer.Option("--set", help="Amend a field: field=value (may repeat).")
    ] = None,
    together: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="ID", help="Judge this proposal about the same with it."),
    ] = None,
    same_as: Annotated[
        str | None,
        typer.Option(metavar="ID", help="A further source of this record, not a new one."),
    ] = None,
    take: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="With --same-as: the proposal's value stands."),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="With --same-as: the record's figure stands."),
    ] = None,
    register: opt.Register = None,
    by: opt.Author = None,
    as_json: opt.AsJson = False,
) -> None:
    """Accept or reject one proposal, with a reason; accepting writes the record."""
    from landrelease.services import judging

    how = judging.Accepting(
        assignments(set_fields), together or (), same_as, take or (), keep or ()
    )
    path = register_path(register)
    result = judging.judge(path, proposal, decision, why=why, by=author(by), how=how)
    show(result, as_json, _judged)


def _extraction(result: Result) -> None:
    document = result["document"]
    basis = f" ({document['published_basis']})" if document.get("published") else ""
    out.print(
        f"published {document.get('published') or 'unknown'}{basis} · language "
        f"{document.get('language') or 'too short to tell'}"
    )
    for warning in document["warnings"]:
        out.print(f"remark: {warning}", markup=False)
    _proposals(result["proposals"], "confidence")
    dropped = sum(span["end"] - span["start"] for span in result["dropped"])
    out.print(
        f"{len(result['proposals'])} proposals; {dropped} characters dropped as furniture; "
        "--explain shows both in the text"
    )


def _proposals(proposals: list[Result], last: str) -> None:
    rows = [
        (p.get("id", i), p["category"], _brief(p["quote"]), _fields(p["fields"]), p.get(last))
        for i, p in enumerate(proposals, 1)
    ]
    if rows:
        table(["id", "category", "quote", "fields", last], rows)
    for number, proposal in enumerate(proposals, 1):
        for check in proposal["checks"]:
            told = f"flag {proposal.get('id', number)}: {check['message']} [{check['code']}]"
            out.print(told, markup=False, style="yellow")


def _brief(text: str, length: int = 70) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _fields(fields: Result) -> str:
    return "; ".join(f"{k}={v}" for k, v in fields.items() if v not in (None, "", []))[:160]


_MOST_ROWS = 40
"""Of a larger batch only the summary and what needs a person's eye is printed."""


_MOST_ALIKE = 8


def _ingested(result: Result) -> None:
    found = result["documents"]
    if len(found) <= _MOST_ROWS:
        rows = [(Path(d["name"]).name, d["status"], d["proposals"], d["source_id"]) for d in found]
        table(["document", "status", "proposals", "source"], rows)
    warned = [(d["name"], warning) for d in found for warning in d["warnings"]]
    _told("remark", warned)
    _told("refused", [(r["name"], f"{r['code']}: {r['message']}") for r in result["refused"]])
    for line in _summary(result):
        out.print(line, markup=False)


def _told(what: str, lines: list[tuple[str, str]]) -> None:
    for name, text in lines[:_MOST_ROWS]:
        out.print(f"{what}: {Path(name).name}: {text}", markup=False)
    if len(lines) > _MOST_ROWS:
        out.print(f"{what}: and {len(lines) - _MOST_ROWS:,} more; --json lists all", markup=False)


def _summary(result: Result) -> list[str]:
    n = result["summary"]
    lines = [
        f"{n['found']:,} documents: {n['added']:,} new, {n['new_version']:,} new versions, "
        f"{n['unchanged']:,} unchanged, {n['refused']:,} refused; {n['proposals']:,} proposals"
    ]
    if n["unsupported_language"]:
        lines.append(
            f"{n['unsupported_language']:,} in a language not covered: kept, nothing proposed"
        )
    if result["skipped"]:
        endings = ", ".join(f"{count:,} {end}" for end, count in sorted(result["skipped"].items()))
        lines.append(f"{n['skipped']:,} files of other formats were passed over: {endings}")
    if result["stopped"]:
        lines.append(f"Stopped; {n['left']:,} left. The same command goes on where it was.")
    return lines


def _inbox(result: Result) -> None:
    proposals = result["proposals"]
    if not proposals:
        out.print("The inbox is empty. [dim]landrelease ingest FILE[/] fills it.")
        return
    _proposals(proposals[:_MOST_ROWS], "state")
    if len(proposals) > _MOST_ROWS:
        out.print(f"and {len(proposals) - _MOST_ROWS:,} more; --json lists all")
    shown = {p["id"]: p for p in proposals[:_MOST_ROWS]}
    alike = [c for c in result["candidates"] if shown.keys() & set(c["members"])]
    for number, candidate in enumerate(alike, 1):
        _candidate(number, candidate)
    for held in (h for h in result["held"] if h["proposal"] in shown):
        _held(held)
    out.print("Judge one: landrelease judge ID accept --why «…»; several as one: --with ID")


def _candidate(number: int, candidate: Result) -> None:
    where = "said again in one document" if len(candidate["sources"]) == 1 else "several documents"
    members = candidate["members"]
    more = f" and {len(members) - _MOST_ALIKE:,} more" if len(members) > _MOST_ALIKE else ""
    out.print(
        f"[bold]Perhaps the same ({number})[/], {where}: {' '.join(members[:_MOST_ALIKE])}{more}"
    )
    for field, values in candidate["differences"].items():
        told = "; ".join(f"{member[:8]}: {values[member]}" for member in members[:_MOST_ALIKE])
        out.print(f"  {field} differs: {told}", markup=False)


def _held(held: Result) -> None:
    """A record that seems to tell the same: its words, its sources, and both where they differ."""
    out.print(f"[bold]Perhaps known[/] {held['proposal']}: {held['record_id']}")
    if held["quote"]:
        out.print(f"  «{_brief(held['quote'])}»", markup=False)
    for source in held["sources"]:
        told = (source["title"], source["publisher"], source["published_on"])
        out.print(f"  source: {', '.join(filter(None, told))}", markup=False)
    for field, (own, said) in held["differences"].items():
        which = f"; --keep {field} or --take {field}" if field in held["figures"] else ""
        out.print(f"  {field}: register {own}, proposal {said}{which}", markup=False)
    out.print(f"  as a further source: judge ID accept --same-as {held['record_id']} --why «…»")


def _judged(result: Result) -> None:
    out.print(f"proposal {result['proposal']} {result['state']}; entry {result['entry_id']}")
