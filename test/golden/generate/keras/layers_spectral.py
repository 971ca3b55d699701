"""Spectral normalization of Keras 3 over some calls in training: writes fixtures/layers/spectral-normalization.json."""

from golden import numbers, packed, write
from keras import layers
from layer_case import IMAGES, VECTORS


def case(kind, options, inner, x, iterations, calls):
    layer = layers.SpectralNormalization(inner, power_iterations=iterations)
    layer.build(x.shape)
    weights = [numbers(10 + i, *w.shape) for i, w in enumerate(layer.weights)]
    layer.set_weights(weights)
    for _ in range(calls):
        y = layer(x, training=True)
    return {
        "layer": {"kind": kind, "options": options},
        "powerIterations": iterations,
        "calls": calls,
        "x": packed(x),
        "names": [w.name for w in layer.weights],
        "weights": [packed(w) for w in weights],
        "y": packed(y),
        "after": [packed(w) for w in layer.get_weights()],
    }


write(
    "layers",
    "spectral-normalization",
    [
        case("dense", {"units": 3}, layers.Dense(3), VECTORS, 1, 1),
        case("dense", {"units": 2}, layers.Dense(2), VECTORS, 3, 2),
        case("conv2d", {"filters": 2, "kernelSize": 2}, layers.Conv2D(2, 2), IMAGES[:, :3, :3], 2, 3),
    ],
)
