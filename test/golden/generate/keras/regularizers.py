"""Penalties of Keras 3's regularizers."""

from golden import numbers, packed, write
from keras import regularizers

W = numbers(1, 3, 4)


def case(kind, options, regularizer):
    return {"kind": kind, "options": options, "weight": packed(W), "penalty": float(regularizer(W))}


write(
    "regularizers",
    "regularizers",
    [
        case("l1", {}, regularizers.L1()),
        case("l1", {"l1": 0.3}, regularizers.L1(0.3)),
        case("l2", {}, regularizers.L2()),
        case("l2", {"l2": 0.3}, regularizers.L2(0.3)),
        case("l1l2", {}, regularizers.L1L2()),
        case("l1l2", {"l1": 0.1, "l2": 0.2}, regularizers.L1L2(0.1, 0.2)),
    ],
)
