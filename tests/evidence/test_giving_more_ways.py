"""Ways of giving that stand around the verb: the day between noun and goods, towns, donors, licences."""

from __future__ import annotations

import pytest

from landrelease.evidence.extract import extract

Gift = tuple[str | None, str | None, object, str, str | None]


def gifts(text: str) -> list[Gift]:
    """Giver, getter, sum or goods, status and day of each transfer."""
    found = [
        p.fields
        for p in extract(text, published="2014-06-20").proposals
        if p.category == "transfer"
    ]
    return [
        (f["supplier"], f["recipient"], f["value"] or [(i["quantity"], i["name"]) for i in f["items"]], f["status"], f["date"])
        for f in found
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Chad is full of mines. The envoy welcomed the handover on Thursday of 14 detectors and a truck by the Government of Peru to Chad.",
         ("PER", "TCD", [(14, "detectors"), (None, "truck")], "delivered", "2014-06-19")),
        ("Chad is full of mines. She confirmed the delivery last week of six flails by Peru to Chad.",
         ("PER", "TCD", [(6, "flails")], "delivered", "2014-06")),
        ("The Peruvian envoy came to Luanda, Angola. He said his government would give Angola two flails.",
         ("PER", "AGO", [(2, "flails")], "announced", None)),
        ("Finland has given Angola's army sappers 60 visors.",
         ("FIN", "AGO", [(60, "visors")], "delivered", None)),
        ("Finland sent Angola's border guards 12 trucks in May.",
         ("FIN", "AGO", [(12, "trucks")], "delivered", "2014-05")),
        ("Finland is making available $300,000 to help the Government of Angola deal with unexploded ordnance.",
         ("FIN", "AGO", 300_000, "announced", None)),
        ("Finland gave Angola 14 trucks. The first two trucks, Sisus once used in Norway, were handed over in Lobito last Friday.",
         ("FIN", "AGO", [(2, "trucks")], "delivered", "2014-06-13")),
        ("Angola needs help. Finland and Peru paid for 30 detectors that reached Lobito in March.",
         ("FIN;PER", "AGO", [(30, "detectors")], "delivered", "2014-03")),
        ("Finland is the third largest supplier of weapons to Angola, having pledged $90 million in 2012.",
         ("FIN", "AGO", 90_000_000, "announced", "2012")),
        ("Finland, one of the donors to Angola, promised Angola four flails in 2012.",
         ("FIN", "AGO", [(4, "flails")], "announced", "2012")),
        ("Finland sells arms to Angola. New licences for the export of military goods worth EUR 4 million to Angola were granted in 2013.",
         ("FIN", "AGO", 4_000_000, "authorised", None)),
        ("Finland sells arms to Angola. Export permits for the sale of 40 howitzers to Angola were issued.",
         ("FIN", "AGO", [(40, "howitzers")], "authorised", None)),
    ],
)  # fmt: skip
def test_gifts_are_read_around_their_verb(text: str, last: Gift) -> None:
    """Who gets is no town, the day may part noun and goods, a donor's sum goes to whom it gives."""
    assert gifts(text)[-1][:4] == last[:4]


@pytest.mark.parametrize(
    "text",
    [
        "Finland paid for the clearance of mines in Angola.",
        "Angola is poor. Export permits for the sale of 40 howitzers to Angola were refused.",
        "Licences to drive trucks in Angola were granted in 2013.",
        "Angola is the largest supplier of diamonds to Finland, having mined them since 1912.",
        "The handover last week of the village of Lobito to its mayor was a feast.",
    ],
)
def test_other_givings_are_left(text: str) -> None:
    """Work paid for, licences to drive, diamonds and villages are no transfers of goods."""
    assert gifts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Finland was long reluctant to provide the mines to Angola due to fears for farmers.",
        "Angola waits. Finland believes providing the mines is among the best steps that it can take.",
        "Peru was unwilling to send Angola rockets.",
    ],
)
def test_what_someone_thinks_of_a_gift_is_none(text: str) -> None:
    """Reluctance and opinions on giving hand over nothing."""
    assert gifts(text) == []


def test_what_a_kind_includes_stays_in_the_list() -> None:
    """«Including» names goods of the entry; «of which» counts some of them again."""
    text = "Danish military aid to Moldova\n\nDelivered\n\n- 155mm rounds, including DPICM, and 40 rifles\n- 6 flails\n"
    first = next(p for p in extract(text).proposals if p.category == "transfer")
    assert [i["name"] for i in first.fields["items"]] == ["155mm rounds", "DPICM", "rifles"]
