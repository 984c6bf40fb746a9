"""Published and independently computed examples, with where they come from.

Each is run as a test and printed in docs/science/. Expected values are text, so that the digits
given by the source set the tolerance.
"""

CARLE_STRUB = "Carle & Strub 1978"
COWX = "Cowx 1983, p. 75-77"
SEBER = "Seber, Estimation of Animal Abundance, example 7.4"
FORMULA = "computed from the stated formula"

EXAMPLES = [
    ("removal", {"counts": [38, 26, 12]}, {"n": "91", "se": "9.687", "p": "0.444"}, CARLE_STRUB),
    ("removal", {"counts": [72, 56, 46, 30, 24]}, {"n": "298", "p": "0.250"}, COWX),
    ("removal", {"counts": [8, 23, 17, 8, 6]}, {"n": "95", "p": "0.187"}, COWX),
    (
        "removal",
        {"counts": [79, 28], "method": "seber"},
        {"n": "122.37", "se": "8.797", "p": "0.6456"},
        SEBER,
    ),
    (
        "removal",
        {"counts": [72, 56], "method": "seber"},
        {"n": "324", "se": "178.19", "p": "0.22"},
        COWX,
    ),
    ("removal", {"counts": [72, 56, 46], "method": "seber"}, {"n": "353.35"}, COWX),
    ("zero-failures", {"rate": 6e-6}, {"trials": "499288"}, FORMULA),
    ("zero-failures", {"rate": 1e-4}, {"trials": "29956"}, FORMULA),
    ("zero-failures", {"rate": 1e-3}, {"trials": "2995"}, FORMULA),
    (
        "reliability",
        {"failures": 50, "trials": 10_000, "detection_alpha": 60, "detection_beta": 40},
        {"mean": "0.0084729", "lower": "0.006046", "upper": "0.011473"},
        FORMULA,
    ),
    (
        "reliability",
        {"failures": 20, "trials": 1000, "claim": 1e-4, "strength": 1e3},
        {"mean": "0.010050", "conflict_p_value": "1.10e-8"},
        FORMULA,
    ),
    (
        "reliability",
        {"failures": 20, "trials": 1000, "claim": 1e-4, "strength": 1e5},
        {"mean": "0.00029703", "conflict_p_value": "6.25e-34"},
        FORMULA,
    ),
    (
        "pod",
        {"coverage": 0.5},
        {"random": "0.3935", "inverse_cube": "0.4691", "definite_range": "0.5"},
        "textbook",
    ),
    (
        "pod",
        {"coverage": 1},
        {"random": "0.6321", "inverse_cube": "0.7899", "definite_range": "1"},
        "textbook",
    ),
    (
        "pod",
        {"coverage": 2},
        {"random": "0.8647", "inverse_cube": "0.9878", "definite_range": "1"},
        "textbook",
    ),
    ("passes", {"pod": 0.7, "target": 0.996}, {"passes": "5"}, "argument of FFI 20.500.12242/2403"),
    ("passes", {"pod": 0.8, "target": 0.996}, {"passes": "4"}, "argument of FFI 20.500.12242/2403"),
    ("passes", {"pod": 0.9, "target": 0.996}, {"passes": "3"}, "argument of FFI 20.500.12242/2403"),
    (
        "passes",
        {"pod": 0.95, "target": 0.996},
        {"passes": "2"},
        "argument of FFI 20.500.12242/2403",
    ),
    ("passes", {"pod": 0.85, "target": 0.996}, {"passes": "3", "achieved": "0.996625"}, FORMULA),
    ("miss-update", {"prior": 0.3, "pod": 0.8, "passes": 1}, {"posterior": "0.078947"}, FORMULA),
    ("miss-update", {"prior": 0.3, "pod": 0.8, "passes": 2}, {"posterior": "0.016854"}, FORMULA),
    ("miss-update", {"prior": 0.05, "pod": 0.9}, {"posterior": "0.0052356"}, FORMULA),
    (
        "search",
        {"prior": [0.7, 0.3], "effort": 1},
        {"effort": ["0.92365", "0.07635"], "p_found": "0.444105", "p_found_uniform": "0.393469"},
        "Koopman 1957",
    ),
    (
        "residual",
        {"found": 20, "pod": 0.9},
        {"flat": {"mean": "2.3333", "p_none": "0.109419", "upper95": "5"}, "poisson": None},
        FORMULA,
    ),
    ("residual", {"found": 0, "pod": 0.9}, {"flat": {"mean": "0.1111", "p_none": "0.9"}}, FORMULA),
    (
        "transect",
        {"semi_major": 100, "semi_minor": 50, "width": 2, "spacing": 300},
        {"probability": "0.520655", "method": "closed_form"},
        "simulation 0.52065",
    ),
    (
        "transect",
        {"semi_major": 50, "semi_minor": 50, "width": 2, "spacing": 200},
        {"probability": "0.51", "method": "closed_form"},
        FORMULA,
    ),
    (
        "transect",
        {"semi_major": 30, "semi_minor": 10, "width": 1, "spacing": 60},
        {"probability": "0.72432", "method": "quadrature"},
        FORMULA,
    ),
]

SAMPLES = [
    *(
        (0.95, 0.99, lot, n, "floor")
        for lot, n in [
            (100, 95),
            (200, 155),
            (500, 225),
            (1000, 258),
            (2000, 277),
            (5000, 290),
            (None, 299),
        ]
    ),
    *(
        (0.95, 0.99, lot, n, "floor-plus-one")
        for lot, n in [(100, 78), (200, 126), (500, 196), (1000, 238), (2000, 265), (5000, 284)]
    ),
    *((0.95, 0.95, lot, n, "floor") for lot, n in [(100, 45), (500, 56), (1000, 57), (None, 59)]),
    (0.90, 0.99, None, 230, "floor"),
    (0.95, 0.996, None, 748, "floor"),
    (0.95, 0.999, None, 2995, "floor"),
]
