"""The options that each layer of Keras 3 writes down: fixtures/layers/config-keys.json."""

import inspect

from golden import write
import keras
from keras import layers

BASE = {"name", "trainable", "dtype", "module", "registered_name", "build_config"}
FIRST = {
    "cell": lambda: layers.LSTMCell(2),
    "cells": lambda: [layers.LSTMCell(2)],
    "activation": lambda: "relu",
    "target_shape": lambda: (2,),
    "dims": lambda: (2, 1),
    "equation": lambda: "ab,bc->ac",
    "axes": lambda: 1,
    "rate": lambda: 0.5,
    "factor": lambda: 0.5,
    "stddev": lambda: 0.5,
    "height_factor": lambda: 0.5,
    "width_factor": lambda: 0.5,
}


# What these cannot do without has a default.
SPECIAL = {
    "CategoryEncoding": lambda: layers.CategoryEncoding(num_tokens=2),
    "Discretization": lambda: layers.Discretization(num_bins=2),
    "RandomRotation": lambda: layers.RandomRotation(0.5),
    "RandomTranslation": lambda: layers.RandomTranslation(0.5, 0.5),
}


def layer_argument(kind):
    return layers.LSTM(2) if kind is layers.Bidirectional else layers.Dense(2)


def instance(kind):
    """A layer with the arguments it cannot do without."""
    given = {}
    for name, parameter in inspect.signature(kind.__init__).parameters.items():
        if name == "self" or parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.default is not parameter.empty:
            continue
        given[name] = layer_argument(kind) if name == "layer" else FIRST.get(name, lambda: 2)()
    return kind(**given)


keys = {}
for name in sorted(dir(layers)):
    kind = getattr(layers, name)
    if not (inspect.isclass(kind) and issubclass(kind, keras.Layer)):
        continue
    try:
        layer = SPECIAL[name]() if name in SPECIAL else instance(kind)
        keys[name] = sorted(set(layer.get_config()) - BASE)
    except Exception as error:
        print(f"{name}: {type(error).__name__} {error}")

write("layers", "config-keys", keys)
