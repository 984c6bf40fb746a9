"""Documentation of the models holds what the models say."""

import pytest

from landrelease.models.calculators import CALCULATORS
from tests.models.docs_tables import BLOCK, DOCS, FILES, TABLES, filled


@pytest.mark.parametrize("file", FILES)
def test_tables_are_those_of_the_program(file):
    """Every generated table is as the program would write it now."""
    page = (DOCS / file).read_text(encoding="utf-8")
    assert filled(page) == page


def test_every_table_is_used_and_every_calculator_named():
    """No table without its page, no calculator without its line."""
    pages = "".join((DOCS / file).read_text(encoding="utf-8") for file in FILES)
    assert {match["name"] for match in BLOCK.finditer(pages)} == set(TABLES)
    assert all(f"`{name}`" in pages for name in CALCULATORS)
