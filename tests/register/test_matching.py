"""A name is found in every form in which a text may spell it, and in no other word."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.register.matching import Names, parts_alone

NAME = "Đorđe Kovač"
texts = st.text("ivanhorvtđčćäßİŁ̌́%-=&;.2C0 \\un\u00ad\u0e38\u0e48", max_size=30)

FORMS = [
    "Kovač, Đorđe",
    "KOVAČ Đorđe",
    "Đorđe  Kovač",
    "Đorđe\u00a0Kovač",
    "Đorđe\u202fKovač",
    "Đorđe\nKovač",
    "Đorđe -\r\n  Kovač",
    unicodedata.normalize("NFD", NAME),
    "đORĐE kOVAČ",
    "dorde-kovac",
    "djordje_kovac",
    "djordjekovac",
    "Đor\u00adđe Ko\u200bvač",
    quote(NAME),
    quote(unicodedata.normalize("NFD", NAME)),
    "Đorđe+Kovač",
    "Đorđe&nbsp;Kova&#269;",
    "\\u0110or\\u0111e\\nKova\\u010d",
    "=C4=90or=C4=91e Kova=C4=8D",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "around", ["{}", "by {}, farmer", "x/{}.pdf", "«{}»", "2019_{}_a", "\\n{}"]
)
def test_every_form_is_found_whole(form, around):
    """What is found is the form, no less and no more."""
    text = around.format(form)
    start = around.index("{")
    assert Names([NAME]).spans(text) == [(start, start + len(form))]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_found_in_bytes(form):
    """Bytes of a file hold it in a word of its own, or run together with other cells."""
    assert Names([NAME]).in_bytes(b"\x00\xff" + form.encode() + b"\x01", alone=True)
    assert Names([NAME]).in_bytes(b"abc" + form.encode() + b"def", alone=False)
    assert not Names([NAME]).in_bytes(b"abc" + form.encode() + b"def", alone=True)


@pytest.mark.parametrize("text", ['"Đorđe" "Kovač"', 'the "Kovač" Đorđe', r"\"Đorđe\" \"Kovač\""])
def test_parts_in_quotation_marks_are_one_name(text):
    """A space alone between them parts no values."""
    assert Names([NAME]).holds(text)


def test_many_names_find_what_each_finds_alone():
    """However many names are looked for, a text holds those that it holds."""
    many = [
        f"{first} {last}" for first in ("Ana", "Li", "Jo Ann") for last in map(chr, range(97, 123))
    ]
    known = Names([*many, NAME, "ສົມພອນ"])
    for text in (*FORMS, "Ana x", "x Li", "ທ່ານສົມພອນ", "Jo Ann", "q", ""):
        alone = [name for name in sorted(known.written) if Names([name]).holds(text)]
        assert known.holds(text) == bool(alone)


@pytest.mark.parametrize("page", ["utf-8", "utf-16", "cp1250"])
def test_bytes_of_a_document_are_read_as_older_programs_wrote_them(page):
    """A letter saved in another code page names the person all the same."""
    assert Names([NAME]).in_cell(f"said {NAME}.".encode(page))


@pytest.mark.parametrize(
    "text",
    ["Đorđe", "Kovač", "Đorđe and Kovač", "Đorđe Kovačević", "Đorđe Kovać", '"Đorđe","Kovač"'],
)
def test_what_is_no_form_of_the_name_stays(text):
    """One part alone, a longer word, other accents and two values are not the name."""
    assert Names([NAME]).spans(text) == []


def test_a_name_typed_without_accents_finds_them():
    """Who has no č on the keyboard finds it, and who types it finds the plain letter."""
    assert Names(["Ivan Kovac"]).holds("Kovač, Ivan")
    assert Names(["Ivan Kovač"]).holds("Kovac, Ivan")


@pytest.mark.parametrize("text", ["091 234 567", "091-234-567", "091/234567"])
def test_a_number_is_found_however_it_is_parted(text):
    """The phone number of a person is written with other gaps; a longer number is another."""
    names = Names(["091 234 567"]) if "/" not in text else Names(["091 234567"])
    assert names.holds(f"call {text}.")
    assert not names.holds(f"call 1{text}")
    assert not names.holds(f"{text}8")
    assert not Names(["123456"]).holds("17.123456")


def test_three_parts_stand_in_any_order_and_more_turned_around():
    """Two surnames, or two given names, may come first."""
    assert Names(["Juan García López"]).holds("García López, Juan")
    assert Names(["Juan Carlos García López"]).holds("GARCIA LOPEZ, Juan Carlos")


def test_a_name_in_a_script_without_spaces_is_found_in_a_sentence():
    """Lao and Thai write no spaces between words."""
    assert Names(["ສົມພອນ"]).spans("ທ່ານສົມພອນກ່າວ") == [(4, 10)]


@settings(deadline=None)
@given(texts, texts, st.sampled_from([*FORMS, "x"]))
def test_where_a_name_is_found_it_stands(before, after, form):
    """Whatever stands around it: each place found reads as the name when it stands alone."""
    text = f"{before} {form} {after}"
    names = Names([NAME])
    spans = names.spans(text)
    assert spans == sorted(spans)
    for start, end in spans:
        assert names.spans(text[start:end]) == [(0, end - start)]
    if form != "x":
        assert spans


def test_parts_of_a_name_are_told_apart():
    """Only names of several words have parts that may stand alone."""
    assert parts_alone(["Ivan Horvat", "Maja", "12 345"]) == {"ivan", "horvat"}
