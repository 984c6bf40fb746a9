"""Tables of docs/science/, made from the models themselves.

``PYTHONPATH=src python -m tests.models.docs_tables`` writes them; a test checks that the files
hold what would be written, so that documentation cannot drift from the program.
"""

import re
from pathlib import Path

from landrelease.models.calculators import CALCULATORS, calculate
from landrelease.models.catalogue import catalogue
from landrelease.models.outlook import outlook
from tests.models.examples import EXAMPLES, SAMPLES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "science"
FILES = ("persistence.md", "reliability.md", "assurance.md")
BLOCK = re.compile(r"<!-- table: (?P<name>[\w-]+) -->\n.*?<!-- end -->", re.DOTALL)
USED_1991 = 118_000


def table(header, rows):
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def number(value):
    """Return a number with up to seven significant digits, whole ones in full."""
    return f"{value:,}" if isinstance(value, int) else f"{value:.7g}"


def treaty():
    """The treaty cohort over time."""
    scenario = {
        "cohorts": [{"munition": "ccw-ap2-limit", "quantity": 1000}],
        "times_days": [0, 15, 30, 60, 90, 120, 365],
    }
    rows = [
        (
            f"{time['days']:g}",
            f"{time['can_function']['mean']:.1f}",
            f"{time['can_function']['lower']}–{time['can_function']['upper']}",
            f"{time['needs_clearance']['mean']:.1f}",
            f"{time['needs_clearance']['lower']}–{time['needs_clearance']['upper']}",
        )
        for time in outlook(scenario)["times"]
    ]
    return table(["day", "can function", "90 %", "needs clearance", "90 %"], rows)


def claimed_rates():
    """What claimed failure rates leave of the items reported used in 1991."""
    rows = []
    for rate in (6e-6, 1e-4, 1e-3, 0.10):
        window = {"from_h": 4, "to_h": 336, "failure_probability": rate}
        cohort = {"quantity": USED_1991, "never_armed_probability": 0, "self_destruct": window}
        (time,) = outlook({"cohorts": [cohort], "times_days": [30]})["times"]
        left = time["needs_clearance"]
        rows.append((f"{rate:g}", number(left["mean"]), f"{left['lower']:,}–{left['upper']:,}"))
    return table(["failure probability", "expected left", "90 %"], rows)


def munitions():
    """Every rate of the catalogue."""
    rows = []
    for entry in catalogue().values():
        for rate in entry.rates.values():
            source = ", ".join(part for part in (rate.source, rate.edition) if part)
            rows.append(
                (
                    f"`{entry.munition_id}`",
                    rate.kind,
                    rate.measures,
                    rate.number(),
                    source,
                    rate.evidence,
                )
            )
        default = entry.default_scenario or "none: a choice is needed"
        others = ", ".join(name for name in entry.scenarios if name != entry.default_scenario)
        named = f"default scenario **{default}**" + (f"; also {others}" if others else "")
        rows.append((f"`{entry.munition_id}`", "", named, "", "", ""))
    return table(["munition", "kind", "measures", "number", "source", "evidence"], rows)


def calculators():
    """Names, parameters and formulas."""
    rows = []
    for calculator in CALCULATORS.values():
        words = []
        for parameter in calculator.parameters:
            word = parameter.flag or parameter.name.upper()
            default = "" if parameter.default is None else f" = {parameter.default}"
            needed = "" if parameter.required else "?"
            words.append(f"`{word}`{needed} [{parameter.unit}]{default}")
        formula = calculator.formula.replace("|", "given")
        rows.append((f"`{calculator.name}`", calculator.title, ", ".join(words), formula))
    return table(["calculator", "question", "inputs [unit] = default", "formula"], rows)


def samples():
    """Sample sizes by standard, lot and convention, as the calculator answers."""
    rows = []
    for confidence, clean, lot, _n, convention in SAMPLES:
        inputs = {"confidence": confidence, "clean": clean, "lot": lot, "convention": convention}
        n = calculate("sample-size", inputs)["results"]["n"]
        size = f"{lot:,}" if lot else "endless"
        rows.append((f"{100 * confidence:g} %", f"{100 * clean:g} %", size, convention, number(n)))
    return table(["confidence", "clean", "lot", "convention", "n"], rows)


def examples(names):
    """Worked examples of some calculators: what the program answers, and the source's figures."""
    rows = []
    for name, inputs, expected, source in EXAMPLES:
        if name in names:
            results = calculate(name, inputs)["results"]
            given = "; ".join(f"{key} {text(value)}" for key, value in inputs.items())
            answered = "; ".join(f"{key} {text(results[key])}" for key in expected)
            stated = "; ".join(f"{key} {text(value)}" for key, value in expected.items())
            rows.append((f"`{name}`", given, answered, stated, source))
    return table(["calculator", "inputs", "program", "source says", "source"], rows)


def text(value):
    """Return a value as it stands in a table."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {text(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(text(item) for item in value)
    return "none" if value is None else value if isinstance(value, str) else number(value)


TABLES = {
    "treaty": treaty,
    "claimed-rates": claimed_rates,
    "catalogue": munitions,
    "calculators": calculators,
    "samples": samples,
    "reliability": lambda: examples({"reliability", "zero-failures"}),
    "examples": lambda: examples(set(CALCULATORS) - {"reliability", "zero-failures"}),
}


def filled(page):
    """Return a page with every table made anew."""

    def block(match):
        name = match["name"]
        return f"<!-- table: {name} -->\n{TABLES[name]()}\n<!-- end -->"

    return BLOCK.sub(block, page)


if __name__ == "__main__":
    for file in FILES:
        path = DOCS / file
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
