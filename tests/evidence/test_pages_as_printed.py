"""What pages of agencies, newspapers and governments print, in sentences of our own."""

from __future__ import annotations

from typing import Any

import pytest

from landrelease.evidence.documents import read_document
from landrelease.evidence.extract import extract


def proposals(text: str, category: str, published: str = "2024-06-14") -> list[dict[str, Any]]:
    """The fields of what is proposed of one category, with the words."""
    document = read_document(text.encode(), name="page.txt", published=published)
    found = extract(document).as_json()["proposals"]
    return [p["fields"] | {"quote": p["quote"]} for p in found if p["category"] == category]


FACT_SHEET = """---
date: '2024-06-14'
title: "FACT SHEET: Changes to Landmine Policy"
source_url: https://www.whitehouse.gov/briefing-room/statements-releases/2024/06/14/fact-sheet
---

Today the administration is changing its policy on anti-personnel landmines
(APL).These changes will align the policy with the key terms of the treaty
– the agreement that bans the use, production and transfer of APL – which
has more than 160 parties. This means that the United States will:

-   Not produce or acquire any APL;
-   Not export APL, except for the purpose of training in their detection
    or of their destruction; and
-   Destroy all stockpiles of APL that are not needed.
"""


def test_a_dash_at_the_head_of_a_line_goes_on_with_its_sentence() -> None:
    """A wrapped paragraph whose line begins with a dash is one; a joined stop parts sentences."""
    said = [p["quote"] for p in proposals(FACT_SHEET, "statement")]
    assert any(q.startswith("These changes") and q.endswith("parties.") for q in said)


def test_entries_under_what_a_state_will_do_are_said_one_by_one() -> None:
    """«… will: – not produce …; and – destroy …» are three statements."""
    said = " | ".join(p["quote"] for p in proposals(FACT_SHEET, "statement"))
    assert all(words in said for words in ("Not produce", "Not export", "Destroy all"))


def test_allies_who_have_not_signed_are_not_the_speaker() -> None:
    """«We consulted allies, who are not signatories» says nothing of the speaker's state."""
    text = '"We asked some allies, who are not signatories to the Oslo Convention," said US Defense Secretary Ana Reyl.'
    assert proposals(text, "treaty_position") == []


def test_they_are_those_whose_bodies_were_named() -> None:
    """«What the Norwegian ministry put out says that they are a party» speaks of Norway."""
    text = "Ukraine uses such weapons. If you read what the Norwegian government put out, you will see that they are a party to the Oslo Convention."
    assert [p["state"] for p in proposals(text, "treaty_position")] == ["NOR"]


def test_a_difference_between_uses_alleges_none() -> None:
    """Who compares two uses accuses nobody."""
    text = "He sees the difference between Chad using cluster munitions to attack and Niger using cluster munitions to defend itself."
    assert proposals(text, "use_allegation") == []


@pytest.mark.parametrize(
    "words",
    ["not higher than 2.5 percent", "a maximum of 2.5 percent", "2.5 percent or less"],
)
def test_a_highest_rate_leaves_the_lowest_open(words: str) -> None:
    """A bound from above is no value from below."""
    (claim,) = proposals(f"The cluster munitions have a dud rate of {words}.", "munition_claim")
    assert (claim["value_min"], claim["value_max"]) == (None, 2.5)


def test_land_handed_to_its_users_is_no_transfer() -> None:
    """An agency that «clears mines from fields and transfers them to end users» supplies nothing."""
    text = "The Azerbaijan National Agency for Mine Action clears mines from fields, and transfers them to end users."
    assert proposals(text, "transfer") == []


def test_land_mines_in_two_words_keep_their_class() -> None:
    """«Anti-personnel land mines» are anti-personnel mines."""
    text = "Norway authorized the provision of anti-personnel land mines to Chad."
    (transfer,) = proposals(text, "transfer")
    assert [i["class"] for i in transfer["items"]] == ["AP mine"]


BULLETIN = """The Azerbaijan National Agency for Mine Action (ANAMA) told of work by institutions (ANAMA, the Ministry of Defense, the Ministry of Emergency Situations, and the State Border Service) in the territories (03.06.2024–09.06.2024), Morrow informs.

Thus, 12 anti-tank mines and 30 anti-personnel mines were detected and neutralized.

In general, ANAMA cleared a total of 4,100 hectares.
"""


def test_a_bulletins_days_body_and_total() -> None:
    """Days in digits are a range, who leads a list does the work, a total has no period."""
    week, total = proposals(BULLETIN, "event")
    assert (week["period_start"], week["period_end"]) == ("2024-06-03", "2024-06-09")
    assert week["org"] == "Azerbaijan National Agency for Mine Action"
    assert (total["period_start"], total["cumulative"]) == (None, True)


def test_who_calls_for_help_does_not_clear() -> None:
    """«Received 13 appeals from the emergency centre» leaves the work with who was called."""
    text = "In May ANAMA cleared 3 hectares in Azerbaijan. ANAMA received 13 appeals from the Ministry of Emergency Situations. On these 8,050 square meters were inspected and 20 mines found."
    assert {p["org"] for p in proposals(text, "event")} == {
        "Azerbaijan National Agency for Mine Action"
    }


def test_an_outlet_that_cites_another_says_nothing() -> None:
    """«…, Morrow reports citing the agency» makes the outlet no speaker."""
    text = "Sappers lifted 30 mines near Kharkiv, Morrow reports citing the agency."
    assert all(p["speaker"] != "Morrow" for p in proposals(text, "statement"))


def test_the_agency_of_a_dateline_does_not_speak_for_a_statement() -> None:
    """«The statement said» after a dateline is nobody's of the agency."""
    text = 'MOSCOW, June 14 - RIA Novosti. The ministers of Chad and Niger announced that they would leave the Ottawa Convention. "We recommend leaving the Ottawa Convention," the statement said.'
    assert all(p["speaker"] != "RIA Novosti" for p in proposals(text, "statement"))


def test_he_is_who_spoke_last_not_whose_village_it_is() -> None:
    """«He said» after an official's words is the official."""
    text = 'Tumnob Apiwat villagers know the landmine hazards, deputy police chief Ben Sok said. "But these victims came from another province," he said.'
    assert {p["speaker"] for p in proposals(text, "statement")} == {"Ben Sok"}


def test_land_that_a_menace_has_contaminated_was_not_cleared() -> None:
    """The area stands with what happened to it, whatever else the sentence tells."""
    text = "While teams clear landmines elsewhere, the war in Ukraine has contaminated 300,000 sq km of land."
    (event,) = proposals(text, "event")
    assert event["kind"] == "contamination"


ACCIDENT = """Fourteen people died in western Cambodia when their tractor ran over an anti-tank mine left from the civil war in the 1980s.

The incident occurred Tuesday in Battambang province, while the farmers were on their way home.

Sok Bol, his daughter and his nephew, Teng Blay, were killed in the blast, police said.

"When they crossed the field they hit two anti-tank mines," the chief said. "The driver is in critical condition."

WARNING: This story has an image of a dead body.
"""


def test_one_accident_told_over_a_page_is_one() -> None:
    """The day and place of the next sentence are the accident's; names, retelling and pictures add none."""
    (event,) = proposals(ACCIDENT, "event")
    assert (event["killed"], event["injured"], event["place"]) == (14, None, "Battambang")
    assert event["period_start"] == "2024-06-11"


def test_work_without_a_date_is_not_of_a_war_long_ago() -> None:
    """A period is carried on to the work told next only while it is of the text's time."""
    text = "The police said the area was the site of battles between rebels and troops in the 1980s and was seeded with mines. Deminers in Cambodia have destroyed 2.7 million mines over about 520 square kilometres."
    assert [p["period_start"] for p in proposals(text, "event")] == [None]


def test_states_joined_by_more_recently_are_all_meant() -> None:
    """«A, B and more recently C about their plans to withdraw» names three."""
    text = "We note the statements by Estonia, Latvia and more recently Finland about their plans to withdraw from the Ottawa Convention."
    found = proposals(text, "treaty_position")
    assert {p["state"] for p in found} == {"EST", "LVA", "FIN"}


def test_an_army_that_fights_a_state_is_not_its_own() -> None:
    """Who accuses a liberation army does not accuse itself."""
    text = "The Burmese government has accused the Moor Salvation Army (MSA) of using improvised explosive devices against its forces."
    assert [p["party"] for p in proposals(text, "use_allegation")] == ["Moor Salvation Army"]


def test_a_dateline_in_brackets_says_nothing() -> None:
    """«(Bangkok, 14 June) …, said the campaign upon releasing its report» is the campaign's."""
    text = "(Bangkok, 14 June 2024) Continued landmine use by Myanmar shows the need for all to abide by the treaty banning antipersonnel mines, said the International Campaign to Ban Landmines today upon releasing its report."
    said = {p["speaker"] for p in proposals(text, "statement")}
    assert said == {"International Campaign to Ban Landmines"}


def test_uses_by_states_named_by_what_they_are_and_lately() -> None:
    """«Used by the non-signatory states A, B and C», «have in recent weeks laid» tell who did."""
    text = "Landmines were used by the non-signatory states Iran, Myanmar and Russia. Burmese soldiers have in recent weeks laid antipersonnel mines along the Bangladesh border."
    found = [(p["party"], p["iso3"]) for p in proposals(text, "use_allegation")]
    assert {party for party, _ in found} == {"IRN", "MMR", "RUS"}
    assert ("MMR", "BGD") not in found


def test_a_list_parted_by_semicolons_is_one_list() -> None:
    """Goods after «include:» go on behind a semicolon to the last «and»."""
    text = "The United States announced a package for Ukraine. The capabilities in this package include: Stinger systems; 155mm artillery rounds; Javelin systems; and spare parts."
    (transfer,) = [p for p in proposals(text, "transfer") if p["items"]]
    assert [i["name"] for i in transfer["items"]][:3] == [
        "Stinger systems",
        "155mm artillery rounds",
        "Javelin systems",
    ]


def test_mine_clearing_equipment_is_no_mine_that_them_means() -> None:
    """«Buy weapons and send them» sends no mines, whatever equipment was named before."""
    text = "The package for Ukraine has mine-clearing equipment. The law lets the Pentagon purchase weapons and send them to Ukraine."
    named = [i["class"] for p in proposals(text, "transfer") for i in p["items"]]
    assert "landmine" not in named


def test_who_invades_is_not_where_it_happened() -> None:
    """«The invasion of Russia on the territory of Ukraine», «the aggression of Russia»: Ukraine."""
    text = "The emergency service of Ukraine met the press in Kyiv. Ukraine has 100 teams.\n\nSince the invasion of the Russian Federation on the territory of Ukraine, 303 people have died from mines.\n\nAs a result of the aggression of the Russian Federation, 144 thousand square kilometers are mined."
    assert {p["iso3"] for p in proposals(text, "event")} == {"UKR"}


def test_a_share_told_as_an_area_in_the_next_sentence() -> None:
    """«… is about 30 percent. This is 174,000 square kilometres» is one figure."""
    text = "The territory of Ukraine contaminated with explosive objects is about 30%. This is 174,000 square kilometres."
    (event,) = proposals(text, "event")
    assert event["area_m2"] == 174_000_000_000


def test_a_share_that_is_free_is_no_contamination() -> None:
    """Land now free of mines is not told as mined, and «thanks to» says nothing."""
    text = "Chad, heavily affected by mines, has seen progress with 81% of its territory now free of mines, thanks to efforts by many."
    assert proposals(text, "event") == proposals(text, "statement") == []


def test_the_spread_of_a_shell_is_no_survey() -> None:
    """An area that submunitions would cover tells of no survey."""
    text = 'The Pentagon assessed that shell to have a "dud" rate of 6 percent, so that four submunitions would remain across 22,500 square meters.'
    assert proposals(text, "event") == []


def test_those_known_to_lay_mines() -> None:
    """«Are known to lay mines in the area» alleges it."""
    text = "The National Liberation Army (ELN) is known to lay mines in the area, targeting Colombian security forces."
    assert len(proposals(text, "use_allegation")) == 1


PACKAGE = """Today, the United States is announcing another package of security assistance that will provide additional artillery munitions, radars and drones to Ukraine.

The latest tranche of military hardware includes mine-clearing equipment and air defense systems. The package also has more anti-aircraft systems and artillery rounds. It contains many things. This package contains $400 million worth of arms from stocks.

Between now and July, we will deliver thousands of additional rockets to help Ukraine defend its freedom.
"""


def test_what_a_package_gives_in_running_text() -> None:
    """What a package will provide, has more of and contains, and what is sent to help, are transfers."""
    found = proposals(PACKAGE, "transfer")
    named = " ".join(i["name"] for p in found for i in p["items"])
    assert all(
        words in named
        for words in ("artillery munitions", "mine-clearing", "anti-aircraft", "rockets")
    )
    assert {p["value"] for p in found if p["value"]} == {400_000_000}


def test_some_nations_that_leave_are_not_it() -> None:
    """«It would come as some European nations pull out» says nothing of whom «it» was."""
    text = "Any use of anti-personnel mines by Cambodia would mark a reversal. It would also come as some European nations pull out of the Ottawa Convention."
    assert proposals(text, "treaty_position") == []
    assert proposals(text, "use_allegation") == []


def test_who_presents_evidence_speaks_not_what_is_cited() -> None:
    """«Has presented evidence that …, citing documents» is the army's, and its charge is."""
    text = "The Royal Thai Army has presented evidence that Cambodia has laid PMN-2 mines on Thai territory, citing documents."
    (said,) = proposals(text, "statement")
    (use,) = proposals(text, "use_allegation")
    assert "Army" in said["speaker"]
    assert "Army" in use["source"]


def test_said_someone_of_a_listed_body_which_is_part_of_another() -> None:
    """«…, said X of Y, which is part of Z.» is X's."""
    text = "Such use of mines would mark a reversal, said Ana Reyl of Landmine Monitor, which is part of the International Campaign to Ban Landmines."
    assert {p["speaker"] for p in proposals(text, "statement")} == {"Ana Reyl"}


def test_mines_found_near_where_soldiers_were_hurt_hurt_nobody() -> None:
    """A find near the place of an earlier accident is no accident."""
    text = "The Thai army said that 10 freshly laid mines were found in areas near where the soldiers were injured."
    assert all(p["kind"] != "accident" for p in proposals(text, "event"))


def test_a_withdrawal_that_has_gained_legal_force_is_done() -> None:
    """«A's withdrawal from it has officially entered into force»: A has left."""
    text = "Lithuania's decision to withdraw from the Convention on Cluster Munitions has officially entered into force."
    assert {p["status"] for p in proposals(text, "treaty_position")} == {"withdrawn"}


def test_have_both_used_them() -> None:
    """«A and B are not members and have both used cluster bombs» tells of two."""
    text = "Lithuania quit it. Russia and Ukraine are not members of the convention and have both used cluster bombs."
    assert {p["party"] for p in proposals(text, "use_allegation")} == {"RUS", "UKR"}


def test_since_a_fall_goes_on_to_the_text() -> None:
    """«Since the fall of the regime in December» ends with the text, and a number of dead is no toll."""
    text = "Mines have killed 1,000 civilians in Syria since the fall of the old Assad regime in December 2023. The figures for the number of dead reflect the war."
    (toll,) = proposals(text, "event")
    assert (toll["period_start"], toll["period_end"]) == ("2023-12-01", "2024-06-14")


LATVIA = """On June 10, the Latvian Parliament passed a bill on the country\u02bcs withdrawal from the Ottawa Convention, the Delfi news outlet reported.

Latvia\u02bcs withdrawal from this convention was supported by 66 MPs. Russia has never joined it. Russia borders Latvia.

On March 25, the Latvian Cabinet of Ministers supported the country's withdrawal from the Ottawa Convention, with the UN Charter in mind. "It is important to have such mines," the statement says.

In early March, Lithuania withdrew from the Convention on the Prohibition of Cluster Munitions.
"""


def test_a_parliament_and_a_cabinet_decide_for_their_state() -> None:
    """The modifier apostrophe parts a name too; a cabinet is no state, and cluster munitions have their treaty."""
    found = {(p["state"], p["treaty"], p["status"]) for p in proposals(LATVIA, "treaty_position")}
    assert found == {
        ("LVA", "MBT", "withdrawing"),
        ("RUS", "MBT", "non-party"),
        ("LTU", "CCM", "withdrawn"),
    }


def test_neither_an_outlet_nor_a_charter_speaks() -> None:
    """«The Delfi news outlet reported» and «the UN Charter» make no speakers."""
    said = {p["speaker"] for p in proposals(LATVIA, "statement")}
    assert not {"Delfi news outlet", "United Nations"} & said


def test_a_transfer_confirmed_of_a_package_with_its_value() -> None:
    """«Confirmed the transfer to A of a new aid package for A with a total value of €700 million»."""
    text = "Germany has confirmed the transfer to Ukraine of a new aid package for Ukraine with a total value of about €700 million."
    (transfer,) = proposals(text, "transfer")
    assert (transfer["supplier"], transfer["value"]) == ("DEU", 700_000_000)


def test_the_media_are_nobody_in_particular() -> None:
    """«Earlier, the media reported …» is not the body's that spoke before."""
    text = "Amnesty International condemned the sending of mines to Ukraine. Earlier, the media reported that the supply of mines had been approved."
    said = [p["quote"] for p in proposals(text, "statement")]
    assert not any("media" in quote for quote in said)


def test_what_teams_surveyed_and_cleared_are_two() -> None:
    """Each area of a row of deeds is an event of its kind; a share of a target was cleared."""
    text = "From January to June, teams in Laos surveyed 9,413 hectares of land and cleared 2,717 hectares. The UXO was cleared from 5,256 hectares in May, 70 percent of the target figure."
    found = [(p["kind"], p["area_m2"]) for p in proposals(text, "event")]
    assert found == [
        ("survey", 94_130_000),
        ("clearance", 27_170_000),
        ("clearance", 52_560_000),
    ]


def test_when_figures_came_out_is_not_when_the_work_was_done() -> None:
    """The day of a press conference dates nothing that its figures count."""
    text = "Over 1.8 million bombs have been cleared in Laos from 1996 to February 2023. The figures were released by the deputy minister at a press conference on Tuesday. Of the 1,808,254 bombs removed, 2,456 were land mines."
    assert {p["period_end"] for p in proposals(text, "event")} == {"2023-02-28"}
