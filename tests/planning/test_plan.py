"""The plan accounts for every area, keeps to the teams' days and explains itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landrelease.errors import FieldError
from landrelease.planning import Candidate, PlanParams, Problem, Team, plan

STATUSES = ("open", "suspended", "closed", "handed_over")
maybe = lambda numbers: st.none() | numbers  # noqa: E731


@st.composite
def candidates(draw, least=0):
    """A tuple of areas, some without size, position or open status."""
    made = []
    for index in range(draw(st.integers(least, 12))):
        made.append(
            Candidate(
                record_id=f"r{index:02d}",
                local_id=f"HA-{index}",
                hazard_kind=draw(st.sampled_from(("SHA", "CHA"))),
                status=draw(st.sampled_from(STATUSES)),
                remaining_m2=draw(maybe(st.floats(0, 200_000))),
                stated_m2=draw(maybe(st.floats(0, 200_000))),
                accidents_within_500_m=draw(maybe(st.integers(0, 5))),
                casualties_within_500_m=draw(maybe(st.integers(0, 9))),
                last_accident_year=draw(maybe(st.integers(1995, 2025))),
                people_affected=draw(maybe(st.integers(0, 3000))),
            )
        )
    return tuple(made)


@st.composite
def teams(draw):
    """Up to three teams of any activity type that a plan uses."""
    return tuple(
        Team(
            f"Team {index}",
            draw(st.sampled_from(("non_technical_survey", "technical_survey", "clearance"))),
            draw(st.floats(50, 30_000)),
            draw(maybe(st.integers(0, 60))),
        )
        for index in range(draw(st.integers(0, 3)))
    )


problems = st.builds(Problem, candidates(), teams(), st.integers(1, 60))


@settings(max_examples=60, deadline=None)
@given(problem=problems)
def test_every_area_is_accounted_for_once(problem):
    """Ranked and not ranked are together all areas; planned and unplanned are all ranked ones."""
    made = plan(problem)
    ranked = [row["record_id"] for row in made.ranked]
    refused = [row["record_id"] for row in made.not_ranked]
    assert sorted(ranked + refused) == sorted(c.record_id for c in problem.candidates)
    planned = [task["record_id"] for team in made.teams for task in team["tasks"]]
    assert len(planned) == len(set(planned))
    assert len(planned) + made.unplanned["count"] == len(ranked)
    assert sum(row["count"] for row in made.unplanned["why"]) == made.unplanned["count"]


@settings(max_examples=60, deadline=None)
@given(problem=problems)
def test_land_is_accounted_for_too(problem):
    """Land of the ranked areas = planned + unplanned + what is left in areas only begun."""
    made = plan(problem)
    known = sum(
        (row["stated_m2"] if row["remaining_m2"] is None else row["remaining_m2"]) or 0.0
        for row in made.ranked
    )
    planned = sum(team["m2"] for team in made.teams)
    left = made.unplanned["m2"] + made.unplanned["m2_left_in_begun"]
    assert planned + left == pytest.approx(known, abs=1.0)  # each is printed to 0.1 m²


@settings(max_examples=60, deadline=None)
@given(problem=problems)
def test_no_team_works_longer_than_it_can(problem):
    """Tasks of a team follow each other without overlap and end within its days."""
    made = plan(problem)
    for team, row in zip(problem.teams, made.teams, strict=True):
        days = team.days_within(problem.horizon_days)
        assert row["days_used"] <= days
        last = 0
        for task in row["tasks"]:
            assert last < task["start_day"] <= task["end_day"] <= days
            worked = task["end_day"] - task["start_day"] + 1
            assert task["m2"] <= team.output_m2_per_day * worked + 0.05  # printed to 0.1 m²
            last = task["end_day"]


@settings(max_examples=60, deadline=None)
@given(areas=candidates(least=2), more=st.integers(1, 5))
def test_more_accidents_never_lower_the_rank(areas, more):
    """An area with more accidents than before stands at least as high as before."""
    before = {row["record_id"]: row["rank"] for row in plan(Problem(areas, (), 10)).ranked}
    for record_id, rank in before.items():
        index = next(i for i, c in enumerate(areas) if c.record_id == record_id)
        count = (areas[index].accidents_within_500_m or 0) + more
        changed = list(areas)
        changed[index] = replace(areas[index], accidents_within_500_m=count)
        after = plan(Problem(tuple(changed), (), 10)).ranked
        assert next(row["rank"] for row in after if row["record_id"] == record_id) <= rank


@settings(max_examples=40, deadline=None)
@given(areas=candidates())
def test_factors_add_up_to_the_score_and_the_interval_holds_the_rank(areas):
    """The points of the factors are the score; the rank lies in its interval; ranks are 1 to n."""
    made = plan(Problem(areas, (), 10), PlanParams(reference_year=2025))
    for row in made.ranked:
        assert sum(row["factors"].values()) == pytest.approx(row["score"], abs=0.01)
        assert 0 <= row["score"] <= 100
        assert 1 <= row["rank_lower"] <= row["rank"] <= row["rank_upper"] <= len(made.ranked)
    assert [row["rank"] for row in made.ranked] == list(range(1, len(made.ranked) + 1))


@settings(max_examples=30, deadline=None)
@given(problem=problems)
def test_survey_goes_to_suspected_and_clearance_to_confirmed_areas(problem):
    """No clearance is planned in a suspected area, and none of any kind where work is suspended."""
    made = plan(problem)
    by_id = {c.record_id: c for c in problem.candidates}
    for team in made.teams:
        for task in team["tasks"]:
            area = by_id[task["record_id"]]
            surveyed = task["activity_type"].endswith("survey")
            assert surveyed == (area.hazard_kind == "SHA")
            assert area.status == "open"


def test_the_same_question_has_the_same_answer():
    """Plans of one problem are equal, whatever the order of the areas; another seed is another id."""
    areas = tuple(
        Candidate(f"r{i}", f"HA-{i}", "CHA", remaining_m2=1000.0 * (i % 7)) for i in range(20)
    )
    team = (Team("T", "clearance", 300.0),)
    first = plan(Problem(areas, team, 30)).as_dict()
    assert plan(Problem(areas, team, 30)).as_dict() == first
    assert plan(Problem(areas[::-1], team, 30)).as_dict() == first
    assert plan(Problem(areas, team, 30), PlanParams(seed=2)).plan_id != first["plan_id"]


def test_infeasible_is_a_value():
    """Without teams, or with a team that fits nothing, the plan says so and why."""
    areas = (Candidate("a", "HA-1", "SHA", remaining_m2=500.0),)
    bare = plan(Problem(areas, (), 10))
    assert (bare.status, bare.unplanned["count"]) == ("nothing_fits", 1)
    wrong = plan(Problem(areas, (Team("T", "clearance", 100.0),), 10))
    assert wrong.status == "nothing_fits"
    assert wrong.unplanned["why"][0]["why"].startswith("no team for non-technical survey")
    assert wrong.releases_land is False


def test_an_area_larger_than_the_horizon_is_begun():
    """A large area takes the spare days and says how much of it is done."""
    areas = (Candidate("a", "HA-1", "CHA", remaining_m2=10_000.0),)
    (task,) = plan(Problem(areas, (Team("T", "clearance", 100.0),), 10)).teams[0]["tasks"]
    assert (task["m2"], task["begun_only"], task["end_day"]) == (1000.0, True, 10)
    assert any("begun: 1,000 of 10,000 m²" in reason for reason in task["reasons"])


def test_stated_and_unknown_sizes_are_said():
    """An area without polygon is ranked by its stated size; without any size it is not scheduled."""
    areas = (
        Candidate("a", "HA-1", "CHA", stated_m2=900.0),
        Candidate("b", "HA-2", "CHA"),
    )
    made = plan(Problem(areas, (Team("T", "clearance", 100.0),), 30))
    assert len(made.ranked) == 2
    assert "900 m² as stated; no polygon was measured" in made.ranked[0]["reasons"]
    assert made.unplanned["why"][0]["why"].startswith("its size is not known")


def test_an_area_without_measured_land_is_not_ranked_but_named():
    """Less than half a square metre is rounding, not land; the area is listed with the reason."""
    areas = (
        Candidate("a", "HA-1", "SHA", remaining_m2=0.4, stated_m2=900.0),
        Candidate("b", "HA-2", "SHA", remaining_m2=0.6),
    )
    made = plan(Problem(areas, (), 10))
    assert [row["local_id"] for row in made.ranked] == ["HA-2"]
    (left_out,) = made.not_ranked
    assert left_out["why"].startswith("no measured land is left")


def test_a_team_stays_within_its_reach():
    """An area farther than the team's limit is unplanned; half a degree of latitude is 55.6 km."""
    area = Candidate("a", "HA-1", "CHA", remaining_m2=100.0, longitude=-29.0, latitude=31.5)
    near = Team("T", "clearance", 100.0, None, -29.0, 31.0, max_distance_km=60.0)
    far = replace(near, max_distance_km=50.0)
    assert plan(Problem((area,), (near,), 5)).status == "planned"
    assert plan(Problem((area,), (far,), 5)).unplanned["why"][0]["why"].startswith("out of reach")


def test_wrong_settings_name_the_field():
    """An unknown weight, all weights 0, a doubled id and an empty horizon are refused by name."""
    area = Candidate("a", "HA-1", "CHA")
    with pytest.raises(FieldError, match=r"weights\.beauty"):
        plan(Problem((area,), (), 5), PlanParams(weights={"beauty": 1.0}))
    nothing = dict.fromkeys(
        ("size", "accidents", "casualties", "recency", "kind", "people", "settlement"), 0.0
    )
    with pytest.raises(FieldError, match="one weight at least"):
        plan(Problem((area,), (), 5), PlanParams(weights=nothing))
    with pytest.raises(FieldError, match="record_id"):
        Problem((area, area), (), 5)
    with pytest.raises(FieldError, match="horizon_days"):
        Problem((area,), (), 0)
