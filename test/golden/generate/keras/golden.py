"""What the Keras generators share. Each writes fixtures/<room>/ when run: `python test/golden/generate/keras/layers.py`."""

import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import numpy as np

sys.path.append(str(Path(__file__).resolve().parent.parent))
import fixtures


def numbers(seed, *shape, low=-2.0, high=2.0):
    """Uniform float32 numbers of few digits, so that fixtures stay short and exact."""
    values = np.random.default_rng(seed).uniform(low, high, shape)
    return np.round(values, 3).astype("float32")


def packed(value):
    """An array; a float32 as the shortest decimal that is read back as the same number."""
    array = np.asarray(value)
    if array.dtype != np.float32:
        return fixtures.encode(array)
    shortest = np.array([float(str(x)) for x in array.reshape(-1)]).reshape(array.shape)
    return {**fixtures.encode(shortest), "dtype": "float32"}


def write(room, name, cases):
    fixtures.write(f"{room}/{name}.json", cases)
