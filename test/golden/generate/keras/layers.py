"""Core layers of Keras 3: writes fixtures/layers/core.json."""

from golden import write
from keras import layers
from layer_case import IMAGES, SEQUENCES, VECTORS, case

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

write("layers", "core", core)
