"""The real Keras at the other end: `make FOLDER` saves models, `check FOLDER` opens what was saved and predicts."""

import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import numpy as np
from safetensors.numpy import load_file, save_file

from architectures import ARCHITECTURES


def predict(model, inputs):
    outputs = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
    return outputs if isinstance(outputs, list) else [outputs]


def numbered(arrays):
    return {f"{i}": array for i, array in enumerate(arrays)}


def listed(path):
    with np.load(path) as arrays:
        return [arrays[f"{i}"] for i in range(len(arrays.files))]


def shake(model):
    """Weights that no initializer gives, so that none can be right by chance; variances stay positive."""
    for n, weight in enumerate(model.weights):
        size = int(np.prod(weight.shape))
        values = np.sin(np.arange(n + 1, n + 1 + size)) * 0.4
        values = np.abs(values) + 0.5 if weight.name == "moving_variance" else values
        weight.assign(values.reshape(weight.shape))


def make(folder):
    for name, build in ARCHITECTURES.items():
        model, inputs = build()
        shake(model)
        model.compile("adam", "mse", metrics=["mae"] if name != "two_inputs" else None)
        outputs = predict(model, inputs)
        model.fit(inputs if len(inputs) > 1 else inputs[0], outputs, verbose=0)
        at = os.path.join(folder, name)
        model.save(f"{at}.keras")
        model.save(f"{at}.h5")
        model.save_weights(f"{at}.weights.h5")
        save_file({weight.path: np.asarray(weight) for weight in model.weights}, f"{at}.safetensors")
        with open(f"{at}.layers.json", "w") as file:
            json.dump([weight.path for weight in model.weights], file)
        np.savez(f"{at}.in.npz", **numbered(inputs))
        np.savez(f"{at}.out.npz", **numbered(predict(model, inputs)))


def opened(at, kind):
    """A model of the file of a kind; files with weights only are opened into the model of the `.keras` file."""
    if kind in ("keras", "h5"):
        return keras.models.load_model(f"{at}.{kind}")
    model = keras.models.load_model(f"{at}.keras", compile=False)
    for weight in model.weights:
        weight.assign(np.zeros(weight.shape))
    if kind == "safetensors":
        arrays = load_file(f"{at}.safetensors")
        with open(f"{at}.weights.json") as file:
            for weight, name in zip(model.weights, json.load(file), strict=True):
                weight.assign(arrays[name])
    else:
        model.load_weights(f"{at}.{kind}")
    return model


def check_layers(folder):
    """What Keras makes of the configuration of each layer, as it writes it itself."""
    path = os.path.join(folder, "layers.json")
    with open(path) as file:
        written = json.load(file)
    results = {}
    for name, config in written.items():
        try:
            results[name] = keras.saving.serialize_keras_object(keras.saving.deserialize_keras_object(config))
        except Exception as error:
            results[name] = f"{type(error).__name__}: {error}"
    with open(os.path.join(folder, "layers.out.json"), "w") as file:
        json.dump(results, file)


KINDS = ["keras", "h5", "weights.h5", "legacy.h5", "safetensors"]


def check(folder):
    check_layers(folder)
    report = {}
    for name in sorted(file[: -len(".in.npz")] for file in os.listdir(folder) if file.endswith(".in.npz")):
        at = os.path.join(folder, name)
        for kind in KINDS:
            try:
                model = opened(at, kind)
                np.savez(f"{at}.{kind}.out.npz", **numbered(predict(model, listed(f"{at}.in.npz"))))
                slots = len(model.optimizer.variables) if kind == "keras" and model.compiled else None
                report[f"{name}.{kind}"] = {"error": None, "optimizer": slots}
            except Exception as error:
                report[f"{name}.{kind}"] = {"error": f"{type(error).__name__}: {error}", "optimizer": None}
    with open(os.path.join(folder, "report.json"), "w") as file:
        json.dump(report, file)


{"make": make, "check": check}[sys.argv[1]](sys.argv[2])
