"""A process killed at any moment leaves a whole register with every acknowledged entry."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from landrelease.register import open_register

# Each line "go" forks a writer, which tells its id and then every entry that it is told is safe.
# The process that forks has opened no register: only its children do.
_WRITER = """
import os, sys
from landrelease.domain.entries import Draft
from landrelease.register import open_register
ring = [[17, 44], [17.01, 44], [17.01, 44.01], [17, 44.01], [17, 44]]
body = {"hazard_kind": "SHA", "geometry": {"type": "Polygon", "coordinates": [ring]}}
draft = Draft("hazardous_area", "hazardous_area.reported", body)
person = Draft("victim", "record.added", {"outcome": "injured", "note": "a farmer"}, "a-person")

def write(path):
    print(os.getpid(), flush=True)
    with open_register(path, write=True) as register:
        for turn in range(10_000):
            with register.write("Ana") as writer:
                made = writer.append([draft] * (turn % 7 + 1) + [person])
            print(*[entry.entry_id for entry in made], flush=True)
            if turn % 3 == 2:
                register.rebuild()

for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        write(sys.argv[1])
    os.waitpid(child, 0)
    print("killed", flush=True)
"""


def killed(process, chance):
    """Let a writer write until killed at a random moment; return the acknowledged entries."""
    process.stdin.write("go\n")
    process.stdin.flush()
    pid = int(process.stdout.readline())
    # half of them are killed once something was acknowledged, however slow the machine
    told = process.stdout.readline() if chance.random() < 0.5 else ""
    time.sleep(chance.uniform(0.0, 0.2))
    os.kill(pid, signal.SIGKILL)
    while not told.endswith("killed\n"):
        told += process.stdout.readline()
    # a line that was cut runs into the word "killed"
    return {word for line in told.split("\n") for word in line.split() if len(word) == 36}


def run_kills(path, times, seed):
    """Kill a writer again and again on the same file; nothing acknowledged is ever lost."""
    chance, acknowledged = random.Random(seed), set()
    command = [sys.executable, "-c", _WRITER, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        for _ in range(times):
            acknowledged |= killed(process, chance)
            with open_register(path) as register:
                found = register.verify()
                assert found.ok, found.problems
                assert acknowledged <= {entry.entry_id for entry in register.entries()}
        process.stdin.close()
    return acknowledged


def test_twenty_kills(path, register):
    """Twenty kills at random moments of appending and rebuilding, a person in the second file."""
    register.close()
    assert run_kills(path, 20, seed=7)


@pytest.mark.slow
def test_two_hundred_kills(path, register):
    """The same, two hundred times."""
    register.close()
    assert run_kills(path, 200, seed=11)
