"""A folder of documents: nothing stops the rest, and a stop loses nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from landrelease.errors import InputError, NotFoundError
from landrelease.register import open_register
from landrelease.services import ingesting, keeping
from landrelease.services.reading import Reading

from .corpus import make, page, pdf

pytest.importorskip("trafilatura", reason="the folder has web pages: needs landrelease[news]")
pytest.importorskip("pypdf", reason="the folder has PDF files: needs landrelease[news]")

ROOT = Path(__file__).resolve().parents[2]
COUNT = 200


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A folder of two hundred documents and some files that are none."""
    return make(tmp_path_factory.mktemp("corpus"), COUNT)


def empty_register(folder):
    """A register without documents."""
    path = folder / "r.gpkg"
    keeping.init(path, country="LAO", name="Test", by="Tester")
    return path


@pytest.fixture
def register(tmp_path):
    """A register without documents."""
    return empty_register(tmp_path)


def held(path):
    """What a register knows from documents: each source's hash with its quotes."""
    with open_register(path) as register:
        hashes = {r.record_id: r.body["sha256"] for r in register.records("source")}
        quotes = {digest: [] for digest in hashes.values()}
        for proposal in register.records("proposal"):
            body = proposal.body
            place = (body["category"], body["quote_start"], body["quote_end"])
            quotes[hashes[body["source"]]].append(place)
        return {digest: sorted(found) for digest, found in quotes.items()}


@pytest.fixture(scope="module")
def whole(corpus, tmp_path_factory):
    """The answer of one run without a stop, and what the register then holds."""
    path = empty_register(tmp_path_factory.mktemp("whole"))
    told = []
    done = ingesting.ingest(
        path, [str(corpus.folder)], by="T", tell=lambda number, of, name: told.append((number, of))
    )
    return done, held(path), told


def test_every_file_of_a_folder_is_accounted_for(corpus, whole) -> None:
    """New, refused, of another language, passed over: the counts are those of the folder."""
    summary = whole[0]["summary"]
    assert summary["found"] == corpus.readable + corpus.refused
    assert (summary["added"], summary["refused"]) == (corpus.readable, corpus.refused)
    assert summary["unsupported_language"] == corpus.french
    assert summary["skipped"] == corpus.passed_over
    assert (summary["unchanged"], summary["new_version"], summary["left"]) == (0, 0, 0)


def test_refusals_name_their_reason(whole) -> None:
    """Each file that is no document has its code; none stops the rest."""
    codes = sorted(r["code"] for r in whole[0]["refused"])
    assert codes == ["file_binary", "file_empty", "file_empty", "pdf_unreadable"]


def test_progress_is_told_document_by_document(corpus, whole) -> None:
    """Each document is announced once with its number of how many."""
    count = corpus.readable + corpus.refused
    assert whole[2] == [(number, count) for number in range(1, count + 1)]


def test_each_kind_of_file_gives_proposals(corpus, whole) -> None:
    """Text, Markdown, pages, PDF, other encodings and wrong endings are all read."""
    endings = {
        Path(d["name"]).suffix for d in whole[0]["documents"] if d["proposals"] and d["sha256"]
    }
    assert {"", ".txt", ".md", ".html", ".pdf", ".text"} <= endings


def start(register, corpus):
    """Start the program on the folder, as a user does."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("LANDRELEASE_")}
    env["PYTHONPATH"] = str(ROOT / "src")
    words = ["ingest", str(corpus.folder), "-r", str(register), "--by", "T"]
    return subprocess.Popen(
        [sys.executable, "-m", "landrelease", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env,
    )  # fmt: skip


def stop(running, after, how):
    """Signal the program once it has told that so many are done; return what it printed."""
    for line in running.stderr:
        if f"{after} of" in line:
            running.send_signal(how)
            break
    out, _ = running.communicate(timeout=120)
    return out


def stopped_twice(folder, corpus):
    """A register whose runs were killed and then interrupted, and what the second one printed.

    On a busy machine a run may be over before its signal arrives: then once more.
    """
    for attempt in range(5):
        (folder / str(attempt)).mkdir()
        register = empty_register(folder / str(attempt))
        killed = start(register, corpus)
        stop(killed, 50, signal.SIGKILL)
        interrupted = start(register, corpus)
        out = stop(interrupted, 100, signal.SIGINT)
        if (killed.returncode, interrupted.returncode) == (-signal.SIGKILL, 130):
            return register, out
    pytest.fail("no run was stopped by its signal")


def test_a_stopped_run_goes_on_where_it_was(corpus, whole, tmp_path) -> None:
    """Killed, then interrupted, then finished: the register is that of a run without a stop."""
    register, out = stopped_twice(tmp_path, corpus)
    assert "The same command goes on where it was" in out
    done = ingesting.ingest(register, [str(corpus.folder)], by="T")["summary"]
    assert done["unchanged"] >= 50
    assert done["unchanged"] + done["added"] == corpus.readable
    assert held(register) == whole[1]
    assert keeping.verify(register)["ok"]


@pytest.mark.slow
def test_a_thousand_documents_under_random_kills(tmp_path, register) -> None:
    """Killed ten times at any moment, the folder is still taken in whole, each document once."""
    corpus = make(tmp_path / "many", 1000, seed=7)
    chance = random.Random(7)
    for _ in range(10):
        running = start(register, corpus)
        time.sleep(chance.uniform(1, 6))
        running.send_signal(chance.choice([signal.SIGKILL, signal.SIGINT]))
        running.communicate(timeout=120)
    done = ingesting.ingest(register, [str(corpus.folder)], by="T")["summary"]
    assert done["unchanged"] + done["added"] == corpus.readable
    assert len(held(register)) == corpus.readable
    assert keeping.verify(register)["ok"]


TEXT = "Angola ratified the Mine Ban Treaty in 2002.\n"


def test_two_files_of_one_name_are_two_sources(register, tmp_path) -> None:
    """The same name in two folders is no new version; the same file changed is one."""
    for folder, year in (("a", 2002), ("b", 2003)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.txt").write_text(TEXT.replace("2002", str(year)))
    names = [str(tmp_path / "a"), str(tmp_path / "b")]
    done = ingesting.ingest(register, names, by="T")["documents"]
    assert [d["status"] for d in done] == ["added", "added"]
    (tmp_path / "a" / "index.txt").write_text(TEXT + "Corrected.\n")
    done = ingesting.ingest(register, names, by="T")["documents"]
    assert [d["status"] for d in done] == ["new_version", "unchanged"]


def test_the_address_that_a_document_states_tells_its_versions(register, tmp_path) -> None:
    """Two saved copies of one address, under two names, are two versions of one source."""
    block = "---\nsource_url: https://example.org/news/angola#top\n---\n"
    first, second = tmp_path / "monday.md", tmp_path / "friday.md"
    first.write_text(block + TEXT)
    second.write_text(block + TEXT + "Corrected on Friday.\n")
    done = ingesting.ingest(register, [str(first), str(second)], by="T")["documents"]
    assert [d["status"] for d in done] == ["added", "new_version"]
    with open_register(register) as opened:
        body = opened.record(done[1]["source_id"]).body
    assert (body["version_of"], body["url"]) == (
        done[0]["source_id"], "https://example.org/news/angola#top",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "want"), [(None, "CC BY 4.0"), ("By letter of 3 May 2024", "By letter of 3 May 2024")]
)
def test_licence_note_is_kept_with_the_source(register, tmp_path, given, want) -> None:
    """The document's own licence is kept, and the person's word goes over it."""
    path = tmp_path / "a.md"
    path.write_text("---\nlicense: CC BY 4.0\npublisher: A Centre\n---\n" + TEXT)
    done = ingesting.ingest(register, [str(path)], by="T", how=Reading(licence=given))
    with open_register(register) as opened:
        body = opened.record(done["documents"][0]["source_id"]).body
    assert (body["licence"], body["publisher"]) == (want, "A Centre")


def test_what_is_said_of_a_held_document_is_not_lost_in_silence(register, tmp_path) -> None:
    """A licence given for bytes that are held already is answered with a remark."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    ingesting.ingest(register, [str(path)], by="T")
    again = ingesting.ingest(register, [str(path)], by="T", how=Reading(licence="CC0"))
    assert "licence was left" in again["documents"][0]["warnings"][0]


def test_a_file_over_the_limit_is_refused(register, tmp_path) -> None:
    """A file too large for an article is refused before it is read."""
    large, small = tmp_path / "large.txt", tmp_path / "small.txt"
    with large.open("wb") as file:
        file.truncate(50_000_001)
    small.write_text(TEXT)
    done = ingesting.ingest(register, [str(large), str(small)], by="T")
    assert [r["code"] for r in done["refused"]] == ["file_too_large"]
    assert done["summary"]["added"] == 1


def test_what_is_no_fault_of_a_document_stops_all(register, tmp_path, monkeypatch) -> None:
    """A vocabulary that cannot be read, or a plug-in that is not there, refuses no document."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT + name)
    names = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    with pytest.raises(NotFoundError, match="absent"):
        ingesting.ingest(register, names, by="T", how=Reading(extractors=["absent"]))

    def broken(document, how):
        raise InputError("terms_invalid", "events.yaml is not valid YAML")

    monkeypatch.setattr(ingesting, "proposed_by_all", broken)
    with pytest.raises(InputError, match="YAML"):
        ingesting.ingest(register, names, by="T")


def test_generated_pages_and_pdf_files_hold_their_text() -> None:
    """The corpus itself: page and PDF give back the words that were put in."""
    from landrelease.evidence.documents import read_document

    for raw in (page(TEXT * 3), pdf(TEXT)):
        assert TEXT.strip() in read_document(raw).text
