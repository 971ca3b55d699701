"""Layers of Keras 3: weights, outputs, and gradients with respect to input and weights."""

from golden import np, numbers, packed, write
import jax
import keras
from keras import layers


def case(kind, options, layer, x, training=False):
    """`options` are ours, `layer` is Keras's with the same meaning."""
    layer.build(x.shape)
    weights = [numbers(10 + i, *w.shape) for i, w in enumerate(layer.weights)]
    layer.set_weights(weights)
    state = [v.value for v in layer.trainable_variables]
    y = np.asarray(layer(x, training=training) if training else layer(x))
    cotangent = numbers(5, *y.shape)

    def total(values, x):
        outputs, _ = layer.stateless_call(values, [v.value for v in layer.non_trainable_variables], x)
        return (outputs * cotangent).sum()

    of_weights, of_x = jax.grad(total, argnums=(0, 1))(state, x)
    return {
        "kind": kind,
        "options": options,
        "x": packed(x),
        "names": [w.name for w in layer.weights],
        "weights": [packed(w) for w in weights],
        "y": packed(y),
        "cotangent": packed(cotangent),
        "slopeOfX": packed(of_x),
        "slopesOfWeights": [packed(g) for g in of_weights],
    }


VECTORS = numbers(1, 3, 4)
SEQUENCES = numbers(2, 2, 3, 4)
IMAGES = numbers(3, 2, 6, 5, 2)
WIDE = numbers(4, 1, 7, 7, 4)

core = [
    case("dense", {"units": 3}, layers.Dense(3), VECTORS),
    case("dense", {"units": 2, "activation": "tanh", "useBias": False}, layers.Dense(2, "tanh", use_bias=False), VECTORS),
    case("dense", {"units": 3, "activation": "softmax"}, layers.Dense(3, "softmax"), SEQUENCES),
    case("flatten", {}, layers.Flatten(), IMAGES),
    case("flatten", {}, layers.Flatten(), VECTORS),
    case("reshape", {"targetShape": [4, 3]}, layers.Reshape((4, 3)), SEQUENCES),
    case("reshape", {"targetShape": [-1, 2]}, layers.Reshape((-1, 2)), SEQUENCES),
    case("activation", {"activation": "relu"}, layers.Activation("relu"), SEQUENCES),
    case("activation", {"activation": "softmax"}, layers.Activation("softmax"), SEQUENCES),
    case("rescaling", {"scale": 0.5}, layers.Rescaling(0.5), VECTORS),
    case("rescaling", {"scale": 2, "offset": -1}, layers.Rescaling(2.0, -1.0), IMAGES),
    case("dropout", {"rate": 0.5}, layers.Dropout(0.5), VECTORS),
]

conv = [
    case("conv2d", {"filters": 3, "kernelSize": 3}, layers.Conv2D(3, 3), IMAGES),
    case(
        "conv2d",
        {"filters": 2, "kernelSize": [3, 2], "strides": 2, "padding": "same", "activation": "relu"},
        layers.Conv2D(2, (3, 2), strides=2, padding="same", activation="relu"),
        IMAGES,
    ),
    case(
        "conv2d",
        {"filters": 2, "kernelSize": 2, "strides": [2, 1], "useBias": False},
        layers.Conv2D(2, 2, strides=(2, 1), use_bias=False),
        IMAGES,
    ),
    case(
        "conv2d",
        {"filters": 2, "kernelSize": 3, "dilationRate": 2, "padding": "same"},
        layers.Conv2D(2, 3, dilation_rate=2, padding="same"),
        WIDE,
    ),
    case("conv2d", {"filters": 4, "kernelSize": 2, "groups": 2}, layers.Conv2D(4, 2, groups=2), WIDE),
]

pooling = [
    case("maxPooling2d", {}, layers.MaxPooling2D(), IMAGES),
    case(
        "maxPooling2d",
        {"poolSize": 3, "strides": 2, "padding": "same"},
        layers.MaxPooling2D(3, 2, padding="same"),
        IMAGES,
    ),
    case("maxPooling2d", {"poolSize": [2, 1], "strides": [1, 2]}, layers.MaxPooling2D((2, 1), (1, 2)), IMAGES),
    case("averagePooling2d", {}, layers.AveragePooling2D(2), IMAGES),
    case(
        "averagePooling2d",
        {"poolSize": 3, "strides": 2, "padding": "same"},
        layers.AveragePooling2D(3, 2, padding="same"),
        IMAGES,
    ),
    case("averagePooling2d", {"poolSize": [1, 3]}, layers.AveragePooling2D((1, 3)), IMAGES),
]

write("layers", "core", core)
write("layers", "conv", conv)
write("layers", "pooling", pooling)
