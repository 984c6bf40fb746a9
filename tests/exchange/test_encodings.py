"""Text that does not say its encoding: read as the country writes, and told."""

from __future__ import annotations

import shutil

import pytest

from landrelease.exchange import by_code, guess_mapping, read_table
from tests.exchange.bad_files import csv, shapefile
from tests.exchange.forms import zip_of

TEXTS = [
    ("BIH", "Čapljina", "cp1250"), ("BIH", "Čapljina, Široki Brijeg", "cp852"), ("BIH", "Žepče i Šipovo", "iso8859-2"),
    ("SRB", "Бујановац", "cp1251"), ("UKR", "Донецьк", "cp1251"), ("UKR", "Харків", "koi8-u"),
    ("UKR", "Изюм, Лиман", "cp866"), ("IRQ", "الموصل", "cp1256"), ("TUR", "Iğdır", "cp1254"),
    ("COL", "Nariño", "cp1252"), ("COL", "Peñón", "cp850"), ("UKR", "Médecins sans frontières", "cp1252"),
    (None, "Донецьк", "cp1251"), (None, "Nariño", "cp1252"), ("BIH", "5 °C", "cp1250"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "text", "page"), TEXTS)
def test_a_code_page_is_told_by_its_letters(tmp_path, country, text, page):
    """The text reads as it was written, the page is named with a word, and the mapping keeps it."""
    table = read_table(csv(tmp_path, "place;n", f"{text};1", encoding=page), country=country)
    assert table.columns["place"] == [text]
    [told] = [one for one in table.issues if one.code == "encoding_guessed"]
    assert f"read as {table.encoding}" in told.message
    assert told.severity == "warning"
    assert guess_mapping(table, "accident").encoding == table.encoding
    assert text.encode(table.encoding) == text.encode(page)


def test_a_named_encoding_is_taken_without_a_word(tmp_path):
    """Who says it is believed."""
    table = read_table(csv(tmp_path, "place,n", "Čapljina,1", encoding="cp1250"), encoding="cp1250")
    assert (table.columns["place"], table.issues) == (["Čapljina"], ())


def test_one_bad_byte_damages_its_cell_alone(tmp_path):
    """UTF-8 stays UTF-8: the good names are right, the damaged one is named by row."""
    file = tmp_path / "t.csv"
    file.write_bytes("place,n\nČapljina,1\nŠipovo,2\n".encode() + b"\xc8apljina,3\n")
    table = read_table(file, country="BIH")
    assert table.columns["place"] == ["Čapljina", "Šipovo", "\ufffdapljina"]
    assert [(one.code, one.row) for one in table.issues] == [
        ("encoding_damaged", None),
        ("encoding_damaged", 3),
    ]


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(
    ("country", "text", "page"), [("BIH", "Č-1", "cp1250"), ("UKR", "Ізюм", "cp1251"), ("BIH", "Č-1", "utf-8")]
)  # fmt: skip
def test_a_shapefile_without_its_code_page(tmp_path, country, text, page, zipped):
    """Without a .cpg the letters decide too; UTF-8 is certain, and no guess."""
    made = shapefile(tmp_path, name=["x" * len(text.encode(page))])
    dbf = made.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(b"x" * len(text.encode(page)), text.encode(page)))
    made.with_suffix(".cpg").unlink(missing_ok=True)
    file = zip_of(tmp_path / "points.zip", tmp_path.glob("points.*")) if zipped else made
    table = read_table(file, country=country)
    assert table.columns["name"] == [text]
    assert by_code(table.issues) == ({} if page == "utf-8" else {"encoding_guessed": 1})


def test_the_country_of_the_register_decides(tmp_path):
    """The same bytes are Bosnian in one register and Western in another that names no country."""
    from landrelease.services import keeping, layers

    file = csv(tmp_path, "local_id,place", "H-1,Čapljina", encoding="cp1250")
    for country, place in (("BIH", "Čapljina"), (None, "Èapljina")):
        path = tmp_path / f"{country}.gpkg"
        keeping.init(path, country=country, name="Test", by="Tester")
        call = layers.ImportCall(file, kind="hazardous_area", set_fields={"hazard_kind": "SHA"})
        told = layers.take_in(path, call, by="Tester")
        assert told["by_code"]["encoding_guessed"] == 1
        from landrelease.register import open_register

        with open_register(path) as register:
            assert [one.body["place"] for one in register.records("hazardous_area")] == [place]
    shutil.rmtree(tmp_path, ignore_errors=True)
