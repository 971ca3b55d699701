"""Constraints of Keras 3: what becomes of a weight."""

from golden import numbers, packed, write
from keras import constraints

KERNEL = numbers(1, 4, 3)
FILTERS = numbers(2, 3, 3, 2, 2)


def case(kind, options, constraint, weight):
    return {"kind": kind, "options": options, "weight": packed(weight), "result": packed(constraint(weight))}


write(
    "constraints",
    "constraints",
    [
        case("maxNorm", {}, constraints.MaxNorm(), KERNEL),
        case("maxNorm", {"maxValue": 0.5, "axis": 1}, constraints.MaxNorm(0.5, axis=1), KERNEL),
        case("maxNorm", {"maxValue": 1, "axis": [0, 1, 2]}, constraints.MaxNorm(1, axis=[0, 1, 2]), FILTERS),
        case("nonNeg", {}, constraints.NonNeg(), KERNEL),
        case("nonNeg", {}, constraints.NonNeg(), FILTERS),
        case("nonNeg", {}, constraints.NonNeg(), numbers(3, 5)),
        case("unitNorm", {}, constraints.UnitNorm(), KERNEL),
        case("unitNorm", {"axis": 1}, constraints.UnitNorm(axis=1), KERNEL),
        case("unitNorm", {"axis": [0, 1, 2]}, constraints.UnitNorm(axis=[0, 1, 2]), FILTERS),
        case("minMaxNorm", {}, constraints.MinMaxNorm(), KERNEL),
        case(
            "minMaxNorm",
            {"minValue": 1, "maxValue": 2, "rate": 0.25, "axis": 1},
            constraints.MinMaxNorm(1, 2, rate=0.25, axis=1),
            KERNEL,
        ),
        case(
            "minMaxNorm",
            {"minValue": 5, "maxValue": 9, "axis": [0, 1, 2]},
            constraints.MinMaxNorm(5, 9, axis=[0, 1, 2]),
            FILTERS,
        ),
    ],
)
