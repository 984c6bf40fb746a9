"""The calculators as records from which command line and web pages are built."""

import json

import pytest

from landrelease.errors import FieldError, NotFoundError
from landrelease.models.calculators import CALCULATORS, calculate, chart
from landrelease.models.summary import in_words

CONTRACT = {
    "removal": {"n", "se", "p", "interval"},
    "two-team": {"lincoln", "chapman", "se", "expected_missed"},
    "residual": {"flat", "poisson"},
    "sample-size": {"n"},
    "pod": {"random", "inverse_cube", "definite_range"},
    "passes": {"passes", "achieved"},
    "miss-update": {"posterior"},
    "transect": {"probability", "method"},
    "search": {"effort", "p_found", "p_found_uniform"},
    "density": {"upper"},
    "reliability": {"mean", "lower", "upper", "conflict_p_value"},
    "zero-failures": {"trials"},
}


def test_every_calculator_of_the_contract_exists():
    """The names other programs call."""
    assert set(CONTRACT) <= set(CALCULATORS)


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_worked_example_answers_in_full(name):
    """Each example runs, is JSON, and carries assumptions, source and words."""
    answer = json.loads(json.dumps(calculate(name, CALCULATORS[name].example)))
    assert list(answer) == ["status", "calculator", "inputs", "results", "assumptions", "source"]
    assert answer["status"] == "ok"
    assert set(answer["results"]) == CONTRACT.get(name, set(answer["results"]))
    assert answer["assumptions"]
    assert in_words(answer)


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_every_parameter_says_its_unit_and_meaning(name):
    """Help texts and units are there for every input, and every result is explained."""
    calculator = CALCULATORS[name]
    for parameter in calculator.parameters:
        assert parameter.help
        assert parameter.unit
        assert parameter.flag is None or parameter.flag == "--" + parameter.name.replace("_", "-")
    assert calculator.formula
    assert calculator.explanation
    assert calculator.result_help


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        (name, parameter.name, value)
        for name, calculator in CALCULATORS.items()
        for parameter in calculator.parameters
        for value in ("x", True, float("nan"), -1)
        if parameter.type != "str" and parameter.minimum is not None
    ],
)
def test_impossible_values_are_refused_by_name(name, field, value):
    """Words, truth values, not-a-number and negative values name their field."""
    calculator = CALCULATORS[name]
    multiple = next(p.multiple for p in calculator.parameters if p.name == field)
    inputs = {**calculator.example, field: [value] if multiple else value}
    with pytest.raises(FieldError) as refusal:
        calculate(name, inputs)
    assert refusal.value.field == field


def test_text_from_a_form_is_read_as_numbers():
    """Web forms send text."""
    answer = calculate("two-team", {"first": "60", "second": "50", "both": "45"})
    assert answer["inputs"] == {"first": 60, "second": 50, "both": 45}


def test_unknown_calculator_and_method():
    """Both refusals list what exists."""
    with pytest.raises(NotFoundError, match="removal"):
        calculate("magic", {})
    with pytest.raises(FieldError, match="zippin"):
        calculate("removal", {"counts": [3, 2], "method": "magic"})


def test_no_estimate_is_an_answer():
    """The reason stands where the results would."""
    answer = calculate("removal", {"counts": [3, 5]})
    assert answer["status"] == "cannot_estimate"
    assert "results" not in answer
    assert in_words(answer) == [f"No number can be given: {answer['why']}."]


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_chart_passes_through_the_answer(name):
    """Each chart is JSON, rises along its axis, and shows the answer at its place."""
    answer = calculate(name, CALCULATORS[name].example)
    drawn = json.loads(json.dumps(chart(answer)))
    assert drawn["x"] == sorted(set(drawn["x"]))
    assert drawn["x_label"]
    assert drawn["y_label"]
    for values in drawn["lines"].values():
        assert len(values) == len(drawn["x"])
    if drawn["at"] is not None:
        place = drawn["x"].index(drawn["at"])
        shown = {values[place] for values in drawn["lines"].values()}
        flat = json.dumps(answer["results"])
        assert any(
            value is not None and (str(value) in flat or value == int(value)) for value in shown
        )


def test_no_estimate_has_no_chart():
    """Where no number can be given nothing is drawn."""
    assert chart(calculate("removal", {"counts": [3, 5]})) is None
