"""Vocabulary files say each thing once: of a key given twice, YAML keeps the last in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import landrelease.terms

FILES = sorted(Path(landrelease.terms.__file__).parent.glob("*.yaml"))


def twice(node: yaml.Node | None) -> list[str]:
    """Keys that a mapping gives twice, here and below."""
    if isinstance(node, yaml.SequenceNode):
        return [key for one in node.value for key in twice(one)]
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key.value for key, _ in node.value]
    below = [key for _, value in node.value for key in twice(value)]
    return [key for key in set(keys) if keys.count(key) > 1] + below


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_key_is_given_twice(path: Path) -> None:
    """A rule that another of the same name replaces would be lost without a word."""
    assert twice(yaml.compose(path.read_text(encoding="utf-8"), yaml.CSafeLoader)) == []


def test_a_key_given_twice_is_found() -> None:
    """The check itself sees one, at any depth."""
    assert twice(yaml.compose("a: {b: 1, c: [{d: 1, d: 2}]}")) == ["d"]
