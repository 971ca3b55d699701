"""What all generators share: seeded inputs, plain numbers, and one compact JSON file for each table of cases."""

import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import numpy as np

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
LARGEST_BYTES = 50_000


def numbers(seed, *shape, low=-2.0, high=2.0):
    """Uniform float32 numbers of few digits, so that fixtures stay short and exact."""
    values = np.random.default_rng(seed).uniform(low, high, shape)
    return np.round(values, 3).astype("float32")


def packed(value):
    """An array as its shape and elements."""
    array = np.asarray(value)
    elements = [plain(x) for x in array.reshape(-1).tolist()]
    return {"shape": list(array.shape), "data": elements}


def plain(x):
    """The shortest decimal that float32 reads back as the same number."""
    return float(np.format_float_positional(np.float32(x), unique=True)) if isinstance(x, float) else x


def write(room, name, cases):
    """Writes cases to fixtures/<room>/<name>.json."""
    text = json.dumps(cases, separators=(",", ":"), allow_nan=False) + "\n"
    assert len(text) <= LARGEST_BYTES, f"{room}/{name}: {len(text)} bytes"
    path = FIXTURES / room / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    print(f"{path.relative_to(FIXTURES)}: {len(cases)} cases, {len(text)} bytes")
