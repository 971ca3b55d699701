"""Layers of Keras 3 that normalize, sort into bins and encode categories: fixtures/layers/encoding.json."""

import re

from golden import np, numbers, packed, write
import jax
from keras import layers

TABLE = numbers(1, 6, 3)
SERIES = numbers(2, 4, 3, 2)
SPREAD = np.concatenate([numbers(3, 40, 5, low=-9, high=9) ** 3, numbers(4, 30, 5)])
WHOLE = np.array([[0, 2, 2], [3, 1, 4]], dtype="int32")


def theirs(value):
    return re.sub("([A-Z])", r"_\1", value).lower() if isinstance(value, str) else value


def case(kind, x, adapt=None, arguments={}, **options):
    make = getattr(layers, kind[0].upper() + kind[1:])
    layer = make(**{theirs(name): theirs(value) for name, value in options.items()})
    for_layer = {theirs(name): value for name, value in arguments.items()}
    if adapt:
        layer.adapt(adapt[0] if len(adapt) == 1 else list(adapt))
    elif kind == "normalization":
        layer.build(x.shape)
    y = np.asarray(layer(x, **for_layer))
    found = layer.bin_boundaries if kind == "discretization" else None
    golden = {
        "kind": kind,
        "options": options,
        "adapt": [packed(batch) for batch in adapt or []],
        "arguments": {name: packed(value) for name, value in arguments.items()},
        "x": packed(x),
        "y": packed(y),
        "weights": [packed(w) for w in layer.get_weights()],
        "binBoundaries": None if found is None else packed(np.array(found, "float32")),
    }
    if kind == "normalization":
        cotangent = numbers(5, *y.shape)
        slope = jax.grad(lambda x: (layer(x) * cotangent).sum())(x)
        golden |= {"cotangent": packed(cotangent), "slopeOfX": packed(slope)}
    return golden


WEIGHTS = np.array([[0.5, 2, 1], [1, 1, 0.25]], dtype="float32")
write(
    "layers",
    "encoding",
    [
        case("normalization", TABLE, adapt=[TABLE]),
        case("normalization", TABLE, adapt=[TABLE[:1], TABLE[1:4], TABLE[4:]], invert=True),
        case("normalization", SERIES, adapt=[SERIES], axis=None),
        case("normalization", SERIES, adapt=[SERIES], axis=[1, -1]),
        case("normalization", SERIES, adapt=[SERIES[:3], SERIES[3:]], axis=1),
        case("normalization", TABLE),
        case("normalization", TABLE, mean=[1.0, -0.5, 0.25], variance=[4.0, 0.5, 0.0]),
        case("normalization", SERIES, axis=[1, 2], mean=[0.5, -1.0], variance=[2.0, 3.0], invert=True),
        case("normalization", SERIES, axis=None, mean=0.5, variance=2.0),
        case("categoryEncoding", WHOLE, numTokens=5),
        case("categoryEncoding", WHOLE, numTokens=5, outputMode="oneHot"),
        case("categoryEncoding", WHOLE[:, :1], numTokens=5, outputMode="oneHot"),
        case("categoryEncoding", WHOLE, numTokens=6, outputMode="count"),
        case("categoryEncoding", WHOLE, numTokens=5, outputMode="count", arguments={"countWeights": WEIGHTS}),
        case("categoryEncoding", WHOLE[0], numTokens=5),
        case("categoryEncoding", WHOLE[None], numTokens=5, outputMode="count"),
        case("discretization", TABLE, binBoundaries=[-1.0, 0.0, 1.5]),
        case("discretization", TABLE, binBoundaries=[-1.0, 0.0, 1.5], outputMode="oneHot"),
        case("discretization", TABLE, binBoundaries=[-1.0, 0.0, 1.5], outputMode="multiHot"),
        case("discretization", TABLE[:, :1], binBoundaries=[0.0], outputMode="count"),
        case("discretization", TABLE, adapt=[TABLE], numBins=4),
        case("discretization", TABLE, adapt=[SPREAD], numBins=5),
        case("discretization", TABLE, adapt=[SPREAD[:30], SPREAD[30:]], numBins=7, epsilon=0.05, outputMode="multiHot"),
    ],
)
