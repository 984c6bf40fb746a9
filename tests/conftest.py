"""What every room's tests share: where the real data lies, and what is skipped without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("LANDRELEASE_SHARED", ROOT.parent / "shared"))


# a slow machine is no fault of the program: no test asserts time
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real public data beside the repository; tests that need it skip without it."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"the real public data are not in {SHARED.name}/ beside the repository")
    return SHARED
